//! Everything that concerns one resident or one facility in a plan.
//!
//! All figures are counted month by month from scenario and plan. *Alone* means: while everybody else
//! stays where the plan has them.

use std::collections::{BTreeMap, BTreeSet};

use super::alone::Whereabouts;
use super::one_cases::{self, FacilityCase, ResidentCase};
use super::proof::Careers;
use super::relax;
use crate::audit;
use crate::calendar::{Month, Span};
use crate::diff::places;
use crate::plan::Plan;
use crate::regulation::{Minimum, Rule};
use crate::scenario::service::Ledger;
use crate::scenario::{
    Accreditation, CourseIx, FacilityIx, LeaveKind, Lock, LockKind, Place, ResidentIx, Role, Scenario,
    SectionIx, Service, Stay,
};

/// A rule about one career: what the resident has, and what is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slack {
    pub minimum: Minimum,
    /// `None`: nothing to measure, as for stays at affiliates where there is none.
    pub measured: Option<u32>,
    pub required: u32,
}

/// A resident in a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResidentFacts {
    pub resident: ResidentIx,
    pub course: Option<CourseIx>,
    /// Place of the course among the wishes, from 1; `None` if it is not among them.
    pub course_place: Option<usize>,
    /// Courses that history, locks and leave leave possible; none if the careers cannot be listed.
    pub courses: Vec<CourseIx>,
    /// History and plan, contiguous months at one place as one stay.
    pub stays: Vec<Stay>,
    /// How leave counts, for whoever has any or leaves the program.
    pub ledger: Option<Ledger>,
    pub slack: Vec<Slack>,
    /// Each lock, and whether the plan keeps it.
    pub locks: Vec<(Lock, bool)>,
    /// Each facility wish in its order, and the decided months there.
    pub wishes: Vec<(FacilityIx, u32)>,
    pub cases: Vec<ResidentCase>,
    /// Per academic year the facilities where the resident could be alone in some month, other than
    /// those where they are.
    pub could_be: BTreeMap<i32, BTreeSet<FacilityIx>>,
}

/// A facility, or a section of one, in a plan in months in which nothing changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presence {
    pub span: Span,
    pub residents: Vec<ResidentIx>,
    /// Those of them on leave or working part-time.
    pub on_leave: Vec<(ResidentIx, LeaveKind)>,
    /// Residents there whom it can count on.
    pub at_work: u32,
    /// `None`: no limit of its own.
    pub seats: Option<u32>,
    /// Residents the facility counts on.
    pub counts_on: u32,
}

/// A facility in a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacilityFacts {
    pub facility: FacilityIx,
    pub months: Vec<Presence>,
    /// The same of each of its sections.
    pub sections: Vec<(SectionIx, Vec<Presence>)>,
    pub cases: Vec<FacilityCase>,
    /// Who wished for it in decided months, at which place of their wishes (from 1), and the decided
    /// months there.
    pub wishes: Vec<(ResidentIx, usize, u32)>,
    /// Each lock on it, and whether the plan keeps it.
    pub locks: Vec<(ResidentIx, Lock, bool)>,
    /// `None`: not looked for.
    pub could: Option<Could>,
}

/// Who could come to a facility or leave it, alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Could {
    /// Per academic year the residents who are not there in it and could be.
    pub come: BTreeMap<i32, BTreeSet<ResidentIx>>,
    /// Per academic year the residents who are there and could be elsewhere all year.
    pub go: BTreeMap<i32, BTreeSet<ResidentIx>>,
}

/// What a plan has of a resident.
pub fn resident_facts(scenario: &Scenario, plan: &Plan, resident: ResidentIx) -> ResidentFacts {
    let at = Whereabouts::of(scenario, plan);
    let person = scenario.resident(resident);
    let planned = places(plan);
    let mut months: BTreeMap<Month, Place> = BTreeMap::new();
    for stay in &person.history {
        months.extend(stay.span.iter().map(|month| (month, stay.place())));
    }
    for month in scenario.decided(resident).iter() {
        months.extend(planned.get(&(resident, month)).map(|&place| (month, place)));
    }
    let service = scenario.service(resident);
    let is_concerned = !person.leaves.is_empty() || person.resigned_from.is_some();
    let course = plan.course_of(resident);
    let place = |course: CourseIx| person.course_wishes.iter().position(|wish| *wish == course);
    let mut could_be: BTreeMap<i32, BTreeSet<FacilityIx>> = BTreeMap::new();
    for stay in at.alone(resident).unwrap_or_default().into_iter().flatten() {
        for (year, _) in scenario.calendar.split(stay.span) {
            if !at.in_year(resident, year).contains(&stay.facility) {
                could_be.entry(year).or_default().insert(stay.facility);
            }
        }
    }
    ResidentFacts {
        resident,
        course,
        course_place: course.and_then(place).map(|place| place + 1),
        courses: possible_courses(scenario, resident),
        // Whoever leaves has no minimum to reach.
        slack: Minimum::all()
            .filter(|_| person.ends_early().is_none())
            .filter_map(|minimum| slack(scenario, minimum, &months, &service))
            .collect(),
        stays: stays(&months),
        ledger: is_concerned.then(|| service.ledger()),
        locks: person.locks.iter().map(|&lock| (lock, is_kept(&planned, resident, lock))).collect(),
        wishes: person.facility_wishes.iter().map(|&wish| (wish, at.months(resident, wish))).collect(),
        cases: one_cases::of_resident(scenario, plan, resident),
        could_be,
    }
}

