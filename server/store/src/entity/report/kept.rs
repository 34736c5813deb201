//! A standard report as somebody kept it.
//! Not here: what it says (`shared::report`), who sees it (`trail::kept_reports`).

use shared::calendar::Instant;
use shared::ids::UserId;
use shared::report::ReportName;

use crate::entity::prelude::*;

entity! {
    /// A kept report.
    #[sea_orm(table_name = "reports")]
    #[derive(Eq)]
    pub struct KeptReport {
        #[sea_orm(primary_key, auto_increment = false)]
        pub no: String,
        pub name: ReportName,
        /// As an address has it.
        pub period: String,
        /// Division code that was asked for.
        pub region: Option<String>,
        /// Category code that was asked for.
        pub category: Option<String>,
        /// `A` everything, `R` an area, `U` a unit with those below, `O` what nobody else has.
        pub reach: String,
        /// Digits of the area, path of the unit.
        pub place: String,
        pub maker: UserId,
        pub made_by: String,
        pub made_at: Instant,
        /// In both languages, as JSON.
        pub content: String,
        /// SHA-256 of the content, as hexadecimal digits.
        pub hash: String,
    }
    moves {
        pub signer: Option<UserId>,
        pub signed_by: Option<String>,
        pub signed_at: Option<Instant>,
    }
}
