//! How far a number can go, what stops it there, and which single change would help.
//!
//! What is asked of which value `engine::largest` says; here every value becomes a scenario. Who answers a single
//! question, the solver or what an earlier run found, is the caller's ([`Answers`]).

use std::collections::{BTreeMap, BTreeSet};

use rayon::ThreadPool;
use rayon::prelude::*;
use rust_decimal::Decimal;

use super::domain::{self, Domain};
use super::evaluate::Bench;
use super::lift::{self, Lift};
use super::result::VariantResult;
use super::sweep::Variant;
use crate::audit;
use crate::diagnostic::Severity;
use crate::engine::largest::{End, Found, Stopped, Verdict, search};
use crate::engine::order::Demand;
use crate::explain::apply::changed;
use crate::explain::asker::{Asker, Existence, is_legal};
use crate::language::Message;
use crate::scenario::Scenario;
use crate::scenario::edit::{Edit, Key};

/// The number that is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sought {
    pub end: End,
    pub key: Key,
    /// What holds whatever its value is.
    pub sets: Vec<Edit>,
    /// The values to look among.
    pub domain: Domain,
}

/// What has to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    Placeable,
    WithinCaps,
}

impl Question {
    /// The word for programs.
    pub fn id(self) -> &'static str {
        match self {
            Self::Placeable => "placeable",
            Self::WithinCaps => "within_caps",
        }
    }
}

/// One question's answer.
pub struct Line {
    pub question: Question,
    /// The values looked among, ascending.
    pub values: Vec<String>,
    pub found: Found,
    /// Why the first that is no scenario is none.
    pub no_scenario: Option<Message>,
    /// The nearest variant beyond the best that does not hold, as `plan` would answer it.
    pub beyond: Option<VariantResult>,
    pub lifts: Vec<Lift>,
}

/// Who answers single questions.
pub trait Answers {
    type Failure;

    /// Whether everybody can be placed in the scenario that these changes make; what stops it is passed on.
    ///
    /// # Errors
    /// The answer cannot be had.
    fn exists(
        &mut self,
        scenario: &Scenario,
        changes: &[Edit],
    ) -> Result<Result<Verdict, Stopped>, Self::Failure>;

    /// The whole answer to a variant; `None` if time is up.
    ///
    /// # Errors
    /// The answer cannot be had.
    fn whole(&mut self, variant: Variant) -> Result<Option<VariantResult>, Self::Failure>;
}

/// Asks the solver whether everybody can be placed; `None` where the judge finds a fault in its plan.
pub fn placeable(
    scenario: &Scenario,
    asker: &mut Asker<'_>,
    limit: Option<std::time::Duration>,
) -> Option<Verdict> {
    // No goal is asked for.
    let bare = changed(scenario, &[]);
    let existence = match limit {
        Some(limit) => asker.exists_soon(&bare, limit),
        None => asker.exists(&bare),
    };
    match existence {
        Existence::Plan(plan) => is_legal(&bare, &plan).then_some(Verdict::Holds),
        Existence::Nothing(_) => Some(Verdict::Fails),
        Existence::Unknown(_) => Some(Verdict::Open),
    }
}

/// What a value is, before anything is solved.
enum Looked {
    Scenario {
        demand: Demand,
        /// `None`: not checked.
        within_caps: Option<bool>,
    },
    /// Why it is none.
    NoScenario(Option<Message>),
}

/// A value and what it is.
type Value = (String, Looked);

/// Finds how far the number can go: whether everybody can be placed, and where caps are checked whether they are kept.
///
/// # Errors
/// The first failure of an answer.
pub fn find<A: Answers>(
    sought: &Sought,
    bench: &Bench,
    pool: &ThreadPool,
    answers: &mut A,
) -> Result<Vec<Line>, A::Failure> {
    let looked = |values: Vec<String>| -> Vec<Value> {
        pool.install(|| {
            values.into_par_iter().map(|value| (value.clone(), look(bench, sought, &value))).collect()
        })
    };
    let mut seeker = Seeker { sought, bench, answers, known: BTreeMap::new() };
    let mut values = looked(sought.domain.values.clone());
    let [placeable, within_caps] = loop {
        let found = seeker.found(&values)?;
        let missing: BTreeSet<String> = match sought.domain.has_gaps {
            true => found.iter().flat_map(|found| edge(&values, found)).collect(),
            false => BTreeSet::new(),
        };
        if missing.is_empty() {
            break found;
        }
        values.extend(looked(missing.into_iter().collect()));
        values.sort_by_cached_key(|(value, _)| value.parse::<Decimal>().unwrap_or_default());
    };
    // Where nobody says what the caps are, nothing is told of them.
    let is_unchecked = |(_, looked): &Value| matches!(looked, Looked::Scenario { within_caps: None, .. });
    let is_checked = |(_, looked): &Value| matches!(looked, Looked::Scenario { within_caps: Some(_), .. });
    let tells = values.iter().any(is_checked) || !values.iter().any(is_unchecked);
    let caps = Some((Question::WithinCaps, within_caps)).filter(|_| tells);
    let all = std::iter::once((Question::Placeable, placeable)).chain(caps);
    all.map(|(question, found)| seeker.line(question, found, &values)).collect()
}

