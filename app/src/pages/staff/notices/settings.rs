//! How one wants to be told of what: a box for each kind and each way, and where mails and text messages go.
//! Not here: the notices themselves (`mod`).
//! A kind without a tick is not told at all.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::notice::{NoticeChoice, NoticeKind, NoticeSettings, NoticeWay};
use shared::text::notice as words;

use crate::api::notices::read_notice_settings;
use crate::components::form::{Field, Form, SubmitButton, use_form};
use crate::components::page::{Loaded, fixed, of_address};
use crate::components::staff::StaffPage;
use crate::context::{say, use_locale};

/// `/account/notices`
#[component]
pub fn NoticeSettingsPage() -> impl IntoView {
    view! {
        <StaffPage path="/account/notices" title=fixed(words::SETTINGS)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let query = use_query_map();
    let note = move || {
        let done = query.with(|query| query.get("done"));
        (done.as_deref() == Some("saved"))
            .then(|| view! { <p class="note ok">{say(words::SAVED)}</p> })
    };
    let resource = of_address(String::new, |_| read_notice_settings());
    let show = |settings: NoticeSettings| move || view! { <Whole settings=settings.clone()/> };
    view! {
        <div class="stack">
            <div aria-live="polite" class="done-note">{note}</div>
            <p class="muted">{say(words::SETTINGS_HELP)}</p>
            <Loaded resource show/>
        </div>
    }
}

#[component]
fn Whole(settings: NoticeSettings) -> impl IntoView {
    let (mail, mobile) = (
        settings.mail.clone().unwrap_or_default(),
        settings.mobile.clone().unwrap_or_default(),
    );
    view! {
        <section class="card">
            <Form action="/account/notices" class="verb-form" label=say(words::SETTINGS)>
                <Kinds settings=settings.clone()/>
                <Field name="mail" label=words::MAIL kind="email" inputmode="email" value=mail optional=true/>
                <Field name="mobile" label=words::MOBILE kind="tel" inputmode="tel" value=mobile optional=true/>
                <p><SubmitButton label=words::SAVE/></p>
            </Form>
        </section>
    }
}

/// The table of boxes; made inside the form, whose state they read.
#[component]
fn Kinds(settings: NoticeSettings) -> impl IntoView {
    let locale = use_locale();
    let heads = NoticeWay::ALL
        .iter()
        .map(|way| view! { <th scope="col">{way.label(locale)}</th> })
        .collect_view();
    let lines = NoticeKind::ALL
        .iter()
        .map(|kind| view! { <Line choice=settings.of(*kind)/> })
        .collect_view();
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::SETTINGS)>
            <table class="table ticks">
                <thead><tr><th scope="col">{say(words::KIND)}</th>{heads}</tr></thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Line(choice: NoticeChoice) -> impl IntoView {
    let locale = use_locale();
    let form = use_form();
    let kind = choice.kind;
    let boxes = NoticeWay::ALL
        .iter()
        .map(|way| {
            let name = format!("{kind}.{way}");
            let kept = match way {
                NoticeWay::Desk => choice.desk,
                NoticeWay::Mail => choice.mail,
                NoticeWay::Sms => choice.sms,
            };
            let checked = form.state.with_untracked(|state| {
                if state.is_posted() {
                    state.value(&name).is_some()
                } else {
                    kept
                }
            });
            let label = format!("{} · {}", kind.label(locale), way.label(locale));
            view! { <td data-label=way.label(locale)><input type="checkbox" name=name value="yes" checked=checked aria-label=label/></td> }
        })
        .collect_view();
    view! { <tr><th scope="row">{kind.label(locale)}</th>{boxes}</tr> }
}
