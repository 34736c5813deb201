//! Words of the list of messages that came in, and of the desk's form that registers one.
//! Not here: names of states and reasons (beside their enums). Sentences with numbers are functions.

use super::super::{Locale, Text, text};

pub const INCOMING: Text = text("来信处理", "Messages from citizens");
pub const HELP: Text = text(
    "群众发来的短信和邮件。能对上工单的已自动记入办理记录；其余的请关联工单、登记为新诉求，或写明原因不处理。来信人每天收到一次自动回执，上面的编号与列表中的收件编号一致。",
    "Text messages and mails from citizens. What belongs to a ticket was put into its history by itself; link the others to a ticket, register them, or dismiss them with a reason. Once a day their senders are told by themselves that it has come in, with the number that stands in the list.",
);
pub const LIST: Text = text("短信和邮件", "Messages");
pub const SHELVES: Text = text("按状态", "By state");
pub const NONE: Text = text("没有来信", "No messages");
pub const NONE_WHY: Text = text(
    "这个状态下没有短信或邮件。",
    "There is no text message or mail that stands so.",
);
pub const FROM: Text = text("来自", "From");
pub const SAYS: Text = text("内容", "Text");
pub const CAME: Text = text("收到时间", "Came");
pub const BECAME: Text = text("处理结果", "What became of it");
pub const WHAT_TO_DO: Text = text("处理", "What to do");
pub const REGISTER: Text = text("登记为新诉求", "Register");
pub const LINK: Text = text("关联工单", "Link to a ticket");
pub const LINK_HELP: Text = text(
    "内容会记入这件工单的办理记录，并提醒正在办理的人。",
    "Its text goes into the ticket's history, and whoever works on it is told.",
);
pub const NUMBER: Text = text("工单编号", "Ticket number");
pub const DISMISS: Text = text("不处理", "Dismiss");
pub const REASON: Text = text("原因", "Why");
pub const WORDS: Text = text("说明", "More about that");
pub const LINKED: Text = text("已记入工单。", "It stands in the ticket's history.");
pub const DISMISSED: Text = text("已记为不处理。", "It is dismissed.");
pub const CUT: Text = text(
    "内容过长，后面部分未保存。",
    "The text was too long; the rest is not kept.",
);
pub const BY_ITSELF: Text = text("系统自动", "by itself");
pub const ON_FORM: Text = text("来信", "Message");
pub const REGISTERS: Text = text(
    "正在登记下面这条来信。提交后它不再待处理；请核对内容，补全地点和类型。",
    "You register the message below. Once you submit it waits no more; check the text and add place and kind.",
);

/// How many wait, beside the name of the state.
pub fn shelf(name: &str, count: i64, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("{name} {count} 条"),
        Locale::En => format!("{name}: {count}"),
    }
}

pub const FILES: Text = text("附件", "Files");
pub const NOT_KEPT: Text = text("未保存的附件", "Files that are not kept");
pub const FILES_GO: Text = text(
    "来信的附件提交后转入工单。",
    "The message's files go to the ticket once you submit it.",
);

/// Files of a mail that are not even named.
pub fn files(count: u32, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("另有 {count} 个附件未保存，请在邮箱中查看。"),
        Locale::En if count == 1 => "One more file is not kept; see the mailbox.".to_owned(),
        Locale::En => format!("{count} more files are not kept; see the mailbox."),
    }
}
