//! Sentences for faults of a whole request: rights, conflicts, limits, defects.
//! Not here: faults at a field (`fields`).
//! What the person typed is kept by every page, and the sentences may say so.

use super::Facts;
use crate::fault::Code;
use crate::ticket::Verb;

/// The sentence for a code that is not about one field; `None` for the others.
pub(super) fn sentence(code: Code, facts: &Facts<'_>) -> Option<String> {
    Some(match code {
        Code::IdempotencyReused => facts.say("这个表单已经提交过一次，那次的内容不同。如果这是另一件事，请核对后再提交一次；您填写的内容都在。", "This form was sent once before with other content. If this is another matter, check it and send it again; what you typed is kept."),
        Code::BodyTooLarge => facts.say("提交的内容太大了，没有保存。请用浏览器的“后退”回到表单，内容都在，减少照片或文字后再提交。", "The request is too large and was not saved. Go back in your browser: what you typed is still there. Send fewer photos or less text."),
        Code::BodySlow => facts.say("网络太慢，内容没有传完，已经中断。您填写的内容没有丢失，请换个信号好的地方再试，或先不传照片。", "The connection was too slow and the sending was broken off. Nothing you typed is lost; try again where the signal is better, or send it without photos first."),
        Code::SignedOut => facts.say("请先登录。", "Please sign in first."),
        Code::SessionExpired => facts.say("登录已过期，请重新登录。您填写的内容已保留。", "Your session has expired; please sign in again. What you typed is kept."),
        Code::AccessDenied => facts.say("您没有这项权限。需要时请联系管理员。", "You do not have this right. Ask your administrator if you need it."),
        Code::CrossSite => facts.say("这个请求来自其他网站，已被拒绝。请回到本站重新操作。", "This request came from another site and was refused. Please start again on this site."),
        Code::NotFound => facts.say("没有找到，或您无权查看。", "It was not found, or you may not see it."),
        Code::VersionStale => stale(facts),
        Code::FlowNotAllowed => flow(facts),
        Code::WithdrawDanger => facts.say("这是险情报告，为了公共安全须查处，不能撤回。", "This reports a danger; it is looked into for everybody's safety and cannot be withdrawn."),
        Code::UrgedToday => facts.say("今天已经催办过，下一个工作日可以再催。", "You have urged today; you can urge again on the next working day."),
        Code::AskedAlready => facts.say("同样的申请正在等待裁定，不能重复提出。", "The same was asked for already and waits for its ruling."),
        Code::ReopenLate => {
            let days = facts.get("days").unwrap_or("30");
            facts.say(format!("办结已超过 {days} 天，不能重新打开；有新情况请重新提交诉求。"), format!("It was closed more than {days} days ago and cannot be opened again; please file what is new as another request."))
        }
        Code::TicketArchived => facts.say("工单已归档封存，只能查看，不能再办理；有新情况请重新提交诉求，可关联这个工单。", "The ticket is archived and sealed: it can be read, and nothing more can be done with it. Please file what is new as another request that names this one."),
        Code::FilingClosed => facts.say("网上暂停提交诉求，请拨打 12345。您填写的内容都在。", "Requests are not taken on the web just now; please call 12345. What you typed is kept."),
        Code::AlreadyRated => facts.say("现在不能评价，或本次办理已经评价过；重办后可以再评。", "It cannot be rated now, or this handling was rated already; after a redo it can be rated again."),
        Code::QuestionnaireOver => facts.say("这份评价已提交过、已过期，或工单正在重新办理。感谢您的关心，如需补充请拨打 12345。", "This questionnaire was answered already, is too old, or the request is being handled again. Thank you; to add something please call 12345."),
        Code::LookupLocked => facts.say(format!("查询码错误次数过多，请{}再试。", later(facts)), format!("Too many wrong codes; try again {}.", later(facts))),
        Code::LookupWrong => facts.say("工单编号或查询码不对，请核对短信。", "The ticket number or the code is wrong; please check the text message."),
        Code::LookupExpired => facts.say("查询已超过半小时，请重新输入工单编号和查询码。", "The half hour for this look-up is over; please enter the number and the code again."),
        Code::RateLimited => facts.say(format!("操作太频繁，请{}再试。", later(facts)), format!("Too many requests; try again {}.", later(facts))),
        Code::InputMobile => facts.say("请填写能收短信的手机号码。", "Please give a mobile number that takes text messages."),
        Code::CitizenCodeSoon => {
            let seconds = facts.get("seconds").unwrap_or("60");
            facts.say(format!("验证码刚发过，请 {seconds} 秒后再发。"), format!("A code was sent a moment ago; ask for another in {seconds} seconds."))
        }
        Code::CitizenCodeWrong => facts.say("验证码不对，请核对短信。", "This code is wrong; please check the text message."),
        Code::CitizenCodeGone => facts.say("验证码已失效（已用过、超过 5 分钟或试错太多次），请重新获取。", "This code is good no longer (used, older than 5 minutes, or tried too often); ask for a new one."),
        Code::CitizenAgree => facts.say("第一次登录，请先阅读并同意个人信息保护说明。", "The first time, please read the privacy statement and agree to it."),
        Code::CitizenIsStaff => facts.say("这个浏览器里有工作人员登录着，请先退出，再以市民身份登录。", "Somebody of staff is signed in here; sign out first, then sign in as a citizen."),
        Code::MandateUnusable | Code::MandateAsk | Code::MandateDecide => mandate(code, facts),
        Code::WishAsk | Code::WishDecide | Code::WishApproval => super::wishes::sentence(code, facts),
        Code::RelayUnfit => super::wishes::relay(facts),
        Code::Busy => facts.say("暂时连不上数据库，您的内容没有丢失，请稍后再试。", "The database does not answer just now. Nothing you typed is lost; please try again soon."),
        Code::Offline => facts.say("网络没有连上服务器。您填写的内容都在，网络恢复后请再试一次。", "The server was not reached; the network may be down. What you typed is kept; try again when it is back."),
        Code::Overloaded => facts.say("现在同时提交的人太多，服务器暂时接不下。您填写的内容没有丢失，请半分钟后再试。", "Too much is being sent at once for the server to take. Nothing you typed is lost; please try again in half a minute."),
        Code::StorageFull => facts.say("服务器存储空间已满，暂时不能保存，管理员已收到通知。您的内容没有丢失。", "The server's storage is full and nothing can be saved now; the administrators know. Nothing you typed is lost."),
        Code::DatabaseAway => facts.say("数据库或存储暂时不可用，现在不能查询或保存，管理员已收到通知。您填写的内容没有丢失，请稍后再试。", "The database or its storage is not available just now; the administrators know. Nothing you typed is lost; please try again soon."),
        Code::OutcomeUnknown => facts.say("保存时与数据库的连接中断，还不能确定是否已保存。请原样再提交一次：已经保存的不会重复办理。", "The database was lost while saving, so it is not certain whether this was saved. Please send the same again: what was saved is not done twice."),
        Code::DatabaseDamaged => facts.say("数据库文件可能已损坏，这次操作不能完成。请马上告诉管理员，先不要反复重试。", "The database seems to be damaged and this cannot be done. Please tell the administrators at once and do not go on trying."),
        Code::Broken => facts.say("系统出错，这次操作没有保存，管理员已收到通知。", "Something went wrong and this was not saved; the administrators know."),
        _ => return None,
    })
}

