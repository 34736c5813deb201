//! A private PostgreSQL cluster for tests and measurements: made, started and stopped by us, on a Unix socket only.
//! It never touches a cluster of the machine; only measurements of what takes an hour to load keep one.
//! Read next: `test/unit.rs`, which hands its address to the tests.

use crate::{paths::Paths, setup::system, shell};
use anyhow::{Context, Result, bail, ensure};
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// Speed over safety: the cluster lives for one test run. 200 connections serve tests that run side by side.
const SETTINGS: &str = "
listen_addresses = ''
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 200
shared_buffers = '128MB'
";

/// As an installation has it: every commit is on the disk before it is acknowledged.
const DURABLE: &str = "
listen_addresses = ''
max_connections = 100
shared_buffers = '512MB'
effective_cache_size = '2GB'
maintenance_work_mem = '256MB'
max_wal_size = '4GB'
checkpoint_timeout = '15min'
";

/// Bytes of the folder's path at most: a socket's whole name may have 107.
const LONGEST: usize = 80;

/// A running cluster; dropping it stops the server and removes its folder.
pub struct Cluster {
    folder: PathBuf,
    server: Child,
    bin: PathBuf,
    /// The folder stays when this is dropped.
    kept: bool,
}

impl Cluster {
    /// Makes and starts a cluster; the log says why when it does not come up.
    pub fn start(paths: &Paths) -> Result<Self> {
        Self::start_with(paths, SETTINGS)
    }

    /// The same with the safety, and so the cost, of an installation.
    pub fn start_durable(paths: &Paths) -> Result<Self> {
        Self::start_with(paths, DURABLE)
    }

    /// A durable one whose data stays in `folder`, which the user `postgres` must be able to reach.
    pub fn kept(paths: &Paths, folder: &Path) -> Result<Self> {
        if !folder.join("data/PG_VERSION").is_file() {
            let mut cluster = Self::make(paths, DURABLE, folder.to_owned())?;
            cluster.kept = true;
            return Ok(cluster);
        }
        let (bin, log) = (system::postgres(paths)?, paths.log("postgres"));
        let mut cluster = Self {
            server: serve(&bin, folder, &log)?,
            folder: folder.to_owned(),
            bin,
            kept: true,
        };
        cluster.wait(&log)?;
        Ok(cluster)
    }

    fn start_with(paths: &Paths, settings: &str) -> Result<Self> {
        let name = format!("minsheng-pg-{}", std::process::id());
        Self::make(paths, settings, std::env::temp_dir().join(name))
    }

    fn make(paths: &Paths, settings: &str, folder: PathBuf) -> Result<Self> {
        let bin = system::postgres(paths)?;
        let log = paths.log("postgres");
        let root = shell::is_root();
        ensure!(
            folder.as_os_str().len() < LONGEST,
            "{} is too long for a socket; set TMPDIR to a shorter folder",
            folder.display()
        );
        fs::create_dir_all(&folder)?;
        if root {
            // PostgreSQL refuses to run as root.
            shell::must(Command::new("chown").args(["postgres:"]).arg(&folder), &log)?;
        }
        let data = folder.join("data");
        let mut init = as_postgres(root, &bin.join("initdb"), false);
        init.arg("-D")
            .arg(&data)
            .args(["-U", "postgres", "-A", "trust", "-E", "UTF8"]);
        init.args(["--locale=C.UTF-8", "--no-sync", "--no-instructions"])
            .current_dir(&folder);
        shell::must(&mut init, &log)?;
        let socket = format!("unix_socket_directories = '{}'\n", folder.display());
        let mut text = fs::read_to_string(data.join("postgresql.conf"))?;
        text.push_str(settings);
        text.push_str(&socket);
        fs::write(data.join("postgresql.conf"), text)?;
        let server = serve(&bin, &folder, &log)?;
        let mut cluster = Self {
            folder,
            server,
            bin,
            kept: false,
        };
        cluster.wait(&log)?;
        Ok(cluster)
    }

