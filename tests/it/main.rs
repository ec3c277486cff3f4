//! All integration tests, in one binary: linked once, filtered by name (`cargo test judge::`).

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod cases;
mod certificate;
mod certifying;
mod cli;
mod common;
mod counted;
mod desk;
mod diagnostics;
mod diff;
mod diff_command;
mod differential;
mod due;
mod events;
mod explain;
mod forms;
mod fuzzing;
mod invalid;
mod judge;
mod kept_courses;
mod language;
mod limits;
mod manual;
mod metamorphic;
mod next;
mod oracle;
mod out_folder;
mod output_language;
mod page;
mod page_browser;
mod places;
mod plan_workbook;
mod progress;
mod pseudonymise;
mod reading;
mod replan;
mod replan_keio;
mod robustness;
mod rule_tables;
mod scenario;
mod solver;
mod spreadsheets;
mod whatif;
mod workbook;
mod writing;
