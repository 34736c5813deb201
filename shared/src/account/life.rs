//! The life of an account: what may be asked for, the steps until it holds, and the lines of its history.
//! Who takes a step never took one before, and is not whom it is about. Not here: carrying it out (services), words of pages (`text::account::life`).
//! A kind says which steps it has; a state says which of them is next.

use serde::{Deserialize, Serialize};

use super::posts::GivePost;
use crate::access::Permission;
use crate::calendar::Instant;
use crate::ids::AccountRequestId;

codes! {
    /// What is asked for.
    AccountAct {
        Open = "open", "open", "开通", "Open an account";
        Change = "change", "change", "变更", "Change unit or posts";
        Grant = "grant", "grant", "授权", "Grant posts";
        Freeze = "freeze", "freeze", "冻结", "Freeze";
        Resume = "resume", "resume", "恢复", "Resume";
        Cancel = "cancel", "cancel", "注销", "Cancel";
    }
}

codes! {
    /// How it stands with a request about an account.
    AccountRequestState {
        Asked = "asked", "asked", "待审批", "Waits for approval";
        Approved = "approved", "approved", "已审批", "Approved";
        Granted = "granted", "granted", "已授权", "Granted";
        Done = "done", "done", "已办", "Done";
        Refused = "refused", "refused", "不同意", "Refused";
        Withdrawn = "withdrawn", "withdrawn", "已撤回", "Withdrawn";
        Lapsed = "lapsed", "lapsed", "已过期", "Lapsed";
    }
}

codes! {
    /// A step that somebody takes.
    AccountStep {
        Approve = "approve", "approve", "审批", "Approve";
        Grant = "grant", "grant", "授权", "Grant";
        Enable = "enable", "enable", "启用", "Carry out";
    }
}

codes! {
    /// How it stands with an account.
    AccountState {
        Open = "open", "open", "启用", "Open";
        Frozen = "frozen", "frozen", "冻结", "Frozen";
        Closed = "closed", "closed", "注销", "Closed";
    }
}

codes! {
    /// A line of an account's history.
    AccountEvent {
        Made = "made", "made", "开通", "Opened";
        Moved = "moved", "moved", "变更单位", "Moved to another unit";
        Granted = "granted", "granted", "授予", "Granted";
        Revoked = "revoked", "revoked", "收回", "Taken away";
        Frozen = "frozen", "frozen", "冻结", "Frozen";
        Resumed = "resumed", "resumed", "恢复", "Resumed";
        HandedOver = "handed_over", "handed_over", "移交待办", "Tasks handed over";
        Closed = "closed", "closed", "注销", "Closed";
        Asked = "asked", "asked", "提出申请", "Asked for";
        Approved = "approved", "approved", "审批同意", "Approved";
        Refused = "refused", "refused", "不同意", "Refused";
        Withdrawn = "withdrawn", "withdrawn", "撤回申请", "Withdrawn";
        Lapsed = "lapsed", "lapsed", "申请过期", "The request lapsed";
        StandIn = "stand_in", "stand_in", "代办", "Stand-in";
        Reviewed = "reviewed", "reviewed", "复核", "Reviewed";
        PostFrozen = "post_frozen", "post_frozen", "岗位冻结", "A post frozen";
        PostResumed = "post_resumed", "post_resumed", "岗位恢复", "A post resumed";
        PostShortened = "post_shortened", "post_shortened", "岗位缩短期限", "A post ends earlier";
    }
}

impl AccountAct {
    /// The steps in their order.
    pub const fn steps(self) -> &'static [AccountStep] {
        match self {
            Self::Open => &[
                AccountStep::Approve,
                AccountStep::Grant,
                AccountStep::Enable,
            ],
            Self::Change => &[AccountStep::Approve, AccountStep::Grant],
            Self::Grant => &[AccountStep::Grant],
            Self::Freeze => &[AccountStep::Enable],
            Self::Resume | Self::Cancel => &[AccountStep::Approve, AccountStep::Enable],
        }
    }

    /// The state in which a request begins: as if what it does not need had been done.
    pub const fn begins(self) -> AccountRequestState {
        match self {
            Self::Open | Self::Change | Self::Resume | Self::Cancel => AccountRequestState::Asked,
            Self::Grant => AccountRequestState::Approved,
            Self::Freeze => AccountRequestState::Granted,
        }
    }

    /// The step that is next in a state; nothing when it has ended.
    pub fn next(self, state: AccountRequestState) -> Option<AccountStep> {
        let done = match state {
            AccountRequestState::Asked => 0,
            AccountRequestState::Approved => 1,
            AccountRequestState::Granted => 2,
            _ => return None,
        };
        let all = [
            AccountStep::Approve,
            AccountStep::Grant,
            AccountStep::Enable,
        ];
        let mut open = all.into_iter().skip(done);
        open.find(|step| self.steps().contains(step))
    }

    /// The state after a step.
    pub fn after(self, step: AccountStep) -> AccountRequestState {
        match step {
            AccountStep::Approve => AccountRequestState::Approved,
            AccountStep::Grant if self.steps().contains(&AccountStep::Enable) => {
                AccountRequestState::Granted
            }
            AccountStep::Grant | AccountStep::Enable => AccountRequestState::Done,
        }
    }

    /// Whether it names posts.
    pub const fn has_posts(self) -> bool {
        matches!(self, Self::Open | Self::Change | Self::Grant)
    }
}

