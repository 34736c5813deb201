//! Forms of a ruling on how the ticket counts: the leader of the unit or the centre asks, the closing reviewer gives a first opinion, the centre's
//! leader decides; and of hard cases, on which a board votes. Not here: who may do what (services).
//! What was asked for, and the first opinion, stand in the form, so that nobody looks for them elsewhere.

use leptos::prelude::*;
use shared::application::{DifficultReason, RulingOn, RulingReason};
use shared::text::Text;
use shared::text::ticket::{difficult, ruling as words};
use shared::ticket::Verb;
use shared::ticket::rules::length;
use shared::ticket::view::ApplicationView;

use super::{Act, VerbForm};
use crate::components::form::{
    Check, ChoiceItem, Choices, Field, Select, SelectItem, SubmitButton, TextArea,
};
use crate::context::{say, use_locale};

/// The form of a verb of this stage.
pub fn form(act: &Act) -> Option<AnyView> {
    Some(match act.verb {
        Verb::AskRuling => ask(act),
        Verb::AdviseRuling => opinion(
            act,
            ("support", [words::SUPPORTS, words::OPPOSES]),
            (words::ADVISE_HELP, words::ADVISE_SEND),
        ),
        Verb::DecideRuling => opinion(
            act,
            ("grant", [words::GRANT, words::REFUSE]),
            (words::DECIDE_HELP, words::DECIDE_SEND),
        ),
        Verb::AskDifficult => ask_difficult(act),
        Verb::RuleDifficult => rule_difficult(act),
        _ => return None,
    })
}

fn ask_difficult(act: &Act) -> AnyView {
    let locale = use_locale();
    let reasons: Vec<SelectItem> = DifficultReason::ALL
        .iter()
        .map(|it| SelectItem::new(it.as_str(), it.label(locale)))
        .collect();
    view! {
        <VerbForm act=act.clone() help=difficult::ASK_HELP>
            <Select name="reason" items=Signal::stored(reasons)/>
            <Field name="until" label=difficult::UNTIL kind="date"/>
            <TextArea name="explanation" max=length::EXPLANATION as u32 rows=3/>
            <p><SubmitButton label=difficult::ASK_SEND class=""/></p>
        </VerbForm>
    }
    .into_any()
}

fn rule_difficult(act: &Act) -> AnyView {
    let items = vec![
        ChoiceItem::new("yes", difficult::GRANT),
        ChoiceItem::new("no", difficult::REFUSE),
    ];
    view! {
        <VerbForm act=act.clone() help=difficult::RULE_HELP>
            <Field name="held_on" kind="date"/>
            <TextArea name="agree" help=difficult::MEMBERS_HELP optional=true max=length::ADVICE as u32 rows=3/>
            <TextArea name="against" help=difficult::MEMBERS_HELP optional=true max=length::ADVICE as u32 rows=2/>
            <TextArea name="minutes" max=length::MINUTES as u32 rows=5/>
            <Choices name="grant" items layout="inline"/>
            <Field name="until" label=difficult::UNTIL help=difficult::UNTIL_HELP kind="date" optional=true/>
            <TextArea name="opinion" max=length::REASON as u32 rows=3/>
            <p><SubmitButton label=difficult::RULE_SEND/></p>
        </VerbForm>
    }
    .into_any()
}

fn ask(act: &Act) -> AnyView {
    let locale = use_locale();
    let kinds = RulingOn::ALL
        .iter()
        .map(|it| ChoiceItem::new(it.as_str(), it.text()))
        .collect();
    let reasons: Vec<SelectItem> = RulingReason::ALL
        .iter()
        .map(|it| SelectItem::new(it.as_str(), format!("{} {}", it.code(), it.label(locale))))
        .collect();
    view! {
        <VerbForm act=act.clone() help=words::ASK_HELP>
            <Choices name="ruling" items=kinds layout="inline"/>
            <Check name="revoke" label=words::REVOKE/>
            <Select name="reason" items=Signal::stored(reasons) help=words::REASON_HELP/>
            <TextArea name="explanation" max=length::EXPLANATION as u32 rows=3/>
            <TextArea name="legal_basis" optional=true max=length::REASON as u32 rows=2/>
            <p><SubmitButton label=words::ASK_SEND class=""/></p>
        </VerbForm>
    }
    .into_any()
}

/// The ruling that waits.
fn waiting(act: &Act) -> Option<ApplicationView> {
    let part = act.part.as_ref()?;
    let mut all = part.applications.iter();
    all.find(|it| it.ruling.is_some() && it.status.is_open())
        .cloned()
}

fn opinion(
    act: &Act,
    (name, [yes, no]): (&'static str, [Text; 2]),
    (help, send): (Text, Text),
) -> AnyView {
    let locale = use_locale();
    let items = vec![ChoiceItem::new("yes", yes), ChoiceItem::new("no", no)];
    let asked = waiting(act).map(|it| {
        let ruling = it.ruling.clone();
        let reason = ruling.as_ref().map(|it| it.reason.label(locale));
        let revokes = ruling.as_ref().is_some_and(|it| it.revokes);
        let advice = ruling.and_then(|it| it.advice);
        view! {
            <div class="decided">
                <p class="small-title">{it.sort.label(locale)} {revokes.then(|| view! { " · " {say(words::REVOKES)} })} {reason.map(|reason| view! { " · " {reason} })}</p>
                <p class="prose" lang="zh-CN">{it.explanation}</p>
                {advice.map(|advice| view! {
                    <p class="small-title">{say(words::ADVICE)}</p>
                    <p class="prose" lang="zh-CN">{advice}</p>
                })}
            </div>
        }
    });
    view! {
        <VerbForm act=act.clone() help=help>
            {asked}
            <Choices name=name items layout="inline"/>
            <TextArea name="opinion" max=length::REASON as u32 rows=3/>
            <p><SubmitButton label=send/></p>
        </VerbForm>
    }
    .into_any()
}
