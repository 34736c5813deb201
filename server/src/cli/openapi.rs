//! `minsheng openapi`: prints the description of the programs' entrance.
//! Deliberately absent: a server; the text is the same as at `/api/v1/openapi.json`.
//! Kept in `docs/openapi.json`.

use std::process::ExitCode;

use clap::Args;

use crate::web::rest;

/// Print the OpenAPI description of /api/v1
///
/// The same as the server gives at /api/v1/openapi.json. Needs no database.
#[derive(Debug, Args)]
pub struct Openapi {}

/// Prints the document.
///
/// # Errors
/// Only when it cannot be written.
pub fn print() -> anyhow::Result<ExitCode> {
    println!("{}", serde_json::to_string_pretty(&rest::document())?);
    Ok(ExitCode::SUCCESS)
}
