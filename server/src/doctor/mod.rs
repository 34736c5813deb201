//! Judging an installation: each check gives one line in plain words. Used by `minsheng doctor` and the readiness probe.
//! Deliberately absent: repairing anything.
//! A check that fails says what to do.

pub mod deep;
mod net;
mod sealing;
mod second;

use std::{path::Path, time::Duration};

use services::{Opening, Services};
use shared::account::KeyState;
use shared::text::{Locale, obstacle::Told as _};
use store::SchemaState;

use crate::{
    boot,
    config::{Settings, hash_file},
};

/// Below this much room no photo and no journal of the database is safe, in bytes.
const LEAST_ROOM: u64 = 200 << 20;
/// Another server's clock may be ahead by so much, in milliseconds.
const AHEAD: i64 = 5 * 60_000;
/// A consumer that has not read a change for so long does not run, in milliseconds.
const BEHIND: i64 = 24 * 3_600_000;
/// After so many days a new session key is advised.
const KEY_DAYS: i64 = 400;
/// How long the database may take for a trifle.
const PATIENCE: Duration = Duration::from_secs(3);

/// One check's outcome.
#[derive(Debug)]
pub struct Finding {
    /// What was looked at.
    pub subject: &'static str,
    /// Whether the installation can serve with it.
    pub good: bool,
    /// What was found, and what to do.
    pub words: String,
}

fn good(subject: &'static str, words: impl Into<String>) -> Finding {
    Finding {
        subject,
        good: true,
        words: words.into(),
    }
}

fn bad(subject: &'static str, words: impl Into<String>) -> Finding {
    Finding {
        subject,
        good: false,
        words: words.into(),
    }
}

/// Every check, in the order in which one depends on the other.
///
/// `deep` reads everything as well.
pub async fn examine(settings: &Settings, deep: bool) -> Vec<Finding> {
    let mut findings = vec![good(
        "configuration",
        "every key is known and has a good value",
    )];
    findings.push(disk(&settings.data_dir));
    findings.push(second::place(settings));
    match boot::open_any(settings, false, Opening::Look).await {
        Ok(services) => {
            findings.push(good(
                "database",
                format!("{} answers", settings.database_shown()),
            ));
            findings.push(schema(&services).await);
            findings.push(clock(&services).await);
            let current = matches!(services.store().schema().await, Ok(SchemaState::Current));
            if current {
                findings.push(net::reach(&services).await);
                findings.push(writer(&services).await);
                findings.push(ring(&services).await);
                findings.push(sealing::anew(&services).await);
                findings.push(feed(&services).await);
                findings.push(checked(&services).await);
                findings.push(slow(&services).await);
            }
            if deep && current {
                findings.extend(deep::examine(settings, &services).await);
            }
            if let Err(error) = services.store().close().await {
                findings.push(bad("database", error.to_string()));
            }
        }
        Err(error) => findings.push(bad("database", format!("{error:#}"))),
    }
    findings.push(sealing::keys(settings));
    findings.push(site(settings));
    #[cfg(feature = "print")]
    findings.push(fonts(settings));
    findings
}

/// Whether reports can be printed: all of them have Chinese.
#[cfg(feature = "print")]
fn fonts(settings: &Settings) -> Finding {
    let folders = crate::print::folders(settings);
    match print::Fonts::find(&folders).chinese() {
        Some((family, file)) => good("print", format!("{family} of {}", file.display())),
        None => bad("print", print::PrintFault::NoChineseFont.to_string()),
    }
}

/// Whether the database answers, and whether its schema is the one of this program.
pub async fn schema_is_current(services: &Services) -> (bool, bool) {
    match tokio::time::timeout(PATIENCE, services.store().schema()).await {
        Ok(Ok(state)) => (true, state == SchemaState::Current),
        _ => (false, false),
    }
}

/// Whether there is room for photos and for the database's journal.
pub fn disk_has_room(folder: &Path) -> bool {
    room(folder).is_some_and(|bytes| bytes >= LEAST_ROOM)
}

/// Free bytes where a folder lies.
pub fn room(folder: &Path) -> Option<u64> {
    let stat = rustix::fs::statvfs(folder).ok()?;
    Some(stat.f_bavail.saturating_mul(stat.f_frsize))
}

