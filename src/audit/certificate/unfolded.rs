//! The ways of residents alike, unfolded by what rows of tables remember: a graph that knows them all.
//!
//! A *node* is a state of the [`Ways`] with a memory of the `tracks`. Beginnings that lead to no end are left out. What
//! is short of a requirement, or not earned of points, often shows at the end only; here every arc takes over at
//! once what is lost on every way on from it, and what is lost from the start on stands at the root (pushing of weights,
//! as with automata). Nodes with the same arcs, losses and nodes to come are then one: whatever brought somebody
//! there, the future is the same. So memories fade where nothing asks for them any more, and what is exact about
//! one row after another is exact about all of them together. Arcs that no row tells apart are followed as one.
//!
//! Invariant: arcs lead to nodes of lower numbers.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::limits::{Limit, Meter};
use super::tracks::{Gain, Memory, Tracks};
use super::ways::{FAR, NOWHERE, Ways, sum};
use crate::scenario::CourseIx;

/// No more memories are followed, and no more arcs.
const MEMORIES_MAX: usize = 200_000;
const ARCS_MAX: usize = 3_000_000;

/// What is lost of the goals `requirements` and `points`: units short, and points that months could have earned.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Loss {
    pub short: i64,
    pub unearned: i64,
}

/// A way on, by each of some arcs that are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct On {
    pub alike: u32,
    pub to: u32,
    pub loss: Loss,
}

/// Arcs from one point that rows do not tell apart.
struct Alike {
    /// Per arc the number of those like it.
    of_arc: Vec<u32>,
    arcs: Vec<Vec<u32>>,
    /// The most points that each of them can earn by the rows.
    most: Vec<i64>,
}

impl Alike {
    fn new(ways: &Ways, tracks: Option<&Tracks<'_>>) -> Self {
        let mut alike = Self { of_arc: vec![0; ways.arcs.len()], arcs: Vec::new(), most: Vec::new() };
        for point in ways.arcs_by_point() {
            let first = alike.arcs.len();
            let mut signatures: Vec<Option<Vec<u32>>> = Vec::new();
            for at in point {
                let arc = &ways.arcs[at];
                let months = || ways.legs[arc.leg as usize].places.clone();
                let signature = match (tracks, arc.facility) {
                    (None, _) | (_, NOWHERE) => Some(Vec::new()),
                    (Some(tracks), _) => tracks.signature(months(), |month| ways.here(arc, month)),
                };
                let most = match (tracks, arc.facility) {
                    (None, _) | (_, NOWHERE) => 0,
                    (Some(tracks), _) => tracks.points_most(months(), |month| ways.here(arc, month)),
                };
                let same = (first..alike.arcs.len()).find(|&other| {
                    let one = &ways.arcs[alike.arcs[other][0] as usize];
                    signature.is_some()
                        && signatures[other - first] == signature
                        && alike.most[other] == most
                        && Ways::are_parallel(one, arc)
                });
                let number = same.unwrap_or_else(|| {
                    alike.arcs.push(Vec::new());
                    alike.most.push(most);
                    signatures.push(signature);
                    alike.arcs.len() - 1
                });
                alike.arcs[number].push(at as u32);
                alike.of_arc[at] = number as u32;
            }
        }
        alike
    }
}

pub struct Unfolded {
    /// A state of each node, of several with the same future any.
    states: Vec<u32>,
    /// Where the ways on of each node begin, and those of the last one end.
    first: Vec<u32>,
    on: Vec<On>,
    /// Arcs that are alike.
    alike: Vec<Vec<u32>>,
    /// Nodes of the roots of the [`Ways`], and what is lost from the start on.
    roots: BTreeMap<(CourseIx, u32), (u32, Loss)>,
}

