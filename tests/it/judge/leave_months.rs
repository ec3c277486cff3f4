//! The judge's calendar of a training: every allowance at its limit and a month beyond, and by property
//! against a walk through the months, which is another way to the same calendar.

use kenshu::internal::audit::training_months::{Standing, Training, leaves_of};
use kenshu::internal::calendar::Month;
use kenshu::internal::scenario::{ChildbirthExcess, Leave, LeaveKind, LeaveRules, Resident, Scenario};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::common::program::{decimal, empty, month, resident};
use crate::judge::leave::leave;

/// How many months of leave count, the months without a seat, and those of the extension.
fn summary(rules: &LeaveRules, leaves: &[Leave]) -> (String, usize, usize) {
    let mut scenario = empty(36);
    scenario.unchecked_mut().rules.leave = rules.clone();
    let mut person = resident("r", 2020);
    person.leaves = leaves.to_vec();
    let training = Training::of(&scenario, &person);
    let on_leave = training.months.iter().filter(|month| month.leave.is_some());
    let credit = training.in_months(on_leave.map(|month| month.credit).sum());
    let seatless = training.months.iter().filter(|month| !month.has_seat).count();
    let extension = training.months.iter().filter(|month| month.standing == Standing::Extension).count();
    assert_eq!(training.months.len(), 36 + seatless + extension, "unless leave that counts frees the seat");
    (credit.to_string(), seatless, extension)
}

#[test]
fn every_allowance_at_its_limit_and_a_month_beyond() {
    use LeaveKind::{Abroad, Childbirth, GraduateSchoolClinical, GraduateSchoolResearch, Illness, PartTime};
    let standard = empty(36).rules.leave.clone();
    let said = |leaves: &[Leave]| summary(&standard, leaves);
    let counts = |credit: &str, seatless, extension| (credit.to_string(), seatless, extension);
    for kind in [Childbirth, Illness] {
        assert_eq!(said(&[leave(kind, "2020-06", 6)]), counts("6", 0, 0));
        assert_eq!(said(&[leave(kind, "2020-06", 7)]), counts("6", 1, 0));
    }
    // Illness adds up, childbirth does not.
    let twice = |kind, months| [leave(kind, "2020-06", months), leave(kind, "2021-06", 6 - months + 1)];
    assert_eq!(said(&twice(Illness, 3)), counts("6", 1, 0));
    assert_eq!(said(&twice(Childbirth, 3)), counts("3", 4, 0));
    // Rows that continue each other are one leave, over the change of a year too.
    let continued = [leave(Childbirth, "2021-02", 2), leave(Childbirth, "2021-04", 5)];
    assert_eq!(said(&continued), counts("6", 1, 0));
    assert_eq!(said(&[leave(Abroad, "2020-04", 12)]), counts("0", 12, 0));
    assert_eq!(said(&[leave(GraduateSchoolResearch, "2022-04", 24)]), counts("0", 24, 0));
    assert_eq!(said(&[leave(GraduateSchoolClinical, "2022-04", 12)]), counts("12", 0, 0));
    let part_time = |months, week: Option<&str>, hours| Leave {
        hours_per_week: week.map(decimal),
        hours,
        ..leave(PartTime, "2020-06", months)
    };
    assert_eq!(said(&[part_time(6, Some("30"), None)]), counts("6", 0, 0));
    assert_eq!(said(&[part_time(7, Some("30"), None)]), counts("6", 0, 1));
    assert_eq!(said(&[part_time(6, Some("29.9"), None)]), counts("0", 0, 6), "no hours stated");
    assert_eq!(said(&[part_time(6, Some("29.9"), Some(800))]), counts("6", 0, 0));
    assert_eq!(said(&[part_time(6, None, Some(799))]), counts("5.9925", 0, 1));
    assert_eq!(said(&[part_time(12, None, Some(1600))]), counts("6", 0, 6));
    assert_eq!(said(&[part_time(2, None, Some(800))]), counts("2", 0, 0), "no more than the months worked");
    assert_eq!(said(&[part_time(7, None, Some(100))]), counts("0.75", 0, 7));
}

