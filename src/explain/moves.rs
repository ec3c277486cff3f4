//! Who is elsewhere in another plan, from where to where, and whose seat each of them takes.

use std::collections::BTreeMap;

use crate::calendar::{Month, Span};
use crate::plan::Plan;
use crate::scenario::{CourseIx, FacilityIx, ResidentIx, Scenario};

/// A resident at another facility, for months that follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Move {
    pub span: Span,
    pub resident: ResidentIx,
    /// `None` where the first plan has them nowhere.
    pub from: Option<FacilityIx>,
    /// `None` where the second plan has them nowhere.
    pub to: Option<FacilityIx>,
}

/// Moves of the same months in which each takes the seat that the next one leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    pub span: Span,
    pub moves: Vec<Move>,
    /// The last one takes the seat that the first one left.
    pub is_ring: bool,
}

/// Where each resident is in each month; of rows that overlap the first.
pub fn whereabouts(plan: &Plan) -> BTreeMap<(ResidentIx, Month), FacilityIx> {
    let mut at = BTreeMap::new();
    for row in &plan.rows {
        for month in row.span.iter() {
            at.entry((row.resident, month)).or_insert(row.facility);
        }
    }
    at
}

/// All moves from one plan to another, by time and resident.
pub fn moves(scenario: &Scenario, before: &Plan, after: &Plan) -> Vec<Move> {
    let (before, after) = (whereabouts(before), whereabouts(after));
    let mut moves: Vec<Move> = Vec::new();
    for resident in scenario.resident_ixs() {
        for month in scenario.decided(resident).iter() {
            let at = (resident, month);
            let (from, to) = (before.get(&at).copied(), after.get(&at).copied());
            if from == to {
                continue;
            }
            match moves.last_mut() {
                Some(last)
                    if last.resident == resident
                        && last.span.end() == month
                        && (last.from, last.to) == (from, to) =>
                {
                    last.span.months += 1;
                }
                _ => moves.push(Move { span: Span::new(month, 1), resident, from, to }),
            }
        }
    }
    moves.sort();
    moves
}

/// Residents whose course is another one: (resident, before, after).
pub fn course_changes(
    scenario: &Scenario,
    before: &Plan,
    after: &Plan,
) -> Vec<(ResidentIx, Option<CourseIx>, Option<CourseIx>)> {
    let course = |plan: &Plan, resident: ResidentIx| {
        plan.rows.iter().filter(|row| row.resident == resident).find_map(|row| row.course)
    };
    let changes = scenario.resident_ixs().map(|r| (r, course(before, r), course(after, r)));
    changes.filter(|(_, before, after)| before != after).collect()
}

/// The moves as chains and rings, in each span of months in which nobody's move begins or ends; the
/// chain of `first` leads. A chain goes on with whoever leaves the facility where the last one arrives.
pub fn chains(moves: &[Move], first: ResidentIx) -> Vec<Chain> {
    let mut cuts: Vec<Month> = moves.iter().flat_map(|m| [m.span.start, m.span.end()]).collect();
    cuts.sort();
    cuts.dedup();
    let mut chains: Vec<Chain> = Vec::new();
    for pair in cuts.windows(2) {
        let &[start, end] = pair else { continue };
        let mut left: Vec<Move> = moves.iter().copied().filter(|m| m.span.contains(start)).collect();
        left.sort_by_key(|m| (m.resident != first, m.resident));
        while let Some(position) = start_of_chain(&left, first) {
            let mut chain = vec![left.remove(position)];
            let origin = chain[0].from;
            while let Some(to) = chain.last().and_then(|last| last.to) {
                let Some(next) = left.iter().position(|m| m.from == Some(to)) else { break };
                chain.push(left.remove(next));
            }
            let is_ring = origin.is_some() && chain.last().is_some_and(|last| last.to == origin);
            push(&mut chains, Chain { span: Span::between(start, end), moves: chain, is_ring });
        }
    }
    chains
}

/// Who begins a chain: the one asked about, else somebody whose seat nobody takes, else anybody.
fn start_of_chain(left: &[Move], first: ResidentIx) -> Option<usize> {
    let is_first = |m: &Move| m.resident == first;
    let untaken = |m: &Move| left.iter().all(|other| other.to != m.from);
    left.iter()
        .position(is_first)
        .or_else(|| left.iter().position(untaken))
        .or_else(|| (!left.is_empty()).then_some(0))
}

/// Adds a chain, or lengthens the one before it that has the same people going the same ways.
fn push(chains: &mut Vec<Chain>, chain: Chain) {
    let ways = |chain: &Chain| -> Vec<_> { chain.moves.iter().map(|m| (m.resident, m.from, m.to)).collect() };
    let joins = |old: &&mut Chain| old.span.end() == chain.span.start && ways(old) == ways(&chain);
    match chains.iter_mut().find(joins) {
        Some(old) => old.span.months += chain.span.months,
        None => chains.push(chain),
    }
}
