//! Who is told of what, and how (告知矩阵, `domain.md` 3.5): a row an event, for the citizen or for people of the house. A city may switch one off or
//! choose another way for itself; what the law wants told cannot be switched off, nor left to mails alone.
//! Not here: the wording (`templates`), when something happens (the verbs), rungs of the ladder (`ladder`), what staff choose for themselves (`notice`).

use super::{cell, choices, of_pairs};
use crate::fault::{Check, Code};
use crate::notice::NoticeKind;
use crate::notification::About;
use crate::register::{Cells, Column, Kind, List, ListCode};
use crate::text::text;

codes! {
    /// Something of which somebody is told.
    ToldEvent {
        Accepted = "citizen_accepted", "citizen_accepted", "诉求人：已受理", "Citizen: accepted";
        Dispatched = "citizen_dispatched", "citizen_dispatched", "诉求人：已转办", "Citizen: passed to a unit";
        Extended = "citizen_extended", "citizen_extended", "诉求人：延期", "Citizen: more time";
        Suspended = "citizen_suspended", "citizen_suspended", "诉求人：挂起", "Citizen: suspended";
        Promised = "citizen_promised", "citizen_promised", "诉求人：阶段答复", "Citizen: interim reply";
        Replied = "citizen_replied", "citizen_replied", "诉求人：已答复", "Citizen: replied";
        Answered = "citizen_answered", "citizen_answered", "诉求人：直接答复", "Citizen: answered";
        Questionnaire = "citizen_questionnaire", "citizen_questionnaire", "诉求人：短信评价", "Citizen: questionnaire";
        Redone = "citizen_redone", "citizen_redone", "诉求人：重办", "Citizen: handled again";
        Declined = "citizen_declined", "citizen_declined", "诉求人：不予受理", "Citizen: declined";
        Terminated = "citizen_terminated", "citizen_terminated", "诉求人：终止办理", "Citizen: terminated";
        Transferred = "citizen_transferred", "citizen_transferred", "诉求人：转接移交", "Citizen: handed over";
        Merged = "citizen_merged", "citizen_merged", "诉求人：并案", "Citizen: handled together";
        Split = "citizen_split", "citizen_split", "诉求人：单独办理", "Citizen: handled on its own again";
        SameMatter = "citizen_same_matter", "citizen_same_matter", "诉求人：不重新打开", "Citizen: not opened again";
        Withdrawn = "citizen_withdrawn", "citizen_withdrawn", "诉求人：已撤回", "Citizen: withdrawn";
        Received = "citizen_received", "citizen_received", "来信人：收到来信", "Sender of a message: it has come in";
        StaffAssigned = "staff_assigned", "staff_assigned", "单位：新承办件", "Unit: new assignment";
        StaffReturned = "staff_returned", "staff_returned", "单位：答复被退回", "Unit: reply returned";
        StaffRuled = "staff_ruled", "staff_ruled", "单位：申请已裁定", "Unit: ruled on";
        StaffSupervised = "staff_supervised", "staff_supervised", "单位：督办单", "Unit: a directive";
        StaffBelow = "staff_below", "staff_below", "单位：下级已反馈或上退", "Unit: from a unit below";
        StaffUrged = "staff_urged", "staff_urged", "单位：诉求人催办", "Unit: urged by the citizen";
        StaffWrote = "staff_wrote", "staff_wrote", "单位：诉求人来信", "Unit: the citizen wrote";
        StaffJoined = "staff_joined", "staff_joined", "单位：并入新的诉求", "Unit: another voice";
        StaffPromised = "staff_promised", "staff_promised", "单位：承诺日期临近", "Unit: a promised day is near";
        StaffGoesOn = "staff_goes_on", "staff_goes_on", "单位：挂起或跟踪到期", "Unit: the work goes on";
        StaffAsked = "staff_asked", "staff_asked", "中心：待裁定申请", "Centre: asks for a ruling";
        StaffAlarm = "staff_alarm", "staff_alarm", "中心：超时报警", "Centre: what waits too long";
        LeaderRedList = "leader_red_list", "leader_red_list", "领导：每日红灯清单", "Leaders: the day's red list";
        LeaderCritical = "leader_critical", "leader_critical", "领导：特急工单", "Leaders: a critical ticket";
        LeaderGroup = "leader_group", "leader_group", "领导：群体诉求", "Leaders: many people about one event";
    }
}

