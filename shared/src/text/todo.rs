//! Words of the to-do centre beside the to-dos: its lists, the star, what is told to who was named in a note.
//! Not here: names of the lists (`todo`), words of to-dos (`staff`).
//! Add a constant where the page that shows it lives.

use crate::text::{Text, text};
use crate::todo::Shelf;

pub const CENTRE: Text = text("待办中心", "To-do centre");
pub const TITLE: Text = text("标题", "Title");
pub const NUMBER: Text = text("编号", "Number");
pub const KIND: Text = text("种类", "Kind");
pub const STATE: Text = text("状态", "State");
pub const UNIT: Text = text("单位", "Unit");
pub const FOLLOW: Text = text("☆ 关注", "☆ Follow");
pub const UNFOLLOW: Text = text("★ 取消关注", "★ Do not follow");
pub const NOTE_HELP: Text = text(
    "只在内部可见：中心人员、本单位同事和被提到的人能看到，诉求人和其他单位看不到。",
    "Read in the house alone: in the centre, in your unit, and by whom it names; neither the citizen nor other units see it.",
);
pub const MENTION_HELP: Text = text(
    "用 @用户名 提醒能看到这张工单的同事，如 @zhang.san。",
    "Name a colleague who sees this ticket by @ and the sign-in name, such as @zhang.san.",
);
pub const NOTE_SEND: Text = text("写备注", "Write the note");
pub const NONE: Text = text("没有内容", "Nothing here");

/// When a case came into a list: the head of the column.
pub const fn when(shelf: Shelf) -> Text {
    match shelf {
        Shelf::Mine => text("负责起始", "Since"),
        Shelf::Done | Shelf::Running => text("最后经办", "Last done"),
        Shelf::Followed => text("关注时间", "Followed since"),
        Shelf::Copied => text("抄送时间", "Copied"),
    }
}

/// What stands in a list.
pub const fn why(shelf: Shelf) -> Text {
    match shelf {
        Shelf::Mine => text(
            "您是责任人的承办件所在的工单；移交或反馈后不再列出。",
            "Tickets of which an open part is yours to answer for, until you hand it over or it is answered.",
        ),
        Shelf::Done => text(
            "您经办过的工单和办件，按最后一次经办的时间排列。",
            "Tickets and approvals in which you did something, the last act first.",
        ),
        Shelf::Running => text(
            "您经办过、还没有办结的工单和办件；等您办的另见“待办”。",
            "What you did something in and is under way; what waits for you stands among the to-dos as well.",
        ),
        Shelf::Followed => text(
            "您关注的工单和办件。在工单或办件页点“关注”加入。",
            "What you follow; a press on “Follow” on its page puts it here.",
        ),
        Shelf::Copied => text(
            "同事在内部备注里提到您的工单和办件。",
            "Where a colleague named you in an internal note.",
        ),
    }
}
