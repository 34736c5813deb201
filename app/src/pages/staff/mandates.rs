//! Who asks to act for an organisation, who does, and who did: the answer, and ending what holds.
//! Not here: the citizen's side (`pages::citizen::account`), what the forms do (`forms::staff::mandates`).
//! Reads and sends without script.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use shared::citizen::mandate::{MandatePage, MandateShelf, MandateState, MandateView};
use shared::text::citizen::mandate as words;
use shared::text::clock;
use shared::ticket::rules::length;

use crate::api::mandates::read_mandates;
use crate::components::form::{Form, Hidden, SubmitButton, TextArea, came_back};
use crate::components::page::{fixed, of_address};
use crate::components::staff::StaffPage;
use crate::components::ticket::When;
use crate::components::work_list::{Doors, LiveRows, Shelves, TableWords, WorkList};
use crate::context::{say, use_locale, use_now};

/// The page's own address.
const PATH: &str = "/staff/mandates";

/// `/staff/mandates`
#[component]
pub fn WhoActsPage() -> impl IntoView {
    view! {
        <StaffPage path="/staff/mandates" title=fixed(words::TITLE)>
            <Content/>
        </StaffPage>
    }
}

/// The shelves of the page.
const SHELVES: Shelves<MandateShelf> = Shelves {
    path: PATH,
    label: words::TITLE,
    all: MandateShelf::ALL,
    usual: MandateShelf::Waiting,
    parse: MandateShelf::parse,
    text: MandateShelf::text,
};

/// The table's words.
static TABLE: TableWords = TableWords {
    label: words::TITLE,
    heads: &[
        words::ORGANISATION,
        words::WHO,
        words::LETTER,
        words::UNTIL,
        words::ASKED,
        words::STANDS,
        words::WHAT_TO_DO,
    ],
    none: words::STAFF_NONE,
    none_why: words::STAFF_NONE_WHY,
};

/// The shelves for this address: a form that comes back stands among those of its kind.
fn shelves() -> Shelves<MandateShelf> {
    let verb = use_params_map().with_untracked(|params| params.get("verb"));
    let ends = verb.is_some_and(|verb| verb == "end");
    Shelves {
        usual: if ends {
            MandateShelf::Holding
        } else {
            MandateShelf::Waiting
        },
        ..SHELVES
    }
}

#[component]
fn Content() -> impl IntoView {
    let shelves = shelves();
    let told = |_: &str| Some(words::DECIDED_DONE);
    let resource = of_address(shelves.asked(), read_mandates);
    let show = move |page: MandatePage| view! { <List page shelves/> };
    view! {
        <WorkList told help=words::HELP resource show>
            <Doors shelves/>
        </WorkList>
    }
}

#[component]
fn List(page: MandatePage, shelves: Shelves<MandateShelf>) -> impl IntoView {
    let pager = (!page.items.is_empty()).then(|| shelves.pager(page.next_cursor));
    let line = |it: MandateView| view! { <Line it/> };
    view! {
        <LiveRows table={&TABLE} rows=page.items line/>
        {pager}
    }
}

#[component]
fn Line(it: MandateView) -> impl IntoView {
    let (locale, now) = (use_locale(), use_now());
    let class = if it.state == MandateState::Asked {
        "badge warn"
    } else {
        "badge"
    };
    let by = [it.decided_by.clone(), it.ended_by.clone()];
    let by: Vec<String> = by.into_iter().flatten().collect();
    let by = (!by.is_empty()).then(|| {
        view! { <br/><span class="muted small">{say(words::BY)} " " <span lang="zh-CN">{by.join(" · ")}</span></span> }
    });
    let reason = it
        .reason
        .clone()
        .map(|reason| view! { <br/><span class="small" lang="zh-CN">{reason}</span> });
    let phone = it
        .phone
        .clone()
        .map(|phone| view! { <br/><span class="num" translate="no">{phone}</span> });
    let letter = it.evidence.clone().unwrap_or_default();
    view! {
        <tr>
            <td class="key">
                <b lang="zh-CN">{it.organisation.clone()}</b>
                <br/><span class="num" translate="no">{it.credit_code.clone()}</span>
                <br/><span class="muted small" lang="zh-CN">{it.city.name.clone()}</span>
            </td>
            <td data-label=say(words::WHO)>
                <span lang="zh-CN">{it.name.clone()}</span> " · " {it.acts_as.label(locale)} {phone}
            </td>
            <td data-label=say(words::LETTER) lang="zh-CN">{letter}</td>
            <td data-label=say(words::UNTIL)>{clock::date(it.valid_until, now, locale)}</td>
            <td data-label=say(words::ASKED)><When at=it.asked_at/></td>
            <td data-label=say(words::STANDS)>
                <span class=class>{it.state.label(locale)}</span> {by} {reason}
            </td>
            <td data-label=say(words::WHAT_TO_DO)><Ways it/></td>
        </tr>
    }
}

/// The answer to what waits, the end of what holds, nothing for what is over.
#[component]
fn Ways(it: MandateView) -> impl IntoView {
    let (id, version) = (it.id, it.version.to_string());
    let max = length::REASON as u32;
    match it.state {
        MandateState::Asked => {
            let label = format!("{} {}", say(words::WHAT_TO_DO), it.organisation);
            view! {
                <Form action=format!("{PATH}/{id}/decide") prefix=format!("decide-{id}-") class="stack tight" label=label>
                    <Hidden name="version" value=Signal::stored(version)/>
                    <TextArea name="reason" label=words::REASON help=words::REASON_HELP optional=true max rows=2/>
                    <p class="row">
                        <SubmitButton label=words::APPROVE/>
                        <SubmitButton label=words::REFUSE class="" name="refuse" value="1".to_owned()/>
                    </p>
                </Form>
            }
            .into_any()
        }
        MandateState::Holds => {
            let label = format!("{} {}", say(words::END_STAFF), it.organisation);
            let action = format!("{PATH}/{id}/end");
            let open = came_back(&action);
            view! {
                <details class="fold" open=open>
                    <summary>{say(words::END_STAFF)}</summary>
                    <Form action=action prefix=format!("end-{id}-") class="stack tight" label=label>
                        <Hidden name="version" value=Signal::stored(version)/>
                        <TextArea name="reason" label=words::REASON help=words::END_REASON_HELP max rows=2/>
                        <p><SubmitButton label=words::END_STAFF class="danger"/></p>
                    </Form>
                </details>
            }
            .into_any()
        }
        _ => ().into_any(),
    }
}
