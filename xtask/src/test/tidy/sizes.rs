//! Sizes at which a file or a folder can no longer be seen at one glance.
//! Data (tables of places, holidays, words in JSON or CSV) has no limit here.
//! Read next: ARCHITECTURE.md, "Sizes".

use super::{Tree, has_end};
use std::collections::BTreeMap;

const MOST_LINES: usize = 600;
const MOST_FILES: usize = 20;
const CODE: [&str; 4] = ["rs", "ts", "css", "js"];

/// Code files have fewer than 600 lines.
pub fn files(tree: &Tree) -> Vec<String> {
    let code = tree
        .files
        .iter()
        .filter(|file| CODE.iter().any(|end| has_end(&file.path, end)));
    let long = code
        .map(|file| (file, file.text.lines().count()))
        .filter(|(_, lines)| *lines >= MOST_LINES);
    long.map(|(file, lines)| format!("{}: {lines} lines, split it by meaning", file.path))
        .collect()
}

/// Folders of code have at most 20 files.
pub fn folders(tree: &Tree) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for file in tree
        .files
        .iter()
        .filter(|file| CODE.iter().any(|end| has_end(&file.path, end)))
    {
        let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        *counts.entry(folder).or_default() += 1;
    }
    let full = counts.into_iter().filter(|(_, count)| *count > MOST_FILES);
    full.map(|(folder, count)| format!("{folder}: {count} files, make folders by meaning"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test::tidy::tree_of;

    #[test]
    fn the_limit_is_600_lines() {
        let (fits, long) = ("x\n".repeat(599), "x\n".repeat(600));
        let tree = tree_of(&[("a.rs", &fits), ("b.rs", &long), ("c.json", &long)]);
        assert_eq!(files(&tree), ["b.rs: 600 lines, split it by meaning"]);
    }

    #[test]
    fn the_21st_file_of_a_folder_is_too_much() {
        let names: Vec<String> = (0..21).map(|n| format!("app/src/f{n}.rs")).collect();
        let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
        assert_eq!(folders(&tree_of(&files)).len(), 1);
        assert!(folders(&tree_of(&files[..20])).is_empty());
    }
}
