//! The readings that decided something in this plan, said where they did: what `coverage` does not look at, what
//! a hospital costs that nobody listed, whether wishes look back.
//!
//! All three have another reading in `[rules]` or in nature; a director who does not know which one holds would
//! take a good value for more than it is. Where a reading makes no difference nothing is said.

use std::collections::BTreeSet;

use crate::calendar::{Month, Span};
use crate::language::Message;
use crate::plan::Plan;
use crate::regulation::Unlisted;
use crate::scenario::{FacilityIx, GoalKind, ResidentIx, Role, Scenario};

use super::statements::with_facilities;

/// A message per reading that makes a difference to the plan's goals.
pub fn readings(scenario: &Scenario, plan: &Plan) -> Vec<Message> {
    let asked = |kind| scenario.goals.iter().any(|goal| goal.kind == kind);
    let coverage = || short_after_coverage(scenario, plan);
    let wishes = asked(GoalKind::CourseWishes) || asked(GoalKind::FacilityWishes);
    [
        asked(GoalKind::Coverage).then(coverage).flatten(),
        wishes.then(|| unlisted(scenario, plan)).flatten(),
        asked(GoalKind::FacilityWishes).then(|| wishes_before(scenario)).flatten(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Months after the last intake year in which hospitals lack somebody: nobody enters any more, so they would
/// be missing in every plan.
fn short_after_coverage(scenario: &Scenario, plan: &Plan) -> Option<Message> {
    let counted = scenario.coverage_months();
    let after = Span::between(counted.end(), scenario.horizon().end().max(counted.end()));
    let at_work = |facility: FacilityIx, month: Month| {
        let here = plan.rows.iter().filter(|row| row.facility == facility && row.span.contains(month));
        let residents: BTreeSet<ResidentIx> = here.map(|row| row.resident).collect();
        let staffs =
            |resident: &&ResidentIx| scenario.service(**resident).at(month).is_some_and(|this| this.staffs);
        residents.iter().filter(staffs).count() as u32
    };
    let mut short: BTreeSet<FacilityIx> = BTreeSet::new();
    let mut missing = 0;
    for facility in scenario.facility_ixs() {
        for month in after.iter() {
            let wanted = *scenario.facility(facility).min_residents.at(month);
            let lacking = if wanted == 0 { 0 } else { wanted.saturating_sub(at_work(facility, month)) };
            if lacking > 0 {
                short.insert(facility);
                missing += i64::from(lacking);
            }
        }
    }
    let short: Vec<FacilityIx> = short.into_iter().collect();
    (missing > 0).then(|| {
        let message = Message::new("reading-coverage-until")
            .text("until", counted.end().minus(1))
            .number("missing", missing);
        with_facilities(message, scenario, &short)
    })
}

/// Residents who are not where they wished, where lists differ in length.
fn unlisted(scenario: &Scenario, plan: &Plan) -> Option<Message> {
    let lengths = |of: &dyn Fn(ResidentIx) -> usize| -> BTreeSet<usize> {
        scenario.resident_ixs().map(of).filter(|length| *length > 0).collect()
    };
    let courses = lengths(&|r| scenario.resident(r).course_wishes.len());
    let facilities = lengths(&|r| scenario.resident(r).facility_wishes.len());
    let mut residents: BTreeSet<ResidentIx> = BTreeSet::new();
    for row in &plan.rows {
        let person = scenario.resident(row.resident);
        let is_affiliate = scenario.facility(row.facility).role == Role::Affiliate;
        let place = is_affiliate && missing(&person.facility_wishes, &row.facility) && facilities.len() > 1;
        let course = row.course.is_some_and(|course| missing(&person.course_wishes, &course));
        if place || (course && courses.len() > 1) {
            residents.insert(row.resident);
        }
    }
    (!residents.is_empty()).then(|| {
        let key = match scenario.rules.unlisted {
            Unlisted::Own => "reading-unlisted-own",
            Unlisted::Longest => "reading-unlisted-longest",
        };
        Message::new(key).number("residents", residents.len() as i64)
    })
}

fn missing<T: PartialEq>(wishes: &[T], entry: &T) -> bool {
    !wishes.is_empty() && !wishes.contains(entry)
}

/// Residents who were at another affiliate than their first wish before anything is decided.
fn wishes_before(scenario: &Scenario) -> Option<Message> {
    let concerned = |resident: &ResidentIx| {
        let person = scenario.resident(*resident);
        let elsewhere = |facility: FacilityIx| {
            scenario.facility(facility).role == Role::Affiliate
                && person.facility_wishes.first().is_some_and(|first| *first != facility)
        };
        !scenario.decided(*resident).is_empty() && person.history.iter().any(|stay| elsewhere(stay.facility))
    };
    let residents = scenario.resident_ixs().filter(concerned).count() as i64;
    let key = match scenario.rules.wishes_count_history {
        false => "reading-wishes-decided",
        true => "reading-wishes-history",
    };
    (residents > 0).then(|| Message::new(key).number("residents", residents))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Catalogue, Language};
    use crate::output::sample::{self, AFFILIATE_X, AFFILIATE_Y, CORE};
    use crate::scenario::{Goal, Measure, Stay};

    fn keys(scenario: &Scenario) -> Vec<&'static str> {
        readings(scenario, &sample::plan()).iter().map(|message| message.key).collect()
    }

    /// The affiliate that counts on a resident has one in 2021, after the last intake year; with two it lacks one.
    #[test]
    fn what_coverage_does_not_look_at_is_said_where_somebody_is_missing() {
        let mut scenario = sample::scenario();
        assert_eq!(keys(&scenario), [] as [&str; 0]);
        scenario.unchecked_mut().facilities[AFFILIATE_X.0].min_residents.initial = 2;
        let said = readings(&scenario, &sample::plan());
        let english = Catalogue::new(Language::En).say(&said[0]);
        assert!(english.contains("until 2020-03") && english.contains("24 resident-months"), "{english}");
        scenario.unchecked_mut().goals.retain(|goal| goal.kind != GoalKind::Coverage);
        assert_eq!(keys(&scenario), [] as [&str; 0], "no goal, no reading of it");
    }

    #[test]
    fn the_cost_of_what_is_not_listed_is_said_where_lists_differ() {
        let mut scenario = sample::scenario();
        let model = scenario.unchecked_mut();
        model.goals.push(Goal { kind: GoalKind::FacilityWishes, measure: Measure::Sum });
        model.residents[0].facility_wishes = vec![AFFILIATE_Y];
        model.residents[1].facility_wishes = vec![AFFILIATE_Y];
        assert_eq!(keys(&scenario), [] as [&str; 0], "all lists are as long");
        scenario.unchecked_mut().residents[2].facility_wishes = vec![AFFILIATE_X, AFFILIATE_Y];
        assert_eq!(keys(&scenario), ["reading-unlisted-own"]);
        scenario.unchecked_mut().rules.unlisted = Unlisted::Longest;
        assert_eq!(keys(&scenario), ["reading-unlisted-longest"]);
    }

    #[test]
    fn wishes_of_the_past_are_said_where_there_is_a_past() {
        let mut scenario = sample::scenario();
        let model = scenario.unchecked_mut();
        model.goals.push(Goal { kind: GoalKind::FacilityWishes, measure: Measure::Sum });
        model.residents[0].facility_wishes = vec![AFFILIATE_X, AFFILIATE_Y];
        assert_eq!(keys(&scenario), [] as [&str; 0], "who was at the core was not at another affiliate");
        let past = scenario.residents[0].history[0];
        assert_eq!(past.facility, CORE);
        scenario.unchecked_mut().residents[0].history = vec![Stay { facility: AFFILIATE_Y, ..past }];
        assert_eq!(keys(&scenario), ["reading-wishes-decided"]);
        scenario.unchecked_mut().rules.wishes_count_history = true;
        assert_eq!(keys(&scenario), ["reading-wishes-history"]);
    }
}
