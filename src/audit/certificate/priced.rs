//! Prices of a certificate, resolved against the tables and refused unless they are sound.
//!
//! A row's price is shared out over the row's months, as evenly as whole numbers go; each month's share is
//! the price of that month's inequality alone. So the bound below is weak duality and nothing else,
//! whether a career is in the row in all its months (as those of a genuine certificate are) or in some.
//!
//! Rows lie where they bind. Seats are taken in decided months only: nobody's past takes one. Coverage
//! counts in the months of its goal, and whoever is on leave in a seat covers nothing. No two rows of a kind share a month at a place, or
//! of a row of staffing.
//!
//! A row of staffing may ask for residents of a course. What it costs is then known once the course is; the least
//! over the courses is what is to go.
//!
//! Numbers are 64-bit and [`NUMBER_MAX`](crate::plan::certificate::NUMBER_MAX) at most; sums are 128-bit
//! and checked, and what a career can cost at most has to leave room in 64 bits, or the step is refused.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::classes::Class;
use super::ground::Refusal;
use super::problem::Problem;
use super::ways::{NOWHERE, Ways, is_somewhere};
use crate::audit::staffing::{max_months, min_months};
use crate::audit::training_months::horizon;
use crate::audit::{program_limit, seat_limit};
use crate::calendar::{Month, Span};
use crate::plan::certificate::{Hold, IntakePrice, Prices, Quantity, ResidentGoal, RowPrice, WorstPrice};
use crate::scenario::{CourseIx, Force, Place, Role, Term, WhoName};

/// No career costs more, up or down: sums of a few such costs stay within 64 bits.
const COST_MAX: i128 = 1 << 58;

/// Sound prices of one step: what careers pay, and the constant of the bound.
#[derive(Default, Clone)]
pub struct Priced {
    /// Per facility, and last for all together, the sums of the months' prices up to each month since the
    /// first decided one; empty where nothing is priced.
    sums: Vec<Vec<i64>>,
    /// Likewise of coverage, which is staffed in months at work alone; ≤ 0.
    staffed: Vec<Vec<i64>>,
    /// Where those of sections begin, behind the facilities'.
    first_section: usize,
    /// Price of a unit of these, for each resident.
    pub courses: i64,
    facilities: i64,
    pub repeats: i64,
    stability: i64,
    pub requirements: i64,
    pub points: i64,
    /// What the largest value of a goal costs, by [`ResidentGoal`], where it counts beside the sum.
    largest: [i64; ResidentGoal::ALL.len()],
    /// By resident: the price of their value of a goal being no more than the largest.
    worst: BTreeMap<usize, Vec<(ResidentGoal, i64)>>,
    staffing: Vec<Staff>,
    /// (course, intake year, price).
    intake: Vec<(CourseIx, i32, i64)>,
    /// (goal, level, price): paid by whoever has at least so much.
    pub levels: Vec<(ResidentGoal, i64, i64)>,
    /// (cut, price of a case demanded).
    pub cuts: Vec<(usize, i64)>,
    pub constant: i128,
}

/// Priced months of a row of staffing.
#[derive(Clone)]
struct Staff {
    /// Position in the scenario.
    row: usize,
    /// Counted is who is at work there, at a price that is not above 0; else who holds a seat there.
    is_min: bool,
    by_course: bool,
    /// Months since the first decided one, and the price of each.
    months: Range<u32>,
    prices: Vec<i64>,
}

