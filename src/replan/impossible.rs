//! Rows of a base plan that cannot stay as they are, each with the reason.
//!
//! Some are impossible by themselves: no seats, a lock, no career of the resident that has them. Others
//! only together: more residents at a facility than it now holds. Such rows are not taken back from
//! anybody here; the goal `stability` decides who moves. They are told so that nobody is surprised.

use crate::audit;
use crate::calendar::{Month, Span};
use crate::itineraries::Itineraries;
use crate::language::Message;
use crate::plan::Plan;
use crate::scenario::{FacilityIx, LockKind, ResidentIx, Role, Scenario, Stay};

/// A row of a base plan that cannot stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Impossible {
    /// Position in the base plan.
    pub row: usize,
    pub reason: Message,
}

/// All rows that cannot stay, in the plan's order; `itineraries` where the careers could be listed.
pub fn impossible(scenario: &Scenario, base: &Plan, itineraries: Option<&Itineraries>) -> Vec<Impossible> {
    let found = base.rows.iter().enumerate().filter_map(|(row, placement)| {
        let stay = Stay { facility: placement.facility, span: placement.span };
        let by_itself = alone(scenario, placement.resident, stay, itineraries);
        let reason = by_itself.or_else(|| together(scenario, base, placement.resident, stay))?;
        Some(Impossible { row, reason })
    });
    found.collect()
}

/// Why a resident cannot be at a facility in these months, whatever becomes of everybody else.
pub fn alone(
    scenario: &Scenario,
    resident: ResidentIx,
    stay: Stay,
    itineraries: Option<&Itineraries>,
) -> Option<Message> {
    let say = |key| with_stay(Message::new(key), scenario, resident, stay);
    if scenario.facility(stay.facility).role == Role::Associated {
        return Some(say("base-associated"));
    }
    let service = scenario.service(resident);
    let away = |month| Some((month, service.at(month).filter(|this| !this.seat)?.leave?));
    if let Some((month, kind)) = stay.span.iter().find_map(away) {
        let last = stay.span.iter().rev().find_map(away).map_or(month, |(last, _)| last);
        let message = say("base-leave").text("month", month).text("last", last);
        return Some(message.message("leave", Message::new(kind.key())));
    }
    let closed = |month: &Month| audit::seat_limit(scenario, stay.facility, *month) == Some(0);
    if let Some(month) = stay.span.iter().find(closed) {
        return Some(say("base-no-seats").text("month", month));
    }
    let locks = scenario.resident(resident).locks.iter();
    let against = locks.filter(|lock| (lock.kind == LockKind::Must) != (lock.stay.facility == stay.facility));
    if let Some(month) =
        against.map(|lock| lock.stay.span.intersection(stay.span)).find(|both| !both.is_empty())
    {
        return Some(say("base-lock").text("month", month.start));
    }
    let itineraries = itineraries?;
    let (set, own) = (
        itineraries.sets.get(*itineraries.set_of.get(resident.0)?)?,
        itineraries.careers_of.get(resident.0)?,
    );
    // What lies beyond the training is nobody's.
    let asked = stay.span.iter().filter(|month| service.has_seat(*month)).count() as u32;
    // Without any career nothing is possible, and that is told elsewhere.
    let has_it = |career: &u32| {
        let stays = set.stays_of(*career as usize).iter().filter_map(|&at| set.stays.get(at as usize));
        let there = stays.filter(|other| other.facility == stay.facility);
        there.map(|other| other.span.intersection(stay.span).months).sum::<u32>() == asked
    };
    (!own.is_empty() && !own.iter().any(has_it)).then(|| say("base-no-career"))
}

/// Why not everybody whom the plan has at a facility can be there.
fn together(scenario: &Scenario, base: &Plan, resident: ResidentIx, stay: Stay) -> Option<Message> {
    let present = |month: Month| {
        let there = base.rows.iter().filter(|row| row.facility == stay.facility && row.span.contains(month));
        there.count() as i64
    };
    let over = |month: &Month| {
        let seats = i64::from(audit::seat_limit(scenario, stay.facility, *month)?);
        let present = present(*month);
        (present > seats).then_some((*month, present, seats))
    };
    let (month, present, seats) = stay.span.iter().find_map(|month| over(&month))?;
    let message = with_stay(Message::new("base-full"), scenario, resident, stay);
    Some(message.text("month", month).number("present", present).number("seats", seats))
}

/// Adds who, where and when.
pub fn with_stay(message: Message, scenario: &Scenario, resident: ResidentIx, stay: Stay) -> Message {
    let Stay { facility, span } = stay;
    with_facility(message.text("resident", &scenario.resident(resident).id), scenario, facility, span)
}

fn with_facility(message: Message, scenario: &Scenario, facility: FacilityIx, span: Span) -> Message {
    let facility = scenario.facility(facility);
    let message = message.name("facility", &facility.name, &facility.name_en);
    message.text("from", span.start).text("until", span.end().minus(1))
}
