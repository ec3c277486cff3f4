//! What changed against the base plan: who moves, and whose seat each takes.

use maud::{Markup, html};

use super::Report;
use crate::output::base::course_change;
use crate::output::diff::headline;
use crate::output::goals;
use crate::output::moves::{chain_words, place};

/// Nothing where there is no base plan.
pub fn section(report: &Report<'_>) -> Option<Markup> {
    let (scenario, diff) = (report.scenario(), report.diff?);
    if diff.is_empty() {
        return Some(html! { p { (report.word("diff-none")) } });
    }
    Some(html! {
        p { (report.say(&headline(diff))) }
        table {
            (report.table_head(&["column-resident", "report-when", "column-months", "column-before", "column-after"]))
            tbody {
                @for one in &diff.moves {
                    @let (id, name) = diff.person(scenario, one.resident);
                    tr {
                        td { (report.person(id, name)) }
                        td.nowrap { (report.span(one.span)) }
                        td.number { (one.span.months) }
                        td { (report.say(&place(scenario, one.from))) }
                        td { (report.say(&place(scenario, one.to))) }
                    }
                }
            }
        }
        @if !diff.chains.is_empty() {
            p { (report.word("diff-chains-title")) }
            ul {
                @for chain in &diff.chains {
                    li { (report.say(&chain_words(scenario, chain, &|who| diff.person(scenario, who).0))) }
                }
            }
        }
        @if !diff.courses.is_empty() {
            ul { @for change in &diff.courses { li { (report.say(&course_change(scenario, change))) } } }
        }
        table {
            (report.table_head(&["column-goal", "column-before", "column-after"]))
            tbody {
                @for (goal, before, after) in &diff.goals {
                    tr {
                        td { (report.say(&goals::name(*goal))) }
                        td { (report.say(&goals::value(goal.kind, before))) }
                        td { (report.say(&goals::value(goal.kind, after))) }
                    }
                }
            }
        }
    })
}
