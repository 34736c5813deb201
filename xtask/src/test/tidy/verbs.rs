//! How many files a verb of a ticket is named in: what follows from its descriptor is written nowhere else, and stays so.
//! Not counted: the register, tests, the demo's script.
//! Read next: `docs/adding.md`, which lists the files that a new verb touches.

use super::Tree;

/// Where the verbs are registered.
const REGISTER: &str = "shared/src/ticket/verbs/mod.rs";
/// Verbs of which everything by hand is counted, with the register and the story: the measure of what a verb costs.
const MEASURED: [&str; 2] = ["Extend", "RuleExtension"];
/// Files by hand of each of these at most, as `docs/adding.md` lists them.
const BY_HAND: usize = 8;
/// Files that name a verb. The plainest are named in four; those with a citizen's entrance beside the staff's in most.
const MOST: usize = 9;

/// A verb is named in few files.
pub fn places(tree: &Tree) -> Vec<String> {
    let Some(register) = tree.file(REGISTER) else {
        return vec![format!("{REGISTER} is not there")];
    };
    let verbs = registered(&register.text);
    if verbs.is_empty() {
        return vec![format!("{REGISTER}: no verb is registered")];
    }
    let too_many = |verb: &&str| {
        let files = naming(tree, verb);
        (files.len() > MOST).then(|| {
            format!(
                "{verb} is named in {} files, {MOST} are enough: {}",
                files.len(),
                files.join(", ")
            )
        })
    };
    let mut found: Vec<String> = verbs.iter().filter_map(too_many).collect();
    let measured = verbs.iter().filter(|verb| MEASURED.contains(verb));
    found.extend(measured.filter_map(|verb| costs(tree, verb)));
    found
}

/// A measured verb that takes more files by hand than the list has: those that are counted of every verb, and beside them the register, the
/// story, and the line of its module or the task of its process.
fn costs(tree: &Tree, verb: &str) -> Option<String> {
    let files = naming(tree, verb);
    let by_hand = files.len() + 3;
    (by_hand > BY_HAND).then(|| {
        let files = files.join(", ");
        format!("{verb} takes {by_hand} files by hand, {BY_HAND} are enough: the register, its story, its module or task, {files}")
    })
}

/// The names in the lines `file Name,` of the register.
fn registered(text: &str) -> Vec<&str> {
    let Some((_, list)) = text.split_once("\nverbs! {\n") else {
        return Vec::new();
    };
    let list = list.split("\n}").next().unwrap_or_default();
    list.lines()
        .filter_map(|line| line.trim().strip_suffix(',')?.split_once(' '))
        .map(|(_, name)| name)
        .collect()
}

fn naming<'t>(tree: &'t Tree, verb: &str) -> Vec<&'t str> {
    let counts = |path: &str| {
        path != REGISTER
            && !path.contains("/tests/")
            && !path.ends_with("/tests.rs")
            && !path.contains("/demo/")
    };
    let named = |text: &str| {
        let marks = [
            format!("Verb::{verb}"),
            format!("V::{verb}"),
            format!(" for {verb} "),
        ];
        marks.iter().any(|mark| {
            text.match_indices(mark.as_str()).any(|(place, _)| {
                let next = text[place + mark.len()..].chars().next();
                mark.ends_with(' ') || !next.is_some_and(|c| c.is_alphanumeric() || c == '_')
            })
        })
    };
    tree.rust()
        .filter(|file| counts(&file.path) && !file.path.contains("approval") && named(&file.text))
        .map(|file| file.path.as_str())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test::tidy::tree_of;

    #[test]
    fn a_verb_that_spreads_is_found() {
        let register = (
            REGISTER,
            "x\nverbs! {\n    sign Sign,\n    ;\n    rate Rate,\n}\n",
        );
        let files: Vec<(String, &str)> = (0..=MOST)
            .map(|n| (format!("app/src/{n}.rs"), "Verb::Sign"))
            .collect();
        let mut all: Vec<(&str, &str)> = files
            .iter()
            .map(|(path, text)| (path.as_str(), *text))
            .collect();
        all.push(register);
        assert_eq!(places(&tree_of(&all)).len(), 1);
        all.remove(0);
        all.push(("app/src/other.rs", "Verb::Signed"));
        all.push(("app/tests/it/sign.rs", "Verb::Sign"));
        assert_eq!(places(&tree_of(&all)), Vec::<String>::new());
    }

    #[test]
    fn a_measured_verb_has_eight_files() {
        let register = (
            REGISTER,
            "x\nverbs! {\n    extend Extend,\n    ;\n    rate Rate,\n}\n",
        );
        let files: Vec<(String, &str)> = (0..BY_HAND - 2)
            .map(|n| (format!("app/src/{n}.rs"), "Verb::Extend"))
            .collect();
        let mut all: Vec<(&str, &str)> = files
            .iter()
            .map(|(path, text)| (path.as_str(), *text))
            .collect();
        all.push(register);
        assert_eq!(places(&tree_of(&all)).len(), 1);
        all.remove(0);
        assert_eq!(places(&tree_of(&all)), Vec::<String>::new());
    }
}