fn disk(folder: &Path) -> Finding {
    if !folder.is_dir() {
        return bad(
            "disk",
            format!(
                "{} is not there yet; the first start makes it",
                folder.display()
            ),
        );
    }
    // Looking makes nothing, not even a trial file.
    match rustix::fs::access(folder, rustix::fs::Access::WRITE_OK) {
        Err(error) => bad(
            "disk",
            format!("{} cannot be written: {error}", folder.display()),
        ),
        Ok(()) => match room(folder) {
            Some(bytes) if bytes >= LEAST_ROOM => good(
                "disk",
                format!("{} is writable, {} MB free", folder.display(), bytes >> 20),
            ),
            Some(bytes) => bad(
                "disk",
                format!(
                    "only {} MB free in {}; make room",
                    bytes >> 20,
                    folder.display()
                ),
            ),
            None => bad(
                "disk",
                format!("the free space of {} is unknown", folder.display()),
            ),
        },
    }
}

/// Whether a key signs access tokens; an old one is told.
async fn ring(services: &Services) -> Finding {
    let keys = services::sessions::session_keys(&services::Ctx::system(services)).await;
    let keys = match keys {
        Ok(keys) => keys,
        Err(fault) => {
            return bad(
                "session keys",
                format!(
                    "the ring cannot be read ({}); the cause stands in the log",
                    fault.code
                ),
            );
        }
    };
    let of = |state| keys.iter().filter(move |key| key.state == state);
    let Some(signs) = of(KeyState::Active).next() else {
        return good(
            "session keys",
            "none has been recorded yet; the first start records the one of the key file",
        );
    };
    let days = (services.now().0 - signs.made_at.0).div_euclid(24 * 3_600_000);
    let advice = if days > KEY_DAYS {
        "; make a new one: minsheng keys rotate"
    } else {
        ""
    };
    let retiring = of(KeyState::Retiring).count();
    good(
        "session keys",
        format!(
            "{} signs since {days} days, {retiring} before it still check{advice}",
            signs.kid
        ),
    )
}

/// A write of its own, found again through another connection.
async fn writer(services: &Services) -> Finding {
    match services.store().prove_writer().await {
        Ok(()) => good("writer", "a write is kept and found again"),
        Err(error) => bad(
            "writer",
            format!(
                "nothing can be written: {error}; see \"When the disk is full or the database is away\" in docs/running.md"
            ),
        ),
    }
}

/// What the newest nightly check has found.
async fn checked(services: &Services) -> Finding {
    let last = services::jobs::host::last_check(&services.store().reader()).await;
    match last {
        Ok(None) => good(
            "nightly check",
            "none has ended yet; it begins between one and five in the morning while the server runs",
        ),
        Ok(Some((at, report))) if report.count == 0 => good(
            "nightly check",
            format!(
                "{} tickets, {} approvals and {} applications fit, {}",
                report.tickets,
                report.approvals,
                report.applications,
                at.rfc3339()
            ),
        ),
        Ok(Some((at, report))) => bad(
            "nightly check",
            format!(
                "{} things did not fit at {}, the first: {}; see: minsheng check",
                report.count,
                at.rfc3339(),
                report
                    .lines
                    .first()
                    .map_or_else(String::new, |line| line.told(Locale::En))
            ),
        ),
        Err(error) => bad("nightly check", error.to_string()),
    }
}

/// Whether everybody who follows the changes keeps up.
async fn feed(services: &Services) -> Finding {
    let looked = async {
        let db = services.store().reader();
        let (newest, lost) = store::feed::reach(&db).await?;
        Ok::<_, store::StoreError>((newest, lost, store::feed::standings(&db).await?))
    };
    let (newest, lost, standings) = match looked.await {
        Ok(looked) => looked,
        Err(error) => return bad("change feed", error.to_string()),
    };
    let mut words = format!("{newest} changes numbered, {lost} removed unread");
    let mut keeps_up = true;
    for one in &standings {
        words.push_str(&format!(
            "; {} has {} to read",
            one.name,
            newest - one.position
        ));
        let waits = one.oldest_unread.map_or(0, |at| services.now().0 - at.0);
        if waits > BEHIND {
            keeps_up = false;
            words.push_str(&format!(
                ", the oldest for {} hours: start the server, or see its log",
                waits / 3_600_000
            ));
        }
    }
    if keeps_up {
        good("change feed", words)
    } else {
        bad("change feed", words)
    }
}

