//! A plan from before, read for a scenario that has moved on since.
//!
//! People have left, time has passed, numbers have changed. What still concerns the scenario is kept:
//! the decided months of its residents. Everything else is told, with its place, and refuses nothing;
//! only a table without a single resident of the scenario is taken for that of another program.

use std::collections::BTreeMap;

use super::placements::{Stranger, Strictness, rows};
use super::{Placement, Plan};
use crate::calendar::{Month, Span, runs};
use crate::diagnostic::{Findings, Place, Severity};
use crate::language::Message;
use crate::scenario::{FacilityIx, ResidentIx, Scenario, Stay};
use crate::tables::text::Text;

/// A plan from before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Earlier {
    /// Rows of the scenario's residents in decided months; no month of a resident stands twice.
    pub plan: Plan,
    /// Where each row of `plan` stands in the file; shorter for a plan made here.
    pub places: Vec<Place>,
    /// Those who are not in the scenario any more but would be somewhere in its months, by id; residents who
    /// leave, with the months after that.
    pub gone: Vec<Gone>,
}

/// Somebody who is not in the scenario any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    pub id: String,
    pub name: String,
    /// From the first decided month on.
    pub stays: Vec<Stay>,
}

impl From<Plan> for Earlier {
    /// A plan that was made for this very scenario.
    fn from(plan: Plan) -> Self {
        Self { plan, ..Self::default() }
    }
}

/// Reads a plan from before. There is one exactly if no finding is an error.
pub fn read(file_name: &str, bytes: &[u8], scenario: &Scenario) -> (Option<Earlier>, Findings) {
    let mut findings = Findings::default();
    let earlier = Text::decode(file_name, bytes, &mut findings)
        .and_then(|text| keep(text, scenario, &mut findings))
        .filter(|_| !findings.has_errors());
    (earlier, findings)
}

fn keep(text: Text, scenario: &Scenario, findings: &mut Findings) -> Option<Earlier> {
    let whole = text.whole();
    let (mut strangers, mut places) = (Vec::new(), Vec::new());
    let mut strictness = Strictness::Earlier { strangers: &mut strangers, places: &mut places };
    let read = rows(text, scenario, &mut strictness, findings)?;
    if read.rows.is_empty() && !findings.has_errors() {
        let key = if strangers.is_empty() { "earlier-empty" } else { "earlier-other-scenario" };
        findings.error(whole.clone(), Message::new(key).text("scenario", &scenario.id));
        return None;
    }
    let mut keeper =
        Keeper { scenario, findings, seen: BTreeMap::new(), past_months: 0, left: BTreeMap::new() };
    let mut earlier = Earlier::default();
    for (row, place) in read.rows.into_iter().zip(places) {
        for span in keeper.kept(&row, &place) {
            earlier.plan.rows.push(Placement { span, ..row.clone() });
            earlier.places.push(place.clone());
        }
    }
    let Keeper { left, past_months, .. } = keeper;
    if past_months > 0 {
        let message =
            Message::new("earlier-past").number("months", past_months.into()).text("start", scenario.start());
        findings.push(Severity::Note, whole.clone(), message);
    }
    earlier.gone = gone(scenario, strangers, whole, findings);
    earlier.gone.extend(resigned(scenario, left, findings));
    earlier.gone.sort_by(|one, other| one.id.cmp(&other.id));
    Some(earlier)
}

/// Decides row by row which months still concern the scenario.
struct Keeper<'a> {
    scenario: &'a Scenario,
    findings: &'a mut Findings,
    /// The line that placed a resident in a month.
    seen: BTreeMap<(ResidentIx, Month), usize>,
    /// Months that are history now.
    past_months: u32,
    /// What was planned for residents after they leave the program, and where it first stands.
    left: BTreeMap<ResidentIx, (Place, Vec<Stay>)>,
}

