//! Seats, caps and totals of the source's own program, figure by figure.

use kenshu::internal::audit::{Finding, audit_program, program_limit, seat_limit};
use kenshu::internal::diagnostic::Severity;
use kenshu::internal::regulation::Rule;
use kenshu::internal::scenario::{
    Dated, FacilityIx, MeanRounding, Scenario, SupervisorRounding, TotalsSource,
};

use crate::common::keio::keio;
use crate::common::program::month;
use crate::judge::english;

#[test]
fn the_three_readings_of_the_supervisor_rule_give_161_162_and_159_seats() {
    let mut scenario = keio(&[(2019, 12)]);
    let april = month("2019-04");
    let seats = |scenario: &Scenario| -> u32 {
        scenario.facility_ixs().map(|ix| seat_limit(scenario, ix, april).unwrap()).sum()
    };
    let each: Vec<u32> =
        scenario.facility_ixs().map(|ix| seat_limit(&scenario, ix, april).unwrap()).collect();
    assert_eq!(each, [33, 9, 9, 12, 4, 6, 6, 12, 6, 3, 9, 6, 6, 10, 15, 3, 3, 9]);
    assert_eq!(seats(&scenario), 161);
    assert_eq!(program_limit(&scenario, april), None);
    scenario.unchecked_mut().rules.supervisor_rounding = SupervisorRounding::SupervisorFloor;
    assert_eq!(seats(&scenario), 159);
    scenario.unchecked_mut().rules.supervisor_rounding = SupervisorRounding::Pooled;
    assert_eq!(program_limit(&scenario, april), Some(162));
    assert_eq!(seat_limit(&scenario, FacilityIx(0), april), None);
    scenario.unchecked_mut().facilities[0].seats = Dated::constant(Some(7));
    assert_eq!(seat_limit(&scenario, FacilityIx(0), april), Some(7));
    assert_eq!(seat_limit(&scenario, FacilityIx(99), april), None);
}

fn of_cap(scenario: &Scenario) -> Vec<Finding> {
    audit_program(scenario).into_iter().filter(|finding| finding.rule == Rule::IntakeCap).collect()
}

fn figures(measured: &str, required: &str) -> (String, String) {
    (measured.to_string(), required.to_string())
}

/// (measured, required) of the notes of a rule about a year.
fn notes(findings: &[Finding], rule: Rule, year: i32) -> Vec<(String, String)> {
    let about = findings.iter().filter(|f| f.rule == rule && f.academic_year == Some(year));
    about
        .filter(|f| f.severity == Severity::Note)
        .map(|f| (f.measured.to_string(), f.required.to_string()))
        .collect()
}

#[test]
fn the_intake_cap_is_46_on_printed_totals_and_47_on_the_rows() {
    let mut scenario = keio(&[(2019, 12)]);
    let findings = of_cap(&scenario);
    assert_eq!(notes(&findings, Rule::IntakeCap, 2019), [figures("12", "46"), figures("12", "47")]);
    let text = english(&findings[0]);
    assert!(text.contains("set by ivr with 46.85"), "{text}");
    assert!(text.contains("supervisors 54.30, ct 104.56, ivr 46.85, radiotherapy 57.09"), "{text}");
    assert!(text.contains("resting on the printed totals"), "{text}");
    assert!(english(&findings[1]).contains("set by ivr with 47.07"));
    scenario.unchecked_mut().rules.intake_cap.as_mut().unwrap().totals = TotalsSource::Rows;
    let findings = of_cap(&scenario);
    assert_eq!(notes(&findings, Rule::IntakeCap, 2019), [figures("12", "47"), figures("12", "46")]);
    assert!(english(&findings[0]).contains("resting on the sums of the rows"));
    assert!(findings.iter().all(|finding| finding.severity != Severity::Error));
}

#[test]
fn an_intake_at_the_cap_passes_and_one_more_does_not() {
    let broken = |intake: &[(i32, u32)]| -> Vec<(i32, Severity, String, String)> {
        let mut scenario = keio(intake);
        scenario.unchecked_mut().rules.intake_cap.as_mut().unwrap().past_hires = None;
        let findings = audit_program(&scenario).into_iter();
        findings
            .filter(|f| f.rule == Rule::IntakeCap && f.severity != Severity::Note)
            .map(|f| (f.academic_year.unwrap(), f.severity, f.measured.to_string(), f.required.to_string()))
            .collect()
    };
    assert_eq!(broken(&[(2019, 46), (2020, 46)]), []);
    let over = |year, severity, hired: &str, left: &str| (year, severity, hired.into(), left.into());
    assert_eq!(broken(&[(2019, 47)]), [over(2019, Severity::Error, "47", "46")]);
    assert_eq!(broken(&[(2019, 47), (2020, 45)]), [over(2019, Severity::Warning, "47", "46")]);
    assert_eq!(
        broken(&[(2019, 47), (2020, 46)]),
        [over(2019, Severity::Warning, "47", "46"), over(2020, Severity::Error, "46", "45")]
    );
}

