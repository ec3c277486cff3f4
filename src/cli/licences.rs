//! `kenshu licences`: under which terms kenshu and the libraries in it may be passed on.

use super::console::Console;
use super::{Exit, Failure};

/// The texts that have to go with every copy of the binary.
const TEXTS: [&str; 3] = [
    include_str!("../../LICENSE-MIT"),
    include_str!("../../LICENSE-APACHE"),
    include_str!("../../THIRD-PARTY.md"),
];

pub fn run(console: &Console) -> Result<Exit, Failure> {
    console.out_as_it_is(TEXTS.join("\n").as_bytes())?;
    Ok(Exit::Good)
}
