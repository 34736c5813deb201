//! The messages that there are, to citizens and to staff, what each offers to its text, and the texts that are shipped (模板). An office words them anew in its list.
//! Not here: how a place words them (`wording`), who gets one (the verbs), what stands for a variable (`sms`).
//! What a discreet ticket says has messages of its own that offer neither content nor unit: no wording of an office can tell them.

mod wording;

use super::super::{Text, text};

pub use wording::{Values, Wordings, check, check_words, fill};

codes! {
    /// A message to citizens or to staff.
    MessageCode {
        Accepted = "accepted", "accepted", "受理告知", "Accepted";
        Dispatched = "dispatched", "dispatched", "转办告知", "Passed to a unit";
        DispatchedUndated = "dispatched_undated", "dispatched_undated", "转办告知（无期限）", "Passed to a unit, no date";
        DispatchedDiscreet = "dispatched_discreet", "dispatched_discreet", "转办告知（保密件）", "Passed to a unit, confidential";
        DispatchedDiscreetUndated = "dispatched_discreet_undated", "dispatched_discreet_undated", "转办告知（保密件，无期限）", "Passed to a unit, confidential, no date";
        Replied = "replied", "replied", "答复告知", "Replied";
        RepliedDiscreet = "replied_discreet", "replied_discreet", "答复告知（保密件）", "Replied, confidential";
        Answered = "answered", "answered", "直接答复", "Answered";
        AnsweredDiscreet = "answered_discreet", "answered_discreet", "直接答复（保密件）", "Answered, confidential";
        Extended = "extended", "extended", "延期告知", "More time";
        Redone = "redone", "redone", "重办告知", "Handled again";
        RedoneUndated = "redone_undated", "redone_undated", "重办告知（无期限）", "Handled again, no date";
        Declined = "declined", "declined", "不予受理告知", "Declined";
        DeclinedDiscreet = "declined_discreet", "declined_discreet", "不予受理告知（保密件）", "Declined, confidential";
        Withdrawn = "withdrawn", "withdrawn", "撤回告知", "Withdrawn";
        Suspended = "suspended", "suspended", "挂起告知", "Suspended";
        Promised = "promised", "promised", "阶段答复告知", "Interim reply";
        PromisedDiscreet = "promised_discreet", "promised_discreet", "阶段答复告知（保密件）", "Interim reply, confidential";
        Terminated = "terminated", "terminated", "终止办理告知", "Terminated";
        TerminatedDiscreet = "terminated_discreet", "terminated_discreet", "终止办理告知（保密件）", "Terminated, confidential";
        Transferred = "transferred", "transferred", "转接移交告知", "Handed over";
        TransferredDiscreet = "transferred_discreet", "transferred_discreet", "转接移交告知（保密件）", "Handed over, confidential";
        SameMatter = "same_matter", "same_matter", "不重新打开告知", "Not opened again";
        SameMatterDiscreet = "same_matter_discreet", "same_matter_discreet", "不重新打开告知（保密件）", "Not opened again, confidential";
        Questionnaire = "questionnaire", "questionnaire", "短信评价邀请", "Questionnaire";
        Merged = "merged", "merged", "并案告知", "Handled together";
        Split = "split", "split", "单独办理告知", "Handled on its own again";
        Outcome = "outcome", "outcome", "办件办结告知", "Outcome of an application";
        OutcomeLicence = "outcome_licence", "outcome_licence", "办件办结告知（有许可）", "Outcome of an application, with a licence";
        SignInCode = "sign_in_code", "sign_in_code", "市民登录验证码", "Sign-in code of a citizen";
        Received = "received", "received", "来信回执", "Message received";
        MandateApproved = "mandate_approved", "mandate_approved", "代单位办事：已批准", "Acts for an organisation: approved";
        MandateRefused = "mandate_refused", "mandate_refused", "代单位办事：不同意", "Acts for an organisation: refused";
        MandateEnded = "mandate_ended", "mandate_ended", "代单位办事：已终止", "Acts for an organisation: ended";
        Relayed = "relayed", "relayed", "承办单位来信", "Words of a unit";
        WishDone = "wish_done", "wish_done", "个人信息申请：已办理", "Request about own data: done";
        WishRefused = "wish_refused", "wish_refused", "个人信息申请：不同意", "Request about own data: refused";
        StaffAssigned = "staff_assigned", "staff_assigned", "工作提醒：新承办件", "To staff: new assignment";
        StaffAsked = "staff_asked", "staff_asked", "工作提醒：待裁定申请", "To staff: asks for a ruling";
        StaffRuled = "staff_ruled", "staff_ruled", "工作提醒：申请已裁定", "To staff: ruled on";
        StaffSupervised = "staff_supervised", "staff_supervised", "工作提醒：督办单", "To staff: a directive";
        StaffJoined = "staff_joined", "staff_joined", "工作提醒：并入新的诉求", "To staff: another voice";
        StaffReturned = "staff_returned", "staff_returned", "工作提醒：答复被退回", "To staff: reply returned";
        StaffHandedOver = "staff_handed_over", "staff_handed_over", "工作提醒：由我负责的承办件", "To staff: handed over to me";
        StaffBelow = "staff_below", "staff_below", "工作提醒：下级已反馈或上退", "To staff: from a unit below";
        StaffUrged = "staff_urged", "staff_urged", "工作提醒：诉求人催办", "To staff: urged";
        StaffWrote = "staff_wrote", "staff_wrote", "工作提醒：诉求人来信", "To staff: the citizen wrote";
        StaffNear = "staff_near", "staff_near", "工作提醒：临期", "To staff: the deadline is near";
        StaffOverdue = "staff_overdue", "staff_overdue", "工作提醒：承办件超期", "To staff: overdue";
        StaffRedList = "staff_red_list", "staff_red_list", "工作提醒：每日红灯清单", "To leaders: the day's red list";
        StaffCritical = "staff_critical", "staff_critical", "工作提醒：特急工单", "To leaders: a critical ticket";
        StaffGroup = "staff_group", "staff_group", "工作提醒：群体诉求", "To leaders: many people about one event";
        StaffPromised = "staff_promised", "staff_promised", "工作提醒：承诺日期临近", "To staff: a promised day is near";
        StaffMentioned = "staff_mentioned", "staff_mentioned", "工作提醒：备注提到我", "To staff: named in a note";
        StaffGoesOn = "staff_goes_on", "staff_goes_on", "工作提醒：挂起或跟踪到期", "To staff: the work goes on";
        StaffAlarm = "staff_alarm", "staff_alarm", "工作提醒：超时报警", "To the centre: what waits too long";
        StaffPlanned = "staff_planned", "staff_planned", "工作提醒：任务排程", "To staff: planned for me";
        StaffPlanChanged = "staff_plan_changed", "staff_plan_changed", "工作提醒：排程变更", "To staff: my plan has changed";
        StaffTask = "staff_task", "staff_task", "工作提醒：办件新任务", "To staff: a task of an approval";
        StaffSentBack = "staff_sent_back", "staff_sent_back", "工作提醒：办件退回", "To staff: an approval came back";
        StaffCorrected = "staff_corrected", "staff_corrected", "工作提醒：办件已补正", "To staff: a correction came in";
        StaffDecided = "staff_decided", "staff_decided", "工作提醒：办件已办结", "To staff: an approval is decided";
        StaffDue = "staff_due", "staff_due", "工作提醒：办件任务临期", "To staff: a task is due soon";
        StaffPostFrozen = "staff_post_frozen", "staff_post_frozen", "工作提醒：岗位已冻结", "To staff: a post is frozen";
        StaffRuleToRead = "staff_rule_to_read", "staff_rule_to_read", "工作提醒：规则变更待阅知", "To staff: a rule to read";
        StaffViewsCounted = "staff_views_counted", "staff_views_counted", "工作提醒：订阅的视图", "To staff: views that they follow";
        StaffViewsBroken = "staff_views_broken", "staff_views_broken", "工作提醒：订阅的视图已不能用", "To staff: a view that they follow is gone";
        StaffReportMade = "staff_report_made", "staff_report_made", "工作提醒：报表已生成", "To staff: a report was made";
        StaffFigureWarned = "staff_figure_warned", "staff_figure_warned", "工作提醒：统计预警", "To staff: a warning of figures";
        StaffDataDecided = "staff_data_decided", "staff_data_decided", "工作提醒：数据申请已审批", "To staff: a request for data was decided";
        StaffWished = "staff_wished", "staff_wished", "工作提醒：个人信息申请", "To staff: a citizen's request about own data";
        StaffUpset = "staff_upset", "staff_upset", "工作提醒：差评待处理", "To staff: a bad rating";
        StaffPressed = "staff_pressed", "staff_pressed", "工作提醒：领导催办", "To staff: urged by a leader";
        StaffIncomplete = "staff_incomplete", "staff_incomplete", "工作提醒：工单退回补充", "To staff: back to intake";
        StaffPlatformBehind = "staff_platform_behind", "staff_platform_behind", "工作提醒：对接平台推送失败", "To staff: a linked platform was not told";
    }
}

