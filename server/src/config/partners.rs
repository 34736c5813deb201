//! The partners whose programs may call: a file of its own, named by `[partners] file`, since each has a token, networks and an account.
//! Deliberately absent: what they may (their account's roles, inside `shared::access`), how a call is known (`web::rest::partner`).
//! The file holds digests of tokens, never a token.

use std::{collections::BTreeSet, path::Path};

use aws_lc_rs::digest::{SHA256, digest};
use ipnet::IpNet;
use serde::Deserialize;
use shared::access::PartnerCode;

use super::{ConfigError, source};

/// A partner's program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partner {
    /// By which history, audit and keys name it.
    pub code: PartnerCode,
    /// Sign-in name of the account under which it works; whoever is responsible for the partner looks after it.
    pub account: String,
    /// SHA-256 of its token.
    pub token: Vec<u8>,
    /// From where it calls.
    pub networks: Vec<IpNet>,
}

impl Partner {
    /// The one of them that this token belongs to. Compared are digests, so that the time it takes tells nothing of a token.
    pub fn known<'p>(all: &'p [Self], token: &str) -> Option<&'p Self> {
        let shown = digest(&SHA256, token.as_bytes());
        all.iter().find(|partner| partner.token == shown.as_ref())
    }

    /// Whether it may call from there.
    pub fn calls_from(&self, ip: std::net::IpAddr) -> bool {
        let ip = ip.to_canonical();
        self.networks.iter().any(|network| network.contains(&ip))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    partner: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Written {
    code: String,
    account: String,
    token_sha256: String,
    networks: Vec<String>,
}

/// Reads the file.
///
/// # Errors
/// The first thing in it that is not allowed, by name.
pub(super) fn read(path: &Path) -> Result<Vec<Partner>, ConfigError> {
    let file = path.display().to_string();
    let written: File = source::beside(path)?;
    let mut taken = BTreeSet::new();
    let mut all = Vec::new();
    for one in &written.partner {
        let partner = partner(one).map_err(|wrong| wrong.at(&file, one))?;
        let names = [
            format!("code {}", partner.code),
            format!("account {}", partner.account),
            format!("token-sha256 {}", hex::encode(&partner.token)),
        ];
        for name in names {
            if !taken.insert(name) {
                return Err(Wrong::new(
                    "partner",
                    &one.code,
                    "a code, an account and a token of its own",
                )
                .at(&file, one));
            }
        }
        all.push(partner);
    }
    Ok(all)
}

/// A value that is not allowed.
struct Wrong {
    key: &'static str,
    value: String,
    allowed: &'static str,
}

impl Wrong {
    fn new(key: &'static str, value: &str, allowed: &'static str) -> Self {
        Self {
            key,
            value: value.to_owned(),
            allowed,
        }
    }

    fn at(self, file: &str, partner: &Written) -> ConfigError {
        ConfigError::BadValue {
            place: format!("{file}, partner {:?}", partner.code),
            key: self.key.to_owned(),
            value: self.value,
            allowed: self.allowed.to_owned(),
        }
    }
}

fn partner(written: &Written) -> Result<Partner, Wrong> {
    let code = PartnerCode::parse(&written.code).ok_or_else(|| {
        let allowed = "2 to 32 small letters, digits and hyphens";
        Wrong::new("code", &written.code, allowed)
    })?;
    let account = written.account.trim().to_lowercase();
    if account.is_empty() {
        return Err(Wrong::new("account", "", "the sign-in name of an account"));
    }
    let token = hex::decode(&written.token_sha256)
        .ok()
        .filter(|token| token.len() == 32)
        // Whoever writes the token itself here is not shown it in the log as well.
        .ok_or_else(|| {
            Wrong::new(
                "token-sha256",
                "…",
                "the SHA-256 of the token, 64 hexadecimal digits",
            )
        })?;
    let network = |text: &String| {
        let one = || text.parse::<std::net::IpAddr>().ok().map(IpNet::from);
        let found = text.parse().ok().or_else(one);
        found.ok_or_else(|| {
            let allowed = "networks such as 10.20.0.0/16 or single addresses";
            Wrong::new("networks", text, allowed)
        })
    };
    let networks = written
        .networks
        .iter()
        .map(network)
        .collect::<Result<Vec<_>, _>>()?;
    if networks.is_empty() {
        return Err(Wrong::new("networks", "", "one network at least"));
    }
    Ok(Partner {
        code,
        account,
        token,
        networks,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HASH: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    fn with(text: &str) -> Result<Vec<Partner>, String> {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let path = folder.path().join("partners.toml");
        std::fs::write(&path, text).expect("the folder is writable");
        read(&path).map_err(|error| error.to_string())
    }

    fn one(code: &str, account: &str, hash: &str, networks: &str) -> String {
        format!(
            "[[partner]]\ncode = \"{code}\"\naccount = \"{account}\"\ntoken-sha256 = \"{hash}\"\nnetworks = {networks}\n"
        )
    }

    #[test]
    fn a_partner_is_known_by_its_token_and_its_networks() {
        let all = with(&one(
            "nj-water",
            "NJ-Water",
            HASH,
            "[\"10.20.0.0/16\", \"192.0.2.7\"]",
        ));
        let all = all.expect("a good file");
        let partner = Partner::known(&all, "test").expect("SHA-256 of test");
        assert_eq!(
            (partner.code.as_str(), partner.account.as_str()),
            ("nj-water", "nj-water")
        );
        assert!(Partner::known(&all, "Test").is_none() && Partner::known(&all, "").is_none());
        let from = |ip: &str| partner.calls_from(ip.parse().expect("an address"));
        assert!(from("10.20.3.4") && from("192.0.2.7") && from("::ffff:10.20.3.4"));
        assert!(!from("10.21.0.1") && !from("::1"));
    }

    #[test]
    fn what_is_not_allowed_stops_the_start_by_name() {
        let networks = "[\"10.0.0.0/8\"]";
        let other = "ab".repeat(32);
        let twice = |second: String| format!("{}{second}", one("one", "one", HASH, networks));
        for (file, told) in [
            (one("NJ", "one", HASH, networks), "code is \"NJ\""),
            (one("one", " ", HASH, networks), "account"),
            (
                one("one", "one", "test-token", networks),
                "token-sha256 is \"…\"",
            ),
            (one("one", "one", HASH, "[]"), "networks"),
            (
                one("one", "one", HASH, "[\"10.0.0\"]"),
                "networks is \"10.0.0\"",
            ),
            (twice(one("one", "two", &other, networks)), "of its own"),
            (twice(one("two", "one", &other, networks)), "of its own"),
            (twice(one("two", "two", HASH, networks)), "of its own"),
            (
                "[[partner]]\ncode = \"one\"\ntoken = \"x\"\n".to_owned(),
                "unknown field",
            ),
            ("partner = 1".to_owned(), "partners.toml"),
        ] {
            let error = with(&file).expect_err(&file);
            assert!(error.contains(told), "{told}: {error}");
            assert!(!error.contains("test-token"), "{error}");
        }
        assert_eq!(with(""), Ok(Vec::new()));
    }
}
