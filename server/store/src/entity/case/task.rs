//! Open tasks of every kind of case, and what stands beside them. A row disappears when it is done.
//! Not here: whose to-do lists they are on (`host::to_do`), people of whom one may take a task (`task_candidate`).

use shared::access::Role;
use shared::approval::Part;
use shared::calendar::Instant;
use shared::ids::{AssignmentId, CaseId, UserId};

use crate::entity::prelude::*;
use crate::record::CaseKind;

entity! {
    /// An open task or a part of one.
    #[sea_orm(table_name = "tasks")]
    #[derive(Eq)]
    pub struct Task {
        #[sea_orm(primary_key, auto_increment = false)]
        pub case_id: CaseId,
        /// The engine's number.
        #[sea_orm(primary_key, auto_increment = false)]
        pub task_no: i64,
        /// 0 is the task itself.
        #[sea_orm(primary_key, auto_increment = false)]
        pub part: i32,
        pub case_kind: CaseKind,
        pub kind: Part,
        /// BPMN element id.
        pub element: String,
        /// Whether it waits for somebody now.
        pub active: bool,
        pub assignment_id: Option<AssignmentId>,
        pub assignee: Option<UserId>,
        pub assignee_name: Option<String>,
        /// Who must not do it, having filed the case.
        pub barred: Option<UserId>,
        /// Role that may do it.
        pub role: Option<Role>,
        /// Unit for tasks of a unit, `None` for tasks of a centre.
        pub unit: Option<String>,
        pub unit_path: Option<String>,
        /// Region of the case (6 digits), for the lists of centres.
        pub region: Option<String>,
        /// Words of the verbs that complete it, blank-separated, where each kind of task has its own.
        pub verbs: String,
        pub asked_by: Option<UserId>,
        pub asked_by_name: Option<String>,
        pub note: Option<String>,
        /// What was decided already and waits for signers behind it, as JSON.
        pub decision: Option<String>,
        pub opened_at: Instant,
        pub due_at: Option<Instant>,
        pub warn_at: Option<Instant>,
        pub provisional: bool,
    }
    row {
        /// Four digits of the region, by which lists of cities are walked.
        pub city: Option<String>,
        /// The deadline, or the end of time without one: the order of to-do lists.
        pub due_key: Instant,
    }
}

impl Task {
    /// A task for which nobody is named yet.
    pub fn fresh(
        (case_id, case_kind): (CaseId, CaseKind),
        task_no: i64,
        element: &str,
        opened_at: Instant,
    ) -> Self {
        Self {
            case_id,
            case_kind,
            task_no,
            part: 0,
            kind: Part::Main,
            element: element.to_owned(),
            active: true,
            assignment_id: None,
            assignee: None,
            assignee_name: None,
            barred: None,
            role: None,
            unit: None,
            unit_path: None,
            region: None,
            verbs: String::new(),
            asked_by: None,
            asked_by_name: None,
            note: None,
            decision: None,
            opened_at,
            due_at: None,
            warn_at: None,
            provisional: false,
        }
    }
}
