//! Forms of the end: closing review, follow-up call with its four questions, redo, close, and a bad rating after it.
//! Not here: the citizen's own rating (`pages::citizen::rating`).
//! The four questions are asked each on its own (`domain.md` 0, item 3).

use leptos::prelude::*;
use shared::query::phrase::PhraseUse;
use shared::text::ticket;
use shared::text::ticket::appease;
use shared::ticket::Verb;
use shared::ticket::rules::length;
use shared::ticket::view::{ReplyView, TicketDetail};
use shared::ticket::{CallOutcome, ExemptReason, Satisfaction, Solved, UpsetStep, VisitChannel};

use super::checklist::Aid;
use super::unit::pass_or_back;
use super::{Act, Cause, VerbForm};
use crate::components::form::{
    ChoiceItem, Choices, Field, Phrases, Select, SelectItem, SubmitButton, TextArea, yes_no,
};
use crate::context::{say, use_locale};

/// The form of a verb of this stage.
pub fn form(act: &Act, detail: &TicketDetail) -> Option<AnyView> {
    Some(match act.verb {
        Verb::Review => review(act, detail),
        Verb::FollowUp => follow_up(act),
        Verb::Appease => appease(act),
        Verb::Redo => redo(act),
        Verb::Close => close(act, detail),
        _ => return None,
    })
}

fn review(act: &Act, detail: &TicketDetail) -> AnyView {
    let cycle = detail.row.cycle_no;
    // Answers of units below are in that of the unit above.
    let parts = detail
        .assignments
        .iter()
        .filter(|part| part.cycle_no == cycle && part.tree.parent.is_none());
    let replies: Vec<(String, ReplyView)> = parts
        .filter_map(|part| Some((part.unit.name.clone(), part.reply.clone()?)))
        .filter(|(_, reply)| reply.passed)
        .collect();
    let several = replies.len() > 1;
    let replies = replies
        .into_iter()
        .map(|(unit, reply)| (several.then_some(unit), reply))
        .collect();
    let words = (Some(ticket::REVIEW_HELP), ticket::REVIEW_SEND);
    pass_or_back(act, words, replies, (Aid::of(detail), true))
}

fn appease(act: &Act) -> AnyView {
    let steps = UpsetStep::ALL
        .iter()
        .map(|it| ChoiceItem::new(it.as_str(), it.text()))
        .collect();
    view! {
        <VerbForm act=act.clone() help=appease::HELP>
            <Choices name="upset" items=steps/>
            <TextArea name="note" label=appease::NOTE max=length::REASON as u32 rows=3/>
            <p><SubmitButton label=appease::SEND/></p>
        </VerbForm>
    }
    .into_any()
}

fn follow_up(act: &Act) -> AnyView {
    let locale = use_locale();
    let channels: Vec<SelectItem> = VisitChannel::ALL
        .iter()
        .map(|channel| SelectItem::new(channel.as_str(), channel.label(locale)))
        .collect();
    let connected = vec![
        ChoiceItem::new("yes", ticket::CALL_CONNECTED),
        ChoiceItem::with_help("no", ticket::CALL_NOT, ticket::CALL_NOT_HELP),
    ];
    let solved = Solved::ALL
        .iter()
        .map(|it| ChoiceItem::new(it.as_str(), it.text()))
        .collect();
    let satisfaction = Satisfaction::ALL
        .iter()
        .filter(|it| it.is_rated() || **it == Satisfaction::Refused)
        .map(|it| ChoiceItem::new(it.as_str(), it.text()))
        .collect();
    let outcomes: Vec<SelectItem> = CallOutcome::ALL
        .iter()
        .filter(|it| **it != CallOutcome::Answered)
        .map(|it| SelectItem::new(it.as_str(), it.label(locale)))
        .collect();
    let usual = VisitChannel::Call.as_str();
    view! {
        <VerbForm act=act.clone()>
            <Select name="channel" items=Signal::stored(channels) value=usual/>
            <Choices name="connected" items=connected layout="inline"/>
            <Select name="outcome" items=Signal::stored(outcomes) optional=true help=ticket::OUTCOME_HELP/>
            <Field name="appointed_at" kind="datetime-local" optional=true help=ticket::APPOINTED_HELP/>
            <p class="small-title">{say(ticket::CALL_QUESTIONS)}</p>
            <Choices name="staff_contacted" items=yes_no() layout="inline" optional=true/>
            <Choices name="report_true" items=yes_no() layout="inline" optional=true/>
            <Choices name="solved" items=solved layout="inline" optional=true/>
            <Choices name="satisfaction" items=satisfaction layout="inline" optional=true/>
            <TextArea name="opinion" optional=true max=length::EXPLANATION as u32 rows=3/>
            <Phrases name="opinion" purpose=PhraseUse::FollowUp/>
            <p><SubmitButton label=ticket::CALL_SEND/></p>
        </VerbForm>
    }
    .into_any()
}

fn redo(act: &Act) -> AnyView {
    let causes = act.clone();
    view! {
        <VerbForm act=act.clone() help=ticket::REDO_HELP>
            <Cause act=causes/>
            <TextArea name="reason" max=length::EXPLANATION as u32 rows=3/>
            <p><SubmitButton label=ticket::REDO_SEND/></p>
        </VerbForm>
    }
    .into_any()
}

fn close(act: &Act, detail: &TicketDetail) -> AnyView {
    let locale = use_locale();
    let followed_up = detail.follow_ups.iter().any(|call| call.connected);
    let exempt = (!followed_up).then(|| {
        let reason = ExemptReason::SampledOut;
        let items = vec![SelectItem::new(reason.as_str(), reason.label(locale))];
        view! { <Select name="exempt" items=Signal::stored(items) empty=ticket::CLOSE_USUAL optional=true/> }
    });
    view! {
        <VerbForm act=act.clone() help=ticket::CLOSE_HELP>
            {exempt}
            <p><SubmitButton label=ticket::CLOSE_SEND/></p>
        </VerbForm>
    }
    .into_any()
}
