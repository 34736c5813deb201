//! Delivers the text messages of the outbox, after the commit that wrote them (I9). This release's gateway is a folder:
//! one file per message, named by the message's id, so that a second delivery finds the first and has no second effect.
//! Not here: what the messages say (`shared::text::sms`). A real gateway takes `put`'s place and sends the id along.

use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use shared::calendar::Instant;
use store::record::OutboxMessage;

use super::Done;
use crate::context::Services;
use crate::fault::{Failure, disk};

/// Messages of one run.
const BATCH: u32 = 100;
/// Tries before a message is given up: 10 tries, the last after about 17 hours.
const MAX_TRIES: i32 = 10;
/// Pause after the first failed try, in milliseconds; doubles each time.
const FIRST_PAUSE: i64 = 60_000;
/// How long one process keeps the work to itself, in milliseconds.
const LEASE: i64 = 60_000;

/// Where delivered messages lie.
pub fn messages_folder(data_dir: &Path) -> PathBuf {
    data_dir.join("messages")
}

/// One batch.
pub(super) async fn run(services: &Services) -> Result<Done, Failure> {
    let now = services.now();
    if !store::outbox::is_waiting(&services.store().reader(), now).await? {
        return Ok(Done::default());
    }
    let waiting = services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                Ok(store::outbox::claim(
                    tx,
                    store::outbox::Claim {
                        now,
                        until: Instant(now.0 + LEASE),
                        limit: BATCH,
                    },
                )
                .await?)
            })
        })
        .await?;
    let more = waiting.len() >= BATCH as usize;
    let (mut count, mut told) = (0, false);
    for claimed in waiting {
        let (id, tries) = (claimed.message.id, claimed.tries);
        let folder = messages_folder(&services.config().data_dir);
        let put = tokio::task::spawn_blocking(move || put(&folder, &claimed.message))
            .await
            .map_err(anyhow::Error::new)?;
        let outcome = match put {
            Ok(()) => store::outbox::Outcome::Delivered,
            Err(error) => {
                // The same folder for all: one line a minute.
                if !std::mem::replace(&mut told, true) {
                    services.fault(disk(error, "delivering a message"));
                }
                tracing::debug!(message.id = %id, message.tries = tries, "a message could not be delivered");
                if tries >= MAX_TRIES {
                    store::outbox::Outcome::GivenUp
                } else {
                    store::outbox::Outcome::Again(pause_after(now, tries))
                }
            }
        };
        count += u64::from(matches!(outcome, store::outbox::Outcome::Delivered));
        services
            .store()
            .write::<_, Failure, _>(move |tx| {
                Box::pin(async move { Ok(store::outbox::settle(tx, id, outcome, now).await?) })
            })
            .await?;
    }
    Ok(Done { count, more })
}

fn pause_after(now: Instant, tries: i32) -> Instant {
    Instant(now.0 + (FIRST_PAUSE << tries.clamp(1, 12).wrapping_sub(1)))
}

/// Writes a message and waits until file and folders are on the disk; one that is there already was written before.
fn put(folder: &Path, message: &OutboxMessage) -> std::io::Result<()> {
    let day = folder.join(message.at.date().to_string());
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(&day)?;
    let path = day.join(format!("{}.json", message.id));
    if !path.exists() {
        let beside = day.join(format!("{}.new", message.id));
        let written = write(&beside, message).and_then(|()| std::fs::rename(&beside, &path));
        if let Err(error) = written {
            drop(std::fs::remove_file(&beside));
            return Err(error);
        }
    }
    // Also when it was there: the last try may have failed just here.
    for above in [&*day, folder, folder.parent().unwrap_or(folder)] {
        std::fs::File::open(above)?.sync_all()?;
    }
    Ok(())
}

fn write(path: &Path, message: &OutboxMessage) -> std::io::Result<()> {
    let text = serde_json::json!({ "id": message.id, "channel": message.channel, "to": message.to, "body": message.body, "at": message.at }).to_string();
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_message_delivered_twice_is_one_file() {
        let dir = tempfile::tempdir().expect("a folder");
        let message = OutboxMessage {
            id: Uuid::from_u128(1),
            ticket_id: None,
            channel: "sms".to_owned(),
            to: "13800000000".to_owned(),
            body: "【12345民声】\"测试\"\n".to_owned(),
            at: Instant(1_767_225_600_000),
        };
        put(dir.path(), &message).expect("delivers");
        put(dir.path(), &message).expect("delivers again");
        let day = dir.path().join("2026-01-01");
        let files: Vec<_> = std::fs::read_dir(&day).expect("reads").flatten().collect();
        assert_eq!(files.len(), 1);
        let kept: serde_json::Value =
            serde_json::from_slice(&std::fs::read(files[0].path()).expect("reads")).expect("json");
        assert_eq!(kept["body"], message.body);
    }

    #[test]
    fn pauses_double() {
        let now = Instant(0);
        assert_eq!(
            [1, 2, 3, 10].map(|tries| pause_after(now, tries).0 / 60_000),
            [1, 2, 4, 512]
        );
    }
}