codes! {
    /// How a citizen is told.
    ToldWay {
        Either = "either", "either", "短信，没有手机号的发邮件", "Text message, else mail";
        Both = "both", "both", "短信和邮件", "Text message and mail";
        Sms = "sms", "sms", "只发短信", "Text message only";
        Mail = "mail", "mail", "只发邮件", "Mail only";
    }
}

impl ToldEvent {
    /// What a message to a citizen tells; nothing of what is no matter of this list.
    pub const fn of_citizen(about: About) -> Option<Self> {
        Some(match about {
            About::Accepted => Self::Accepted,
            About::Dispatched => Self::Dispatched,
            About::Replied => Self::Replied,
            About::Answered => Self::Answered,
            About::Extended => Self::Extended,
            About::Redone => Self::Redone,
            About::Declined => Self::Declined,
            About::Withdrawn => Self::Withdrawn,
            About::Suspended => Self::Suspended,
            About::Promised => Self::Promised,
            About::Terminated => Self::Terminated,
            About::Transferred => Self::Transferred,
            About::Merged => Self::Merged,
            About::Split => Self::Split,
            About::SameMatter => Self::SameMatter,
            About::Questionnaire => Self::Questionnaire,
            About::Received => Self::Received,
            About::Outcome
            | About::Staff
            | About::SignInCode
            | About::Mandate
            | About::OwnData
            | About::Relayed
            | About::Called => {
                return None;
            }
        })
    }

    /// What a notice to people of the house tells; nothing of what the ladder, approvals and colleagues tell.
    pub const fn of_staff(kind: NoticeKind) -> Option<Self> {
        Some(match kind {
            NoticeKind::Assigned => Self::StaffAssigned,
            NoticeKind::Asked => Self::StaffAsked,
            NoticeKind::Ruled => Self::StaffRuled,
            NoticeKind::Supervised => Self::StaffSupervised,
            NoticeKind::Returned => Self::StaffReturned,
            NoticeKind::Below => Self::StaffBelow,
            NoticeKind::Urged => Self::StaffUrged,
            NoticeKind::Wrote => Self::StaffWrote,
            NoticeKind::Joined => Self::StaffJoined,
            NoticeKind::Promised => Self::StaffPromised,
            NoticeKind::GoesOn => Self::StaffGoesOn,
            NoticeKind::Alarm => Self::StaffAlarm,
            NoticeKind::RedList => Self::LeaderRedList,
            NoticeKind::Critical => Self::LeaderCritical,
            NoticeKind::Group => Self::LeaderGroup,
            NoticeKind::Near
            | NoticeKind::Overdue
            | NoticeKind::Task
            | NoticeKind::SentBack
            | NoticeKind::Corrected
            | NoticeKind::Decided
            | NoticeKind::Mentioned
            | NoticeKind::HandedOver
            | NoticeKind::Planned
            | NoticeKind::PlanChanged
            | NoticeKind::Due
            | NoticeKind::PostFrozen
            | NoticeKind::ViewsCounted
            | NoticeKind::ViewsBroken
            | NoticeKind::RuleToRead
            | NoticeKind::DataDecided
            | NoticeKind::Wished
            | NoticeKind::PlatformBehind
            | NoticeKind::Incomplete
            | NoticeKind::Pressed
            | NoticeKind::Upset
            | NoticeKind::FigureWarned
            | NoticeKind::ReportMade => return None,
        })
    }

    /// Whether the law wants it told: that a request was accepted or not, and what came of it.
    pub const fn is_by_law(self) -> bool {
        matches!(
            self,
            Self::Accepted
                | Self::Replied
                | Self::Answered
                | Self::Extended
                | Self::Declined
                | Self::Terminated
                | Self::Transferred
        )
    }

    /// Whether people of the house are told.
    pub const fn is_of_staff(self) -> bool {
        matches!(
            self,
            Self::StaffAssigned
                | Self::StaffReturned
                | Self::StaffRuled
                | Self::StaffSupervised
                | Self::StaffBelow
                | Self::StaffUrged
                | Self::StaffWrote
                | Self::StaffJoined
                | Self::StaffPromised
                | Self::StaffGoesOn
                | Self::StaffAsked
                | Self::StaffAlarm
                | Self::LeaderRedList
                | Self::LeaderCritical
                | Self::LeaderGroup
        )
    }
}

