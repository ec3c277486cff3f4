//! What a wish would cost and who would move, as text and as JSON.

use schemars::JsonSchema;
use serde::Serialize;

use super::base;
use super::dto::{self, pretty};
use super::explanation::{said, statements};
use super::goals;
use super::place_words::{place_words, with_place};
use super::reasons;
use super::statements::{listed, with_span};
use crate::diff::{Chain, Shift, chains};
use crate::explain::why::Alternative;
use crate::explain::why_not::{Price, WhyNot, Wish};
use crate::language::{Catalogue, Message};
use crate::scenario::{FacilityIx, ResidentIx, Scenario};

/// The question and its answer, line by line.
pub fn lines(scenario: &Scenario, resident: ResidentIx, wish: Wish, answer: &WhyNot) -> Vec<Option<Message>> {
    let id = &scenario.resident(resident).id;
    let asked = match wish {
        Wish::At { place, span } => {
            with_span(with_place(Message::new("explain-asked-at"), scenario, place), span)
        }
        Wish::Course(course) => {
            Message::new("explain-asked-course").text("course", &scenario.course(course).id)
        }
    };
    let mut lines = vec![Some(asked.text("resident", id))];
    lines.extend(answered(scenario, resident, answer));
    lines
}

/// Why a resident is where they are, line by line.
pub fn why_lines(
    scenario: &Scenario,
    resident: ResidentIx,
    alternatives: &[Alternative],
) -> Vec<Option<Message>> {
    if alternatives.is_empty() {
        let message = Message::new("explain-why-nothing");
        return vec![Some(message.text("resident", &scenario.resident(resident).id))];
    }
    let mut lines = Vec::new();
    for (number, alternative) in alternatives.iter().enumerate() {
        if number > 0 {
            lines.push(None);
        }
        let heading = match alternative.wish {
            Wish::Course(course) => {
                Message::new("explain-why-course").text("course", &scenario.course(course).id)
            }
            Wish::At { place, span } => {
                let year = scenario.calendar.year_of(span.start);
                let is_whole =
                    scenario.calendar.span_of(year).intersection(scenario.decided(resident)) == span;
                let key = if is_whole { "explain-why-facility" } else { "explain-why-months" };
                with_span(with_place(Message::new(key), scenario, place), span).text("year", year)
            }
        };
        lines.push(Some(heading.number("place", alternative.place as i64)));
        lines.extend(answered(scenario, resident, &alternative.answer));
    }
    lines
}

fn answered(scenario: &Scenario, resident: ResidentIx, answer: &WhyNot) -> Vec<Option<Message>> {
    match answer {
        WhyNot::Granted => vec![Some(Message::new("explain-granted"))],
        WhyNot::Forbidden(set) if set.is_empty() => vec![Some(Message::new("explain-forbidden-itself"))],
        WhyNot::Forbidden(set) => {
            let key = if set.len() == 1 { "explain-forbidden-one" } else { "explain-forbidden" };
            let mut lines = vec![Some(Message::new(key))];
            lines.extend(statements(scenario, set));
            lines
        }
        WhyNot::Impossible => vec![Some(Message::new("explain-impossible"))],
        WhyNot::Price(price) => priced(scenario, resident, price),
        WhyNot::Unknown(why) => {
            let mut lines = vec![Some(Message::new("explain-unknown"))];
            lines.extend(why.iter().map(|why| Some(reasons::reason(scenario, why))));
            lines
        }
    }
}

fn priced(scenario: &Scenario, resident: ResidentIx, price: &Price) -> Vec<Option<Message>> {
    let value = |at: usize, after: bool| {
        price.goals.get(at).map_or_else(
            || Message::new("list-empty"),
            |(goal, before, then)| goals::value(goal.kind, if after { then } else { before }),
        )
    };
    let mut lines = vec![Some(match price.first_difference() {
        None => Message::new("explain-no-price"),
        Some((at, loses)) => {
            let key = if loses { "explain-price" } else { "explain-better" };
            let name = price.goals.get(at).map_or_else(|| Message::new("list-empty"), |g| goals::name(g.0));
            Message::new(key)
                .message("goal", name)
                .message("before", value(at, false))
                .message("after", value(at, true))
        }
    })];
    if price.first_difference().is_some() {
        for (at, (goal, before, after)) in price.goals.iter().enumerate() {
            let line = match before == after {
                true => Message::new("explain-goal-same"),
                false => Message::new("explain-goal-change").message("after", value(at, true)),
            };
            let line = line.message("goal", goals::name(*goal)).message("before", value(at, false));
            lines.push(Some(Message::new("explain-item").message("item", line)));
        }
    }
    if !price.is_best {
        lines.push(Some(Message::new("explain-price-not-best")));
    }
    let others = price.others(resident).len() as i64;
    lines.push(Some(match others {
        0 => Message::new("explain-nobody-else"),
        _ => Message::new("explain-others").number("count", others),
    }));
    for chain in chains(&price.moves, Some(resident)) {
        let words = chain_words(scenario, &chain, &|resident: ResidentIx| &scenario.resident(resident).id);
        let line = Some(Message::new("explain-item").message("item", words));
        lines.push(line);
    }
    for shift in &price.shifts {
        lines.push(Some(Message::new("explain-item").message("item", shift_words(scenario, shift))));
    }
    for change in &price.course_changes {
        let line = base::course_change(scenario, change);
        lines.push(Some(Message::new("explain-item").message("item", line)));
    }
    lines
}

/// Where somebody is, or that they are nowhere.
pub fn place(scenario: &Scenario, facility: Option<FacilityIx>) -> Message {
    match facility {
        Some(facility) => {
            let facility = scenario.facility(facility);
            Message::new("explain-place").name("facility", &facility.name, &facility.name_en)
        }
        None => Message::new("explain-nowhere"),
    }
}

