//! `stays.csv`: what stays at certain places are like.

use super::super::conditions::StayRule;
use super::super::selectors::Selectors;
use super::super::{bounds, code};
use super::{Context, Told, refuse_crossed, rows};
use crate::calendar::AcademicCalendar;
use crate::diagnostic::{Findings, Severity};
use crate::language::Message;
use crate::tables::catalogue;
use crate::tables::table::Row;
use crate::tables::text::Text;
use crate::tables::value::{self, normal};

/// Reads the table.
pub(super) fn read(
    text: Text,
    context: Context<'_>,
    selectors: &mut Selectors,
    findings: &mut Findings,
) -> Vec<Told<StayRule>> {
    rows(text, &catalogue::STAYS, findings, |row, findings| {
        let rule = rule(row, context, selectors, findings)?;
        Some(Told { row: rule, line: row.line(), place: row.cell("where").place() })
    })
}

fn rule(
    row: Row<'_>,
    context: Context<'_>,
    selectors: &mut Selectors,
    findings: &mut Findings,
) -> Option<StayRule> {
    let errors = findings.errors();
    let who = context.who(row, findings);
    let place = context.place(row, "where", selectors, findings);
    let number = |column, range, findings: &mut Findings| {
        row.cell(column).read_if_any(findings, |text| value::whole(text, range))
    };
    let months_min = number("months_min", bounds::STAY_MONTHS, findings);
    let months_max = number("months_max", bounds::STAY_MONTHS, findings);
    let step_months = number("step_months", bounds::STAY_MONTHS, findings);
    let gap_months = number("gap_months", bounds::AMOUNTS, findings);
    let visits_max = number("visits_max", bounds::STAY_MONTHS, findings);
    let mut starts = Vec::new();
    for (text, at) in row.cell("starts").list(|_| false) {
        match month_of_academic_year(text, context.program.calendar) {
            Ok(month) => starts.push(month),
            Err(message) => findings.error(at, message),
        }
    }
    starts.sort_unstable();
    starts.dedup();
    if findings.errors() > errors {
        return None;
    }
    let numbers = [months_min, months_max, step_months, gap_months, visits_max];
    if numbers.iter().all(Option::is_none) && starts.is_empty() {
        findings.error(row.cell("where").place(), Message::new(code::STAYS_NOTHING));
    }
    refuse_crossed(months_min, months_max, row.cell("months_min"), findings);
    judge_step(row, (months_min, months_max, step_months), findings);
    Some(StayRule {
        who: who?,
        place: place?,
        months_min,
        months_max,
        step_months,
        starts,
        gap_months,
        visits_max,
        clause: row.cell("clause").text().to_string(),
    })
}

/// A step that fits into no length that is allowed, or cuts off part of what is.
fn judge_step(
    row: Row<'_>,
    (min, max, step): (Option<u32>, Option<u32>, Option<u32>),
    findings: &mut Findings,
) {
    let Some(step) = step else { return };
    let least = min.unwrap_or(1).div_ceil(step) * step;
    let say = |code| Message::new(code).number("step", step.into());
    if max.is_some_and(|max| least > max) {
        findings.error(row.cell("step_months").place(), say(code::STAYS_STEP_FITS_NOWHERE));
        return;
    }
    for (column, months) in [("months_min", min), ("months_max", max)] {
        if let Some(months) = months.filter(|months| !months.is_multiple_of(step)) {
            let message = say(code::STAYS_STEP_DIVIDES_NOT).number("months", months.into());
            findings.push(Severity::Warning, row.cell(column).place(), message);
        }
    }
}

/// A month of the academic year, 1 being its first: by its number, or as a calendar month (`4月`, `Apr`).
fn month_of_academic_year(text: &str, calendar: AcademicCalendar) -> Result<u32, Message> {
    let plain = normal(text).to_lowercase();
    let calendar_month = match plain.strip_suffix('月') {
        Some(number) => Some(value::whole(number, bounds::MONTH_OF_YEAR)?),
        None => value::named_month(&plain),
    };
    match calendar_month {
        Some(month) => Ok((month + 12 - calendar.starts_in_month) % 12 + 1),
        None => value::whole(&plain, bounds::MONTH_OF_YEAR),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_counted_or_named() {
        let april = AcademicCalendar { starts_in_month: 4 };
        for (text, month) in
            [("1", 1), ("１０", 10), ("4月", 1), ("3月", 12), ("Apr", 1), ("January", 10), ("may", 2)]
        {
            assert_eq!(month_of_academic_year(text, april), Ok(month), "{text}");
        }
        for text in ["0", "13", "13月", "ma", "月", "Aprl"] {
            assert!(month_of_academic_year(text, april).is_err(), "{text}");
        }
    }
}
