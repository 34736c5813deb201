//! Forms of a unit's part: sign, contact, reply, unit review, ask for more time, and the dispatcher's ruling on that.
//! Not here: sending back (`dispute`), closing (`closing`).
//! The reply has two texts: what was done stays inside, the answer is what the citizen reads.

use leptos::prelude::*;
use shared::application::ExtensionReason;
use shared::file::FileView;
use shared::person::holds_mask;
use shared::query::phrase::PhraseUse;
use shared::text::{Text, ticket, ticket::guarded, ticket::tree};
use shared::ticket::ContactWay;
use shared::ticket::Verb;
use shared::ticket::rules::length;
use shared::ticket::view::{ReplyView, TicketDetail};

use super::checklist::{Aid, Boxes, Hints, Watched};
use super::evidence::{Position, Proofs};
use super::reply::ReplyFields;
use super::{Act, Cause, VerbForm};
use crate::components::form::{
    ChoiceItem, Choices, Field, Phrases, Select, SelectItem, SubmitButton, TextArea, yes_no,
};
use crate::context::{say, use_locale};

/// The form of a verb of this stage.
pub fn form(act: &Act, detail: &TicketDetail, files: &[FileView]) -> Option<AnyView> {
    Some(match act.verb {
        Verb::Sign => sign(act),
        Verb::Extend => extend(act),
        Verb::RuleExtension => rule_extension(act),
        Verb::Contact => contact(act, files.to_vec()),
        Verb::Relay => relay(act),
        Verb::PlaceCall => call(act),
        Verb::Reply => reply(act, detail),
        Verb::UnitReview => review(act, detail),
        _ => return None,
    })
}

fn sign(act: &Act) -> AnyView {
    view! {
        <VerbForm act=act.clone() help=ticket::SIGN_HELP>
            <p><SubmitButton label=ticket::SIGN_SEND class="primary wide"/></p>
        </VerbForm>
    }
    .into_any()
}

fn contact(act: &Act, files: Vec<FileView>) -> AnyView {
    let ways = ContactWay::ALL
        .iter()
        .filter(|it| **it != ContactWay::Bridge)
        .map(|it| ChoiceItem::new(it.as_str(), it.text()))
        .collect();
    view! {
        <VerbForm act=act.clone() help=ticket::CONTACT_HELP>
            <Choices name="way" items=ways layout="inline"/>
            <Choices name="reached" items=yes_no() layout="inline"/>
            <TextArea name="note" optional=true help=ticket::CONTACT_NOTE_HELP max=length::REASON as u32 rows=2/>
            <Position/>
            <Proofs files/>
            <p><SubmitButton label=ticket::CONTACT_SEND/></p>
        </VerbForm>
    }
    .into_any()
}

fn relay(act: &Act) -> AnyView {
    view! {
        <VerbForm act=act.clone() help=ticket::RELAY_HELP>
            <TextArea name="words" label=ticket::RELAY_WORDS max=length::RELAYED as u32 rows=2/>
            <p><SubmitButton label=ticket::RELAY_SEND/></p>
        </VerbForm>
    }
    .into_any()
}

fn call(act: &Act) -> AnyView {
    view! {
        <VerbForm act=act.clone() help=guarded::CALL_HELP>
            <Field name="own_number" kind="tel" inputmode="tel" autocomplete="tel"/>
            <p><SubmitButton label=guarded::CALL_SEND/></p>
        </VerbForm>
    }
    .into_any()
}

fn reply(act: &Act, detail: &TicketDetail) -> AnyView {
    let aid = Aid::of(detail);
    let locale = use_locale();
    // What the log says already; the reply may say otherwise.
    let logged = act.part.as_ref().map(|part| part.contacts.len());
    let logged = logged
        .and_then(|n| i32::try_from(n).ok())
        .filter(|n| *n > 0);
    let logged = logged.map(|n| {
        view! { <p class="help">{say(ticket::CONTACTS)} " " {ticket::tries(n, locale)}</p> }
    });
    // What units below have answered, to be made one answer.
    let gathered = act
        .part
        .as_ref()
        .and_then(|part| part.tree.gathered.clone());
    let (handling, public_reply) = gathered.map(|it| (it.handling, it.public_reply)).unzip();
    // What stands masked in them is not filled in: it would be sent as it is shown.
    let is_whole = |text: &String| !holds_mask(text);
    let gathers = handling.is_some();
    let (handling, public_reply) = (handling.filter(is_whole), public_reply.filter(is_whole));
    let hint = gathers.then(|| {
        let word = if handling.is_some() && public_reply.is_some() {
            tree::GATHERED
        } else {
            tree::GATHERED_MASKED
        };
        view! { <p class="note">{say(word)}</p> }
    });
    view! {
        <VerbForm act=act.clone()>
            {hint}
            <Watched aid>
                <ReplyFields
                    handling=handling.unwrap_or_default()
                    public_reply=public_reply.unwrap_or_default()
                >
                    {logged}
                </ReplyFields>
            </Watched>
            <p><SubmitButton label=ticket::REPLY_SEND/></p>
        </VerbForm>
    }
    .into_any()
}

