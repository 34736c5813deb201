//! Somebody's own page of figures: tiles of saved pivots and views, each of which loads by itself, so that a slow one holds up no other.
//! Not here: what a tile says (`services::reports::board`).
//! Without script the page shows all numbers at once under `?all=yes`.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::access::needs;
use shared::report::{BoardView, TileBar, TileChoice, TileLine, TileRow, TileShown};
use shared::text::{clock, pivot as words, query};

use crate::api::staff::board::{read_board, read_tile};
use crate::components::empty::Empty;
use crate::components::form::{FieldNames, Form, Select, SelectItem, SubmitButton};
use crate::components::page::{Loaded, Loading, by_query, fixed, of_address};
use crate::components::staff::StaffPage;
use crate::context::{say, use_actor, use_locale, use_now};

/// The page's own address.
const BOARD: &str = "/board";

/// `/board`
#[component]
pub fn BoardPage() -> impl IntoView {
    view! {
        <StaffPage path="/board" title=fixed(words::BOARD)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let names = [("what".to_owned(), say(words::WHAT).to_owned())];
    provide_context(FieldNames(names.to_vec()));
    let resource = by_query(async |_| read_board().await);
    let show = |board: BoardView| view! { <Whole board/> };
    let query = use_query_map();
    let note = move || {
        let done = query.with(|query| query.get("done"));
        done.map(|_| view! { <p class="note ok">{say(words::DONE)}</p> })
    };
    view! {
        <div class="stack loose report">
            <div aria-live="polite" class="done-note">{note}</div>
            <p class="muted">{say(words::BOARD_WHY)}</p>
            <Loaded resource show/>
        </div>
    }
}

#[component]
fn Whole(board: BoardView) -> impl IntoView {
    let query = use_query_map();
    let at_once = query.with_untracked(|query| query.get("all").is_some());
    let all = (!at_once && !board.tiles.is_empty()).then(|| {
        let href = format!("{BOARD}?all=yes");
        view! { <p class="no-print"><a href=href rel="external">{say(words::ALL_AT_ONCE)}</a></p> }
    });
    let reports = use_actor().is_some_and(|actor| needs::REPORT.is_met_by(&actor));
    let reports = reports
        .then(|| view! { <a class="button" href="/reports/pivots">{say(words::PIVOTS)}</a> });
    let tiles = if board.tiles.is_empty() {
        view! {
            <section class="card">
                <Empty title=words::BOARD_NONE reason=words::BOARD_NONE_WHY>
                    {reports}
                    " "
                    <a class="button" href="/views">{say(query::VIEWS)}</a>
                </Empty>
            </section>
        }
        .into_any()
    } else {
        let tile = |row: TileRow| view! { <Tile row at_once/> };
        let tiles = board.tiles.into_iter().map(tile).collect_view();
        view! { <div class="board">{tiles}</div> }.into_any()
    };
    let pin = (!board.choices.is_empty()).then(|| view! { <Pin choices=board.choices/> });
    view! {
        {tiles}
        {all}
        {pin}
    }
}

/// A tile: its name, what its owner does with it, and its numbers as soon as they are counted.
#[component]
fn Tile(row: TileRow, at_once: bool) -> impl IntoView {
    let locale = use_locale();
    let base = format!("{BOARD}/{}", row.id);
    let is_there = row.name.is_some();
    let name = row
        .name
        .unwrap_or_else(|| row.kind.label(locale).to_owned());
    let (front, away) = (format!("front-{}-", row.id), format!("remove-{}-", row.id));
    let numbers = if is_there {
        view! { <Numbers id=row.id at_once/> }.into_any()
    } else {
        view! { <p class="note warn">{say(words::GONE)}</p> }.into_any()
    };
    view! {
        <section class="card stack tight">
            <h2 class="section-title">{name}</h2>
            <p class="muted small">{row.kind.label(locale)}</p>
            {numbers}
            <div class="row no-print">
                <Form action=format!("{base}/front") prefix=front label=say(words::FIRST)>
                    <SubmitButton label=words::FIRST class=""/>
                </Form>
                <Form action=format!("{base}/remove") prefix=away label=say(words::UNPIN)>
                    <SubmitButton label=words::UNPIN class=""/>
                </Form>
            </div>
        </section>
    }
}

/// The numbers, asked for when the page is there; at once where the page is to be whole.
#[component]
fn Numbers(id: String, at_once: bool) -> impl IntoView {
    let live = RwSignal::new(at_once);
    Effect::new(move || {
        if !live.get_untracked() {
            live.set(true);
        }
    });
    move || {
        if !live.get() {
            return view! { <Loading/> }.into_any();
        }
        let id = id.clone();
        let resource = of_address(move || id.clone(), read_tile);
        let show = |tile: TileShown| view! { <Shown tile/> };
        view! { <Loaded resource show/> }.into_any()
    }
}

#[component]
fn Shown(tile: TileShown) -> impl IntoView {
    let (locale, now) = (use_locale(), use_now());
    let when = words::as_of(&clock::date_time(tile.as_of, now, locale), locale);
    let days = tile.days.map(|days| {
        let [from, to, before, until] = &days;
        let over = words::over([from, to, before, until], locale);
        view! { <p class="muted small">{over}</p> }
    });
    let line = |line: TileLine| {
        let change = line.change.map(|change| {
            view! { <small class="block muted">{say(words::COMPARED)} " " {change}</small> }
        });
        view! {
            <li class="stack tight">
                <span class="muted small">{line.label}</span>
                <b class="num"><a href=line.href>{line.value}</a></b>
                {change}
            </li>
        }
    };
    let lines = tile.lines.into_iter().map(line).collect_view();
    let bar = |bar: TileBar| {
        view! {
            <li>
                <span class="bar-name">{bar.name}</span>
                <svg class="bar-line" viewBox="0 0 1000 16" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                    <rect x="0" y="0" width=bar.length.max(4) height="16"></rect>
                </svg>
                <a class="num" href=bar.href>{bar.value}</a>
            </li>
        }
    };
    let bars = (!tile.bars.is_empty()).then(|| {
        let bars = tile.bars.into_iter().map(bar).collect_view();
        view! { <ul class="bars">{bars}</ul> }
    });
    view! {
        <ul class="tile-lines">{lines}</ul>
        {bars}
        {days}
        <p class="muted small">{when} " · " <a href=tile.href>{say(words::OPEN)}</a></p>
    }
}

/// The form that puts something on the page.
#[component]
fn Pin(choices: Vec<TileChoice>) -> impl IntoView {
    let locale = use_locale();
    let items: Vec<SelectItem> = choices
        .into_iter()
        .map(|it| {
            let value = format!("{}:{}", it.kind, it.subject);
            SelectItem::new(value, format!("{} · {}", it.kind.label(locale), it.name))
        })
        .collect();
    view! {
        <section class="card stack no-print">
            <h2 class="section-title">{say(words::PIN)}</h2>
            <Form action=BOARD prefix="pin-" class="stack" label=say(words::PIN)>
                <Select name="what" label=words::WHAT items=Signal::stored(items)/>
                <div><SubmitButton label=words::PIN class=""/></div>
            </Form>
        </section>
    }
}
