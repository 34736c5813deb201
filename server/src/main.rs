//! The program `minsheng`. Everything is in the library.
//! Deliberately absent: logic.
//! Read next: `cli`.

use std::process::ExitCode;

/// Gives memory back after a burst of sign-ins, and needs less time for the many small pieces of a page (decision 6).
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    server::cli::main()
}