#[test]
fn the_readings_that_can_be_chosen() {
    let standard = empty(36).rules.leave.clone();
    let seven = [leave(LeaveKind::Childbirth, "2020-06", 7)];
    let whole = LeaveRules { childbirth_excess: ChildbirthExcess::Whole, ..standard.clone() };
    assert_eq!(summary(&whole, &seven), ("0".into(), 7, 0));
    assert_eq!(summary(&whole, &[leave(LeaveKind::Childbirth, "2020-06", 6)]), ("6".into(), 0, 0));
    // A leave that counts nothing for being too long leaves the allowance to the next.
    let two = [seven[0], leave(LeaveKind::Childbirth, "2021-06", 2)];
    assert_eq!(summary(&whole, &two), ("2".into(), 7, 0));
    let common = |limit| LeaveRules { leave_months_max: Some(limit), ..standard.clone() };
    let ill_then_birth =
        [leave(LeaveKind::Illness, "2020-06", 6), leave(LeaveKind::Childbirth, "2021-06", 6)];
    assert_eq!(summary(&common(12), &ill_then_birth), ("12".into(), 0, 0));
    assert_eq!(summary(&common(11), &ill_then_birth), ("11".into(), 1, 0));
    // Half a month is left: too little for a month of illness, but not for part-time.
    let half = Leave { hours: Some(200), ..leave(LeaveKind::PartTime, "2020-05", 3) };
    let after = [half, leave(LeaveKind::Illness, "2020-08", 1)];
    assert_eq!(summary(&common(2), &after), ("1.5".into(), 1, 2));
    let again = Leave { hours: Some(800), ..leave(LeaveKind::PartTime, "2020-10", 6) };
    assert_eq!(summary(&common(2), &[after[0], after[1], again]), ("2".into(), 1, 7));
}

/// What the walk keeps in mind from month to month.
#[derive(Default)]
struct Walk {
    ill: u64,
    part_time: u64,
    common: u64,
    credited: u64,
    position: u32,
}

/// The calendar once more, month by month with running accounts: (leave, credit, standing, seat).
fn walk(scenario: &Scenario, person: &Resident) -> Vec<(Option<LeaveKind>, u64, Standing, bool)> {
    let rules = &scenario.rules.leave;
    let unit = u64::from(rules.part_time_hours);
    let whole = unit * u64::from(scenario.training_months);
    let mut now = Walk::default();
    let mut months = Vec::new();
    let mut month = scenario.calendar.start_of(person.entry_year);
    while now.credited < whole && person.resigned_from.is_none_or(|from| month < from) {
        let row = person.leaves.iter().find(|row| row.span.contains(month));
        let room = rules.leave_months_max.map_or(u64::MAX, |most| u64::from(most) * unit - now.common);
        let (mut credit, mut goes_on, mut has_seat) = (unit, true, true);
        match row.map(|row| row.kind) {
            None | Some(LeaveKind::GraduateSchoolClinical) => {}
            Some(LeaveKind::Abroad | LeaveKind::GraduateSchoolResearch) => (credit, goes_on) = (0, false),
            Some(LeaveKind::Illness) => {
                let left = u64::from(rules.illness_months_max) * unit - now.ill;
                goes_on = left >= unit && room >= unit;
                credit = if goes_on { unit } else { 0 };
                now.ill += credit;
                now.common += credit;
            }
            Some(LeaveKind::Childbirth) => {
                let most = match rules.childbirth_excess {
                    ChildbirthExcess::Whole => rules.childbirth_months_max,
                    ChildbirthExcess::Beyond => u32::MAX,
                };
                let (number, length, done) = birth(person, month, most);
                let too_long = length > most;
                let allowed = number < rules.childbirth_leaves_max && done < rules.childbirth_months_max;
                goes_on = allowed && !too_long && room >= unit;
                credit = if goes_on { unit } else { 0 };
                now.common += credit;
            }
            Some(LeaveKind::PartTime) => {
                let left = u64::from(rules.part_time_months_max) * unit - now.part_time;
                credit = row.map_or(0, |row| earning(rules, row, month)).min(left).min(room);
                now.part_time += credit;
                now.common += credit;
            }
        }
        if matches!(row.map(|row| row.kind), Some(LeaveKind::Childbirth | LeaveKind::Illness)) {
            has_seat = rules.counted_leave_keeps_seat;
        }
        let standing = match goes_on {
            false => Standing::Suspended,
            true if now.position < scenario.training_months => Standing::Pattern(now.position),
            true => Standing::Extension,
        };
        now.position += u32::from(goes_on && now.position < scenario.training_months);
        now.credited += credit;
        months.push((row.map(|row| row.kind), credit, standing, goes_on && has_seat));
        month = month.plus(1);
    }
    months
}

