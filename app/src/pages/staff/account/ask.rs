//! The form that asks for an account of a colleague, or that one is changed, frozen, resumed or cancelled.
//! Not here: the answer (`request`).
//! The address may say what and about whom: `?kind=cancel&username=…`.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::account::life::AccountAct;
use shared::text::account::life as words;
use shared::text::{account, staff};
use shared::ticket::view::Named;

use super::requests::PATH;
use crate::api::account::read_post_choices;
use crate::components::form::{
    Field, FieldNames, FieldNotes, Form, Select, SelectItem, SubmitButton, TextArea, use_form,
};
use crate::components::page::{Loaded, fixed, of_address};
use crate::components::staff::StaffPage;
use crate::context::{say, use_locale};

/// What can be asked for.
const ACTS: [AccountAct; 5] = [
    AccountAct::Open,
    AccountAct::Change,
    AccountAct::Freeze,
    AccountAct::Resume,
    AccountAct::Cancel,
];

/// `/staff/account-requests/new`
#[component]
pub fn AskAccountPage() -> impl IntoView {
    view! {
        <StaffPage path="/staff/account-requests/new" title=fixed(words::ASK_TITLE)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let resource = of_address(String::new, |_| read_post_choices());
    let show = |choices: Vec<Named>| view! { <AskForm choices/> };
    view! { <Loaded resource show/> }
}

#[component]
fn AskForm(choices: Vec<Named>) -> impl IntoView {
    let query = use_query_map();
    let given = |name: &str| query.with_untracked(|query| query.get(name));
    let (kind, username) = (given("kind"), given("username"));
    let names = [
        ("kind", words::KIND),
        ("username", staff::USERNAME),
        ("name", account::NAME),
        ("unit", words::UNIT),
        ("posts", words::POSTS),
        ("until", words::POSTS_UNTIL),
        ("reason", words::REASON),
        ("heir", words::HEIR),
    ];
    let names = names.map(|(name, label)| (name.to_owned(), say(label).to_owned()));
    provide_context(FieldNames(names.to_vec()));
    let acts: Vec<SelectItem> = ACTS
        .into_iter()
        .map(|act| SelectItem::new(act.as_str(), act.label(use_locale())))
        .collect();
    view! {
        <div class="stack account">
            <p><a href=PATH>{say(words::BACK)}</a></p>
            <p class="muted">{say(words::REQUESTS_WHY)}</p>
            <section class="card">
                <Form action="/staff/account-requests/new" class="verb-form" label=say(words::ASK_TITLE)>
                    <Select name="kind" items=Signal::stored(acts) label=words::KIND value=kind.unwrap_or_else(|| "open".to_owned())/>
                    <Field name="username" label=staff::USERNAME help=words::USERNAME_HELP value=username.unwrap_or_default()/>
                    <Field name="name" label=account::NAME help=words::NAME_HELP optional=true/>
                    <Field name="unit" label=words::UNIT help=words::UNIT_HELP optional=true/>
                    <Posts choices/>
                    <Field name="until" label=words::POSTS_UNTIL help=words::POSTS_UNTIL_HELP kind="date" optional=true/>
                    <TextArea name="reason" label=words::REASON max=500 rows=2/>
                    <Field name="heir" label=words::HEIR help=words::HEIR_HELP optional=true/>
                    <div><SubmitButton label=words::SEND/></div>
                </Form>
            </section>
        </div>
    }
}

/// Boxes of one name.
#[component]
fn Posts(choices: Vec<Named>) -> impl IntoView {
    let form = use_form();
    let ticked: Vec<String> = form.state.with_untracked(|state| {
        let values = state.values("posts");
        values.into_iter().map(str::to_owned).collect()
    });
    let boxes = choices
        .into_iter()
        .map(|role| {
            let id = form.id(&format!("posts-{}", role.code));
            let checked = ticked.contains(&role.code);
            view! {
                <label class="choice" for=id.clone()>
                    <input type="checkbox" id=id.clone() name="posts" value=role.code.clone() checked=checked/>
                    <span class="choice-text"><b>{role.name.clone()}</b></span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="choices inline" id=form.id("posts")>
            <legend>{say(words::POSTS)}</legend>
            <FieldNotes name="posts" help=Some(words::POSTS_HELP)/>
            {boxes}
        </fieldset>
    }
}
