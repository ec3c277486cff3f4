//! `requirements.csv`: what a career has to hold, or should.

use super::super::conditions::{Count, Requirement, Window};
use super::super::selectors::Selectors;
use super::super::{bounds, code};
use super::{Context, Told, force, id, name, refuse_crossed, rows};
use crate::diagnostic::Findings;
use crate::language::Message;
use crate::tables::catalogue;
use crate::tables::table::Row;
use crate::tables::text::Text;
use crate::tables::value::{self, Names, normal};

/// Reads the table.
pub(super) fn read(
    text: Text,
    context: Context<'_>,
    selectors: &mut Selectors,
    findings: &mut Findings,
) -> Vec<Told<Requirement>> {
    let mut seen = Names::default();
    rows(text, &catalogue::REQUIREMENTS, findings, |row, findings| {
        let id = id(row, &mut seen, findings);
        let (id, requirement) = id.zip(requirement(row, context, selectors, findings))?;
        let requirement = Requirement { name: name(row, &id), id, ..requirement };
        Some(Told { row: requirement, line: row.line(), place: row.cell("id").place() })
    })
}

/// Everything of the row but its names.
fn requirement(
    row: Row<'_>,
    context: Context<'_>,
    selectors: &mut Selectors,
    findings: &mut Findings,
) -> Option<Requirement> {
    let errors = findings.errors();
    let who = context.who(row, findings);
    let place = context.place(row, "where", selectors, findings);
    let when = row.cell("when").read_if_any(findings, window).unwrap_or_default();
    let count = row.cell("count");
    let count = count.read_if_any(findings, |text| value::word(text, &Count::ALL, Count::id));
    let count = count.unwrap_or(Count::Months);
    let amount = |column, findings: &mut Findings| {
        row.cell(column).read_if_any(findings, |text| value::whole(text, bounds::AMOUNTS))
    };
    let (min, max) = (amount("min", findings), amount("max", findings));
    let of = row.cell("of_months");
    let of_months = of.read_if_any(findings, |text| value::whole(text, bounds::STAY_MONTHS));
    let force = force(row, findings);
    if findings.errors() > errors {
        return None;
    }
    if min.is_none() && max.is_none() {
        findings.error(row.cell("min").place(), Message::new(code::REQUIREMENT_UNBOUNDED));
    }
    refuse_crossed(min, max, row.cell("min"), findings);
    if let Some(months) = of_months {
        match min {
            Some(min) if count == Count::Months && min <= months => {}
            _ => {
                let message = Message::new(code::REQUIREMENT_OF_MONTHS).number("months", months.into());
                findings.error(of.place(), message);
            }
        }
    }
    Some(Requirement {
        id: String::new(),
        name: String::new(),
        who: who?,
        place: place?,
        when,
        count,
        min,
        max,
        of_months,
        force: force?,
        clause: row.cell("clause").text().to_string(),
    })
}

/// `year1`, `year1-2`, `first24`, `last12`; also as a table in Japanese has it: `1年次`, `1-2年次`, `最初24`,
/// `最後12`.
pub(super) fn window(text: &str) -> Result<Window, Message> {
    let plain = normal(text).to_lowercase().replace(['~', '〜'], "-");
    let malformed = || Message::new(code::WINDOW_MALFORMED).text("text", text);
    let number = |text: &str, range| value::whole(text.trim(), range).map_err(|_| malformed());
    let months = |text: &str| {
        let plain = text.trim_start_matches('の').trim_end_matches("か月").trim_end_matches("ヶ月");
        number(plain, bounds::STAY_MONTHS)
    };
    let years = plain.strip_prefix("year").or_else(|| plain.strip_suffix("年次"));
    if let Some(years) = years {
        let (first, last) = years.split_once('-').unwrap_or((years, years));
        let first = number(first.trim_end_matches("年次"), bounds::TRAINING_YEARS)?;
        let last = number(last.trim_start_matches("year"), bounds::TRAINING_YEARS)?;
        return if first <= last { Ok(Window::Years { first, last }) } else { Err(malformed()) };
    }
    if let Some(first) = plain.strip_prefix("first").or_else(|| plain.strip_prefix("最初")) {
        return months(first).map(Window::First);
    }
    if let Some(last) = plain.strip_prefix("last").or_else(|| plain.strip_prefix("最後")) {
        return months(last).map(Window::Last);
    }
    Err(malformed())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_read_in_both_languages() {
        for (text, expected) in [
            ("year1", Window::Years { first: 1, last: 1 }),
            ("Year1-2", Window::Years { first: 1, last: 2 }),
            ("１年次", Window::Years { first: 1, last: 1 }),
            ("2〜3年次", Window::Years { first: 2, last: 3 }),
            ("first24", Window::First(24)),
            ("最初の24か月", Window::First(24)),
            ("last 12", Window::Last(12)),
            ("最後12", Window::Last(12)),
        ] {
            assert_eq!(window(text), Ok(expected), "{text}");
        }
        for text in ["year", "year0", "year2-1", "first", "first0", "last999", "middle12", "year1-2-3"] {
            assert_eq!(window(text).map_err(|message| message.key), Err(code::WINDOW_MALFORMED), "{text}");
        }
    }
}
