//! How much each person looked at, in stretches of ten minutes.
//! Not here: what was looked at, of which only what is sensitive stands in the audit.

use shared::ids::UserId;

use crate::entity::prelude::*;

entity! {
    /// How often somebody looked at something of a kind within ten minutes.
    #[sea_orm(table_name = "reads")]
    #[derive(Eq)]
    pub struct Read {
        #[sea_orm(primary_key, auto_increment = false)]
        pub person: UserId,
        /// Number of the ten minutes since 1970.
        #[sea_orm(primary_key, auto_increment = false)]
        pub stretch: i64,
        /// Code of the kind.
        #[sea_orm(primary_key, auto_increment = false)]
        pub kind: String,
        /// Sign-in name.
        pub who: String,
        pub counted: i64,
    }
}
