//! The table of keys: section, name, variable, what is allowed, and how a value is taken.
//! Deliberately absent: reading files or the environment (`source`).
//! A new key is a field in `Settings`, its default there, and a row here; `Leptos.toml` shows it as a comment.

use std::{path::PathBuf, time::Duration};

use leptos::config::Env;

use super::Settings;

/// The section whose keys Leptos and cargo-leptos share.
pub const LEPTOS: &str = "leptos";

/// One key of the configuration.
pub struct Key {
    /// Section in the file; `leptos` stands for `[[workspace.metadata.leptos]]`.
    pub section: &'static str,
    /// Name in its section.
    pub name: &'static str,
    /// The environment variable that wins over the file.
    pub variable: &'static str,
    /// What is allowed, in words.
    pub allowed: &'static str,
    /// Takes a value; `None` when it is not allowed.
    pub take: fn(&mut Settings, &str) -> Option<()>,
}

macro_rules! keys {
    ($($section:expr, $name:literal, $variable:literal, $allowed:literal, $take:expr;)+) => {
        /// Every key there is.
        pub const KEYS: &[Key] = &[$(Key {
            section: $section, name: $name, variable: $variable, allowed: $allowed, take: $take,
        }),+];
    };
}

keys! {
    LEPTOS, "output-name", "LEPTOS_OUTPUT_NAME", "a file name without its end",
        |to, text| { to.site.output_name = file_name(text)?; Some(()) };
    LEPTOS, "site-root", "LEPTOS_SITE_ROOT", "a folder",
        |to, text| { to.site.root = filled(text)?; Some(()) };
    LEPTOS, "site-pkg-dir", "LEPTOS_SITE_PKG_DIR", "a folder name inside the site root",
        |to, text| { to.site.pkg_dir = file_name(text)?; Some(()) };
    LEPTOS, "hash-files", "LEPTOS_HASH_FILES", "true or false",
        |to, text| { to.site.hash_files = text.parse().ok()?; Some(()) };
    LEPTOS, "env", "LEPTOS_ENV", "PROD or DEV",
        |to, text| { to.site.env = environment(text)?; Some(()) };
    LEPTOS, "site-addr", "LEPTOS_SITE_ADDR", "an address with a port, such as 127.0.0.1:3000",
        |to, text| { to.site.addr = text.parse().ok()?; Some(()) };
    "database", "url", "MINSHENG_DATABASE_URL",
        "sqlite:///absolute/path or postgres://user@host/database",
        |to, text| { to.database_url = database(text)?; Some(()) };
    "database", "owner-url", "MINSHENG_DATABASE_OWNER_URL", "postgres://user@host/database, or empty",
        |to, text| { to.owner_url = owner(text)?; Some(()) };
    "data", "dir", "MINSHENG_DATA_DIR", "an absolute path of a folder",
        |to, text| { to.data_dir = folder(text)?; Some(()) };
    "data", "message-days", "MINSHENG_DATA_MESSAGE_DAYS", "whole days from 0 to 3650; 0 keeps messages",
        |to, text| { to.message_days = within(text, 0, 3650)?; Some(()) };
    "files", "scanner", "MINSHENG_FILES_SCANNER",
        "tcp://host:port or unix:///path of a clamd, or empty",
        |to, text| { to.scanner = scanner(text)?; Some(()) };
    "files", "bucket", "MINSHENG_FILES_BUCKET",
        "the name of a bucket, in a program that was built with the feature s3, or empty",
        |to, text| { to.bucket = bucket(text)?; Some(()) };
    "print", "fonts", "MINSHENG_PRINT_FONTS", "absolute paths of folders, separated by commas, or empty",
        |to, text| { to.print_fonts = folders(text)?; Some(()) };
    "analytics", "bucket", "MINSHENG_ANALYTICS_BUCKET",
        "the name of a bucket of its own, in a program that was built with the features analytics and s3, or empty",
        |to, text| { to.copy_bucket = copy_bucket(text)?; Some(()) };
    "notifications", "sms-url", "MINSHENG_NOTIFICATIONS_SMS_URL",
        "https://host/path of a text message service, or empty",
        |to, text| { to.notifications.sms_url = address(text)?; Some(()) };
    "notifications", "sms-key", "MINSHENG_NOTIFICATIONS_SMS_KEY", "1 to 100 printable characters",
        |to, text| { to.notifications.sms_key = printable(text)?; Some(()) };
    "notifications", "sms-secret", "MINSHENG_NOTIFICATIONS_SMS_SECRET",
        "16 to 200 printable characters, or empty",
        |to, text| { to.notifications.sms_secret = token(text)?; Some(()) };
    "notifications", "call-url", "MINSHENG_NOTIFICATIONS_CALL_URL",
        "https://host/path of a service that connects calls, or empty",
        |to, text| { to.notifications.call_url = address(text)?; Some(()) };
    "notifications", "call-key", "MINSHENG_NOTIFICATIONS_CALL_KEY", "1 to 100 printable characters",
        |to, text| { to.notifications.call_key = printable(text)?; Some(()) };
    "notifications", "call-secret", "MINSHENG_NOTIFICATIONS_CALL_SECRET",
        "16 to 200 printable characters, or empty",
        |to, text| { to.notifications.call_secret = token(text)?; Some(()) };
    "notifications", "mail-url", "MINSHENG_NOTIFICATIONS_MAIL_URL",
        "smtps://user:password@host, or empty",
        |to, text| { to.notifications.mail_url = address(text)?; Some(()) };
    "notifications", "mail-from", "MINSHENG_NOTIFICATIONS_MAIL_FROM", "a mail address, or empty",
        |to, text| { to.notifications.mail_from = mailbox(text)?; Some(()) };
    "notifications", "mails-in", "MINSHENG_NOTIFICATIONS_MAILS_IN",
        "an absolute path of a folder, or empty",
        |to, text| { to.notifications.mails_in = optional_file(text)?; Some(()) };
    "notifications", "quiet", "MINSHENG_NOTIFICATIONS_QUIET",
        "two times of day such as 22:00-07:30, or empty",
        |to, text| { to.notifications.quiet = quiet(text)?; Some(()) };
    "notifications", "per-day", "MINSHENG_NOTIFICATIONS_PER_DAY",
        "a whole number from 0 to 10000000; 0 for any number",
        |to, text| { to.notifications.per_day = within(text, 0, 10_000_000)?; Some(()) };
    "audit", "second-folder", "MINSHENG_AUDIT_SECOND_FOLDER",
        "an absolute path of a folder on another disk, or empty",
        |to, text| { to.audit.folder = optional_file(text)?; Some(()) };
    "audit", "second-url", "MINSHENG_AUDIT_SECOND_URL",
        "https://host/path of who keeps signed positions of the audit, or empty",
        |to, text| { to.audit.url = address(text)?; Some(()) };
    "audit", "second-key", "MINSHENG_AUDIT_SECOND_KEY", "1 to 100 printable characters",
        |to, text| { to.audit.key = printable(text)?; Some(()) };
    "audit", "second-secret", "MINSHENG_AUDIT_SECOND_SECRET",
        "16 to 200 printable characters, or empty",
        |to, text| { to.audit.secret = token(text)?; Some(()) };
    "provider", "issuer", "MINSHENG_PROVIDER_ISSUER",
        "https://host, the issuer of an OpenID Connect provider, or empty",
        |to, text| { to.provider.issuer = address(text)?; Some(()) };
    "provider", "client-id", "MINSHENG_PROVIDER_CLIENT_ID", "1 to 100 printable characters",
        |to, text| { to.provider.client_id = printable(text)?; Some(()) };
    "provider", "secret-file", "MINSHENG_PROVIDER_SECRET_FILE",
        "an absolute path of a file, or empty",
        |to, text| { to.provider.secret_file = optional_file(text)?; Some(()) };
    "provider", "factors", "MINSHENG_PROVIDER_FACTORS",
        "words of amr or acr, separated by commas, or empty",
        |to, text| { to.provider.factors = words(text)?; Some(()) };
    "crypto", "provider", "MINSHENG_CRYPTO_PROVIDER",
        "international or sm, or empty for the one that the installation has",
        |to, text| { to.crypto.provider = provider(text)?; Some(()) };
    "crypto", "key-file", "MINSHENG_CRYPTO_KEY_FILE",
        "an absolute path of a file away from the data folder, or empty",
        |to, text| { to.crypto.key_file = optional_file(text)?; Some(()) };
    "crypto", "key-command", "MINSHENG_CRYPTO_KEY_COMMAND",
        "an absolute path of a program with its arguments, separated by spaces, or empty",
        |to, text| { to.crypto.key_command = command(text)?; Some(()) };
    "web", "max-connections", "MINSHENG_WEB_MAX_CONNECTIONS", "a whole number from 16 to 65536",
        |to, text| { to.web.max_connections = within(text, 16, 65_536)? as usize; Some(()) };
    "web", "header-seconds", "MINSHENG_WEB_HEADER_SECONDS", "whole seconds from 1 to 120",
        |to, text| { to.web.header_timeout = seconds(text, 1, 120)?; Some(()) };
    "web", "idle-seconds", "MINSHENG_WEB_IDLE_SECONDS", "whole seconds from 1 to 3600",
        |to, text| { to.web.idle_timeout = seconds(text, 1, 3600)?; Some(()) };
    "web", "request-seconds", "MINSHENG_WEB_REQUEST_SECONDS", "whole seconds from 1 to 600",
        |to, text| { to.web.request_timeout = seconds(text, 1, 600)?; Some(()) };
    "web", "long-seconds", "MINSHENG_WEB_LONG_SECONDS", "whole seconds from 10 to 3600",
        |to, text| { to.web.long_timeout = seconds(text, 10, 3600)?; Some(()) };
    "web", "drain-seconds", "MINSHENG_WEB_DRAIN_SECONDS", "whole seconds from 0 to 600",
        |to, text| { to.web.drain = seconds(text, 0, 600)?; Some(()) };
    "web", "body-kb", "MINSHENG_WEB_BODY_KB", "a whole number from 64 to 4096",
        |to, text| { to.web.body_limit = (within(text, 64, 4096)? as usize) << 10; Some(()) };
    "web", "upload-mb", "MINSHENG_WEB_UPLOAD_MB", "a whole number from 10 to 1024",
        |to, text| { to.web.upload_limit = (within(text, 10, 1024)? as usize) << 20; Some(()) };
    "web", "trusted-proxies", "MINSHENG_WEB_TRUSTED_PROXIES", "IP addresses, separated by commas",
        |to, text| { to.web.trusted_proxies = addresses(text)?; Some(()) };
    "web", "connections-per-address", "MINSHENG_WEB_CONNECTIONS_PER_ADDRESS",
        "a whole number from 4 to 65536",
        |to, text| { to.web.connections_per_address = within(text, 4, 65_536)? as usize; Some(()) };
    "web", "office-networks", "MINSHENG_WEB_OFFICE_NETWORKS",
        "networks such as 10.20.0.0/16 or IP addresses, separated by commas",
        |to, text| { to.web.office_networks = networks(text)?; Some(()) };
    "web", "office-connections", "MINSHENG_WEB_OFFICE_CONNECTIONS", "a whole number from 4 to 65536",
        |to, text| { to.web.office_connections = within(text, 4, 65_536)? as usize; Some(()) };
    "web", "bytes-per-second", "MINSHENG_WEB_BYTES_PER_SECOND", "a whole number from 1 to 100000",
        |to, text| { to.web.bytes_per_second = within(text, 1, 100_000)?; Some(()) };
    "web", "pace-seconds", "MINSHENG_WEB_PACE_SECONDS", "whole seconds from 2 to 120",
        |to, text| { to.web.pace_time = seconds(text, 2, 120)?; Some(()) };
    "web", "bodies-mb", "MINSHENG_WEB_BODIES_MB", "a whole number from 16 to 2048",
        |to, text| { to.web.bodies = (within(text, 16, 2048)? as usize) << 20; Some(()) };
    "web", "metrics-networks", "MINSHENG_WEB_METRICS_NETWORKS",
        "networks such as 10.1.0.0/16 or single addresses, separated by commas",
        |to, text| { to.web.metrics_networks = networks(text)?; Some(()) };
    "web", "metrics-token", "MINSHENG_WEB_METRICS_TOKEN", "16 to 200 printable characters, or empty",
        |to, text| { to.web.metrics_token = token(text)?; Some(()) };
    "web", "public-url", "MINSHENG_WEB_PUBLIC_URL", "https://host, or empty",
        |to, text| { to.web.public_url = public(text)?; Some(()) };
    "limits", "sign-in-per-minute", "MINSHENG_LIMITS_SIGN_IN_PER_MINUTE",
        "a whole number from 1 to 100000",
        |to, text| { to.limits.sign_in = within(text, 1, 100_000)?; Some(()) };
    "limits", "filing-per-minute", "MINSHENG_LIMITS_FILING_PER_MINUTE",
        "a whole number from 1 to 100000",
        |to, text| { to.limits.filing = within(text, 1, 100_000)?; Some(()) };
    "limits", "lookup-per-minute", "MINSHENG_LIMITS_LOOKUP_PER_MINUTE",
        "a whole number from 1 to 100000",
        |to, text| { to.limits.lookup = within(text, 1, 100_000)?; Some(()) };
    "limits", "lookup-per-minute-all", "MINSHENG_LIMITS_LOOKUP_PER_MINUTE_ALL",
        "a whole number from 1 to 1000000",
        |to, text| { to.limits.lookup_all = within(text, 1, 1_000_000)?; Some(()) };
    "limits", "drafts-per-minute", "MINSHENG_LIMITS_DRAFTS_PER_MINUTE",
        "a whole number from 1 to 100000",
        |to, text| { to.limits.drafts = within(text, 1, 100_000)?; Some(()) };
    "limits", "drafts-per-day", "MINSHENG_LIMITS_DRAFTS_PER_DAY",
        "a whole number from 10 to 1000000",
        |to, text| { to.limits.drafts_day = within(text, 10, 1_000_000)?; Some(()) };
    "limits", "photos-per-minute", "MINSHENG_LIMITS_PHOTOS_PER_MINUTE",
        "a whole number from 1 to 100000",
        |to, text| { to.limits.photos = within(text, 1, 100_000)?; Some(()) };
    "limits", "photo-mb-per-day", "MINSHENG_LIMITS_PHOTO_MB_PER_DAY",
        "a whole number from 10 to 1000000",
        |to, text| { to.limits.photo_mb = within(text, 10, 1_000_000)?; Some(()) };
    "limits", "free-disk-mb", "MINSHENG_LIMITS_FREE_DISK_MB", "a whole number from 0 to 1000000",
        |to, text| { to.limits.free_mb = within(text, 0, 1_000_000)?; Some(()) };
    "partners", "file", "MINSHENG_PARTNERS_FILE", "an absolute path of a file, or empty",
        |to, text| { to.partners_file = optional_file(text)?; Some(()) };
    "platforms", "file", "MINSHENG_PLATFORMS_FILE", "an absolute path of a file, or empty",
        |to, text| { to.platforms_file = optional_file(text)?; Some(()) };
    "log", "format", "MINSHENG_LOG_FORMAT", "text or json",
        |to, text| { to.log.json = one_of(text, ["text", "json"])? == 1; Some(()) };
    "log", "level", "MINSHENG_LOG_LEVEL", "error, warn, info, debug, trace, or directives",
        |to, text| { to.log.level = level(text)?; Some(()) };
    "log", "slow-ms", "MINSHENG_LOG_SLOW_MS", "milliseconds from 0 to 600000; 0 tells none",
        |to, text| { to.log.slow_ms = within(text, 0, 600_000)?; Some(()) };
}

