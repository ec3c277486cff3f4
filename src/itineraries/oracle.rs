//! What is asked of one resident's careers: the cheapest under given costs, all within a spare, and which
//! careers are left once something is settled.
//!
//! Careers are *drawn* as a diagram (`diagram`), whatever their number, or *listed* by number where they are
//! few; both answer the same questions, and a drawn set becomes a list as soon as what is left of it is
//! short. What leaves a drawn set is a course, an arc, or whatever a *limit* (a term without a price) forbids;
//! so `restricted` may leave more careers in than the costs alone would, never fewer.
//!
//! Nothing here gives numbers to careers but `number` and the making of lists, both on the caller's thread:
//! questions may be asked in parallel.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::career_set::{Career, CareerSet, Step};
use super::costs::{Amount, Charge, Costs, FORBIDDEN, Term, of_course};
use super::diagram::{Diagram, END};
use super::multipliers::Multipliers;
use super::search::{Harvest, Search, VISITS_MAX, VISITS_OF_ROUGH, Wanted, least, to_taste};
use crate::scenario::CourseIx;

/// Careers up to which a set is listed: about as many as a diagram of the same careers is quicker to look at
/// than a list, and few enough to be given numbers in some milliseconds.
pub const LIST_MAX: usize = 2_000;

/// Careers of a list looked at between two looks at the time.
const CAREERS_UNTIMED: usize = 1 << 14;

type Stopped<'s> = &'s (dyn Fn() -> bool + Sync);

/// The careers a resident may take; residents alike share them.
#[derive(Debug, Clone)]
pub struct Careers {
    set: Arc<CareerSet>,
    pub(super) form: Form,
    /// Careers up to which what is left is listed.
    list_max: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Form {
    /// Numbers, ascending.
    Listed(Vec<u32>),
    Drawn {
        diagram: Diagram,
        limits: Vec<Term>,
    },
}

/// A career that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pick {
    Numbered(u32),
    Drawn(Career),
}

/// A career and what it costs.
pub type Costed = (i64, Pick);

/// All careers within a cost.
#[derive(Debug, Clone)]
pub struct Within {
    /// Cheapest first.
    pub picks: Vec<Costed>,
    /// None is missing.
    pub is_complete: bool,
}

/// The cheapest career of a course.
#[derive(Debug, Clone)]
pub struct Cheapest {
    pub course: CourseIx,
    /// No career of the course costs less. It is what `pick` costs unless the search was cut short.
    pub bound: i64,
    pub pick: Pick,
}

/// What a search for the cheapest career starts from, and how far it goes.
#[derive(Debug, Clone, Default)]
pub struct Effort {
    /// Prices of visits, those of the last search of the same resident; a search leaves its own.
    multipliers: Multipliers,
    /// Classes of places whose visits have to be remembered.
    remembered: u64,
    /// Where visits are left to the search, a career that is cheap and a bound suffice.
    pub is_rough: bool,
    /// None at all is an answer too, if none is found soon.
    gives_up: bool,
}

/// Nodes visited in a search that gives up.
const VISITS_BEFORE_GIVING_UP: u64 = 200;

impl Effort {
    /// From nothing, for a career that is cheap, if one is found soon.
    pub fn rough() -> Self {
        Self { is_rough: true, gives_up: true, ..Self::default() }
    }
}

impl PartialEq for Careers {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.set, &other.set) && self.form == other.form
    }
}

impl Careers {
    /// All careers of a diagram, listed if there are no more than `list_max`; `None` if `stopped`.
    pub(super) fn of(
        set: Arc<CareerSet>,
        diagram: Diagram,
        list_max: usize,
        stopped: Stopped<'_>,
    ) -> Option<Self> {
        Self { set, form: Form::Drawn { diagram, limits: Vec::new() }, list_max }.listed(None, stopped)
    }

    /// The same as a list if there are few, or as it is; with costs only what they leave.
    fn listed(self, costs: Option<(&Costs, i64)>, stopped: Stopped<'_>) -> Option<Self> {
        let most = self.list_max;
        let Form::Drawn { diagram, .. } = &self.form else { return Some(self) };
        if diagram.careers() > most as u128 {
            return Some(self);
        }
        let nothing;
        let (costs, at_most) = match costs {
            Some(costs) => costs,
            None => {
                nothing = self.no_costs();
                (&nothing, 0)
            }
        };
        let within = self.within(costs, at_most, most, stopped);
        if !within.is_complete {
            return (!stopped()).then_some(self);
        }
        let mut numbers: Vec<u32> = within.picks.iter().map(|(_, pick)| self.number(pick)).collect();
        numbers.sort_unstable();
        Some(Self { form: Form::Listed(numbers), ..self })
    }

