//! Scenarios in memory that no tables say: what is asked in order to explain or to prove something.
//!
//! *Loosening* only ever allows more: every plan of a scenario, without the residents who then no longer
//! enter, is a plan of what it is loosened to. Such a scenario is solved and judged like any other, and
//! never written: what is handed to a director goes through the tables ([`Scenario::edited`]).

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::calendar::{Month, Span};
use crate::regulation::Minimum;
use crate::scenario::{
    Bound, CaseIx, CourseIx, FacilityIx, Goal, Leave, Lock, Model, Points, Resident, ResidentIx, RuleIx,
    Scenario,
};

/// Something that narrows what a plan may be, left out or moved.
#[derive(Debug, Clone)]
pub enum Loosening {
    Lock(ResidentIx, Lock),
    /// All locks of a resident.
    Locks(ResidentIx),
    Course(ResidentIx),
    History(ResidentIx),
    /// As if a leave were not taken. What history and locks say of other months stays.
    Leave(ResidentIx, Leave),
    /// A facility's own seats do not limit it in a span, nor, where `supervisors`, do its supervisors.
    Seats {
        facility: FacilityIx,
        span: Span,
        supervisors: bool,
    },
    /// The pool of supervisors does not limit anybody in a span.
    Pool(Span),
    /// Residents per supervisor: any number.
    Ratio,
    RatioTo(u32),
    /// A facility's own seats, if it has any, are at least so many in a span, and so are its supervisors.
    SeatsTo {
        facility: FacilityIx,
        span: Span,
        seats: u32,
        supervisors: Decimal,
    },
    /// So many more supervisors at a facility in a span.
    Supervisors {
        facility: FacilityIx,
        span: Span,
        by: Decimal,
    },
    /// A number that every career has to reach.
    Minimum(Minimum, u32),
    Target(CaseIx, u32),
    /// A row of a table of rules.
    Rule(RuleIx),
    /// A bound that such a row sets.
    BoundTo(Bound, u32),
    /// So many more cases a year of an item's volume at a facility in a span; nothing where it is unknown.
    Volume {
        case: CaseIx,
        facility: FacilityIx,
        span: Span,
        by: Decimal,
    },
    /// The part of the volumes of an item and its parts that trainees may take.
    Share(CaseIx, Decimal),
    /// Residents do not enter; everybody after them moves up.
    Without(BTreeSet<ResidentIx>),
}

impl Scenario {
    /// The scenario loosened, one thing after the other; residents go last.
    pub fn loosened(&self, by: impl IntoIterator<Item = Loosening>) -> Self {
        let mut model = self.0.clone();
        let mut gone = BTreeSet::new();
        for one in by {
            match one {
                Loosening::Without(residents) => gone.extend(residents),
                other => loosen(&mut model, other),
            }
        }
        remove(&mut model, &gone);
        Self(model)
    }

    /// The scenario with other goals; without any, existence is all that is asked of it.
    pub fn with_goals(&self, goals: Vec<Goal>) -> Self {
        Self(Model { goals, ..self.0.clone() })
    }

    /// The scenario with locks beside those it has.
    pub fn with_locks(&self, locks: impl IntoIterator<Item = (ResidentIx, Lock)>) -> Self {
        let mut model = self.0.clone();
        for (resident, lock) in locks {
            model.residents[resident.0].locks.push(lock);
        }
        Self(model)
    }

    /// The scenario whose months before `month` have happened, as `changed_from` says it.
    pub fn changed_from(&self, month: Month) -> Self {
        let mut model = self.0.clone();
        let earlier = model.rules.changed_from;
        model.rules.changed_from = Some(earlier.map_or(month, |earlier| earlier.max(month)));
        Self(model)
    }

    /// The scenario in which a resident's course is fixed.
    pub fn with_course(&self, resident: ResidentIx, course: CourseIx) -> Self {
        let mut model = self.0.clone();
        model.residents[resident.0].course = Some(course);
        Self(model)
    }

    /// The scenario with this person alone.
    pub fn alone(&self, person: Resident) -> Self {
        // Rows of points of their own are theirs still.
        let own = self.residents.iter().position(|one| one.id == person.id).map(ResidentIx);
        let points = self.points.iter().filter(|row| row.resident.is_none() || row.resident == own);
        let points =
            points.map(|row| Points { resident: row.resident.map(|_| ResidentIx(0)), ..row.clone() });
        Self(Model { points: points.collect(), residents: vec![person], ..self.0.clone() })
    }
}

fn loosen(model: &mut Model, by: Loosening) {
    match by {
        Loosening::Lock(resident, lock) => model.residents[resident.0].locks.retain(|other| *other != lock),
        Loosening::Locks(resident) => model.residents[resident.0].locks.clear(),
        Loosening::Course(resident) => model.residents[resident.0].course = None,
        Loosening::History(resident) => model.residents[resident.0].history.clear(),
        Loosening::Leave(resident, leave) => {
            model.residents[resident.0].leaves.retain(|other| *other != leave);
        }
        Loosening::Seats { facility, span, supervisors } => {
            model.facilities[facility.0].seats.set_within(span, |_| None);
            model.lifted.supervisors.extend(supervisors.then_some((facility, span)));
        }
        Loosening::Pool(span) => model.lifted.pool.push(span),
        Loosening::Ratio => model.lifted.ratio = true,
        Loosening::RatioTo(to) => model.rules.residents_per_supervisor = to,
        Loosening::SeatsTo { facility, span, seats, supervisors } => {
            let facility = &mut model.facilities[facility.0];
            facility.seats.set_within(span, |own| own.map(|own| own.max(seats)));
            facility.supervisors.set_within(span, |&now| now.max(supervisors));
        }
        Loosening::Supervisors { facility, span, by } => {
            model.facilities[facility.0].supervisors.set_within(span, |now| *now + by);
        }
        Loosening::Minimum(minimum, to) => minimum.set(&mut model.rules, to),
        Loosening::Target(case, to) => model.cases[case.0].target = to,
        Loosening::Rule(rule) => rule.empty(model),
        Loosening::BoundTo(bound, to) => bound.set(model, to),
        Loosening::Volume { case, facility, span, by } => {
            let unknown = model.rules.unknown_volumes_are_zero.then_some(Decimal::ZERO);
            let column = model.cases[case.0].volume;
            if let Some(volumes) = model.facilities[facility.0].volumes.get_mut(column) {
                volumes.set_within(span, |now| Some((*now).or(unknown)? + by));
            }
        }
        Loosening::Share(case, to) => {
            let items = model.cases.iter_mut().enumerate();
            let own = items.filter(|(at, item)| *at == case.0 || item.part_of == Some(case));
            own.for_each(|(_, item)| item.trainee_share = to);
        }
        Loosening::Without(residents) => remove(model, &residents),
    }
}

fn remove(model: &mut Model, gone: &BTreeSet<ResidentIx>) {
    for resident in gone {
        let year = model.residents[resident.0].entry_year;
        if let Some(count) = model.intake.get_mut(&year) {
            *count = count.saturating_sub(1);
        }
    }
    let mut position = 0..;
    model.residents.retain(|_| !position.next().is_some_and(|at| gone.contains(&ResidentIx(at))));
}
