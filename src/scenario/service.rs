//! A resident's training month by month, as leave makes it: which months have a seat, which part of the
//! course pattern each is, how much each counts, and when the training ends (§10 \[33\], §9.2 \[21,53\]).
//!
//! - A month without leave has a seat, runs the pattern and counts one.
//! - *Childbirth* and *illness*: a month within its allowance counts one and runs the pattern; it keeps its
//!   seat if the rules say so. A month beyond the allowance *suspends* the training: no seat, nothing
//!   counts, the pattern goes on where it stopped.
//! - *Abroad* and *research at a graduate school*: every month suspends.
//! - *Part-time*: the resident is there, the pattern runs; a month counts by its hours, as far as the
//!   allowance goes. *Clinical graduate school* is training like any other.
//! - When the pattern is done and less than the training is counted, *extension* months follow, each with a
//!   seat, until everything is counted.
//! - From the month of resignation on there is nothing.
//!
//! Part-time can count fractions of a month, so counted time is in *units*: `part_time_hours` units are a
//! month, an hour of part-time is `part_time_months_max` units. All of it is whole numbers, and the parts of
//! a leave add up to the whole.

use super::leave::{ChildbirthExcess, Leave, LeaveKind, LeaveRules};
use super::model::{Resident, Scenario};
use crate::calendar::{AcademicCalendar, Month, Span};

/// Months of a training year.
const YEAR_MONTHS: u32 = 12;

/// One calendar month of a training.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServiceMonth {
    /// Months of the pattern that were done before, if the pattern runs; from `training_months` on it is
    /// an extension. `None`: the training is suspended.
    pub position: Option<u32>,
    pub leave: Option<LeaveKind>,
    /// How much the month counts, in units.
    pub counted: u32,
    /// Whether the resident takes a seat at a facility.
    pub seat: bool,
    /// Whether cases accrue.
    pub cases: bool,
    /// Whether the month counts towards the minima of the facility it is spent at.
    pub at_facility: bool,
}

/// The months of one training, from entry to end without a gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    pub start: Month,
    pub months: Vec<ServiceMonth>,
    /// Months of the pattern.
    pub training_months: u32,
    /// Units of a counted month.
    pub unit: u32,
}

/// The span of a resident's training.
pub(super) fn training(scenario: &Scenario, resident: &Resident) -> Span {
    if resident.leaves.is_empty() {
        // Nearly everybody, and asked for again and again.
        let start = scenario.calendar.start_of(resident.entry_year);
        let whole = Span::new(start, scenario.training_months);
        return resident
            .resigned_from
            .map_or(whole, |from| Span::between(start, from.max(start)).intersection(whole));
    }
    Service::of(scenario, resident).span()
}

impl Service {
    pub fn of(scenario: &Scenario, resident: &Resident) -> Self {
        Self::new(scenario.calendar, scenario.training_months, &scenario.rules.leave, resident)
    }

    pub fn new(
        calendar: AcademicCalendar,
        training_months: u32,
        rules: &LeaveRules,
        resident: &Resident,
    ) -> Self {
        let start = calendar.start_of(resident.entry_year);
        let unit = rules.part_time_hours.max(1);
        let mut allowances = Allowances::new(rules, &resident.leaves);
        let mut service = Self { start, months: Vec::new(), training_months, unit };
        let due = u64::from(training_months) * u64::from(unit);
        let (mut counted, mut position) = (0u64, 0);
        while counted < due || position < training_months {
            let month = start.plus(service.months.len() as u32);
            if resident.resigned_from.is_some_and(|from| from <= month) {
                break;
            }
            let mut this = month_of(&mut allowances, &resident.leaves, month, unit, rules);
            if this.position.is_some() {
                this.position = Some(position);
                position += 1;
            }
            counted += u64::from(this.counted);
            service.months.push(this);
        }
        service
    }

    pub fn span(&self) -> Span {
        Span::new(self.start, self.months.len() as u32)
    }

    /// The month of the training; `None` before entry and after the end.
    pub fn at(&self, month: Month) -> Option<&ServiceMonth> {
        self.months.get(usize::try_from(month.since(self.start)).ok()?)
    }

    pub fn has_seat(&self, month: Month) -> bool {
        self.at(month).is_some_and(|month| month.seat)
    }

    /// The months with what they are.
    pub fn iter(&self) -> impl Iterator<Item = (Month, &ServiceMonth)> + Clone {
        self.span().iter().zip(&self.months).map(|(month, this)| (month, this))
    }

    /// The training year of a month, counted from 1; an extension belongs to the last one, and a suspended
    /// month to the one it interrupts.
    pub fn training_year(&self, month: Month) -> u32 {
        let until = self.iter().take_while(|(this, _)| *this <= month);
        let position = until.filter_map(|(_, this)| this.position).last().unwrap_or(0);
        training_year(position, self.training_months)
    }
}

