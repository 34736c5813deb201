//! A page of a list's rows: search, what the draft does to each, change, removal, and the pages.
//! Not here: the form of a row (`row`).
//! Columns are the list's own; at 390 pixels each row is a card.

use chrono::Datelike;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::query::encoded;
use shared::register::{
    Cells, Column, Kind, ListCode, ListView, RevisionView, RowChange, RowView, SettingGroup, list,
};
use shared::text::register as words;

use super::cell_of;
use super::one::draft_of;
use crate::components::empty::Empty;
use crate::components::form::{Form, Hidden, SubmitButton};
use crate::components::pager::Pager;
use crate::context::{say, use_locale, use_now};

/// The rows.
#[component]
pub fn Rows(list: ListView, here: String) -> impl IntoView {
    let locale = use_locale();
    let query = use_query_map();
    let get = move |name: &str| {
        let value = query.with_untracked(|query| query.get(name));
        value.filter(|value| !value.is_empty())
    };
    let (searched, revision, changes, later) = (
        get("q"),
        get("revision"),
        get("changes"),
        get("cursor").is_some(),
    );
    let kept = |more: &[(&str, Option<&String>)]| {
        let pairs = more
            .iter()
            .filter_map(|(name, value)| Some(format!("{name}={}", encoded(value.as_ref()?))));
        let query = pairs.collect::<Vec<_>>().join("&");
        if query.is_empty() {
            here.clone()
        } else {
            format!("{here}?{query}")
        }
    };
    let same = [
        ("q", searched.as_ref()),
        ("revision", revision.as_ref()),
        ("changes", changes.as_ref()),
    ];
    let next = list.next_cursor.clone().map(|cursor| {
        let mut pairs = same.to_vec();
        pairs.push(("cursor", Some(&cursor)));
        kept(&pairs)
    });
    let first = later.then(|| kept(&same));
    let one = "1".to_owned();
    let other = if changes.is_some() {
        let href = kept(&[("revision", revision.as_ref())]);
        view! { <a href=href>{say(words::ALL_ROWS)}</a> }.into_any()
    } else if list.shown.as_ref().is_some_and(|it| it.changes > 0) {
        let href = kept(&[("revision", revision.as_ref()), ("changes", Some(&one))]);
        view! { <a href=href>{say(words::CHANGES_ONLY)}</a> }.into_any()
    } else {
        ().into_any()
    };
    let total = words::total(list.total, locale);
    let clear = searched.is_some().then(|| {
        let href = kept(&[
            ("revision", revision.as_ref()),
            ("changes", changes.as_ref()),
        ]);
        view! { <a href=href>{say(words::CLEAR)}</a> }
    });
    let hidden = |name: &'static str, value: &Option<String>| {
        value
            .clone()
            .map(|value| view! { <input type="hidden" name=name value=value/> })
    };
    view! {
        <section class="stack tight" aria-label=say(words::ROWS)>
            <form class="row rows-search" method="get" action=here.clone() role="search">
                {hidden("revision", &revision)}
                {hidden("changes", &changes)}
                <label for="rows-q">{say(words::SEARCH)}</label>
                <input id="rows-q" name="q" type="search" value=searched.clone() autocomplete="off"/>
                <button type="submit" class="button">{say(words::FIND)}</button>
                {clear}
            </form>
            <Years code=list.list here=here.clone() revision=revision.clone() searched=searched.clone()/>
            <p class="row between"><span class="muted">{total}</span> {other}</p>
            <Table list=list.clone() here=here.clone() searched=searched.is_some()/>
            <Pager first next/>
        </section>
    }
}

/// The years that people look for in the calendar, whose rows go back to the first notice.
#[component]
fn Years(
    code: ListCode,
    here: String,
    revision: Option<String>,
    searched: Option<String>,
) -> impl IntoView {
    if code != ListCode::Calendar {
        return ().into_any();
    }
    let now = use_now().date().year();
    let drafted = revision.map(|it| format!("&revision={}", encoded(&it)));
    let drafted = drafted.unwrap_or_default();
    let link = |year: i32| {
        let year = year.to_string();
        let current = (searched.as_ref() == Some(&year)).then_some("true");
        let href = format!("{here}?q={year}{drafted}");
        view! { <a class="chip num" href=href aria-current=current>{year}</a> }
    };
    let links = (now - 1..=now + 1).map(link).collect_view();
    view! { <nav class="chips" aria-label=say(words::YEARS)>{links}</nav> }.into_any()
}

