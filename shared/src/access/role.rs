//! The roles that have work now; their words are the role names everywhere.
//! Not here: what they may (`policy`).
//! Source: `domain.md` section 1.

codes! {
    /// A role (角色).
    Role {
        Agent = "agent", "agent", "坐席", "Agent";
        ShiftLead = "shift_lead", "shift_lead", "班长", "Shift lead";
        Dispatcher = "dispatcher", "dispatcher", "派单员", "Dispatcher";
        ClosingReviewer = "closing_reviewer", "closing_reviewer", "办结审核员", "Closing reviewer";
        FollowUp = "follow_up", "follow_up", "回访员", "Follow-up caller";
        Supervisor = "supervisor", "supervisor", "督办员", "Supervisor";
        Analyst = "analyst", "analyst", "数据分析员", "Analyst";
        CentreLeader = "centre_leader", "centre_leader", "中心领导", "Centre leader";
        UnitLiaison = "unit_liaison", "unit_liaison", "承办单位联络员", "Unit liaison";
        Handler = "handler", "handler", "经办人", "Handler";
        UnitReviewer = "unit_reviewer", "unit_reviewer", "单位审核人", "Unit reviewer";
        ProvincialManager = "provincial_manager", "provincial_manager", "省级管理员", "Provincial manager";
        BusinessAdmin = "business_admin", "business_admin", "业务管理员", "Business administrator";
        SystemAdmin = "system_admin", "system_admin", "系统管理员", "System administrator";
        SecurityAdmin = "security_admin", "security_admin", "安全管理员", "Security administrator";
        Auditor = "auditor", "auditor", "审计员", "Auditor";
    }
}
