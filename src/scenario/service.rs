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

use rust_decimal::Decimal;

use super::leave::{Leave, LeaveKind};
use super::model::{Model, Resident};
use crate::calendar::{Month, Span};
use crate::regulation::{ChildbirthExcess, LeaveRules};

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
    /// Whether the facility has the resident among those it counts on (the goal `coverage`).
    pub staffs: bool,
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
pub(super) fn training(scenario: &Model, resident: &Resident) -> Span {
    if resident.leaves.is_empty() {
        // Nearly everybody, and asked for again and again.
        let start = resident.entry;
        let whole = Span::new(start, scenario.months_of(resident));
        return resident
            .ends_early()
            .map_or(whole, |from| Span::between(start, from.max(start)).intersection(whole));
    }
    Service::of(scenario, resident).span()
}

impl Service {
    pub fn of(scenario: &Model, resident: &Resident) -> Self {
        Self::new(scenario.months_of(resident), &scenario.rules.leave, resident)
    }

    pub fn new(training_months: u32, rules: &LeaveRules, resident: &Resident) -> Self {
        let start = resident.entry;
        let unit = rules.part_time_hours.max(1);
        let mut allowances = Allowances::new(rules, &resident.leaves);
        let mut service = Self { start, months: Vec::new(), training_months, unit };
        let due = u64::from(training_months) * u64::from(unit);
        let (mut counted, mut position) = (0u64, 0);
        while counted < due || position < training_months {
            let month = start.plus(service.months.len() as u32);
            if resident.ends_early().is_some_and(|from| from <= month) {
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
        self.span().iter().zip(&self.months)
    }

    /// The training year of a month, counted from 1; an extension belongs to the last one, and a suspended
    /// month to the one it interrupts.
    pub fn training_year(&self, month: Month) -> u32 {
        let until = self.iter().take_while(|(this, _)| *this <= month);
        let position = until.filter_map(|(_, this)| this.position).last().unwrap_or(0);
        training_year(position, self.training_months)
    }
}

/// How the months of a training add up.
///
/// `worked + leave` are the months from entry to the end; `worked` months and what leave counts make the
/// counted time; what leave does not count is missing and, rounded up, the extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ledger {
    /// Months of a complete training.
    pub planned: u32,
    /// Months without leave.
    pub worked: u32,
    /// Months of leave of any kind.
    pub leave: u32,
    /// What of the leave counts, in months, exactly.
    pub leave_counted: Decimal,
    /// Worked months and counted leave.
    pub counted: Decimal,
    /// Leave that does not count; for whoever leaves the program, what a complete training lacks.
    pub missing: Decimal,
    /// Months beyond a training without leave.
    pub extension: u32,
    /// The last month; `None` if there is none.
    pub end: Option<Month>,
}

impl Service {
    pub fn ledger(&self) -> Ledger {
        let unit = Decimal::from(self.unit);
        let on_leave = || self.months.iter().filter(|this| this.leave.is_some());
        let leave = on_leave().count() as u32;
        let units: u64 = on_leave().map(|this| u64::from(this.counted)).sum();
        let all = self.months.len() as u32;
        // A unit divides by the hours of §10 [33] (3); where those make no finite decimal, 28 digits do.
        let leave_counted = (Decimal::from(units) / unit).normalize();
        let counted = Decimal::from(all - leave) + leave_counted;
        let planned = Decimal::from(self.training_months);
        let is_complete = counted >= planned;
        let missing = if is_complete { Decimal::from(leave) - leave_counted } else { planned - counted };
        Ledger {
            planned: self.training_months,
            worked: all - leave,
            leave,
            leave_counted,
            counted: counted.normalize(),
            missing: missing.normalize(),
            extension: all.saturating_sub(self.training_months),
            end: (all > 0).then(|| self.span().end().minus(1)),
        }
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
    // A leave of which nothing counts does not use up the once.
    let counts = |span: &Span| {
        rules.childbirth_excess == ChildbirthExcess::Beyond || span.months <= rules.childbirth_months_max
    };
    let allowed = |span: Span| Span::new(span.start, span.months.min(rules.childbirth_months_max));
    let leaves = whole.into_iter().filter(counts).take(rules.childbirth_leaves_max as usize);
    leaves.map(allowed).collect()
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
        staffs: true,
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
        return ServiceMonth { cases: false, at_facility: false, staffs: false, ..nothing };
    }
    allowances.common -= whole;
    if leave.kind == LeaveKind::Illness {
        allowances.illness -= whole;
    }
    let seat = rules.counted_leave_keeps_seat;
    let at_facility = seat && rules.leave_counts_at_facility;
    ServiceMonth { seat, cases: false, at_facility, staffs: seat && rules.covered_by_leave, ..full }
}

/// What a part-time month earns by its hours, before any allowance: of the hours of the whole leave the
/// share of the months up to this one, less that of the months before, so that no hour is lost or doubled.
fn part_time_units(leave: &Leave, month: Month, unit: u32, rules: &LeaveRules) -> u64 {
    let enough = |hours: Decimal| hours >= rules.part_time_hours_per_week_full.into();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::AcademicCalendar;
    use crate::regulation::default_rules;
    use proptest::prelude::*;

    const APRIL: AcademicCalendar = AcademicCalendar { starts_in_month: 4 };

    fn leave(kind: LeaveKind, start: &str, months: u32) -> Leave {
        let start = Month::parse(start).unwrap();
        Leave { kind, span: Span::new(start, months), hours_per_week: None, hours: None }
    }

    fn part_time(start: &str, months: u32, hours: u32) -> Leave {
        Leave { hours: Some(hours), ..leave(LeaveKind::PartTime, start, months) }
    }

    fn resident(leaves: &[Leave]) -> Resident {
        let entry = Month::new(2020, 4).unwrap();
        Resident { leaves: leaves.to_vec(), ..Resident::entering("r", 2020, entry) }
    }

    fn service(leaves: &[Leave], change: impl Fn(&mut LeaveRules)) -> Service {
        let mut rules = default_rules().leave;
        change(&mut rules);
        Service::new(36, &rules, &resident(leaves))
    }

    /// (extension, counted leave) of a training of 36 months with these leaves.
    fn figures(leaves: &[Leave], change: impl Fn(&mut LeaveRules)) -> (u32, String) {
        let ledger = service(leaves, change).ledger();
        (ledger.extension, ledger.leave_counted.to_string())
    }

    #[test]
    fn each_allowance_at_its_limit_and_one_month_beyond() {
        use LeaveKind::*;
        let plain = |_: &mut LeaveRules| {};
        for (leaves, expected) in [
            (vec![leave(Childbirth, "2020-06", 6)], (0, "6")),
            (vec![leave(Childbirth, "2020-06", 7)], (1, "6")),
            // Two rows that continue each other are one leave.
            (vec![leave(Childbirth, "2020-06", 3), leave(Childbirth, "2020-09", 3)], (0, "6")),
            (vec![leave(Childbirth, "2020-06", 3), leave(Childbirth, "2021-09", 3)], (3, "3")),
            (vec![leave(Illness, "2020-06", 6)], (0, "6")),
            (vec![leave(Illness, "2020-06", 4), leave(Illness, "2021-06", 3)], (1, "6")),
            (vec![leave(Abroad, "2021-04", 12)], (12, "0")),
            (vec![leave(GraduateSchoolResearch, "2021-04", 5)], (5, "0")),
            (vec![leave(GraduateSchoolClinical, "2021-04", 24)], (0, "24")),
            (vec![part_time("2021-04", 6, 800)], (0, "6")),
            (vec![part_time("2021-04", 6, 799)], (1, "5.9925")),
            (vec![part_time("2021-04", 12, 1600)], (6, "6")),
            (vec![part_time("2021-04", 6, 400)], (3, "3")),
            // Each kind has an allowance of its own.
            (vec![leave(Childbirth, "2020-06", 6), leave(Illness, "2021-06", 6)], (0, "12")),
        ] {
            let (extension, counted) = figures(&leaves, plain);
            assert_eq!((extension, counted.as_str()), expected, "{leaves:?}");
        }
    }

    #[test]
    fn the_other_readings_can_be_chosen() {
        use LeaveKind::*;
        let long = [leave(Childbirth, "2020-06", 7)];
        assert_eq!(figures(&long, |r| r.childbirth_excess = ChildbirthExcess::Whole), (7, "0".into()));
        let both = [leave(Childbirth, "2020-06", 6), leave(Illness, "2021-06", 6)];
        assert_eq!(figures(&both, |r| r.leave_months_max = Some(7)), (5, "7".into()));
        let twice = [leave(Childbirth, "2020-06", 6), leave(Childbirth, "2021-06", 6)];
        assert_eq!(figures(&twice, |r| r.childbirth_leaves_max = 2), (0, "12".into()));
        // What counts nothing uses up nothing.
        let long_first = [leave(Childbirth, "2020-06", 8), leave(Childbirth, "2021-06", 4)];
        assert_eq!(figures(&long_first, |r| r.childbirth_excess = ChildbirthExcess::Whole), (8, "4".into()));
        let near_full = Leave { hours_per_week: Some(30.into()), ..part_time("2021-04", 7, 900) };
        assert_eq!(figures(&[near_full], |_| {}), (1, "6".into()));
    }

    #[test]
    fn suspended_months_have_no_seat_and_the_pattern_waits() {
        let service = service(&[leave(LeaveKind::Abroad, "2020-10", 2)], |_| {});
        let positions: Vec<_> = service.months.iter().skip(5).take(5).map(|this| this.position).collect();
        assert_eq!(positions, [Some(5), None, None, Some(6), Some(7)]);
        assert!(!service.has_seat(Month::parse("2020-11").unwrap()));
        // The second training year starts two months late.
        let year = |month: &str| service.training_year(Month::parse(month).unwrap());
        assert_eq!((year("2021-05"), year("2021-06"), year("2023-05")), (1, 2, 3));
        assert_eq!(service.span().end(), Month::parse("2023-06").unwrap());
    }

    fn any_leave() -> impl Strategy<Value = (usize, u32, u32, u32)> {
        (0..LeaveKind::ALL.len(), 0u32..8, 1u32..14, 0u32..2000)
    }

    proptest! {
        #[test]
        fn no_month_is_lost_or_doubled(
            list in proptest::collection::vec(any_leave(), 0..6),
            limit in proptest::option::of(0u32..20),
            keeps_seat: bool,
            resigned in proptest::option::of(1u32..60),
        ) {
            let mut start = APRIL.start_of(2020);
            let mut leaves = Vec::new();
            for (kind, gap, months, hours) in list {
                let span = Span::new(start.plus(gap), months);
                let kind = LeaveKind::ALL[kind];
                let hours = (kind == LeaveKind::PartTime).then_some(hours);
                leaves.push(Leave { kind, span, hours_per_week: None, hours });
                start = span.end();
            }
            let mut rules = default_rules().leave;
            rules.leave_months_max = limit;
            rules.counted_leave_keeps_seat = keeps_seat;
            let resigned_from = resigned.map(|months| APRIL.start_of(2020).plus(months));
            let person = Resident { resigned_from, ..resident(&leaves) };
            let service = Service::new(36, &rules, &person);
            let ledger = service.ledger();
            let all = service.months.len() as u32;
            prop_assert_eq!(ledger.worked + ledger.leave, all);
            prop_assert_eq!(Decimal::from(ledger.worked) + ledger.leave_counted, ledger.counted);
            // Positions follow one another without a gap.
            let positions: Vec<u32> = service.months.iter().filter_map(|this| this.position).collect();
            prop_assert_eq!(&positions, &(0..positions.len() as u32).collect::<Vec<_>>());
            for this in &service.months {
                prop_assert_eq!(this.position.is_none(), this.leave.is_some() && !this.seat && this.counted == 0);
                prop_assert!(this.counted <= service.unit);
            }
            if service.span().end() == resigned_from.unwrap_or(service.span().end().plus(1)) {
                return Ok(());
            }
            // Complete, and not a month more than needed.
            prop_assert!(ledger.counted >= 36.into() && ledger.counted < 37.into());
            prop_assert_eq!(Decimal::from(ledger.extension), ledger.missing.ceil());
            prop_assert!(service.months.last().is_some_and(|this| this.counted > 0));
        }
    }
}