impl Priced {
    /// # Errors
    /// What is unsound about the prices.
    pub fn new(
        problem: &Problem<'_>,
        unit: i64,
        quantity: Option<Quantity>,
        holds: &[Hold],
        prices: &Prices,
    ) -> Result<Self, Refusal> {
        if unit <= 0 {
            return Err(Refusal::Unit);
        }
        if prices.holds.len() != holds.len() {
            return Err(Refusal::HoldPrices);
        }
        let rows = || prices.seats.iter().chain(&prices.coverage);
        if prices.holds.iter().any(|&price| price < 0) || rows().any(|row| row.3 < 0) {
            return Err(Refusal::Sign);
        }
        let mut priced = Self::default();
        let terms = holds.iter().zip(&prices.holds).map(|(hold, &price)| (hold.quantity, price));
        priced.charge(problem, quantity.map(|quantity| (quantity, unit)).into_iter().chain(terms))?;
        for (hold, &price) in holds.iter().zip(&prices.holds) {
            priced.add(-i128::from(price), i128::from(hold.at_most))?;
        }
        let mut rows = Rows::new(problem);
        for row in &prices.seats {
            let (place, span) = rows.seats(row)?;
            let limit = |month| match place {
                Some(Place { section: Some(section), .. }) => {
                    *problem.scenario.section(section).seats.at(month)
                }
                Some(Place { facility, .. }) => seat_limit(problem.scenario, facility, month),
                None => program_limit(problem.scenario, month),
            };
            let limit = the_same(span, limit).flatten().ok_or(Refusal::RowLimit)?;
            priced.add(-i128::from(row.3), i128::from(limit))?;
            rows.price(SEATS, place, span, row.3);
        }
        let missing = |of: Quantity| -> i128 {
            let holds = holds.iter().zip(&prices.holds).map(|(hold, &price)| (hold.quantity, price));
            let all = quantity.map(|quantity| (quantity, unit)).into_iter().chain(holds);
            all.filter(|(quantity, _)| *quantity == of).map(|(_, price)| i128::from(price)).sum()
        };
        for row in &prices.coverage {
            let (place, span) = rows.coverage(row, missing(Quantity::Coverage))?;
            let min = |month| match place.section {
                Some(section) => *problem.scenario.section(section).min_residents.at(month),
                None => *problem.scenario.facility(place.facility).min_residents.at(month),
            };
            let min = the_same(span, min).ok_or(Refusal::RowLimit)?;
            priced.add(i128::from(row.3), i128::from(min))?;
            rows.price(COVERAGE, Some(place), span, -row.3);
        }
        for (list, is_min) in [(&prices.staffing_max, false), (&prices.staffing_min, true)] {
            for row in list {
                let staff = rows.staffing(row, is_min, missing(Quantity::Staffing))?;
                let of = &problem.scenario.staffing[staff.row];
                let limit = if is_min { of.min } else { of.max }.ok_or(Refusal::RowLimit)?;
                let price = if is_min { i128::from(row.3) } else { -i128::from(row.3) };
                priced.add(price, i128::from(limit))?;
                priced.staffing.push(staff);
            }
        }
        for IntakePrice(course, year, price) in &prices.intake {
            let named = |ix: &CourseIx| problem.scenario.course(*ix).id == *course;
            let course = problem.scenario.course_ixs().find(named).ok_or(Refusal::Name)?;
            let limit = problem.scenario.course(course).intake_max.get(year).ok_or(Refusal::RowLimit)?;
            if *price < 0 {
                return Err(Refusal::Sign);
            }
            rows.count(*price)?;
            priced.add(-i128::from(*price), i128::from(*limit))?;
            priced.intake.push((course, *year, *price));
        }
        let mut worst = priced.largest.map(i128::from);
        for WorstPrice(goal, resident, price) in &prices.worst {
            let resident = problem.resident(resident).ok_or(Refusal::Name)?;
            worst[*goal as usize] -= i128::from(*price);
            if *price < 0 || worst[*goal as usize] < 0 {
                return Err(Refusal::Sign);
            }
            priced.largest[*goal as usize] -= *price;
            priced.worst.entry(resident).or_default().push((*goal, *price));
        }
        priced.first_section = problem.scenario.facilities.len();
        [priced.sums, priced.staffed] = rows.sums();
        Ok(priced)
    }

