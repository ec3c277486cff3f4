//! Case numbers by brute force: tiny programs at random, and every way of handing out their cases. Reads
//! the definitions plainly, in whole numbers of its own, and shares nothing with the judge.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::{BTreeMap, HashMap};

use kenshu::internal::calendar::{Month, Span};
use kenshu::internal::plan::{Placement, Plan};
use kenshu::internal::scenario::{Accreditation, Dated, FacilityIx, ResidentIx, Role, Scenario};
use rand::prelude::*;
use rust_decimal::Decimal;

use crate::common::program::{decimal, empty, facility, month, resident};
use crate::judge::cases::item;

/// A tiny program and a plan for it: who is where is arbitrary, only case numbers matter.
pub fn tiny(random: &mut StdRng) -> (Scenario, Plan) {
    let mut scenario = empty(24);
    scenario.unchecked_mut().facilities = vec![
        facility("core", Role::Core, Accreditation::Comprehensive, "9"),
        facility("east", Role::Affiliate, Accreditation::Training, "9"),
        facility("west", Role::Affiliate, Accreditation::Training, "9"),
        facility("clinic", Role::Associated, Accreditation::None, "9"),
    ];
    scenario.unchecked_mut().volumes = vec!["one".into(), "two".into()];
    scenario.unchecked_mut().rules.unknown_volumes_are_zero = random.random_bool(0.2);
    let volume = |random: &mut StdRng| {
        (!random.random_bool(0.03)).then(|| Decimal::new(random.random_range(0..=90), 1))
    };
    for facility in &mut scenario.unchecked_mut().facilities {
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
        let mut item = item(["one", "two"][volume], volume, random.random_range(0..=6));
        item.supplement_max = random.random_range(0..=1);
        item.trainee_share = decimal(["1", "0.5", "0.75", "0.9"][random.random_range(0..4)]);
        scenario.unchecked_mut().cases.push(item);
    }
    let mut rows = Vec::new();
    for number in 0..random.random_range(1..=4) {
        let mut one =
            resident(&format!("r{number}"), [2018, 2019, 2020, 2020, 2020, 2020][random.random_range(0..6)]);
        one.logged = (0..random.random_range(0..=2)).map(|_| random.random_range(0..=3)).collect();
        scenario.unchecked_mut().residents.push(one);
    }
    scenario.unchecked_mut().residents.sort_by_key(|one| one.entry_year);
    for number in scenario.resident_ixs() {
        for (_, span) in scenario.calendar.split(scenario.decided(number)) {
            let first = [12, 12, 12, 4, 9][random.random_range(0..5)];
            for (start, months) in [(0, first), (first, 12 - first)] {
                let facility = FacilityIx([0, 0, 0, 1, 2][random.random_range(0..5)]);
                let span = Span::new(span.start.plus(start), months);
                rows.push(Placement {
                    resident: number,
                    course: None,
                    facility,
                    section: None,
                    span,
                    line: None,
                });
            }
        }
    }
    if random.random_bool(0.1) && !rows.is_empty() {
        rows.remove(random.random_range(0..rows.len()));
    }
    rows.retain(|row| row.span.months > 0);
    (scenario, Plan::from(rows))
}

/// Where the row's resident is in which months, from the rows as they are.
pub fn months_there(scenario: &Scenario, plan: &Plan, resident: usize) -> BTreeMap<(i32, usize), i128> {
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
pub fn offer(scenario: &Scenario, case: usize, (year, facility): (i32, usize)) -> i128 {
    let months = scenario.calendar.span_of(year).iter();
    let sum: i128 = months.map(|month| tenths(scenario, case, facility, month).unwrap()).sum();
    let share: i128 = (scenario.cases[case].trainee_share * Decimal::ONE_HUNDRED).try_into().unwrap();
    sum * share / 12_000
}

pub fn is_assessed(scenario: &Scenario, case: usize) -> bool {
    let end = (0..scenario.residents.len()).map(|r| scenario.residents[r].entry_year + 2).max().unwrap();
    let years = 2020..end.max(2021);
    let known = |facility: usize| {
        let mut months = years.clone().flat_map(|year| scenario.calendar.span_of(year).iter());
        months.all(|month| tenths(scenario, case, facility, month).is_some())
    };
    (0..3).all(known)
}

pub fn need(scenario: &Scenario, case: usize, resident: usize) -> i128 {
    let logged = scenario.residents[resident].logged.get(case).copied().unwrap_or(0);
    let item = &scenario.cases[case];
    (i128::from(item.target) - i128::from(logged) - i128::from(item.supplement_max.min(item.target))).max(0)
}

/// One item as a puzzle: per link (resident, site, most), needs, offers.
pub struct Puzzle {
    pub links: Vec<(usize, usize, i128)>,
    pub sites: Vec<(i32, usize)>,
    pub needs: Vec<i128>,
    offers: Vec<i128>,
}

pub fn puzzle(scenario: &Scenario, plan: &Plan, case: usize) -> Puzzle {
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

    pub fn best(&self) -> i128 {
        self.most(0, self.needs.clone(), self.offers.clone(), &mut Memory::new())
    }

    /// An allocation as good as the best: per link what is taken.
    pub fn allocation(&self) -> Vec<i128> {
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
