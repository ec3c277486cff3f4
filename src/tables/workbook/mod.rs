//! Workbooks (`.xlsx`): the same tables as those of a folder, a sheet each.
//!
//! Reading turns a workbook into the files a folder would have: a CSV file a table, and `program.toml` from the
//! sheets of [`PROGRAM_SHEETS`](super::catalogue::PROGRAM_SHEETS). Every reader after that is the one
//! for folders; [`Places`] knows which sheet and cell each line came from, so that findings name those. Rows and
//! columns stay where they are: a blank row is a blank line.
//!
//! `archive` looks at a file before a library does, `cells` reads it, `sheet` finds headings, `program` writes
//! TOML, and `write` makes a workbook of tables ([`Grid`]); `patch`
//! lays what changed in them into the workbook that somebody works in, cell by cell (`part`). `form` has the workbooks that residents fill in, and a
//! workbook with a plan ([`plan`]) is read as its placements; what was written in its other sheets is remembered ([`aside`]).

mod archive;
pub mod aside;
mod cells;
mod csv;
pub mod form;
mod part;
mod patch;
mod place;
pub mod plan;
mod program;
mod read;
mod sheet;
mod write;

pub use archive::is_workbook;
pub use patch::patched;
pub use place::Places;
pub use read::{Book, read};
pub use write::{Grid, Heading, write};

pub(crate) use csv::quoted;
pub(crate) use program::as_setting;
