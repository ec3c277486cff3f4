//! The `kenshu` command: parse, run, exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    kenshu::internal::cli::run(std::env::args_os()).into()
}
