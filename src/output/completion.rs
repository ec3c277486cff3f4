//! How everybody stands towards completion (修了要件): tables for the terminal, and `completion.csv`.
//!
//! The first table has a row per resident and says why the verdict is what it is; three more have the figures behind
//! it. `completion.csv` has a row for each resident and each thing that completion needs.

use std::collections::BTreeSet;

use super::csv_cells::{Cell, Sheet};
use super::grid::{Align, Grid};
use super::headings;
use super::ledger::months;
use super::{facility_name, record_name};
use crate::audit;
use crate::completion::{About, Item, Progress, Standing, State, Why};
use crate::language::{Catalogue, Message};
use crate::regulation::Rule;
use crate::scenario::Scenario;

/// The name of the table.
pub const COMPLETION: &str = "completion.csv";
/// Months and facilities that are named at most; the rest are counted.
const NAMED_MAX: usize = 3;

const HEADER: [&str; 18] = [
    "resident",
    "name",
    "entry_year",
    "verdict",
    "counted",
    "worked",
    "missing",
    "end",
    "subject",
    "item",
    "item_name",
    "state",
    "so_far",
    "expected",
    "required",
    "month",
    "clause",
    "message",
];

pub fn csv(scenario: &Scenario, progress: &Progress, catalogue: &Catalogue) -> Vec<u8> {
    let mut sheet = Sheet::headed(&HEADER, catalogue);
    for standing in &progress.residents {
        let person = scenario.resident(standing.resident);
        for item in &standing.items {
            sheet.row(&[
                Cell::text(&person.id),
                Cell::text(&person.name),
                Cell::number(person.entry_year),
                Cell::text(headings::word(standing.verdict.map_or("", State::id), catalogue)),
                Cell::number(months(standing.counted)),
                Cell::number(standing.worked),
                Cell::number(months(standing.missing)),
                standing.end.map_or(Cell::empty(), Cell::text),
                Cell::text(headings::word(subject(item.about), catalogue)),
                Cell::text(id(scenario, item.about)),
                Cell::text(catalogue.say(&name(scenario, item.about))),
                Cell::text(headings::word(item.state.id(), catalogue)),
                Cell::number(months(item.so_far)),
                item.expected.map_or(Cell::empty(), |expected| Cell::number(months(expected))),
                Cell::number(months(item.asked)),
                item.when.map_or(Cell::empty(), Cell::text),
                Cell::text(clause(scenario, item.about)),
                item.why.as_ref().map_or(Cell::empty(), |why| {
                    Cell::text(catalogue.say(&reason(scenario, why, catalogue)))
                }),
            ]);
        }
    }
    sheet.into_bytes()
}

/// What kind of thing it is.
pub(super) fn subject(about: About) -> &'static str {
    match about {
        About::Time => "time",
        About::Minimum(_) => "minimum",
        About::Case(_) => "case",
        About::Record(_) => "record",
    }
}

/// What files call it.
pub(super) fn id(scenario: &Scenario, about: About) -> &str {
    match about {
        About::Time => "training_months",
        About::Minimum(minimum) => minimum.id(),
        About::Case(case) => &scenario.case(case).id,
        About::Record(kind) => &scenario.record_kind(kind).id,
    }
}

/// What people call it.
fn name(scenario: &Scenario, about: About) -> Message {
    match about {
        About::Time => Message::new("completion-time"),
        About::Minimum(minimum) => match minimum.rule() {
            Some(rule) => audit::rule_of(scenario, rule),
            None => Message::new("completion-time"),
        },
        About::Case(case) => Message::new("completion-case").text("name", &scenario.case(case).name),
        About::Record(kind) => record_name(scenario.record_kind(kind)),
    }
}

/// Section and clauses that ask for it.
pub(super) fn clause(scenario: &Scenario, about: About) -> String {
    match about {
        About::Time => Rule::TrainingComplete.clause(),
        About::Minimum(minimum) => minimum.rule().map(Rule::clause).unwrap_or_default(),
        About::Case(_) => Rule::CaseVolume.clause(),
        About::Record(kind) => scenario.record_kind(kind).clause.clone(),
    }
}

