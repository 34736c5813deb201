//! Scores of a month as they were frozen.
//! Not here: the formula (`shared::quality::score`).

use shared::calendar::Instant;

use crate::entity::prelude::*;

entity! {
    /// Tickets and open findings of a unit, or of the centre, in a city.
    #[sea_orm(table_name = "quality_months")]
    #[derive(Eq)]
    pub struct QualityMonth {
        /// `yyyy-mm`.
        #[sea_orm(primary_key, auto_increment = false)]
        pub month: String,
        /// Six digits of the city.
        #[sea_orm(primary_key, auto_increment = false)]
        pub region: String,
        /// Empty: the centre, whose are all of the place.
        #[sea_orm(primary_key, auto_increment = false)]
        pub unit: String,
        pub unit_path: String,
        pub tickets: i64,
        pub blocks: i64,
        pub warns: i64,
        pub notes: i64,
        pub as_of: Instant,
        /// What findings weighed then, as `5,2,1`; nothing in months of before, which had the usual weights.
        pub weights: Option<String>,
    }
}
