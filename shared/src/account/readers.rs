//! Who can see one ticket, and why: people with the posts that reach it, and what keeps them out all the same.
//! Not here: finding them (services), what the ticket is about, which this does not tell.
//! For administrators, who see people and reasons, and for supervisors of the ticket's centre.

use serde::{Deserialize, Serialize};

use super::posts::{Barred, RightWay};
use crate::access::{PersonalField, Shown};
use crate::ticket::{TicketNo, TicketState};

codes! {
    /// A rule that keeps somebody from a ticket, or from a part of it, whatever the posts give.
    KeptOut {
        Frozen = "frozen", "frozen", "账号已冻结", "The account is frozen";
        Closed = "closed", "closed", "账号已注销或停用", "The account is closed";
        Password = "password", "password", "须先修改密码", "The password has to be changed first";
        Enrolment = "enrolment", "enrolment", "须先启用第二因素", "A second factor has to be set up first";
        Asleep = "asleep", "asleep", "能看到的岗位都在休眠或已到期", "Every post that reaches it sleeps or has run out";
        Confidential = "confidential", "confidential", "保密：看不到诉求人和地点", "Confidential: neither citizen nor place";
        OwnPart = "own_part", "own_part", "已退单或撤派：只看到自己办过的部分", "Returned or recalled: the own part only";
        Citizen = "citizen", "citizen", "没有查看诉求人身份的权限", "No right to see the citizen";
    }
}

impl KeptOut {
    /// Whether it keeps somebody from the whole ticket.
    pub const fn is_of_whole(self) -> bool {
        matches!(
            self,
            Self::Frozen | Self::Closed | Self::Password | Self::Enrolment | Self::Asleep
        )
    }
}

impl From<Barred> for KeptOut {
    fn from(barred: Barred) -> Self {
        match barred {
            Barred::Closed => Self::Closed,
            Barred::Password => Self::Password,
            Barred::Enrolment => Self::Enrolment,
        }
    }
}

/// How one class of personal field is shown to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShownField {
    /// The class.
    pub field: PersonalField,
    /// How it is shown.
    pub shown: Shown,
}

/// Somebody who has a post that reaches the ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TicketReader {
    /// Sign-in name.
    pub username: String,
    /// Display name.
    pub name: String,
    /// Name of the account's unit.
    pub unit_name: String,
    /// Whether the person sees the ticket now.
    pub sees: bool,
    /// The posts that reach it, those that sleep included.
    pub ways: Vec<RightWay>,
    /// What keeps the person out, of the whole or of a part.
    pub kept_out: Vec<KeptOut>,
    /// How the personal fields are shown, where the ticket is seen.
    pub fields: Vec<ShownField>,
    /// Whether the person may see more in the clear, for a reason that is recorded.
    pub may_reveal: bool,
}

/// A page of those who have a post that reaches a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReaderPage {
    /// The ticket's number.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub ticket_no: TicketNo,
    /// Its state.
    pub state: TicketState,
    /// Confidential tickets and tip-offs are seen by fewer.
    pub discreet: bool,
    /// People, by sign-in name.
    pub items: Vec<TicketReader>,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}
