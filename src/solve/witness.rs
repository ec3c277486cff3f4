//! Why no plan exists, as a count a person can check with pencil and paper.
//!
//! In one month, residents who can only be at some facilities are more than these facilities hold
//! (a violator of Hall's condition, left over when seats are handed out one resident at a time with
//! everyone free to move). The same count, written as a price of 1 on those facilities in that month,
//! is a certificate like any other: each of the residents pays at least 1, and the seats are worth
//! less. So what is told is what the judge re-checks.
//!
//! Where no single month shows it, academic years may: the months that residents must spend at some
//! facilities, whatever career they take, against the months these can offer.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::bound::{LeastWorst, PricedCosts, Prices, UNIT, bound, cheapest};
use super::classes::Class;
use super::formulation::Formulation;
use super::pool::Pool;
use super::rows::{Of, Row};
use crate::calendar::{Month, Span};
use crate::itineraries::Effort;
use crate::plan::{SeatCount, Window};
use crate::scenario::{FacilityIx, ResidentIx, Role};

/// A count that shows that no plan exists.
#[derive(Debug, Clone)]
pub struct Witness {
    pub count: SeatCount,
    pub prices: Prices,
}

/// Residents who in some months can only be at some facilities, which hold fewer.
struct Crowd {
    span: Span,
    residents: Vec<usize>,
    /// `None`: the program as a whole (pooled supervisors).
    facilities: Option<BTreeSet<FacilityIx>>,
    seats: i64,
}

impl Crowd {
    fn counted(self) -> SeatCount {
        SeatCount {
            window: Window::Months(self.span),
            needed: self.residents.len() as i64,
            facilities: self.facilities.into_iter().flatten().collect(),
            residents: self.residents.into_iter().map(ResidentIx).collect(),
            offered: self.seats,
        }
    }
}

/// A count in a single month, else one over academic years; `None` if neither shows that there is no
/// plan or `stopped` said to give up.
pub fn witness(
    formulation: &Formulation,
    pool: &Pool,
    stopped: &(dyn Fn() -> bool + Sync),
) -> Option<Witness> {
    in_a_month(formulation, pool, stopped).or_else(|| over_years(formulation, pool, stopped))
}

/// Of all single months the count with the fewest facilities, then residents, then the earliest.
fn in_a_month(
    formulation: &Formulation,
    pool: &Pool,
    stopped: &(dyn Fn() -> bool + Sync),
) -> Option<Witness> {
    let months = Months::of(formulation);
    let mut crowds = Vec::new();
    for &piece in &months.pieces {
        if stopped() {
            return None;
        }
        crowds.extend(months.crowd_of_seats(formulation, piece));
        crowds.extend(months.pooled_crowd(formulation, piece));
    }
    let size = |crowd: &Crowd| {
        let facilities = crowd.facilities.as_ref().map_or(usize::MAX, BTreeSet::len);
        (facilities, crowd.residents.len(), crowd.span.start)
    };
    let crowd = months.extended(formulation, crowds.into_iter().min_by_key(size)?);
    let prices = prices(formulation, &crowd);
    // The count is right by construction; what is printed is what was checked.
    let classes = pool.classes(formulation, None, &[]);
    let priced = Priced::of(formulation, pool, &classes, &prices, stopped)?;
    (priced.bound > 0).then(|| Witness { count: crowd.counted(), prices })
}

/// What prices come to.
struct Priced {
    bound: i128,
    /// Of all residents together, and who of them cannot avoid the prices.
    least: i128,
    residents: Vec<ResidentIx>,
}

impl Priced {
    fn of(
        formulation: &Formulation,
        pool: &Pool,
        classes: &[Class],
        prices: &Prices,
        stopped: &(dyn Fn() -> bool + Sync),
    ) -> Option<Self> {
        let costs = PricedCosts::new(formulation, classes, None, &[], prices);
        let mut efforts = vec![Effort::default(); classes.len()];
        let cheapest = cheapest(classes, &pool.alive, &costs, &mut efforts, stopped)?;
        let bound = bound(formulation, classes, (None, &[]), &LeastWorst::new(), prices, &cheapest);
        let mut priced = Self { bound, least: 0, residents: Vec::new() };
        for (class, careers) in classes.iter().zip(&cheapest) {
            let least = careers.first().map_or(0, |&(_, cost)| cost);
            priced.least += i128::from(least) * i128::from(class.len());
            if least > 0 {
                priced.residents.extend(class.residents.iter().copied().map(ResidentIx));
            }
        }
        priced.residents.sort_unstable();
        Some(priced)
    }
}

/// Groups of facilities a person would count over, the smallest first.
fn groups(formulation: &Formulation) -> Vec<Vec<FacilityIx>> {
    let scenario = formulation.scenario;
    let of_role = |role: Role| -> Vec<FacilityIx> {
        scenario.facility_ixs().filter(|&f| scenario.facility(f).role == role).collect()
    };
    let mut groups: Vec<Vec<FacilityIx>> = scenario.facility_ixs().map(|facility| vec![facility]).collect();
    let larger = [of_role(Role::Core), of_role(Role::Affiliate), scenario.facility_ixs().collect()];
    groups.extend(larger.into_iter().filter(|group| group.len() > 1));
    groups
}

