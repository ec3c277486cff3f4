//! A what-if in plain words, and its table for the terminal.

use super::dto::written;
use super::goals;
use super::grid::{Align, Grid};
use super::headings::{heading, heading_of_goal};
use super::whatif_chart::worth;
use super::whatif_csv::{goal_names, weight};
use crate::language::{Catalogue, Language, Message};
use crate::plan::GoalValue;
use crate::plan::Status;
use crate::whatif::result::VariantResult;

/// Variants named one by one at most.
const NAMED: usize = 5;
/// Variants named that have the same fault.
const NAMED_ALIKE: usize = 3;
/// Different faults told.
const FAULTS_TOLD: usize = 20;

/// The sentences about a sweep.
pub fn sweep(columns: &[String], results: &[VariantResult]) -> Vec<Message> {
    let mut messages =
        vec![placed(Message::new("whatif-summary").number("variants", results.len() as i64), results)];
    for (key, test) in [
        ("whatif-summary-none", (|r| r.placeable == Some(false)) as fn(&VariantResult) -> bool),
        ("whatif-summary-open", |r| !r.is_answered()),
        ("whatif-summary-invalid", VariantResult::is_invalid),
    ] {
        let list: Vec<String> =
            results.iter().filter(|r| test(r)).map(|result| name(columns, result)).collect();
        if !list.is_empty() {
            let mut named = list.iter().take(NAMED).cloned().collect::<Vec<_>>().join(" / ");
            if list.len() > NAMED {
                named.push_str(" / …");
            }
            messages.push(Message::new(key).number("count", list.len() as i64).text("variants", named));
        }
    }
    messages
}

/// Adds how many can be placed, how many of them are within the caps, and of how many the caps are checked.
fn placed(message: Message, results: &[VariantResult]) -> Message {
    let placeable: Vec<&VariantResult> =
        results.iter().filter(|result| result.placeable == Some(true)).collect();
    let good = placeable.iter().filter(|result| result.within_caps == Some(true)).count();
    let unchecked = placeable.iter().filter(|result| result.within_caps.is_none()).count();
    let checked = match unchecked {
        0 => "all",
        _ if unchecked == placeable.len() => "none",
        _ => "some",
    };
    message
        .number("placeable", placeable.len() as i64)
        .number("good", good as i64)
        .number("unchecked", unchecked as i64)
        .text("checked", checked)
}

/// The sentences about many programs; which they are the table says.
pub fn programs(results: &[VariantResult]) -> Vec<Message> {
    let count =
        |test: fn(&VariantResult) -> bool| results.iter().filter(|result| test(result)).count() as i64;
    let mut messages = vec![
        placed(Message::new("programs-summary"), results)
            .number("programs", results.len() as i64)
            .number("proved", count(|result| result.status == "optimal")),
    ];
    for (key, count) in [
        ("programs-summary-none", count(|result| result.placeable == Some(false))),
        ("programs-summary-open", count(|result| !result.is_answered())),
        ("programs-summary-invalid", count(VariantResult::is_invalid)),
    ] {
        if count > 0 {
            messages.push(Message::new(key).number("count", count));
        }
    }
    messages
}

/// What is wrong with the variants that are no scenario, and who is not planned in those with a best plan: those alike
/// in it, by name, and what is told of them.
pub fn told_alike<'a>(
    columns: &[String],
    results: &'a [VariantResult],
    catalogue: &Catalogue,
) -> Vec<(String, &'a str)> {
    let without_some =
        |result: &VariantResult| result.status == Status::Optimal.id() && !told(result, catalogue).is_empty();
    let is_told = |result: &VariantResult| result.is_invalid() || without_some(result);
    let mut faults: Vec<(&str, Vec<String>)> = Vec::new();
    for result in results.iter().filter(|result| is_told(result)) {
        let (text, name) = (told(result, catalogue), name(columns, result));
        match faults.iter().position(|(other, _)| *other == text) {
            Some(at) => faults[at].1.push(name),
            None if faults.len() < FAULTS_TOLD => faults.push((text, vec![name])),
            None => {}
        }
    }
    let named = |names: &[String]| {
        let untold = names.len().saturating_sub(NAMED_ALIKE) as i64;
        let first: Vec<&str> = names.iter().take(NAMED_ALIKE).map(String::as_str).collect();
        catalogue
            .say(&Message::new("whatif-alike").text("variants", first.join(" / ")).number("untold", untold))
    };
    faults.into_iter().map(|(text, names)| (named(&names), text)).collect()
}

