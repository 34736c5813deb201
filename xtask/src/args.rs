//! Options read by hand, since a few words do not pay for an argument library; and those of `cargo xtask run`.
//! What they mean stands in the help text of `main.rs`; the names of test parts are read in `test/mod.rs`.
//! Read next: `run.rs`, `bench/args.rs`.

use anyhow::{Context, Result, bail};

/// The words of a command, one option at a time: `--name value` or `--name=value`.
pub struct Options<'w> {
    words: std::slice::Iter<'w, String>,
    name: &'w str,
    joined: Option<&'w str>,
}

impl<'w> Options<'w> {
    /// Before the first option.
    pub fn new(words: &'w [String]) -> Self {
        Self {
            words: words.iter(),
            name: "",
            joined: None,
        }
    }

    /// The name of the next option; `None` behind the last.
    pub fn next(&mut self) -> Option<&'w str> {
        let word = self.words.next()?;
        (self.name, self.joined) = match word.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (word.as_str(), None),
        };
        Some(self.name)
    }

    /// The value of the option just read.
    pub fn value(&mut self) -> Result<&'w str> {
        let next = || self.words.next().map(String::as_str);
        self.joined
            .take()
            .or_else(next)
            .with_context(|| format!("{} needs a value", self.name))
    }
}

/// What `cargo xtask run` was asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct Run {
    /// TCP port on 127.0.0.1.
    pub port: u16,
    /// Another database than the SQLite file in the data folder.
    pub database_url: Option<String>,
    /// Start without the demo province.
    pub empty: bool,
    /// With the analytic copy.
    pub analytics: bool,
}

impl Run {
    /// Reads the words after `run`; an unknown word or a value out of range is refused by name.
    pub fn parse(words: &[String]) -> Result<Self> {
        let mut run = Self {
            port: 3000,
            database_url: None,
            empty: false,
            analytics: false,
        };
        let mut options = Options::new(words);
        while let Some(name) = options.next() {
            match name {
                "--port" => run.port = port(options.value()?)?,
                "--database-url" => run.database_url = Some(database_url(options.value()?)?),
                "--empty" => run.empty = true,
                "--analytics" => run.analytics = true,
                _ => bail!(
                    "`{name}` is no option of run; allowed are --port N, --database-url URL, --empty, --analytics"
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

fn database_url(url: &str) -> Result<String> {
    let known = ["postgres://", "postgresql://", "sqlite://"];
    if known.iter().any(|scheme| url.starts_with(scheme)) {
        return Ok(url.to_owned());
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
            analytics: false,
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