/// Why something stands as it does, and what can be done.
pub(super) fn reason(scenario: &Scenario, why: &Why, catalogue: &Catalogue) -> Message {
    let named = |all: Vec<String>| {
        let others = all.len().saturating_sub(NAMED_MAX) as i64;
        (all.into_iter().take(NAMED_MAX).collect::<Vec<_>>().join(", "), others)
    };
    match why {
        Why::NoPlan => Message::new("completion-no-plan"),
        Why::Unplaced(count) => Message::new("completion-unplaced").number("count", i64::from(*count)),
        Why::SetAside => Message::new("completion-set-aside"),
        Why::Lacking(count) => Message::new("completion-lacking").text("count", months(*count)),
        Why::Unreached { lacking, from, helped_by } => {
            let helpers = helped_by.iter().map(|ix| facility_name(scenario.facility(*ix), catalogue));
            let (helpers, _) = named(helpers.map(str::to_string).collect());
            let any = i64::from(!helpers.is_empty());
            let message = Message::new("completion-unreached").text("count", months(*lacking));
            message.text("from", from).text("facilities", helpers).number("any", any)
        }
        Why::Shared(count) => Message::new("completion-shared").number("count", i64::from(*count)),
        Why::NotAssessed => Message::new("completion-not-assessed"),
        Why::NotLogged => Message::new("completion-not-logged"),
        Why::NotKept => Message::new("completion-not-kept"),
        Why::Overdue(overdue) => {
            let count = overdue.len() as i64;
            let (overdue, others) = named(overdue.iter().map(ToString::to_string).collect());
            let message = Message::new("completion-overdue").number("count", count);
            message.text("months", overdue).number("others", others)
        }
        Why::Behind(count) => Message::new("completion-behind").number("count", i64::from(*count)),
    }
}

/// As of when, and whether by a plan.
pub fn title(progress: &Progress) -> Message {
    let key = if progress.has_plan { "completion-title-plan" } else { "completion-title" };
    Message::new(key).text("as_of", progress.as_of)
}

/// Everything for the terminal; `width` is the terminal's, if there is one.
pub fn text(scenario: &Scenario, progress: &Progress, catalogue: &Catalogue, width: Option<usize>) -> String {
    let title = catalogue.say(&title(progress));
    let verdicts = verdicts(scenario, progress, catalogue).grid();
    let mut text = format!("{title}\n\n{}", verdicts.render_within(width));
    let legend = catalogue.word("completion-legend");
    let details: Vec<String> = figures(scenario, progress, catalogue)
        .into_iter()
        .map(|(title, part)| format!("\n{}\n\n{}", catalogue.word(title), part.grid().render()))
        .collect();
    if !details.is_empty() {
        text.push_str(&format!("\n{legend}\n{}", details.concat()));
    }
    text.push_str(&format!("\n{}\n", catalogue.say(&summary(progress))));
    text
}

fn part_title(part: &str) -> &'static str {
    match part {
        "case" => "completion-cases",
        "record" => "completion-records",
        _ => "completion-minima",
    }
}

/// How many stand how.
pub fn summary(progress: &Progress) -> Message {
    let count = |state: State| {
        progress.residents.iter().filter(|standing| standing.verdict == Some(state)).count() as i64
    };
    Message::new("completion-summary")
        .number("met", count(State::Met))
        .number("on_course", count(State::OnCourse))
        .number("not_known", count(State::NotKnown))
        .number("at_risk", count(State::AtRisk))
        .number("impossible", count(State::Impossible))
}

/// A table of residents, for the terminal and for the workbook.
pub(super) struct Standings {
    pub columns: Vec<(String, Align)>,
    pub rows: Vec<Vec<String>>,
}

impl Standings {
    fn grid(self) -> Grid {
        let mut grid = Grid::new(self.columns);
        self.rows.into_iter().for_each(|row| grid.push(row));
        grid
    }
}

/// A row a resident: months, verdict, and why.
pub(super) fn verdicts(scenario: &Scenario, progress: &Progress, catalogue: &Catalogue) -> Standings {
    let any_name = scenario.residents.iter().any(|resident| resident.name != resident.id);
    let mut columns = vec![(catalogue.word("column-resident"), Align::Left)];
    if any_name {
        columns.push((catalogue.word("column-name"), Align::Left));
    }
    for key in ["ledger-counted", "ledger-worked", "ledger-missing", "ledger-end"] {
        columns.push((catalogue.word(key), Align::Right));
    }
    columns.push((catalogue.word("completion-verdict"), Align::Left));
    columns.push((catalogue.word("completion-why"), Align::Left));
    let rows = progress.residents.iter().map(|standing| {
        let person = scenario.resident(standing.resident);
        let mut row = vec![person.id.clone()];
        if any_name {
            row.push(if person.name == person.id { String::new() } else { person.name.clone() });
        }
        row.extend([
            months(standing.counted),
            standing.worked.to_string(),
            months(standing.missing),
            standing.end.map_or(String::new(), |end| end.to_string()),
            catalogue.word(verdict_key(standing)),
            reasons(scenario, standing, catalogue).join("\n"),
        ]);
        row
    });
    Standings { rows: rows.collect(), columns }
}

