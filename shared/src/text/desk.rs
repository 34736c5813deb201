//! Words of the agent's desk and of the dispatch page, in both languages.
//! Not here: names of fields (`fields`), the citizen's own form (`citizen`).
//! Add a constant where the page that shows it lives.

use super::{Locale, Text, text};

// The desk.
pub const TITLE: Text = text("来电登记", "Register for a caller");
pub const GREETING: Text = text("接听用语", "Say");
pub const CALLER: Text = text("来电人", "Caller");
pub const MATTER: Text = text("诉求", "The matter");
pub const WHERE: Text = text("地点", "Place");
pub const HANDLING: Text = text("受理", "Intake");
pub const PHONE_HELP: Text = text(
    "填好后右侧显示近 30 天的工单。",
    "The caller's tickets of the last 30 days appear beside.",
);
pub const MORE: Text = text(
    "单位和其他联系方式",
    "Organisation and other ways to reach the caller",
);
pub const ID_HELP: Text = text(
    "只在事项依法需要时登记。",
    "Only where the matter legally needs it.",
);

/// An urgent word stands in what was taken down, and the urgency is normal.
pub fn urgent_word(word: &str, locale: super::Locale) -> String {
    match locale {
        super::Locale::Zh => format!("内容有“{word}”，紧急程度是一般。请核实是否有危险。"),
        super::Locale::En => format!(
            "What you wrote has “{word}”, and the urgency is normal. Find out whether there is danger."
        ),
    }
}

pub const CONTENT_HELP: Text = text(
    "时间、地点、经过、期望，用来电人的话记。",
    "When, where, what happened, what is wanted, in the caller's words.",
);
pub const TITLE_HELP: Text = text(
    "不填就取内容的第一句。",
    "Made from the first sentence when empty.",
);
pub const CATEGORY_HELP: Text = text("可以派单时再选。", "Can be chosen at dispatch.");
pub const SUBMIT: Text = text("登记", "Register");
pub const SUBMIT_HELP: Text = text(
    "登记后可以直接答复、提出不予受理，或等派单。",
    "Afterwards you can answer it, propose declining, or leave it to the dispatcher.",
);
pub const BY_MATRIX: Text = text("按影响和紧迫程度定", "As impact and haste propose");
pub const LEVEL_REASON_HELP: Text = text(
    "所选与分级矩阵的建议不同时填写。",
    "Where you choose another level than the matrix proposes.",
);

pub const URGENCY_CHANGED: Text = text(
    "改变紧急程度时必填，记入办理过程。",
    "Needed where you change the urgency; kept in the history.",
);

/// What the matrix of levels proposes.
pub fn proposed(level: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("分级矩阵建议：{level}"),
        Locale::En => format!("The matrix proposes: {level}"),
    }
}

pub const CARD: Text = text("来电人以往诉求", "The caller's past");
pub const CARD_HINT: Text = text(
    "填写电话后，这里显示来电人以往的诉求。",
    "With a phone number the caller's earlier requests appear here.",
);
pub const CARD_NONE: Text = text(
    "本中心没有这个号码的诉求。",
    "This centre has no request of this number.",
);
pub const REPEATED: Text = text("重复来电", "Repeated call");

/// How many requests there are of a number, how many open, and how many of which the citizen was not satisfied.
pub fn past((total, open, dissatisfied): (i64, i64, i64), locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("诉求 {total} 件，在办 {open} 件，不满意 {dissatisfied} 件"),
        Locale::En => {
            let requests = if total == 1 { "request" } else { "requests" };
            format!(
                "{total} {requests}, {open} open, {dissatisfied} not to the citizen's satisfaction"
            )
        }
    }
}

