//! PostgreSQL's own tools, `pg_dump` and `pg_restore`: found, asked for their version, and driven.
//! Not here: what is around them in a backup (`make`, `restore`).
//! The password goes to them in the environment, never on their command line, where others could see it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, bail};

use super::blocking;

/// One of the tools.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tool {
    path: PathBuf,
}

impl Tool {
    /// Finds a tool of the server's major version, or of a newer one: where Debian puts the versions side by side, then in `PATH`.
    ///
    /// # Errors
    /// With words: the tool is missing, or older than the server.
    pub async fn find(name: &str, server: i64) -> anyhow::Result<Self> {
        let mut places = vec![PathBuf::from(format!("/usr/lib/postgresql/{server}/bin"))];
        if let Some(path) = std::env::var_os("PATH") {
            places.extend(std::env::split_paths(&path));
        }
        let mut older = None;
        for place in places {
            let path = place.join(name);
            if !path.is_file() {
                continue;
            }
            match version(&path).await {
                Some(found) if found >= server => return Ok(Self { path }),
                Some(found) => older = Some((path, found)),
                None => {}
            }
        }
        match older {
            Some((path, found)) => bail!(
                "{} is of PostgreSQL {found}, the server is of {server}; install the client programs of {server} (postgresql-client-{server})",
                path.display()
            ),
            None => bail!(
                "{name} is not in PATH; install the client programs of PostgreSQL {server} (postgresql-client-{server})"
            ),
        }
    }

    /// Writes a database as it was at a snapshot to a file.
    ///
    /// # Errors
    /// With the tool's own words.
    pub async fn dump(&self, url: &str, snapshot: &str, to: &Path) -> anyhow::Result<()> {
        let (url, password) = without_password(url);
        let mut command = self.command(password);
        command
            .args(["--format=custom", "--no-password", "--snapshot"])
            .arg(snapshot)
            .arg("--file")
            .arg(to)
            .arg("--dbname")
            .arg(url);
        run(command).await
    }

    /// Puts a file into an empty database, whole or not at all.
    ///
    /// # Errors
    /// With the tool's own words.
    pub async fn restore(&self, url: &str, from: &Path) -> anyhow::Result<()> {
        let (url, password) = without_password(url);
        let mut command = self.command(password);
        command
            .args([
                "--single-transaction",
                "--exit-on-error",
                "--no-owner",
                "--no-privileges",
                "--no-password",
                "--dbname",
            ])
            .arg(url)
            .arg(from);
        run(command).await
    }

    fn command(&self, password: Option<String>) -> Command {
        let mut command = Command::new(&self.path);
        command.stdin(Stdio::null());
        if let Some(password) = password {
            command.env("PGPASSWORD", password);
        }
        command
    }
}

async fn run(mut command: Command) -> anyhow::Result<()> {
    let program = Path::new(command.get_program()).display().to_string();
    let output = blocking(move || Ok(command.output()?))
        .await
        .with_context(|| format!("{program} cannot be started"))?;
    if output.status.success() {
        return Ok(());
    }
    let words = String::from_utf8_lossy(&output.stderr);
    bail!("{program} failed: {}", words.trim())
}

/// `pg_dump (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)` → 15.
async fn version(path: &Path) -> Option<i64> {
    let path = path.to_owned();
    let output = blocking(move || Ok(Command::new(path).arg("--version").output()?));
    let output = output.await.ok()?;
    major(&String::from_utf8(output.stdout).ok()?)
}

fn major(words: &str) -> Option<i64> {
    let number = words.split_once("(PostgreSQL)")?.1.trim_start();
    let digits = number
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(number.len());
    number[..digits].parse().ok()
}

/// The address without its password, and the password.
fn without_password(url: &str) -> (String, Option<String>) {
    let whole = || (url.to_owned(), None);
    let Some((scheme, rest)) = url.split_once("://") else {
        return whole();
    };
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let Some(at) = rest[..end].rfind('@') else {
        return whole();
    };
    let Some((user, password)) = rest[..at].split_once(':') else {
        return whole();
    };
    (
        format!("{scheme}://{user}{}", &rest[at..]),
        Some(decoded(password)),
    )
}

/// Percent signs of an address as bytes.
fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let code = text
            .get(at + 1..at + 3)
            .filter(|_| *byte == b'%')
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        out.push(code.unwrap_or(*byte));
        at += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_never_stands_on_a_command_line() {
        let split = |url| {
            let (url, password) = without_password(url);
            (url, password.unwrap_or_default())
        };
        assert_eq!(
            split("postgres://me:s%40cret@host:5432/db?host=/tmp"),
            (
                "postgres://me@host:5432/db?host=/tmp".to_owned(),
                "s@cret".to_owned()
            )
        );
        for url in ["postgres://me@host/db", "postgres:///db?host=/run/a:b@c"] {
            assert_eq!(split(url), (url.to_owned(), String::new()));
        }
    }

    #[test]
    fn versions_are_read() {
        assert_eq!(
            major("pg_dump (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)\n"),
            Some(15)
        );
        assert_eq!(major("pg_dump (PostgreSQL) 17beta1"), Some(17));
        assert_eq!(major("something else"), None);
    }

    #[tokio::test]
    async fn a_tool_that_is_missing_or_too_old_is_said() {
        let missing = Tool::find("pg_no_such_tool", 15).await.expect_err("none");
        assert!(
            missing.to_string().contains("postgresql-client-15"),
            "{missing}"
        );
    }
}
