//! `whatif.csv`: a row per variant; `programs.csv`: a row per program; and what a seat is worth.
//!
//! Nothing here depends on when, where or in which order the variants were answered.

use super::csv_cells::{Cell, Sheet};
use super::dto::written;
use super::headings::{heading, heading_of_goal, heading_of_margin, word};
use super::whatif_summary::told;
use crate::language::Catalogue;
use crate::plan::GoalValue;
use crate::whatif::result::VariantResult;
use crate::whatif::seats;

/// A row per variant, in the order of the sweep; the columns are headed by the keys that were varied.
pub fn variants(columns: &[String], results: &[VariantResult], catalogue: &Catalogue) -> Vec<u8> {
    let (header, rows) = table(columns.to_vec(), results, catalogue);
    csv(&header, rows)
}

/// A row per program, the same columns behind those that say which it is, and why it has no plan as the last.
pub fn programs(columns: &[String], results: &[VariantResult], catalogue: &Catalogue) -> Vec<u8> {
    let heads = columns.iter().map(|id| heading(id, catalogue)).collect();
    let (mut header, mut rows) = table(heads, results, catalogue);
    header.push(heading("why", catalogue));
    for (row, result) in rows.iter_mut().zip(results) {
        row.push(Cell::text(told(result, catalogue)));
    }
    csv(&header, rows)
}

fn csv(header: &[String], rows: Vec<Vec<Cell>>) -> Vec<u8> {
    let mut sheet = Sheet::new(header);
    rows.iter().for_each(|row| sheet.row(row));
    sheet.into_bytes()
}

/// The headings, beginning with these, and a row for each answer.
fn table(
    mut header: Vec<String>,
    results: &[VariantResult],
    catalogue: &Catalogue,
) -> (Vec<String>, Vec<Vec<Cell>>) {
    let goals = goal_names(results);
    let head = |id: &str| heading(id, catalogue);
    header.extend(["placeable", "within_caps", "binding", "status"].map(head));
    for goal in &goals {
        header.extend(["", "bound", "proof"].map(|part| heading_of_goal(goal, part, catalogue)));
    }
    header.extend(["first_course", "first_three_facilities", "worst_course_choice"].map(head));
    header.extend(["unplaced", "unplaced_entry_year"].map(head));
    let cases = case_names(results);
    header.extend(cases.iter().map(|case| heading_of_margin(case, catalogue)));
    let said = |id: &str| Cell::text(word(id, catalogue));
    let flag = |flag: bool| said(if flag { "true" } else { "false" });
    let rows = results.iter().map(|result| {
        let mut row: Vec<Cell> = result.labels.iter().map(|label| Cell::figure(label)).collect();
        row.push(result.placeable.map_or_else(|| said("unknown"), flag));
        row.push(match result.within_caps {
            Some(kept) => flag(kept),
            // What is no scenario has no caps either.
            None if result.status == "invalid" => Cell::empty(),
            None => said("not-checked"),
        });
        row.push(Cell::text(result.binding.join("; ")));
        row.push(said(&result.status));
        for goal in &goals {
            match result.goal(goal) {
                Some(goal) => row.extend([
                    Cell::number(written(&goal.value)),
                    Cell::number(written(&goal.bound)),
                    said(&goal.proof),
                ]),
                None => row.extend([Cell::empty(), Cell::empty(), Cell::empty()]),
            }
        }
        row.push(share(result.first_course));
        row.push(share(result.first_three));
        row.push(result.worst_choice.map_or(Cell::empty(), Cell::number));
        row.push(result.unplaced.map_or(Cell::empty(), |out| Cell::number(out.residents)));
        row.push(result.unplaced.map_or(Cell::empty(), |out| Cell::number(out.entry_year)));
        row.extend(cases.iter().map(|case| match result.margin(case) {
            Some(factor) => Cell::number(decimals(factor)),
            None => Cell::empty(),
        }));
        row
    });
    let rows = rows.collect();
    (header, rows)
}

/// The goals of all variants, in the order in which they first appear.
pub fn goal_names(results: &[VariantResult]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for goal in results.iter().flat_map(|result| &result.goals) {
        if !names.contains(&goal.name) {
            names.push(goal.name.clone());
        }
    }
    names
}

/// The case items of all variants, in the order in which they first appear.
fn case_names(results: &[VariantResult]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for margin in results.iter().flat_map(|result| &result.margins) {
        if !names.contains(&margin.case) {
            names.push(margin.case.clone());
        }
    }
    names
}

fn share(share: Option<(u32, u32)>) -> Cell {
    match share {
        Some((some, all)) if all > 0 => Cell::number(decimals((some.into(), all.into()))),
        _ => Cell::empty(),
    }
}

