//! Words about parts that were given on to units below or to others that assist, and about who is responsible for a part: forms, and what the part shows.
//! Not here: names of the verbs (`ticket::verbs`), sentences for faults (`faults`).

use crate::text::{Locale, Text, text};

pub const BELOW: Text = text("下级单位", "Units below");
pub const LIMIT: Text = text("下级时限", "Limit of the unit below");
pub const LIMIT_UNIT: Text = text("时限单位", "Of what");
pub const COLLEAGUE: Text = text("移交给", "To whom");
pub const RESPONSIBLE: Text = text("责任人", "Responsible");
/// Beside a to-do whose part is the reader's to answer for.
pub const MINE: Text = text("我", "yours");
pub const FILTER: Text = text("责任人是我", "Mine to answer for");
pub const FILTER_YES: Text = text("只看我负责的", "Only those");
pub const OWN: Text = text("我", "You");
pub const NOBODY: Text = text("签收后确定", "Known once it is signed for");
pub const FROM: Text = text("下派自", "Given on by");
pub const SUB_ASSIGN_HELP: Text = text(
    "交给下级单位办理，可选多家；下级时限须早于本单位的办理期限。下级反馈后由本单位汇总答复，责任仍在本单位。",
    "Units below do the work; their limit ends before your own deadline. What they answer comes to you, and you answer for all of it.",
);
pub const SUB_ASSIGN_ADVICE: Text = text(
    "写明要做什么、反馈什么。",
    "Say what is to be done and answered.",
);
pub const SUB_ASSIGN_SEND: Text = text("下派", "Give it on");
pub const TAKE_BACK_HELP: Text = text(
    "下级还没有反馈时收回，由本单位办理或另行下派。",
    "Before the unit below has answered; you do it yourself or give it to another one.",
);
pub const TAKE_BACK_SEND: Text = text("收回", "Take it back");
pub const SET_LIMIT_HELP: Text = text(
    "从下派时起重新计算，须早于本单位的办理期限。",
    "Counted from when the unit got it; it ends before your own deadline.",
);
pub const SET_LIMIT_SEND: Text = text("调整时限", "Set the limit");
pub const RETURN_ANSWER_HELP: Text = text("写明要补什么。", "Say what is missing.");
pub const RETURN_ANSWER_SEND: Text = text("退回补充", "Return it");
pub const HAND_UP_HELP: Text = text(
    "退给下派的上级单位；下级不能直接退给中心。",
    "Back to the unit that gave it on; it never goes to the centre from here.",
);
pub const HAND_UP_SEND: Text = text("退给上级", "Hand it up");
pub const TAKE_HELP: Text = text(
    "还没有责任人时，由您负责这件承办件。",
    "Nobody is responsible yet; you are from then on.",
);
pub const TAKE_SEND: Text = text("由我负责", "I take it");
pub const HAND_OVER_HELP: Text = text(
    "移交给本单位有答复权限的同事；对方会收到提醒。",
    "To a colleague of the unit who may answer; he is told.",
);
pub const HAND_OVER_NONE: Text = text(
    "本单位没有其他可以接手的同事。",
    "Nobody else of the unit may take it.",
);
pub const HAND_OVER_SEND: Text = text("移交", "Hand it over");
pub const GATHERED: Text = text(
    "已填入下级单位的反馈，请汇总修改后提交。",
    "The answers of the units below stand here; make one answer of them.",
);
pub const GATHERED_MASKED: Text = text(
    "下级单位的反馈里有脱敏的号码，没有全部填入；请看各下级单位的答复，汇总后填写。",
    "Numbers in the answers of the units below are masked, so that not all of them stand here; read their answers and make one of them.",
);

// Units that assist.
pub const ASSIST_UNIT: Text = text("会办单位", "Unit to assist");
pub const ASSIST_DUE: Text = text("协办反馈日期", "Assisting units answer by");
pub const ASSIST_DUE_HELP: Text = text(
    "须比主办单位的办理期限至少早 1 个工作日；不填时按期限表，最晚为主办期限前 1 个工作日。",
    "At least one working day before who leads. Left empty: by the table of limits, at the latest one working day before who leads.",
);
pub const ASSIST_HELP: Text = text(
    "请本市另一单位一同办理，其反馈由主办单位汇总；对方可退回，主办单位可收回或调整时限。",
    "Another unit of the city works on it as well; what it answers is gathered by who leads. It can hand it back; who leads takes it back or sets another limit.",
);
pub const ASSIST_ADVICE: Text = text("请对方办什么", "What the unit is to do");
pub const ASSIST_SEND: Text = text("请求会办", "Ask it to assist");

/// `第 2 级`.
pub fn level(level: i32, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("第 {level} 级"),
        Locale::En => format!("Level {level}"),
    }
}

/// `外出，由李四代办`.
pub fn away(stand_in: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("不在岗，由{stand_in}代办"),
        Locale::En => format!("away, {stand_in} stands in"),
    }
}
