//! Pages of approvals: the list by shelves, filing, one approval with its verbs, its drawing.
//! Not here: what their forms do (`forms::staff::approval`), the process owner's pages (`processes`).
//! Exactly the verbs that the services name are shown (I6).

mod file;
mod filters;
mod flow;
mod list;
mod marks;
pub mod one;

pub use file::{ChooseProcessPage, FileApprovalPage};
pub use flow::ApprovalFlowPage;
pub use list::ApprovalsPage;
pub(super) use marks::ApprovalBadge;
pub use one::ApprovalPage;
