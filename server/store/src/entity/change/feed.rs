//! What changed of which case.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "feed")]
pub struct Model {
    /// In the order of writing, with gaps.
    #[sea_orm(primary_key)]
    pub n: i64,
    /// The number that readers go by; absent until the row is numbered.
    pub seq: Option<i64>,
    pub numbered_at: Option<i64>,
    pub kind: String,
    pub case_id: Uuid,
    pub version: i64,
    pub verb: String,
    pub area_before: Option<String>,
    pub area_after: Option<String>,
    /// Codes with blanks between.
    pub units_before: String,
    pub units_after: String,
    pub discreet: bool,
}

impl ActiveModelBehavior for ActiveModel {}
