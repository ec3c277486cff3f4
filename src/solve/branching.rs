//! Proof by cases, where prices alone leave a gap.
//!
//! A gap between bound and value is closed by a decision that splits all plans in two (this resident
//! takes this course or does not; is at this facility in this month or is not), each half with
//! prices of its own, and so on until every leaf proves the value. A leaf is believed for its exact
//! bound, as everywhere; the tree is believed because each decision and its opposite leave nothing
//! out. The relaxed master over the careers that matter tells which decision is most undecided.

use std::sync::Arc;

use super::bound::{Hold, Prices, Quantity, ResidentGoal};
use super::classes::Class;
use super::formulation::Formulation;
use super::grid;
use super::integral::Master;
use super::patience::patiently;
use super::pool::{Context, Pool};
use super::prices::{Aim, Proved};
use super::rows::{Of, Row};
use crate::calendar::Month;
use crate::itineraries::{Careers, Step};
use crate::plan::certificate::DEPTH_MAX;
use crate::scenario::{CourseIx, FacilityIx, SectionIx};

/// A statement that is true or false of every plan: but for the last about one resident's career.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    Course {
        resident: usize,
        course: CourseIx,
    },
    Facility {
        resident: usize,
        facility: FacilityIx,
        month: Month,
    },
    Section {
        resident: usize,
        section: SectionIx,
        month: Month,
    },
    /// Somebody's value of the goal is at least the level.
    Worst {
        goal: ResidentGoal,
        level: i64,
    },
}

impl Decision {
    /// Where a resident is in a month that a row is about.
    fn at(resident: usize, row: &Row) -> Option<Self> {
        let month = row.span.start;
        match row.of {
            Of::Facility(facility) => Some(Self::Facility { resident, facility, month }),
            Of::Section(section) => Some(Self::Section { resident, section, month }),
            Of::Program | Of::Staffing(_) | Of::Intake(..) => None,
        }
    }

    /// The careers in the game if it is so, or if it is not.
    fn split(self, context: Context<'_>, pool: &Pool, wanted: bool) -> Pool {
        let mut part = pool.clone();
        match self {
            Self::Course { resident, .. }
            | Self::Facility { resident, .. }
            | Self::Section { resident, .. } => {
                let careers = &mut part.alive[resident];
                *careers = Arc::new(self.part(context.formulation, resident, careers, wanted));
            }
            Self::Worst { goal, level } if wanted => {
                part.least_worst.insert(goal, level);
            }
            Self::Worst { goal, level } => part.limit(context, goal, level - 1),
        }
        part
    }

    /// Whether it is true of some of the resident's careers and false of others.
    fn parts(self, formulation: &Formulation, pool: &Pool) -> bool {
        match self {
            Self::Course { resident, .. }
            | Self::Facility { resident, .. }
            | Self::Section { resident, .. } => [true, false]
                .iter()
                .all(|&wanted| !self.part(formulation, resident, &pool.alive[resident], wanted).is_empty()),
            Self::Worst { .. } => true,
        }
    }

    /// The resident's careers for which it is true, or those for which it is not.
    fn part(self, formulation: &Formulation, resident: usize, careers: &Careers, wanted: bool) -> Careers {
        let at = |month: Month, is_there: &dyn Fn(Step) -> bool| {
            // All careers have stays, or free months, in the same months.
            let stays = &formulation.set(resident).stays;
            let is_somewhere = stays.iter().any(|stay| stay.span.contains(month));
            let is_kept = |stay: Step| !stay.span.contains(month) || is_there(stay) == wanted;
            careers.keeping(|_| is_somewhere || !wanted, is_kept)
        };
        match self {
            Self::Course { course, .. } => careers.keeping(|of| (of == course) == wanted, |_| true),
            Self::Facility { facility, month, .. } => at(month, &|stay| stay.is_at(facility)),
            Self::Section { section, month, .. } => {
                at(month, &|stay| stay.place.is_some_and(|place| place.section == Some(section)))
            }
            Self::Worst { .. } => careers.clone(),
        }
    }
}

/// What proves a bound.
#[derive(Debug, Clone)]
pub enum Proof {
    Prices(Prices),
    /// A resident has no career left.
    NoCareer(usize),
    Cases {
        decision: Decision,
        yes: Box<Proof>,
        no: Box<Proof>,
    },
}

