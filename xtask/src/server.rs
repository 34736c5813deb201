//! A server for tests and measurements: a fresh database with a demo, on a free port, ended by its id afterwards.
//! Nothing of it outlives the run: data, keys and accounts lie in a folder that is removed.
//! Read next: `test/e2e.rs`.

use crate::{
    disk::SmallDisk,
    http,
    paths::{self, Paths},
    shell,
    site::Grade,
};
use anyhow::{Context, Result, bail};
use std::{
    fs,
    net::TcpListener,
    os::unix::fs::DirBuilderExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// Same words for every run, so that a journey that fails fails again.
const DEMO: [&str; 8] = [
    "--tickets",
    "300",
    "--months",
    "3",
    "--until",
    "2026-10-31",
    "--seed",
    "7",
];

/// A server with data of its own; dropping it ends the process and removes the data.
pub struct Server {
    /// Port on 127.0.0.1, the same after each start.
    pub port: u16,
    /// The demo's accounts: `[{username, password, role, unit}]`.
    pub accounts: PathBuf,
    binary: PathBuf,
    root: PathBuf,
    folder: PathBuf,
    database: String,
    site: &'static str,
    log: PathBuf,
    process: Option<Child>,
    /// The folder is a small file system of its own.
    disk: Option<SmallDisk>,
    /// The folder stays when this is dropped.
    kept: bool,
}

/// In the folder of a kept server once its demo is whole: the day up to which the demo goes.
const MADE: &str = "made";

/// What a server is made from.
pub struct Make<'a> {
    /// Part of the names of its folder and log.
    pub name: &'a str,
    /// `debug` or `release`.
    pub profile: &'a str,
    /// Address of a PostgreSQL database; an SQLite file of its own when absent.
    pub postgres: Option<String>,
    /// Folder of the browser's files, below the checkout.
    pub site: &'static str,
    /// Options of `minsheng demo`.
    pub demo: &'a [&'a str],
    /// Everything that the server writes lies on a file system of so many megabytes.
    pub disk: Option<u32>,
}

impl Server {
    /// Loads the demo into an SQLite file of its own, or into the PostgreSQL database given.
    pub fn prepare(paths: &Paths, name: &str, postgres: Option<String>) -> Result<Self> {
        Self::make(
            paths,
            Make {
                name,
                profile: "debug",
                postgres,
                site: Grade::Test.site(),
                demo: &DEMO,
                disk: None,
            },
        )
    }

    /// The same with an SQLite file on a file system of so many megabytes.
    pub fn prepare_on_disk(paths: &Paths, name: &str, megabytes: u32) -> Result<Self> {
        Self::make(
            paths,
            Make {
                name,
                profile: "debug",
                postgres: None,
                site: Grade::Test.site(),
                demo: &DEMO,
                disk: Some(megabytes),
            },
        )
    }

    /// The same without a demo: nobody has an account, and the start prints the link that makes the first one.
    pub fn prepare_empty(paths: &Paths, name: &str) -> Result<Self> {
        Self::bare(
            paths,
            &Make {
                name,
                profile: "debug",
                postgres: None,
                site: Grade::Test.site(),
                demo: &[],
                disk: None,
            },
        )
    }

    /// The link that the start printed, while nobody has an account.
    pub fn first_link(&self) -> Result<String> {
        let said = fs::read_to_string(&self.log)?;
        let link = said.lines().find(|line| line.contains("/set-up?token="));
        link.map(|link| link.trim().to_owned())
            .with_context(|| format!("no set-up link in {}", self.log.display()))
    }

    /// The same with another demo, profile or site.
    pub fn make(paths: &Paths, from: Make<'_>) -> Result<Self> {
        let server = Self::bare(paths, &from)?;
        server.load(from.demo)?;
        Ok(server)
    }

