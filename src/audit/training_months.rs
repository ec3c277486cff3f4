//! What each month of a training is, as the judge reads the leaves: whether there is a seat, how much it
//! counts, which month of the course pattern it is (§10 \[33\], §9.2 \[21,53\]).
//!
//! Worked out from the rows of the leaves alone, month by month: what a month counts follows from what the
//! months before it counted. Counted time is in *units*: `part_time_hours` units make a month, so that an
//! hour of part-time work is `part_time_months_max` units and no fraction is lost.
//!
//! Invariant: the months follow one another from entry on, and end with the one that completes the
//! training, or before the month of resignation.

use rust_decimal::Decimal;

use crate::calendar::{Month, Span};
use crate::scenario::{ChildbirthExcess, Leave, LeaveKind, Resident, Scenario};

/// Months of a training year.
const YEAR_MONTHS: u32 = 12;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TrainingMonth {
    pub month: Month,
    pub leave: Option<LeaveKind>,
    /// How much it counts, in units.
    pub credit: u64,
    /// How many months of the pattern were done before; `None` while the training is suspended.
    pub position: Option<u32>,
    /// Whether the resident is somewhere.
    pub seat: bool,
    /// Whether it counts towards the minima of the facility it is spent at.
    pub at_facility: bool,
    /// Whether cases accrue.
    pub cases: bool,
}

/// All months of one training.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Training {
    pub start: Month,
    pub months: Vec<TrainingMonth>,
    /// Units of a month.
    pub unit: u64,
    /// Months of the pattern.
    pub pattern_months: u32,
    pub resigns: bool,
}

impl Training {
    pub fn of(scenario: &Scenario, resident: &Resident) -> Self {
        let unit = u64::from(scenario.rules.leave.part_time_hours.max(1));
        let start = scenario.calendar.start_of(resident.entry_year);
        let pattern_months = scenario.training_months;
        let resigns = resident.resigned_from.is_some();
        let mut training = Self { start, months: Vec::new(), unit, pattern_months, resigns };
        while training.credited() < u64::from(pattern_months) * unit {
            let month = start.plus(training.months.len() as u32);
            if resident.resigned_from.is_some_and(|from| month >= from) {
                break;
            }
            let leave = resident.leaves.iter().find(|leave| leave.span.contains(month));
            let next = training.next(scenario, resident, month, leave);
            training.months.push(next);
        }
        training
    }

    /// What the month after those known so far is.
    fn next(
        &self,
        scenario: &Scenario,
        resident: &Resident,
        month: Month,
        leave: Option<&Leave>,
    ) -> TrainingMonth {
        let rules = &scenario.rules.leave;
        let credit = leave.map_or(self.unit, |leave| self.credit(scenario, resident, month, leave));
        let kind = leave.map(|leave| leave.kind);
        let works = matches!(kind, None | Some(LeaveKind::GraduateSchoolClinical));
        let is_part_time = kind == Some(LeaveKind::PartTime);
        let runs = works || is_part_time || credit > 0;
        let seat = works || is_part_time || (credit > 0 && rules.counted_leave_keeps_seat);
        let before = self.months.iter().filter(|earlier| earlier.position.is_some()).count() as u32;
        TrainingMonth {
            month,
            leave: kind,
            credit,
            position: runs.then_some(before),
            seat,
            at_facility: works || (seat && credit > 0 && rules.leave_counts_at_facility),
            cases: works || (is_part_time && rules.part_time_cases),
        }
    }

    /// How much a month of leave counts, given what the months before it counted.
    fn credit(&self, scenario: &Scenario, resident: &Resident, month: Month, leave: &Leave) -> u64 {
        let rules = &scenario.rules.leave;
        let limited = [LeaveKind::Childbirth, LeaveKind::Illness, LeaveKind::PartTime];
        let room = |months: u32, of: &dyn Fn(LeaveKind) -> bool| {
            let counted = self.months.iter().filter(|earlier| earlier.leave.is_some_and(of));
            (u64::from(months) * self.unit).saturating_sub(counted.map(|earlier| earlier.credit).sum())
        };
        let common = rules.leave_months_max.map(|months| room(months, &|kind| limited.contains(&kind)));
        let common = common.unwrap_or(u64::MAX);
        let own = match leave.kind {
            LeaveKind::GraduateSchoolClinical => return self.unit,
            LeaveKind::Abroad | LeaveKind::GraduateSchoolResearch => return 0,
            LeaveKind::PartTime => {
                let room = room(rules.part_time_months_max, &|kind| kind == LeaveKind::PartTime);
                return worked(scenario, leave, month, self.unit).min(room).min(common);
            }
            LeaveKind::Illness => room(rules.illness_months_max, &|kind| kind == LeaveKind::Illness),
            LeaveKind::Childbirth => match childbirth_counts(scenario, resident, month) {
                true => self.unit,
                false => 0,
            },
        };
        // Such a month counts as a whole or not at all.
        if own.min(common) >= self.unit { self.unit } else { 0 }
    }

