//! Runs of the bulk doors.
//! Not here: the record (`trail::batches`).

use shared::calendar::Instant;
use shared::ids::BatchId;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "batches")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Col<BatchId>,
    pub kind: String,
    pub name: String,
    pub source: String,
    pub started_at: Col<Instant>,
    pub finished_at: Col<Option<Instant>>,
    pub undone_at: Col<Option<Instant>>,
    pub rows_read: i64,
    pub rows_imported: i64,
    pub rows_duplicate: i64,
    pub rows_rejected: i64,
}

impl ActiveModelBehavior for ActiveModel {}
