//! Papers that say which trial shows what: every trial that they name is there, no row is empty, and the page is that of its data.
//! What they look at: `docs/assurance.toml` with its page, and `docs/security-trials.md`.
//! Read next: `server/tests/it/security`, whose files are named there.

use super::{Tree, has_end};
use anyhow::{Context, Result};
use serde::Deserialize;
use std::fmt::Write as _;

/// Requirements with their trials.
pub const DATA: &str = "docs/assurance.toml";
const PAGE: &str = "docs/assurance.md";
const ATTACKS: &str = "docs/security-trials.md";
/// Where a file of each attack lies.
const HOME: &str = "server/tests/it/security/";
/// How many attacks and pitfalls there are.
const IDS: [(char, u32); 2] = [('X', 26), ('P', 32)];

/// The sets of requirements, with their titles.
const SETS: [(&str, &str); 4] = [
    ("asvs", "OWASP ASVS 5.0, level 2"),
    ("mlps", "等保 2.0 三级 (GB/T 22239-2019, 8.1.4)"),
    ("person", "个人信息 (GB/T 35273-2020)"),
    ("crypto", "密码应用 (GB/T 39786-2021, level 3, 8.4)"),
];

const HEAD: &str = "\
# What is asked, and what shows it

Made of `assurance.toml` by `cargo xtask assurance`; what is asked is said in our own words, and no replacement of the texts themselves. A row names
trials, or says why there is none. `cargo xtask test tidy` fails when a trial that is named here does not exist, or a row is empty.
";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Paper {
    row: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    set: String,
    id: String,
    asks: String,
    #[serde(default)]
    trials: Vec<String>,
    #[serde(default)]
    reason: String,
}

impl Row {
    fn shown(&self) -> String {
        let trials = self.trials.iter().map(|trial| format!("`{trial}`"));
        let said = Some(self.reason.clone()).filter(|reason| !reason.is_empty());
        trials.chain(said).collect::<Vec<_>>().join("; ")
    }
}

/// The page of the data.
pub fn page(text: &str) -> Result<String> {
    let paper: Paper = toml::from_str(text).context(DATA)?;
    let mut page = HEAD.to_owned();
    for (set, title) in SETS {
        let rows: Vec<&Row> = paper.row.iter().filter(|row| row.set == set).collect();
        let tried = rows.iter().filter(|row| !row.trials.is_empty()).count();
        let others = rows.len() - tried;
        write!(
            page,
            "\n## {title}\n\n{tried} rows with a trial, {others} with a reason alone.\n\n\
             | Id | What is asked, in our words | What shows it |\n|---|---|---|\n"
        )?;
        for row in rows {
            writeln!(page, "| {} | {} | {} |", row.id, row.asks, row.shown())?;
        }
    }
    Ok(page)
}

/// Every requirement has a trial that is there, or a reason, and the page says so.
pub fn requirements(tree: &Tree) -> Vec<String> {
    let Some(data) = tree.file(DATA) else {
        return vec![format!("{DATA} is missing")];
    };
    let paper: Paper = match toml::from_str(&data.text) {
        Ok(paper) => paper,
        Err(error) => return vec![format!("{DATA}: {error}")],
    };
    let mut findings = Vec::new();
    for row in &paper.row {
        let name = format!("{DATA}: {} {}", row.set, row.id);
        if row.asks.is_empty() || row.shown().is_empty() {
            findings.push(format!("{name} says nothing"));
        }
        if !SETS.iter().any(|(set, _)| *set == row.set) {
            findings.push(format!("{name} is of no set"));
        }
        let lost = row.trials.iter().filter(|trial| !is_there(tree, trial));
        findings.extend(lost.map(|trial| format!("{name}: there is no {trial}")));
    }
    let page = page(&data.text).unwrap_or_default();
    if tree.file(PAGE).is_none_or(|file| file.text != page) {
        findings.push(format!("{PAGE} is stale: cargo xtask assurance > {PAGE}"));
    }
    findings
}