/// Acting for an organisation: filing for it, asking for it, deciding about it.
fn mandate(code: Code, facts: &Facts<'_>) -> String {
    match (code, facts.get("why")) {
        (Code::MandateUnusable, Some("anonymous")) => facts.say(
            "代单位提交的诉求不能匿名，请改选“公开”或“保密”，或改为本人提交。",
            "A request for an organisation cannot be anonymous; choose another way, or file for yourself.",
        ),
        (Code::MandateUnusable, _) => facts.say(
            "您现在不能代这个单位提交：没有批准、已到期或已结束。请改为本人提交，或重新申请。",
            "You cannot file for this organisation now: it was not approved, has expired or was ended. File for yourself, or ask again.",
        ),
        (Code::MandateAsk, Some("many")) => facts.say(
            "待审批的申请太多，请等审批后再提。",
            "Too many requests of yours wait; please ask again when they are decided.",
        ),
        (Code::MandateAsk, Some("long")) => {
            let days = facts.get("max").unwrap_or("730");
            facts.say(
                format!("有效期太长，最多 {days} 天，到期可以再申请。"),
                format!("That is too long: at most {days} days; you can ask again afterwards."),
            )
        }
        (Code::MandateAsk, _) => facts.say(
            "您已申请代这个单位办事，正在审批。",
            "You have asked to act for this organisation; it waits to be decided.",
        ),
        (_, Some("own")) => facts.say(
            "这可能是您本人的申请，请由同事审批。",
            "This may be your own; a colleague decides it.",
        ),
        _ => facts.say(
            "这项申请已经办过或已结束，请刷新后再看。",
            "This was decided or ended before; please reload the page.",
        ),
    }
}

pub(super) fn later(facts: &Facts<'_>) -> String {
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
