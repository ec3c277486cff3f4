//! Whether a plan exists under other statements; what was proved once is not asked again, and a question
//! starts from the answer to the one before.

use std::sync::Arc;
use std::time::Duration;

use super::proof::{Careers, Prices};
use crate::audit::certificate::{Limits, verify};
use crate::itineraries::{Shelf, Unlisted};
use crate::plan::certificate::{Certificate, Cut};
use crate::plan::{Answer, Plan, Reason, Status};
use crate::scenario::Scenario;
use crate::solve::{self, Backend, Control, Warm};

/// Whether a scenario has a plan.
#[derive(Debug, Clone)]
pub enum Existence {
    Plan(Plan),
    /// None; by these prices, where prices prove it.
    Nothing(Option<Prices>),
    /// Neither was established, and why.
    Unknown(Option<Reason>),
}

impl Existence {
    pub fn is_nothing(&self) -> bool {
        matches!(self, Self::Nothing(_))
    }

    pub fn is_plan(&self) -> bool {
        matches!(self, Self::Plan(_))
    }
}

/// Proofs kept for later questions: each costs a look at every career.
const KNOWN_MAX: usize = 12;

/// Sets of rules whose careers are kept; questions go back and forth between few.
const SHELVES_MAX: usize = 4;

/// Cuts carried on to the next question, at most: each is one more row of it.
const CUTS_MAX: usize = 24;

/// Asks the solver, within the caller's time.
pub struct Asker<'a> {
    /// As in [`Control`].
    pub time_left: &'a (dyn Fn() -> Option<Duration> + Sync),
    /// The time gone by, from whoever has a clock.
    elapsed: Option<&'a (dyn Fn() -> Duration + Sync)>,
    /// Proofs found so far.
    known: Vec<Prices>,
    /// The last answer with a plan, or one without if there was none yet.
    near: Option<(Scenario, Answer)>,
    /// Cuts that proofs rested on.
    cuts: Vec<Cut>,
    /// Careers that were drawn for questions before, those used last at the end.
    shelves: Vec<Arc<Shelf>>,
    /// Questions put to the solver.
    pub asked: usize,
}

impl<'a> Asker<'a> {
    pub fn new(time_left: &'a (dyn Fn() -> Option<Duration> + Sync)) -> Self {
        Self {
            time_left,
            elapsed: None,
            known: Vec::new(),
            near: None,
            cuts: Vec::new(),
            shelves: Vec::new(),
            asked: 0,
        }
    }

    /// Asks with a clock at hand, so that a single question cannot take all the time.
    pub fn with_clock(self, elapsed: &'a (dyn Fn() -> Duration + Sync)) -> Self {
        Self { elapsed: Some(elapsed), ..self }
    }

    /// The time gone by; none without a clock.
    pub fn elapsed(&self) -> Duration {
        self.elapsed.map_or(Duration::ZERO, |elapsed| elapsed())
    }

    /// As [`Asker::exists`], but unknown once so much time has gone by; without a clock it never has.
    pub fn exists_soon(&mut self, scenario: &Scenario, patience: Duration) -> Existence {
        let Some(elapsed) = self.elapsed else { return self.exists(scenario) };
        let (time_left, until) = (self.time_left, elapsed() + patience);
        let soon = || {
            let patience = until.saturating_sub(elapsed());
            Some(time_left().map_or(patience, |left| left.min(patience)))
        };
        self.exists_in(scenario, &soon)
    }

    pub fn stopped(&self) -> bool {
        (self.time_left)().is_some_and(|left| left.is_zero())
    }

    /// The solver's whole answer, all goals of the scenario included.
    pub fn solve(&mut self, scenario: &Scenario, base: Option<&Plan>) -> Answer {
        self.solve_from(scenario, base, None)
    }

    /// The same, starting from the answer to a scenario that is nearly the same.
    pub fn solve_from(&mut self, scenario: &Scenario, base: Option<&Plan>, warm: Option<Warm<'_>>) -> Answer {
        self.asked += 1;
        solved(scenario, base, warm, self.time_left)
    }

    /// Whether a scenario without goals has a plan, for the search: each claim is verified later.
    pub fn exists(&mut self, scenario: &Scenario) -> Existence {
        self.exists_in(scenario, self.time_left)
    }

