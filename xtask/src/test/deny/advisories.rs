//! Known holes: the files of a RustSec list, `crates/<name>/RUSTSEC-….md`, each with a block of TOML before its text.
//! A library that nobody tends any more is no hole: such notes are left out.
//! Read next: `mod.rs`, which says where the list comes from.

use super::Library;
use anyhow::{Context, Result, ensure};
use semver::VersionReq;
use serde::Deserialize;
use std::{fs, path::Path};

#[derive(Deserialize)]
struct Note {
    advisory: Advisory,
    #[serde(default)]
    versions: Versions,
}

#[derive(Deserialize)]
struct Advisory {
    id: String,
    withdrawn: Option<String>,
    informational: Option<String>,
}

#[derive(Default, Deserialize)]
struct Versions {
    #[serde(default)]
    patched: Vec<VersionReq>,
    #[serde(default)]
    unaffected: Vec<VersionReq>,
}

/// Libraries with a known hole that is not on the list of those that do not concern us.
pub fn check(folder: &Path, ignored: &[String], libraries: &[Library]) -> Result<Vec<String>> {
    let crates = folder.join("crates");
    ensure!(
        crates.is_dir(),
        "{} has no folder `crates`: it is no list of advisories",
        folder.display()
    );
    let mut findings = Vec::new();
    for library in libraries.iter().filter(|library| library.source.is_some()) {
        let Ok(files) = fs::read_dir(crates.join(&library.name)) else {
            continue;
        };
        for file in files {
            let path = file?.path();
            let text = fs::read_to_string(&path)?;
            let note = note(&text).with_context(|| path.display().to_string())?;
            if note.concerns(library) && !ignored.contains(&note.advisory.id) {
                findings.push(format!(
                    "{} {}: {}",
                    library.name, library.version, note.advisory.id
                ));
            }
        }
    }
    Ok(findings)
}

fn note(text: &str) -> Result<Note> {
    let block = text
        .split_once("```toml")
        .and_then(|(_, rest)| rest.split_once("```"))
        .map(|(block, _)| block)
        .context("no block of TOML")?;
    Ok(toml::from_str(block)?)
}

impl Note {
    fn concerns(&self, library: &Library) -> bool {
        let safe = self
            .versions
            .patched
            .iter()
            .chain(&self.versions.unaffected);
        let is_hole = matches!(
            self.advisory.informational.as_deref(),
            None | Some("unsound")
        );
        is_hole
            && self.advisory.withdrawn.is_none()
            && !safe.into_iter().any(|safe| safe.matches(&library.version))
    }
}

#[cfg(test)]
mod tests {
    use super::super::some;
    use super::*;

    fn written(extra: &str, patched: &str) -> String {
        format!(
            "```toml\n[advisory]\nid = \"RUSTSEC-2020-0001\"\npackage = \"a\"\n{extra}\n[versions]\npatched = [{patched}]\n```\n# A hole\n"
        )
    }

    #[test]
    fn a_hole_concerns_what_is_not_mended() {
        let concerned =
            |text: &str, version: &str| note(text).expect("a note").concerns(&some("a", version));
        assert!(concerned(&written("", "\">= 1.2\""), "1.1.9"));
        assert!(!concerned(&written("", "\">= 1.2\""), "1.2.0"));
        assert!(concerned(&written("", ""), "9.0.0"));
        assert!(!concerned(
            &written("withdrawn = \"2021-01-01\"", ""),
            "1.0.0"
        ));
        assert!(!concerned(
            &written("informational = \"unmaintained\"", ""),
            "1.0.0"
        ));
        assert!(concerned(
            &written("informational = \"unsound\"", ""),
            "1.0.0"
        ));
    }

    #[test]
    fn the_list_is_read_from_its_folder() {
        let folder =
            std::env::temp_dir().join(format!("minsheng-advisories-{}", std::process::id()));
        fs::create_dir_all(folder.join("crates/a")).expect("a folder");
        fs::write(
            folder.join("crates/a/RUSTSEC-2020-0001.md"),
            written("", "\">= 2\""),
        )
        .expect("a file");
        let libraries = [some("a", "1.0.0"), some("b", "1.0.0")];
        let found = check(&folder, &[], &libraries);
        let ignored = check(&folder, &["RUSTSEC-2020-0001".to_owned()], &libraries);
        let empty = check(&folder.join("crates"), &[], &libraries);
        fs::remove_dir_all(&folder).expect("removed");
        assert_eq!(found.expect("read"), ["a 1.0.0: RUSTSEC-2020-0001"]);
        assert_eq!(ignored.expect("read"), Vec::<String>::new());
        assert!(empty.is_err());
    }
}
