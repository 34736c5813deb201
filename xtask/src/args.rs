//! The options of `cargo xtask run`, read by hand: four words do not pay for an argument library.
//! What they mean stands in the help text of `main.rs`; the names of test parts are read in `test/mod.rs`.
//! Read next: `run.rs`.

use anyhow::{Context, Result, bail};

/// What `cargo xtask run` was asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct Run {
    /// TCP port on 127.0.0.1.
    pub port: u16,
    /// Another database than the SQLite file in the data folder.
    pub database_url: Option<String>,
    /// Start without the demo province.
    pub empty: bool,
}

impl Run {
    /// Reads the words after `run`; an unknown word or a value out of range is refused by name.
    pub fn parse(words: &[String]) -> Result<Self> {
        let mut run = Self {
            port: 3000,
            database_url: None,
            empty: false,
        };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let (name, joined) = match word.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (word.as_str(), None),
            };
            let mut value = || {
                joined
                    .clone()
                    .or_else(|| words.next().cloned())
                    .with_context(|| format!("{name} needs a value"))
            };
            match name {
                "--port" => run.port = port(&value()?)?,
                "--database-url" => run.database_url = Some(database_url(value()?)?),
                "--empty" => run.empty = true,
                _ => bail!(
                    "`{word}` is no option of run; allowed are --port N, --database-url URL, --empty"
                ),
            }
        }
        Ok(run)
    }
}

fn port(text: &str) -> Result<u16> {
    match text.parse() {
        Ok(0) | Err(_) => bail!("--port {text}: a number from 1 to 65535 is wanted"),
        Ok(port) => Ok(port),
    }
}

fn database_url(url: String) -> Result<String> {
    let known = ["postgres://", "postgresql://", "sqlite://"];
    if known.iter().any(|scheme| url.starts_with(scheme)) {
        return Ok(url);
    }
    bail!("--database-url must begin with postgres:// or sqlite://")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Run> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        Run::parse(&words)
    }

    #[test]
    fn defaults_and_both_spellings() {
        let plain = Run {
            port: 3000,
            database_url: None,
            empty: false,
        };
        assert_eq!(parse("").expect("no words"), plain);
        assert_eq!(parse("--port 8080").expect("two words").port, 8080);
        assert_eq!(parse("--port=8080 --empty").expect("joined").port, 8080);
        let url = parse("--database-url postgres://u@h/db?a=b").expect("a url with an equals sign");
        assert_eq!(url.database_url.as_deref(), Some("postgres://u@h/db?a=b"));
    }

    #[test]
    fn refusals_name_the_word() {
        for (line, part) in [
            ("--prot 1", "--prot"),
            ("--port", "needs a value"),
            ("--port 0", "1 to 65535"),
            ("--port 70000", "1 to 65535"),
            ("--database-url mysql://x", "postgres://"),
        ] {
            let error = parse(line).expect_err(line).to_string();
            assert!(error.contains(part), "{line}: {error}");
        }
    }
}
