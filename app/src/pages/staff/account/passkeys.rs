//! The own passkeys on the page of the second factor: those that there are, each with its name and the button that removes it, and adding one.
//! Not here: what a browser is asked (`components::form`), using one (`pages::citizen::sign_in`, the proof in `form::summary`).
//! Names and removing work without script; adding needs it, and says so.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::account::passkey::PasskeyView;
use shared::text::account::factor as words;

use super::factor::Recovery;
use crate::components::form::{Ceremony, Field, Form, SubmitButton};
use crate::components::ticket::When;
use crate::context::{say, use_locale};
use crate::forms::{PASSKEY, PASSKEY_OPTIONS};

/// The section.
#[component]
pub(super) fn Passkeys(
    /// What there is.
    passkeys: Vec<PasskeyView>,
    /// Whether browsers offer passkeys at the installation's address.
    work: bool,
) -> impl IntoView {
    let query = use_query_map();
    let added = move || {
        let done = query.with(|query| query.get("done"));
        (done.as_deref() == Some("passkey"))
            .then(|| view! { <p class="note ok">{say(words::PASSKEY_ADDED)}</p> })
    };
    let list = if passkeys.is_empty() {
        view! { <p>{say(words::NO_PASSKEYS)}</p> }.into_any()
    } else {
        let lines = passkeys
            .into_iter()
            .map(|passkey| view! { <Line passkey/> })
            .collect_view();
        view! {
            <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::PASSKEYS)>
                <table class="table cards">
                    <thead>
                        <tr>
                            <th scope="col">{say(words::PASSKEY)}</th>
                            <th scope="col">{say(words::MADE)}</th>
                            <th scope="col">{say(words::USED)}</th>
                            <th scope="col">{say(words::RENAME)}</th>
                            <th scope="col">{say(words::REMOVE_PASSKEY)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    let add = if work {
        view! { <Add/> }.into_any()
    } else {
        view! { <p class="note">{say(words::PASSKEYS_OFF)}</p> }.into_any()
    };
    view! {
        <section class="card stack">
            <h2 class="section-title">{say(words::PASSKEYS)}</h2>
            <p class="muted">{say(words::PASSKEYS_WHY)}</p>
            <div aria-live="polite" class="done-note">{added}</div>
            {list}
            {add}
        </section>
    }
}

/// With the first factor the recovery codes come back in the form.
#[component]
fn Add() -> impl IntoView {
    view! {
        <Form action="/account/passkeys" prefix="passkey-" class="stack" label=say(words::ADD_PASSKEY)>
            <Recovery/>
            <Ceremony name=PASSKEY options=PASSKEY_OPTIONS/>
            <Field name="passkey_name" optional=true help=words::PASSKEY_NAME_HELP/>
            <div><SubmitButton label=words::ADD_PASSKEY/></div>
        </Form>
    }
}

#[component]
fn Line(passkey: PasskeyView) -> impl IntoView {
    let locale = use_locale();
    let base = format!("/account/passkeys/{}", passkey.id);
    let used = match passkey.used_at {
        Some(at) => view! { <When at/> }.into_any(),
        None => say(words::NEVER_USED).into_any(),
    };
    let name = passkey.name;
    let (rename, remove) = (
        words::rename_of(&name, locale),
        words::remove_of(&name, locale),
    );
    view! {
        <tr>
            <td class="key"><b translate="no">{name.clone()}</b></td>
            <td data-label=say(words::MADE)><When at=passkey.made_at/></td>
            <td data-label=say(words::USED)>{used}</td>
            <td data-label=say(words::RENAME)>
                <Form action=format!("{base}/rename") prefix=format!("rename-{}-", passkey.id) class="stack tight" label=rename>
                    <Field name="passkey_name" value=name/>
                    <div><SubmitButton label=words::RENAME class=""/></div>
                </Form>
            </td>
            <td data-label=say(words::REMOVE_PASSKEY)>
                <Form action=format!("{base}/remove") prefix=format!("remove-{}-", passkey.id) label=remove>
                    <SubmitButton label=words::REMOVE_PASSKEY class=""/>
                </Form>
            </td>
        </tr>
    }
}
