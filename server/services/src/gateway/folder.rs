//! The gateway of an installation without one: a folder, one file per notification, named by its id.
//! Whoever passes them on empties it; the server does after some days (`jobs::tidy`).

use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use store::record::OutboxMessage;

/// Where notifications lie.
pub fn messages_folder(data_dir: &Path) -> PathBuf {
    data_dir.join("messages")
}

/// Writes a message and waits until file and folders are on the disk; one that is there already was written before.
pub(super) fn put(folder: &Path, message: &OutboxMessage) -> std::io::Result<()> {
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

    use shared::calendar::Instant;

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
            about: None,
            area: None,
            urgent: false,
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
}