    fn with(&self, form: Form) -> Self {
        Self { set: Arc::clone(&self.set), form, list_max: self.list_max }
    }

    /// The same careers of a set in which none has a number; for careers that are drawn.
    pub(super) fn unnumbered(&self) -> Self {
        Self { set: Arc::new(self.set.unnumbered()), ..self.clone() }
    }

    pub fn set(&self) -> &Arc<CareerSet> {
        &self.set
    }

    /// The numbers of all careers, ascending; `None` unless they are listed.
    pub fn list(&self) -> Option<&[u32]> {
        match &self.form {
            Form::Listed(numbers) => Some(numbers),
            Form::Drawn { .. } => None,
        }
    }

    /// How many careers there are at most; saturating.
    pub fn count(&self) -> u128 {
        match &self.form {
            Form::Listed(numbers) => numbers.len() as u128,
            Form::Drawn { diagram, .. } => diagram.careers(),
        }
    }

    /// Stays from state to state, or careers in a list: what one look at all of them costs.
    pub fn size(&self) -> usize {
        match &self.form {
            Form::Listed(numbers) => numbers.len(),
            Form::Drawn { diagram, .. } => diagram.arcs(),
        }
    }

    /// Whether there is no career.
    pub fn is_empty(&self) -> bool {
        match &self.form {
            Form::Listed(numbers) => numbers.is_empty(),
            Form::Drawn { diagram, limits } if limits.is_empty() && self.set.marks.is_empty() => {
                diagram.roots().is_empty()
            }
            Form::Drawn { .. } => {
                let within = self.nearest(&self.no_costs(), 0, 1, &|| false);
                within.picks.is_empty() && within.is_complete
            }
        }
    }

    /// Whether a numbered career is among these.
    pub fn holds(&self, number: u32) -> bool {
        match &self.form {
            Form::Listed(numbers) => numbers.binary_search(&number).is_ok(),
            Form::Drawn { diagram, limits } => {
                let Career { course, stays } = self.set.career(number as usize);
                diagram.holds(*course, stays)
                    && self.set.is_career(stays)
                    && limits.iter().all(|limit| limit.of(&self.set, *course, stays) == 0)
            }
        }
    }

    /// The number of a career, given now if it has none (see [`CareerSet::number`]).
    pub fn number(&self, pick: &Pick) -> u32 {
        match pick {
            Pick::Numbered(number) => *number,
            Pick::Drawn(career) => self.set.number(career),
        }
    }

    /// Nothing costs anything; the place to start from for costs of one's own.
    pub fn no_costs(&self) -> Costs {
        let courses = match &self.form {
            Form::Listed(numbers) => numbers.iter().map(|&n| self.set.course(n as usize).0).max(),
            Form::Drawn { diagram, .. } => diagram.roots().iter().map(|(course, _)| course.0).max(),
        };
        Costs::nothing(&self.set, courses.map_or(0, |last| last + 1))
    }

    /// The cheapest career of each course, the cheapest course first, and of those that cost the same the one
    /// to somebody's `taste` (any number; the same in every run); `None` if there is no career, if `stopped`, or if a search was cut short
    /// before it had found any.
    pub fn cheapest(&self, costs: &Costs, taste: u32, stopped: Stopped<'_>) -> Option<Vec<Cheapest>> {
        self.cheapest_with(costs, taste, &mut Effort::default(), stopped)
    }

