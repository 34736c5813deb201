//! The verbs on tickets, one file each: what it takes, from which states, what it asks, what of its fields go together, its place among the
//! buttons. Form and REST path, decoding, description, access row, button and refusals follow from it and are written nowhere else.
//! The word of a verb is the last part of its paths; one verb is one transaction (I3, I4). Not here: words (`text`), what a verb changes
//! (`services::tickets`), where it leads (the process definition), who holds a permission (`access::policy`).

use super::{AssignmentStatus, TicketState};
use crate::command::{Sent, Words};
use crate::fault::{Check, Code};
use crate::ticket::rules::length;
use crate::ticket::view::Acted;
use crate::verb::{Rest, Verbs};

pub use crate::verb::CaseVerb;

mod others;

codes! {
    /// A verb on a ticket or on one of its assignments.
    Verb {
        Register = "register", "register", "登记", "Register";
        Answer = "answer", "answer", "直接答复", "Answer directly";
        ThreeWay = "three-way", "three-way", "三方通话", "Three-way call";
        Decline = "decline", "decline", "不予受理", "Decline";
        ConfirmDecline = "confirm-decline", "confirm-decline", "裁定不予受理", "Rule on declining";
        Dispatch = "dispatch", "dispatch", "派单", "Dispatch";
        ReviewDispatch = "review-dispatch", "review-dispatch", "派单审核", "Review a dispatch";
        ToIntake = "to-intake", "to-intake", "退回补充", "Back to intake";
        Resubmit = "resubmit", "resubmit", "补充提交", "Complete and resubmit";
        Recall = "recall", "recall", "撤派改派", "Recall and redispatch";
        Sign = "sign", "sign", "签收", "Sign for";
        SendBack = "send-back", "send-back", "退单", "Send back";
        Rule = "rule", "rule", "裁定退单", "Rule on the return";
        Confer = "confer", "confer", "会商裁定", "Rule after a meeting";
        Endorse = "endorse", "endorse", "单位审批", "Endorse a request";
        Extend = "extend", "extend", "申请延期", "Ask for more time";
        RuleExtension = "rule-extension", "rule-extension", "裁定延期", "Rule on an extension";
        SuspendWork = "suspend", "suspend", "申请挂起", "Ask to suspend";
        RuleSuspension = "rule-suspension", "rule-suspension", "裁定挂起", "Rule on a suspension";
        ResumeWork = "resume", "resume", "恢复办理", "Resume";
        Interim = "interim", "interim", "申请阶段答复", "Propose an interim reply";
        RuleInterim = "rule-interim", "rule-interim", "审核阶段答复", "Rule on an interim reply";
        Terminate = "terminate", "terminate", "申请终止", "Ask to terminate";
        RuleTermination = "rule-termination", "rule-termination", "裁定终止", "Rule on a termination";
        Reopen = "reopen", "reopen", "申请重新打开", "Ask to reopen";
        RuleReopening = "rule-reopening", "rule-reopening", "裁定重新打开", "Rule on reopening";
        Contact = "contact", "contact", "联系诉求人", "Contact the citizen";
        Relay = "relay", "relay", "短信联系诉求人", "Write to the citizen";
        RecordSite = "record-site", "record-site", "现场记录", "Record a visit on site";
        PlaceCall = "place-call", "place-call", "电话联系诉求人（不见号码）", "Call without the number";
        Supervise = "supervise", "supervise", "督办", "Supervise";
        Press = "press", "press", "领导催办", "Urge as a leader";
        AnswerDirective = "answer-directive", "answer-directive", "答复督办单", "Answer a directive";
        JudgeDirective = "judge-directive", "judge-directive", "审结督办单", "Judge the answer to a directive";
        CancelDirective = "cancel-directive", "cancel-directive", "撤销督办单", "Cancel a directive";
        Merge = "merge", "merge", "并案", "Merge";
        Split = "split", "split", "拆分", "Split off";
        PrivateWords = "private-words", "private-words", "个别答复", "Words for one citizen";
        Link = "link", "link", "关联", "Link";
        Unlink = "unlink", "unlink", "取消关联", "Unlink";
        CorrectCitizen = "correct-citizen", "correct-citizen", "更正诉求人信息", "Correct the citizen";
        EraseCitizen = "erase-citizen", "erase-citizen", "删除诉求人信息", "Erase the citizen";
        Recycle = "recycle", "recycle", "放入回收站", "Recycle";
        Restore = "restore", "restore", "恢复", "Restore";
        NameAccused = "name-accused", "name-accused", "认定被举报单位", "Name the unit complained about";
        AskRuling = "ask-ruling", "ask-ruling", "申请考核认定", "Ask how it counts";
        AdviseRuling = "advise-ruling", "advise-ruling", "考核认定初审", "First opinion on how it counts";
        DecideRuling = "decide-ruling", "decide-ruling", "考核认定审定", "Decide how it counts";
        Transfer = "transfer", "transfer", "转接移交", "Hand over to another body";
        EnterReceipt = "enter-receipt", "enter-receipt", "登记移交回执", "Enter a receipt";
        AskDifficult = "ask-difficult", "ask-difficult", "申请列为疑难", "Ask for a hard case";
        RuleDifficult = "rule-difficult", "rule-difficult", "疑难会审裁定", "Rule on a hard case";
        SubAssign = "sub-assign", "sub-assign", "下派", "Sub-assign";
        TakeBack = "take-back", "take-back", "收回下派", "Take back";
        SetLimit = "set-limit", "set-limit", "调整下级时限", "Set the limit of a part";
        ReturnAnswer = "return-answer", "return-answer", "退回下级答复", "Return an answer";
        HandUp = "hand-up", "hand-up", "上退", "Hand up";
        AskAssistance = "ask-assistance", "ask-assistance", "会办", "Ask another unit to assist";
        Take = "take", "take", "接办", "Take";
        HandOver = "hand-over", "hand-over", "移交责任人", "Hand over";
        Plan = "plan", "plan", "排程", "Plan";
        Reply = "reply", "reply", "提交答复", "Send reply";
        UnitReview = "unit-review", "unit-review", "单位审核", "Unit review";
        Review = "review", "review", "办结审核", "Closing review";
        FollowUp = "follow-up", "follow-up", "回访", "Follow-up call";
        Appease = "appease", "appease", "差评处理", "See to a bad rating";
        Redo = "redo", "redo", "重办", "Redo";
        Close = "close", "close", "办结", "Close";
        Withdraw = "withdraw", "withdraw", "撤回", "Withdraw";
        Urge = "urge", "urge", "催办", "Urge";
        PhoneUrge = "phone-urge", "phone-urge", "电话催办", "Urge by telephone";
        Rate = "rate", "rate", "评价", "Rate";
        Reveal = "reveal", "reveal", "查看联系方式", "Reveal the citizen";
        Ring = "ring", "ring", "到期", "Time is up";
        Archive = "archive", "archive", "归档", "Archived";
        Serve = "serve", "serve", "系统办理", "Done by the system";
        Message = "message", "message", "收到消息", "Message received";
        Retry = "retry", "retry", "重试", "Retry";
        Skip = "skip", "skip", "跳过", "Skip";
        Migrate = "migrate", "migrate", "迁移版本", "Moved to another version";
        UndoMigration = "undo-migration", "undo-migration", "撤回迁移", "Move to another version undone";
        AddFile = "add-file", "add-file", "添加附件", "File added";
        RemoveFile = "remove-file", "remove-file", "移除附件", "File removed";
        Note = "note", "note", "内部备注", "Internal note";
        Receive = "receive", "receive", "收到来信", "Wrote to us";
    }
}

