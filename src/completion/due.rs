//! The calendar of what is due when and where, resident by resident (§8 \[41,44,46\], §9).

use std::collections::BTreeSet;

use crate::calendar::Month;
use crate::plan::Plan;
use crate::scenario::{FacilityIx, RecordKindIx, ResidentIx, Scenario};

use super::known_until;
use super::records::{count_in, kept, periods};
use super::whereabouts::Whereabouts;
use crate::regulation::Due;

/// What is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DueKind {
    Record(RecordKindIx),
    /// The last month of a training that leave has made longer (§9.2 \[21,53\]).
    ExtensionEnd,
    /// The last month until which the training's records are kept (§8 \[44,46\]).
    KeepUntil,
}

/// Something that is due in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct DueDate {
    pub month: Month,
    /// Where the resident is then; of what is due after a year or the training, was; `None`: not known.
    pub facility: Option<FacilityIx>,
    pub resident: ResidentIx,
    pub kind: DueKind,
    /// How many.
    pub count: u32,
    pub state: DueState,
}

/// What the records say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DueState {
    Done,
    Open,
    /// It has passed, and of its kind nobody has any record: whether it was done is written down elsewhere, if at all.
    NotKnown,
}

/// Everything that is due, by month, facility and resident. Goals are due at no time, and nothing is of somebody
/// who leaves after they have left.
pub fn due(scenario: &Scenario, plan: Option<&Plan>) -> Vec<DueDate> {
    // Every record counts, whatever its month.
    let end = scenario.horizon().end();
    let records = scenario.residents.iter().flat_map(|resident| &resident.records);
    let as_of = records.map(|record| record.month).fold(end, Month::max);
    let (kept, today) = (kept(scenario), known_until(scenario));
    let of_resident = |at: &Whereabouts<'_>| of_resident(at, &kept, today);
    let mut dates: Vec<DueDate> =
        Whereabouts::of_all(scenario, plan, as_of).iter().flat_map(of_resident).collect();
    dates.sort();
    dates
}

fn of_resident(at: &Whereabouts<'_>, kept: &BTreeSet<RecordKindIx>, today: Month) -> Vec<DueDate> {
    let completion = &at.scenario.completion;
    let completes = at.person().ends_early().is_none();
    let mut dates = Vec::new();
    for ix in at.scenario.record_kind_ixs() {
        let kind = at.scenario.record_kind(ix);
        let count = completion.asked(kind);
        let is_final = matches!(kind.due, Due::Training | Due::End);
        if count == 0 || kind.is_goal || (is_final && !completes) {
            continue;
        }
        for period in periods(kind.due, at) {
            let there = count_in(at, ix, |month| period.window.contains(month));
            let state = match there >= count {
                true => DueState::Done,
                false if period.due < today && !kept.contains(&ix) => DueState::NotKnown,
                false => DueState::Open,
            };
            let (facility, kind) = (at.at(period.seen_to_in), DueKind::Record(ix));
            dates.push(DueDate { month: period.due, facility, resident: at.resident, kind, count, state });
        }
    }
    let Some(last) = at.ledger.end.filter(|_| completes) else { return dates };
    let facility = at.at(last);
    let state = DueState::Open;
    let of = |month, kind| DueDate { month, facility, resident: at.resident, kind, count: 1, state };
    if at.ledger.extension > 0 {
        dates.push(of(last, DueKind::ExtensionEnd));
    }
    dates.push(of(last.plus(completion.keep_years * 12), DueKind::KeepUntil));
    dates
}
