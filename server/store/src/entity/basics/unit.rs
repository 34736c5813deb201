//! Handling units and centres; the path is the chain of codes, each followed by a slash.

use shared::organisation::UnitLevel;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "units")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    pub name: String,
    pub parent: Option<String>,
    pub path: String,
    pub level: Col<UnitLevel>,
    pub region: String,
    pub active: bool,
    /// Who took over when it ended.
    pub successor: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
