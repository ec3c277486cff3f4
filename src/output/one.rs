//! Everything about one resident or one facility in a plan, line by line.

use super::explanation::named;
use super::ledger::months;
use super::one_cases;
use super::place_words::{place_words, with_place};
use super::statements::{listed, statement, with_facility, with_span};
use crate::explain::Statement;
use crate::explain::one::{Could, FacilityFacts, Presence, ResidentFacts, Slack};
use crate::language::Message;
use crate::scenario::service::Ledger;
use crate::scenario::{FacilityIx, Lock, Place, ResidentIx, Scenario};

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
    if !facts.courses.is_empty() {
        let ids: Vec<&str> =
            facts.courses.iter().map(|&course| scenario.course(course).id.as_str()).collect();
        lines.push(Some(Message::new("explain-courses-possible").text("courses", ids.join(", "))));
    }
    for &leave in &person.leaves {
        let resident = facts.resident;
        item(&mut lines, statement(scenario, Statement::Leave { resident, leave }));
    }
    if let Some(from) = person.resigned_from {
        item(&mut lines, Message::new("ledger-resigned").text("from", from));
    }
    lines.extend(facts.ledger.map(|ledger| Some(ledger_words(&ledger))));
    lines.push(Some(Message::new("explain-stays")));
    for stay in &facts.stays {
        let message = with_place(Message::new("explain-stay"), scenario, stay.place());
        item(&mut lines, with_span(message, stay.span));
    }
    if !facts.slack.is_empty() {
        lines.push(Some(Message::new("explain-rules")));
    }
    for slack in &facts.slack {
        item(&mut lines, slack_words(slack));
    }
    if !facts.locks.is_empty() {
        lines.push(Some(Message::new("explain-locks")));
    }
    for (lock, kept) in &facts.locks {
        item(&mut lines, lock_words(scenario, facts.resident, *lock, *kept));
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

fn ledger_words(ledger: &Ledger) -> Message {
    Message::new("explain-ledger")
        .number("worked", ledger.worked.into())
        .number("leave", ledger.leave.into())
        .text("leave-counted", months(ledger.leave_counted))
        .text("counted", months(ledger.counted))
        .number("planned", ledger.planned.into())
        .number("extension", ledger.extension.into())
        .text("end", ledger.end.map_or("–".to_string(), |end| end.to_string()))
}

fn lock_words(scenario: &Scenario, resident: ResidentIx, lock: Lock, kept: bool) -> Message {
    let key = if kept { "explain-lock-kept" } else { "explain-lock-broken" };
    Message::new(key).message("lock", statement(scenario, Statement::Lock { resident, lock }))
}

fn slack_words(slack: &Slack) -> Message {
    let key = match slack.measured {
        None => "explain-slack-no-affiliate",
        Some(_) => slack.minimum.reached().map_or("", |reached| reached.spare),
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
    for (section, months) in &facts.sections {
        lines.push(Some(place_words(scenario, Place { facility: facts.facility, section: Some(*section) })));
        months.iter().for_each(|presence| item(&mut lines, presence_words(scenario, presence)));
    }
    lines.extend(one_cases::facility_lines(scenario, &facts.cases));
    if !facts.wishes.is_empty() {
        lines.push(Some(Message::new("explain-wished-by")));
    }
    for &(resident, place, months) in &facts.wishes {
        let message = Message::new("explain-wished").text("resident", &scenario.resident(resident).id);
        item(&mut lines, message.number("place", place as i64).number("months", i64::from(months)));
    }
    if !facts.locks.is_empty() {
        lines.push(Some(Message::new("explain-locks")));
    }
    for &(resident, lock, kept) in &facts.locks {
        item(&mut lines, lock_words(scenario, resident, lock, kept));
    }
    if let Some(could) = &facts.could {
        lines.extend(could_lines(scenario, could));
    }
    lines
}

/// Who could come or go, line by line.
pub fn could_lines(scenario: &Scenario, could: &Could) -> Lines {
    let mut lines = Lines::new();
    for (title, years) in [("explain-could-come", &could.come), ("explain-could-go", &could.go)] {
        if years.is_empty() {
            continue;
        }
        lines.push(Some(Message::new(title)));
        for (year, residents) in years {
            let residents: Vec<ResidentIx> = residents.iter().copied().collect();
            let ids = Message::new("explain-ids").text("residents", named(scenario, &residents));
            item(&mut lines, Message::new("explain-in-year").text("year", year).message("list", ids));
        }
    }
    if lines.is_empty() {
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
    let missing = i64::from(presence.counts_on) - i64::from(presence.at_work);
    let message = message
        .number("present", present)
        .number("missing", missing.max(0))
        .text("residents", named(scenario, &presence.residents));
    let message = with_span(message, presence.span);
    if presence.on_leave.is_empty() {
        return message;
    }
    let words = presence.on_leave.iter().map(|(resident, kind)| {
        let message = Message::new("explain-on-leave").text("resident", &scenario.resident(*resident).id);
        message.message("kind", Message::new(kind.key()))
    });
    Message::new("explain-presence-leave").message("presence", message).message("list", listed(words))
}
