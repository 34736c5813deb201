//! The steps of setting an office up in the product, each of which can be left and taken up again.
//! Not here: how each is found to be done (`services::setup::steps`).
//! A step is done when what it makes is there; what leaves no trace is marked by whoever did it.

use serde::{Deserialize, Serialize};

use super::Mender;
use crate::calendar::Instant;

codes! {
    /// A step.
    StepCode {
        Area = "area", "area", "服务地区和中心", "Area and centre";
        Administrators = "administrators", "administrators", "管理员", "Administrators";
        Units = "units", "units", "承办单位", "Units";
        Hours = "hours", "hours", "作息时间", "Working hours";
        Calendar = "calendar", "calendar", "放假安排", "Holidays";
        Categories = "categories", "categories", "事项分类", "Categories";
        Channels = "channels", "channels", "受理渠道", "Channels";
        Limits = "limits", "limits", "办理时限", "Time limits";
        Duties = "duties", "duties", "权责清单", "Areas of responsibility";
        People = "people", "people", "人员和岗位", "People and posts";
        Texts = "texts", "texts", "公众页面", "Public pages";
        Gateway = "gateway", "gateway", "短信和邮件", "Text messages and mail";
        Keys = "keys", "keys", "密钥保管", "Keys";
        Backup = "backup", "backup", "备份位置", "Backups";
    }
}

codes! {
    /// What cannot be derived: somebody has looked at it or decided it, and says so.
    Mark {
        Hours = "hours", "hours", "作息时间已核对", "The working hours were looked at";
        Categories = "categories", "categories", "事项分类已核对", "The categories were looked at";
        Channels = "channels", "channels", "受理渠道已核对", "The channels were looked at";
        Limits = "limits", "limits", "办理时限已核对", "The limits were looked at";
        Texts = "texts", "texts", "公众页面已核对", "The public pages were looked at";
        Gateway = "gateway", "gateway", "通知方式已定", "How notifications go out is decided";
        Keys = "keys", "keys", "密钥已另存", "The keys are kept elsewhere as well";
        Backup = "backup", "backup", "备份位置已定", "The place of backups is decided";
    }
}

/// A mark as it was set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MarkView {
    /// Name of whoever set it.
    pub by: String,
    /// When.
    pub at: Instant,
    /// What was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A step as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StepView {
    /// Which.
    pub code: StepCode,
    /// What it makes is there.
    pub is_done: bool,
    /// Whose it is.
    pub by: Mender,
    /// Whether it is that of whoever asks.
    pub is_own: bool,
    /// How much of it there is: rows, units, people.
    pub count: i64,
    /// Page of the product on which it is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The mark that finishes it, where one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
    /// The mark as it was set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marked: Option<MarkView>,
}

/// All steps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StepsView {
    /// Name of the area served and of the centre.
    pub area: String,
    /// Name of the centre on top; empty while there is none.
    pub centre: String,
    /// Whoever asks may make accounts.
    pub may_make_accounts: bool,
    /// Whoever asks may grant roles.
    pub may_grant: bool,
    /// In their order.
    pub steps: Vec<StepView>,
}
