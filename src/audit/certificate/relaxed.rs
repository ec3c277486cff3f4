//! The cheapest career where many rows ask who was where: with most of them left aside.
//!
//! Rows such as *each section once* make a memory for every set of places, and few of them decide which career is the
//! cheapest. So the ways are unfolded by the other rows alone. On them a search starts with all light rows left aside; what
//! its cheapest path breaks is carried along from then on, until the path breaks nothing: what is cheapest with rows left
//! aside costs no more than what is asked for, and if it breaks none it is what is asked for.
//!
//! A row that allows so many stays is not left aside for nothing: each stay costs a price, and the price of all that are allowed is
//! given back. No career costs more for that, and those that stay too often cost more. The prices are moved to where the
//! least cost is highest. A career that stays less often than it may is cheaper by what is given back in vain; if the
//! cheapest is one, its row is carried, too, and nothing is given back in vain.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use super::labels::{IsDone, Rows};
use super::limits::{Limit, Meter};
use super::search::Search;
use super::tracks::{RowId, Tracks};
use super::unfolded::Unfolded;
use super::ways::{FAR, NOWHERE, Stretch, Ways, is_far, sum};
use crate::scenario::CourseIx;

/// With fewer light rows nothing is gained.
const LIGHT_MIN: usize = 8;

/// How much is tried with rows left aside.
pub struct Effort {
    /// How often prices of stays are moved.
    moves: u32,
    /// Labels of each search; with more, too much is left aside to be of use.
    labels: usize,
}

/// Before all rows are carried.
pub const EFFORT: Effort = Effort { moves: 40, labels: 10_000 };
/// Where carrying them takes too much and the answer is needed all the same. The prices start anew where they no longer
/// go far.
pub const EFFORT_NEEDED: Effort = Effort { moves: 600, labels: 2_000_000 };

/// No stay has a higher price.
const PRICE_MAX: i64 = 1 << 40;

/// The ways unfolded by the rows that are not light.
pub struct Relaxed {
    graph: Unfolded,
    light: BTreeSet<RowId>,
    priced: Vec<Priced>,
    /// Per arc the row that has a price for it, and the same by where it is and its leg.
    priced_at: Vec<Option<u32>>,
    priced_there: BTreeMap<(Stretch, u32), u32>,
    /// Light rows that had to be carried.
    carried: Mutex<BTreeSet<RowId>>,
    /// Whether a search took too much.
    is_given_up: AtomicBool,
}

/// A row whose stays have a price.
struct Priced {
    row: RowId,
    /// Stays that it allows.
    max: i64,
}

