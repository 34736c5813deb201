//! A server for tests: a fresh database with a small demo, on a free port, stopped by its id afterwards.
//! Nothing of it outlives the run: data, keys and accounts lie in a folder that is removed.
//! Read next: `test/e2e.rs`.

use crate::{
    paths::{self, Paths},
    shell,
    site::TEST_SITE,
};
use anyhow::{Context, Result, bail};
use std::{
    fs,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
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

/// A running server; dropping it stops the server and removes its data.
pub struct Server {
    /// `http://127.0.0.1:PORT`
    pub address: String,
    /// The demo's accounts: `[{username, password, role, unit}]`.
    pub accounts: PathBuf,
    folder: PathBuf,
    process: Option<Child>,
}

impl Server {
    /// Loads the demo into a new SQLite file and serves it.
    pub fn start(paths: &Paths, log: &Path) -> Result<Self> {
        let folder = std::env::temp_dir().join(format!("minsheng-e2e-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut server = Self {
            address: format!("http://127.0.0.1:{port}"),
            accounts: folder.join("accounts.json"),
            folder,
            process: None,
        };
        let mut demo = server.command(paths, false);
        demo.arg("demo")
            .args(DEMO)
            .arg("--accounts")
            .arg(&server.accounts);
        shell::must(&mut demo, log).context("loading the demo")?;
        let out = shell::append(log)?;
        let mut serve = server.command(paths, true);
        serve
            .args(["serve", "--listen", &format!("127.0.0.1:{port}")])
            .stdin(Stdio::null());
        serve.stdout(out.try_clone()?).stderr(out);
        server.process = Some(serve.spawn().context("cannot start the server")?);
        server.wait(port, log)?;
        Ok(server)
    }

    /// The binary with the test's folders; `bound` ends it together with us.
    fn command(&self, paths: &Paths, bound: bool) -> Command {
        let binary = paths.server("debug");
        let mut command = if bound && paths::program("setpriv").is_some() {
            let mut command = Command::new("setpriv");
            command.args(["--pdeathsig", "TERM"]).arg(binary);
            command
        } else {
            Command::new(binary)
        };
        command
            .current_dir(&paths.root)
            .env(
                "MINSHENG_DATABASE_URL",
                format!("sqlite://{}", self.folder.join("e2e.sqlite").display()),
            )
            .env("MINSHENG_DATA_DIR", self.folder.join("data"))
            .env("LEPTOS_SITE_ROOT", TEST_SITE)
            .env(
                "LEPTOS_SITE_ADDR",
                self.address.trim_start_matches("http://"),
            );
        command
    }

    fn wait(&mut self, port: u16, log: &Path) -> Result<()> {
        let start = Instant::now();
        while start.elapsed() < Duration::from_mins(1) {
            if let Some(process) = &mut self.process
                && let Some(status) = process.try_wait()?
            {
                bail!("the server ended at once ({status}); see {}", log.display());
            }
            if is_alive(port) {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(50));
        }
        bail!(
            "the server does not answer /health/live after 60 s; see {}",
            log.display()
        )
    }

    /// Asks the server to end; an error if it needed force.
    pub fn stop(mut self) -> Result<()> {
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

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().ok();
            process.wait().ok();
        }
        fs::remove_dir_all(&self.folder).ok();
    }
}

fn is_alive(port: u16) -> bool {
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        write!(
            stream,
            "GET /health/live HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    };
    ask().is_ok_and(|answer| answer.starts_with("HTTP/1.1 200"))
}
