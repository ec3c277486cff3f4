//! The answer in words: what came out, what each goal is worth and how sure that is, what the
//! scenario itself brings, and what nobody has checked.

use super::audit_tables;
use super::goals;
use super::grid::{Align, Grid, printable};
use crate::audit::{self, Audit, Finding, case_is_assessed, case_lacking, case_lacks_everywhere};
use crate::diagnostic::Severity;
use crate::engine::Planned;
use crate::language::{Catalogue, Message};
use crate::plan::careers::Career;
use crate::plan::{GoalResult, Status};
use crate::regulation::Rule;
use crate::scenario::{CaseIx, Facility, FacilityIx, Scenario};

/// The whole summary of a solved scenario; `careers` where there is a plan.
pub fn summary(
    planned: &Planned,
    careers: Option<&[Career]>,
    remarks: &[Message],
    catalogue: &Catalogue,
    width: Option<usize>,
) -> String {
    let Planned { scenario, answer, audit: Audit { findings, .. }, .. } = planned;
    let mut text = heading(scenario, catalogue);
    text.push_str(&catalogue.word(status_key(answer.status)));
    text.push('\n');
    if let Some(careers) = careers {
        text.push('\n');
        text.push_str(&goals_grid(scenario, &answer.goals, careers, catalogue).render());
    }
    for remark in remarks {
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
    let unchecked = unchecked_caps(scenario).into_iter().chain(not_stated(scenario));
    for message in unchecked.chain(case_lines(scenario)) {
        text.push_str(&format!("\n{}\n", catalogue.say(&message)));
    }
    text
}

/// The program's name and id on a line of their own.
pub fn heading(scenario: &Scenario, catalogue: &Catalogue) -> String {
    let message = Message::new("program-heading").text("name", &scenario.name).text("id", &scenario.id);
    format!("{}\n", printable(&catalogue.say(&message)).replace('\n', " "))
}

/// Which rules no table says, which case items were assessed and which could not be, for readers who see the judge's notes: those
/// already say which caps were not checked.
pub fn cases_text(scenario: &Scenario, catalogue: &Catalogue) -> String {
    let lines = not_stated(scenario).into_iter().chain(case_lines(scenario));
    let lines: String = lines.map(|line| format!("{}\n", printable(&catalogue.say(&line)))).collect();
    format!("\n{lines}")
}

/// The key of what came out.
pub fn status_key(status: Status) -> &'static str {
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
    let unchecked = unchecked_caps(scenario).into_iter().chain(not_stated(scenario));
    unchecked.chain(unassessed_cases(scenario)).collect()
}

/// The rules that no table can say.
pub fn not_stated(scenario: &Scenario) -> Option<Message> {
    let rules: Vec<&str> = scenario.not_stated.iter().map(String::as_str).collect();
    let count = rules.len() as i64;
    (count > 0).then(|| Message::new("not-stated").number("count", count).text("rules", rules.join(" / ")))
}

fn unchecked_caps(scenario: &Scenario) -> Option<Message> {
    match audit::not_checked(scenario, Rule::UrbanCap)?.key {
        "because-no-cap" => Some(Message::new("not-checked-caps")),
        "because-no-past-hires" => Some(Message::new("not-checked-urban-cap")),
        "because-no-prefecture" => Some(Message::new("not-checked-urban-cap-prefecture")),
        // It does not apply.
        _ => None,
    }
}

/// The items assessed on a line, and those that could not be.
fn case_lines(scenario: &Scenario) -> Vec<Message> {
    let assessed: Vec<CaseIx> =
        scenario.case_ixs().filter(|case| case_is_assessed(scenario, *case)).collect();
    let assessed = (!assessed.is_empty()).then(|| items(scenario, "cases-assessed", &assessed));
    assessed.into_iter().chain(unassessed_cases(scenario)).collect()
}

/// The items that could not be assessed with the facilities whose volumes are unknown, items that lack
/// the same together; or that there are none to assess.
fn unassessed_cases(scenario: &Scenario) -> Option<Message> {
    if scenario.cases.is_empty() {
        return Some(Message::new("cases-none"));
    }
    let mut gaps: Vec<(Vec<FacilityIx>, Vec<CaseIx>)> = Vec::new();
    for case in scenario.case_ixs() {
        let lacking = case_lacking(scenario, case);
        match gaps.iter_mut().find(|(same, _)| *same == lacking) {
            Some((_, cases)) => cases.push(case),
            None if !lacking.is_empty() => gaps.push((lacking, vec![case])),
            None => {}
        }
    }
    let said = gaps.iter().rev().map(|(lacking, cases)| {
        if case_lacks_everywhere(scenario, lacking) {
            return items(scenario, "cases-lacking-everywhere", cases);
        }
        let names = |name: fn(&Facility) -> &str, comma: &str| {
            let names = lacking.iter().map(|ix| name(scenario.facility(*ix)));
            names.collect::<Vec<_>>().join(comma)
        };
        items(scenario, "cases-lacking", cases).name(
            "facilities",
            names(|facility| &facility.name, "、"),
            names(|facility| &facility.name_en, ", "),
        )
    });
    let said =
        said.reduce(|rest, first| Message::new("cases-gaps").message("first", first).message("rest", rest));
    said.map(|gaps| Message::new("cases-not-assessed").message("gaps", gaps))
}

