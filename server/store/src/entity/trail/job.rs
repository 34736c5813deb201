//! Long work that is done in steps.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "jobs")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: String,
    /// Of what only one may be under way.
    pub once: Option<String>,
    pub owner: Option<Uuid>,
    pub owner_name: String,
    pub region: String,
    /// What it is about, for people.
    pub subject: String,
    pub key_id: String,
    /// What is to be done and where it stands, sealed.
    pub inside: Vec<u8>,
    pub state: String,
    pub done: i64,
    pub total: Option<i64>,
    /// What it came to, as JSON.
    pub report: Option<String>,
    pub fault: Option<String>,
    /// Facts of the fault, as JSON.
    pub facts: Option<String>,
    pub tries: i64,
    pub holder: Option<String>,
    pub held_until: i64,
    /// Steps that were written.
    pub steps: i64,
    pub cancel_at: Option<i64>,
    pub cancel_by: Option<String>,
    pub file: Option<String>,
    pub file_bytes: Option<i64>,
    pub file_until: Option<i64>,
    /// How often the result was taken.
    pub taken: i64,
    /// Nobody works on it before a second person has agreed.
    pub awaits: bool,
    pub approved_by: Option<String>,
    pub made_at: i64,
    pub started_at: Option<i64>,
    pub ended_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
