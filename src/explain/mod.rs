//! Why not, what would help, who would move: every refusal with a reason a person can check.
//!
//! `infeasible` is the ladder: a count where counting shows it ([`counting`] seats,
//! [`case_counting`] cases), else an irreducible set
//! of *statements* ([`conflict`]), the things a user wrote and can change ([`statement`]). [`repair`]
//! finds the cheapest *changes* ([`change`]) after which a plan exists. All of them ask one thing only,
//! whether a plan exists under other statements ([`asker`]), and a proof once found answers for every
//! later question that it still decides ([`proof`]). [`why_not`] forces what somebody asks for and says
//! what forbids it or what it costs and who moves ([`moves`]); [`one`] tells what concerns one resident or facility. What is handed out was verified by the judge
//! (`audit::certificate`), which shares nothing with the solver.

pub mod alone;
pub mod apply;
pub mod asker;
pub(crate) mod case_counting;
pub mod change;
pub mod conflict;
pub mod counting;
mod dive;
pub mod edits;
pub(crate) mod extent;
pub mod infeasible;
mod node;
pub mod one;
pub(crate) mod one_cases;
pub(crate) mod proof;
pub mod relax;
pub(crate) mod repair;
mod single;
mod standing;
pub mod statement;
pub(crate) mod stretch;
pub(crate) mod why;
pub mod why_not;

pub use asker::{Asker, Existence};
pub use change::Change;
pub use conflict::Conflict;
pub use counting::Count;
pub use infeasible::{Explanation, Reason, explain};
pub use repair::Repair;
pub use statement::Statement;
