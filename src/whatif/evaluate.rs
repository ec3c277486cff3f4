//! Answers one variant, or one program of many: change the files, read, solve, judge, and keep what matters.

use std::sync::Arc;
use std::time::Duration;

use crate::audit::{self, CapRoom, Finding, seat_limit};
use crate::diagnostic::{Findings, Severity};
use crate::engine::judge::{fault, judge};
use crate::engine::{Fault, Session};
use crate::plan::careers::{Career, Granted, careers};
use crate::plan::{Answer, Reason, Status};
use crate::regulation::{Rule, Subject};
use crate::scenario::edit::{self, Edit};
use crate::scenario::{self, Role, Scenario, Sources};
use crate::solve::{self, Backend, Control, Progress, Warm};

use super::neighbours::{self, Neighbour, Neighbours};
use super::result::{GoalEntry, MarginEntry, Told, VariantResult};
use super::sweep::Variant;
use super::unplaced;

/// What all variants of a run have in common.
pub struct Bench {
    pub sources: Sources,
    neighbours: Neighbours,
}

/// The answer to a variant, and why it is no plan.
#[derive(Debug, Clone)]
pub struct Answered {
    pub result: VariantResult,
    pub why: Option<Why>,
}

/// Why a variant has no plan, or none that is proved the best, or none for everybody.
#[derive(Debug, Clone)]
pub enum Why {
    /// What is wrong with the changed tables.
    NoScenario(Findings),
    NoPlan {
        scenario: Box<Scenario>,
        reason: Reason,
    },
    /// A plan, but without these residents: their past fits no course.
    NotPlanned(Vec<String>),
}

impl Answered {
    /// The answer to a program of its own, which starts from no other; or all that is wrong with its tables.
    ///
    /// # Errors
    /// The judge finds a fault in the plan.
    pub fn program(
        labels: Vec<String>,
        scenario: &Result<Scenario, Findings>,
        session: &Session<'_>,
    ) -> Result<Self, Fault> {
        match scenario {
            Ok(scenario) => Self::of(labels, scenario, None, session).map(|(answered, _)| answered),
            Err(findings) => Ok(Self::no_scenario(labels, findings.clone())),
        }
    }

    fn of(
        labels: Vec<String>,
        scenario: &Scenario,
        warm: Option<Warm<'_>>,
        session: &Session<'_>,
    ) -> Result<(Self, Answer), Fault> {
        let answer = solve::solve_from(scenario, control(&|| session.time_left(), &mut |_| ()), warm);
        let mut result = result(labels, scenario, &answer)?;
        if result.placeable == Some(false) {
            result.unplaced = unplaced::fewest(scenario, &|| session.time_left());
        }
        let why = answer.reason.clone();
        let why = why.map(|reason| Why::NoPlan { scenario: Box::new(scenario.clone()), reason });
        let set_aside: Vec<String> = scenario.set_aside().map(|resident| resident.id.clone()).collect();
        let why = why.or_else(|| (!set_aside.is_empty()).then_some(Why::NotPlanned(set_aside)));
        Ok((Self { result, why }, answer))
    }

    fn no_scenario(labels: Vec<String>, findings: Findings) -> Self {
        Self { result: invalid(labels, &findings), why: Some(Why::NoScenario(findings)) }
    }
}

impl Bench {
    pub fn new(sources: Sources) -> Self {
        Self { sources, neighbours: Neighbours::default() }
    }

    /// Answers the scenario as it is, so that variants need not start from nothing.
    pub fn with_base(mut self, session: &Session<'_>) -> Self {
        if let Ok(scenario) = self.scenario(&[]) {
            let answer = solve::solve_for_others(&scenario, control(&|| session.time_left(), &mut |_| ()));
            self.neighbours = Neighbours::with_base(Neighbour::new(scenario, answer, None));
        }
        self
    }

    /// For variants that are the combinations of these changes (`neighbours`).
    pub fn for_grid(mut self, changes: Vec<Edit>) -> Self {
        self.neighbours.grid = Some(changes);
        self
    }

    /// The variant as a scenario, or all that is wrong with it.
    ///
    /// # Errors
    /// The findings of the changes or of the reader.
    pub fn scenario(&self, changes: &[Edit]) -> Result<Scenario, Findings> {
        let sources = edit::apply(&self.sources, changes)?;
        match scenario::read(&sources) {
            (Some(scenario), _) => Ok(scenario),
            (None, findings) => Err(findings),
        }
    }

