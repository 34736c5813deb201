//! What somebody has to do with a case of any kind beside its tasks.
//! Not here: the lists (`crate::todo`).

use shared::calendar::Instant;
use shared::ids::{CaseId, UserId};
use shared::process::CaseKind;
use shared::todo::Mark;

use crate::entity::prelude::*;

entity! {
    /// A mark.
    #[sea_orm(table_name = "case_marks")]
    #[derive(Eq)]
    pub struct CaseMark {
        #[sea_orm(primary_key, auto_increment = false)]
        pub user_id: UserId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub mark: Mark,
        #[sea_orm(primary_key, auto_increment = false)]
        pub case_id: CaseId,
        pub case_kind: CaseKind,
    }
    moves {
        pub marked_at: Instant,
        /// Whether the case is under way.
        pub is_open: bool,
    }
}
