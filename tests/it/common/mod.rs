//! What the integration tests share: a hand-made program, the source's facilities, random small
//! scenarios, and a brute-force oracle that knows nothing but the judge.

#![allow(dead_code, reason = "every test binary uses a part of this")]
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

pub mod brute;
pub mod brute_places;
pub mod case_items;
pub mod copies;
pub mod folder;
pub mod forger;
pub mod generate;
pub mod keio;
pub mod leaves;
pub mod libreoffice;
pub mod mss;
pub mod program;
pub mod programs;
pub mod ruled;
pub mod rules;
pub mod seeds;
pub mod shrink;
