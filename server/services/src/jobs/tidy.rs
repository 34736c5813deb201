//! Removes what has had its time: drafts after seven days, broken-off uploads, photos without a row, ended sessions, old counters. Lays out the coming months.
//! A row goes first and its file afterwards, so that no row is ever without its file.
//! Not here: erasing citizens' data. After a jump of the clock nothing is thrown away until it has settled.

use std::path::Path;

use chrono::{Days, NaiveDate, NaiveTime};
use shared::calendar::Instant;
use shared::command::DRAFT_DAYS;
use shared::register::{Keep, setting_of};
use shared::todo::TYPED_DESK;

use super::Done;
use crate::context::Services;
use crate::fault::Failure;
use crate::photos::{Folder, drop_files};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
/// Drafts of one run.
const BATCH: u32 = 200;
/// Repeated requests are recognised this long: as long as a draft can be sent again, and a day for a device whose clock is wrong.
const IDEMPOTENCY_DAYS: i64 = DRAFT_DAYS + 1;
/// Results of acts on many tickets are shown this long.
const BULK_DAYS: i64 = 30;
/// Overtime alarms that somebody was told of are known this long; what still waits then is told once more.
const ALARM_DAYS: i64 = 90;
/// Notifications that are emptied in one run.
const EMPTIED: u32 = 5_000;
/// Days for which a call that was typed at the desk and not registered is kept.
const DESK_DAYS: i64 = 7;
/// Files are compared with rows in groups of this size.
const FILES: usize = 500;

/// Drafts whose seven days are over, with their photos.
pub(super) async fn drafts(services: &Services) -> Result<Done, Failure> {
    if !services.clock_is_settled() {
        return Ok(Done::default());
    }
    let now = services.now();
    let gone = services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move { Ok(store::drafts::expire(tx, now, BATCH).await?) })
        })
        .await?;
    let count = gone.drafts;
    crate::files::write::let_go(services, gone.freed).await;
    Ok(Done {
        count,
        more: count >= u64::from(BATCH),
    })
}

/// Of an earlier release: photos in the clear that no row names, since a job has sealed them or their form is over.
pub(super) async fn files(services: &Services) -> Result<Done, Failure> {
    if !services.clock_is_settled() {
        return Ok(Done::default());
    }
    let folder = Folder::below(&services.config().data_dir);
    let now = services.now();
    let list = folder.clone();
    let (swept, keys) = tokio::task::spawn_blocking(move || {
        Ok::<_, std::io::Error>((
            list.sweep_incoming(now.0 - HOUR)?,
            list.keys_before(now.0 - DAY)?,
        ))
    })
    .await
    .map_err(anyhow::Error::new)?
    .map_err(anyhow::Error::new)?;
    let mut count = swept as u64;
    let pictures: Vec<String> = keys
        .into_iter()
        .filter(|key| !key.ends_with(".t.jpg"))
        .collect();
    for group in pictures.chunks(FILES) {
        let known = store::files::known_open(&services.store().reader(), group).await?;
        for key in group.iter().filter(|key| !known.contains(*key)) {
            tracing::info!(photo.key = %key, "a photo in the clear that no row names was removed");
            drop_files(&folder, key);
            count += 1;
        }
    }
    Ok(Done { count, more: false })
}

/// The next months' tables, long before their first ticket.
pub(super) async fn months(services: &Services) -> Result<Done, Failure> {
    let now = services.now();
    let count = services.store().prepare_months(now, now).await?;
    Ok(Done { count, more: false })
}

/// Until when something is kept that an office keeps for some days.
async fn kept_from(services: &Services, keep: &Keep) -> Result<Instant, Failure> {
    let key = setting_of(keep.key);
    let said = store::settings::get(&services.store().reader(), &key).await?;
    let days = i64::from(keep.of(said.as_deref()));
    Ok(Instant(services.now().0 - days * DAY))
}

