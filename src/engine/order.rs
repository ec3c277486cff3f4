//! When one scenario is proved to ask no more than another: every plan of the harder one, without the
//! residents who are not in the easier one, is a plan of the easier one.
//!
//! So if the harder one has a plan, the easier one has; if the easier one has none, the harder one has
//! none. This is compared, scenario against scenario, not assumed of a kind of number: more residents
//! under a course mix deal the courses anew, and then neither asks no more than the other.
//!
//! Residents of the harder scenario may be more, minima and targets higher, seats and case volumes lower.
//! What is only counted in goals, or only said, does not matter. All else has to be the same.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use sha2::{Digest, Sha256};

use crate::audit;
use crate::calendar::Month;
use crate::regulation::Minimum;
use crate::scenario::{Dated, Facility, Model, Resident, Scenario};

/// What a scenario asks for and what it offers, for comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demand {
    /// Of everything that has to be the same.
    same: [u8; 32],
    /// How many residents there are of whom the same is asked.
    residents: BTreeMap<String, u32>,
    /// Minima and targets: higher is harder.
    minima: Vec<u32>,
    /// Whether each case item is assessed: only then is its target asked for.
    assessed: Vec<bool>,
    /// The seats of each facility and of the whole program, from months on; `None`: no limit.
    seats: Vec<BTreeMap<Month, Option<u32>>>,
    /// The part of each item's volumes that residents may take, and what may be supplemented.
    shares: Vec<(Decimal, u32)>,
    /// Each facility's volumes from months on; `None`: unknown, which is neither more nor less.
    volumes: Vec<BTreeMap<Month, Option<Decimal>>>,
}

impl Demand {
    pub fn of(scenario: &Scenario) -> Self {
        let rules = &scenario.rules;
        let mut minima: Vec<u32> = Minimum::all().map(|minimum| minimum.of(rules)).collect();
        minima.extend(scenario.cases.iter().map(|case| case.target));
        let start = scenario.start();
        let volumes = scenario.facilities.iter().flat_map(|facility| &facility.volumes);
        Self {
            same: same(scenario),
            residents: residents(scenario),
            minima,
            assessed: scenario.case_ixs().map(|case| audit::case_is_assessed(scenario, case)).collect(),
            seats: seats(scenario),
            shares: scenario.cases.iter().map(|case| (case.trainee_share, case.supplement_max)).collect(),
            volumes: volumes.map(|volume| from_months(volume, start)).collect(),
        }
    }

    /// Whether this is proved to ask no more than `harder`.
    pub fn asks_no_more_than(&self, harder: &Self) -> bool {
        self.same == harder.same
            && self
                .residents
                .iter()
                .all(|(kind, count)| harder.residents.get(kind).is_some_and(|more| count <= more))
            && self.minima.iter().zip(&harder.minima).all(|(least, more)| least <= more)
            && self.assessed.iter().zip(&harder.assessed).all(|(asked, more)| asked <= more)
            && self.shares.iter().zip(&harder.shares).all(|(most, less)| most.0 >= less.0 && most.1 >= less.1)
            && self.seats.iter().zip(&harder.seats).all(|(most, less)| always(most, less, are_enough))
            && self.volumes.iter().zip(&harder.volumes).all(|(most, less)| always(most, less, is_as_much))
    }
}

/// No limit is more than any.
fn are_enough(most: Option<u32>, less: Option<u32>) -> bool {
    most.is_none_or(|most| less.is_some_and(|less| most >= less))
}

fn is_as_much(most: Option<Decimal>, less: Option<Decimal>) -> bool {
    match (most, less) {
        (Some(most), Some(less)) => most >= less,
        (most, less) => most == less,
    }
}

/// Whether two courses of values compare in every month.
fn always<T: Copy>(
    one: &BTreeMap<Month, T>,
    other: &BTreeMap<Month, T>,
    compare: impl Fn(T, T) -> bool,
) -> bool {
    let at = |values: &BTreeMap<Month, T>, month: Month| values.range(..=month).next_back().map(|(_, v)| *v);
    let months: BTreeSet<Month> = one.keys().chain(other.keys()).copied().collect();
    months.into_iter().all(|month| match (at(one, month), at(other, month)) {
        (Some(one), Some(other)) => compare(one, other),
        (None, None) => true,
        _ => false,
    })
}