    /// Prices of quantities alone.
    pub fn of(problem: &Problem<'_>, quantity: Quantity) -> Self {
        let mut priced = Self::default();
        // A price of 1 is far below every bound.
        let _ = priced.charge(problem, std::iter::once((quantity, 1)));
        priced
    }

    fn charge(
        &mut self,
        problem: &Problem<'_>,
        terms: impl Iterator<Item = (Quantity, i64)>,
    ) -> Result<(), Refusal> {
        let mut most: i128 = 0;
        for (quantity, price) in terms.filter(|(_, price)| *price != 0) {
            most += i128::from(price) * i128::from(problem.share_max(quantity));
            if most > COST_MAX {
                return Err(Refusal::Number);
            }
            match quantity {
                Quantity::Coverage | Quantity::Staffing => {}
                Quantity::Total(goal) => self.charge_goal(goal, price),
                Quantity::TotalAndWorst(goal) => {
                    self.charge_goal(goal, price);
                    self.largest[goal as usize] += price;
                }
                Quantity::AtLeast(goal, level) => self.levels.push((goal, level, price)),
                Quantity::Cases(cut) if problem.cases.offer(cut).is_some() => self.cuts.push((cut, price)),
                Quantity::Cases(_) => {}
            }
        }
        Ok(())
    }

    fn charge_goal(&mut self, goal: ResidentGoal, price: i64) {
        *match goal {
            ResidentGoal::CourseWishes => &mut self.courses,
            ResidentGoal::FacilityWishes => &mut self.facilities,
            ResidentGoal::Repeats => &mut self.repeats,
            ResidentGoal::Stability => &mut self.stability,
            ResidentGoal::Requirements => &mut self.requirements,
            ResidentGoal::Points => &mut self.points,
        } += price;
    }

    /// What the largest value of each goal still costs, beyond what residents pay of it.
    pub fn of_largest(&self) -> [i64; ResidentGoal::ALL.len()] {
        self.largest
    }

    /// Residents who pay for their value being no more than the largest.
    pub fn payers(&self) -> impl Iterator<Item = usize> {
        self.worst.keys().copied()
    }

    /// The prices as one resident pays them.
    pub fn as_paid_by(&self, resident: usize) -> Self {
        let mut paid = Self { worst: BTreeMap::new(), ..self.clone() };
        for &(goal, price) in self.worst.get(&resident).into_iter().flatten() {
            paid.charge_goal(goal, price);
        }
        paid
    }

    /// Whether anything costs differently on one course than on another, month by month.
    pub fn is_by_course(&self) -> bool {
        self.staffing.iter().any(|staff| staff.by_course)
    }

    /// Adds a product to the constant of the bound.
    fn add(&mut self, price: i128, number: i128) -> Result<(), Refusal> {
        let sum = price.checked_mul(number).and_then(|product| self.constant.checked_add(product));
        self.constant = sum.ok_or(Refusal::Number)?;
        Ok(())
    }

    /// What of the priced cost adds up over the arcs of a career; without a course the least over all. Points are
    /// counted as if all that its months can earn were earned.
    pub fn cost(&self, class: &Class<'_>, ways: &Ways, arc: usize, course: Option<CourseIx>) -> i64 {
        let of = &ways.arcs[arc];
        let points = if self.points == 0 { 0 } else { -self.points * class.points_most(arc) };
        let leg = &ways.legs[of.leg as usize];
        let mut cost = points;
        if self.facilities != 0 {
            cost += self.facilities * class.wishes(leg, of.facility);
        }
        if !is_somewhere(of.facility) {
            return cost;
        }
        let section = match of.section {
            NOWHERE => usize::MAX,
            section => self.first_section + section as usize,
        };
        let in_all = self.sums.last().map(|sums| (sums, &leg.decided));
        let seats =
            [of.facility as usize, section].map(|at| self.sums.get(at).map(|sums| (sums, &leg.decided)));
        let staffed =
            [of.facility as usize, section].map(|at| self.staffed.get(at).map(|sums| (sums, &leg.at_work)));
        for (sums, months) in std::iter::once(in_all).chain(seats).chain(staffed).flatten() {
            if !sums.is_empty() {
                let of_span = |months: &Range<u32>| sums[months.end as usize] - sums[months.start as usize];
                cost += months.iter().map(of_span).sum::<i64>();
            }
        }
        if self.stability != 0 && class.has_base() {
            cost += self.stability * class.moved(ways, leg, of.facility);
        }
        for staff in &self.staffing {
            cost += staff.cost(class, ways, arc, course);
        }
        cost
    }

