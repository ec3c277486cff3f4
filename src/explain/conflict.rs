//! An irreducible set of statements: together they leave no plan, without any one of them they do.
//!
//! Found by deletion in halves: whatever can be left out while no plan exists goes, a half at a time.
//! Leaving statements out only allows more, so a statement that was needed once stays needed. Seats that
//! the proof at hand does not rest on go without a question. In the end both claims are asked afresh and
//! verified by the judge: the set alone by a certificate, each set without one member by a plan.

use std::collections::BTreeSet;

use super::asker::{Asker, Existence};
use super::relax::{alone, relaxed};
use super::statement::Statement;
use crate::scenario::{ResidentIx, Scenario};

/// Leaves tried as statements, at most: each is a question.
const LEAVES_MAX: usize = 24;

/// Statements that cannot all stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Empty: what the program is (courses, roles) leaves no plan by itself.
    pub statements: Vec<Statement>,
    /// The resident without a career it is about, if it is about one.
    pub resident: Option<ResidentIx>,
}

/// What is asked: a scenario, what in it may be left out, and who enters all the same.
pub struct Question<'s> {
    pub scenario: &'s Scenario,
    pub statements: &'s [Statement],
    pub kept: BTreeSet<ResidentIx>,
    /// Only whether this resident, who is kept, has a career; else whether all have a place.
    pub alone: Option<ResidentIx>,
}

impl Question<'_> {
    /// The scenario with only these of its statements.
    pub fn with(&self, statements: &BTreeSet<Statement>) -> Scenario {
        let without = self.statements.iter().filter(|statement| !statements.contains(statement));
        let relaxed = relaxed(self.scenario, without, &self.kept);
        let person = self.alone.and_then(|resident| {
            let id = &self.scenario.resident(resident).id;
            relaxed.residents.iter().find(|person| person.id == *id).cloned()
        });
        match person {
            Some(person) => alone(&relaxed, person),
            None => relaxed,
        }
    }
}

/// An irreducible set of a scenario that has no plan; `None` if the time did not suffice or a question
/// stayed open.
pub fn conflict(question: &Question<'_>, asker: &mut Asker<'_>) -> Option<Vec<Statement>> {
    let mut left: BTreeSet<Statement> = question.statements.iter().copied().collect();
    // What is said of the resident it is about, and of everybody, explains best.
    let is_own = |s: &&Statement| s.resident().is_none_or(|of| question.kept.contains(&of));
    let own: BTreeSet<Statement> = left.iter().filter(is_own).copied().collect();
    if !question.kept.is_empty() && own != left && asker.exists(&question.with(&own)).is_nothing() {
        left = own;
    }
    let whole = question.with(&left);
    let Existence::Nothing(prices) = asker.exists(&whole) else { return None };
    if let Some(prices) = prices {
        left.retain(|&statement| prices.rests_on(question.scenario, statement));
    }
    shrink(question, asker, &mut left, question.statements)?;
    // Without an intake there is nobody for what is to be staffed: one of the few left may go after all.
    let without = |left: &BTreeSet<Statement>, one: &Statement| -> BTreeSet<Statement> {
        left.iter().filter(|other| *other != one).copied().collect()
    };
    while left.iter().any(|one| matches!(one, Statement::Rule(_)))
        && let Some(fewer) = left
            .iter()
            .map(|one| without(&left, one))
            .find(|fewer| asker.exists(&question.with(fewer)).is_nothing())
    {
        left = fewer;
    }
    let ordered = question.statements.iter().copied().filter(|statement| left.contains(statement));
    Some(ordered.collect())
}

/// An irreducible set with the leaves that it needs among its statements, if the judge agrees.
///
/// A leave is no statement of the search: to leave it out does not only allow more, since its months then
/// have to be filled. So leaves are left out last, one by one, and what comes out is verified as a whole.
/// Those from before the decided months are what happened, as history is.
pub fn with_leaves(
    question: &Question<'_>,
    set: &[Statement],
    asker: &mut Asker<'_>,
) -> Option<Vec<Statement>> {
    let scenario = question.scenario;
    let start = scenario.horizon().start;
    let of = |resident: ResidentIx| {
        let leaves = scenario.resident(resident).leaves.iter().filter(|leave| leave.span.start >= start);
        leaves.map(move |&leave| Statement::Leave { resident, leave })
    };
    let leaves: Vec<Statement> = scenario.resident_ixs().flat_map(of).collect();
    if leaves.is_empty() || leaves.len() > LEAVES_MAX {
        return None;
    }
    let all: Vec<Statement> = question.statements.iter().chain(&leaves).copied().collect();
    let question =
        Question { scenario, statements: &all, kept: question.kept.clone(), alone: question.alone };
    let mut left: BTreeSet<Statement> = set.iter().chain(&leaves).copied().collect();
    for leave in &leaves {
        left.remove(leave);
        if !asker.exists(&question.with(&left)).is_nothing() {
            left.insert(*leave);
        }
    }
    let ordered: Vec<Statement> = all.iter().copied().filter(|statement| left.contains(statement)).collect();
    is_irreducible(&question, &ordered, asker).then_some(ordered)
}

/// Leaves out of `left` as much of `part` as it can; `None` if a question stayed open.
fn shrink(
    question: &Question<'_>,
    asker: &mut Asker<'_>,
    left: &mut BTreeSet<Statement>,
    part: &[Statement],
) -> Option<()> {
    let mut without = left.clone();
    part.iter().for_each(|statement| _ = without.remove(statement));
    if without.len() == left.len() {
        return Some(());
    }
    match asker.exists(&question.with(&without)) {
        Existence::Nothing(prices) => {
            *left = without;
            if let Some(prices) = prices {
                left.retain(|&statement| prices.rests_on(question.scenario, statement));
            }
            Some(())
        }
        Existence::Plan(_) if part.len() <= 1 => Some(()),
        Existence::Plan(_) => {
            let (first, second) = part.split_at(part.len() / 2);
            shrink(question, asker, left, first)?;
            shrink(question, asker, left, second)
        }
        Existence::Unknown(_) => None,
    }
}

/// Whether the judge agrees that the set is irreducible.
pub fn is_irreducible(question: &Question<'_>, statements: &[Statement], asker: &mut Asker<'_>) -> bool {
    let set: BTreeSet<Statement> = statements.iter().copied().collect();
    let mut one_less = statements.iter().map(|statement| {
        let mut less = set.clone();
        less.remove(statement);
        less
    });
    asker.verified(&question.with(&set)) == Some(false)
        && one_less.all(|less| asker.verified(&question.with(&less)) == Some(true))
}
