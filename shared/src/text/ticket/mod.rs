//! Words of one ticket's page and of the forms of its verbs, in both languages.
//! Not here: names of fields (`fields`), labels of code lists, sentences for faults (`faults`).
//! Add a constant where the part of the page that shows it lives.

pub mod alarm;
pub mod archive;
pub mod bulk;
pub mod checklist;
pub mod difficult;
pub mod directive;
pub mod dispute;
mod flow;
mod forms;
mod gate;
pub mod guarded;
pub mod ladder;
mod life;
pub mod link;
pub mod paper;
pub mod plan;
pub mod pool;
pub mod ruling;
pub mod together;
pub mod transfer;
pub mod tree;

pub use flow::{
    FLOW, FLOW_BACK, FLOW_NONE, FLOW_NOW, FLOW_OVER, FLOW_SCROLL, FLOW_WAS, flow_version,
};
pub use forms::{
    ANSWER_HELP, ANSWER_SEND, APPOINTED_HELP, CALL_CONNECTED, CALL_NOT, CALL_NOT_HELP,
    CALL_QUESTIONS, CALL_SEND, CAUSE_NONE, CLOSE_HELP, CLOSE_SEND, CLOSE_USUAL, CONFIRM_NO,
    CONFIRM_SEND, CONFIRM_YES, DECLINE_EXPLAIN, DECLINE_HELP, DECLINE_SEND, DISPATCH_OPEN,
    EXTEND_EXPLAIN, EXTEND_HELP, EXTEND_SEND, EXTENSION_DAYS_HELP, EXTENSION_GRANT,
    EXTENSION_OPINION_HELP, EXTENSION_REFUSE, OUTCOME_HELP, RECALL_HELP, RECALL_SEND, RECALL_WHICH,
    REDO_HELP, REDO_SEND, REPLY_ANYWAY, REPLY_HELP, REPLY_PUBLIC_HELP, REPLY_SEND,
    REPLY_TRIES_HELP, REPLY_UNSOLVED_HELP, REVIEW_BACK, REVIEW_BACK_HELP, REVIEW_HELP, REVIEW_PASS,
    REVIEW_SEND, RULE_FINAL, RULE_FINAL_HELP, RULE_REDISPATCH, RULE_SEND, RULE_UPHOLD,
    SEND_BACK_EXPLAIN, SEND_BACK_HELP, SEND_BACK_SEND, SIGN_HELP, SIGN_SEND, UNIT_REVIEW_SEND,
    URGE_HELP, URGE_SEND, WITHDRAW_HELP, WITHDRAW_SEND,
};
pub use gate::{intake, review};
pub use life::{appease, bin, endorse, press, three_way};

use super::{Locale, Text, text};
use crate::access::ActorKind;
use crate::calendar::Instant;
use crate::job::JobKind;
use crate::ticket::{Hold, Verb};

// Head.
pub const WHY_THIS_TIME: Text = text("为什么是这个时间", "Why this time");
pub const DUE: Text = text("答复期限", "Answer due");
pub const NO_DEADLINE: Text = text("没有时限", "No deadline");
pub const CLOCK_FROM: Text = text("起算", "Counted from");
pub const LIMIT: Text = text("时限", "Limit");
pub const DEADLINE: Text = text("到期", "Ends");

// Which clock a light shows.
pub const REPLY_CLOCK: Text = text("答复", "Answer");
pub const SIGN_CLOCK: Text = text("签收", "Sign");

/// The clock of the task that waits for a verb; none where the verb has no limit of its own.
pub const fn clock_of(verb: Verb) -> Option<Text> {
    Some(match verb {
        Verb::Dispatch => text("派单", "Dispatch"),
        Verb::Resubmit => text("补充", "Complete"),
        Verb::Sign => SIGN_CLOCK,
        Verb::Reply | Verb::Answer | Verb::Redo => REPLY_CLOCK,
        Verb::Review | Verb::UnitReview => text("审核", "Review"),
        Verb::AnswerDirective => text("督办", "Directive"),
        Verb::FollowUp => text("回访", "Call"),
        Verb::Rule
        | Verb::Confer
        | Verb::RuleExtension
        | Verb::RuleSuspension
        | Verb::RuleInterim
        | Verb::RuleTermination
        | Verb::RuleReopening
        | Verb::RuleDifficult
        | Verb::AdviseRuling
        | Verb::DecideRuling
        | Verb::ReviewDispatch
        | Verb::ConfirmDecline => text("裁定", "Rule"),
        Verb::Endorse => text("审批", "Endorse"),
        _ => return None,
    })
}

