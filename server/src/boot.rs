//! From the configuration to open services: folders, keys, database, schema.
//! Deliberately absent: serving (`cli::serve`), judging the installation (`doctor`).
//! An empty database gets the current schema from commands that may begin an installation; an older one waits for `migrate`; a newer one is refused.

use std::{fmt, path::PathBuf, sync::Arc};

use anyhow::Context as _;
use services::audit::second::{self, Second};
use services::gateway::{Gateways, call, mail, signed::Secret, sms};
use services::scim::out::Platform;
use services::sessions::provider::{Provider, Told};
use services::{Misfit, Opening, Services, ServicesConfig, SystemClock, SystemIds};
use store::SchemaState;

use crate::config::{IdentityProvider, LinkedPlatform, Notifications, SecondPlace, Settings};

/// The database and this program do not belong together.
#[derive(Debug)]
pub enum Mismatch {
    /// `migrate` has to run first.
    Older,
    /// A newer release made it.
    Newer,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Older => {
                "the database has an older schema; take a backup (minsheng backup --to FOLDER), then run: minsheng migrate"
            }
            Self::Newer => {
                "the database was made by a newer release of this program; use that release"
            }
        })
    }
}

impl std::error::Error for Mismatch {}

/// Where the keys of an installation lie.
pub fn keys_file(settings: &Settings) -> PathBuf {
    settings.data_dir.join("keys.json")
}

/// How a command opens what is there, and whether `--new-database` was said.
fn making(settings: &Settings) -> Opening {
    Opening::Make {
        new_database: settings.new_database,
    }
}

/// Opens the services whatever the schema is. Who may begin an installation gives an empty database the current schema.
///
/// # Errors
/// `services::Misfit`, or with words for the administrator.
pub async fn open_any(
    settings: &Settings,
    serving: bool,
    opening: Opening,
) -> anyhow::Result<Services> {
    let config = ServicesConfig {
        database_url: settings.database_url.clone(),
        data_dir: settings.data_dir.clone(),
        keys_file: keys_file(settings),
        public_url: settings.public_url(),
        serving,
        limits: settings.limits.clone(),
        crypto: settings.crypto.clone(),
    };
    let opened =
        Services::open_as(config, opening, Arc::new(SystemClock), Arc::new(SystemIds)).await;
    if let Ok(services) = &opened {
        services.keep_messages(settings.message_days);
        services.tell_slow(settings.log.slow_ms);
        services.send_through(gateways(&settings.notifications)?);
        if let Some(second) = second_place(&settings.audit)? {
            services.copy_checkpoints_to(second);
        }
        if let Some(provider) = provider(&settings.provider)? {
            services.trust(provider);
        }
        services.link(platforms(&settings.platforms)?);
        if let Some(scanner) = &settings.scanner {
            services.scan_with(scanner.clone());
        }
        #[cfg(feature = "s3")]
        if let Some(bucket) = &settings.bucket {
            services.keep_files_in(services::files::Vault::bucket(bucket)?);
        }
        #[cfg(feature = "print")]
        services.print_with(Arc::new(crate::print::Typst::new(settings)));
        #[cfg(feature = "analytics")]
        if serving {
            services.count_by(copy(settings)?);
        }
        if opening != Opening::Look {
            tighten(settings);
        }
    }
    opened.map_err(|error| {
        if error.is::<Misfit>() {
            return error;
        }
        let shown = settings.database_shown();
        error.context(format!("the database {shown} cannot be opened"))
    })
}

/// The analytic copy where it is configured to lie.
///
/// # Errors
/// With words for the administrator.
#[cfg(feature = "analytics")]
fn copy(settings: &Settings) -> anyhow::Result<Box<dyn services::reports::analytic::Analytic>> {
    #[cfg(feature = "s3")]
    if let Some(bucket) = &settings.copy_bucket {
        anyhow::ensure!(
            settings.bucket.as_ref() != Some(bucket),
            "analytics.bucket is a bucket of its own, not the one of files.bucket"
        );
        return crate::analytics::open_in(bucket);
    }
    crate::analytics::open(&settings.data_dir)
}

/// The second place of the audit as it is configured.
///
/// # Errors
/// With words for the administrator, without secrets.
fn second_place(set: &SecondPlace) -> anyhow::Result<Option<Second>> {
    let host = match (&*set.url, &set.secret) {
        ("", _) => None,
        (url, Some(secret)) if !set.key.is_empty() => {
            let host = second::Host::new(url, Secret::new(&set.key, secret));
            Some(host.context("audit.second-url")?)
        }
        _ => anyhow::bail!("audit.second-url needs second-key and second-secret beside it"),
    };
    let folder = set.folder.clone();
    let any = folder.is_some() || host.is_some();
    Ok(any.then_some(Second { folder, host }))
}

/// The identity provider as it is configured.
///
/// # Errors
/// With words for the administrator, without the secret.
fn provider(set: &IdentityProvider) -> anyhow::Result<Option<Provider>> {
    if set.issuer.is_empty() {
        return Ok(None);
    }
    let secret = set
        .secret_file
        .as_deref()
        .map(|file| -> anyhow::Result<String> {
            let text = std::fs::read_to_string(file);
            let text = text.with_context(|| format!("provider.secret-file: {}", file.display()))?;
            let secret = text.trim().to_owned();
            anyhow::ensure!(!secret.is_empty(), "provider.secret-file is empty");
            Ok(secret)
        });
    let told = Told {
        issuer: set.issuer.clone(),
        client: set.client_id.clone(),
        secret: secret.transpose()?,
        factors: set.factors.clone(),
    };
    Ok(Some(Provider::new(told).context("provider")?))
}

