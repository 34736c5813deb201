//! One HTTP request on loopback, enough to ask our own server.
//! No TLS, no redirects, no keep-alive: a client library would cost more to build than these lines.
//! Read next: `server.rs`.

use anyhow::{Context, Result};
use std::{
    io::{Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

/// Status code and body.
pub struct Answer {
    /// 200, 404 and so on.
    pub status: u16,
    /// The body as text.
    pub body: String,
}

/// An answer as it came over the wire.
pub struct Raw {
    /// 200, 404 and so on.
    pub status: u16,
    /// Status line and headers.
    pub head: String,
    /// The body, still compressed if it was, without the marks of its chunks.
    pub body: Vec<u8>,
}

impl Raw {
    /// The values of a header.
    pub fn header<'a>(&'a self, wanted: &'a str) -> impl Iterator<Item = &'a str> {
        self.head.lines().filter_map(move |line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case(wanted).then(|| value.trim())
        })
    }
}

/// Sends one request to 127.0.0.1 and reads the whole answer; a connection cut in between is an error.
pub fn ask(port: u16, head: &str, headers: &[(&str, &str)], body: &str) -> Result<Answer> {
    parse(&exchange(port, head, headers, body)?)
}

/// The same, with the headers and the bytes as they came.
pub fn raw(port: u16, head: &str, headers: &[(&str, &str)], body: &str) -> Result<Raw> {
    let answer = exchange(port, head, headers, body)?;
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n");
    let (head, body) = answer.split_at(end.context("the answer was cut off")?);
    let mut raw = Raw {
        status: 0,
        head: String::from_utf8_lossy(head).into_owned(),
        body: body[4..].to_vec(),
    };
    let status = raw
        .head
        .split(' ')
        .nth(1)
        .and_then(|word| word.parse().ok());
    raw.status = status.context("no HTTP answer")?;
    if raw
        .header("transfer-encoding")
        .any(|value| value == "chunked")
    {
        raw.body = without_chunks(&raw.body).context("the answer was cut off")?;
    }
    Ok(raw)
}

/// When the first byte of an answer came, and all of its bytes.
pub fn first(port: u16, head: &str, headers: &[(&str, &str)]) -> Result<(Instant, Vec<u8>)> {
    let mut stream = send(port, head, headers, "")?;
    let mut answer = vec![0];
    stream.read_exact(&mut answer)?;
    let at = Instant::now();
    stream.read_to_end(&mut answer)?;
    Ok((at, answer))
}

fn exchange(port: u16, head: &str, headers: &[(&str, &str)], body: &str) -> Result<Vec<u8>> {
    let mut answer = Vec::new();
    send(port, head, headers, body)?.read_to_end(&mut answer)?;
    Ok(answer)
}

fn send(port: u16, head: &str, headers: &[(&str, &str)], body: &str) -> Result<TcpStream> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let mut text = format!("{head} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n");
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    if !body.is_empty() {
        if !headers.iter().any(|(name, _)| *name == "Content-Type") {
            text.push_str("Content-Type: application/json\r\n");
        }
        text.push_str(&format!("Content-Length: {}\r\n", body.len()));
    }
    text.push_str("\r\n");
    text.push_str(body);
    stream.write_all(text.as_bytes())?;
    Ok(stream)
}

/// A body sent in chunks: each has its length in hexadecimal digits in front; the last one is empty.
fn without_chunks(body: &[u8]) -> Option<Vec<u8>> {
    let (mut rest, mut out) = (body, Vec::new());
    loop {
        let end = rest.windows(2).position(|two| two == b"\r\n")?;
        let line = std::str::from_utf8(&rest[..end]).ok()?;
        let length = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        rest = &rest[end + 2..];
        if length == 0 {
            return Some(out);
        }
        out.extend(rest.get(..length)?);
        rest = rest.get(length + 2..)?;
    }
}

fn parse(answer: &[u8]) -> Result<Answer> {
    let text = String::from_utf8_lossy(answer);
    let (head, body) = text
        .split_once("\r\n\r\n")
        .context("the answer was cut off")?;
    let status = head.split(' ').nth(1).and_then(|word| word.parse().ok());
    let status = status.context("no HTTP answer")?;
    let wanted = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.trim().parse::<usize>().ok())?
    });
    anyhow::ensure!(
        wanted.is_none_or(|length| body.len() >= length),
        "the answer was cut off"
    );
    Ok(Answer {
        status,
        body: body.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_answer_is_read_and_a_cut_one_refused() {
        let whole = b"HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}";
        let answer = parse(whole).expect("whole");
        assert_eq!((answer.status, answer.body.as_str()), (201, "{}"));
        assert!(parse(&whole[..whole.len() - 1]).is_err());
        assert!(parse(b"HTTP/1.1 200 OK\r\nConte").is_err());
    }

    #[test]
    fn chunks_are_put_together() {
        let body = b"4\r\nWiki\r\n5;x=1\r\npedia\r\n0\r\n\r\n";
        assert_eq!(without_chunks(body).expect("whole"), b"Wikipedia");
        assert!(without_chunks(&body[..12]).is_none());
    }
}
