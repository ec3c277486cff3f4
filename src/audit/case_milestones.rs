//! Cases that are due by the end of a training year (`by_year`): a warning about whoever cannot have them by then,
//! even with everything that the facilities visited until then offer.
//!
//! What was done before the first decided year counts as logged, and what courses may replace is counted in full.
//! A year of which nothing is decided any more is past.

use super::case_figures::{case_logged, case_supplement, months_until, most, offer};
use super::presence::{Career, about};
use super::{Finding, Rule};
use crate::diagnostic::Severity;
use crate::scenario::{CaseIx, ResidentIx, Scenario};

pub(super) fn missed(scenario: &Scenario, case: CaseIx, career: &Career) -> Option<(ResidentIx, Finding)> {
    if career.calendar.resigned {
        return None;
    }
    let resident = career.resident;
    let had = case_logged(scenario, case, resident) + case_supplement(scenario, case, resident);
    let decided = || career.calendar.months.iter().filter(|month| career.decided.contains(month.month));
    let dues = (1_u32..).zip(&scenario.case(case).by_year);
    let open = dues.filter(|(year, _)| decided().any(|month| career.calendar.year(month) == Some(*year)));
    let short = |(year, due): (u32, &u32)| {
        let sites = months_until(scenario, career, case, year);
        let can = sites.iter().map(|(site, months)| most(offer(scenario, case, *site).unwrap_or(0), *months));
        let can = can.fold(u64::from(had), u64::saturating_add);
        (can < u64::from(*due)).then_some((year, *due, can))
    };
    let (year, due, can) = open.filter_map(short).next()?;
    let message = about(scenario, "audit-case-milestone", resident)
        .text("case", &scenario.case(case).name)
        .number("year", i64::from(year))
        .number("due", i64::from(due))
        .number("got", i64::try_from(can).unwrap_or(i64::MAX));
    let finding = Finding::new(Rule::CaseVolume, Severity::Warning, message);
    Some((resident, finding.resident(resident).figures(can, due)))
}
