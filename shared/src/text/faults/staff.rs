//! Sentences for faults that only people with an account and programs can meet; the citizen's browser code is built without them.
//! Not here: what citizens can meet as well (`whole`, `fields`).
//! Facts of a fault fill the numbers, as there.

use super::Facts;
use super::filters;
use super::whole::later;
use crate::calendar::Instant;
use crate::fault::Code;
use crate::process::finding::Remark;
use crate::text::process_check::sentence as remark_said;

/// The sentence for a code of the staff's side; `None` for the others.
#[allow(clippy::too_many_lines, reason = "a table: one line a code")]
pub(super) fn sentence(code: Code, facts: &Facts<'_>) -> Option<String> {
    Some(match code {
        Code::SignInWrong => facts.say("用户名或密码不对。", "The user name or the password is wrong."),
        Code::SignInLocked => facts.say(format!("登录失败次数过多，请{}再试。", later(facts)), format!("Too many failed sign-ins; try again {}.", later(facts))),
        Code::AssignmentNotAllowed => assignment(facts),
        Code::ReturnFinal => facts.say("这张派单是最终裁定，不能再退。", "This assignment was ruled finally; it cannot be sent back again."),
        Code::ReturnPending => facts.say("退单申请正在等待裁定，裁定前不能再操作。", "A request to send this back waits for its ruling; nothing can be done before."),
        Code::ReturnAnswered => facts.say("本单位已经答复过这件工单，不能再退单。", "Your unit has answered this ticket; it cannot be sent back any more."),
        Code::ReturnHeard => facts.say("本轮已经退过一次并有裁定，不能再退。请按裁定办理。", "Your unit has sent this back once in this round, and it was ruled on; please go by the ruling."),
        Code::ReturnLate if facts.get("days").is_none() => facts.say("已过退单时限，不能再退单。", "The time for sending it back has passed."),
        Code::ReturnLate => {
            let days = facts.get("days").unwrap_or("1").to_owned();
            facts.say(format!("派单后超过 {days} 个工作日，不能再退单。"), format!("It was dispatched more than {days} working days ago and cannot be sent back any more."))
        }
        Code::ReturnMeeting => facts.say("这是第二次争议，须先开会商会议，请用“会商裁定”。", "This is the second dispute; it is decided by a meeting. Please rule after a meeting."),
        Code::TransferReceipt => facts.say("这次移交已登记回执，或没有这次移交，请核对序号。", "This transfer has its receipt, or there is no such transfer; please check its number."),
        Code::TransferMost => facts.say("这张工单移交次数已到上限。", "This ticket was handed over as often as may be."),
        Code::BoardMember => facts.say("同一人只能投一票，请核对同意和不同意的名单。", "Everybody votes once; please check who was for it and who against."),
        Code::BoardVote => facts.say("裁定须与表决结果一致：同意的多于不同意的才能列为疑难。", "The ruling follows the votes: more for it than against it make a hard case."),
        Code::RulingReason => facts.say("理由与申请事项不符：N 开头用于不计入考核，U 开头用于不合理诉求，R 开头用于撤销。", "This reason is for something else: N is for what is not counted, U for unreasonable demands, R for revoking."),
        Code::RulingStands if facts.get("stands") == Some("true") => facts.say("已有同类认定；要取消，请勾选“撤销已有的同类认定”。", "It was ruled so already; to end that, tick the box to revoke it."),
        Code::RulingStands => facts.say("没有可以撤销的同类认定。", "There is no ruling of this kind to revoke."),
        Code::RulingSamePerson => facts.say("申请、初审和审定不能是同一人，请由其他有权限的人办理。", "Asking, the first opinion and the decision are never by the same person; somebody else with the right does this."),
        Code::LinkTicket => facts.say("没有您能看到的这个编号的其他工单，或者两件没有关联。", "You see no other ticket of this number, or it is not linked."),
        Code::LinkKnown => facts.say("两件已有同类关联。", "They are linked so already."),
        Code::LinkMost => {
            let max = facts.get("max").unwrap_or("50").to_owned();
            facts.say(format!("一件工单最多有 {max} 个关联。"), format!("A ticket has {max} links at most."))
        }
        Code::DispatchSamePerson => facts.say("这次派单是您提出的，须由另一位有审核派单权限的人审核。", "You proposed this dispatch; somebody else with the right reviews it."),
        Code::ReturnOwnUnit => facts.say("不能填本单位，请选应当承办的其他单位。", "This is your own unit; please choose the unit that should have it."),
        Code::MeetingParties => {
            let min = facts.get("min").unwrap_or("3").to_owned();
            facts.say(format!("会商至少要有 {min} 方参加，请每行写一方。"), format!("A meeting has at least {min} parties; write each on a line of its own."))
        }
        Code::DirectivePending => facts.say("这家单位对这件工单还有一张督办单没有审结。", "A directive to this unit about this ticket is still open."),
        Code::DirectiveTicket => facts.say("有的工单编号不对，或不是这家单位承办的，请核对。", "A number is wrong, or the unit has no part in that ticket; please check."),
        Code::FollowUpMissing => follow_up(facts),
        Code::CallTime => facts.say("约定时间须晚于现在，并在 30 天以内。", "The time agreed upon must lie ahead, within 30 days."),
        Code::FollowUpHeld => facts.say("这件工单已被其他回访员领取，或已不待回访。", "Somebody else has taken this ticket to call, or it waits for no call any more."),
        Code::MergeInto => facts.say("主件须是本中心另一张在办、未并案的工单，请核对编号。", "The leading ticket must be another open ticket of the same centre that is not merged itself; please check the number."),
        Code::MergeDiscreet => facts.say("保密件、举报件和写明被举报单位的工单单独办理，不能并案。", "Confidential tickets, tip-offs and those that name the unit complained about are handled by themselves and cannot be merged."),
        Code::MergeLeads => facts.say("已有工单并入这一件，请把另一件并到这一件，或先拆分。", "Other tickets are merged into this one; merge the other one into it, or split those off first."),
        Code::MergeFull => {
            let max = facts.get("max").unwrap_or("500").to_owned();
            facts.say(format!("一张主件最多并入 {max} 件。"), format!("At most {max} tickets are merged into one."))
        }
        Code::MergeOne => merge_one(facts),
        Code::MergedTicket => facts.say("这个编号的工单没有并入本件，或已经答复。", "No ticket of that number is merged into this one, or it was answered already."),
        Code::ChannelOff => facts.say("这个渠道已停用，请选其他渠道。", "This channel is switched off; please choose another."),
        Code::PaperNo => facts.say("纸质登记编号是 18 位：6 位区划、8 位日期、字母 Z 和 3 位序号，例如 32010020261130Z001。", "The number of a paper form has 18 characters: 6 digits of the area, 8 of the day, the letter Z and 3 digits, such as 32010020261130Z001."),
        Code::PaperSettled => facts.say("没有这张纸质登记表，或它已经录入、已经作废，请核对编号。", "There is no such paper form, or it was entered or voided already; please check its number."),
        Code::PaperFull => {
            let left = facts.get("left").unwrap_or("0").to_owned();
            facts.say(format!("这一天的纸质登记编号只剩 {left} 个。"), format!("Only {left} numbers are left for this day."))
        }
        Code::NoteUnseen => {
            let name = facts.get("name").unwrap_or("").to_owned();
            facts.say(format!("{name} 看不到这张工单，不能在备注里提到。"), format!("{name} does not see this ticket and cannot be named in a note about it."))
        }
        Code::BulkDiscreet => facts.say("保密件和举报件不能批量办理，请打开工单单独办理。", "Confidential tickets and tip-offs are not done in bulk; open the ticket and do it there."),
        Code::BulkCategory => facts.say("这张工单还没有类别，请打开工单单独派单。", "This ticket has no category yet; open it and dispatch it there."),
        Code::BulkItems => {
            let max = facts.get("max").unwrap_or("100").to_owned();
            facts.say(format!("请选择 1 到 {max} 张工单，每张只选一次。"), format!("Choose 1 to {max} tickets, each of them once."))
        }
        Code::RedoNotJustified => facts.say("回访结果不支持重办：群众已认可办理情况。", "The follow-up does not support a redo: the citizen accepted the result."),
        Code::ExtensionPending => facts.say("延期申请正在等待裁定，不能重复申请。", "A request for more time waits for its ruling already."),
        Code::ExtensionLate => facts.say("办理期限已过，不能再申请延期。", "The deadline has passed; more time cannot be asked for any more."),
        Code::BelowPart => facts.say("这是上级单位下派的，请向上级单位提出。", "A unit above gave this on; please turn to that unit."),
        Code::BelowOpen => {
            let count = facts.get("count").unwrap_or("1").to_owned();
            facts.say(format!("还有 {count} 家下级单位没有反馈，请等反馈或先收回下派。"), format!("Units below that have not answered yet: {count}. Wait for them, or take it back first."))
        }
        Code::BelowLimit => facts.say("下级时限须早于本单位的办理期限。", "The limit of a unit below ends before your own deadline."),
        Code::SiteOfficers => facts.say("两名到场人员不能是同一人，执法证号也不能相同。", "The two officers are two people, each with a certificate of the own."),
        Code::AssistLimit => facts.say("协办反馈日期须比主办单位的办理期限至少早 1 个工作日，且不能是今天或已过去的日期。", "Assisting units answer at least one working day before who leads, and not today or on a day that is past."),
        Code::BelowDepth => {
            let max = facts.get("max").unwrap_or("3").to_owned();
            facts.say(format!("最多下派到第 {max} 级，不能再下派。"), format!("Assignments go {max} levels deep at most; this cannot be given on."))
        }
        Code::BelowUnit => facts.say("这家单位没有可以这样办理的下派件，请刷新后再看。", "That unit has no part with which this can be done; reload the page."),
        Code::UpsetSteps => facts.say("请先记录“联系诉求人”和“反馈结果”，再处理完毕。", "Please record that the citizen was called and told before you settle it."),
        Code::RestoreLate => {
            let days = facts.get("days").unwrap_or("30").to_owned();
            facts.say(format!("在回收站已超过 {days} 天，不能再恢复。"), format!("It has been in the bin for more than {days} days and cannot be restored any more."))
        }
        Code::AskLate => facts.say("办理期限已过，或所选日期已到，不能再这样办理。", "The deadline has passed, or the day that was asked for has come; this cannot be done any more."),
        Code::ExtensionExhausted => facts.say("延期次数或天数已用完，不能再申请。", "The extensions of this assignment are used up."),
        Code::RedoExhausted => facts.say("已经重办过两次，不能再重办，请转督办。", "It was redone twice already; please hand it to supervision."),
        Code::CalendarMissing => {
            let year = facts.get("year");
            let zh = year.map_or_else(|| "缺少该年度的放假安排。".to_owned(), |year| format!("还没有录入 {year} 年的放假安排，算不出工作日。"));
            let en = year.map_or_else(|| "The holiday notice of that year is missing.".to_owned(), |year| format!("The holiday notice of {year} has not been entered, so working days cannot be counted."));
            facts.say(zh, en)
        }
        Code::InputTime => facts.say("请按 09:00 的样子填写时刻。", "Please give a time of day, such as 09:00."),
        Code::RegisterNoDraft => facts.say("这张表现在没有草稿，可能已被发布或放弃，请刷新后再看。", "There is no draft of this list; it may have been published or given up. Please reload the page."),
        Code::RegisterDraftOpen => facts.say("这张表已经有一份草稿，请在那份草稿上改。", "This list has a draft already; please change that one."),
        Code::RegisterEmpty => facts.say("草稿没有改动任何一行，不用发布。", "The draft changes nothing, so there is nothing to publish."),
        Code::RegisterFaults => {
            let count = facts.get("count").unwrap_or("1").to_owned();
            facts.say(format!("还有 {count} 处须先改正，见“发布前检查”。"), format!("To be mended first: {count}; see the check before publishing."))
        }
        Code::SetupArea => {
            let found = facts.get("found").unwrap_or_default().to_owned();
            if found.is_empty() {
                facts.say("没有这个省、设区市或县，请写行政区划代码或全称。", "There is no such province, city or county; write its division code or its full name.")
            } else {
                facts.say(format!("同名的有几个，请写代码：{found}。"), format!("Several have this name; write the code of one: {found}."))
            }
        }
        Code::QualitySecond => facts.say("不作为问题须由另一人确认，提出的人不能自己确认。", "A second person decides on a dismissal; whoever asked for it cannot."),
        Code::DataSamePerson => facts.say("数据申请须由另一人审批，申请的人不能自己同意。", "A second person decides on a request for data; whoever asked for it cannot."),
        Code::ReportUnsound => {
            let (zh, en) = crate::text::touched::unsound(facts.get("check"));
            facts.say(zh, en)
        }
        Code::RegisterSecond => facts.say("这张表须由另一人复核发布，改动的人不能自己发布。请“提交复核”。", "Somebody else must publish this list; whoever changed it cannot. Please hand it on."),
        Code::RegisterDate => {
            let from = facts.get("from").unwrap_or_default().to_owned();
            facts.say(format!("生效日不能早于 {from}。"), format!("It cannot hold before {from}."))
        }
        Code::RegisterNotComing => facts.say("只有还没生效的版本可以撤回。", "Only a revision that does not hold yet can be taken back."),
        Code::RegisterPermanent => facts.say("这张表的行不能删除，请改为“已终止”或改值。", "Rows of this list are not removed; end them or change their value."),
        Code::ToldByLaw => facts.say("这一项依法必须告知：不能停用，也不能只发短信或只发邮件。", "The law wants this told: it cannot be switched off, nor left to text messages or mails alone."),
        Code::RegisterTooMany => {
            let max = facts.get("max").unwrap_or("100000").to_owned();
            facts.say(format!("最多 {max} 行。"), format!("At most {max} rows."))
        }
        Code::ApprovalNotAllowed => facts.say("办件现在的状态不能这样办理，请刷新后再看。", "This is not possible in the present state of the approval; please reload the page."),
        Code::ApprovalStopped | Code::TicketStopped => facts.say("流程走不下去，已通知流程负责人处理。您填写的内容没有丢失。", "The process cannot go on here; its owner has been told. Nothing that you typed is lost."),
        Code::FileTooLarge => {
            let max = facts.get("max_mb").unwrap_or("20");
            facts.say(format!("文件太大，这类文件最多 {max} MB。"), format!("The file is too large; files of this kind may have {max} MB."))
        }
        Code::FileTooMany => {
            let max = facts.get("max").unwrap_or("50");
            facts.say(format!("这件已有 {max} 个文件，不能再加。"), format!("This case has {max} files already; no more can be added."))
        }
        Code::FileQuota => {
            let max = facts.get("max_mb").unwrap_or("500");
            facts.say(format!("这件的文件合计不能超过 {max} MB。"), format!("The files of one case may have {max} MB together."))
        }
        Code::FileOffset => facts.say("续传的位置不对，请先查询已收到的字节数，再从那里继续。", "The part does not begin where the upload stands; ask for the offset and go on there."),
        Code::FileHeld => facts.say("这个文件正在由另一个请求上传，请稍后再试。", "Another request is sending this file just now; please try again soon."),
        Code::FileQuarantined => facts.say("文件正在等待病毒检查，检查通过后即可下载。", "The file waits for its virus check; it can be opened afterwards."),
        Code::FileInfected => {
            let finding = facts.get("finding").unwrap_or("?");
            facts.say(format!("文件含有病毒（{finding}），内容已销毁。请检查您的电脑后重新上传。"), format!("The file was infected ({finding}) and has been destroyed. Check the machine that it came from and send a clean one."))
        }
        Code::FileErased => facts.say("文件内容已经销毁，不能再打开。", "The content of this file was destroyed and cannot be opened any more."),
        Code::ApprovalSigners => facts.say("加签人还没有答复，请等其提出意见后再办理。", "A signer has not answered yet; please wait for the opinion."),
        Code::ApprovalPapers => {
            let missing = facts.get("missing").unwrap_or("1").to_owned();
            facts.say(format!("还有 {missing} 份容缺材料没有补齐，本环节不能同意。"), format!("Papers still missing: {missing}; this step cannot be approved before."))
        }
        Code::ApprovalTooLate => facts.say("已有人接着办理，不能撤回。", "Somebody has gone on with it; it cannot be taken back."),
        Code::ApprovalLastSigner => facts.say("这是最后一位签署人，不能减去。", "This is the last signer, who cannot be removed."),
        Code::ProcessNotActive => facts.say("这个流程现在没有启用的版本，不能发起。", "No version of this process is active at present."),
        Code::MigrationUndone => facts.say("这次迁移已经撤回过。", "This migration has been undone already."),
        Code::ExportApproval => {
            let max = facts.get("max").unwrap_or("1000");
            facts.say(
                format!("超过 {max} 条的导出须由另一人批准，请用“后台导出”并写明用途。"),
                format!("An export of more than {max} rows needs the approval of a second person; use Export as a job and say what it is for."),
            )
        }
        Code::ExportDayRows => {
            let (max, left) = (facts.get("max").unwrap_or("?"), facts.get("left").unwrap_or("0"));
            facts.say(
                format!("每人每天最多导出 {max} 条，今天还可导出 {left} 条。请缩小筛选范围，或明天再导出。"),
                format!("A person exports at most {max} rows a day; {left} are left today. Narrow the filters or export the rest tomorrow."),
            )
        }
        Code::ExportSamePerson => facts.say("自己提出的导出须由另一位有权限的人批准。", "An export that you asked for is for somebody else to approve."),
        Code::ReportNoPrint => facts.say("本机没有安装打印部件，不能生成 PDF；请下载工作簿或 CSV。", "This installation makes no PDF of reports; take the workbook or the CSV."),
        Code::ReportSigned => facts.say("这张报表已经签发。", "This report is signed already."),
        Code::ReportSamePerson => facts.say("自己制的报表须由另一位有权限的人签发。", "A report that you made is for somebody else to sign."),
        Code::ReportChanged => facts.say("保存的内容与当时的摘要不符，不能签发或下载。请管理员检查数据库。", "What is stored does not have the digest that was written with it, and can be neither signed nor taken. Have the database looked at."),
        Code::ExportAsJob => {
            let max = facts.get("max").unwrap_or("10000");
            facts.say(
                format!("直接下载的 Excel 最多 {max} 条，更多请在列表上选“Excel 工作簿”后点“后台导出”。"),
                format!("A workbook of more than {max} rows is no direct download; choose the workbook beside the export as a job."),
            )
        }
        Code::ExportNarrow => {
            let max = facts.get("max").unwrap_or("10000");
            facts.say(
                format!("一次最多导出 {max} 件，请增加条件缩小范围后再导出。"),
                format!("At most {max} can be exported at once; add filters and export fewer."),
            )
        }
        Code::ExportTooLarge => {
            let max = facts.get("max").unwrap_or("100000");
            facts.say(format!("直接下载最多 {max} 条，更多请用“后台导出”。"), format!("At most {max} rows can be downloaded at once; export more of them as a job."))
        }
        Code::JobHeld => facts.say("这项任务正在另一处运行，请等它完成或停下后再试。", "This job is under way elsewhere; wait until it has ended there and try again."),
        Code::JobEnded => facts.say("这项任务已经结束，不能再停止。", "This job has ended already and cannot be stopped."),
        Code::JobCancelled => facts.say("这项任务已被停止。停下之前完成的部分都在。", "This job was stopped. What it had done before is kept."),
        Code::JobNoResult => facts.say("这项任务没有结果文件，或文件已过保存期限。请重新导出。", "This job has no result, or the result was thrown away after its time; please export again."),
        Code::JobRights => facts.say("您的权限或范围在提出这项任务之后有变化，不能再取用它的结果。请重新导出。", "Your rights or their reach have changed since you asked for this job, so its result cannot be taken any more; please export again."),
        Code::JobUnknown => facts.say("这个版本的程序不认识这种任务。", "This version of the program does not know this kind of job."),
        Code::SchemaOlder => facts.say("数据库还没有升级，请管理员运行 minsheng migrate。", "The database is older than the program; an administrator must run minsheng migrate."),
        Code::SchemaNewer => facts.say("数据库比程序新，请使用新版程序。", "The database is newer than the program; please use the newer program."),
        Code::InputIdNumber => facts.say(
            "证件号码不正确，请核对：身份证 18 位，末位可为 X；也可填居住证、永久居留证、通行证或护照号码。",
            "This number is not right; please check it: an identity card has 18 characters. Residence permits, travel permits and passports are taken as well.",
        ),
        Code::InputCreditCode if facts.get("length") == Some("18") => facts.say(
            "统一社会信用代码不正确，请对照营业执照核对 18 位代码。",
            "This social credit code is not right; please check its 18 characters with the licence.",
        ),
        Code::InputCreditCode => facts.say(
            "统一社会信用代码不正确，请核对 18 位代码（没有的可填 9 位组织机构代码）。",
            "This social credit code is not right; please check its 18 characters (or give the organisation code of 9).",
        ),
        Code::InputEmail => facts.say(
            "邮箱地址不正确，例如 name@example.cn。",
            "This e-mail address is not right; it looks like name@example.cn.",
        ),
        Code::InputDate if facts.get("today").is_some() => facts.say(
            "日期不能早于今天。",
            "This date lies before today.",
        ),
        Code::InputDate => facts.say(
            "日期读不出来，请写成 2026-11-22；要写时间的，写成 2026-11-22 14:05。",
            "This date cannot be read; write 2026-11-22, or with a time 2026-11-22 14:05.",
        ),
        Code::InputDay => {
            let (min, max) = (facts.get("min").unwrap_or_default(), facts.get("max").unwrap_or_default());
            facts.say(format!("请选择 {min} 至 {max} 之间的日期。"), format!("Choose a day from {min} to {max}."))
        }
        Code::InputMoment => facts.say(
            "请写明日期和时间，例如 2026-11-28 16:00。",
            "Give the date and the time, such as 2026-11-28 16:00.",
        ),
        Code::DoneTooEarly => too_early(facts),
        Code::DoneTooLongAgo => {
            let days = facts.get("days").unwrap_or("7");
            facts.say(
                format!("只能补录 {days} 天以内的办理。"),
                format!("Only what was done within the last {days} days can be entered afterwards."),
            )
        }
        Code::InputMessageId => facts.say(
            "对接系统的每次写入都要带 Message-Id 头：1 到 128 个可见 ASCII 字符，同一条消息不变。",
            "Every write of a partner's program carries the header Message-Id: 1 to 128 visible ASCII characters, the same for the same message.",
        ),
        Code::InputFutureDate => facts.say("时间不能晚于现在。", "This time lies in the future."),
        Code::InputCursor => facts.say(
            "翻页位置已失效，请从第一页开始。",
            "This page mark is no longer valid; please start from the first page.",
        ),
        Code::InputQuery => filters::query(facts),
        Code::InputCategory => facts.say(
            "没有找到这个分类，请选到最末一级。",
            "This category was not found; please choose one of the lowest level.",
        ),
        Code::InputUnit => facts.say(
            "没有找到这个单位，或它现在不能承办，请重新选择。",
            "This unit was not found or takes no tickets now; please choose another.",
        ),
        Code::CategoryRequired => facts.say(
            "派单前要选定事项分类。",
            "Choose the category before dispatching.",
        ),
        Code::LeadAmongAssisting => facts.say(
            "主办单位不能同时是协办单位。",
            "The lead unit cannot be an assisting unit as well.",
        ),
        Code::InputTaken => facts.say(
            "已被使用，请换一个。",
            "This is taken already; choose another one.",
        ),
        Code::InputPerson => person(facts),
        Code::ApprovalTarget => approval_target(facts),
        Code::ProcessRefused => process_refused(facts),
        Code::InputPeriod if facts.get("why") == Some("long") => {
            let max = facts.get("max").unwrap_or("1100");
            facts.say(
                format!("时间范围太长，最多 {max} 天，请缩短后再查。"),
                format!("The period is too long; at most {max} days at once."),
            )
        }
        Code::InputPeriod => facts.say(
            "结束日期早于开始日期，请对调后再查。",
            "The last day lies before the first; please swap them.",
        ),
        Code::InputVariable => {
            let (value, offers) = (
                facts.get("value").unwrap_or_default(),
                facts.get("offers").unwrap_or_default(),
            );
            facts.say(
                format!("这条消息没有变量 {value}，可用的有：{offers}。"),
                format!("This message does not offer {value}; it offers: {offers}."),
            )
        }
        Code::InputVariableMissing => {
            let value = facts.get("value").unwrap_or_default();
            facts.say(
                format!("缺少变量 {value}，收到的人在别处看不到它。"),
                format!("{value} is missing; the reader learns it nowhere else."),
            )
        }
        Code::InputSearch => match facts.get("why") {
            Some("signs") => facts.say(
                "只有标点符号，没有可以搜索的字，请输入至少两个字。",
                "There is nothing but signs to search for; type two characters or more.",
            ),
            _ => facts.say(
                "一个字搜索不了，请输入至少两个字。",
                "One character cannot be searched for; type two or more.",
            ),
        },
        _ => return None,
    })
}