fn review(act: &Act, detail: &TicketDetail) -> AnyView {
    let reply = act.part.as_ref().and_then(|part| part.reply.clone());
    let replies = reply.into_iter().map(|reply| (None, reply)).collect();
    let words = (None, ticket::UNIT_REVIEW_SEND);
    pass_or_back(act, words, replies, (Aid::of(detail), false))
}

/// The reply that is decided about, beside the decision: what the citizen would read, and what was done.
#[component]
fn Decided(
    /// The unit, where several replied.
    unit: Option<String>,
    reply: ReplyView,
    aid: Aid,
) -> impl IntoView {
    let locale = use_locale();
    let found = aid.of_reply(&reply);
    view! {
        <div class="decided">
            {unit.map(|unit| view! { <p class="small-title" lang="zh-CN">{unit}</p> })}
            <p class="small-title">{say(ticket::PUBLIC_REPLY)}</p>
            <p class="prose" lang="zh-CN">{reply.public_reply}</p>
            <p class="small-title">{say(ticket::HANDLING)}</p>
            <p class="prose" lang="zh-CN">{reply.handling}</p>
            <p class="small">{reply.fact_true.label(locale)} " · " {reply.solved.label(locale)}</p>
            <Hints found/>
        </div>
    }
}

/// Pass, or back with what has to change; what is doubtful beside each reply, and boxes to tick where the centre decides.
pub(super) fn pass_or_back(
    act: &Act,
    (help, send): (Option<Text>, Text),
    replies: Vec<(Option<String>, ReplyView)>,
    (aid, ticks): (Aid, bool),
) -> AnyView {
    let items = vec![
        ChoiceItem::new("yes", ticket::REVIEW_PASS),
        ChoiceItem::new("no", ticket::REVIEW_BACK),
    ];
    let causes = act.clone();
    let fields = move || {
        let replies = replies.clone();
        let shown = replies
            .into_iter()
            .map(|(unit, reply)| view! { <Decided unit reply aid=aid.clone()/> })
            .collect_view();
        let boxes = ticks.then(|| view! { <Boxes items=aid.items.clone()/> });
        view! {
            {shown}
            {boxes}
            <Choices name="pass" items=items.clone() layout="inline"/>
            <Cause act=causes.clone()/>
            <TextArea name="opinion" optional=true help=ticket::REVIEW_BACK_HELP max=length::REASON as u32 rows=3/>
            <Phrases name="opinion" purpose=PhraseUse::Review/>
            <p><SubmitButton label=send/></p>
        }
    };
    match help {
        Some(help) => {
            view! { <VerbForm act=act.clone() help=help>{fields()}</VerbForm> }.into_any()
        }
        None => view! { <VerbForm act=act.clone()>{fields()}</VerbForm> }.into_any(),
    }
}

fn extend(act: &Act) -> AnyView {
    let locale = use_locale();
    let reasons: Vec<SelectItem> = ExtensionReason::ALL
        .iter()
        .map(|reason| SelectItem::new(reason.as_str(), reason.label(locale)))
        .collect();
    view! {
        <VerbForm act=act.clone() help=ticket::EXTEND_HELP>
            <Select name="reason" items=Signal::stored(reasons)/>
            <Field name="days" kind="number" inputmode="numeric"/>
            <TextArea name="explanation" help=ticket::EXTEND_EXPLAIN max=length::EXPLANATION as u32 rows=3/>
            <p><SubmitButton label=ticket::EXTEND_SEND class=""/></p>
        </VerbForm>
    }
    .into_any()
}

fn rule_extension(act: &Act) -> AnyView {
    let items = vec![
        ChoiceItem::new("yes", ticket::EXTENSION_GRANT),
        ChoiceItem::new("no", ticket::EXTENSION_REFUSE),
    ];
    view! {
        <VerbForm act=act.clone()>
            <Choices name="grant" items layout="inline"/>
            <Field name="days" kind="number" inputmode="numeric" optional=true help=ticket::EXTENSION_DAYS_HELP/>
            <TextArea name="opinion" optional=true help=ticket::EXTENSION_OPINION_HELP max=length::REASON as u32 rows=3/>
            <p><SubmitButton label=ticket::RULE_SEND/></p>
        </VerbForm>
    }
    .into_any()
}
