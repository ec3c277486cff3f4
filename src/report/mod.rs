//! What people see: findings, tables and files as text, in their language.

pub mod diagnostics;
