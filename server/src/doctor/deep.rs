//! The long look of `minsheng doctor --deep`: damaged pages, keys, consistency, photos, files of cases, modes.
//! Deliberately absent: the quick checks (`doctor`), repairing anything.
//! Reads everything once; works beside a running server.

use std::{
    collections::BTreeSet,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use services::{Services, consistency, files, photos};
use shared::text::{Locale, obstacle::Told as _};
use store::installation::{self, lacking};

use super::{Finding, bad, good};
use crate::{boot, config::Settings};

/// A message that waits longer is not on its way, in seconds.
const LATE_MESSAGE: i64 = 3_600;
/// Linked rows of the audit that are unsigned for longer are not being signed, in seconds.
const LATE_CHECKPOINT: i64 = 3_600;
/// Names shown at most.
const MOST: usize = 5;
/// A file younger than this may belong to an upload under way.
const YOUNG: Duration = Duration::from_hours(1);

/// Every long check.
pub async fn examine(settings: &Settings, services: &Services) -> Vec<Finding> {
    let mut findings = vec![pages(settings, services).await, keys(services).await];
    findings.extend(sealed(services).await);
    findings.push(everything(services).await);
    findings.push(photo_files(services).await);
    findings.push(case_files(services).await);
    findings.push(modes(settings));
    findings.extend(ages(services).await);
    findings
}

async fn pages(settings: &Settings, services: &Services) -> Finding {
    match store::health::examine(services.store(), &settings.database_url).await {
        Ok(health) if health.damage.is_empty() => good("pages", health.done),
        Ok(health) => bad(
            "pages",
            format!(
                "the database is damaged; stop the server, keep the files, restore the last good backup: {}",
                health.damage.join("; ")
            ),
        ),
        Err(error) => bad("pages", error.to_string()),
    }
}

async fn keys(services: &Services) -> Finding {
    let known = match installation::known_keys(&services.store().reader()).await {
        Ok(known) => known,
        Err(error) => return bad("key ids", error.to_string()),
    };
    let ids: Vec<String> = known
        .iter()
        .map(|mark| format!("{} {}", mark.kind, mark.id))
        .collect();
    match lacking(&known, services.store().seal()).first() {
        Some(mark) => bad(
            "key ids",
            format!("the key file lacks the {} key {}", mark.kind, mark.id),
        ),
        None if known.is_empty() => good(
            "key ids",
            "the database does not know its keys yet; the next start records them",
        ),
        None => good("key ids", ids.join(", ")),
    }
}

async fn sealed(services: &Services) -> Vec<Finding> {
    let proofs = match installation::prove(&services.store().reader()).await {
        Ok(proofs) => proofs,
        Err(error) => return vec![bad("sealed", error.to_string())],
    };
    let troubles: Vec<Finding> = proofs
        .iter()
        .filter_map(|proof| {
            let trouble = proof.trouble.as_ref()?;
            Some(bad("sealed", format!("{}: {trouble}", proof.kind)))
        })
        .collect();
    if !troubles.is_empty() {
        return troubles;
    }
    let kinds: Vec<&str> = proofs
        .iter()
        .filter(|proof| proof.opened > 0)
        .map(|proof| proof.kind)
        .collect();
    let words = if kinds.is_empty() {
        "nothing is sealed yet".to_owned()
    } else {
        format!("opened: {}", kinds.join(", "))
    };
    vec![good("sealed", words)]
}

async fn everything(services: &Services) -> Finding {
    match consistency::check_all(services).await {
        Ok(found) if found.count == 0 => good(
            "consistency",
            format!(
                "{} tickets, {} approvals, {} applications",
                found.tickets, found.approvals, found.applications
            ),
        ),
        Ok(found) => bad(
            "consistency",
            format!(
                "{} things do not fit; minsheng check lists them: {}",
                found.count,
                found
                    .first
                    .first()
                    .map_or_else(String::new, |it| it.told(Locale::En))
            ),
        ),
        Err(fault) => bad("consistency", fault.code.as_str()),
    }
}

/// Photos of an earlier release that wait to be sealed. Rows without their files are a loss; files without rows are removed by the server after a day.
async fn photo_files(services: &Services) -> Finding {
    let folder = photos::Folder::below(&services.config().data_dir);
    let (mut rows, mut missing, mut after) = (0_u64, Vec::new(), None);
    let mut known = BTreeSet::new();
    loop {
        let page = match store::backup::photos(&services.store().reader(), after, 1_000).await {
            Ok(page) => page,
            Err(error) => return bad("photos", error.to_string()),
        };
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        for row in page {
            rows += 1;
            let there = folder.path(&row.path).and_then(|path| path.metadata().ok());
            if there.is_none_or(|file| i64::try_from(file.len()).ok() != Some(row.size)) {
                missing.push(row.path.clone());
            }
            known.insert(row.path);
        }
    }
    let stray = strays(&folder, &known);
    if missing.is_empty() {
        return good(
            "photos",
            format!("{rows} of an earlier release wait to be sealed; {stray} files without a row"),
        );
    }
    let shown: Vec<&str> = missing.iter().take(MOST).map(String::as_str).collect();
    bad(
        "photos",
        format!(
            "{} of {rows} files are missing or cut; restore them from a backup: {}",
            missing.len(),
            shown.join(", ")
        ),
    )
}

/// Files of cases are read whole and held against their rows.
async fn case_files(services: &Services) -> Finding {
    match files::check(services).await {
        Ok(found) if found.wrong.is_empty() => {
            good("files", format!("{} files are whole", found.rows))
        }
        Ok(found) => {
            let shown: Vec<&str> = found.wrong.iter().take(MOST).map(String::as_str).collect();
            let (wrong, rows) = (found.wrong.len(), found.rows);
            bad(
                "files",
                format!(
                    "{wrong} of {rows} files are missing, cut or changed; restore them from a backup: {}",
                    shown.join(", ")
                ),
            )
        }
        Err(failure) => bad("files", services.fault(failure).code.as_str()),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "compared with the times of files, which are the machine's"
)]
fn strays(folder: &photos::Folder, known: &BTreeSet<String>) -> usize {
    let before = SystemTime::now()
        .checked_sub(YOUNG)
        .and_then(|at| at.duration_since(SystemTime::UNIX_EPOCH).ok())
        .and_then(|at| i64::try_from(at.as_millis()).ok());
    let keys = folder.keys_before(before.unwrap_or(0)).unwrap_or_default();
    let stray = |key: &&String| !key.ends_with(".t.jpg") && !known.contains(*key);
    keys.iter().filter(stray).count()
}

/// Nobody but the owner may read what an installation keeps.
pub fn modes(settings: &Settings) -> Finding {
    let mut open = Vec::new();
    let mut seen = 0;
    for path in boot::private_places(settings) {
        look_at(&path, &mut open, &mut seen);
    }
    if open.is_empty() {
        return good(
            "file modes",
            format!("{seen} files and folders are their owner's alone"),
        );
    }
    let shown: Vec<String> = open
        .iter()
        .take(MOST)
        .map(|path| path.display().to_string())
        .collect();
    bad(
        "file modes",
        format!(
            "{} are open to others; chmod go= {}",
            open.len(),
            shown.join(" ")
        ),
    )
}

fn look_at(path: &Path, open: &mut Vec<PathBuf>, seen: &mut usize) {
    let Ok(meta) = std::fs::symlink_metadata(path) else {
        return;
    };
    *seen += 1;
    if !meta.is_symlink() && meta.permissions().mode() & 0o077 != 0 {
        open.push(path.to_owned());
    }
    // What lies below a folder that is closed cannot be reached by others.
    let closed = meta.permissions().mode().trailing_zeros() >= 6;
    if meta.is_dir() && !closed {
        for entry in std::fs::read_dir(path).into_iter().flatten().flatten() {
            look_at(&entry.path(), open, seen);
        }
    }
}

async fn ages(services: &Services) -> Vec<Finding> {
    let figures = match services::vitals::look(services).await {
        Ok(figures) => figures,
        Err(error) => return vec![bad("ages", error.to_string())],
    };
    let vitals = figures.vitals;
    let soon = shared::calendar::Instant(figures.at.0 + super::AHEAD);
    let ahead = store::vitals::tickets_after(&services.store().reader(), soon).await;
    let dates = match ahead {
        Ok(0) => good("dates", "no ticket is dated ahead of now"),
        Ok(count) => bad(
            "dates",
            format!(
                "{count} tickets are dated ahead of now: they were accepted while the clock was ahead"
            ),
        ),
        Err(error) => bad("dates", error.to_string()),
    };
    let late = figures.message_seconds();
    let messages = format!(
        "{} messages wait, the oldest for {late} s; {} were given up",
        vitals.messages_waiting, vitals.messages_failed
    );
    let unsigned = figures.checkpoint_seconds();
    let audit = format!(
        "signed up to {} of {}; {} rows wait for the chain",
        vitals.audit_signed, vitals.audit_sealed, vitals.audit_pending
    );
    vec![
        dates,
        if late > LATE_MESSAGE {
            bad("messages", format!("{messages}; is the server running?"))
        } else {
            good("messages", messages)
        },
        if unsigned > LATE_CHECKPOINT {
            bad("checkpoints", format!("{audit}; is the server running?"))
        } else {
            good("checkpoints", audit)
        },
    ]
}
