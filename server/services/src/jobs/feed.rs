//! The change feed's own work: numbering what is committed, and removing what has had its time.
//! Not here: the rows (`store::feed`), who follows (beside what is made of them, as `reports::figures`).
//! How long rows stay is data: the settings `feed.days` (read by everybody) and `feed.most_days` (in any case).

use shared::calendar::Instant;
use shared::register::Rule;
use store::Conn;
use store::feed::Keep;

use super::Done;
use crate::context::Services;
use crate::fault::Failure;

/// Rows of one run.
const BATCH: u32 = 1_000;
const DAY: i64 = 24 * 3_600_000;
/// Days that a row stays at least.
const DAYS: Rule = Rule::FEED_DAYS;
/// Days after which a row goes, read or not.
const MOST_DAYS: Rule = Rule::FEED_MOST_DAYS;

/// Gives numbers to one batch of committed rows.
pub(super) async fn number(services: &Services) -> Result<Done, Failure> {
    if !store::feed::is_waiting(&services.store().reader()).await? {
        return Ok(Done::default());
    }
    let now = services.now();
    let count = services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move { Ok(store::feed::number(tx, now, BATCH).await?) })
        })
        .await?;
    Ok(Done {
        count: u64::from(count),
        more: count >= BATCH,
    })
}

/// Removes one batch of old rows.
pub(super) async fn trim(services: &Services) -> Result<Done, Failure> {
    if !services.clock_is_settled() {
        return Ok(Done::default());
    }
    let db = services.store().reader();
    let now = services.now();
    let days = days(&db, &DAYS).await?;
    let most = days_at_least(&db, &MOST_DAYS, days).await?;
    let keep = Keep {
        read_before: Instant(now.0.saturating_sub(days.saturating_mul(DAY))),
        all_before: Instant(now.0.saturating_sub(most.saturating_mul(DAY))),
    };
    let gone = services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move { Ok(store::feed::trim(tx, keep, BATCH).await?) })
        })
        .await?;
    if gone.unread > 0 {
        let slowest = store::feed::standings(&db).await?;
        let consumer = slowest.first().map_or("", |it| it.name.as_str());
        tracing::warn!(
            consumer,
            rows = gone.unread,
            "changes were removed before they were read; who missed them builds anew"
        );
    }
    Ok(Done {
        count: gone.rows,
        more: gone.rows >= u64::from(BATCH),
    })
}

async fn days(conn: &dyn Conn, rule: &Rule) -> Result<i64, Failure> {
    let set = store::settings::get(conn, rule.key).await?;
    Ok(rule.number(set.as_deref()).max(1))
}

async fn days_at_least(conn: &dyn Conn, rule: &Rule, least: i64) -> Result<i64, Failure> {
    Ok(days(conn, rule).await?.max(least))
}
