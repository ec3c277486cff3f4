//! Planning again with the least change: which rows of the base plan cannot stay, and which must.

pub mod freeze;
pub mod impossible;

pub use freeze::{Frozen, freeze};
pub use impossible::{Cannot, Impossible, impossible};