impl AccountRequestState {
    /// States in which somebody still has to do something.
    pub const OPEN: [Self; 3] = [Self::Asked, Self::Approved, Self::Granted];

    /// Whether somebody still has to do something.
    pub fn is_open(self) -> bool {
        Self::OPEN.contains(&self)
    }
}

impl AccountStep {
    /// The permission that a step asks for.
    pub const fn permission(self) -> Permission {
        match self {
            Self::Approve => Permission::AccountApprove,
            Self::Grant => Permission::RoleGrant,
            Self::Enable => Permission::UserManage,
        }
    }
}

/// Somebody who took a step, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Taken {
    /// Name.
    pub by: String,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: Instant,
}

/// A request as its readers see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountRequestView {
    /// Its id.
    pub id: AccountRequestId,
    /// What is asked for.
    pub kind: AccountAct,
    /// How it stands.
    pub state: AccountRequestState,
    /// Counts its changes; an answer names the one that it saw.
    pub version: i32,
    /// Sign-in name of the account.
    pub username: String,
    /// Name of the person.
    pub name: String,
    /// Code of the unit that the account has, or gets.
    pub unit: String,
    /// Its name.
    pub unit_name: String,
    /// The posts that are asked for.
    pub posts: Vec<GivePost>,
    /// Why.
    pub reason: String,
    /// Who takes over what is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heir: Option<String>,
    /// Who asked.
    pub asked: Taken,
    /// When it lapses.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub expires_at: Instant,
    /// Who approved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved: Option<Taken>,
    /// Who granted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granted: Option<Taken>,
    /// Who ended it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Taken>,
    /// Why it was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// The step that is next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<AccountStep>,
    /// Whether the reader may take it, or refuse.
    pub may_decide: bool,
    /// Whether the reader may withdraw it.
    pub may_withdraw: bool,
}

/// A request with what hangs on the holder of its account, where that is to be closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountRequestDetail {
    /// The request.
    pub request: AccountRequestView,
    /// What hangs on whoever goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hand_over: Option<HandOverView>,
}

/// A page of requests, the oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountRequestPage {
    /// The requests.
    pub items: Vec<AccountRequestView>,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

/// A line of an account's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountEventView {
    /// What happened.
    pub kind: AccountEvent,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: Instant,
    /// Who did it.
    pub by: String,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Codes and names: `act`, `roles`, `unit`, `heir`, `count`.
    #[serde(default, skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    pub facts: std::collections::BTreeMap<String, String>,
}

/// A task that hangs on one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenTask {
    /// Number of its case.
    pub no: String,
    /// Title of its case.
    pub title: String,
    /// Its deadline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub due: Option<Instant>,
    /// Whether whoever is named may take it; false while nobody is.
    pub fits: bool,
}

/// What hangs on somebody, and what of it somebody else may take.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandOverView {
    /// How many tasks.
    pub count: usize,
    /// How many of them nobody takes yet.
    pub left: usize,
    /// Name of whoever would take them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heir: Option<String>,
    /// The tasks.
    pub tasks: Vec<OpenTask>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_request_comes_to_its_end_by_its_own_steps() {
        for act in AccountAct::ALL {
            let mut state = act.begins();
            let mut taken = Vec::new();
            while let Some(step) = act.next(state) {
                taken.push(step);
                state = act.after(step);
            }
            assert_eq!(taken, act.steps(), "{act}");
            assert_eq!(state, AccountRequestState::Done, "{act}");
        }
    }
}
