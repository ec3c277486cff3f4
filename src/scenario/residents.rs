//! `residents.csv` and the anonymous rest of each year's intake.
//!
//! Whoever enters is either a row or one of the anonymous residents `2019-01`, `2019-02`, … that
//! fill the year's intake. Anonymous residents have no wishes and no past; `[course_mix]` may fix
//! their courses.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Findings, Place, Severity};
use crate::language::Message;

use super::facilities::Facilities;
use super::model::{CourseIx, FacilityIx, Resident, Role};
use super::program::Program;
use super::table::{Cell, Columns, Row, Table};
use super::text::Text;
use super::value::{self, Names};
use super::{bounds, code};

const REQUIRED: [&str; 2] = ["id", "entry_year"];
const OPTIONAL: [&str; 5] = ["name", "course", "course_wishes", "facility_wishes", "graduate_school_from"];

/// A resident and where the row's id stands, for findings about the resident.
pub(crate) struct Entrant {
    pub resident: Resident,
    pub place: Place,
}

/// What could be read of `residents.csv`.
#[derive(Default)]
pub(crate) struct Rows {
    /// In the order of the table.
    pub entrants: Vec<Entrant>,
    /// Rows of which the id is known, but not the year of entry.
    pub yearless: Vec<String>,
    /// A row is missing from `entrants`: their number says nothing about an intake.
    pub incomplete: bool,
}

/// Reads the rows; `None` if the table has no readable ones.
pub(crate) fn read(
    text: Text,
    program: &Program,
    facilities: &Facilities,
    findings: &mut Findings,
) -> Option<Rows> {
    let columns = Columns { required: &REQUIRED, optional: &OPTIONAL, declared: &[] };
    let table = Table::read(text, &columns, findings)?;
    let mut rows = Rows::default();
    let mut ids = BTreeSet::new();
    table.each_row(findings, |row, findings| {
        let resident = resident(row, program, facilities, findings);
        let Some(id) = row.cell("id").read(findings, value::id) else {
            rows.incomplete = true;
            return;
        };
        let place = row.cell("id").place();
        if !ids.insert(id.clone()) {
            findings.error(place, Message::new(code::DUPLICATE_ID).text("text", &id));
            rows.incomplete = true;
            return;
        }
        let Some(resident) = resident else {
            rows.yearless.push(id);
            rows.incomplete = true;
            return;
        };
        let name = if resident.name.is_empty() { id.clone() } else { resident.name.clone() };
        rows.entrants.push(Entrant { resident: Resident { id, name, ..resident }, place });
    });
    Some(rows)
}

/// Everything of the row but the id; `None` without a usable entry year.
fn resident(
    row: Row<'_>,
    program: &Program,
    facilities: &Facilities,
    findings: &mut Findings,
) -> Option<Resident> {
    let entry_year = row.cell("entry_year").read(findings, value::year);
    let course = row.cell("course");
    let course = (!course.is_empty())
        .then(|| course.find(findings, &program.course_names, code::UNKNOWN_COURSE))
        .flatten();
    let course_wishes =
        wishes(row.cell("course_wishes"), &program.course_names, code::UNKNOWN_COURSE, findings);
    let facility_wishes = facility_wishes(row.cell("facility_wishes"), facilities, findings);
    let years = program.training_months.unwrap_or(*bounds::TRAINING_MONTHS.end()).div_ceil(12);
    let graduate_school_from =
        row.cell("graduate_school_from").read_if_any(findings, |text| value::whole(text, 1..=years));
    let entry_year = entry_year?;
    refuse_if_over(row.cell("entry_year"), entry_year, program, findings);
    Some(Resident {
        id: String::new(),
        name: row.cell("name").text().to_string(),
        anonymous: false,
        entry_year,
        course: course.map(CourseIx),
        course_wishes: course_wishes.into_iter().map(|(course, _)| CourseIx(course)).collect(),
        facility_wishes,
        graduate_school_from,
        history: Vec::new(),
        locks: Vec::new(),
    })
}

/// A list of different known names, each with its place.
fn wishes(
    cell: Cell<'_>,
    names: &Names,
    unknown: &'static str,
    findings: &mut Findings,
) -> Vec<(usize, Place)> {
    let mut wishes: Vec<(usize, Place)> = Vec::new();
    for (text, place) in cell.list() {
        match names.find(text, unknown) {
            Ok(wish) if wishes.iter().any(|(earlier, _)| *earlier == wish) => {
                findings.error(place, Message::new(code::WISH_DUPLICATE).text("text", text));
            }
            Ok(wish) => wishes.push((wish, place)),
            Err(Some(message)) => findings.error(place, message),
            Err(None) => {}
        }
    }
    wishes
}

/// Only affiliates can be wished for: the months at the core come with the course.
fn facility_wishes(cell: Cell<'_>, facilities: &Facilities, findings: &mut Findings) -> Vec<FacilityIx> {
    let mut affiliates = Vec::new();
    for (wish, place) in wishes(cell, &facilities.names, code::UNKNOWN_FACILITY, findings) {
        match facilities.list.get(wish) {
            Some(facility) if facility.role == Role::Affiliate => affiliates.push(FacilityIx(wish)),
            Some(facility) => {
                let message = Message::new(code::WISH_NOT_AFFILIATE)
                    .text("text", &facility.id)
                    .message("role", Message::new(role_key(facility.role)));
                findings.error(place, message);
            }
            None => {}
        }
    }
    affiliates
}

fn role_key(role: Role) -> &'static str {
    match role {
        Role::Core => "role-core",
        Role::Affiliate => "role-affiliate",
        Role::Associated => "role-associated",
    }
}

/// Nothing is left to decide about someone whose training ended before the first decided month.
fn refuse_if_over(cell: Cell<'_>, entry_year: i32, program: &Program, findings: &mut Findings) {
    let (Some(first_year), Some(months)) = (program.first_year, program.training_months) else { return };
    let end = program.calendar.start_of(entry_year).plus(months);
    if end <= program.calendar.start_of(first_year) {
        let message = Message::new(code::TRAINING_OVER)
            .text("text", entry_year)
            .text("end", end.minus(1))
            .text("first_year", first_year);
        findings.error(cell.place(), message);
    }
}

/// The intake per year from `first_year` on, and all residents: by entry year, within a year the
/// rows in their order, then the anonymous.
pub(crate) fn assemble(
    rows: Rows,
    program: &Program,
    findings: &mut Findings,
) -> (BTreeMap<i32, u32>, Vec<Entrant>) {
    let Rows { entrants, incomplete, .. } = rows;
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
        // An id that a row already has is skipped, so rows 2019-01 and 2019-02 are followed by 2019-03.
        let ids = (1u32..).map(|number| format!("{year}-{number:02}")).filter(|id| !taken.contains(id));
        let place = program.intake.iter().find(|line| line.year == *year).map(|line| line.place.clone());
        let place = place.unwrap_or_default();
        let courses = apportion(&program.course_mix, count);
        for (number, id) in ids.take(count).enumerate() {
            let resident = Resident {
                name: id.clone(),
                id,
                anonymous: true,
                entry_year: *year,
                course: courses.get(number).copied(),
                course_wishes: Vec::new(),
                facility_wishes: Vec::new(),
                graduate_school_from: None,
                history: Vec::new(),
                locks: Vec::new(),
            };
            residents.push(Entrant { resident, place: place.clone() });
        }
    }
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
