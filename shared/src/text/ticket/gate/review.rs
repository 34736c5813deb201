//! Words about dispatches that a second person looks at: the form, the card on the ticket, the box of the dispatch page.
//! Not here: names of the verb (`ticket::verbs`) and of causes (`ticket::proposal`).

use crate::text::{Locale, Text, text};

pub const WAITS: Text = text("派单待审核", "The dispatch waits for its review");
pub const REFUSED: Text = text("派单审核未通过", "The proposed dispatch was refused");
pub const PROPOSED: Text = text("已送派单审核。", "Sent to be reviewed.");
pub const CAUSES: Text = text("送审原因", "Why it is reviewed");
pub const LEAD: Text = text("拟主办单位", "Would lead");
pub const ASSISTING: Text = text("拟协办单位", "Would assist");
pub const CATEGORY: Text = text("拟定类别", "Category");
pub const URGENCY: Text = text("拟定紧急程度", "Urgency");
pub const ADVICE: Text = text("派单意见", "Advice");
pub const BY: Text = text("提出", "Proposed by");
pub const HELP: Text = text(
    "通过后按提出的内容派单，算原派单员派出；不通过退回派单员，意见留存。提出人不能审核自己的派单。",
    "Granted, it is dispatched as proposed, in the name of whoever proposed it; refused, it goes back to the dispatcher with your words. Nobody reviews an own proposal.",
);
pub const GRANT: Text = text("通过，派单", "Grant: dispatch it");
pub const REFUSE: Text = text("不通过，退回派单员", "Refuse: back to the dispatcher");
pub const SEND: Text = text("提交审核", "Decide");
pub const ASK: Text = text("送第二人审核后再派", "Ask a second person first");
pub const ASK_HELP: Text = text(
    "本中心规定须审核的，不勾选也会送审；特急件不送审。",
    "What your office wants reviewed is so without this box; an emergency never is.",
);
pub const WAS_PROPOSED: Text = text("送审", "Proposed");
pub const SKIPPED: Text = text("特急件免审", "An emergency, not reviewed");

/// `原派单员 张三`.
pub fn proposed_by(name: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("原派单员 {name}"),
        Locale::En => format!("proposed by {name}"),
    }
}
