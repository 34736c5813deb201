//! The steps of setting up, for whoever sets up: what is done, what is to do, by whom, and the page on which it is done.
//! Not here: the first visit (`first`), the forms' handlers (`forms::staff::setup`).
//! Steps of others are shown without their forms.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::access::Role;
use shared::setup::{Mark, MarkView, StepView, StepsView};
use shared::text::setup as words;

use crate::api::setup::read_steps;
use crate::components::form::{Field, Form, Hidden, Select, SelectItem, SubmitButton, use_form};
use crate::components::page::{Loaded, fixed, of_address};
use crate::components::staff::StaffPage;
use crate::components::ticket::When;
use crate::context::{say, use_locale};

/// `/set-up/:verb`, to which forms without script come back
#[component]
pub fn StepsPage() -> impl IntoView {
    view! { <Steps/> }
}

/// The page for who is signed in.
#[component]
pub(super) fn Steps() -> impl IntoView {
    view! {
        <StaffPage path="/office/ready" title=fixed(words::STEPS)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let query = use_query_map();
    let note = move || {
        let done = query.with(|query| query.get("done"));
        let text = match done.as_deref() {
            Some("mark") => words::MARKED,
            Some("grant") => words::GRANTED,
            _ => return None,
        };
        Some(view! { <p class="note ok">{say(text)}</p> })
    };
    let resource = of_address(String::new, |_| read_steps());
    let show = |steps: StepsView| view! { <All steps/> };
    view! {
        <div class="stack">
            <div aria-live="polite" class="done-note">{note}</div>
            <p class="muted">{say(words::STEPS_WHY)}</p>
            <Loaded resource show/>
        </div>
    }
}

#[component]
fn All(steps: StepsView) -> impl IntoView {
    let StepsView {
        centre,
        may_make_accounts,
        may_grant,
        steps,
        ..
    } = steps;
    let done = steps.iter().filter(|step| step.is_done).count();
    let far = words::how_far(done, steps.len(), use_locale());
    let lines = steps
        .into_iter()
        .map(|step| view! { <Step step/> })
        .collect_view();
    view! {
        <p><b lang="zh-CN">{centre}</b> " · " <span class="num">{far}</span></p>
        <p><a class="button" href="/office/ready">{say(words::TO_READY)}</a></p>
        <ol class="stack plain numbered">{lines}</ol>
        {may_make_accounts.then(|| view! { <MakeAccount/> })}
        {may_grant.then(|| view! { <Grant/> })}
    }
}

#[component]
fn Step(step: StepView) -> impl IntoView {
    let locale = use_locale();
    let (state, ready) = if step.is_done {
        (words::DONE, "there")
    } else {
        (words::TO_DO, "advice")
    };
    let path = step.path.clone().filter(|_| step.is_own);
    let open =
        path.map(|path| view! { <p><a class="button" href=path>{say(words::OPEN_STEP)}</a></p> });
    let mark = step
        .mark
        .filter(|_| step.is_own && step.marked.is_none() && !step.is_done)
        .map(|mark| view! { <MarkForm mark/> });
    let marked = step.marked.map(|marked| view! { <Marked marked/> });
    view! {
        <li class="card stack tight">
            <h2 class="section-title">{step.code.label(locale)} " " <span class="badge state" data-ready=ready>{say(state)}</span></h2>
            <p class="muted">{words::step(step.code, locale)} " " {words::whose(step.by, step.is_own, locale)}</p>
            {marked}
            {open}
            {mark}
        </li>
    }
}

#[component]
fn Marked(marked: MarkView) -> impl IntoView {
    let note = marked
        .note
        .map(|note| view! { <span lang="zh-CN">{note}</span> " · " });
    view! { <p>{note} <span lang="zh-CN">{marked.by}</span> " · " <When at=marked.at/></p> }
}

#[component]
fn MarkForm(mark: Mark) -> impl IntoView {
    let value = Signal::stored(mark.as_str().to_owned());
    let action = match mark {
        Mark::Gateway | Mark::Keys | Mark::Backup => "/set-up/decided",
        Mark::Hours | Mark::Categories | Mark::Channels | Mark::Limits | Mark::Texts => {
            "/set-up/looked-at"
        }
    };
    view! {
        <Form action=action prefix=format!("{mark}-") mark=mark.as_str() class="stack" label=mark.label(use_locale())>
            <Hidden name="mark" value=value/>
            <Field name="note" label=words::MARK_NOTE optional=true/>
            <div><SubmitButton label=words::MARK_SEND class=""/></div>
        </Form>
    }
}

#[component]
fn MakeAccount() -> impl IntoView {
    view! {
        <section class="card stack">
            <h2 class="section-title">{say(words::MAKE_ACCOUNT)}</h2>
            <p class="muted">{say(words::MAKE_ACCOUNT_WHY)}</p>
            <Form action="/set-up/account" prefix="account-" class="stack" label=say(words::MAKE_ACCOUNT)>
                <MadeLink/>
                <AccountFields/>
                <div><SubmitButton label=words::MAKE_ACCOUNT/></div>
            </Form>
        </section>
    }
}

/// The fields, empty for the next person once an account was made.
#[component]
fn AccountFields() -> impl IntoView {
    let form = use_form();
    let link = Memo::new(move |_| {
        form.state
            .with(|state| state.value("link").map(str::to_owned))
    });
    move || {
        link.track();
        view! {
            <Field name="username"/>
            <Field name="name" label=words::DISPLAY_NAME/>
            <Field name="unit" label=words::UNIT_CODE help=words::UNIT_CODE_HELP optional=true/>
        }
    }
}

/// The link of the account that was just made.
#[component]
fn MadeLink() -> impl IntoView {
    let form = use_form();
    let shown = move || {
        let made = form.state.with(|state| {
            let who = state.value("made_for")?.to_owned();
            Some((who, state.value("link")?.to_owned()))
        });
        made.map(|(who, link)| {
            view! {
                <div class="note ok stack tight">
                    <p><b translate="no">{who}</b></p>
                    <p class="prose" translate="no"><code>{link}</code></p>
                    <p>{say(words::LINKS_WHY)}</p>
                </div>
            }
        })
    };
    view! { <div aria-live="polite">{shown}</div> }
}

#[component]
fn Grant() -> impl IntoView {
    let locale = use_locale();
    let items: Vec<SelectItem> = Role::ALL
        .iter()
        .map(|role| SelectItem::new(role.as_str(), role.label(locale)))
        .collect();
    view! {
        <section class="card stack">
            <h2 class="section-title">{say(words::GRANT)}</h2>
            <p class="muted">{say(words::GRANT_WHY)}</p>
            <Form action="/set-up/grant" prefix="grant-" class="stack" label=say(words::GRANT)>
                <Field name="username"/>
                <Select name="role" label=words::ROLE items=items/>
                <div><SubmitButton label=words::GRANT/></div>
            </Form>
        </section>
    }
}
