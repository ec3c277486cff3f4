//! Courses kept for named residents, and residents whose past fits no course: the others are planned all the same.

use kenshu::internal::audit::{audit, audit_program};
use kenshu::internal::engine::{self, Planned, Session};
use kenshu::internal::plan::Status;
use kenshu::internal::plan::careers::careers;
use kenshu::internal::regulation::{Rule, Subject};
use kenshu::internal::scenario::{CourseIx, ResidentIx, Scenario, read};

use crate::scenario::Edit::{Append, Replace};
use crate::scenario::{Edit, edited, short};

const P: &str = "program.toml";
const R: &str = "residents.csv";

/// Two months at one hospital and two at another: no course begins so.
const UNUSUAL: Edit =
    Replace("history.csv", "17-1,kawasaki,2018-12,4", "17-1,kawasaki,2018-12,2\n17-1,minato,2019-02,2");
/// Stays as short as that are allowed.
const SHORT_STAYS: Edit =
    Replace(P, "core_months_min = 6", "core_months_min = 6\naffiliate_stay_months_min = 2");
/// The course with that past.
const COURSE: &str = "\n[[courses]]\nid = \"X\"\nyears = [[\"core:12\"], [\"core:8\", \"affiliate:2\", \"affiliate:2\"], \
    [\"affiliate:12\"]]\n";

fn scenario(edits: &[Edit], findings_expected: &[&str]) -> Scenario {
    let (scenario, findings) = read(&edited(edits));
    let found: Vec<String> = short(&findings).into_iter().map(|(code, ..)| code.to_string()).collect();
    assert_eq!(found, findings_expected);
    scenario.expect("a scenario")
}

fn planned(scenario: &Scenario) -> Planned {
    engine::plan(scenario, None, &Session::default()).unwrap_or_else(|_| panic!("solver and judge agree"))
}

fn resident(scenario: &Scenario, id: &str) -> ResidentIx {
    scenario.resident_ixs().find(|ix| scenario.resident(*ix).id == id).expect("a resident")
}

fn course(scenario: &Scenario, id: &str) -> CourseIx {
    scenario.course_ixs().find(|ix| scenario.course(*ix).id == id).expect("a course")
}

#[test]
fn one_unusual_past_stops_nobody_else() {
    let scenario = scenario(&[UNUSUAL], &["history-no-course"]);
    let own = resident(&scenario, "17-1");
    let broken = |rule: Rule, resident| (rule, Some(resident));
    let told: Vec<_> = audit_program(&scenario)
        .iter()
        .filter(|finding| finding.rule == Rule::HistoryCourse)
        .map(|finding| (finding.rule, finding.resident))
        .collect();
    assert_eq!(told, [broken(Rule::HistoryCourse, own)]);

    let planned = planned(&scenario);
    assert_eq!(planned.answer.status, Status::Optimal);
    let plan = planned.answer.plan.expect("a plan for the others");
    for ix in scenario.resident_ixs() {
        assert_eq!(plan.rows.iter().any(|row| row.resident == ix), ix != own, "{}", scenario.resident(ix).id);
    }
    let careers = careers(&scenario, &plan);
    assert_eq!(careers[own.0].granted(&scenario), None, "a course wish is granted to who is planned");
    assert!(!planned.audit.has_violations(Subject::Placement));
    // Not everybody is placed: the answer is negative.
    assert!(planned.audit.has_violations(Subject::Program));
    assert_eq!(planned.audit.of(Rule::HistoryCourse).count(), 1);
    // Rows for somebody who is not planned are a fault of whoever wrote them.
    let mut with_rows = plan.clone();
    let mut row = plan.rows[0].clone();
    (row.resident, row.course) = (own, None);
    with_rows.rows.push(row);
    assert!(audit(&scenario, &with_rows, None).has_violations(Subject::Placement));
}

#[test]
fn a_course_kept_for_one_is_open_to_nobody_else() {
    for who in ["who = [\"17-1\"]", "who = [\"transfer\"]"] {
        let course_text: &'static str = Box::leak(format!("{COURSE}{who}").into_boxed_str());
        let tagged = [
            Replace(R, "facility_wishes,graduate_school_from", "facility_wishes,graduate_school_from,tags"),
            Replace(R, "A,minato;kawasaki,", "A,minato;kawasaki,,transfer"),
            UNUSUAL,
            SHORT_STAYS,
            Append(P, course_text),
        ];
        let scenario = scenario(&tagged, &[]);
        let (own, kept) = (resident(&scenario, "17-1"), course(&scenario, "X"));
        let planned = planned(&scenario);
        let plan = planned.answer.plan.expect("a plan");
        for row in &plan.rows {
            assert_eq!(row.course == Some(kept), row.resident == own, "{who}");
        }
        assert!(!planned.audit.has_violations(Subject::Placement));
        // The judge refuses the course to anybody else.
        let mut taken = plan.clone();
        let other = resident(&scenario, "19-1");
        taken.rows.iter_mut().filter(|row| row.resident == other).for_each(|row| row.course = Some(kept));
        let audit = audit(&scenario, &taken, None);
        assert!(audit.of(Rule::CourseFixed).any(|finding| finding.resident == Some(other)), "{who}");
    }
}

#[test]
fn who_names_somebody_and_fixed_courses_are_open() {
    let read = |who: &'static str, more: &[Edit]| {
        let mut edits = vec![Append(P, who)];
        edits.extend(more.iter().map(|edit| match edit {
            Replace(file, from, to) => Replace(file, from, to),
            _ => unreachable!("only replacements"),
        }));
        let (_, findings) = read(&edited(&edits));
        short(&findings).into_iter().map(|(code, ..)| code.to_string()).collect::<Vec<_>>()
    };
    const TEXT: &str =
        "\n[[courses]]\nid = \"X\"\nyears = [[\"core:12\"], [\"affiliate:12\"], [\"core:12\"]]\nwho = ";
    let with = |who: &str| -> &'static str { Box::leak(format!("{TEXT}{who}").into_boxed_str()) };
    assert_eq!(read(with("[\"19-1\"]"), &[]), [] as [&str; 0]);
    assert_eq!(read(with("[\"Y2019-01\"]"), &[]), [] as [&str; 0], "anonymous residents have ids too");
    assert_eq!(read(with("[]"), &[]), ["course-who-empty"]);
    assert_eq!(read(with("[\"19-9\"]"), &[]), ["course-who-unknown"]);
    let wish = Replace(R, "A;C,kawasaki;minato", "X;A,kawasaki;minato");
    assert_eq!(read(with("[\"18-1\"]"), &[wish]), ["course-wish-closed"]);
    let fixed = Replace(R, "19-1,,2019,,", "19-1,,2019,X,");
    assert_eq!(read(with("[\"18-1\"]"), &[fixed]), ["course-closed"]);
}