    /// No more than this is what adds up over an arc on any course.
    pub fn most(&self, class: &Class<'_>, ways: &Ways, arc: usize) -> i64 {
        let on = |(course, _): &(CourseIx, u32)| self.cost(class, ways, arc, Some(*course));
        match self.is_by_course() {
            true => ways.roots.iter().map(on).max().unwrap_or(0),
            false => self.cost(class, ways, arc, None),
        }
    }

    /// The price of one month at a facility, at work or not, given in months since the first decided one.
    #[cfg(test)]
    pub fn of_month(&self, facility: u32, month: usize, at_work: bool) -> i64 {
        // Lists of careers know no sections and no staffing.
        let staffed = self.staffed.get(facility as usize).filter(|_| at_work);
        let sums = [self.sums.get(facility as usize), self.sums.last(), staffed].into_iter().flatten();
        sums.filter(|sums| !sums.is_empty()).map(|sums| sums[month + 1] - sums[month]).sum()
    }

    /// The prices of all resident goals, by [`ResidentGoal`].
    #[cfg(test)]
    pub fn of_goals(&self) -> [i64; ResidentGoal::ALL.len()] {
        [self.courses, self.facilities, self.repeats, self.stability, self.requirements, self.points]
    }

    /// What the course of a career costs, and what somebody costs who earns no points.
    pub fn of_course(&self, class: &Class<'_>, course: CourseIx) -> i64 {
        let place = class.course_places.get(course.0).copied().unwrap_or(0);
        let is_it = |(of, year, _): &&(CourseIx, i32, i64)| (*of, *year) == (course, class.entry_year());
        let intake: i64 = match class.is_judged() {
            true => self.intake.iter().filter(is_it).map(|(_, _, price)| price).sum(),
            // Whoever is gone before anything is decided is not counted.
            false => 0,
        };
        let changed = self.stability * class.changes_course(course);
        self.courses * place + changed + self.points * class.points_best + intake
    }

    /// The most that depends on a path as a whole: repeats in every month, every level, every case.
    pub fn more_at_most(&self, problem: &Problem<'_>, class: &Class<'_>, months: usize) -> i64 {
        let levels = self.levels.iter().map(|(_, _, price)| price);
        let cuts = self.cuts.iter().map(|(_, price)| price * class.needs.iter().max().unwrap_or(&0));
        let of_goal = |price: i64, goal| match price {
            0 => 0,
            _ => price.saturating_mul(problem.share_max(Quantity::Total(goal))),
        };
        let rows = of_goal(self.requirements, ResidentGoal::Requirements)
            .saturating_add(of_goal(self.points, ResidentGoal::Points));
        rows.saturating_add(self.repeats * months as i64 + levels.sum::<i64>() + cuts.sum::<i64>())
    }

    /// Whether no career costs anything.
    pub fn is_free(&self) -> bool {
        let terms =
            [self.courses, self.facilities, self.repeats, self.stability, self.requirements, self.points];
        terms == [0; ResidentGoal::ALL.len()]
            && self.staffing.is_empty()
            && self.intake.is_empty()
            && self.levels.is_empty()
            && self.cuts.is_empty()
            && self.sums.iter().chain(&self.staffed).flatten().all(|sum| *sum == 0)
    }

