//! One request about an account: what is asked for and why, who took which step, what hangs on whoever goes, and the answer.
//! Not here: the list (`requests`), asking (`ask`).
//! The link of a new account comes back inside the form that made it, so that it is shown once.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::account::life::{
    AccountRequestDetail, AccountRequestView, AccountStep, HandOverView, Taken,
};
use shared::account::posts::GivePost;
use shared::calendar::Instant;
use shared::text::account::life as words;
use shared::text::{Text, account, clock, staff};

use super::requests::PATH;
use crate::api::account::read_account_request;
use crate::components::form::{Form, Hidden, SubmitButton, TextArea, use_form};
use crate::components::page::{Loaded, by_id, fixed};
use crate::components::staff::StaffPage;
use crate::components::ticket::{CaseNumber, When};
use crate::context::{say, use_locale, use_now};

/// `/staff/account-requests/:id`
#[component]
pub fn AccountRequestPage() -> impl IntoView {
    view! {
        <StaffPage path="/staff/account-requests/:id" title=fixed(words::REQUEST)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let query = use_query_map();
    let note = move || {
        let done = query.with(|query| query.get("done"));
        let words = match done.as_deref() {
            Some("ask") => Some(words::SENT),
            Some("decide") => Some(words::DONE),
            _ => None,
        };
        words.map(|words| view! { <p class="note ok">{say(words)}</p> })
    };
    let resource = by_id(read_account_request);
    let show = |detail: AccountRequestDetail| view! { <Whole detail/> };
    view! {
        <div class="stack">
            <div aria-live="polite" class="done-note">{note}</div>
            <p><a href=PATH>{say(words::BACK)}</a></p>
            <Loaded resource show/>
        </div>
    }
}

#[component]
fn Whole(detail: AccountRequestDetail) -> impl IntoView {
    let request = detail.request;
    let here = format!("{PATH}/{}", request.id);
    let version = request.version.to_string();
    let step = request.next;
    let answer = match step {
        Some(step) if request.may_decide => {
            view! { <Decide here=here.clone() version=version.clone() step/> }.into_any()
        }
        // The step may have been taken just now, and its form brings the link.
        Some(step) => view! { <p class="muted">{say(words::whose(step))}</p> }.into_any(),
        None => view! { <Decided here=here.clone()/> }.into_any(),
    };
    let withdraw = request.may_withdraw.then(|| {
        view! {
            <Form action=format!("{here}/withdraw") prefix="withdraw-" label=say(words::WITHDRAW)>
                <Hidden name="version" value=Signal::stored(version)/>
                <SubmitButton label=words::WITHDRAW class=""/>
            </Form>
        }
    });
    view! {
        <Facts request/>
        {detail.hand_over.map(|found| view! { <HandOver found/> })}
        {answer}
        {withdraw}
    }
}

#[component]
fn Facts(request: AccountRequestView) -> impl IntoView {
    let locale = use_locale();
    let taken = |label: Text, taken: Option<Taken>| {
        taken.map(|taken| {
            view! { <div><dt>{say(label)}</dt><dd><span lang="zh-CN">{taken.by}</span> " · " <When at=taken.at/></dd></div> }
        })
    };
    let posts = posts(&request.posts);
    let posts = (!posts.is_empty())
        .then(|| view! { <div><dt>{say(words::POSTS)}</dt><dd>{posts}</dd></div> });
    let heir = request
        .heir
        .clone()
        .map(|heir| view! { <div><dt>{say(words::HEIR)}</dt><dd lang="zh-CN">{heir}</dd></div> });
    let said = request
        .answer
        .clone()
        .map(|said| view! { <div><dt>{say(words::ANSWER)}</dt><dd lang="zh-CN">{said}</dd></div> });
    let expires = request.next.is_some().then(
        || view! { <div><dt>{say(words::EXPIRES)}</dt><dd><When at=request.expires_at/></dd></div> },
    );
    view! {
        <section class="card stack">
            <h2 class="section-title">
                {request.kind.label(locale)} " " <span translate="no">{request.username.clone()}</span>
                " " <span class="badge state">{request.state.label(locale)}</span>
            </h2>
            <dl class="facts">
                <div><dt>{say(account::NAME)}</dt><dd lang="zh-CN">{request.name.clone()}</dd></div>
                <div><dt>{say(staff::OWN_UNIT)}</dt><dd lang="zh-CN">{request.unit_name.clone()}</dd></div>
                {posts}
                <div><dt>{say(words::REASON)}</dt><dd lang="zh-CN">{request.reason.clone()}</dd></div>
                {heir}
                {taken(words::ASKED_BY, Some(request.asked.clone()))}
                {taken(words::APPROVED_BY, request.approved.clone())}
                {taken(words::GRANTED_BY, request.granted.clone())}
                {taken(words::ENDED_BY, request.ended.clone())}
                {said}
                {expires}
            </dl>
        </section>
    }
}

/// The names of posts, each with its end.
fn posts(posts: &[GivePost]) -> String {
    let (locale, now) = (use_locale(), use_now());
    let name = |wish: &GivePost| {
        let shipped = wish.role.shipped().map(|role| role.label(locale));
        let role = shipped.unwrap_or_else(|| wish.role.as_str());
        let unit = wish.unit.as_deref().map(|unit| format!(" @ {unit}"));
        let scope = wish
            .scope
            .map(|scope| format!(" · {}", scope.label(locale)));
        let role = [Some(role.to_owned()), unit, scope];
        let role: String = role.into_iter().flatten().collect();
        match wish.until {
            None => role,
            Some(until) => format!(
                "{role} ({} {})",
                say(words::UNTIL),
                clock::date_time(until, now, locale)
            ),
        }
    };
    posts.iter().map(name).collect::<Vec<_>>().join(" · ")
}

#[component]
fn HandOver(found: HandOverView) -> impl IntoView {
    if found.tasks.is_empty() {
        return view! {
            <section class="card stack">
                <h2 class="section-title">{say(words::HAND_OVER)}</h2>
                <p class="muted">{say(words::HAND_OVER_NONE)}</p>
            </section>
        }
        .into_any();
    }
    let row = |task: shared::account::life::OpenTask| {
        let fits = if task.fits {
            words::FITS
        } else {
            words::FITS_NOT
        };
        let class = if task.fits { "badge" } else { "badge warn" };
        view! {
            <li>
                <CaseNumber number=task.no/> " " <span lang="zh-CN">{task.title}</span>
                " " <span class=class>{say(fits)}</span>
            </li>
        }
    };
    view! {
        <section class="card stack">
            <h2 class="section-title">{say(words::HAND_OVER)} " " {found.count}</h2>
            <ul class="stack tight">{found.tasks.into_iter().map(row).collect_view()}</ul>
        </section>
    }
    .into_any()
}

#[component]
fn Decide(here: String, version: String, step: AccountStep) -> impl IntoView {
    view! {
        <section class="card stack">
            <Form action=format!("{here}/decide") prefix="decide-" class="verb-form" label=say(words::ANSWER)>
                <Made/>
                <Hidden name="version" value=Signal::stored(version)/>
                <TextArea name="answer" label=words::ANSWER help=words::ANSWER_HELP optional=true max=500 rows=2/>
                <p class="row">
                    <SubmitButton label=step.text()/>
                    <SubmitButton label=words::REFUSE class="" name="refuse" value="1".to_owned()/>
                </p>
            </Form>
        </section>
    }
}

/// After the last step its form is there no more, but what it brought is shown.
#[component]
fn Decided(here: String) -> impl IntoView {
    view! {
        <Form action=format!("{here}/decide") prefix="decide-" label=say(words::ANSWER)><Made/></Form>
    }
}

/// The link that was just made; a page that is loaded anew has it no more.
#[component]
fn Made() -> impl IntoView {
    let (form, locale, now) = (use_form(), use_locale(), use_now());
    let shown = move || {
        let made = form.state.with(|state| {
            let link = state.value("link")?.to_owned();
            let until = state.value("until")?.parse().ok().map(Instant)?;
            Some((link, clock::date_time(until, now, locale)))
        });
        made.map(|(link, until)| {
            view! {
                <div class="note ok stack tight">
                    <p><b>{say(words::LINK)}</b></p>
                    <p class="prose" translate="no"><code>{link}</code></p>
                    <p>{account::reset_until(&until, locale)}</p>
                </div>
            }
        })
    };
    view! { <div aria-live="polite">{shown}</div> }
}
