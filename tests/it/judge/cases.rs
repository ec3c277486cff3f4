//! `case-volume` on cases made by hand: at its limit and beyond, and what is said.

use kenshu::internal::audit::{Finding, audit, audit_program};
use kenshu::internal::calendar::Span;
use kenshu::internal::diagnostic::Severity;
use kenshu::internal::language::Arg;
use kenshu::internal::plan::{Placement, Plan};
use kenshu::internal::regulation::Rule;
use kenshu::internal::scenario::{
    CaseItem, Dated, FacilityIx, IntakeCap, MeanRounding, ResidentIx, Role, Scenario, TotalsSource,
};
use rust_decimal::Decimal;

use crate::common::program::{decimal, good_plan, month, program, resident, row, span};
use crate::judge::{english, judge, no_defects, speak};

pub fn item(id: &str, volume: usize, target: u32) -> CaseItem {
    CaseItem {
        id: id.into(),
        name: id.to_uppercase(),
        volume,
        target,
        supplement_max: 0,
        trainee_share: Decimal::ONE,
        part_of: None,
        by_year: Vec::new(),
    }
}

/// The hand-made program with one item, 20 cases for everybody; `west` has exactly what `r1` needs, who
/// is nowhere else.
pub fn with_ivr() -> Scenario {
    let mut scenario = program();
    scenario.unchecked_mut().volumes = vec!["ivr".into()];
    scenario.unchecked_mut().cases = vec![item("ivr", 0, 20)];
    for (facility, volume) in scenario.unchecked_mut().facilities.iter_mut().zip([60, 30, 20, 24, 10]) {
        facility.volumes = vec![Dated::constant(Some(Decimal::from(volume)))];
    }
    scenario.unchecked_mut().facilities[5].volumes = vec![Dated::constant(None)];
    scenario
}

fn case_findings(scenario: &Scenario, plan: &Plan) -> Vec<Finding> {
    audit(scenario, plan, None).of(Rule::CaseVolume).cloned().collect()
}

pub fn errors(scenario: &Scenario, plan: &Plan) -> Vec<Finding> {
    let all = case_findings(scenario, plan).into_iter();
    all.filter(|finding| finding.severity == Severity::Error).collect()
}

pub fn number(finding: &Finding, name: &str) -> i64 {
    let arg = finding.message.args.iter().find(|(key, _)| *key == name);
    match arg {
        Some((_, Arg::Number(number))) => *number,
        other => unreachable!("{name}: {other:?}"),
    }
}

type Change = fn(&mut Scenario, &mut Plan);

#[test]
fn what_is_just_enough_and_what_is_not() {
    const NOBODY: &[&str] = &[];
    const R1: &[&str] = &["case-volume r1 - -"];
    let table: [(&str, Change, &[&str]); 20] = [
        ("just enough", |_, _| (), NOBODY),
        ("one more case", |s, _| s.unchecked_mut().cases[0].target = 21, R1),
        ("a volume just below", |s, _| set(s, 2, "19.999"), R1),
        (
            "logged cases count",
            |s, _| (s.unchecked_mut().cases[0].target, s.unchecked_mut().residents[0].logged) = (21, vec![1]),
            NOBODY,
        ),
        (
            "logged cases of another item do not",
            |s, _| s.unchecked_mut().residents[0].logged = vec![0, 5],
            NOBODY,
        ),
        (
            "a supplement counts",
            |s, _| (s.unchecked_mut().cases[0].target, s.unchecked_mut().cases[0].supplement_max) = (21, 1),
            NOBODY,
        ),
        (
            "a supplement replaces at most the whole target",
            |s, _| {
                s.unchecked_mut().cases[0].supplement_max = 99;
                s.unchecked_mut()
                    .facilities
                    .iter_mut()
                    .for_each(|f| f.volumes = vec![Dated::constant(Some(Decimal::ZERO))]);
            },
            NOBODY,
        ),
        (
            "half of the volume is for residents",
            |s, _| {
                s.unchecked_mut().cases[0].trainee_share = decimal("0.5");
                (0..5).for_each(|ix| set(s, ix, ["120", "60", "40", "48", "20"][ix]));
            },
            NOBODY,
        ),
        (
            "half of the volume, rounded down",
            |s, _| {
                s.unchecked_mut().cases[0].trainee_share = decimal("0.5");
                (0..5).for_each(|ix| set(s, ix, ["120", "60", "39.9", "48", "20"][ix]));
            },
            R1,
        ),
        ("a volume that falls within the year", |s, _| change(s, 2, "2020-10", Some("19.9")), R1),
        (
            "a volume that falls by less than the mean has to spare",
            |s, _| {
                set(s, 2, "21");
                change(s, 2, "2020-10", Some("19"));
            },
            NOBODY,
        ),
        (
            "rounded down once, after the share",
            |s, _| {
                s.unchecked_mut().cases[0].trainee_share = decimal("0.5");
                (0..5).for_each(|ix| set(s, ix, ["120", "60", "39.5", "48", "20"][ix]));
                change(s, 2, "2020-10", Some("40.5"));
            },
            NOBODY,
        ),
        (
            "a part of the year is a part of the offer",
            |s, p| {
                // r1 has 20 × 11 / 12 = 18.3 at west and 30 × 1 / 12 = 2.5 at east: 20 together.
                p.rows[0].span.months = 11;
                p.rows.push(row(s, "r1", "A", "east", "2021-03", 1));
            },
            &["affiliate-stay r1 east 2021-03", "course-pattern r1 - 2020-04"],
        ),
        (
            "a smaller part is not enough",
            |s, p| {
                p.rows[0].span.months = 10;
                p.rows.push(row(s, "r1", "A", "south", "2021-02", 2));
            },
            &["affiliate-stay r1 south 2021-02", "case-volume r1 - -", "course-pattern r1 - 2020-04"],
        ),
        (
            "two stays of a year count together",
            |s, p| {
                // 20 × 7 / 12 and 20 × 4 / 12 would be 11 + 6; 20 × 11 / 12 is 18.
                s.unchecked_mut().cases[0].target = 20;
                p.rows[0].span.months = 7;
                p.rows.push(row(s, "r1", "A", "east", "2020-11", 1));
                p.rows.push(row(s, "r1", "A", "west", "2020-12", 4));
            },
            &["affiliate-stay r1 east 2020-11", "course-pattern r1 - 2020-04"],
        ),
        (
            "an open month leaves a resident out",
            |s, p| {
                set(s, 2, "0");
                p.rows[0].span.months = 11;
            },
            &["whole-career r1 - 2021-03"],
        ),
        (
            "the years before supply nothing",
            |s, _| {
                set(s, 0, "1000");
                set(s, 2, "19");
            },
            R1,
        ),
        (
            "an unknown volume is not judged",
            |s, _| {
                set(s, 2, "0");
                change(s, 4, "2024-03", None);
            },
            NOBODY,
        ),
        (
            "unknown in a year that nobody decides about",
            |s, _| {
                set(s, 2, "19");
                change(s, 4, "2024-04", None);
            },
            R1,
        ),
        (
            "an unknown volume may count as none",
            |s, _| {
                s.unchecked_mut().rules.unknown_volumes_are_zero = true;
                s.unchecked_mut().facilities[2].volumes = vec![Dated::constant(None)];
            },
            R1,
        ),
    ];
    for (name, change, expected) in table {
        let mut scenario = with_ivr();
        let mut plan = good_plan(&scenario);
        change(&mut scenario, &mut plan);
        assert_eq!(judge(&scenario, &plan), expected, "{name}");
    }
}

