//! Words about tickets that are handled together (同诉归并): the leading one, those merged into it, likely ones, the forms.
//! Not here: names of the verbs (`ticket::verbs`), what citizens are told by message (`notification`).
//! Sentences with numbers are functions.

use crate::text::{Locale, Text, text};

pub const TITLE: Text = text("同诉归并", "Handled together");
pub const LEAD: Text = text("主件", "Leading ticket");
pub const IS_MERGED: Text = text(
    "这张工单已并入主件，由主件统一办理，主件办结时答复本件诉求人。",
    "This ticket was merged into a leading one, and its citizen is answered when that one is closed.",
);
pub const LEAD_ELSEWHERE: Text = text(
    "主件不在您的查看范围内。",
    "The leading ticket lies outside of what you may see.",
);
pub const MERGED: Text = text("并入的工单", "Merged tickets");
pub const MERGED_AT: Text = text("并入时间", "Merged");
pub const STANDS: Text = text("答复情况", "Answer");
pub const WAITS: Text = text("随主件答复", "Waits for the leading ticket");
pub const ANSWERED: Text = text("已答复", "Answered");
pub const WORDS: Text = text("个别答复", "Words for this citizen alone");
pub const NO_WORDS: Text = text("无", "None");
pub const TITLE_COLUMN: Text = text("诉求", "Matter");
pub const INTO: Text = text("主件编号", "Number of the leading ticket");
pub const MERGE_HELP: Text = text(
    "同一事项由主件统一办理。本件承办结束、停止计时，编号和记录保留；主件办结时本件诉求人收到答复。",
    "The leading ticket is worked on for all. This one's assignments end and its clocks stop; number and history stay, and its citizen is answered when the leading one is closed.",
);
pub const INTO_HELP: Text = text(
    "填本中心另一张在办工单的编号。",
    "The number of another open ticket of this centre.",
);
pub const MERGE_SEND: Text = text("并入主件", "Merge");
pub const SPLIT_HELP: Text = text(
    "并错了，或须单独办理时使用。拆分后回到待派单，并案期间不计时。",
    "When it was merged by mistake or is a matter of its own. It goes back to dispatch; the time in between does not count.",
);
pub const SPLIT_SEND: Text = text("拆分，单独办理", "Split it off");
pub const WORDS_HELP: Text = text(
    "在统一答复之外，只对这一位诉求人说的话；主件办结时随答复一起发出，可随时修改，留空即取消。",
    "Beside the answer to all, for this one citizen. It goes out with the answer when the leading ticket is closed; it can be changed until then, and an empty one takes it away.",
);
pub const WHOM: Text = text("对哪一张工单的诉求人", "Whose citizen");
pub const WORDS_SEND: Text = text("保存个别答复", "Keep these words");
pub const LIKELY: Text = text(
    "可能是同一事项的工单",
    "Tickets that may be about the same event",
);
pub const LIKELY_HELP: Text = text(
    "近 90 天同地区、同类别、文字相近或同一电话的在办工单。勾选后并入本件。",
    "Open ones of the last 90 days with the same area and category and nearly the same words, or the same phone. Those that you tick are merged into this one.",
);
pub const LIKELY_NONE: Text = text("没有发现。", "None found.");
pub const NUMBERS: Text = text("其他工单编号", "Numbers of other tickets");
pub const NUMBERS_HELP: Text = text(
    "每行一个，一次最多 50 个。",
    "One a line, 50 at most at a time.",
);
pub const GATHER_SEND: Text = text("并入本件", "Merge into this ticket");
pub const ALIKE: Text = text("文字相近", "Nearly the same words");
pub const SAME_PHONE: Text = text("同一电话、同类别", "Same phone and category");
pub const JOIN: Text = text(
    "来电人也遇到同一件事，并入这张",
    "The caller has met the same: join this one",
);
pub const JOIN_NONE: Text = text("单独办理，不并入", "On its own, joins none");
pub const JOIN_LEGEND: Text = text("我也遇到", "Me too");
pub const CITIZEN_ALIKE: Text = text(
    "已有人反映过类似的事",
    "Others have reported something alike",
);
pub const CITIZEN_ALIKE_HELP: Text = text(
    "如果是同一件事，可以选“我也遇到”：一并办理，您留的姓名和电话不给别人看，办结后单独答复您。不是同一件就不用选。",
    "If it is the same, choose \"Me too\": it is handled together, your name and number are shown to none of the others, and you get an answer of your own. If it is not, choose nothing.",
);
pub const CITIZEN_JOIN: Text = text("我也遇到，一并办理", "Me too: handle mine together with it");
pub const CITIZEN_JOIN_NONE: Text = text("不是同一件，单独办理", "Not the same: on its own");
pub const CITIZEN_ALIKE_FIND: Text = text("看看有没有人反映过", "See whether others reported it");
pub const CITIZEN_MERGED: Text = text(
    "您反映的事项与他人反映的同一事项一并办理，办结后单独答复您。",
    "What you reported is handled together with others' reports of the same. You get an answer of your own when it is done.",
);
pub const OWN_OPEN: Text = text(
    "您还有正在办理的诉求",
    "You have requests that are being handled",
);
pub const OWN_OPEN_HELP: Text = text(
    "如果是同一件事，不用再提交，可以查看进度或催办。",
    "If it is the same matter you need not send it again: follow it, or urge.",
);

/// `10 人反映，共 12 件`.
pub fn voices(people: i64, tickets: i64, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("{people} 人反映，共 {tickets} 件"),
        Locale::En if people == 1 => format!("1 person, {tickets} tickets"),
        Locale::En => format!("{people} people, {tickets} tickets"),
    }
}

/// That more were merged than the page shows.
pub fn more(shown: usize, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("只显示最先并入的 {shown} 件。"),
        Locale::En => format!("Only the first {shown} are shown."),
    }
}