impl MessageCode {
    /// The variables that its text may have.
    pub const fn offers(self) -> &'static [&'static str] {
        match self {
            Self::Accepted => &["no", "code", "link"],
            Self::Dispatched => &["no", "unit", "day", "link"],
            Self::DispatchedUndated => &["no", "unit", "link"],
            Self::DispatchedDiscreet
            | Self::Extended
            | Self::Redone
            | Self::Suspended
            | Self::PromisedDiscreet => &["no", "day", "link"],
            Self::Promised => &["no", "day", "words", "link"],
            Self::Transferred | Self::Relayed => &["no", "unit", "words", "link"],
            Self::SameMatter => &["no", "words", "link"],
            Self::DispatchedDiscreetUndated
            | Self::RepliedDiscreet
            | Self::AnsweredDiscreet
            | Self::RedoneUndated
            | Self::DeclinedDiscreet
            | Self::TerminatedDiscreet
            | Self::TransferredDiscreet
            | Self::SameMatterDiscreet
            | Self::Merged
            | Self::Split
            | Self::Withdrawn => &["no", "link"],
            Self::Replied => &["no", "reply", "link"],
            Self::Answered => &["no", "answer", "link"],
            Self::Declined | Self::Terminated => &["no", "reason", "explanation", "link"],
            Self::Questionnaire => &["no", "day", "address"],
            Self::Outcome => &["no", "title"],
            Self::OutcomeLicence => &["no", "title", "licence"],
            Self::SignInCode => &["code", "minutes"],
            Self::Received => &["no", "day"],
            Self::MandateApproved => &["organisation", "day", "link"],
            Self::MandateRefused | Self::MandateEnded => &["organisation", "reason", "link"],
            Self::WishDone => &["no", "wish", "link"],
            Self::WishRefused => &["no", "wish", "reason", "link"],
            Self::StaffAssigned
            | Self::StaffAsked
            | Self::StaffRuled
            | Self::StaffSupervised
            | Self::StaffJoined
            | Self::StaffReturned
            | Self::StaffHandedOver
            | Self::StaffBelow
            | Self::StaffUrged
            | Self::StaffWrote
            | Self::StaffNear
            | Self::StaffOverdue
            | Self::StaffCritical
            | Self::StaffGroup
            | Self::StaffPromised
            | Self::StaffMentioned
            | Self::StaffGoesOn
            | Self::StaffTask
            | Self::StaffSentBack
            | Self::StaffCorrected
            | Self::StaffDecided
            | Self::StaffDue
            | Self::StaffPostFrozen
            | Self::StaffPlanned
            | Self::StaffPlanChanged
            | Self::StaffViewsCounted
            | Self::StaffViewsBroken
            | Self::StaffRuleToRead
            | Self::StaffDataDecided
            | Self::StaffWished
            | Self::StaffUpset
            | Self::StaffPressed
            | Self::StaffIncomplete
            | Self::StaffPlatformBehind
            | Self::StaffFigureWarned
            | Self::StaffReportMade => &["no"],
            Self::StaffRedList | Self::StaffAlarm => &["no", "count"],
        }
    }

    /// The variables that its text must have: what the reader learns nowhere else.
    pub const fn needs(self) -> &'static [&'static str] {
        match self {
            Self::Accepted => &["no", "code"],
            Self::SignInCode => &["code"],
            Self::Questionnaire => &["no", "address"],
            Self::MandateApproved | Self::MandateRefused | Self::MandateEnded => &["organisation"],
            Self::OutcomeLicence => &["no", "licence"],
            _ => &["no"],
        }
    }

    /// The text that is shipped.
    #[allow(clippy::too_many_lines, reason = "a table: a text a message")]
    pub const fn shipped(self) -> Text {
        match self {
            Self::Accepted => text(
                "您的诉求已受理，工单编号{no}，查询码{code}。进度查询：{link} 。查询码请勿告知他人。",
                "Your request was accepted: ticket {no}, query code {code}. Follow it at {link} and keep the code to yourself.",
            ),
            Self::Dispatched => text(
                "工单{no}已转{unit}办理，预计{day}前答复您。",
                "Ticket {no} went to {unit}; you get an answer by {day}.",
            ),
            Self::DispatchedUndated => text(
                "工单{no}已转{unit}办理，办理结果将及时答复您。",
                "Ticket {no} went to {unit}; you get an answer when it is done.",
            ),
            Self::DispatchedDiscreet => text(
                "工单{no}已转承办单位办理，预计{day}前答复您。",
                "Ticket {no} went to the unit in charge; you get an answer by {day}.",
            ),
            Self::DispatchedDiscreetUndated => text(
                "工单{no}已转承办单位办理，办理结果将及时答复您。",
                "Ticket {no} went to the unit in charge; you get an answer when it is done.",
            ),
            Self::Replied => text(
                "工单{no}已有答复：{reply} 请凭查询码查看全文并评价：{link}",
                "Ticket {no} has a reply: {reply} Read all of it and rate it with your query code: {link}",
            ),
            Self::RepliedDiscreet => text(
                "工单{no}已有答复，请凭查询码查看并评价：{link}",
                "Ticket {no} has a reply; read and rate it with your query code: {link}",
            ),
            Self::Answered => text(
                "工单{no}已答复：{answer} 请凭查询码评价：{link}",
                "Ticket {no} was answered: {answer} Rate it with your query code: {link}",
            ),
            Self::AnsweredDiscreet => text(
                "工单{no}已答复，请凭查询码查看并评价：{link}",
                "Ticket {no} was answered; read and rate it with your query code: {link}",
            ),
            Self::Extended => text(
                "工单{no}情况较复杂，经批准延长办理时间，预计{day}前答复您。",
                "Ticket {no} needs more time, which was granted; you get an answer by {day}.",
            ),
            Self::Redone => text(
                "工单{no}已交原承办单位重新办理，预计{day}前答复您。",
                "Ticket {no} is handled again by the same unit; you get an answer by {day}.",
            ),
            Self::RedoneUndated => text(
                "工单{no}已交原承办单位重新办理。",
                "Ticket {no} is handled again by the same unit.",
            ),
            Self::Declined => text(
                "工单{no}不予受理。原因：{reason}。{explanation}",
                "Ticket {no} was declined. Reason: {reason}. {explanation}",
            ),
            Self::DeclinedDiscreet => text(
                "工单{no}不予受理，原因请凭查询码查看：{link}",
                "Ticket {no} was declined; read why with your query code: {link}",
            ),
            Self::Withdrawn => text(
                "工单{no}已按您的要求撤回。",
                "Ticket {no} was withdrawn as you asked.",
            ),
            Self::Suspended => text(
                "工单{no}需等待有关事项，暂停计时，预计{day}恢复办理。详情请凭查询码查看：{link}",
                "Ticket {no} has to wait and goes on on {day}. Read why with your query code: {link}",
            ),
            Self::Promised => text(
                "工单{no}阶段答复：{words} 承诺{day}前办结。",
                "Ticket {no}, interim reply: {words} It is promised by {day}.",
            ),
            Self::PromisedDiscreet => text(
                "工单{no}已有阶段答复，承诺{day}前办结，请凭查询码查看：{link}",
                "Ticket {no} has an interim reply and is promised by {day}; read it with your query code: {link}",
            ),
            Self::Terminated => text(
                "工单{no}已终止办理。原因：{reason}。{explanation}",
                "Ticket {no} was terminated. Reason: {reason}. {explanation}",
            ),
            Self::TerminatedDiscreet => text(
                "工单{no}已终止办理，原因请凭查询码查看：{link}",
                "Ticket {no} was terminated; read why with your query code: {link}",
            ),
            Self::Transferred => text(
                "工单{no}已转接{unit}。{words}",
                "Ticket {no} was handed over to {unit}. {words}",
            ),
            Self::TransferredDiscreet => text(
                "工单{no}已转有关机构处理，请凭查询码查看：{link}",
                "Ticket {no} was handed over to the body in charge; read more with your query code: {link}",
            ),
            Self::SameMatter => text(
                "您申请重新打开的工单{no}经核为同一事项，结果此前已告知。{words}",
                "Ticket {no}, which you asked to open again, is the same matter of which you know the result. {words}",
            ),
            Self::SameMatterDiscreet => text(
                "您申请重新打开的工单{no}已有结论，请凭查询码查看：{link}",
                "It was decided whether ticket {no} is opened again; read it with your query code: {link}",
            ),
            Self::Questionnaire => text(
                "工单{no}已办理，请在{day}前评价，无需登录，点开即填：{address}",
                "Ticket {no} was handled. Please rate it by {day}; no sign-in is needed: {address}",
            ),
            Self::Merged => text(
                "工单{no}与他人反映的同一事项一并办理，办结后单独答复您。进度查询：{link}",
                "Ticket {no} is handled together with others about the same; you get your own answer when it is done: {link}",
            ),
            Self::Split => text(
                "工单{no}改为单独办理，结果将及时答复您。进度查询：{link}",
                "Ticket {no} is handled on its own from now on: {link}",
            ),
            Self::Outcome => text(
                "您申请的“{title}”（{no}）已办结。",
                "Your application “{title}” ({no}) is done.",
            ),
            Self::OutcomeLicence => text(
                "您申请的“{title}”（{no}）已办结，许可编号 {licence}。",
                "Your application “{title}” ({no}) is done; the licence is {licence}.",
            ),
            Self::SignInCode => text(
                "登录验证码{code}，{minutes}分钟内有效，只能用一次。如非本人操作请忽略，切勿告诉他人。",
                "Your sign-in code is {code}, good for {minutes} minutes and once. If you did not ask for it, ignore it; tell it to nobody.",
            ),
            Self::Received => text(
                "您{day}的来信已收到，收件编号{no}，工作人员会尽快查看。本消息为自动回复，请勿回复。",
                "Your message of {day} has come in as {no}, and somebody will read it soon. This answer was sent by itself; please do not reply to it.",
            ),
            Self::MandateApproved => text(
                "您代“{organisation}”办事的申请已批准，有效期至{day}。提交诉求时可以选择代该单位提交。",
                "You may act for “{organisation}” until {day}; choose it when you file a request.",
            ),
            Self::MandateRefused => text(
                "您代“{organisation}”办事的申请没有批准。原因：{reason} 查看：{link}",
                "You may not act for “{organisation}”. Reason: {reason} See {link}",
            ),
            Self::MandateEnded => text(
                "您代“{organisation}”办事的资格已终止。原因：{reason} 查看：{link}",
                "You no longer act for “{organisation}”. Reason: {reason} See {link}",
            ),
            Self::Relayed => text(
                "您的诉求{no}由{unit}办理，承办单位告诉您：{words} 请勿回复本短信，查看进度：{link}",
                "{unit}, which handles your request {no}, writes: {words} Please do not reply to this message; see how it goes at {link}",
            ),
            Self::WishDone => text(
                "您对诉求{no}提出的个人信息{wish}申请已办理。查看：{link}",
                "What you asked for about your data in request {no} ({wish}) is done. See {link}",
            ),
            Self::WishRefused => text(
                "您对诉求{no}提出的个人信息{wish}申请没有同意。原因：{reason} 查看：{link}",
                "What you asked for about your data in request {no} ({wish}) was refused. Reason: {reason} See {link}",
            ),
            Self::StaffAssigned => text(
                "工单{no}派给了您的单位，请及时签收。",
                "Ticket {no} came to your unit; please sign for it.",
            ),
            Self::StaffAsked => text(
                "工单{no}的承办单位提出了申请，请裁定。",
                "A unit asks for a ruling about ticket {no}.",
            ),
            Self::StaffRuled => text(
                "您单位就工单{no}提出的申请已有裁定。",
                "What your unit asked for about ticket {no} was ruled on.",
            ),
            Self::StaffSupervised => text(
                "工单{no}有督办单，请单位负责人按期答复。",
                "A directive about ticket {no} waits for the answer of the unit's leader.",
            ),
            Self::StaffJoined => text(
                "工单{no}并入了新的诉求，请一并办理、答复。",
                "Another complaint was merged into ticket {no}; please answer it as well.",
            ),
            Self::StaffReturned => text(
                "工单{no}的答复被退回，请按意见修改。",
                "The reply to ticket {no} came back; please look at what has to change.",
            ),
            Self::StaffHandedOver => text(
                "工单{no}的承办件移交给您负责。",
                "You are responsible now for your unit's part of ticket {no}.",
            ),
            Self::StaffBelow => text(
                "工单{no}下派的单位已反馈或上退，请处理。",
                "A unit below has answered about ticket {no}, or handed it up; please see to it.",
            ),
            Self::StaffUrged => text(
                "诉求人催办工单{no}。",
                "The citizen urges about ticket {no}.",
            ),
            Self::StaffWrote => text(
                "工单{no}的诉求人发来短信或邮件，请查看。",
                "The citizen of ticket {no} sent a message; please read it.",
            ),
            Self::StaffNear => text(
                "工单{no}快到办理期限。",
                "The deadline of ticket {no} is near.",
            ),
            Self::StaffOverdue => text(
                "工单{no}已超过办理期限。",
                "Ticket {no} is past its deadline.",
            ),
            Self::StaffRedList => text(
                "今日红灯清单：超期未办结{count}件，超期最久的是{no}，请督促办理。",
                "Red list of today: {count} past their deadline, the longest of them {no}. Please see that they are done.",
            ),
            Self::StaffAlarm => text(
                "超时报警：等待派单、审核或签收超时{count}件，等得最久的是{no}，请尽快处理。",
                "Overtime: {count} wait too long for dispatch, review or signing, the longest of them {no}. Please see to them.",
            ),
            Self::StaffPlanned => text(
                "工单{no}的办理任务已排给您，请查看排程。",
                "Work on ticket {no} is planned for you; please look at the plan.",
            ),
            Self::StaffPlanChanged => text(
                "工单{no}给您的排程有变更或已取消，请查看排程。",
                "What was planned for you on ticket {no} has changed or is taken back; please look at the plan.",
            ),
            Self::StaffCritical => text(
                "特急工单{no}已登记或改为特急，请关注。",
                "Ticket {no} is critical; please keep an eye on it.",
            ),
            Self::StaffGroup => text(
                "工单{no}的并案人数较多，可能是群体诉求，请关注。",
                "Many people have joined ticket {no}; please keep an eye on it.",
            ),
            Self::StaffPromised => text(
                "工单{no}向诉求人承诺的日期临近，请按期办结。",
                "The day that was promised about ticket {no} is near; please be done by then.",
            ),
            Self::StaffMentioned => text(
                "工单{no}的内部备注提到了您。",
                "An internal note about ticket {no} names you.",
            ),
            Self::StaffGoesOn => text(
                "工单{no}的挂起或跟踪已到期，请继续办理。",
                "Ticket {no} goes on; please take it up again.",
            ),
            Self::StaffTask => text(
                "办件{no}有任务等您办理。",
                "A task of approval {no} waits for you.",
            ),
            Self::StaffSentBack => text(
                "办件{no}退回给您，请按意见处理。",
                "Approval {no} came back to you; please look at what has to change.",
            ),
            Self::StaffCorrected => text(
                "办件{no}的补正材料已提交，请继续办理。",
                "What was lacking in approval {no} came in; please go on.",
            ),
            Self::StaffDecided => text(
                "您发起的办件{no}已办结。",
                "Approval {no}, which you filed, is decided.",
            ),
            Self::StaffDue => text(
                "办件{no}的任务快到期了。",
                "A task of approval {no} is due soon.",
            ),
            Self::StaffViewsCounted => text(
                "您订阅的视图（不含保密工单和举报）：{no}。请在“保存的视图”页（/views）打开。",
                "Views that you follow, without confidential tickets and tip-offs: {no}. Open them on the page Saved views (/views).",
            ),
            Self::StaffViewsBroken => text(
                "您订阅的视图已不能用：{no}（已删除、不再共享，或其中的字段已取消），已为您退订。请在“保存的视图”页（/views）查看、另存。",
                "You follow these views no longer: {no}. They were deleted, are not shared any more, or ask for a field that is gone. See the page Saved views (/views).",
            ),
            Self::StaffFigureWarned => text(
                "统计预警“{no}”有新的发现，请到“统计预警”页（/reports/warnings）查看、注明。",
                "The rule {no} about figures has found something; see the page Warnings of figures (/reports/warnings) and say what it is.",
            ),
            Self::StaffDataDecided => text(
                "您{no}提出的数据服务申请已审批，请到“数据服务申请”页查看；同意的请在截止日前领取，只能领取一次。",
                "Your request for data of {no} was decided; see the page Requests for data. What was agreed is taken once, before its day has passed.",
            ),
            Self::StaffWished => text(
                "诉求人就工单{no}申请更正或删除个人信息，请到“个人信息申请”页（/staff/wishes）处理。",
                "The citizen of ticket {no} asks for a correction or an erasure; see the page Requests about own data (/staff/wishes).",
            ),
            Self::StaffUpset => text(
                "已办结工单{no}收到差评，请联系诉求人并处理。",
                "Closed ticket {no} was rated badly; please call the citizen and see to it.",
            ),
            Self::StaffPressed => text(
                "中心领导催办工单{no}，请查看意见并加快办理。",
                "The centre's leaders urge about ticket {no}; please read what they say and see to it.",
            ),
            Self::StaffIncomplete => text(
                "工单{no}退回补充，请按意见补正后重新提交。",
                "Ticket {no} came back to be completed; please see what is missing and submit it again.",
            ),
            Self::StaffPlatformBehind => text(
                "账号变动多次推送到对接平台“{no}”没有成功，请到“对接平台”页（/staff/platforms）查看、再次推送。",
                "The linked platform {no} could not be told of an account; see the page Linked platforms (/staff/platforms) and push again.",
            ),
            Self::StaffRuleToRead => text(
                "规则有变更（{no}），请到“规则阅知”页阅读并确认。",
                "A rule has changed ({no}); please read what is new on the page Rules to read, and say that you have.",
            ),
            Self::StaffReportMade => text(
                "报表 {no} 已生成，请到“已存报表”页（/reports/kept/{no}）查看。",
                "The report {no} was made; it stands on the page Kept reports (/reports/kept/{no}).",
            ),
            Self::StaffPostFrozen => text(
                "您的{no}号岗位到期没有复核，已经冻结；仍需任职的，请联系安全管理员恢复。",
                "Your post no. {no} was not reviewed in time and is frozen; if you still need it, ask the security administrator.",
            ),
        }
    }
}

#[cfg(test)]
mod tests;
