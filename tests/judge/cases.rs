//! Case numbers: the judge's flow against brute force, quotas against their definition, and what is said.

use std::collections::{BTreeMap, HashMap};

use kenshu::audit::certificate::claim::{self, About, Outcome};
use kenshu::audit::{Finding, audit, audit_program, case_need, check_quotas};
use kenshu::calendar::{Month, Span};
use kenshu::diagnostic::Severity;
use kenshu::language::{Arg, Catalogue, Language, Message};
use kenshu::plan::{Answer, Placement, Plan, Quota, Status, claims};
use kenshu::regulation::Rule;
use kenshu::report::plan_json;
use kenshu::scenario::{
    Accreditation, CaseItem, CaseIx, Dated, FacilityIx, IntakeCap, MeanRounding, ResidentIx, Role, Scenario,
    TotalsSource,
};
use rand::prelude::*;
use rust_decimal::Decimal;

use crate::common::program::{decimal, empty, facility, good_plan, month, program, resident, row, span};
use crate::{english, judge, no_defects, speak};

pub fn item(id: &str, volume: usize, target: u32) -> CaseItem {
    CaseItem {
        id: id.into(),
        name: id.to_uppercase(),
        volume,
        target,
        supplement_max: 0,
        trainee_share: Decimal::ONE,
        part_of: None,
    }
}

/// The hand-made program with one item, 20 cases for everybody; `west` has exactly what `r1` needs, who
/// is nowhere else.
pub fn with_ivr() -> Scenario {
    let mut scenario = program();
    scenario.volumes = vec!["ivr".into()];
    scenario.cases = vec![item("ivr", 0, 20)];
    for (facility, volume) in scenario.facilities.iter_mut().zip([60, 30, 20, 24, 10]) {
        facility.volumes = vec![Dated::constant(Some(Decimal::from(volume)))];
    }
    scenario.facilities[5].volumes = vec![Dated::constant(None)];
    scenario
}

fn case_findings(scenario: &Scenario, plan: &Plan) -> Vec<Finding> {
    audit(scenario, plan, None).of(Rule::CaseVolume).cloned().collect()
}

fn errors(scenario: &Scenario, plan: &Plan) -> Vec<Finding> {
    let all = case_findings(scenario, plan).into_iter();
    all.filter(|finding| finding.severity == Severity::Error).collect()
}

fn number(finding: &Finding, name: &str) -> i64 {
    let arg = finding.message.args.iter().find(|(key, _)| *key == name);
    match arg {
        Some((_, Arg::Number(number))) => *number,
        other => panic!("{name}: {other:?}"),
    }
}

// ------------------------------------------------------------------------------ case by case

type Change = fn(&mut Scenario, &mut Plan);