fn stays(months: &BTreeMap<Month, Place>) -> Vec<Stay> {
    let mut stays: Vec<Stay> = Vec::new();
    for (&month, &place) in months {
        let Place { facility, section } = place;
        match stays.last_mut() {
            Some(last) if last.place() == place && last.span.end() == month => last.span.months += 1,
            _ => stays.push(Stay { facility, span: Span::new(month, 1), section }),
        }
    }
    stays
}

/// The courses of all careers that the resident could have, whatever becomes of the others.
fn possible_courses(scenario: &Scenario, resident: ResidentIx) -> Vec<CourseIx> {
    let alone = relax::alone(scenario, scenario.resident(resident).clone());
    let Ok(careers) = Careers::of(&alone, &|| false) else { return Vec::new() };
    careers.of_resident(ResidentIx(0)).map(|careers| careers.courses()).unwrap_or_default()
}

/// What a career has to spare of a minimum; `None` of one that cannot be told so.
fn slack(
    scenario: &Scenario,
    minimum: Minimum,
    months: &BTreeMap<Month, Place>,
    service: &Service,
) -> Option<Slack> {
    let months: BTreeMap<Month, FacilityIx> =
        months.iter().map(|(month, place)| (*month, place.facility)).collect();
    let role = |facility: FacilityIx| scenario.facility(facility).role;
    // Leave may take a month from the minima of its facility, or a part of one; whole months are told.
    let at_facility = |month: Month| service.at(month).is_some_and(|this| this.at_facility);
    let count = |counts: &dyn Fn(Month, FacilityIx) -> bool| {
        let there =
            months.iter().filter(|&(&month, &facility)| at_facility(month) && counts(month, facility));
        let units: u32 = there.filter_map(|(month, _)| service.at(*month)).map(|this| this.counted).sum();
        Some(units / service.unit)
    };
    let measured = match minimum.rule()? {
        Rule::ComprehensiveMonths => count(&|month, facility| {
            *scenario.facility(facility).accreditation.at(month) == Accreditation::Comprehensive
        }),
        Rule::CoreMonths => count(&|_, facility| role(facility) == Role::Core),
        Rule::AffiliateStay => {
            // Leave without a seat interrupts a stay and does not end it.
            let placed: Vec<(&Month, &FacilityIx)> = months.iter().collect();
            let stays = placed.chunk_by(|one, next| one.1 == next.1);
            let affiliates = stays.filter(|stay| role(*stay[0].1) == Role::Affiliate);
            affiliates.map(|stay| stay.iter().filter(|(month, _)| at_facility(**month)).count() as u32).min()
        }
        Rule::SeveralFacilities => Some(months.values().collect::<BTreeSet<_>>().len() as u32),
        _ => return None,
    };
    Some(Slack { minimum, measured, required: minimum.of(&scenario.rules) })
}

/// Where each resident is in each month of a plan.
type Places = BTreeMap<(ResidentIx, Month), Place>;

fn is_kept(at: &Places, resident: ResidentIx, lock: Lock) -> bool {
    let demanded = lock.kind == LockKind::Must;
    // A lock without a section means any of them.
    let is_there = |at: &Place| {
        at.facility == lock.stay.facility && (lock.stay.section.is_none() || lock.stay.section == at.section)
    };
    let mut months = lock.stay.span.iter();
    months.all(|month| at.get(&(resident, month)).is_some_and(is_there) == demanded)
}