impl Verb {
    /// Whether the verb acts on one assignment and checks that assignment's version.
    pub const fn is_of_assignment(self) -> bool {
        matches!(self.descriptor().on, On::Assignment)
    }

    /// The verbs of the ticket's own work, each with its right, its states and its form.
    pub fn of_people() -> impl Iterator<Item = Self> {
        Self::ALL
            .iter()
            .copied()
            .filter(|verb| !verb.is_of_process())
    }

    /// Whether it is about a directive, of which the unit hears to which it was issued, and no other.
    pub const fn is_of_directive(self) -> bool {
        matches!(
            self,
            Self::Supervise | Self::AnswerDirective | Self::JudgeDirective | Self::CancelDirective
        )
    }

    /// Whether it is a file that came or went: the case stays as it was.
    pub const fn is_of_file(self) -> bool {
        matches!(self, Self::AddFile | Self::RemoveFile)
    }

    /// Whether it is an internal note: the case stays as it was, and not everybody reads it.
    pub const fn is_note(self) -> bool {
        matches!(self, Self::Note)
    }

    /// Whether its line may stand behind what an archive has sealed: it tells of the ticket and changes nothing of what is sealed. The citizen is no
    /// part of that.
    pub const fn is_behind_seal(self) -> bool {
        matches!(
            self,
            Self::Link | Self::Unlink | Self::Note | Self::EraseCitizen
        )
    }

