//! What became of a plan: who moves, whose seat each takes, what it does to goals and facilities.
//!
//! Everything is counted in resident-months and adds up: the moves applied to the old plan give the
//! new one ([`moves`]), every moved resident-month is in exactly one chain or ring ([`chains`]), and at
//! every facility the months before, less those that leave, plus those that arrive, are the months
//! after ([`seats`]). Only months that the scenario decides are compared. Residents of a plan who are
//! not in the scenario any more move too: their seats become free.

pub mod chains;
pub mod moves;
pub(crate) mod seats;
mod shifts;

use crate::audit;
use crate::plan::GoalValue;
use crate::plan::earlier::Earlier;
use crate::scenario::{CourseIx, Goal, ResidentIx, Scenario};

pub use chains::{Chain, chains};
pub use moves::{Move, Whereabouts, course_changes, moves, moves_of_plans, whereabouts};
pub use seats::{SeatYear, seats};
pub use shifts::{Shift, places, shifts};

/// Somebody in a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    Resident(ResidentIx),
    /// Somebody who is not in the scenario any more, by their place in [`Diff::gone`].
    Gone(usize),
}

/// All that differs between two plans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diff {
    /// Ids and names of those in a plan who are not in the scenario, in order of ids.
    pub gone: Vec<(String, String)>,
    /// Residents whom the old plan has nowhere: they come, they do not move.
    pub new: Vec<ResidentIx>,
    /// By time and person.
    pub moves: Vec<Move<Who>>,
    /// The same months as in `moves`, by whose seat is taken.
    pub chains: Vec<Chain<Who>>,
    /// Residents in another section of the same facility, by time and person.
    pub shifts: Vec<Shift>,
    /// Residents whose course is another one: (resident, before, after).
    pub courses: Vec<(ResidentIx, Option<CourseIx>, Option<CourseIx>)>,
    /// Every facility and academic year in which a plan has anybody there.
    pub seats: Vec<SeatYear>,
    /// In the scenario's order; `stability` counts months away from the old plan.
    pub goals: Vec<(Goal, GoalValue, GoalValue)>,
}

impl Diff {
    pub fn is_empty(&self) -> bool {
        self.moves.is_empty() && self.shifts.is_empty() && self.courses.is_empty()
    }

    /// Resident-months at another facility, or placed in one plan only; of new residents too.
    pub fn months(&self) -> u32 {
        self.moves.iter().map(|one| one.span.months).sum()
    }

    /// The same without those of new residents.
    pub fn moved_months(&self) -> u32 {
        self.moved().map(|one| one.span.months).sum()
    }

    fn moved(&self) -> impl Iterator<Item = &Move<Who>> {
        let is_new = |who| matches!(who, Who::Resident(resident) if self.new.contains(&resident));
        self.moves.iter().filter(move |one| !is_new(one.resident))
    }

    /// How many people move; who is new does not.
    pub fn people(&self) -> usize {
        let mut people: Vec<Who> = self.moved().map(|one| one.resident).collect();
        people.sort();
        people.dedup();
        people.len()
    }

    /// Id and name of somebody in the plans.
    pub fn person<'a>(&'a self, scenario: &'a Scenario, who: Who) -> (&'a str, &'a str) {
        match who {
            Who::Resident(resident) => {
                let resident = scenario.resident(resident);
                (&resident.id, &resident.name)
            }
            Who::Gone(at) => self.gone.get(at).map_or(("", ""), |(id, name)| (id, name)),
        }
    }
}

/// Compares two plans in the months that the scenario decides.
pub fn diff(scenario: &Scenario, old: &Earlier, new: &Earlier) -> Diff {
    let mut gone: Vec<(String, String)> =
        old.gone.iter().chain(&new.gone).map(|gone| (gone.id.clone(), gone.name.clone())).collect();
    gone.sort();
    gone.dedup_by(|later, first| later.0 == first.0);
    let (before, after) = (everybody(old, &gone), everybody(new, &gone));
    let moves = moves(&before, &after);
    let in_plan = |at: &Whereabouts<Who>, resident| at.keys().any(|(who, _)| *who == Who::Resident(resident));
    let is_new = |resident: &ResidentIx| !in_plan(&before, *resident) && in_plan(&after, *resident);
    let value = |plan| audit::goal_values(scenario, plan, Some(&old.plan));
    let goals = value(&old.plan).into_iter().zip(value(&new.plan));
    Diff {
        chains: chains(&moves, None),
        shifts: shifts(&old.plan, &new.plan),
        courses: course_changes(scenario, &old.plan, &new.plan),
        seats: seats(scenario, &before, &after),
        goals: goals.map(|((goal, before), (_, after))| (goal, before, after)).collect(),
        new: scenario.resident_ixs().filter(is_new).collect(),
        moves,
        gone,
    }
}

/// Where everybody is in a plan, those who are gone included.
fn everybody(plan: &Earlier, gone: &[(String, String)]) -> Whereabouts<Who> {
    let placed = whereabouts(&plan.plan).into_iter();
    let mut at: Whereabouts<Who> =
        placed.map(|((resident, month), facility)| ((Who::Resident(resident), month), facility)).collect();
    for person in &plan.gone {
        let Some(who) = gone.iter().position(|(id, _)| *id == person.id).map(Who::Gone) else { continue };
        for stay in &person.stays {
            for month in stay.span.iter() {
                at.entry((who, month)).or_insert(stay.facility);
            }
        }
    }
    at
}
