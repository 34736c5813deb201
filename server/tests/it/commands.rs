//! The program itself, started as a process: configuration, help, commands without a database, start and stop.
//! Deliberately absent: what commands do to data (tests of `services`).
//! Nothing is left: each test has its own folder, each process is waited for.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Output, Stdio},
};

use tempfile::TempDir;

fn program(folder: &TempDir, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_minsheng"));
    command.args(words).current_dir(folder.path()).env_clear();
    command
        .env("HOME", folder.path())
        .env("MINSHENG_LOG_LEVEL", "warn");
    command
}

fn run(folder: &TempDir, words: &[&str]) -> (i32, String, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = program(folder, words).output().expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (status.code().unwrap_or(-1), text(stdout), text(stderr))
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder for the test")
}

#[test]
fn the_working_day_after_a_date_needs_no_database() {
    let folder = folder();
    assert_eq!(
        run(&folder, &["calendar", "due", "2026-09-30", "5"]),
        (0, "2026-10-13\n".into(), String::new())
    );
    let (code, out, words) = run(&folder, &["calendar", "due", "2026-12-30", "20"]);
    assert!(
        code != 0 && out.is_empty() && words.contains("2027"),
        "{words}"
    );
    assert_eq!(
        std::fs::read_dir(folder.path()).expect("reads").count(),
        0,
        "nothing was made"
    );
}

#[test]
fn a_definition_is_replayed_and_comes_back_whole() {
    let folder = folder();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("the folder is writable");
        path.display().to_string()
    };
    let model = file("two.bpmn", TWO_TASKS);
    let (code, out, words) = run(&folder, &["process", "roundtrip", &model]);
    assert!(code == 0 && out.contains("come back whole"), "{out}{words}");
    let cases = |expected: &str| {
        format!(
            r#"[{{"id": "one", "files": ["two.bpmn"], "steps": [{{"start": "p", "vars": {{}}}}, {{"expect_active": ["{expected}"]}}]}}]"#
        )
    };
    let models = folder.path().display().to_string();
    let replay = |file: &str| {
        run(
            &folder,
            &["process", "replay", "--cases", file, "--models", &models],
        )
    };
    let right = file("right.json", &cases("t1"));
    let (code, out, words) = replay(&right);
    assert!(
        code == 0 && out.ends_with("1 passed, 0 failed\n"),
        "{out}{words}"
    );
    let wrong = file("wrong.json", &cases("t2"));
    let (code, out, _) = replay(&wrong);
    assert!(
        code == 1 && out.starts_with("one: step 2") && out.ends_with("0 passed, 1 failed\n"),
        "{out}"
    );
}

#[test]
fn a_check_says_what_deployment_would_say() {
    let folder = folder();
    let check = |bytes: &[u8]| {
        let path = folder.path().join("p.bpmn");
        std::fs::write(&path, bytes).expect("the folder is writable");
        run(&folder, &["process", "check", &path.display().to_string()])
    };
    let (code, out, words) = check(TWO_TASKS.as_bytes());
    assert!(
        code == 0 && out.contains("can run") && out.contains("warning: line 3, t1"),
        "{out}{words}"
    );
    let odd = TWO_TASKS.replace("id=\"p\"", "id=\"请示\"").replace(
        "id=\"t1\"",
        "id=\"t1\" xmlns:ms=\"https://minsheng.example/bpmn\" ms:role=\"chief\" ms:rol=\"x\"",
    );
    let (code, out, _) = check(odd.as_bytes());
    assert_eq!(code, 1);
    for words in [
        "请示: the id of a process",
        "t1: there is no such role",
        "without effect: line 3, t1: ms:rol",
    ] {
        assert!(out.contains(words), "{words}: {out}");
    }
    let declared = |name: &str| {
        format!("<?xml version=\"1.0\" encoding=\"{name}\"?>{TWO_TASKS}").replace("First", "一")
    };
    for name in ["GB2312", "UTF-7"] {
        let (code, out, _) = check(declared(name).as_bytes());
        assert!(code == 1 && out.contains(name), "{out}");
    }
}

/// A definition with two tasks.
pub const TWO_TASKS: &str = r#"<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">
<process id="p" isExecutable="true"><startEvent id="s"/><sequenceFlow id="a" sourceRef="s" targetRef="t1"/>
<userTask id="t1" name="First"/><sequenceFlow id="b" sourceRef="t1" targetRef="t2"/>
<userTask id="t2" name="Second"/><sequenceFlow id="c" sourceRef="t2" targetRef="e"/><endEvent id="e"/></process></definitions>"#;

#[test]
fn the_description_is_the_one_that_is_kept() {
    let (code, out, words) = run(&folder(), &["openapi"]);
    assert_eq!(code, 0, "{words}");
    let kept =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/openapi.json"))
            .expect("it is kept");
    let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
    assert!(
        json(&out) == json(&kept),
        "stale: run `minsheng openapi > docs/openapi.json`"
    );
}

#[test]
fn a_bad_configuration_stops_the_start_with_words() {
    let folder = folder();
    std::fs::write(folder.path().join("Leptos.toml"), "[web]\nbody-kib = 1\n").expect("writable");
    let (code, _, words) = run(&folder, &["doctor"]);
    assert!(
        code == 2 && words.contains("body-kib") && words.contains("body-kb"),
        "{code}: {words}"
    );
    let (code, _, words) = run(&folder, &["serve", "--lisen", "x"]);
    assert!(code == 2 && words.contains("--listen"), "{code}: {words}");
}

#[test]
fn the_shipped_configuration_is_good() {
    let folder = folder();
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../Leptos.toml");
    let (code, out, words) = run(&folder, &["--config", file, "doctor"]);
    assert!(
        code != 2 && out.contains("configuration"),
        "{code}: {out}{words}"
    );
}

struct Serving(Child, String);

impl Serving {
    fn start(folder: &TempDir) -> (Self, Vec<String>) {
        let mut command = program(folder, &["serve", "--listen", "127.0.0.1:0"]);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("starts");
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let mut said = Vec::new();
        while said.len() < 3 {
            match lines.next() {
                Some(line) => said.push(line.expect("text")),
                None => break,
            }
        }
        let address = said
            .first()
            .map(|line| line.trim_start_matches("http://").to_owned());
        (Self(child, address.unwrap_or_default()), said)
    }

    fn ask(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.1).expect("the server listens");
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            self.1
        )
        .expect("writes");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer
    }

    fn terminate(mut self) -> Option<i32> {
        let id = self.0.id().to_string();
        Command::new("kill")
            .args(["-TERM", &id])
            .status()
            .expect("kill runs");
        self.0.wait().expect("it ends").code()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

#[test]
fn a_server_starts_empty_refuses_a_second_and_ends_on_sigterm() {
    let folder = folder();
    let (server, said) = Serving::start(&folder);
    assert!(
        said.iter().any(|line| line.contains("/set-up?token=")),
        "{said:?}"
    );
    assert!(server.ask("/health/live").starts_with("HTTP/1.1 200"));
    let (code, _, words) = run(&folder, &["serve", "--listen", "127.0.0.1:0"]);
    assert!(
        code == 1 && words.contains("another server"),
        "{code}: {words}"
    );
    let (code, out, words) = run(&folder, &["migrate"]);
    assert!(
        code == 0 && out.contains("current"),
        "other commands work beside it: {code}: {out}{words}"
    );
    assert_eq!(server.terminate(), Some(0));
}
