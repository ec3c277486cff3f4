//! The answer in words: what came out, what each goal is worth and how sure that is, what the
//! scenario itself brings, and what nobody has checked.

use super::audit_tables;
use super::careers::Career;
use super::goals;
use super::grid::{Align, Grid, printable};
use crate::audit::Finding;
use crate::diagnostic::Severity;
use crate::language::{Catalogue, Message};
use crate::plan::{Answer, GoalResult, Status};
use crate::regulation::URBAN_PREFECTURES;
use crate::scenario::{Role, Scenario};

const NOT_ASSESSED_CASES: &str = "not-assessed-cases";

/// The whole summary of a solved scenario; `careers` where there is a plan.
pub fn summary(
    scenario: &Scenario,
    answer: &Answer,
    careers: Option<&[Career]>,
    findings: &[Finding],
    catalogue: &Catalogue,
    width: Option<usize>,
) -> String {
    let mut text = heading(scenario, catalogue);
    text.push_str(&catalogue.word(status_key(answer.status)));
    text.push('\n');
    if let Some(careers) = careers {
        text.push('\n');
        text.push_str(&goals_grid(scenario, &answer.goals, careers, catalogue).render());
    }
    for remark in &answer.remarks {
        text.push_str(&format!("\n{}\n", printable(&catalogue.say(remark))));
    }
    let (notes, telling): (Vec<&Finding>, Vec<&Finding>) =
        findings.iter().partition(|finding| finding.severity == Severity::Note);
    if !telling.is_empty() {
        text.push('\n');
        text.push_str(&audit_tables::findings(telling, catalogue, width));
    }
    if !notes.is_empty() {
        let message = Message::new("summary-notes").number("count", notes.len() as i64);
        text.push_str(&format!("\n{}\n", catalogue.say(&message)));
    }
    for message in not_assessed(scenario) {
        text.push_str(&format!("\n{}\n", catalogue.say(&message)));
    }
    text
}

/// The program's name and id on a line of their own.
pub fn heading(scenario: &Scenario, catalogue: &Catalogue) -> String {
    let message = Message::new("program-heading").text("name", &scenario.name).text("id", &scenario.id);
    format!("{}\n", printable(&catalogue.say(&message)).replace('\n', " "))
}

/// What no part of the program has looked at, for readers who see the judge's notes: those already
/// say which caps were not checked.
pub fn not_assessed_lines(catalogue: &Catalogue) -> String {
    format!("\n{}\n", catalogue.word(NOT_ASSESSED_CASES))
}

fn status_key(status: Status) -> &'static str {
    match status {
        Status::Optimal => "status-optimal",
        Status::Feasible => "status-feasible",
        Status::Infeasible => "status-infeasible",
        Status::Unknown => "status-unknown",
    }
}

fn goals_grid(
    scenario: &Scenario,
    results: &[GoalResult],
    careers: &[Career],
    catalogue: &Catalogue,
) -> Grid {
    let mut grid = Grid::new(vec![
        (String::new(), Align::Right),
        (catalogue.word("column-goal"), Align::Left),
        (catalogue.word("column-result"), Align::Left),
        (catalogue.word("column-proof"), Align::Left),
    ]);
    for (index, result) in results.iter().enumerate() {
        let worth = goals::result(scenario, result.goal, &result.value, careers);
        grid.push(vec![
            (index + 1).to_string(),
            catalogue.say(&goals::name(result.goal)),
            catalogue.say(&worth),
            catalogue.say(&goals::proof(result)),
        ]);
    }
    grid
}

/// What a reader might take for checked though it is not.
pub fn not_assessed(scenario: &Scenario) -> Vec<Message> {
    let mut open = Vec::new();
    let urban = scenario
        .facilities
        .iter()
        .any(|f| f.role == Role::Core && URBAN_PREFECTURES.contains(&f.prefecture.as_str()));
    match &scenario.rules.intake_cap {
        None => open.push(Message::new("not-checked-caps")),
        Some(cap) if cap.past_hires.is_none() && urban => open.push(Message::new("not-checked-urban-cap")),
        Some(_) => {}
    }
    open.push(Message::new(NOT_ASSESSED_CASES));
    open
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use crate::plan::{GoalValue, Proof};
    use crate::report::{careers, sample};

    fn answer() -> Answer {
        let scenario = sample::scenario();
        Answer {
            status: Status::Feasible,
            plan: Some(sample::plan()),
            goals: vec![
                GoalResult {
                    goal: scenario.goals[0],
                    value: GoalValue::Number(8),
                    bound: GoalValue::Number(8),
                    proof: Proof::Certified,
                },
                GoalResult {
                    goal: scenario.goals[1],
                    value: GoalValue::Vector(vec![(1, 1), (0, 2)]),
                    bound: GoalValue::Vector(vec![(0, 3)]),
                    proof: Proof::None,
                },
            ],
            quotas: Vec::new(),
            margins: Vec::new(),
            case_rounds: 0,
            certificate: Default::default(),
            remarks: Vec::new(),
        }
    }

    fn said(language: Language) -> String {
        let scenario = sample::scenario();
        let careers = careers::careers(&scenario, &sample::plan());
        summary(&scenario, &answer(), Some(&careers), &[], &Catalogue::new(language), None)
    }

    #[test]
    fn japanese() {
        insta::assert_snapshot!(said(Language::Ja), @"
        見本の研修プログラム（sample）
        規則をすべて守る配置です。ただし、最も良い配置かどうかは証明できていません。

           目標                              結果                                       証明
        -  --------------------------------  -----------------------------------------  ----------------------------------
        1  施設の必要人数（合計）            不足 延べ 8 か月                           最良（厳密な計算で証明済み）
        2  コースの希望（不利な人から順に）  第1希望 1 名、第2希望 1 名、希望なし 1 名  下限は 第1希望または希望なし: 3 名

        採用数の上限は確認していません（program.toml に rules.intake_cap がありません）。

        経験症例数はまだ評価していません。目標に届くかどうかは、この結果からは分かりません。
        ");
    }

    #[test]
    fn english() {
        insta::assert_snapshot!(said(Language::En), @"
        見本の研修プログラム (sample)
        A plan that breaks no rule; whether a better one exists is not settled.

           Goal                                     Result                                Proof
        -  ---------------------------------------  ------------------------------------  -------------------------------------
        1  residents the facilities count on (sum)  8 resident-months missing             proved best by exact arithmetic
        2  course wishes (worst first)              choice 1: 1, choice 2: 1, no wish: 1  lower bound: first wish or no wish: 3

        No intake cap was checked (program.toml has no rules.intake_cap).

        Case numbers are not assessed yet: this result does not say whether the targets are met.
        ");
    }

    #[test]
    fn says_that_no_cap_was_checked() {
        let scenario = sample::scenario();
        let keys = |scenario: &Scenario| not_assessed(scenario).iter().map(|m| m.key).collect::<Vec<_>>();
        assert_eq!(keys(&scenario), ["not-checked-caps", "not-assessed-cases"]);
        let mut capped = scenario;
        capped.rules.intake_cap = Some(crate::scenario::IntakeCap {
            supervisors_per_resident: 1.into(),
            volume_per_resident: Vec::new(),
            totals: crate::scenario::TotalsSource::Rows,
            past_hires: None,
            past_years: 5,
            mean_rounding: crate::scenario::MeanRounding::HalfUp,
        });
        assert_eq!(keys(&capped), ["not-assessed-cases"]);
        capped.facilities[0].prefecture = "東京都".to_string();
        assert_eq!(keys(&capped), ["not-checked-urban-cap", "not-assessed-cases"]);
    }
}
