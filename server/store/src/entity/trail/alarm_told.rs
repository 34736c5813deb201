//! Who knows of an overtime alarm, and who has got the notice of a morning.

use shared::calendar::Instant;
use shared::ids::UserId;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "alarms_told")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub person: Col<UserId>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub what: String,
    pub at: Col<Instant>,
}

impl ActiveModelBehavior for ActiveModel {}
