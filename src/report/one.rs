//! Everything about one resident or one facility in a plan, as text and as JSON.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::explanation::{named, said};
use super::one_cases;
use super::plan_json::pretty;
use crate::explain::Statement;
use crate::explain::one::{FacilityFacts, Presence, ResidentFacts, Slack};
use crate::explain::statement::{Minimum, listed, with_facility, with_span};
use crate::language::{Catalogue, Message};
use crate::scenario::{FacilityIx, LockKind, ResidentIx, Scenario, Stay};

type Lines = Vec<Option<Message>>;

fn item(lines: &mut Lines, message: Message) {
    lines.push(Some(Message::new("explain-item").message("item", message)));
}

fn place(scenario: &Scenario, facility: FacilityIx) -> Message {
    with_facility(Message::new("explain-place"), scenario, facility)
}

/// A resident line by line.
pub fn resident_lines(scenario: &Scenario, facts: &ResidentFacts) -> Lines {
    let person = scenario.resident(facts.resident);
    let heading = Message::new("explain-resident")
        .text("resident", &person.id)
        .text("year", person.entry_year)
        .text("course", facts.course.map_or("–", |course| scenario.course(course).id.as_str()));
    let mut lines = vec![Some(heading)];
    let wish = match facts.course_place {
        Some(place) => Message::new("explain-course-wish").number("place", place as i64),
        None if person.course_wishes.is_empty() => Message::new("explain-course-no-wish"),
        None => Message::new("explain-course-unlisted"),
    };
    lines.push(Some(wish));
    lines.push(Some(Message::new("explain-stays")));
    for stay in &facts.stays {
        let message = with_facility(Message::new("explain-stay"), scenario, stay.facility);
        item(&mut lines, with_span(message, stay.span));
    }
    lines.push(Some(Message::new("explain-rules")));
    for slack in &facts.slack {
        item(&mut lines, slack_words(slack));
    }
    if !facts.locks.is_empty() {
        lines.push(Some(Message::new("explain-locks")));
    }
    for (lock, kept) in &facts.locks {
        let statement = Statement::Lock { resident: facts.resident, lock: *lock };
        let key = if *kept { "explain-lock-kept" } else { "explain-lock-broken" };
        item(&mut lines, Message::new(key).message("lock", statement.words(scenario)));
    }
    if !facts.wishes.is_empty() {
        lines.push(Some(Message::new("explain-wishes")));
    }
    for (number, (facility, months)) in (1..).zip(&facts.wishes) {
        let message = with_facility(Message::new("explain-wish"), scenario, *facility);
        item(&mut lines, message.number("place", number).number("months", i64::from(*months)));
    }
    lines.extend(one_cases::resident_lines(scenario, &facts.cases));
    lines.push(Some(Message::new(match facts.could_be.is_empty() {
        true => "explain-alone-nowhere",
        false => "explain-alone",
    })));
    for (year, facilities) in &facts.could_be {
        let list = listed(facilities.iter().map(|&facility| place(scenario, facility)));
        item(&mut lines, Message::new("explain-in-year").text("year", year).message("list", list));
    }
    lines
}

fn slack_words(slack: &Slack) -> Message {
    let key = match slack.minimum {
        Minimum::ComprehensiveMonths => "explain-slack-comprehensive",
        Minimum::CoreMonths => "explain-slack-core",
        Minimum::AffiliateStay if slack.measured.is_none() => "explain-slack-no-affiliate",
        Minimum::AffiliateStay => "explain-slack-stay",
        Minimum::Facilities => "explain-slack-facilities",
    };
    let measured = i64::from(slack.measured.unwrap_or(0));
    let required = i64::from(slack.required);
    let message = Message::new(key).number("required", required);
    match slack.measured {
        None => message,
        Some(_) => message.number("measured", measured).number("slack", measured - required),
    }
}

/// A facility line by line.
pub fn facility_lines(scenario: &Scenario, facts: &FacilityFacts) -> Lines {
    let facility = scenario.facility(facts.facility);
    let heading = with_facility(Message::new("explain-facility"), scenario, facts.facility);
    let mut lines = vec![Some(heading.text("id", &facility.id))];
    for presence in &facts.months {
        item(&mut lines, presence_words(scenario, presence));
    }
    lines.extend(one_cases::facility_lines(scenario, &facts.cases));
    let mut per_year = |title: &'static str, years: &BTreeMap<i32, BTreeSet<ResidentIx>>| {
        if years.is_empty() {
            return;
        }
        lines.push(Some(Message::new(title)));
        for (year, residents) in years {
            let residents: Vec<ResidentIx> = residents.iter().copied().collect();
            let ids = Message::new("explain-ids").text("residents", named(scenario, &residents));
            item(&mut lines, Message::new("explain-in-year").text("year", year).message("list", ids));
        }
    };
    per_year("explain-could-come", &facts.could_come);
    per_year("explain-could-go", &facts.could_go);
    if facts.could_come.is_empty() && facts.could_go.is_empty() {
        lines.push(Some(Message::new("explain-nobody-alone")));
    }
    lines
}

