//! Moves as chains and rings: who takes whose seat.
//!
//! In months in which nobody's move begins or ends, the moves are the edges of a graph whose nodes are
//! the facilities. Rings are taken out first, the shortest before longer ones, so that a plain exchange
//! between two residents shows as one. What is left has no ring, and is walked from a seat that nobody
//! takes to a seat that nobody left. There are then as few chains as there can be: one for every seat
//! by which a facility has fewer residents than before, or person who was nowhere before.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::algo::astar;
use petgraph::graph::{DiGraph, NodeIndex};

use super::moves::Move;
use crate::calendar::{Month, Span};
use crate::scenario::{FacilityIx, ResidentIx};

/// Moves of the same months in which each takes the seat that the next one leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain<P = ResidentIx> {
    pub span: Span,
    pub moves: Vec<Move<P>>,
    /// The last one takes the seat that the first one left.
    pub is_ring: bool,
}

/// The moves as chains and rings, by time; those of `first` lead.
pub fn chains<P: Copy + Ord>(moves: &[Move<P>], first: Option<P>) -> Vec<Chain<P>> {
    let cuts: BTreeSet<Month> = moves.iter().flat_map(|one| [one.span.start, one.span.end()]).collect();
    let cuts: Vec<Month> = cuts.into_iter().collect();
    let mut chains: Vec<Chain<P>> = Vec::new();
    for pair in cuts.windows(2) {
        let &[start, end] = pair else { continue };
        let mut present: Vec<Move<P>> = moves.iter().copied().filter(|m| m.span.contains(start)).collect();
        present.sort_by_key(|one| (Some(one.resident) != first, one.resident));
        for (moves, is_ring) in Exchange::new(&present).decompose(first) {
            push(&mut chains, Chain { span: Span::between(start, end), moves, is_ring });
        }
    }
    chains
}

/// Adds a chain, or lengthens the one before it that has the same people going the same ways.
fn push<P: Copy + Ord>(chains: &mut Vec<Chain<P>>, chain: Chain<P>) {
    let ways =
        |chain: &Chain<P>| -> Vec<_> { chain.moves.iter().map(|m| (m.resident, m.from, m.to)).collect() };
    let joins = |old: &&mut Chain<P>| old.span.end() == chain.span.start && ways(old) == ways(&chain);
    match chains.iter_mut().find(joins) {
        Some(old) => old.span.months += chain.span.months,
        None => chains.push(chain),
    }
}

/// Where a seat is left or taken. Nowhere is two places: nobody takes the seat of who comes from there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Before,
    At(FacilityIx),
    After,
}

/// The moves of some months as a graph: an edge for each pair of facilities, with those who go that way.
struct Exchange<P> {
    graph: DiGraph<Place, Vec<Move<P>>>,
    nodes: BTreeMap<Place, NodeIndex>,
}

impl<P: Copy + Ord> Exchange<P> {
    /// `moves` in the order in which they are to be taken.
    fn new(moves: &[Move<P>]) -> Self {
        let mut exchange = Self { graph: DiGraph::new(), nodes: BTreeMap::new() };
        // Every edge is a stack, so the first to be taken goes in last.
        for one in moves.iter().rev() {
            let from = exchange.node(one.from.map_or(Place::Before, Place::At));
            let to = exchange.node(one.to.map_or(Place::After, Place::At));
            match exchange.graph.find_edge(from, to).and_then(|edge| exchange.graph.edge_weight_mut(edge)) {
                Some(movers) => movers.push(*one),
                None => _ = exchange.graph.add_edge(from, to, vec![*one]),
            }
        }
        exchange
    }

    fn node(&mut self, place: Place) -> NodeIndex {
        *self.nodes.entry(place).or_insert_with(|| self.graph.add_node(place))
    }

    /// Takes everything apart: (moves, whether they are a ring), led by those of `first`.
    fn decompose(mut self, first: Option<P>) -> Vec<(Vec<Move<P>>, bool)> {
        let rank = |one: &Move<P>| (Some(one.resident) != first, one.resident);
        let mut parts = Vec::new();
        while let Some(ring) = self.shortest_ring() {
            let mut moves: Vec<Move<P>> =
                ring.iter().zip(ring.iter().cycle().skip(1)).filter_map(|(a, b)| self.take(*a, *b)).collect();
            let lead = (0..moves.len()).min_by_key(|&at| moves.get(at).map(rank)).unwrap_or(0);
            moves.rotate_left(lead);
            parts.push((moves, true));
        }
        while let Some(start) = self.start_of_chain() {
            let (mut moves, mut at) = (Vec::new(), start);
            while let Some(next) = self.next(at) {
                moves.extend(self.take(at, next));
                at = next;
            }
            parts.push((moves, false));
        }
        parts.sort_by_key(|(moves, _)| moves.iter().map(rank).min());
        parts
    }

    /// Takes the next mover of an edge; an edge without movers goes.
    fn take(&mut self, from: NodeIndex, to: NodeIndex) -> Option<Move<P>> {
        let edge = self.graph.find_edge(from, to)?;
        let movers = self.graph.edge_weight_mut(edge)?;
        let taken = movers.pop();
        if movers.is_empty() {
            self.graph.remove_edge(edge);
        }
        taken
    }

    /// The facilities of a shortest ring.
    fn shortest_ring(&self) -> Option<Vec<NodeIndex>> {
        let ways_back = self.graph.edge_indices().filter_map(|edge| {
            let (from, to) = self.graph.edge_endpoints(edge)?;
            let (_, back) = astar(&self.graph, to, |node| node == from, |_| 1usize, |_| 0)?;
            Some(back)
        });
        let places =
            |ring: &Vec<NodeIndex>| -> Vec<Place> { ring.iter().map(|node| self.graph[*node]).collect() };
        ways_back.min_by_key(|ring| (ring.len(), places(ring)))
    }

    /// A place that more people leave than arrive at.
    fn start_of_chain(&self) -> Option<NodeIndex> {
        let count = |node, direction| -> usize {
            self.graph.edges_directed(node, direction).map(|edge| edge.weight().len()).sum()
        };
        let more_leave =
            |node: &&NodeIndex| count(**node, petgraph::Outgoing) > count(**node, petgraph::Incoming);
        self.nodes.values().find(more_leave).copied()
    }

    /// Where a chain goes on from a place: with whoever is first in the order of moves.
    fn next(&self, at: NodeIndex) -> Option<NodeIndex> {
        let to = |node: &NodeIndex| {
            self.graph.find_edge(at, *node).and_then(|edge| self.graph[edge].last()).map(|one| one.resident)
        };
        self.graph.neighbors(at).min_by_key(to)
    }
}
