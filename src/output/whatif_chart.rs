//! Charts of a what-if: goals and feasibility against a key, and what a seat is worth.
//!
//! Each goal has a panel of its own, since goals have units of their own. Above them stands a strip of
//! marks: a disc where all can be placed within the caps, a ring where they can be placed but a cap is
//! exceeded, a cross where they cannot. Shapes and dashes carry the meaning; colour only repeats it.

use super::svg::{Anchor, Line, Mark, Svg};
use super::whatif_csv::{change, first_change, goal_names, weight};
use crate::language::{Catalogue, Message};
use crate::plan::GoalValue;
use crate::whatif::result::VariantResult;
use crate::whatif::seats;

const LEFT: i64 = 70;
const RIGHT: i64 = 30;
const WIDTH: i64 = 860;
const PANEL: i64 = 130;
const GAP: i64 = 46;
const TOP: i64 = 130;
/// Values named along the axis at most.
const TICKS: usize = 24;

/// The chart of one key: the column at `axis` of all variants.
pub fn chart(column: &str, axis: usize, results: &[VariantResult], catalogue: &Catalogue) -> Vec<u8> {
    let mut values: Vec<&str> = Vec::new();
    for label in results.iter().filter_map(|result| result.labels.get(axis)) {
        if !values.contains(&label.as_str()) {
            values.push(label);
        }
    }
    let goals = goal_names(results);
    let height = TOP + (PANEL + GAP) * goals.len() as i64 + 40;
    let mut svg = Svg::new(WIDTH, height);
    svg.text((LEFT, 26), column, Anchor::Start, 18);
    let at = |value: usize| {
        let steps = values.len().saturating_sub(1).max(1) as i64;
        LEFT + 10 + (WIDTH - LEFT - RIGHT - 20) * value as i64 / steps
    };
    let of = |value: usize| {
        let value = values.get(value).copied();
        results.iter().filter(move |result| result.labels.get(axis).map(String::as_str) == value)
    };
    // What nobody checked is not called kept.
    let is_unchecked =
        |result: &VariantResult| result.placeable == Some(true) && result.within_caps.is_none();
    let good = match results.iter().any(is_unchecked) {
        true => "whatif-chart-placed",
        false => "whatif-chart-good",
    };
    let legend = [
        (Mark::Disc, good),
        (Mark::Ring, "whatif-chart-over"),
        (Mark::Cross, "whatif-chart-none"),
        (Mark::Question, "whatif-chart-open"),
    ];
    for (number, (mark, key)) in legend.into_iter().enumerate() {
        let x = LEFT + 6 + 195 * number as i64;
        svg.mark((x, 50), mark, 0);
        svg.text((x + 12, 54), &catalogue.word(key), Anchor::Start, 12);
    }
    for value in 0..values.len() {
        // Of several variants at one value the worst is shown: the key alone does not save them.
        let mark = of(value).map(verdict).max_by_key(|mark| severity(*mark));
        if let Some(mark) = mark {
            svg.mark((at(value), 90), mark, 0);
        }
    }
    ticks(&mut svg, &values, &at, 118);
    for (number, goal) in goals.iter().enumerate() {
        let top = TOP + (PANEL + GAP) * number as i64 + 20;
        let heights: Vec<Vec<i64>> = (0..values.len())
            .map(|value| of(value).filter_map(|r| Some(in_chart(&r.goal(goal)?.value))).collect())
            .collect();
        panel(&mut svg, goal, top, &heights, number, &at);
        ticks(&mut svg, &values, &at, top + PANEL + 14);
    }
    svg.into_bytes()
}

fn verdict(result: &VariantResult) -> Mark {
    match (result.placeable, result.within_caps) {
        (Some(false), _) => Mark::Cross,
        (None, _) => Mark::Question,
        (Some(true), Some(false)) => Mark::Ring,
        (Some(true), _) => Mark::Disc,
    }
}

fn severity(mark: Mark) -> usize {
    [Mark::Disc, Mark::Ring, Mark::Question, Mark::Cross].iter().position(|known| *known == mark).unwrap_or(0)
}

fn ticks(svg: &mut Svg, values: &[&str], at: &dyn Fn(usize) -> i64, y: i64) {
    let step = values.len().div_ceil(TICKS).max(1);
    for (number, value) in values.iter().enumerate().step_by(step) {
        svg.text((at(number), y), value, Anchor::Middle, 11);
    }
}