pub const RELATED: Text = text("相关工单", "Related tickets");
pub const RELATED_FIND: Text = text("查找相关工单", "Look for related tickets");
pub const RELATED_HINT: Text = text(
    "填写电话，或地点和类别后，这里显示可能相关的工单。",
    "With a phone number, or place and category, likely related tickets appear here.",
);
pub const RELATED_NONE: Text = text("没有找到相关工单。", "No related tickets found.");
pub const LOOKUP_REASON_HELP: Text = text(
    "不是来电时，按电话查工单要写明理由（至少 5 个字），会记入审计。",
    "Without a call, looking up a phone number needs a reason of 5 characters or more; it is recorded.",
);
pub const SAME_PHONE: Text = text("同一电话", "Same phone");
pub const SAME_MATTER: Text = text("同地点同类别", "Same place and category");
pub const REPEAT: Text = text("作为这张工单的重复来电", "A repeated call about this one");
pub const NEW_MATTER: Text = text("是新的事", "This is a new matter");
pub const FIND_CATEGORY: Text = text("查类别", "Find a category");

// Dispatch.
pub const DISPATCH: Text = text("派单", "Dispatch");
pub const CHOOSE_UNITS: Text = text("选择单位", "Choose units");
pub const FIND_UNIT: Text = text("查单位", "Find a unit");
pub const LEAD: Text = text("主办", "Lead");
pub const ASSIST: Text = text("协办", "Assist");
pub const UNIT: Text = text("单位", "Unit");
pub const LEVEL: Text = text("层级", "Level");
pub const LOAD: Text = text("在办", "Open");
pub const WHY: Text = text("推荐理由", "Why");
pub const SUGGESTED: Text = text("推荐", "Suggested");
pub const SUGGESTED_NOW: Text = text("按所选类别推荐", "Suggested for this category");
pub const OF_PLACE: Text = text("属地单位", "Serves this place");
pub const NO_UNITS: Text = text("没有可派的单位", "No unit can get it");
pub const NO_UNITS_WHY: Text = text(
    "这个地区还没有设置承办单位，请联系系统管理员。",
    "No unit is set up for this area; please ask the system administrator.",
);
pub const TERMS: Text = text("紧急程度和时限", "Urgency and deadlines");
pub const SEND: Text = text("派单", "Dispatch");
pub const TOLD: Text = text(
    "派单后，单位联络员立即收到待办，诉求人收到短信。",
    "The units' liaisons get it as a to-do at once, the citizen a text message.",
);
pub const BACK: Text = text("返回工单", "Back to the ticket");
pub const NOT_NOW: Text = text(
    "这张工单现在不能派单。",
    "This ticket cannot be dispatched now.",
);

pub const BY_DUTY: Text = text("权责清单", "Its responsibility");

/// `半年内主办同类 12 件`.
pub fn led(n: i64, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("半年内主办同类 {n} 件"),
        Locale::En => format!("Led {n} of this kind in half a year"),
    }
}

/// `2 天内到期 3 · 超期 1`; nothing where neither presses.
pub fn pressed(soon: i64, overdue: i64, locale: Locale) -> Option<String> {
    let words = |n: i64, zh: &str, en: &str| {
        (n > 0).then(|| match locale {
            Locale::Zh => format!("{zh} {n}"),
            Locale::En => format!("{en} {n}"),
        })
    };
    let soon = words(soon, "2 天内到期", "due in 2 days");
    let overdue = words(overdue, "超期", "overdue");
    let all: Vec<String> = soon.into_iter().chain(overdue).collect();
    (!all.is_empty()).then(|| all.join(" · "))
}

/// `签收 今天 16:00 前，答复 12 月 2 日（周三）17:30 前`.
pub fn terms(
    sign: Option<&str>,
    contact: Option<&str>,
    due: Option<&str>,
    locale: Locale,
) -> String {
    let (sign, due) = (sign.unwrap_or("—"), due.unwrap_or("—"));
    match (contact, locale) {
        (Some(contact), Locale::Zh) => {
            format!("签收 {sign} 前，联系诉求人 {contact} 前，答复 {due} 前")
        }
        (None, Locale::Zh) => format!("签收 {sign} 前，答复 {due} 前"),
        (Some(contact), Locale::En) => {
            format!("Sign by {sign}, call the citizen by {contact}, answer by {due}")
        }
        (None, Locale::En) => format!("Sign by {sign}, answer by {due}"),
    }
}