    /// One whose data stays in `folder` for the next run: the demo is loaded by the first, and brought to the newest schema by the others.
    /// Also gives the last day of the demo, `2026-10-31`.
    pub fn kept(paths: &Paths, from: &Make<'_>, folder: &Path) -> Result<(Self, String)> {
        let mut server = Self::in_folder(paths, from, folder.to_owned())?;
        server.kept = true;
        let mark = folder.join(MADE);
        if let Ok(day) = fs::read_to_string(&mark) {
            server.run(&["migrate"])?;
            return Ok((server, day));
        }
        // What a run that was broken off has left would be in the way.
        fs::remove_dir_all(folder).ok();
        fs::create_dir_all(folder)?;
        let until = from.demo.iter().position(|word| *word == "--until");
        let day = until.and_then(|at| from.demo.get(at + 1));
        let day = (*day.context("a demo that is kept has a last day")?).to_owned();
        server.load(from.demo)?;
        fs::write(mark, &day)?;
        Ok((server, day))
    }

    /// Whether a kept server's demo is whole.
    pub fn is_made(folder: &Path) -> bool {
        folder.join(MADE).is_file()
    }

    fn load(&self, words: &[&str]) -> Result<()> {
        let mut demo = self.command(false);
        demo.arg("demo")
            .args(words)
            .arg("--accounts")
            .arg(self.folder.join("accounts.json"));
        shell::must(&mut demo, &self.log).context("loading the demo")
    }

    /// Folder, port and log, before anything is in the database.
    fn bare(paths: &Paths, from: &Make<'_>) -> Result<Self> {
        let name = format!("minsheng-{}-{}", from.name, std::process::id());
        Self::in_folder(paths, from, std::env::temp_dir().join(name))
    }

    fn in_folder(paths: &Paths, from: &Make<'_>, folder: PathBuf) -> Result<Self> {
        let name = from.name;
        fs::create_dir_all(&folder)?;
        let disk = from
            .disk
            .map(|it| SmallDisk::mount(&folder, it))
            .transpose()?;
        let file = format!("sqlite://{}", folder.join("test.sqlite").display());
        let accounts = folder.join("accounts.json");
        let server = Self {
            port: TcpListener::bind("127.0.0.1:0")?.local_addr()?.port(),
            accounts: disk
                .as_ref()
                .map_or_else(|| accounts.clone(), |it| it.seen(&accounts)),
            binary: paths.server(from.profile),
            root: paths.root.clone(),
            database: from.postgres.clone().unwrap_or(file),
            site: from.site,
            log: paths.log(&format!("{name}-server")),
            folder,
            process: None,
            disk,
            kept: false,
        };
        fs::remove_file(&server.log).ok();
        Ok(server)
    }

    /// Starts the server and waits until it answers.
    pub fn start(&mut self) -> Result<()> {
        // Nobody puts mails on a small file system, which hides what lies below it.
        if self.disk.is_none() {
            let mut private = fs::DirBuilder::new();
            private
                .recursive(true)
                .mode(0o700)
                .create(self.mails_in())?;
        }
        let out = shell::append(&self.log)?;
        let mut serve = self.command(true);
        serve.args(["serve", "--listen", &format!("127.0.0.1:{}", self.port)]);
        serve
            .stdin(Stdio::null())
            .stdout(out.try_clone()?)
            .stderr(out);
        let mut process = serve.spawn().context("cannot start the server")?;
        let up = self.wait_for(self.port, &mut process);
        self.process = Some(process);
        up
    }

