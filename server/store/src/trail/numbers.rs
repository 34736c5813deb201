//! Drawing ticket numbers: a sequence per region, day and channel. Gaps are allowed (a failed write), re-use is not.
//! Not here: the number's shape (`shared::ticket::TicketNo`).
//! The counter's row is locked until the write ends, so draw late in the transaction.

use chrono::NaiveDate;
use shared::ticket::{Channel, TicketNo};

use crate::sql::{Sql, vals};
use crate::{StoreError, Tx};

/// The highest sequence of six digits.
const LAST: i64 = 999_999;

/// The next number of a region (six digits), day (+08:00) and channel.
pub async fn next(
    tx: &Tx,
    region: &str,
    day: NaiveDate,
    channel: Channel,
) -> Result<TicketNo, StoreError> {
    let first = draw(tx, region, day, channel, 1).await?;
    Ok(TicketNo::new(region, day, channel, first))
}

/// Draws `count` sequences in a row and gives the first.
pub async fn draw(
    tx: &Tx,
    region: &str,
    day: NaiveDate,
    channel: Channel,
    count: u32,
) -> Result<u32, StoreError> {
    // Text: one statement draws, whoever was first.
    let sql = Sql::new(
        "insert into ticket_counters (region, day, channel, last) values (?, ?, ?, ?) on conflict (region, day, channel)
         do update set last = ticket_counters.last + excluded.last returning last",
        vals![region, day.to_string(), channel, count],
    );
    let last = tx.handle().number(sql).await?;
    if last > LAST {
        return Err(StoreError::broken(format!(
            "the numbers of {region} {day} {channel} are used up"
        )));
    }
    u32::try_from(last - i64::from(count) + 1).map_err(|_| StoreError::broken("ticket counter"))
}
