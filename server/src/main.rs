//! The program `minsheng`. Everything is in the library.
//! Deliberately absent: logic.
//! Read next: `cli`.

use std::process::ExitCode;

fn main() -> ExitCode {
    server::cli::main()
}
