//! Where values come from: defaults, then the file, then the environment.
//! Deliberately absent: what the keys are (`keys`).
//! An unknown key or a bad value is an error with name, value and what is allowed; secrets are masked in it.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use serde::de::DeserializeOwned;

use super::{KEYS, Key, Settings, keys::LEPTOS, partners, platforms};

/// Variables with our prefix that belong to the workshop's commands and tests, not to the server.
const WORKSHOP: &[&str] = &[
    "MINSHENG_SHARED_DATA",
    "MINSHENG_BASE_URL",
    "MINSHENG_ACCOUNTS",
];
const WORKSHOP_PREFIX: &str = "MINSHENG_TEST_";
/// The file that is read when none is named; it may be absent.
const DEFAULT_FILE: &str = "Leptos.toml";

/// Why the start stops. The sentence names the key, the value and what is allowed.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The named file is not there or not readable.
    #[error("{file}: cannot be read: {reason}")]
    Unreadable { file: String, reason: String },
    /// The file is no TOML.
    #[error("{file}: {reason}")]
    Syntax { file: String, reason: String },
    /// A section or key that does not exist.
    #[error("{place}: there is no key {key}; allowed are: {allowed}")]
    UnknownKey {
        place: String,
        key: String,
        allowed: String,
    },
    /// A value that the key does not take.
    #[error("{place}: {key} is {value:?}; allowed is {allowed}")]
    BadValue {
        place: String,
        key: String,
        value: String,
        allowed: String,
    },
    /// No folder for the data is known.
    #[error(
        "neither XDG_DATA_HOME nor HOME is set; name a folder for the data in MINSHENG_DATA_DIR"
    )]
    NoDataFolder,
}

/// File and environment to read from.
#[derive(Debug, Default, Clone)]
pub struct Source {
    /// A file named by `--config`; it must exist.
    pub file: Option<PathBuf>,
    /// The environment.
    pub variables: BTreeMap<String, String>,
}

impl Source {
    /// The process's environment; variables that are not Unicode are left out.
    pub fn of_process(file: Option<PathBuf>) -> Self {
        let variables = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect();
        Self { file, variables }
    }
}

/// Reads defaults, file and environment, in this order.
///
/// # Errors
/// The first key that is unknown or has a bad value.
pub fn load(source: &Source) -> Result<Settings, ConfigError> {
    let mut settings = Settings::default();
    let named = source.file.is_some();
    let file = source
        .file
        .clone()
        .unwrap_or_else(|| PathBuf::from(DEFAULT_FILE));
    if named || file.is_file() {
        read_file(&mut settings, &file)?;
    }
    read_variables(&mut settings, &source.variables)?;
    fill_in(&mut settings, &source.variables)?;
    if let Some(file) = &settings.partners_file {
        settings.partners = partners::read(file)?;
    }
    if let Some(file) = &settings.platforms_file {
        settings.platforms = platforms::read(file)?;
    }
    Ok(settings)
}

fn read_file(settings: &mut Settings, file: &Path) -> Result<(), ConfigError> {
    let name = file.display().to_string();
    let text = std::fs::read_to_string(file).map_err(|error| ConfigError::Unreadable {
        file: name.clone(),
        reason: error.to_string(),
    })?;
    let table: toml::Table =
        text.parse()
            .map_err(|error: toml::de::Error| ConfigError::Syntax {
                file: name.clone(),
                reason: error.to_string(),
            })?;
    for (section, value) in &table {
        if section == "workspace" {
            let leptos = value
                .get("metadata")
                .and_then(|metadata| metadata.get(LEPTOS))
                .and_then(|list| list.get(0))
                .and_then(toml::Value::as_table);
            let Some(leptos) = leptos else {
                return Err(unknown(
                    &name,
                    "workspace",
                    "[[workspace.metadata.leptos]]".into(),
                ));
            };
            read_section(settings, &name, LEPTOS, leptos)?;
        } else if let (true, Some(keys)) = (is_section(section), value.as_table()) {
            read_section(settings, &name, section, keys)?;
        } else {
            return Err(unknown(&name, section, sections()));
        }
    }
    Ok(())
}

