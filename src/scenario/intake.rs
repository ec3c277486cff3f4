//! The intake of each year: the rows of `residents.csv` and the anonymous rest.
//!
//! Whoever enters is either a row or one of the anonymous residents `Y2019-01`, `Y2019-02`, … that
//! fill the year's intake; no spreadsheet takes that for a date. Anonymous residents have no wishes and no past; `[course_mix]` may fix
//! their courses.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Findings, Place, Severity};
use crate::language::Message;

use super::model::{CourseIx, Resident};
use super::program::Program;
use super::residents::{Entrant, Rows};
use super::{bounds, code};

/// The intake per year from `first_year` on, and all residents: by entry year, within a year the
/// rows in their order, then the anonymous.
pub(crate) fn assemble(
    rows: Rows,
    program: &Program,
    findings: &mut Findings,
) -> (BTreeMap<i32, u32>, Vec<Entrant>) {
    let Rows { entrants, incomplete, .. } = rows;
    // Counting says nothing about an intake of which a line or a row is missing.
    let incomplete = incomplete || !program.intake_complete;
    let mut rows_of: BTreeMap<i32, u32> = BTreeMap::new();
    for entrant in &entrants {
        *rows_of.entry(entrant.resident.entry_year).or_default() += 1;
    }
    let mut intake = rows_of.clone();
    for line in &program.intake {
        let rows = rows_of.get(&line.year).copied().unwrap_or(0);
        let residents = i64::from(line.residents);
        if line.residents < rows {
            let message = Message::new(code::INTAKE_BELOW_ROWS)
                .text("year", line.year)
                .number("residents", residents)
                .number("rows", rows.into());
            findings.error(line.place.clone(), message);
        } else if line.residents > rows && program.first_year.is_some_and(|first| line.year < first) {
            let message = Message::new(code::INTAKE_WITHOUT_HISTORY)
                .text("year", line.year)
                .number("residents", residents)
                .number("rows", rows.into());
            if !incomplete {
                findings.error(line.place.clone(), message);
            }
        } else {
            intake.insert(line.year, line.residents);
        }
    }
    let total: u64 = intake.values().map(|residents| u64::from(*residents)).sum();
    if total > bounds::RESIDENTS_MAX as u64 {
        let place = program.intake.first().map(|line| line.place.clone());
        let place = place.or_else(|| entrants.first().map(|entrant| entrant.place.clone()));
        let message = Message::new(code::TOO_MANY_RESIDENTS)
            .number("residents", i64::try_from(total).unwrap_or(i64::MAX))
            .number("limit", bounds::RESIDENTS_MAX as i64);
        findings.error(place.unwrap_or_default(), message);
        // The anonymous stay out of the reading, and nobody can name them.
        return (BTreeMap::new(), entrants);
    }
    if total == 0 && !findings.has_errors() {
        let place = Place { file: super::PROGRAM.to_string(), ..Place::default() };
        findings.push(Severity::Warning, place, Message::new(code::NO_RESIDENTS));
    }
    let mut residents = entrants;
    fill_with_anonymous(&mut residents, &intake, &rows_of, program);
    // The sort is stable: rows keep their order, and the anonymous were added behind them.
    residents.sort_by_key(|entrant| entrant.resident.entry_year);
    if let Some(first_year) = program.first_year {
        intake.retain(|year, _| *year >= first_year);
    }
    (intake, residents)
}

fn fill_with_anonymous(
    residents: &mut Vec<Entrant>,
    intake: &BTreeMap<i32, u32>,
    rows_of: &BTreeMap<i32, u32>,
    program: &Program,
) {
    let taken: BTreeSet<String> = residents.iter().map(|entrant| entrant.resident.id.clone()).collect();
    for (year, total) in intake {
        let rows = rows_of.get(year).copied().unwrap_or(0);
        let count = total.saturating_sub(rows) as usize;
        // An id that a row already has is skipped, so rows Y2019-01 and Y2019-02 are followed by Y2019-03.
        let ids = (1u32..).map(|number| anonymous_id(*year, number)).filter(|id| !taken.contains(id));
        let place = program.intake.iter().find(|line| line.year == *year).map(|line| line.place.clone());
        let place = place.unwrap_or_default();
        let courses = apportion(&program.course_mix, count);
        for (number, id) in ids.take(count).enumerate() {
            let resident = Resident {
                anonymous: true,
                course: courses.get(number).copied(),
                ..Resident::entering(id, *year, program.calendar.start_of(*year))
            };
            residents.push(Entrant { resident, place: place.clone(), entry_place: place.clone() });
        }
    }
}

/// What the anonymous resident of a number is called.
pub(super) fn anonymous_id(year: i32, number: u32) -> String {
    format!("Y{year}-{number:02}")
}

/// Shares `count` residents among the courses by weight: largest remainder, of equal remainders
/// the earlier course. In the order of the courses; empty without weights.
fn apportion(mix: &[(CourseIx, u32)], count: usize) -> Vec<CourseIx> {
    let total: u64 = mix.iter().map(|(_, weight)| u64::from(*weight)).sum();
    if total == 0 {
        return Vec::new();
    }
    let exact = |weight: u32| u64::from(weight) * count as u64;
    let mut shares: Vec<(CourseIx, u64)> =
        mix.iter().map(|(course, weight)| (*course, exact(*weight) / total)).collect();
    let given: u64 = shares.iter().map(|(_, share)| share).sum();
    let mut by_remainder: Vec<usize> = (0..mix.len()).collect();
    by_remainder.sort_by_key(|position| std::cmp::Reverse(exact(mix[*position].1) % total));
    for position in by_remainder.into_iter().take((count as u64 - given) as usize) {
        shares[position].1 += 1;
    }
    shares.into_iter().flat_map(|(course, share)| std::iter::repeat_n(course, share as usize)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shares(weights: &[u32], count: usize) -> Vec<usize> {
        let mix: Vec<_> = weights.iter().enumerate().map(|(ix, weight)| (CourseIx(ix), *weight)).collect();
        let courses = apportion(&mix, count);
        (0..weights.len()).map(|ix| courses.iter().filter(|course| course.0 == ix).count()).collect()
    }

    #[test]
    fn courses_are_shared_by_largest_remainder() {
        assert_eq!(shares(&[4, 3, 3, 1, 1], 12), [4, 3, 3, 1, 1]);
        assert_eq!(shares(&[1, 1, 1], 4), [2, 1, 1], "of equal remainders the earlier course");
        assert_eq!(shares(&[41, 35, 24], 10), [4, 4, 2]);
        assert_eq!(shares(&[0, 1], 3), [0, 3]);
        assert_eq!(shares(&[], 3), [0; 0]);
    }

    proptest! {
        #[test]
        fn everybody_gets_a_course_near_the_exact_share(
            weights in proptest::collection::vec(0u32..1000, 1..6),
            count in 0usize..500,
        ) {
            prop_assume!(weights.iter().any(|weight| *weight > 0));
            let total: u64 = weights.iter().map(|weight| u64::from(*weight)).sum();
            let shares = shares(&weights, count);
            prop_assert_eq!(shares.iter().sum::<usize>(), count);
            for (share, weight) in shares.iter().zip(&weights) {
                let exact = u64::from(*weight) * count as u64;
                prop_assert!((*share as u64 * total).abs_diff(exact) < total);
            }
        }
    }
}