/// Months that residents must spend at some facilities within some academic years, against the months
/// of seats there; the fewest years first, then the smallest group.
fn over_years(
    formulation: &Formulation,
    pool: &Pool,
    stopped: &(dyn Fn() -> bool + Sync),
) -> Option<Witness> {
    let classes = pool.classes(formulation, None, &[]);
    let last = formulation.rows.iter().map(|row| row.span.end()).max()?;
    let calendar = &formulation.scenario.calendar;
    let first = formulation.scenario.start();
    let years: Vec<Span> =
        calendar.split(Span::between(first, last)).into_iter().map(|(_, span)| span).collect();
    let groups = groups(formulation);
    for length in 1..=years.len() {
        for window in years.windows(length) {
            let window = Span::between(window.first()?.start, window.last()?.end());
            for group in &groups {
                let Some((prices, seats)) = month_prices(formulation, group, window) else { continue };
                let priced = Priced::of(formulation, pool, &classes, &prices, stopped)?;
                if priced.bound > 0 {
                    let count = SeatCount {
                        window: Window::Years(window),
                        facilities: group.clone(),
                        residents: priced.residents,
                        needed: i64::try_from(priced.least / i128::from(UNIT)).ok()?,
                        offered: seats,
                    };
                    return Some(Witness { count, prices });
                }
            }
        }
    }
    None
}

/// A price of 1 for each month on the group's seats in the rows within the window, and how many
/// resident-months these seats are; `None` if they have no limit or cannot be told apart from others.
fn month_prices(formulation: &Formulation, group: &[FacilityIx], window: Span) -> Option<(Prices, i64)> {
    let mut prices = Prices::zero(formulation.rows.len(), 0);
    let mut seats = 0;
    for (row, price) in formulation.rows.iter().zip(&mut prices.seats) {
        let meant = is_of_seats(row) && row.of.facility().is_some_and(|facility| group.contains(&facility));
        let within = row.span.intersection(window);
        if meant && !within.is_empty() {
            if within != row.span {
                return None; // The row does not tell these months from others.
            }
            *price = UNIT * i64::from(row.span.months);
            seats += row.capacity? * i64::from(row.span.months);
        }
    }
    Some((prices, seats))
}

/// Spans of months within which nothing changes, and who can be where in them. Residents with the same
/// careers can be at the same places, so whoever counts over hundreds of them counts over a few sets.
struct Months {
    pieces: Vec<Span>,
    /// Per resident the set of their careers.
    set_of: Vec<usize>,
}

impl Months {
    fn of(formulation: &Formulation) -> Self {
        let rows = formulation.rows.iter();
        let cuts: BTreeSet<Month> = rows.flat_map(|row| [row.span.start, row.span.end()]).collect();
        let cuts: Vec<Month> = cuts.into_iter().collect();
        Self {
            pieces: cuts.windows(2).map(|pair| Span::between(pair[0], pair[1])).collect(),
            set_of: formulation.values.iter().map(|of| of.set).collect(),
        }
    }

    /// The residents whose set of careers is such.
    fn residents(&self, is_meant: impl Fn(usize) -> bool) -> Vec<usize> {
        (0..self.set_of.len()).filter(|&resident| is_meant(self.set_of[resident])).collect()
    }

    /// Hands out the seats of a piece; whoever is left over shows the crowd.
    fn crowd_of_seats(&self, formulation: &Formulation, piece: Span) -> Option<Crowd> {
        let places = places(formulation, piece.start);
        let facilities = formulation.scenario.facility_ixs();
        let capacity: Vec<Option<i64>> = facilities.map(|f| seats(formulation, f, piece.start)).collect();
        let mut seating = Seating::of(&places, &capacity);
        let mut left_over = vec![false; places.len()];
        let mut smallest: Option<BTreeSet<FacilityIx>> = None;
        for &set in self.set_of.iter().filter(|&&set| !places[set].is_empty()) {
            // Where one of the set found no seat, nobody else of it does, for the same facilities.
            let mut tried = BTreeSet::new();
            if left_over[set] || seating.seat(set, &mut tried) {
                continue;
            }
            left_over[set] = true;
            if smallest.as_ref().is_none_or(|known| tried.len() < known.len()) {
                smallest = Some(tried);
            }
        }
        let facilities = smallest?;
        Some(Crowd {
            span: piece,
            residents: self.residents(|set| only_there(&places[set], &facilities)),
            seats: facilities.iter().filter_map(|&facility| capacity[facility.0]).sum(),
            facilities: Some(facilities),
        })
    }

