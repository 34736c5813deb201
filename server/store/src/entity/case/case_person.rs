//! Who has to do with a case: started it, had a task in it, or reads along. Drives the lists of persons and is their right to see it.

use shared::ids::{CaseId, UserId};

use crate::entity::prelude::*;
use crate::record::Involved;

entity! {
    /// Somebody who has to do with a case.
    #[sea_orm(table_name = "case_people")]
    #[derive(Eq)]
    pub struct CasePerson {
        #[sea_orm(primary_key, auto_increment = false, column_name = "user_id")]
        pub user: UserId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub part: Involved,
    }
    moves {
        pub name: String,
    }
    row {
        #[sea_orm(primary_key, auto_increment = false)]
        pub case_id: CaseId,
    }
}
