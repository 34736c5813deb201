//! Asking a virus scanner that speaks clamd's protocol (`INSTREAM`), over TCP or a socket of the machine. The bytes go there in the clear.
//! No answer is no permission: a file that was not looked at stays in quarantine and is tried again.
//! Not here: what follows from an answer (`quarantine`).

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, bail};
use futures::{Stream, StreamExt as _};
use store::files::Scan;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpStream, UnixStream};

/// How long a connection, a part on its way and the answer may take.
const PATIENCE: Duration = Duration::from_mins(2);
/// Bytes of an answer at most.
const ANSWER: u64 = 4_096;
/// Bytes of a part.
const PART: usize = 64 * 1024;

/// Where a scanner listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scanner {
    /// `tcp://host:port`.
    Tcp(String),
    /// `unix:///run/clamav/clamd.ctl`.
    Socket(PathBuf),
}

impl Scanner {
    /// Reads an address; `None` when it is none.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(path) = text.strip_prefix("unix://") {
            let path = PathBuf::from(path);
            return path.is_absolute().then_some(Self::Socket(path));
        }
        let place = text.strip_prefix("tcp://")?;
        let (host, port) = place.rsplit_once(':')?;
        let good = !host.is_empty() && port.parse::<u16>().is_ok_and(|port| port > 0);
        good.then(|| Self::Tcp(place.to_owned()))
    }

    /// Shows a file to the scanner.
    pub(super) async fn look<S>(&self, bytes: S) -> anyhow::Result<Scan>
    where
        S: Stream<Item = std::io::Result<Vec<u8>>> + Send + Unpin,
    {
        match self {
            Self::Tcp(place) => {
                let line = patient(TcpStream::connect(place.as_str())).await?;
                talk(line, bytes).await
            }
            Self::Socket(path) => talk(patient(UnixStream::connect(path)).await?, bytes).await,
        }
    }
}

async fn patient<T>(what: impl Future<Output = std::io::Result<T>>) -> anyhow::Result<T> {
    let done = tokio::time::timeout(PATIENCE, what).await;
    let done = done.context("the virus scanner does not answer")?;
    done.context("the virus scanner cannot be reached")
}

async fn talk<L, S>(mut line: L, mut bytes: S) -> anyhow::Result<Scan>
where
    L: AsyncRead + AsyncWrite + Unpin + Send,
    S: Stream<Item = std::io::Result<Vec<u8>>> + Send + Unpin,
{
    patient(line.write_all(b"zINSTREAM\0")).await?;
    while let Some(part) = bytes.next().await {
        let part = part.context("the file cannot be read")?;
        for part in part.chunks(PART) {
            let length = u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes();
            let sent = async {
                line.write_all(&length).await?;
                line.write_all(part).await
            };
            if patient(sent).await.is_err() {
                // It may have said why before it closed.
                return verdict(&answer(&mut line).await?);
            }
        }
    }
    patient(line.write_all(&0_u32.to_be_bytes())).await?;
    patient(line.flush()).await?;
    verdict(&answer(&mut line).await?)
}

async fn answer<L: AsyncRead + Unpin>(line: &mut L) -> anyhow::Result<String> {
    let mut words = Vec::new();
    let mut line = line.take(ANSWER);
    patient(async {
        let mut byte = [0];
        while line.read(&mut byte).await? == 1 && byte[0] != 0 {
            words.push(byte[0]);
        }
        Ok(())
    })
    .await?;
    Ok(String::from_utf8_lossy(&words).trim().to_owned())
}

/// `stream: OK`, `stream: NAME FOUND`, or an error.
fn verdict(words: &str) -> anyhow::Result<Scan> {
    let said = words.strip_prefix("stream: ").unwrap_or(words);
    if said == "OK" {
        return Ok(Scan::Clean);
    }
    let Some(finding) = said.strip_suffix(" FOUND") else {
        bail!("the virus scanner said {words:?}");
    };
    let plain = |c: &char| c.is_ascii_graphic();
    Ok(Scan::Infected(
        finding.chars().filter(plain).take(100).collect(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_and_addresses_are_read() {
        assert_eq!(verdict("stream: OK").ok(), Some(Scan::Clean));
        assert_eq!(
            verdict("stream: Eicar-Test-Signature FOUND").ok(),
            Some(Scan::Infected("Eicar-Test-Signature".to_owned()))
        );
        for words in ["", "INSTREAM size limit exceeded. ERROR", "stream: OK?"] {
            assert!(verdict(words).is_err(), "{words:?}");
        }
        let tcp = Scanner::Tcp("127.0.0.1:3310".to_owned());
        assert_eq!(Scanner::parse("tcp://127.0.0.1:3310"), Some(tcp));
        for bad in ["", "tcp://x", "tcp://:1", "unix://run/x", "http://x:1"] {
            assert_eq!(Scanner::parse(bad), None, "{bad}");
        }
    }
}
