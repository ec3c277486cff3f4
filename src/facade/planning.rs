//! The best plan of a program, with proof.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::program::{Error, Program};
use super::{Audit, Plan};
use crate::engine::{self, Planned, Session};
use crate::language::{Catalogue, Language, Message};
use crate::output::{goals, plan_json, remarks};
use crate::plan::{GoalResult, GoalValue, Proof, Status, earlier};

/// The file name that findings about an earlier plan give.
const EARLIER: &str = "placements.csv";

impl Program {
    /// The best plan, judged before it is handed out; the session says how long it may take.
    ///
    /// # Errors
    /// Solver and judge disagree, which is a fault of the library. That there is no plan is no error but an
    /// [`Outcome`].
    ///
    /// ```
    /// use kenshu::{Program, Session, Status};
    ///
    /// let program = Program::shipped("surgery").ok_or("not shipped")?;
    /// let outcome = program.plan(&Session::default())?;
    /// assert_eq!(outcome.status(), Status::Optimal);
    /// let plan = outcome.plan().ok_or("no plan")?;
    /// assert!(plan.placements().all(|placement| placement.months() > 0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn plan(&self, session: &Session<'_>) -> Result<Outcome, Error> {
        let planned = engine::plan(&self.scenario, None, session);
        self.outcome(planned, session)
    }

    /// The best plan near an earlier one, given as the bytes of its `placements.csv`.
    ///
    /// # Errors
    /// What is wrong with that table; else as [`Program::plan`].
    ///
    /// ```
    /// use kenshu::{Language, Program, Session};
    ///
    /// let program = Program::shipped("surgery").ok_or("not shipped")?;
    /// let session = Session::default();
    /// let first = program.plan(&session)?.plan().ok_or("no plan")?.to_csv(Language::Ja);
    /// let again = program.plan_near(&first, &session)?;
    /// assert_eq!(again.plan().ok_or("no plan")?.to_csv(Language::Ja), first);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn plan_near(&self, placements: &[u8], session: &Session<'_>) -> Result<Outcome, Error> {
        let (earlier, findings) = earlier::read(EARLIER, placements, &self.scenario);
        let earlier = earlier.ok_or_else(|| Error::findings_of(findings))?;
        let near = engine::replan::near(&self.scenario, &earlier.plan, session);
        let planned = engine::plan(&self.scenario, Some(near), session);
        self.outcome(planned, session)
    }

    fn outcome(
        &self,
        planned: Result<Planned, Box<engine::Faulty>>,
        session: &Session<'_>,
    ) -> Result<Outcome, Error> {
        let planned = planned.map_err(|faulty| {
            let fault = remarks::fault(&faulty.fault);
            Error::new(Message::new("facade-fault").message("fault", fault))
        })?;
        let plan = planned.answer.plan.clone();
        // Frozen months bind as locks do, so the plan is one of the program with them.
        let scenario = Arc::new(planned.scenario.clone());
        let program = Program { scenario, ..self.clone() };
        let plan = plan.map(|plan| Plan { program, plan });
        Ok(Outcome { planned, plan, seconds: session.elapsed().as_secs_f64() })
    }
}

/// What became of the question for the best plan.
#[derive(Debug, Clone)]
pub struct Outcome {
    planned: Planned,
    plan: Option<Plan>,
    seconds: f64,
}

impl Outcome {
    /// What is known after solving.
    pub fn status(&self) -> Status {
        self.planned.answer.status
    }

    /// There is one where the status is `Optimal` or `Feasible`.
    pub fn plan(&self) -> Option<&Plan> {
        self.plan.as_ref()
    }

    /// What the plan is worth, goal by goal in the program's order, and how that was proved.
    ///
    /// ```
    /// use kenshu::{GoalValue, Language, Program, Proof, Session};
    ///
    /// let program = Program::shipped("surgery").ok_or("not shipped")?;
    /// let outcome = program.plan(&Session::default())?;
    /// let coverage = outcome.goals().next().ok_or("no goal")?;
    /// assert_eq!((coverage.id(), coverage.value()), ("coverage.sum".into(), &GoalValue::Number(0)));
    /// assert_eq!(coverage.bound(), coverage.value());
    /// assert_eq!(coverage.proof(), Proof::Certified);
    /// println!("{}: {}", coverage.name(Language::En), coverage.told(Language::En));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn goals(&self) -> impl Iterator<Item = Goal<'_>> {
        self.planned.answer.goals.iter().map(Goal)
    }

    /// What the judge says of the plan; without one, of the program itself.
    pub fn audit(&self) -> Audit {
        Audit::of(&self.planned.scenario, &self.planned.audit)
    }

    /// Why there is no plan, what was left open, what a reader should know.
    pub fn remarks(&self, language: Language) -> Vec<String> {
        let catalogue = Catalogue::new(language);
        self.messages().iter().map(|message| catalogue.say(message)).collect()
    }

    /// `plan.json`: status, goals and the certificate that proves them, to be checked by `kenshu audit`.
    pub fn to_json(&self) -> String {
        let catalogue = Catalogue::new(Language::En);
        plan_json::json(&self.planned, &self.messages(), &BTreeMap::new(), self.seconds, &catalogue)
    }

    fn messages(&self) -> Vec<Message> {
        remarks::remarks(&self.planned, Path::new(&self.planned.scenario.id))
    }
}

/// A goal with its value, a proved bound and how it was proved.
#[derive(Debug, Clone, Copy)]
pub struct Goal<'o>(&'o GoalResult);

impl<'o> Goal<'o> {
    /// The goal and its measure, such as `facility-wishes.worst`.
    pub fn id(&self) -> String {
        format!("{}.{}", self.0.goal.kind.id(), self.0.goal.measure.id())
    }

    /// The goal and its measure in words.
    pub fn name(&self, language: Language) -> String {
        Catalogue::new(language).say(&goals::name(self.0.goal))
    }

    /// What the plan is worth; less is better.
    pub fn value(&self) -> &'o GoalValue {
        &self.0.value
    }

    /// No plan is worth less.
    pub fn bound(&self) -> &'o GoalValue {
        &self.0.bound
    }

    /// How the bound was proved.
    pub fn proof(&self) -> Proof {
        self.0.proof
    }

    /// The value in the goal's own unit.
    pub fn told(&self, language: Language) -> String {
        Catalogue::new(language).say(&goals::value(self.0.goal.kind, &self.0.value))
    }
}
