//! A mail server of a few lines, which takes everything; and a plain request.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// Recipient and text of what came.
pub type Mails = Arc<Mutex<Vec<(String, String)>>>;

/// Opens one; its address and what comes.
pub async fn open() -> (String, Mails) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("smtp://{}", listener.local_addr().expect("an address"));
    let mails = Mails::default();
    let kept = Arc::clone(&mails);
    tokio::spawn(async move {
        while let Ok((line, _)) = listener.accept().await {
            tokio::spawn(talk(line, Arc::clone(&kept)));
        }
    });
    (url, mails)
}

async fn talk(line: TcpStream, mails: Mails) -> std::io::Result<()> {
    let mut line = BufReader::new(line);
    line.write_all(b"220 mailbox\r\n").await?;
    let mut to = String::new();
    let mut said = String::new();
    while line.read_line(&mut said).await? > 0 {
        let words = said.trim_end().to_owned();
        said.clear();
        let answer: &[u8] = match words.get(..4) {
            Some("EHLO") => b"250 mailbox\r\n",
            Some("RCPT") => {
                let address = words.split(['<', '>']).nth(1);
                address.unwrap_or_default().clone_into(&mut to);
                b"250 ok\r\n"
            }
            Some("DATA") => {
                line.write_all(b"354 go on\r\n").await?;
                let text = until_dot(&mut line).await?;
                if let Ok(mut mails) = mails.lock() {
                    mails.push((to.clone(), text));
                }
                b"250 taken\r\n"
            }
            Some("QUIT") => b"221 bye\r\n",
            _ => b"250 ok\r\n",
        };
        line.write_all(answer).await?;
    }
    Ok(())
}

async fn until_dot(line: &mut BufReader<TcpStream>) -> std::io::Result<String> {
    let mut text = String::new();
    while line.read_line(&mut text).await? > 0 && !text.ends_with("\r\n.\r\n") {}
    Ok(text)
}

/// The body of a GET.
pub async fn get(host: &str, path: &str) -> String {
    let mut line = TcpStream::connect(host).await.expect("it listens");
    let request = format!("GET /{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
    line.write_all(request.as_bytes())
        .await
        .expect("it is sent");
    let mut answer = String::new();
    line.read_to_string(&mut answer).await.expect("an answer");
    let (_, body) = answer.split_once("\r\n\r\n").expect("a body");
    body.to_owned()
}
