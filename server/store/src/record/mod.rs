//! Plain records that services read and write; the tables' entities never leave `store` (I10).
//! Instants are UTC milliseconds (`shared::calendar::Instant`). The citizen block is sealed here and opened only through `store::seal`.
//! Not here: SQL (`tickets`, `cases`, …) and rules (`shared::ticket`).

mod approval;
mod assignment;
mod case;
mod change;
mod host;
mod ticket;
mod trail;

pub use crate::trail::attachments::{Attachment, Draft};
pub use approval::{
    Approval, ApprovalCase, ApprovalChange, ApprovalPaper, Inside, Migration, StartTimer,
};
pub use assignment::{Application, Assignment, Reply};
pub use case::{Case, CaseChange, Instance};
pub use change::{Change, Hung, Kept};
pub use host::{
    ApprovalEvent, Call, CaseKind, CasePerson, Delivery, Event, Incident, Involved, Receiver, Task,
    Timer,
};
pub use ticket::{FollowUp, Rating, Ticket};
pub use trail::{AuditEntry, ClockEntry, ClockKind, OutboxMessage};