fn read_section(
    settings: &mut Settings,
    file: &str,
    section: &str,
    values: &toml::Table,
) -> Result<(), ConfigError> {
    for (name, value) in values {
        let key = KEYS
            .iter()
            .find(|key| key.section == section && key.name == name);
        let Some(key) = key else {
            let allowed = KEYS
                .iter()
                .filter(|key| key.section == section)
                .map(|key| key.name);
            return Err(unknown(file, name, allowed.collect::<Vec<_>>().join(", ")));
        };
        take(settings, key, &plain(value), (file, key.name))?;
    }
    Ok(())
}

fn read_variables(
    settings: &mut Settings,
    variables: &BTreeMap<String, String>,
) -> Result<(), ConfigError> {
    for (name, value) in variables {
        if let Some(key) = KEYS.iter().find(|key| key.variable == name) {
            take(settings, key, value, ("environment", name))?;
        } else if name.starts_with("MINSHENG_")
            && !name.starts_with(WORKSHOP_PREFIX)
            && !WORKSHOP.contains(&name.as_str())
        {
            // A misspelt MINSHENG_DATABASE_URL would quietly serve another database.
            let ours = KEYS
                .iter()
                .map(|key| key.variable)
                .filter(|it| it.starts_with("MINSHENG_"));
            return Err(unknown(
                "environment",
                name,
                ours.collect::<Vec<_>>().join(", "),
            ));
        }
    }
    Ok(())
}

fn take(
    settings: &mut Settings,
    key: &Key,
    value: &str,
    (place, name): (&str, &str),
) -> Result<(), ConfigError> {
    (key.take)(settings, value).ok_or_else(|| ConfigError::BadValue {
        place: place.to_owned(),
        key: name.to_owned(),
        value: without_secret(value),
        allowed: key.allowed.to_owned(),
    })
}

/// Data folder and database have defaults that depend on the user.
fn fill_in(
    settings: &mut Settings,
    variables: &BTreeMap<String, String>,
) -> Result<(), ConfigError> {
    if settings.data_dir.as_os_str().is_empty() {
        let absolute = |name: &str| {
            variables
                .get(name)
                .map(PathBuf::from)
                .filter(|path| path.is_absolute())
        };
        let base = absolute("XDG_DATA_HOME")
            .or_else(|| absolute("HOME").map(|home| home.join(".local/share")))
            .ok_or(ConfigError::NoDataFolder)?;
        settings.data_dir = base.join("minsheng");
    }
    if settings.database_url.is_empty() {
        let file = settings.data_dir.join("minsheng.sqlite");
        settings.database_url = format!("sqlite://{}", file.display());
    }
    Ok(())
}

fn unknown(place: &str, key: &str, allowed: String) -> ConfigError {
    ConfigError::UnknownKey {
        place: place.to_owned(),
        key: key.to_owned(),
        allowed,
    }
}

fn is_section(name: &str) -> bool {
    name != LEPTOS && KEYS.iter().any(|key| key.section == name)
}

fn sections() -> String {
    let mut names: Vec<&str> = KEYS
        .iter()
        .map(|key| key.section)
        .filter(|it| *it != LEPTOS)
        .collect();
    names.dedup();
    names.join(", ")
}

