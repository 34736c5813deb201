//! The limit table: null means any. Rows are never changed, only added with a later `valid_from`.

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
}

impl ActiveModelBehavior for ActiveModel {}