    /// How many numbers are kept.
    pub fn size(&self) -> usize {
        self.sums.iter().chain(&self.staffed).map(Vec::len).sum::<usize>()
            + 3 * (self.levels.len() + self.cuts.len() + self.intake.len())
            + self.staffing.iter().map(|staff| staff.prices.len() + 4).sum::<usize>()
    }
}

impl Staff {
    /// What the row costs over the months of an arc.
    fn cost(&self, class: &Class<'_>, ways: &Ways, arc: usize, course: Option<CourseIx>) -> i64 {
        let of = &ways.arcs[arc];
        let leg = &ways.legs[of.leg as usize];
        let counted = if self.is_min { &leg.at_work } else { &leg.decided };
        let overlap =
            |months: &Range<u32>| months.start.max(self.months.start)..months.end.min(self.months.end);
        let mut cost = 0;
        for since in counted.iter().flat_map(overlap) {
            let price = self.prices[(since - self.months.start) as usize];
            if price != 0 && class.staffs(ways, of, self.row, since, course, price < 0) {
                cost += price;
            }
        }
        cost
    }
}

/// The kinds of rows.
const SEATS: usize = 0;
const COVERAGE: usize = 1;
const STAFFING_MAX: usize = 2;
const STAFFING_MIN: usize = 3;

/// Rows of one step, priced month by month.
struct Rows<'p> {
    problem: &'p Problem<'p>,
    /// From the first decided month to the last in which anybody is decided.
    decided: Span,
    /// Of seats and of coverage: per facility, then per section, and last for all together, the prices of the
    /// months; empty where there are none.
    months: [Vec<Vec<i64>>; 2],
    /// Months of rows of each kind that are taken, by the row's number among those of the kind.
    taken: [BTreeSet<(usize, Month)>; 4],
    total: i128,
}

impl<'p> Rows<'p> {
    fn new(problem: &'p Problem<'p>) -> Self {
        let scenario = problem.scenario;
        let end = horizon(scenario).end().max(scenario.coverage_months().end());
        let places = scenario.facilities.len() + scenario.sections.len();
        Self {
            problem,
            decided: Span::between(scenario.start(), end),
            months: [SEATS, COVERAGE].map(|_| vec![Vec::new(); places + 1]),
            taken: Default::default(),
            total: 0,
        }
    }

    fn seats(&mut self, row: &RowPrice) -> Result<(Option<Place>, Span), Refusal> {
        let (place, span) = (self.place(row)?, self.span(row, self.decided)?);
        let scenario = self.problem.scenario;
        if place.is_some_and(|place| scenario.facility(place.facility).role == Role::Associated) {
            return Err(Refusal::Row);
        }
        self.take(SEATS, self.number(place), span, row.3)?;
        Ok((place, span))
    }

    /// `missing`: what one resident missing for one month costs.
    fn coverage(&mut self, row: &RowPrice, missing: i128) -> Result<(Place, Span), Refusal> {
        let (place, span) = (self.place(row)?.ok_or(Refusal::Row)?, self.span(row, self.decided)?);
        let counted = self.problem.scenario.coverage_months();
        if span.intersection(counted) != span || i128::from(row.3) > missing * i128::from(span.months) {
            return Err(Refusal::CoveragePrice);
        }
        // Two prices for one missing resident could together exceed what that one costs.
        self.take(COVERAGE, self.number(Some(place)), span, row.3)?;
        Ok((place, span))
    }