/// Empty: none. `None`: not allowed.
#[expect(
    clippy::option_option,
    reason = "a value that is allowed and says none"
)]
fn scanner(text: &str) -> Option<Option<services::files::Scanner>> {
    if text.is_empty() {
        return Some(None);
    }
    services::files::Scanner::parse(text).map(Some)
}

/// Empty: none. `None`: not allowed.
#[expect(
    clippy::option_option,
    reason = "a value that is allowed and says none"
)]
fn bucket(text: &str) -> Option<Option<String>> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-');
    if text.is_empty() {
        return Some(None);
    }
    let good = cfg!(feature = "s3") && (3..=63).contains(&text.len()) && text.chars().all(plain);
    good.then(|| Some(text.to_owned()))
}

/// Empty: none. `None`: not allowed.
#[expect(
    clippy::option_option,
    reason = "a value that is allowed and says none"
)]
fn copy_bucket(text: &str) -> Option<Option<String>> {
    let found = bucket(text)?;
    (cfg!(feature = "analytics") || found.is_none()).then_some(found)
}

/// Empty: none. `None`: not allowed.
#[expect(
    clippy::option_option,
    reason = "a value that is allowed and says none"
)]
fn quiet(text: &str) -> Option<Option<services::gateway::Quiet>> {
    if text.is_empty() {
        return Some(None);
    }
    services::gateway::Quiet::parse(text).map(Some)
}

