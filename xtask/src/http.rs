//! One HTTP request on loopback, enough to ask our own server.
//! No TLS, no redirects, no keep-alive: a client library would cost more to build than these lines.
//! Read next: `server.rs`.

use anyhow::{Context, Result};
use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

/// Status code and body.
pub struct Answer {
    /// 200, 404 and so on.
    pub status: u16,
    /// The body as text.
    pub body: String,
}

/// Sends one request to 127.0.0.1 and reads the whole answer; a connection cut in between is an error.
pub fn ask(port: u16, head: &str, headers: &[(&str, &str)], body: &str) -> Result<Answer> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let mut text = format!("{head} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n");
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    if !body.is_empty() {
        text.push_str(&format!(
            "Content-Type: application/json\r\nContent-Length: {}\r\n",
            body.len()
        ));
    }
    text.push_str("\r\n");
    text.push_str(body);
    stream.write_all(text.as_bytes())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    parse(&answer)
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
}