    /// The same; a rough search may end with dearer careers and bounds below what they cost.
    pub fn cheapest_with(
        &self,
        costs: &Costs,
        taste: u32,
        effort: &mut Effort,
        stopped: Stopped<'_>,
    ) -> Option<Vec<Cheapest>> {
        let mut best: Vec<Cheapest> = Vec::new();
        match &self.form {
            Form::Listed(numbers) => {
                let mut of_course: Vec<Option<(i64, u32, u32)>> = vec![None; costs.per_course.len()];
                for numbers in numbers.chunks(CAREERS_UNTIMED) {
                    if stopped() {
                        return None;
                    }
                    for &number in numbers {
                        let costed = (costs.of_number(&self.set, number), to_taste(taste, number), number);
                        let known = &mut of_course[self.set.course(number as usize).0];
                        if known.is_none_or(|known| costed < known) {
                            *known = Some(costed);
                        }
                    }
                }
                best.extend(of_course.into_iter().enumerate().filter_map(|(course, best)| {
                    let (bound, _, number) = best?;
                    Some(Cheapest { course: CourseIx(course), bound, pick: Pick::Numbered(number) })
                }));
            }
            Form::Drawn { diagram, limits } => {
                let known = (&effort.multipliers[..], effort.remembered);
                let mut search = Search::new(&self.set, diagram, costs, limits, known, stopped);
                for &(course, root) in diagram.roots() {
                    let is_rough = effort.is_rough && !self.set.marks.is_empty();
                    let visits_max = match is_rough {
                        true if effort.gives_up => VISITS_BEFORE_GIVING_UP,
                        true => VISITS_OF_ROUGH,
                        false => VISITS_MAX,
                    };
                    let wanted = Wanted { at_most: FORBIDDEN, count: 1, all: false, taste, visits_max };
                    let root = (course, root);
                    let trial = search.tighten(root, wanted, is_rough);
                    let mut harvest = trial.unwrap_or_else(|| search.of_root(root, wanted));
                    if harvest.found.is_empty() && !harvest.is_complete && is_rough && !effort.gives_up {
                        harvest = search.of_root(root, Wanted { visits_max: VISITS_MAX, ..wanted });
                    }
                    let Harvest { found, is_complete, bound } = harvest;
                    if stopped() || (found.is_empty() && !is_complete) {
                        return None;
                    }
                    let pick = found.into_iter().next().map(|(_, career)| Pick::Drawn(career));
                    best.extend(pick.map(|pick| Cheapest { course, bound, pick }));
                }
                (effort.multipliers, effort.remembered) = search.into_multipliers();
            }
        }
        best.sort_by_key(|cheapest| (cheapest.bound, cheapest.course));
        (!best.is_empty()).then_some(best)
    }

    /// The careers that cost at most so much, if they are no more than `count`.
    pub fn within(&self, costs: &Costs, at_most: i64, count: usize, stopped: Stopped<'_>) -> Within {
        self.search(costs, Wanted { at_most, count, all: true, taste: 0, visits_max: VISITS_MAX }, stopped)
    }

    /// The cheapest careers, at most `count`, that cost at most so much.
    pub fn nearest(&self, costs: &Costs, at_most: i64, count: usize, stopped: Stopped<'_>) -> Within {
        self.search(costs, Wanted { at_most, count, all: false, taste: 0, visits_max: VISITS_MAX }, stopped)
    }

    fn search(&self, costs: &Costs, wanted: Wanted, stopped: Stopped<'_>) -> Within {
        let mut picks: Vec<Costed> = Vec::new();
        let mut is_complete = true;
        match &self.form {
            Form::Listed(numbers) => {
                for numbers in numbers.chunks(CAREERS_UNTIMED) {
                    is_complete = is_complete && !stopped();
                    if is_complete {
                        let costed = numbers
                            .iter()
                            .map(|&number| (costs.of_number(&self.set, number), Pick::Numbered(number)));
                        picks.extend(costed.filter(|(cost, _)| *cost <= wanted.at_most));
                    }
                }
            }
            Form::Drawn { diagram, limits } => {
                let mut search = Search::new(&self.set, diagram, costs, limits, (&[], 0), stopped);
                for &root in diagram.roots() {
                    search.tighten(root, wanted, false);
                    let left = if wanted.all { wanted.count - picks.len() } else { wanted.count };
                    let harvest = search.of_root(root, Wanted { count: left, ..wanted });
                    is_complete &= harvest.is_complete;
                    picks.extend(harvest.found.into_iter().map(|(cost, career)| (cost, Pick::Drawn(career))));
                }
            }
        }
        // Stable: of equals the first met stays the first.
        picks.sort_by_key(|(cost, _)| *cost);
        if picks.len() > wanted.count {
            picks.truncate(wanted.count);
            is_complete &= !wanted.all;
        }
        Within { picks, is_complete }
    }

    /// What is left when careers are out that cost more; `None` if `stopped`.
    pub fn restricted(&self, costs: &Costs, at_most: i64, stopped: Stopped<'_>) -> Option<Self> {
        match &self.form {
            Form::Listed(_) => {
                let within = self.within(costs, at_most, usize::MAX, stopped);
                let mut numbers: Vec<u32> = within.picks.iter().map(|(_, pick)| self.number(pick)).collect();
                numbers.sort_unstable();
                within.is_complete.then(|| self.with(Form::Listed(numbers)))
            }
            Form::Drawn { diagram, limits } => {
                let mut search = Search::new(&self.set, diagram, costs, limits, (&[], 0), stopped);
                for &root in diagram.roots() {
                    let wanted = Wanted { at_most, count: 1, all: false, taste: 0, visits_max: VISITS_MAX };
                    search.tighten(root, wanted, false);
                }
                let through = search.through();
                let affordable = diagram
                    .roots()
                    .iter()
                    .filter(|&&root| search.of_course(root) <= at_most)
                    .map(|root| root.0);
                let courses: BTreeSet<CourseIx> = affordable.collect();
                let left = diagram.filtered(|of| courses.contains(&of), |at, _| through[at] <= at_most);
                let drawn = self.with(Form::Drawn { diagram: left, limits: limits.clone() });
                drawn.listed(Some((costs, at_most)), stopped)
            }
        }
    }