/// Empty: none. `None`: not allowed.
#[expect(
    clippy::option_option,
    reason = "a value that is allowed and says none"
)]
fn provider(text: &str) -> Option<Option<store::crypto::Provider>> {
    if text.is_empty() {
        return Some(None);
    }
    store::crypto::Provider::parse(text).map(Some)
}

/// A program with its arguments, or nothing.
fn command(text: &str) -> Option<Vec<String>> {
    let words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
    let program = words.first().map(PathBuf::from);
    program
        .is_none_or(|program| program.is_absolute())
        .then_some(words)
}

/// An address, or nothing; which ones a gateway takes it says itself at the start.
fn address(text: &str) -> Option<String> {
    let is_one = text.contains("://") && text.bytes().all(|b| b.is_ascii_graphic());
    (text.is_empty() || is_one).then(|| text.to_owned())
}

/// `name <mailbox@host>` or a mailbox alone, or nothing.
fn mailbox(text: &str) -> Option<String> {
    let is_one = text.contains('@') && !text.contains(char::is_control);
    (text.is_empty() || is_one).then(|| text.to_owned())
}

/// Printable words; empty for none.
fn words(text: &str) -> Option<Vec<String>> {
    let words = text.split(',').map(str::trim);
    let words = words.filter(|word| !word.is_empty());
    words.map(printable).collect()
}

