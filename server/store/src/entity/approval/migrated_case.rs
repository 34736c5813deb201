//! How each case stood before a migration, so that the migration can be taken back.

use std::collections::BTreeMap;

use shared::ids::{CaseId, MigrationId};

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "migrated_cases")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub migration_id: Col<MigrationId>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub case_id: Col<CaseId>,
    /// How far the case was right after the migration.
    pub stand_after: Col<i32>,
    pub definition_version: Col<i32>,
    pub pins: Col<BTreeMap<String, i32>>,
    pub key_id: String,
    pub sealed: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
