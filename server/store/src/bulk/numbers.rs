//! Ticket numbers for many tickets at once: the counter of a region, day and channel moves on by as many as are asked for.
//! Not here: the shape of a number (`shared::ticket::number`), single numbers (`numbers`).
//! What is reserved and not used leaves a gap, which is allowed.

use chrono::NaiveDate;
use shared::ticket::Channel;

use crate::sql::{Sql, vals};
use crate::{StoreError, Tx};

/// How many numbers of one counter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reservation {
    /// Six digits of the accepting area.
    pub region: String,
    /// The day in +08:00.
    pub day: NaiveDate,
    /// The channel.
    pub channel: Channel,
    /// How many.
    pub count: u32,
}

/// The first sequence of each reservation, in their order.
pub async fn reserve(tx: &Tx, reservations: &[Reservation]) -> Result<Vec<u32>, StoreError> {
    let mut first = Vec::with_capacity(reservations.len());
    for r in reservations {
        let sql = Sql::new(
            "insert into ticket_counters (region, day, channel, last) values (?, ?, ?, ?)
             on conflict (region, day, channel) do update set last = ticket_counters.last + excluded.last returning last",
            vals![&r.region, r.day.format("%Y%m%d").to_string(), r.channel, r.count],
        );
        let last = tx.handle().number(sql).await?;
        let last = u32::try_from(last).map_err(|_| StoreError::broken("a counter of ticket numbers is out of range"))?;
        first.push(last + 1 - r.count);
    }
    Ok(first)
}