    /// Answers a variant.
    ///
    /// # Errors
    /// The judge finds a fault in the plan.
    pub fn answer(&self, variant: &Variant, session: &Session<'_>) -> Result<Answered, Fault> {
        let scenario = match self.scenario(&variant.changes) {
            Ok(scenario) => scenario,
            Err(findings) => return Ok(Answered::no_scenario(variant.labels.clone(), findings)),
        };
        let near = self.near(&variant.changes, session);
        let warm = near.as_deref().map(Neighbour::warm);
        let (answered, answer) = Answered::of(variant.labels.clone(), &scenario, warm, session)?;
        let is_start = neighbours::is_start(&variant.changes, self.neighbours.grid.as_deref());
        if let Some(near) = near.filter(|_| is_start && session.time_left().is_none()) {
            self.keep(variant.changes.clone(), near, scenario, answer);
        }
        Ok(answered)
    }

    /// The answer a variant starts from.
    fn near(&self, changes: &[Edit], session: &Session<'_>) -> Option<Arc<Neighbour>> {
        let base = self.neighbours.base()?;
        let start = neighbours::start(changes, self.neighbours.grid.as_deref(), &base.scenario);
        let Some(start) = start.filter(|_| session.time_left().is_none()) else { return Some(base) };
        if let Some(known) = self.neighbours.find(&start) {
            return Some(known);
        }
        let Ok(scenario) = self.scenario(&start) else { return Some(base) };
        let near = self.near(&start, session)?;
        let answer =
            solve::solve_from(&scenario, control(&|| session.time_left(), &mut |_| ()), Some(near.warm()));
        Some(self.keep(start, near, scenario, answer).unwrap_or(base))
    }

    /// Keeps an answer that was found from `near`, for variants that start from it.
    fn keep(
        &self,
        changes: Vec<Edit>,
        near: Arc<Neighbour>,
        scenario: Scenario,
        answer: Answer,
    ) -> Option<Arc<Neighbour>> {
        let kept = match answer.status {
            Status::Optimal => Arc::new(Neighbour::new(scenario, answer, Some(&near))),
            // Without a plan it is nothing to start from; what it started from is.
            Status::Infeasible => near,
            // Broken off: nothing is known of it.
            Status::Feasible | Status::Unknown => return None,
        };
        self.neighbours.keep(changes, &kept);
        Some(kept)
    }

    /// Whether the caps are kept, without solving; `None` if the variant is no scenario, or they were not checked.
    pub fn within_caps(&self, changes: &[Edit]) -> Option<bool> {
        let scenario = self.scenario(changes).ok()?;
        audit::keeps_caps(&scenario, &audit::audit_program(&scenario))
    }
}

fn invalid(labels: Vec<String>, findings: &Findings) -> VariantResult {
    let errors = findings.list.iter().filter(|finding| finding.severity == Severity::Error);
    let mut binding: Vec<String> = Vec::new();
    for finding in errors {
        if !binding.iter().any(|code| code == finding.code()) {
            binding.push(finding.code().to_string());
        }
    }
    VariantResult {
        labels,
        status: "invalid".to_string(),
        placeable: None,
        within_caps: None,
        binding,
        goals: Vec::new(),
        first_course: None,
        first_three: None,
        worst_choice: None,
        margins: Vec::new(),
        unplaced: None,
        told: Told::default(),
    }
}

fn result(labels: Vec<String>, scenario: &Scenario, answer: &Answer) -> Result<VariantResult, Fault> {
    let judged = judge(scenario, answer, None);
    if let Some(fault) = fault(answer, &judged) {
        return Err(fault);
    }
    let program: Vec<Finding> =
        judged.findings.into_iter().filter(|f| f.rule.subject() == Subject::Program).collect();
    let placeable = match answer.status {
        Status::Optimal | Status::Feasible => Some(true),
        Status::Infeasible => Some(false),
        Status::Unknown => None,
    };
    let mut binding = Vec::new();
    if placeable == Some(false) {
        binding.extend(what_holds_no_more(scenario, answer));
    }
    if scenario.set_aside().next().is_some() {
        binding.push(Rule::HistoryCourse.id().to_string());
    }
    binding.extend(caps_that_bind(scenario, &program));
    let careers = answer.plan.as_ref().map(|plan| careers(scenario, plan));
    let careers = careers.as_deref();
    let goals = answer.goals.iter().map(|result| GoalEntry {
        name: format!("{}.{}", result.goal.kind.id(), result.goal.measure.id()),
        value: result.value.clone(),
        bound: result.bound.clone(),
        proof: result.proof.id().to_string(),
    });
    let margins = answer
        .margins
        .iter()
        .map(|margin| MarginEntry { case: scenario.case(margin.case).id.clone(), factor: margin.factor });
    Ok(VariantResult {
        labels,
        status: answer.status.id().to_string(),
        placeable,
        within_caps: audit::keeps_caps(scenario, &program),
        binding,
        goals: goals.collect(),
        first_course: careers.map(|careers| first_course(scenario, careers)),
        first_three: careers.map(|careers| first_three(scenario, careers)),
        worst_choice: careers.and_then(|careers| worst_choice(scenario, careers)),
        margins: margins.collect(),
        unplaced: None,
        told: Told::default(),
    })
}