/// One goal: its least value as a line with marks, and a bar up to the greatest where variants differ.
fn panel(
    svg: &mut Svg,
    goal: &str,
    top: i64,
    heights: &[Vec<i64>],
    number: usize,
    at: &dyn Fn(usize) -> i64,
) {
    let most = heights.iter().flatten().copied().max().unwrap_or(0).max(1);
    let y = |height: i64| top + PANEL - (PANEL - 10) * height / most;
    svg.text((LEFT, top - 6), goal, Anchor::Start, 13);
    svg.line((LEFT, top), (LEFT, top + PANEL), Line::Axis);
    svg.line((LEFT, top + PANEL), (WIDTH - RIGHT, top + PANEL), Line::Axis);
    for level in [most / 2, most] {
        svg.line((LEFT, y(level)), (WIDTH - RIGHT, y(level)), Line::Grid);
        svg.text((LEFT - 8, y(level) + 4), &level.to_string(), Anchor::End, 11);
    }
    svg.text((LEFT - 8, y(0) + 4), "0", Anchor::End, 11);
    let marks = [Mark::Disc, Mark::Square, Mark::Diamond, Mark::Triangle, Mark::Ring];
    let mut before: Option<(i64, i64)> = None;
    for (value, heights) in heights.iter().enumerate() {
        let (Some(least), Some(greatest)) = (heights.iter().min(), heights.iter().max()) else {
            before = None;
            continue;
        };
        let point = (at(value), y(*least));
        if let Some(before) = before {
            svg.line(before, point, Line::Series(number));
        }
        if greatest > least {
            svg.line(point, (at(value), y(*greatest)), Line::Axis);
        }
        svg.mark(point, marks.get(number % marks.len()).copied().unwrap_or(Mark::Disc), number);
        before = Some(point);
    }
}

/// What a seat is worth: a cell per facility and year, the darker the more important the first goal
/// that a seat more or fewer changes. The cell says which goal (its place in the order) and by how much.
pub fn heat_map(results: &[VariantResult], catalogue: &Catalogue) -> Vec<u8> {
    let Some((present, others)) = results.split_first() else { return Svg::new(1, 1).into_bytes() };
    let label = |result: &VariantResult, at: usize| result.labels.get(at).cloned().unwrap_or_default();
    let (mut facilities, mut years) = (Vec::new(), Vec::new());
    for result in others {
        for (list, text) in [(&mut facilities, label(result, 0)), (&mut years, label(result, 1))] {
            if !list.contains(&text) {
                list.push(text);
            }
        }
    }
    let below_title = 44 + 16 * present.goals.len() as i64;
    let (cell_width, cell_height, left, top) = (140, 26, 170, below_title + 42);
    let width = left + cell_width * years.len() as i64 + 20;
    let mut svg = Svg::new(width.max(480), top + cell_height * facilities.len() as i64 + 20);
    svg.text((12, 24), &catalogue.word("whatif-seats-title"), Anchor::Start, 15);
    for (number, goal) in present.goals.iter().enumerate() {
        let text = format!("{}: {}", number + 1, goal.name);
        svg.text((12, 44 + 16 * number as i64), &text, Anchor::Start, 12);
    }
    svg.text((12, below_title), &catalogue.word("whatif-seats-blank"), Anchor::Start, 12);
    for (column, year) in years.iter().enumerate() {
        svg.text((left + cell_width * column as i64 + 70, top - 6), year, Anchor::Middle, 12);
    }
    for (row, facility) in facilities.iter().enumerate() {
        let y = top + cell_height * row as i64;
        svg.text((left - 8, y + 17), facility, Anchor::End, 12);
        for (column, year) in years.iter().enumerate() {
            let x = left + cell_width * column as i64;
            let of = |direction: &str| {
                let labels = [facility.as_str(), year.as_str(), direction];
                others.iter().find(|result| result.labels.iter().map(String::as_str).eq(labels))
            };
            let texts: Vec<String> = [seats::MORE, seats::FEWER]
                .iter()
                .filter_map(|direction| Some((direction, of(direction)?)))
                .filter_map(|(direction, result)| {
                    Some(format!("{direction}: {}", worth(present, result, catalogue)?))
                })
                .collect();
            let ranks = [seats::MORE, seats::FEWER].into_iter().filter_map(of);
            let ranks = ranks.filter_map(|result| weight(present, result));
            let grey = ranks.min().map_or(0, |rank| 10 - 2 * (rank as i64).min(4));
            svg.cell((x, y), (cell_width, cell_height), grey);
            svg.text((x + 70, y + 17), &texts.join("  "), Anchor::Middle, 11);
        }
    }
    svg.into_bytes()
}

/// What a seat changes: `+1: goal 2 -12`.
pub fn worth(present: &VariantResult, result: &VariantResult, catalogue: &Catalogue) -> Option<String> {
    if result.placeable == Some(false) {
        return Some(catalogue.word("whatif-chart-none-short"));
    }
    let (place, name) = first_change(present, result)?;
    let change = change(&present.goal(name)?.value, &result.goal(name)?.value);
    let change = match change.as_str() {
        "better" => catalogue.word("whatif-better"),
        "worse" => catalogue.word("whatif-worse"),
        number => number.to_string(),
    };
    let message = Message::new("whatif-seat-worth").number("goal", place as i64 + 1).text("change", change);
    Some(catalogue.say(&message))
}

/// One number for a chart: a vector counts the residents whose value is not 0.
fn in_chart(value: &GoalValue) -> i64 {
    match value {
        GoalValue::Number(number) => *number,
        GoalValue::Vector(pairs) => {
            pairs.iter().filter(|(value, _)| *value > 0).map(|(_, residents)| i64::from(*residents)).sum()
        }
    }
}
