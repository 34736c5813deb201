//! Who may know whom: packages among each other, outside libraries by layer, and purity of the lowest two.
//! The arrows are those of ARCHITECTURE.md; that `app` sees `services` only on the server, clippy for wasm proves.
//! Read next: ARCHITECTURE.md, "Imports only go down".

use super::{Source, Tree};
use serde_json::Value;

/// A package and those of our own that it may name.
const MAY_USE: [(&str, &[&str]); 12] = [
    ("minsheng-shared", &[]),
    ("minsheng-bpmn", &["minsheng-shared"]),
    ("minsheng-store", &["minsheng-shared"]),
    (
        "minsheng-services",
        &["minsheng-store", "minsheng-bpmn", "minsheng-shared"],
    ),
    // A report as PDF: of what is true only what a report says, and who may print it the services know.
    ("minsheng-print", &["minsheng-shared"]),
    ("minsheng-analytics", &["minsheng-shared"]),
    ("minsheng-app", &["minsheng-services", "minsheng-shared"]),
    ("minsheng-web", &["minsheng-app"]),
    (
        "minsheng-server",
        &[
            "minsheng-analytics",
            "minsheng-app",
            "minsheng-services",
            "minsheng-store",
            "minsheng-bpmn",
            "minsheng-print",
            "minsheng-shared",
        ],
    ),
    // Holds the services against the store's own statements, and the engine against broken input; no part of an installation.
    (
        "minsheng-bench",
        &[
            "minsheng-services",
            "minsheng-store",
            "minsheng-bpmn",
            "minsheng-shared",
        ],
    ),
    ("xtask", &[]),
    ("minsheng-bindgen", &[]),
];

/// A library (or all that begin so) and the packages that may use it.
const ONLY_IN: [(&str, &[&str]); 18] = [
    ("sea-orm", &["minsheng-store"]),
    ("sqlx", &["minsheng-store"]),
    // Its arrow is of another version than the one that the store's library knows: the two never meet in one package.
    ("datafusion", &["minsheng-analytics"]),
    ("roxmltree", &["minsheng-bpmn"]),
    ("object_store", &["minsheng-services"]),
    ("fast_qr", &["minsheng-services"]),
    ("reqwest", &["minsheng-services"]),
    ("lettre", &["minsheng-services"]),
    ("mail-parser", &["minsheng-services"]),
    ("calamine", &["minsheng-services"]),
    // Readings of some forty thousand signs, which no browser has to load.
    ("pinyin", &["minsheng-services"]),
    ("rust_xlsxwriter", &["minsheng-services"]),
    ("zip", &["minsheng-services"]),
    (
        "leptos",
        &["minsheng-app", "minsheng-web", "minsheng-server"],
    ),
    ("axum", &["minsheng-app", "minsheng-server"]),
    ("web-sys", &["minsheng-app"]),
    // Minutes of compiling that only what offices install has.
    ("typst", &["minsheng-print"]),
    // Minutes of compiling that only a build of the browser's part may cost.
    ("wasm-bindgen-cli-support", &["minsheng-bindgen"]),
];

/// What the pure packages must not contain, and why.
const IMPURE: [(&str, &str); 9] = [
    ("std::fs", "does IO"),
    ("std::net", "does IO"),
    ("std::process", "starts programs"),
    ("std::env::", "reads the environment"),
    ("SystemTime", "reads the clock"),
    ("Instant::now", "reads the clock"),
    ("Utc::now", "reads the clock"),
    ("new_v4", "makes an id"),
    ("now_v7", "makes an id"),
];

/// Every arrow between our packages must be in the table; tests may use what their package may.
pub fn packages(tree: &Tree) -> Vec<String> {
    let mut findings = Vec::new();
    for (name, dependency, _) in dependencies(&tree.metadata) {
        let ours = dependency.starts_with("minsheng-") || dependency == "xtask";
        match MAY_USE.iter().find(|(package, _)| *package == name) {
            None => findings.push(format!(
                "{name}: a new package needs a row in xtask's table of arrows"
            )),
            Some((_, allowed)) if ours && !allowed.contains(&dependency) => {
                findings.push(format!("{name} must not depend on {dependency}"));
            }
            Some(_) => {}
        }
    }
    findings.dedup();
    findings
}

