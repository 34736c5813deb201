//! Hostile texts that others have collected, out of the shared data (`oracles/SOURCE.md` says whose they are).
//! Deliberately absent: where they are sent (`arguments`), what must come of them (`story`).
//! Absent, the trial says that it was skipped, and fails in CI.

use std::path::PathBuf;

/// The files, by the middle of their names.
const FILES: [&str; 11] = [
    "payloads_sqli",
    "payloads_xss",
    "payloads_command",
    "payloads_crlf",
    "payloads_path_traversal",
    "payloads_ssti",
    "payloads_ldap",
    "payloads_nosql",
    "payloads_xxe_xml",
    "payloads_open_redirect",
    "naughty_strings",
];

/// Texts of one kind.
pub struct List {
    /// Its file.
    pub name: &'static str,
    /// The texts.
    pub texts: Vec<String>,
}

/// All lists; `None` where there are no shared data.
pub fn all() -> Option<Vec<List>> {
    let root = std::env::var_os("MINSHENG_SHARED_DATA").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data")),
        PathBuf::from,
    );
    let folder = root.join("oracles");
    if !folder.is_dir() {
        assert!(
            std::env::var_os("CI").is_none(),
            "shared data are missing: {}",
            folder.display()
        );
        println!("skipped: no shared data at {}", folder.display());
        return None;
    }
    let read = |name: &'static str| {
        let file = folder.join(format!("{name}.json"));
        let bytes =
            std::fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let texts: Vec<String> = serde_json::from_slice(&bytes).expect("a list of texts");
        assert!(texts.len() > 5, "{name} has {} texts", texts.len());
        List { name, texts }
    };
    Some(FILES.into_iter().map(read).collect())
}