/// Decisions of a first proof of a goal's bound; beyond it the effort is better spent elsewhere.
const DECISIONS_MAX: usize = 200;

/// Decisions of a first proof that there is no plan: without it there is no answer at all. Each further effort makes
/// twice as many, and only the caller's time ends it.
const DECISIONS_MAX_OF_EXISTENCE: usize = 5_000;

/// What is to be proved.
pub struct Claim<'c> {
    pub objective: Option<Quantity>,
    pub holds: &'c [Hold],
    /// The objective is at least this; without an objective: no plan exists.
    pub at_least: i64,
    /// What all values of the objective are multiples of (`grid::of_tables`).
    pub grid: i64,
}

impl Claim<'_> {
    fn is_met(&self, context: Context<'_>, pool: &Pool, classes: &[Class], proved: &Proved) -> bool {
        let Some(quantity) = self.objective else { return proved.bound > 0 };
        let values = (self.grid, self.at_least);
        grid::proved(self.grid, proved.bound) >= self.at_least
            || grid::lifted(context, pool, (quantity, self.holds), classes, proved, values) >= self.at_least
    }
}

/// Proves a claim by cases; `None` if it takes too many for an effort (from 0) or too long, or if the claim is false.
pub fn prove(context: Context<'_>, claim: &Claim<'_>, pool: Pool, effort: u32) -> Option<Proof> {
    let first = if claim.objective.is_some() { DECISIONS_MAX } else { DECISIONS_MAX_OF_EXISTENCE };
    let mut decisions_left = first << effort.min(40);
    prove_part(context, claim, pool, &mut decisions_left, 0)
}

fn prove_part(
    context: Context<'_>,
    claim: &Claim<'_>,
    mut pool: Pool,
    decisions_left: &mut usize,
    depth: usize,
) -> Option<Proof> {
    if let Some(resident) = pool.alive.iter().position(|careers| careers.is_empty()) {
        return Some(Proof::NoCareer(resident));
    }
    let classes = pool.classes(context.formulation, claim.objective, claim.holds);
    let reached = claim.objective.map_or(1, |_| claim.at_least - (claim.grid - 1));
    let aim = Aim { reached: Some(reached), hint: None };
    let proved = pool.prices(context, claim.objective, claim.holds, aim, &classes)?;
    if claim.is_met(context, &pool, &classes, &proved) {
        return Some(Proof::Prices(proved.prices));
    }
    *decisions_left = decisions_left.checked_sub(1).filter(|_| depth < DEPTH_MAX)?;
    let decision = level(context, claim, &pool, &proved)
        .or_else(|| stray(context, claim, &pool, &classes, &proved))
        .or_else(|| most_undecided(context, claim, &pool, &classes))
        .or_else(|| some_decision(context.formulation, &pool, &classes))?;
    let mut half = |wanted: bool| {
        let part = decision.split(context, &pool, wanted);
        prove_part(context, claim, part, decisions_left, depth + 1).map(Box::new)
    };
    Some(Proof::Cases { decision, yes: half(true)?, no: half(false)? })
}

/// Where a sum and worst value together is asked for: whether the worst is above what the relaxed choice makes of
/// it. Its residents share values above and below; a level between tells these apart.
fn level(context: Context<'_>, claim: &Claim<'_>, pool: &Pool, proved: &Proved) -> Option<Decision> {
    let Some(Quantity::TotalAndWorst(goal)) = claim.objective else { return None };
    let formulation = context.formulation;
    let classes = pool.classes(formulation, claim.objective, claim.holds);
    let mut mean = vec![0.0; classes.len()];
    let mut most = 0;
    for &(class, career, share) in &proved.shares {
        let value = formulation.value(goal, classes[class].representative(), career as usize);
        mean[class] += share * value as f64;
        most = most.max(value);
    }
    let least = pool.least_worst.get(&goal).copied().unwrap_or(0);
    let worst = mean.iter().copied().fold(least as f64, f64::max);
    let level = (worst + UNDECIDED).floor() as i64 + 1;
    (level <= most && level > least).then_some(Decision::Worst { goal, level })
}

