//! What only a type or a few places may do: reach everything, and cut division codes into the digits of a city or province.
//! Not here: who may import whom (`arrows`).
//! Tests may do both; a pattern or a comparison with `Scope::All` builds none.

use super::Tree;

/// Code whose callers have a person behind them.
const OF_PEOPLE: [&str; 3] = ["server/services/src/", "server/src/", "app/src/"];
/// Jobs and commands that reach everything because nobody asks.
const REACH_ALL: [&str; 2] = [
    "server/services/src/jobs/host/desk.rs",
    "server/services/src/reports/figures.rs",
];
/// Where codes of divisions are cut.
const CUTS: [&str; 2] = ["shared/src/place.rs", "shared/src/access/area.rs"];
/// Where a text that is no division is cut in the same way.
const OTHER_CUTS: [&str; 3] = [
    "shared/src/person/conceal.rs",
    "server/services/src/sheet/mod.rs",
    "server/store/src/error/class.rs",
];

/// The scope of everything is built for jobs and commands only: whoever asks has the scope of his right.
pub fn everything(tree: &Tree) -> Vec<String> {
    let watched =
        |path: &str| OF_PEOPLE.iter().any(|of| path.starts_with(of)) && !REACH_ALL.contains(&path);
    let files = tree.rust().filter(|file| watched(&file.path));
    let found = files.flat_map(|file| {
        let lines = code(&file.text).filter(|(_, line)| builds_all(line));
        lines.map(|(n, _)| {
            format!(
                "{}:{n}: takes everybody's scope; ask the right for its scope",
                file.path
            )
        })
    });
    found.collect()
}

/// Division codes are cut where their type is.
pub fn cuts(tree: &Tree) -> Vec<String> {
    let files = tree.rust().filter(|file| {
        !CUTS.contains(&file.path.as_str())
            && !OTHER_CUTS.contains(&file.path.as_str())
            && !file.path.starts_with("xtask/")
            && !file.path.contains("/tests/")
    });
    let found = files.flat_map(|file| {
        let lines = code(&file.text).filter(|(_, line)| cut(line));
        lines.map(|(n, _)| {
            format!(
                "{}:{n}: cuts a code by hand; see `shared::place`",
                file.path
            )
        })
    });
    found.collect()
}

/// Lines before the tests of a file, numbered from 1.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().enumerate().map(|(n, line)| (n + 1, line));
    lines.take_while(|(_, line)| *line != "#[cfg(test)]")
}

fn builds_all(line: &str) -> bool {
    line.match_indices("Scope::All").any(|(place, found)| {
        let (before, after) = (&line[..place], &line[place + found.len()..]);
        let compared = ["== ", "!= ", "== Some(", "!= Some("];
        let compares = compared.iter().any(|mark| before.ends_with(mark));
        let matches =
            after.contains("=>") || before.contains("matches!(") || before.contains("if let");
        let comment = before.trim_start().starts_with("//");
        !compares && !matches && !comment
    })
}

fn cut(line: &str) -> bool {
    let marks = [".get(..2)", ".get(..4)", ".get(..6)"];
    marks.iter().any(|mark| line.contains(mark))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test::tidy::tree_of;

    #[test]
    fn who_takes_everything_is_found() {
        let built = (
            "server/services/src/views/a.rs",
            "fn f() {\n    Ok(Scope::All)\n}\n",
        );
        let asked = (
            "server/services/src/views/b.rs",
            "match s {\n    Scope::All => 1,\n    Scope::Region(_) | Scope::All => 2,\n}\nif s == Some(Scope::All) {}\n#[cfg(test)]\nf(&Scope::All)\n",
        );
        let job = ("server/services/src/reports/figures.rs", "f(&Scope::All)");
        assert_eq!(everything(&tree_of(&[built])).len(), 1);
        assert_eq!(everything(&tree_of(&[asked, job])), Vec::<String>::new());
    }

    #[test]
    fn who_cuts_codes_is_found() {
        let by_hand = ("server/store/src/a.rs", "region.get(..4)");
        let by_type = ("shared/src/place.rs", "code.get(..4)");
        assert_eq!(cuts(&tree_of(&[by_hand])).len(), 1);
        assert_eq!(cuts(&tree_of(&[by_type])), Vec::<String>::new());
    }
}