// What the citizen wrote.
pub const WROTE: Text = text("诉求内容", "What the citizen wrote");
pub const FACTS: Text = text("基本情况", "Facts");
pub const KIND: Text = text("类型", "Type");
pub const CATEGORY: Text = text("类别", "Category");
pub const NO_CATEGORY: Text = text(
    "待补充，派单时必填",
    "To be completed; required for dispatch",
);
pub const CHANNEL: Text = text("渠道", "Channel");
pub const URGENCY: Text = text("紧急程度", "Urgency");
pub const ACCEPTED: Text = text("登记时间", "Accepted");
pub const OCCURRED: Text = text("发生时间", "Happened");
pub const CLOSED: Text = text("办结时间", "Closed");
pub const PLACE: Text = text("地点", "Place");
pub const ADDRESS: Text = text("详细地址", "Address");
pub const POSITION: Text = text("坐标（GCJ-02）", "Position (GCJ-02)");
pub const SUBJECT: Text = text("诉求人类别", "Who speaks");
pub const SOURCE: Text = text("来源", "Source");
pub const SOURCE_WORDS: Text = text(
    "来源原文（待补充）",
    "The source's own words, to be completed",
);
pub const PHOTOS: Text = text("照片", "Photos");
pub const SATISFACTION: Text = text("满意度", "Satisfaction");

/// What a source called a thing that is still to be completed.
/// `None` for a column that only the source has: its own head is its name.
pub fn source_word(name: &str) -> Option<Text> {
    Some(match name {
        "place" | "region" => text("地点", "Place"),
        "kind" | "type" => text("类型", "Type"),
        "category" => text("类别", "Category"),
        "unit" => text("单位", "Unit"),
        "phone" => text("电话", "Phone"),
        "reply_time" => text("答复时间", "Time of the reply"),
        _ => return None,
    })
}

// The citizen.
pub const CITIZEN: Text = text("诉求人", "Citizen");
pub const CITIZEN_HIDDEN: Text = text(
    "诉求人要求保密，或这是举报件：身份只有中心可见，需要联系时请通过中心转接。",
    "The citizen asked for confidence, or this is a tip-off: only the centre sees who it is. Ask the centre to put you through.",
);
pub const CITIZEN_ANONYMOUS: Text =
    text("匿名诉求，没有留身份。", "Anonymous: no identity was left.");
pub const CITIZEN_NONE: Text = text(
    "没有诉求人信息，或您无权查看。",
    "There is no citizen block, or you may not see it.",
);
pub const MASKED: Text = text("已脱敏", "Masked");
pub const REVEALED: Text = text(
    "以下是明文，限时显示，到时收起。每次查看都有记录，诉求人能看到。",
    "Shown in clear for a limited time. Every look is recorded, and the citizen can see that.",
);
pub const REVEAL_OPEN: Text = text("查看明文", "Show in clear");
pub const REVEAL_HELP: Text = text(
    "请写明查看原因，会记入审计。",
    "Say why; it goes to the audit.",
);
pub const REVEAL_SEND: Text = text("查看", "Show");

// What can be done.
pub const ACTIONS: Text = text("现在可以办", "What you can do now");
pub const NO_ACTIONS: Text = text(
    "现在没有需要您办的事。",
    "Nothing is for you to do here now.",
);
/// `去办：提交答复`, a way to the form.
pub fn go_to(verb: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("去办：{verb}"),
        Locale::En => format!("Go to: {}", verb.to_lowercase()),
    }
}

pub const NEXT_TASK: Text = text("回到待办", "Back to your to-dos");
pub const OF_ASSIGNMENT: Text = text("承办件", "Assignment");

/// What was just done.
pub fn done(verb: Verb, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("已{}。", verb_zh(verb)),
        Locale::En => format!("Done: {}.", verb.label(Locale::En).to_lowercase()),
    }
}

