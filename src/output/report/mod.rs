//! `report.html`: the whole answer to read and to print, in one file without scripts or anything from a network.
//!
//! On paper the plan is a page of A3 (a cohort at a time), everything else A4. Hospitals differ by the shade and
//! the pattern of their cells as much as by colour, and every cell names its hospital, so it is good in grey. All
//! text goes through `maud`, which escapes it: names may hold anything.

mod chart;
mod goals;
mod grid;
mod hospitals;
mod judgement;
mod moves;
mod residents;
mod shades;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::plan_tables::year_name;
use crate::calendar::Span;
use crate::diff::Diff;
use crate::engine::Planned;
use crate::language::{Catalogue, Message};
use crate::plan::careers::Career;
use crate::plan::{Plan, Status};
use crate::scenario::Scenario;

/// What a report is made of.
pub struct Report<'a> {
    pub planned: &'a Planned,
    pub plan: &'a Plan,
    pub careers: &'a [Career],
    /// What is remarked about the run.
    pub remarks: &'a [Message],
    /// What became of the base plan, where there is one.
    pub diff: Option<&'a Diff>,
    pub catalogue: &'a Catalogue,
}

/// Nothing is fetched and nothing runs, whoever opens the file.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// The report of a plan.
pub fn html(report: &Report<'_>) -> Vec<u8> {
    let scenario = &report.planned.scenario;
    let sections: Vec<(&'static str, &'static str, Option<Markup>)> = vec![
        ("goals", "report-goals", Some(goals::section(report))),
        ("plan", "report-plan", Some(grid::section(report))),
        ("changes", "report-changes", moves::section(report)),
        ("hospitals", "report-hospitals", Some(hospitals::section(report))),
        ("residents", "report-residents", Some(residents::section(report))),
        ("judge", "report-judge", Some(judgement::section(report))),
    ];
    let page = html! {
        (DOCTYPE)
        html lang=(report.catalogue.language().tag()) {
            head {
                meta charset="UTF-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (scenario.name) }
                style { (PreEscaped(include_str!("style.css"))) (PreEscaped(shades::style(scenario))) }
            }
            body {
                header {
                    h1 { bdi { (scenario.name) } }
                    p.status { (report.word(status_key(report.planned.answer.status))) }
                    p.about { (report.say(&about(scenario))) }
                    nav {
                        @for (id, title, section) in &sections {
                            @if section.is_some() { a href={ "#" (id) } { (report.word(title)) } }
                        }
                    }
                }
                main {
                    @for (id, title, section) in sections {
                        @if let Some(section) = section {
                            section id=(id) {
                                h2 { (report.word(title)) }
                                (section)
                            }
                        }
                    }
                }
                footer { p { (report.say(&made_by(scenario))) } }
            }
        }
    };
    page.into_string().into_bytes()
}

fn status_key(status: Status) -> &'static str {
    match status {
        Status::Optimal => "status-optimal",
        Status::Feasible => "status-feasible",
        Status::Infeasible => "status-infeasible",
        Status::Unknown => "status-unknown",
    }
}

/// The size of the program and the months that are planned.
fn about(scenario: &Scenario) -> Message {
    let horizon = scenario.horizon();
    Message::new("report-about")
        .number("residents", scenario.residents.len() as i64)
        .number("facilities", scenario.facilities.len() as i64)
        .text("first", horizon.start)
        .text("last", horizon.end().minus(1))
}

/// By what and from what the report was made, so that a sheet of paper can be told from another.
fn made_by(scenario: &Scenario) -> Message {
    const DIGITS: usize = 12;
    Message::new("report-made-by")
        .text("version", env!("CARGO_PKG_VERSION"))
        .text("id", &scenario.id)
        .text("hash", scenario.hash.chars().take(DIGITS).collect::<String>())
}

impl Report<'_> {
    fn scenario(&self) -> &Scenario {
        &self.planned.scenario
    }

    fn word(&self, key: &'static str) -> String {
        self.catalogue.word(key)
    }

    fn say(&self, message: &Message) -> String {
        self.catalogue.say(message)
    }

    fn year(&self, year: i32) -> String {
        year_name(year, self.catalogue)
    }

    /// A resident's id and, where it has one, name.
    fn person(&self, id: &str, name: &str) -> Markup {
        html! { (id) @if name != id { " " bdi { (name) } } }
    }

    fn table_head(&self, keys: &[&'static str]) -> Markup {
        html! { thead { tr { @for key in keys { th scope="col" { (self.word(key)) } } } } }
    }

    /// A span as its first and last month, or as its only one.
    fn span(&self, span: Span) -> String {
        match span.months {
            1 => span.start.to_string(),
            _ => format!("{}–{}", span.start, span.end().minus(1)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use crate::output::sample;
    use crate::plan::careers;
    use crate::plan::{GoalResult, GoalValue, Proof};

    fn made(language: Language, edit: impl Fn(&mut Planned)) -> String {
        let mut planned = sample::planned();
        planned.answer.goals = vec![GoalResult {
            goal: planned.scenario.goals[0],
            value: GoalValue::Number(8),
            bound: GoalValue::Number(8),
            proof: Proof::Certified,
        }];
        edit(&mut planned);
        let (plan, catalogue) = (sample::plan(), Catalogue::new(language));
        let careers = careers::careers(&planned.scenario, &plan);
        let remarks = [Message::new("list-empty")];
        let report = Report {
            planned: &planned,
            plan: &plan,
            careers: &careers,
            remarks: &remarks,
            diff: None,
            catalogue: &catalogue,
        };
        String::from_utf8(html(&report)).unwrap()
    }

    #[test]
    fn everything_is_in_one_file_that_runs_nothing() {
        for language in Language::ALL {
            let page = made(language, |_| ());
            assert!(page == made(language, |_| ()), "the same bytes");
            for outside in ["<script", "http://", "https://", "url(", "@import", "src="] {
                assert!(!page.contains(outside), "{outside}");
            }
            for size in ["size: A4", "size: A3 landscape"] {
                assert!(page.contains(size), "{size}");
            }
            assert!(page.contains(&format!("<html lang=\"{}\">", language.tag())));
        }
    }

    #[test]
    fn names_with_markup_are_text() {
        let hostile = "</title><script>alert(1)</script>\"'&";
        let page = made(Language::Ja, |planned| {
            let model = planned.scenario.unchecked_mut();
            model.name = hostile.to_string();
            model.facilities[0].name = hostile.to_string();
            model.residents[1].name = hostile.to_string();
            model.residents[1].id = hostile.to_string();
            model.courses[0].id = hostile.to_string();
        });
        assert!(!page.contains("<script") && page.contains("&lt;script&gt;"));
        assert!(page.contains("<title>&lt;/title&gt;&lt;script"));
    }

    #[test]
    fn the_report_says_who_is_where() {
        let page = made(Language::En, |_| ());
        for text in ["Ashikaga Red Cross Hospital", "2019-12–2020-03", "8 resident-months missing", "2018-01"]
        {
            assert!(page.contains(text), "{text}");
        }
        let leave = made(Language::Ja, |planned| planned.scenario = sample::with_leave());
        assert!(leave.contains("疾病での休暇 3"), "leave stands in its cell");
    }
}
