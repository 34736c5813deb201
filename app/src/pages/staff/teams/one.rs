//! One team: who belongs to it and until when, and the forms that take people in, let them go, rename the team and end it.
//! Not here: the list (`mod`).

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use shared::account::teams::{MemberView, TeamSheet};
use shared::calendar::Instant;
use shared::text::account::posts::span;
use shared::text::account::teams as words;
use shared::text::clock;

use super::{DoneNote, PATH};
use crate::api::teams::read_team;
use crate::components::form::{Field, FieldNames, Form, Hidden, SubmitButton, use_form};
use crate::components::page::{Loaded, fixed, of_address};
use crate::components::staff::StaffPage;
use crate::context::{say, use_locale, use_now};

/// `/office/teams/:id`
#[component]
pub fn TeamPage() -> impl IntoView {
    view! {
        <StaffPage path="/office/teams/:id" title=fixed(words::TEAM)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let names = [
        ("username", words::USERNAME),
        ("from", words::FROM),
        ("until", words::UNTIL),
        ("name", words::NAME),
    ];
    let names = names.map(|(name, label)| (name.to_owned(), say(label).to_owned()));
    provide_context(FieldNames(names.to_vec()));
    let params = use_params_map();
    let id = move || params.with(|params| params.get("id").unwrap_or_default());
    let resource = of_address(id, read_team);
    let show = |sheet: TeamSheet| view! { <Sheet sheet/> };
    view! {
        <div class="stack">
            <DoneNote/>
            <p><a href=PATH>{say(words::BACK)}</a></p>
            <Loaded resource show/>
        </div>
    }
}

#[component]
fn Sheet(sheet: TeamSheet) -> impl IntoView {
    let row = sheet.row;
    let base = format!("{PATH}/{}", row.id);
    let version = Signal::stored(row.version.to_string());
    let members = sheet.members.into_iter();
    let lines = members
        .map(|member| view! { <Member member base=base.clone()/> })
        .collect_view();
    view! {
        <section class="card stack">
            <h2 class="section-title" lang="zh-CN">{row.name.clone()}</h2>
            <dl class="facts">
                <div><dt>{say(words::UNIT)}</dt><dd lang="zh-CN">{row.unit_name}</dd></div>
                <div><dt>{say(words::LEADS)}</dt><dd lang="zh-CN">{row.leads.join("、")}</dd></div>
                <div><dt>{say(words::MEMBERS)}</dt><dd>{row.members}</dd></div>
            </dl>
        </section>
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::MEMBERS)>
            <table class="table cards">
                <thead>
                    <tr>
                        <th scope="col">{say(words::PERSON)}</th>
                        <th scope="col">{say(words::LEADER)}</th>
                        <th scope="col">{say(words::VALID)}</th>
                        <th scope="col">{say(words::STATE)}</th>
                        <th scope="col">{say(words::LEAVE)}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
        <section class="card stack">
            <h2 class="section-title">{say(words::JOIN)}</h2>
            <Form action=format!("{base}/join") prefix="join-" class="stack" label=say(words::JOIN)>
                <Field name="username" label=words::USERNAME/>
                <Leads/>
                <Field name="from" label=words::FROM kind="date" optional=true/>
                <Field name="until" label=words::UNTIL help=words::UNTIL_HELP kind="date" optional=true/>
                <div><SubmitButton label=words::JOIN/></div>
            </Form>
        </section>
        <section class="card stack">
            <h2 class="section-title">{say(words::RENAME)}</h2>
            <Form action=format!("{base}/rename") prefix="rename-" class="stack" label=say(words::RENAME)>
                <Hidden name="version" value=version/>
                <Field name="name" label=words::NAME value=row.name/>
                <div><SubmitButton label=words::RENAME class=""/></div>
            </Form>
        </section>
        <section class="card stack">
            <h2 class="section-title">{say(words::END)}</h2>
            <p class="muted">{say(words::END_WHY)}</p>
            <Form action=format!("{base}/end") prefix="end-" class="stack" label=say(words::END)>
                <Hidden name="version" value=version/>
                <div><SubmitButton label=words::END class=""/></div>
            </Form>
        </section>
    }
}

#[component]
fn Leads() -> impl IntoView {
    let form = use_form();
    let checked = form
        .state
        .with_untracked(|state| state.is_posted() && state.values("leads").contains(&"true"));
    let id = form.id("leads");
    view! {
        <label class="choice" for=id.clone()>
            <input type="checkbox" id=id.clone() name="leads" value="true" checked=checked/>
            <span>{say(words::LEADER)}</span>
        </label>
    }
}

#[component]
fn Member(member: MemberView, base: String) -> impl IntoView {
    let (locale, now) = (use_locale(), use_now());
    let day = |at: Instant| clock::date(at.date(), now, locale);
    let until = member.until.map(|at| day(Instant(at.0 - 1)));
    let valid = span(&day(member.from), until.as_deref(), locale);
    let (state, class) = if member.now {
        (words::PRESENT, "badge state")
    } else {
        (words::ABSENT, "badge muted")
    };
    let leads = member.leads.then(|| say(words::LEADER));
    let form = member.may_end.then(|| {
        let action = format!("{base}/members/{}/end", member.no);
        view! {
            <Form action prefix=format!("leave-{}-", member.no) class="row" label=say(words::LEAVE)>
                <div><SubmitButton label=words::LEAVE class=""/></div>
            </Form>
        }
    });
    view! {
        <tr>
            <td class="key" lang="zh-CN">{words::person(&member.name, &member.username, locale)}</td>
            <td data-label=say(words::LEADER)>{leads}</td>
            <td data-label=say(words::VALID)>{valid}</td>
            <td data-label=say(words::STATE)><span class=class>{say(state)}</span></td>
            <td data-label=say(words::LEAVE)>{form}</td>
        </tr>
    }
}
