//! kenshu (研修) plans the rotations of medical specialty programs.
//!
//! A program director places every resident of a multi-year program: who is at which facility, in
//! which months, until everyone has finished. The crate reads such a program as tables
//! ([`scenario`]), finds the best plan that breaks no rule (`itineraries`, `solve`) with a proof of
//! how good it is, has it judged by a part that shares nothing with the solver (`audit`), and
//! writes tables that open in a spreadsheet (`output`). `src/ARCHITECTURE.md` draws the whole.

pub mod audit;
pub mod calendar;
pub mod cases;
pub mod cli;
pub mod completion;
pub mod diagnostic;
pub mod diff;
pub mod engine;
pub mod explain;
pub mod itineraries;
pub mod language;
pub mod manual;
pub mod output;
mod page;
pub mod plan;
pub mod regulation;
pub mod replan;
pub mod scenario;
pub mod solve;
pub mod tables;
pub mod whatif;

// The tests beside the code share scenarios with those in `tests/`, which know the crate by its name.
#[cfg(test)]
extern crate self as kenshu;