/// Statements that took too long: the three longest, with their callers.
async fn slow(services: &Services) -> Finding {
    let page = match services::jobs::slow::kept(services).await {
        Ok(page) => page,
        Err(failure) => return bad("statements", services.fault(failure).code.to_string()),
    };
    let mut items = page.items;
    items.sort_by_key(|one| std::cmp::Reverse(one.most_ms));
    let mut words = format!(
        "{} reads took {} ms or more; see /staff/statements",
        items.len(),
        page.from_ms
    );
    for one in items.iter().take(3) {
        let signs = one.advice.iter();
        let signs: Vec<String> = signs.map(|it| format!(", {} {}", it.sign, it.of)).collect();
        words.push_str(&format!(
            "; {}: {} ms, {} times{}",
            one.caller,
            one.most_ms,
            one.times,
            signs.concat()
        ));
    }
    good("statements", words)
}

async fn schema(services: &Services) -> Finding {
    match services.store().schema().await {
        Ok(SchemaState::Current) => good("migrations", "the schema is current"),
        Ok(SchemaState::Empty) => bad(
            "migrations",
            "the database is still empty; start the server or run: minsheng migrate",
        ),
        Ok(SchemaState::Older) => bad("migrations", boot::Mismatch::Older.to_string()),
        Ok(SchemaState::Newer) => bad("migrations", boot::Mismatch::Newer.to_string()),
        Err(error) => bad("migrations", error.to_string()),
    }
}

/// A clock that stands before this release was made is wrong; later than the shipped calendars it wants an import.
async fn clock(services: &Services) -> Finding {
    use chrono::Datelike;
    let today = services.now().date();
    match today.year() {
        ..2026 => bad(
            "clock",
            format!("the clock says {today}, which is before this program was made; set it"),
        ),
        _ => told_clock(services).await,
    }
}

/// What is known of jumps: the last one that anybody noticed, and rows that are dated ahead of now.
async fn told_clock(services: &Services) -> Finding {
    let now = services.now();
    let words = format!("{} (+08:00)", now.rfc3339());
    let Ok(figures) = services::vitals::look(services).await else {
        return good("clock", words);
    };
    if let Some(newest) = figures.vitals.newest_row
        && newest.0 > now.0 + AHEAD
    {
        return bad(
            "clock",
            format!(
                "{words}, but the newest audit row says {}: the clock was ahead, or is behind now; check the time service",
                newest.rfc3339()
            ),
        );
    }
    match services::clock::last_jump(services).await {
        Ok(Some(jump)) => good(
            "clock",
            format!(
                "{words}; it jumped {} times so far, last by {} s to {}",
                jump.count,
                jump.by / 1000,
                jump.at.rfc3339()
            ),
        ),
        _ => good("clock", words),
    }
}

fn site(settings: &Settings) -> Finding {
    let folder = Path::new(&settings.site.root).join(&settings.site.pkg_dir);
    if !folder.is_dir() {
        let words = format!(
            "{} is not there; build the site with: cargo xtask run",
            folder.display()
        );
        return bad("static files", words);
    }
    for list in ["hash.txt", app::STAFF_HASHES] {
        let named = hash_file().is_some_and(|file| file.with_file_name(list).is_file());
        if settings.site.hash_files && !named {
            let words =
                format!("{list} does not lie beside the program; copy it from where it was built");
            return bad("static files", words);
        }
    }
    let has_code = |folder: &Path| {
        std::fs::read_dir(folder).is_ok_and(|files| {
            files
                .flatten()
                .any(|file| file.file_name().to_string_lossy().ends_with(".wasm"))
        })
    };
    let staff = folder.with_file_name(app::STAFF_DIR);
    if has_code(&folder) && has_code(&staff) {
        good("static files", format!("{} is complete", folder.display()))
    } else {
        bad(
            "static files",
            format!(
                "{} has no browser code; build the site again",
                folder.display()
            ),
        )
    }
}