#[test]
fn an_unknown_volume_is_not_assessed_rather_than_passed() {
    let mut scenario = keio(&[(2019, 12), (2020, 12)]);
    scenario.unchecked_mut().facilities[9].volumes[1] = Dated::constant(None);
    let printed = audit_program(&scenario);
    assert_eq!(notes(&printed, Rule::IntakeCap, 2019), [figures("12", "46"), figures("12", "54")]);
    scenario.unchecked_mut().rules.intake_cap.as_mut().unwrap().totals = TotalsSource::Rows;
    let rows = audit_program(&scenario);
    let gaps: Vec<_> = rows.iter().filter(|f| f.message.key == "audit-intake-cap-not-assessed").collect();
    assert_eq!(gaps.len(), 1, "said once, not for every year");
    assert_eq!((gaps[0].severity, gaps[0].facility), (Severity::Warning, Some(FacilityIx(9))));
    assert!(english(gaps[0]).contains("ivr") && english(gaps[0]).contains("hino hospital"));
    assert_eq!(
        notes(&rows, Rule::IntakeCap, 2020)[0],
        figures("12", "54"),
        "supervisors bind among the rest"
    );
    let totals: Vec<_> = rows.iter().filter(|f| f.rule == Rule::PrintedTotals).collect();
    assert!(totals.iter().any(|f| f.message.key == "audit-printed-totals-not-assessed"));
}

#[test]
fn the_urban_mean_of_59_in_5_years_in_its_four_roundings() {
    let with = |rounding, intake: &[(i32, u32)]| {
        let mut scenario = keio(intake);
        scenario.unchecked_mut().rules.intake_cap.as_mut().unwrap().mean_rounding = rounding;
        audit_program(&scenario).into_iter().filter(|f| f.rule == Rule::UrbanCap).collect::<Vec<_>>()
    };
    let worst = |rounding, intake: &[(i32, u32)]| {
        with(rounding, intake).iter().map(|finding| finding.severity).max().unwrap()
    };
    let half_up = with(MeanRounding::HalfUp, &[(2019, 12)]);
    assert_eq!((&*half_up[0].measured.to_string(), &*half_up[0].required.to_string()), ("11.8", "12"));
    assert_eq!(
        notes(&half_up, Rule::UrbanCap, 2019),
        [figures("12", "11.8")],
        "12 passes, said with the exact mean"
    );
    assert!(english(&half_up[1]).contains("11.8"));
    assert_eq!(worst(MeanRounding::HalfUp, &[(2019, 12)]), Severity::Note);
    assert_eq!(worst(MeanRounding::HalfUp, &[(2019, 13)]), Severity::Error);
    assert_eq!(worst(MeanRounding::Ceil, &[(2019, 12)]), Severity::Note);
    assert_eq!(worst(MeanRounding::Exact, &[(2019, 12)]), Severity::Error);
    assert_eq!(worst(MeanRounding::Exact, &[(2019, 11)]), Severity::Note);
    assert_eq!(worst(MeanRounding::Floor, &[(2019, 12)]), Severity::Error);
    // Exactly: 12 is 0.2 too many and leaves 11.6, which 11 meets; rounded down it leaves 10.
    assert_eq!(worst(MeanRounding::Exact, &[(2019, 12), (2020, 11)]), Severity::Warning);
    assert_eq!(worst(MeanRounding::Floor, &[(2019, 12), (2020, 11)]), Severity::Error);
    let exact = with(MeanRounding::Exact, &[(2019, 12), (2020, 12)]);
    let last = exact.last().unwrap();
    assert_eq!((&*last.measured.to_string(), &*last.required.to_string()), ("12", "11.6"));
}

#[test]
fn the_urban_cap_is_for_urban_cores_only() {
    let mut scenario = keio(&[(2019, 40)]);
    scenario.unchecked_mut().facilities[0].prefecture = "栃木県".into();
    let findings = audit_program(&scenario);
    assert!(findings.iter().all(|f| f.rule != Rule::UrbanCap || f.severity == Severity::Note));
    assert!(findings.iter().any(|f| f.message.key == "audit-urban-cap-not-urban"));
    scenario.unchecked_mut().rules.intake_cap = None;
    let findings = audit_program(&scenario);
    assert!(findings.iter().any(|f| f.message.key == "audit-intake-cap-absent"), "every output says so");
}

#[test]
fn printed_totals_are_compared_exactly() {
    let findings = audit_program(&keio(&[(2019, 12)]));
    let totals: Vec<_> = findings.iter().filter(|f| f.rule == Rule::PrintedTotals).collect();
    let told: Vec<_> = totals.iter().map(|f| (f.measured.to_string(), f.required.to_string())).collect();
    assert_eq!(told, [figures("313689.7", "311993.9"), figures("2811", "2824")]);
    assert!(totals.iter().all(|f| f.severity == Severity::Warning));
    assert!(english(totals[0]).contains("+1695.8") && english(totals[1]).contains("difference -13"));
}