/// Everybody with something to decide who wished for the facility, the strongest wishes first.
fn wished_by(scenario: &Scenario, at: &Places, facility: FacilityIx) -> Vec<(ResidentIx, usize, u32)> {
    let months = |resident| {
        let there =
            |month: &Month| at.get(&(resident, *month)).is_some_and(|place| place.facility == facility);
        scenario.decided(resident).iter().filter(there).count() as u32
    };
    let mut wishes = Vec::new();
    for resident in scenario.resident_ixs().filter(|&r| !scenario.decided(r).is_empty()) {
        let place = scenario.resident(resident).facility_wishes.iter().position(|&wish| wish == facility);
        wishes.extend(place.map(|place| (resident, place + 1, months(resident))));
    }
    wishes.sort_by_key(|&(resident, place, _)| (place, resident));
    wishes
}

fn locks_on(scenario: &Scenario, at: &Places, facility: FacilityIx) -> Vec<(ResidentIx, Lock, bool)> {
    let mut locks = Vec::new();
    for resident in scenario.resident_ixs() {
        let on_it = scenario.resident(resident).locks.iter().filter(|lock| lock.stay.facility == facility);
        locks.extend(on_it.map(|&lock| (resident, lock, is_kept(at, resident, lock))));
    }
    locks
}

/// What a plan has of a facility; who could come or go is asked of [`could`].
pub fn facility_facts(scenario: &Scenario, plan: &Plan, facility: FacilityIx) -> FacilityFacts {
    let planned = places(plan);
    let is_here = |place: &Place| place.facility == facility;
    let limit = |month| audit::seat_limit(scenario, facility, month);
    let months = presences(scenario, &planned, is_here, limit, |month| {
        *scenario.facility(facility).min_residents.at(month)
    });
    let of_section = |section: SectionIx| {
        let of = scenario.section(section);
        let is_here = |place: &Place| place.section == Some(section);
        (
            section,
            presences(
                scenario,
                &planned,
                is_here,
                |month| *of.seats.at(month),
                |month| *of.min_residents.at(month),
            ),
        )
    };
    FacilityFacts {
        facility,
        months,
        sections: scenario.sections_of(facility).map(of_section).collect(),
        cases: one_cases::of_facility(scenario, plan, facility),
        wishes: wished_by(scenario, &planned, facility),
        locks: locks_on(scenario, &planned, facility),
        could: None,
    }
}

/// Who could come to a facility or leave it while everybody else stays; every resident is asked about, which takes
/// a while where there are many. `stopped`: nobody waits for it any more.
pub fn could(
    scenario: &Scenario,
    plan: &Plan,
    facility: FacilityIx,
    stopped: &dyn Fn() -> bool,
) -> Option<Could> {
    let at = Whereabouts::of(scenario, plan);
    let mut could = Could::default();
    for resident in scenario.resident_ixs() {
        if stopped() {
            return None;
        }
        let careers = at.alone(resident).unwrap_or_default();
        for (year, span) in scenario.calendar.split(scenario.decided(resident)) {
            let here = at.in_year(resident, year).contains(&facility);
            let is_here = |stays: &Vec<Stay>| {
                let mut meeting = stays.iter().filter(|stay| !stay.span.intersection(span).is_empty());
                meeting.any(|stay| stay.facility == facility)
            };
            if here && careers.iter().any(|stays| !is_here(stays)) {
                could.go.entry(year).or_default().insert(resident);
            } else if !here && careers.iter().any(is_here) {
                could.come.entry(year).or_default().insert(resident);
            }
        }
    }
    Some(could)
}

/// Who is at a place month by month, equal months as one.
fn presences(
    scenario: &Scenario,
    at: &Places,
    is_here: impl Fn(&Place) -> bool,
    seats: impl Fn(Month) -> Option<u32>,
    counts_on: impl Fn(Month) -> u32,
) -> Vec<Presence> {
    let counted = scenario.coverage_months();
    let services: Vec<Service> = scenario.resident_ixs().map(|r| scenario.service(r)).collect();
    let mut months: Vec<Presence> = Vec::new();
    for month in scenario.horizon().iter() {
        let here: Vec<ResidentIx> =
            scenario.resident_ixs().filter(|r| at.get(&(*r, month)).is_some_and(&is_here)).collect();
        let this = |resident: &ResidentIx| services[resident.0].at(month);
        let now = Presence {
            span: Span::new(month, 1),
            on_leave: here.iter().filter_map(|r| Some((*r, this(r)?.leave?))).collect(),
            at_work: here.iter().filter(|r| this(r).is_some_and(|this| this.staffs)).count() as u32,
            residents: here,
            seats: seats(month),
            counts_on: if counted.contains(month) { counts_on(month) } else { 0 },
        };
        match months.last_mut() {
            Some(last) if Presence { span: now.span, ..last.clone() } == now => last.span.months += 1,
            _ => months.push(now),
        }
    }
    months
}
