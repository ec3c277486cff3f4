//! Case volumes (経験症例; source §6.2 \[8,9,10,15\]): can everybody reach every target at once?
//!
//! A facility offers so many cases of an item in an academic year, shared by the residents present;
//! a resident takes at most the part of it that belongs to the months of presence. Whether one
//! allocation gives everybody their need is a flow from residents through *sites* (a facility in an
//! academic year) to what these offer. `supply` has the numbers, `network` the flow and the minimum
//! cut where it falls short, `quotas` the allocation that is printed, `margin` how much more would do.
//!
//! What was experienced before the first decided month counts through logged cases only. Associated
//! facilities supply within the supplement, which is deducted from the need in full already.

mod margin;
mod network;
mod quotas;
mod supply;

pub use margin::margins;
pub use network::{Demand, Side, maximum_flow};
pub use quotas::{demands, quotas};
pub use supply::{Item, Presence, Site, Supplies, presence_of_all, reach};