#[allow(clippy::too_many_lines, reason = "a table: a word a verb")]
const fn verb_zh(verb: Verb) -> &'static str {
    match verb {
        Verb::Register => "登记",
        Verb::Answer => "直接答复并办结",
        Verb::ThreeWay => "记录三方通话",
        Verb::Decline => "提出不予受理，等派单员裁定",
        Verb::ConfirmDecline => "裁定",
        Verb::Dispatch => "派单",
        Verb::ReviewDispatch => "完成派单审核",
        Verb::ToIntake => "退回补充，等登记人补正",
        Verb::Resubmit => "补充提交，等待派单",
        Verb::Recall => "撤派改派",
        Verb::Sign => "签收",
        Verb::SendBack => "申请退单，等派单员裁定",
        Verb::Rule => "裁定退单",
        Verb::Confer => "会商裁定",
        Verb::Endorse => "审批本单位的申请",
        Verb::Extend => "申请延期，等派单员裁定",
        Verb::RuleExtension => "裁定延期",
        Verb::SuspendWork => "申请挂起，等中心裁定",
        Verb::RuleSuspension => "裁定挂起",
        Verb::ResumeWork => "恢复办理",
        Verb::Interim => "提交阶段答复，等中心审核",
        Verb::RuleInterim => "审核阶段答复",
        Verb::Terminate => "申请终止，等中心裁定",
        Verb::RuleTermination => "裁定终止",
        Verb::Reopen => "申请重新打开，等派单员裁定",
        Verb::RuleReopening => "裁定重新打开",
        Verb::Contact => "记录联系",
        Verb::Relay => "给诉求人发短信",
        Verb::Press => "催办",
        Verb::RecordSite => "保存现场记录",
        Verb::PlaceCall => "请平台接通，请留意您的电话",
        Verb::Supervise => "发出督办单",
        Verb::AnswerDirective => "答复督办单，等中心审结",
        Verb::JudgeDirective => "审核督办答复",
        Verb::CancelDirective => "撤销督办单",
        Verb::Merge => "并案，由主件统一办理",
        Verb::Split => "拆分，等待派单",
        Verb::PrivateWords => "记下个别答复",
        Verb::Link => "关联",
        Verb::Unlink => "取消关联",
        Verb::CorrectCitizen => "更正诉求人信息",
        Verb::EraseCitizen => "删除诉求人信息",
        Verb::Recycle => "放入回收站",
        Verb::Restore => "恢复",
        Verb::NameAccused => "认定被举报单位",
        Verb::AskRuling => "申请考核认定，等中心初审",
        Verb::AdviseRuling => "提交初审意见，等中心领导审定",
        Verb::DecideRuling => "审定考核认定",
        Verb::Transfer => "登记移交",
        Verb::EnterReceipt => "登记移交回执",
        Verb::AskDifficult => "申请列为疑难，等会审",
        Verb::RuleDifficult => "登记疑难会审结果",
        Verb::SubAssign => "下派",
        Verb::TakeBack => "收回下派",
        Verb::SetLimit => "调整下级时限",
        Verb::ReturnAnswer => "退回下级答复",
        Verb::HandUp => "退给上级单位",
        Verb::AskAssistance => "请求会办，等会办单位签收",
        Verb::Take => "接办",
        Verb::HandOver => "移交责任人",
        Verb::Plan => "排程",
        Verb::Reply => "提交答复，等单位审核",
        Verb::UnitReview | Verb::Review => "完成审核",
        Verb::FollowUp => "记录回访",
        Verb::Appease => "记录差评处理",
        Verb::Redo => "退回重办",
        Verb::Close => "办结",
        Verb::Withdraw => "撤回",
        Verb::Urge => "催办",
        Verb::PhoneUrge => "记录电话催办",
        Verb::Rate => "评价",
        Verb::Reveal => "查看",
        Verb::Ring => "到期",
        Verb::Archive => "归档",
        Verb::Serve => "系统办理",
        Verb::Message => "收到消息",
        Verb::Retry => "重试",
        Verb::Skip => "跳过",
        Verb::Migrate => "迁移版本",
        Verb::UndoMigration => "撤回迁移",
        Verb::AddFile => "添加附件",
        Verb::RemoveFile => "移除附件",
        Verb::Note => "写内部备注",
        Verb::Receive => "收到来信",
    }
}

