//! Forms of a leader's urge and of a directive: the centre issues it, the unit's leader answers, the centre accepts the answer or cancels.
//! Not here: the directive itself (`pages::staff::directives`), who may do what (services).
//! The answer that is judged stands in the form, so that nobody looks for it elsewhere.

use leptos::prelude::*;
use shared::application::{ApplicationSort, DirectiveCause, DirectiveLevel};
use shared::text::directive as words;
use shared::text::ticket::press;
use shared::ticket::rules::length;
use shared::ticket::view::{ApplicationView, LadderView};
use shared::ticket::{PressKind, Verb};

use super::{Act, VerbForm};
use crate::components::form::{
    ChoiceItem, Choices, Field, Select, SelectItem, SubmitButton, TextArea, yes_no,
};
use crate::context::{say, use_locale};

/// The form of a verb of this stage.
pub fn form(act: &Act, ladders: &[LadderView]) -> Option<AnyView> {
    Some(match act.verb {
        Verb::Supervise => supervise(act, prepared(act, ladders)),
        Verb::PhoneUrge => phone(act),
        Verb::Press => press(act),
        Verb::AnswerDirective => answer(act),
        Verb::JudgeDirective => judge(act),
        Verb::CancelDirective => cancel(act),
        _ => return None,
    })
}

/// How serious the directive is that the ladder has prepared for the part.
fn prepared(act: &Act, ladders: &[LadderView]) -> Option<DirectiveLevel> {
    let part = act.part.as_ref()?.id;
    let mut ladders = ladders.iter();
    let ladder = ladders.find(|it| it.assignment == Some(part))?;
    ladder.reached.as_ref()?.act?.level()
}

fn phone(act: &Act) -> AnyView {
    view! {
        <VerbForm act=act.clone() help=words::PHONE_HELP>
            <Field name="called"/>
            <Choices name="reached" items=yes_no() layout="inline"/>
            <TextArea name="urge_said" max=length::REASON as u32 rows=2/>
            <p><SubmitButton label=words::PHONE_SEND class=""/></p>
        </VerbForm>
    }
    .into_any()
}

fn supervise(act: &Act, prepared: Option<DirectiveLevel>) -> AnyView {
    let locale = use_locale();
    let causes: Vec<SelectItem> = DirectiveCause::ALL
        .iter()
        .map(|it| SelectItem::new(it.as_str(), it.label(locale)))
        .collect();
    let levels = DirectiveLevel::ALL
        .iter()
        .map(|it| ChoiceItem::new(it.as_str(), it.text()))
        .collect();
    let hint = prepared.map(|_| view! { <p class="note">{say(words::PREPARED)}</p> });
    let cause = prepared.map_or("", |_| DirectiveCause::Overdue.as_str());
    let level = prepared.map_or("", DirectiveLevel::as_str);
    let demand = prepared.map_or("", |_| words::DRAFT);
    view! {
        <VerbForm act=act.clone() help=words::SUPERVISE_HELP>
            {hint}
            <Select name="cause" label=words::CAUSE items=Signal::stored(causes) value=cause/>
            <Choices name="level" items=levels layout="inline" value=level/>
            <TextArea name="demand" value=demand max=length::EXPLANATION as u32 rows=3/>
            <Field name="days" kind="number" inputmode="numeric" optional=true help=words::DAYS_HELP/>
            <TextArea name="also" help=words::ALSO_HELP optional=true max=length::ADVICE as u32 rows=2/>
            <p><SubmitButton label=words::ISSUE class=""/></p>
        </VerbForm>
    }
    .into_any()
}

fn press(act: &Act) -> AnyView {
    let items = PressKind::ALL
        .iter()
        .map(|it| ChoiceItem::new(it.as_str(), it.text()))
        .collect();
    view! {
        <VerbForm act=act.clone() help=press::HELP>
            <Choices name="press" items layout="inline"/>
            <TextArea name="message" max=length::REASON as u32 rows=2/>
            <p><SubmitButton label=press::SEND class=""/></p>
        </VerbForm>
    }
    .into_any()
}

/// The directive that waits.
fn waiting(act: &Act) -> Option<ApplicationView> {
    let part = act.part.as_ref()?;
    let mut all = part.applications.iter();
    all.find(|it| it.sort == ApplicationSort::Supervise && it.status.is_open())
        .cloned()
}

fn answer(act: &Act) -> AnyView {
    let demand = waiting(act).map(|it| it.explanation);
    view! {
        <VerbForm act=act.clone() help=words::ANSWER_HELP>
            {demand.map(|demand| view! {
                <div class="decided">
                    <p class="small-title">{say(words::DEMAND)}</p>
                    <p class="prose" lang="zh-CN">{demand}</p>
                </div>
            })}
            <TextArea name="answer" label=words::ANSWER max=length::ANSWER as u32 rows=5/>
            <p><SubmitButton label=words::ANSWER_SEND/></p>
        </VerbForm>
    }
    .into_any()
}

fn judge(act: &Act) -> AnyView {
    let items = vec![
        ChoiceItem::new("yes", words::ACCEPT),
        ChoiceItem::new("no", words::BACK),
    ];
    let said = waiting(act).and_then(|it| it.directive?.answer);
    view! {
        <VerbForm act=act.clone()>
            {said.map(|said| view! {
                <div class="decided">
                    <p class="small-title">{say(words::ANSWER)}</p>
                    <p class="prose" lang="zh-CN">{said}</p>
                </div>
            })}
            <Choices name="accept" items layout="inline"/>
            <TextArea name="opinion" optional=true help=words::BACK_HELP max=length::REASON as u32 rows=3/>
            <p><SubmitButton label=words::JUDGE_SEND/></p>
        </VerbForm>
    }
    .into_any()
}

fn cancel(act: &Act) -> AnyView {
    view! {
        <VerbForm act=act.clone()>
            <TextArea name="reason" max=length::REASON as u32 rows=2/>
            <p><SubmitButton label=words::CANCEL_SEND class="danger"/></p>
        </VerbForm>
    }
    .into_any()
}
