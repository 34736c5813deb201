//! Applications (申请单): what is asked for about an assignment and decided by somebody else. Sorts, states, words of their history, caps.
//! Not here: what the verbs take (`ticket::verbs`), where a decision leads (the process definition and `services`).
//! An application is a case of its own, which hangs on its ticket.

use serde::{Deserialize, Serialize};

codes! {
    /// What is asked for.
    ApplicationSort {
        SendBack = "B", "send_back", "退单", "Send back";
        Extend = "E", "extend", "延期", "Extension";
        Suspend = "H", "suspend", "挂起", "Suspension";
        Interim = "I", "interim", "阶段答复", "Interim reply";
        Terminate = "T", "terminate", "终止", "Termination";
        Reopen = "R", "reopen", "重新打开", "Reopening";
        Supervise = "S", "supervise", "督办", "Directive";
        NotCounted = "N", "not_counted", "不计入考核", "Not counted";
        Unreasonable = "U", "unreasonable", "不合理诉求", "Unreasonable demand";
        Difficult = "D", "difficult", "疑难", "Hard case";
    }
}

codes! {
    /// Where an application stands.
    ApplicationStatus {
        Open = "O", "open", "待裁定", "Waiting";
        Granted = "G", "granted", "同意", "Granted";
        Refused = "R", "refused", "驳回", "Refused";
        Lapsed = "L", "lapsed", "失效", "Lapsed";
    }
}

impl ApplicationSort {
    /// Whether the dispatcher decides it; else the closing reviewer does.
    pub const fn is_the_dispatchers(self) -> bool {
        matches!(self, Self::SendBack | Self::Extend | Self::Reopen)
    }

    /// Whether a unit asks the centre for it, whose leader may have the first word.
    pub const fn is_of_unit(self) -> bool {
        matches!(
            self,
            Self::SendBack | Self::Extend | Self::Suspend | Self::Interim | Self::Terminate
        )
    }

    /// Whether it is about how the ticket counts, which a reviewer looks at and somebody else decides.
    pub const fn is_ruling(self) -> bool {
        matches!(self, Self::NotCounted | Self::Unreasonable)
    }
}

codes! {
    /// Why a ticket is a hard case (疑难原因).
    DifficultReason {
        SeveralUnits = "1", "several_units", "涉及多个部门或层级", "Several departments or levels";
        Legacy = "2", "legacy", "历史遗留问题", "Left from the past";
        Policy = "3", "policy", "政策不明确或有冲突", "Policies are unclear or contradict each other";
        Many = "4", "many", "涉及人数多、影响面大", "Many people are concerned";
        Repeated = "5", "repeated", "反复办理仍未解决", "Handled again and again without a solution";
    }
}

codes! {
    /// How a ticket is to count (考核认定).
    RulingOn {
        NotCounted = "N", "not_counted", "不计入考核", "Not counted in assessments";
        Unreasonable = "U", "unreasonable", "不合理诉求", "Unreasonable demand";
    }
}

impl RulingOn {
    /// What is asked for.
    pub const fn sort(self) -> ApplicationSort {
        match self {
            Self::NotCounted => ApplicationSort::NotCounted,
            Self::Unreasonable => ApplicationSort::Unreasonable,
        }
    }

    /// The other way round; none for what is asked for about anything else.
    pub const fn of(sort: ApplicationSort) -> Option<Self> {
        match sort {
            ApplicationSort::NotCounted => Some(Self::NotCounted),
            ApplicationSort::Unreasonable => Some(Self::Unreasonable),
            ApplicationSort::SendBack
            | ApplicationSort::Extend
            | ApplicationSort::Suspend
            | ApplicationSort::Interim
            | ApplicationSort::Terminate
            | ApplicationSort::Reopen
            | ApplicationSort::Supervise
            | ApplicationSort::Difficult => None,
        }
    }
}

codes! {
    /// Why a ticket counts in another way than others, or does so no more (认定理由). The kinds of unreasonable demands are those of `domain.md` 2.
    RulingReason {
        Powers = "N1", "powers", "超出承办单位职责权限", "Beyond the unit's powers";
        Objective = "N2", "objective", "受政策、规划或客观条件限制", "Policy, plans or facts do not allow it";
        ForceMajeure = "N3", "force_majeure", "不可抗力", "Force majeure";
        Unreachable = "N4", "unreachable", "诉求人无法联系或不配合", "The citizen cannot be reached or does not co-operate";
        Misrated = "N5", "misrated", "误评或评价与办理无关", "The rating was a mistake or is about something else";
        Outside = "U1", "outside", "不属于本地区管辖", "Outside this region";
        Channel = "U2", "channel", "应通过或已进入诉讼、仲裁、纪检、复议、信访等渠道", "For courts, arbitration, discipline, review or petitions, or there already";
        Unlawful = "U3", "unlawful", "违反法律法规或政策", "Against law or policy";
        Secrets = "U4", "secrets", "涉及秘密、隐私或有违公序良俗", "Secrets, privacy or public morals";
        Untrue = "U5", "untrue", "查证不实", "Found to be untrue";
        Excessive = "U6", "excessive", "明显超出合理范围", "Clearly beyond reason";
        Heard = "U7", "heard", "经听证认定不合理", "A hearing found it unreasonable";
        Abusive = "U8", "abusive", "恶意、虚假或谋取私利", "Abusive, false, or for private ends";
        Overtaken = "R1", "overtaken", "出现新情况，原认定不再成立", "What is new overtakes the ruling";
        Mistaken = "R2", "mistaken", "原认定依据有误", "The ruling was mistaken";
    }
}