/// Which of many tickets cannot be merged, and why.
fn merge_one(facts: &Facts<'_>) -> String {
    let no = facts.get("no").unwrap_or_default();
    let why = facts.get("why").and_then(Code::parse);
    let why = why.filter(|why| *why != Code::MergeOne);
    let why = why.map(|why| super::sentence(why, facts.facts, facts.locale));
    let why = why.unwrap_or_default();
    facts.say(
        format!("工单{no}不能并入。{why}"),
        format!("Ticket {no} cannot be merged. {why}").trim_end(),
    )
}

/// Why somebody cannot be named.
fn person(facts: &Facts<'_>) -> String {
    match facts.get("reason") {
        Some("filed") => facts.say(
            "发起人不能办理自己发起的办件，请另选他人。",
            "Nobody decides on what he filed himself; choose somebody else.",
        ),
        Some("no_right") => facts.say(
            "这个账号没有办理办件的权限，请另选他人。",
            "This account may not work on approvals; choose somebody else.",
        ),
        Some("elsewhere") => facts.say(
            "这个账号不在办件所在的地区，请另选他人。",
            "This account works in another area than the case; choose somebody else.",
        ),
        _ => facts.say(
            "没有这个账号，或账号已停用，或不在您的地区。请从名单中选择。",
            "There is no such account, or it is closed or outside your area. Choose one from the list.",
        ),
    }
}

