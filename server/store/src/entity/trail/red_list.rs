//! Who got the leaders' list of red tickets of a day; the row of nobody says that everybody has.

use shared::calendar::Instant;
use shared::ids::UserId;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "red_lists")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub person: Col<UserId>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: String,
    pub at: Col<Instant>,
    pub tickets: i64,
}

impl ActiveModelBehavior for ActiveModel {}
