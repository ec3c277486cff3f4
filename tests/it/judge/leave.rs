//! Leave before the judge: each new rule legal, at its limit and broken, and what the findings say.

use kenshu::internal::audit::audit;
use kenshu::internal::diagnostic::Severity;
use kenshu::internal::plan::Plan;
use kenshu::internal::regulation::Rule;
use kenshu::internal::scenario::{ChildbirthExcess, Leave, LeaveKind, Lock, LockKind, Scenario};

use crate::common::program::{
    course_ix, facility_ix, good_plan, month, program, resident_ix, row, span, stay,
};
use crate::judge::{english, judge, no_defects, speak};

/// A leave without hours.
pub fn leave(kind: LeaveKind, start: &str, months: u32) -> Leave {
    Leave { kind, span: span(start, months), hours_per_week: None, hours: None }
}

/// The program with leaves of one resident.
pub fn with_leaves(who: &str, leaves: &[Leave]) -> Scenario {
    let mut scenario = program();
    give(&mut scenario, who, leaves);
    scenario
}

fn give(scenario: &mut Scenario, who: &str, leaves: &[Leave]) {
    let who = resident_ix(scenario, who);
    scenario.unchecked_mut().residents[who.0].leaves = leaves.to_vec();
}

/// The good plan with other rows for r6, who is on course C from 2021-04 on.
pub fn plan_of_r6(scenario: &Scenario, rows: &[(&str, &str, u32)]) -> Plan {
    let r6 = resident_ix(scenario, "r6");
    let mut plan = good_plan(scenario);
    plan.rows.retain(|row| row.resident != r6);
    plan.rows.extend(rows.iter().map(|(at, start, months)| row(scenario, "r6", "C", at, start, *months)));
    plan
}

/// r6 is abroad for three months, and everything after moves.
const ABROAD: [(&str, &str, u32); 3] =
    [("north", "2021-04", 12), ("core", "2022-07", 12), ("east", "2023-07", 12)];

/// r6 works part-time for six months, which count three: the last year is three months longer.
pub fn half_a_year_of_part_time() -> Leave {
    Leave { hours: Some(400), ..leave(LeaveKind::PartTime, "2021-04", 6) }
}

const EXTENDED: [(&str, &str, u32); 3] =
    [("north", "2021-04", 12), ("core", "2022-04", 12), ("east", "2023-04", 15)];

#[test]
fn a_leave_that_does_not_count_frees_the_seat_and_moves_the_rest() {
    let scenario = with_leaves("r6", &[leave(LeaveKind::Abroad, "2022-04", 3)]);
    assert_eq!(judge(&scenario, &plan_of_r6(&scenario, &ABROAD)), no_defects());
    // As if there were no leave: three rows too early, and three months missing at the end.
    let untouched = judge(&scenario, &good_plan(&scenario));
    assert_eq!(
        untouched,
        ["course-pattern r6 - 2022-07", "leave-seat r6 core 2022-04", "whole-career r6 - 2024-04"]
    );
    // A stay that leave interrupts goes on: two months and one at the same affiliate are three.
    let mut scenario = with_leaves("r6", &[leave(LeaveKind::Abroad, "2021-06", 3)]);
    let rows = [("north", "2021-04", 2), ("north", "2021-09", 10), ("core", "2022-07", 12)];
    let rows = [rows[0], rows[1], rows[2], ("east", "2023-07", 12)];
    scenario.unchecked_mut().rules.affiliate_stay_months_min = 12;
    scenario.unchecked_mut().residents.retain(|resident| resident.id == "r6");
    let rows = rows.map(|(at, start, months)| row(&scenario, "r6", "C", at, start, months));
    let mut plan = Plan::from(rows.to_vec());
    assert_eq!(judge(&scenario, &plan), no_defects());
    plan.rows[0].facility = facility_ix(&scenario, "west");
    assert_eq!(
        judge(&scenario, &plan),
        ["affiliate-stay r6 north 2021-09", "affiliate-stay r6 west 2021-04", "course-pattern r6 - 2021-04"]
    );
}