    /// Starts a second server on the same database and data folder.
    pub fn beside(&self) -> Result<Beside> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let out = shell::append(&self.log)?;
        let mut serve = self.command(true);
        serve.args(["serve", "--listen", &format!("127.0.0.1:{port}")]);
        serve
            .stdin(Stdio::null())
            .stdout(out.try_clone()?)
            .stderr(out);
        let process = serve.spawn().context("cannot start a second server")?;
        let mut beside = Beside { port, process };
        self.wait_for(port, &mut beside.process)?;
        Ok(beside)
    }

    /// Runs a command of the product on this database.
    pub fn run(&self, words: &[&str]) -> Result<()> {
        let mut command = self.command(false);
        command.args(words);
        shell::must(&mut command, &self.log)
    }

    /// `http://127.0.0.1:PORT`
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Where text messages lie that no gateway takes.
    pub fn messages(&self) -> PathBuf {
        self.data().join("messages")
    }

    /// Where mails that come in are put.
    pub fn mails_in(&self) -> PathBuf {
        self.data().join("mails")
    }

    /// Address of the database.
    pub fn database(&self) -> &str {
        &self.database
    }

    /// The data folder: keys, photos, messages.
    pub fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// The small file system, when there is one.
    pub fn disk(&self) -> Option<&SmallDisk> {
        self.disk.as_ref()
    }

    /// Output of the demo and the server.
    pub fn log(&self) -> &Path {
        &self.log
    }

    /// Id of the running process.
    pub fn process_id(&self) -> Option<u32> {
        self.process.as_ref().map(Child::id)
    }

    /// The binary with the test's folders; `bound` ends it together with us.
    fn command(&self, bound: bool) -> Command {
        let mut words: Vec<String> = Vec::new();
        if bound && paths::program("setpriv").is_some() {
            words.extend(["setpriv", "--pdeathsig", "TERM"].map(str::to_owned));
        }
        words.extend(self.disk.iter().flat_map(SmallDisk::entry));
        words.push(self.binary.display().to_string());
        let mut command = Command::new(&words[0]);
        command.args(&words[1..]);
        command
            .current_dir(&self.root)
            .env("MINSHENG_DATABASE_URL", &self.database)
            .env("MINSHENG_DATA_DIR", self.data())
            .env("MINSHENG_NOTIFICATIONS_MAILS_IN", self.mails_in())
            .env("LEPTOS_SITE_ROOT", self.site)
            // Browsers know passkeys by a name.
            .env(
                "MINSHENG_WEB_PUBLIC_URL",
                format!("http://localhost:{}", self.port),
            );
        // All journeys come from one address; what an address may do is tested elsewhere.
        for limit in ["SIGN_IN", "FILING", "LOOKUP"] {
            command.env(format!("MINSHENG_LIMITS_{limit}_PER_MINUTE"), "100000");
        }
        command
    }

    fn wait_for(&self, port: u16, process: &mut Child) -> Result<()> {
        let start = Instant::now();
        while start.elapsed() < Duration::from_mins(1) {
            if let Some(status) = process.try_wait()? {
                bail!("the server ended at once ({status}):\n{}", tail(&self.log));
            }
            if http::ask(port, "GET /health/live", &[], "").is_ok_and(|it| it.status == 200) {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(50));
        }
        bail!(
            "the server does not answer /health/live after 60 s:\n{}",
            tail(&self.log)
        )
    }

    /// Kills the server at once, as a power cut would.
    pub fn kill(&mut self) -> Result<()> {
        if let Some(mut process) = self.process.take() {
            process.kill()?;
            process.wait()?;
        }
        Ok(())
    }

    /// Asks the server to end by SIGTERM; an error if it did not end well within 15 s.
    pub fn stop(mut self) -> Result<()> {
        self.end()
    }

    /// Ends it well and starts it again on the same data.
    pub fn restart(&mut self) -> Result<()> {
        self.end()?;
        self.start()
    }

    /// Ends it well and keeps its data, for whoever works on them next.
    pub fn end(&mut self) -> Result<()> {
        let Some(mut process) = self.process.take() else {
            return Ok(());
        };
        let id = process.id().to_string();
        Command::new("kill")
            .args(["-TERM", &id])
            .status()
            .context("cannot send SIGTERM")?;
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(15) {
            if let Some(status) = process.try_wait()? {
                if status.success() {
                    return Ok(());
                }
                bail!("the server ended with {status} after SIGTERM");
            }
            thread::sleep(Duration::from_millis(50));
        }
        process.kill()?;
        process.wait()?;
        bail!("the server did not end within 15 s after SIGTERM")
    }
}

/// A second server; it ends when this is dropped.
pub struct Beside {
    /// Its port on 127.0.0.1.
    pub port: u16,
    process: Child,
}

impl Drop for Beside {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().ok();
            process.wait().ok();
        }
        if !self.kept {
            fs::remove_dir_all(&self.folder).ok();
        }
    }
}

fn tail(log: &Path) -> String {
    let text = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(15)..].join("\n")
}
