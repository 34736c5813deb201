//! Words of the page on which auditors search the audit.
//! Not here: names of questions (`access::AuditQuestion`), of verbs and rights (beside their enums).
//! For auditors alone.

use super::super::{Locale, Text, text};
use super::acts;
use crate::access::{Permission, Role};
use crate::ticket::Verb;

pub const AUDIT: Text = text("审计", "Audit");
pub const HELP: Text = text(
    "谁在什么时候、从哪里、对什么做了什么，结果如何。只有审计员能看，每次查阅和导出也记入审计。",
    "Who did what to what, when, from where, and what came of it. Only auditors read it, and each search and export stands in it as well.",
);
pub const QUESTIONS: Text = text("常用问题", "Questions");
pub const ALL: Text = text("全部记录", "Every row");
pub const KEPT: Text = text("保存的问题", "Questions that were kept");
pub const KEEP: Text = text("保存当前查询", "Keep this search");
pub const KEEP_HELP: Text = text(
    "保存的是查询条件，每次打开都重新查询，并记入审计。",
    "What is kept is what is asked for: each time it is opened, it is asked anew, and that stands in the audit.",
);
pub const KEPT_NAME: Text = text("名称", "Name");
pub const KEPT_SHARED: Text = text("共享给其他审计员", "Share it with the other auditors");
pub const KEPT_DELETE: Text = text("删除", "Delete");
pub const KEPT_DONE: Text = text("问题已保存。", "The question is kept.");
pub const KEPT_GONE: Text = text("问题已删除。", "The question is deleted.");
pub const FILTER: Text = text("查询", "Search");
pub const PERSON: Text = text("人员（登录名）", "Person (sign-in name)");
pub const ACTION: Text = text("操作代码", "Code of the act");
pub const KIND: Text = text("对象种类", "Kind of object");
pub const ANY: Text = text("不限", "Any");
pub const NUMBER: Text = text("工单编号", "Number of a ticket");
pub const OUTCOME: Text = text("结果", "Outcome");
pub const DONE: Text = text("成功", "Done");
pub const FAILED: Text = text("失败或被拒绝", "Failed or refused");
pub const ADDRESS: Text = text("来源地址", "Address");
pub const REQUEST: Text = text("请求编号", "Request");
pub const SESSION: Text = text("会话", "Session");
pub const JOB: Text = text("后台任务", "Job");
pub const FROM: Text = text("从哪天", "From");
pub const UNTIL: Text = text("到哪天", "Until");
pub const OFF_HOURS: Text = text("非工作时间", "Outside working time");
pub const ONLY_OFF_HOURS: Text = text("只看非工作时间", "Only outside working time");
pub const WHEN: Text = text("时间", "When");
pub const WHO: Text = text("谁", "Who");
pub const WHAT: Text = text("做了什么", "What");
pub const OBJECT: Text = text("对象", "On what");
pub const WHY: Text = text("事由和细节", "Why, and details");
pub const NONE: Text = text("没有记录", "No rows");
pub const NONE_WHY: Text = text(
    "按当前条件没有审计记录。请放宽条件或时间。",
    "No row of the audit fits. Ask for less, or for more time.",
);
pub const NONE_HERE: Text = text(
    "这一段里没有符合的记录，可以接着往前查。",
    "No row of this stretch fits; earlier ones can be searched on the next page.",
);
pub const EXPORT: Text = text("导出 CSV", "Export as CSV");
pub const EXPORT_HELP: Text = text(
    "最多五万行；文件名中有内容的摘要（SHA-256 前十二位），完整摘要记入审计。",
    "At most fifty thousand rows; the name has the beginning of the digest of the content (SHA-256), and the audit has all of it.",
);

pub const ALARMS: Text = text("审计告警", "Alarms of the audit");
pub const ALARMS_HELP: Text = text(
    "每半分钟按规则看一遍审计：非工作时间或短时间大量查看、大量打开任务以外的工单、大量导出、权限突增、异地登录、同文办结。门槛在“业务参数”里设，0 为不告警。请查明原因，再写明结论关闭。",
    "Each half minute rules look along the audit: many looks outside working time or in a short time, many tickets outside the own queue, many exports, a jump of rights, signing in from elsewhere, the same text on many tickets. Thresholds are settings, 0 is none. Look into it, then dismiss it with what it was.",
);
pub const WAITING: Text = text("待查明", "To look into");
pub const DISMISSED: Text = text("已查明", "Looked into");
pub const NO_ALARMS: Text = text("没有告警", "No alarms");
pub const NO_ALARMS_WHY: Text = text(
    "规则没有发现超过门槛的情况。",
    "The rules found nothing beyond their thresholds.",
);
pub const RULE: Text = text("规则", "Rule");
pub const COUNTED: Text = text("次数", "Counted");
pub const ROWS: Text = text("审计记录", "Rows of the audit");
pub const SEE_ROWS: Text = text("查看此人的记录", "Rows of this person");
pub const TO_DO: Text = text("处理", "What to do");
pub const DISMISS: Text = text("已查明", "Dismiss");
pub const REASON: Text = text("结论", "What it was");
pub const DISMISS_DONE: Text = text("已记下结论。", "Noted.");

