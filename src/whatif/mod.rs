//! What-if: many variants of one scenario, each answered as `plan` would answer it.
//!
//! A [`sweep::Sweep`] says which variants there are; [`evaluate`] answers one of them. What it
//! shares is the answer to the scenario as it is, from which every variant starts, and nothing else: so
//! the answers do not depend on order, threads or shards;
//! [`result`] is what is kept of an answer. `boundary`, `largest`, `lift`, `seats` and `draws` ask the questions
//! a director asks: how many at most, what would help, what is a seat worth, how sure is a promise.
//!
//! Everything here is in memory; files, threads and clocks belong to `cli`.

pub(crate) mod boundary;
pub(crate) mod domain;
pub(crate) mod draws;
pub mod evaluate;
pub(crate) mod largest;
pub(crate) mod lift;
mod neighbours;
pub mod range;
pub mod result;
pub mod seats;
pub mod sweep;
pub(crate) mod unplaced;
pub(crate) mod variants;
