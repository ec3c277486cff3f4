//! The part of an answer that is about cases: who experiences which where, and how much more would do.

use crate::scenario::{CaseIx, FacilityIx, ResidentIx};

/// Cases of an item that a resident is to experience at a facility in an academic year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quota {
    pub resident: ResidentIx,
    pub case: CaseIx,
    pub academic_year: i32,
    pub facility: FacilityIx,
    /// Never 0.
    pub planned: u32,
}

/// By what factor all targets of an item could be raised with a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Margin {
    pub case: CaseIx,
    /// (numerator, denominator) in lowest terms; at least 1 if the plan gives everybody their cases.
    pub factor: (u128, u128),
    /// (academic year, facility) that are exhausted at that factor; none where residents reach the
    /// limit of their own months.
    pub sites: Vec<(i32, FacilityIx)>,
    /// The residents whose needs cannot grow further.
    pub residents: Vec<ResidentIx>,
}
