//! Messages and signals under way between cases of any kind; a row goes in the transaction that delivers.
//! Not here: sealing what is sent along, and the record (`host::deliveries`).

use shared::approval::EventKind;
use shared::calendar::Instant;
use shared::ids::{CaseId, UserId};

use crate::entity::prelude::*;
use crate::record::CaseKind;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "deliveries")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub sent_at: Col<Instant>,
    pub kind: Col<EventKind>,
    pub name: String,
    pub sent_by: Col<Option<CaseId>>,
    pub initiator: Col<Option<UserId>>,
    pub hops: Col<i32>,
    /// For a running case.
    pub case_id: Col<Option<CaseId>>,
    pub case_kind: Col<Option<CaseKind>>,
    /// For a new case.
    pub definition: Option<String>,
    pub definition_version: Col<Option<i32>>,
    pub element: Option<String>,
    pub key_id: String,
    pub sealed: Vec<u8>,
    /// Since when nobody has waited for it.
    pub rests_since: Col<Option<Instant>>,
    /// Until when a message without a receiver is kept.
    pub keep_until: Col<Option<Instant>>,
    /// The incident of its receiver at which it stopped.
    pub incident: Col<Option<i32>>,
    /// The beginning of the division codes in which it is heard.
    pub area: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
