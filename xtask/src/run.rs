//! `cargo xtask run`: from a fresh clone to a served demo province, in one command.
//! The database is made and filled by the product's own commands; nothing is done here that they cannot do.
//! Read next: `docs/running.md`, for running it on a server.

use crate::{
    args, hash,
    paths::{self, Paths},
    setup,
    shell::{must, step},
    site::{self, Grade},
};
use anyhow::{Context, Result, ensure};
use std::{
    fs,
    net::TcpListener,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

const TICKETS: &str = "20000";
const MONTHS: &str = "12";
const SEED: &str = "12345";

/// Installs, builds, loads the demo once and serves in the foreground until Ctrl-C.
pub fn run(wish: &args::Run) -> Result<ExitCode> {
    let paths = Paths::find()?;
    ensure!(
        TcpListener::bind(("127.0.0.1", wish.port)).is_ok(),
        "port {} is taken; stop what listens there or take another: cargo xtask run --port N",
        wish.port
    );
    setup::for_build(&paths)?;
    let binary = site::server_and_site(&paths, Grade::Run, wish.analytics)?;
    let data = folder(paths::data_folder()?, wish);
    fs::create_dir_all(&data).with_context(|| format!("cannot create {}", data.display()))?;
    let start = Start {
        paths: &paths,
        binary,
        data,
    };
    let url = start.database(wish)?;
    println!("\n  http://127.0.0.1:{}   (Ctrl-C stops it)", wish.port);
    if !wish.empty {
        println!("  demo accounts: {}", start.accounts().display());
    }
    println!("  database, uploads and keys: {}\n", start.data.display());
    let mut serve = start.minsheng(&url);
    serve.args(["serve", "--listen", &format!("127.0.0.1:{}", wish.port)]);
    // The server takes our place, so that Ctrl-C and the exit code are its own.
    Err(serve.exec()).context("cannot start the server")
}

/// Every database has a data folder of its own: keys and photos of one are of no use to another.
fn folder(data: PathBuf, wish: &args::Run) -> PathBuf {
    match (&wish.database_url, wish.empty) {
        (Some(url), _) => data.join(format!("database-{}", hash::text(url))),
        (None, true) => data.join("empty"),
        (None, false) => data,
    }
}

struct Start<'a> {
    paths: &'a Paths,
    binary: PathBuf,
    data: PathBuf,
}

impl Start<'_> {
    /// The address of a database that is ready: the demo loaded, or left empty on wish.
    fn database(&self, wish: &args::Run) -> Result<String> {
        match (&wish.database_url, wish.empty) {
            (Some(url), true) => Ok(url.clone()),
            (Some(url), false) => {
                let done = self.data.join(format!("demo-{}.done", hash::text(url)));
                if !done.exists() {
                    self.demo(url)?;
                    fs::write(done, "the demo is in this database\n")?;
                }
                Ok(url.clone())
            }
            (None, true) => Ok(sqlite(&self.data.join("minsheng.sqlite"))),
            (None, false) => self.demo_file(),
        }
    }

    /// A demo that was interrupted leaves a `.part` file, never a half-filled database under its real name.
    fn demo_file(&self) -> Result<String> {
        let file = self.data.join("demo.sqlite");
        if !file.exists() {
            let part = self.data.join("demo.sqlite.part");
            for end in ["", "-wal", "-shm"] {
                fs::remove_file(self.data.join(format!("demo.sqlite.part{end}"))).ok();
            }
            self.demo(&sqlite(&part))?;
            let wal = self.data.join("demo.sqlite.part-wal");
            ensure!(
                !wal.metadata().is_ok_and(|meta| meta.len() > 0),
                "{} was not closed cleanly",
                part.display()
            );
            fs::rename(&part, &file)?;
        }
        Ok(sqlite(&file))
    }

    fn demo(&self, url: &str) -> Result<()> {
        let today = today()?;
        let log = self.paths.log("demo");
        let mut demo = self.minsheng(url);
        demo.args([
            "demo",
            "--tickets",
            TICKETS,
            "--months",
            MONTHS,
            "--until",
            &today,
            "--seed",
            SEED,
        ]);
        demo.arg("--accounts").arg(self.accounts());
        // A demo that was interrupted has left keys and accounts without a database.
        demo.arg("--new-database");
        step(
            &format!("loading the demo province with {TICKETS} tickets"),
            || must(&mut demo, &log),
        )
    }

    fn minsheng(&self, url: &str) -> Command {
        let mut command = Command::new(&self.binary);
        command
            .current_dir(&self.paths.root)
            .env("MINSHENG_DATABASE_URL", url)
            .env("MINSHENG_DATA_DIR", &self.data)
            .env("LEPTOS_SITE_ROOT", Grade::Run.site());
        command
    }

    fn accounts(&self) -> PathBuf {
        self.data.join("accounts.json")
    }
}

fn sqlite(file: &Path) -> String {
    format!("sqlite://{}", file.display())
}

/// The day in China, where the demo province's clocks are.
fn today() -> Result<String> {
    let mut date = Command::new("date");
    date.arg("+%F").env("TZ", "UTC-8");
    crate::shell::ask(&mut date).context("`date` does not answer")
}
