//! Connections as they come from the network: how many from one address, how slowly they may send.
//! Deliberately absent: what is answered (the other tests), the drain.
//! Read next: `server/src/web/listen/mod.rs`.

use std::{net::SocketAddr, time::Duration};

use server::web::listen;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use tokio_util::sync::CancellationToken;

use crate::support::World;

/// Longer than anything here takes.
const LONG: Duration = Duration::from_secs(20);

/// Serves a world on a port of this machine.
async fn serves(world: &World) -> (SocketAddr, CancellationToken) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let stop = CancellationToken::new();
    let (router, settings, token) = (
        world.router.clone(),
        world.settings.web.clone(),
        stop.clone(),
    );
    tokio::spawn(async move { listen::serve(listener, router, &settings, token).await });
    (address, stop)
}

async fn says(address: SocketAddr, text: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.expect("connects");
    stream.write_all(text.as_bytes()).await.expect("writes");
    stream
}

/// All that comes until the connection ends.
async fn hears(mut stream: TcpStream) -> String {
    let mut text = Vec::new();
    let end = tokio::time::timeout(LONG, stream.read_to_end(&mut text)).await;
    // A reset is an end as well.
    drop(end.expect("the connection ends"));
    String::from_utf8_lossy(&text).into_owned()
}

#[tokio::test]
async fn slow_bodies_are_given_up() {
    let world = World::with(|settings| {
        settings.web.pace_time = Duration::from_secs(1);
        settings.web.bytes_per_second = 500;
    })
    .await;
    let (address, stop) = serves(&world).await;
    for (path, kind) in [
        ("/file", "multipart/form-data; boundary=xyz"),
        ("/language", "application/x-www-form-urlencoded"),
        ("/fn/form", "application/json"),
        ("/api/v1/sessions", "application/json"),
    ] {
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-Fetch-Site: same-origin\r\nContent-Type: {kind}\r\nContent-Length: 5000\r\n\r\n--xyz\r\n"
        );
        let answer = hears(says(address, &head).await).await;
        assert!(answer.starts_with("HTTP/1.1 408 "), "{path}: {answer}");
    }
    stop.cancel();
}

#[tokio::test]
async fn the_answer_to_who_may_not_comes_on_the_head_alone() {
    let world = World::new().await;
    let (address, stop) = serves(&world).await;
    for expect in ["", "Expect: 100-continue\r\n"] {
        let head = format!(
            "POST /processes HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-Fetch-Site: same-origin\r\n{expect}Connection: close\r\n\
             Content-Type: multipart/form-data; boundary=xyz\r\nContent-Length: 50000000\r\n\r\n"
        );
        let answer = hears(says(address, &head).await).await;
        let first = answer.trim_start_matches("HTTP/1.1 100 Continue\r\n\r\n");
        assert!(first.starts_with("HTTP/1.1 401 "), "{answer}");
    }
    stop.cancel();
}

#[tokio::test]
async fn an_address_has_so_many_connections() {
    let world = World::with(|settings| {
        settings.web.connections_per_address = 4;
        settings.web.trusted_proxies = Vec::new();
    })
    .await;
    let (address, stop) = serves(&world).await;
    let mut open = Vec::new();
    for _ in 0..4 {
        let mut stream = says(
            address,
            "GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        )
        .await;
        let mut first = [0; 12];
        stream.read_exact(&mut first).await.expect("an answer");
        assert_eq!(&first, b"HTTP/1.1 200");
        open.push(stream);
    }
    let fifth = TcpStream::connect(address)
        .await
        .expect("the system accepts");
    assert_eq!(hears(fifth).await, "", "closed without a word");
    drop(open);
    // A place is free again as soon as the server has seen one go.
    let again = async {
        loop {
            let stream = says(
                address,
                "GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
            )
            .await;
            if hears(stream).await.starts_with("HTTP/1.1 200") {
                break;
            }
        }
    };
    tokio::time::timeout(LONG, again)
        .await
        .expect("a place is free again");
    stop.cancel();
}
