//! Notices (提醒) to people of the house: what happened to a case that is theirs to go on with. Shown in the product, and sent by mail or text message
//! to who wants that. A notice names the kind of thing and the case's number, and nothing else of it, so that it tells nothing of a discreet case.
//! Not here: who gets one (the verbs), its wording (`text::notification::template`), citizens' messages (`notification`).

use serde::{Deserialize, Serialize};

use crate::access::Role;
use crate::calendar::Instant;
use crate::ids::{ApprovalId, TicketId, UserId};
use crate::text::notification::template::MessageCode;

codes! {
    /// What a notice tells.
    NoticeKind {
        Assigned = "assigned", "assigned", "新承办件", "New assignment";
        Asked = "asked", "asked", "待裁定申请", "Asks for a ruling";
        Ruled = "ruled", "ruled", "申请已裁定", "Ruled on";
        Supervised = "supervised", "supervised", "督办单", "A directive";
        Joined = "joined", "joined", "并入新的诉求", "Another voice";
        Returned = "returned", "returned", "答复被退回", "Reply returned";
        HandedOver = "handed_over", "handed_over", "由我负责的承办件", "Handed over to me";
        Below = "below", "below", "下级已反馈或上退", "From a unit below";
        Urged = "urged", "urged", "诉求人催办", "Urged by the citizen";
        Wrote = "wrote", "wrote", "诉求人来信", "The citizen wrote";
        Near = "near", "near", "临期提醒", "The deadline is near";
        Overdue = "overdue", "overdue", "承办件超期", "Overdue";
        RedList = "red_list", "red_list", "每日红灯清单", "The day's red list";
        Critical = "critical", "critical", "特急工单", "A critical ticket";
        Group = "group", "group", "群体诉求", "Many people about one event";
        Promised = "promised", "promised", "承诺日期临近", "A promised day is near";
        Mentioned = "mentioned", "mentioned", "备注提到我", "Named in a note";
        GoesOn = "goes_on", "goes_on", "挂起或跟踪到期", "The work goes on";
        Alarm = "alarm", "alarm", "超时报警", "What waits too long";
        Planned = "planned", "planned", "任务排程", "Planned for me";
        PlanChanged = "plan_changed", "plan_changed", "排程变更", "My plan has changed";
        Task = "task", "task", "办件新任务", "Approval: a task";
        SentBack = "sent_back", "sent_back", "办件退回", "Approval: sent back";
        Corrected = "corrected", "corrected", "办件已补正", "Approval: corrected";
        Decided = "decided", "decided", "办件已办结", "Approval: decided";
        Due = "due", "due", "办件任务临期", "Approval: due soon";
        PostFrozen = "post_frozen", "post_frozen", "岗位已冻结", "A post is frozen";
        RuleToRead = "rule_to_read", "rule_to_read", "规则变更待阅知", "A rule to read";
        ViewsCounted = "views_counted", "views_counted", "订阅的视图", "Views that you follow";
        ViewsBroken = "views_broken", "views_broken", "订阅的视图已不能用", "A view that you follow is gone";
        ReportMade = "report_made", "report_made", "报表已生成", "A report was made";
        FigureWarned = "figure_warned", "figure_warned", "统计预警", "A warning of figures";
        DataDecided = "data_decided", "data_decided", "数据申请已审批", "A request for data was decided";
        Wished = "wished", "wished", "个人信息申请", "A citizen's request about own data";
        Upset = "upset", "upset", "差评待处理", "A bad rating";
        Pressed = "pressed", "pressed", "领导催办", "Urged by a leader";
        Incomplete = "incomplete", "incomplete", "工单退回补充", "Back to intake";
        PlatformBehind = "platform_behind", "platform_behind", "对接平台推送失败", "A linked platform was not told";
    }
}

codes! {
    /// How a notice reaches somebody.
    NoticeWay {
        Desk = "desk", "desk", "系统内", "In the product";
        Mail = "mail", "mail", "邮件", "By mail";
        Sms = "sms", "sms", "短信", "By text message";
    }
}