#[test]
fn nobody_is_placed_without_a_seat() {
    let abroad = leave(LeaveKind::Abroad, "2022-04", 3);
    let scenario = with_leaves("r6", &[abroad]);
    let mut plan = plan_of_r6(&scenario, &ABROAD);
    plan.rows.push(row(&scenario, "r6", "C", "clinic", "2022-04", 1));
    plan.rows.push(row(&scenario, "r6", "C", "core", "2022-06", 1));
    assert_eq!(judge(&scenario, &plan), ["leave-seat r6 clinic 2022-04", "leave-seat r6 core 2022-06"]);
    // Illness that counts keeps the seat, unless the rules free it: then the same rows are too many.
    let mut scenario = with_leaves("r6", &[leave(LeaveKind::Illness, "2021-06", 6)]);
    let plan = good_plan(&scenario);
    assert_eq!(judge(&scenario, &plan), no_defects());
    scenario.unchecked_mut().rules.leave.counted_leave_keeps_seat = false;
    assert_eq!(judge(&scenario, &plan), ["leave-seat r6 north 2021-06"]);
    let freed = [("north", "2021-04", 2), ("north", "2021-12", 4)];
    let rows = [freed[0], freed[1], ("core", "2022-04", 12), ("east", "2023-04", 12)];
    assert_eq!(judge(&scenario, &plan_of_r6(&scenario, &rows)), no_defects());
    // Clinical graduate school is training like any other.
    let scenario = with_leaves("r6", &[leave(LeaveKind::GraduateSchoolClinical, "2021-04", 36)]);
    assert_eq!(judge(&scenario, &good_plan(&scenario)), no_defects());
    assert_eq!(audit(&scenario, &good_plan(&scenario), None).of(Rule::LeaveCredit).count(), 0);
}

#[test]
fn the_end_is_extended_at_the_last_facility() {
    let mut scenario = with_leaves("r6", &[half_a_year_of_part_time()]);
    assert_eq!(judge(&scenario, &plan_of_r6(&scenario, &EXTENDED)), no_defects());
    let missing = good_plan(&scenario);
    assert_eq!(judge(&scenario, &missing), ["training-complete r6 - 2024-04"]);
    let judged = audit(&scenario, &missing, None);
    let finding = judged.of(Rule::TrainingComplete).next().unwrap();
    assert_eq!((&*finding.measured.to_string(), &*finding.required.to_string()), ("33", "36"));
    assert!(english(finding).contains("until 2024-06"), "{}", english(finding));
    let mut elsewhere = missing.clone();
    elsewhere.rows.push(row(&scenario, "r6", "C", "west", "2024-04", 3));
    assert_eq!(judge(&scenario, &elsewhere), ["extension r6 west 2024-04"], "one move, one finding");
    let mut too_long = plan_of_r6(&scenario, &EXTENDED);
    too_long.rows.last_mut().unwrap().span.months += 1;
    assert_eq!(judge(&scenario, &too_long), ["whole-career r6 - 2024-07"]);
    // A lock may demand another place; and only then may it be there.
    let must = Lock { stay: stay(&scenario, "west", "2024-04", 3), kind: LockKind::Must };
    let r6 = resident_ix(&scenario, "r6");
    scenario.unchecked_mut().residents[r6.0].locks = vec![must];
    assert_eq!(judge(&scenario, &elsewhere), no_defects());
    assert_eq!(judge(&scenario, &plan_of_r6(&scenario, &EXTENDED)), ["lock r6 west 2024-04"]);
    // Months of an extension are months like others: a stay there may not be too short.
    scenario.unchecked_mut().residents[r6.0].locks[0].stay.span.months = 1;
    scenario.unchecked_mut().residents[r6.0].leaves[0].hours = Some(667);
    let mut brief = good_plan(&scenario);
    brief.rows.push(row(&scenario, "r6", "C", "west", "2024-04", 1));
    assert_eq!(judge(&scenario, &brief), ["affiliate-stay r6 west 2024-04"]);
}

#[test]
fn credit_is_said_exactly_with_allowance_and_end() {
    let notes = |scenario: &Scenario| -> Vec<(String, String, String)> {
        let judged = audit(scenario, &good_plan(scenario), None);
        let of = judged.of(Rule::LeaveCredit).map(|finding| {
            assert_eq!(finding.severity, Severity::Note);
            (finding.measured.to_string(), finding.required.to_string(), english(finding))
        });
        of.collect()
    };
    let part_time = Leave { hours: Some(500), ..half_a_year_of_part_time() };
    let told = notes(&with_leaves("r6", &[part_time]));
    let [(measured, required, text)] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!((measured.as_str(), required.as_str()), ("3.75", "6"));
    assert!(text.contains("ends in 2024-06 instead of 2024-03") && text.contains("allowance 6"), "{text}");
    // 100 of 700 hours are 6/7 of a month: no decimal number says that.
    let mut scenario = with_leaves("r6", &[Leave { hours: Some(100), ..half_a_year_of_part_time() }]);
    scenario.unchecked_mut().rules.leave.part_time_hours = 700;
    assert_eq!(notes(&scenario)[0].0, "6/7");
    assert_eq!(notes(&with_leaves("r6", &[leave(LeaveKind::Illness, "2021-06", 6)])), []);
    let told = notes(&with_leaves("r6", &[leave(LeaveKind::Illness, "2021-06", 7)]));
    assert_eq!((told[0].0.as_str(), told[0].1.as_str()), ("6", "7"));
    assert!(told[0].2.contains("ends in 2024-04"), "{told:?}");
    let told = notes(&with_leaves("r6", &[leave(LeaveKind::Abroad, "2021-06", 5)]));
    assert_eq!((told[0].0.as_str(), told[0].1.as_str()), ("0", "5"));
    let mut scenario = with_leaves("r6", &[leave(LeaveKind::Childbirth, "2021-06", 7)]);
    assert_eq!(notes(&scenario)[0].0, "6");
    scenario.unchecked_mut().rules.leave.childbirth_excess = ChildbirthExcess::Whole;
    assert_eq!(notes(&scenario)[0].0, "0");
    scenario.unchecked_mut().rules.leave.leave_months_max = Some(4);
    scenario.unchecked_mut().rules.leave.childbirth_excess = ChildbirthExcess::Beyond;
    let told = notes(&scenario);
    assert!(told[0].0 == "4" && told[0].2.contains("4 together with other leave"), "{told:?}");
}

