//! Code lists of the ticket, `domain.md` section 2.
//! Not here: states (`state`), verbs (`verb`), open lists such as categories (data).
//! The stored code is the first literal, the JSON word the second.

codes! {
    /// How the request reached us (渠道).
    Channel {
        Phone = "01", "phone", "电话", "Phone";
        Web = "02", "web", "网站", "Website";
        MiniProgram = "03", "mini_program", "微信小程序", "WeChat mini program";
        WeChat = "04", "wechat", "微信公众号", "WeChat account";
        App = "05", "app", "苏服办APP", "Sufuban app";
        Weibo = "06", "weibo", "微博", "Weibo";
        Sms = "07", "sms", "短信", "Text message";
        Mail = "08", "mail", "邮件", "E-mail";
        Letter = "09", "letter", "来信", "Letter";
        Visit = "10", "visit", "来访", "Visit";
        Police110 = "11", "police_110", "110转办", "Handed over by 110";
        Province = "12", "province", "省平台转办", "Provincial platform";
        Local = "13", "local", "市县上报", "City or county report";
        GovCn = "14", "gov_cn", "中国政府网", "gov.cn";
        Inspection = "15", "inspection", "互联网+督查", "Internet plus inspection";
        Consumer12315 = "16", "consumer_12315", "12315", "12315";
        Transport12328 = "17", "transport_12328", "12328", "12328";
        Supervision = "18", "supervision", "监督一点通", "Supervision app";
        LeaderBoard = "19", "leader_board", "人民网领导留言板", "Leader message board";
        MayorMailbox = "20", "mayor_mailbox", "市长信箱", "Mayor's mailbox";
        Media = "21", "media", "媒体/政风热线", "Media";
        Grid = "22", "grid", "网格上报", "Grid report";
        Enterprise = "23", "enterprise", "一企来", "Enterprise desk";
        Other = "99", "other", "其他", "Other";
    }
}

codes! {
    /// What the citizen wants (诉求类型).
    RequestKind {
        Inquiry = "10", "inquiry", "咨询", "Inquiry";
        Help = "20", "help", "求助", "Help";
        Complaint = "30", "complaint", "投诉", "Complaint";
        TipOff = "40", "tip_off", "举报", "Tip-off";
        Suggestion = "50", "suggestion", "建议", "Suggestion";
        Praise = "60", "praise", "表扬", "Praise";
        Service = "70", "service", "办事服务", "Service request";
        Other = "90", "other", "其他", "Other";
    }
}

codes! {
    /// Who speaks (诉求人类别).
    SubjectType {
        Person = "1", "person", "个人", "Person";
        Enterprise = "2", "enterprise", "企业", "Enterprise";
        SelfEmployed = "3", "self_employed", "个体户", "Self-employed";
        Association = "4", "association", "社会组织", "Association";
        PublicBody = "5", "public_body", "机关事业单位", "Public body";
    }
}

codes! {
    /// Urgency (紧急程度).
    Urgency {
        Normal = "1", "normal", "一般", "Normal";
        Urgent = "2", "urgent", "紧急", "Urgent";
        Critical = "3", "critical", "特急", "Critical";
    }
}

codes! {
    /// The deadline light (红绿灯).
    Light {
        Green = "G", "green", "正常", "On time";
        Yellow = "Y", "yellow", "临期", "Due soon";
        Red = "R", "red", "超期", "Overdue";
    }
}

codes! {
    /// Unit of a time limit.
    LimitUnit {
        WorkingDays = "WD", "working_days", "工作日", "working days";
        WorkingHours = "WH", "working_hours", "工作小时", "working hours";
        Hours = "H", "hours", "小时", "hours";
        Minutes = "M", "minutes", "分钟", "minutes";
        WorkingMinutes = "WM", "working_minutes", "工作分钟", "working minutes";
    }
}

codes! {
    /// The share a unit has in a ticket.
    SlotRole {
        Lead = "L", "lead", "主办", "Lead";
        Assist = "A", "assist", "协办", "Assisting";
    }
}