/// A dated value as what holds from months on, the first decided one being the first.
fn from_months<T: Copy>(value: &Dated<T>, start: Month) -> BTreeMap<Month, T> {
    let later = value.changes.iter().copied().filter(|(month, _)| *month > start);
    [(start, *value.at(start))].into_iter().chain(later).collect()
}

/// The seats from the first decided month on, as supervisors and the facility's own limit leave them.
fn seats(scenario: &Scenario) -> Vec<BTreeMap<Month, Option<u32>>> {
    let changed = |facility: &Facility| {
        let supervisors = facility.supervisors.changes.iter().map(|(month, _)| *month);
        let own = facility.seats.changes.iter().map(|(month, _)| *month);
        supervisors.chain(own).collect::<Vec<_>>()
    };
    let start = scenario.start();
    let mut months: BTreeSet<Month> = scenario.facilities.iter().flat_map(changed).collect();
    months.retain(|month| *month > start);
    months.insert(start);
    let of = |limit: &dyn Fn(Month) -> Option<u32>| months.iter().map(|&m| (m, limit(m))).collect();
    let facilities = scenario.facility_ixs();
    let mut seats: Vec<_> =
        facilities.map(|ix| of(&|month| audit::seat_limit(scenario, ix, month))).collect();
    seats.push(of(&|month| audit::program_limit(scenario, month)));
    seats
}

/// How many there are of every kind of resident: what only names somebody or is only wished for is left
/// out.
fn residents(scenario: &Scenario) -> BTreeMap<String, u32> {
    let asked = |resident: &Resident| Resident {
        id: String::new(),
        name: String::new(),
        anonymous: false,
        course_wishes: Vec::new(),
        facility_wishes: Vec::new(),
        graduate_school_from: None,
        records: Vec::new(),
        ..resident.clone()
    };
    let mut kinds = BTreeMap::new();
    let mut of_last: Option<(Resident, u32)> = None;
    let mut count = |last: Option<(Resident, u32)>| {
        if let Some((resident, residents)) = last {
            *kinds.entry(format!("{resident:?}")).or_insert(0) += residents;
        }
    };
    for resident in &scenario.residents {
        let resident = asked(resident);
        match &mut of_last {
            Some((last, residents)) if *last == resident => *residents += 1,
            _ => count(of_last.replace((resident, 1))),
        }
    }
    count(of_last);
    kinds
}

/// The hash of what has to be the same. Every part of a scenario is named here, so that a new one is put
/// where it belongs: a rule under which a resident more can make things easier belongs among these.
fn same(scenario: &Scenario) -> [u8; 32] {
    let Model {
        id: _,
        name: _,
        training_months,
        calendar,
        first_year,
        intake: _,
        course_mix: _,
        rules,
        lifted,
        printed_totals: _,
        courses,
        goals: _,
        cases,
        volumes,
        facilities,
        sections,
        selectors,
        requirements,
        stay_rules,
        order_rules,
        staffing,
        points,
        not_stated: _,
        completion: _,
        residents: _,
        hash: _,
    } = &**scenario;
    let mut rules = rules.clone();
    // Compared as numbers.
    Minimum::all().for_each(|minimum| minimum.set(&mut rules, 0));
    // Compared as the seats that come of them.
    rules.residents_per_supervisor = 0;
    rules.supervisor_rounding = crate::scenario::SupervisorRounding::Pooled;
    // Asked about on its own.
    rules.intake_cap = None;
    let patterns = courses.iter().map(|course| &course.patterns).collect::<Vec<_>>();
    let lengths =
        courses.iter().map(|course| (course.training_months, &course.intake_max)).collect::<Vec<_>>();
    let facilities = facilities.iter().map(|facility| (&facility.id, facility.role, &facility.accreditation));
    let facilities = facilities.collect::<Vec<_>>();
    let cases = cases.iter().map(|case| (&case.id, case.volume, case.part_of)).collect::<Vec<_>>();
    let text = format!(
        "{training_months} {calendar:?} {first_year} {rules:?} {lifted:?} {patterns:?} {facilities:?} {cases:?} {volumes:?} \
         {sections:?} {selectors:?} {requirements:?} {stay_rules:?} {order_rules:?} {staffing:?} {points:?} {lengths:?}"
    );
    Sha256::digest(text).into()
}
