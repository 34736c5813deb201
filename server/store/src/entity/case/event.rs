//! The history of every kind of case, gapless per case from 1; grows only.
//! Not here: the record (`record::Event`), whose words of verb and state are those of the case's kind.

use std::collections::BTreeMap;

use shared::access::ActorKind;
use shared::calendar::Instant;
use shared::ids::{AssignmentId, CaseId, UserId};

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "events")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub case_id: Col<CaseId>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: Col<i32>,
    pub verb: String,
    pub at: Col<Instant>,
    pub by_user: Col<Option<UserId>>,
    pub by_name: Option<String>,
    pub unit: Option<String>,
    pub assignment_id: Col<Option<AssignmentId>>,
    /// The step that it is about.
    pub element: Option<String>,
    pub task_no: Option<i64>,
    /// Words of the case's kind; absent where they were not kept.
    pub from_state: Option<String>,
    pub to_state: Option<String>,
    pub note: Option<String>,
    pub facts: Col<BTreeMap<String, String>>,
    /// What kind of actor it was; absent in lines of earlier releases.
    pub actor: Col<Option<ActorKind>>,
    /// Which partner, or which job.
    pub actor_code: Option<String>,
    /// When it was done, where it was entered later than that.
    pub done_at: Col<Option<Instant>>,
}

impl ActiveModelBehavior for ActiveModel {}