/// Database libraries only in the store, pages only above the services.
pub fn libraries(tree: &Tree) -> Vec<String> {
    let mut findings = Vec::new();
    for (name, dependency, kind) in dependencies(&tree.metadata) {
        for (library, homes) in ONLY_IN {
            let is_it = dependency == library
                || dependency
                    .strip_prefix(library)
                    .is_some_and(|rest| rest.starts_with(['-', '_']));
            if is_it && kind != "dev" && !homes.contains(&name) {
                findings.push(format!(
                    "{name} must not depend on {dependency}; only {} may",
                    homes.join(", ")
                ));
            }
        }
    }
    findings
}

/// The rules and the engine get time and ids from outside, or they could not be replayed.
pub fn purity(tree: &Tree) -> Vec<String> {
    let pure = ["shared/src/", "server/bpmn/src/"];
    let files: Vec<_> = tree
        .rust()
        .filter(|file| pure.iter().any(|it| file.path.starts_with(it)))
        .collect();
    let for_tests: Vec<String> = files.iter().flat_map(|file| test_modules(file)).collect();
    let mut findings = Vec::new();
    for file in files {
        if for_tests.iter().any(|module| file.path.starts_with(module)) {
            continue;
        }
        let product = file
            .text
            .split("#[cfg(test)]\nmod tests {")
            .next()
            .unwrap_or_default();
        let lines = product.lines().enumerate();
        for (number, line) in lines.filter(|(_, line)| !line.trim_start().starts_with("//")) {
            for (word, why) in IMPURE.iter().filter(|(word, _)| line.contains(word)) {
                findings.push(format!("{}:{}: {word} {why}", file.path, number + 1));
            }
        }
    }
    findings
}

/// Paths, without their end, of the modules that a file declares for tests only.
fn test_modules(file: &Source) -> Vec<String> {
    let stem = file.path.trim_end_matches(".rs");
    let folder = match stem.rsplit_once('/') {
        Some((folder, "lib" | "mod" | "main")) => folder,
        _ => stem,
    };
    let after = file.text.split("#[cfg(test)]\n").skip(1);
    let declared = after.filter_map(|text| text.lines().next()?.strip_suffix(';'));
    let names = declared.filter_map(|line| line.rsplit_once("mod ").map(|(_, name)| name));
    names.map(|name| format!("{folder}/{name}")).collect()
}

/// Package, what it depends on, and the kind of the dependency (`normal`, `dev`, `build`).
fn dependencies(metadata: &Value) -> Vec<(&str, &str, &str)> {
    let packages = metadata["packages"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let mut found = Vec::new();
    for package in packages {
        let name = package["name"].as_str().unwrap_or_default();
        for dependency in package["dependencies"]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default()
        {
            let kind = dependency["kind"].as_str().unwrap_or("normal");
            found.push((name, dependency["name"].as_str().unwrap_or_default(), kind));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test::tidy::tree_of;
    use serde_json::json;

    fn with(name: &str, dependency: &str, kind: &Value) -> Tree {
        let mut tree = tree_of(&[]);
        tree.metadata = json!({"packages": [{"name": name, "dependencies": [{"name": dependency, "kind": kind}]}]});
        tree
    }

    #[test]
    fn arrows_point_down() {
        assert!(packages(&with("minsheng-services", "minsheng-store", &Value::Null)).is_empty());
        assert_eq!(
            packages(&with("minsheng-store", "minsheng-services", &Value::Null)).len(),
            1
        );
        assert_eq!(
            packages(&with("minsheng-new", "serde", &Value::Null)).len(),
            1
        );
    }

    #[test]
    fn the_database_stays_in_the_store() {
        assert_eq!(
            libraries(&with("minsheng-app", "sea-orm-migration", &Value::Null)).len(),
            1
        );
        assert!(libraries(&with("minsheng-services", "sea-orm", &json!("dev"))).is_empty());
        assert!(libraries(&with("minsheng-store", "sea-orm", &Value::Null)).is_empty());
    }

    #[test]
    fn clocks_are_found_outside_tests_and_comments() {
        let text = "//! Utc::now is banned\nlet a = Utc::now();\n#[cfg(test)]\nmod tests { fn f() { std::fs::read(); } }";
        let findings = purity(&tree_of(&[("shared/src/calendar.rs", text)]));
        assert_eq!(
            findings,
            ["shared/src/calendar.rs:2: Utc::now reads the clock"]
        );
        assert!(purity(&tree_of(&[("server/src/main.rs", text)])).is_empty());
        let parent = (
            "shared/src/lib.rs",
            "#[cfg(test)]\npub(crate) mod calendar;\n",
        );
        assert!(purity(&tree_of(&[parent, ("shared/src/calendar.rs", text)])).is_empty());
    }
}
