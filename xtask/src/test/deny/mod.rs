//! The rules of `deny.toml` on every library of the lockfile: licences, bans, sources, and known holes where a list of them is given.
//! The file is the one that cargo-deny reads; that tool itself would cost a cold run some 250 crates more, so its rules are read here.
//! Read next: `rules.rs` (what the file may say), `advisories.rs`.

mod advisories;
mod rules;

use super::Work;
use crate::{
    report::Tally,
    shell::{append, ask},
};
use anyhow::{Context, Result};
use rules::Rules;
use serde_json::Value;
use std::{collections::BTreeSet, fs, io::Write, path::Path, process::Command};

/// Folder with a copy of the RustSec list of known holes; without it that check is skipped and says so.
const ADVISORIES: &str = "MINSHENG_ADVISORIES";

/// A library as the lockfile fixes it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Library {
    name: String,
    version: semver::Version,
    /// The licence as an SPDX expression.
    licence: Option<String>,
    /// Where it comes from; none for our own packages.
    source: Option<String>,
    /// What it asks for, each with the version it names.
    asks: Vec<(String, String)>,
}

/// Reads rules and libraries, and writes what does not fit to the log.
pub fn run(work: &mut Work, log: &Path) -> Result<Tally> {
    let root = &work.paths.root;
    let text = fs::read_to_string(root.join("deny.toml")).context("deny.toml")?;
    let rules = Rules::read(&text)?;
    let libraries = libraries(root, &rules.targets)?;
    let mut out = append(log)?;
    let mut tally = Tally::default();
    for (name, findings) in [
        ("licences", rules.licences(&libraries)),
        ("bans", rules.bans(&libraries)),
        ("sources", rules.sources(&libraries)),
    ] {
        say(&mut out, name, &findings)?;
        tally += Tally::one(findings.is_empty());
    }
    match std::env::var_os(ADVISORIES) {
        Some(folder) => {
            let findings = advisories::check(Path::new(&folder), &rules.ignored, &libraries)?;
            say(&mut out, "advisories", &findings)?;
            tally += Tally::one(findings.is_empty());
        }
        None => writeln!(
            out,
            "advisories: not looked at, {ADVISORIES} names no folder"
        )?,
    }
    Ok(tally)
}

fn say(out: &mut fs::File, name: &str, findings: &[String]) -> Result<()> {
    if !findings.is_empty() {
        writeln!(out, "{name}:")?;
    }
    for finding in findings {
        writeln!(out, "  {finding}")?;
    }
    Ok(())
}

/// Everything that is compiled for one of the targets.
fn libraries(root: &Path, targets: &[String]) -> Result<Vec<Library>> {
    let mut metadata = Command::new("cargo");
    metadata
        .args(["metadata", "--locked", "--format-version", "1"])
        .current_dir(root);
    for target in targets {
        metadata.args(["--filter-platform", target]);
    }
    let text = ask(&mut metadata)
        .context("`cargo metadata --locked` fails: does Cargo.lock fit the manifests?")?;
    read(&serde_json::from_str(&text)?)
}

fn read(metadata: &Value) -> Result<Vec<Library>> {
    let nodes = metadata["resolve"]["nodes"].as_array();
    let compiled: BTreeSet<&str> = nodes
        .into_iter()
        .flatten()
        .filter_map(|node| node["id"].as_str())
        .collect();
    let packages = metadata["packages"].as_array();
    packages
        .into_iter()
        .flatten()
        .filter(|package| {
            package["id"]
                .as_str()
                .is_some_and(|id| compiled.contains(id))
        })
        .map(library)
        .collect()
}

fn library(package: &Value) -> Result<Library> {
    let word = |value: &Value| value.as_str().map(str::to_owned);
    let name = word(&package["name"]).context("a package without a name")?;
    let version = package["version"].as_str().unwrap_or_default();
    let asks = package["dependencies"].as_array();
    let asks = asks.into_iter().flatten();
    Ok(Library {
        version: version
            .parse()
            .with_context(|| format!("version {version} of {name}"))?,
        name,
        licence: word(&package["license"]),
        source: word(&package["source"]),
        asks: asks
            .filter(|dependency| dependency["path"].is_null())
            .filter_map(|dependency| Some((word(&dependency["name"])?, word(&dependency["req"])?)))
            .collect(),
    })
}

#[cfg(test)]
fn some(name: &str, version: &str) -> Library {
    Library {
        name: name.to_owned(),
        version: version.parse().expect("a version"),
        licence: Some("MIT".to_owned()),
        source: Some("registry+one".to_owned()),
        asks: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_is_compiled_counts() {
        let metadata = json!({
            "packages": [
                {"id": "a 1", "name": "a", "version": "1.0.0", "license": "MIT", "source": null,
                 "dependencies": [{"name": "b", "req": "^1", "path": null}, {"name": "own", "req": "*", "path": "own"}]},
                {"id": "w 1", "name": "windows", "version": "1.0.0", "license": "MIT", "source": null, "dependencies": []},
            ],
            "resolve": {"nodes": [{"id": "a 1"}]},
        });
        let read = read(&metadata).expect("read");
        assert_eq!(read.len(), 1);
        assert_eq!(read[0].asks, [("b".to_owned(), "^1".to_owned())]);
    }
}