/// The verdict in words.
pub fn verdict(standing: &Standing, catalogue: &Catalogue) -> String {
    catalogue.word(verdict_key(standing))
}

/// Months that count, months that leave did not count, and the last month of the training.
pub fn figures_of(standing: &Standing) -> [String; 3] {
    let end = standing.end.map_or(String::new(), |end| end.to_string());
    [months(standing.counted), months(standing.missing), end]
}

/// A thing that completion needs: what people call it, its figures, and why it stands so.
pub fn item_words(scenario: &Scenario, item: &Item, catalogue: &Catalogue) -> [String; 3] {
    let why = item.why.as_ref().map_or(String::new(), |why| catalogue.say(&reason(scenario, why, catalogue)));
    [catalogue.say(&name(scenario, item.about)), figure(item), why]
}

fn verdict_key(standing: &Standing) -> &'static str {
    match standing.verdict {
        None => "word-resigned",
        Some(State::Met) => "word-met",
        Some(State::OnCourse) => "word-on-course",
        Some(State::NotKnown) => "word-not-known",
        Some(State::AtRisk) => "word-at-risk",
        Some(State::Impossible) => "word-impossible",
    }
}

/// A line for everything that gives the verdict; things that stand so for the same reason share one.
pub fn reasons(scenario: &Scenario, standing: &Standing, catalogue: &Catalogue) -> Vec<String> {
    let mut lines: Vec<(String, Vec<String>)> = Vec::new();
    for item in standing.decisive() {
        let Some(why) = &item.why else { continue };
        let why = catalogue.say(&reason(scenario, why, catalogue));
        let name = catalogue.say(&name(scenario, item.about));
        match lines.iter_mut().find(|(known, _)| *known == why) {
            Some((_, names)) => names.push(name),
            None => lines.push((why, vec![name])),
        }
    }
    let separator = catalogue.word("completion-and");
    let line = |(why, names): (String, Vec<String>)| {
        let names = names.join(&separator);
        catalogue.say(&Message::new("completion-line").text("names", names).text("why", why))
    };
    lines.into_iter().map(line).collect()
}

/// Whether an item belongs to a part.
fn belongs(item: &Item, part: &str) -> bool {
    let subject = subject(item.about);
    match part {
        "case" | "record" => subject == part,
        _ => subject == "minimum" || subject == "time",
    }
}

/// The parts that anything belongs to, each with its title and its figures: residents × things.
pub(super) fn figures(
    scenario: &Scenario,
    progress: &Progress,
    catalogue: &Catalogue,
) -> Vec<(&'static str, Standings)> {
    let items = || progress.residents.iter().flat_map(|standing| &standing.items);
    let of = |part: &str| {
        let things: BTreeSet<About> =
            items().filter(|item| belongs(item, part)).map(|item| item.about).collect();
        let mut columns = vec![(catalogue.word("column-resident"), Align::Left)];
        let heading = |about: &About| (catalogue.say(&name(scenario, *about)), Align::Right);
        columns.extend(things.iter().map(heading));
        let trained = progress.residents.iter().filter(|standing| standing.verdict.is_some());
        let rows = trained.map(|standing| {
            let mut row = vec![scenario.resident(standing.resident).id.clone()];
            row.extend(things.iter().map(|about| {
                standing.items.iter().find(|item| item.about == *about).map_or(String::new(), figure)
            }));
            row
        });
        (!things.is_empty()).then(|| (part_title(part), Standings { rows: rows.collect(), columns }))
    };
    ["time-minimum", "case", "record"].into_iter().filter_map(of).collect()
}

/// `6→18/12`: so far, under the plan, asked; `?` not known, `!` at risk, `×` impossible.
fn figure(item: &Item) -> String {
    let mark = match item.state {
        State::Met | State::OnCourse => "",
        State::NotKnown => "?",
        State::AtRisk => "!",
        State::Impossible => "×",
    };
    let expected = item.expected.filter(|expected| *expected != item.so_far);
    let expected = expected.map_or(String::new(), |expected| format!("→{}", months(expected)));
    format!("{mark}{}{expected}/{}", months(item.so_far), months(item.asked))
}
