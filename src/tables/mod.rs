//! Bytes to tables: what any file of a program is made of, whatever it is about.
//!
//! `text` decodes bytes and knows lines; `records` splits CSV; `table` finds columns by the names that
//! `catalogue` lists; `document` walks TOML; `value` reads single cells,
//! with `date` and `prefectures`; `formula` keeps cells from running in a spreadsheet;
//! `workbook` reads and writes the same tables as sheets. Nothing here knows a scenario.

pub(crate) mod catalogue;
mod date;
pub(crate) mod document;
pub(crate) mod formula;
pub(crate) mod limits;
pub(crate) mod prefectures;
pub(crate) mod records;
pub(crate) mod table;
pub(crate) mod text;
pub(crate) mod value;
pub mod workbook;