// Who registered it at the desk, and what the caller has to be told.
pub const TELL_CALLER: Text = text("请告诉来电人", "Tell the caller");
pub const CODE: Text = text("查询码", "Query code");

// Assignments.
pub const ASSIGNMENTS: Text = text("承办情况", "Assignments");
pub const NO_ASSIGNMENTS: Text = text("还没有派单。", "Not dispatched yet.");
pub const NEVER_ASSIGNED: Text = text("没有派给承办单位。", "No unit had it.");
pub const DISPATCHED: Text = text("派单", "Dispatched");
pub const SIGN_BY: Text = text("签收期限", "Sign by");
pub const SIGNED: Text = text("签收", "Signed");
pub const REPLY_BY: Text = text("办理期限", "Answer by");
pub const REPLIED: Text = text("反馈", "Replied");
pub const ADVICE: Text = text("派单意见", "Advice");
pub const FINAL: Text = text("终局裁定，不能再退", "Ruled finally: cannot be sent back");
pub const RETURN_ASKED: Text = text("退单申请", "Request to send back");
pub const EXTENSION_ASKED: Text = text("延期申请", "Request for more time");
pub const EXTENDED: Text = text("已延期", "Extended");
pub const ASKED_FOR: Text = text("申请延长", "Asked for");
pub const GIVEN: Text = text("批准延长", "Given");
pub const SUGGESTED: Text = text("建议单位", "Suggested unit");
pub const RULING: Text = text("裁定意见", "Ruling");
pub const HANDLING: Text = text("办理情况", "What was done");
pub const PUBLIC_REPLY: Text = text("给诉求人的答复", "Reply to the citizen");
pub const FACT_TRUE: Text = text("诉求属实", "Facts");
pub const SOLVED: Text = text("解决情况", "Solved");
pub const CONTACTED: Text = text("联系诉求人", "Citizen reached");
pub const NOT_REACHED: Text = text("未联系上", "Not reached");
pub const PAUSED: Text = text("挂起顺延", "Moved by its suspension:");
pub const PROMISED: Text = text("承诺日期", "Promised day");
pub const SUSPENSION_ASKED: Text = text("挂起申请", "Request to suspend");
pub const INTERIM_ASKED: Text = text("阶段答复", "Interim reply");
pub const TERMINATION_ASKED: Text = text("终止申请", "Request to terminate");
pub const REOPENING_ASKED: Text = text("重新打开申请", "Request to reopen");
pub const GOES_ON: Text = text("恢复日期", "Goes on");
pub const FOR_CITIZEN: Text = text("告知诉求人", "What the citizen reads");
pub const AGREED: Text = text("同意", "Agreed");
pub const NOT_AGREED: Text = text("不同意", "Not agreed");
pub const SUSPEND_HELP: Text = text(
    "等材料、鉴定、上级答复或遇不可抗力时申请，由中心裁定。同意后停止计时，到恢复日期自动继续，最长 30 天。",
    "While papers, an appraisal, a higher reply or force majeure are waited for. The centre rules; then the clocks stand still, and the work goes on by itself on its day, 30 days at most.",
);
pub const SUSPEND_EXPLAIN: Text = text(
    "写明在等什么、有什么凭据。",
    "Say what is waited for and what proves it.",
);
pub const SUSPEND_SEND: Text = text("申请挂起", "Ask to suspend");
pub const SUSPENSION_GRANT: Text = text("同意挂起，停止计时", "Suspend: the clocks stand still");
pub const SUSPENSION_REFUSE: Text = text("不同意，继续办理", "No: the work goes on");
pub const RESUME_HELP: Text = text(
    "等待的事项已有结果时使用，时限从现在起继续计算。",
    "When what was waited for is there; the clocks go on from now.",
);
pub const SUPPLIED: Text = text(
    "诉求人已补充，自动恢复办理",
    "The citizen has written: the work goes on",
);
pub const RESUME_SEND: Text = text("恢复办理", "Resume");
pub const INTERIM_HELP: Text = text(
    "法定程序或工程需要更长时间时，在期限内先给阶段答复。中心同意后转为承诺跟踪，期限顺延到承诺日期。",
    "When the law or the works take longer: an interim reply inside the limit. Once the centre agrees it is tracked, and the deadline is the promised day.",
);
pub const INTERIM_PUBLIC_HELP: Text = text(
    "诉求人会看到这段话和承诺日期。",
    "The citizen reads this and the promised day.",
);
pub const INTERIM_EXPLAIN: Text = text(
    "写明已做了什么、法律依据或计划。",
    "What has been done, and the legal basis or the plan.",
);
pub const INTERIM_SEND: Text = text("提交阶段答复", "Propose it");
pub const INTERIM_GRANT: Text = text("同意，向诉求人承诺", "Agree: promise it");
pub const INTERIM_REFUSE: Text = text("不同意，按期办理", "No: the deadline stands");
pub const TERMINATE_HELP: Text = text(
    "办理中发现不应受理，或诉求人不配合时申请，由中心裁定；终止后不再办理，诉求人会收到原因。",
    "When it turns out that it should have been declined, or the citizen does not co-operate. The centre rules; then it is handled no more, and the citizen is told why.",
);
pub const TERMINATE_PUBLIC_HELP: Text = text(
    "给诉求人的解释；NA01 要写明应走的途径。",
    "For the citizen; with NA01 name the right way.",
);
pub const TERMINATE_EXPLAIN: Text = text(
    "给审核人：查明了什么。",
    "For the reviewer: what was found out.",
);
pub const TERMINATE_SEND: Text = text("申请终止", "Ask to terminate");
pub const TERMINATION_GRANT: Text = text("同意，终止办理", "Agree: it ends");
pub const TERMINATION_REFUSE: Text = text("不同意，继续办理", "No: the work goes on");
pub const TERMINATED: Text = text("终止办理", "Terminated");
pub const REOPEN_HELP: Text = text(
    "办结后诉求人反映新情况时记录，由派单员裁定。",
    "When the citizen brings something new after the closing. The dispatcher rules.",
);
pub const REOPEN_SEND: Text = text("申请重新打开", "Ask to reopen");
pub const REOPENING_GRANT: Text = text("有新情况，重新办理", "It is new: handle it again");
pub const REOPENING_REFUSE: Text = text(
    "同一事项，结果已告知",
    "The same matter; the result was told",
);
pub const REOPENING_OPINION_HELP: Text = text(
    "重新办理时给承办单位，不重新办理时诉求人会看到。",
    "For the unit where it is handled again; where it is not, the citizen reads it.",
);
pub const OPINION_HELP: Text = text("不同意时必填。", "Required when you do not agree.");
pub const CONTACTS: Text = text("联系记录", "Tries to reach the citizen");
pub const CONTACT_BY: Text = text("首次联系期限", "First call by");
pub const CONTACT_CLOCK: Text = text("首次联系", "First call");
pub const CONTACT_REACHED: Text = text("联系上了", "Reached");
pub const CONTACT_HELP: Text = text(
    "每次联系都记一笔；联系上，或第三次没有联系上，首次联系即完成。",
    "Each try is a line; reaching the citizen, or the third try, ends the limit of the first call.",
);
pub const CONTACT_NOTE_HELP: Text = text(
    "写拨打的号码后四位，或谈了什么、约了什么时间。",
    "The last digits of the number, or what was said and agreed.",
);
pub const RELAY_HELP: Text = text(
    "短信由热线发出，您看不到号码；不要写手机号、证件号。发出的内容记入联系记录和历史。",
    "The hotline sends it, and you see no number; leave out mobile and identity numbers. What was sent stands among the tries and in the history.",
);
pub const RELAY_WORDS: Text = text(
    "短信内容（200 字以内）",
    "Your words, at most 200 characters",
);
pub const RELAY_SEND: Text = text("发短信", "Send the message");
pub const CONTACT_SEND: Text = text("记录联系", "Record the try");
pub const UNSOLVED: Text = text("未解决原因", "Why not solved");
pub const BASIS: Text = text("依据", "Basis");
pub const PASSED: Text = text("单位已审核", "Passed by the unit");
pub const NOT_PASSED: Text = text("待单位审核", "Waits for the unit's review");