impl Relaxed {
    /// `None` where too much is to be remembered even so.
    fn new(ways: &Ways, tracks: &[Option<Tracks<'_>>], meter: &Meter<'_>) -> Result<Option<Self>, Limit> {
        let of_courses = || tracks.iter().flatten();
        let light: BTreeSet<RowId> = of_courses().flat_map(Tracks::light_rows).collect();
        let core: Vec<Option<Tracks<'_>>> =
            tracks.iter().map(|of| of.as_ref()?.only(|row| !light.contains(&row))).collect();
        let Some(graph) = Unfolded::new(ways, &core, meter)? else { return Ok(None) };
        let pieces = ways.arcs.iter().map(|arc| {
            let months = ways.legs[arc.leg as usize].places.clone();
            let here = ways.calendar.months[months.clone()].iter().find(|month| month.has_seat);
            (months, here.and_then(|month| ways.here(arc, month)))
        });
        let pieces: Vec<_> = pieces.collect();
        let mut priced = Vec::new();
        let mut priced_at = vec![None; ways.arcs.len()];
        // A row of some courses only would cost others something.
        let is_common = |row: &RowId| of_courses().all(|of| of.rows().contains(row));
        let visits = of_courses().next().map(|of| of.visits(pieces.iter().cloned())).unwrap_or_default();
        for (row, max, begins) in visits.into_iter().filter(|(row, ..)| is_common(row)) {
            // Either all stays that a row counts have its price or none: then the memory of the row, once it is carried,
            // says how many have been paid for.
            if begins.iter().any(|&arc| priced_at[arc].is_some()) {
                continue;
            }
            for arc in begins {
                priced_at[arc] = Some(priced.len() as u32);
            }
            priced.push(Priced { row, max: i64::from(max) });
        }
        let there = ways.arcs.iter().zip(&priced_at);
        let there = there.filter_map(|(arc, row)| Some((((arc.facility, arc.section), arc.leg), (*row)?)));
        let priced_there: BTreeMap<(Stretch, u32), u32> = there.collect();
        meter.keep(priced_at.len() + 3 * priced_there.len())?;
        let carried = Mutex::new(BTreeSet::new());
        Ok(Some(Self {
            graph,
            light,
            priced,
            priced_at,
            priced_there,
            carried,
            is_given_up: AtomicBool::new(false),
        }))
    }

    /// How often stays of each row that has a price begin.
    fn stays(&self, rows: impl Iterator<Item = Option<u32>>) -> Vec<i64> {
        let mut stays = vec![0; self.priced.len()];
        rows.flatten().for_each(|row| stays[row as usize] += 1);
        stays
    }

    /// The same of a path.
    fn stays_of(&self, path: &[(Stretch, u32)]) -> Vec<i64> {
        self.stays(path.iter().map(|piece| self.priced_there.get(piece).copied()))
    }

    /// The cheapest way from a node, as arcs.
    fn cheapest(&self, node: u32, costs: &[i64], to_go: &[i64]) -> Vec<u32> {
        let mut arcs = Vec::new();
        let mut node = node;
        loop {
            let ways_on = self.graph.on_from(node).iter().filter_map(|on| {
                let arc = self.graph.cheapest_arc(on.alike, costs)?;
                Some((sum(costs[arc as usize], to_go[on.to as usize]), arc, on.to))
            });
            let Some((_, arc, to)) = ways_on.min() else { return arcs };
            arcs.push(arc);
            node = to;
        }
    }
}

/// Prices of stays, costs with them, and the bound they make.
struct Tried {
    bound: i64,
    prices: Vec<i64>,
    costs: Vec<i64>,
    to_go: Vec<i64>,
}

/// What a search is to leave aside, and what is given for it.
#[derive(Clone, Copy)]
pub struct Aside<'r> {
    relaxed: &'r Relaxed,
    /// The light rows that are carried, by course, and which of those that have a price are.
    tracks: &'r [Option<Tracks<'r>>],
    kept: &'r [bool],
    prices: &'r [i64],
}

impl<'r> Aside<'r> {
    pub fn graph(&self) -> &'r Unfolded {
        &self.relaxed.graph
    }

    /// The rows that are carried on a course.
    pub fn tracks(&self, course: CourseIx) -> Option<&'r Tracks<'r>> {
        self.tracks.get(course.0)?.as_ref()
    }

    /// The prices of all stays that are allowed.
    pub fn given(&self) -> i64 {
        self.prices.iter().zip(&self.relaxed.priced).map(|(price, row)| price * row.max).sum()
    }

    /// Of these what a path has in vain, by rows that are carried.
    pub fn in_vain(&self, path: &[(Stretch, u32)]) -> i64 {
        let stays = self.relaxed.stays_of(path);
        let rows = self.prices.iter().zip(&self.relaxed.priced).zip(stays).zip(self.kept);
        let of = |(((price, row), stays), _): (((&i64, &Priced), i64), _)| price * (row.max - stays).max(0);
        rows.filter(|(_, kept)| **kept).map(of).sum()
    }
}

impl<'s> Search<'s> {
    /// Whether so many rows ask who was where that most are to be left aside.
    pub(super) fn has_many_light_rows(&self) -> bool {
        self.class.tracks.iter().flatten().any(|of| of.light_rows().len() >= LIGHT_MIN)
    }

