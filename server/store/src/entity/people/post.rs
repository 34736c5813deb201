//! Posts: a role that somebody has at a unit. None is deleted; one that was taken back says so.
//! Not here: whether one holds now (`shared::access::states`), giving and ending (`people::posts`).

use shared::access::{Condition, RoleCode, ScopeKind};
use shared::calendar::Instant;
use shared::ids::UserId;

use crate::entity::prelude::*;

entity! {
    /// A post as it was given, and how it ended.
    #[sea_orm(table_name = "posts")]
    #[derive(Eq)]
    pub struct PostRow {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub user_id: UserId,
        /// Counted from 1 for each person.
        #[sea_orm(primary_key, auto_increment = false)]
        pub no: i32,
        /// The role.
        pub role: RoleCode,
        /// Code of the unit.
        pub unit: String,
        /// No permission of the role reaches farther.
        pub scope: Option<ScopeKind>,
        /// It begins.
        pub valid_from: Instant,
        /// It ends by itself.
        pub valid_until: Option<Instant>,
        /// What it asks of its holder.
        pub condition: Condition,
        /// The certificate that it asks for.
        pub certificate: Option<String>,
        /// Until when that is valid.
        pub certificate_until: Option<Instant>,
        /// Why it was given.
        pub reason: Option<String>,
        /// When it was given.
        pub given_at: Instant,
        /// By whom; nobody for the machine's owner.
        pub given_by: Option<UserId>,
        /// Name of whoever gave it.
        pub given_by_name: Option<String>,
    }
    moves {
        /// When it was taken back.
        pub ended_at: Option<Instant>,
        /// By whom.
        pub ended_by: Option<UserId>,
        /// Name of whoever took it back.
        pub ended_by_name: Option<String>,
        /// Why.
        pub ended_why: Option<String>,
        /// When it was frozen; it has run out since then.
        pub frozen_at: Option<Instant>,
        /// Until when it was given before that.
        pub frozen_until: Option<Instant>,
    }
}
