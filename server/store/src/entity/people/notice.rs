//! Notices to people of the house, one row a recipient.

use shared::calendar::Instant;
use shared::ids::{CaseId, UserId};
use shared::notice::NoticeKind;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notices")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub person: Col<UserId>,
    /// That of the message in the outbox.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: Col<NoticeKind>,
    /// The case, a ticket or an approval.
    pub ticket_id: Col<CaseId>,
    /// Its number.
    pub ticket_no: String,
    /// Division of the case, whose wording it has.
    pub area: String,
    pub at: Col<Instant>,
    pub read_at: Col<Option<Instant>>,
    /// Whether the case is an approval.
    pub approval: bool,
    /// The rungs of the ladder with the tickets of each, as JSON, where it gathers several tickets.
    pub rungs: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