#[test]
fn childbirth_leave_counts_once() {
    let first = leave(LeaveKind::Childbirth, "2021-06", 2);
    let second = leave(LeaveKind::Childbirth, "2022-06", 2);
    let rows = [("north", "2021-04", 12), ("core", "2022-04", 2), ("core", "2022-08", 10)];
    let rows = [rows[0], rows[1], rows[2], ("east", "2023-06", 12)];
    let mut scenario = with_leaves("r6", &[first, second]);
    let plan = plan_of_r6(&scenario, &rows);
    assert_eq!(judge(&scenario, &plan), ["leave-once r6 - 2022-06"]);
    let judged = audit(&scenario, &plan, None);
    assert!(judged.findings.iter().all(|finding| finding.severity != Severity::Error));
    scenario.unchecked_mut().rules.leave.childbirth_leaves_max = 2;
    assert_eq!(judge(&scenario, &good_plan(&scenario)), no_defects());
    // Rows that continue each other are one leave.
    let apart = [leave(LeaveKind::Childbirth, "2021-06", 2), leave(LeaveKind::Childbirth, "2021-08", 4)];
    let scenario = with_leaves("r6", &apart);
    assert_eq!(judge(&scenario, &good_plan(&scenario)), no_defects());
}

#[test]
fn what_counts_needs_a_document() {
    let birth = leave(LeaveKind::Childbirth, "2021-06", 2);
    let later = leave(LeaveKind::Childbirth, "2022-06", 2);
    let ill = leave(LeaveKind::Illness, "2021-10", 1);
    let scenario = with_leaves("r6", &[birth, ill, later, leave(LeaveKind::Abroad, "2023-01", 1)]);
    let judged = audit(&scenario, &Plan::default(), None);
    let told: Vec<_> = judged.of(Rule::LeaveProof).collect();
    assert_eq!(told.len(), 2, "the second childbirth leave and study abroad count nothing");
    assert!(told.iter().all(|finding| finding.severity == Severity::Note));
    assert!(english(told[0]).contains("proving the birth") && english(told[1]).contains("medical"));
    assert!(speak(told[0])[0].contains("出産を証明するもの") && speak(told[1])[0].contains("診断書"));
    assert_eq!(audit(&program(), &Plan::default(), None).of(Rule::LeaveProof).count(), 0);
}

#[test]
fn minima_met_by_leave_are_a_warning_and_unmet_ones_an_error() {
    // r4 is at `west` for four months from 2021-12 on, and needs three.
    let ill = |months| with_leaves("r4", &[leave(LeaveKind::Illness, "2021-12", months)]);
    let plan = good_plan(&ill(1));
    assert_eq!(judge(&ill(1), &plan), no_defects());
    assert_eq!(judge(&ill(2), &plan), ["leave-minima r4 west 2021-12"]);
    let uncounted = |months| {
        let mut scenario = ill(months);
        scenario.unchecked_mut().rules.leave.leave_counts_at_facility = false;
        scenario
    };
    assert_eq!(judge(&uncounted(1), &plan), no_defects());
    assert_eq!(judge(&uncounted(2), &plan), ["affiliate-stay r4 west 2021-12"]);
    // r4 has twenty months at the core, which is also the only comprehensive institution for them.
    let mut scenario = with_leaves("r4", &[leave(LeaveKind::Illness, "2020-06", 3)]);
    scenario.unchecked_mut().rules.comprehensive_months_min = 17;
    scenario.unchecked_mut().rules.core_months_min = 12;
    assert_eq!(judge(&scenario, &plan), no_defects());
    scenario.unchecked_mut().rules.comprehensive_months_min = 18;
    assert_eq!(judge(&scenario, &plan), ["leave-minima r4 - -"]);
    let judged = audit(&scenario, &plan, None);
    let finding = judged.of(Rule::LeaveMinima).next().unwrap();
    assert_eq!((&*finding.measured.to_string(), &*finding.required.to_string()), ("17", "18"));
    scenario.unchecked_mut().rules.leave.leave_counts_at_facility = false;
    assert_eq!(judge(&scenario, &plan), ["comprehensive-months r4 - -"]);
    scenario.unchecked_mut().rules.comprehensive_months_min = 17;
    assert_eq!(judge(&scenario, &plan), no_defects());
    // Part-time months count at their facility only if they count at all.
    let part_time = Leave { hours: Some(0), ..leave(LeaveKind::PartTime, "2021-12", 2) };
    let judged = judge(&with_leaves("r4", &[part_time]), &plan);
    assert_eq!(judged, ["affiliate-stay r4 west 2021-12", "training-complete r4 - 2023-04"]);
}

