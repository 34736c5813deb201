//! The verbs: everything that changes a ticket. One verb is one service file, one REST path and one transaction (I3, I4).
//! Not here: what is true of each verb and what it takes (`verbs`), who holds a permission (`access::policy`).
//! The word of a verb is also the last part of its REST path and of its form's path.

use super::verbs::On;
use crate::access::Need;

codes! {
    /// A verb on a ticket or on one of its assignments.
    Verb {
        Register = "register", "register", "登记", "Register";
        Answer = "answer", "answer", "直接答复", "Answer directly";
        Decline = "decline", "decline", "不予受理", "Decline";
        ConfirmDecline = "confirm-decline", "confirm-decline", "裁定不予受理", "Rule on declining";
        Dispatch = "dispatch", "dispatch", "派单", "Dispatch";
        Recall = "recall", "recall", "撤派改派", "Recall and redispatch";
        Sign = "sign", "sign", "签收", "Sign for";
        SendBack = "send-back", "send-back", "退单", "Send back";
        Rule = "rule", "rule", "裁定退单", "Rule on the return";
        Reply = "reply", "reply", "提交答复", "Send reply";
        UnitReview = "unit-review", "unit-review", "单位审核", "Unit review";
        Review = "review", "review", "办结审核", "Closing review";
        FollowUp = "follow-up", "follow-up", "回访", "Follow-up call";
        Redo = "redo", "redo", "重办", "Redo";
        Close = "close", "close", "办结", "Close";
        Withdraw = "withdraw", "withdraw", "撤回", "Withdraw";
        Urge = "urge", "urge", "催办", "Urge";
        Rate = "rate", "rate", "评价", "Rate";
        Reveal = "reveal", "reveal", "查看联系方式", "Reveal the citizen";
        Ring = "ring", "ring", "到期", "Time is up";
        Serve = "serve", "serve", "系统办理", "Done by the system";
        Message = "message", "message", "收到消息", "Message received";
    }
}

impl Verb {
    /// The right that the verb asks, at every entrance that leads to it.
    pub const fn need(self) -> Need {
        self.descriptor().need
    }

    /// Whether the verb acts on one assignment and checks that assignment's version.
    pub const fn is_of_assignment(self) -> bool {
        matches!(self.descriptor().on, On::Assignment)
    }

    /// The verbs that somebody does.
    pub fn of_people() -> impl Iterator<Item = Self> {
        Self::ALL
            .iter()
            .copied()
            .filter(|verb| !verb.is_of_process())
    }

    /// Whether the process itself writes it into the history: no person can do it.
    pub const fn is_of_process(self) -> bool {
        matches!(self, Self::Ring | Self::Serve | Self::Message)
    }
}
