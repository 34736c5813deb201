//! Names of the browser's files: each carries a fingerprint of its content, so that browsers may keep it for ever.
//! Which names are of today stands in a list beside the server (`hash.txt`), in the form that Leptos reads.
//! Read next: `server/src/web/site.rs`, which serves them.

use crate::hash;
use anyhow::{Context, Result};
use std::{fs, path::Path};

/// Endings in the order of the list.
const ENDINGS: [&str; 3] = ["js", "wasm", "css"];

/// Renames `NAME.js`, `NAME.wasm` and `NAME.css`; gives the text of the list.
pub fn hash(folder: &Path, name: &str) -> Result<String> {
    let mut list = String::new();
    for ending in ENDINGS {
        let file = folder.join(format!("{name}.{ending}"));
        let bytes = fs::read(&file).with_context(|| format!("no {}", file.display()))?;
        let hash = hash::bytes(&bytes);
        fs::rename(&file, folder.join(format!("{name}.{hash}.{ending}")))?;
        list += &format!("{ending}: {hash}\n");
    }
    Ok(list)
}

/// Whether every file of a list is there.
pub fn are_there(list: &Path, folder: &Path, name: &str) -> bool {
    fs::read_to_string(list).is_ok_and(|text| {
        let pairs: Vec<_> = text
            .lines()
            .filter_map(|line| line.split_once(": "))
            .collect();
        pairs.len() == ENDINGS.len()
            && pairs
                .iter()
                .all(|(ending, hash)| folder.join(format!("{name}.{hash}.{ending}")).is_file())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_content() {
        let folder = std::env::temp_dir().join(format!("minsheng-names-{}", std::process::id()));
        let list = folder.join("hash.txt");
        let write = |wasm: &str| {
            fs::create_dir_all(&folder).expect("a folder");
            for (ending, text) in [("js", "a"), ("wasm", wasm), ("css", "c")] {
                fs::write(folder.join(format!("site.{ending}")), text).expect("a file");
            }
            let text = hash(&folder, "site").expect("names");
            fs::write(&list, &text).expect("a list");
            text
        };
        let (first, second) = (write("foobar"), write("b"));
        assert!(first.contains("wasm: 85944171f73967e8\n"), "{first}");
        assert_eq!(first.lines().next(), second.lines().next());
        assert_ne!(first, second);
        assert!(are_there(&list, &folder, "site"));
        let of_today = second.lines().nth(1).and_then(|line| line.split_once(": "));
        let hash = of_today.expect("a pair").1;
        fs::remove_file(folder.join(format!("site.{hash}.wasm"))).expect("removed");
        assert!(!are_there(&list, &folder, "site"));
        fs::remove_dir_all(&folder).expect("cleared");
    }
}
