//! Figures of a day or a month as they were frozen, and their adjustments.
//! Not here: formulas (`shared::measure`).

use shared::calendar::Instant;
use shared::measure::Measure;

use crate::entity::prelude::*;

entity! {
    /// A frozen figure, or an adjustment of it.
    #[sea_orm(table_name = "frozen_figures")]
    #[derive(Eq)]
    pub struct FrozenFigure {
        /// `yyyy-mm-dd` or `yyyy-mm`.
        #[sea_orm(primary_key, auto_increment = false)]
        pub period: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub measure: Measure,
        /// Four digits; empty for everything.
        #[sea_orm(primary_key, auto_increment = false)]
        pub city: String,
        /// 0 as it was frozen, 1.. adjustments.
        #[sea_orm(primary_key, auto_increment = false)]
        pub revision: i32,
        /// Of the formula.
        pub version: i32,
        pub numerator: i64,
        pub denominator: i64,
        pub as_of: Instant,
        pub hash: String,
    }
}
