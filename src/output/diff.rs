//! What differs between two plans, as tables for the terminal: who moves, whose seat each takes, what
//! becomes of the goals, and how full the facilities are.

use super::grid::{Align, Grid, printable};
use super::moves::{chain_words, place, shift_words};
use super::{facility_name, goals};
use crate::audit;
use crate::diff::{Diff, SeatYear, Shift};
use crate::explain::why_not::is_worse;
use crate::language::{Catalogue, Message};
use crate::scenario::{CourseIx, GoalKind, Scenario};

/// All tables, or a sentence where nothing differs.
pub fn text(scenario: &Scenario, diff: &Diff, catalogue: &Catalogue, width: Option<usize>) -> String {
    if diff.is_empty() {
        return format!("{}\n", catalogue.word("diff-none"));
    }
    let mut parts = vec![catalogue.say(&headline(diff)), String::new()];
    if !diff.moves.is_empty() {
        parts.push(moves(scenario, diff, catalogue).render_within(width));
        parts.push(catalogue.word("diff-chains-title"));
        parts.extend(chain_lines(scenario, diff, catalogue));
        parts.push(String::new());
    }
    if !diff.shifts.is_empty() {
        parts.push(catalogue.word("diff-shifts-title"));
        parts.extend(shift_lines(scenario, diff, catalogue));
        parts.push(String::new());
    }
    if !diff.courses.is_empty() {
        parts.extend(course_lines(scenario, diff, catalogue));
        parts.push(String::new());
    }
    if !diff.goals.is_empty() {
        // Then neither plan is counted as it was published.
        if scenario.residents.iter().any(|r| !r.leaves.is_empty() || r.resigned_from.is_some()) {
            parts.push(catalogue.word("diff-goals-legend"));
        }
        parts.push(goals_grid(diff, catalogue).render_within(width));
    }
    if !diff.moves.is_empty() {
        parts.push(catalogue.word("diff-seats-title"));
        parts.push(seats(scenario, diff, catalogue).render());
    }
    let mut text = parts.join("\n");
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// How many people move and for how many months altogether, and the same of who is new.
pub fn headline(diff: &Diff) -> Message {
    Message::new("diff-headline")
        .number("people", diff.people() as i64)
        .number("months", diff.moved_months().into())
        .number("new", diff.new.len() as i64)
        .number("new_months", (diff.months() - diff.moved_months()).into())
}

fn moves(scenario: &Scenario, diff: &Diff, catalogue: &Catalogue) -> Grid {
    let named = diff.moves.iter().any(|one| {
        let (id, name) = diff.person(scenario, one.resident);
        id != name
    });
    let mut columns = vec![(catalogue.word("column-resident"), Align::Left)];
    if named {
        columns.push((catalogue.word("column-resident-name"), Align::Left));
    }
    columns.extend([
        (catalogue.word("column-from-month"), Align::Left),
        (catalogue.word("column-until-month"), Align::Left),
        (catalogue.word("column-months"), Align::Right),
        (catalogue.word("column-before"), Align::Left),
        (catalogue.word("column-after"), Align::Left),
    ]);
    let mut grid = Grid::new(columns);
    for one in &diff.moves {
        let (id, name) = diff.person(scenario, one.resident);
        let mut cells = vec![id.to_string()];
        if named {
            cells.push(if name == id { String::new() } else { name.to_string() });
        }
        cells.extend([
            one.span.start.to_string(),
            one.span.end().minus(1).to_string(),
            one.span.months.to_string(),
            catalogue.say(&place(scenario, one.from)),
            catalogue.say(&place(scenario, one.to)),
        ]);
        grid.push(cells);
    }
    grid
}

fn chain_lines(scenario: &Scenario, diff: &Diff, catalogue: &Catalogue) -> Vec<String> {
    let line = |chain| {
        let words = chain_words(scenario, chain, &|who| diff.person(scenario, who).0);
        printable(&catalogue.say(&Message::new("explain-item").message("item", words)))
    };
    diff.chains.iter().map(line).collect()
}

fn shift_lines(scenario: &Scenario, diff: &Diff, catalogue: &Catalogue) -> Vec<String> {
    let line = |shift: &Shift| {
        let words = shift_words(scenario, shift);
        printable(&catalogue.say(&Message::new("explain-item").message("item", words)))
    };
    diff.shifts.iter().map(line).collect()
}

fn course_lines(scenario: &Scenario, diff: &Diff, catalogue: &Catalogue) -> Vec<String> {
    let id = |course: &Option<CourseIx>| course.map_or("–", |course| scenario.course(course).id.as_str());
    let line = |(resident, before, after): &(_, _, _)| {
        let message = Message::new("explain-course-change")
            .text("resident", &scenario.resident(*resident).id)
            .text("before", id(before))
            .text("after", id(after));
        printable(&catalogue.say(&Message::new("explain-item").message("item", message)))
    };
    diff.courses.iter().map(line).collect()
}

fn goals_grid(diff: &Diff, catalogue: &Catalogue) -> Grid {
    let columns = ["column-goal", "column-before", "column-after", "column-change"];
    let mut grid = Grid::new(columns.map(|key| (catalogue.word(key), Align::Left)).to_vec());
    for (goal, before, after) in &diff.goals {
        // A change is what is asked for here: that there is one makes the new plan no worse.
        let change = match before == after {
            true => catalogue.word("diff-same"),
            false if goal.kind == GoalKind::Stability => String::new(),
            false if is_worse(before, after) => catalogue.word("diff-worse"),
            false => catalogue.word("diff-better"),
        };
        let value = |value| catalogue.say(&goals::value(goal.kind, value));
        let cells = vec![catalogue.say(&goals::name(*goal)), value(before), value(after), change];
        grid.push(cells);
    }
    grid
}

/// The facilities and years in which somebody comes or goes.
fn seats(scenario: &Scenario, diff: &Diff, catalogue: &Catalogue) -> Grid {
    let right =
        ["column-before", "diff-departures", "diff-arrivals", "column-after", "diff-most", "column-seats"];
    let mut columns =
        vec![(catalogue.word("column-facility"), Align::Left), (catalogue.word("column-year"), Align::Right)];
    columns.extend(right.map(|key| (catalogue.word(key), Align::Right)));
    let mut grid = Grid::new(columns);
    for year in diff.seats.iter().filter(|year| year.is_changed()) {
        grid.push(vec![
            facility_name(scenario.facility(year.facility), catalogue).to_string(),
            year.academic_year.to_string(),
            year.before.to_string(),
            signed('-', year.departures),
            signed('+', year.arrivals),
            year.after.to_string(),
            format!("{} → {}", year.most_before, year.most_after),
            limits(scenario, year),
        ]);
    }
    grid
}

fn signed(sign: char, months: u32) -> String {
    if months == 0 { "0".to_string() } else { format!("{sign}{months}") }
}

/// The seats of a facility in a year; where the figure changes within it, the figures in order.
pub fn limits(scenario: &Scenario, year: &SeatYear) -> String {
    let months = scenario.calendar.span_of(year.academic_year);
    let mut limits: Vec<Option<u32>> =
        months.iter().map(|month| audit::seat_limit(scenario, year.facility, month)).collect();
    limits.dedup();
    let figure = |limit: &Option<u32>| limit.map_or_else(|| "-".to_string(), |limit| limit.to_string());
    limits.iter().map(figure).collect::<Vec<_>>().join("→")
}