codes! {
    /// Satisfaction (满意度); silence stays `Unrated` and is never counted as satisfied.
    Satisfaction {
        VerySatisfied = "5", "very_satisfied", "非常满意", "Very satisfied";
        Satisfied = "4", "satisfied", "满意", "Satisfied";
        FairlySatisfied = "3", "fairly_satisfied", "基本满意", "Fairly satisfied";
        Dissatisfied = "2", "dissatisfied", "不满意", "Dissatisfied";
        VeryDissatisfied = "1", "very_dissatisfied", "非常不满意", "Very dissatisfied";
        Unrated = "0", "unrated", "未评价", "Not rated";
        Unreachable = "9", "unreachable", "无法联系", "Could not be reached";
        Refused = "8", "refused", "拒绝评价", "Declined to rate";
    }
}

impl Satisfaction {
    /// Whether it is an answer from 1 to 5, the denominator of the satisfaction rate.
    pub const fn is_rated(self) -> bool {
        matches!(
            self,
            Self::VerySatisfied
                | Self::Satisfied
                | Self::FairlySatisfied
                | Self::Dissatisfied
                | Self::VeryDissatisfied
        )
    }

    /// Whether it counts as satisfied (≥ 3, `domain.md` 4.2).
    pub const fn is_satisfied(self) -> bool {
        matches!(
            self,
            Self::VerySatisfied | Self::Satisfied | Self::FairlySatisfied
        )
    }
}

codes! {
    /// The citizen's answer to "is it solved?" (解决情况).
    Solved {
        Yes = "1", "yes", "已解决", "Solved";
        Partly = "2", "partly", "部分解决", "Partly solved";
        No = "3", "no", "未解决", "Not solved";
        Untrue = "4", "untrue", "不属实", "Not true";
        Constrained = "5", "constrained", "受客观限制", "Not possible at present";
        Explained = "6", "explained", "解释说明", "Explained";
    }
}

codes! {
    /// Where a rating came from.
    RatingSource {
        Call = "1", "call", "人工回访", "Follow-up call";
        Web = "2", "web", "网络评价", "Web";
        Sms = "3", "sms", "短信评价", "Text message";
    }
}

codes! {
    /// How a follow-up was made (回访方式).
    VisitChannel {
        Call = "1", "call", "人工电话", "Call";
        Robot = "2", "robot", "智能语音", "Voice robot";
        Sms = "3", "sms", "短信", "Text message";
    }
}

codes! {
    /// What came of a follow-up call (回访结果).
    CallOutcome {
        Answered = "1", "answered", "已回访", "Answered";
        NoAnswer = "2", "no_answer", "无人接听", "No answer";
        WrongNumber = "3", "wrong_number", "号码有误", "Wrong number";
        Refused = "4", "refused", "拒绝回访", "Wants no call";
        Appointment = "5", "appointment", "另约时间", "Asks for another time";
    }
}

impl CallOutcome {
    /// Whether nobody could be spoken to: such tries count towards "could not be reached".
    pub const fn is_silent(self) -> bool {
        matches!(self, Self::NoAnswer | Self::WrongNumber)
    }
}

codes! {
    /// How a unit tries to reach the citizen (联系方式).
    ContactWay {
        Call = "1", "call", "电话", "Call";
        Visit = "2", "visit", "上门", "Visit";
        Message = "3", "message", "短信或网络消息", "Message";
        Site = "4", "site", "现场见面", "On site";
        /// Connected by the gateway, without the number.
        Bridge = "5", "bridge", "平台转接电话", "Call by the gateway";
    }
}

codes! {
    /// What a visit on site was (到场事由).
    SiteKind {
        Look = "1", "look", "现场查看", "A look";
        Mediation = "2", "mediation", "现场协调", "Mediation";
        Inspection = "3", "inspection", "执法检查", "Inspection";
        Enforcement = "4", "enforcement", "行政执法", "Enforcement";
    }
}

impl SiteKind {
    /// Whether two officers with certificates do it.
    pub const fn needs_two(self) -> bool {
        matches!(self, Self::Inspection | Self::Enforcement)
    }
}

