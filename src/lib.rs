//! kenshu (研修) plans the rotations of medical specialty programs.
//!
//! A program director places every resident of a multi-year program: who is at which facility, in which months, until
//! everyone has finished. The crate reads such a program as tables, finds the best plan that breaks no rule with a
//! proof of how good it is, and has it judged by a part that shares nothing with the solver.
//!
//! - **Read**: [`Program::open`] a folder or a workbook, [`Program::read`] tables in memory; everything that is wrong
//!   with them comes as one [`Error`] with [`Finding`]s.
//! - **Plan**: [`Program::plan`] gives an [`Outcome`]: a [`Plan`], and of every [`Goal`] its value, a proved bound and
//!   how it was proved. [`Program::plan_near`] stays close to an earlier plan.
//! - **Audit**: [`Plan::read`] any plan, also one made by hand; [`Plan::audit`] finds what it breaks.
//! - **Explain**: [`Program::explain_infeasible`], [`Plan::why_not`].
//! - **Sweep**: [`Program::sweep`] answers many variants side by side.
//!
//! A [`Session`] says how long a question may take, and takes it back. Texts come in Japanese or English.
//!
//! ```
//! use kenshu::{Language, Program, Session, Status};
//!
//! let program = Program::shipped("keio-2019").ok_or("not shipped")?;
//! let outcome = program.plan(&Session::default())?;
//! assert_eq!(outcome.status(), Status::Optimal);
//! for goal in outcome.goals() {
//!     println!("{}: {}", goal.name(Language::En), goal.told(Language::En));
//! }
//! let plan = outcome.plan().ok_or("no plan")?;
//! assert!(plan.audit().is_legal());
//! std::fs::write(std::env::temp_dir().join("placements.csv"), plan.to_csv(Language::Ja))?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What is documented here follows semantic versioning. Everything else is hidden in `internal`, which the `kenshu`
//! command, its tests and benches are made of, and which may change with every version. `src/ARCHITECTURE.md` draws
//! the whole.

#[warn(missing_docs)]
mod facade;

pub use facade::{
    Audit, Error, Explanation, Facility, Finding, Goal, GoalValue, Language, Month, Outcome, Placement, Plan,
    Program, Proof, Resident, Session, Severity, Status, Sweep, Variant, Violation, WhyNot, WhyNotAnswer,
};

/// The engine itself: not kept from version to version.
#[doc(hidden)]
#[path = ""]
pub mod internal {
    pub mod audit;
    pub mod calendar;
    pub mod cases;
    pub mod cli;
    pub mod completion;
    pub mod diagnostic;
    pub mod diff;
    pub mod engine;
    pub mod explain;
    pub mod files;
    pub mod itineraries;
    pub mod language;
    pub mod manual;
    pub mod output;
    pub(crate) mod page;
    pub mod plan;
    pub mod regulation;
    pub mod replan;
    pub mod scenario;
    pub mod solve;
    pub mod tables;
    pub mod whatif;
}

// The parts know each other by their names alone.
use internal::{
    audit, calendar, cases, completion, diagnostic, diff, engine, explain, files, itineraries, language,
    manual, output, page, plan, regulation, replan, scenario, solve, tables, whatif,
};

// The tests beside the code share scenarios with those in `tests/`, which know the crate by its name.
#[cfg(test)]
extern crate self as kenshu;
