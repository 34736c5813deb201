//! Whether an office can open: one item for each thing that a first complaint needs, from taking it in to closing it.
//! Not here: how each is found out (`services::setup::ready`).
//! An item that is missing keeps the office closed; advice does not.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

codes! {
    /// What is looked at.
    ReadyCode {
        Centre = "centre", "centre", "服务地区和中心", "Area and centre";
        SystemAdmin = "system_admin", "system_admin", "系统管理员", "System administrator";
        SecurityAdmin = "security_admin", "security_admin", "安全管理员", "Security administrator";
        Auditor = "auditor", "auditor", "审计员", "Auditor";
        BusinessAdmin = "business_admin", "business_admin", "业务管理员", "Business administrator";
        Units = "units", "units", "承办单位", "Handling units";
        Intake = "intake", "intake", "接听登记", "Taking requests in";
        Dispatch = "dispatch", "dispatch", "派单", "Dispatching";
        UnitPeople = "unit_people", "unit_people", "单位的签收、办理和审核", "Signing, handling and review in the units";
        ClosingReview = "closing_review", "closing_review", "办结审核", "Closing review";
        FollowUp = "follow_up", "follow_up", "回访和办结", "Follow-up and closing";
        Categories = "categories", "categories", "事项分类", "Categories";
        Limits = "limits", "limits", "办理时限", "Time limits";
        Hours = "hours", "hours", "作息时间", "Working hours";
        Calendar = "calendar", "calendar", "放假安排", "Holidays";
        Process = "process", "process", "工单流程", "The tickets' process";
        Duties = "duties", "duties", "权责清单", "Areas of responsibility";
        Gateway = "gateway", "gateway", "短信和邮件", "Text messages and mail";
        Address = "address", "address", "网址", "Address";
        Keys = "keys", "keys", "密钥保管", "Keys";
        Backup = "backup", "backup", "备份位置", "Backups";
        SignedIn = "signed_in", "signed_in", "首次登录", "First sign-in";
    }
}

codes! {
    /// How it stands with an item.
    ReadyState {
        Missing = "missing", "missing", "缺少", "Missing";
        Advice = "advice", "advice", "建议", "Advice";
        There = "there", "there", "已有", "There";
    }
}

codes! {
    /// Who mends an item.
    Mender {
        BusinessAdmin = "business_admin", "business_admin", "业务管理员", "the business administrator";
        SystemAdmin = "system_admin", "system_admin", "系统管理员", "the system administrator";
        SecurityAdmin = "security_admin", "security_admin", "安全管理员", "the security administrator";
        ProcessOwner = "process_owner", "process_owner", "省级管理员", "the provincial manager";
        Owner = "owner", "owner", "服务器管理人员", "whoever keeps the server";
    }
}

/// One thing that a first complaint needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReadyItem {
    /// What.
    pub code: ReadyCode,
    /// How it stands.
    pub state: ReadyState,
    /// Names and numbers for the sentence.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, String>,
    /// Who mends it.
    pub by: Mender,
    /// Page on which it is mended; nothing where that is done on the machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Whether whoever asks may mend it there.
    pub may_mend: bool,
}

impl ReadyItem {
    /// An item that is there.
    pub fn there(code: ReadyCode, by: Mender) -> Self {
        Self {
            code,
            state: ReadyState::There,
            facts: BTreeMap::new(),
            by,
            path: None,
            may_mend: false,
        }
    }

    /// In another state.
    #[must_use]
    pub fn state(mut self, state: ReadyState) -> Self {
        self.state = state;
        self
    }

    /// With a fact.
    #[must_use]
    pub fn fact(mut self, name: &str, value: impl ToString) -> Self {
        self.facts.insert(name.to_owned(), value.to_string());
        self
    }

    /// Mended on a page.
    #[must_use]
    pub fn at(mut self, path: &str) -> Self {
        self.path = Some(path.to_owned());
        self
    }
}

/// The whole look: what is there and what is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReadyView {
    /// Nothing is missing.
    pub is_ready: bool,
    /// Every item in the way of a complaint.
    pub items: Vec<ReadyItem>,
}

impl ReadyView {
    /// Of items.
    pub fn of(items: Vec<ReadyItem>) -> Self {
        Self {
            is_ready: items.iter().all(|item| item.state != ReadyState::Missing),
            items,
        }
    }

    /// How many items are in a state.
    pub fn count(&self, state: ReadyState) -> usize {
        let items = self.items.iter();
        items.filter(|item| item.state == state).count()
    }

    /// An item.
    pub fn item(&self, code: ReadyCode) -> Option<&ReadyItem> {
        self.items.iter().find(|item| item.code == code)
    }
}
