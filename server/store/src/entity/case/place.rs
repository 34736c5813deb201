//! Where cases stand: how many tokens of each at which element.

use shared::ids::CaseId;

use crate::entity::prelude::*;

entity! {
    /// A case at an element.
    #[sea_orm(table_name = "places")]
    pub struct Place {
        #[sea_orm(primary_key, auto_increment = false)]
        pub definition: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub definition_version: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub element: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub case_id: CaseId,
    }
    moves {
        pub tokens: i64,
    }
}
