//! Long work that is done in steps.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "jobs")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: String,
    /// What may be there once, as the check of a night.
    pub once: Option<String>,
    pub owner: Option<Uuid>,
    pub owner_name: String,
    /// What is to be done, as JSON.
    pub scope: String,
    pub state: String,
    /// Where it stands, in the kind's own words.
    pub cursor: Option<String>,
    pub done: i64,
    pub total: Option<i64>,
    /// What it came to, as JSON.
    pub report: Option<String>,
    pub holder: Option<String>,
    pub held_until: i64,
    /// Steps that were written.
    pub steps: i64,
    pub made_at: i64,
    pub ended_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
