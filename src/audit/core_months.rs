//! `core-months`: enough months at the core (§7.1 \[16,25,30\]: 6).

use super::comprehensive_months::{find, is_core};
use super::presence::Presence;
use super::{Finding, Rule};

pub(super) fn check(presence: &Presence<'_>) -> Vec<Finding> {
    let required = presence.scenario.rules.core_months_min;
    find(presence, (Rule::CoreMonths, "audit-core-months"), required, is_core)
}
