//! `minsheng backup` and `minsheng restore`: everything that an installation consists of, but its keys, and the way back.
//! Deliberately absent: how it is done (`services::backup`).
//! Exit code 1 when photos are missing from the backup, or when the restored audit does not prove itself.

use std::{path::PathBuf, process::ExitCode, sync::Arc};

use clap::Args;
use services::{Ctx, Opening, ServicesConfig, SystemClock, SystemIds, audit, backup};
use store::SchemaState;

use super::said;
use crate::{
    boot::{self, Mismatch},
    config::Settings,
    doctor::room,
};

/// Copy database, photos, messages and checkpoints to a folder, while the server serves
///
/// The folder must not be there yet; it is written as FOLDER.part and gets its name when everything is on the disk.
/// A signed manifest.json says what is in it, with counts and digests. The keys are not in it: keep a copy of them
/// elsewhere. On PostgreSQL, pg_dump of the server's version is used. Exit code 1 when a photo of a ticket is missing.
#[derive(Debug, Args)]
pub struct Backup {
    /// The folder to make
    #[arg(long, value_name = "FOLDER")]
    to: PathBuf,
    /// Also copy the key file, to a place apart from the backup
    #[arg(long, value_name = "FILE")]
    keys_to: Option<PathBuf>,
}

impl Backup {
    /// Makes a backup and prints what is in it.
    pub async fn run(self, settings: Settings) -> anyhow::Result<ExitCode> {
        // Of any schema that this program knows: a backup is taken before a migration.
        let services = boot::open_any(&settings, false, Opening::Use).await?;
        if services.store().schema().await? == SchemaState::Newer {
            return Err(Mismatch::Newer.into());
        }
        let ctx = Ctx::system(&services);
        let order = backup::BackupPlan {
            to: self.to,
            keys_to: self.keys_to,
            room,
        };
        let made = backup::make(&ctx, &order).await;
        if let Ok(made) = &made {
            write_down(&ctx, made).await;
        }
        ctx.services.store().close().await?;
        let made = made?;
        println!("{made}");
        println!("backup: {}", order.to.display());
        Ok(if made.is_whole() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }
}

/// Whoever has a backup and the keys has everything: it stands in the audit. The backup is good without it.
async fn write_down(ctx: &Ctx, made: &backup::Made) {
    let mut entry = ctx.audit("backup.make", format!("backup:{}", made.sha256), "ok");
    let seq = made.manifest.audit_seq.to_string();
    entry.facts.insert("audit_seq".to_owned(), seq);
    let written = ctx
        .services
        .store()
        .write::<_, store::StoreError, _>(move |tx| {
            Box::pin(async move { store::audit::append(tx, std::slice::from_ref(&entry)).await })
        })
        .await;
    if let Err(error) = written {
        tracing::warn!(cause = %error, "the backup does not stand in the audit");
    }
}

/// Put a backup back into an empty place
///
/// Database and data folder of the configuration must be empty. Every digest is checked before anything is written; a
/// damaged backup is refused, with the file's name. All sessions end. Afterwards the audit proves itself. On PostgreSQL,
/// pg_restore of the server's version is used.
#[derive(Debug, Args)]
pub struct Restore {
    /// The backup's folder
    #[arg(long, value_name = "FOLDER")]
    from: PathBuf,
    /// The copy of the key file; it is copied into the data folder. Without it, the one that lies there is used
    #[arg(long, value_name = "FILE")]
    keys: Option<PathBuf>,
}

impl Restore {
    /// Restores and proves.
    pub async fn run(self, settings: Settings) -> anyhow::Result<ExitCode> {
        let config = ServicesConfig {
            database_url: settings.database_url.clone(),
            data_dir: settings.data_dir.clone(),
            keys_file: boot::keys_file(&settings),
            public_url: settings.public_url(),
            serving: false,
            limits: settings.limits.clone(),
            crypto: settings.crypto.clone(),
        };
        let way = backup::Way {
            from: self.from,
            keys: self.keys,
            room,
        };
        let with: (Arc<dyn services::Clock>, Arc<dyn services::Ids>) =
            (Arc::new(SystemClock), Arc::new(SystemIds));
        let restored = backup::restore(&config, with, &way).await?;
        for step in restored.steps {
            println!("applied {step}");
        }
        for file in &restored.manifest.missing_files {
            println!("MISSING already when the backup was made: file {file}");
        }
        for photo in &restored.manifest.missing_photos {
            println!("MISSING already when the backup was made: photo {photo}");
        }
        let services = boot::open(&settings, false, Opening::Look).await?;
        let verdict = audit::verify(&Ctx::system(&services))
            .await
            .map_err(|fault| said(&fault))?;
        println!("{verdict}");
        println!(
            "restored the backup of {}; now: minsheng doctor --deep",
            restored.manifest.made_at.rfc3339()
        );
        services.store().close().await?;
        Ok(if verdict.is_whole() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }
}
