//! Words in the text: module headers, marks of unfinished work, paths of one machine, lints switched off.
//! Words that people read in the product are checked where they live, in `shared/src/text`.
//! Read next: `arrows.rs`.

use super::{Source, Tree, has_end};

// Put together here, or this file would find itself.
const UNFINISHED: [&str; 3] = [
    concat!("TO", "DO"),
    concat!("unimplemented", "!("),
    concat!("todo", "!("),
];
const MACHINE: [&str; 5] = [
    concat!("/ro", "ot/"),
    concat!("/wo", "rk/main"),
    concat!("/wo", "rk/shared"),
    concat!("/Us", "ers/"),
    concat!("/tmp", "/t/"),
];
/// Its name is its meaning: words that several areas of the catalogue share.
const SHARED_WORDS: &str = "shared/src/text/common.rs";
const EMPTY_NAMES: [&str; 6] = ["utils", "util", "helpers", "common", "manager", "misc"];

/// A file of code begins with `//!`: what is here, what is not, where to read next.
pub fn headers(tree: &Tree) -> Vec<String> {
    let bare = tree.rust().filter(|file| !file.text.starts_with("//!"));
    bare.map(|file| format!("{}: no module header", file.path))
        .collect()
}

/// What is in the tree is finished; what is not belongs to the tracker.
pub fn unfinished(tree: &Tree) -> Vec<String> {
    let code = tree.files.iter().filter(|file| {
        ["rs", "ts", "css"]
            .iter()
            .any(|end| has_end(&file.path, end))
    });
    code.flat_map(|file| find(file, &UNFINISHED, "finish it or take it out"))
        .collect()
}

/// A path that exists on one machine helps nobody else.
pub fn machine_paths(tree: &Tree) -> Vec<String> {
    tree.files
        .iter()
        .flat_map(|file| find(file, &MACHINE, "is a path of one machine"))
        .collect()
}

/// `allow` needs a reason; better is `expect`, which says when it is no longer needed.
pub fn allows(tree: &Tree) -> Vec<String> {
    let mut findings = Vec::new();
    for file in tree.rust() {
        for (place, _) in file.text.match_indices(concat!("[al", "low(")) {
            let attribute = file.text[place..].split(")]").next().unwrap_or_default();
            if !attribute.contains("reason") {
                let line = file.text[..place].lines().count();
                findings.push(format!(
                    "{}:{line}: write #[expect(…, reason = \"…\")]",
                    file.path
                ));
            }
        }
    }
    findings
}

/// The operators of dates panic where the calendar ends, and a date may come from anybody.
pub fn dates(tree: &Tree) -> Vec<String> {
    let mut findings = Vec::new();
    for file in tree.rust() {
        for (number, line) in file.text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            let moved = ["Days", "Months", "TimeDelta"].iter().any(|unit| {
                ["+", "-", "+=", "-="].iter().any(|sign| {
                    code.contains(&format!("{sign} {unit}::"))
                        || code.contains(&format!("{sign} chrono::{unit}::"))
                })
            });
            if moved {
                let line = number + 1;
                findings.push(format!(
                    "{}:{line}: use checked_add_… or checked_sub_…",
                    file.path
                ));
            }
        }
    }
    findings
}

/// A name that fits everything says nothing.
pub fn names(tree: &Tree) -> Vec<String> {
    let empty = |file: &&Source| {
        let mut parts = file.path.split(['/', '.']);
        file.path != SHARED_WORDS && parts.any(|part| EMPTY_NAMES.contains(&part))
    };
    tree.rust()
        .filter(empty)
        .map(|file| format!("{}: name it by what it does", file.path))
        .collect()
}

fn find(file: &Source, words: &[&str], what: &str) -> Vec<String> {
    let mut findings = Vec::new();
    for (number, line) in file.text.lines().enumerate() {
        for word in words.iter().filter(|word| line.contains(*word)) {
            findings.push(format!("{}:{}: {word} {what}", file.path, number + 1));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test::tidy::tree_of;

    #[test]
    fn findings_name_file_and_line() {
        let text = format!("fn a() {{\n    {}\n}}\n", UNFINISHED[2]);
        let tree = tree_of(&[("app/src/a.rs", &text)]);
        assert_eq!(unfinished(&tree).len(), 1);
        assert!(unfinished(&tree)[0].starts_with("app/src/a.rs:2:"));
        assert_eq!(headers(&tree), ["app/src/a.rs: no module header"]);
    }

    #[test]
    fn an_allow_without_reason_is_found() {
        let open = concat!("#[al", "low(");
        let text = format!(
            "{open}dead_code)]\nfn a() {{}}\n{open}\n  dead_code,\n  reason = \"used on Windows\"\n)]\n"
        );
        assert_eq!(allows(&tree_of(&[("a.rs", &text)])).len(), 1);
    }

    #[test]
    fn empty_names_are_found_as_file_and_as_folder() {
        let tree = tree_of(&[
            ("app/src/utils.rs", ""),
            ("app/src/common/x.rs", ""),
            ("app/src/commons.rs", ""),
        ]);
        assert_eq!(names(&tree).len(), 2);
    }
}
