//! Shipped scenarios whose numbers a person can find by counting: so many fit in, and not one more.

use kenshu::internal::audit::audit;
use kenshu::internal::audit::certificate::{Limits, Verdict, verify};
use kenshu::internal::plan::{Proof, Status};
use kenshu::internal::regulation::Subject;
use kenshu::internal::scenario::{Scenario, Sources, read, shipped};
use kenshu::internal::solve::{Backend, Control, solve};

/// A shipped scenario with texts of its files replaced: (file, old, new).
fn varied(name: &str, changes: &[(&str, &str, &str)]) -> Scenario {
    let mut sources: Sources = shipped(name).unwrap();
    for (file, old, new) in changes {
        let bytes = sources.files.get_mut(*file).unwrap();
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert_eq!(text.matches(old).count(), 1, "{name}/{file}: {old}");
        *bytes = text.replace(old, new).into_bytes();
    }
    let (scenario, findings) = read(&sources);
    scenario.unwrap_or_else(|| panic!("{name}: {findings:?}"))
}

/// Whether everybody can be placed: a plan that the judge accepts with every goal proved best, or a proof that there is
/// none.
fn is_placeable(scenario: &Scenario) -> bool {
    let control =
        Control { backend: Backend::Microlp, base: None, time_left: &|| None, progress: &mut |_| () };
    let answer = solve(scenario, control);
    let checked =
        verify(scenario, answer.plan.as_ref(), None, &answer.certificate, &Limits::default()).unwrap();
    let Some(plan) = &answer.plan else {
        assert_eq!(answer.status, Status::Infeasible, "{:?}", answer.reason);
        assert!(checked.no_plan);
        return false;
    };
    assert_eq!(answer.status, Status::Optimal, "{:?}", answer.goals);
    assert!(answer.goals.iter().all(|goal| goal.proof == Proof::Certified), "{:?}", answer.goals);
    assert!(checked.goals.iter().all(|goal| goal.2 == Verdict::Proved), "{:?}", checked.goals);
    assert!(!audit(scenario, plan, None).has_violations(Subject::Placement));
    true
}

#[test]
fn programs_of_other_specialties_are_planned_and_proved() {
    for name in ["ceiling-track", "emergency", "general-practice", "internal-medicine", "surgery"] {
        assert!(is_placeable(&varied(name, &[])), "{name}");
    }
}

/// 2 + 3 seats in general practice for 36 months are 180 resident-months, 18 for each of 10.
#[test]
fn general_practice_takes_ten_a_year() {
    for (intake, fits) in [(9, true), (10, true), (11, false)] {
        let intake = format!("2026 = {intake}");
        let scenario = varied("general-practice", &[("program.toml", "2026 = 10", &intake)]);
        assert_eq!(is_placeable(&scenario), fits, "{intake}");
    }
}

/// 2 seats in an area short of doctors for 36 months are 72 resident-months, 12 for each of 6.
#[test]
fn general_practice_takes_six_a_year_if_all_spend_a_year_where_doctors_are_few() {
    for (intake, fits) in [(5, true), (6, true), (7, false)] {
        let intake = format!("2026 = {intake}");
        let changes =
            [("program.toml", "2026 = 10", intake.as_str()), ("requirements.csv", "scarce,0", "scarce,12")];
        assert_eq!(is_placeable(&varied("general-practice", &changes)), fits, "{intake}");
    }
}

/// 4 seats in the emergency room for 36 months are 144 resident-months, 18 for each of 8.
#[test]
fn emergency_medicine_takes_eight_a_year() {
    for (intake, fits) in [(8, true), (9, false)] {
        let intake = format!("2026 = {intake}");
        let scenario = varied("emergency", &[("program.toml", "2026 = 8", &intake)]);
        assert_eq!(is_placeable(&scenario), fits, "{intake}");
    }
}

/// Two sites outside with one seat each are 72 resident-months, 18 for each of 4.
#[test]
fn a_track_with_two_seats_outside_takes_four_a_year() {
    for (track, fits) in [(3, true), (4, true), (5, false)] {
        let (intake, mix, most) = (4 + track, format!("R = {track}"), format!("2026 = {track}\n\n[rules]"));
        let changes = [
            ("program.toml", "2026 = 8", &*format!("2026 = {intake}")),
            ("program.toml", "\nR = 4", &*format!("\n{mix}")),
            ("program.toml", "2026 = 4\n\n[rules]", &*most),
        ];
        assert_eq!(is_placeable(&varied("ceiling-track", &changes)), fits, "{mix}");
    }
}
