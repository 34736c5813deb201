//! Closed lists of an approval: its status, its verbs, the parts of a task, kinds of incident.
//! Not here: what a verb takes and asks (`verbs`).
//! The word of a verb is also the last part of its REST path and of its form's path.

codes! {
    /// How an approval stands.
    ApprovalStatus {
        Running = "RN", "running", "办理中", "Under way";
        Correcting = "CO", "correcting", "待补正", "To be corrected";
        Suspended = "SU", "suspended", "已挂起", "Suspended";
        Ended = "EN", "ended", "已办结", "Ended";
        Cancelled = "CA", "cancelled", "已撤销", "Cancelled";
    }
}

codes! {
    /// What is done to an approval, by people and by the clock.
    ApprovalVerb {
        Start = "start", "start", "发起", "File";
        Approve = "approve", "approve", "同意", "Approve";
        Refuse = "refuse", "refuse", "不同意", "Refuse";
        Reject = "reject", "reject", "驳回", "Send back to a step";
        TakeBack = "take-back", "take-back", "撤回", "Take back";
        AddSigner = "add-signer", "add-signer", "加签", "Add a signer";
        RemoveSigner = "remove-signer", "remove-signer", "减签", "Remove a signer";
        Transfer = "transfer", "transfer", "转办", "Transfer";
        Delegate = "delegate", "delegate", "委派", "Delegate";
        Copy = "copy", "copy", "抄送", "Copy to";
        Claim = "claim", "claim", "认领", "Claim";
        Release = "release", "release", "放回", "Put back";
        AskCorrection = "ask-correction", "ask-correction", "要求补正", "Ask for correction";
        Correct = "correct", "correct", "提交补正", "Hand in the correction";
        AcceptLacking = "accept-lacking", "accept-lacking", "容缺受理", "Accept with papers missing";
        Supply = "supply", "supply", "补齐材料", "Hand in a missing paper";
        Suspend = "suspend", "suspend", "挂起", "Suspend";
        Resume = "resume", "resume", "恢复", "Resume";
        Cancel = "cancel", "cancel", "撤销申请", "Cancel the application";
        ChangeDue = "change-due", "change-due", "改期限", "Change the deadline";
        Jump = "jump", "jump", "跳转", "Jump";
        SetVariables = "set-variables", "set-variables", "改变量", "Set variables";
        Retry = "retry", "retry", "重试", "Retry";
        Skip = "skip", "skip", "跳过", "Skip";
        Message = "message", "message", "送达消息", "Deliver a message";
        Ring = "ring", "ring", "到时", "Timer rang";
        Serve = "serve", "serve", "系统办理", "Done by the system";
        Migrate = "migrate", "migrate", "迁移版本", "Migrate";
        UndoMigration = "undo-migration", "undo-migration", "撤回迁移", "Undo the migration";
        AddFile = "add-file", "add-file", "添加附件", "File added";
        RemoveFile = "remove-file", "remove-file", "移除附件", "File removed";
        End = "end", "end", "办结", "End";
        EraseApplicant = "erase-applicant", "erase-applicant", "删除个人信息", "People erased";
    }
}

impl ApprovalVerb {
    /// Whether it is a file that came or went: the case stays as it was.
    pub const fn is_of_file(self) -> bool {
        matches!(self, Self::AddFile | Self::RemoveFile)
    }
}

codes! {
    /// What an open piece of a task is: the task itself, or what somebody put beside it.
    Part {
        Main = "M", "main", "办理", "Task";
        Before = "B", "before", "前加签", "Signs before";
        After = "A", "after", "后加签", "Signs after";
        Beside = "S", "beside", "并加签", "Asked beside";
        Delegated = "D", "delegated", "受委派", "Delegated";
        Correction = "C", "correction", "补正", "Correction";
    }
}

codes! {
    /// Where an added signer comes in.
    SignPlace {
        Before = "before", "before", "前加签：先由其办理", "Before: signs first";
        After = "after", "after", "后加签：本步同意后再由其办理", "After: signs when this step has approved";
        Beside = "beside", "beside", "并加签：同时征求意见", "Beside: asked at the same time";
    }
}

impl SignPlace {
    /// The part that such a signer has.
    pub const fn part(self) -> Part {
        match self {
            Self::Before => Part::Before,
            Self::After => Part::After,
            Self::Beside => Part::Beside,
        }
    }
}

codes! {
    /// Why a case waits for its owner.
    IncidentKind {
        Service = "service", "service", "系统任务失败", "A service failed";
        Timer = "timer", "timer", "定时无法设定", "A timer cannot be set";
        Condition = "condition", "condition", "条件无法计算", "A condition cannot be computed";
        Assignment = "assignment", "assignment", "找不到办理人", "Nobody can do a task";
        Stuck = "stuck", "stuck", "流程停滞", "Nothing moves any more";
    }
}

codes! {
    /// What goes from one case to others.
    EventKind {
        Message = "M", "message", "消息", "Message";
        Signal = "S", "signal", "信号", "Signal";
    }
}
