//! `lock`: a resident is where a lock of the director demands, and not where one forbids.
//!
//! A month without a row does not break a `must` lock: it is `whole-career`'s finding and may still
//! be filled as the lock demands. In a month of leave without a seat a lock says nothing. One finding
//! per lock.

use super::presence::{Career, Presence, about, facility_names};
use super::{Finding, Rule};
use crate::calendar::Month;
use crate::scenario::{Lock, LockKind};

pub(super) fn check(presence: &Presence<'_>) -> Vec<Finding> {
    let scenario = presence.scenario;
    let mut findings = Vec::new();
    for career in &presence.careers {
        for lock in &scenario.resident(career.resident).locks {
            let due = || career.due().map(|(month, _)| month.month);
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
            let message = facility_names(scenario, message, "facility", [lock.stay.facility]);
            let there = span().filter(|month| career.claims(*month).contains(&lock.stay.facility));
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
    let claims = career.claims(month);
    let there = claims.contains(&lock.stay.facility);
    match lock.kind {
        LockKind::Must => !there && !claims.is_empty(),
        LockKind::MustNot => there,
    }
}