#[component]
fn Table(list: ListView, here: String, searched: bool) -> impl IntoView {
    let locale = use_locale();
    if list.rows.is_empty() {
        let drafting = list.area.may_edit && draft_of(&list).is_some();
        let (title, reason) = if searched {
            (words::NONE, words::NONE_WHY)
        } else if drafting {
            (words::NO_ROWS, words::NO_ROWS_YET)
        } else {
            (words::NO_ROWS, words::NO_ROWS_WHY)
        };
        return view! { <div class="card"><Empty title reason/></div> }.into_any();
    }
    let draft = draft_of(&list).filter(|_| list.area.may_edit);
    let has_changes = list.rows.iter().any(|row| row.change.is_some());
    let described = shared_columns(&list);
    let heads = described
        .iter()
        .map(|column| {
            let class = if matches!(column.kind, Kind::Number(..)) {
                "num"
            } else {
                ""
            };
            view! { <th scope="col" class=class>{column.label.get(locale)}</th> }
        })
        .collect_view();
    let code = list.list;
    let wide = described.len() + usize::from(has_changes) + usize::from(draft.is_some());
    let bodies = grouped(code, list.rows)
        .into_iter()
        .map(|(group, rows)| {
            let head = group.map(|group| {
                view! { <tr class="group"><th class="group" scope="rowgroup" colspan=wide.to_string()>{group.label(locale)}</th></tr> }
            });
            let lines = rows
                .into_iter()
                .map(|row| view! { <Line row code here=here.clone() draft=draft.clone() has_changes/> })
                .collect_view();
            view! { <tbody>{head}{lines}</tbody> }
        })
        .collect_view();
    let actions = draft
        .is_some()
        .then(|| view! { <th scope="col">{say(words::ACTIONS)}</th> });
    let change = has_changes.then(|| view! { <th scope="col">{say(words::CHANGE)}</th> });
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::ROWS)>
            <table class="table cards rows">
                <thead><tr>{heads}{change}{actions}</tr></thead>
                {bodies}
            </table>
        </div>
    }
    .into_any()
}

/// The rows of a page below their heads: settings by what they are about, all others as they come.
fn grouped(code: ListCode, rows: Vec<RowView>) -> Vec<(Option<SettingGroup>, Vec<RowView>)> {
    if code != ListCode::Settings {
        return vec![(None, rows)];
    }
    let of = |row: &RowView| SettingGroup::of(row.cells.get("name").map_or("", String::as_str));
    let mut left = rows;
    let mut groups = Vec::new();
    for group in SettingGroup::ALL.iter().copied() {
        let (here, others): (Vec<_>, Vec<_>) = left.into_iter().partition(|row| of(row) == group);
        left = others;
        if !here.is_empty() {
            groups.push((Some(group), here));
        }
    }
    groups
}

fn shared_columns(view: &ListView) -> &'static [Column] {
    list(view.list).columns
}

