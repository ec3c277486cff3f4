//! Too many residents at a time: what `supervisor-ratio`, `seats` and `section-seats` have in common.
//!
//! One finding per contiguous run of months of one academic year over the same limit, with the
//! highest number met in it and everybody who is part of it.

use std::collections::{BTreeMap, BTreeSet};

use super::presence::{last_month, place_name, runs};
use super::{Finding, Rule};
use crate::calendar::Month;
use crate::language::Message;
use crate::scenario::{Place, ResidentIx, Scenario};

/// The findings about months with more residents than the limit of the month.
///
/// `place`: where; `None` is the whole program. Months come in ascending order.
pub(super) fn over_limit<'a>(
    scenario: &Scenario,
    (rule, key): (Rule, &'static str),
    place: Option<Place>,
    present: impl IntoIterator<Item = (Month, &'a [ResidentIx])>,
    limit: impl Fn(Month) -> Option<u32>,
) -> Vec<Finding> {
    let crowded: BTreeMap<Month, (&[ResidentIx], u32)> = present
        .into_iter()
        .filter_map(|(month, residents)| {
            let limit = limit(month)?;
            (residents.len() > limit as usize).then_some((month, (residents, limit)))
        })
        .collect();
    let by_year =
        crowded.iter().map(|(month, (_, limit))| (*month, (scenario.calendar.year_of(*month), *limit)));
    let mut findings = Vec::new();
    for (span, (_, limit)) in runs(by_year) {
        let lists = || crowded.range(span.start..span.end()).map(|(_, (residents, _))| *residents);
        let most = lists().map(<[ResidentIx]>::len).max().unwrap_or(0);
        let everybody: BTreeSet<ResidentIx> = lists().flatten().copied().collect();
        let ids: Vec<&str> = everybody.iter().map(|ix| scenario.resident(*ix).id.as_str()).collect();
        let message = Message::new(key)
            .text("from", span.start)
            .text("to", last_month(span))
            .number("count", most as i64)
            .number("limit", i64::from(limit))
            .name("residents", ids.join("、"), ids.join(", "));
        let message = match place {
            Some(place) => place_name(scenario, message, "facility", place),
            None => message,
        };
        let facility = place.map(|place| place.facility);
        findings.push(
            Finding::error(rule, message).facility(facility).month(scenario, span.start).figures(most, limit),
        );
    }
    findings
}
