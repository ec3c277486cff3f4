//! Who is elsewhere in another plan, from where to where, in which months.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::{Month, Span};
use crate::plan::Plan;
use crate::scenario::{CourseIx, FacilityIx, ResidentIx, Scenario};

/// Somebody at another facility, for months that follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Move<P = ResidentIx> {
    pub span: Span,
    pub resident: P,
    /// `None` where the first plan has them nowhere.
    pub from: Option<FacilityIx>,
    /// `None` where the second plan has them nowhere.
    pub to: Option<FacilityIx>,
}

/// Where each person is in each month.
pub type Whereabouts<P = ResidentIx> = BTreeMap<(P, Month), FacilityIx>;

/// Where each resident is in each month; of rows that overlap the first counts.
pub fn whereabouts(plan: &Plan) -> Whereabouts {
    let mut at = BTreeMap::new();
    for row in &plan.rows {
        for month in row.span.iter() {
            at.entry((row.resident, month)).or_insert(row.facility);
        }
    }
    at
}

/// All moves, by time and person: each month in which somebody is elsewhere is in exactly one.
pub fn moves<P: Copy + Ord>(before: &Whereabouts<P>, after: &Whereabouts<P>) -> Vec<Move<P>> {
    let placed: BTreeSet<(P, Month)> = before.keys().chain(after.keys()).copied().collect();
    let mut moves: Vec<Move<P>> = Vec::new();
    for at in placed {
        let (resident, month) = at;
        let (from, to) = (before.get(&at).copied(), after.get(&at).copied());
        if from == to {
            continue;
        }
        match moves.last_mut() {
            Some(last)
                if last.resident == resident
                    && last.span.end() == month
                    && (last.from, last.to) == (from, to) =>
            {
                last.span.months += 1;
            }
            _ => moves.push(Move { span: Span::new(month, 1), resident, from, to }),
        }
    }
    moves.sort();
    moves
}

/// All moves from one plan to another in the months that are decided.
pub fn moves_of_plans(scenario: &Scenario, before: &Plan, after: &Plan) -> Vec<Move> {
    let decided = |plan: &Plan| -> Whereabouts {
        let mut at = whereabouts(plan);
        at.retain(|(resident, month), _| scenario.decided(*resident).contains(*month));
        at
    };
    moves(&decided(before), &decided(after))
}

/// Residents whose course is another one: (resident, before, after). A plan whose rows name no course
/// for a resident says nothing of it.
pub fn course_changes(
    scenario: &Scenario,
    before: &Plan,
    after: &Plan,
) -> Vec<(ResidentIx, Option<CourseIx>, Option<CourseIx>)> {
    let (before, after) = (courses(before), courses(after));
    let of = |courses: &BTreeMap<ResidentIx, CourseIx>, resident| courses.get(&resident).copied();
    let changes = scenario.resident_ixs().map(|r| (r, of(&before, r), of(&after, r)));
    changes.filter(|(_, before, after)| before.is_some() && after.is_some() && before != after).collect()
}

/// The course that each resident's first row with one names.
fn courses(plan: &Plan) -> BTreeMap<ResidentIx, CourseIx> {
    let mut courses = BTreeMap::new();
    for row in &plan.rows {
        if let Some(course) = row.course {
            courses.entry(row.resident).or_insert(course);
        }
    }
    courses
}
