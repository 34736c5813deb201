//! All lists of an area, by what they are about: how many rows, what holds, what is coming, who drafts.
//! Not here: one list (`one`).
//! The address says the area; the base without one.

use leptos::prelude::*;
use shared::register::{AreaView, ListGroup, ListHead, ListsView, RevisionView};
use shared::text::{register as words, staff};

use super::{Areas, InShort, StateOf, path_of};
use crate::api::lists::read_lists;
use crate::components::page::{Loaded, by_query, fixed};
use crate::components::staff::StaffPage;
use crate::context::{say, use_locale};

/// `/office/lists`
#[component]
pub fn ListsPage() -> impl IntoView {
    view! {
        <StaffPage path="/office/lists" title=fixed(staff::LISTS)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let resource = by_query(read_lists);
    let show = |lists: ListsView| view! { <All lists/> };
    view! {
        <div class="stack">
            <p class="muted">{say(words::HELP)}</p>
            <Loaded resource show/>
        </div>
    }
}

#[component]
fn All(lists: ListsView) -> impl IntoView {
    let ListsView {
        area,
        areas,
        mut lists,
    } = lists;
    let current = area.code.clone();
    let href = |area: AreaView| {
        if area.code.is_empty() {
            "/office/lists".to_owned()
        } else {
            format!("/office/lists?area={}", area.code)
        }
    };
    let groups = ListGroup::ALL
        .iter()
        .map(|group| {
            let (of_it, others): (Vec<ListHead>, Vec<ListHead>) = lists
                .drain(..)
                .partition(|head: &ListHead| head.list.group() == *group);
            lists = others;
            view! { <Group group=*group lists=of_it area=area.clone()/> }
        })
        .collect_view();
    view! {
        <Areas areas current href=Callback::new(move |(area,)| href(area))/>
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(staff::LISTS)>
            <table class="table cards lists">
                <thead>
                    <tr>
                        <th scope="col">{say(words::LIST)}</th>
                        <th scope="col" class="num">{say(words::ROWS)}</th>
                        <th scope="col">{say(words::HOLDS)}</th>
                        <th scope="col">{say(words::COMING)}</th>
                        <th scope="col">{say(words::DRAFT)}</th>
                    </tr>
                </thead>
                {groups}
            </table>
        </div>
    }
}

/// The lists about one thing, below its head.
#[component]
fn Group(group: ListGroup, lists: Vec<ListHead>, area: AreaView) -> impl IntoView {
    let locale = use_locale();
    if lists.is_empty() {
        return ().into_any();
    }
    let lines = lists
        .into_iter()
        .map(|head| view! { <Line head area=area.clone()/> })
        .collect_view();
    view! {
        <tbody>
            <tr class="group"><th class="group" scope="rowgroup" colspan="5">{group.label(locale)}</th></tr>
            {lines}
        </tbody>
    }
    .into_any()
}

#[component]
fn Line(head: ListHead, area: AreaView) -> impl IntoView {
    let locale = use_locale();
    let href = path_of(head.list, &area);
    let holds = match head.holds {
        Some(revision) => view! { <InShort revision/> }.into_any(),
        None => view! { <span class="muted">{say(words::AS_FOUND)}</span> }.into_any(),
    };
    let class = |is_there: bool| if is_there { "" } else { "bare" };
    let (coming, draft) = (class(head.coming.is_some()), class(head.draft.is_some()));
    let or_dash = |revision: Option<RevisionView>, badge: bool| match revision {
        Some(revision) => {
            let state = badge.then(|| view! { <StateOf revision=revision.clone()/> " " });
            view! { {state}<InShort revision/> }.into_any()
        }
        None => view! { "—" }.into_any(),
    };
    view! {
        <tr>
            <td class="key"><a class="row-link" href=href>{head.list.label(locale)}</a></td>
            <td class="num" data-label=say(words::ROWS)>{staff::grouped(head.rows)}</td>
            <td data-label=say(words::HOLDS)>{holds}</td>
            <td class=coming data-label=say(words::COMING)>{or_dash(head.coming, false)}</td>
            <td class=draft data-label=say(words::DRAFT)>{or_dash(head.draft, true)}</td>
        </tr>
    }
}
