//! The change feed: what changed of which case, for programs that follow along, in an order that holds.
//! Not here: who follows (services). A row says where to look; it carries no personal data.
//! `note` writes rows in the change's own transaction, `number` gives committed ones their numbers, `consume` hands numbered ones out, `trim` removes.

mod behind;
mod consume;
mod note;
mod number;
mod trim;

use shared::calendar::Instant;
use uuid::Uuid;

use crate::entity::change::feed_head;
use crate::{Conn, StoreError};
use sea_orm::EntityTrait as _;

pub use behind::behind;
pub use consume::{Batch, Consumed, Consumer, Standing, consume, forget, is_behind, standings};
pub(crate) use note::{
    Seen, application, application_stopped, approval, file, file_of_approval, incident, rebuild,
    stopped, ticket,
};
pub use number::{is_waiting, number};
pub use trim::{Keep, Trimmed, trim};

/// What a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A ticket changed.
    Ticket,
    /// An approval changed.
    Approval,
    /// An application changed.
    Application,
    /// A bulk door wrote or took back many tickets: what was made of tickets has to be made anew.
    Rebuild,
}

impl Kind {
    /// As stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ticket => "ticket",
            Self::Approval => "approval",
            Self::Application => "application",
            Self::Rebuild => "rebuild",
        }
    }

    fn parse(code: &str) -> Result<Self, StoreError> {
        [
            Self::Ticket,
            Self::Approval,
            Self::Application,
            Self::Rebuild,
        ]
        .into_iter()
        .find(|kind| kind.code() == code)
        .ok_or_else(|| StoreError::broken(format!("unknown kind of change {code}")))
    }
}

/// A numbered row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its number; later ones are larger, gaps mean nothing.
    pub seq: i64,
    /// When it was numbered.
    pub numbered_at: Instant,
    /// What changed.
    pub kind: Kind,
    /// The case; of a rebuild the run of the bulk door.
    pub id: Uuid,
    /// The case's version after the change. Never smaller than in an earlier row of the case.
    pub version: i32,
    /// The verb's code; `recompute` for a deadline that moved, `incident` for one that was noted, `add-file` and `remove-file` for files, `change` where there is no other word.
    pub verb: String,
    /// Six digits of the area before; absent for a new case.
    pub area_before: Option<String>,
    /// The area after.
    pub area_after: Option<String>,
    /// Units with a part in the case before.
    pub units_before: Vec<String>,
    /// Units with a part in it after.
    pub units_after: Vec<String>,
    /// Whether units must not learn who speaks, before or after.
    pub discreet: bool,
}

/// Where the feed stands.
async fn head(conn: &dyn Conn) -> Result<feed_head::Model, StoreError> {
    let found = conn.handle().find_one(feed_head::Entity::find()).await?;
    found.ok_or_else(|| StoreError::broken("the change feed has no head"))
}

/// The newest number, and how many rows were trimmed away unread.
pub async fn reach(conn: &dyn Conn) -> Result<(i64, i64), StoreError> {
    let head = head(conn).await?;
    Ok((head.seq, head.lost))
}