impl RulingReason {
    /// Whether it is a reason for this; reasons to revoke are the same for both.
    pub fn fits(self, on: RulingOn, revokes: bool) -> bool {
        let group = if revokes { "R" } else { on.code() };
        self.code().starts_with(group)
    }
}

/// Days for which a ticket may be suspended at once (`domain.md` 3.2, row 13).
pub const SUSPENDED_DAYS: u64 = 30;
/// Days ahead on which something may be promised.
pub const PROMISED_DAYS: u64 = 180;

impl ApplicationStatus {
    /// Whether it still waits for a decision.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Open)
    }
}

codes! {
    /// A line of an application's history.
    ApplicationVerb {
        Ask = "ask", "ask", "申请", "Asked";
        Decide = "decide", "decide", "裁定", "Decided";
        Answer = "answer", "answer", "答复", "Answered";
        Lapse = "lapse", "lapse", "失效", "Lapsed";
        Ring = "ring", "ring", "到期", "Time is up";
        Serve = "serve", "serve", "系统办理", "Done by the system";
        Message = "message", "message", "收到消息", "Message received";
        Retry = "retry", "retry", "重试", "Retry";
        Skip = "skip", "skip", "跳过", "Skip";
    }
}

codes! {
    /// Why a unit needs more time (延期原因).
    ExtensionReason {
        Survey = "1", "survey", "需现场勘验、检测或鉴定", "Survey, test or appraisal needed";
        Coordination = "2", "coordination", "需多个单位协调", "Several units have to agree";
        Works = "3", "works", "整改施工需要时间", "The works take time";
        Procedure = "4", "procedure", "须经法定程序", "A legal procedure has to be gone through";
        Weather = "5", "weather", "天气等不可抗力", "Weather or other force majeure";
        Citizen = "6", "citizen", "等诉求人补充材料", "The citizen has to hand something in";
    }
}

codes! {
    /// Why an assignment is suspended (挂起原因).
    SuspensionReason {
        Supplement = "1", "supplement", "等诉求人补充材料", "The citizen has to hand something in";
        Appraisal = "2", "appraisal", "等鉴定、听证或检测", "An appraisal, a hearing or a test";
        Superior = "3", "superior", "等上级答复", "The reply of a higher authority";
        ForceMajeure = "4", "force_majeure", "不可抗力", "Force majeure";
    }
}

codes! {
    /// How a dispute about whose matter a ticket is gets decided: by its place among those that were ruled on before (`domain.md` 3.2, row 9).
    DisputeStage {
        Ruling = "1", "ruling", "派单员裁定", "Ruling";
        Meeting = "2", "meeting", "会商裁定", "Meeting";
        Designation = "3", "designation", "直接指定", "Final designation";
    }
}

codes! {
    /// How a directive (督办单) stands.
    DirectiveState {
        Issued = "I", "issued", "待答复", "Waits for the answer";
        Answered = "A", "answered", "待审结", "Answered";
        Returned = "R", "returned", "退回重答", "Back for a better answer";
        Closed = "C", "closed", "已审结", "Closed";
        Cancelled = "X", "cancelled", "已撤销", "Cancelled";
    }
}

impl DirectiveState {
    /// Whether the unit owes an answer.
    pub const fn waits_for_unit(self) -> bool {
        matches!(self, Self::Issued | Self::Returned)
    }

    /// Whether anything is still asked.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Issued | Self::Answered | Self::Returned)
    }
}

codes! {
    /// Why a unit is supervised (`domain.md` 3.2, row 20).
    DirectiveCause {
        Refuses = "1", "refuses", "推诿扯皮、拒不办理", "Refuses to handle it";
        Overdue = "2", "overdue", "超期未办结", "Overdue";
        Unsolved = "3", "unsolved", "问题应解决而未解决", "Not solved";
        Effect = "4", "effect", "处置不当造成不良影响", "Bad effect";
        Repeated = "5", "repeated", "反复投诉", "Complained about repeatedly";
        Knowledge = "6", "knowledge", "不及时更新知识库", "Neglects the knowledge base";
    }
}

codes! {
    /// How serious a directive is.
    DirectiveLevel {
        First = "1", "first", "一般督办", "Level 1: ordinary";
        Second = "2", "second", "重点督办", "Level 2: major";
        Third = "3", "third", "挂牌督办", "Level 3: listed";
    }
}

/// Working days of the unit until it answers a directive, where nothing else is said (`domain.md` 3.2, row 20).
pub const DIRECTIVE_DAYS: i32 = 3;

/// A meeting (会商) about whose matter a ticket is, as whoever ruled after it recorded it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Meeting {
    /// The day on which it was held, `yyyy-mm-dd`.
    pub held_on: String,
    /// Who took part, at least [`Meeting::PARTIES`].
    pub parties: Vec<String>,
    /// What was said there.
    pub minutes: String,
    /// Of a board that voted: who was for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub agree: Vec<String>,
    /// Of a board that voted: who was against it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub against: Vec<String>,
}

impl Meeting {
    /// Parties at least: the units that dispute, and somebody beside them.
    pub const PARTIES: usize = 3;
    /// Parties at most.
    pub const MOST: usize = 20;
}

/// How much more time a unit may be given for one assignment; a row of the settings, since it differs from place to place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtensionCaps {
    /// Extensions of one assignment at most.
    pub most: i32,
    /// Working days of one of them at most.
    pub days: i32,
    /// Working days of all of them together at most.
    pub sum: i32,
}

impl ExtensionCaps {
    /// The name of the row.
    pub const SETTING: &str = "ticket.extension";
}

impl Default for ExtensionCaps {
    /// The default profile (`domain.md` 3.2, row 12): for databases whose row was taken away.
    fn default() -> Self {
        Self {
            most: 2,
            days: 10,
            sum: 10,
        }
    }
}