/// Every attack and every pitfall has a row with a trial that is there, or a reason.
pub fn attacks(tree: &Tree) -> Vec<String> {
    let Some(file) = tree.file(ATTACKS) else {
        return vec![format!("{ATTACKS} is missing")];
    };
    let mut findings = Vec::new();
    for (letter, count) in IDS {
        for number in 1..=count {
            let head = format!("| {letter}-{number:02} |");
            let row = file.text.lines().find(|line| line.starts_with(&head));
            let said = row.and_then(|row| row.trim_end_matches('|').rsplit('|').next());
            if said.is_none_or(|said| said.trim().is_empty()) {
                findings.push(format!("{ATTACKS}: {letter}-{number:02} says nothing"));
            }
        }
    }
    let words = file.text.split('`').skip(1).step_by(2);
    let lost = words.filter(|word| word.contains("::") && !is_there(tree, word));
    findings.extend(lost.map(|trial| format!("{ATTACKS}: there is no {trial}")));
    for source in tree.rust().filter(|file| file.path.starts_with(HOME)) {
        let name = source.path.rsplit('/').next().unwrap_or_default();
        let is_attack =
            name.starts_with('x') && name[1..].starts_with(|c: char| c.is_ascii_digit());
        if is_attack && !file.text.contains(&source.path) {
            findings.push(format!("{ATTACKS}: {} stands nowhere", source.path));
        }
    }
    findings
}

/// Whether a trial is there: a function of Rust, or the title of a journey.
fn is_there(tree: &Tree, trial: &str) -> bool {
    let Some((path, name)) = trial.split_once("::") else {
        return false;
    };
    let file = tree.file(path);
    file.is_some_and(|file| {
        if has_end(path, "rs") {
            file.text.contains(&format!("fn {name}("))
        } else {
            file.text.contains(name)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test::tidy::tree_of;

    const ROWS: &str = "[[row]]\nset = \"asvs\"\nid = \"1\"\nasks = \"words\"\ntrials = [\"a/b.rs::one\"]\n\
        [[row]]\nset = \"mlps\"\nid = \"2\"\nasks = \"words\"\nreason = \"none\"\n";

    #[test]
    fn a_lost_trial_and_a_stale_page_are_found() {
        let page = page(ROWS).expect("a page");
        assert!(page.contains("| 1 | words | `a/b.rs::one` |"), "{page}");
        let whole = [
            (DATA, ROWS),
            (PAGE, page.as_str()),
            ("a/b.rs", "fn one() {}"),
        ];
        assert_eq!(requirements(&tree_of(&whole)), Vec::<String>::new());
        let lost = [(DATA, ROWS), (PAGE, "old"), ("a/b.rs", "fn two() {}")];
        assert_eq!(requirements(&tree_of(&lost)).len(), 2);
        let empty = ROWS.replace("reason = \"none\"\n", "");
        assert_eq!(requirements(&tree_of(&[(DATA, empty.as_str())])).len(), 3);
    }

    #[test]
    fn every_attack_has_a_row() {
        let mut text = String::new();
        for (letter, count) in IDS {
            for number in 1..=count {
                text += &format!("| {letter}-{number:02} | what | `a/b.rs::one` |\n");
            }
        }
        let trial = ("a/b.rs", "fn one() {}");
        let whole = [(ATTACKS, text.as_str()), trial];
        assert_eq!(attacks(&tree_of(&whole)), Vec::<String>::new());
        let without = text.replace("| X-07 | what | `a/b.rs::one` |\n", "| X-07 | what |  |\n");
        assert_eq!(
            attacks(&tree_of(&[(ATTACKS, without.as_str()), trial])).len(),
            1
        );
        let file = format!("{HOME}data/x99_new.rs");
        let more = [
            (ATTACKS, text.as_str()),
            trial,
            (file.as_str(), "fn a() {}"),
        ];
        assert_eq!(attacks(&tree_of(&more)).len(), 1);
    }
}
