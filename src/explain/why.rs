//! Why a resident is where they are: what they wished for more, and what each of it would cost.

use super::asker::Asker;
use super::why_not::{AtHand, WhyNot, Wish, why_not};
use crate::calendar::{Month, Span};
use crate::diff::whereabouts;
use crate::plan::Plan;
use crate::scenario::{FacilityIx, Place, ResidentIx, Role, Scenario};

/// A wish that the plan does not grant, and why not.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative {
    pub wish: Wish,
    /// Place among the wishes, from 1.
    pub place: usize,
    pub answer: WhyNot,
}

/// Each course and each facility that the resident wished for more than what they have, in their order:
/// a facility for each stay at another affiliate, year by year.
pub fn better_wishes(scenario: &Scenario, plan: &Plan, resident: ResidentIx) -> Vec<(usize, Wish)> {
    let person = scenario.resident(resident);
    let mut wishes = Vec::new();
    let course = plan.course_of(resident);
    let better = person.course_wishes.iter().take_while(|wish| Some(**wish) != course);
    // Without a course in the plan nothing can be said to be better.
    if course.is_some() {
        wishes.extend((1..).zip(better).map(|(place, &wish)| (place, Wish::Course(wish))));
    }
    let at = whereabouts(plan);
    for (_, year) in scenario.calendar.split(scenario.decided(resident)) {
        for (facility, span) in stays(year, |month| at.get(&(resident, month)).copied()) {
            if scenario.facility(facility).role != Role::Affiliate {
                continue;
            }
            let better = person.facility_wishes.iter().take_while(|wish| **wish != facility);
            let at = |facility| Wish::At { place: Place { facility, section: None }, span };
            wishes.extend((1..).zip(better).map(|(place, &facility)| (place, at(facility))));
        }
    }
    wishes
}

/// Contiguous months at one facility.
fn stays(span: Span, at: impl Fn(Month) -> Option<FacilityIx>) -> Vec<(FacilityIx, Span)> {
    let mut stays: Vec<(FacilityIx, Span)> = Vec::new();
    for month in span.iter() {
        let Some(facility) = at(month) else { continue };
        match stays.last_mut() {
            Some((last, span)) if *last == facility && span.end() == month => span.months += 1,
            _ => stays.push((facility, Span::new(month, 1))),
        }
    }
    stays
}

/// Answers each of the better wishes.
pub fn why(
    scenario: &Scenario,
    at_hand: AtHand<'_>,
    resident: ResidentIx,
    asker: &mut Asker<'_>,
) -> Vec<Alternative> {
    let wishes = better_wishes(scenario, at_hand.plan, resident).into_iter();
    let answered = wishes.map(|(place, wish)| Alternative {
        wish,
        place,
        answer: why_not(scenario, at_hand, resident, wish, asker),
    });
    answered.collect()
}