/// `第 2 轮`.
pub fn cycle(n: i32, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("第 {} 轮", n + 1),
        Locale::En => format!("Round {}", n + 1),
    }
}

/// `联系 3 次`.
pub fn tries(n: i32, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("联系 {n} 次"),
        Locale::En if n == 1 => "1 try".to_owned(),
        Locale::En => format!("{n} tries"),
    }
}

/// What an open ticket waits for, and until when: `已挂起，3月20日恢复办理`.
pub fn held(hold: Hold, until: Instant, now: Instant, locale: Locale) -> String {
    let day = super::clock::date(until.date(), now, locale);
    match (hold, locale) {
        (Hold::Suspended, Locale::Zh) => format!("已挂起，停止计时，{day}恢复办理。"),
        (Hold::Suspended, Locale::En) => {
            format!("Suspended: the clocks stand still, the work goes on on {day}.")
        }
        (Hold::Tracking, Locale::Zh) => format!("已承诺{day}前办结，正在跟踪。"),
        (Hold::Tracking, Locale::En) => format!("Promised by {day} and tracked."),
    }
}

/// `退单 1 次`.
pub fn returned(n: i32, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("退过 {n} 次"),
        Locale::En if n == 1 => "sent back once".to_owned(),
        Locale::En => format!("sent back {n} times"),
    }
}

