//! How many files a verb is named in: what follows from its descriptor is written nowhere else, and stays so.
//! Not counted: the register, tests, the demo's script.
//! Read next: `verb_list.rs`, the list of all; `docs/adding.md`, which lists the files that a new verb touches.

use super::Tree;

/// A kind whose verbs are counted.
struct Kind {
    /// Where its verbs are registered.
    register: &'static str,
    /// How code names a verb of it, but for the verb's own name.
    marks: &'static [&'static str],
    /// Whether a file may name a verb of it.
    is_its: fn(&str) -> bool,
    /// Files that name a verb, at most.
    most: usize,
}

/// The plainest verbs are named in four files; of tickets those with a citizen's entrance beside the staff's in most, of approvals those whose
/// button decides what else a page shows.
const KINDS: [Kind; 2] = [
    Kind {
        register: "shared/src/ticket/verbs/mod.rs",
        marks: &["Verb::", "V::"],
        is_its: |path| !path.contains("approval"),
        most: 9,
    },
    Kind {
        register: "shared/src/approval/verbs/mod.rs",
        marks: &["ApprovalVerb::", "V::", "A::"],
        is_its: |path| path.contains("approval") || path.contains("/rest/"),
        most: 7,
    },
];
/// Verbs of tickets of which everything by hand is counted, with the register and the story: the measure of what a verb costs.
const MEASURED: [&str; 2] = ["Extend", "RuleExtension"];
/// Files by hand of each of these at most, as `docs/adding.md` lists them.
const BY_HAND: usize = 8;

/// A verb of tickets with the files that name it.
pub struct Cost<'t> {
    /// Its name in code.
    pub verb: &'t str,
    /// Below the checkout.
    pub files: Vec<&'t str>,
}

impl Cost<'_> {
    /// Those files, and beside them the register, the story, and the line of its module or the task of its process.
    pub fn by_hand(&self) -> usize {
        self.files.len() + 3
    }

    /// Whether that is more than what is enough.
    pub fn is_much(&self) -> bool {
        self.by_hand() > BY_HAND
    }
}

/// What every verb of tickets costs, in the order of the register.
pub fn of_tickets(tree: &Tree) -> Vec<Cost<'_>> {
    let kind = &KINDS[0];
    let Some(register) = tree.file(kind.register) else {
        return Vec::new();
    };
    let of = |verb| Cost {
        verb,
        files: naming(tree, kind, verb),
    };
    registered(&register.text).into_iter().map(of).collect()
}

/// A verb is named in few files.
pub fn places(tree: &Tree) -> Vec<String> {
    KINDS.iter().flat_map(|kind| of_kind(tree, kind)).collect()
}

fn of_kind(tree: &Tree, kind: &Kind) -> Vec<String> {
    let Some(register) = tree.file(kind.register) else {
        return vec![format!("{} is not there", kind.register)];
    };
    let verbs = registered(&register.text);
    if verbs.is_empty() {
        return vec![format!("{}: no verb is registered", kind.register)];
    }
    let too_many = |verb: &&str| {
        let files = naming(tree, kind, verb);
        (files.len() > kind.most).then(|| {
            format!(
                "{verb} is named in {} files, {} are enough: {}",
                files.len(),
                kind.most,
                files.join(", ")
            )
        })
    };
    let mut found: Vec<String> = verbs.iter().filter_map(too_many).collect();
    let measured = verbs.iter().filter(|verb| MEASURED.contains(verb));
    found.extend(measured.filter_map(|verb| costs(tree, kind, verb)));
    found
}

/// A measured verb that takes more files by hand than the list has: those that are counted of every verb, and beside them the register, the
/// story, and the line of its module or the task of its process.
fn costs(tree: &Tree, kind: &Kind, verb: &str) -> Option<String> {
    let files = naming(tree, kind, verb);
    let cost = Cost { verb, files };
    cost.is_much().then(|| {
        let (by_hand, files) = (cost.by_hand(), cost.files.join(", "));
        format!("{verb} takes {by_hand} files by hand, {BY_HAND} are enough: the register, its story, its module or task, {files}")
    })
}

