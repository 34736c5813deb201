//! Somebody's posts, the form that gives another, and what the posts really give: each permission, and through which post.
//! Not here: the list (`people`), roles (`role`).
//! Of oneself all this is only shown.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use shared::access::{Condition, PostState, ScopeKind};
use shared::account::posts::{PersonPosts, PostView, RightView, Rights};
use shared::calendar::Instant;
use shared::text::account::posts as words;
use shared::text::{clock, staff};

use super::DoneNote;
use super::sight::PersonFields;
use crate::api::rights::read_person;
use crate::components::form::{Field, Form, Select, SelectItem, SubmitButton};
use crate::components::page::{Loaded, fixed, of_address};
use crate::components::staff::StaffPage;
use crate::context::{say, use_locale, use_now};

/// `/office/people/:name`
#[component]
pub fn PersonPage() -> impl IntoView {
    view! {
        <StaffPage path="/office/people/:name" title=fixed(words::PEOPLE)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let params = use_params_map();
    let name = move || params.with(|params| params.get("name").unwrap_or_default());
    let resource = of_address(name, read_person);
    let show = |(person, rights): (PersonPosts, Rights)| view! { <Sheet person rights/> };
    view! {
        <div class="stack account">
            <DoneNote/>
            <p><a href="/office/people">{say(words::BACK_TO_PEOPLE)}</a></p>
            <Loaded resource show/>
        </div>
    }
}

#[component]
fn Sheet(person: PersonPosts, rights: Rights) -> impl IntoView {
    let base = format!("/office/people/{}", person.username);
    let fixed = person.is_oneself;
    let posts = if person.posts.is_empty() {
        view! { <p class="muted">{say(words::NO_POSTS)}</p> }.into_any()
    } else {
        let posts = person.posts.clone().into_iter();
        let cards = posts.map(|post| view! { <Post post base=base.clone() fixed/> });
        view! { <div class="stack">{cards.collect_view()}</div> }.into_any()
    };
    let give = if fixed {
        view! { <p class="note">{say(words::ONESELF)}</p> }.into_any()
    } else {
        view! { <Give person=person.clone() action=format!("{base}/give")/> }.into_any()
    };
    view! {
        <section class="card stack">
            <h2 class="section-title" lang="zh-CN">{person.name.clone()}</h2>
            <dl class="facts">
                <div><dt>{say(staff::USERNAME)}</dt><dd translate="no">{person.username.clone()}</dd></div>
                <div><dt>{say(staff::OWN_UNIT)}</dt><dd lang="zh-CN">{person.unit_name.clone()}</dd></div>
            </dl>
        </section>
        <section class="stack">
            <h2 class="section-title">{say(words::POSTS)}</h2>
            {posts}
            {give}
        </section>
        <RightsTable rights/>
    }
}

/// The day of an instant in +08:00, in words.
fn day(at: Instant) -> String {
    clock::date(at.date(), use_now(), use_locale())
}

/// The last day before an instant at which something ends.
fn last_day(at: Instant) -> String {
    day(Instant(at.0 - 1))
}

#[component]
fn Post(post: PostView, base: String, fixed: bool) -> impl IntoView {
    let locale = use_locale();
    let until = post.until.map(last_day);
    let span = words::span(&day(post.from), until.as_deref(), locale);
    let bound = post.scope.map(|scope| {
        view! { <div><dt>{say(words::BOUND)}</dt><dd>{scope.label(locale)}</dd></div> }
    });
    let condition = (post.condition != Condition::None).then(|| {
        let certificate = post.certificate.clone().unwrap_or_default();
        let until = post.certificate_until.map(last_day).unwrap_or_default();
        view! { <div><dt>{say(words::CONDITION)}</dt><dd>{post.condition.label(locale)} " " {certificate} " " {until}</dd></div> }
    });
    let by = post.given_by.clone().unwrap_or_default();
    let given = format!("{} {by}", day(post.given_at));
    let reason = post.reason.clone().map(|reason| {
        view! { <div><dt>{say(words::REASON)}</dt><dd>{reason}</dd></div> }
    });
    let ended = post.ended_at.map(|at| {
        let by = post.ended_by.clone().unwrap_or_default();
        let why = post.ended_why.clone().unwrap_or_default();
        view! { <div><dt>{say(words::END)}</dt><dd>{day(at)} " " {by} " " {why}</dd></div> }
    });
    let class = if post.state == PostState::Holds {
        "badge state"
    } else {
        "badge muted"
    };
    let form = (post.ended_at.is_none() && !fixed).then(|| {
        let action = format!("{base}/posts/{}/end", post.no);
        view! {
            <Form action prefix=format!("end-{}-", post.no) class="row" label=say(words::END)>
                <Field name="why" label=words::WHY optional=true/>
                <div><SubmitButton label=words::END class=""/></div>
            </Form>
        }
    });
    let frozen = (post.state == PostState::Frozen).then(|| {
        let action = format!("{base}/posts/{}/resume", post.no);
        let label = format!("{} {}", say(words::UNFREEZE), post.no);
        let resume = (!fixed).then(|| {
            view! {
                <Form action prefix=format!("resume-{}-", post.no) class="row" label=label>
                    <div><SubmitButton label=words::UNFREEZE class=""/></div>
                </Form>
            }
        });
        view! { <p class="note">{say(words::FROZEN_WHY)}</p> {resume} }
    });
    view! {
        <article class="card stack">
            <h3>{words::post_named(post.no, &post.role_name, &post.unit_name)} " " <span class=class>{post.state.label(locale)}</span></h3>
            <dl class="facts">
                <div><dt>{say(words::VALID)}</dt><dd>{span}</dd></div>
                {bound}
                {condition}
                <div><dt>{say(words::GIVEN)}</dt><dd>{given}</dd></div>
                {reason}
                {ended}
            </dl>
            {frozen}
            {form}
        </article>
    }
}

#[component]
fn Give(person: PersonPosts, action: String) -> impl IntoView {
    let locale = use_locale();
    let roles = person.roles.into_iter();
    let roles: Vec<SelectItem> = roles
        .map(|role| SelectItem::new(role.code, role.name))
        .collect();
    let units = person.units.into_iter();
    let units: Vec<SelectItem> = units
        .map(|unit| SelectItem::chinese(unit.code, unit.name))
        .collect();
    let scopes = ScopeKind::ALL.iter();
    let scopes: Vec<SelectItem> = scopes
        .map(|scope| SelectItem::new(scope.as_str(), scope.label(locale)))
        .collect();
    let conditions = Condition::ALL.iter().filter(|it| **it != Condition::None);
    let conditions: Vec<SelectItem> = conditions
        .map(|it| SelectItem::new(it.as_str(), it.label(locale)))
        .collect();
    view! {
        <section class="card stack">
            <h3>{say(words::GIVE)}</h3>
            <p class="muted">{say(words::GIVE_WHY)}</p>
            <Form action prefix="give-" class="stack" label=say(words::GIVE)>
                <Select name="role" label=words::ROLE items=Signal::stored(roles)/>
                <Select name="unit" label=words::UNIT items=Signal::stored(units) value=person.unit/>
                <Select name="scope" label=words::BOUND help=words::BOUND_HELP items=Signal::stored(scopes) optional=true/>
                <Field name="from" label=words::FROM kind="date" optional=true/>
                <Field name="until" label=words::UNTIL help=words::UNTIL_HELP kind="date"/>
                <Select name="condition" label=words::CONDITION help=words::CONDITION_HELP items=Signal::stored(conditions) optional=true/>
                <Field name="certificate" label=words::CERTIFICATE optional=true/>
                <Field name="certificate_until" label=words::CERTIFICATE_UNTIL kind="date" optional=true/>
                <Field name="reason" label=words::REASON/>
                <div><SubmitButton label=words::GIVE/></div>
            </Form>
        </section>
    }
}

#[component]
fn RightsTable(rights: Rights) -> impl IntoView {
    let locale = use_locale();
    let fields = rights.fields;
    let fields = (!fields.is_empty()).then(|| view! { <PersonFields fields/> });
    let barred = rights.barred.map(|barred| {
        view! { <p class="note">{say(words::BARRED)} {barred.label(locale)}</p> }
    });
    let table = if rights.rights.is_empty() {
        view! { <p class="muted">{say(words::NO_RIGHTS)}</p> }.into_any()
    } else {
        let lines = rights.rights.into_iter();
        let lines = lines.map(|right| view! { <Right right/> }).collect_view();
        view! {
            <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::RIGHTS)>
                <table class="table cards">
                    <thead>
                        <tr>
                            <th scope="col">{say(words::PERMISSION)}</th>
                            <th scope="col">{say(words::MAY)}</th>
                            <th scope="col">{say(words::THROUGH)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="stack">
            <h2 class="section-title">{say(words::RIGHTS)}</h2>
            {barred}
            {table}
            {fields}
            <p class="muted">{say(words::ALWAYS)}</p>
        </section>
    }
}

#[component]
fn Right(right: RightView) -> impl IntoView {
    let locale = use_locale();
    let may = if right.may { words::YES } else { words::NO };
    let class = if right.may {
        "badge state"
    } else {
        "badge muted"
    };
    let ways = right.ways.into_iter().map(|way| {
        let named = words::post_named(way.no, &way.role_name, &way.unit_name);
        let asleep = (way.state != PostState::Holds).then(|| {
            view! { " " <span class="badge muted">{way.state.label(locale)}</span> }
        });
        view! { <p>{named} " · " {way.scope.label(locale)} {asleep}</p> }
    });
    view! {
        <tr>
            <th scope="row" class="key">{right.permission.label(locale)}</th>
            <td data-label=say(words::MAY)><span class=class>{say(may)}</span></td>
            <td data-label=say(words::THROUGH)>{ways.collect_view()}</td>
        </tr>
    }
}
