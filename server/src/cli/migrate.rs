//! `minsheng migrate`: brings the database to the schema of this program.
//! Deliberately absent: going back; migrations only go forward (I15).
//! Read next: `store::migration`.

use std::process::ExitCode;

use clap::Args;
use store::SchemaState;
use store::net::Guarded;

use super::database::words;
use crate::{
    boot::{self, Mismatch},
    config::Settings,
};

/// Bring the database to the schema of this program
///
/// Take a backup first. The previous release still runs on the new schema, so its server may go on meanwhile.
/// When the schema is current, only the rights of the database's roles are given anew.
#[derive(Debug, Args)]
pub struct Migrate {}

impl Migrate {
    /// Migrates an older schema.
    pub async fn run(self, settings: Settings) -> anyhow::Result<ExitCode> {
        let services = boot::begin_any(&settings).await?;
        match services.store().schema().await? {
            SchemaState::Newer => return Err(Mismatch::Newer.into()),
            SchemaState::Current => println!("the schema is current"),
            SchemaState::Empty | SchemaState::Older => {
                let basics = services::context::basics(services.now());
                for step in services.store().migrate(basics).await?.steps {
                    println!("applied {step}");
                }
                services.record_installation().await?;
                println!("the schema is current now");
            }
        }
        let guarded = services.store().guard().await?;
        if guarded != Guarded::NoRoles {
            println!("{}", words(guarded));
        }
        services.store().close().await?;
        Ok(ExitCode::SUCCESS)
    }
}
