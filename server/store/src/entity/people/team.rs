//! Teams of a unit. None is deleted; one that has ended says since when.
//! Not here: who belongs to one (`team_member`), what that lets them see (`shared::access`).

use shared::calendar::Instant;
use shared::ids::TeamId;

use crate::entity::prelude::*;

entity! {
    /// A team.
    #[sea_orm(table_name = "teams")]
    #[derive(Eq)]
    pub struct Team {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: TeamId,
        /// Code of the unit to which it belongs.
        pub unit: String,
    }
    moves {
        pub name: String,
        /// Since when there is no such team any more.
        pub ended_at: Option<Instant>,
        /// Counts its changes; from 1.
        pub version: i32,
        pub changed_at: Instant,
        /// Absent: the machine's owner.
        pub changed_by_name: Option<String>,
    }
}