#[test]
fn whoever_resigns_is_placed_until_then_and_need_not_finish() {
    let mut scenario = program();
    let r6 = resident_ix(&scenario, "r6");
    scenario.unchecked_mut().residents[r6.0].resigned_from = Some(month("2021-06"));
    assert_eq!(judge(&scenario, &plan_of_r6(&scenario, &[("north", "2021-04", 2)])), no_defects());
    assert_eq!(judge(&scenario, &good_plan(&scenario)), ["whole-career r6 - 2021-06"]);
    assert_eq!(judge(&scenario, &plan_of_r6(&scenario, &[])), ["whole-career r6 - 2021-04"]);
    // Only the last stay may be short, and the pattern holds as far as it goes.
    scenario.unchecked_mut().residents[r6.0].resigned_from = Some(month("2022-06"));
    let rows = [("west", "2021-04", 2), ("north", "2021-06", 10), ("core", "2022-04", 2)];
    assert_eq!(
        judge(&scenario, &plan_of_r6(&scenario, &rows)),
        ["affiliate-stay r6 west 2021-04", "course-pattern r6 - 2021-04"]
    );
    // A resignation after the end changes nothing: then everything has to be there.
    scenario.unchecked_mut().residents[r6.0].resigned_from = Some(month("2024-04"));
    assert_eq!(judge(&scenario, &good_plan(&scenario)), no_defects());
    scenario.unchecked_mut().rules.facilities_min = 4;
    assert!(judge(&scenario, &good_plan(&scenario)).contains(&"several-facilities r6 - -".to_string()));
    scenario.unchecked_mut().residents[r6.0].resigned_from = Some(month("2024-03"));
    let rows = [("north", "2021-04", 12), ("core", "2022-04", 12), ("east", "2023-04", 11)];
    let judged = judge(&scenario, &plan_of_r6(&scenario, &rows));
    assert!(!judged.contains(&"several-facilities r6 - -".to_string()), "{judged:?}");
}

#[test]
fn the_pattern_stands_still_while_a_leave_counts_nothing() {
    // The 8 + 4 months of r4's second year, with a month abroad between the two parts.
    let scenario = with_leaves("r4", &[leave(LeaveKind::Abroad, "2021-12", 1)]);
    let mut plan = good_plan(&scenario);
    plan.rows[7].span = span("2022-01", 4);
    plan.rows[8].span = span("2022-05", 12);
    assert_eq!(judge(&scenario, &plan), no_defects());
    plan.rows[6].span.months = 7;
    plan.rows[7].span = span("2021-11", 1);
    plan.rows.push(row(&scenario, "r4", "A", "west", "2022-01", 4));
    assert_eq!(judge(&scenario, &plan), ["course-pattern r4 - 2021-04"]);
}

#[test]
fn history_ends_where_a_leave_without_a_seat_begins() {
    // r2 was abroad for the last half of 2019: what was planned for 2020 begins with half a core year.
    let mut scenario = with_leaves("r2", &[leave(LeaveKind::Abroad, "2019-10", 6)]);
    scenario.unchecked_mut().residents.retain(|resident| resident.id == "r2");
    scenario.unchecked_mut().residents[0].history = vec![stay(&scenario, "core", "2019-04", 6)];
    assert_eq!(scenario.residents[0].course, Some(course_ix(&scenario, "B")));
    let rows = [("core", "2020-04", 6), ("west", "2020-10", 12), ("east", "2021-10", 12)];
    let rows = rows.map(|(at, start, months)| row(&scenario, "r2", "B", at, start, months));
    let mut plan = Plan::from(rows.to_vec());
    assert_eq!(judge(&scenario, &plan), no_defects());
    plan.rows.push(row(&scenario, "r2", "B", "core", "2019-10", 2));
    assert_eq!(judge(&scenario, &plan), ["history-kept r2 core 2019-10"]);
    let judged = audit(&scenario, &plan, None);
    assert!(english(&judged.findings[0]).contains("leave without a seat"));
}
