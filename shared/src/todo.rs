//! The to-do centre (待办中心): what somebody has to do with a case beside the tasks that wait for him, and the lists of it; which forms
//! are kept while they are typed.
//! Not here: to-dos themselves (`ticket::view::TaskPage`), acts on many at once (`ticket::bulk`).
//! Tickets and approvals stand in one list, the latest first.

use serde::{Deserialize, Serialize};

use crate::approval::view::ApprovalRow;
use crate::calendar::Instant;
use crate::ticket::view::TicketRow;

codes! {
    /// Why a case stands in somebody's list.
    Mark {
        Did = "D", "did", "已办", "Done by me";
        Followed = "F", "followed", "关注", "Followed";
        Copied = "C", "copied", "抄送", "Copied to me";
        Responsible = "R", "responsible", "我负责", "Mine to answer for";
    }
}

codes! {
    /// The lists of the to-do centre beside the to-dos.
    Shelf {
        Mine = "mine", "mine", "我负责", "Mine to answer for";
        Done = "done", "done", "已办", "Done by me";
        Running = "running", "running", "在办", "Under way";
        Followed = "followed", "followed", "关注", "Followed";
        Copied = "copied", "copied", "抄送", "Copied to me";
    }
}

impl Shelf {
    /// Whose mark a case has that stands in it.
    pub const fn mark(self) -> Mark {
        match self {
            Self::Mine => Mark::Responsible,
            Self::Done | Self::Running => Mark::Did,
            Self::Followed => Mark::Followed,
            Self::Copied => Mark::Copied,
        }
    }

    /// Whether only what is under way stands in it.
    pub const fn is_of_open(self) -> bool {
        matches!(self, Self::Running)
    }
}

/// Pages whose forms are kept while they are typed.
const KEPT_PLACES: [&str; 4] = ["/desk", "/tickets/", "/approvals/", "/processes/"];
/// Fields that are never kept: keys, secrets, and what says which form it is.
const NEVER_KEPT: [&str; 14] = [
    "idempotency_key",
    "form",
    "step",
    "version",
    "task",
    "part",
    "paper",
    "incident",
    "back",
    "citizen.id_number",
    "password",
    "proof",
    "proof_passkey",
    "passkey",
];

/// Whether what is typed into the form of an address is kept until it is sent. A reason to look at a citizen is given anew each time.
pub fn is_typed_kept(address: &str) -> bool {
    KEPT_PLACES.iter().any(|place| address.starts_with(place)) && !address.ends_with("/reveal")
}

/// The form of the desk: one a person, and of no case.
pub const TYPED_DESK: &str = "/desk";

/// Whether what is typed into the form is kept on the server as well: forms of a case, and that of the desk.
pub fn is_typed_on_server(address: &str) -> bool {
    address == TYPED_DESK || is_typed_of_case(address)
}

/// Whether what came back from the server is only offered: whoever opens the desk has the next caller on the line.
pub fn is_typed_offered(address: &str) -> bool {
    address == TYPED_DESK
}

fn is_typed_of_case(address: &str) -> bool {
    let mut parts = address.trim_start_matches('/').split('/');
    let place = parts.next();
    let case = parts.next().and_then(|id| uuid::Uuid::parse_str(id).ok());
    matches!(place, Some("tickets" | "approvals")) && case.is_some() && is_typed_kept(address)
}

/// Whether a field is not kept with its form.
pub fn is_typed_secret(name: &str) -> bool {
    NEVER_KEPT.contains(&name)
}

/// A case of such a list: a ticket, or an approval.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShelfRow {
    /// When the mark was made: the last act, the star, the note.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: Instant,
    /// The ticket.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<TicketRow>,
    /// The approval.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approval: Option<ApprovalRow>,
}

/// A page of such a list, the latest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShelfPage {
    /// The cases.
    pub items: Vec<ShelfRow>,
    /// The next page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_cases_and_of_the_desk_are_kept_on_the_server_and_looks_at_citizens_nowhere() {
        let id = "00000000-0000-7000-8000-000000000007";
        let of = |address: &str| (is_typed_kept(address), is_typed_on_server(address));
        assert_eq!(of(&format!("/tickets/{id}/dispatch")), (true, true));
        assert_eq!(of(&format!("/approvals/{id}/decide#2")), (true, true));
        assert_eq!(of("/approvals/new/permit-sample"), (true, false));
        assert_eq!(of("/desk"), (true, true));
        assert_eq!(of("/desk#second"), (true, false));
        assert_eq!(of(&format!("/tickets/{id}/reveal")), (false, false));
        assert_eq!(of("/account/password"), (false, false));
    }
}
