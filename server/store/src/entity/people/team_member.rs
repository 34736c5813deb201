//! Who belongs to a team, from a day to a day, and who leads it.
//! Not here: teams (`team`).

use shared::calendar::Instant;
use shared::ids::{TeamId, UserId};

use crate::entity::prelude::*;

entity! {
    /// Somebody in a team.
    #[sea_orm(table_name = "team_members")]
    #[derive(Eq)]
    pub struct TeamMember {
        #[sea_orm(primary_key, auto_increment = false)]
        pub team: TeamId,
        /// Counted from 1 in each team.
        #[sea_orm(primary_key, auto_increment = false)]
        pub no: i32,
        pub user_id: UserId,
        /// 1: leads it.
        pub leads: i32,
        pub valid_from: Instant,
        pub given_at: Instant,
        pub given_by_name: Option<String>,
    }
    moves {
        /// Absent: without end.
        pub valid_until: Option<Instant>,
    }
}