    /// Finds the cheapest career from these roots; `false` if it takes too much, and nothing is known then.
    pub(super) fn run_relaxed(
        &mut self,
        roots: &[(i64, CourseIx, u32)],
        effort: &Effort,
    ) -> Result<IsDone, Limit> {
        let class = self.class;
        if !self.may_set_rows_aside() {
            return Ok(false);
        }
        let relaxed = class.relaxed.get_or_init(|| Relaxed::new(self.ways, &class.tracks, self.meter));
        let Some(relaxed) = relaxed.as_ref().map_err(|limit| *limit)? else { return Ok(false) };
        if relaxed.is_given_up.load(Ordering::Relaxed) && effort.moves <= EFFORT.moves {
            return Ok(false);
        }
        let (costs, to_go) = (self.costs.clone(), self.to_go.clone());
        let prices = self.price_stays(relaxed, roots, effort.moves)?;
        let is_done = self.refine(relaxed, &prices, roots, effort.labels)?;
        (self.costs, self.to_go) = (costs, to_go);
        if !is_done {
            relaxed.is_given_up.store(true, Ordering::Relaxed);
        }
        Ok(is_done)
    }

    /// Prices of stays under which the least cost is high; costs are with them from then on.
    fn price_stays(
        &mut self,
        relaxed: &Relaxed,
        roots: &[(i64, CourseIx, u32)],
        moves_max: u32,
    ) -> Result<Vec<i64>, Limit> {
        let plain = self.costs.to_vec();
        let with = |prices: &[i64]| -> Vec<i64> {
            let of = |(cost, row): (&i64, &Option<u32>)| match row {
                Some(row) if !is_far(*cost) => cost + prices[*row as usize],
                _ => *cost,
            };
            plain.iter().zip(&relaxed.priced_at).map(of).collect()
        };
        let given = |prices: &[i64]| -> i64 {
            prices.iter().zip(&relaxed.priced).map(|(price, row)| price * row.max).sum()
        };
        let mut prices = vec![0; relaxed.priced.len()];
        let mut best: Option<Tried> = None;
        // Costs by course are known along a path only.
        let moves = if self.question.priced.is_by_course() || prices.is_empty() { 0 } else { moves_max };
        // Where the prices are to go, in hundredths of a stay, and how far the least cost may rise for it.
        let mut direction = vec![0_i64; prices.len()];
        let mut reach = 0;
        for number in 0..=moves {
            let costs = with(&prices);
            let to_go = relaxed.graph.to_go(&costs, self.meter)?;
            let of_root = |&(_, course, state): &(i64, CourseIx, u32)| {
                let (node, loss) = relaxed.graph.root(course, state)?;
                let lost = loss.short * self.question.priced.requirements
                    + loss.unearned * self.question.priced.points;
                let cost = sum(self.question.priced.of_course(self.class, course), to_go[node as usize]);
                Some((sum(cost, lost), node))
            };
            let root = roots.iter().filter_map(of_root).min().filter(|of| !is_far(of.0));
            let (least, node) = root.unwrap_or_default();
            let bound = least - given(&prices);
            let arcs = if root.is_some() { relaxed.cheapest(node, &costs, &to_go) } else { Vec::new() };
            let stays = relaxed.stays(arcs.iter().map(|arc| relaxed.priced_at[*arc as usize]));
            // Not only where this path goes too often: that alone goes back and forth between paths that cost the same.
            for ((direction, stays), row) in direction.iter_mut().zip(stays).zip(&relaxed.priced) {
                let over = 100 * (stays - row.max);
                *direction = if number == 0 { over } else { (2 * *direction + over) / 3 };
            }
            match &best {
                None => reach = bound.abs() / 8 + 1,
                Some(known) if bound <= known.bound => reach -= reach / 4 + 1,
                Some(_) => {}
            }
            if best.as_ref().is_none_or(|known| bound > known.bound) {
                best = Some(Tried { bound, prices: prices.clone(), costs, to_go });
            }
            let from = best.as_ref().map_or(&prices, |known| &known.prices);
            let is_moved = |(direction, price): (&i64, &i64)| *direction > 0 || *price > 0;
            let norm: i64 = direction.iter().zip(from).filter(|of| is_moved(*of)).map(|of| of.0 * of.0).sum();
            if reach <= 0 && moves > EFFORT.moves {
                reach = bound.abs() / 16 + 1;
            }
            if root.is_none() || number == moves || norm == 0 || reach <= 0 {
                break;
            }
            let move_by = |(price, direction): (&i64, &i64)| {
                let far = i128::from(reach) * 100 * i128::from(*direction) / i128::from(norm);
                (*price + i64::try_from(far).unwrap_or(0)).clamp(0, PRICE_MAX)
            };
            prices = from.iter().zip(&direction).map(move_by).collect();
        }
        let Some(Tried { prices, costs, to_go, .. }) = best else { return Ok(Vec::new()) };
        (self.costs, self.to_go) = (costs.into(), to_go.into());
        Ok(prices)
    }

