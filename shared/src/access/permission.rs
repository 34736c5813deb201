//! The permissions: one per thing that can be asked of the system.
//! Not here: who holds them (`policy`).
//! Codes are permanent; they stand in the audit.

codes! {
    /// A right to do one kind of thing.
    Permission {
        TicketView = "ticket.view", "ticket.view", "查看工单", "View tickets";
        TicketRegister = "ticket.register", "ticket.register", "登记工单", "Register tickets";
        TicketAnswer = "ticket.answer", "ticket.answer", "直接答复", "Answer directly";
        TicketDecline = "ticket.decline", "ticket.decline", "提出不予受理", "Propose declining";
        TicketConfirmDecline = "ticket.confirm_decline", "ticket.confirm_decline", "裁定不予受理", "Rule on declining";
        TicketDispatch = "ticket.dispatch", "ticket.dispatch", "派单", "Dispatch";
        DispatchReview = "dispatch.review", "dispatch.review", "审核派单", "Review dispatches";
        TicketRecall = "ticket.recall", "ticket.recall", "撤派改派", "Recall and redispatch";
        TicketWithdraw = "ticket.withdraw", "ticket.withdraw", "代诉求人撤回", "Withdraw for the citizen";
        TicketResume = "ticket.resume", "ticket.resume", "恢复办理", "Resume";
        AssignmentSign = "assignment.sign", "assignment.sign", "签收", "Sign for";
        AssignmentSendBack = "assignment.send_back", "assignment.send_back", "退单，申请延期、挂起、阶段答复、终止和疑难", "Send back, or ask for more time, a suspension, an interim reply, the end or a hard case";
        AssignmentRule = "assignment.rule", "assignment.rule", "裁定退单、延期和重新打开", "Rule on returns, extensions and reopening";
        AssignmentReply = "assignment.reply", "assignment.reply", "提交答复", "Reply";
        AssignmentReview = "assignment.review", "assignment.review", "单位审核", "Review replies";
        AssignmentSubAssign = "assignment.sub_assign", "assignment.sub_assign", "下派和收回", "Give on to units below, and take back";
        AssignmentAssist = "assignment.assist", "assignment.assist", "请求会办", "Ask other units to assist";
        AssignmentPlan = "assignment.plan", "assignment.plan", "安排办理计划", "Plan the work of the unit";
        TicketReview = "ticket.review", "ticket.review", "办结审核，裁定挂起、阶段答复和终止", "Closing review; rule on suspensions, interim replies and ends";
        TicketFollowUp = "ticket.follow_up", "ticket.follow_up", "回访", "Follow up";
        TicketRedo = "ticket.redo", "ticket.redo", "重办", "Order a redo";
        TicketClose = "ticket.close", "ticket.close", "办结", "Close";
        TicketSupervise = "ticket.supervise", "ticket.supervise", "督办", "Supervise units";
        TicketPrivateWords = "ticket.private_words", "ticket.private_words", "并案件个别答复", "Words for one citizen of a merged event";
        TicketLink = "ticket.link", "ticket.link", "关联工单", "Link tickets";
        TicketRecycle = "ticket.recycle", "ticket.recycle", "放入回收站和恢复工单", "Put tickets into the bin, and restore them";
        RulingAsk = "ruling.ask", "ruling.ask", "申请不计入考核和不合理诉求认定", "Ask that tickets are not counted, or are unreasonable demands";
        RulingDecide = "ruling.decide", "ruling.decide", "审定不计入考核、不合理诉求和疑难", "Decide what is not counted, an unreasonable demand or a hard case";
        CitizenView = "citizen.view", "citizen.view", "查看脱敏身份", "See the masked citizen";
        CitizenReveal = "citizen.reveal", "citizen.reveal", "查看明文身份", "Reveal the citizen";
        CitizenMandates = "citizen.mandates", "citizen.mandates", "审批市民代单位办事", "Decide who acts for an organisation";
        TicketExport = "ticket.export", "ticket.export", "导出工单", "Export tickets";
        ReportView = "report.view", "report.view", "查看报表", "View reports";
        ReportSign = "report.sign", "report.sign", "签发报表", "Sign reports";
        ApprovalView = "approval.view", "approval.view", "查看办件", "View approvals";
        ApprovalStart = "approval.start", "approval.start", "发起办件", "File approvals";
        ApprovalAct = "approval.act", "approval.act", "办理办件", "Work on approvals";
        ProcessView = "process.view", "process.view", "查看流程", "View processes";
        ProcessManage = "process.manage", "process.manage", "部署流程", "Deploy processes";
        ProcessOperate = "process.operate", "process.operate", "处置流程", "Settle and move running cases";
        TicketReaders = "ticket.readers", "ticket.readers", "查看谁能看到工单", "See who can see a ticket";
        PersonalLooks = "personal.looks", "personal.looks", "查看个人信息查看记录", "See who looked at personal data";
        RegisterView = "register.view", "register.view", "查看基础数据", "View the office's lists";
        RegisterEdit = "register.edit", "register.edit", "修改基础数据草稿", "Draft changes of the office's lists";
        RegisterPublish = "register.publish", "register.publish", "发布基础数据", "Publish the office's lists";
        OfficeReady = "office.ready", "office.ready", "查看开办情况", "See whether the office is ready";
        NotificationManage = "notification.manage", "notification.manage", "处理未送达通知", "See to undelivered notifications";
        QualityManage = "quality.manage", "quality.manage", "处理数据质量问题", "See to the quality of data";
        JobManage = "job.manage", "job.manage", "查看和停止他人的长任务", "See and stop others' long jobs";
        AccountApply = "account.apply", "account.apply", "提出账号申请", "Ask for accounts and posts";
        AccountApprove = "account.approve", "account.approve", "审批账号申请", "Approve requests about accounts";
        UserManage = "user.manage", "user.manage", "建立账号", "Create accounts";
        AccountProvision = "account.provision", "account.provision", "按统一身份同步账号", "Keep accounts in step with identity management";
        RoleGrant = "role.grant", "role.grant", "授予角色", "Grant roles";
        KeyManage = "key.manage", "key.manage", "管理登录密钥", "Manage sign-in keys";
        AuditRead = "audit.read", "audit.read", "查看审计", "Read the audit";
    }
}
