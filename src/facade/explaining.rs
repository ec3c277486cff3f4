//! Why there is no plan, and why somebody is not elsewhere.

use std::sync::Arc;

use super::program::{Error, Program};
use super::{Plan, Session};
use crate::calendar::Span;
use crate::engine;
use crate::explain::infeasible::Explained;
use crate::explain::why_not::{AtHand, WhyNot as Answered, Wish};
use crate::language::{Catalogue, Language, Message};
use crate::output::{changes, explanation, moves};
use crate::scenario::{FacilityIx, Place, ResidentIx, Scenario};

impl Program {
    /// Why there is no plan, with up to so many ways out, each of them solved and judged.
    ///
    /// ```
    /// use kenshu::{Language, Program, Session};
    ///
    /// let program = Program::shipped("surgery").ok_or("not shipped")?;
    /// let explanation = program.explain_infeasible(1, &Session::default());
    /// assert_eq!(explanation.has_plan(), Some(true));
    /// println!("{}", explanation.text(Language::En));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn explain_infeasible(&self, ways_out: usize, session: &Session<'_>) -> Explanation {
        let explained = engine::explain::infeasible(&self.scenario, ways_out, session);
        Explanation { scenario: Arc::clone(&self.scenario), explained }
    }
}

/// Why a program has no plan.
#[derive(Debug, Clone)]
pub struct Explanation {
    scenario: Arc<Scenario>,
    explained: Explained,
}

impl Explanation {
    /// Whether there is a plan after all; `None`: not known within the time.
    pub fn has_plan(&self) -> Option<bool> {
        match self.explained {
            Explained::Feasible => Some(true),
            Explained::Infeasible(_) => Some(false),
            Explained::Unknown(_) => None,
        }
    }

    /// All of it, as `kenshu explain infeasible` prints it.
    pub fn text(&self, language: Language) -> String {
        explanation::text(&explanation::lines(&self.scenario, &self.explained), &Catalogue::new(language))
    }

    /// Changes after any of which a plan exists, the cheapest first.
    pub fn ways_out(&self, language: Language) -> Vec<String> {
        let catalogue = Catalogue::new(language);
        let Explained::Infeasible(explanation) = &self.explained else { return Vec::new() };
        let told = |changes_of: &_| catalogue.say(&changes::changes(&self.scenario, changes_of));
        explanation.repairs.list.iter().map(|repair| told(&repair.changes)).collect()
    }
}

impl Plan {
    /// Why a resident is not at a facility in an academic year, or what it would cost.
    ///
    /// # Errors
    /// There is no such resident or facility, or nothing of the resident is decided in that year.
    ///
    /// ```
    /// use kenshu::{Language, Program, Session, WhyNotAnswer};
    ///
    /// let program = Program::shipped("surgery").ok_or("not shipped")?;
    /// let outcome = program.plan(&Session::default())?;
    /// let plan = outcome.plan().ok_or("no plan")?;
    /// let there = plan.placements().next().ok_or("no placement")?;
    /// let (resident, facility) = (there.resident(), there.facility());
    /// let why_not = plan.why_not(resident, facility, there.start().year(), &Session::default())?;
    /// assert!(matches!(why_not.answer(), WhyNotAnswer::Granted | WhyNotAnswer::AtAPrice));
    /// println!("{}", why_not.text(Language::En));
    /// assert!(plan.why_not(resident, "nowhere", 2025, &Session::default()).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn why_not(
        &self,
        resident: &str,
        facility: &str,
        year: i32,
        session: &Session<'_>,
    ) -> Result<WhyNot, Error> {
        let scenario = &self.program.scenario;
        let known = |text: &str, found: Option<usize>| {
            found.ok_or_else(|| Error::new(Message::new("facade-unknown").text("text", text)))
        };
        let at = scenario.residents.iter().position(|known| known.id == resident);
        let resident = ResidentIx(known(resident, at)?);
        let at = scenario.facilities.iter().position(|known| known.id == facility);
        let facility = FacilityIx(known(facility, at)?);
        let span = self.decided(resident, year);
        let span = span.ok_or_else(|| Error::new(Message::new("facade-unknown").text("text", year)))?;
        let wish = Wish::At { place: Place { facility, section: None }, span };
        let at_hand = AtHand { plan: &self.plan, base: None, certificate: None };
        let answer = engine::explain::why_not(scenario, at_hand, resident, wish, session);
        Ok(WhyNot { scenario: Arc::clone(scenario), resident, wish, answer })
    }

    /// The decided months of a resident in an academic year, if there is a seat in any of them.
    fn decided(&self, resident: ResidentIx, year: i32) -> Option<Span> {
        let scenario = &self.program.scenario;
        let years = scenario.calendar.split(scenario.decided(resident));
        let (_, span) = years.into_iter().find(|(known, _)| *known == year)?;
        let service = scenario.service(resident);
        span.iter().any(|month| service.has_seat(month)).then_some(span)
    }
}

/// Why a wish is not granted.
#[derive(Debug, Clone)]
pub struct WhyNot {
    scenario: Arc<Scenario>,
    resident: ResidentIx,
    wish: Wish,
    answer: Answered,
}

/// Whether a wish can be granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum WhyNotAnswer {
    /// The plan grants it.
    Granted,
    /// It can be, and what changes is known.
    AtAPrice,
    /// No legal plan grants it.
    Impossible,
    /// Not known within the time.
    Unknown,
}

impl WhyNot {
    /// The answer in a word.
    pub fn answer(&self) -> WhyNotAnswer {
        match self.answer {
            Answered::Granted => WhyNotAnswer::Granted,
            Answered::Price(_) => WhyNotAnswer::AtAPrice,
            Answered::Forbidden(_) | Answered::Impossible => WhyNotAnswer::Impossible,
            Answered::Unknown(_) => WhyNotAnswer::Unknown,
        }
    }

    /// All of it, as `kenshu explain why-not` prints it: what forbids it, or which goals get worse and who moves.
    pub fn text(&self, language: Language) -> String {
        let lines = moves::lines(&self.scenario, self.resident, self.wish, &self.answer);
        explanation::text(&lines, &Catalogue::new(language))
    }
}