    fn exists_in(
        &mut self,
        scenario: &Scenario,
        time_left: &(dyn Fn() -> Option<Duration> + Sync),
    ) -> Existence {
        let shelf = self.shelf(scenario);
        if !self.known.is_empty() {
            let stopped = || time_left().is_some_and(|left| left.is_zero());
            match Careers::with_shelf(scenario, &shelf, &stopped) {
                Err(Unlisted::TooMany(_)) => {}
                Err(Unlisted::Stopped) => return Existence::Unknown(None),
                Ok(careers) => {
                    if careers.without().next().is_some() {
                        return Existence::Nothing(None);
                    }
                    let proves = |prices: &&Prices| prices.bound(scenario, &careers).is_some_and(|b| b > 0);
                    if let Some(at) = self.known.iter().rposition(|prices| proves(&prices)) {
                        // What proved something now will again.
                        let prices = self.known.remove(at);
                        self.known.push(prices.clone());
                        return Existence::Nothing(Some(prices));
                    }
                }
            }
        }
        self.asked += 1;
        let near = self.near.as_ref();
        let warm =
            near.map(|(scenario, answer)| Warm { scenario, answer, cuts: &self.cuts, careers: Some(&shelf) });
        let answer = solved(scenario, None, warm, time_left);
        self.learn(scenario, answer)
    }

    /// The careers known of scenarios that draw them like this one.
    fn shelf(&mut self, scenario: &Scenario) -> Arc<Shelf> {
        let known = self.shelves.iter().position(|shelf| shelf.serves(scenario));
        let shelf = match known {
            Some(at) => self.shelves.remove(at),
            None => Arc::new(Shelf::of(scenario)),
        };
        self.shelves.push(Arc::clone(&shelf));
        if self.shelves.len() > SHELVES_MAX {
            self.shelves.remove(0);
        }
        shelf
    }

    /// Takes a proof into use for later questions.
    pub fn know(&mut self, prices: Prices) {
        self.known.push(prices);
        if self.known.len() > KNOWN_MAX {
            self.known.remove(0);
        }
    }

    /// Takes an answer for what it says about existence, and its proof into use.
    pub fn learn(&mut self, scenario: &Scenario, answer: Answer) -> Existence {
        self.remember(scenario, &answer);
        match (answer.status, answer.plan) {
            (Status::Infeasible, _) => {
                let prices = Prices::of(scenario, &answer.certificate);
                prices.iter().for_each(|prices| self.know(prices.clone()));
                Existence::Nothing(prices)
            }
            (_, Some(plan)) => Existence::Plan(plan),
            _ => Existence::Unknown(answer.reason),
        }
    }

    fn remember(&mut self, scenario: &Scenario, answer: &Answer) {
        for cut in answer.certificate.priced_cuts() {
            let is_same = |known: &Cut| known.case == cut.case && known.sites == cut.sites;
            if self.cuts.len() < CUTS_MAX && !self.cuts.iter().any(is_same) {
                self.cuts.push(cut);
            }
        }
        let had_plan = self.near.as_ref().is_some_and(|(_, near)| near.plan.is_some());
        if answer.plan.is_some() || !had_plan {
            self.near = Some((scenario.clone(), answer.clone()));
        }
    }

    /// Asks afresh and has the judge verify what comes out: `Some(true)` a plan that breaks no rule,
    /// `Some(false)` a certificate that there is none, `None` neither.
    pub fn verified(&mut self, scenario: &Scenario) -> Option<bool> {
        let answer = self.solve(scenario, None);
        match (&answer.plan, answer.status) {
            (Some(plan), _) => is_legal(scenario, plan).then_some(true),
            (None, Status::Infeasible) => {
                is_proved_impossible(scenario, &answer.certificate).then_some(false)
            }
            _ => None,
        }
    }
}

fn solved(
    scenario: &Scenario,
    base: Option<&Plan>,
    warm: Option<Warm<'_>>,
    time_left: &(dyn Fn() -> Option<Duration> + Sync),
) -> Answer {
    let control = Control { backend: Backend::default(), base, time_left, progress: &mut |_| () };
    solve::solve_from(scenario, control, warm)
}

/// Whether the judge finds nothing against a plan's placements.
pub fn is_legal(scenario: &Scenario, plan: &Plan) -> bool {
    let audit = crate::audit::audit(scenario, plan, None);
    !audit.has_violations(crate::regulation::Subject::Placement)
}

/// Whether the judge accepts the certificate as a proof that there is no plan.
pub fn is_proved_impossible(scenario: &Scenario, certificate: &Certificate) -> bool {
    let verified = verify(scenario, None, None, certificate, &Limits::default());
    verified.is_ok_and(|verification| verification.no_plan)
}