/// What was tried, and what is still to be tried.
fn follow_up(facts: &Facts<'_>) -> String {
    match facts.get("tries") {
        None | Some("0") => facts.say(
            "还没有回访记录，请先回访。",
            "There is no follow-up call yet; please call first.",
        ),
        Some(tries) => {
            let days = facts.get("days").unwrap_or("1");
            facts.say(
                format!("已尝试 {tries} 次、共 {days} 天，还没有联系上。至少在两天、不同时段各试，满 3 次仍联系不上才能办结；一小时内多次拨打只算一次。"),
                format!("Tried {tries} times on {days} days, and nobody was reached. It closes after three tries on two days at different hours; calls within one hour are one try."),
            )
        }
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

/// Why a case cannot go to a step.
fn approval_target(facts: &Facts<'_>) -> String {
    let element = facts.get("element").unwrap_or_default().to_owned();
    match facts.get("reason") {
        Some("join") => facts.say(
            format!("到不了：汇合点 {element} 之后会永远等不齐。"),
            format!("Not possible: the join {element} would wait for ever."),
        ),
        Some("twice") => facts.say(
            format!("到不了：{element} 正在办理，会重复办一遍。"),
            format!("Not possible: {element} is open and would be done twice."),
        ),
        _ => facts.say(
            "不能到这个环节：该环节没有办理过，或流程无法从那里继续。",
            "The case cannot go to this step: it was not done before, or the process could not go on from there.",
        ),
    }
}

/// The first error of a definition.
fn process_refused(facts: &Facts<'_>) -> String {
    let errors = facts.get("errors").unwrap_or("1").to_owned();
    let mut zh = format!("流程定义有 {errors} 处错误，不能部署。");
    let some = if errors == "1" { "an error" } else { "errors" };
    let mut en = format!("The definition has {some} and cannot be deployed.");
    if let Some(remark) = facts.get("finding").and_then(Remark::from_json) {
        let words = remark_said(&remark, facts.locale);
        let line = facts.get("line").unwrap_or("1");
        let element = facts
            .get("element")
            .filter(|element| !element.is_empty())
            .map(|element| format!(" {element}"))
            .unwrap_or_default();
        zh.push_str(&format!("第 {line} 行{element}：{words}。"));
        en.push_str(&format!(" Line {line}{element}: {words}."));
    }
    facts.say(zh, en)
}

/// With the time before which it cannot have been.
fn too_early(facts: &Facts<'_>) -> String {
    let earliest = facts.get("earliest").and_then(Instant::parse);
    let Some(at) = earliest else {
        return facts.say(
            "不能早于它所依据的上一步。",
            "It cannot have been done before what it builds on.",
        );
    };
    let at = at.local().format("%Y-%m-%d %H:%M");
    facts.say(
        format!("不能早于 {at}，此前还没有到这一步。"),
        format!("It cannot have been before {at}, when what it builds on was done."),
    )
}
