//! Commands and jobs of the access table: commands are started as processes where the key file can be read, where it is gone, and where there
//! is no installation at all; jobs run as the program itself, and nothing else leads to them.
//! Deliberately absent: what they do (`commands`, `upkeep`, tests of `services`).
//! A new command needs a row in `WORDS`.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
};

use server::access::{self, Kind};
use shared::access::{Actor, Need};
use tempfile::TempDir;

use crate::{
    commands::TWO_TASKS,
    support::{PASSWORD, World, installed},
};

/// Each command with words that it can begin to work with.
const WORDS: &[(&str, &str)] = &[
    ("serve", "serve --listen 127.0.0.1:0"),
    ("migrate", "migrate"),
    ("demo", "demo --tickets 1"),
    ("import complaints", "import complaints one.csv"),
    (
        "import undo",
        "import undo 019b0000-0000-7000-8000-000000000000",
    ),
    ("export tickets", "export tickets --as WHO --out WHO.csv"),
    ("report", "report monthly --as WHO --out WHO-report.csv"),
    (
        "user create",
        "user create new.person --name 新人 --unit 320100-ZX --role agent",
    ),
    ("user reset", "user reset agent"),
    ("user factor", "user factor agent"),
    ("user identities", "user identities agent"),
    ("user link", "user link agent f3a9"),
    ("user unlink", "user unlink agent"),
    ("user sessions", "user sessions agent"),
    ("user end", "user end agent"),
    ("user password", "user password agent"),
    ("user list", "user list"),
    ("user import", "user import one.csv --check"),
    ("user requests", "user requests"),
    (
        "user decide",
        "user decide 019b0000-0000-7000-8000-000000000000",
    ),
    ("user freeze", "user freeze agent --reason x"),
    ("user grant", "user grant agent follow_up"),
    ("user revoke", "user revoke agent follow_up"),
    ("role list", "role list"),
    ("role show", "role show agent"),
    ("role copy", "role copy agent agent_2 --name 试用"),
    (
        "role make",
        "role make trial_role --name 试用 --may ticket.view:own",
    ),
    (
        "role change",
        "role change trial_role --name 试用 --may ticket.view:unit",
    ),
    ("role stop", "role stop trial_role"),
    ("role resume", "role resume trial_role"),
    ("role posts", "role posts agent"),
    ("role give", "role give agent follow_up"),
    ("role end", "role end agent 99"),
    ("role rights", "role rights agent"),
    ("role readers", "role readers 3201002026030201000001"),
    ("team list", "team list"),
    (
        "team show",
        "team show 019b0000-0000-7000-8000-000000000000",
    ),
    ("team make", "team make 320100-ZX --name 夜班"),
    (
        "team rename",
        "team rename 019b0000-0000-7000-8000-000000000000 --name 早班",
    ),
    ("team end", "team end 019b0000-0000-7000-8000-000000000000"),
    (
        "team join",
        "team join 019b0000-0000-7000-8000-000000000000 agent",
    ),
    (
        "team leave",
        "team leave 019b0000-0000-7000-8000-000000000000 1",
    ),
    ("keys list", "keys list"),
    ("keys rotate", "keys rotate"),
    ("keys renew", "keys renew"),
    ("keys change", "keys change sm"),
    ("keys content", "keys content"),
    ("keys wrap", "keys wrap"),
    ("keys unwrap", "keys unwrap"),
    ("audit verify", "audit verify"),
    ("calendar due", "calendar due 2026-09-30 5"),
    ("calendar import", "calendar import one.csv"),
    ("lists show", "lists show"),
    ("lists export", "lists export hours"),
    ("lists import", "lists import hours one.csv --check"),
    ("lists preview", "lists preview hours"),
    ("lists publish", "lists publish hours"),
    ("lists discard", "lists discard hours"),
    ("setup", "setup --file office.toml --check"),
    ("ready", "ready"),
    ("doctor", "doctor"),
    ("database roles", "database roles"),
    ("check", "check"),
    ("backup", "backup --to second"),
    ("restore", "restore --from copy"),
    (
        "file erase",
        "file erase 019b0000-0000-7000-8000-000000000000 --reason x",
    ),
    (
        "gateway simulate",
        "gateway simulate --listen 127.0.0.1:0 --key office --secret 0123456789abcdef",
    ),
    ("openapi", "openapi"),
    ("process activate", "process activate permit-sample 1"),
    ("process check", "process check one.bpmn"),
    ("process deploy", "process deploy one.bpmn"),
    ("process export", "process export permit-sample 1"),
    ("process list", "process list"),
    (
        "process migrate",
        "process migrate permit-sample --from 1 --to 2 --dry-run",
    ),
    (
        "process undo",
        "process undo 019b0000-0000-7000-8000-000000000000",
    ),
    ("process withdraw", "process withdraw permit-sample 99"),
    (
        "process replay",
        "process replay --cases cases.json --models .",
    ),
    ("process roundtrip", "process roundtrip one.bpmn"),
];

/// A folder in which commands are started.
struct House(TempDir);

