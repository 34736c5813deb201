//! One list of an area: its rows as they hold, as they are drafted, or as an older version left them; the draft's buttons, versions, files.
//! Not here: a row's form (`row`), publishing (`preview`).
//! The addresses of the list's forms show this page again when one is refused.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::register::{AreaView, ListCode, ListView, RevisionState, RevisionView};
use shared::text::{register as words, staff};

use super::history::History;
use super::reorganise::ToReorganise;
use super::rows::Rows;
use super::table::TableCard;
use super::{Areas, InShort, StateOf, address, path_of, provide_names};
use crate::api::lists::read_list;
use crate::components::form::{Form, Hidden, SubmitButton};
use crate::components::page::{Loaded, fixed, of_address};
use crate::components::staff::StaffPage;
use crate::context::{say, use_locale};

/// `/office/lists/:list/:area` and the addresses of its forms.
#[component]
pub fn OfficeListPage() -> impl IntoView {
    view! {
        <StaffPage path="/office/lists/:list/:area" title=fixed(staff::LISTS) heading=false>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let resource = of_address(address(), read_list);
    // A function is built anew each time, so that no form keeps what was typed for another list.
    let show = |list: ListView| move || view! { <Whole list=list.clone()/> };
    view! {
        <DoneNote/>
        <Loaded resource show/>
    }
}

/// What was just done, from the address.
#[component]
fn DoneNote() -> impl IntoView {
    let query = use_query_map();
    let note = move || {
        let text = match query.with(|query| query.get("done"))?.as_str() {
            "begin" => words::DONE_BEGIN,
            "save" => words::DONE_SAVE,
            "remove" => words::DONE_REMOVE,
            "undo" => words::DONE_UNDO,
            "discard" => words::DONE_DISCARD,
            "restore" => words::DONE_RESTORE,
            "take-back" => words::DONE_TAKE_BACK,
            "ask-reading" => words::reading::DONE_ASK,
            "hand-on" => words::DONE_HAND_ON,
            "table" => words::DONE_TABLE,
            "publish" => words::DONE_PUBLISH,
            _ => return None,
        };
        Some(view! { <p class="note ok">{say(text)}</p> })
    };
    view! { <div aria-live="polite" class="done-note">{note}</div> }
}

/// What the page is about: the draft that can be changed, or a state that is only looked at.
pub(super) fn draft_of(list: &ListView) -> Option<RevisionView> {
    let shown = list.shown.clone()?;
    let is_open = matches!(shown.state, RevisionState::Draft | RevisionState::Submitted);
    is_open.then_some(shown)
}

#[component]
fn Whole(list: ListView) -> impl IntoView {
    provide_names(list.list);
    let locale = use_locale();
    let here = path_of(list.list, &list.area);
    let code = list.list;
    let (areas, current) = (list.areas.clone(), list.area.code.clone());
    let draft = draft_of(&list);
    let any_draft = list
        .revisions
        .iter()
        .any(|it| matches!(it.state, RevisionState::Draft | RevisionState::Submitted));
    let state = list.shown.clone().map(|revision| {
        view! { <p class="row"><StateOf revision=revision.clone()/> <InShort revision/></p> }
    });
    let may_edit = list.area.may_edit;
    let tools = match draft.clone() {
        Some(draft) => {
            view! { <DraftTools draft here=here.clone() area=list.area.clone()/> }.into_any()
        }
        None if may_edit && !any_draft => view! { <Begin here=here.clone()/> }.into_any(),
        None => ().into_any(),
    };
    let file = (may_edit && draft.is_some())
        .then(|| view! { <TableCard here=here.clone() version=draft.clone().map_or(0, |it| it.version)/> });
    let reorganise = (may_edit && code == ListCode::Units).then(|| {
        let area = here.rsplit('/').next().unwrap_or_default().to_owned();
        view! { <ToReorganise area/> }
    });
    let shown = list.shown.as_ref().map(|it| it.number);
    let revision = shown.map_or_else(String::new, |number| format!("?revision={number}"));
    let csv = format!("{here}/rows.csv{revision}");
    view! {
        <article class="stack">
            <header class="stack tight">
                <p><a href="/office/lists">{say(staff::LISTS)}</a></p>
                <h1>{code.label(locale)} " · " <span lang="zh-CN">{list.area.name.clone()}</span></h1>
                <Areas areas current href=Callback::new(move |(area,): (AreaView,)| path_of(code, &area))/>
                {state}
            </header>
            {tools}
            {reorganise}
            <Rows list=list.clone() here=here.clone()/>
            <p><a class="button" href=csv rel="external" download="">{say(words::DOWNLOAD)}</a></p>
            {file}
            <History list here/>
        </article>
    }
}

#[component]
fn Begin(here: String) -> impl IntoView {
    view! {
        <section class="card stack tight">
            <p class="help">{say(words::BEGIN_HELP)}</p>
            <Form action=format!("{here}/begin") prefix="begin-" label=say(words::BEGIN)>
                <SubmitButton label=words::BEGIN/>
            </Form>
        </section>
    }
}

/// What can be done with the draft.
#[component]
fn DraftTools(draft: RevisionView, here: String, area: AreaView) -> impl IntoView {
    let version = draft.version.to_string();
    let edits = area.may_edit.then(|| {
        let version = version.clone();
        view! {
            <a class="button" href=format!("{here}/row")>{say(words::ADD)}</a>
            <Form action=format!("{here}/discard") prefix="discard-" label=say(words::DISCARD)>
                <Hidden name="version" value=Signal::stored(version)/>
                <SubmitButton label=words::DISCARD class="danger"/>
            </Form>
        }
    });
    let preview = (area.may_edit || area.may_publish)
        .then(|| view! { <a class="button primary" href=format!("{here}/preview")>{say(words::PREVIEW)}</a> });
    view! { <section class="card"><div class="row">{preview} {edits}</div></section> }
}