codes! {
    /// Why nobody works on an open ticket for a time.
    Hold {
        Suspended = "S", "suspended", "挂起", "Suspended";
        Tracking = "T", "tracking", "承诺跟踪", "Tracked promise";
    }
}

codes! {
    /// Why a unit sends an assignment back (退单原因).
    ReturnReason {
        WrongRegion = "1", "wrong_region", "属地不符", "Wrong area";
        WrongDuty = "2", "wrong_duty", "职责不符", "Not the unit's duty";
        UnclearDuty = "3", "unclear_duty", "权属不清", "Responsibility unclear";
        OverlappingDuty = "4", "overlapping_duty", "职能交叉", "Duties overlap";
        IncompleteFacts = "5", "incomplete_facts", "信息不全", "Facts missing";
        Duplicate = "6", "duplicate", "重复件", "Duplicate";
        NotAcceptable = "7", "not_acceptable", "依法不受理", "Not acceptable by law";
    }
}

codes! {
    /// Why a request is declined at the gate (不予受理原因), `domain.md` 3.2.
    DeclineReason {
        Litigation = "NA01", "NA01", "应当或已经通过诉讼、仲裁、纪检监察、复议、信息公开等途径处理", "Belongs to court, arbitration, discipline, review or disclosure";
        Petition = "NA02", "NA02", "已进入信访渠道", "Already in the petition channel";
        Secrets = "NA03", "NA03", "涉及国家秘密、商业秘密、个人隐私或违背公序良俗", "Secrets, privacy or public morals";
        Concluded = "NA04", "NA04", "已依法办结且无新的事实理由", "Already concluded, no new fact";
        OutsideRegion = "NA05", "NA05", "不属于本行政区域", "Outside the region";
        OutsideDuty = "NA06", "NA06", "不属于政府职责范围", "Outside government duty";
        Emergency = "NA07", "NA07", "属于110、119、120、122紧急事项", "Belongs to an emergency line";
        Unclear = "NA08", "NA08", "内容不清且三次联系不上", "Unclear and not reachable after three tries";
        Malicious = "NA09", "NA09", "恶意骚扰、占用热线资源", "Malicious or harassing";
    }
}

codes! {
    /// Why a ticket closes without a follow-up call (免回访原因).
    ExemptReason {
        Anonymous = "1", "anonymous", "匿名诉求", "Anonymous";
        NoReply = "2", "no_reply", "诉求人要求不回复", "No reply wanted";
        AnsweredDirectly = "3", "answered_directly", "即时办结", "Answered directly";
        SampledOut = "4", "sampled_out", "抽样未抽中", "Not in the sample";
        Merged = "5", "merged", "随主件答复", "Answered with the leading ticket";
    }
}

codes! {
    /// What the unit found out about the facts (诉求属实).
    HandleResult {
        True = "1", "true", "属实", "True";
        PartlyTrue = "2", "partly_true", "部分属实", "Partly true";
        Untrue = "3", "untrue", "不属实", "Not true";
        BeyondDuty = "4", "beyond_duty", "超出职责", "Beyond the unit's duty";
    }
}

codes! {
    /// What a ticket is that goes into the bin (回收站原因).
    BinReason {
        Test = "T", "test", "测试工单", "A test";
        Mistake = "M", "mistake", "误登记", "Taken down by mistake";
        Garbage = "G", "garbage", "无效来件（骚扰、静音、误拨）", "No request: nuisance, silence, a wrong number";
    }
}

codes! {
    /// How a leader urges (领导催办方式).
    PressKind {
        Yellow = "Y", "yellow", "黄牌催办", "Yellow card";
        Red = "R", "red", "红牌催办", "Red card";
        Phone = "P", "phone", "电话催办", "By telephone";
    }
}

codes! {
    /// A step of seeing to a bad rating (差评处理).
    UpsetStep {
        Contact = "C", "contact", "联系诉求人", "The citizen was called";
        Verify = "V", "verify", "核实情况", "What was said was verified";
        Fix = "F", "fix", "整改", "It was put right";
        FeedBack = "B", "feed_back", "反馈结果", "The citizen was told";
        Settle = "S", "settle", "处理完毕", "The matter is settled";
    }
}