impl NoticeKind {
    /// The message that it is.
    pub const fn message(self) -> MessageCode {
        match self {
            Self::Assigned => MessageCode::StaffAssigned,
            Self::Asked => MessageCode::StaffAsked,
            Self::Ruled => MessageCode::StaffRuled,
            Self::Supervised => MessageCode::StaffSupervised,
            Self::Joined => MessageCode::StaffJoined,
            Self::Returned => MessageCode::StaffReturned,
            Self::HandedOver => MessageCode::StaffHandedOver,
            Self::Below => MessageCode::StaffBelow,
            Self::Urged => MessageCode::StaffUrged,
            Self::Wrote => MessageCode::StaffWrote,
            Self::Near => MessageCode::StaffNear,
            Self::Overdue => MessageCode::StaffOverdue,
            Self::RedList => MessageCode::StaffRedList,
            Self::Critical => MessageCode::StaffCritical,
            Self::Group => MessageCode::StaffGroup,
            Self::Promised => MessageCode::StaffPromised,
            Self::Mentioned => MessageCode::StaffMentioned,
            Self::GoesOn => MessageCode::StaffGoesOn,
            Self::Alarm => MessageCode::StaffAlarm,
            Self::Planned => MessageCode::StaffPlanned,
            Self::PlanChanged => MessageCode::StaffPlanChanged,
            Self::Task => MessageCode::StaffTask,
            Self::SentBack => MessageCode::StaffSentBack,
            Self::Corrected => MessageCode::StaffCorrected,
            Self::Decided => MessageCode::StaffDecided,
            Self::Due => MessageCode::StaffDue,
            Self::PostFrozen => MessageCode::StaffPostFrozen,
            Self::RuleToRead => MessageCode::StaffRuleToRead,
            Self::ViewsCounted => MessageCode::StaffViewsCounted,
            Self::ViewsBroken => MessageCode::StaffViewsBroken,
            Self::ReportMade => MessageCode::StaffReportMade,
            Self::FigureWarned => MessageCode::StaffFigureWarned,
            Self::DataDecided => MessageCode::StaffDataDecided,
            Self::Wished => MessageCode::StaffWished,
            Self::Upset => MessageCode::StaffUpset,
            Self::Pressed => MessageCode::StaffPressed,
            Self::Incomplete => MessageCode::StaffIncomplete,
            Self::PlatformBehind => MessageCode::StaffPlatformBehind,
        }
    }

    /// The page that it is about, where that is no case.
    pub const fn page(self) -> Option<&'static str> {
        match self {
            Self::PostFrozen => Some("/account"),
            Self::RuleToRead => Some("/rules"),
            Self::ViewsCounted | Self::ViewsBroken => Some("/views"),
            Self::ReportMade => Some("/reports/kept"),
            Self::FigureWarned => Some("/reports/warnings"),
            Self::DataDecided => Some("/data-requests"),
            Self::Wished => Some("/staff/wishes"),
            Self::PlatformBehind => Some("/staff/platforms"),
            _ => None,
        }
    }
}

/// Who is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Everybody in a unit who has one of the roles.
    Unit {
        /// Its code.
        unit: String,
        /// The roles.
        roles: Vec<Role>,
    },
    /// One person.
    Person(UserId),
}

/// What is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// What.
    pub kind: NoticeKind,
    /// The number of the ticket or the approval, or of what else it is about.
    pub no: String,
    /// The approval that it is about; absent for a ticket.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approval: Option<ApprovalId>,
    /// Who did it and needs no telling.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<UserId>,
}

/// Tickets whose clocks have reached one rung of the ladder, in one notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnRung {
    /// The rung's code.
    pub rung: String,
    /// The division whose words it has.
    pub area: String,
    /// The tickets, as many as a notice names.
    pub tickets: Vec<NoticeTicket>,
    /// How many there are.
    pub count: usize,
}

/// A ticket that a notice names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NoticeTicket {
    /// Its id.
    pub id: TicketId,
    /// Its number.
    pub no: String,
}

/// A notice as its reader sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NoticeView {
    /// Its id.
    pub id: uuid::Uuid,
    /// What it tells.
    pub kind: NoticeKind,
    /// The ticket that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<TicketId>,
    /// The approval that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approval: Option<ApprovalId>,
    /// The number of either.
    pub ticket_no: String,
    /// All tickets that it is about, where it gathers several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tickets: Vec<NoticeTicket>,
    /// The sentence, as the office words it, in the reader's language.
    pub words: String,
    /// When it happened.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: Instant,
    /// Whether it was read.
    pub is_read: bool,
}

/// A page of them, the newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NoticePage {
    /// The notices.
    pub items: Vec<NoticeView>,
    /// The next page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
    /// How many are unread, at most [`MOST_UNREAD`].
    pub unread: i64,
}

/// More unread ones are not counted.
pub const MOST_UNREAD: i64 = 100;

/// How a kind of notice reaches somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NoticeChoice {
    /// The kind.
    pub kind: NoticeKind,
    /// In the product.
    pub desk: bool,
    /// By mail, where an address is known.
    pub mail: bool,
    /// By text message, where a number is known.
    pub sms: bool,
}

impl NoticeChoice {
    /// What holds for who has chosen nothing: in the product alone.
    pub const fn usual(kind: NoticeKind) -> Self {
        Self {
            kind,
            desk: true,
            mail: false,
            sms: false,
        }
    }
}

/// What somebody has chosen, for every kind, and where mails and text messages go.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NoticeSettings {
    /// By kind; a kind that is absent reaches him in the product alone.
    pub choices: Vec<NoticeChoice>,
    /// Own mailbox.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mail: Option<String>,
    /// Own mobile number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mobile: Option<String>,
}

impl NoticeSettings {
    /// What holds for a kind.
    pub fn of(&self, kind: NoticeKind) -> NoticeChoice {
        let known = self.choices.iter().find(|choice| choice.kind == kind);
        known.copied().unwrap_or(NoticeChoice::usual(kind))
    }
}