#[test]
fn what_is_just_enough_and_what_is_not() {
    const NOBODY: &[&str] = &[];
    const R1: &[&str] = &["case-volume r1 - -"];
    let table: [(&str, Change, &[&str]); 20] = [
        ("just enough", |_, _| (), NOBODY),
        ("one more case", |s, _| s.cases[0].target = 21, R1),
        ("a volume just below", |s, _| set(s, 2, "19.999"), R1),
        ("logged cases count", |s, _| (s.cases[0].target, s.residents[0].logged) = (21, vec![1]), NOBODY),
        ("logged cases of another item do not", |s, _| s.residents[0].logged = vec![0, 5], NOBODY),
        ("a supplement counts", |s, _| (s.cases[0].target, s.cases[0].supplement_max) = (21, 1), NOBODY),
        (
            "a supplement replaces at most the whole target",
            |s, _| {
                s.cases[0].supplement_max = 99;
                s.facilities.iter_mut().for_each(|f| f.volumes = vec![Dated::constant(Some(Decimal::ZERO))]);
            },
            NOBODY,
        ),
        (
            "half of the volume is for residents",
            |s, _| {
                s.cases[0].trainee_share = decimal("0.5");
                (0..5).for_each(|ix| set(s, ix, ["120", "60", "40", "48", "20"][ix]));
            },
            NOBODY,
        ),
        (
            "half of the volume, rounded down",
            |s, _| {
                s.cases[0].trainee_share = decimal("0.5");
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
                s.cases[0].trainee_share = decimal("0.5");
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
                s.cases[0].target = 20;
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
                s.rules.unknown_volumes_are_zero = true;
                s.facilities[2].volumes = vec![Dated::constant(None)];
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
    scenario.facilities[facility].volumes = vec![Dated::constant(Some(decimal(volume)))];
}

fn change(scenario: &mut Scenario, facility: usize, from: &str, volume: Option<&str>) {
    scenario.facilities[facility].volumes[0].changes.push((month(from), volume.map(decimal)));
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
    assert_eq!((finding.measured.as_str(), finding.required.as_str()), ("15", "20"));
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
    assert_eq!((found[0].measured.as_str(), found[0].required.as_str()), ("12", "20"));
    assert_eq!(
        english(&found[0]),
        "Resident r1 needs 20 more cases of IVR and can reach 12 at most, 8 short, even with nobody else there \
         (west hospital 2020: 12)."
    );
}

#[test]
fn items_that_are_not_assessed_are_named_and_never_passed() {
    let mut scenario = with_ivr();
    scenario.volumes.push("us".into());
    scenario.cases.push(item("us", 1, 120));
    for facility in &mut scenario.facilities {
        facility.volumes.push(Dated::constant(None));
    }
    scenario.facilities[3].volumes[0] = Dated::constant(None);
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
    assert_eq!(english(&none[0]), "Case numbers are not assessed: the scenario has no [[cases]].");
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
    scenario.rules.intake_cap = Some(IntakeCap {
        supervisors_per_resident: Decimal::ONE,
        volume_per_resident: vec![(0, Decimal::from(60))],
        totals: TotalsSource::Rows,
        past_hires: None,
        past_years: 5,
        mean_rounding: MeanRounding::HalfUp,
    });
    scenario.residents[3].entry_year = 2021;
    scenario.residents[4].entry_year = 2021;
    scenario.cases[0].trainee_share = decimal("0.51");
    change(&mut scenario, 0, "2020-05", Some("59.9"));
    let finding = &audit_program(&scenario)[0];
    assert_eq!((finding.measured.as_str(), finding.required.as_str()), ("47.97", "60"));
    assert_eq!(
        english(finding),
        "IVR, the whole group: 2020: 143.91 cases (72 for residents), new residents 0, – each; 2021: 143.9 cases \
         (72 for residents), new residents 3, 47.97 each. The intake cap asks for 60 a year per new resident."
    );
}

// ---------------------------------------------------------------------- brute force, at random

/// A tiny program and a plan for it: who is where is arbitrary, only case numbers matter.
fn tiny(random: &mut StdRng) -> (Scenario, Plan) {
    let mut scenario = empty(24);
    scenario.facilities = vec![
        facility("core", Role::Core, Accreditation::Comprehensive, "9"),
        facility("east", Role::Affiliate, Accreditation::Training, "9"),
        facility("west", Role::Affiliate, Accreditation::Training, "9"),
        facility("clinic", Role::Associated, Accreditation::None, "9"),
    ];
    scenario.volumes = vec!["one".into(), "two".into()];
    scenario.rules.unknown_volumes_are_zero = random.random_bool(0.2);
    let volume = |random: &mut StdRng| {
        (!random.random_bool(0.03)).then(|| Decimal::new(random.random_range(0..=90), 1))
    };
    for facility in &mut scenario.facilities {
        for _ in 0..2 {
            let mut dated = Dated::constant(volume(random));
            if random.random_bool(0.3) {
                let at = month("2020-04").plus(random.random_range(1..36));
                dated.changes.push((at, volume(random)));
            }
            facility.volumes.push(dated);
        }
    }
    for volume in 0..2 {
        let mut item = item(["one", "two"][volume], volume, random.random_range(0..=9));
        item.supplement_max = random.random_range(0..=2);
        item.trainee_share = decimal(["1", "0.5", "0.75", "0.9"][random.random_range(0..4)]);
        scenario.cases.push(item);
    }
    let mut rows = Vec::new();
    for number in 0..random.random_range(1..=3) {
        let mut one =
            resident(&format!("r{number}"), [2018, 2019, 2020, 2020, 2021][random.random_range(0..5)]);
        one.logged = (0..random.random_range(0..=2)).map(|_| random.random_range(0..=3)).collect();
        scenario.residents.push(one);
    }
    scenario.residents.sort_by_key(|one| one.entry_year);
    for number in scenario.resident_ixs() {
        for (_, span) in scenario.calendar.split(scenario.decided(number)) {
            let first = [12, 12, 6, 4, 9][random.random_range(0..5)];
            for (start, months) in [(0, first), (first, 12 - first)] {
                let facility = FacilityIx([0, 0, 0, 1, 2][random.random_range(0..5)]);
                let span = Span::new(span.start.plus(start), months);
                rows.push(Placement { resident: number, course: None, facility, span, line: None });
            }
        }
    }
    if random.random_bool(0.1) && !rows.is_empty() {
        rows.remove(random.random_range(0..rows.len()));
    }
    rows.retain(|row| row.span.months > 0);
    (scenario, Plan { rows })
}

/// Where the row's resident is in which months, from the rows as they are.
fn months_there(scenario: &Scenario, plan: &Plan, resident: usize) -> BTreeMap<(i32, usize), i128> {
    let mut there = BTreeMap::new();
    for row in plan.rows.iter().filter(|row| row.resident.0 == resident) {
        for month in row.span.iter() {
            *there.entry((scenario.calendar.year_of(month), row.facility.0)).or_insert(0) += 1;
        }
    }
    there
}

/// Tenths of a case a year, as the tables have it.
fn tenths(scenario: &Scenario, case: usize, facility: usize, month: Month) -> Option<i128> {
    let value = *scenario.facilities[facility].volumes[scenario.cases[case].volume].at(month);
    let value = value.or(scenario.rules.unknown_volumes_are_zero.then_some(Decimal::ZERO))?;
    Some((value * Decimal::TEN).try_into().unwrap())
}

/// The offer in whole numbers: sum of tenths × share in hundredths / (12 × 1000).
fn offer(scenario: &Scenario, case: usize, (year, facility): (i32, usize)) -> i128 {
    let months = scenario.calendar.span_of(year).iter();
    let sum: i128 = months.map(|month| tenths(scenario, case, facility, month).unwrap()).sum();
    let share: i128 = (scenario.cases[case].trainee_share * Decimal::ONE_HUNDRED).try_into().unwrap();
    sum * share / 12_000
}

fn is_assessed(scenario: &Scenario, case: usize) -> bool {
    let end = (0..scenario.residents.len()).map(|r| scenario.residents[r].entry_year + 2).max().unwrap();
    let years = 2020..end.max(2021);
    let known = |facility: usize| {
        let mut months = years.clone().flat_map(|year| scenario.calendar.span_of(year).iter());
        months.all(|month| tenths(scenario, case, facility, month).is_some())
    };
    (0..3).all(known)
}

fn need(scenario: &Scenario, case: usize, resident: usize) -> i128 {
    let logged = scenario.residents[resident].logged.get(case).copied().unwrap_or(0);
    let item = &scenario.cases[case];
    (i128::from(item.target) - i128::from(logged) - i128::from(item.supplement_max.min(item.target))).max(0)
}

/// One item as a puzzle: per link (resident, site, most), needs, offers.
struct Puzzle {
    links: Vec<(usize, usize, i128)>,
    sites: Vec<(i32, usize)>,
    needs: Vec<i128>,
    offers: Vec<i128>,
}

fn puzzle(scenario: &Scenario, plan: &Plan, case: usize) -> Puzzle {
    let mut puzzle = Puzzle { links: Vec::new(), sites: Vec::new(), needs: Vec::new(), offers: Vec::new() };
    for resident in 0..scenario.residents.len() {
        let there = months_there(scenario, plan, resident);
        let open = there.values().sum::<i128>() < i128::from(scenario.decided(ResidentIx(resident)).months);
        let judged = !open && !there.is_empty();
        puzzle.needs.push(if judged { need(scenario, case, resident) } else { 0 });
        for (site, months) in there.into_iter().filter(|_| judged) {
            let position = puzzle.sites.iter().position(|known| *known == site).unwrap_or_else(|| {
                puzzle.sites.push(site);
                puzzle.offers.push(offer(scenario, case, site));
                puzzle.sites.len() - 1
            });
            puzzle.links.push((resident, position, puzzle.offers[position] * months / 12));
        }
    }
    puzzle
}

type Memory = HashMap<(usize, Vec<i128>, Vec<i128>), i128>;

impl Puzzle {
    /// The most cases that can be handed out from this link on, by trying everything.
    fn most(&self, link: usize, needs: Vec<i128>, offers: Vec<i128>, memory: &mut Memory) -> i128 {
        let Some(&(resident, site, most)) = self.links.get(link) else { return 0 };
        if let Some(known) = memory.get(&(link, needs.clone(), offers.clone())) {
            return *known;
        }
        let best = (0..=most.min(needs[resident]).min(offers[site])).map(|taken| {
            let (mut needs, mut offers) = (needs.clone(), offers.clone());
            needs[resident] -= taken;
            offers[site] -= taken;
            taken + self.most(link + 1, needs, offers, memory)
        });
        let best = best.max().unwrap();
        memory.insert((link, needs, offers), best);
        best
    }

    fn best(&self) -> i128 {
        self.most(0, self.needs.clone(), self.offers.clone(), &mut Memory::new())
    }

    /// An allocation as good as the best: per link what is taken.
    fn allocation(&self) -> Vec<i128> {
        let mut memory = Memory::new();
        let (mut needs, mut offers) = (self.needs.clone(), self.offers.clone());
        let mut left = self.most(0, needs.clone(), offers.clone(), &mut memory);
        let mut all = Vec::new();
        for (link, &(resident, site, most)) in self.links.iter().enumerate() {
            let limit = most.min(needs[resident]).min(offers[site]);
            let mut rest = |taken: i128| {
                let (mut needs, mut offers) = (needs.clone(), offers.clone());
                needs[resident] -= taken;
                offers[site] -= taken;
                self.most(link + 1, needs, offers, &mut memory)
            };
            let taken = (0..=limit).find(|&taken| taken + rest(taken) == left).unwrap();
            needs[resident] -= taken;
            offers[site] -= taken;
            left -= taken;
            all.push(taken);
        }
        all
    }
}

#[test]
fn the_flow_agrees_with_brute_force() {
    let (mut met, mut alone, mut shared, mut open) = (0, 0, 0, 0);
    for seed in 0..1500 {
        let (scenario, plan) = tiny(&mut StdRng::seed_from_u64(seed));
        let found = errors(&scenario, &plan);
        for case in 0..2 {
            let name = &scenario.cases[case].name;
            let is_about =
                |finding: &&Finding| finding.message.args.contains(&("case", Arg::Text(name.clone())));
            let of_case: Vec<&Finding> = found.iter().filter(is_about).collect();
            if !is_assessed(&scenario, case) {
                assert!(of_case.is_empty(), "seed {seed}: {of_case:?}");
                open += 1;
                continue;
            }
            let puzzle = puzzle(&scenario, &plan, case);
            let needs: i128 = puzzle.needs.iter().sum();
            let best = puzzle.best();
            assert_eq!(of_case.is_empty(), best == needs, "seed {seed}, {name}: {best} of {needs}");
            met += usize::from(best == needs);
            let mut missing = 0;
            for finding in &of_case {
                speak(finding);
                let resident = finding.resident.unwrap().0;
                let figure = |text: &str| text.parse::<i128>().unwrap();
                assert_eq!(figure(&finding.required), puzzle.needs[resident], "seed {seed}");
                missing += figure(&finding.required) - figure(&finding.measured);
                let own = puzzle.links.iter().filter(|(of, _, _)| *of == resident);
                let own: i128 = own.map(|(_, _, most)| most).sum();
                if finding.message.key == "audit-case-volume-alone" {
                    assert_eq!(figure(&finding.measured), own, "seed {seed}");
                    assert!(own < puzzle.needs[resident], "seed {seed}");
                    alone += 1;
                } else {
                    assert!(own >= puzzle.needs[resident], "seed {seed}");
                    // The numbers said are a reason by themselves.
                    let of = |name| number(finding, name);
                    assert!(of("offer") + of("elsewhere") < of("wanted"), "seed {seed}: {finding:?}");
                    assert!(of("residents") >= 2, "seed {seed}");
                    shared += 1;
                }
            }
            if of_case.iter().all(|finding| finding.message.key == "audit-case-volume-shared") {
                assert_eq!(missing, needs - best, "seed {seed}, {name}: as little as possible is missing");
            }
        }
    }
    assert!(met > 300 && alone > 300 && shared > 200 && open > 100, "{met} {alone} {shared} {open}");
}

#[test]
fn who_is_left_out_makes_nobody_else_short() {
    let mut compared = 0;
    for seed in 0..600 {
        let (scenario, plan) = tiny(&mut StdRng::seed_from_u64(seed));
        let who = |plan: &Plan| -> Vec<Option<ResidentIx>> {
            errors(&scenario, plan).iter().map(|finding| finding.resident).collect()
        };
        let whole = who(&plan);
        for gone in 0..plan.rows.len() {
            let mut holed = plan.clone();
            holed.rows.remove(gone);
            assert!(who(&holed).iter().all(|resident| whole.contains(resident)), "seed {seed}, row {gone}");
            compared += whole.len();
        }
    }
    assert!(compared > 500);
}

// -------------------------------------------------------------------------------------- quotas

/// An allocation for every assessed item, if there is one for all of them.
fn allocation(scenario: &Scenario, plan: &Plan) -> Option<Vec<Quota>> {
    let mut quotas = Vec::new();
    for case in (0..scenario.cases.len()).filter(|case| is_assessed(scenario, *case)) {
        let puzzle = puzzle(scenario, plan, case);
        if puzzle.best() < puzzle.needs.iter().sum() {
            return None;
        }
        for (&(resident, site, _), taken) in puzzle.links.iter().zip(puzzle.allocation()) {
            let (academic_year, facility) = puzzle.sites[site];
            quotas.push(Quota {
                resident: ResidentIx(resident),
                case: CaseIx(case),
                academic_year,
                facility: FacilityIx(facility),
                planned: taken.try_into().unwrap(),
            });
        }
    }
    quotas.retain(|quota| quota.planned > 0);
    quotas.sort();
    Some(quotas)
}

/// The definition, read plainly.
fn is_right(scenario: &Scenario, plan: &Plan, quotas: &[Quota]) -> bool {
    let fits = |(position, quota): (usize, &Quota)| {
        let known = quota.resident.0 < scenario.residents.len()
            && quota.facility.0 < scenario.facilities.len()
            && quota.case.0 < scenario.cases.len();
        let key = |quota: &Quota| (quota.resident, quota.case, quota.academic_year, quota.facility);
        let twice = quotas[..position].iter().any(|earlier| key(earlier) == key(quota));
        if !known || twice || quota.planned == 0 || !is_assessed(scenario, quota.case.0) {
            return false;
        }
        let site = (quota.academic_year, quota.facility.0);
        let Some(&months) = months_there(scenario, plan, quota.resident.0).get(&site) else { return false };
        let offer = offer(scenario, quota.case.0, site);
        let same = quotas.iter().filter(|other| {
            (other.case, other.academic_year, other.facility)
                == (quota.case, quota.academic_year, quota.facility)
        });
        let all: i128 = same.map(|other| i128::from(other.planned)).sum();
        i128::from(quota.planned) <= offer * months / 12 && all <= offer
    };
    let served = |case: usize, resident: usize| {
        let own = quotas.iter().filter(|quota| (quota.resident.0, quota.case.0) == (resident, case));
        let got: i128 = own.map(|quota| i128::from(quota.planned)).sum();
        scenario.decided(ResidentIx(resident)).is_empty() || got >= need(scenario, case, resident)
    };
    quotas.iter().enumerate().all(fits)
        && (0..scenario.cases.len())
            .filter(|case| is_assessed(scenario, *case))
            .all(|case| (0..scenario.residents.len()).all(|resident| served(case, resident)))
}

/// Both languages have words for it.
fn words(messages: &[Message]) -> Vec<String> {
    let catalogues = [Language::Ja, Language::En].map(Catalogue::new);
    let said = messages.iter().map(|message| {
        let [japanese, english] = catalogues.each_ref().map(|catalogue| catalogue.say(message));
        assert!(japanese != message.key && english != message.key, "{}", message.key);
        assert!(!japanese.contains("{$") && !english.contains("{$"), "{japanese} {english}");
        english
    });
    said.collect()
}

fn spoil(random: &mut StdRng, quotas: &mut Vec<Quota>) {
    if quotas.is_empty() || random.random_bool(0.1) {
        quotas.push(Quota {
            resident: ResidentIx(random.random_range(0..4)),
            case: CaseIx(random.random_range(0..3)),
            academic_year: random.random_range(2019..2023),
            facility: FacilityIx(random.random_range(0..5)),
            planned: random.random_range(0..3),
        });
        return;
    }
    let position = random.random_range(0..quotas.len());
    match random.random_range(0..9) {
        0 => drop(quotas.remove(position)),
        1 => quotas.push(quotas[position]),
        2 => quotas[position].planned += 1,
        3 => quotas[position].planned -= 1,
        4 => quotas[position].planned = u32::MAX,
        5 => quotas[position].facility = FacilityIx(random.random_range(0..5)),
        6 => quotas[position].resident = ResidentIx(random.random_range(0..4)),
        7 => quotas[position].academic_year += random.random_range(-1..=1),
        _ => quotas[position].case = CaseIx(random.random_range(0..3)),
    }
}

#[test]
fn quotas_are_accepted_if_and_only_if_they_are_an_allocation() {
    let (mut right, mut refused, mut harmless) = (0, 0, 0);
    for seed in 0..2500 {
        let random = &mut StdRng::seed_from_u64(seed);
        let (scenario, plan) = tiny(random);
        // A resident with an open month cannot be planned for; the career's own findings say why.
        let whole = (0..scenario.residents.len()).all(|r| {
            let there: i128 = months_there(&scenario, &plan, r).values().sum();
            there == i128::from(scenario.decided(ResidentIx(r)).months)
        });
        let Some(quotas) = allocation(&scenario, &plan).filter(|_| whole) else { continue };
        assert_eq!(check_quotas(&scenario, &plan, &quotas), [], "seed {seed}: {quotas:?}");
        assert!(is_right(&scenario, &plan, &quotas), "seed {seed}");
        right += 1;
        for _ in 0..12 {
            let mut spoilt = quotas.clone();
            spoil(random, &mut spoilt);
            let wrong = check_quotas(&scenario, &plan, &spoilt);
            words(&wrong);
            assert_eq!(
                wrong.is_empty(),
                is_right(&scenario, &plan, &spoilt),
                "seed {seed}: {spoilt:?} {wrong:?}"
            );
            if wrong.is_empty() { harmless += 1 } else { refused += 1 }
        }
    }
    assert!(right > 150 && refused > 1000 && harmless > 20, "{right} {refused} {harmless}");
}

/// A right allocation for the hand-made program, all of it needed: west in 2020 is r1's.
fn quotas() -> Vec<Quota> {
    let quota = |resident, academic_year, facility, planned| Quota {
        resident: ResidentIx(resident),
        case: CaseIx(0),
        academic_year,
        facility: FacilityIx(facility),
        planned,
    };
    vec![
        quota(0, 2020, 2, 20),
        quota(1, 2021, 1, 20),
        quota(2, 2020, 0, 20),
        quota(3, 2020, 0, 10),
        quota(3, 2021, 2, 6),
        quota(3, 2022, 3, 4),
        quota(4, 2021, 4, 10),
        quota(4, 2022, 0, 10),
        quota(5, 2021, 3, 20),
    ]
}

type Spoil = fn(&mut Vec<Quota>);

const CORRUPTIONS: [(&str, Spoil, &[&str]); 12] = [
    ("none left", Vec::clear, &["quota-short"; 6]),
    ("a row is missing", |q| drop(q.remove(4)), &["quota-short"]),
    ("one case too few", |q| q[8].planned -= 1, &["quota-short"]),
    ("a row twice", |q| q.push(q[1]), &["quota-twice", "quota-overdrawn"]),
    (
        "a row of none",
        |q| q.push(Quota { academic_year: 2021, planned: 0, ..q[2] }),
        &["quota-none", "quota-not-there"],
    ),
    ("at another facility", |q| q[1].facility = FacilityIx(0), &["quota-not-there"]),
    ("in another year", |q| q[7].academic_year = 2023, &["quota-not-there"]),
    (
        "before the first year",
        |q| q.push(Quota { academic_year: 2019, facility: FacilityIx(0), ..q[1] }),
        &["quota-not-there"],
    ),
    ("more than the months allow", |q| q[4].planned = 7, &["quota-too-many"]),
    ("more than the facility has", |q| q[7].planned = 61, &["quota-too-many", "quota-overdrawn"]),
    (
        "somebody else's",
        |q| q.push(Quota { resident: ResidentIx(1), planned: 1, ..q[0] }),
        &["quota-overdrawn"],
    ),
    ("nobody's", |q| q.push(Quota { resident: ResidentIx(9), ..q[0] }), &["quota-foreign"]),
];

#[test]
fn each_corruption_of_quotas_is_named() {
    let scenario = with_ivr();
    let plan = good_plan(&scenario);
    assert_eq!(check_quotas(&scenario, &plan, &quotas()), []);
    assert!(scenario.resident_ixs().all(|resident| case_need(&scenario, CaseIx(0), resident) == 20));
    for (name, spoil, expected) in CORRUPTIONS {
        let mut spoilt = quotas();
        spoil(&mut spoilt);
        let wrong = check_quotas(&scenario, &plan, &spoilt);
        words(&wrong);
        let keys: Vec<&str> = wrong.iter().map(|message| message.key).collect();
        assert_eq!(keys, expected, "{name}");
    }
    let mut unknown = with_ivr();
    unknown.facilities[3].volumes = vec![Dated::constant(None)];
    let wrong = check_quotas(&unknown, &plan, &quotas());
    assert!(wrong.len() == 9 && wrong.iter().all(|message| message.key == "quota-not-assessed"), "{wrong:?}");
    assert_eq!(check_quotas(&unknown, &plan, &[]), [], "nothing is claimed of what nobody knows");
}

// --------------------------------------------------------------------------------- plan.json

fn answer(plan: &Plan, quotas: Vec<Quota>) -> Answer {
    Answer {
        status: Status::Feasible,
        plan: Some(plan.clone()),
        quotas,
        goals: Vec::new(),
        certificate: Default::default(),
        remarks: Vec::new(),
    }
}

fn verdict(scenario: &Scenario, plan: &Plan, text: &str) -> Option<(Outcome, Message)> {
    let claims = claims::read(text.as_bytes()).unwrap();
    let verdicts = claim::check(scenario, Some(plan), None, &claims);
    let cases = verdicts.into_iter().find(|verdict| verdict.about == About::Cases)?;
    words(std::slice::from_ref(&cases.message));
    Some((cases.outcome, cases.message))
}

fn json(scenario: &Scenario, plan: &Plan, quotas: Vec<Quota>) -> String {
    let answer = answer(plan, quotas);
    plan_json::json(scenario, &answer, &[], &BTreeMap::new(), 0.0, &Catalogue::new(Language::En))
}

#[test]
fn planned_cases_are_a_claim_of_plan_json() {
    let scenario = with_ivr();
    let plan = good_plan(&scenario);
    let text = json(&scenario, &plan, quotas());
    let (outcome, message) = verdict(&scenario, &plan, &text).unwrap();
    assert_eq!((outcome, message.key), (Outcome::Holds, "claim-cases-hold"));
    for (name, spoil, expected) in CORRUPTIONS.iter().filter(|(name, _, _)| *name != "nobody's") {
        let mut spoilt = quotas();
        spoil(&mut spoilt);
        let (outcome, message) = verdict(&scenario, &plan, &json(&scenario, &plan, spoilt)).unwrap();
        assert_eq!((outcome, message.key), (Outcome::Rejected, "claim-cases-refused"), "{name}");
        assert!(message.args.contains(&("count", Arg::Number(expected.len() as i64))), "{name}");
    }
    for (old, new) in [
        ("\"resident\": \"r1\"", "\"resident\": \"r9\""),
        ("\"case\": \"ivr\"", "\"case\": \"ct\""),
        ("\"facility\": \"west\"", "\"facility\": \"best\""),
        ("\"cases\":", "\"somewhere else\":"),
    ] {
        assert!(text.contains(old), "{text}");
        let spoilt = text.replacen(old, new, 1);
        assert_eq!(verdict(&scenario, &plan, &spoilt).unwrap().0, Outcome::Rejected, "{new}");
    }
}

#[test]
fn what_nobody_knows_is_no_claim_that_holds() {
    let mut scenario = with_ivr();
    scenario.facilities[3].volumes = vec![Dated::constant(None)];
    let plan = good_plan(&scenario);
    let (outcome, message) = verdict(&scenario, &plan, &json(&scenario, &plan, Vec::new())).unwrap();
    assert_eq!((outcome, message.key), (Outcome::Open, "claim-cases-not-assessed"));
    scenario.volumes.push("ct".into());
    scenario.cases.push(item("ct", 1, 0));
    for facility in &mut scenario.facilities {
        facility.volumes.push(Dated::constant(Some(Decimal::ONE)));
    }
    let (outcome, message) = verdict(&scenario, &plan, &json(&scenario, &plan, Vec::new())).unwrap();
    assert_eq!(outcome, Outcome::Holds);
    assert!(words(&[message])[0].ends_with("(1 item is not assessed: a volume is unknown)."));
    let without = program();
    assert_eq!(verdict(&without, &plan, &json(&without, &plan, Vec::new())), None, "there are no items");
    let foreign = json(&with_ivr(), &plan, quotas());
    assert_eq!(verdict(&without, &plan, &foreign).unwrap().0, Outcome::Rejected, "nor may any be claimed");
}

#[test]
fn many_residents_are_judged_at_once() {
    let mut scenario = program();
    scenario.volumes = vec!["ivr".into()];
    scenario.residents = (0..60).map(|number| resident(&format!("r{number:02}"), 2020)).collect();
    scenario.cases = vec![item("ivr", 0, 30), item("two", 0, 31), item("three", 0, 29)];
    for facility in &mut scenario.facilities {
        facility.volumes = vec![Dated::constant(Some(Decimal::from(120)))];
    }
    let at = |number: usize, year: usize| FacilityIx((number * (year + 1) + number / 5 + year) % 5);
    let rows = (0..60).flat_map(|number| {
        (0..3).map(move |year| Placement {
            resident: ResidentIx(number),
            course: None,
            facility: at(number, year),
            span: Span::new(span("2020-04", 0).start.plus(12 * year as u32), 12),
            line: None,
        })
    });
    let plan = Plan { rows: rows.collect() };
    let by_item = |name: &str| {
        let found = errors(&scenario, &plan);
        let args = ("case", Arg::Text(name.into()));
        let missing = found.iter().filter(|f| f.message.args.contains(&args)).map(|f| number(f, "short"));
        missing.sum::<i64>()
    };
    // 15 sites offer 1,800 in all; all of them are needed.
    assert_eq!(["THREE", "IVR", "TWO"].map(by_item), [0, 0, 60]);
}
