//! What a ticket must be to be counted in a measure: small conditions of which every numerator and denominator is put together.
//! Not here: their SQL (`store::tickets::cells` compiles each once, for cells and lists alike), the measures (`catalogue`).
//! The words are what the catalogue prints, so that a formula in words is made of what is compiled.

codes! {
    /// A condition on a ticket. All measures leave out drafts and what was taken back.
    Is {
        Ended = "ended", "ended", "已办结或已归档", "closed or archived";
        Overdue = "overdue", "overdue", "未结且已过期限", "open and past the deadline now";
        NotMerged = "not_merged", "not_merged", "未并入他件", "not merged into another ticket";
        Valid = "valid", "valid", "未被不予受理、未撤回、未转外部平台", "neither declined, withdrawn nor handed to another platform";
        Phoned = "phoned", "phoned", "来自电话", "by phone";
        Repeated = "repeated", "repeated", "为重复诉求", "an earlier request made again";
        Urged = "urged", "urged", "有催办", "urged at least once";
        Difficult = "difficult", "difficult", "为疑难件", "a hard case";
        ThreeWay = "three_way", "three_way", "有三方通话", "with a three-way call";
        Assessed = "assessed", "assessed", "未认定不计入考核", "not ruled to be not counted";
        NotAssessed = "not_assessed", "not_assessed", "已认定不计入考核", "ruled to be not counted";
        Undispatched = "undispatched", "undispatched", "未经派单", "never dispatched";
        Dispatched = "dispatched", "dispatched", "已派单", "dispatched";
        Redone = "redone", "redone", "办理轮次在一次以上", "handled more than once";
        LeadDue = "lead_due", "lead_due", "主办件已到期", "the lead assignment's deadline has come";
        LeadInTime = "lead_in_time", "lead_in_time", "主办件按期答复", "the lead assignment was answered by its deadline";
        LeadLate = "lead_late", "lead_late", "主办件逾期答复或未答复", "the lead assignment was answered late or not at all";
        Extended = "extended", "extended", "主办件曾获延期", "a lead assignment was extended";
        SignDue = "sign_due", "sign_due", "主办件签收期限已到（期限前撤派、退回的除外）", "a lead assignment's time to sign has come, unless it ended before";
        SignedInTime = "signed_in_time", "signed_in_time", "各主办件均按时签收", "every such lead assignment was signed for in time";
        ContactDue = "contact_due", "contact_due", "主办件首次联系期限已到", "a lead assignment's time for the first contact has come";
        ContactedInTime = "contacted_in_time", "contacted_in_time", "各主办件均按时联系", "in every such lead assignment the citizen was contacted in time";
        Signed = "signed", "signed", "有主办件已签收", "a lead assignment was signed for";
        SendBackAsked = "send_back_asked", "send_back_asked", "有已裁定的退单申请", "a send-back was asked for and decided";
        SentBack = "sent_back", "sent_back", "有获准的退单", "a send-back was granted";
        SendBackRefused = "send_back_refused", "send_back_refused", "有被驳回的退单", "a send-back was refused";
        NotMisdirected = "not_misdirected", "not_misdirected", "没有因属地或职责不符获准的退单", "no send-back was granted for a wrong area or duty";
        Supervised = "supervised", "supervised", "曾被督办", "a directive was issued about it";
        Replied = "replied", "replied", "已派单并已答复", "dispatched and answered";
        Rated = "rated", "rated", "最近一次评价为一至五级", "rated 1 to 5, the latest rating";
        Satisfied = "satisfied", "satisfied", "基本满意及以上", "fairly satisfied or better";
        WellSatisfied = "well_satisfied", "well_satisfied", "满意及以上", "satisfied or better";
        FirstRated = "first_rated", "first_rated", "首次评价为一至五级", "rated 1 to 5, the first rating";
        FirstSatisfied = "first_satisfied", "first_satisfied", "首次评价基本满意及以上", "fairly satisfied or better at first";
        SaidWhetherSolved = "said_whether_solved", "said_whether_solved", "诉求人答复了是否解决", "the citizen has said whether it is solved";
        Solved = "solved", "solved", "诉求人称已解决", "solved in the citizen's own words";
    }
}

codes! {
    /// The moment that puts a ticket into a period.
    Anchor {
        Accepted = "accepted", "accepted", "受理时间", "time of acceptance";
        Due = "due", "due", "主办件到期时间", "deadline of the lead assignment";
        Dispatched = "dispatched", "dispatched", "首次派单时间", "time of the first dispatch";
        Replied = "replied", "replied", "答复时间", "time of the reply";
        Closed = "closed", "closed", "办结时间", "time of closing";
    }
}

codes! {
    /// What time is measured, by the clock on the wall.
    Took {
        Sign = "sign", "sign", "首次派单到首次签收", "first dispatch to first signing";
        Reply = "reply", "reply", "首次派单到答复", "first dispatch to reply";
        Close = "close", "close", "受理到办结", "acceptance to closing";
    }
}

codes! {
    /// The two numbers of a cell.
    Side {
        Numerator = "n", "n", "分子", "Numerator";
        Denominator = "d", "d", "分母", "Denominator";
    }
}

codes! {
    /// What a measure is given in.
    MeasureUnit {
        Tickets = "tickets", "tickets", "件", "tickets";
        Percent = "percent", "percent", "%", "percent";
        Hours = "hours", "hours", "小时", "hours";
    }
}
