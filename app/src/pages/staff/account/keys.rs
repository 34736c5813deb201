//! The keys that sign access tokens, for the system administrator: which signs, which still check, and the ways to a new one.
//! Not here: what a rotation does (`services::sessions::rotate`).
//! Nobody is signed out by either way; the second one is for a key that may have been stolen.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::account::{KeyState, SessionKeyView};
use shared::text::account::keys as words;

use crate::api::account::read_session_keys;
use crate::components::form::{Form, Hidden, SubmitButton};
use crate::components::page::{Loaded, fixed, of_address};
use crate::components::staff::StaffPage;
use crate::components::ticket::When;
use crate::context::{say, use_locale};

/// The page's own address.
const PATH: &str = "/staff/keys";

/// `/staff/keys`
#[component]
pub fn KeysPage() -> impl IntoView {
    view! {
        <StaffPage path="/staff/keys" title=fixed(words::KEYS)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let query = use_query_map();
    let note = move || {
        let done = query.with(|query| query.get("done"));
        (done.as_deref() == Some("rotate"))
            .then(|| view! { <p class="note ok">{say(words::ROTATED)}</p> })
    };
    let resource = of_address(String::new, |_| read_session_keys());
    let show = |keys: Vec<SessionKeyView>| view! { <Keys keys/> };
    view! {
        <div class="stack">
            <div aria-live="polite" class="done-note">{note}</div>
            <p class="muted">{say(words::WHY)}</p>
            <Loaded resource show/>
            <section class="card stack">
                <h2 class="section-title">{say(words::ROTATE)}</h2>
                <p>{say(words::ROTATE_WHY)}</p>
                <Form action=PATH prefix="rotate-" mark="overlap" label=say(words::ROTATE)>
                    <SubmitButton label=words::ROTATE/>
                </Form>
            </section>
            <section class="card stack">
                <h2 class="section-title">{say(words::AT_ONCE)}</h2>
                <p>{say(words::AT_ONCE_WHY)}</p>
                <Form action=PATH prefix="at-once-" mark="at-once" label=say(words::AT_ONCE)>
                    <Hidden name="at_once" value=Signal::stored("true".to_owned())/>
                    <SubmitButton label=words::AT_ONCE class="danger"/>
                </Form>
            </section>
        </div>
    }
}

#[component]
fn Keys(keys: Vec<SessionKeyView>) -> impl IntoView {
    let lines = keys
        .into_iter()
        .map(|key| view! { <Line key/> })
        .collect_view();
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::KEYS)>
            <table class="table cards">
                <thead>
                    <tr>
                        <th scope="col">{say(words::KEY)}</th>
                        <th scope="col">{say(words::STATE)}</th>
                        <th scope="col">{say(words::MADE)}</th>
                        <th scope="col">{say(words::ENDS)}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Line(key: SessionKeyView) -> impl IntoView {
    // The key that signs has no end yet, and a card says nothing of it.
    let ends = match key.ends_at {
        Some(at) => view! { <td data-label=say(words::ENDS)><When at/></td> }.into_any(),
        None => view! { <td class="bare">"—"</td> }.into_any(),
    };
    let class = if key.state == KeyState::Retired {
        "badge muted"
    } else {
        "badge state"
    };
    view! {
        <tr>
            <td class="key" translate="no"><code>{key.kid}</code></td>
            <td data-label=say(words::STATE)><span class=class>{key.state.label(use_locale())}</span></td>
            <td data-label=say(words::MADE)><When at=key.made_at/></td>
            {ends}
        </tr>
    }
}