/// How many childbirth leaves of at most so many months come before the one a month is in, the length of
/// that one, and its months before.
fn birth(person: &Resident, month: Month, most: u32) -> (u32, u32, u32) {
    let is_birth = |month: Month| {
        let births = person.leaves.iter().filter(|row| row.kind == LeaveKind::Childbirth);
        births.into_iter().any(|row| row.span.contains(month))
    };
    let length_from = |first: Month| (0..).take_while(|n| is_birth(first.plus(*n))).count() as u32;
    let mut first = month;
    while is_birth(first.minus(1)) {
        first = first.minus(1);
    }
    let earlier = person.leaves.iter().filter(|row| row.kind == LeaveKind::Childbirth);
    let earlier = earlier.filter(|row| row.span.start < first && !is_birth(row.span.start.minus(1)));
    let earlier = earlier.filter(|row| length_from(row.span.start) <= most);
    (earlier.count() as u32, length_from(first), month.since(first) as u32)
}

fn earning(rules: &LeaveRules, row: &Leave, month: Month) -> u64 {
    let unit = u64::from(rules.part_time_hours);
    if row.hours_per_week.is_some_and(|hours| hours >= Decimal::from(rules.part_time_hours_per_week_full)) {
        return unit;
    }
    let months = u64::from(row.span.months);
    let most = u64::from(row.hours.unwrap_or(0)) * u64::from(rules.part_time_months_max);
    let most = most.min(months * unit);
    let done = month.since(row.span.start) as u64;
    most * (done + 1) / months - most * done / months
}

fn leave_rules() -> impl Strategy<Value = LeaveRules> {
    let months = (0u32..8, 0u32..3, any::<bool>(), 0u32..8, 0u32..8, prop::option::of(0u32..14));
    let rest = (prop_oneof![Just(800u32), 1u32..50], any::<[bool; 4]>());
    (months, rest).prop_map(|((birth, leaves, whole, ill, part_time, common), (hours, flags))| LeaveRules {
        childbirth_months_max: birth,
        childbirth_leaves_max: leaves,
        childbirth_excess: if whole { ChildbirthExcess::Whole } else { ChildbirthExcess::Beyond },
        illness_months_max: ill,
        part_time_months_max: part_time,
        part_time_hours: hours,
        part_time_hours_per_week_full: 30,
        leave_months_max: common,
        counted_leave_keeps_seat: flags[0],
        leave_counts_at_facility: flags[1],
        part_time_cases: flags[2],
        covered_by_leave: flags[3],
    })
}

