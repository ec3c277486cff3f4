//! The library's interface: read, plan, audit, explain, sweep.
//!
//! What stands here is kept from version to version (a list of it is held by a test); everything else of the crate
//! may change with every one. Types of the engine are wrapped, so that its fields stay its own, but for those that
//! are plain words: a status, a month, a language. Texts are given in the language that is asked for.

mod explaining;
mod judging;
mod plan;
mod planning;
mod program;
mod sweeping;

pub use crate::calendar::Month;
pub use crate::diagnostic::Severity;
pub use crate::engine::Session;
pub use crate::language::Language;
pub use crate::plan::{GoalValue, Proof, Status};
pub use explaining::{Explanation, WhyNot, WhyNotAnswer};
pub use judging::{Audit, Violation};
pub use plan::{Placement, Plan};
pub use planning::{Goal, Outcome};
pub use program::{Error, Facility, Finding, Program, Resident};
pub use sweeping::{Sweep, Variant};
