//! House rules that no compiler knows: who may import whom, sizes, headers, unfinished work, equal keys.
//! Each rule is one check; a finding names file, line and what to do.
//! Read next: `arrows.rs` (imports), `sizes.rs`, `words.rs`, `keys.rs`.

mod arrows;
mod keys;
mod scopes;
mod sizes;
pub mod trials;
mod unused;
mod verb_list;
mod verbs;
mod words;

use super::Work;
use crate::{
    report::Tally,
    shell::{append, ask},
};
use anyhow::{Context, Result};
use serde_json::Value;
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};

/// The repository's text files and the workspace as cargo sees it.
pub struct Tree {
    /// The checkout.
    root: PathBuf,
    files: Vec<Source>,
    metadata: Value,
}

/// One text file.
pub struct Source {
    /// Path below the checkout, with `/`.
    path: String,
    text: String,
}

type Rule = (&'static str, fn(&Tree) -> Vec<String>);

const RULES: [Rule; 20] = [
    ("imports go down", arrows::packages),
    ("foreign libraries stay in their layer", arrows::libraries),
    ("every dependency is used", unused::dependencies),
    (
        "shared and bpmn do no IO, read no clock, make no id",
        arrows::purity,
    ),
    ("dates are moved by checked arithmetic", words::dates),
    ("files under 600 lines", sizes::files),
    ("folders of at most 20 files", sizes::folders),
    ("a verb is named in few files", verbs::places),
    ("what each verb costs is told", verb_list::stands),
    ("everything is reached by jobs only", scopes::everything),
    ("division codes are cut by their type", scopes::cuts),
    ("every module has a header", words::headers),
    ("nothing unfinished", words::unfinished),
    ("no paths of one machine", words::machine_paths),
    ("every allow has a reason", words::allows),
    ("modules have telling names", words::names),
    ("Leptos.toml equals the build keys", keys::leptos),
    ("npm packages are pinned", keys::npm),
    ("requirements have trials", trials::requirements),
    ("attacks have trials", trials::attacks),
];

/// Runs all rules and writes the findings to the log.
pub fn run(work: &mut Work, log: &Path) -> Result<Tally> {
    let tree = Tree::read(&work.paths.root)?;
    let mut out = append(log)?;
    let mut tally = Tally::default();
    for (name, rule) in RULES {
        let findings = rule(&tree);
        tally += Tally::one(findings.is_empty());
        if !findings.is_empty() {
            writeln!(out, "{name}:")?;
            for finding in findings {
                writeln!(out, "  {finding}")?;
            }
        }
    }
    Ok(tally)
}

/// The list of verbs with what each costs, as the code has it.
pub fn verb_list(root: &Path) -> Result<String> {
    Ok(verb_list::page(&Tree::read(root)?))
}

impl Tree {
    fn read(root: &Path) -> Result<Self> {
        let mut metadata = Command::new("cargo");
        metadata
            .args(["metadata", "--no-deps", "--format-version", "1"])
            .current_dir(root);
        let text = ask(&mut metadata)
            .context("`cargo metadata` fails: is every Cargo.toml well formed?")?;
        let mut tree = Self {
            root: root.to_path_buf(),
            files: Vec::new(),
            metadata: serde_json::from_str(&text)?,
        };
        tree.walk(root)?;
        tree.files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(tree)
    }

    fn walk(&mut self, folder: &Path) -> Result<()> {
        const TEXT: [&str; 14] = [
            "rs", "toml", "md", "ts", "css", "js", "json", "html", "sql", "bpmn", "svg", "yml",
            "sh", "snap",
        ];
        const OUTSIDE: [&str; 5] = [
            "target",
            "node_modules",
            ".git",
            "test-results",
            "playwright-report",
        ];
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            if path.is_dir() {
                if !OUTSIDE.contains(&name.as_str()) {
                    self.walk(&path)?;
                }
                continue;
            }
            let known = path
                .extension()
                .is_some_and(|end| TEXT.iter().any(|text| end == *text));
            if !known && name != "run" {
                continue;
            }
            if let Ok(text) = fs::read_to_string(&path) {
                let below = path
                    .strip_prefix(&self.root)?
                    .to_string_lossy()
                    .replace('\\', "/");
                self.files.push(Source { path: below, text });
            }
        }
        Ok(())
    }

    fn rust(&self) -> impl Iterator<Item = &Source> {
        self.files.iter().filter(|file| has_end(&file.path, "rs"))
    }

    fn file(&self, path: &str) -> Option<&Source> {
        self.files.iter().find(|file| file.path == path)
    }
}

fn has_end(path: &str, end: &str) -> bool {
    Path::new(path)
        .extension()
        .is_some_and(|found| found == end)
}

#[cfg(test)]
fn tree_of(files: &[(&str, &str)]) -> Tree {
    let files = files.iter().map(|(path, text)| Source {
        path: (*path).into(),
        text: (*text).into(),
    });
    Tree {
        root: PathBuf::new(),
        files: files.collect(),
        metadata: Value::Null,
    }
}