#[component]
fn Line(
    row: RowView,
    code: ListCode,
    here: String,
    draft: Option<RevisionView>,
    has_changes: bool,
) -> impl IntoView {
    let locale = use_locale();
    let columns = list(code).columns;
    let is_gone = row.change == Some(RowChange::Gone);
    let cells = columns
        .iter()
        .enumerate()
        .map(|(at, column)| {
            let shown = Cell::of(column, &row, locale);
            let is_bare = shown.now.is_empty() && shown.was.is_none();
            let class = match (at, is_bare) {
                (0, _) => first_class(column.kind),
                (_, true) => "bare",
                _ => class_of(column.kind),
            };
            // Names are Chinese in every language, unless the column says which.
            let lang = match column.kind {
                Kind::Line(_) | Kind::Text(_) if column.name.ends_with("en") => Some("en"),
                Kind::Line(_) | Kind::Text(_) => Some("zh-CN"),
                _ => None,
            };
            let struck = is_gone && !shown.now.is_empty();
            let now = if struck {
                view! { <del>{shown.now}</del> }.into_any()
            } else {
                view! { {shown.now} }.into_any()
            };
            let was = shown.was.map(|was| {
                view! { <span class="muted small">" (" {say(words::WAS)} " " {was} ")"</span> }
            });
            view! { <td class=class data-label=column.label.get(locale) lang=lang>{now}{was}</td> }
        })
        .collect_view();
    let change = has_changes.then(|| {
        let badge = row.change.map(|change| {
            view! { <span class="badge state" data-change=change.as_str()>{change.label(locale)}</span> }
        });
        view! { <td data-label=say(words::CHANGE)>{badge}</td> }
    });
    let actions = draft.map(|draft| {
        view! { <td class="ways"><Actions row=row.clone() code here draft/></td> }
    });
    view! { <tr>{cells}{change}{actions}</tr> }
}

/// From so many characters on a line is no name but a sentence.
const LONG: usize = 100;

/// How what stands in a cell is set: numbers below each other, codes and days in one piece.
const fn class_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Text(_) | Kind::Line(LONG..) => "several-lines",
        Kind::Number(..) => "num",
        Kind::Code(_) | Kind::Day | Kind::Time | Kind::Place => "whole",
        Kind::Line(_) => "words",
        Kind::Choice(_) | Kind::MonthDay | Kind::Of(_) => "",
    }
}

/// The same for the first cell of a row, which heads its card on a telephone.
const fn first_class(kind: Kind) -> &'static str {
    match kind {
        Kind::Code(_) | Kind::Day | Kind::Time | Kind::Place | Kind::Of(_) => "key whole",
        Kind::Line(_) | Kind::Text(_) | Kind::Number(..) | Kind::Choice(_) | Kind::MonthDay => {
            "key"
        }
    }
}

/// A cell now, and before where the draft changes it.
struct Cell {
    now: String,
    was: Option<String>,
}

impl Cell {
    fn of(column: &Column, row: &RowView, locale: shared::text::Locale) -> Self {
        let shown = |cells: &Cells| {
            let value = cells.get(column.name).map_or("", String::as_str);
            cell_of(column, value, locale)
        };
        let now = shown(&row.cells);
        let was = row.before.as_ref().map(shown).filter(|was| *was != now);
        // An empty part of the key stands for everything.
        let any = column.is_key && !column.is_needed;
        let empty = if any { words::ANY } else { words::EMPTY };
        let or_empty = |text: String| {
            if text.is_empty() {
                empty.get(locale).to_owned()
            } else {
                text
            }
        };
        Self {
            now: if any || was.is_some() {
                or_empty(now)
            } else {
                now
            },
            was: was.map(or_empty),
        }
    }
}

/// Change, removal, or leaving as it was.
#[component]
fn Actions(row: RowView, code: ListCode, here: String, draft: RevisionView) -> impl IntoView {
    let version = draft.version.to_string();
    let key = row.key.clone();
    let edit = (row.change != Some(RowChange::Gone)).then(|| {
        let href = format!("{here}/row?key={}", encoded(&key));
        view! { <a href=href aria-label=format!("{} {key}", say(words::EDIT))>{say(words::EDIT)}</a> }
    });
    let button = |verb: &'static str, label, class| {
        let (key, version) = (key.clone(), version.clone());
        view! {
            <Form
                action=format!("{here}/{verb}")
                mark=key.clone()
                prefix=format!("{verb}-{key}-")
                label=format!("{} {key}", say(label))
            >
                <Hidden name="version" value=Signal::stored(version)/>
                <Hidden name="key" value=Signal::stored(key)/>
                <SubmitButton label class/>
            </Form>
        }
    };
    let may_go = row.change != Some(RowChange::Gone)
        && (list(code).removable || row.change == Some(RowChange::New));
    let remove = may_go.then(|| button("remove", words::REMOVE, "danger"));
    let undo = row
        .change
        .is_some()
        .then(|| button("undo", words::UNDO, ""));
    view! { <span class="row">{edit} {remove} {undo}</span> }
}