/// `3 个工作日`.
pub fn working_days(n: i32, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("{n} 个工作日"),
        Locale::En if n == 1 => "1 working day".to_owned(),
        Locale::En => format!("{n} working days"),
    }
}

// Results.
pub const RESULTS: Text = text("回访与评价", "Follow-up and rating");
pub const CALLS: Text = text("回访记录", "Follow-up calls");
pub const NOT_CONNECTED: Text = text("未接通", "Not reached");
pub const CONNECTED: Text = text("已接通", "Reached");
pub const FIRST_RATING: Text = text("首次评价", "First rating");
pub const LATEST_RATING: Text = text("最近评价", "Latest rating");
pub const BAD_WEB_RATING: Text = text(
    "群众网上评价不满意，请核实后决定是否退回重办。",
    "The citizen's rating on the web is bad. Check it and decide on a redo.",
);
pub const ANSWER: Text = text("直接答复", "Direct answer");
pub const REPLY_GIVEN: Text = text("给诉求人的答复", "Reply to the citizen");
pub const DECLINED: Text = text("不予受理", "Declined");
pub const DECLINE_PROPOSED: Text = text("提出的不予受理理由", "Proposed reason for declining");

// History.
pub const HISTORY: Text = text("办理过程", "History");
pub const HISTORY_SHOW: Text = text("只看", "Show");
pub const HISTORY_ALL: Text = text("全部", "All");
/// Who did a line of a history: the name of a person, else what kind of actor it was, with the partner or the job.
pub fn actor(
    kind: ActorKind,
    (code, name): (Option<&str>, Option<&str>),
    locale: Locale,
) -> String {
    let label = kind.label(locale);
    match (kind, locale) {
        (ActorKind::Person, _) => name.unwrap_or(label).to_owned(),
        (ActorKind::Partner, _) => {
            let which = match (name, code) {
                (Some(name), Some(code)) if name != code => match locale {
                    Locale::Zh => format!("{name}（{code}）"),
                    Locale::En => format!("{name} ({code})"),
                },
                (name, code) => name.or(code).unwrap_or_default().to_owned(),
            };
            named(label, &which, locale)
        }
        (ActorKind::Job, _) => {
            let code = code.unwrap_or_default();
            // One that works on tickets alone has the name of what it does.
            let which = JobKind::parse(code).map(|job| job.label(locale));
            let which = which.or_else(|| Verb::parse(code).map(|verb| verb.label(locale)));
            let which = which.unwrap_or(code);
            named(label, which, locale)
        }
        (ActorKind::Citizen | ActorKind::Process | ActorKind::System, _) => label.to_owned(),
    }
}

fn named(kind: &str, which: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("{kind}：{which}"),
        Locale::En => format!("{kind}: {which}"),
    }
}

pub const DONE: Text = text("办理于 ", "done ");
pub const ENTERED: Text = text("，录入于 ", ", entered ");
pub const ENTERED_LATER: Text = text(
    "补录？写明实际办理时间",
    "Entered later? Say when it was done",
);
pub const DONE_AT_HELP: Text = text(
    "在线下或纸质办理、过后补录时填写，7 天以内。期限仍按录入时间计算。",
    "For work that was done offline or on paper and is entered afterwards, within 7 days. Deadlines go by the time of entering all the same.",
);
