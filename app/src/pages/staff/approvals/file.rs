//! Filing: choose a process, then title and start form.
//! Not here: what filing does (`forms::staff::approval::file`), which fields there are (the definition).
//! Only processes with an active version can be chosen.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use shared::approval::view::StartView;
use shared::text::{approval, approval_forms as words};
use shared::ticket::view::Named;

use crate::api::approvals::{read_start_form, read_startable};
use crate::components::asked::{AskedFields, People, names};
use crate::components::empty::Empty;
use crate::components::form::{EnteredLater, Field, Form, OwnFields, SubmitButton};
use crate::components::page::{Loaded, fixed, of_address};
use crate::components::staff::StaffPage;
use crate::context::{say, use_locale};

/// `/approvals/new`
#[component]
pub fn ChooseProcessPage() -> impl IntoView {
    view! {
        <StaffPage path="/approvals/new" title=fixed(approval::CHOOSE)>
            <Choice/>
        </StaffPage>
    }
}

#[component]
fn Choice() -> impl IntoView {
    let resource = of_address(String::new, |_| read_startable());
    let show = |found: Vec<Named>| {
        if found.is_empty() {
            return view! {
                <section class="card"><Empty title=approval::CHOOSE reason=approval::NOTHING_TO_FILE/></section>
            }
            .into_any();
        }
        let one = |process: Named| {
            let href = format!("/approvals/new/{}", process.code);
            view! { <li><a class="process-choice" href=href><b>{process.name}</b></a></li> }
        };
        view! { <ul class="plain process-choices">{found.into_iter().map(one).collect_view()}</ul> }
            .into_any()
    };
    view! { <Loaded resource show/> }
}

/// `/approvals/new/:key`
#[component]
pub fn FileApprovalPage() -> impl IntoView {
    view! {
        <StaffPage path="/approvals/new/:key" title=fixed(approval::NEW) heading=false>
            <Filing/>
        </StaffPage>
    }
}

#[component]
fn Filing() -> impl IntoView {
    let params = use_params_map();
    let key = move || params.with(|params| params.get("key").unwrap_or_default());
    let resource = of_address(key, read_start_form);
    let show = |start: StartView| view! { <StartForm start/> };
    view! { <Loaded resource show/> }
}

#[component]
fn StartForm(start: StartView) -> impl IntoView {
    let locale = use_locale();
    provide_context(names(start.form.iter()));
    provide_context(People(start.people));
    let action = format!("/approvals/new/{}", start.definition.code);
    let version = approval::version(start.version, locale);
    view! {
        <div class="page-head">
            <h1>{start.definition.name.clone()}</h1>
            <span class="muted small">{version}</span>
        </div>
        <section class="card filing">
            <Form action class="stack" label=start.definition.name>
                <Field name="title" label=words::TITLE help=words::TITLE_HELP/>
                <AskedFields fields=start.form/>
                <OwnFields fields=start.own category=Signal::stored(String::new())/>
                <p class="row">
                    <SubmitButton label=approval::FILE/>
                    <a class="button link" href="/approvals/new">{say(approval::CHOOSE)}</a>
                </p>
                <EnteredLater/>
            </Form>
        </section>
    }
}
