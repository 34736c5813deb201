//! Signed positions of the audit at a second place: a folder, and a host. What is taken out here is missed there.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::sync::{Arc, Mutex};

use services::audit::second::{Host, Second};
use services::audit::{self, Verdict};
use services::gateway::signed::Secret;
use services::{Ctx, jobs};

use crate::support::{World, a_complaint, on_each_database};

async fn verdict(world: &World) -> Verdict {
    audit::verify(&Ctx::system(&world.services))
        .await
        .expect("verifies")
}

async fn checkpoints(world: &World) {
    for _ in 0..3 {
        world.files(a_complaint()).await;
        world.clock.advance_minutes(2);
        jobs::once(&world.services).await.expect("the jobs run");
    }
}

/// Everything behind the first signed position is gone, from the database and from the data folder.
async fn truncates(world: &World) {
    let (chain, rows, signed) = if world.services.store().kind() == "sqlite" {
        (
            "drop trigger chain_grow_delete",
            "drop trigger audit_grow_delete",
            "drop trigger checkpoints_grow_delete",
        )
    } else {
        (
            "drop trigger chain_grow on audit_chain",
            "drop trigger audit_grow on audit",
            "drop trigger checkpoints_grow on audit_checkpoints",
        )
    };
    for sql in [
        chain,
        rows,
        signed,
        "delete from audit where n > (select n from audit_chain where seq = (select min(seq) from audit_checkpoints))",
        "delete from audit_pending",
        "delete from audit_chain where seq > (select min(seq) from audit_checkpoints)",
        "delete from audit_checkpoints where seq > (select max(seq) from audit_chain)",
        "update settings set value = '0' where key = 'audit.outside'",
    ] {
        world.tampers(sql).await;
    }
    let own = world.services.config().data_dir.join("audit");
    std::fs::remove_dir_all(own).expect("there");
}

fn lines(folder: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(folder.join("checkpoints.jsonl")).unwrap_or_default();
    text.lines().map(str::to_owned).collect()
}

#[tokio::test]
async fn a_folder_elsewhere_knows_what_was_cut_off_here() {
    on_each_database(|world| async move {
        let elsewhere = tempfile::tempdir().expect("a folder");
        world.services.copy_checkpoints_to(Second {
            folder: Some(elsewhere.path().to_owned()),
            host: None,
        });
        checkpoints(&world).await;
        let there = lines(elsewhere.path());
        let own = world.services.config().data_dir.join("audit");
        assert!(there.len() >= 3, "{there:?}");
        assert_eq!(there, lines(&own), "the same in both places");
        let whole = verdict(&world).await;
        assert!(whole.is_whole() && whole.first.is_none(), "{whole}");
        truncates(&world).await;
        let found = verdict(&world).await;
        assert!(
            !found.is_whole(),
            "the folder elsewhere knows more: {found}"
        );
        let first = found.first.as_ref().expect("named");
        assert_eq!(first.from, found.sealed + 1, "{found}");
    })
    .await;
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_told_and_filled_later() {
    on_each_database(|world| async move {
        let elsewhere = tempfile::tempdir().expect("a folder");
        let folder = elsewhere.path().join("mounted");
        world.services.copy_checkpoints_to(Second {
            folder: Some(folder.clone()),
            host: None,
        });
        world.files(a_complaint()).await;
        let failed = jobs::once(&world.services).await;
        assert!(failed.is_err(), "a disk that is not mounted is told");
        assert!(!folder.exists(), "and not written past");
        std::fs::create_dir(&folder).expect("mounted");
        jobs::once(&world.services).await.expect("the jobs run");
        assert!(!lines(&folder).is_empty());
        let whole = verdict(&world).await;
        assert!(whole.is_whole(), "{whole}");
    })
    .await;
}

/// A host that keeps what it is told, and names its newest.
fn host(kept: Arc<Mutex<Vec<serde_json::Value>>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { continue };
            let mut reader = BufReader::new(stream.try_clone().expect("a stream"));
            let (mut length, mut line) = (0_usize, String::new());
            while reader.read_line(&mut line).is_ok_and(|read| read > 2) {
                if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                    length = value.trim().parse().expect("a length");
                }
                line.clear();
            }
            let mut body = vec![0; length];
            if reader.read_exact(&mut body).is_err() {
                continue;
            }
            let told: serde_json::Value = serde_json::from_slice(&body).expect("json");
            let answer = {
                let mut kept = kept.lock().expect("whole");
                kept.extend(told["items"].as_array().expect("items").clone());
                kept.last().map_or("null".to_owned(), ToString::to_string)
            };
            let head = format!(
                "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                answer.len()
            );
            let _ = stream.write_all((head + &answer).as_bytes());
        }
    });
    format!("http://{address}/checkpoints")
}

#[tokio::test]
async fn a_host_elsewhere_knows_what_was_cut_off_here() {
    on_each_database(|world| async move {
        let kept = Arc::new(Mutex::new(Vec::new()));
        let url = host(Arc::clone(&kept));
        let secret = Secret::new("office", "a secret of the office");
        world.services.copy_checkpoints_to(Second {
            folder: None,
            host: Some(Host::new(&url, secret).expect("an address")),
        });
        checkpoints(&world).await;
        assert!(kept.lock().expect("whole").len() >= 3);
        let whole = verdict(&world).await;
        assert!(whole.is_whole(), "{whole}");
        truncates(&world).await;
        let found = verdict(&world).await;
        let words = found.to_string();
        assert!(words.contains("second host"), "{words}");
        kept.lock().expect("whole").clear();
        let lost = verdict(&world).await.to_string();
        assert!(lost.contains("has lost"), "{lost}");
    })
    .await;
}