fn set(scenario: &mut Scenario, facility: usize, volume: &str) {
    scenario.unchecked_mut().facilities[facility].volumes = vec![Dated::constant(Some(decimal(volume)))];
}

fn change(scenario: &mut Scenario, facility: usize, from: &str, volume: Option<&str>) {
    scenario.unchecked_mut().facilities[facility].volumes[0].changes.push((month(from), volume.map(decimal)));
}

#[test]
fn a_shared_shortage_names_sites_and_sharers() {
    // r1 and r2 share west in 2020; r2 alone could go to east.
    let mut scenario = with_ivr();
    let plan = good_plan(&scenario);
    assert_eq!(judge(&scenario, &plan), no_defects());
    set(&mut scenario, 1, "15");
    let found = errors(&scenario, &plan);
    assert_eq!(found.len(), 1, "{found:?}");
    let finding = &found[0];
    assert_eq!((&*finding.measured.to_string(), &*finding.required.to_string()), ("15", "20"));
    assert_eq!((finding.facility, finding.academic_year), (Some(FacilityIx(2)), Some(2020)));
    assert_eq!(
        english(finding),
        "Resident r2 needs 20 more cases of IVR and comes to 15, 5 short: 2 residents need 40 together, share 20 \
         (west hospital 2020: 20) and can take 15 elsewhere at most."
    );
    let [japanese, _] = speak(finding);
    assert_eq!(
        japanese,
        "専攻医 r2 は IVR があと 20 件必要ですが、15 件にとどまり、5 件足りません。2 名の必要数は計 40 件で、\
         分け合う施設の件数は計 20 件（west病院 2020: 20）、ほかの配置先で経験できるのは計 15 件までです。"
    );
}

#[test]
fn a_resident_who_cannot_reach_it_alone_is_told_so() {
    let mut scenario = with_ivr();
    set(&mut scenario, 2, "12.5");
    let found = errors(&scenario, &good_plan(&scenario));
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((&*found[0].measured.to_string(), &*found[0].required.to_string()), ("12", "20"));
    assert_eq!(
        english(&found[0]),
        "Resident r1 needs 20 more cases of IVR and can reach 12 at most, 8 short, even with nobody else there \
         (west hospital 2020: 12)."
    );
}

