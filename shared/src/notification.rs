//! Notifications (通知): text messages and mails that leave for citizens and applicants, and what became of them.
//! Not here: what a text message says (`text::sms`), who gets one (the verbs), sending (services).
//! A notification that nobody could deliver is seen to by a person: sent once more, or told by other means (`Remedy`).

use serde::{Deserialize, Serialize};

use crate::calendar::Instant;
use crate::ids::TicketId;

codes! {
    /// What a notification tells.
    About {
        Accepted = "accepted", "accepted", "受理告知", "Accepted";
        Dispatched = "dispatched", "dispatched", "转办告知", "Passed to a unit";
        Replied = "replied", "replied", "答复告知", "Replied";
        Answered = "answered", "answered", "直接答复", "Answered";
        Extended = "extended", "extended", "延期告知", "More time";
        Redone = "redone", "redone", "重办告知", "Handled again";
        Declined = "declined", "declined", "不予受理告知", "Declined";
        Withdrawn = "withdrawn", "withdrawn", "撤回告知", "Withdrawn";
        Suspended = "suspended", "suspended", "挂起告知", "Suspended";
        Promised = "promised", "promised", "阶段答复告知", "Interim reply";
        Terminated = "terminated", "terminated", "终止办理告知", "Terminated";
        Transferred = "transferred", "transferred", "转接移交告知", "Handed over";
        SameMatter = "same_matter", "same_matter", "不重新打开告知", "Not opened again";
        Questionnaire = "questionnaire", "questionnaire", "短信评价邀请", "Questionnaire";
        Merged = "merged", "merged", "并案告知", "Handled together";
        Split = "split", "split", "单独办理告知", "Handled on its own again";
        Outcome = "outcome", "outcome", "办结告知", "Outcome of an application";
        Staff = "staff", "staff", "工作提醒", "Notice to staff";
        SignInCode = "sign_in_code", "sign_in_code", "登录验证码", "Sign-in code";
        Received = "received", "received", "来信回执", "Message received";
        Mandate = "mandate", "mandate", "代单位办事审批告知", "Acting for an organisation";
        Relayed = "relayed", "relayed", "承办单位来信", "Words of a unit";
        Called = "called", "called", "平台转接电话", "Call by the gateway";
        OwnData = "own_data", "own_data", "个人信息申请告知", "Request about own data";
    }
}

codes! {
    /// Why a notification waits or was not delivered.
    Trouble {
        Away = "away", "away", "网关联系不上", "The gateway does not answer";
        Quiet = "quiet", "quiet", "夜间不打扰，早上发出", "Night: goes out in the morning";
        Quota = "quota", "quota", "当日额度已用完", "The day's quota is used up";
        Address = "address", "address", "号码或地址无效", "No such number or address";
        Unwanted = "unwanted", "unwanted", "对方已退订或在黑名单中", "The recipient wants none";
        Content = "content", "content", "内容被网关拒绝", "The gateway refused the text";
        Refused = "refused", "refused", "网关拒绝发送", "The gateway refused to send it";
        Lost = "lost", "lost", "运营商未能送达", "The operator could not deliver it";
        Late = "late", "late", "已过时效，不再发送", "Too late to be of use";
    }
}

codes! {
    /// How somebody saw to a notification that was not delivered.
    Remedy {
        Phoned = "phoned", "phoned", "已电话告知", "Told by telephone";
        Visited = "visited", "visited", "已当面告知", "Told in person";
        Written = "written", "written", "已书面告知", "Told by letter";
        Needless = "needless", "needless", "无需再告知", "No longer needed";
    }
}

/// A notification that was not delivered, as whoever sees to it reads it. It shows neither text nor whole number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Undelivered {
    /// Its id.
    pub id: uuid::Uuid,
    /// The ticket that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<TicketId>,
    /// That ticket's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket_no: Option<String>,
    /// What it tells; absent for those of earlier releases.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<About>,
    /// Number or address, masked.
    pub to: String,
    /// When it was written.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub made_at: Instant,
    /// When it was given up.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub failed_at: Instant,
    /// Why; absent for those of earlier releases.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Trouble>,
    /// How often it was tried.
    pub tries: i32,
}

codes! {
    /// How it stands with a message.
    MessageState {
        Waiting = "waiting", "waiting", "待发送", "Waits to be sent";
        Sent = "sent", "sent", "已发出", "Sent";
        Delivered = "delivered", "delivered", "已送达", "Delivered";
        Failed = "failed", "failed", "未送达", "Not delivered";
        Settled = "settled", "settled", "已另行告知", "Told otherwise";
    }
}

/// A message about a ticket as the ticket's page shows it. It shows neither text nor whole number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MessageView {
    /// What it tells; absent for those of earlier releases.
    pub about: Option<About>,
    /// A mail, else a text message.
    pub by_mail: bool,
    /// Number or address, masked; empty once it was emptied, or where it is not to be shown.
    pub to: String,
    /// When it was written.
    pub at: Instant,
    /// How it stands.
    pub state: MessageState,
    /// Since when.
    pub since: Instant,
    /// Why it waits or was not delivered.
    pub why: Option<Trouble>,
    /// How the person was told in its place.
    pub how: Option<Remedy>,
    /// How often it was tried.
    pub tries: i32,
}

/// A page of them, the newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UndeliveredPage {
    /// The notifications.
    pub items: Vec<Undelivered>,
    /// The next page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
    /// What was sent this month, in the whole installation.
    pub spent: Spent,
}

/// What was sent in some time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Spent {
    /// Notifications that a gateway took.
    pub sent: i64,
    /// Parts in which they went.
    pub parts: i64,
    /// What they cost, in thousandths of a yuan, as far as gateways say.
    pub fee: i64,
}

/// What a gateway tells later of a notification that it took.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Receipt {
    /// The gateway's number of it.
    pub no: String,
    /// What became of it.
    pub state: ReceiptState,
}

codes! {
    /// What became of a notification that a gateway took.
    ReceiptState {
        Delivered = "delivered", "delivered", "已送达", "Delivered";
        Lost = "lost", "lost", "未送达", "Not delivered";
        Address = "address", "address", "号码无效", "No such number";
        Unwanted = "unwanted", "unwanted", "已退订", "Wants none";
    }
}

impl ReceiptState {
    /// Why it was not delivered; `None` when it was.
    pub fn trouble(self) -> Option<Trouble> {
        match self {
            Self::Delivered => None,
            Self::Lost => Some(Trouble::Lost),
            Self::Address => Some(Trouble::Address),
            Self::Unwanted => Some(Trouble::Unwanted),
        }
    }
}