/// A chain on one line; `id` names whoever moves.
pub fn chain_words<'a, P: Copy>(scenario: &Scenario, chain: &Chain<P>, id: &dyn Fn(P) -> &'a str) -> Message {
    let moves = chain.moves.iter().map(|m| {
        Message::new("explain-move")
            .text("resident", id(m.resident))
            .message("before", place(scenario, m.from))
            .message("after", place(scenario, m.to))
    });
    let message = Message::new(if chain.is_ring { "explain-ring" } else { "explain-chain" });
    with_span(message.message("moves", listed(moves)), chain.span)
}

/// A change of section on one line.
pub fn shift_words(scenario: &Scenario, shift: &Shift) -> Message {
    Message::new("diff-shift")
        .text("resident", &scenario.resident(shift.resident).id)
        .text("start", shift.span.start)
        .text("last", shift.span.end().minus(1))
        .message("before", place_words(scenario, shift.from))
        .message("after", place_words(scenario, shift.to))
}

#[derive(JsonSchema, Serialize)]
pub struct AnswerJson<'a> {
    scenario: &'a str,
    scenario_hash: &'a str,
    resident: &'a str,
    facility: Option<&'a str>,
    /// Where a section of the facility is asked about.
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<&'a str>,
    start: Option<String>,
    months: Option<u32>,
    course: Option<&'a str>,
    /// Place among the resident's wishes, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    wish: Option<usize>,
    /// `granted`, `forbidden`, `impossible`, `price` or `unknown`.
    answer: &'static str,
    statements: Vec<dto::Statement<'a>>,
    goals: Vec<dto::Goal<'a>>,
    /// The first goal in which the plan that grants it is worse.
    loses: Option<&'static str>,
    others: Vec<&'a str>,
    chains: Vec<dto::Chain<'a>>,
    /// Who is in another section of the same facility.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sections: Vec<dto::Shift<'a>>,
    words: Vec<String>,
}

#[derive(JsonSchema, Serialize)]
pub struct WhyJson<'a> {
    scenario: &'a str,
    scenario_hash: &'a str,
    resident: &'a str,
    alternatives: Vec<AnswerJson<'a>>,
}

/// An answer to why not, for programs.
pub fn json(
    scenario: &Scenario,
    resident: ResidentIx,
    wish: Wish,
    answer: &WhyNot,
    catalogue: &Catalogue,
) -> String {
    pretty(&answer_json(scenario, resident, wish, None, answer, catalogue))
}

/// Why a resident is where they are, for programs.
pub fn why_json(
    scenario: &Scenario,
    resident: ResidentIx,
    alternatives: &[Alternative],
    catalogue: &Catalogue,
) -> String {
    let alternatives = alternatives
        .iter()
        .map(|one| answer_json(scenario, resident, one.wish, Some(one.place), &one.answer, catalogue));
    pretty(&WhyJson {
        scenario: &scenario.id,
        scenario_hash: &scenario.hash,
        resident: &scenario.resident(resident).id,
        alternatives: alternatives.collect(),
    })
}

fn answer_json<'a>(
    scenario: &'a Scenario,
    resident: ResidentIx,
    wish: Wish,
    place: Option<usize>,
    answer: &'a WhyNot,
    catalogue: &Catalogue,
) -> AnswerJson<'a> {
    let mut json = AnswerJson {
        scenario: &scenario.id,
        scenario_hash: &scenario.hash,
        resident: &scenario.resident(resident).id,
        facility: None,
        section: None,
        start: None,
        months: None,
        course: None,
        wish: place,
        answer: match answer {
            WhyNot::Granted => "granted",
            WhyNot::Forbidden(_) => "forbidden",
            WhyNot::Impossible => "impossible",
            WhyNot::Price(_) => "price",
            WhyNot::Unknown(_) => "unknown",
        },
        statements: Vec::new(),
        goals: Vec::new(),
        loses: None,
        others: Vec::new(),
        chains: Vec::new(),
        sections: Vec::new(),
        words: said(&lines(scenario, resident, wish, answer), catalogue),
    };
    match wish {
        Wish::At { place, span } => {
            json.facility = Some(&scenario.facility(place.facility).id);
            json.section = place.section.map(|section| scenario.section(section).id.as_str());
            json.start = Some(span.start.to_string());
            json.months = Some(span.months);
        }
        Wish::Course(course) => json.course = Some(&scenario.course(course).id),
    }
    match answer {
        WhyNot::Forbidden(set) => {
            json.statements = set.iter().map(|s| dto::Statement::of(scenario, s, catalogue)).collect();
        }
        WhyNot::Price(price) => {
            json.goals = price.goals.iter().map(dto::Goal::compared).collect();
            let loses = price.first_difference().filter(|(_, worse)| *worse);
            json.loses = loses.and_then(|(at, _)| price.goals.get(at)).map(|(goal, _, _)| goal.kind.id());
            let others = price.others(resident).into_iter();
            json.others = others.map(|other| scenario.resident(other).id.as_str()).collect();
            let id = |resident: ResidentIx| scenario.resident(resident).id.as_str();
            let chains = chains(&price.moves, Some(resident));
            json.chains = chains.iter().map(|chain| dto::Chain::of_moves(scenario, chain, &id)).collect();
            json.sections = price.shifts.iter().map(|shift| dto::Shift::of(scenario, shift)).collect();
        }
        WhyNot::Granted | WhyNot::Impossible | WhyNot::Unknown(_) => {}
    }
    json
}
