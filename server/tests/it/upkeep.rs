//! The commands that keep an installation together, started as processes: what may begin one, what is refused, backup and the way back.
//! Deliberately absent: both databases (tests of `services` tell the same story there).
//! Each test has its own folder; nothing runs on behind it.

use std::{
    os::unix::fs::{MetadataExt as _, PermissionsExt},
    path::{Path, PathBuf},
    process::{Command, Output},
};

use tempfile::TempDir;

use crate::support::World;

struct House(TempDir);

impl House {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder for the test"))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Runs the program with a database and a data folder of this house.
    fn run_in(&self, places: (&str, &str), words: &[&str]) -> (i32, String, String) {
        self.run_with(places, words, &[])
    }

    /// The same with further settings.
    fn run_with(
        &self,
        (database, data): (&str, &str),
        words: &[&str],
        settings: &[(&str, &Path)],
    ) -> (i32, String, String) {
        let Output {
            status,
            stdout,
            stderr,
        } = Command::new(env!("CARGO_BIN_EXE_minsheng"))
            .args(words)
            .current_dir(self.0.path())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.0.path())
            .env("MINSHENG_LOG_LEVEL", "error")
            .env("MINSHENG_DATA_DIR", self.path(data))
            .env(
                "MINSHENG_DATABASE_URL",
                format!("sqlite://{}", self.path(database).display()),
            )
            .envs(settings.iter().copied())
            .output()
            .expect("the program starts");
        let text = |bytes| String::from_utf8(bytes).expect("text");
        (status.code().unwrap_or(-1), text(stdout), text(stderr))
    }

    fn run(&self, words: &[&str]) -> (i32, String, String) {
        self.run_in(("db.sqlite", "data"), words)
    }

    fn good(&self, words: &[&str]) -> String {
        let (code, out, said) = self.run(words);
        assert_eq!(code, 0, "{words:?}: {out}{said}");
        out
    }

    fn demo(&self) {
        self.good(&["demo", "--tickets", "60", "--months", "1", "--seed", "7"]);
    }
}

fn mode(path: &Path) -> u32 {
    let meta = std::fs::metadata(path).expect("it is there");
    meta.permissions().mode() & 0o777
}

fn read(path: &Path) -> Vec<u8> {
    std::fs::read(path).expect("it is there")
}

/// Commands that work on an installation, and what they say where there is none to work on.
const WORKERS: &[&[&str]] = &[
    &["audit", "verify"],
    &["user", "list"],
    &["check"],
    &["process", "list"],
    &["export", "tickets", "--as", "x", "--out", "x.csv"],
    &["backup", "--to", "copy"],
];

#[test]
fn commands_that_look_begin_nothing() {
    let house = House::new();
    for words in WORKERS {
        let (code, _, said) = house.run(words);
        assert!(
            code == 4 && said.contains("no installation"),
            "{words:?}: {code} {said}"
        );
    }
    let (code, out, _) = house.run(&["doctor"]);
    assert!(code == 1 && out.contains("BAD   database"), "{out}");
    assert_eq!(std::fs::read_dir(house.0.path()).expect("reads").count(), 0);
}

#[test]
fn a_database_without_its_keys_is_refused_by_every_command() {
    let house = House::new();
    house.good(&["migrate"]);
    let keys = house.path("data/keys.json");
    assert_eq!(mode(&keys), 0o600);
    assert_eq!(mode(&house.path("db.sqlite")), 0o600);
    assert_eq!(mode(&house.path("data")), 0o700);
    let right = read(&keys);
    let makers: &[&[&str]] = &[
        &["serve", "--listen", "127.0.0.1:0"],
        &["migrate"],
        &["demo", "--tickets", "1"],
        &["import", "undo", "019b0000-0000-7000-8000-000000000000"],
    ];
    std::fs::remove_file(&keys).expect("there");
    for words in WORKERS.iter().chain(makers) {
        let (code, _, said) = house.run(words);
        assert!(
            code == 4 && said.contains("is missing"),
            "{words:?}: {code} {said}"
        );
        assert!(!keys.exists(), "{words:?} made keys");
    }
    let (code, out, _) = house.run(&["doctor"]);
    assert!(
        code == 1 && out.contains("is missing") && !keys.exists(),
        "{out}"
    );

    let other = House::new();
    other.good(&["migrate"]);
    std::fs::copy(other.path("data/keys.json"), &keys).expect("foreign keys");
    for words in WORKERS.iter().chain(makers) {
        let (code, _, said) = house.run(words);
        assert!(
            code == 4 && said.contains("not the one"),
            "{words:?}: {code} {said}"
        );
    }
    std::fs::write(&keys, right).expect("the right ones");
    house.good(&["audit", "verify"]);
}

#[test]
fn a_lost_database_is_begun_anew_only_when_that_is_said() {
    let house = House::new();
    house.demo();
    let (keys, accounts) = (
        house.path("data/keys.json"),
        house.path("data/accounts.json"),
    );
    let before = (read(&keys), read(&accounts));
    for end in ["", "-wal", "-shm"] {
        std::fs::remove_file(house.path(&format!("db.sqlite{end}"))).ok();
    }
    for words in [
        &["serve", "--listen", "127.0.0.1:0"][..],
        &["migrate"],
        &["demo"],
    ] {
        let (code, _, said) = house.run(words);
        assert!(
            code == 4 && said.contains("--new-database"),
            "{words:?}: {code} {said}"
        );
    }
    assert!(!house.path("db.sqlite").exists());
    assert_eq!(
        (read(&keys), read(&accounts)),
        before,
        "nothing was touched"
    );
    house.good(&["migrate", "--new-database"]);
    assert_eq!(read(&keys), before.0, "the keys are used on");
    assert_eq!(read(&house.path("data/earlier-1/accounts.json")), before.1);
}

