//! Ticket and assignment states, `domain.md` 3.1. A ticket's state is derived from its process and assignments.
//! Not here: which verb leads where (the process definition) and who may (`access`).
//! The wire word is the upper-case name of the domain text.

codes! {
    /// State of a ticket (工单状态).
    TicketState {
        Draft = "DR", "DRAFT", "暂存", "Draft";
        ToDispatch = "TD", "TO_DISPATCH", "待派单", "To dispatch";
        IntakeFix = "IF", "INTAKE_FIX", "退回补充", "Back to intake";
        Dispatched = "DI", "DISPATCHED", "待签收", "To sign for";
        Handling = "HA", "HANDLING", "办理中", "In handling";
        ToReview = "TR", "TO_REVIEW", "待办结审核", "To review";
        ToVisit = "TV", "TO_VISIT", "待回访", "To follow up";
        Closed = "CL", "CLOSED", "已办结", "Closed";
        Archived = "AR", "ARCHIVED", "已归档", "Archived";
        Suspended = "SU", "SUSPENDED", "挂起", "Suspended";
        Tracking = "TK", "TRACKING", "承诺跟踪", "Tracked promise";
        NotAccepted = "NA", "NOT_ACCEPTED", "不予受理", "Declined";
        Terminated = "TE", "TERMINATED", "终止办理", "Terminated";
        Withdrawn = "WI", "WITHDRAWN", "已撤回", "Withdrawn";
        Merged = "ME", "MERGED", "已并案", "Merged";
        External = "EX", "EXTERNAL", "已转外部平台", "Handed to another platform";
        Recycled = "RE", "RECYCLED", "回收站", "Recycled";
    }
}

impl TicketState {
    /// Whether work is still to be done on the ticket.
    pub const fn is_open(self) -> bool {
        matches!(
            self,
            Self::Draft
                | Self::ToDispatch
                | Self::IntakeFix
                | Self::Dispatched
                | Self::Handling
                | Self::ToReview
                | Self::ToVisit
                | Self::Suspended
                | Self::Tracking
        )
    }
}

codes! {
    /// A part of an archived ticket that is sealed (封存部分).
    SealPart {
        Head = "head", "head", "工单要素", "head";
        History = "history", "history", "办理历史", "history";
        Files = "files", "files", "附件", "files";
        Seal = "seal", "seal", "封存值", "seal";
    }
}

codes! {
    /// State of an assignment (承办件状态).
    AssignmentStatus {
        ToSign = "TS", "TO_SIGN", "待签收", "To sign for";
        Signed = "SI", "SIGNED", "已签收", "Signed for";
        SubAssigned = "SA", "SUB_ASSIGNED", "已下派", "Sub-assigned";
        Handling = "HA", "HANDLING", "办理中", "In handling";
        UnitReview = "UR", "UNIT_REVIEW", "单位审核", "Unit review";
        Replied = "RP", "REPLIED", "已反馈", "Replied";
        Done = "DO", "DONE", "已完成", "Done";
        Returned = "RT", "RETURNED", "已退单", "Returned";
        Recalled = "RC", "RECALLED", "已撤派", "Recalled";
    }
}

impl AssignmentStatus {
    /// Whether the unit still has work to do.
    pub const fn is_open(self) -> bool {
        matches!(
            self,
            Self::ToSign | Self::Signed | Self::SubAssigned | Self::Handling | Self::UnitReview
        )
    }
}
