//! The roads on which clients carry tickets while the server is killed: who does which verb to what, and what is said. All verbs of people but two are on
//! some road: a citizen's own rating, and the look at who the citizen is, which changes nothing.
//! Not here: walking them (`roads`). A road is data, and each step is allowed where it stands.

/// The unit whose notices are counted at the end.
pub const UNIT: &str = "320100-CGJ";
/// Another unit of the city, a district of it, and a street below that.
const OTHER: &str = "320100-ZJJ";
const DISTRICT: &str = "320102";
const STREET: &str = "320102002";

pub const AGENT: &str = "nj.agent";
const DISPATCHER: &str = "nj.dispatcher";
pub const HANDLER: &str = "nj.cgj.handler";
const LEADER: &str = "nj.cgj.reviewer";
const REVIEWER: &str = "nj.reviewer";
const CALLER: &str = "nj.followup";
pub const SUPERVISOR: &str = "nj.supervisor";
const CENTRE: &str = "nj.leader";
const OTHERS: &str = "nj.zjj.handler";
const DISTRICTS: &str = "nj.xuanwu.handler";
const DISTRICT_DESK: &str = "nj.xuanwu.liaison";
const DISTRICT_HEAD: &str = "nj.xuanwu.reviewer";
const STREETS: &str = "nj.xuanwu.street";
/// Everybody who does something.
pub const PEOPLE: [&str; 13] = [
    AGENT,
    DISPATCHER,
    HANDLER,
    LEADER,
    REVIEWER,
    CALLER,
    SUPERVISOR,
    CENTRE,
    OTHERS,
    DISTRICTS,
    DISTRICT_DESK,
    DISTRICT_HEAD,
    STREETS,
];

/// What a verb is done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// The ticket.
    Ticket,
    /// A unit's newest part of it.
    Part(&'static str),
    /// The ticket that was registered before it.
    Beside,
    /// The ticket, as one of several.
    Many,
}

/// Who does which verb, to what, and what is said; `$LEAD`, `$OWN`, `$UNTIL` and `$TODAY` are put in.
pub struct Step {
    pub by: &'static str,
    pub verb: &'static str,
    pub on: On,
    pub says: &'static str,
    /// The lines that the ticket's history has of it.
    pub tells: &'static [&'static str],
}

impl Step {
    /// Whether the answer says how the ticket stands then.
    pub fn answers_for_it(&self) -> bool {
        matches!(self.on, On::Ticket | On::Part(_))
    }

    /// Whether it names the version that its sender saw.
    pub fn has_version(&self) -> bool {
        !matches!(self.verb, "urge" | "reopen")
    }
}

macro_rules! step {
    ($by:expr, $verb:literal, $on:expr, $says:expr) => {
        Step {
            by: $by,
            verb: $verb,
            on: $on,
            says: $says,
            tells: &[$verb],
        }
    };
}

macro_rules! ticket {
    ($by:expr, $verb:literal, $says:expr $(,)?) => {
        step!($by, $verb, On::Ticket, $says)
    };
}

macro_rules! part {
    ($by:expr, $verb:literal, $says:expr $(,)?) => {
        step!($by, $verb, On::Part(UNIT), $says)
    };
}

macro_rules! below {
    ($by:expr, $verb:literal, $unit:expr, $says:expr $(,)?) => {
        step!($by, $verb, On::Part($unit), $says)
    };
}