/// `intake.2020=14, rules.core_months_min=6`; what is the same in all variants has no column.
pub fn name(columns: &[String], result: &VariantResult) -> String {
    if columns.is_empty() {
        return "--set".to_string();
    }
    let pairs = columns.iter().zip(&result.labels).map(|(column, label)| format!("{column}={label}"));
    pairs.collect::<Vec<_>>().join(", ")
}

/// How sure the drawn futures make each promise.
pub fn draws(results: &[VariantResult], scenario_courses: usize) -> Vec<Message> {
    let futures = results.len() as i64;
    let placeable = results.iter().filter(|r| r.placeable == Some(true)).count() as i64;
    let mut messages = vec![
        Message::new("whatif-draws-placeable")
            .text("percent", percent(placeable, futures))
            .number("futures", futures),
    ];
    for choice in 1..=scenario_courses.min(3) as u32 {
        let kept = results.iter().filter(|r| r.worst_choice.is_some_and(|worst| worst <= choice)).count();
        messages.push(
            Message::new("whatif-draws-choice")
                .text("percent", percent(kept as i64, futures))
                .number("futures", futures)
                .number("choice", i64::from(choice)),
        );
    }
    messages
}

/// Which seats, more or fewer, change something, the most important first.
pub fn seat_values(results: &[VariantResult], catalogue: &Catalogue) -> Vec<Message> {
    let Some((present, others)) = results.split_first() else { return Vec::new() };
    let mut telling: Vec<(usize, &VariantResult)> =
        others.iter().filter_map(|result| Some((weight(present, result)?, result))).collect();
    telling.sort_by_key(|(weight, _)| *weight);
    let message = match telling.is_empty() {
        true => Message::new("whatif-seats-none"),
        false => Message::new("whatif-seats-some"),
    };
    let named = telling.iter().take(NAMED).filter_map(|(_, result)| {
        Some(format!("{}: {}", result.labels.join(" "), worth(present, result, catalogue)?))
    });
    let mut named: Vec<String> = named.collect();
    if telling.len() > NAMED {
        named.push("…".to_string());
    }
    let mut messages = vec![
        message
            .number("variants", others.len() as i64)
            .number("count", telling.len() as i64)
            .text("seats", named.join(" / ")),
    ];
    // The goals are named by their place in the order.
    if !telling.is_empty() {
        let goals = present.goals.iter().enumerate();
        let goals: Vec<String> = goals.map(|(at, goal)| format!("{}: {}", at + 1, goal.name)).collect();
        messages.push(Message::new("whatif-seats-goals").text("goals", goals.join(", ")));
    }
    messages
}

/// A percentage with one decimal, cut off: 100 means all.
fn percent(some: i64, all: i64) -> String {
    let tenths = if all == 0 { 0 } else { some * 1000 / all };
    if tenths % 10 == 0 { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) }
}

/// The table for the terminal: what was varied, whether it works, the goals.
pub fn table(
    columns: &[String],
    results: &[VariantResult],
    catalogue: &Catalogue,
    width: Option<usize>,
) -> String {
    let header = columns.iter().map(|column| (column.clone(), Align::Right));
    grid(header.collect(), results, catalogue, width)
}

/// The same of many programs, with the first columns of those that say which they are.
pub fn programs_table(
    columns: &[&str],
    results: &[VariantResult],
    catalogue: &Catalogue,
    width: Option<usize>,
) -> String {
    let header = columns.iter().map(|id| (heading(id, catalogue), Align::Left));
    grid(header.collect(), results, catalogue, width)
}

