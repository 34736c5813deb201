//! A way to PostgreSQL that can be cut: a port that reads the protocol's messages on their way to the cluster's socket.
//! Not here: the tests.
//! A message is a letter and a length (the first one of a connection is a length alone); only those of the client are looked at.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use sea_orm::sqlx::postgres::PgConnectOptions;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::sync::Notify;

/// Where the next connection that comes so far is cut, once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    Nowhere,
    /// The words `commit` do not arrive.
    BeforeCommit,
    /// They arrive and are done; the answer does not come back.
    AfterCommit,
    /// The n-th message after `begin` does not arrive.
    Message(usize),
}

struct State {
    cut: Mutex<Cut>,
    cuts: AtomicUsize,
    /// Nobody is let in, and whoever is in is thrown out.
    shut: AtomicBool,
    out: Notify,
    socket: String,
}

/// The port; it ends with the test's runtime.
pub struct Proxy {
    state: Arc<State>,
    /// An address of the same database by way of this port.
    pub url: String,
}

impl Proxy {
    pub async fn before(url: &str) -> Self {
        let options: PgConnectOptions = url.parse().expect("an address");
        let folder = options.get_socket().expect("the cluster has a socket");
        let socket = format!("{}/.s.PGSQL.{}", folder.display(), options.get_port());
        let state = Arc::new(State {
            cut: Mutex::new(Cut::Nowhere),
            cuts: AtomicUsize::new(0),
            shut: AtomicBool::new(false),
            out: Notify::new(),
            socket,
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("bound").port();
        let user = options.get_username();
        let database = options.get_database().expect("a database");
        let url = format!("postgres://{user}@127.0.0.1:{port}/{database}");
        tokio::spawn(serve(listener, state.clone()));
        Self { state, url }
    }

    pub fn cut(&self, at: Cut) {
        *self.state.cut.lock().expect("no panic") = at;
    }

    /// How often it was cut.
    pub fn cuts(&self) -> usize {
        self.state.cuts.load(Ordering::SeqCst)
    }

    pub fn shut(&self) {
        self.state.shut.store(true, Ordering::SeqCst);
        self.state.out.notify_waiters();
    }

    pub fn open(&self) {
        self.state.shut.store(false, Ordering::SeqCst);
    }
}

async fn serve(listener: TcpListener, state: Arc<State>) {
    while let Ok((client, _)) = listener.accept().await {
        if !state.shut.load(Ordering::SeqCst) {
            tokio::spawn(through(client, state.clone()));
        }
    }
}

async fn through(client: TcpStream, state: Arc<State>) {
    let Ok(server) = UnixStream::connect(&state.socket).await else {
        return;
    };
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    // Answers are held back from the moment at which they are to be lost.
    let (muted, done) = (AtomicBool::new(false), Notify::new());
    let requests = async {
        let mut since_begin = None;
        let mut first = true;
        while let Some(message) = message(&mut from_client, first).await {
            // An offer of encryption is refused and followed by the real first message.
            first = first && message.get(4..8) == Some(&80_877_103_u32.to_be_bytes());
            let said = |words: &[u8]| message[0] == b'Q' && message[5..].starts_with(words);
            if said(b"begin") {
                since_begin = Some(0);
            } else if let Some(count) = &mut since_begin {
                *count += 1;
            }
            let at = *state.cut.lock().expect("no panic");
            let here = match at {
                Cut::Nowhere => false,
                Cut::BeforeCommit | Cut::AfterCommit => said(b"commit"),
                Cut::Message(n) => since_begin == Some(n),
            };
            if here {
                *state.cut.lock().expect("no panic") = Cut::Nowhere;
                state.cuts.fetch_add(1, Ordering::SeqCst);
            }
            if here && at == Cut::AfterCommit {
                muted.store(true, Ordering::SeqCst);
            } else if here {
                return;
            }
            if to_server.write_all(&message).await.is_err() {
                return;
            }
            if said(b"commit") {
                since_begin = None;
            }
            if here {
                // Until the server has answered.
                done.notified().await;
                return;
            }
        }
    };
    let answers = async {
        let mut buffer = vec![0; 65_536];
        while let Ok(read @ 1..) = from_server.read(&mut buffer).await {
            if muted.load(Ordering::SeqCst) {
                done.notify_one();
            } else if to_client.write_all(&buffer[..read]).await.is_err() {
                return;
            }
        }
    };
    tokio::select! {
        () = requests => {}
        () = answers => {}
        () = state.out.notified() => {}
    }
}

/// The next message of a client, whole.
async fn message(from: &mut (impl AsyncRead + Unpin), first: bool) -> Option<Vec<u8>> {
    let head = if first { 4 } else { 5 };
    let mut message = vec![0; head];
    from.read_exact(&mut message).await.ok()?;
    let length = u32::from_be_bytes(message[head - 4..].try_into().ok()?) as usize;
    message.resize(head + length.checked_sub(4)?, 0);
    from.read_exact(&mut message[head..]).await.ok()?;
    Some(message)
}