#[test]
fn a_second_demo_never_replaces_keys_or_accounts_of_the_first() {
    let house = House::new();
    house.demo();
    let (keys, accounts) = (
        house.path("data/keys.json"),
        house.path("data/accounts.json"),
    );
    let before = (read(&keys), read(&accounts));
    let (code, _, said) = house.run_in(("second.sqlite", "data"), &["demo", "--tickets", "5"]);
    assert!(
        code == 4 && said.contains("MINSHENG_DATA_DIR"),
        "{code} {said}"
    );
    let named = accounts.display().to_string();
    let words = ["demo", "--tickets", "5", "--accounts", &named];
    let (code, _, said) = house.run_in(("third.sqlite", "other"), &words);
    assert!(code == 1 && said.contains("not replaced"), "{code} {said}");
    assert_eq!((read(&keys), read(&accounts)), before);
    house.good(&["demo", "--tickets", "20", "--months", "1", "--seed", "8"]);
    assert_eq!(
        (read(&keys), read(&accounts)),
        before,
        "nor does the first, run again"
    );
}

#[test]
fn a_backup_comes_back_by_command() {
    let house = House::new();
    house.demo();
    let out = house.good(&["backup", "--to", "copy", "--keys-to", "keys-copy.json"]);
    assert!(out.contains("tickets=60"), "{out}");
    assert_eq!(mode(&house.path("copy")), 0o700);
    assert_eq!(mode(&house.path("copy/database.sqlite")), 0o600);
    assert_eq!(mode(&house.path("keys-copy.json")), 0o600);
    let words = ["restore", "--from", "copy", "--keys", "keys-copy.json"];
    let (code, out, said) = house.run_in(("new.sqlite", "new"), &words);
    assert!(
        code == 0 && out.contains("audit whole"),
        "{code} {out}{said}"
    );
    let (code, out, said) = house.run_in(("new.sqlite", "new"), &["check"]);
    assert!(
        code == 0 && out.contains("tickets=60"),
        "{code} {out}{said}"
    );
    let (code, _, said) = house.run_in(("new.sqlite", "new"), &words);
    assert!(code == 1 && said.contains("empty place"), "{code} {said}");
}

#[test]
fn the_deep_look_finds_a_damaged_page_and_open_files() {
    let house = House::new();
    house.demo();
    let (_, out, _) = house.run(&["doctor", "--deep"]);
    let bad: Vec<&str> = out.lines().filter(|line| line.starts_with("BAD")).collect();
    assert!(
        bad.iter().all(|line| line.contains("static files")),
        "{out}"
    );
    for subject in [
        "statements",
        "pages",
        "key ids",
        "writer",
        "sealed",
        "consistency",
        "photos",
    ] {
        assert!(out.contains(subject), "{subject}: {out}");
    }
    let file = house.path("db.sqlite");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).expect("opened");
    let (_, out, _) = house.run(&["doctor", "--deep"]);
    assert!(out.contains("BAD   file modes"), "{out}");

    let mut bytes = read(&file);
    let page = 8192;
    let mut damaged = 0;
    // The head of every twentieth page behind the schema; a page that nobody uses hides what is done to it.
    for start in (40 * page..bytes.len()).step_by(20 * page) {
        bytes[start..start + 16].fill(0xA5);
        damaged += 1;
    }
    assert!(damaged > 3, "{damaged}");
    std::fs::write(&file, bytes).expect("damaged");
    let (code, out, said) = house.run(&["doctor", "--deep"]);
    assert!(
        code == 1 && out.contains("BAD   pages"),
        "{code} {out}{said}"
    );
    let (code, _, said) = house.run(&["backup", "--to", "copy"]);
    assert!(code == 1 && !house.path("copy").exists(), "{code} {said}");
}

#[tokio::test]
async fn figures_are_for_this_machine_and_configured_networks() {
    let world = World::new().await;
    let outside = [("x-forwarded-for", "203.0.113.9")];
    let answer = world.get("/metrics", &outside).await;
    assert_eq!(answer.status.as_u16(), 403);
    let answer = world.get("/health/ready", &outside).await;
    assert_eq!(answer.json().as_object().map(serde_json::Map::len), Some(1));
    let answer = world.get("/metrics", &[]).await;
    assert_eq!(answer.status.as_u16(), 200);
    let answer = world.get("/health/ready", &[]).await;
    assert!(answer.json()["disk"].is_boolean());
}

#[test]
fn a_second_place_of_the_audit_on_the_same_disk_is_told() {
    let house = House::new();
    house.good(&["migrate"]);
    let looks = |folder: &Path| {
        let set = [("MINSHENG_AUDIT_SECOND_FOLDER", folder)];
        house.run_with(("db.sqlite", "data"), &["doctor"], &set).1
    };
    let (_, none, _) = house.run(&["doctor"]);
    assert!(
        none.contains("WARNING: signed positions lie beside the database only"),
        "{none}"
    );
    let same = house.path("second");
    let absent = looks(&same);
    assert!(
        absent.contains("BAD   audit copies") && absent.contains("is not there"),
        "{absent}"
    );
    std::fs::create_dir(&same).expect("the folder is writable");
    let told = looks(&same);
    assert!(
        told.contains("BAD   audit copies") && told.contains("is on the same disk"),
        "{told}"
    );
    let device = |path: &Path| std::fs::metadata(path).ok().map(|it| it.dev());
    let memory = tempfile::tempdir_in("/dev/shm").ok();
    let memory = memory.filter(|it| device(it.path()) != device(house.0.path()));
    if let Some(other) = memory {
        let told = looks(other.path());
        assert!(
            told.contains("audit copies") && !told.contains("BAD   audit copies"),
            "{told}"
        );
    }
}
