//! Where a resident is in every month of the training, as far as history and a plan tell.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::calendar::{Month, Span};
use crate::plan::Plan;
use crate::scenario::service::{Ledger, ServiceMonth};
use crate::scenario::{FacilityIx, Pattern, Resident, ResidentIx, Role, Scenario, Service};

/// One resident's months.
pub(super) struct Whereabouts<'a> {
    pub scenario: &'a Scenario,
    pub resident: ResidentIx,
    pub service: Service,
    pub ledger: Ledger,
    /// The months before it have passed.
    pub as_of: Month,
    pub has_plan: bool,
    /// Per month of the training; `None` where nobody knows, or the resident has no seat.
    places: Vec<Option<FacilityIx>>,
}

/// A month with a seat.
#[derive(Debug, Clone, Copy)]
pub(super) struct SeatMonth<'s> {
    pub month: Month,
    pub service: &'s ServiceMonth,
    pub facility: Option<FacilityIx>,
}

impl<'a> Whereabouts<'a> {
    /// Everybody's, in the scenario's order.
    pub fn of_all(scenario: &'a Scenario, plan: Option<&Plan>, as_of: Month) -> Vec<Self> {
        let mut rows: BTreeMap<ResidentIx, Vec<(FacilityIx, Span)>> = BTreeMap::new();
        for row in plan.iter().flat_map(|plan| &plan.rows) {
            rows.entry(row.resident).or_default().push((row.facility, row.span));
        }
        let of = |resident| {
            let rows = rows.get(&resident).map(Vec::as_slice).unwrap_or_default();
            Self::new(scenario, resident, rows, as_of, plan.is_some())
        };
        scenario.resident_ixs().map(of).collect()
    }

    fn new(
        scenario: &'a Scenario,
        resident: ResidentIx,
        rows: &[(FacilityIx, Span)],
        as_of: Month,
        has_plan: bool,
    ) -> Self {
        let service = scenario.service(resident);
        let history = &scenario.resident(resident).history;
        let placeable = |facility: &FacilityIx| scenario.facility(*facility).role != Role::Associated;
        let place = |month: Month| {
            if month < scenario.start() {
                return history.iter().find(|stay| stay.span.contains(month)).map(|stay| stay.facility);
            }
            let mut there = rows.iter().filter(|(_, span)| span.contains(month)).map(|(at, _)| *at);
            let first = there.next()?;
            there.all(|other| other == first).then_some(first)
        };
        let seat = |(month, this): (Month, &ServiceMonth)| {
            if this.seat { place(month).filter(placeable) } else { None }
        };
        let places = service.iter().map(seat).collect();
        let ledger = service.ledger();
        Self { scenario, resident, service, ledger, as_of, has_plan, places }
    }

    pub fn person(&self) -> &'a Resident {
        self.scenario.resident(self.resident)
    }

    /// The months with a seat, in order.
    pub fn seats(&self) -> impl Iterator<Item = SeatMonth<'_>> {
        let months = self.service.iter().zip(&self.places);
        let seats = months.filter(|((_, service), _)| service.seat);
        seats.map(|((month, service), facility)| SeatMonth { month, service, facility: *facility })
    }

    /// Where the resident is in a month.
    pub fn at(&self, month: Month) -> Option<FacilityIx> {
        let position = usize::try_from(month.since(self.service.start)).ok()?;
        self.places.get(position).copied().flatten()
    }

    /// Decided months with a seat for which the plan has no place, or several, beyond those that a pattern of a
    /// course leaves free.
    pub fn unplaced(&self) -> u32 {
        let start = self.scenario.start();
        let empty = self.seats().filter(|seat| seat.month >= start && seat.facility.is_none()).count() as u32;
        let free = |pattern: &Pattern| -> u32 {
            let parts = pattern.entries.iter().flatten().filter(|part| part.place.is_none());
            parts.map(|part| part.months).sum()
        };
        let patterns = self.scenario.courses.iter().flat_map(|course| &course.patterns);
        empty.saturating_sub(patterns.map(free).max().unwrap_or(0))
    }

    /// Until `as_of`: what the months count, how many were worked, and what leave did not count.
    pub fn months_so_far(&self) -> (Decimal, u32, Decimal) {
        let passed = || self.service.iter().filter(|(month, _)| *month < self.as_of);
        let units: u64 = passed().map(|(_, this)| u64::from(this.counted)).sum();
        let counted = self.in_months(units);
        let leave = passed().filter(|(_, this)| this.leave.is_some());
        let (mut months, mut units) = (0u32, 0u64);
        for (_, this) in leave {
            months += 1;
            units += u64::from(this.counted);
        }
        let worked = passed().count() as u32 - months;
        (counted, worked, (Decimal::from(months) - self.in_months(units)).normalize())
    }

    /// Units of counted time as months.
    pub fn in_months(&self, units: u64) -> Decimal {
        (Decimal::from(units) / Decimal::from(self.service.unit)).normalize()
    }
}
