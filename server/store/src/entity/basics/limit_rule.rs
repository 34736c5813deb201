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
    pub stage: Kept<Stage>,
    pub channel: Kept<Option<Channel>>,
    pub kind: Kept<Option<RequestKind>>,
    pub category: Option<String>,
    pub urgency: Kept<Option<Urgency>>,
    pub region: Option<String>,
    pub valid_from: i64,
    pub value: Kept<i32>,
    pub unit: Kept<LimitUnit>,
}

impl ActiveModelBehavior for ActiveModel {}
