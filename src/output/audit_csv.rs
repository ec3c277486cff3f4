//! `audit.csv`: every finding of the judge, a row each, in the judge's order.

use super::csv_cells::{Cell, Sheet};
use crate::audit::Finding;
use crate::language::Catalogue;
use crate::scenario::Scenario;

const HEADER: [&str; 10] = [
    "rule",
    "clause",
    "severity",
    "resident",
    "facility",
    "academic_year",
    "month",
    "measured",
    "required",
    "message",
];

pub fn csv(scenario: &Scenario, findings: &[Finding], catalogue: &Catalogue) -> Vec<u8> {
    let mut sheet = Sheet::new(&HEADER);
    for finding in findings {
        sheet.row(&[
            Cell::text(finding.rule.id()),
            Cell::text(finding.rule.clause()),
            Cell::text(finding.severity.id()),
            finding.resident.map_or(Cell::empty(), |ix| Cell::text(&scenario.resident(ix).id)),
            finding.facility.map_or(Cell::empty(), |ix| Cell::text(&scenario.facility(ix).id)),
            finding.academic_year.map_or(Cell::empty(), Cell::number),
            finding.month.map_or(Cell::empty(), Cell::text),
            Cell::figure(&finding.measured),
            Cell::figure(&finding.required),
            Cell::text(catalogue.say(&finding.message)),
        ]);
    }
    sheet.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;
    use crate::language::{Language, Message};
    use crate::output::sample;
    use crate::regulation::Rule;
    use crate::scenario::ResidentIx;

    #[test]
    fn who_where_when_and_how_much() {
        let scenario = sample::scenario();
        let finding = Finding {
            rule: Rule::CoreMonths,
            severity: Severity::Error,
            resident: Some(ResidentIx(1)),
            facility: Some(sample::CORE),
            academic_year: Some(2019),
            month: Some(scenario.start()),
            measured: "-4".to_string(),
            required: "=6".to_string(),
            message: Message::new("no-such-entry"),
        };
        let text = String::from_utf8(csv(&scenario, &[finding], &Catalogue::new(Language::En))).unwrap();
        assert_eq!(
            text.lines().nth(1).unwrap(),
            "core-months,\"§7.1 [16,25,30]\",error,2019-01,keio,2019,2019-04,-4,'=6,no-such-entry"
        );
    }
}