/// Where the claim would follow if all values were of whole years: whether a resident takes a stay after which theirs is
/// not. Those who do not take it are one fewer in the way; of who does, the rest is known.
fn stray(
    context: Context<'_>,
    claim: &Claim<'_>,
    pool: &Pool,
    classes: &[Class],
    proved: &Proved,
) -> Option<Decision> {
    let Some(Quantity::Total(kind @ ResidentGoal::FacilityWishes)) = claim.objective else { return None };
    if grid::proved(grid::YEAR_MONTHS, proved.bound) < claim.at_least {
        return None;
    }
    let last = grid::on_grid(claim.grid, claim.at_least - claim.grid);
    let strays = pool.strays(context, (kind, claim.holds), classes, proved, (last, grid::YEAR_MONTHS));
    let decisions = strays.into_iter().filter_map(|(resident, step)| {
        Some(Decision::Facility { resident, facility: step.facility()?, month: step.span.start })
    });
    decisions.into_iter().find(|decision| decision.parts(context.formulation, pool))
}

/// The decision nearest to one half in the relaxed master; courses before facilities, since a
/// course decides more.
fn most_undecided(
    context: Context<'_>,
    claim: &Claim<'_>,
    pool: &Pool,
    classes: &[Class],
) -> Option<Decision> {
    let formulation = context.formulation;
    let careers = pool.touched_of(classes);
    let master = Master::relaxed(formulation, claim.objective, claim.holds, classes, &careers);
    let shares = master.shares(&patiently(context, &master.program)?)?;
    let mut best: Option<(f64, Decision)> = None;
    let mut offer = |share: f64, weight: f64, decision: Decision| {
        let undecided = (share - share.round()).abs() * weight;
        if undecided > UNDECIDED && best.is_none_or(|(known, _)| undecided > known) {
            best = Some((undecided, decision));
        }
    };
    for (number, class) in classes.iter().enumerate() {
        let resident = class.representative();
        let set = formulation.set(resident);
        let chosen: Vec<(usize, f64)> = shares
            .iter()
            .filter(|&&(of, _, share)| of == number && share > UNDECIDED)
            .map(|&(_, career, share)| (career as usize, share))
            .collect();
        for course in formulation.scenario.course_ixs() {
            let share = chosen.iter().filter(|(c, _)| set.course(*c) == course).map(|(_, s)| s).sum();
            offer(share, 2.0, Decision::Course { resident, course });
        }
        let mut present = std::collections::BTreeMap::new();
        for &(career, share) in &chosen {
            for row in formulation.rows_of_career(resident, career) {
                *present.entry(row).or_insert(0.0) += share;
            }
        }
        for (row, share) in present {
            if let Some(decision) = Decision::at(resident, &formulation.rows[row]) {
                offer(share, 1.0, decision);
            }
        }
    }
    best.map(|(_, decision)| decision)
}

/// A decision that parts some resident's careers, where the relaxed master leaves nothing undecided:
/// residents taken together may add up to whole numbers without being whole themselves. The resident
/// with the fewest careers to part comes first, so the tree stays small.
fn some_decision(formulation: &Formulation, pool: &Pool, classes: &[Class]) -> Option<Decision> {
    let mut residents: Vec<usize> = classes.iter().map(Class::representative).collect();
    residents.sort_by_cached_key(|&resident| pool.alive[resident].count());
    residents.into_iter().filter(|&resident| pool.alive[resident].count() > 1).find_map(|resident| {
        let careers = &pool.alive[resident];
        let any = careers.nearest(&careers.no_costs(), 0, 1, &|| false);
        let first = careers.number(&any.picks.first()?.1) as usize;
        let rows = formulation.rows_of_career(resident, first);
        let places = rows.filter_map(|row| Decision::at(resident, &formulation.rows[row]));
        let course = Decision::Course { resident, course: formulation.set(resident).course(first) };
        // All are true of the first career; one that is false of another parts them.
        let parts = |decision: &Decision| !decision.part(formulation, resident, careers, false).is_empty();
        std::iter::once(course).chain(places).find(parts)
    })
}

/// Distance from a whole number below which a share counts as decided.
const UNDECIDED: f64 = 1e-4;