fn printable(text: &str) -> Option<String> {
    let good = text.len() <= 100 && text.bytes().all(|b| b.is_ascii_graphic());
    good.then(|| text.to_owned())
}

fn filled(text: &str) -> Option<String> {
    (!text.trim().is_empty() && !text.contains('\0')).then(|| text.to_owned())
}

fn file_name(text: &str) -> Option<String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    (!text.is_empty() && !text.starts_with('.') && text.chars().all(plain)).then(|| text.to_owned())
}

fn environment(text: &str) -> Option<Env> {
    match text.to_ascii_lowercase().as_str() {
        "prod" | "production" => Some(Env::PROD),
        "dev" | "development" => Some(Env::DEV),
        _ => None,
    }
}

fn database(text: &str) -> Option<String> {
    let file = text.strip_prefix("sqlite://");
    let server = ["postgres://", "postgresql://"]
        .iter()
        .find_map(|head| text.strip_prefix(head));
    let good = file.is_some_and(|path| path.len() > 1 && path.starts_with('/'))
        || server.is_some_and(|rest| !rest.is_empty());
    good.then(|| text.to_owned())
}

/// A PostgreSQL, or nothing: an SQLite file has no owner beside whoever reads it.
fn owner(text: &str) -> Option<String> {
    let is_one = text.is_empty() || !text.starts_with("sqlite") && database(text).is_some();
    is_one.then(|| text.to_owned())
}

