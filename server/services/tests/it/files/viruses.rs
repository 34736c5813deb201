//! The virus check: a small simulator of clamd that knows the EICAR text, here and away.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use services::{Ctx, files, jobs};
use shared::fault::Code;
use shared::file::{FileState, Hook};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{UnixListener, UnixStream};

use super::{below, opens, pdf, puts};
use crate::support::{World, a_complaint, on_each_database};

/// The text that every scanner knows, in two halves so that this file is not taken for infected itself.
fn eicar() -> String {
    let (one, two) = (
        r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-",
        "STANDARD-ANTIVIRUS-TEST-FILE!$H+H*",
    );
    format!("{one}{two}")
}

/// Listens as clamd does.
fn simulator(socket: &PathBuf, asked: Arc<AtomicU32>) -> tokio::task::JoinHandle<()> {
    let listener = UnixListener::bind(socket).expect("listens");
    tokio::spawn(async move {
        while let Ok((line, _)) = listener.accept().await {
            asked.fetch_add(1, Ordering::SeqCst);
            answers(line).await.expect("a whole conversation");
        }
    })
}

async fn answers(mut line: UnixStream) -> std::io::Result<()> {
    let mut command = [0; 10];
    line.read_exact(&mut command).await?;
    assert_eq!(&command, b"zINSTREAM\0");
    let mut bytes = Vec::new();
    loop {
        let length = line.read_u32().await? as usize;
        if length == 0 {
            break;
        }
        let from = bytes.len();
        bytes.resize(from + length, 0);
        line.read_exact(&mut bytes[from..]).await?;
    }
    let needle = eicar().into_bytes();
    let found = bytes.windows(needle.len()).any(|part| part == needle);
    let words: &[u8] = if found {
        b"stream: Eicar-Test-Signature FOUND\0"
    } else {
        b"stream: OK\0"
    };
    line.write_all(words).await
}

async fn checks(world: &World) {
    jobs::once(&world.services).await.expect("the jobs run");
}

async fn state(ctx: &Ctx, id: shared::ids::FileId) -> FileState {
    files::get(ctx, id).await.expect("listed").state
}

#[tokio::test]
async fn an_infected_file_is_destroyed_and_a_scanner_that_is_away_lets_nothing_through() {
    on_each_database(|world| async move {
        let folder = tempfile::tempdir().expect("a folder");
        let socket = folder.path().join("clamd");
        let address = format!("unix://{}", socket.display());
        let scanner = files::Scanner::parse(&address).expect("an address");
        world.services.scan_with(scanner);
        let filed = world.files(a_complaint()).await;
        let (ctx, hook) = (world.dispatcher(), Hook::ticket(filed.id.0));
        let clean = pdf("nothing in it", 300_000);
        let good = puts(&ctx, hook.clone(), "好.pdf", &clean)
            .await
            .expect("sent");
        let bad = puts(&ctx, hook.clone(), "坏.pdf", &pdf(&eicar(), 100))
            .await
            .expect("sent");
        for file in [&good, &bad] {
            assert_eq!(file.state, FileState::Quarantined);
            let fault = opens(&ctx, file.id).await.expect_err("waits");
            assert_eq!(fault.code, Code::FileQuarantined);
        }
        checks(&world).await;
        assert_eq!(state(&ctx, good.id).await, FileState::Quarantined, "away");

        let asked = Arc::new(AtomicU32::new(0));
        let task = simulator(&socket, Arc::clone(&asked));
        checks(&world).await;
        assert_eq!(asked.load(Ordering::SeqCst), 0, "not at once again");
        world.clock.advance_minutes(2);
        checks(&world).await;
        assert_eq!(asked.load(Ordering::SeqCst), 2);
        let read = opens(&ctx, good.id).await.expect("opens").expect("whole");
        assert_eq!(read, clean);
        let fault = opens(&ctx, bad.id).await.expect_err("infected");
        assert_eq!(fault.code, Code::FileInfected);
        assert_eq!(fault.facts["finding"], "Eicar-Test-Signature");
        assert_eq!(state(&ctx, bad.id).await, FileState::Refused);
        assert_eq!(below(&world, "files").len(), 1, "its bytes are gone");
        let told = world.audited("file.infected").await;
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].object, format!("ticket:{}", filed.id));
        task.abort();
    })
    .await;
}