#[test]
fn items_that_are_not_assessed_are_named_and_never_passed() {
    let mut scenario = with_ivr();
    scenario.unchecked_mut().volumes.push("us".into());
    scenario.unchecked_mut().cases.push(item("us", 1, 120));
    for facility in &mut scenario.unchecked_mut().facilities {
        facility.volumes.push(Dated::constant(None));
    }
    scenario.unchecked_mut().facilities[3].volumes[0] = Dated::constant(None);
    let plan = good_plan(&scenario);
    for findings in [case_findings(&scenario, &plan), audit_program(&scenario)] {
        let notes: Vec<&Finding> = findings.iter().filter(|f| f.rule == Rule::CaseVolume).collect();
        assert_eq!(notes.len(), 2);
        assert!(notes.iter().all(|note| note.severity == Severity::Note));
        assert_eq!(english(notes[0]), "IVR is not assessed: the volume is unknown at north hospital.");
        assert_eq!(notes[0].facility, Some(FacilityIx(3)));
        assert_eq!(english(notes[1]), "US is not assessed: the volume is unknown at every facility.");
    }
    // The associated clinic is no placement, so that nobody knows its figure does not matter.
    let scenario = with_ivr();
    assert_eq!(scenario.facilities[5].role, Role::Associated);
    assert!(english(&audit_program(&scenario)[0]).starts_with("IVR, the whole group: "));
    let none = audit_program(&program());
    assert_eq!(english(&none[0]), "Case numbers are not assessed: [[cases]] has no entry.");
}

#[test]
fn the_group_as_a_whole_is_set_against_new_residents() {
    let mut scenario = with_ivr();
    let said = |scenario: &Scenario| english(&audit_program(scenario)[0]);
    assert_eq!(
        said(&scenario),
        "IVR, the whole group: 2020: 144 cases (144 for residents), new residents 2, 72 each; 2021: 144 cases \
         (144 for residents), new residents 1, 144 each."
    );
    scenario.unchecked_mut().rules.intake_cap = Some(IntakeCap {
        supervisors_per_resident: Decimal::ONE,
        volume_per_resident: vec![(0, Decimal::from(60))],
        totals: TotalsSource::Rows,
        past_hires: None,
        past_years: 5,
        mean_rounding: MeanRounding::HalfUp,
    });
    for resident in &mut scenario.unchecked_mut().residents[3..5] {
        resident.entry_year = 2021;
        resident.entry = month("2021-04");
    }
    scenario.unchecked_mut().cases[0].trainee_share = decimal("0.51");
    change(&mut scenario, 0, "2020-05", Some("59.9"));
    let finding = &audit_program(&scenario)[0];
    assert_eq!((&*finding.measured.to_string(), &*finding.required.to_string()), ("47.97", "60"));
    assert_eq!(
        english(finding),
        "IVR, the whole group: 2020: 143.91 cases (72 for residents), new residents 0, – each; 2021: 143.9 cases \
         (72 for residents), new residents 3, 47.97 each. The intake cap asks for 60 a year per new resident."
    );
}

#[test]
fn many_residents_are_judged_at_once() {
    let mut scenario = program();
    scenario.unchecked_mut().volumes = vec!["ivr".into()];
    scenario.unchecked_mut().residents =
        (0..60).map(|number| resident(&format!("r{number:02}"), 2020)).collect();
    scenario.unchecked_mut().cases = vec![item("ivr", 0, 30), item("two", 0, 31), item("three", 0, 29)];
    for facility in &mut scenario.unchecked_mut().facilities {
        facility.volumes = vec![Dated::constant(Some(Decimal::from(120)))];
    }
    let at = |number: usize, year: usize| FacilityIx((number * (year + 1) + number / 5 + year) % 5);
    let rows = (0..60).flat_map(|number| {
        (0..3).map(move |year| Placement {
            resident: ResidentIx(number),
            course: None,
            facility: at(number, year),
            section: None,
            span: Span::new(span("2020-04", 0).start.plus(12 * year as u32), 12),
            line: None,
        })
    });
    let plan = Plan::from(rows.collect::<Vec<_>>());
    let by_item = |name: &str| {
        let found = errors(&scenario, &plan);
        let args = ("case", Arg::Text(name.into()));
        let missing = found.iter().filter(|f| f.message.args.contains(&args)).map(|f| number(f, "short"));
        missing.sum::<i64>()
    };
    // 15 sites offer 1,800 in all; all of them are needed.
    assert_eq!(["THREE", "IVR", "TWO"].map(by_item), [0, 0, 60]);
}

/// Cases due by the end of a year: a warning to whoever cannot have them by then, at the limit and beyond.
#[test]
fn milestones_are_warned_of() {
    let due = |first: u32| {
        let mut scenario = with_ivr();
        scenario.unchecked_mut().residents.iter_mut().for_each(|one| one.logged = vec![20]);
        scenario.unchecked_mut().cases[0].by_year = vec![first];
        let plan = good_plan(&scenario);
        let findings = case_findings(&scenario, &plan).into_iter();
        let warned = findings.filter(|finding| finding.severity == Severity::Warning);
        warned.map(|finding| scenario.resident(finding.resident.unwrap()).id.clone()).collect::<Vec<_>>()
    };
    // `north`, where r6 is in the first year, has 24; everybody else's first year is past or at the core.
    assert_eq!(due(44), [] as [&str; 0]);
    assert_eq!(due(45), ["r6"]);
}
