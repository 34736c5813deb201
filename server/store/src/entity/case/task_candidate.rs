//! People of whom one may take a task.
//! Not here: the tasks (`task`).

use shared::ids::{CaseId, UserId};

use crate::entity::prelude::*;

entity! {
    /// One of them.
    #[sea_orm(table_name = "task_candidates")]
    pub struct Candidate {
        #[sea_orm(primary_key, auto_increment = false)]
        pub user_id: UserId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub case_id: CaseId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub task_no: i64,
    }
}