/// The names in the lines `file Name Name,` of the register.
fn registered(text: &str) -> Vec<&str> {
    let Some((_, list)) = text.split_once("\nverbs! {\n") else {
        return Vec::new();
    };
    let list = list.split("\n}").next().unwrap_or_default();
    list.lines()
        .filter_map(|line| line.trim().strip_suffix(',')?.split_once(' '))
        .filter(|(_, names)| !names.contains("=>"))
        .flat_map(|(_, names)| names.split(' '))
        .collect()
}

fn naming<'t>(tree: &'t Tree, kind: &Kind, verb: &str) -> Vec<&'t str> {
    let counts = |path: &str| {
        path != kind.register
            && !path.contains("/tests/")
            && !path.ends_with("/tests.rs")
            && !path.contains("/demo/")
            && !path.starts_with("xtask/")
            && (kind.is_its)(path)
    };
    let mut marks: Vec<String> = kind
        .marks
        .iter()
        .map(|mark| format!("{mark}{verb}"))
        .collect();
    marks.push(format!(" for {verb} "));
    let named = |text: &str| {
        marks.iter().any(|mark| {
            text.match_indices(mark.as_str()).any(|(place, _)| {
                let next = text[place + mark.len()..].chars().next();
                mark.ends_with(' ') || !next.is_some_and(|c| c.is_alphanumeric() || c == '_')
            })
        })
    };
    tree.rust()
        .filter(|file| counts(&file.path) && named(&file.text))
        .map(|file| file.path.as_str())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test::tidy::tree_of;

    #[test]
    fn a_verb_that_spreads_is_found() {
        let [tickets, approvals] = &KINDS;
        let register = (
            tickets.register,
            "x\nverbs! {\n    Tickets Verb ticket_verbs;\n    sign Sign,\n    ;\n    rate Rate,\n    ;\n    Ring => &RING,\n}\n",
        );
        let other = (
            approvals.register,
            "x\nverbs! {\n    Approvals ApprovalVerb approval_verbs;\n    pause Suspend Resume,\n}\n",
        );
        assert_eq!(registered(register.1), ["Sign", "Rate"]);
        assert_eq!(registered(other.1), ["Suspend", "Resume"]);
        let files: Vec<(String, &str)> = (0..=tickets.most)
            .map(|n| (format!("app/src/{n}.rs"), "Verb::Sign"))
            .collect();
        let mut all: Vec<(&str, &str)> = files
            .iter()
            .map(|(path, text)| (path.as_str(), *text))
            .collect();
        all.extend([register, other]);
        assert_eq!(places(&tree_of(&all)).len(), 1);
        all.remove(0);
        all.push(("app/src/other.rs", "Verb::Signed"));
        all.push(("app/tests/it/sign.rs", "Verb::Sign"));
        assert_eq!(places(&tree_of(&all)), Vec::<String>::new());
    }

    #[test]
    fn a_measured_verb_has_eight_files() {
        let [tickets, approvals] = &KINDS;
        let register = (
            tickets.register,
            "x\nverbs! {\n    Tickets Verb ticket_verbs;\n    extend Extend,\n    ;\n    rate Rate,\n}\n",
        );
        let other = (
            approvals.register,
            "x\nverbs! {\n    Approvals ApprovalVerb approval_verbs;\n    pause Suspend Resume,\n}\n",
        );
        let files: Vec<(String, &str)> = (0..BY_HAND - 2)
            .map(|n| (format!("app/src/{n}.rs"), "Verb::Extend"))
            .collect();
        let mut all: Vec<(&str, &str)> = files
            .iter()
            .map(|(path, text)| (path.as_str(), *text))
            .collect();
        all.extend([register, other]);
        assert_eq!(places(&tree_of(&all)).len(), 1);
        all.remove(0);
        assert_eq!(places(&tree_of(&all)), Vec::<String>::new());
    }
}
