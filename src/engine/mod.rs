//! What every door calls: plan, replan and whatever asks for a plan, as functions over a [`Session`].
//!
//! Nothing here knows of files, terminals or words. What was solved is judged before it is handed out,
//! and whether solver and judge agree is decided in one place ([`judge`]).

pub(crate) mod explain;
mod gather;
pub(crate) mod judge;
pub mod largest;
mod next;
pub mod order;
pub mod plan;
mod pseudonymise;
pub(crate) mod replan;
mod session;
mod sweep;
pub(crate) mod threads;

pub use judge::Fault;
pub use next::{Next, next};
pub use plan::{Faulty, Planned, plan, solve, solve_with};
pub use pseudonymise::{NotPseudonymised, Pseudonymised, SmallGroup, pseudonymise};
pub use session::Session;
pub use sweep::sweep;
