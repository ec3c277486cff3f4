//! Why no plan exists and what would help, line by line.

use super::changes::changes;
use super::grid::printable;
use super::reasons;
use super::statements::{because, statement};
use crate::audit;
use crate::explain::counting::Counted;
use crate::explain::infeasible::Explained;
use crate::explain::{Conflict, Count, Explanation, Reason, Statement};
use crate::language::{Catalogue, Message};
use crate::plan::Window;
use crate::scenario::{ResidentIx, Scenario};

/// Residents named in a line; the rest are counted.
const NAMED_MAX: usize = 12;

/// A document of messages: each on a line of its own, an empty line before `None`.
pub fn text(lines: &[Option<Message>], catalogue: &Catalogue) -> String {
    let line = |line: &Option<Message>| match line {
        Some(message) => format!("{}\n", printable(&catalogue.say(message)).replace('\n', " ")),
        None => "\n".to_string(),
    };
    lines.iter().map(line).collect()
}

/// The explanation line by line.
pub fn lines(scenario: &Scenario, explained: &Explained) -> Vec<Option<Message>> {
    match explained {
        Explained::Feasible => {
            let mut lines = vec![Some(Message::new("explain-feasible"))];
            lines.extend(caps(scenario).map(Some));
            lines
        }
        Explained::Unknown(why) => {
            let mut lines = vec![Some(Message::new("explain-unknown"))];
            lines.extend(why.iter().map(|why| Some(reasons::reason(scenario, why))));
            lines
        }
        Explained::Infeasible(explanation) => {
            let mut lines = reason(scenario, explanation);
            lines.push(None);
            lines.extend(ways_out(scenario, explanation));
            lines.extend(caps(scenario).map(Some));
            lines
        }
    }
}

/// Why there is no plan, without the ways out.
pub fn reason(scenario: &Scenario, explanation: &Explanation) -> Vec<Option<Message>> {
    let mut lines = match &explanation.reason {
        Reason::Count(count) => counted(scenario, count),
        Reason::Conflict(conflict) => {
            let said = match conflict.resident {
                _ if conflict.statements.is_empty() => Message::new("explain-conflict-empty"),
                Some(resident) => {
                    let id = &scenario.resident(resident).id;
                    one_or_more(conflict, "explain-conflict-resident-one", "explain-conflict-resident")
                        .text("resident", id)
                }
                None => one_or_more(conflict, "explain-conflict-one", "explain-conflict"),
            };
            let mut lines = vec![Some(said)];
            lines.extend(statements(scenario, &conflict.statements));
            lines
        }
        Reason::Proved => vec![Some(Message::new("explain-proved"))],
    };
    if let [_, others @ ..] = explanation.without_career.as_slice()
        && !others.is_empty()
    {
        let message = Message::new("explain-more-stuck").number("count", others.len() as i64);
        lines.push(Some(message.text("residents", named(scenario, others))));
    }
    lines
}

fn one_or_more(conflict: &Conflict, one: &'static str, more: &'static str) -> Message {
    Message::new(if conflict.statements.len() == 1 { one } else { more })
}

/// That the program takes too many residents, which no placement mends.
fn caps(scenario: &Scenario) -> Option<Message> {
    let kept = audit::keeps_caps(scenario, &audit::audit_program(scenario));
    (kept == Some(false)).then(|| Message::new("explain-caps"))
}

/// Statements as a list.
pub fn statements(scenario: &Scenario, statements: &[Statement]) -> Vec<Option<Message>> {
    let item = |one: &Statement| Message::new("explain-item").message("item", statement(scenario, *one));
    statements.iter().map(|one| Some(item(one))).collect()
}

fn counted(scenario: &Scenario, count: &Count) -> Vec<Option<Message>> {
    let said = Some(reasons::count(scenario, count));
    // Of supervisors in one pool nobody has to be anywhere in particular.
    if count.facilities.is_empty() && count.cases().is_none() {
        return vec![said, Some(Message::new("explain-count-pooled"))];
    }
    // What one resident needs was said already; in a count of one month, everybody is there once.
    let (why, group_key, each, sum) = match &count.of {
        Counted::Seats(Window::Months(_)) => {
            ("explain-count-why", "explain-group", false, Some("explain-count-sum"))
        }
        Counted::Seats(Window::Years(_)) => {
            ("explain-count-why", "explain-group", true, Some("explain-count-sum-months"))
        }
        Counted::Cases(cases) if cases.sites.is_empty() => {
            ("explain-count-why-cases", "explain-group-cases-one", true, None)
        }
        Counted::Cases(_) => {
            ("explain-count-why-cases", "explain-group-cases", true, Some("explain-count-sum-cases"))
        }
    };
    let mut lines = vec![said, Some(Message::new(why))];
    for group in &count.groups {
        let message = Message::new(group_key)
            .text("residents", named(scenario, &group.residents))
            .number("each", if each { group.each } else { 0 })
            .message("because", because(scenario, &group.because));
        lines.push(Some(Message::new("explain-item").message("item", message)));
    }
    lines.extend(
        sum.map(|key| {
            Some(Message::new(key).number("needed", count.needed).number("offered", count.offered))
        }),
    );
    lines
}

fn ways_out(scenario: &Scenario, explanation: &Explanation) -> Vec<Option<Message>> {
    if explanation.repairs.list.is_empty() {
        let key = if explanation.repairs.complete { "explain-no-way-out" } else { "explain-no-way-out-yet" };
        return vec![Some(Message::new(key))];
    }
    let mut lines = vec![Some(Message::new("explain-ways-out"))];
    for (number, repair) in (1..).zip(&explanation.repairs.list) {
        let way = Message::new("explain-way").number("number", number);
        lines.push(Some(way.message("changes", changes(scenario, &repair.changes))));
    }
    if explanation.repairs.list.len() < explanation.repairs.wanted {
        let key = if explanation.repairs.complete { "explain-ways-all" } else { "explain-ways-fewer" };
        lines.push(Some(Message::new(key)));
    }
    lines
}

/// Ids of residents, the first few by name.
pub fn named(scenario: &Scenario, residents: &[ResidentIx]) -> String {
    let mut ids: Vec<&str> =
        residents.iter().take(NAMED_MAX).map(|&resident| scenario.resident(resident).id.as_str()).collect();
    let rest = format!("+{}", residents.len().saturating_sub(NAMED_MAX));
    if residents.len() > NAMED_MAX {
        ids.push(&rest);
    }
    ids.join(", ")
}

/// The lines in words, without the empty ones.
pub fn said(lines: &[Option<Message>], catalogue: &Catalogue) -> Vec<String> {
    lines.iter().flatten().map(|message| catalogue.say(message)).collect()
}
