//! The look before publishing: what changes, what a check finds, what it would reach; handing on and publishing.
//! Not here: the changed rows one by one (`one`, with `changes`).
//! Who had a hand in a draft of a list that wants a second person hands it on instead.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use shared::register::{
    Effect, Finding, FindingCode, ListCode, PreviewView, RevisionState, Weight,
};
use shared::text::register::reading;
use shared::text::{register as words, staff};

use super::reorganise::Written;
use super::replay::ReplayCard;
use super::{InShort, StateOf, path_of, provide_names};
use crate::api::lists::read_preview;
use crate::components::empty::Empty;
use crate::components::form::{Check, Field, Form, Hidden, SubmitButton};
use crate::components::page::{Loaded, fixed, of_address};
use crate::components::staff::StaffPage;
use crate::context::{say, use_locale};

/// `/office/lists/:list/:area/preview` and the addresses of its forms.
#[component]
pub fn ListPreviewPage() -> impl IntoView {
    view! {
        <StaffPage path="/office/lists/:list/:area/preview" title=fixed(words::PREVIEW) heading=false>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let params = use_params_map();
    let code = params.with_untracked(|params| params.get("list"));
    let code = code.and_then(|code| ListCode::parse(&code));
    let resource = of_address(super::address(), read_preview);
    let show = move |preview: Option<PreviewView>| {
        let whole = |preview: PreviewView| code.map(|code| view! { <Whole preview code/> });
        match preview.map(whole) {
            Some(whole) => whole.into_any(),
            None => view! { <Nothing/> }.into_any(),
        }
    };
    view! { <Loaded resource show/> }
}

/// There is no draft: somebody published it, or gave it up.
#[component]
fn Nothing() -> impl IntoView {
    let params = use_params_map();
    let part = |name: &str| params.with_untracked(|params| params.get(name).unwrap_or_default());
    let list = format!("/office/lists/{}/{}", part("list"), part("area"));
    view! {
        <article class="stack">
            <h1>{say(words::PREVIEW)}</h1>
            <section class="card">
                <Empty title=words::NO_DRAFT reason=words::NO_DRAFT_WHY>
                    <p><a class="button" href=list.clone()>{say(words::TO_LIST)}</a></p>
                </Empty>
            </section>
        </article>
    }
}

#[component]
fn Whole(preview: PreviewView, code: ListCode) -> impl IntoView {
    provide_names(code);
    let locale = use_locale();
    let here = path_of(code, &preview.area);
    let sum = words::sum((preview.new, preview.changed, preview.gone), locale);
    let effects = preview
        .effects
        .iter()
        .map(|effect| view! { <Reached effect=effect.clone()/> })
        .collect_view();
    let always = matches!(code, ListCode::Calendar | ListCode::Hours)
        .then(|| view! { <p class="help">{say(words::ALWAYS_OPEN)}</p> });
    let area = here.rsplit('/').next().unwrap_or_default().to_owned();
    let changes = format!("{here}?changes=1");
    let is_tried = matches!(
        code,
        ListCode::Limits
            | ListCode::Calendar
            | ListCode::Hours
            | ListCode::Ladder
            | ListCode::Categories
    );
    let replay = is_tried.then(|| {
        let version = preview.revision.version.to_string();
        let may_run = preview.area.may_edit;
        let (replay, here) = (preview.replay.clone(), here.clone());
        view! { <ReplayCard code replay may_run version here/> }
    });
    view! {
        <article class="stack">
            <header class="stack tight">
                <p><a href=here.clone()>{code.label(locale)} " · " <span lang="zh-CN">{preview.area.name.clone()}</span></a></p>
                <h1>{say(words::PREVIEW)}</h1>
                <p class="row"><StateOf revision=preview.revision.clone()/> <InShort revision=preview.revision.clone()/></p>
            </header>
            <Written area=area/>
            <section class="card stack tight" aria-labelledby="changes">
                <h2 class="section-title" id="changes">{say(words::WOULD_CHANGE)}</h2>
                <p>{sum} " " <a href=changes>{say(words::CHANGES_ONLY)}</a></p>
                <dl class="facts compact">{effects}</dl>
                {always}
            </section>
            <Findings findings=preview.findings.clone()/>
            {replay}
            <Publish preview code here/>
        </article>
    }
}

#[component]
fn Reached(effect: Effect) -> impl IntoView {
    let locale = use_locale();
    view! { <div><dt>{effect.code.label(locale)}</dt><dd class="num">{staff::grouped(effect.count)}</dd></div> }
}

#[component]
fn Findings(findings: Vec<Finding>) -> impl IntoView {
    let content = if findings.is_empty() {
        view! { <p class="muted">{say(words::NO_FINDINGS)}</p> }.into_any()
    } else {
        let lines = findings
            .into_iter()
            .map(|finding| view! { <Line finding/> })
            .collect_view();
        view! { <ul class="stack tight findings">{lines}</ul> }.into_any()
    };
    view! {
        <section class="card stack tight" aria-labelledby="findings">
            <h2 class="section-title" id="findings">{say(words::FINDINGS)}</h2>
            {content}
        </section>
    }
}

#[component]
fn Line(finding: Finding) -> impl IntoView {
    let locale = use_locale();
    let text = words::finding(&finding, locale);
    let key = (!finding.key.is_empty())
        .then(|| view! { <code translate="no">{finding.key.clone()}</code> " " });
    let class = if finding.weight == Weight::Fault {
        "red"
    } else {
        ""
    };
    let filter = match finding.code {
        FindingCode::OpenWork => Some("unit"),
        FindingCode::Recent => Some("category"),
        _ => None,
    };
    let list = filter.map(|name| {
        let href = format!("/tickets?{name}={}", finding.key);
        view! { " " <a href=href>{say(words::SEE_TICKETS)}</a> }
    });
    view! { <li><b class=class>{finding.weight.label(locale)}</b> " " {key}{text}{list}</li> }
}

/// Publishing for who may and had no hand in it, handing on for who drafts.
#[component]
fn Publish(preview: PreviewView, code: ListCode, here: String) -> impl IntoView {
    let version = preview.revision.version.to_string();
    let stops = preview.needs_second && preview.is_own;
    let note = preview.revision.note.clone().unwrap_or_default();
    let publishes = preview.area.may_publish && !stops;
    let waits = preview.revision.state == RevisionState::Submitted;
    let hands_on = preview.area.may_edit && stops && !waits;
    let from = use_query_map().with_untracked(|query| query.get("from"));
    let from = from.unwrap_or_default();
    let publish = publishes.then(|| {
        let (version, note) = (version.clone(), note.clone());
        view! {
            <section class="card stack tight">
                <h2 class="section-title">{say(words::PUBLISH)}</h2>
                <Form action=format!("{here}/publish") prefix="publish-" class="verb-form" label=say(words::PUBLISH)>
                    <Hidden name="version" value=Signal::stored(version)/>
                    <Field name="from" label=words::FROM help=words::FROM_HELP kind="date" value=from optional=true/>
                    <OpenToo code/>
                    <Field name="note" label=words::NOTE help=words::NOTE_HELP value=note optional=true/>
                    <Check name="ask_reading" label=reading::ON_PUBLISHING help=reading::ON_PUBLISHING_HELP/>
                    <Field name="read_by" label=reading::READ_BY help=reading::READ_BY_HELP kind="date" optional=true/>
                    <p><SubmitButton label=words::PUBLISH/></p>
                </Form>
            </section>
        }
    });
    let hand_on = hands_on.then(|| {
        view! {
            <section class="card stack tight">
                <h2 class="section-title">{say(words::HAND_ON)}</h2>
                <p class="help">{say(words::HAND_ON_HELP)}</p>
                <Form action=format!("{here}/hand-on") prefix="hand-on-" class="verb-form" label=say(words::HAND_ON)>
                    <Hidden name="version" value=Signal::stored(version)/>
                    <Field name="note" label=words::NOTE help=words::NOTE_HELP value=note optional=true/>
                    <p><SubmitButton label=words::HAND_ON/></p>
                </Form>
            </section>
        }
    });
    view! { {publish} {hand_on} }
}

/// Whether open tickets follow; only limits leave the choice. Made inside the form, whose state it reads.
#[component]
fn OpenToo(code: ListCode) -> impl IntoView {
    (code == ListCode::Limits)
        .then(|| view! { <Check name="open_too" label=words::OPEN_TOO help=words::OPEN_TOO_HELP/> })
}
