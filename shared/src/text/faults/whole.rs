//! Sentences for faults of a whole request: rights, conflicts, limits, defects.
//! Not here: faults at a field (`fields`).
//! What the person typed is kept by every page, and the sentences may say so.

use super::Facts;
use crate::fault::Code;
use crate::ticket::Verb;

/// The sentence for a code that is not about one field; `None` for the others.
pub(super) fn sentence(code: Code, facts: &Facts<'_>) -> Option<String> {
    Some(match code {
        Code::IdempotencyReused => facts.say("这个表单已经用别的内容提交过，请刷新页面后再提交。", "This form was already sent with other content; reload the page and send again."),
        Code::BodyTooLarge => facts.say("提交的内容太大了，请减少照片或文字。", "The request is too large; please send fewer photos or less text."),
        Code::SignedOut => facts.say("请先登录。", "Please sign in first."),
        Code::SessionExpired => facts.say("登录已过期，请重新登录。您填写的内容已保留。", "Your session has expired; please sign in again. What you typed is kept."),
        Code::SignInWrong => facts.say("用户名或密码不对。", "The user name or the password is wrong."),
        Code::SignInLocked => facts.say(format!("登录失败次数过多，请{}再试。", later(facts)), format!("Too many failed sign-ins; try again {}.", later(facts))),
        Code::AccessDenied => facts.say("您没有这项权限。需要时请联系管理员。", "You do not have this right. Ask your administrator if you need it."),
        Code::CrossSite => facts.say("这个请求来自其他网站，已被拒绝。请回到本站重新操作。", "This request came from another site and was refused. Please start again on this site."),
        Code::NotFound => facts.say("没有找到，或您无权查看。", "It was not found, or you may not see it."),
        Code::VersionStale => stale(facts),
        Code::FlowNotAllowed => flow(facts),
        Code::AssignmentNotAllowed => assignment(facts),
        Code::UrgedToday => facts.say("今天已经催办过，下一个工作日可以再催。", "You have urged today; you can urge again on the next working day."),
        Code::ReturnFinal => facts.say("这张派单是最终裁定，不能再退。", "This assignment was ruled finally; it cannot be sent back again."),
        Code::ReturnPending => facts.say("退单申请正在等待裁定，裁定前不能再操作。", "A request to send this back waits for its ruling; nothing can be done before."),
        Code::FollowUpMissing => facts.say("还没有回访记录，请先回访。", "There is no follow-up call yet; please call first."),
        Code::RedoNotJustified => facts.say("回访结果不支持重办：群众已认可办理情况。", "The follow-up does not support a redo: the citizen accepted the result."),
        Code::RedoExhausted => facts.say("已经重办过两次，不能再重办，请转督办。", "It was redone twice already; please hand it to supervision."),
        Code::AlreadyRated => facts.say("现在不能评价，或已经评价过。", "It cannot be rated now, or it was rated already."),
        Code::LookupLocked => facts.say(format!("查询码错误次数过多，请{}再试。", later(facts)), format!("Too many wrong codes; try again {}.", later(facts))),
        Code::LookupWrong => facts.say("工单编号或查询码不对，请核对短信。", "The ticket number or the code is wrong; please check the text message."),
        Code::LookupExpired => facts.say("查询已超过半小时，请重新输入工单编号和查询码。", "The half hour for this look-up is over; please enter the number and the code again."),
        Code::RateLimited => facts.say(format!("操作太频繁，请{}再试。", later(facts)), format!("Too many requests; try again {}.", later(facts))),
        Code::CalendarMissing => {
            let year = facts.get("year");
            let zh = year.map_or_else(|| "缺少该年度的放假安排。".to_owned(), |year| format!("还没有录入 {year} 年的放假安排，算不出工作日。"));
            let en = year.map_or_else(|| "The holiday notice of that year is missing.".to_owned(), |year| format!("The holiday notice of {year} has not been entered, so working days cannot be counted."));
            facts.say(zh, en)
        }
        Code::ApprovalNotAllowed => facts.say("办件现在的状态不能这样办理，请刷新后再看。", "This is not possible in the present state of the approval; please reload the page."),
        Code::ApprovalStopped => facts.say("流程走不下去，已通知流程负责人处理。您填写的内容没有丢失。", "The process cannot go on here; its owner has been told. Nothing that you typed is lost."),
        Code::ApprovalSigners => facts.say("加签人还没有答复，请等其提出意见后再办理。", "A signer has not answered yet; please wait for the opinion."),
        Code::ApprovalPapers => {
            let missing = facts.get("missing").unwrap_or("1").to_owned();
            facts.say(format!("还有 {missing} 份容缺材料没有补齐，本环节不能同意。"), format!("{missing} papers are still missing; this step cannot be approved before."))
        }
        Code::ApprovalTooLate => facts.say("已有人接着办理，不能撤回。", "Somebody has gone on with it; it cannot be taken back."),
        Code::ApprovalLastSigner => facts.say("这是最后一位签署人，不能减去。", "This is the last signer, who cannot be removed."),
        Code::ProcessNotActive => facts.say("这个流程现在没有启用的版本，不能发起。", "No version of this process is active at present."),
        Code::MigrationUndone => facts.say("这次迁移已经撤回过。", "This migration has been undone already."),
        Code::ExportTooLarge => {
            let max = facts.get("max").unwrap_or("100000");
            facts.say(format!("一次最多导出 {max} 条，请缩小筛选范围。"), format!("At most {max} rows can be exported at once; please narrow the filters."))
        }
        Code::SchemaOlder => facts.say("数据库还没有升级，请管理员运行 minsheng migrate。", "The database is older than the program; an administrator must run minsheng migrate."),
        Code::SchemaNewer => facts.say("数据库比程序新，请使用新版程序。", "The database is newer than the program; please use the newer program."),
        Code::Busy => facts.say("暂时连不上数据库，您的内容没有丢失，请稍后再试。", "The database does not answer just now. Nothing you typed is lost; please try again soon."),
        Code::StorageFull => facts.say("服务器存储空间已满，暂时不能保存，管理员已收到通知。您的内容没有丢失。", "The server's storage is full and nothing can be saved now; the administrators know. Nothing you typed is lost."),
        Code::Broken => facts.say("系统出错，这次操作没有保存，管理员已收到通知。", "Something went wrong and this was not saved; the administrators know."),
        _ => return None,
    })
}

