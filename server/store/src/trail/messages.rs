//! The messages about a ticket and what became of each, for its page.
//! Not here: sending (`outbox`), those that nobody could deliver, of an area (`undelivered`).
//! Where one went is known until it is emptied; that it was sent stays.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder as _, QuerySelect as _};
use shared::calendar::Instant;
use shared::ids::TicketId;
use shared::notification::{About, Remedy, Trouble};

use super::outbox::{DESK, read};
use crate::entity::Col;
use crate::entity::trail::outbox::{Column, Entity};
use crate::{Conn, StoreError};

/// A message about a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its id.
    pub id: Uuid,
    /// The channel.
    pub channel: String,
    /// Number or address; absent once it was emptied.
    pub to: Option<String>,
    /// What it tells.
    pub about: Option<About>,
    /// When it was written.
    pub at: Instant,
    /// How often it was tried.
    pub tries: i32,
    /// When a gateway took it.
    pub sent_at: Option<Instant>,
    /// When it arrived.
    pub delivered_at: Option<Instant>,
    /// When it was given up.
    pub failed_at: Option<Instant>,
    /// Why it waits or was given up.
    pub why: Option<Trouble>,
    /// When somebody saw to it.
    pub settled_at: Option<Instant>,
    /// How.
    pub settled_how: Option<Remedy>,
}

/// The newest messages about a ticket; the caller has loaded it inside a scope before.
pub async fn of_ticket(
    conn: &dyn Conn,
    ticket: TicketId,
    limit: u32,
) -> Result<Vec<Message>, StoreError> {
    let h = conn.handle();
    let select = Entity::find()
        .filter(Column::TicketId.eq(Col(Some(ticket))))
        .filter(Column::Channel.ne(DESK))
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .limit(u64::from(limit));
    let rows = h.find(select).await?;
    rows.into_iter()
        .map(|row| {
            let mut message = Message {
                id: row.id,
                channel: row.channel.clone(),
                to: None,
                about: row.about.0,
                at: row.created_at.0,
                tries: row.tries.0,
                sent_at: row.sent_at.0,
                delivered_at: row.delivered_at.0,
                failed_at: row.failed_at.0,
                why: row.why.0,
                settled_at: row.settled_at.0,
                settled_how: row.settled_how.0,
            };
            if !row.sealed.is_empty() {
                message.to = Some(read(h, row)?.message.to);
            }
            Ok(message)
        })
        .collect()
}
