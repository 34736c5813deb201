//! Accounts. Nobody is deleted; an account is closed.
//! Not here: the record with its posts (`people::users`).

use shared::calendar::Instant;
use shared::ids::UserId;

use crate::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "users")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Col<UserId>,
    /// Sign-in name, in its normal form.
    pub username: String,
    /// Display name.
    pub name: String,
    /// Argon2id in PHC form.
    pub password_hash: String,
    /// Code of the unit the person works in.
    pub unit: String,
    pub active: bool,
    /// Raised with every change.
    pub version: Col<i32>,
    /// Of an earlier release; tries are counted in `wrong_tries`.
    pub wrong_tries: i64,
    pub locked_until: Col<Option<Instant>>,
    pub created_at: Col<Instant>,
    pub updated_at: Col<Instant>,
    /// 1: the password was set by somebody else and is changed before anything else.
    pub password_given: i64,
    /// When the present password was chosen.
    pub password_at: Col<Option<Instant>>,
    /// 1: closed for a time.
    pub frozen: i64,
    /// When the person was last at work, to some minutes.
    pub seen_at: Col<Option<Instant>>,
}

impl ActiveModelBehavior for ActiveModel {}
