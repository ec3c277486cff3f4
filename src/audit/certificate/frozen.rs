//! Months of the base plan that the rules freeze: does a plan keep them, and where not, must it be so?
//!
//! How many cannot stay is bounded from below: by what each resident has to give up whatever the others do,
//! and where more are at a facility than the month's limit, by what those who give way for the least give up. A plan that gives up no more
//! keeps all that can be kept. Where it gives up more, either the bound is too weak or the plan is wrong;
//! that a list of months kept was settled before is then the only thing in its favour.

use std::collections::{BTreeMap, BTreeSet};

use super::claim::{About, ClaimVerdict};
use super::ground::{FrozenMonths, Ground};
use super::limits::{Limit, Limits, Meter};
use super::priced::Priced;
use super::problem::Problem;
use super::search::{Decided, Question, least};
use crate::audit::seat_limit;
use crate::audit::training_months::Training;
use crate::calendar::{Month, Span};
use crate::plan::certificate::{Quantity, ResidentGoal};
use crate::plan::{Placement, Plan};
use crate::scenario::{FacilityIx, ResidentIx, Scenario, Stay};

/// Who is where in the frozen months of a plan: those decided and with a seat.
type Frozen = BTreeMap<(ResidentIx, Month), FacilityIx>;

/// The verdict on the frozen months; `None` where the rules freeze nothing.
///
/// `kept`: the months that a `plan.json` says had to stay.
pub fn check(
    scenario: &Scenario,
    plan: &Plan,
    base: Option<&Plan>,
    kept: &[(ResidentIx, Stay)],
    limits: &Limits<'_>,
) -> Option<ClaimVerdict> {
    scenario.frozen()?;
    let verdict = |ground| Some(ClaimVerdict { about: About::Frozen, ground });
    let Some(base) = base else { return verdict(Ground::FrozenWithoutBase) };
    let (before, now) = (frozen(scenario, base), frozen(scenario, plan));
    let changed: Vec<&(ResidentIx, Month)> =
        before.iter().filter(|(at, facility)| now.get(at) != Some(facility)).map(|(at, _)| at).collect();
    let frozen = FrozenMonths { months: before.len(), changed: changed.len() };
    if changed.is_empty() {
        return verdict(Ground::FrozenKept(frozen));
    }
    let Ok(lost) = given_up(scenario, &before, limits) else {
        return verdict(Ground::FrozenNotChecked(frozen));
    };
    if changed.len() as i64 <= lost {
        return verdict(Ground::FrozenLeast(frozen));
    }
    let is_kept = |at: &&&(ResidentIx, Month)| {
        kept.iter().any(|(resident, stay)| *resident == at.0 && stay.span.contains(at.1))
    };
    match kept.is_empty() || changed.iter().any(|at| is_kept(&at)) {
        true => verdict(Ground::FrozenChanged(frozen, lost)),
        false => verdict(Ground::FrozenOpen(frozen, lost)),
    }
}

fn frozen(scenario: &Scenario, plan: &Plan) -> Frozen {
    let Some(window) = scenario.frozen() else { return Frozen::new() };
    let trainings: Vec<Training> =
        scenario.residents.iter().map(|resident| Training::of(scenario, resident)).collect();
    let mut months = Frozen::new();
    for row in &plan.rows {
        let Some(training) = trainings.get(row.resident.0) else { continue };
        for month in row.span.intersection(window).intersection(training.span()).iter() {
            let place = month.since(training.start) as usize;
            if month >= scenario.start() && training.months.get(place).is_some_and(|month| month.has_seat) {
                months.entry((row.resident, month)).or_insert(row.facility);
            }
        }
    }
    months
}

/// How many of the months no plan keeps, at least.
fn given_up(scenario: &Scenario, months: &Frozen, limits: &Limits<'_>) -> Result<i64, Limit> {
    let row = |(&(resident, month), &facility): (&(ResidentIx, Month), &FacilityIx)| Placement {
        resident,
        course: None,
        facility,
        section: None,
        span: Span::new(month, 1),
        line: None,
    };
    let near = Plan::from(months.iter().map(row).collect::<Vec<_>>());
    let meter = Meter::new(limits);
    let problem = Problem::new(scenario, None, Some(&near), &[], &meter)?;
    let moved = Priced::of(&problem, Quantity::Total(ResidentGoal::Stability));
    // What a resident gives up at least, whatever the others do.
    let alone = |resident: ResidentIx, decisions: &[(Decided, bool)]| -> Result<i64, Limit> {
        let class = &problem.classes[problem.class_of[resident.0]];
        let question = Question {
            priced: &moved,
            caps: &[],
            ceilings: [i64::MAX; ResidentGoal::ALL.len()],
            floor: None,
            decisions,
        };
        // Who cannot do otherwise is not among those who give way.
        Ok(least(&problem, class, &question, &meter)?.cost.unwrap_or(months.len() as i64))
    };
    let mut at: BTreeMap<(FacilityIx, Month), Vec<ResidentIx>> = BTreeMap::new();
    for (&(resident, month), &facility) in months {
        at.entry((facility, month)).or_default().push(resident);
    }
    let mut crowds: Vec<(i64, Vec<ResidentIx>)> = Vec::new();
    for ((facility, month), residents) in at {
        let limit = seat_limit(scenario, facility, month).unwrap_or(u32::MAX) as usize;
        let beyond = residents.len().saturating_sub(limit);
        if beyond == 0 {
            continue;
        }
        let away = |&resident: &ResidentIx| {
            let start = scenario.resident(resident).entry;
            let place = usize::try_from(month.since(start)).ok();
            alone(resident, &[(Decided::At { facility: facility.0 as u32, section: None, place }, false)])
        };
        let mut costs = residents.iter().map(away).collect::<Result<Vec<i64>, Limit>>()?;
        costs.sort_unstable();
        crowds.push((costs.iter().take(beyond).sum(), residents));
    }
    // Crowds without anybody in common add up, and so does everybody else.
    crowds.sort_by_key(|(cost, _)| std::cmp::Reverse(*cost));
    let mut counted: BTreeSet<ResidentIx> = BTreeSet::new();
    let mut lost = 0;
    for (cost, residents) in crowds {
        if residents.iter().all(|resident| !counted.contains(resident)) {
            lost += cost;
            counted.extend(residents);
        }
    }
    let everybody: BTreeSet<ResidentIx> = months.keys().map(|(resident, _)| *resident).collect();
    for &resident in everybody.difference(&counted) {
        lost += alone(resident, &[])?;
    }
    Ok(lost)
}
