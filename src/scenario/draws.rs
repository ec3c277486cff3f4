//! `[draws]`: what futures are drawn from, for a what-if (`whatif::draws`).

use rust_decimal::Decimal;

use crate::diagnostic::Findings;

use super::files::PROGRAM;
use super::model::{Role, Scenario};
use super::{Sources, bounds, code};
use crate::tables::document::{self, Section};
use crate::tables::text::Text;
use crate::tables::value::Names;

/// Whose wishes are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// All who enter from the first decided year on.
    Entering,
    /// All who enter after it.
    Later,
    /// Those who enter and of whom no wish is known.
    Unknown,
}

impl Who {
    pub(super) const ALL: [Self; 3] = [Self::Entering, Self::Later, Self::Unknown];

    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Entering => "entering",
            Self::Later => "later",
            Self::Unknown => "unknown",
        }
    }
}

/// The distributions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draws {
    pub who: Who,
    /// Probability that somebody who enters never begins, 0 to 1.
    pub drop_out: Decimal,
    /// Weights of course wishes by position in [`Scenario::courses`]; none: lists that residents wrote.
    pub courses: Vec<(usize, u32)>,
    /// The same for affiliates, by position in [`Scenario::facilities`].
    pub facilities: Vec<(usize, u32)>,
}

/// Reads the table; a scenario without one draws from the residents' own wishes.
///
/// # Errors
/// Everything that is wrong in it.
pub fn read(sources: &Sources, scenario: &Scenario) -> Result<Draws, Findings> {
    let mut findings = Findings::default();
    let mut draws =
        Draws { who: Who::Entering, drop_out: Decimal::ZERO, courses: Vec::new(), facilities: Vec::new() };
    let bytes = sources.files.get(PROGRAM).map(Vec::as_slice).unwrap_or_default();
    if let Some(text) = Text::decode(PROGRAM, bytes, &mut findings) {
        let document = document::parse(&text, &mut findings);
        let table = Section::root(&text, &document).get("draws");
        if let Some(section) = table.and_then(|entry| entry.section(&mut findings)) {
            walk(&section, scenario, &mut draws, &mut findings);
        }
    }
    if findings.has_errors() { Err(findings) } else { Ok(draws) }
}

fn walk(section: &Section<'_>, scenario: &Scenario, draws: &mut Draws, findings: &mut Findings) {
    section.only(&["who", "drop_out", "courses", "facilities"], findings);
    if let Some(who) = section.get("who").and_then(|entry| entry.word(&Who::ALL, Who::id, findings)) {
        draws.who = who;
    }
    if let Some(share) = section.get("drop_out").and_then(|entry| entry.decimal(1, findings)) {
        draws.drop_out = share;
    }
    let courses = scenario.courses.iter().map(|course| course.id.as_str()).enumerate();
    draws.courses = weights(section, "courses", courses, code::UNKNOWN_COURSE, findings);
    let affiliates = scenario.facilities.iter().enumerate().filter(|(_, f)| f.role == Role::Affiliate);
    let affiliates = affiliates.map(|(at, facility)| (at, facility.id.as_str()));
    draws.facilities = weights(section, "facilities", affiliates, code::UNKNOWN_FACILITY, findings);
}

fn weights<'a>(
    section: &Section<'_>,
    key: &str,
    known: impl Iterator<Item = (usize, &'a str)>,
    unknown: &'static str,
    findings: &mut Findings,
) -> Vec<(usize, u32)> {
    let mut names = Names::default();
    known.for_each(|(position, id)| names.insert(id, position));
    let Some(table) = section.get(key).and_then(|entry| entry.section(findings)) else { return Vec::new() };
    let mut weights = Vec::new();
    for (name, place, entry) in table.entries() {
        let weight = entry.whole(bounds::COURSE_WEIGHTS, findings);
        match names.find(&name, unknown) {
            Ok(position) => weights.extend(weight.map(|weight| (position, weight))),
            Err(Some(message)) => findings.error(place, message),
            Err(None) => {}
        }
    }
    weights.sort_unstable();
    weights
}