fn items(scenario: &Scenario, key: &'static str, cases: &[CaseIx]) -> Message {
    let names: Vec<&str> = cases.iter().map(|case| scenario.case(*case).name.as_str()).collect();
    Message::new(key).name("items", names.join("、"), names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use crate::output::sample;
    use crate::plan::careers;
    use crate::plan::{GoalValue, Proof};
    use crate::scenario::{CaseItem, Dated};

    fn planned() -> Planned {
        let mut planned = sample::planned();
        let goals = planned.scenario.goals.clone();
        planned.answer.status = Status::Feasible;
        planned.answer.goals = vec![
            GoalResult {
                goal: goals[0],
                value: GoalValue::Number(8),
                bound: GoalValue::Number(8),
                proof: Proof::Certified,
            },
            GoalResult {
                goal: goals[1],
                value: GoalValue::Vector(vec![(1, 1), (0, 2)]),
                bound: GoalValue::Vector(vec![(0, 3)]),
                proof: Proof::None,
            },
        ];
        planned
    }

    fn said(language: Language) -> String {
        let scenario = sample::scenario();
        let careers = careers::careers(&scenario, &sample::plan());
        summary(&planned(), Some(&careers), &[], &Catalogue::new(language), None)
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

        採用数の上限は確認していません（program.toml の [rules.intake_cap] に何も書かれていません）。

        経験症例数は評価していません（program.toml の [[cases]] に何も書かれていません）。
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

        No intake cap was checked ([rules.intake_cap] in program.toml sets nothing).

        Case numbers were not assessed ([[cases]] in program.toml has no entry).
        ");
    }

    #[test]
    fn case_items_are_listed_with_what_is_unknown() {
        let said = |scenario: &Scenario, language| cases_text(scenario, &Catalogue::new(language));
        let mut scenario = sample::with_cases();
        insta::assert_snapshot!(said(&scenario, Language::Ja).trim(), @"
        評価対象の経験症例の項目：IVR
        評価できない経験症例の項目：超音波（どの施設の件数も不明）
        ");
        let mri = CaseItem { id: "mri".into(), name: "MRI".into(), ..scenario.cases[1].clone() };
        scenario.unchecked_mut().cases.push(mri);
        scenario.unchecked_mut().facilities[1].volumes[0] = Dated::constant(None);
        insta::assert_snapshot!(
            said(&scenario, Language::Ja).trim(),
            @"評価できない経験症例の項目：IVR（件数が不明：足利赤十字病院）；超音波、MRI（どの施設の件数も不明）"
        );
        insta::assert_snapshot!(
            said(&scenario, Language::En).trim(),
            @"Case items not assessed: IVR (volume unknown at Ashikaga Red Cross Hospital); 超音波, MRI (volume unknown at every facility)"
        );
        scenario.unchecked_mut().rules.unknown_volumes_are_zero = true;
        insta::assert_snapshot!(said(&scenario, Language::En).trim(), @"Case items assessed: IVR, 超音波, MRI");
        let keys = not_assessed(&scenario).iter().map(|m| m.key).collect::<Vec<_>>();
        assert_eq!(keys, ["not-checked-caps"], "everything is assessed");
    }

    #[test]
    fn says_that_no_cap_was_checked() {
        let scenario = sample::scenario();
        let keys = |scenario: &Scenario| not_assessed(scenario).iter().map(|m| m.key).collect::<Vec<_>>();
        assert_eq!(keys(&scenario), ["not-checked-caps", "cases-none"]);
        let mut capped = scenario;
        capped.unchecked_mut().rules.intake_cap = Some(crate::scenario::IntakeCap {
            supervisors_per_resident: 1.into(),
            volume_per_resident: Vec::new(),
            totals: crate::scenario::TotalsSource::Rows,
            past_hires: None,
            past_years: 5,
            mean_rounding: crate::scenario::MeanRounding::HalfUp,
        });
        assert_eq!(keys(&capped), ["not-checked-urban-cap-prefecture", "cases-none"]);
        capped.unchecked_mut().facilities[0].prefecture = "栃木県".to_string();
        assert_eq!(keys(&capped), ["cases-none"], "it does not apply");
        capped.unchecked_mut().facilities[0].prefecture = "東京都".to_string();
        assert_eq!(keys(&capped), ["not-checked-urban-cap", "cases-none"]);
    }

    #[test]
    fn what_no_table_can_say_is_named_wherever_something_is_not_assessed() {
        let (scenario, _) = sample::with_sections();
        let catalogue = Catalogue::new(Language::Ja);
        let said: Vec<String> = not_assessed(&scenario).iter().map(|line| catalogue.say(line)).collect();
        assert!(said.iter().any(|line| line.contains("宿直は月 4 回まで")), "{said:?}");
        assert!(cases_text(&scenario, &catalogue).contains("宿直は月 4 回まで"));
    }
}
