//! Whether the office can open: every item that a first complaint needs, what is missing first, with who mends it and the way there.
//! Not here: how it is found out (`services::setup`).
//! A courtesy of links: the pages behind them ask for rights themselves.

use leptos::prelude::*;
use shared::setup::{ReadyItem, ReadyState, ReadyView};
use shared::text::setup as words;

use crate::api::setup::read_ready;
use crate::components::page::{Loaded, fixed, of_address};
use crate::components::staff::StaffPage;
use crate::context::{say, use_locale};

/// `/office/ready`
#[component]
pub fn ReadyPage() -> impl IntoView {
    view! {
        <StaffPage path="/office/ready" title=fixed(words::READY)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let resource = of_address(String::new, |_| read_ready());
    let show = |found: ReadyView| view! { <All found/> };
    view! {
        <div class="stack">
            <p class="muted">{say(words::READY_WHY)}</p>
            <p><a href="/set-up">{say(words::STEPS)}</a></p>
            <Loaded resource show/>
        </div>
    }
}

#[component]
fn All(found: ReadyView) -> impl IntoView {
    let class = if found.is_ready {
        "note ok"
    } else {
        "note warn"
    };
    let sum = words::sum(&found, use_locale());
    let mut items = found.items;
    items.sort_by_key(|item| (item.state, item.code));
    let lines = items
        .into_iter()
        .map(|item| view! { <Line item/> })
        .collect_view();
    view! {
        <p class=class role="status">{sum}</p>
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::READY)>
            <table class="table cards">
                <thead>
                    <tr>
                        <th scope="col">{say(words::ITEM)}</th>
                        <th scope="col">{say(words::STATE)}</th>
                        <th scope="col">{say(words::WHY)}</th>
                        <th scope="col">{say(words::WHO)}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Line(item: ReadyItem) -> impl IntoView {
    let locale = use_locale();
    let open = item.state != ReadyState::There;
    let path = item.path.clone().filter(|_| open && item.may_mend);
    let mend = match path {
        Some(path) => view! { <a href=path>{say(words::MEND)}</a> }.into_any(),
        None if open => view! { {words::by(item.by, locale)} }.into_any(),
        None => view! { "—" }.into_any(),
    };
    let who = if open { "" } else { "bare" };
    let why = words::item(&item, locale);
    view! {
        <tr>
            <td class="key">{item.code.label(locale)}</td>
            <td data-label=say(words::STATE)><span class="badge state" data-ready=item.state.as_str()>{item.state.label(locale)}</span></td>
            <td data-label=say(words::WHY)>{why}</td>
            <td class=who data-label=say(words::WHO)>{mend}</td>
        </tr>
    }
}