impl Unfolded {
    /// `tracks`: the rows on each course. `None` if there are too many memories.
    pub fn new(ways: &Ways, tracks: &[Option<Tracks<'_>>], meter: &Meter<'_>) -> Result<Option<Self>, Limit> {
        let unfolded = Self {
            states: Vec::new(),
            first: vec![0],
            on: Vec::new(),
            alike: Vec::new(),
            roots: BTreeMap::new(),
        };
        let mut merging = Merging { unfolded, alike_before: 0, known: FxHashMap::default() };
        let mut courses: Vec<CourseIx> = ways.roots.iter().map(|(course, _)| *course).collect();
        courses.dedup();
        // Courses with the same rows are unfolded together.
        let tracks = |course: CourseIx| tracks.get(course.0).and_then(Option::as_ref);
        let rows = |course: CourseIx| tracks(course).map(Tracks::rows);
        let mut groups: Vec<Vec<CourseIx>> = Vec::new();
        for course in courses {
            match groups.iter_mut().find(|group| rows(group[0]) == rows(course)) {
                Some(group) => group.push(course),
                None => groups.push(vec![course]),
            }
        }
        for group in groups {
            let roots = ways.roots.iter().filter(|(course, _)| group.contains(course)).copied();
            let tracks = tracks(group[0]);
            let mut alike = Alike::new(ways, tracks);
            let Some(memories) = Memories::new(ways, &alike, tracks, roots.clone(), meter)? else {
                return Ok(None);
            };
            let before = merging.unfolded.alike.len() as u32;
            merging.unfolded.alike.append(&mut alike.arcs);
            merging.alike_before = before;
            let merged = memories.merge(ways, tracks, &mut merging);
            for (course, state) in roots {
                let root = memories.roots.get(&state).and_then(|at| merged[*at as usize]);
                merging.unfolded.roots.extend(root.map(|root| ((course, state), root)));
            }
        }
        let unfolded = merging.unfolded;
        let arcs: usize = unfolded.alike.iter().map(|arcs| 3 + arcs.len() / 2).sum();
        meter.keep(3 * unfolded.on.len() + unfolded.states.len() + arcs)?;
        Ok(Some(unfolded))
    }

    /// The node of a root and what is lost from the start on; `None` if no career begins there.
    pub fn root(&self, course: CourseIx, state: u32) -> Option<(u32, Loss)> {
        self.roots.get(&(course, state)).copied()
    }

    pub fn state(&self, node: u32) -> u32 {
        self.states[node as usize]
    }

    pub fn on_from(&self, node: u32) -> &[On] {
        let at = node as usize;
        &self.on[self.first[at] as usize..self.first[at + 1] as usize]
    }

    /// Arcs that are alike.
    pub fn arcs(&self, alike: u32) -> &[u32] {
        &self.alike[alike as usize]
    }

    /// The arc of those alike that costs the least.
    pub fn cheapest_arc(&self, alike: u32, costs: &[i64]) -> Option<u32> {
        self.arcs(alike).iter().copied().min_by_key(|arc| costs[*arc as usize])
    }

    /// Per node the least cost to an end, each arc costing what is given.
    pub fn to_go(&self, costs: &[i64], meter: &Meter<'_>) -> Result<Vec<i64>, Limit> {
        meter.look((self.on.len() + self.alike.len()) as u64)?;
        let cheapest = |arcs: &Vec<u32>| arcs.iter().map(|arc| costs[*arc as usize]).min().unwrap_or(FAR);
        let costs: Vec<i64> = self.alike.iter().map(|arcs| cheapest(arcs).min(FAR)).collect();
        let mut least: Vec<i64> = Vec::with_capacity(self.states.len());
        for node in 0..self.states.len() as u32 {
            let on = self.on_from(node).iter();
            let of_on = on.map(|on| sum(costs[on.alike as usize], least[on.to as usize]));
            // Only the end has no way on.
            let best = of_on.min().unwrap_or(0);
            least.push(best);
        }
        Ok(least)
    }
}

/// States with memories, and the ways on from them.
struct Memories {
    /// By state, ascending.
    of_state: Vec<Vec<u32>>,
    memories: Vec<Memory>,
    on: Vec<Vec<On>>,
    roots: BTreeMap<u32, u32>,
}

impl Memories {
    fn new(
        ways: &Ways,
        alike: &Alike,
        tracks: Option<&Tracks<'_>>,
        roots: impl Iterator<Item = (CourseIx, u32)>,
        meter: &Meter<'_>,
    ) -> Result<Option<Self>, Limit> {
        let states = ways.states();
        let mut known: Vec<FxHashMap<Memory, u32>> = vec![FxHashMap::default(); states];
        let mut all = Self {
            of_state: vec![Vec::new(); states],
            memories: Vec::new(),
            on: Vec::new(),
            roots: BTreeMap::new(),
        };
        for (_, state) in roots {
            let begin = tracks.map(Tracks::begin).unwrap_or_default();
            let at = all.at(&mut known, state, begin);
            all.roots.insert(state, at);
        }
        let (mut ways_on, mut arcs) = (Vec::new(), 0);
        for state in (0..states as u32).rev() {
            // Arcs lead to lower states, so nothing comes to this one any more.
            known.pop();
            ways_on.clear();
            ways.on_from(state, |arc, to| {
                let number = alike.of_arc[arc as usize];
                if alike.arcs[number as usize][0] == arc {
                    ways_on.push((number, arc, to));
                }
            });
            for at in all.of_state[state as usize].clone() {
                meter.look(8 * ways_on.len() as u64 + 1)?;
                for &(number, arc, to) in &ways_on {
                    let mut memory = all.memories[at as usize].clone();
                    let Some(gain) = follow(ways, tracks, arc, &mut memory) else { continue };
                    let to = all.at(&mut known, to, memory);
                    let unearned = alike.most[number as usize] - gain.points;
                    let loss = Loss { short: gain.short, unearned };
                    all.on[at as usize].push(On { alike: number, to, loss });
                    arcs += 1;
                }
                if all.memories.len() > MEMORIES_MAX || arcs > ARCS_MAX {
                    return Ok(None);
                }
            }
        }
        Ok(Some(all))
    }