fn presence_words(scenario: &Scenario, presence: &Presence) -> Message {
    let present = presence.residents.len() as i64;
    let message = match presence.seats {
        None => Message::new("explain-presence-open"),
        Some(seats) => Message::new("explain-presence").number("seats", i64::from(seats)),
    };
    let missing = i64::from(presence.counts_on) - present;
    let message = message
        .number("present", present)
        .number("missing", missing.max(0))
        .text("residents", named(scenario, &presence.residents));
    with_span(message, presence.span)
}

#[derive(Serialize)]
struct StayJson<'a> {
    facility: &'a str,
    start: String,
    months: u32,
}

#[derive(Serialize)]
struct SlackJson {
    rule: &'static str,
    measured: Option<u32>,
    required: u32,
    slack: Option<i64>,
}

#[derive(Serialize)]
struct LockJson<'a> {
    facility: &'a str,
    start: String,
    months: u32,
    kind: &'static str,
    kept: bool,
}

#[derive(Serialize)]
struct WishJson<'a> {
    facility: &'a str,
    months: u32,
}

#[derive(Serialize)]
struct ResidentJson<'a> {
    scenario: &'a str,
    scenario_hash: &'a str,
    resident: &'a str,
    course: Option<&'a str>,
    course_wish: Option<usize>,
    stays: Vec<StayJson<'a>>,
    rules: Vec<SlackJson>,
    locks: Vec<LockJson<'a>>,
    facility_wishes: Vec<WishJson<'a>>,
    cases: Vec<one_cases::ResidentCaseJson<'a>>,
    could_be_alone: BTreeMap<i32, Vec<&'a str>>,
    words: Vec<String>,
}

fn facility_id(scenario: &Scenario, facility: FacilityIx) -> &str {
    &scenario.facility(facility).id
}

/// A resident for programs.
pub fn resident_json(scenario: &Scenario, facts: &ResidentFacts, catalogue: &Catalogue) -> String {
    let stay = |stay: &Stay| StayJson {
        facility: facility_id(scenario, stay.facility),
        start: stay.span.start.to_string(),
        months: stay.span.months,
    };
    let slack = |slack: &Slack| SlackJson {
        rule: slack.minimum.id(),
        measured: slack.measured,
        required: slack.required,
        slack: slack.measured.map(|measured| i64::from(measured) - i64::from(slack.required)),
    };
    let locks = facts.locks.iter().map(|(lock, kept)| LockJson {
        facility: facility_id(scenario, lock.stay.facility),
        start: lock.stay.span.start.to_string(),
        months: lock.stay.span.months,
        kind: match lock.kind {
            LockKind::Must => "must",
            LockKind::MustNot => "must-not",
        },
        kept: *kept,
    });
    let wishes = facts.wishes.iter();
    let alone = facts.could_be.iter().map(|(year, facilities)| {
        (*year, facilities.iter().map(|&facility| facility_id(scenario, facility)).collect())
    });
    pretty(&ResidentJson {
        scenario: &scenario.id,
        scenario_hash: &scenario.hash,
        resident: &scenario.resident(facts.resident).id,
        course: facts.course.map(|course| scenario.course(course).id.as_str()),
        course_wish: facts.course_place,
        stays: facts.stays.iter().map(stay).collect(),
        rules: facts.slack.iter().map(slack).collect(),
        locks: locks.collect(),
        facility_wishes: wishes
            .map(|&(facility, months)| WishJson { facility: facility_id(scenario, facility), months })
            .collect(),
        cases: one_cases::resident_json(scenario, &facts.cases),
        could_be_alone: alone.collect(),
        words: said(&resident_lines(scenario, facts), catalogue),
    })
}

#[derive(Serialize)]
struct PresenceJson<'a> {
    start: String,
    months: u32,
    residents: Vec<&'a str>,
    seats: Option<u32>,
    counts_on: u32,
}

#[derive(Serialize)]
struct FacilityJson<'a> {
    scenario: &'a str,
    scenario_hash: &'a str,
    facility: &'a str,
    presence: Vec<PresenceJson<'a>>,
    cases: Vec<one_cases::FacilityCaseJson<'a>>,
    could_come_alone: BTreeMap<i32, Vec<&'a str>>,
    could_go_alone: BTreeMap<i32, Vec<&'a str>>,
    words: Vec<String>,
}

/// A facility for programs.
pub fn facility_json(scenario: &Scenario, facts: &FacilityFacts, catalogue: &Catalogue) -> String {
    let id = |resident: &ResidentIx| scenario.resident(*resident).id.as_str();
    let per_year = |years: &BTreeMap<i32, BTreeSet<ResidentIx>>| {
        years.iter().map(|(year, residents)| (*year, residents.iter().map(id).collect())).collect()
    };
    let presence = facts.months.iter().map(|presence| PresenceJson {
        start: presence.span.start.to_string(),
        months: presence.span.months,
        residents: presence.residents.iter().map(id).collect(),
        seats: presence.seats,
        counts_on: presence.counts_on,
    });
    pretty(&FacilityJson {
        scenario: &scenario.id,
        scenario_hash: &scenario.hash,
        facility: facility_id(scenario, facts.facility),
        presence: presence.collect(),
        cases: one_cases::facility_json(scenario, &facts.cases),
        could_come_alone: per_year(&facts.could_come),
        could_go_alone: per_year(&facts.could_go),
        words: said(&facility_lines(scenario, facts), catalogue),
    })
}