    /// Carries what the cheapest path breaks, until it breaks nothing.
    fn refine(
        &mut self,
        relaxed: &Relaxed,
        prices: &[i64],
        roots: &[(i64, CourseIx, u32)],
        labels_max: usize,
    ) -> Result<IsDone, Limit> {
        let carried = || relaxed.carried.lock().unwrap_or_else(PoisonError::into_inner);
        let mut known = carried().clone();
        let mut upper = FAR;
        loop {
            let of_course = |of: &Option<Tracks<'s>>| of.as_ref()?.only(|row| known.contains(&row));
            let tracks: Vec<Option<Tracks<'_>>> = self.class.tracks.iter().map(of_course).collect();
            let kept: Vec<bool> = relaxed.priced.iter().map(|row| known.contains(&row.row)).collect();
            let aside = Aside { relaxed, tracks: &tracks, kept: &kept, prices };
            (self.best, self.best_path) = (upper, None);
            if !self.go_along(Rows::Relaxed(aside), roots, i64::MIN, labels_max)? {
                return Ok(false);
            }
            // Nothing promises less than what was found before.
            let Some((course, path)) = self.best_path.take() else { return Ok(true) };
            let promised = self.best;
            let mut more = self.broken(relaxed, &known, course, &path);
            let is_legal = more.is_empty();
            let mut cost = promised;
            let stays = relaxed.stays_of(&path);
            for ((price, row), stays) in prices.iter().zip(&relaxed.priced).zip(stays) {
                if *price > 0 && stays < row.max && !known.contains(&row.row) {
                    cost += price * (row.max - stays);
                    more.push(row.row);
                }
            }
            if is_legal {
                upper = upper.min(cost);
                if cost == promised {
                    return Ok(true);
                }
            }
            let before = known.len();
            known.extend(more);
            if known.len() == before {
                return Ok(false);
            }
            carried().clone_from(&known);
        }
    }

    /// The light rows that a path breaks, or that say another thing of it than what was taken for granted: that nothing is short
    /// and all is earned.
    fn broken(
        &self,
        relaxed: &Relaxed,
        known: &BTreeSet<RowId>,
        course: CourseIx,
        path: &[(Stretch, u32)],
    ) -> Vec<RowId> {
        let Some(tracks) = self.class.tracks(course) else { return Vec::new() };
        let is_kept = |row: RowId| -> bool {
            let Some(track) = tracks.only(|of| of == row) else { return true };
            let mut memory = track.begin();
            let (mut short, mut missed) = (0, 0);
            for &(stretch, leg) in path {
                let months = self.ways.legs[leg as usize].places.clone();
                let Some(gain) =
                    track.step(&mut memory, months.clone(), |month| self.ways.at_stretch(stretch, month))
                else {
                    return false;
                };
                short += gain.short;
                missed += match stretch.0 {
                    NOWHERE => 0,
                    _ => track.points_most(months, |month| self.ways.at_stretch(stretch, month)),
                };
                missed -= gain.points;
            }
            track.end(&memory).is_some_and(|gain| short + gain.short == 0 && missed == gain.points)
        };
        let left = relaxed.light.iter().filter(|row| !known.contains(row));
        left.copied().filter(|row| !is_kept(*row)).collect()
    }
}
