//! Sessions that have not ended, each with the button that ends it: of the own account here, of others' on their page (`one`).
//! Not here: what ending means (`services::sessions::list`).
//! Reads and ends without script; on phones the rows are cards.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::account::SessionView;
use shared::text::account as words;

use crate::api::account::read_own_sessions;
use crate::components::form::{Form, SubmitButton};
use crate::components::page::{Loaded, fixed, of_address};
use crate::components::staff::StaffPage;
use crate::components::ticket::When;
use crate::context::{say, use_locale};

/// Where one's own are ended.
const PATH: &str = "/account/sessions";

/// `/account/sessions`
#[component]
pub fn SessionsPage() -> impl IntoView {
    view! {
        <StaffPage path="/account/sessions" title=fixed(words::SESSIONS)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let resource = of_address(String::new, |_| read_own_sessions());
    let show = |sessions: Vec<SessionView>| {
        let others = sessions.iter().any(|session| !session.current);
        let all = if others {
            view! {
                <Form action=format!("{PATH}/end") prefix="others-" label=say(words::END_OTHERS)>
                    <SubmitButton label=words::END_OTHERS class=""/>
                </Form>
            }
            .into_any()
        } else {
            view! { <p class="muted">{say(words::NO_OTHERS)}</p> }.into_any()
        };
        view! { <Sessions sessions base=PATH/> {all} }
    };
    view! {
        <div class="stack">
            <EndedNote/>
            <p class="muted">{say(words::SESSIONS_WHY)}</p>
            <Loaded resource show/>
        </div>
    }
}

/// Says that something was ended, after it was.
#[component]
pub(super) fn EndedNote() -> impl IntoView {
    let query = use_query_map();
    let note = move || {
        let done = query.with(|query| query.get("done"));
        (done.as_deref() == Some("end"))
            .then(|| view! { <p class="note ok">{say(words::ENDED)}</p> })
    };
    view! { <div aria-live="polite" class="done-note">{note}</div> }
}

/// The table; each row but the reader's present session has a button.
#[component]
pub(super) fn Sessions(
    /// The sessions.
    sessions: Vec<SessionView>,
    /// Address below which each is ended.
    #[prop(into)]
    base: String,
) -> impl IntoView {
    let base = StoredValue::new(base);
    let lines = sessions
        .into_iter()
        .map(|session| view! { <Line session base/> })
        .collect_view();
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::SESSIONS)>
            <table class="table cards">
                <thead>
                    <tr>
                        <th scope="col">{say(words::DEVICE)}</th>
                        <th scope="col">{say(words::ADDRESS)}</th>
                        <th scope="col">{say(words::SIGNED_IN)}</th>
                        <th scope="col">{say(words::USED)}</th>
                        <th scope="col">{say(words::ENDS)}</th>
                        <th scope="col">{say(words::END)}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Line(session: SessionView, base: StoredValue<String>) -> impl IntoView {
    let locale = use_locale();
    let device = if session.device.is_empty() {
        say(words::UNKNOWN_DEVICE).to_owned()
    } else {
        session.device.clone()
    };
    let end = if session.current {
        view! { <span class="badge">{say(words::THIS_ONE)}</span> }.into_any()
    } else {
        let action = base.with_value(|base| format!("{base}/{}/end", session.id));
        view! {
            <Form action prefix=format!("end-{}-", session.id) label=words::end_of(&device, locale)>
                <SubmitButton label=words::END class=""/>
            </Form>
        }
        .into_any()
    };
    view! {
        <tr>
            <td class="key"><b translate="no">{device}</b></td>
            <td data-label=say(words::ADDRESS) translate="no">{session.address}</td>
            <td data-label=say(words::SIGNED_IN)><When at=session.signed_in_at/></td>
            <td data-label=say(words::USED)><When at=session.used_at/></td>
            <td data-label=say(words::ENDS)><When at=session.ends_at/></td>
            <td>{end}</td>
        </tr>
    }
}
