//! Words of reading published revisions: the page of what one is asked to read, and who has.
//! Not here: how it stands with a revision (`super`).

use super::{Locale, Text, text};
pub use crate::text::staff::{RULE_READERS as WHO, RULES};

pub const HELP: Text = text(
    "单位的规则有变更时，请阅读说明并点“已读并理解”；没有阅知的会再提醒。",
    "Where the office's rules change, read what is new and say that you have; who has not is reminded.",
);
pub const NONE: Text = text("没有要阅知的规则", "Nothing to read");
pub const NONE_WHY: Text = text(
    "规则变更需要您阅知时，会出现在这里，并有提醒。",
    "A change of rules that you are asked to read stands here, and a notice tells you.",
);
pub const READ: Text = text("已读并理解", "Read and understood");
pub const DONE_READ: Text = text("已记录您的阅知。", "It is noted that you have read it.");
pub const READ_AT: Text = text("阅知时间", "Read");
pub const NOT_READ: Text = text("未阅知", "Not read");
pub const ASKED: Text = text(
    "近期要求阅知的规则",
    "What people were asked to read lately",
);
pub const ASK: Text = text("请相关人员阅知", "Ask people to read it");
pub const ASK_HELP: Text = text(
    "写明变了什么。本范围内任业务岗位的人员会收到提醒，没有阅知的按业务参数的间隔再提醒（最多到期限后三十天）；可再次发出，补上新到岗的人员。",
    "Say what is new. Whoever has a business post in the area gets a notice, and another one after the days that the settings say until it is read (until thirty days after the last day at most). Asked again, it reaches whoever came since.",
);
pub const NOTE: Text = text("变更说明", "What is new");
pub const DONE_ASK: Text = text("已请相关人员阅知。", "People are asked to read it.");
pub const READ_BY: Text = text("阅知期限", "Read by");
pub const READ_BY_HELP: Text = text(
    "可不填；填了当天会提醒，过期标红。",
    "May be left out; on that day there is a reminder, and it is marked when it is past.",
);
pub const ON_PUBLISHING: Text = text("发布后请相关人员阅知", "People must read it");
pub const ON_PUBLISHING_HELP: Text = text(
    "选中时，上面的说明会发给本范围内任业务岗位的人员。",
    "The note above then goes to whoever has a business post in the area.",
);
pub const LATE: Text = text("已过期限", "Past its day");
pub const NAME: Text = text("姓名", "Name");
pub const UNIT: Text = text("单位", "Unit");
pub const FROM: Text = text("生效", "Holds from");
pub const BACK: Text = text("返回规则阅知", "Back to the rules to read");

/// How many have read it.
pub fn so_many(read: i64, people: i64, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("{people} 人中 {read} 人已阅知"),
        Locale::En => format!("{read} of {people} have read it"),
    }
}
