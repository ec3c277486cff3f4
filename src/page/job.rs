//! One long question under way, on a thread of its own: it can be stopped at any time and keeps nobody waiting.
//!
//! A question is asked about a [`Snapshot`], so nothing that is done meanwhile changes it; its answer names the
//! revision it is about.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use super::desk::Snapshot;
use super::whatif;
use crate::audit::certificate::claim::{self, About, ClaimVerdict};
use crate::audit::certificate::ground::Ground;
use crate::audit::certificate::{Limits, frozen};
use crate::calendar::Span;
use crate::engine::{self, Planned, Session};
use crate::explain::infeasible::Explained;
use crate::explain::one::{Could, could};
use crate::explain::why::Alternative;
use crate::explain::why_not::{AtHand, WhyNot, Wish};
use crate::language::{Catalogue, Language, Message};
use crate::output::{plan_json, remarks};
use crate::plan::claims;
use crate::scenario::{FacilityIx, Place, ResidentIx, Sources};
use crate::solve::Progress;
use crate::whatif::largest::{Line, Sought};
use crate::whatif::result::VariantResult;
use crate::whatif::sweep::Variant;

/// Room for the solver's recursion, as much as a main thread has.
const STACK_BYTES: usize = 16 << 20;
/// Ways out that are looked for.
const WAYS_OUT: usize = 3;

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// The best plan, near the one at hand or from scratch; `first`: nobody asked, it is taken as it comes.
    Plan { near: bool, first: bool },
    /// What each place would cost a resident in some months, in this order.
    Prices { resident: ResidentIx, span: Span, places: Vec<Place> },
    /// What the resident wished for more, and why not.
    Why { resident: ResidentIx },
    /// Who could come to a facility or leave it, everybody else staying.
    Could { facility: FacilityIx },
    /// Whether what the answer claims holds, by the judge's own arithmetic.
    Proofs,
    /// Why there is no plan.
    WaysOut,
    /// What becomes of the tables with one number changed, value by value.
    WhatIf { sources: Box<Sources>, key: String, variants: Vec<Variant> },
    /// What a seat more or fewer is worth.
    Seats { sources: Box<Sources>, variants: Vec<Variant> },
    /// How far a number can go.
    Limit { sources: Box<Sources>, key: String, sought: Sought },
}

/// What has been found so far.
#[derive(Default)]
pub struct Found {
    pub progress: Option<Progress>,
    pub prices: Vec<(Place, WhyNot)>,
    pub why: Option<Vec<Alternative>>,
    pub planned: Option<Arc<Planned>>,
    pub explained: Option<Explained>,
    pub variants: Vec<VariantResult>,
    pub limits: Option<Vec<Line>>,
    pub could: Option<Could>,
    pub verdicts: Option<Vec<ClaimVerdict>>,
    /// Solver and judge do not agree: nothing is handed out.
    pub fault: Option<Message>,
    pub is_over: bool,
}

/// A question that was asked.
pub struct Job {
    pub number: u64,
    pub question: Question,
    pub about: Snapshot,
    cancelled: Arc<AtomicBool>,
    found: Arc<Mutex<Found>>,
}

impl Job {
    /// Asks a question; `then` is called with the job's number once it is answered.
    ///
    /// # Errors
    /// The system has no thread to give.
    pub fn start(
        number: u64,
        question: Question,
        about: Snapshot,
        then: impl FnOnce(u64) + Send + 'static,
    ) -> std::io::Result<Self> {
        let session = Session::new(None);
        let (cancelled, found) = (session.cancellation(), Arc::new(Mutex::new(Found::default())));
        let job = Self {
            number,
            question: question.clone(),
            about: about.clone(),
            cancelled,
            found: Arc::clone(&found),
        };
        thread::Builder::new().name("question".to_string()).stack_size(STACK_BYTES).spawn(move || {
            answer(&question, &about, &session, &found);
            with(&found, |found| found.is_over = true);
            then(number);
        })?;
        Ok(job)
    }

    /// Ends the question with what there is.
    pub fn stop(&self) {
        self.cancelled.store(true, Ordering::SeqCst);
    }

    pub fn is_stopped(&self) -> bool {
        self.cancelled.load(Ordering::SeqCst)
    }