impl House {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let file = |name: &str, text: &str| {
            fs::write(folder.path().join(name), text).expect("the folder is writable");
        };
        file("one.bpmn", TWO_TASKS);
        file("one.csv", "a,b\n1,2\n");
        file("office.toml", "[sign_in]\nsecond_factor = \"none\"\n");
        file(
            "cases.json",
            r#"[{"id": "one", "files": ["one.bpmn"], "steps": [{"start": "p", "vars": {}}, {"expect_active": ["t1"]}]}]"#,
        );
        Self(folder)
    }

    async fn with_installation() -> Self {
        let house = Self::new();
        let data = house.0.path().join("data");
        fs::create_dir_all(&data).expect("the folder is writable");
        installed(&data).await;
        let (code, said) = house.run("backup --to copy", "data");
        assert_eq!(code, 0, "{said}");
        house
    }

    fn without_key(self) -> Self {
        let key = self.0.path().join("data/keys.json");
        fs::rename(key, self.0.path().join("keys.json")).expect("the key file was there");
        self
    }

    /// Runs a command; its code, and what it said on both ways.
    fn run(&self, words: &str, data: &str) -> (i32, String) {
        let data = self.0.path().join(data);
        let mut child = Command::new(env!("CARGO_BIN_EXE_minsheng"))
            .args(words.split(' '))
            .current_dir(self.0.path())
            .env_clear()
            .env("HOME", self.0.path())
            .env("MINSHENG_LOG_LEVEL", "error")
            .env("MINSHENG_DATA_DIR", data)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut stdin = child.stdin.take().expect("piped");
        // A command that asks for no password has closed its end already.
        stdin
            .write_all(format!("{PASSWORD}\n{PASSWORD}\n").as_bytes())
            .ok();
        drop(stdin);
        if words.starts_with("serve") || words.starts_with("gateway simulate") {
            let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
            if let Some(Ok(first)) = lines.next() {
                child.kill().expect("it runs");
                child.wait().expect("it ends");
                return (0, first);
            }
        }
        let output = child.wait_with_output().expect("it ends");
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8(said).expect("text");
        (output.status.code().unwrap_or(-1), said)
    }
}

fn words_of(name: &str) -> &'static str {
    let row = WORDS.iter().find(|(known, _)| *known == name);
    row.unwrap_or_else(|| panic!("{name} has no words")).1
}

#[tokio::test]
async fn commands_ask_for_the_key_file_or_for_nothing() {
    let (owner, nowhere) = (House::with_installation().await, House::new());
    let stranger = House::with_installation().await.without_key();
    let mut wrong = Vec::new();
    for entry in access::table() {
        if entry.kind != Kind::Command {
            continue;
        }
        let words = words_of(&entry.name);
        match (entry.need, entry.name.as_str()) {
            (Need::Nothing, _) => {
                let (code, said) = nowhere.run(words, "data");
                if code != 0 {
                    wrong.push(format!("{words} (nothing): {code} {said}"));
                }
            }
            (Need::Owner, "restore") => {
                let (code, said) = stranger.run(words, "empty");
                if code == 0 || !said.contains("key") {
                    wrong.push(format!("{words} (without key): {code} {said}"));
                }
                let (code, said) = owner.run("restore --from copy --keys data/keys.json", "empty");
                if code != 0 {
                    wrong.push(format!("{words} (with key): {code} {said}"));
                }
            }
            (Need::Owner, name) => {
                let (code, said) = stranger.run(words, "data");
                let is_refused = if name == "doctor" {
                    code == 1 && said.contains("BAD   keys")
                } else {
                    code == 4 && said.contains("is missing")
                };
                if !is_refused {
                    wrong.push(format!("{words} (without key): {code} {said}"));
                }
                let (code, said) = owner.run(words, "data");
                if ![0, 1].contains(&code) || said.contains("keys.json is missing") {
                    wrong.push(format!("{words} (with key): {code} {said}"));
                }
            }
            (Need::Permission(_), "export tickets" | "report") => {
                for (who, code, word) in [
                    ("no.body", 1, "not_found"),
                    ("agent", 1, "access.denied"),
                    ("supervisor", 0, "bytes in"),
                ] {
                    let got = owner.run(&words.replace("WHO", who), "data");
                    if got.0 != code || !got.1.contains(word) {
                        wrong.push(format!("{words} ({who}): {got:?}"));
                    }
                }
            }
            (need, _) => wrong.push(format!("{words}: {need:?} is no need of a command")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn jobs_are_the_programs_own() {
    let world = World::new().await;
    for entry in access::table() {
        if entry.kind != Kind::Job {
            continue;
        }
        assert_eq!(entry.need, Need::System, "{}", entry.name);
        assert!(entry.need.is_met_by(&Actor::system()) && !entry.need.is_met_by(&Actor::visitor()));
        let job = services::jobs::JOBS
            .iter()
            .find(|job| job.name == entry.name);
        let job = job.expect("a job has a row of its own name");
        assert!(
            job.once(&world.state.services).await.is_ok(),
            "{}",
            entry.name
        );
    }
}