/// Sessions that ended long ago, counters of wrong tries, remembered requests, old notices.
pub(super) async fn sessions(services: &Services) -> Result<Done, Failure> {
    if !services.clock_is_settled() {
        return Ok(Done::default());
    }
    let now = services.now();
    // Ended sessions stay for questions about who was signed in; a device that proves nothing for long is a stranger again.
    let (ended, unused) = (
        kept_from(services, &Keep::SESSIONS).await?,
        kept_from(services, &Keep::DEVICES).await?,
    );
    let notices = kept_from(services, &Keep::NOTICES).await?;
    let typed = kept_from(services, &Keep::TYPED).await?;
    let count = services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                let sessions = store::sessions::purge(tx, ended).await?;
                let tries = store::lookups::purge(tx, Instant(now.0 - DAY)).await?;
                let counted = store::devices::purge(tx, Instant(now.0 - DAY), unused).await?;
                let citizens = store::citizens::purge(tx, ended, Instant(now.0 - DAY)).await?;
                let links = store::resets::purge(tx, ended).await?;
                let asked = store::passkeys::purge(tx, now).await?;
                let ways = store::identities::purge(tx, now).await?;
                let told = store::notices::purge(tx, notices, EMPTIED).await?;
                let typed = store::todo::typed::purge(tx, typed, EMPTIED).await?;
                let calls = Instant(now.0 - DESK_DAYS * DAY);
                let desk = store::todo::typed::purge_of(tx, TYPED_DESK, calls, EMPTIED).await?;
                let bulk =
                    store::todo::bulk::purge(tx, Instant(now.0 - BULK_DAYS * DAY), BATCH).await?;
                store::incoming::forget_answered(tx, Instant(now.0 - DAY * 2)).await?;
                store::tickets::alarms::forget(tx, Instant(now.0 - ALARM_DAYS * DAY)).await?;
                let keys =
                    store::idempotency::purge(tx, Instant(now.0 - IDEMPOTENCY_DAYS * DAY)).await?;
                Ok(sessions
                    + tries
                    + counted
                    + citizens
                    + links
                    + asked
                    + ways
                    + told
                    + typed
                    + desk
                    + bulk
                    + keys)
            })
        })
        .await?;
    Ok(Done { count, more: false })
}

/// What notifications that were sent long ago said and to whom: that they were sent stays.
pub(super) async fn messages(services: &Services) -> Result<Done, Failure> {
    let days = services.message_days();
    if days == 0 || !services.clock_is_settled() {
        return Ok(Done::default());
    }
    let today = services.now().date();
    let Some(keep_from) = today.checked_sub_days(Days::new(days.into())) else {
        return Ok(Done::default());
    };
    let folder = crate::gateway::messages_folder(&services.config().data_dir);
    let count = tokio::task::spawn_blocking(move || drop_days(&folder, keep_from))
        .await
        .map_err(anyhow::Error::new)?
        .map_err(anyhow::Error::new)?;
    let before = Instant::from_local(keep_from.and_time(NaiveTime::MIN));
    let (emptied, freed) = services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                let sent = store::outbox::empty(tx, before, EMPTIED).await?;
                let came = store::incoming::empty(tx, before, EMPTIED).await?;
                Ok((sent.max(came.messages), came.freed))
            })
        })
        .await?;
    crate::files::write::let_go(services, freed).await;
    Ok(Done {
        count: count + emptied,
        more: emptied >= u64::from(EMPTIED),
    })
}

/// Removes the folders of days before one; how many messages were in them.
fn drop_days(folder: &Path, keep_from: NaiveDate) -> std::io::Result<u64> {
    let days = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(0),
        days => days?,
    };
    let mut count = 0;
    for day in days {
        let day = day?;
        let name = day.file_name();
        let date = name
            .to_str()
            .and_then(|name| name.parse::<NaiveDate>().ok());
        if date.is_none_or(|date| date >= keep_from) {
            continue;
        }
        count += std::fs::read_dir(day.path())?.count() as u64;
        std::fs::remove_dir_all(day.path())?;
    }
    Ok(count)
}
