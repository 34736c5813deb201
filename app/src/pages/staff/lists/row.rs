//! The form of one row, made of the list's columns.
//! Not here: saving (`forms::staff::lists`).
//! A new row has no key in the address.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use shared::register::{Cells, Column, Kind, ListCode, RowForm, list};
use shared::text::notification::template::MessageCode;
use shared::text::register as words;

use super::{path_of, provide_names};
use crate::api::lists::read_row;
use crate::components::form::{Field, Form, Hidden, LongText, Select, SelectItem, SubmitButton};
use crate::components::page::{Loaded, fixed, of_address};
use crate::components::staff::StaffPage;
use crate::context::{say, use_locale, use_seed};

/// `/office/lists/:list/:area/row`
#[component]
pub fn ListRowPage() -> impl IntoView {
    view! {
        <StaffPage path="/office/lists/:list/:area/row" title=fixed(words::EDIT) heading=false>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let returned = use_seed().with(|seed| {
        let form = seed.form.as_ref()?;
        form.value("was").map(str::to_owned)
    });
    let address = move || {
        let part = |name: &str| params.with(|params| params.get(name).unwrap_or_default());
        let key = query.with(|query| query.get("key")).or(returned.clone());
        let key = shared::query::encoded(&key.unwrap_or_default());
        format!("list={}&area={}&key={key}", part("list"), part("area"))
    };
    let code = params.with_untracked(|params| params.get("list"));
    let code = code.and_then(|code| ListCode::parse(&code));
    let resource = of_address(address, read_row);
    let show = move |row: RowForm| code.map(|code| move || view! { <Whole row=row.clone() code/> });
    view! { <Loaded resource show/> }
}

#[component]
fn Whole(row: RowForm, code: ListCode) -> impl IntoView {
    provide_names(code);
    let locale = use_locale();
    let here = path_of(code, &row.area);
    let was = row
        .row
        .as_ref()
        .map_or_else(String::new, |row| row.key.clone());
    let cells = row.row.map(|row| row.cells).unwrap_or_default();
    let is_new = was.is_empty();
    let title = if is_new { words::ADD } else { words::EDIT };
    view! {
        <article class="stack">
            <header class="stack tight">
                <p><a href=here.clone()>{code.label(locale)} " · " <span lang="zh-CN">{row.area.name}</span></a></p>
                <h1>{say(title)}</h1>
            </header>
            <section class="card">
                <Form action=format!("{here}/row") prefix="row-" class="verb-form" label=say(title)>
                    <Hidden name="version" value=Signal::stored(row.revision.version.to_string())/>
                    <Hidden name="was" value=Signal::stored(was)/>
                    <Fields code cells/>
                    <p class="row">
                        <SubmitButton label=words::SAVE/>
                        <a class="button" href=here>{say(words::BACK)}</a>
                    </p>
                </Form>
            </section>
            {(code == ListCode::Templates).then(|| view! { <Variables/> })}
        </article>
    }
}

/// What each message offers to its text.
#[component]
fn Variables() -> impl IntoView {
    let locale = use_locale();
    let line = |code: &MessageCode| {
        let names = code.offers().iter().map(|name| format!("{{{name}}}"));
        let names = names.collect::<Vec<_>>().join(" ");
        view! { <div><dt>{code.label(locale)}</dt><dd><code translate="no">{names}</code></dd></div> }
    };
    let lines = MessageCode::ALL.iter().map(line).collect_view();
    view! {
        <details class="fold" open>
            <summary>{say(words::VARIABLES)}</summary>
            <dl class="facts compact">{lines}</dl>
        </details>
    }
}

/// A field for each column; made inside the form, whose state they read.
#[component]
fn Fields(code: ListCode, cells: Cells) -> impl IntoView {
    list(code)
        .columns
        .iter()
        .map(|column| {
            let value = cells.get(column.name).cloned().unwrap_or_default();
            view! { <Cell column value/> }
        })
        .collect_view()
}

/// The field of a column.
#[component]
fn Cell(column: &'static Column, value: String) -> impl IntoView {
    let locale = use_locale();
    let optional = !column.is_needed;
    let help = column.help;
    if let Kind::Choice(all) = column.kind {
        let items: Vec<SelectItem> = all()
            .into_iter()
            .map(|choice| SelectItem::new(choice.value, choice.text.get(locale)))
            .collect();
        let items = Signal::stored(items);
        return match help {
            Some(help) => {
                view! { <Select name=column.name label=column.label help items value optional/> }
                    .into_any()
            }
            None => view! { <Select name=column.name label=column.label items value optional/> }
                .into_any(),
        };
    }
    if let Kind::Text(most) = column.kind {
        let label = column.label.get(locale);
        let max = u32::try_from(most).unwrap_or(u32::MAX);
        let rows = if most > 1_000 { 10 } else { 4 };
        return view! { <LongText name=column.name label help value optional max rows/> }
            .into_any();
    }
    let (kind, inputmode) = match column.kind {
        Kind::Day => ("date", None),
        Kind::Number(..) => ("text", Some("numeric")),
        _ => ("text", None),
    };
    let inputmode = inputmode.unwrap_or("text");
    match help {
        Some(help) => view! { <Field name=column.name label=column.label help kind value optional inputmode/> }.into_any(),
        None => view! { <Field name=column.name label=column.label kind value optional inputmode/> }.into_any(),
    }
}
