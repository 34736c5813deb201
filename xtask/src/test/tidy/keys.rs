//! Keys that stand in two files must agree: cargo-leptos reads Cargo.toml, the running server Leptos.toml.
//! And npm's two files must pin exact versions without the address of anybody's registry.
//! Read next: `docs/running.md`, which explains every key of Leptos.toml.

use super::Tree;
use serde_json::Value;

/// Keys without which the running server would look for other files than were built.
const NEEDED: [&str; 4] = ["output-name", "site-root", "site-pkg-dir", "hash-files"];

/// Each key of the first section of Leptos.toml that cargo-leptos also reads has the same value there.
pub fn leptos(tree: &Tree) -> Vec<String> {
    let Some(file) = tree.file("Leptos.toml") else {
        return vec!["Leptos.toml is missing".into()];
    };
    let build = &tree.metadata["metadata"]["leptos"][0];
    compare(&file.text, build)
}

fn compare(text: &str, build: &Value) -> Vec<String> {
    let keys = first_section(text);
    let mut findings = Vec::new();
    for needed in NEEDED {
        if !keys.iter().any(|(key, _)| key == needed) {
            findings.push(format!("Leptos.toml: {needed} is missing"));
        }
    }
    for (key, value) in keys {
        match &build[&key] {
            Value::Null => {}
            other if plain(other) == value => {}
            other => findings.push(format!(
                "Leptos.toml: {key} is {value}, but {other} in Cargo.toml"
            )),
        }
    }
    findings
}

/// A string without its quotes, anything else as written.
fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// Key and value of each line between the Leptos heading and the next one.
fn first_section(text: &str) -> Vec<(String, String)> {
    let headings = ["[[workspace.metadata.leptos]]", "[package.metadata.leptos]"];
    let mut lines = text
        .lines()
        .skip_while(|line| !headings.contains(&line.trim()));
    lines.next();
    let section = lines.take_while(|line| !line.starts_with('['));
    let pairs = section.filter_map(|line| line.split('#').next()?.split_once('='));
    pairs
        .map(|(key, value)| {
            (
                key.trim().to_owned(),
                value.trim().trim_matches('"').to_owned(),
            )
        })
        .collect()
}

/// `package.json` names exact versions; the lockfile holds hashes but no addresses.
pub fn npm(tree: &Tree) -> Vec<String> {
    let mut findings = Vec::new();
    let parse = |path: &str| {
        tree.file(path)
            .and_then(|file| serde_json::from_str::<Value>(&file.text).ok())
    };
    let Some(package) = parse("end2end/package.json") else {
        return vec!["end2end/package.json is missing or no JSON".into()];
    };
    for kind in ["dependencies", "devDependencies"] {
        for (name, version) in package[kind].as_object().into_iter().flatten() {
            if !version
                .as_str()
                .is_some_and(|text| text.starts_with(|first: char| first.is_ascii_digit()))
            {
                findings.push(format!(
                    "end2end/package.json: {name} {version} is no exact version"
                ));
            }
        }
    }
    match parse("end2end/package-lock.json") {
        None => findings.push("end2end/package-lock.json is missing or no JSON".into()),
        Some(lock) => {
            for (name, entry) in lock["packages"].as_object().into_iter().flatten() {
                if entry.get("resolved").is_some() {
                    findings.push(format!(
                        "end2end/package-lock.json: {name} holds a registry's address"
                    ));
                }
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const TEXT: &str = "# ours\n[[workspace.metadata.leptos]]\noutput-name = \"m\"\nsite-root = \"target/site\" # here\n\
        site-pkg-dir = \"pkg\"\nhash-files = true\n\n[minsheng]\nhash-files = \"other section\"\n";

    #[test]
    fn equal_keys_pass_and_unknown_ones_are_the_servers_own() {
        let build = json!({"output-name": "m", "site-root": "target/site", "hash-files": true});
        assert_eq!(compare(TEXT, &build), Vec::<String>::new());
    }

    #[test]
    fn another_value_and_a_missing_key_are_found() {
        let findings = compare(
            "[package.metadata.leptos]\noutput-name = \"x\"\n",
            &json!({"output-name": "m"}),
        );
        assert_eq!(findings.len(), 4, "{findings:?}");
        assert!(findings[3].contains("output-name is x"));
    }
}