    /// Whether the process itself writes it into the history, its owner who settles what stopped it, a file that came or went, a note, or a message that came in.
    pub const fn is_of_process(self) -> bool {
        matches!(
            self,
            Self::Ring
                | Self::Archive
                | Self::Serve
                | Self::Message
                | Self::Retry
                | Self::Skip
                | Self::Migrate
                | Self::UndoMigration
                | Self::AddFile
                | Self::RemoveFile
                | Self::Note
                | Self::Receive
        )
    }
}

/// What a verb is done to, and whose version it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// The ticket.
    Ticket,
    /// One unit's share of it.
    Assignment,
    /// The citizen's own ticket, by number and code; staff have no form for it.
    Own,
    /// Nothing that is there already, or nothing that changes: the road is the verb's own.
    Other,
}

/// The verbs on tickets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tickets {}

impl Verbs for Tickets {
    type Verb = Verb;
    type On = On;
    type State = TicketState;
    type Status = AssignmentStatus;
    type By = Never;
    type Acted = Acted;

    const PAGES: &'static str = "/tickets";

    fn form(on: On) -> &'static str {
        match on {
            On::Assignment => "/tickets/{id}/assignments/{assignment}",
            On::Ticket | On::Own | On::Other => "/tickets/{id}",
        }
    }

    fn rest(on: On) -> Rest {
        let (path, tag, of) = match on {
            On::Assignment => ("/assignments/{id}", "assignments", "assignment"),
            On::Ticket | On::Own | On::Other => ("/tickets/{id}", "verbs", "ticket"),
        };
        Rest { path, tag, of }
    }
}

/// Nothing beside right and reach is asked of who acts on a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Never {}

/// What is true of a verb on tickets.
pub type Descriptor = crate::verb::Descriptor<Tickets>;

/// A command of a verb on tickets.
pub trait TicketVerb: CaseVerb<Of = Tickets> {}

impl<V: CaseVerb<Of = Tickets>> TicketVerb for V {}

verbs! {
    Tickets Verb ticket_verbs;
    answer Answer,
    close Close,
    confirm_decline ConfirmDecline,
    decline Decline,
    dispatch Dispatch,
    extend Extend RuleExtension,
    follow_up FollowUp,
    life Contact SuspendWork RuleSuspension ResumeWork Interim RuleInterim Terminate RuleTermination Reopen RuleReopening Merge Split PrivateWords Transfer EnterReceipt AskDifficult RuleDifficult AskRuling AdviseRuling DecideRuling ReviewDispatch Link Unlink CorrectCitizen EraseCitizen NameAccused Relay PlaceCall ToIntake Resubmit Endorse Recycle Restore Press Appease ThreeWay RecordSite,
    parts SubAssign TakeBack SetLimit ReturnAnswer HandUp AskAssistance Take HandOver Plan,
    recall Recall,
    redo Redo,
    reply Reply,
    review Review,
    send_back SendBack Rule Confer,
    sign Sign,
    supervise Supervise AnswerDirective JudgeDirective CancelDirective,
    unit_review UnitReview,
    urge Urge PhoneUrge,
    withdraw Withdraw,
    ;
    rate Rate,
    ;
    ;
    Register => &others::REGISTER; LATER,
    Reveal => &others::REVEAL,
    Ring => &others::RING,
    Archive => &others::ARCHIVE,
    Serve => &others::SERVE,
    Message => &others::MESSAGE,
    Retry => &others::RETRY,
    Skip => &others::SKIP,
    Migrate => &others::MIGRATE,
    UndoMigration => &others::UNDO_MIGRATION,
    AddFile => &others::ADD_FILE,
    RemoveFile => &others::REMOVE_FILE,
    Note => &others::NOTE,
    Receive => &others::RECEIVE,
}

