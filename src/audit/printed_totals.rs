//! `printed-totals`: the totals that a document prints are the sums of its rows (§2.3 \[31\]).
//!
//! A difference is a warning, not a violation: the document is wrong, not the program. Compared with
//! the rows as they stand at the start of `first_year`.

use super::presence::facility_names;
use super::totals::{Total, plain};
use super::{Figure, Finding, Rule};
use crate::diagnostic::Severity;
use crate::language::Message;
use crate::scenario::Scenario;

pub(super) fn check(scenario: &Scenario) -> Vec<Finding> {
    let month = scenario.start();
    let volumes = (0..scenario.volumes.len()).filter_map(|volume| Total::volume(scenario, volume, month));
    std::iter::once(Total::supervisors(scenario, month))
        .chain(volumes)
        .filter_map(|total| compare(scenario, &total))
        .collect()
}

fn compare(scenario: &Scenario, total: &Total<'_>) -> Option<Finding> {
    let printed = total.printed?;
    let Some(rows) = total.rows else {
        let message = Message::new("audit-printed-totals-not-assessed").text("column", total.name);
        let message = facility_names(scenario, message, "facilities", total.lacking.iter().copied());
        return Some(
            Finding::new(Rule::PrintedTotals, Severity::Note, message).figures(plain(printed), Figure::None),
        );
    };
    if printed == rows {
        return None;
    }
    let difference = printed.saturating_sub(rows);
    let sign = if difference.is_sign_positive() { "+" } else { "" };
    let message = Message::new("audit-printed-totals")
        .text("column", total.name)
        .text("printed", plain(printed))
        .text("rows", plain(rows))
        .text("difference", format!("{sign}{}", plain(difference)));
    Some(Finding::new(Rule::PrintedTotals, Severity::Warning, message).figures(plain(printed), plain(rows)))
}