    /// What is left when only these courses may be taken and only these stays.
    pub fn keeping(&self, takes: impl Fn(CourseIx) -> bool, keeps: impl Fn(Step) -> bool) -> Self {
        let kept: Vec<bool> = self.set.stays.iter().map(|&stay| keeps(stay)).collect();
        self.keeping_stays(takes, &kept)
    }

    /// The same, with what is kept per stay of the set.
    pub fn keeping_stays(&self, takes: impl Fn(CourseIx) -> bool, kept: &[bool]) -> Self {
        let form = match &self.form {
            Form::Listed(numbers) => {
                let is_kept = |number: &u32| {
                    let Career { course, stays } = self.set.career(*number as usize);
                    takes(*course) && stays.iter().all(|&stay| kept[stay as usize])
                };
                Form::Listed(numbers.iter().copied().filter(is_kept).collect())
            }
            Form::Drawn { diagram, limits } => Form::Drawn {
                diagram: diagram.filtered(takes, |_, leg| kept[leg.stay as usize]),
                limits: limits.clone(),
            },
        };
        self.with(form)
    }

    /// What is left when an amount may be no more than `at_most`; `None` if `stopped`.
    pub fn limited(&self, amount: Amount, at_most: i64, stopped: Stopped<'_>) -> Option<Self> {
        self.meeting(
            vec![Term { amount, charge: Charge::AtLeast { level: at_most + 1, price: None } }],
            stopped,
        )
    }

    /// What is left under further limits; `None` if `stopped`.
    pub fn meeting(&self, further: Vec<Term>, stopped: Stopped<'_>) -> Option<Self> {
        let costs = Costs { terms: further, ..self.no_costs() };
        let left = self.restricted(&costs, 0, stopped)?;
        let Form::Drawn { diagram, mut limits } = left.form else { return Some(left) };
        for term in costs.terms {
            let replaced = |known: &&mut Term| known.amount == term.amount;
            match (limits.iter_mut().find(replaced), term.charge) {
                (Some(known), Charge::AtLeast { level: new, .. }) => {
                    if let Charge::AtLeast { level, .. } = &mut known.charge {
                        *level = new.min(*level);
                    }
                }
                _ => limits.push(term),
            }
        }
        let drawn = self.with(Form::Drawn { diagram, limits: Vec::new() });
        limits.retain(|limit| !drawn.keeps(limit));
        let Form::Drawn { diagram, .. } = drawn.form else { return None };
        Some(self.with(Form::Drawn { diagram, limits }))
    }

    /// Whether a term charges no career anything, now or when fewer are left.
    fn keeps(&self, term: &Term) -> bool {
        let (least, most) = self.range(&term.amount);
        match term.charge {
            Charge::AtLeast { level, .. } => most < level,
            Charge::Short { need, .. } => least >= need,
        }
    }

    /// Per stay whether a career may take it.
    pub fn taken(&self) -> Vec<bool> {
        let mut taken = vec![false; self.set.stays.len()];
        match &self.form {
            Form::Listed(numbers) => {
                for &number in numbers {
                    self.set.stays_of(number as usize).iter().for_each(|&stay| taken[stay as usize] = true);
                }
            }
            Form::Drawn { diagram, .. } => {
                diagram.all_legs().iter().for_each(|leg| taken[leg.stay as usize] = true);
            }
        }
        taken
    }

    /// The courses that a career may be on, ascending.
    pub fn courses(&self) -> Vec<CourseIx> {
        match &self.form {
            Form::Listed(numbers) => {
                let courses = numbers.iter().map(|&number| self.set.course(number as usize));
                courses.collect::<BTreeSet<_>>().into_iter().collect()
            }
            Form::Drawn { diagram, .. } => diagram.roots().iter().map(|&(course, _)| course).collect(),
        }
    }