impl Keeper<'_> {
    /// The months of a row that count; whatever does not is told, or has passed as planned.
    fn kept(&mut self, row: &Placement, place: &Place) -> Vec<Span> {
        let resident = self.scenario.resident(row.resident);
        let (training, decided) = (self.scenario.training(row.resident), self.scenario.decided(row.resident));
        let say = |key| Message::new(key).text("resident", &resident.id);
        let past = row.span.intersection(Span::between(training.start, decided.start));
        self.past_months += past.months;
        if let Some((month, facility)) = elsewhere(&resident.history, past, row.facility) {
            let facility = self.scenario.facility(facility);
            let message = say("earlier-past-differs").text("month", month);
            let message = message.name("facility", &facility.name, &facility.name_en);
            self.findings.push(Severity::Warning, place.clone(), message);
        }
        let row = &self.without_resigned(row, place);
        if row.span.is_empty() {
            return Vec::new();
        }
        if row.span.intersection(training) != row.span {
            let message = say("earlier-outside").text("first", training.start);
            let message = message.text("last", training.end().minus(1));
            self.findings.push(Severity::Warning, place.clone(), message);
        }
        let mut kept: Vec<Month> = Vec::new();
        let mut twice = None;
        for month in row.span.intersection(decided).iter() {
            match self.seen.get(&(row.resident, month)) {
                Some(line) => _ = twice.get_or_insert((month, *line)),
                None => {
                    self.seen.insert((row.resident, month), row.line.unwrap_or_default());
                    kept.push(month);
                }
            }
        }
        if let Some((month, line)) = twice {
            let message = say("earlier-twice").text("month", month).number("line", line as i64);
            self.findings.push(Severity::Warning, place.clone(), message);
        }
        runs(kept)
    }
}

impl Keeper<'_> {
    /// The row up to the month from which on its resident has left; what is beyond becomes free.
    fn without_resigned(&mut self, row: &Placement, place: &Place) -> Placement {
        let from = self.scenario.resident(row.resident).ends_early();
        let from = from.map(|from| from.max(self.scenario.start()));
        let Some(from) = from.filter(|from| *from < row.span.end()) else { return row.clone() };
        let span = Span::between(row.span.start.max(from), row.span.end());
        let (_, stays) = self.left.entry(row.resident).or_insert_with(|| (place.clone(), Vec::new()));
        stays.push(Stay { facility: row.facility, span, section: row.section });
        Placement { span: Span::between(row.span.start, from), ..row.clone() }
    }
}

/// Tells whose later months become free because they leave.
fn resigned(
    scenario: &Scenario,
    left: BTreeMap<ResidentIx, (Place, Vec<Stay>)>,
    findings: &mut Findings,
) -> Vec<Gone> {
    let mut gone = Vec::new();
    for (resident, (place, stays)) in left {
        let resident = scenario.resident(resident);
        let months: u32 = stays.iter().map(|stay| stay.span.months).sum();
        let from = resident.ends_early().unwrap_or(scenario.start());
        let key = match resident.set_aside_from {
            Some(_) => "earlier-set-aside",
            None => "earlier-resigned",
        };
        let message = Message::new(key)
            .text("resident", &resident.id)
            .number("months", months.into())
            .text("from", from);
        findings.push(Severity::Note, place, message);
        gone.push(Gone { id: resident.id.clone(), name: resident.name.clone(), stays });
    }
    gone
}

/// The first of the months that the history places elsewhere, and where.
fn elsewhere(history: &[Stay], past: Span, facility: FacilityIx) -> Option<(Month, FacilityIx)> {
    past.iter().find_map(|month| {
        let there = history.iter().find(|stay| stay.span.contains(month))?;
        (there.facility != facility).then_some((month, there.facility))
    })
}

/// Tells who is not in the scenario any more; keeps those who would still be training.
fn gone(scenario: &Scenario, strangers: Vec<Stranger>, whole: Place, findings: &mut Findings) -> Vec<Gone> {
    let mut people: BTreeMap<String, Vec<Stranger>> = BTreeMap::new();
    for stranger in strangers {
        people.entry(stranger.id.clone()).or_default().push(stranger);
    }
    let from_now = |stay: Stay| {
        let span = Span::between(stay.span.start.max(scenario.start()), stay.span.end());
        (!span.is_empty()).then_some(Stay { span, ..stay })
    };
    let (mut gone, mut finished): (Vec<Gone>, Vec<String>) = Default::default();
    for (id, rows) in people {
        let stays: Vec<Stay> = rows.iter().filter_map(|row| row.stay.and_then(from_now)).collect();
        let Some(first) = rows.into_iter().next() else { continue };
        if stays.is_empty() {
            finished.push(id);
            continue;
        }
        let months: u32 = stays.iter().map(|stay| stay.span.months).sum();
        let message = Message::new("earlier-gone")
            .text("resident", &id)
            .number("months", months.into())
            .text("start", scenario.start());
        findings.push(Severity::Warning, first.place, message);
        let name = if first.name.is_empty() { id.clone() } else { first.name };
        gone.push(Gone { id, name, stays });
    }
    if !finished.is_empty() {
        let message = Message::new("earlier-finished")
            .number("count", finished.len() as i64)
            .text("residents", finished.join(", "))
            .text("start", scenario.start());
        findings.push(Severity::Note, whole, message);
    }
    gone
}