    /// Stops the server at once, as an operator would: sessions end in the midst of what they do.
    pub fn stop(&mut self) -> Result<()> {
        let id = self.server.id().to_string();
        let asked = Command::new("kill").args(["-INT", &id]).status()?;
        ensure!(asked.success(), "PostgreSQL cannot be stopped");
        self.server.wait()?;
        Ok(())
    }

    /// Starts it again on the same data.
    pub fn start_again(&mut self, paths: &Paths) -> Result<()> {
        let log = paths.log("postgres");
        self.server = serve(&self.bin, &self.folder, &log)?;
        self.wait(&log)
    }

    /// Ends every connection to a database of ours; how many there were.
    pub fn cut(&self, database: &str) -> Result<u32> {
        let sql = format!(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = '{database}' and pid <> pg_backend_pid()"
        );
        let mut ask = Command::new(self.bin.join("psql"));
        ask.args(["-U", "postgres", "-d", "postgres", "-At", "-c", &sql, "-h"]);
        let answer = ask.arg(&self.folder).output()?;
        ensure!(answer.status.success(), "psql failed");
        Ok(String::from_utf8(answer.stdout)?.trim().parse()?)
    }

    /// The address for tests; each makes a database of its own inside the cluster.
    pub fn url(&self) -> String {
        format!(
            "postgres://postgres@localhost/postgres?host={}",
            self.folder.display()
        )
    }

    /// Address of the database of this name in a kept cluster; an empty one in its place when `fresh`.
    pub fn kept_database(&self, paths: &Paths, name: &str, fresh: bool) -> Result<String> {
        if fresh {
            let mut drop = Command::new("dropdb");
            drop.args(["-U", "postgres", "--if-exists", "-h"]);
            drop.arg(&self.folder).arg(name);
            shell::must(&mut drop, &paths.log("postgres"))?;
            return self.database(paths, name);
        }
        Ok(self.url().replace("/postgres?", &format!("/{name}?")))
    }

    /// Makes a database of this name and gives its address.
    pub fn database(&self, paths: &Paths, name: &str) -> Result<String> {
        let mut create = Command::new("createdb");
        create
            .args(["-U", "postgres", "-h"])
            .arg(&self.folder)
            .arg(name);
        shell::must(&mut create, &paths.log("postgres"))?;
        Ok(self.url().replace("/postgres?", &format!("/{name}?")))
    }

    fn wait(&mut self, log: &Path) -> Result<()> {
        // The server writes its state as a word into this file; a socket alone says too little.
        let state = self.folder.join("data/postmaster.pid");
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(30) {
            if let Some(status) = self.server.try_wait()? {
                bail!("PostgreSQL ended at once ({status}); see {}", log.display());
            }
            if fs::read_to_string(&state)
                .is_ok_and(|text| text.lines().any(|line| line.trim() == "ready"))
            {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(20));
        }
        bail!("PostgreSQL is not ready after 30 s; see {}", log.display())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // SIGINT is PostgreSQL's fast shutdown: sessions end, no waiting for clients.
        let mut kill = Command::new("kill");
        kill.args(["-INT", &self.server.id().to_string()]);
        if !kill.status().is_ok_and(|status| status.success()) {
            self.server.kill().ok();
        }
        self.server.wait().ok();
        if !self.kept {
            fs::remove_dir_all(&self.folder).ok();
        }
    }
}

fn serve(bin: &Path, folder: &Path, log: &Path) -> Result<Child> {
    let mut serve = as_postgres(shell::is_root(), &bin.join("postgres"), true);
    serve
        .arg("-D")
        .arg(folder.join("data"))
        .current_dir(folder)
        .stdin(Stdio::null());
    let out = shell::append(log)?;
    serve
        .stdout(out.try_clone()?)
        .stderr(out)
        .spawn()
        .context("cannot start postgres")
}

/// A command as the user `postgres` when we are root; `bound` ends it together with us.
fn as_postgres(root: bool, program: &Path, bound: bool) -> Command {
    let mut words: Vec<&str> = Vec::new();
    if root {
        words.extend(["--reuid=postgres", "--regid=postgres", "--init-groups"]);
    }
    if bound {
        words.extend(["--pdeathsig", "TERM"]);
    }
    if words.is_empty() || (!root && crate::paths::program("setpriv").is_none()) {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(words).arg(program);
    command
}