    /// `missing`: what one resident too few or too many for one month costs, where the row is a wish.
    fn staffing(&mut self, row: &RowPrice, is_min: bool, missing: i128) -> Result<Staff, Refusal> {
        let scenario = self.problem.scenario;
        let id = row.0.as_ref().ok_or(Refusal::Row)?;
        let number = scenario.staffing.iter().position(|of| of.id == *id).ok_or(Refusal::Row)?;
        let of = &scenario.staffing[number];
        let counted = if is_min { min_months(scenario, of) } else { max_months(scenario, of) };
        let span = self.span(row, counted)?;
        if of.force == Force::Wish && i128::from(row.3) > missing * i128::from(span.months) {
            return Err(Refusal::CoveragePrice);
        }
        if row.3 < 0 {
            return Err(Refusal::Sign);
        }
        self.take(if is_min { STAFFING_MIN } else { STAFFING_MAX }, number, span, row.3)?;
        let sign = if is_min { -1 } else { 1 };
        let from = u32::try_from(span.start.since(scenario.start())).map_err(|_| Refusal::Row)?;
        let names_course = |term: &Term<WhoName>| matches!(term.name, WhoName::Course(_));
        Ok(Staff {
            row: number,
            is_min,
            by_course: of.who.any.iter().flatten().any(names_course),
            months: from..from + span.months,
            prices: shared(row.3, span.months).map(|price| sign * price).collect(),
        })
    }

    fn place(&self, row: &RowPrice) -> Result<Option<Place>, Refusal> {
        match &row.0 {
            Some(id) => Ok(Some(self.problem.place(id).ok_or(Refusal::Row)?)),
            None => Ok(None),
        }
    }

    fn span(&self, row: &RowPrice, within: Span) -> Result<Span, Refusal> {
        let start = Month::parse(&row.1).ok_or(Refusal::Row)?;
        // No longer than one too many, so that no month is beyond the calendar.
        let span = Span::new(start, row.2.min(within.months + 1));
        if span.is_empty() || span.intersection(within) != span {
            return Err(Refusal::Row);
        }
        Ok(span)
    }

    fn take(&mut self, kind: usize, number: usize, span: Span, price: i64) -> Result<(), Refusal> {
        if !span.iter().all(|month| self.taken[kind].insert((number, month))) {
            return Err(Refusal::RowTwice);
        }
        self.count(price)
    }

    /// Counts a price towards what a career can cost at most.
    fn count(&mut self, price: i64) -> Result<(), Refusal> {
        self.total += i128::from(price);
        if self.total > COST_MAX { Err(Refusal::Number) } else { Ok(()) }
    }

    fn number(&self, place: Option<Place>) -> usize {
        match place {
            None => self.months[SEATS].len() - 1,
            Some(Place { section: Some(section), .. }) => self.problem.scenario.facilities.len() + section.0,
            Some(Place { facility, .. }) => facility.0,
        }
    }

    /// Shares a price out over months; those of a coverage price never exceed what a month's missing
    /// resident costs, since that is whole.
    fn price(&mut self, kind: usize, place: Option<Place>, span: Span, price: i64) {
        let at = self.number(place);
        let months = &mut self.months[kind][at];
        months.resize(self.decided.months as usize, 0);
        let from = span.start.since(self.decided.start) as usize;
        for (month, share) in months[from..].iter_mut().zip(shared(price, span.months)) {
            *month += share;
        }
    }

    fn sums(self) -> [Vec<Vec<i64>>; 2] {
        let running = |months: Vec<i64>| match months.is_empty() {
            true => months,
            false => std::iter::once(0)
                .chain(months.into_iter().scan(0, |sum, price| {
                    *sum += price;
                    Some(*sum)
                }))
                .collect(),
        };
        self.months.map(|of_kind| of_kind.into_iter().map(running).collect())
    }
}

/// A price shared out over months, as evenly as whole numbers go.
fn shared(price: i64, months: u32) -> impl Iterator<Item = i64> {
    let (each, over) = (price / i64::from(months), price % i64::from(months));
    (0..i64::from(months)).map(move |number| each + if number < over.abs() { over.signum() } else { 0 })
}

/// The value that is the same in all months of a span, if it is.
fn the_same<T: PartialEq>(span: Span, of: impl Fn(Month) -> T) -> Option<T> {
    let mut months = span.iter();
    let first = of(months.next()?);
    months.all(|month| of(month) == first).then_some(first)
}
