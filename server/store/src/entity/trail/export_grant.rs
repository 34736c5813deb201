//! Standing approvals of exports.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "export_grants")]
pub struct Model {
    /// The job with which it was given.
    #[sea_orm(primary_key, auto_increment = false)]
    pub job_id: Uuid,
    pub asker: Uuid,
    pub asker_name: String,
    pub region: String,
    pub purpose: String,
    /// What may stand beside the usual, with commas between: codes of own fields, `part.` with a related part, `personal.clear`.
    pub own_columns: String,
    pub most_rows: i64,
    pub given_by: String,
    pub given_at: i64,
    pub ends_at: i64,
    pub withdrawn_at: Option<i64>,
    pub withdrawn_by: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
