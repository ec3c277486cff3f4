//! Rules that tables say (DESIGN 4b), read into the model: one file per table.

mod contradictions;
mod order;
mod points;
mod reach;
mod requirements;
mod staffing;
mod stays;

use crate::diagnostic::{Findings, Place};
use crate::language::Message;

use super::conditions::{Force, OrderRule, Points, Requirement, Staffing, StayRule, Who};
use super::model::{GoalKind, SelectorIx};
use super::program::Program;
use super::selectors::{Known, People, Selectors};
use super::{Opened, code};
use crate::tables::catalogue::TableSpec;
use crate::tables::table::{Cell, Columns, Row, Table};
use crate::tables::text::Text;
use crate::tables::value::{self, Names};

/// The rows of all tables.
#[derive(Default)]
pub(crate) struct RuleTables {
    pub requirements: Vec<Told<Requirement>>,
    pub stays: Vec<Told<StayRule>>,
    pub order: Vec<Told<OrderRule>>,
    pub staffing: Vec<Told<Staffing>>,
    pub points: Vec<Points>,
}

impl RuleTables {
    /// The goals for which there are rows of kind `wish`.
    pub fn wished_goals(&self) -> Vec<GoalKind> {
        let is_wish = |force: Force| force == Force::Wish;
        let requirements = self.requirements.iter().any(|told| is_wish(told.row.force))
            || self.order.iter().any(|told| is_wish(told.row.force));
        let staffing = self.staffing.iter().any(|told| is_wish(told.row.force));
        let goals = [(GoalKind::Requirements, requirements), (GoalKind::Staffing, staffing)];
        goals.into_iter().filter(|(_, is_due)| *is_due).map(|(kind, _)| kind).collect()
    }
}

/// A row and where it stands.
pub(crate) struct Told<T> {
    pub row: T,
    pub line: usize,
    pub place: Place,
}

/// The tables' files.
pub(crate) struct Files {
    pub requirements: Opened,
    pub stays: Opened,
    pub order: Opened,
    pub staffing: Opened,
    pub points: Opened,
}

/// What rows refer to.
#[derive(Clone, Copy)]
struct Context<'a> {
    program: &'a Program,
    known: Known<'a>,
    people: People<'a>,
    residents: &'a Names,
}

/// Reads the tables there are, in the order in which their selectors get positions.
pub(crate) fn read(
    files: Files,
    program: &Program,
    (known, people, residents): (Known<'_>, People<'_>, &Names),
    selectors: &mut Selectors,
    findings: &mut Findings,
) -> RuleTables {
    let context = Context { program, known, people, residents };
    let mut tables = RuleTables::default();
    if let Opened::Text(text) = files.requirements {
        tables.requirements = requirements::read(text, context, selectors, findings);
    }
    if let Opened::Text(text) = files.stays {
        tables.stays = stays::read(text, context, selectors, findings);
    }
    if let Opened::Text(text) = files.order {
        tables.order = order::read(text, context, selectors, findings);
    }
    if let Opened::Text(text) = files.staffing {
        tables.staffing = staffing::read(text, context, selectors, findings);
    }
    if let Opened::Text(text) = files.points {
        tables.points = points::read(text, context, selectors, findings);
    }
    contradictions::refuse(&tables, findings);
    reach::judge(&tables, context, selectors, findings);
    tables
}

/// What the rows of a table say, as far as they can be read.
fn rows<T>(
    text: Text,
    spec: &'static TableSpec,
    findings: &mut Findings,
    mut read: impl FnMut(Row<'_>, &mut Findings) -> Option<T>,
) -> Vec<T> {
    let mut rows = Vec::new();
    if let Some(table) = Table::read(text, &Columns::of(spec), findings) {
        table.each_row(findings, |row, findings| rows.extend(read(row, findings)));
    }
    rows
}

impl Context<'_> {
    fn place(
        &self,
        row: Row<'_>,
        column: &'static str,
        selectors: &mut Selectors,
        findings: &mut Findings,
    ) -> Option<SelectorIx> {
        selectors.cell(row.cell(column), self.known, findings)
    }

    fn who(&self, row: Row<'_>, findings: &mut Findings) -> Option<Who> {
        self.people.cell(row.cell("who"), false, findings)
    }
}

/// Whether a row has to be kept; without a word it has.
fn force(row: Row<'_>, findings: &mut Findings) -> Option<Force> {
    let cell = row.cell("kind");
    if cell.is_empty() {
        return Some(Force::Must);
    }
    cell.read(findings, |text| value::word(text, &Force::ALL, Force::id))
}

/// The id of a row, which no row before it has.
fn id(row: Row<'_>, seen: &mut Names, findings: &mut Findings) -> Option<String> {
    let cell = row.cell("id");
    let id = cell.read(findings, value::id)?;
    if seen.get(&id).is_some() {
        findings.error(cell.place(), Message::new(code::DUPLICATE_ID).text("text", &id));
        return None;
    }
    seen.insert(&id, row.line());
    Some(id)
}

/// The name in a row; the id if it gives none.
fn name(row: Row<'_>, id: &str) -> String {
    let name = row.cell("name").text();
    if name.is_empty() { id.to_string() } else { name.to_string() }
}

/// Reports bounds of which the lower is above the upper.
fn refuse_crossed(min: Option<u32>, max: Option<u32>, at: Cell<'_>, findings: &mut Findings) {
    if let (Some(min), Some(max)) = (min, max)
        && min > max
    {
        let message = Message::new(code::BOUNDS_CROSSED).number("min", min.into()).number("max", max.into());
        findings.error(at.place(), message);
    }
}