/// A list is written in the environment with commas; a text without its quotes.
fn plain(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

/// A URL without what stands before its `@`, where user name and password are.
pub fn without_secret(url: &str) -> String {
    match (url.find("://"), url.rfind('@')) {
        (Some(scheme), Some(at)) if at > scheme => {
            format!("{}://…{}", &url[..scheme], &url[at..])
        }
        _ => url.to_owned(),
    }
}

/// A file of its own beside the configuration, as it is written.
///
/// # Errors
/// That it cannot be read, or is no such file, by its name.
pub(super) fn beside<T: DeserializeOwned>(path: &Path) -> Result<T, ConfigError> {
    let file = || path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|error| ConfigError::Unreadable {
        file: file(),
        reason: error.to_string(),
    })?;
    toml::from_str(&text).map_err(|error| ConfigError::Syntax {
        file: file(),
        reason: error.message().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(variables: &[(&str, &str)], file: &str) -> Result<Settings, ConfigError> {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let path = folder.path().join("test.toml");
        std::fs::write(&path, file).expect("the folder is writable");
        let mut all = BTreeMap::from([("HOME".to_owned(), "/home/somebody".to_owned())]);
        all.extend(
            variables
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        );
        load(&Source {
            file: Some(path),
            variables: all,
        })
    }

    #[test]
    fn defaults_need_no_file_and_lie_in_the_users_folder() {
        let settings = with(&[], "").expect("an empty file is allowed");
        assert_eq!(
            settings.data_dir,
            Path::new("/home/somebody/.local/share/minsheng")
        );
        assert_eq!(
            settings.database_url,
            "sqlite:///home/somebody/.local/share/minsheng/minsheng.sqlite"
        );
    }

    #[test]
    fn who_owns_the_tables_may_be_another_login() {
        let urls = "[database]\nurl = \"postgres://app@host/db\"\n";
        let owner = ("MINSHENG_DATABASE_OWNER_URL", "postgres://own@host/db");
        let settings = with(&[owner], urls).expect("good values");
        assert_eq!(settings.database_url, "postgres://app@host/db");
        assert_eq!(settings.as_owner().database_url, "postgres://own@host/db");
        let alone = with(&[], urls).expect("good values").as_owner();
        assert_eq!(alone.database_url, "postgres://app@host/db");
        let file = ("MINSHENG_DATABASE_OWNER_URL", "sqlite:///some/file");
        assert!(with(&[file], urls).is_err(), "a file has no owner");
    }

    #[test]
    fn environment_wins_over_file() {
        let file =
            "[[workspace.metadata.leptos]]\nsite-addr = \"127.0.0.1:1\"\n[web]\nbody-kb = 128\n";
        let settings = with(&[("LEPTOS_SITE_ADDR", "127.0.0.1:2")], file).expect("good values");
        assert_eq!(settings.site.addr.port(), 2);
        assert_eq!(settings.web.body_limit, 128 << 10);
    }

    #[test]
    fn unknown_keys_and_bad_values_stop_the_start_with_words() {
        let said =
            |outcome: Result<Settings, ConfigError>| outcome.expect_err("refused").to_string();
        let text = said(with(&[], "[web]\nbody-kib = 3\n"));
        assert!(
            text.contains("there is no key body-kib") && text.contains("body-kb"),
            "{text}"
        );
        let text = said(with(&[], "[wep]\n"));
        assert!(
            text.contains("no key wep") && text.contains("web"),
            "{text}"
        );
        let text = said(with(&[("MINSHENG_DATABSE_URL", "x")], ""));
        assert!(
            text.contains("MINSHENG_DATABSE_URL") && text.contains("MINSHENG_DATABASE_URL"),
            "{text}"
        );
        let text = said(with(&[("MINSHENG_WEB_BODY_KB", "much")], ""));
        assert!(
            text.contains("\"much\"") && text.contains("64 to 4096"),
            "{text}"
        );
        let text = said(with(
            &[("MINSHENG_DATABASE_URL", "mysql://me:secret@host/x")],
            "",
        ));
        assert!(
            text.contains("sqlite:///") && !text.contains("secret"),
            "{text}"
        );
    }

    #[test]
    fn every_key_takes_a_value_from_its_variable() {
        for key in KEYS {
            let outcome = with(&[(key.variable, "\0")], "");
            assert!(outcome.is_err(), "{} takes anything", key.variable);
        }
    }
}