/// The training year (from 1) of a position in the pattern.
pub fn training_year(position: u32, training_months: u32) -> u32 {
    position.min(training_months.saturating_sub(1)) / YEAR_MONTHS + 1
}

/// What is left of the allowances on the way through a training.
struct Allowances {
    /// Units.
    illness: u64,
    part_time: u64,
    common: u64,
    /// The months of childbirth leave that count.
    childbirth: Vec<Span>,
}

impl Allowances {
    fn new(rules: &LeaveRules, leaves: &[Leave]) -> Self {
        let units = |months: u32| u64::from(months) * u64::from(rules.part_time_hours.max(1));
        Self {
            illness: units(rules.illness_months_max),
            part_time: units(rules.part_time_months_max),
            common: rules.leave_months_max.map_or(u64::MAX, units),
            childbirth: childbirth(rules, leaves),
        }
    }
}

/// The months of childbirth leave that count. Rows that continue each other are one leave.
fn childbirth(rules: &LeaveRules, leaves: &[Leave]) -> Vec<Span> {
    let mut whole: Vec<Span> = Vec::new();
    for leave in leaves.iter().filter(|leave| leave.kind == LeaveKind::Childbirth) {
        match whole.last_mut() {
            Some(last) if last.end() == leave.span.start => last.months += leave.span.months,
            _ => whole.push(leave.span),
        }
    }
    let allowed = |span: Span| match rules.childbirth_excess {
        ChildbirthExcess::Whole if span.months > rules.childbirth_months_max => Span::new(span.start, 0),
        _ => Span::new(span.start, span.months.min(rules.childbirth_months_max)),
    };
    whole.into_iter().take(rules.childbirth_leaves_max as usize).map(allowed).collect()
}

/// What a month is, but for its position: `Some(0)` there says that the pattern runs.
fn month_of(
    allowances: &mut Allowances,
    leaves: &[Leave],
    month: Month,
    unit: u32,
    rules: &LeaveRules,
) -> ServiceMonth {
    let full = ServiceMonth {
        position: Some(0),
        leave: None,
        counted: unit,
        seat: true,
        cases: true,
        at_facility: true,
    };
    let Some(leave) = leaves.iter().find(|leave| leave.span.contains(month)) else { return full };
    let full = ServiceMonth { leave: Some(leave.kind), ..full };
    let whole = u64::from(unit);
    let within = match leave.kind {
        LeaveKind::GraduateSchoolClinical => return full,
        LeaveKind::PartTime => {
            let earned = part_time_units(leave, month, unit, rules);
            let counted = earned.min(allowances.part_time).min(allowances.common);
            allowances.part_time -= counted;
            allowances.common -= counted;
            return ServiceMonth {
                counted: counted as u32, // at most `unit`
                cases: rules.part_time_cases,
                // Hours that the allowance has no room for are no months of the facility either.
                at_facility: rules.leave_counts_at_facility && counted > 0,
                ..full
            };
        }
        LeaveKind::Childbirth => allowances.childbirth.iter().any(|span| span.contains(month)),
        LeaveKind::Illness => allowances.illness >= whole,
        LeaveKind::Abroad | LeaveKind::GraduateSchoolResearch => false,
    };
    if !within || allowances.common < whole {
        let nothing = ServiceMonth { position: None, counted: 0, seat: false, ..full };
        return ServiceMonth { cases: false, at_facility: false, ..nothing };
    }
    allowances.common -= whole;
    if leave.kind == LeaveKind::Illness {
        allowances.illness -= whole;
    }
    let seat = rules.counted_leave_keeps_seat;
    ServiceMonth { seat, cases: false, at_facility: seat && rules.leave_counts_at_facility, ..full }
}

/// What a part-time month earns by its hours, before any allowance: of the hours of the whole leave the
/// share of the months up to this one, less that of the months before, so that no hour is lost or doubled.
fn part_time_units(leave: &Leave, month: Month, unit: u32, rules: &LeaveRules) -> u64 {
    let enough = |hours: rust_decimal::Decimal| hours >= rules.part_time_hours_per_week_full.into();
    if leave.hours_per_week.is_some_and(enough) {
        return u64::from(unit);
    }
    let months = u64::from(leave.span.months.max(1));
    let earned = u64::from(leave.hours.unwrap_or(0)) * u64::from(rules.part_time_months_max);
    let earned = earned.min(months * u64::from(unit));
    let until = |months_done: u64| earned * months_done / months;
    let done = month.since(leave.span.start).max(0) as u64;
    until(done + 1) - until(done)
}
