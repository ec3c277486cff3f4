//! `lock`: a resident is where a lock of the director demands, and not where one forbids.
//!
//! A month without a row does not break a `must` lock: it is `whole-career`'s finding and may still
//! be filled as the lock demands; a free month breaks it. In a month of leave without a seat a lock says nothing. One finding
//! per lock.

use super::presence::{Career, Presence, Spot, about, place_name};
use super::{Finding, Rule};
use crate::calendar::Month;
use crate::scenario::{Lock, LockKind, Place, SectionIx};

pub(super) fn check(presence: &Presence<'_>) -> Vec<Finding> {
    let scenario = presence.scenario;
    let mut findings = Vec::new();
    for career in &presence.careers {
        for lock in &scenario.resident(career.resident).locks {
            let seats = || career.spots().filter(|(month, _)| month.has_seat);
            let due =
                || seats().map(|(month, _)| month.month).filter(|month| career.decided.contains(*month));
            let span = || due().filter(|month| lock.stay.span.contains(*month));
            let broken: Vec<Month> = span().filter(|month| breaks(career, lock, *month)).collect();
            let Some(first) = broken.first() else { continue };
            let key = match lock.kind {
                LockKind::Must => "audit-lock-must",
                LockKind::MustNot => "audit-lock-must-not",
            };
            let message = about(scenario, key, career.resident)
                .text("from", first)
                .number("months", broken.len() as i64);
            let message = place_name(scenario, message, "facility", lock.stay.place());
            let there = span().filter(|month| is_there(career, lock, *month) == Some(true));
            findings.push(
                Finding::error(Rule::Lock, message)
                    .resident(career.resident)
                    .facility(Some(lock.stay.facility))
                    .month(scenario, *first)
                    .figures(there.count(), if lock.kind == LockKind::Must { span().count() } else { 0 }),
            );
        }
    }
    findings
}

fn breaks(career: &Career, lock: &Lock, month: Month) -> bool {
    match lock.kind {
        LockKind::Must if career.spot(month) == Spot::Free => true,
        LockKind::Must => is_there(career, lock, month) == Some(false) && !career.claims(month).is_empty(),
        LockKind::MustNot => is_there(career, lock, month) == Some(true),
    }
}

/// Whether a row has the resident at the lock's place; `None` if only the section is open.
fn is_there(career: &Career, lock: &Lock, month: Month) -> Option<bool> {
    let here = |place: &&Place| place.facility == lock.stay.facility;
    let mut places = career.claimed_places(month).iter().filter(here).peekable();
    if places.peek().is_none() || lock.stay.section.is_none() {
        return Some(places.peek().is_some());
    }
    let sections: Vec<Option<SectionIx>> = places.map(|place| place.section).collect();
    match sections.contains(&lock.stay.section) {
        true => Some(true),
        false if sections.contains(&None) => None,
        false => Some(false),
    }
}
