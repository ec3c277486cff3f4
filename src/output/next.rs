//! What the coming year did to the tables, and what it asks for, in sentences.

use crate::engine::Next;
use crate::language::Message;
use crate::scenario::Scenario;

/// Ids told of at most; the rest are counted.
const NAMED_MAX: usize = 12;

/// All sentences about a turn of the year; `before` is the scenario of the year that has passed.
pub fn remarks(before: &Scenario, next: &Next) -> Vec<Message> {
    let turn = &next.turn;
    let people = |key, ids: &[String]| {
        let others = ids.len().saturating_sub(NAMED_MAX) as i64;
        let named = ids.iter().take(NAMED_MAX).map(String::as_str).collect::<Vec<_>>().join(", ");
        let message = Message::new(key).number("count", ids.len() as i64).text("residents", named);
        (!ids.is_empty()).then(|| message.number("others", others))
    };
    let mut remarks = vec![
        Message::new("next-year")
            .text("passed", before.first_year)
            .text("year", turn.year)
            .number("rows", turn.history_rows as i64),
    ];
    remarks.extend(people("next-finished", &turn.finished));
    remarks.extend(people("next-left", &turn.left));
    remarks.extend(people("next-entered", &turn.entered));
    remarks.extend(people("next-courses", &turn.courses_fixed));
    if turn.locks_gone + turn.locks_cut > 0 {
        let message = Message::new("next-locks").number("gone", turn.locks_gone as i64);
        remarks.push(message.number("cut", turn.locks_cut as i64).text("year", turn.year));
    }
    if !turn.courses_gone.is_empty() {
        remarks.push(Message::new("next-courses-gone").text("courses", turn.courses_gone.join(", ")));
    }
    if next.rules_gone > 0 {
        remarks.push(Message::new("next-rules-gone").number("count", next.rules_gone as i64));
    }
    if let Some(month) = turn.changed_from {
        remarks.push(Message::new("next-changed-from").text("month", month));
    }
    // What only the director knows.
    let after = &next.scenario;
    if !after.cases.is_empty() {
        let key = if turn.cases_planned { "next-logged-as-planned" } else { "next-logged" };
        remarks.push(Message::new(key).text("passed", before.first_year));
    }
    let entering = after.residents.iter().filter(|resident| resident.entry_year == turn.year);
    let nameless = entering.clone().filter(|resident| resident.anonymous).count() as i64;
    let said = after.intake.get(&turn.year).filter(|_| turn.year != turn.intake_asked);
    if said.is_some() && nameless > 0 {
        let message = Message::new("next-who-enters").text("year", turn.year);
        remarks.push(message.number("count", entering.count() as i64).number("nameless", nameless));
    }
    remarks.push(Message::new("next-intake").text("year", turn.intake_asked));
    if after.rules.intake_cap.as_ref().is_some_and(|cap| cap.past_hires.is_some()) {
        remarks.push(Message::new("next-past-hires").text("passed", before.first_year));
    }
    remarks
}
