//! The list of all verbs of tickets with what each costs by hand, and why some cost more than eight files: `docs/verbs.md`.
//! A file beyond the usual ones is named there with what it is for, once for all verbs that it names.
//! Not here: how files are counted (`verbs`), what a new verb touches (`docs/adding.md`).

use super::{Tree, verbs};
use std::fmt::Write as _;

const PAGE: &str = "docs/verbs.md";

/// What `docs/adding.md` lists for every verb.
const USUAL: [&str; 6] = [
    "shared/src/text/ticket/mod.rs",
    "shared/src/ticket/verbs/",
    "server/services/src/tickets/verbs/",
    "server/services/src/tickets/flow/mod.rs",
    "server/services/src/process/said.rs",
    "app/src/pages/staff/ticket/actions/",
];

/// Why a file beyond those names a verb.
const WHY: [(&str, &str); 37] = [
    (
        "app/src/api/staff/read.rs",
        "the sheet of its form: units to choose from",
    ),
    (
        "app/src/pages/staff/ticket/history.rs",
        "its line shows a record of its own",
    ),
    (
        "app/src/pages/staff/ticket/intake.rs",
        "what was said to be missing stands beside its form",
    ),
    (
        "app/src/pages/staff/ticket/results.rs",
        "what was said in the cycle before stands beside it",
    ),
    (
        "server/services/src/applications/directive.rs",
        "a step of a directive",
    ),
    (
        "server/services/src/applications/endorse.rs",
        "the unit's own leader looks at it first",
    ),
    (
        "server/services/src/applications/hang.rs",
        "which of two verbs decides it follows from what was disputed before",
    ),
    (
        "server/services/src/applications/ruling.rs",
        "a step of a ruling",
    ),
    (
        "server/services/src/import/undo.rs",
        "an import is not taken back where somebody has acted",
    ),
    (
        "server/services/src/planning.rs",
        "whose plan it is changes with it",
    ),
    (
        "server/services/src/process/mod.rs",
        "the ticket's state follows from the task that waits for it",
    ),
    (
        "server/services/src/process/retrace.rs",
        "a history is walked again on another version of the process",
    ),
    (
        "server/services/src/public/timeline.rs",
        "a step that the citizen sees",
    ),
    (
        "server/services/src/public/verbs.rs",
        "the citizen's own entrance",
    ),
    (
        "server/services/src/tickets/archive/erase.rs",
        "the one verb that reaches what is sealed",
    ),
    (
        "server/services/src/tickets/flow/life.rs",
        "its rules stand with those of its neighbours",
    ),
    (
        "server/services/src/tickets/flow/outcome.rs",
        "what follows from the citizen's answers",
    ),
    ("server/services/src/tickets/holds.rs", "work goes on by it"),
    (
        "server/services/src/tickets/linked.rs",
        "it is written to both tickets",
    ),
    (
        "server/services/src/tickets/questionnaire.rs",
        "asked beside it by questionnaire",
    ),
    (
        "server/services/src/tickets/together/answer.rs",
        "merged tickets close by it",
    ),
    (
        "server/services/src/tickets/together/gather.rs",
        "done to many at once",
    ),
    (
        "server/services/src/tickets/together/mod.rs",
        "what the page shows of tickets that are handled together",
    ),
    (
        "server/services/src/tickets/tree.rs",
        "the tree of parts opens and closes tasks by it",
    ),
    (
        "server/services/src/tickets/working_copy/kind.rs",
        "its task goes to another post",
    ),
    (
        "server/services/src/users/life/hand_over.rs",
        "done to all that somebody has who leaves",
    ),
    (
        "server/services/src/views/actions.rs",
        "offered by more than states: by what hangs on the part",
    ),
    (
        "server/services/src/views/people.rs",
        "its form names colleagues",
    ),
    (
        "server/services/src/views/read.rs",
        "its form names bodies outside",
    ),
    (
        "server/services/src/views/show/history.rs",
        "lines without a name are the citizen's by it",
    ),
    (
        "server/services/src/views/show/part.rs",
        "a count or a mark of it stands on the page",
    ),
    (
        "server/store/src/entity/col.rs",
        "its record is kept in a column",
    ),
    (
        "server/store/src/tickets/alarms.rs",
        "the alarm of overtime walks the tasks that it completes",
    ),
    (
        "server/store/src/tickets/escalations.rs",
        "a duty of the ladder is done by it",
    ),
    (
        "server/store/src/tickets/pool.rs",
        "the pool of calls lists the tasks that it completes",
    ),
    ("shared/src/ticket/bulk.rs", "an act on many tickets"),
    (
        "shared/src/ticket/rules/directive.rs",
        "rules of directives",
    ),
];

