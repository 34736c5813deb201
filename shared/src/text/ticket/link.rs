//! Words of links between tickets: the card and the two forms.
//! Not here: names of the kinds (`ticket::together`).

use crate::text::{Text, text};

pub const LINKS: Text = text("关联工单", "Linked tickets");
pub const KIND: Text = text("关联类型", "Kind of link");
pub const NOTE: Text = text("关联说明", "Note on the link");
pub const OTHER: Text = text("另一工单编号", "Number of the other ticket");
pub const HELP: Text = text(
    "两件各自办理，互相可见；同一事件由一件统一办理的，请用并案。",
    "Both go on by themselves and show each other. Where one is to be handled for all, merge them.",
);
pub const SEND: Text = text("关联", "Link");
pub const UNLINK_HELP: Text = text(
    "取消与所选工单的全部关联，原因留在办理过程中。",
    "Ends all links with the ticket that you choose; the reason stays in the history.",
);
pub const UNLINK_SEND: Text = text("取消关联", "Unlink");
pub const FOLLOWED_BY: Text = text("后续件", "Has a follow-up");