    /// Units credited so far.
    pub fn credited(&self) -> u64 {
        self.months.iter().map(|month| month.credit).sum()
    }

    pub fn span(&self) -> Span {
        Span::new(self.start, self.months.len() as u32)
    }

    pub fn at(&self, month: Month) -> Option<&TrainingMonth> {
        self.months.get(usize::try_from(month.since(self.start)).ok()?)
    }

    pub fn is_extension(&self, month: &TrainingMonth) -> bool {
        month.position.is_some_and(|position| position >= self.pattern_months)
    }

    /// The training year of a month, from 0; the extension belongs to the last one, and a suspended month
    /// to none.
    pub fn year(&self, month: &TrainingMonth) -> Option<u32> {
        Some(month.position?.min(self.pattern_months.saturating_sub(1)) / YEAR_MONTHS)
    }

    /// Units in months, for people.
    pub fn in_months(&self, units: u64) -> Decimal {
        (Decimal::from(units) / Decimal::from(self.unit)).round_dp(4).normalize()
    }
}

/// The months of a resident's training.
pub(super) fn span(scenario: &Scenario, resident: &Resident) -> Span {
    if resident.leaves.is_empty() && resident.resigned_from.is_none() {
        return Span::new(scenario.calendar.start_of(resident.entry_year), scenario.training_months);
    }
    Training::of(scenario, resident).span()
}

/// The months of it that are to be decided.
pub(super) fn decided(scenario: &Scenario, resident: &Resident) -> Span {
    let training = span(scenario, resident);
    Span::between(training.start.max(scenario.start()), training.end())
}

/// From the first decided month to the end of the last training.
pub(super) fn horizon(scenario: &Scenario) -> Span {
    let ends = scenario.residents.iter().map(|resident| span(scenario, resident).end());
    Span::between(scenario.start(), ends.max().unwrap_or(scenario.start()))
}

/// The childbirth leaves: rows that continue each other are one.
pub(super) fn childbirths(resident: &Resident) -> Vec<Span> {
    let rows = || resident.leaves.iter().filter(|leave| leave.kind == LeaveKind::Childbirth);
    let continues = |span: Span| rows().any(|other| other.span.end() == span.start);
    let whole = |first: Span| {
        let mut end = first.end();
        while let Some(next) = rows().find(|row| row.span.start == end && !row.span.is_empty()) {
            end = next.span.end();
        }
        Span::between(first.start, end)
    };
    let mut leaves: Vec<Span> =
        rows().map(|leave| leave.span).filter(|span| !continues(*span)).map(whole).collect();
    leaves.sort_unstable();
    leaves
}

/// Whether a month of childbirth leave is among those that count, by its own allowance.
fn childbirth_counts(scenario: &Scenario, resident: &Resident, month: Month) -> bool {
    let rules = &scenario.rules.leave;
    let leaves = childbirths(resident);
    let Some(number) = leaves.iter().position(|leave| leave.contains(month)) else { return false };
    let leave = leaves[number];
    let is_whole_lost =
        rules.childbirth_excess == ChildbirthExcess::Whole && leave.months > rules.childbirth_months_max;
    number < rules.childbirth_leaves_max as usize
        && !is_whole_lost
        && month.since(leave.start) < rules.childbirth_months_max as i32
}

/// What the hours worked in a part-time month make, whatever the allowance.
fn worked(scenario: &Scenario, leave: &Leave, month: Month, unit: u64) -> u64 {
    let rules = &scenario.rules.leave;
    let full = Decimal::from(rules.part_time_hours_per_week_full);
    if leave.hours_per_week.is_some_and(|hours| hours >= full) {
        return unit;
    }
    let months = u64::from(leave.span.months);
    let hours = u64::from(leave.hours.unwrap_or(0));
    let all = (hours * u64::from(rules.part_time_months_max)).min(months * unit);
    // Spread evenly: up to a month its share of the whole, rounded down.
    let done = u64::from(Span::between(leave.span.start, month).months);
    all * (done + 1) / months - all * done / months
}
