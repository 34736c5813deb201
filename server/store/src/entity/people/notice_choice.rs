//! How kinds of notices reach somebody, where that is not only in the product.

use shared::ids::UserId;
use shared::notice::NoticeKind;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notice_choices")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub person: Col<UserId>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: Col<NoticeKind>,
    pub desk: bool,
    pub mail: bool,
    pub sms: bool,
}

impl ActiveModelBehavior for ActiveModel {}
