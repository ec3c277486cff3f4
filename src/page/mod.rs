//! The page: the plan as a grid in a browser, judged as it stands, on this machine only (`kenshu open`).
//!
//! ```text
//! browser ─► guard ─► routes ─► desk (tables, plan, undo, journal) ─► audit, engine ─► output ─► browser
//!                        └────► job (one question under way, on a thread of its own)
//! ```
//!
//! Invariants: nothing is looked at before [`guard`] has passed a request; no rule is decided in the
//! browser; the judge's word never waits for a solve; nothing is written but the journal of edits and what
//! somebody asked to save; a kill at any moment loses no edit that was answered.

mod answers;
mod assets;
mod begin;
mod career;
mod completion;
mod desk;
mod edits;
mod files;
mod guard;
mod job;
mod journal;
mod questions;
mod routes;
mod server;
mod store;
mod tables;
mod whatif;
mod words;

pub use desk::Desk;
pub use server::{Settings, serve};
pub use store::Store;