pub const OPEN_ALARMS: Text = text("未查明的审计告警", "Alarms not looked into");
pub const OPEN_ALARMS_WAY: Text = text(
    "告警的内容由审计员在“审计 → 审计告警”中查明，处理账号前请先与审计员联系。",
    "Auditors look into them, under Audit, Alarms of the audit. Ask them before the account is dealt with.",
);
pub const LOOKS: Text = text("一天内查看最多的人", "Most looks within a day");
pub const LOOKS_HELP: Text = text(
    "同一工单十分钟内只计一次；本人、本单位、本班组有任务的工单不列。",
    "A ticket counts once in ten minutes; tickets on which the person, unit or team has a task are not listed.",
);
pub const LOOK: Text = text("查看内容", "What was looked at");
pub const NO_ROWS: Text = text("只计数，不逐条记录", "Counted only, without rows");

pub const REPORTS: Text = text("审计月报", "Monthly reports of the audit");
pub const REPORTS_HELP: Text = text(
    "每月一日以后生成上月的月报，用本系统的密钥签名，生成后不再改变。每次打开都重新验证签名。",
    "After the first of each month the report of the month before is made and signed with the installation's key; it never changes. Each time it is shown, the signature is checked again.",
);
pub const NO_REPORTS: Text = text("还没有月报", "No reports yet");
pub const NO_REPORTS_WHY: Text = text(
    "下月一日以后生成第一份。",
    "The first one is made after the first of the next month.",
);
pub const MONTH: Text = text("月份", "Month");
pub const SIGNATURE: Text = text("签名", "Signature");
pub const HOLDS: Text = text("有效", "Holds");
pub const BROKEN: Text = text(
    "不符：内容被改动过",
    "Does not hold: the content was changed",
);
pub const ACTS: Text = text("全部操作", "Every act");

/// Heads of the exported file, in order.
pub const HEADS: [Text; 13] = [
    text("序号", "Number"),
    WHEN,
    OFF_HOURS,
    WHO,
    text("操作", "Act"),
    OBJECT,
    OUTCOME,
    ADDRESS,
    REQUEST,
    SESSION,
    JOB,
    text("事由", "Why"),
    text("细节", "Details"),
];

/// Kinds of objects with their names.
pub const KINDS: [(&str, Text); 25] = [
    ("ticket", text("工单", "Ticket")),
    ("approval", text("办件", "Approval")),
    ("user", text("账号", "Account")),
    ("session", text("会话", "Session")),
    ("role", text("角色", "Role")),
    ("job", text("任务", "Job")),
    ("file", text("文件", "File")),
    ("citizen", text("市民", "Citizen")),
    ("register", text("清单", "List of the office")),
    ("process", text("流程", "Process")),
    ("tickets", text("工单列表", "List of tickets")),
    ("audit", AUDIT),
    ("report", text("报表", "Report")),
    ("schedule", text("定时报表", "Scheduled report")),
    ("data", text("数据服务申请", "Request for data")),
    ("incoming", text("来信", "Message from a citizen")),
    ("view", text("保存的视图", "Saved view")),
    ("notification", text("通知", "Notification")),
    ("mandate", text("代单位办事", "Mandate")),
    ("wish", text("个人信息申请", "Request about own data")),
    ("rule_notice", text("规则阅知", "Rule to read")),
    ("quality", text("质量问题", "Finding of quality")),
    ("audit_alarm", text("审计告警", "Alarm of the audit")),
    (
        "account_request",
        text("账号申请", "Request for an account"),
    ),
    ("team", text("班组", "Team")),
];

/// What people call an act; nothing where it has only a code.
#[must_use]
pub fn action(code: &str, locale: Locale) -> Option<&'static str> {
    let verb = Verb::parse(code).map(|verb| verb.label(locale));
    let right = || Permission::parse(code).map(|right| right.label(locale));
    let named = || acts::ACTS.iter().find(|(act, _)| *act == code);
    verb.or_else(right)
        .or_else(|| named().map(|(_, name)| name.get(locale)))
}

/// What people call facts of acts.
const FACTS: [(&str, Text); 9] = [
    ("ticket_no", text("工单", "ticket")),
    ("unit", text("单位", "unit")),
    ("role", text("角色", "role")),
    ("roles", text("角色", "roles")),
    ("filters", text("条件", "filters")),
    ("count", text("数量", "count")),
    ("tickets", text("工单数", "tickets")),
    ("month", text("月份", "month")),
    ("rule", text("规则", "rule")),
];

/// A fact of an act as people read it; with its code where it has no name.
#[must_use]
pub fn fact(code: &str, value: &str, locale: Locale) -> String {
    let Some((_, name)) = FACTS.iter().find(|(fact, _)| *fact == code) else {
        return format!("{code}={value}");
    };
    let role = (code == "role").then(|| Role::parse(value)).flatten();
    let value = role.map_or(value, |role| role.label(locale));
    format!("{} {value}", name.get(locale))
}
