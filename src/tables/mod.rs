//! Bytes to tables: what any file of a program is made of, whatever it is about.
//!
//! `text` decodes bytes and knows lines; `records` splits CSV; `table` finds columns by the names that
//! `catalogue` lists; `document` walks TOML; `value` reads single cells. Nothing here knows a scenario.

pub mod catalogue;
pub(crate) mod document;
pub mod limits;
pub(crate) mod records;
pub(crate) mod table;
pub(crate) mod text;
pub(crate) mod value;