fn later(facts: &Facts<'_>) -> String {
    match facts.get("minutes") {
        Some(minutes) => facts.say(
            format!(" {minutes} 分钟后"),
            format!("in {minutes} minutes"),
        ),
        None => facts.say("稍后", "later"),
    }
}

/// Somebody was faster: what they did, and that nothing typed is lost.
fn stale(facts: &Facts<'_>) -> String {
    match facts.label("verb", Verb::parse, Verb::label) {
        Some(verb) => facts.say(
            format!("这张工单刚被别人处理过（{verb}），您填写的内容已保留。请看最新情况后再提交。"),
            format!("Someone changed this ticket a moment ago ({verb}). What you typed is kept; look at the ticket and send again."),
        ),
        // A verb that tickets do not have.
        None if facts.get("verb").is_some() => facts.say(
            "这个办件刚被别人处理过，您填写的内容已保留。请看最新情况后再提交。",
            "Someone changed this approval a moment ago. What you typed is kept; look at it and send again.",
        ),
        None => facts.say(
            "这张工单刚被别人处理过，您填写的内容已保留。请看最新情况后再提交。",
            "Someone changed this ticket a moment ago. What you typed is kept; look at the ticket and send again.",
        ),
    }
}

fn flow(facts: &Facts<'_>) -> String {
    let verb = facts.verb();
    match facts.state() {
        Some(state) => facts.say(
            format!("这张工单现在是“{state}”，不能{verb}。请刷新后再看。"),
            format!(
                "This ticket is now \"{state}\"; \"{verb}\" is not possible. Reload to see what is."
            ),
        ),
        None => facts.say(
            "工单的状态已经变了，请刷新后再看。",
            "The ticket has moved on. Reload to see what is possible.",
        ),
    }
}

fn assignment(facts: &Facts<'_>) -> String {
    let verb = facts.verb();
    match facts.status() {
        Some(status) => facts.say(
            format!("这张派单现在是“{status}”，不能{verb}。请刷新后再看。"),
            format!("This assignment is now \"{status}\"; \"{verb}\" is not possible. Reload to see what is."),
        ),
        None => facts.say("这张派单的状态已经变了，请刷新后再看。", "The assignment has moved on. Reload to see what is possible."),
    }
}
