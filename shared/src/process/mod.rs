//! What processes need from the rules: the limit table (时限表), what a check finds in a definition, what can keep a process from going on.
//! Not here: running and checking a process (`bpmn`), the rows of the table (data, seeded by `store`).
//! Next: `limit`, `finding`, `obstacle`, `mismatch` (what the consistency check finds).

pub mod finding;
pub mod limit;
pub mod mismatch;
pub mod obstacle;
pub mod retrace;

codes! {
    /// Which kind of case something hangs on.
    CaseKind {
        Ticket = "T", "ticket", "工单", "Ticket";
        Approval = "A", "approval", "办件", "Approval";
        Application = "Q", "application", "申请单", "Application";
    }
}
