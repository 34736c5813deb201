//! The limit table: null means any. A row is never changed but for its end.

use shared::process::limit::Stage;
use shared::ticket::{Channel, LimitUnit, RequestKind, Urgency};

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "limit_rules")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub profile: String,
    pub stage: Col<Stage>,
    pub channel: Col<Option<Channel>>,
    pub kind: Col<Option<RequestKind>>,
    pub category: Option<String>,
    pub urgency: Col<Option<Urgency>>,
    pub region: Option<String>,
    pub valid_from: i64,
    pub value: Col<i32>,
    pub unit: Col<LimitUnit>,
    /// Tickets accepted from then on have another row, or none.
    pub valid_until: Option<i64>,
    /// Clocks that start from then on have it, whenever their ticket was accepted.
    pub open_from: Option<i64>,
    /// No clock that starts from then on has it.
    pub open_until: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