const HEAD: &str = "\
# What each verb costs

Made of the code by `cargo xtask verbs`; `cargo xtask test tidy` fails where it is stale, or a verb that takes more than eight files by hand is named somewhere
without a reason. Counted are the files that name the verb and three beside them: the register, its story, the line of its module or the task of its process
([where a new thing goes](adding.md)).

| Verb | Files by hand | Beyond the usual ones |
|---|---|---|
";

/// The page as the code has it.
pub fn page(tree: &Tree) -> String {
    let mut page = HEAD.to_owned();
    for cost in verbs::of_tickets(tree) {
        let beyond: Vec<String> = if cost.is_much() {
            let files = cost.files.iter().filter(|path| !is_usual(path));
            files.map(|path| format!("`{path}`")).collect()
        } else {
            Vec::new()
        };
        // Writing into a text does not fail.
        let _ = writeln!(
            page,
            "| {} | {} | {} |",
            cost.verb,
            cost.by_hand(),
            beyond.join(", ")
        );
    }
    page += "\n## Why\n\n| File | Why it names verbs |\n|---|---|\n";
    for (path, why) in WHY {
        let _ = writeln!(page, "| `{path}` | {why} |");
    }
    page
}

fn is_usual(path: &str) -> bool {
    USUAL.iter().any(|usual| path.starts_with(usual))
}

/// Every verb above eight says why, no reason is left over, and the page is that of the code.
pub fn stands(tree: &Tree) -> Vec<String> {
    let costs = verbs::of_tickets(tree);
    let much: Vec<_> = costs.iter().filter(|cost| cost.is_much()).collect();
    let mut found = Vec::new();
    for cost in &much {
        let files = cost.files.iter().filter(|path| !is_usual(path));
        let silent = files.filter(|path| WHY.iter().all(|(known, _)| known != *path));
        found.extend(silent.map(|path| {
            format!(
                "{path} names {}, which takes {} files by hand: say why in verb_list.rs",
                cost.verb,
                cost.by_hand()
            )
        }));
    }
    let is_named = |path: &str| much.iter().any(|cost| cost.files.contains(&path));
    let idle = WHY.iter().filter(|(path, _)| !is_named(path));
    found.extend(idle.map(|(path, _)| format!("verb_list.rs: {path} names no verb above eight")));
    if tree.file(PAGE).is_none_or(|file| file.text != page(tree)) {
        found.push(format!("{PAGE} is stale: cargo xtask verbs > {PAGE}"));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test::tidy::tree_of;

    #[test]
    fn a_verb_above_eight_says_where_and_why() {
        let register = (
            "shared/src/ticket/verbs/mod.rs",
            "x\nverbs! {\n    Tickets Verb ticket_verbs;\n    sign Sign,\n    ;\n}\n",
        );
        let usual = USUAL.map(|path| {
            (
                format!("{path}{}", if path.ends_with('/') { "sign.rs" } else { "" }),
                "Verb::Sign",
            )
        });
        let mut all: Vec<(&str, &str)> = usual
            .iter()
            .map(|(path, text)| (path.as_str(), *text))
            .collect();
        all.push(register);
        all.push(("app/src/nowhere.rs", "Verb::Sign"));
        let tree = tree_of(&all);
        assert!(page(&tree).contains("| Sign | 10 | `app/src/nowhere.rs` |"));
        let found = stands(&tree);
        assert!(
            found
                .iter()
                .any(|it| it.starts_with("app/src/nowhere.rs names Sign")),
            "{found:?}"
        );
        assert!(found.iter().any(|it| it.contains("is stale")), "{found:?}");
    }
}
