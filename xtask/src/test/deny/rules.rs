//! What `deny.toml` may say, and what libraries fail by it.
//! Only the keys that the file uses are known; an unknown one is an error, so that no rule stands there without effect.
//! Read next: `advisories.rs`, the rules that change each day.

use super::Library;
use anyhow::{Context, Result};
use semver::VersionReq;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The rules.
#[derive(Debug)]
pub struct Rules {
    /// Target triples that are built.
    pub targets: Vec<String>,
    /// Known holes that do not concern us, by their ids.
    pub ignored: Vec<String>,
    allowed: Vec<String>,
    denied: Vec<(String, VersionReq, String)>,
    is_wildcard_denied: bool,
    is_source_denied: bool,
    clarified: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Paper {
    graph: Graph,
    licenses: Licenses,
    bans: Bans,
    sources: Sources,
    #[serde(default)]
    advisories: Advisories,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Graph {
    targets: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Licenses {
    allow: Vec<String>,
    /// For cargo-deny, which also reads licence texts.
    #[serde(rename = "confidence-threshold")]
    _confidence_threshold: Option<f64>,
    #[serde(default)]
    clarify: Vec<Clarify>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Clarify {
    #[serde(rename = "crate")]
    name: String,
    expression: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Bans {
    wildcards: Verdict,
    /// Two versions of one library: told by `cargo tree --duplicates`, never failed.
    #[serde(rename = "multiple-versions")]
    _multiple_versions: Verdict,
    /// Our own packages name each other by path.
    #[serde(rename = "allow-wildcard-paths")]
    _allow_wildcard_paths: bool,
    deny: Vec<Denied>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Denied {
    #[serde(rename = "crate")]
    spec: String,
    reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Sources {
    unknown_registry: Verdict,
    unknown_git: Verdict,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Advisories {
    #[serde(default)]
    ignore: Vec<String>,
}

#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Verdict {
    Allow,
    Deny,
}

impl Rules {
    /// Reads the file.
    pub fn read(text: &str) -> Result<Self> {
        let paper: Paper = toml::from_str(text).context("deny.toml")?;
        let denied = paper.bans.deny.into_iter().map(|row| {
            // A name, or a name and the versions it concerns.
            let (name, versions) = row.spec.split_once(':').unwrap_or((&row.spec, "*"));
            let versions = versions
                .parse()
                .with_context(|| format!("deny.toml: {}", row.spec))?;
            Ok((name.to_owned(), versions, row.reason))
        });
        Ok(Self {
            targets: paper.graph.targets,
            ignored: paper.advisories.ignore,
            allowed: paper.licenses.allow,
            denied: denied.collect::<Result<_>>()?,
            is_wildcard_denied: paper.bans.wildcards == Verdict::Deny,
            is_source_denied: paper.sources.unknown_registry == Verdict::Deny
                || paper.sources.unknown_git == Verdict::Deny,
            clarified: paper
                .licenses
                .clarify
                .into_iter()
                .map(|row| (row.name, row.expression))
                .collect(),
        })
    }

    /// Each library may be had under an allowed licence.
    pub fn licences(&self, libraries: &[Library]) -> Vec<String> {
        let mut findings = Vec::new();
        for library in libraries {
            let Library { name, version, .. } = library;
            let said = self.clarified.get(name).or(library.licence.as_ref());
            let Some(said) = said else {
                findings.push(format!("{name} {version} names no licence"));
                continue;
            };
            match spdx::Expression::parse_mode(said, spdx::ParseMode::LAX) {
                Ok(expression) if expression.evaluate(|licence| self.is_allowed(licence)) => {}
                Ok(_) => findings.push(format!("{name} {version}: {said} is not allowed")),
                Err(error) => findings.push(format!("{name} {version}: {said}: {error}")),
            }
        }
        findings
    }

    fn is_allowed(&self, licence: &spdx::LicenseReq) -> bool {
        let written = licence.to_string();
        self.allowed.contains(&written)
    }

    /// No library that stands on the list, and none asked for in any version.
    pub fn bans(&self, libraries: &[Library]) -> Vec<String> {
        let mut findings = Vec::new();
        for library in libraries {
            let Library { name, version, .. } = library;
            for (_, _, reason) in self
                .denied
                .iter()
                .filter(|(denied, versions, _)| denied == name && versions.matches(version))
            {
                findings.push(format!("{name} {version}: {reason}"));
            }
            // What others ask for is their business; a registry takes no `*` anyway.
            let ours = library.source.is_none() && self.is_wildcard_denied;
            for (asked, _) in library.asks.iter().filter(|(_, req)| ours && req == "*") {
                findings.push(format!("{name} asks for any version of {asked}"));
            }
        }
        findings
    }

    /// Everything comes from one registry or from this checkout: the registry of most libraries.
    pub fn sources(&self, libraries: &[Library]) -> Vec<String> {
        let mut registries: BTreeMap<&str, usize> = BTreeMap::new();
        for source in libraries
            .iter()
            .filter_map(|library| library.source.as_deref())
            .filter(|source| source.starts_with("registry+"))
        {
            *registries.entry(source).or_default() += 1;
        }
        let known = registries
            .into_iter()
            .max_by_key(|(_, count)| *count)
            .map(|(source, _)| source);
        libraries
            .iter()
            .filter(|library| self.is_source_denied && library.source.is_some())
            .filter(|library| library.source.as_deref() != known)
            .map(|library| {
                let source = library.source.as_deref().unwrap_or_default();
                format!("{} {} comes from {source}", library.name, library.version)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::some;
    use super::*;

    const PAPER: &str = r#"
        [graph]
        targets = ["x86_64-unknown-linux-gnu"]
        [licenses]
        allow = ["MIT", "Apache-2.0 WITH LLVM-exception"]
        clarify = [{ crate = "ring", expression = "MIT" }]
        [bans]
        multiple-versions = "allow"
        wildcards = "deny"
        allow-wildcard-paths = true
        deny = [{ crate = "gloo-net:>=0.7", reason = "a second copy" }]
        [sources]
        unknown-registry = "deny"
        unknown-git = "deny"
    "#;

    fn rules() -> Rules {
        Rules::read(PAPER).expect("the rules")
    }

    #[test]
    fn a_licence_is_one_of_those_allowed() {
        let with = |name: &str, licence: Option<&str>| Library {
            licence: licence.map(str::to_owned),
            ..some(name, "1.0.0")
        };
        let fine = [
            with("a", Some("GPL-3.0 OR MIT")),
            with("b", Some("MIT/GPL-2.0")),
            with("c", Some("Apache-2.0 WITH LLVM-exception")),
            with("ring", None),
        ];
        assert_eq!(rules().licences(&fine), Vec::<String>::new());
        let poor = [
            with("a", Some("GPL-3.0 AND MIT")),
            with("b", Some("Apache-2.0")),
            with("c", None),
        ];
        assert_eq!(rules().licences(&poor).len(), 3);
    }

    #[test]
    fn bans_know_versions_and_sources_the_registry() {
        let libraries = [some("gloo-net", "0.6.0"), some("gloo-net", "0.7.1")];
        assert_eq!(rules().bans(&libraries), ["gloo-net 0.7.1: a second copy"]);
        let ours = Library {
            source: None,
            asks: vec![("serde".to_owned(), "*".to_owned())],
            ..some("own", "0.1.0")
        };
        assert_eq!(rules().bans(&[ours]), ["own asks for any version of serde"]);
        let strange = Library {
            source: Some("git+ssh://elsewhere".to_owned()),
            ..some("odd", "1.0.0")
        };
        let other = Library {
            source: Some("registry+https://another".to_owned()),
            ..some("far", "1.0.0")
        };
        let libraries = [some("a", "1.0.0"), some("b", "1.0.0"), strange, other];
        assert_eq!(
            rules().sources(&libraries),
            [
                "odd 1.0.0 comes from git+ssh://elsewhere",
                "far 1.0.0 comes from registry+https://another"
            ]
        );
    }

    #[test]
    fn a_rule_without_effect_is_an_error() {
        assert!(Rules::read(&PAPER.replace("wildcards", "wild-cards")).is_err());
    }
}