/// Leaves in order of time from entry on, adjoining or apart.
fn leaves() -> impl Strategy<Value = Vec<Leave>> {
    let gap = prop_oneof![2 => Just(0u32), 3 => 1u32..20];
    let one = (gap, 0usize..6, 1u32..14, prop::option::of(20i64..40), prop::option::of(0u32..1_000));
    prop::collection::vec(one, 0..7).prop_map(|rows| {
        let mut next = month("2020-04");
        let row = |(gap, kind, months, week, hours): (u32, usize, u32, Option<i64>, Option<u32>)| {
            let kind = LeaveKind::ALL[kind];
            let part_time = kind == LeaveKind::PartTime;
            let span = kenshu::internal::calendar::Span::new(next.plus(gap), months);
            next = span.end();
            Leave {
                kind,
                span,
                hours_per_week: week.filter(|_| part_time).map(Decimal::from),
                hours: hours.filter(|_| part_time),
            }
        };
        rows.into_iter().map(row).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(750))]

    #[test]
    fn no_month_is_lost_or_doubled(
        rules in leave_rules(),
        leaves in leaves(),
        training_months in 1u32..49,
        resigned in prop::option::of(0u32..80),
    ) {
        let mut scenario = empty(training_months);
        scenario.unchecked_mut().rules.leave = rules.clone();
        let mut person = resident("r", 2020);
        person.leaves = leaves;
        person.resigned_from = resigned.map(|months| month("2020-04").plus(months));
        let training = Training::of(&scenario, &person);
        let months = &training.months;

        // Every calendar month once, in order, until a whole training is counted.
        for (place, at) in (0u32..).zip(months) {
            prop_assert_eq!(at.month, month("2020-04").plus(place));
        }
        let counted: u64 = months.iter().map(|month| month.credit).sum();
        if training.resigned {
            prop_assert!(counted < training.whole);
            prop_assert_eq!(Some(training.span().end()), person.resigned_from);
        } else {
            prop_assert!(training.whole <= counted && counted < training.whole + training.unit);
        }

        // The positions are 0, 1, 2, …; an extension comes after all of them.
        let positions: Vec<u32> = months.iter().filter_map(|month| match month.standing {
            Standing::Pattern(position) => Some(position),
            Standing::Extension | Standing::Suspended => None,
        }).collect();
        let expected: Vec<u32> = (0..positions.len() as u32).collect();
        prop_assert_eq!(&positions, &expected);
        prop_assert!(positions.len() as u32 <= training_months);
        prop_assert!(training.resigned || positions.len() as u32 == training_months);
        let first = months.iter().position(|month| month.standing == Standing::Extension);
        if let Some(first) = first {
            let later = months[first..].iter();
            prop_assert!(later.into_iter().all(|month| !matches!(month.standing, Standing::Pattern(_))));
            prop_assert_eq!(positions.len() as u32, training_months);
        }

        // No allowance is exceeded.
        let of = |kinds: &[LeaveKind]| -> u64 {
            let of = months.iter().filter(|month| month.leave.is_some_and(|kind| kinds.contains(&kind)));
            of.map(|month| month.credit).sum()
        };
        let most = |months: u32| u64::from(months) * training.unit;
        let births = rules.childbirth_months_max * rules.childbirth_leaves_max;
        prop_assert!(of(&[LeaveKind::Childbirth]) <= most(births));
        prop_assert!(of(&[LeaveKind::Illness]) <= most(rules.illness_months_max));
        prop_assert!(of(&[LeaveKind::PartTime]) <= most(rules.part_time_months_max));
        prop_assert_eq!(of(&[LeaveKind::Abroad, LeaveKind::GraduateSchoolResearch]), 0);
        let together = of(&[LeaveKind::Childbirth, LeaveKind::Illness, LeaveKind::PartTime]);
        prop_assert!(rules.leave_months_max.is_none_or(|limit| together <= most(limit)));

        let walked = walk(&scenario, &person);
        let found: Vec<_> =
            months.iter().map(|month| (month.leave, month.credit, month.standing, month.has_seat)).collect();
        prop_assert_eq!(found, walked);
    }

    #[test]
    fn leaves_of_a_kind_are_its_months(leaves in leaves()) {
        let mut person = resident("r", 2020);
        person.leaves = leaves;
        for kind in LeaveKind::ALL {
            let joined = leaves_of(&person, kind);
            let rows = person.leaves.iter().filter(|row| row.kind == kind);
            let months: Vec<Month> = rows.flat_map(|row| row.span.iter()).collect();
            prop_assert_eq!(joined.iter().flat_map(|span| span.iter()).collect::<Vec<_>>(), months);
            prop_assert!(joined.windows(2).all(|pair| pair[0].end() < pair[1].start));
        }
    }
}
