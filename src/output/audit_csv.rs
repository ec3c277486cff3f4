//! `audit.csv`: every finding of the judge, a row each, in the judge's order.

use super::csv_cells::{Cell, Sheet};
use super::dto::Finding;
use super::headings;
use crate::audit;
use crate::language::Catalogue;
use crate::regulation::Rule;
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

/// In the place of a severity: the rule could not be judged, and the message says why.
const NOT_CHECKED: &str = "not-checked";

/// In the place of a rule: one that no table can say.
const NOT_STATED: &str = "not-stated";

pub fn csv(scenario: &Scenario, findings: &[audit::Finding], catalogue: &Catalogue) -> Vec<u8> {
    let mut sheet = Sheet::headed(&HEADER, catalogue);
    for finding in findings {
        let finding = Finding::of(scenario, finding, catalogue);
        let text = |text: Option<&str>| text.map_or(Cell::empty(), Cell::text);
        sheet.row(&[
            Cell::text(finding.rule),
            Cell::text(finding.clause),
            Cell::text(headings::word(finding.severity, catalogue)),
            text(finding.resident),
            text(finding.facility),
            finding.academic_year.map_or(Cell::empty(), Cell::number),
            text(finding.month.as_deref()),
            Cell::from(finding.measured),
            Cell::from(finding.required),
            Cell::text(finding.message),
        ]);
    }
    // A rule of which nothing is said above could be taken for kept.
    let concerned = Rule::ALL.iter().filter(|rule| audit::concerns(scenario, **rule));
    for rule in concerned.filter(|rule| !findings.iter().any(|finding| finding.rule == **rule)) {
        if let Some(because) = audit::not_checked(scenario, *rule) {
            let mut cells = vec![
                Cell::text(rule.id()),
                Cell::text(rule.clause()),
                Cell::text(headings::word(NOT_CHECKED, catalogue)),
            ];
            cells.resize(HEADER.len() - 1, Cell::empty());
            cells.push(Cell::text(catalogue.say(&because)));
            sheet.row(&cells);
        }
    }
    // Nor can what no table says be kept or broken.
    for stated in &scenario.not_stated {
        let mut cells = vec![Cell::text(NOT_STATED), Cell::empty()];
        cells.push(Cell::text(headings::word(NOT_CHECKED, catalogue)));
        cells.resize(HEADER.len() - 1, Cell::empty());
        cells.push(Cell::text(stated));
        sheet.row(&cells);
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
        let finding = audit::Finding {
            rule: Rule::CoreMonths,
            severity: Severity::Error,
            resident: Some(ResidentIx(1)),
            facility: Some(sample::CORE),
            academic_year: Some(2019),
            month: Some(scenario.start()),
            measured: (-4).into(),
            required: "=6".to_string().into(),
            clause: Rule::CoreMonths.clause(),
            message: Message::new("no-such-entry"),
        };
        let text = String::from_utf8(csv(&scenario, &[finding], &Catalogue::new(Language::En))).unwrap();
        assert_eq!(
            text.lines().nth(1).unwrap(),
            "core-months,\"§7.1 [16,25,30]\",error,2019-01,keio,2019,2019-04,-4,'=6,no-such-entry"
        );
    }

    #[test]
    fn what_no_table_can_say_is_named_as_not_checked() {
        let (scenario, _) = sample::with_sections();
        let text = String::from_utf8(csv(&scenario, &[], &Catalogue::new(Language::En))).unwrap();
        assert!(text.contains("not-stated,,not-checked,,,,,,,宿直は月 4 回まで"), "{text}");
    }
}