    /// Looks at what has been found.
    pub fn look<T>(&self, look: impl FnOnce(&mut Found) -> T) -> T {
        with(&self.found, look)
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        self.stop();
    }
}

fn with<T>(found: &Mutex<Found>, look: impl FnOnce(&mut Found) -> T) -> T {
    look(&mut found.lock().unwrap_or_else(PoisonError::into_inner))
}

fn answer(question: &Question, about: &Snapshot, session: &Session<'_>, found: &Mutex<Found>) {
    let Snapshot { scenario, plan, answer, .. } = about;
    let certificate = answer.as_ref().map(|planned| &planned.answer.certificate);
    let at_hand = AtHand { plan, base: None, certificate };
    let show = |progress: &Progress| with(found, |found| found.progress = Some(progress.clone()));
    match question {
        Question::Plan { near, .. } => {
            let session = session.with_progress(&show);
            let near = near.then(|| engine::replan::near(scenario, plan, &session));
            match engine::plan(scenario, near, &session) {
                Ok(planned) => with(found, |found| found.planned = Some(Arc::new(planned))),
                Err(faulty) => with(found, |found| found.fault = Some(remarks::fault(&faulty.fault))),
            }
        }
        Question::Prices { resident, span, places } => {
            for &place in places {
                if session.is_cancelled() {
                    return;
                }
                let wish = Wish::At { place, span: *span };
                let price = engine::explain::why_not(scenario, at_hand, *resident, wish, session);
                with(found, |found| found.prices.push((place, price)));
            }
        }
        Question::Why { resident } => {
            let answers = engine::explain::why(scenario, at_hand, *resident, session);
            with(found, |found| found.why = Some(answers));
        }
        Question::WhatIf { sources, variants, .. } | Question::Seats { sources, variants } => {
            whatif::answer_all(sources, variants, session, |answer| {
                with(found, |found| match answer {
                    Ok(result) => found.variants.push(result),
                    Err(fault) => found.fault = Some(fault),
                });
            });
        }
        Question::Limit { sources, key, sought } => {
            let answer = whatif::answer_limit(sources, key, sought, session);
            with(found, |found| match answer {
                Ok(lines) => found.limits = Some(lines),
                Err(fault) => found.fault = Some(fault),
            });
        }
        Question::Could { facility } => {
            let answer = could(scenario, plan, *facility, &|| session.is_cancelled());
            with(found, |found| found.could = answer);
        }
        Question::Proofs => {
            let verdicts = answer.as_ref().map(|planned| proofs(about, planned, session));
            with(found, |found| found.verdicts = verdicts);
        }
        Question::WaysOut => {
            let explained = engine::explain::infeasible(scenario, WAYS_OUT, session);
            with(found, |found| found.explained = Some(explained));
        }
    }
}

/// The judge re-checks the plan and its claims as `plan.json` would hand them out: nothing but those bytes is believed.
fn proofs(about: &Snapshot, planned: &Planned, session: &Session<'_>) -> Vec<ClaimVerdict> {
    let stopped = || session.is_cancelled();
    let limits = Limits { stopped: &stopped, ..Limits::default() };
    let bytes = plan_json::json(planned, &[], &BTreeMap::new(), 0.0, &Catalogue::new(Language::En));
    let Ok(claims) = claims::read(bytes.as_bytes()) else {
        return vec![ClaimVerdict { about: About::Whole, ground: Ground::StatusUnknown }];
    };
    let base = about.base.as_deref();
    let plan = &about.plan;
    let kept = frozen::check(&about.scenario, plan, base, &planned.frozen, &limits);
    let mut verdicts = claim::check(&planned.scenario, Some(plan), base, &claims, &limits);
    verdicts.extend(kept);
    verdicts
}

/// The places somebody could be sent to, wishes first; of a facility its sections, if it has any.
pub fn places(about: &Snapshot, resident: ResidentIx) -> Vec<Place> {
    let wishes = &about.scenario.resident(resident).facility_wishes;
    let rank = |place: &Place| wishes.iter().position(|wish| *wish == place.facility).unwrap_or(wishes.len());
    let mut places = about.scenario.places();
    places.sort_by_key(rank);
    places
}
