//! Words about send-backs that are disputed: what one relies on, how it is decided, what a meeting said.
//! Not here: names of the verbs (`ticket::verbs`), why one is refused (`faults`).
//! Sentences with numbers are functions.

use crate::application::DisputeStage;
use crate::text::{Locale, Text, text};

pub const LEGAL_BASIS: Text = text("退单依据", "Relies on");
pub const BY_DUTY: Text = text("权责清单", "Areas of responsibility");
pub const DUTY_HELP: Text = text(
    "从权责清单中选应当承办的单位，或在下面写明依据，两项至少填一项。",
    "Choose the unit to which the matter belongs by the list, or write below what you rely on; one of the two is needed.",
);
pub const DUTY_NONE: Text = text(
    "清单没有列出，下面写明依据",
    "Not in the list; written below",
);
pub const BASIS_HELP: Text = text(
    "法律、政策文件或会议决定的名称和条款。",
    "The law, policy or decision, with its article.",
);
pub const SUGGESTED_HELP: Text = text(
    "不选时，按所选权责清单的单位建议。",
    "The unit of the chosen row when left open.",
);
pub const STAGE: Text = text("争议处理", "Decided by");
pub const RULED_UNIT: Text = text("裁定由谁承办", "Ruled to be the matter of");
pub const IS_FINAL: Text = text("不得再退", "Cannot be sent back again");
pub const MEETING: Text = text("会商", "Meeting");
pub const HELD_ON: Text = text("会商日期", "Held on");
pub const PARTIES: Text = text("参加方", "Parties");
pub const PARTIES_HELP: Text = text(
    "每行写一方，至少三方：争议双方，加上中心或机构编制、司法等部门。",
    "A party a line, three or more: both units, and the centre or another office beside them.",
);
pub const MINUTES: Text = text("会商纪要", "Minutes");
pub const CONFER_HELP: Text = text(
    "同一工单第二次退单，先与各方会商，再按会商结果裁定。会议内容随裁定一并留存。",
    "The second send-back of a ticket: hold a meeting with the parties and rule as it decides. What was said there is kept with the ruling.",
);
pub const DESIGNATION_HELP: Text = text(
    "这是第三次退单：直接指定承办单位，裁定后不得再退。",
    "This is the third send-back: name the unit that has it; nobody can send it back after that.",
);

/// How the next send-back is decided, or the one that waits.
pub fn stands(stage: DisputeStage, waits: bool, locale: Locale) -> String {
    let nth = match (stage, locale) {
        (DisputeStage::Ruling, Locale::Zh) => "第一次退单",
        (DisputeStage::Meeting, Locale::Zh) => "第二次退单",
        (DisputeStage::Designation, Locale::Zh) => "第三次退单",
        (DisputeStage::Ruling, Locale::En) => "first send-back",
        (DisputeStage::Meeting, Locale::En) => "second send-back",
        (DisputeStage::Designation, Locale::En) => "third send-back",
    };
    let how = match (stage, locale) {
        (DisputeStage::Ruling, Locale::Zh) => "由派单员裁定",
        (DisputeStage::Meeting, Locale::Zh) => "由会商裁定",
        (DisputeStage::Designation, Locale::Zh) => "直接指定，不得再退",
        (DisputeStage::Ruling, Locale::En) => "the dispatcher rules on it",
        (DisputeStage::Meeting, Locale::En) => "a meeting decides it",
        (DisputeStage::Designation, Locale::En) => "the unit is named finally",
    };
    match (waits, locale) {
        (true, Locale::Zh) => format!("{nth}待裁定：{how}。"),
        (false, Locale::Zh) => format!("如退单，将是{nth}：{how}。"),
        (true, Locale::En) => format!("The {nth} waits: {how}."),
        (false, Locale::En) => format!("Sending it back would be the {nth}: {how}."),
    }
}

/// Whose matter such tickets were ruled to be: `一年内裁定承办同类 3 件`.
pub fn ruled(n: i64, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("一年内裁定承办同类 {n} 件"),
        Locale::En => format!("Ruled to have {n} of this kind in a year"),
    }
}

/// `一年内同类退单成立 2 件`.
pub fn returned(n: i64, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("一年内同类退单成立 {n} 件"),
        Locale::En => format!("Sent {n} of this kind back with success in a year"),
    }
}

/// Why the part cannot be sent back, before the sentence that says it.
pub const NOT_NOW: Text = text("不能退单：", "Cannot be sent back: ");