fn grid(
    mut header: Vec<(String, Align)>,
    results: &[VariantResult],
    catalogue: &Catalogue,
    width: Option<usize>,
) -> String {
    let (names, labels) = (goal_names(results), header.len());
    for key in ["whatif-column-placeable", "whatif-column-caps"] {
        header.push((catalogue.word(key), Align::Left));
    }
    header.extend(names.iter().map(|goal| (heading_of_goal(goal, "", catalogue), Align::Right)));
    header.push((catalogue.word("whatif-column-binding"), Align::Left));
    let mut grid = Grid::new(header);
    for result in results {
        let word = |truth: Option<bool>| match truth {
            Some(true) => catalogue.word("whatif-yes"),
            Some(false) => catalogue.word("whatif-no"),
            None => "?".to_string(),
        };
        let mut row: Vec<String> = result.labels.iter().take(labels).cloned().collect();
        let caps = match result.within_caps {
            None if result.status != "invalid" => catalogue.word("verdict-not-checked"),
            kept => word(kept),
        };
        row.extend([word(result.placeable), caps]);
        let value = |name: &String| {
            result.goal(name).map_or(String::new(), |goal| match (&goal.value, goals::of_name(name)) {
                (GoalValue::Vector(_), Some(of)) => catalogue.say(&goals::value(of.kind, &goal.value)),
                (value, _) => written(value),
            })
        };
        row.extend(names.iter().map(value));
        row.push(result.binding.join("; "));
        grid.push(row);
    }
    grid.render_within(width)
}

/// What was told of a variant, in the reader's language.
pub fn told<'a>(result: &'a VariantResult, catalogue: &Catalogue) -> &'a str {
    match catalogue.language() {
        Language::Ja => &result.told.ja,
        Language::En => &result.told.en,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::GoalValue;
    use crate::whatif::result::{GoalEntry, Told};

    #[test]
    fn seats_that_change_something_come_with_the_most_important_first() {
        let catalogue = Catalogue::new(Language::En);
        let variant = |labels: [&str; 3], placeable: bool, goals: &[i64]| VariantResult {
            labels: labels.map(str::to_string).to_vec(),
            status: if placeable { "optimal" } else { "infeasible" }.to_string(),
            placeable: Some(placeable),
            within_caps: Some(true),
            binding: Vec::new(),
            goals: ["coverage.sum", "repeats.sum"]
                .iter()
                .zip(goals)
                .map(|(name, value)| GoalEntry {
                    name: name.to_string(),
                    value: GoalValue::Number(*value),
                    bound: GoalValue::Number(*value),
                    proof: "certified".to_string(),
                })
                .collect(),
            first_course: None,
            first_three: None,
            worst_choice: None,
            margins: Vec::new(),
            unplaced: None,
            told: Told::default(),
        };
        let say = |results: &[VariantResult]| -> Vec<String> {
            seat_values(results, &catalogue).iter().map(|message| catalogue.say(message)).collect()
        };
        let present = variant(["", "", "0"], true, &[5, 9]);
        let same = variant(["kita", "2019", "+1"], true, &[5, 9]);
        let nothing = say(&[present.clone(), same.clone(), variant(["kita", "2019", "-1"], true, &[5, 9])]);
        assert_eq!(nothing, ["None of 2 single seats, more or fewer, changes a goal."]);
        let fewer_repeats = variant(["kita", "2020", "+1"], true, &[5, 7]);
        let no_plan = variant(["minami", "2020", "-1"], false, &[]);
        let some = say(&[present, same, fewer_repeats, no_plan]);
        assert_eq!(
            some,
            [
                "2 of 3 single seats, more or fewer, change a goal or leave no plan: \
                 minami 2020 -1: no plan / kita 2020 +1: goal 2 -2",
                "Goals by number — 1: coverage.sum, 2: repeats.sum",
            ]
        );
    }

    #[test]
    fn hundred_percent_means_all() {
        assert_eq!(percent(1000, 1000), "100");
        assert_eq!(percent(9999, 10_000), "99.9");
        assert_eq!(percent(970, 1000), "97");
        assert_eq!(percent(0, 0), "0");
    }
}
