//! What acts of the audit are called that are neither verbs of a ticket nor rights.
//! Not here: words of the auditor's page (`audit`). An act without a row is shown by its code.
//! For auditors alone.

use super::super::{Text, text};

/// Codes with their names.
pub(super) const ACTS: &[(&str, Text)] = &[
    ("account.ask", text("申请账号", "Asked for an account")),
    (
        "account.decide",
        text("审批账号申请", "Decided on an account"),
    ),
    ("account.freeze", text("冻结账号", "Account frozen")),
    ("account.hand_over", text("移交工作", "Work handed over")),
    (
        "account.provision",
        text(
            "统一身份同步账号",
            "Account kept in step with identity management",
        ),
    ),
    ("account.review", text("复核账号", "Accounts reviewed")),
    (
        "approval.erase_old",
        text(
            "到期删除办件中的个人信息",
            "People erased from old approvals by the clock",
        ),
    ),
    ("audit.dismiss", text("查明审计告警", "Alarm dismissed")),
    ("audit.read", text("查阅审计", "Looked at the audit")),
    (
        "audit.report",
        text("生成审计月报", "Monthly report of the audit"),
    ),
    (
        "citizen.erase_old",
        text(
            "到期删除诉求人信息",
            "Citizens erased from old tickets by the clock",
        ),
    ),
    ("data.ask", text("申请数据", "Asked for data")),
    (
        "data.decide",
        text("审批数据申请", "Decided on a request for data"),
    ),
    ("data.take", text("领取数据", "Took the data")),
    (
        "data.withdraw",
        text("撤回数据申请", "Request for data taken back"),
    ),
    ("export.approvals", text("导出办件", "Exported approvals")),
    ("export.audit", text("导出审计", "Exported the audit")),
    ("export.tickets", text("导出工单", "Exported tickets")),
    ("file.add", text("添加附件", "File added")),
    ("file.erase", text("销毁附件", "File destroyed")),
    (
        "file.infected",
        text("附件查出病毒", "Virus found in a file"),
    ),
    ("file.read", text("下载附件", "File taken")),
    ("file.remove", text("移除附件", "File removed")),
    ("file.upload", text("上传附件", "File sent")),
    ("import.begin", text("开始导入", "Import begun")),
    ("import.undo", text("撤回导入", "Import taken back")),
    ("incoming.dismiss", text("来信不处理", "Message dismissed")),
    ("incoming.link", text("来信关联工单", "Message linked")),
    ("incoming.list", text("查看来信", "Looked at messages")),
    ("incoming.open", text("打开来信", "Message opened")),
    ("job.approve", text("批准任务", "Job approved")),
    ("job.cancel", text("停止任务", "Job stopped")),
    ("job.result", text("下载任务结果", "Result of a job taken")),
    (
        "lookup.flood",
        text("短时间大量查询", "Many look-ups in a short time"),
    ),
    (
        "mandate.decide",
        text("审批代单位办事", "Decided on a mandate"),
    ),
    ("mandate.end", text("终止代单位办事", "Mandate ended")),
    ("mandate.look", text("查看代单位办事", "Looked at mandates")),
    (
        "notification.again",
        text("重发通知", "Notification sent again"),
    ),
    (
        "platform.look",
        text("查看对接平台", "Looked at linked platforms"),
    ),
    (
        "platform.push",
        text("再次推送账号", "Account pushed again"),
    ),
    (
        "process.activate",
        text("启用流程版本", "Version of a process put to use"),
    ),
    ("process.deploy", text("部署流程", "Process deployed")),
    (
        "process.migrate",
        text("在办件换版本", "Cases moved to another version"),
    ),
    (
        "process.withdraw",
        text("停用流程版本", "Version of a process withdrawn"),
    ),
    (
        "quality.ask_dismissal",
        text("申请质量问题不成立", "Asked to dismiss a finding"),
    ),
    (
        "quality.decide_dismissal",
        text("裁定质量问题不成立", "Decided on a dismissal"),
    ),
    ("quality.fix", text("整改质量问题", "Finding fixed")),
    ("register.apply", text("清单生效", "List took effect")),
    (
        "register.ask_reading",
        text("请人员阅知", "Asked people to read"),
    ),
    (
        "register.change",
        text("修改清单草稿", "Draft of a list changed"),
    ),
    (
        "register.draft",
        text("新建清单草稿", "Draft of a list begun"),
    ),
    (
        "register.hand_on",
        text("提交复核", "Handed to a second person"),
    ),
    ("register.publish", text("发布清单", "List published")),
    ("register.read", text("阅知规则", "Read a rule")),
    ("register.replay", text("试算草稿", "Draft replayed")),
    (
        "register.table",
        text("读入清单文件", "File read into a draft"),
    ),
    (
        "report.checks",
        text("查看报表核对", "Looked at checks of reports"),
    ),
    ("report.comment", text("批注报表", "Remarked on a report")),
    ("report.cube", text("多维统计", "Counted figures by choice")),
    ("report.file", text("下载报表", "Report taken as a file")),
    (
        "report.frozen",
        text("查看固化数据", "Looked at frozen figures"),
    ),
    ("report.keep", text("存下报表", "Report kept")),
    (
        "report.kept",
        text("查看已存报表", "Looked at a kept report"),
    ),
    (
        "report.measures",
        text("查看指标目录", "Looked at the measures"),
    ),
    (
        "report.overview",
        text("查看概览", "Looked at the overview"),
    ),
    (
        "report.reschedule",
        text("恢复定时报表", "Schedule goes on"),
    ),
    ("report.schedule", text("添加定时报表", "Report scheduled")),
    ("report.sign", text("签发报表", "Report signed")),
    (
        "report.standard",
        text("查看标准报表", "Looked at a standard report"),
    ),
    (
        "report.touched",
        text("查看数据质量影响", "Looked at touched figures"),
    ),
    (
        "report.unschedule",
        text("停止定时报表", "Schedule stopped"),
    ),
    ("role.change", text("修改角色", "Role changed")),
    ("role.grant", text("授予岗位", "Post given")),
    ("role.make", text("新建角色", "Role made")),
    ("role.revoke", text("收回岗位", "Post taken back")),
    ("role.span", text("改岗位起止日", "Days of a post changed")),
    (
        "sealing_key.renew",
        text("更新加密密钥", "Sealing keys renewed"),
    ),
    ("session.end", text("结束会话", "Session ended")),
    (
        "session.end_all",
        text("结束全部会话", "All sessions ended"),
    ),
    ("session.prove", text("再次验证身份", "Proved who it is")),
    (
        "session.provider_log_out",
        text("统一认证通知退出", "Signed out by the provider"),
    ),
    ("session.sign_in", text("登录", "Signed in")),
    ("session.sign_out", text("退出登录", "Signed out")),
    ("staff.import", text("批量导入人员", "People imported")),
    ("stand_in.ask", text("申请委托代办", "Asked for a stand-in")),
    ("team.join", text("加入班组", "Joined a team")),
    ("team.leave", text("离开班组", "Left a team")),
    ("team.make", text("新建班组", "Team made")),
    (
        "ticket.list",
        text("查看工单列表", "Looked at the list of tickets"),
    ),
    (
        "ticket.lookup",
        text("市民查询进度", "Citizen looked up progress"),
    ),
    ("ticket.read", text("查看工单", "Looked at a ticket")),
    (
        "ticket.readers",
        text("查询谁能看到工单", "Asked who sees a ticket"),
    ),
    (
        "tickets.related",
        text("查找相关工单", "Looked for related tickets"),
    ),
    (
        "user.active",
        text("启用或停用账号", "Account switched on or off"),
    ),
    ("user.factor", text("设置两步验证", "Second factor set up")),
    (
        "user.factor_reset",
        text("重置两步验证", "Second factor reset"),
    ),
    ("user.identity", text("关联统一认证身份", "Identity linked")),
    (
        "user.identity_removed",
        text("解除统一认证关联", "Identity unlinked"),
    ),
    ("user.passkey", text("添加通行密钥", "Passkey added")),
    (
        "user.passkey_removed",
        text("移除通行密钥", "Passkey removed"),
    ),
    ("user.password", text("修改密码", "Password changed")),
    (
        "user.recovery_codes",
        text("重新生成恢复码", "Recovery codes made anew"),
    ),
    (
        "user.reset",
        text("用链接设置密码", "Password set by a link"),
    ),
    (
        "user.reset_link",
        text("生成设置密码的链接", "Link for a password made"),
    ),
    ("view.change", text("修改视图", "View changed")),
    ("view.delete", text("删除视图", "View deleted")),
    ("view.follow", text("订阅视图", "View followed")),
    ("view.keep", text("保存视图", "View kept")),
    (
        "wish.ask",
        text("申请更正或删除个人信息", "Asked about own data"),
    ),
    (
        "wish.decide",
        text("处理个人信息申请", "Answered a request about own data"),
    ),
    (
        "wish.done",
        text("办理个人信息申请", "Carried out a request about own data"),
    ),
    (
        "wish.look",
        text("查看个人信息申请", "Looked at requests about own data"),
    ),
    (
        "wish.refuse",
        text("不同意个人信息申请", "Refused a request about own data"),
    ),
    (
        "wish.take_back",
        text("撤回个人信息申请", "Request about own data taken back"),
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_act_stands_once_in_order() {
        assert!(ACTS.is_sorted_by(|(one, _), (next, _)| one < next));
    }
}
