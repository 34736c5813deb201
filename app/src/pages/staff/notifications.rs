//! Notifications that nobody could deliver: what, to whom (masked), why, and the two ways to see to one.
//! Not here: sending (services). Reads and sends without script.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use shared::notification::{Remedy, Spent, Undelivered, UndeliveredPage};
use shared::text::notification as words;

use crate::api::notifications::read_undelivered;
use crate::components::form::{Form, Select, SelectItem, SubmitButton, came_back};
use crate::components::on_page::OnPage;
use crate::components::page::{by_query, fixed};
use crate::components::pager::Pager;
use crate::components::staff::StaffPage;
use crate::components::ticket::When;
use crate::components::work_list::{TableWords, WorkList, WorkRows, address, chosen};
use crate::context::{say, use_locale};

/// The page's own address.
const PATH: &str = "/staff/notifications";

/// `/staff/notifications`
#[component]
pub fn NotificationsPage() -> impl IntoView {
    view! {
        <StaffPage path="/staff/notifications" title=fixed(words::UNDELIVERED)>
            <Content/>
        </StaffPage>
    }
}

/// The page as it is kept: the rows stand in it, and are not sent again as data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Shown {
    next: Option<String>,
    is_empty: bool,
    spent: Spent,
    rows: OnPage<Vec<Undelivered>>,
}

impl From<UndeliveredPage> for Shown {
    fn from(page: UndeliveredPage) -> Self {
        Self {
            next: page.next_cursor,
            is_empty: page.items.is_empty(),
            spent: page.spent,
            rows: OnPage::new(page.items),
        }
    }
}

#[component]
fn Content() -> impl IntoView {
    let told = |done: &str| match done {
        "again" => Some(words::AGAIN_DONE),
        "settle" => Some(words::SETTLE_DONE),
        _ => None,
    };
    let resource = by_query(async |query| read_undelivered(query).await.map(Shown::from));
    let show = move |shown: Shown| view! { <Found shown/> };
    view! { <WorkList told help=words::HELP resource show/> }
}

/// The table's words.
static TABLE: TableWords = TableWords {
    label: words::UNDELIVERED,
    heads: &[
        words::TOLD,
        words::TO,
        words::WHY,
        words::TRIES,
        words::MADE,
        words::FAILED,
        words::WHAT_TO_DO,
    ],
    none: words::NONE,
    none_why: words::NONE_WHY,
};

#[component]
fn Found(shown: Shown) -> impl IntoView {
    let spent = words::spent(shown.spent, use_locale());
    let first = chosen("cursor").map(|_| PATH.to_owned());
    let next = shown.next;
    let next = next.map(|cursor| address(PATH, [("cursor", Some(cursor))]));
    let line = |it: Undelivered| view! { <Line it/> };
    view! {
        <WorkRows is_empty=shown.is_empty table={&TABLE} rows=shown.rows line/>
        <Pager first next/>
        <p class="muted small">{spent}</p>
    }
}

#[component]
fn Line(it: Undelivered) -> impl IntoView {
    let locale = use_locale();
    let about = it
        .about
        .map_or_else(|| say(words::EARLIER), |about| about.label(locale));
    let why = it
        .why
        .map_or_else(|| say(words::EARLIER), |why| why.label(locale));
    let ticket = it.ticket.map(|id| {
        let name = it
            .ticket_no
            .clone()
            .unwrap_or_else(|| say(words::OPEN_TICKET).to_owned());
        view! { <br/><a class="num" href=format!("/tickets/{id}")>{name}</a> }
    });
    view! {
        <tr>
            <td class="key"><b>{about}</b>{ticket}</td>
            <td data-label=say(words::TO)><span class="num" translate="no">{it.to.clone()}</span></td>
            <td data-label=say(words::WHY)>{why}</td>
            <td data-label=say(words::TRIES)><span class="num">{it.tries}</span></td>
            <td data-label=say(words::MADE)><When at=it.made_at/></td>
            <td data-label=say(words::FAILED)><When at=it.failed_at/></td>
            <td data-label=say(words::WHAT_TO_DO)><Ways it/></td>
        </tr>
    }
}

/// Send it again, or note how the person was told.
#[component]
fn Ways(it: Undelivered) -> impl IntoView {
    let (id, locale) = (it.id, use_locale());
    let to = it.to;
    let settle = format!("{PATH}/{id}/settle");
    let open = came_back(&settle);
    let items: Vec<_> = Remedy::ALL
        .iter()
        .map(|how| SelectItem::new(how.as_str(), how.label(locale)))
        .collect();
    view! {
        <div class="stack tight">
            <Form
                action=format!("{PATH}/{id}/again")
                prefix=format!("again-{id}-")
                label=format!("{} {to}", say(words::AGAIN))
            >
                <SubmitButton label=words::AGAIN class=""/>
            </Form>
            <details class="fold" open=open>
                <summary>{say(words::SETTLE)}</summary>
                <Form
                    action=settle
                    prefix=format!("settle-{id}-")
                    label=format!("{} {to}", say(words::SETTLE))
                >
                    <Select name="how" label=words::HOW items=Signal::stored(items.clone())/>
                    <SubmitButton label=words::SETTLE class=""/>
                </Form>
            </details>
        </div>
    }
}
