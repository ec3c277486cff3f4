//! What the judge says: every rule with its verdict, all findings, and how far cases reach.

use maud::{Markup, html};

use super::Report;
use crate::audit::{self, Finding, Verdict};
use crate::diagnostic::Severity;
use crate::output::audit_tables::{in_short, severity_key};
use crate::output::margins;
use crate::regulation::Rule;

pub fn section(report: &Report<'_>) -> Markup {
    html! {
        p.legend { (report.word("report-judge-legend")) }
        (rules(report))
        (findings(report))
        (cases(report))
    }
}

fn rules(report: &Report<'_>) -> Markup {
    let scenario = report.scenario();
    html! {
        table {
            (report.table_head(&["column-rule", "column-clause", "column-verdict", "column-requirement"]))
            tbody {
                @for rule in Rule::ALL {
                    @let entry = audit::rule_of(scenario, *rule);
                    @let verdict = audit::verdict(scenario, *rule, &report.planned.audit.findings);
                    tr {
                        td { (report.say(&entry)) }
                        td { (rule.clause()) }
                        td class=(if matches!(verdict, Verdict::Broken { .. }) { "error" } else { "" }) {
                            (report.say(&in_short(&verdict)))
                        }
                        td {
                            (report.catalogue.say_attribute(&entry, "requirement").unwrap_or_default())
                            @if let Verdict::NotChecked { because } = &verdict { " — " (report.say(because)) }
                        }
                    }
                }
            }
        }
    }
}

fn findings(report: &Report<'_>) -> Markup {
    let mut findings: Vec<&Finding> = report.planned.audit.findings.iter().collect();
    findings.sort_by_key(|finding| (std::cmp::Reverse(finding.severity), finding.rule));
    let class = |severity| match severity {
        Severity::Error => "nowrap error",
        Severity::Warning => "nowrap warning",
        Severity::Note => "nowrap",
    };
    html! {
        h3 { (report.word("report-findings")) }
        @if findings.is_empty() {
            p { (report.word("list-empty")) }
        } @else {
            table {
                (report.table_head(&["column-severity", "column-rule", "column-finding"]))
                tbody {
                    @for finding in findings {
                        tr {
                            td class=(class(finding.severity)) { (report.word(severity_key(finding.severity))) }
                            td { (report.say(&audit::rule_of(report.scenario(), finding.rule))) }
                            td { (report.say(&finding.message)) }
                        }
                    }
                }
            }
        }
    }
}

fn cases(report: &Report<'_>) -> Markup {
    let scenario = report.scenario();
    let margins = &report.planned.answer.margins;
    html! {
        @if !margins.is_empty() {
            h3 { (report.word("margin-heading")) }
            table {
                (report.table_head(&["column-case", "column-target", "column-margin", "column-binding"]))
                tbody {
                    @for margin in margins {
                        @let item = scenario.case(margin.case);
                        tr {
                            td { (item.name) }
                            td.number { (item.target) }
                            td.number { (margins::factor(margin.factor)) }
                            td { (report.say(&margins::binding(scenario, margin))) }
                        }
                    }
                }
            }
        }
    }
}
