//! The commands: the only place with files, clocks and a terminal.

pub mod folder;