    fn at(&mut self, known: &mut [FxHashMap<Memory, u32>], state: u32, memory: Memory) -> u32 {
        if let Some(&at) = known[state as usize].get(&memory) {
            return at;
        }
        let at = self.memories.len() as u32;
        known[state as usize].insert(memory.clone(), at);
        self.of_state[state as usize].push(at);
        self.memories.push(memory);
        self.on.push(Vec::new());
        at
    }

    /// The node of each, and what is lost on every way on from it.
    fn merge(
        &self,
        ways: &Ways,
        tracks: Option<&Tracks<'_>>,
        merging: &mut Merging,
    ) -> Vec<Option<(u32, Loss)>> {
        let mut merged: Vec<Option<(u32, Loss)>> = vec![None; self.memories.len()];
        for (state, here) in self.of_state.iter().enumerate() {
            for &at in here {
                merged[at as usize] = match ways.end(state as u32) {
                    Some(false) => None,
                    Some(true) => {
                        let memory = &self.memories[at as usize];
                        let gain = tracks.map_or(Some(Gain::default()), |tracks| tracks.end(memory));
                        let loss = gain.map(|gain| Loss { short: gain.short, unearned: -gain.points });
                        loss.map(|loss| (merging.node(state as u32, Vec::new()), loss))
                    }
                    None => {
                        let on = self.on[at as usize].iter().filter_map(|on| {
                            let (to, later) = merged[on.to as usize]?;
                            let Loss { short, unearned } = on.loss;
                            let loss =
                                Loss { short: short + later.short, unearned: unearned + later.unearned };
                            Some(On { alike: on.alike + merging.alike_before, to, loss })
                        });
                        let mut on: Vec<On> = on.collect();
                        let short = on.iter().map(|on| on.loss.short).min();
                        let unearned = on.iter().map(|on| on.loss.unearned).min();
                        short.zip(unearned).map(|(short, unearned)| {
                            for on in &mut on {
                                on.loss.short -= short;
                                on.loss.unearned -= unearned;
                            }
                            on.sort_unstable_by_key(|on| on.alike);
                            (merging.node(state as u32, on), Loss { short, unearned })
                        })
                    }
                };
            }
        }
        merged
    }
}

/// Takes the memory along an arc; `None` if a row forbids it.
pub fn follow(ways: &Ways, tracks: Option<&Tracks<'_>>, arc: u32, memory: &mut Memory) -> Option<Gain> {
    let Some(tracks) = tracks else { return Some(Gain::default()) };
    let of = &ways.arcs[arc as usize];
    let months = ways.legs[of.leg as usize].places.clone();
    tracks.step(memory, months, |month| ways.here(of, month))
}

/// Nodes by their ways on: those that are alike are one.
struct Merging {
    unfolded: Unfolded,
    /// How many numbers of arcs alike other courses have.
    alike_before: u32,
    known: FxHashMap<Vec<On>, u32>,
}

impl Merging {
    fn node(&mut self, state: u32, on: Vec<On>) -> u32 {
        if let Some(&node) = self.known.get(&on) {
            return node;
        }
        let node = self.unfolded.states.len() as u32;
        self.unfolded.states.push(state);
        self.unfolded.on.extend(&on);
        self.unfolded.first.push(self.unfolded.on.len() as u32);
        self.known.insert(on, node);
        node
    }
}
