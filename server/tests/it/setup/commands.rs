//! `minsheng setup` and `minsheng ready` as processes: exit codes, links on standard output, everything else on standard error.
//! Deliberately absent: what a file may say (tests of `services`).
//! Each has a folder of its own.

use std::{
    path::Path,
    process::{Command, Output},
};

use tempfile::TempDir;

fn run(folder: &TempDir, words: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_minsheng"));
    command.args(words).current_dir(folder.path()).env_clear();
    command
        .env("HOME", folder.path())
        .env("MINSHENG_LOG_LEVEL", "warn");
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (status.code().unwrap_or(-1), text(stdout), text(stderr))
}

#[test]
fn an_office_is_made_by_one_command_and_said_to_be_ready_by_another() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/examples/office-county.toml");
    let file = example.display().to_string();
    let (code, _, words) = run(&folder, &["setup", "--file", &file, "--check"]);
    assert_eq!(code, 4, "there is no installation yet: {words}");
    let (code, out, words) = run(&folder, &["migrate"]);
    assert_eq!(code, 0, "{out}{words}");
    let (code, out, _) = run(&folder, &["ready", "--open"]);
    assert_eq!(code, 1, "{out}");
    let (code, out, words) = run(&folder, &["setup", "--file", &file, "--check"]);
    assert!(code == 0 && out.is_empty(), "{out}{words}");
    assert!(words.contains("Units: 6 new rows"), "{words}");
    let (code, out, words) = run(&folder, &["setup", "--file", &file]);
    assert_eq!(code, 0, "{words}");
    let links = out
        .lines()
        .filter(|line| line.contains("/reset?token="))
        .count();
    assert_eq!(links, 21, "{out}");
    assert!(out.contains("The office can open"), "{out}");
    let (code, out, words) = run(&folder, &["setup", "--file", &file]);
    assert!(
        code == 0 && words.contains("as the file says already"),
        "{out}{words}"
    );
    assert!(!out.contains("/reset?token="), "{out}");
    let (code, out, _) = run(&folder, &["ready", "--json"]);
    assert!(code == 0 && out.contains("\"is_ready\": true"), "{out}");
    std::fs::write(
        folder.path().join("wrong.toml"),
        "[area]\ndivision = \"nowhere\"\n",
    )
    .expect("the folder is writable");
    let (code, out, words) = run(&folder, &["setup", "--file", "wrong.toml"]);
    assert!(code == 1 && out.is_empty(), "{out}");
    assert!(words.contains("wrong.toml:2 area.division: "), "{words}");
    assert!(words.contains("nothing at all was written"), "{words}");
}
