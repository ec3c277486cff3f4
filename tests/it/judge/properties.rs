//! What holds of any rows at all: no panic, and nothing depends on how a plan is written down.

use kenshu::internal::audit::audit;
use kenshu::internal::calendar::Span;
use kenshu::internal::plan::{GoalValue, Placement, Plan};
use kenshu::internal::regulation::{Rule, Subject};
use kenshu::internal::scenario::{CourseIx, FacilityIx, Goal, GoalKind, Measure, ResidentIx};
use proptest::prelude::*;

use crate::common::program::{good_plan, month, program};

/// Arbitrary rows over the program, also outside of any training.
fn arbitrary_rows() -> impl Strategy<Value = Vec<Placement>> {
    let one =
        (0usize..8, prop::option::of(0usize..9), 0usize..7, 0u32..120, prop_oneof![0u32..30, any::<u32>()]);
    let placement = one.prop_map(|(resident, course, facility, start, months)| Placement {
        resident: ResidentIx(resident),
        course: course.map(CourseIx),
        facility: FacilityIx(facility),
        section: None,
        span: Span::new(month("2016-01").plus(start), months),
        line: None,
    });
    prop::collection::vec(placement, 0..12)
}

/// The good plan with one row exchanged for two arbitrary ones: broken, but not beyond recognition.
fn spoilt_rows() -> impl Strategy<Value = Vec<Placement>> {
    (arbitrary_rows(), 0usize..15).prop_map(|(extra, gone)| {
        let mut rows = good_plan(&program()).rows;
        rows.remove(gone);
        rows.extend(extra.into_iter().take(2));
        rows
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_rows_make_the_judge_panic(rows in arbitrary_rows()) {
        let scenario = program();
        let plan = Plan::from(rows);
        let first = audit(&scenario, &plan, Some(&plan));
        prop_assert_eq!(&first, &audit(&scenario, &plan, Some(&plan)));
        let stability = Goal { kind: GoalKind::Stability, measure: Measure::Sum };
        prop_assert!(first.goals.contains(&(stability, GoalValue::Number(0))), "a plan is its own base");
    }

    #[test]
    fn the_order_of_rows_makes_no_difference(
        (rows, shuffled) in spoilt_rows().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
    ) {
        let scenario = program();
        let base = good_plan(&scenario);
        let judged = |rows| audit(&scenario, &Plan::from(rows), Some(&base));
        prop_assert_eq!(judged(rows), judged(shuffled));
    }

    #[test]
    fn a_stay_in_two_rows_is_the_same_stay(rows in spoilt_rows(), which in 0usize..15, at in 0u32..12) {
        let scenario = program();
        let base = good_plan(&scenario);
        let mut split = rows.clone();
        if let Some(row) = split.get(which).cloned() {
            let first = row.span.months.min(at);
            split[which].span.months = first;
            let span = Span::new(row.span.start.plus(first), row.span.months - first);
            split.push(Placement { span, ..row });
        }
        let mut one = audit(&scenario, &Plan::from(rows), Some(&base));
        let mut two = audit(&scenario, &Plan::from(split), Some(&base));
        // Only the count of rows that belong to another scenario is about rows as such.
        for audit in [&mut one, &mut two] {
            audit.findings.retain(|finding| finding.message.key != "audit-whole-career-foreign");
        }
        prop_assert_eq!(one, two);
    }

    #[test]
    fn filling_a_hole_mends_nothing_but_the_hole(rows in spoilt_rows(), gone in 0usize..15) {
        let scenario = program();
        let career_rules = |plan: &Plan| -> Vec<(Rule, Option<ResidentIx>)> {
            let audit = audit(&scenario, plan, None);
            let kept = audit.violations(Subject::Placement).filter(|f| f.rule != Rule::WholeCareer);
            let mut list: Vec<_> = kept.map(|finding| (finding.rule, finding.resident)).collect();
            list.sort();
            list.dedup();
            list
        };
        let whole = Plan::from(rows);
        let mut holed = whole.clone();
        if gone < holed.rows.len() {
            holed.rows.remove(gone);
        }
        // A row that doubles another one hides what the other says, so only clean plans compare.
        prop_assume!(audit(&scenario, &whole, None).of(Rule::OnePlace).next().is_none());
        let after = career_rules(&whole);
        for finding in career_rules(&holed) {
            prop_assert!(after.contains(&finding), "{finding:?}");
        }
    }
}