/// A fraction with four decimals, cut off: a share of 1 means all, and no margin is promised that is
/// not there.
fn decimals((numerator, denominator): (u128, u128)) -> String {
    let denominator = denominator.max(1);
    // Whole part and rest apart: a large numerator times 10,000 might not fit.
    let (whole, rest) = (numerator / denominator, numerator % denominator);
    match rest.checked_mul(10_000) {
        Some(parts) => format!("{whole}.{:04}", parts / denominator),
        None => format!("{whole}.{:04}", rest / denominator.div_ceil(10_000)),
    }
}

/// What a seat more or fewer changes: a row per facility, year and direction.
pub fn seat_values(results: &[VariantResult], catalogue: &Catalogue) -> Vec<u8> {
    let goals = goal_names(results);
    let head = |id: &str| heading(id, catalogue);
    let mut header: Vec<String> = seats::COLUMNS.map(head).to_vec();
    header.extend(["placeable", "first_change"].map(head));
    for goal in &goals {
        header.extend(["", "change"].map(|part| heading_of_goal(goal, part, catalogue)));
    }
    let said = |id: &str| Cell::text(word(id, catalogue));
    let mut sheet = Sheet::new(&header);
    let Some((present, others)) = results.split_first() else { return sheet.into_bytes() };
    for result in others {
        let mut row: Vec<Cell> = result.labels.iter().map(|label| Cell::figure(label)).collect();
        let flag = |placeable| said(if placeable { "true" } else { "false" });
        row.push(result.placeable.map_or_else(|| said("unknown"), flag));
        let change_of = first_change(present, result).map(|(_, name)| heading_of_goal(name, "", catalogue));
        row.push(Cell::text(change_of.unwrap_or_default()));
        for goal in &goals {
            let value = result.goal(goal).map(|goal| &goal.value);
            row.push(value.map_or(Cell::empty(), |value| Cell::number(written(value))));
            let change = value.zip(present.goal(goal)).map(|(value, before)| change(&before.value, value));
            row.push(change.map_or(Cell::empty(), |change| Cell::figure(&word(&change, catalogue))));
        }
        sheet.row(&row);
    }
    sheet.into_bytes()
}

/// The most important goal whose value is another: its place from 0 and its name.
pub fn first_change<'a>(present: &'a VariantResult, result: &VariantResult) -> Option<(usize, &'a str)> {
    let goals = present.goals.iter().enumerate();
    let mut differing =
        goals.filter(|(_, goal)| result.goal(&goal.name).is_some_and(|changed| changed.value != goal.value));
    differing.next().map(|(place, goal)| (place, goal.name.as_str()))
}

/// How early in the order of goals a change shows: 0 where nobody can be placed any more, else the place
/// of the first goal that changes; `None` if none does.
pub fn weight(present: &VariantResult, result: &VariantResult) -> Option<usize> {
    match result.placeable {
        Some(false) => Some(0),
        _ => first_change(present, result).map(|(place, _)| place),
    }
}

/// The difference of two numbers; of two vectors which is better (lexicographically less).
pub fn change(before: &GoalValue, after: &GoalValue) -> String {
    match (before, after) {
        (GoalValue::Number(before), GoalValue::Number(after)) => (after - before).to_string(),
        (GoalValue::Vector(before), GoalValue::Vector(after)) => {
            match expanded(after).cmp(&expanded(before)) {
                std::cmp::Ordering::Less => "better".to_string(),
                std::cmp::Ordering::Equal => "same".to_string(),
                std::cmp::Ordering::Greater => "worse".to_string(),
            }
        }
        _ => String::new(),
    }
}

fn expanded(pairs: &[(i64, u32)]) -> Vec<i64> {
    pairs.iter().flat_map(|(value, residents)| std::iter::repeat_n(*value, *residents as usize)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_a_difference_or_a_direction() {
        let vector = |pairs: &[(i64, u32)]| GoalValue::Vector(pairs.to_vec());
        assert_eq!(change(&GoalValue::Number(5), &GoalValue::Number(3)), "-2");
        assert_eq!(change(&vector(&[(1, 2), (0, 3)]), &vector(&[(1, 1), (0, 4)])), "better");
        assert_eq!(change(&vector(&[(1, 2), (0, 3)]), &vector(&[(2, 1), (0, 4)])), "worse");
        assert_eq!(change(&vector(&[(0, 1)]), &vector(&[(0, 1)])), "same");
    }

    #[test]
    fn margins_have_a_column_for_each_item_and_are_never_rounded_up() {
        assert_eq!(decimals((3, 1)), "3.0000");
        assert_eq!(decimals((1_999_999, 1_000_000)), "1.9999");
        assert_eq!(decimals((u128::MAX - 1, u128::MAX)).len(), 6);
    }

    #[test]
    fn a_share_says_one_only_when_it_is_all() {
        assert_eq!(share(Some((36, 36))), Cell::number("1.0000"));
        assert_eq!(share(Some((99_999, 100_000))), Cell::number("0.9999"));
        assert_eq!(share(Some((0, 0))), Cell::empty());
    }
}