    /// No career has less of an amount, and none has more; of a list exactly.
    pub fn range(&self, amount: &Amount) -> (i64, i64) {
        let diagram = match &self.form {
            Form::Listed(numbers) => {
                let amounts = || numbers.iter().map(|&number| amount.of_career(&self.set, number));
                return (amounts().min().unwrap_or(0), amounts().max().unwrap_or(0));
            }
            Form::Drawn { diagram, .. } => diagram,
        };
        let of_roots = |per_stay: &[i64], per_course: &[i64]| {
            let least = least(diagram, per_stay);
            let on = |&(course, root): &(CourseIx, u32)| of_course(per_course, course) + least[root as usize];
            diagram.roots().iter().map(on).min().unwrap_or(0)
        };
        let negative = |per_stay: &[i64]| per_stay.iter().map(|of| -of).collect::<Vec<i64>>();
        match amount {
            Amount::Stays(per_stay, per_course) => {
                let most = -of_roots(&negative(per_stay), &negative(per_course));
                (of_roots(per_stay, per_course), most)
            }
            Amount::Repeats => (0, -of_roots(&negative(&self.set.repeatable_months()), &[])),
            Amount::Cases(reach) => {
                (of_roots(&reach.rounded_down(), &[]), -of_roots(&negative(&reach.rounded_up()), &[]))
            }
        }
    }

    /// The least of an amount that a career has; `None` if there is no career, if `stopped`, or if there was
    /// too much to look at.
    pub fn least(&self, amount: &Amount, stopped: Stopped<'_>) -> Option<i64> {
        let mut costs = self.no_costs();
        match amount {
            Amount::Stays(per_stay, per_course) => {
                costs.per_stay = per_stay.to_vec();
                costs.per_course.iter_mut().zip(&**per_course).for_each(|(cost, own)| *cost += own);
            }
            Amount::Repeats => costs.per_repeat = 1,
            Amount::Cases(_) => return Some(self.range(amount).0),
        }
        let Form::Drawn { diagram, limits } = &self.form else {
            return self.cheapest(&costs, 0, stopped)?.first().map(|cheapest| cheapest.bound);
        };
        // A course that promises no less than another one has is not looked at.
        let mut search = Search::new(&self.set, diagram, &costs, limits, (&[], 0), stopped);
        let mut roots: Vec<(i64, (CourseIx, u32))> =
            diagram.roots().iter().map(|&root| (search.of_course(root), root)).collect();
        roots.sort_unstable();
        let mut least: Option<i64> = None;
        for (_, root) in roots {
            let at_most = least.map_or(FORBIDDEN, |least| least - 1);
            let wanted = Wanted { at_most, count: 1, all: false, taste: 0, visits_max: VISITS_MAX };
            if search.of_course(root) > at_most {
                continue;
            }
            let trial = search.tighten(root, wanted, false);
            let harvest = trial.unwrap_or_else(|| search.of_root(root, wanted));
            if stopped() || !harvest.is_complete {
                return None;
            }
            least = harvest.found.first().map(|(cost, _)| *cost).or(least);
        }
        least
    }

    /// The number of a career if it is among these.
    pub fn find(&self, career: &Career) -> Option<u32> {
        match &self.form {
            Form::Listed(_) => self.set.known(career).filter(|&number| self.holds(number)),
            Form::Drawn { .. } => Some(self.set.number(career)).filter(|&number| self.holds(number)),
        }
    }

    /// The amounts that occur among the careers, and perhaps some that limits have left none of.
    pub fn occurring(&self, amount: &Amount) -> BTreeSet<i64> {
        match (&self.form, amount) {
            (Form::Listed(numbers), _) => {
                numbers.iter().map(|&number| amount.of_career(&self.set, number)).collect()
            }
            (Form::Drawn { .. }, Amount::Repeats | Amount::Cases(_)) => {
                let (least, most) = self.range(amount);
                (least..=most).collect()
            }
            (Form::Drawn { diagram, .. }, Amount::Stays(per_stay, per_course)) => {
                let mut sums: Vec<BTreeSet<i64>> = Vec::with_capacity(diagram.nodes());
                for node in 0..diagram.nodes() as u32 {
                    let mut of_node = BTreeSet::new();
                    if node == END {
                        of_node.insert(0);
                    }
                    for leg in diagram.legs(node) {
                        let own = per_stay[leg.stay as usize];
                        of_node.extend(sums[leg.to as usize].iter().map(|sum| sum + own));
                    }
                    sums.push(of_node);
                }
                let on = |&(course, root): &(CourseIx, u32)| {
                    let own = of_course(per_course, course);
                    sums[root as usize].iter().map(move |sum| sum + own)
                };
                diagram.roots().iter().flat_map(on).collect()
            }
        }
    }
}
