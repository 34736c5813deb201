//! The platforms that hear of our accounts by SCIM: a file of its own, named by `[platforms] file`.
//! Deliberately absent: what they are told (`services::scim::out`), tokens, which lie in files of their own.
//! Read next: `partners`, for programs that call us.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use serde::Deserialize;
use shared::access::PartnerCode;

use super::{ConfigError, source};

/// A platform that hears of our accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkedPlatform {
    /// Its code, as those of partners.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// Address below which `Users` lies.
    pub url: String,
    /// The file that holds its token.
    pub token_file: PathBuf,
    /// Sign-in name of who answers for it here.
    pub owner: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    platform: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Written {
    code: String,
    name: String,
    kind: String,
    url: String,
    token_file: PathBuf,
    owner: String,
}

/// Reads the file.
///
/// # Errors
/// The first thing in it that is not allowed, by name.
pub(super) fn read(path: &Path) -> Result<Vec<LinkedPlatform>, ConfigError> {
    let file = path.display().to_string();
    let written: File = source::beside(path)?;
    let mut taken = BTreeSet::new();
    let mut all = Vec::new();
    for one in written.platform {
        let wrong = |key: &str, value: &str, allowed: &str| ConfigError::BadValue {
            place: format!("{file}, platform {:?}", one.code),
            key: key.to_owned(),
            value: value.to_owned(),
            allowed: allowed.to_owned(),
        };
        if PartnerCode::parse(&one.code).is_none() || !taken.insert(one.code.clone()) {
            let allowed = "2 to 32 small letters, digits and hyphens, once";
            return Err(wrong("code", &one.code, allowed));
        }
        if one.kind != "scim" {
            return Err(wrong("kind", &one.kind, "scim"));
        }
        for (key, value) in [("name", &one.name), ("owner", &one.owner)] {
            if value.trim().is_empty() || value.chars().count() > 60 {
                return Err(wrong(key, value, "1 to 60 characters"));
            }
        }
        if !one.token_file.is_absolute() {
            let shown = one.token_file.display().to_string();
            return Err(wrong("token-file", &shown, "an absolute path of a file"));
        }
        all.push(LinkedPlatform {
            code: one.code,
            name: one.name,
            url: one.url,
            token_file: one.token_file,
            owner: one.owner.trim().to_lowercase(),
        });
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(text: &str) -> Result<Vec<LinkedPlatform>, String> {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let path = folder.path().join("platforms.toml");
        std::fs::write(&path, text).expect("the folder is writable");
        read(&path).map_err(|error| error.to_string())
    }

    fn one(code: &str, kind: &str, token: &str) -> String {
        format!(
            "[[platform]]\ncode = \"{code}\"\nname = \"协同办公\"\nkind = \"{kind}\"\nurl = \"https://oa.example.cn/scim/v2\"\ntoken-file = \"{token}\"\nowner = \"Root\"\n"
        )
    }

    #[test]
    fn platforms_are_read_and_what_is_not_allowed_stops_the_start_by_name() {
        let all = with(&one("oa", "scim", "/etc/minsheng/oa")).expect("a good file");
        assert_eq!(
            (all[0].code.as_str(), all[0].owner.as_str()),
            ("oa", "root")
        );
        let twice = one("oa", "scim", "/t") + &one("oa", "scim", "/t");
        for (file, told) in [
            (one("OA", "scim", "/t"), "code is \"OA\""),
            (twice, "once"),
            (one("oa", "ldap", "/t"), "kind is \"ldap\""),
            (one("oa", "scim", "t"), "token-file"),
            ("[[platform]]\ntoken = \"x\"\n".to_owned(), "unknown field"),
        ] {
            let error = with(&file).expect_err(&file);
            assert!(error.contains(told), "{told}: {error}");
        }
        assert_eq!(with(""), Ok(Vec::new()));
    }
}