pub use self::parts::LIMIT_UNITS;
pub use self::reply::may_answer;

/// An opinion that is required unless the answer is yes.
fn opinion(sent: &Sent, check: &mut Check, answer: &str) {
    let given: Option<Option<Words<1, { length::REASON }>>> = sent.peek("opinion");
    if sent.peek::<bool>(answer) == Some(false) && given == Some(None) {
        check.add("opinion", Code::InputRequired);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::{Command, UnitCode};

    fn read<C: Command>(pairs: &[(&str, &str)]) -> Result<C, Vec<(String, Code)>> {
        let pairs: Vec<(String, String)> = pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let named = |fault: crate::fault::Fault| {
            let fields = fault.fields.into_iter();
            fields.map(|field| (field.field, field.code)).collect()
        };
        C::read(Sent::form(&pairs)).map_err(named)
    }

    #[test]
    fn a_verb_is_described_under_its_own_name() {
        for verb in Verb::ALL {
            let descriptor = verb.descriptor();
            assert_eq!(descriptor.verb, *verb);
            let asks_part = descriptor.on == On::Assignment || *verb == Verb::Recall;
            assert_eq!(!descriptor.statuses.is_empty(), asks_part, "{verb}");
            let fits_somewhere = !descriptor.states.is_empty();
            assert!(fits_somewhere || verb.is_of_process(), "{verb}");
        }
    }

    #[test]
    fn examples_are_taken() {
        fn taken<V: TicketVerb>() {
            let example: serde_json::Value = serde_json::from_str(V::EXAMPLE).expect("JSON");
            let fields = example.as_object().expect("an object").clone();
            let command = V::read(Sent::json(fields)).expect(V::NAME);
            assert_eq!(command.version().is_none(), !V::EXAMPLE.contains("version"));
        }
        macro_rules! each {
            ($($command:ident),+) => { $(taken::<$command>();)+ };
        }
        ticket_verbs!(each);
        taken::<Rate>();
    }

    #[test]
    fn all_that_is_wrong_is_told_at_once() {
        let wrong = read::<Reply>(&[
            ("version", "3"),
            ("contact_tries", "many"),
            ("public_reply", "短"),
            ("solved", "nonsense"),
        ])
        .expect_err("much is wrong");
        assert_eq!(
            wrong,
            [
                ("handling".to_owned(), Code::InputRequired),
                ("public_reply".to_owned(), Code::InputTooShort),
                ("fact_true".to_owned(), Code::InputRequired),
                ("solved".to_owned(), Code::InputCode),
                ("contacted".to_owned(), Code::InputRequired),
                ("contact_tries".to_owned(), Code::InputNumber),
            ]
        );
        let wrong = read::<Review>(&[("pass", "no")]).expect_err("two are missing");
        assert_eq!(
            wrong,
            [
                ("version".to_owned(), Code::InputRequired),
                ("opinion".to_owned(), Code::InputRequired)
            ]
        );
    }

    #[test]
    fn a_unit_ticked_twice_leads() {
        let command = read::<Dispatch>(&[
            ("version", "3"),
            ("lead", "A"),
            ("assisting", "A"),
            ("assisting", "B"),
        ])
        .expect("a lead is chosen");
        assert_eq!(command.lead.as_str(), "A");
        let assisting: Vec<&str> = command.assisting.iter().map(UnitCode::as_str).collect();
        assert_eq!(assisting, ["B"]);
        assert_eq!(command.version(), Some(3));
    }

    #[test]
    fn a_call_that_was_not_answered_has_no_answers() {
        let sent = [
            ("version", "1"),
            ("connected", "no"),
            ("solved", "yes"),
            ("staff_contacted", "yes"),
        ];
        let command = read::<FollowUp>(&sent).expect("readable");
        assert_eq!((command.solved, command.staff_contacted), (None, None));
        let wrong = read::<FollowUp>(&[("version", "1"), ("solved", "nonsense")]);
        assert_eq!(
            wrong.expect_err("two faults"),
            [
                ("connected".to_owned(), Code::InputRequired),
                ("solved".to_owned(), Code::InputCode)
            ]
        );
    }

    /// A whole command as a program sends it, with one thing changed; what is wrong with it.
    fn wrong<C: Command>(whole: &str, name: &str, value: serde_json::Value) -> Vec<Code> {
        let whole: serde_json::Value = serde_json::from_str(whole).expect("JSON");
        let mut fields = whole.as_object().expect("an object").clone();
        assert!(C::read(Sent::json(fields.clone())).is_ok(), "{whole}");
        fields.insert(name.to_owned(), value);
        let fault = C::read(Sent::json(fields)).err();
        let fields = fault.map(|fault| fault.fields).unwrap_or_default();
        fields.into_iter().map(|field| field.code).collect()
    }

    #[test]
    fn verbs_of_units_need_what_the_table_says() {
        let reply = r#"{"version": 1, "handling": "已现场核查并责令施工单位停止夜间作业，现已整改。", "public_reply": "您反映的夜间施工问题已经处理。",
            "fact_true": "true", "solved": "yes", "contacted": true, "contact_tries": 2}"#;
        let of = |name: &str, value: serde_json::Value| wrong::<Reply>(reply, name, value);
        assert_eq!(of("handling", "已处理".into()), [Code::InputTooShort]);
        assert_eq!(
            of("handling", "处".repeat(4_001).into()),
            [Code::InputTooLong]
        );
        assert_eq!(
            of(
                "handling",
                "\u{202e}现场核查并责令施工单位停止夜间作业，已整改。".into()
            ),
            [Code::InputCharacters]
        );
        assert_eq!(of("contacted", false.into()), [Code::InputNumber]);
        assert_eq!(of("solved", "no".into()), [Code::InputRequired]);
        let back = r#"{"version": 1, "reason": "wrong_duty", "explanation": "路灯由城市管理部门负责维护。", "basis": "市政府三定方案"}"#;
        assert_eq!(
            wrong::<SendBack>(back, "explanation", "不归我们".into()),
            [Code::InputTooShort]
        );
        assert_eq!(
            wrong::<SendBack>(back, "suggested_unit", "A/B".into()),
            [Code::InputUnit]
        );
        assert_eq!(
            wrong::<SendBack>(back, "basis", serde_json::Value::Null),
            [Code::InputRequired],
            "a row of the areas of responsibility, or what it relies on"
        );
        assert_eq!(
            wrong::<SendBack>(back, "duty", "A/B".into()),
            [Code::InputUnit]
        );
        let ruling = r#"{"version": 1, "uphold": true, "opinion": "维持"}"#;
        assert_eq!(
            wrong::<Rule>(ruling, "uphold", false.into()),
            [Code::InputRequired]
        );
        let parties = |all: &[&str]| wrong::<Confer>(Confer::EXAMPLE, "parties", all.into());
        assert_eq!(parties(&["甲", "乙", "甲"]), [Code::MeetingParties]);
        assert_eq!(parties(&[]), [Code::InputRequired]);
        assert_eq!(
            wrong::<Confer>(Confer::EXAMPLE, "uphold", false.into()),
            [Code::InputRequired]
        );
        let typed = read::<Confer>(&[
            ("version", "1"),
            ("held_on", "2026-03-02"),
            ("parties", "12345 中心\r\n市住建局\r\n市城管局、市城管局"),
            ("minutes", "三方查阅权责清单后一致认为属原承办单位职责。"),
            ("uphold", "yes"),
            ("to", "A"),
            ("opinion", "维持派单"),
        ])
        .expect("a party a line");
        let named: Vec<&str> = typed.parties.iter().map(|party| &**party).collect();
        assert_eq!(named, ["12345 中心", "市住建局", "市城管局"]);
        assert_eq!(typed.to, None);
        let recalled = r#"{"version": 1, "to": "B", "reason": "派错"}"#;
        assert_eq!(
            wrong::<Recall>(recalled, "to", "".into()),
            [Code::InputRequired]
        );
    }

    #[test]
    fn one_lead_that_is_not_among_the_assisting() {
        let dispatch = r#"{"version": 1, "lead": "A", "assisting": ["B"], "category": "010101"}"#;
        let of = |name: &str, value: serde_json::Value| wrong::<Dispatch>(dispatch, name, value);
        assert_eq!(of("lead", "".into()), [Code::InputRequired]);
        assert_eq!(of("lead", "B".into()), [Code::LeadAmongAssisting]);
        assert_eq!(
            of("assisting", serde_json::json!(["B", "B"])),
            [Code::InputUnit]
        );
        assert_eq!(of("assisting", serde_json::json!([1])), [Code::InputBody]);
        let many: Vec<String> = (0..21).map(|n| format!("U{n}")).collect();
        assert_eq!(of("assisting", many.into()), [Code::InputTooLong]);
        assert_eq!(of("category", "01'--".into()), [Code::InputCategory]);
    }

    #[test]
    fn an_enforcement_on_site_has_two_officers() {
        let visit = r#"{"version": 1, "site_kind": "enforcement", "visited_at": "2026-03-01T09:00:00+08:00", "officer": "李建国", "officer_no": "A-1", "second_officer": "王芳", "second_officer_no": "A-2", "found": "三楼屋面防水层破损约两平方米。"}"#;
        let of = |name: &str, value: serde_json::Value| wrong::<RecordSite>(visit, name, value);
        let none = serde_json::Value::Null;
        assert_eq!(of("second_officer_no", none), [Code::InputRequired]);
        assert_eq!(of("second_officer", "李建国".into()), [Code::SiteOfficers]);
        assert_eq!(of("second_officer_no", "A-1".into()), [Code::SiteOfficers]);
    }

    #[test]
    fn a_follow_up_has_all_four_answers_or_none() {
        let call = r#"{"version": 1, "connected": true, "staff_contacted": true, "report_true": true, "solved": "yes", "satisfaction": "refused"}"#;
        let of = |name: &str, value: serde_json::Value| wrong::<FollowUp>(call, name, value);
        assert_eq!(
            of("satisfaction", serde_json::Value::Null),
            [Code::InputRequired]
        );
        assert_eq!(of("satisfaction", "unrated".into()), [Code::InputCode]);
        assert_eq!(of("connected", false.into()), [Code::InputCode; 4]);
        let rate = r#"{"solved": "yes", "satisfaction": "very_dissatisfied"}"#;
        assert_eq!(
            wrong::<Rate>(rate, "satisfaction", "unrated".into()),
            [Code::InputCode]
        );
    }

    #[test]
    fn programs_send_types_and_no_names_of_their_own() {
        let json = |text: &str| {
            let value: serde_json::Value = serde_json::from_str(text).expect("JSON");
            let fields = value.as_object().expect("an object").clone();
            Review::read(Sent::json(fields)).map_err(|fault| {
                let fields = fault.fields.into_iter();
                fields.map(|it| (it.field, it.code)).collect::<Vec<_>>()
            })
        };
        assert!(json(r#"{"version": 1, "pass": true}"#).is_ok());
        assert_eq!(
            json(r#"{"version": "1", "pass": "yes", "by": 1}"#),
            Err(vec![
                ("by".to_owned(), Code::InputBody),
                ("version".to_owned(), Code::InputNumber),
                ("pass".to_owned(), Code::InputBody),
            ])
        );
    }
}
