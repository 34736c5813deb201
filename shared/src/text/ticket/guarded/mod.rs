//! Words of what keeps people of one ticket apart: the unit that it is about, which does not learn of it, and calls without the number.
//! Not here: who sees it (`access::scope`), what a refusal says (`faults::guarded`).
//! The citizen reads the first two at the form.

use crate::text::{Text, text};

pub const WORDS: Text = text("被举报或投诉的单位", "Whom it is about");
pub const WORDS_HELP: Text = text(
    "举报时请写明单位名称，热线会避开它派单。",
    "Of a tip-off name the unit or company; the hotline keeps the request away from it.",
);
pub const UNIT: Text = text("被举报单位（回避）", "Unit complained about");
pub const UNIT_HELP: Text = text(
    "选定后，该单位及其下级看不到这个工单，也不能承办。",
    "Once it is chosen, this unit and those below it neither see the ticket nor get it.",
);
pub const NAME_HELP: Text = text(
    "举报或投诉针对某个单位时选定它；留空表示不再回避。单位还有在办的承办件时，先撤派。",
    "Choose the unit that the request is about; leave it empty to lift that. Recall its part first, where it has one.",
);
pub const NAME_SEND: Text = text("保存被举报单位", "Save");

pub const OWN_NUMBER: Text = text("您的电话（先接通您）", "Your telephone, which rings first");
pub const CALL_HELP: Text = text(
    "平台先打您的电话，再接通诉求人，双方都看不到对方号码。通话后请用“联系诉求人”登记结果。",
    "The gateway calls you first, then the citizen; neither sees the number of the other. Enter what came of it as a contact afterwards.",
);
pub const CALL_SEND: Text = text("请平台接通", "Have it connected");
pub const BY_CALL: Text = text("平台转接电话", "Call by the gateway");
pub const CALL_PLACED: Text = text("通话结果另行登记", "What came of it is entered beside");
