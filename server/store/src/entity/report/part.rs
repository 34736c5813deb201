//! A part of the scope of several posts in which a kept report was counted.
//! Not here: the report (`kept`), who reads it (`trail::kept_reports`).

use crate::entity::prelude::*;

entity! {
    /// A part.
    #[sea_orm(table_name = "report_parts")]
    #[derive(Eq)]
    pub struct ReportPart {
        /// Number of the report.
        #[sea_orm(primary_key, auto_increment = false)]
        pub report: String,
        /// R: an area, U: a unit with those below, N: a unit.
        #[sea_orm(primary_key, auto_increment = false)]
        pub letter: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub place: String,
    }
}
