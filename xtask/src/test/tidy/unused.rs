//! Libraries that a package names and its code does not: each costs everybody's compilation.
//! Seen by the name in the code; what is needed only for its features stands in a table with its reason.
//! Read next: `arrows.rs`, which says who may name what.

use super::Tree;
use serde_json::Value;

/// Package, library that its code never names, and why it is there nonetheless.
const FOR_FEATURES: [(&str, &str, &str); 1] = [(
    "minsheng-web",
    "getrandom",
    "turns on the browser's source of randomness for who uses it",
)];

/// Every dependency is named somewhere in its package.
pub fn dependencies(tree: &Tree) -> Vec<String> {
    let packages = tree.metadata["packages"].as_array();
    let packages: Vec<&Value> = packages.into_iter().flatten().collect();
    let homes: Vec<String> = packages.iter().map(|package| home(tree, package)).collect();
    let mut findings = Vec::new();
    for (package, home) in packages.iter().zip(&homes) {
        let name = package["name"].as_str().unwrap_or_default();
        let code: Vec<&str> = tree
            .rust()
            .filter(|file| owner(&homes, &file.path) == Some(home))
            .map(|file| file.text.as_str())
            .collect();
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let library = called(dependency);
            let excused = FOR_FEATURES
                .iter()
                .any(|(at, what, _)| *at == name && Some(*what) == dependency["name"].as_str());
            let named = code.iter().any(|text| names(text, &library));
            if !named && !excused {
                findings.push(format!(
                    "{home}Cargo.toml: nothing in {name} names {library}"
                ));
            }
        }
    }
    findings.sort();
    findings.dedup();
    findings
}

/// The package in whose folder a file lies: the nearest one, since packages lie in each other's folders.
fn owner<'a>(homes: &'a [String], path: &str) -> Option<&'a String> {
    homes
        .iter()
        .filter(|home| path.starts_with(&**home))
        .max_by_key(|home| home.len())
}

/// What code calls a dependency: its own name, or the name of our library.
fn called(dependency: &Value) -> String {
    let name = dependency["rename"]
        .as_str()
        .or_else(|| dependency["name"].as_str())
        .unwrap_or_default();
    // Our packages' libraries are called without the product's name.
    name.strip_prefix("minsheng-")
        .unwrap_or(name)
        .replace('-', "_")
}

/// The package's folder below the checkout, with `/` at its end.
fn home(tree: &Tree, package: &Value) -> String {
    let manifest = package["manifest_path"].as_str().unwrap_or_default();
    let below = manifest
        .strip_prefix(&*tree.root.to_string_lossy())
        .unwrap_or(manifest)
        .trim_start_matches('/');
    below.trim_end_matches("Cargo.toml").to_owned()
}

/// Whether the word stands in the text by itself.
fn names(text: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word)
        .any(|(at, _)| !text[..at].ends_with(part) && !text[at + word.len()..].starts_with(part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test::tidy::tree_of;
    use serde_json::json;

    #[test]
    fn a_library_that_nobody_names_is_found() {
        let mut tree = tree_of(&[(
            "app/src/lib.rs",
            "use http_body::Body;\nlet a = csv::Reader;",
        )]);
        let of = |names: &[&str]| {
            let list: Vec<Value> = names.iter().map(|name| json!({"name": name})).collect();
            json!({"packages": [{"name": "minsheng-app", "manifest_path": "app/Cargo.toml", "dependencies": list}]})
        };
        tree.metadata = of(&["http-body", "csv"]);
        assert_eq!(dependencies(&tree), Vec::<String>::new());
        tree.metadata = of(&["http"]);
        assert_eq!(
            dependencies(&tree),
            ["app/Cargo.toml: nothing in minsheng-app names http"]
        );
    }
}
