//! What the user says: one validated, immutable [`Scenario`].
//!
//! `model` holds the data; the other files read tables into it. A `Scenario` that exists has
//! passed every check of the reader: ids are unique, references resolve, lengths add up, numbers
//! are finite and within bounds. Everything after this module relies on that.

mod model;

pub use model::*;