    /// The crowd over all the months from its first in which the same residents have the same choice
    /// and the same seats.
    fn extended(&self, formulation: &Formulation, mut crowd: Crowd) -> Crowd {
        let Some(facilities) = &crowd.facilities else { return crowd };
        let sets: BTreeSet<usize> = crowd.residents.iter().map(|&resident| self.set_of[resident]).collect();
        for &piece in &self.pieces {
            if piece.start < crowd.span.end() {
                continue;
            }
            let places = places(formulation, piece.start);
            let held = facilities.iter().map(|&facility| seats(formulation, facility, piece.start));
            let same = held.sum::<Option<i64>>() == Some(crowd.seats)
                && sets.iter().all(|&set| only_there(&places[set], facilities));
            if !same {
                break;
            }
            crowd.span = Span::between(crowd.span.start, piece.end());
        }
        crowd
    }

    fn pooled_crowd(&self, formulation: &Formulation, piece: Span) -> Option<Crowd> {
        let rows = formulation.rows.iter();
        let row = rows.clone().find(|row| row.of == Of::Program && row.span.contains(piece.start))?;
        let places = places(formulation, piece.start);
        let residents = self.residents(|set| !places[set].is_empty());
        let seats = row.capacity?;
        let crowd = Crowd { span: row.span, residents, facilities: None, seats };
        (crowd.residents.len() as i64 > seats).then_some(crowd)
    }
}

/// Whether somebody with these places is at work and cannot be anywhere but at the facilities.
fn only_there(places: &BTreeSet<FacilityIx>, facilities: &BTreeSet<FacilityIx>) -> bool {
    !places.is_empty() && places.is_subset(facilities)
}

/// Per set of careers where they lead in a month; nowhere outside the training.
fn places(formulation: &Formulation, month: Month) -> Vec<BTreeSet<FacilityIx>> {
    let of_set = |set: &std::sync::Arc<crate::itineraries::CareerSet>| {
        set.stays.iter().filter(|stay| stay.span.contains(month)).filter_map(|stay| stay.facility()).collect()
    };
    formulation.sets.iter().map(of_set).collect()
}

/// Whether a row is about seats of a facility or of all; one of coverage alone has the same months and no limit.
fn is_of_seats(row: &Row) -> bool {
    !row.at_work && (row.of == Of::Program || row.of.facility().is_some())
}

/// `None`: no limit.
fn seats(formulation: &Formulation, facility: FacilityIx, month: Month) -> Option<i64> {
    let mut rows = formulation.rows.iter().filter(|row| is_of_seats(row));
    rows.find(|row| row.of == Of::Facility(facility) && row.span.contains(month))?.capacity
}

/// Residents on seats, in one month; those of a set are not told apart.
struct Seating<'s> {
    /// Per set.
    places: &'s [BTreeSet<FacilityIx>],
    /// Per facility; `None`: no limit.
    capacity: &'s [Option<i64>],
    /// Per facility how many of each set are there.
    at: Vec<BTreeMap<usize, i64>>,
}

impl<'s> Seating<'s> {
    fn of(places: &'s [BTreeSet<FacilityIx>], capacity: &'s [Option<i64>]) -> Self {
        Self { places, capacity, at: vec![BTreeMap::new(); capacity.len()] }
    }

    /// Seats one more of a set, moving others where that helps; else `tried` is every facility that
    /// moving could have freed a seat at, all of them full with residents who cannot leave them.
    fn seat(&mut self, set: usize, tried: &mut BTreeSet<FacilityIx>) -> bool {
        let places = self.places;
        for &facility in &places[set] {
            if !tried.insert(facility) {
                continue;
            }
            let taken: i64 = self.at[facility.0].values().sum();
            if self.capacity[facility.0].is_some_and(|capacity| taken >= capacity) {
                let here: Vec<usize> = self.at[facility.0].keys().copied().collect();
                let Some(moved) = here.into_iter().find(|&other| self.seat(other, tried)) else { continue };
                self.leave(moved, facility);
            }
            *self.at[facility.0].entry(set).or_insert(0) += 1;
            return true;
        }
        false
    }

    fn leave(&mut self, set: usize, facility: FacilityIx) {
        if let Entry::Occupied(mut count) = self.at[facility.0].entry(set) {
            *count.get_mut() -= 1;
            if *count.get() == 0 {
                count.remove();
            }
        }
    }
}

/// A price of 1 on each of the crowd's seats in its first month.
fn prices(formulation: &Formulation, crowd: &Crowd) -> Prices {
    let mut prices = Prices::zero(formulation.rows.len(), 0);
    for (row, price) in formulation.rows.iter().zip(&mut prices.seats) {
        let is_meant = match (&crowd.facilities, row.of) {
            (Some(facilities), Of::Facility(facility)) => facilities.contains(&facility),
            (None, Of::Program) => true,
            _ => false,
        };
        if is_meant && is_of_seats(row) && row.span.contains(crowd.span.start) {
            *price = UNIT;
        }
    }
    prices
}