choices!(events, ToldEvent);
choices!(ways, ToldWay);

/// The list.
pub(super) static LIST: List = List {
    code: ListCode::Told,
    columns: &[
        Column::new("event", text("事项", "Event"), Kind::Choice(events))
            .key()
            .needed(),
        Column::new("on", text("告知", "Told"), Kind::Choice(crate::register::yes))
            .needed()
            .help(text(
                "受理、不予受理、移交、延期、答复和终止依法必须告知，不能停用",
                "Acceptance, declining, handing over, more time, answers and termination are told by law and cannot be switched off",
            )),
        Column::new("way", text("方式", "How"), Kind::Choice(ways)).help(text(
            "只对诉求人填写；单位和中心由各人在“提醒设置”里选。文字在“消息模板”里改",
            "Of citizens only; people of units and centres choose for themselves. The words stand in the message texts",
        )),
    ],
    has_supplements: true,
    is_nearest: true,
    needs_second: true,
    removable: true,
    check,
};

fn check(cells: &Cells, check: &mut Check) {
    let Some(event) = ToldEvent::parse(cell(cells, "event")) else {
        return;
    };
    let way = ToldWay::parse(cell(cells, "way"));
    if event.is_by_law() && cell(cells, "on") == "no" {
        check.add("on", Code::ToldByLaw);
    }
    if event.is_by_law() && matches!(way, Some(ToldWay::Sms | ToldWay::Mail)) {
        check.add("way", Code::ToldByLaw);
    }
    if event.is_of_staff() && way.is_some() {
        check.add("way", Code::InputCode);
    }
}

/// As everything is told without a row.
pub(super) fn shipped() -> Vec<Cells> {
    let row = |event: &ToldEvent| {
        let way = (!event.is_of_staff()).then(|| ToldWay::Either.to_string());
        of_pairs([
            ("event", Some(event.to_string())),
            ("on", Some("yes".to_owned())),
            ("way", way),
        ])
    };
    ToldEvent::ALL.iter().map(row).collect()
}

/// How citizens are told by a row; nothing where it is switched off. Without a row as shipped.
pub fn told_way(row: Option<&Cells>) -> Option<ToldWay> {
    let Some(cells) = row else {
        return Some(ToldWay::Either);
    };
    let way = ToldWay::parse(cell(cells, "way")).unwrap_or(ToldWay::Either);
    (cell(cells, "on") != "no").then_some(way)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(event: &str, on: &str, way: &str) -> Vec<Code> {
        let cells = of_pairs([
            ("event", Some(event.to_owned())),
            ("on", Some(on.to_owned())),
            ("way", Some(way.to_owned())),
        ]);
        let mut found = Check::default();
        check(&cells, &mut found);
        let fault = found.finish().err();
        fault.map_or_else(Vec::new, |fault| {
            fault.fields.iter().map(|field| field.code).collect()
        })
    }

    #[test]
    fn what_the_law_wants_told_cannot_be_switched_off() {
        assert_eq!(found("citizen_accepted", "no", ""), [Code::ToldByLaw]);
        assert_eq!(found("citizen_replied", "yes", "mail"), [Code::ToldByLaw]);
        assert!(found("citizen_replied", "yes", "both").is_empty());
        assert!(found("citizen_dispatched", "no", "sms").is_empty());
        assert!(found("staff_urged", "no", "").is_empty());
        assert_eq!(found("staff_urged", "yes", "sms"), [Code::InputCode]);
    }

    #[test]
    fn shipped_rows_pass_and_say_what_holds_without_them() {
        for row in shipped() {
            let mut found = Check::default();
            check(&row, &mut found);
            assert!(found.finish().is_ok(), "{row:?}");
            assert_eq!(told_way(Some(&row)), told_way(None), "{row:?}");
        }
        for about in About::ALL {
            let event = ToldEvent::of_citizen(*about);
            assert!(event.is_none_or(|event| !event.is_of_staff()), "{about}");
        }
        for kind in NoticeKind::ALL {
            let event = ToldEvent::of_staff(*kind);
            assert!(event.is_none_or(ToldEvent::is_of_staff), "{kind}");
        }
    }
}