impl Sought {
    fn changes(&self, value: &str) -> Result<Vec<Edit>, Message> {
        let change = Edit::of(self.key.clone(), value)?;
        Ok(self.sets.iter().cloned().chain([change]).collect())
    }
}

/// What lies between the best value and the nearest beyond it that fails.
fn edge(values: &[Value], found: &Found) -> Vec<String> {
    match (found.best(), found.next()) {
        (Some(best), Some(next)) => domain::between(&values[best].0, &values[next].0),
        _ => Vec::new(),
    }
}

fn look(bench: &Bench, sought: &Sought, value: &str) -> Looked {
    let changes = match sought.changes(value) {
        Ok(changes) => changes,
        Err(why) => return Looked::NoScenario(Some(why)),
    };
    match bench.scenario(&changes) {
        Ok(scenario) => Looked::Scenario {
            demand: Demand::of(&scenario),
            within_caps: audit::keeps_caps(&scenario, &audit::audit_program(&scenario)),
        },
        Err(findings) => {
            let errors = findings.list.into_iter().filter(|finding| finding.severity == Severity::Error);
            Looked::NoScenario(errors.map(|finding| finding.message).next())
        }
    }
}

/// Asks about single values.
struct Seeker<'a, A> {
    sought: &'a Sought,
    bench: &'a Bench,
    answers: &'a mut A,
    /// Whether everybody can be placed at values asked about before.
    known: BTreeMap<String, Verdict>,
}

impl<A: Answers> Seeker<'_, A> {
    /// Whether everybody can be placed, and whether the caps are kept.
    fn found(&mut self, values: &[Value]) -> Result<[Found; 2], A::Failure> {
        let (end, mut failed) = (self.sought.end, None);
        let mut placeable = |at: usize| match &values[at] {
            (_, Looked::NoScenario(_)) => Ok(Verdict::NoScenario),
            (value, Looked::Scenario { .. }) => {
                if let Some(known) = self.known.get(value) {
                    return Ok(*known);
                }
                let verdict = self.at(value).unwrap_or_else(|failure| {
                    failed = Some(failure);
                    Err(Stopped)
                })?;
                self.known.insert(value.clone(), verdict);
                Ok(verdict)
            }
        };
        let implies = |holding: usize, other: usize| match (&values[holding].1, &values[other].1) {
            (Looked::Scenario { demand: harder, .. }, Looked::Scenario { demand, .. }) => {
                demand.asks_no_more_than(harder)
            }
            _ => false,
        };
        let placed = search(values.len(), end, &implies, &mut placeable);
        if let Some(failure) = failed {
            return Err(failure);
        }
        let capped = search(values.len(), end, &|_, _| false, &mut |at| {
            Ok(match &values[at].1 {
                Looked::NoScenario(_) => Verdict::NoScenario,
                Looked::Scenario { within_caps: Some(true), .. } => Verdict::Holds,
                Looked::Scenario { within_caps: Some(false), .. } => Verdict::Fails,
                // What is not checked is not said to be kept.
                Looked::Scenario { within_caps: None, .. } => Verdict::NoScenario,
            })
        });
        Ok([placed, capped])
    }

    fn at(&mut self, value: &str) -> Result<Result<Verdict, Stopped>, A::Failure> {
        match self.sought.changes(value) {
            Ok(changes) => self.exists(&changes),
            Err(_) => Ok(Ok(Verdict::NoScenario)),
        }
    }

    fn exists(&mut self, changes: &[Edit]) -> Result<Result<Verdict, Stopped>, A::Failure> {
        match self.bench.scenario(changes) {
            Ok(scenario) => self.answers.exists(&scenario, changes),
            Err(_) => Ok(Ok(Verdict::NoScenario)),
        }
    }

    fn line(&mut self, question: Question, found: Found, values: &[Value]) -> Result<Line, A::Failure> {
        let no_scenario = values.iter().find_map(|(_, looked)| match looked {
            Looked::NoScenario(why) => why.clone(),
            Looked::Scenario { .. } => None,
        });
        let values = values.iter().map(|(value, _)| value.clone()).collect();
        let mut line = Line { question, values, found, no_scenario, beyond: None, lifts: Vec::new() };
        if let Some(next) = line.found.next()
            && let Ok(changes) = self.sought.changes(&line.values[next])
        {
            let labels = vec![line.values[next].clone()];
            line.beyond = self.answers.whole(Variant { labels, changes: changes.clone() })?;
            line.lifts = self.lifts(question, &changes)?;
        }
        Ok(line)
    }

    /// The single changes with which it holds where it does not.
    fn lifts(&mut self, question: Question, changes: &[Edit]) -> Result<Vec<Lift>, A::Failure> {
        let Ok(scenario) = self.bench.scenario(changes) else { return Ok(Vec::new()) };
        let mut lifts = Vec::new();
        for lift in lift::candidates(&scenario) {
            // The key itself is no other change.
            if lift.changes.iter().any(|change| change.key == self.sought.key) {
                continue;
            }
            let helped: Vec<Edit> = changes.iter().chain(&lift.changes).cloned().collect();
            let holds = match question {
                Question::WithinCaps => self.bench.within_caps(&helped) == Some(true),
                Question::Placeable => self.exists(&helped)? == Ok(Verdict::Holds),
            };
            if holds {
                lifts.push(lift);
            }
        }
        Ok(lifts)
    }
}
