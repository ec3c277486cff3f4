//! What every goal is worth, how sure that is, and what is remarked about the run.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::{Report, chart};
use crate::language::Message;
use crate::output::{goals, summary};
use crate::plan::careers::Granted;

pub fn section(report: &Report<'_>) -> Markup {
    let scenario = report.scenario();
    html! {
        table {
            (report.table_head(&["report-number", "column-goal", "column-result", "column-proof"]))
            tbody {
                @for (number, result) in (1..).zip(&report.planned.answer.goals) {
                    @let worth = goals::result(scenario, result.goal, &result.value, report.careers);
                    tr {
                        td.number { (number) }
                        td { (report.say(&goals::name(result.goal))) }
                        td { (report.say(&worth)) }
                        td { (report.say(&goals::proof(result))) }
                    }
                }
            }
        }
        p.legend { (report.word("report-proof-legend")) }
        (courses(report))
        @let unchecked = summary::not_assessed(scenario);
        @if !report.remarks.is_empty() || !unchecked.is_empty() {
            h3 { (report.word("report-remarks")) }
            ul { @for remark in report.remarks.iter().chain(&unchecked) { li { (report.say(remark)) } } }
        }
    }
}

/// How many residents have which of their wishes for a course.
fn courses(report: &Report<'_>) -> Markup {
    let mut residents: BTreeMap<Granted, i64> = BTreeMap::new();
    for granted in report.careers.iter().filter_map(|career| career.granted(report.scenario())) {
        *residents.entry(granted).or_insert(0) += 1;
    }
    if residents.keys().all(|granted| *granted == Granted::NoWish) {
        return html! {};
    }
    let words = |granted: Granted| match granted {
        Granted::Wish(place) => report.say(&Message::new("form-choice").number("place", place as i64)),
        Granted::Unlisted => report.word("report-unlisted"),
        Granted::NoWish => report.word("report-no-wish"),
    };
    let rows: Vec<(String, i64)> =
        residents.into_iter().map(|(granted, count)| (words(granted), count)).collect();
    let title = report.word("report-course-wishes");
    html! {
        h3 { (title) }
        (chart::bars(&title, &rows))
    }
}
