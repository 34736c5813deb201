//! What a rule about figures found.
//! Not here: the rules (the office's list), counting (services).

use shared::calendar::Instant;
use shared::ids::UserId;
use shared::measure::{Measure, WarnTest};

use crate::entity::prelude::*;

entity! {
    /// A warning.
    #[sea_orm(table_name = "figure_warnings")]
    #[derive(Eq)]
    pub struct FigureWarning {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        /// Code of the rule.
        pub rule: String,
        /// Values of its dimensions, as they are kept.
        pub place: String,
        pub from_day: String,
        pub to_day: String,
        /// Whose reports reach it: a division.
        pub region: String,
        pub name: String,
        pub title_zh: String,
        pub title_en: String,
        pub measure: Measure,
        pub test: WarnTest,
        pub threshold: i64,
        pub numerator: i64,
        pub denominator: i64,
        pub before_sum: i64,
        pub before_spans: i64,
        /// The list behind the number.
        pub address: String,
        pub found_at: Instant,
    }
    moves {
        pub answered_at: Option<Instant>,
        pub answered_by: Option<UserId>,
        pub answered_name: Option<String>,
        pub word: Option<String>,
    }
}
