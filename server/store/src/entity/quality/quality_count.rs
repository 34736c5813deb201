//! Tickets of each division and leading unit, counted when the rules looked last.
//! Not here: the formula (`shared::quality::score`).

use shared::calendar::Instant;

use crate::entity::prelude::*;

entity! {
    /// How many tickets.
    #[sea_orm(table_name = "quality_counts")]
    #[derive(Eq)]
    pub struct QualityCount {
        #[sea_orm(primary_key, auto_increment = false)]
        pub region: String,
        /// Empty: the centre, whose are all of the place.
        #[sea_orm(primary_key, auto_increment = false)]
        pub unit: String,
        pub unit_path: String,
        pub tickets: i64,
        pub counted_at: Instant,
    }
}