/// The linked platforms as they are configured, with their tokens.
///
/// # Errors
/// With words for the administrator, without tokens.
fn platforms(set: &[LinkedPlatform]) -> anyhow::Result<Vec<Platform>> {
    let platform = |one: &LinkedPlatform| -> anyhow::Result<Platform> {
        let place = || {
            format!(
                "platform {}: token-file {}",
                one.code,
                one.token_file.display()
            )
        };
        let token = std::fs::read_to_string(&one.token_file).with_context(place)?;
        let token = token.trim().to_owned();
        anyhow::ensure!(!token.is_empty(), "{} is empty", place());
        let names = (one.code.as_str(), one.name.as_str(), one.owner.as_str());
        Platform::new(names, &one.url, token).with_context(|| format!("platform {}: url", one.code))
    };
    set.iter().map(platform).collect()
}

/// The ways out for notifications as they are configured.
///
/// # Errors
/// With words for the administrator, without secrets.
fn gateways(set: &Notifications) -> anyhow::Result<Gateways> {
    let sms = match (&*set.sms_url, &set.sms_secret) {
        ("", _) => None,
        (url, Some(secret)) if !set.sms_key.is_empty() => {
            let gateway = sms::Gateway::new(url, Secret::new(&set.sms_key, secret));
            Some(gateway.context("notifications.sms-url")?)
        }
        _ => anyhow::bail!("notifications.sms-url needs sms-key and sms-secret beside it"),
    };
    let mail = match (&*set.mail_url, &*set.mail_from) {
        ("", _) => None,
        (_, "") => anyhow::bail!("notifications.mail-url needs mail-from beside it"),
        (url, from) => {
            Some(mail::Gateway::new(url, from).context("notifications.mail-url, mail-from")?)
        }
    };
    Ok(Gateways {
        sms,
        mail,
        call: calls(set)?,
        mails_in: set.mails_in.clone(),
        quiet: set.quiet,
        per_day: set.per_day,
    })
}

/// The service that connects calls without the number.
fn calls(set: &Notifications) -> anyhow::Result<Option<call::Gateway>> {
    match (&*set.call_url, &set.call_secret) {
        ("", _) => Ok(None),
        (url, Some(secret)) if !set.call_key.is_empty() => {
            let gateway = call::Gateway::new(url, Secret::new(&set.call_key, secret));
            gateway.map(Some).context("notifications.call-url")
        }
        _ => {
            anyhow::bail!("notifications.call-url needs call-key and call-secret beside it")
        }
    }
}

/// Opens the services on the current schema.
///
/// # Errors
/// `Mismatch`, `services::Misfit`, or with words for the administrator.
pub async fn open(
    settings: &Settings,
    serving: bool,
    opening: Opening,
) -> anyhow::Result<Services> {
    let services = open_any(settings, serving, opening).await?;
    match services.store().schema().await? {
        SchemaState::Older => Err(Mismatch::Older.into()),
        SchemaState::Newer => Err(Mismatch::Newer.into()),
        SchemaState::Empty | SchemaState::Current => Ok(services),
    }
}

/// The same for who may begin an installation: `serve`, `migrate`, `demo`, `import`.
///
/// # Errors
/// As `open`.
pub async fn begin(settings: &Settings, serving: bool) -> anyhow::Result<Services> {
    open(settings, serving, making(settings)).await
}

/// The same whatever the schema is.
///
/// # Errors
/// As `open_any`.
pub async fn begin_any(settings: &Settings) -> anyhow::Result<Services> {
    open_any(settings, false, making(settings)).await
}

/// Everything that nobody but its owner may read.
pub fn private_places(settings: &Settings) -> Vec<PathBuf> {
    let mut places = vec![settings.data_dir.clone(), keys_file(settings)];
    for name in [
        "photos",
        "files",
        "uploads",
        "messages",
        "mail-in",
        "audit",
        "accounts.json",
        "installation",
    ] {
        places.push(settings.data_dir.join(name));
    }
    places.extend(settings.provider.secret_file.clone());
    places.extend(settings.platforms.iter().map(|one| one.token_file.clone()));
    if let Ok(Some(file)) = store::installation::sqlite_file(&settings.database_url) {
        for end in ["", "-wal", "-shm", ".lock"] {
            let mut name = file.clone().into_os_string();
            name.push(end);
            places.push(name.into());
        }
    }
    places
}

/// Closes what an earlier release or a restore by hand left open to others. What cannot be closed is told, and by the doctor again.
fn tighten(settings: &Settings) {
    // The key file is refused, not mended: who has read it has the keys.
    let keys = keys_file(settings);
    for place in private_places(settings)
        .into_iter()
        .filter(|it| *it != keys)
    {
        match services::installation::tighten(&place) {
            Ok(false) => {}
            Ok(true) => {
                tracing::warn!(place = %place.display(), "was open to others and is its owner's alone now");
            }
            Err(error) => {
                tracing::warn!(place = %place.display(), cause = %error, "is open to others");
            }
        }
    }
}