const DISPATCH: Step = ticket!(
    DISPATCHER,
    "dispatch",
    r#"{"lead": "320100-CGJ", "category": "010101"}"#,
);
const SIGN: Step = part!(HANDLER, "sign", "{}");
const REPLY: Step = part!(
    HANDLER,
    "reply",
    r#"{"handling": "已派维修人员更换灯头，并检查了整条线路的供电情况。", "public_reply": "您好，门口的路灯已于今天修好，给您添麻烦了。", "fact_true": "true", "solved": "yes", "contacted": true, "contact_tries": 1}"#,
);
const UNIT_REVIEW: Step = part!(LEADER, "unit-review", r#"{"pass": true}"#);
const REVIEW: Step = ticket!(REVIEWER, "review", r#"{"pass": true}"#);
const CONTENT: Step = ticket!(
    CALLER,
    "follow-up",
    r#"{"channel": "call", "connected": true, "staff_contacted": true, "report_true": true, "solved": "yes", "satisfaction": "satisfied"}"#,
);
const CLOSE: Step = ticket!(CALLER, "close", "{}");
const WITHDRAW: Step = ticket!(DISPATCHER, "withdraw", r#"{"reason": "诉求人来电撤回。"}"#);

/// More time, a directive, an answer, the end.
const SUPERVISED: &[Step] = &[
    DISPATCH,
    SIGN,
    part!(HANDLER, "contact", r#"{"way": "call", "reached": true}"#),
    part!(
        HANDLER,
        "extend",
        r#"{"reason": "works", "days": 2, "explanation": "须开挖路面更换电缆，已与施工单位约定进场时间。"}"#,
    ),
    part!(
        DISPATCHER,
        "rule-extension",
        r#"{"grant": true, "days": 1}"#,
    ),
    part!(
        SUPERVISOR,
        "supervise",
        r#"{"cause": "overdue", "level": "first", "demand": "请立即办理并说明原因和整改措施。"}"#,
    ),
    part!(
        LEADER,
        "answer-directive",
        r#"{"answer": "已约谈责任科室，现场整改完毕并电话回访诉求人，今后每周自查一次。"}"#,
    ),
    part!(SUPERVISOR, "judge-directive", r#"{"accept": true}"#),
    REPLY,
    UNIT_REVIEW,
    REVIEW,
    CONTENT,
    CLOSE,
];

/// Suspended, promised, answered, done again.
const WAITED: &[Step] = &[
    DISPATCH,
    SIGN,
    part!(
        HANDLER,
        "suspend",
        r#"{"reason": "appraisal", "until": "$UNTIL", "explanation": "已委托电缆检测，等检测报告出具后继续施工。"}"#,
    ),
    part!(REVIEWER, "rule-suspension", r#"{"grant": true}"#),
    part!(HANDLER, "resume", r#"{"reason": "检测报告已经出具"}"#),
    part!(
        HANDLER,
        "interim",
        r#"{"public_words": "该路段须整体更换电缆，方案正在公示。", "until": "$UNTIL", "explanation": "公示期满后进场施工，工期五天。"}"#,
    ),
    part!(REVIEWER, "rule-interim", r#"{"grant": true}"#),
    REPLY,
    UNIT_REVIEW,
    REVIEW,
    ticket!(
        CALLER,
        "follow-up",
        r#"{"channel": "call", "connected": true, "staff_contacted": true, "report_true": true, "solved": "no", "satisfaction": "dissatisfied"}"#,
    ),
    ticket!(
        CALLER,
        "redo",
        r#"{"reason": "路灯仍然不亮，请重新维修。"}"#,
    ),
    SIGN,
    REPLY,
    UNIT_REVIEW,
    REVIEW,
    CONTENT,
    CLOSE,
];

/// Sent back, kept by the ruling, taken back by the citizen.
const RETURNED: &[Step] = &[
    DISPATCH,
    part!(
        HANDLER,
        "send-back",
        r#"{"reason": "wrong_duty", "explanation": "路灯的维护由其他部门负责，不属于本单位职责。", "basis": "市政府“三定”规定"}"#,
    ),
    part!(
        DISPATCHER,
        "rule",
        r#"{"uphold": true, "opinion": "职责清楚，维持派单。"}"#,
    ),
    SIGN,
    WITHDRAW,
];

/// Merged into another ticket, split off again.
const MERGED: &[Step] = &[
    ticket!(DISPATCHER, "merge", r#"{"into": "$LEAD"}"#),
    ticket!(
        DISPATCHER,
        "split",
        r#"{"reason": "实为另一路段，须单独办理。"}"#,
    ),
    DISPATCH,
    SIGN,
    REPLY,
    UNIT_REVIEW,
    REVIEW,
    CONTENT,
    CLOSE,
];

/// Urged, corrected, linked and unlinked, answered at once, its citizen erased.
const ANSWERED: &[Step] = &[
    ticket!(AGENT, "urge", r#"{"message": "诉求人再次来电催促。"}"#),
    ticket!(
        SUPERVISOR,
        "correct-citizen",
        r#"{"name": "王建国", "reason": "诉求人来电更正姓名，已用查询码核实。"}"#
    ),
    ticket!(
        DISPATCHER,
        "link",
        r#"{"ticket": "$LEAD", "link": "same_place", "link_note": "同一小区，一并查看。"}"#
    ),
    ticket!(
        DISPATCHER,
        "unlink",
        r#"{"ticket": "$LEAD", "reason": "核实为不同地点。"}"#
    ),
    ticket!(
        AGENT,
        "answer",
        r#"{"answer": "您好，该路灯属小区自管，报修方式已在电话中逐项说明。"}"#
    ),
    ticket!(
        SUPERVISOR,
        "erase-citizen",
        r#"{"reason": "诉求人书面申请删除个人信息，已核实身份。"}"#
    ),
];

const DECLINE: Step = ticket!(
    AGENT,
    "decline",
    r#"{"reason": "NA02", "explanation": "该事项已进入信访渠道，请向原受理机关查询办理进展。"}"#
);

/// Proposed not to be accepted, kept, proposed again, declined.
const DECLINED: &[Step] = &[
    DECLINE,
    ticket!(
        DISPATCHER,
        "confirm-decline",
        r#"{"confirm": false, "opinion": "仍属受理范围，请派单。"}"#
    ),
    DECLINE,
    ticket!(DISPATCHER, "confirm-decline", r#"{"confirm": true}"#),
];

/// Reviewed before it goes out, recalled, terminated.
const RECALLED: &[Step] = &[
    ticket!(
        DISPATCHER,
        "dispatch",
        r#"{"lead": "320100-ZJJ", "category": "010101", "review": true}"#
    ),
    Step {
        by: SUPERVISOR,
        verb: "review-dispatch",
        on: On::Ticket,
        says: r#"{"grant": true}"#,
        tells: &["review-dispatch", "dispatch"],
    },
    ticket!(
        DISPATCHER,
        "recall",
        r#"{"to": "320100-CGJ", "reason": "派错单位，改派城管局。"}"#
    ),
    SIGN,
    part!(
        HANDLER,
        "terminate",
        r#"{"reason": "NA01", "public_words": "该事项法院已立案受理，请通过诉讼途径解决。", "explanation": "办理中查明诉求人已就同一事项起诉，案号附后。"}"#
    ),
    part!(
        REVIEWER,
        "rule-termination",
        r#"{"grant": true, "opinion": "情况属实，同意终止。"}"#
    ),
];

const BACK: &str = r#"{"reason": "wrong_duty", "explanation": "路灯的维护由其他部门负责，不属于本单位职责。", "basis": "市政府“三定”规定"}"#;

/// Disputed by two units up to a meeting, a hard case, closed, opened again and closed once more.
const DISPUTED: &[Step] = &[
    ticket!(
        DISPATCHER,
        "dispatch",
        r#"{"lead": "320100-ZJJ", "category": "010101"}"#
    ),
    below!(OTHERS, "send-back", OTHER, BACK),
    below!(
        DISPATCHER,
        "rule",
        OTHER,
        r#"{"uphold": false, "to": "320100-CGJ", "opinion": "理由成立，改派城管。"}"#
    ),
    part!(HANDLER, "send-back", BACK),
    part!(
        DISPATCHER,
        "confer",
        r#"{"held_on": "$TODAY", "parties": ["12345 中心", "市住建局", "市城管局"], "minutes": "三方查阅权责清单后一致认为属原承办单位职责。", "uphold": true, "opinion": "会商一致，维持派单。"}"#
    ),
    SIGN,
    part!(
        HANDLER,
        "ask-difficult",
        r#"{"reason": "several_units", "until": "$UNTIL", "explanation": "涉及规划、消防、住建三部门，已两次协调，仍需现场鉴定后会审。"}"#
    ),
    part!(
        CENTRE,
        "rule-difficult",
        r#"{"held_on": "$TODAY", "agree": ["王主任", "市住建局李科长"], "against": ["市城管局张科长"], "minutes": "三方现场查看，认为须待鉴定后分步处置，同意列为疑难。", "grant": true, "until": "$UNTIL", "opinion": "列为疑难，按期办结。"}"#
    ),
    REPLY,
    UNIT_REVIEW,
    REVIEW,
    CONTENT,
    CLOSE,
    ticket!(
        AGENT,
        "reopen",
        r#"{"fact": "昨夜下雨后路灯又不亮，附近新出现一道裂缝。"}"#
    ),
    part!(
        DISPATCHER,
        "rule-reopening",
        r#"{"grant": true, "opinion": "裂缝是新情况，请重新勘察并维修。"}"#
    ),
    SIGN,
    REPLY,
    UNIT_REVIEW,
    REVIEW,
    CONTENT,
    CLOSE,
];

/// The unit writes to the citizen; it is ruled not to count; a directive is cancelled; a body outside gives a receipt.
const RULED: &[Step] = &[
    DISPATCH,
    SIGN,
    part!(
        HANDLER,
        "relay",
        r#"{"words": "维修人员明天上午九点到现场，请家中留人。"}"#
    ),
    part!(
        LEADER,
        "ask-ruling",
        r#"{"ruling": "not_counted", "reason": "objective", "explanation": "该路段列入明年改造计划，现阶段不具备施工条件，计划文件附后。"}"#
    ),
    part!(
        REVIEWER,
        "advise-ruling",
        r#"{"support": true, "opinion": "计划文件属实，建议同意。"}"#
    ),
    part!(
        CENTRE,
        "decide-ruling",
        r#"{"grant": true, "opinion": "情况属实，同意不计入考核。"}"#
    ),
    part!(
        SUPERVISOR,
        "supervise",
        r#"{"cause": "overdue", "level": "first", "demand": "请立即办理并说明原因和整改措施。"}"#
    ),
    part!(
        SUPERVISOR,
        "cancel-directive",
        r#"{"reason": "派发有误，另行督办。"}"#
    ),
    ticket!(
        AGENT,
        "transfer",
        r#"{"body": "110", "explanation": "来电反映楼下有人持械斗殴，已三方通话转接指挥中心。", "public_words": "您反映的情况已转接有关机构，请保持电话畅通。", "goes_on": true}"#
    ),
    ticket!(
        AGENT,
        "enter-receipt",
        r#"{"transfer": 1, "receipt": "J2026030112345"}"#
    ),
    REPLY,
    UNIT_REVIEW,
    REVIEW,
    CONTENT,
    CLOSE,
];

const GIVE: Step = below!(
    DISTRICT_DESK,
    "sub-assign",
    DISTRICT,
    r#"{"below": ["320102002"], "part_limit": 2, "part_limit_unit": "working_days", "advice": "请现场核查并反馈。"}"#
);
const REPORT: &str = r#"{"handling": "已派维修人员更换灯头，并检查了整条线路的供电情况。", "public_reply": "您好，门口的路灯已于今天修好，给您添麻烦了。", "fact_true": "true", "solved": "yes", "contacted": true, "contact_tries": 1}"#;

/// Taken, handed over, planned; given to a unit below, returned to it, handed up, given and taken back.
const TREE: &[Step] = &[
    ticket!(
        DISPATCHER,
        "dispatch",
        r#"{"lead": "320102", "category": "010101"}"#
    ),
    below!(DISTRICTS, "take", DISTRICT, "{}"),
    below!(DISTRICTS, "sign", DISTRICT, "{}"),
    below!(
        DISTRICTS,
        "hand-over",
        DISTRICT,
        r#"{"colleague": "nj.xuanwu.liaison", "reason": "本人外出培训，请接手办理。"}"#
    ),
    below!(
        DISTRICT_DESK,
        "plan",
        DISTRICT,
        r#"{"colleague": "nj.xuanwu.handler", "day": "$UNTIL", "day_part": "morning", "hours": 3, "plan_note": "一同现场查看。"}"#
    ),
    GIVE,
    below!(
        DISTRICT_DESK,
        "set-limit",
        DISTRICT,
        r#"{"below": "320102002", "part_limit": 3, "part_limit_unit": "working_days", "reason": "遇雨，酌情放宽一天。"}"#
    ),
    below!(STREETS, "sign", STREET, "{}"),
    below!(STREETS, "reply", STREET, REPORT),
    below!(STREETS, "unit-review", STREET, r#"{"pass": true}"#),
    below!(
        DISTRICT_DESK,
        "return-answer",
        DISTRICT,
        r#"{"below": "320102002", "reason": "未写明完工时间，请补充后再报。"}"#
    ),
    below!(
        STREETS,
        "hand-up",
        STREET,
        r#"{"explanation": "该路段不在本街道辖区，请上级单位另行安排。"}"#
    ),
    GIVE,
    below!(
        DISTRICT_DESK,
        "take-back",
        DISTRICT,
        r#"{"below": "320102002", "reason": "需多部门联动，由本单位直接办理。"}"#
    ),
    below!(DISTRICTS, "reply", DISTRICT, REPORT),
    below!(DISTRICT_HEAD, "unit-review", DISTRICT, r#"{"pass": true}"#),
];

/// Another ticket is merged into it, and its citizen gets words of his own.
const LEADING: &[Step] = &[
    DISPATCH,
    Step {
        by: DISPATCHER,
        verb: "merge",
        on: On::Beside,
        says: r#"{"into": "$OWN"}"#,
        tells: &[],
    },
    ticket!(
        HANDLER,
        "private-words",
        r#"{"ticket": "$LEAD", "private_words": "您门前的路灯已单独更换灯头。"}"#
    ),
    SIGN,
];

/// Signed for with others.
const MANY: &[Step] = &[
    DISPATCH,
    step!(
        HANDLER,
        "sign",
        On::Many,
        r#"{"act": "sign", "fields": {}}"#
    ),
];

/// Every road; trips begin with the next of them.
pub const ROADS: [&[Step]; 12] = [
    SUPERVISED, WAITED, RETURNED, MERGED, ANSWERED, DECLINED, RECALLED, DISPUTED, RULED, TREE,
    LEADING, MANY,
];