fn control<'a>(
    time_left: &'a (dyn Fn() -> Option<Duration> + Sync),
    progress: &'a mut dyn FnMut(&Progress),
) -> Control<'a> {
    Control { backend: Backend::default(), base: None, time_left, progress }
}

/// The caps that are exceeded; if none is, the one that leaves least room. With the part that binds:
/// `urban-cap`, `intake-cap.ivr`.
fn caps_that_bind(scenario: &Scenario, findings: &[Finding]) -> Vec<String> {
    let name = |room: &CapRoom| match &room.part {
        Some(part) => format!("{}.{part}", room.rule.id()),
        None => room.rule.id().to_string(),
    };
    let rooms = audit::cap_rooms(scenario);
    let least = |rule: Option<Rule>| {
        let of_rule = rooms.iter().filter(|room| rule.is_none_or(|rule| room.rule == rule));
        of_rule.map(|room| (room.residents, name(room))).min().map(|(_, name)| name)
    };
    let exceeded = |rule: &Rule| {
        findings.iter().any(|finding| finding.rule == *rule && finding.severity == Severity::Error)
    };
    let caps = [Rule::UrbanCap, Rule::IntakeCap].into_iter().filter(exceeded);
    let binding: Vec<String> = caps.filter_map(|rule| least(Some(rule))).collect();
    if binding.is_empty() { least(None).into_iter().collect() } else { binding }
}

/// The facilities whose seats the proof of impossibility counts: `supervisor-ratio.keio`, `seats.keio`;
/// `career` where somebody has no legal career at all.
fn what_holds_no_more(scenario: &Scenario, answer: &Answer) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for price in answer.certificate.steps.iter().flat_map(|step| &step.prices.seats) {
        let (facility, month) = (&price.0, crate::calendar::Month::parse(&price.1));
        let name = match facility {
            None => Rule::SupervisorRatio.id().to_string(),
            Some(id) => {
                let ix = scenario.facility_ixs().find(|ix| scenario.facility(*ix).id == *id);
                let by_seats = ix.zip(month).is_some_and(|(ix, month)| {
                    let explicit = *scenario.facility(ix).seats.at(month);
                    explicit.is_some() && explicit == seat_limit(scenario, ix, month)
                });
                let rule = if by_seats { Rule::Seats } else { Rule::SupervisorRatio };
                format!("{}.{id}", rule.id())
            }
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.is_empty() {
        names.push("career".to_string());
    }
    names
}

fn first_course(scenario: &Scenario, careers: &[Career]) -> (u32, u32) {
    let granted: Vec<Granted> = careers.iter().filter_map(|career| career.granted(scenario)).collect();
    let wished = granted.iter().filter(|granted| **granted != Granted::NoWish).count();
    (granted.iter().filter(|granted| **granted == Granted::Wish(1)).count() as u32, wished as u32)
}

fn worst_choice(scenario: &Scenario, careers: &[Career]) -> Option<u32> {
    let mut worst = 0;
    for granted in careers.iter().filter_map(|career| career.granted(scenario)) {
        match granted {
            Granted::Wish(place) => worst = worst.max(place as u32),
            Granted::NoWish => {}
            Granted::Unlisted => return None,
        }
    }
    Some(worst)
}

/// Of the residents with facility wishes who are still to be placed at an affiliate, those who are at
/// one of their first three.
fn first_three(scenario: &Scenario, careers: &[Career]) -> (u32, u32) {
    let (mut granted, mut asked) = (0, 0);
    for career in careers {
        let wishes = &scenario.resident(career.resident).facility_wishes;
        let mut at = career
            .years
            .values()
            .flatten()
            .filter(|piece| piece.decided && scenario.facility(piece.facility).role == Role::Affiliate)
            .map(|piece| piece.facility)
            .peekable();
        if wishes.is_empty() || at.peek().is_none() {
            continue;
        }
        asked += 1;
        granted += u32::from(at.any(|facility| wishes.iter().take(3).any(|wish| *wish == facility)));
    }
    (granted, asked)
}