fn folder(text: &str) -> Option<PathBuf> {
    let path = PathBuf::from(text);
    path.is_absolute().then_some(path)
}

/// Each of them absolute; empty for none.
fn folders(text: &str) -> Option<Vec<PathBuf>> {
    let names = text.split(',').map(str::trim);
    names.filter(|name| !name.is_empty()).map(folder).collect()
}

/// Empty: none. `None`: not allowed.
#[expect(
    clippy::option_option,
    reason = "a value that is allowed and says none"
)]
fn optional_file(text: &str) -> Option<Option<PathBuf>> {
    if text.is_empty() {
        return Some(None);
    }
    folder(text).map(Some)
}

fn within(text: &str, least: u32, most: u32) -> Option<u32> {
    text.parse()
        .ok()
        .filter(|number| (least..=most).contains(number))
}

fn seconds(text: &str, least: u32, most: u32) -> Option<Duration> {
    within(text, least, most).map(|number| Duration::from_secs(number.into()))
}

fn addresses(text: &str) -> Option<Vec<std::net::IpAddr>> {
    let parts = text
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty());
    parts.map(|part| part.parse().ok()).collect()
}

/// A network, or one address.
fn networks(text: &str) -> Option<Vec<ipnet::IpNet>> {
    let parts = text
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let network = |part: &str| {
        let one = || part.parse::<std::net::IpAddr>().ok().map(Into::into);
        part.parse().ok().or_else(one)
    };
    parts.map(network).collect()
}

/// Empty: none. `None`: not allowed.
#[expect(
    clippy::option_option,
    reason = "a value that is allowed and says none"
)]
fn token(text: &str) -> Option<Option<String>> {
    if text.is_empty() {
        return Some(None);
    }
    let good = (16..=200).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
    good.then(|| Some(text.to_owned()))
}

fn public(text: &str) -> Option<String> {
    let text = text.trim_end_matches('/');
    let host = |rest: &str| !rest.is_empty() && !rest.contains(['/', ' ', '?', '#']);
    let good = text.is_empty()
        || text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"))
            .is_some_and(host);
    good.then(|| text.to_owned())
}

fn one_of(text: &str, words: [&str; 2]) -> Option<usize> {
    words.iter().position(|word| *word == text)
}

fn level(text: &str) -> Option<String> {
    let level = |word: &str| {
        word.trim()
            .parse::<tracing::level_filters::LevelFilter>()
            .is_ok()
    };
    let plain = |name: &str| {
        name.trim()
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | ':' | '-'))
    };
    let good = |part: &str| match part.split_once('=') {
        Some((target, word)) => plain(target) && level(word),
        None => level(part),
    };
    (!text.trim().is_empty() && text.split(',').all(good)).then(|| text.to_owned())
}
