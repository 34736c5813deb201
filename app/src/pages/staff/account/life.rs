//! The life of an account on its page: what is asked for about it, what happened to it, and freezing it at once.
//! Not here: requests themselves (`request`), the account (`one`).

use leptos::prelude::*;
use shared::access::needs;
use shared::account::AccountSheet;
use shared::account::life::{AccountEventView, AccountState};
use shared::text::account::life as words;

use super::requests;
use crate::components::form::{Form, Hidden, SubmitButton, TextArea};
use crate::components::ticket::When;
use crate::context::{say, use_actor, use_locale};

/// The sections behind those of the account itself.
pub(super) fn sections(sheet: &AccountSheet) -> impl IntoView + use<> {
    let base = format!("/staff/accounts/{}", sheet.row.username);
    let ask = format!("{}/new?username={}", requests::PATH, sheet.row.username);
    let open = sheet.requests.clone();
    let open = (!open.is_empty()).then(|| {
        view! {
            <section class="stack">
                <h2 class="section-title">{say(words::OPEN_REQUESTS)}</h2>
                {requests::table(open)}
            </section>
        }
    });
    let kind = match sheet.row.state {
        AccountState::Open => Some("change"),
        AccountState::Frozen => Some("resume"),
        AccountState::Closed => None,
    };
    let may_ask = use_actor().is_some_and(|actor| needs::APPLYING.is_met_by(&actor));
    let ask = kind.filter(|_| may_ask).map(|kind| {
        view! { <p><a class="button" href=format!("{ask}&kind={kind}")>{say(words::ASK_TITLE)}</a></p> }
    });
    let freeze = match sheet.row.state {
        AccountState::Open => {
            view! { <FreezeCard base version=sheet.version.to_string()/> }.into_any()
        }
        AccountState::Frozen => view! { <p class="note">{say(words::FROZEN_NOTE)}</p> }.into_any(),
        AccountState::Closed => ().into_any(),
    };
    let history = sheet.history.clone();
    view! {
        {open}
        {ask}
        {freeze}
        <History lines=history/>
    }
}

#[component]
fn FreezeCard(base: String, version: String) -> impl IntoView {
    view! {
        <section class="card stack">
            <h2 class="section-title">{say(words::FREEZE)}</h2>
            <Form action=format!("{base}/freeze") prefix="freeze-" class="verb-form" label=say(words::FREEZE)>
                <p class="muted">{say(words::FREEZE_WHY)}</p>
                <Hidden name="version" value=Signal::stored(version)/>
                <TextArea name="reason" label=words::REASON max=500 rows=2/>
                <div><SubmitButton label=words::FREEZE class="danger"/></div>
            </Form>
        </section>
    }
}

#[component]
fn History(lines: Vec<AccountEventView>) -> impl IntoView {
    let locale = use_locale();
    let line = |line: AccountEventView| {
        let what = words::told(line.kind, &line.facts, locale);
        view! {
            <tr>
                <td class="key"><When at=line.at/></td>
                <td data-label=say(words::WHAT)>{line.kind.label(locale)} " " <span lang="zh-CN">{what}</span></td>
                <td data-label=say(words::BY) lang="zh-CN">{line.by}</td>
                <td data-label=say(words::REASON) lang="zh-CN">{line.reason}</td>
            </tr>
        }
    };
    let table = if lines.is_empty() {
        view! { <p class="muted">{say(words::LIFE_NONE)}</p> }.into_any()
    } else {
        view! {
            <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::LIFE)>
                <table class="table cards">
                    <thead><tr>
                        <th scope="col">{say(words::WHEN)}</th>
                        <th scope="col">{say(words::WHAT)}</th>
                        <th scope="col">{say(words::BY)}</th>
                        <th scope="col">{say(words::REASON)}</th>
                    </tr></thead>
                    <tbody>{lines.into_iter().map(line).collect_view()}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="stack">
            <h2 class="section-title">{say(words::LIFE)}</h2>
            {table}
        </section>
    }
}
