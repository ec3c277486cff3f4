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

use std::collections::BTreeSet;

use super::bound::{PricedCosts, Prices, UNIT, bound, cheapest};
use super::classes::Class;
use super::formulation::Formulation;
use super::pool::Pool;
use crate::calendar::{Month, Span};
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
    let crowds = months.pieces.iter().flat_map(|&piece| {
        let seats = months.crowd_of_seats(formulation, piece);
        seats.into_iter().chain(pooled_crowd(formulation, piece))
    });
    let size = |crowd: &Crowd| {
        let facilities = crowd.facilities.as_ref().map_or(usize::MAX, BTreeSet::len);
        (facilities, crowd.residents.len(), crowd.span.start)
    };
    let crowd = months.extended(formulation, crowds.min_by_key(size)?);
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
        let cheapest = cheapest(formulation, classes, &pool.alive, &costs, stopped)?;
        let bound = bound(formulation, classes, &[], prices, &cheapest);
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
        let meant = row.facility.is_some_and(|facility| group.contains(&facility));
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

/// Spans of months within which nothing changes, and who can be where in them.
struct Months {
    pieces: Vec<Span>,
}

impl Months {
    fn of(formulation: &Formulation) -> Self {
        let rows = formulation.rows.iter();
        let cuts: BTreeSet<Month> = rows.flat_map(|row| [row.span.start, row.span.end()]).collect();
        let cuts: Vec<Month> = cuts.into_iter().collect();
        Self { pieces: cuts.windows(2).map(|pair| Span::between(pair[0], pair[1])).collect() }
    }

    /// Hands out the seats of a piece; whoever is left over shows the crowd.
    fn crowd_of_seats(&self, formulation: &Formulation, piece: Span) -> Option<Crowd> {
        let places = places(formulation, piece.start);
        let capacity = |facility: FacilityIx| seats(formulation, facility, piece.start);
        let mut seated = Seating { places: &places, capacity: &capacity, at: vec![None; places.len()] };
        let mut smallest: Option<BTreeSet<FacilityIx>> = None;
        for resident in (0..places.len()).filter(|&resident| !places[resident].is_empty()) {
            let mut tried = BTreeSet::new();
            let full = !seated.seat(resident, &mut tried);
            if full && smallest.as_ref().is_none_or(|known| tried.len() < known.len()) {
                smallest = Some(tried);
            }
        }
        let facilities = smallest?;
        let only_there =
            |resident: &usize| !places[*resident].is_empty() && places[*resident].is_subset(&facilities);
        Some(Crowd {
            span: piece,
            residents: (0..places.len()).filter(only_there).collect(),
            seats: facilities.iter().filter_map(|&facility| capacity(facility)).sum(),
            facilities: Some(facilities),
        })
    }

    /// The crowd over all the months from its first in which the same residents have the same choice
    /// and the same seats.
    fn extended(&self, formulation: &Formulation, mut crowd: Crowd) -> Crowd {
        let Some(facilities) = &crowd.facilities else { return crowd };
        for &piece in &self.pieces {
            if piece.start < crowd.span.end() {
                continue;
            }
            let places = places(formulation, piece.start);
            let held = facilities.iter().map(|&facility| seats(formulation, facility, piece.start));
            let same = held.sum::<Option<i64>>() == Some(crowd.seats)
                && crowd
                    .residents
                    .iter()
                    .all(|&resident| !places[resident].is_empty() && places[resident].is_subset(facilities));
            if !same {
                break;
            }
            crowd.span = Span::between(crowd.span.start, piece.end());
        }
        crowd
    }
}

/// Per resident where they can be in a month, over all their careers; nowhere outside their training.
fn places(formulation: &Formulation, month: Month) -> Vec<BTreeSet<FacilityIx>> {
    let of_set = |set: &crate::itineraries::CareerSet| {
        set.stays.iter().filter(|stay| stay.span.contains(month)).map(|stay| stay.facility).collect()
    };
    let of_sets: Vec<BTreeSet<FacilityIx>> = formulation.sets.iter().map(of_set).collect();
    formulation.values.iter().map(|of| of_sets[of.set].clone()).collect()
}

/// `None`: no limit.
fn seats(formulation: &Formulation, facility: FacilityIx, month: Month) -> Option<i64> {
    let row =
        formulation.rows.iter().find(|row| row.facility == Some(facility) && row.span.contains(month))?;
    row.capacity
}

fn pooled_crowd(formulation: &Formulation, piece: Span) -> Option<Crowd> {
    let rows = formulation.rows.iter();
    let row = rows.clone().find(|row| row.facility.is_none() && row.span.contains(piece.start))?;
    let places = places(formulation, piece.start);
    let residents: Vec<usize> = (0..places.len()).filter(|&i| !places[i].is_empty()).collect();
    let seats = row.capacity?;
    (residents.len() as i64 > seats).then_some(Crowd { span: row.span, residents, facilities: None, seats })
}

/// Residents on seats, in one month.
struct Seating<'s> {
    places: &'s [BTreeSet<FacilityIx>],
    capacity: &'s dyn Fn(FacilityIx) -> Option<i64>,
    at: Vec<Option<FacilityIx>>,
}

impl Seating<'_> {
    /// Seats a resident, moving others where that helps; else `tried` is every facility that moving
    /// could have freed a seat at, all of them full with residents who cannot leave them.
    fn seat(&mut self, resident: usize, tried: &mut BTreeSet<FacilityIx>) -> bool {
        let places = self.places;
        for &facility in &places[resident] {
            if !tried.insert(facility) {
                continue;
            }
            let here: Vec<usize> =
                (0..self.at.len()).filter(|&other| self.at[other] == Some(facility)).collect();
            let free = (self.capacity)(facility).is_none_or(|capacity| (here.len() as i64) < capacity);
            if free || here.into_iter().any(|other| self.seat(other, tried)) {
                self.at[resident] = Some(facility);
                return true;
            }
        }
        false
    }
}

/// A price of 1 on each of the crowd's seats in its first month.
fn prices(formulation: &Formulation, crowd: &Crowd) -> Prices {
    let mut prices = Prices::zero(formulation.rows.len(), 0);
    for (row, price) in formulation.rows.iter().zip(&mut prices.seats) {
        let is_meant = match (&crowd.facilities, row.facility) {
            (Some(facilities), Some(facility)) => facilities.contains(&facility),
            (None, None) => true,
            _ => false,
        };
        if is_meant && row.span.contains(crowd.span.start) {
            *price = UNIT;
        }
    }
    prices
}
