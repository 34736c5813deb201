//! Conditions with and, or and not: each a row that can be taken off, a row to add another, and the whole as text, with what is wrong at its place.
//! Not here: the language (`shared::query::language`), filters with a control of their own (`filters`).
//! All are plain GET forms and links: the address says what is asked.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::query::TicketQuery;
use shared::query::language::{Expr, Field, FieldKind, Op, WHERE, parts, without};
use shared::text::{Locale, Text, faults, query as words};

use super::{PATH, to};
use crate::api::staff::Listed;
use crate::components::form::AskArea;
use crate::components::form::options::{Items, entries};
use crate::context::{say, use_locale};

/// Id of what is wrong.
const WRONG: &str = "where-wrong";

/// The fold.
#[component]
pub fn Conditions(listed: Listed, query: TicketQuery) -> impl IntoView {
    let locale = use_locale();
    let beside = listed.beside.clone();
    let fault = listed.fault.as_ref();
    let wrong: Vec<String> = fault
        .into_iter()
        .flat_map(|fault| fault.fields.iter())
        .filter(|field| field.field == WHERE)
        .map(|field| faults::field_message(field, locale))
        .collect();
    let is_wrong = !wrong.is_empty();
    let of_text = is_wrong && beside.row.is_none();
    let expr = query.filter.expr.clone();
    let explained = use_query_map().with_untracked(|asked| asked.get("fields").is_some());
    let open = expr.is_some() || is_wrong || explained;
    let text = beside
        .typed
        .or_else(|| expr.as_ref().map(ToString::to_string))
        .unwrap_or_default();
    let notes = wrong
        .into_iter()
        .map(|words| view! { <p>{words}</p> })
        .collect_view();
    let query = TicketQuery {
        cursor: None,
        ..query
    };
    view! {
        <details class="fold conditions" open=open>
            <summary>{say(words::TITLE)}</summary>
            <div class="stack">
                <p class="muted small">{say(words::HELP)}</p>
                {is_wrong.then(|| view! { <div class="note bad" id=WRONG role="alert">{notes}</div> })}
                <Rows expr query=query.clone()/>
                <AddRow listed=listed.clone() query=query.clone() row=beside.row/>
                <AskForm query=query.clone() without=WHERE>
                    <AskArea name=WHERE id="where" label=words::WRITTEN value=text wrong=of_text.then_some(WRONG)/>
                    <p><button class="button">{say(words::APPLY)}</button></p>
                </AskForm>
                {if explained || is_wrong {
                    view! { <Reference listed/> }.into_any()
                } else {
                    // The table of all fields is most of the page's weight: it comes when it is asked for.
                    view! { <p><a href=explaining(&query) rel="nofollow">{say(words::FIELDS)}</a></p> }.into_any()
                }}
            </div>
        </details>
    }
}

/// The list with the table of fields.
fn explaining(query: &TicketQuery) -> String {
    let href = to(PATH, query);
    let sign = if href.contains('?') { '&' } else { '?' };
    format!("{href}{sign}fields=true#fields")
}

/// A GET form that keeps all else that the address says.
#[component]
fn AskForm(
    query: TicketQuery,
    /// What the form says itself.
    without: &'static str,
    children: Children,
) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    let on_submit = crate::browser::query::interceptor(PATH);
    #[cfg(not(feature = "hydrate"))]
    let on_submit = |_: leptos::ev::SubmitEvent| {};
    let kept = query
        .to_pairs()
        .into_iter()
        .filter(|(name, _)| name != without)
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    view! {
        <form method="get" action=PATH class="stack" on:submit=on_submit>
            {kept}
            {children()}
        </form>
    }
}

/// What must hold all together, each with a link to the list without it.
#[component]
fn Rows(expr: Option<Expr>, query: TicketQuery) -> impl IntoView {
    expr.map(|expr| chips(&expr, &query))
}

fn chips(expr: &Expr, query: &TicketQuery) -> impl IntoView + use<> {
    let locale = use_locale();
    let rows = parts(expr)
        .iter()
        .enumerate()
        .map(|(index, part)| {
            let mut left = query.clone();
            left.filter.expr = without(expr, index);
            view! {
                <li>
                    <a class="chip" href=to(PATH, &left) title=say(words::TAKE_OFF)>
                        <span>{part.said(locale)}</span>
                        <span aria-hidden="true">"×"</span>
                        <span class="visually-hidden">{say(words::TAKE_OFF)}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="chips" aria-label=say(words::ROWS)>{rows}</ul> }
}

/// A row that becomes a condition.
#[component]
fn AddRow(listed: Listed, query: TicketQuery, row: Option<[String; 3]>) -> impl IntoView {
    let locale = use_locale();
    let [field, op, value] = row.unwrap_or_default();
    let has_rows = query.filter.expr.is_some();
    let mut fields: Vec<(String, String)> = Field::ALL
        .iter()
        .filter(|field| field.kind() != FieldKind::Person)
        .map(|field| (field.to_string(), field.label(locale).to_owned()))
        .collect();
    let asked = |code: &String| listed.own_asked.contains(code);
    let own = listed.own.iter().filter(|field| asked(&field.code));
    fields.extend(own.map(|field| {
        let name = match locale {
            Locale::Zh => field.zh.clone(),
            Locale::En => field.en.clone(),
        };
        (format!("own.{}", field.code), name)
    }));
    let ops: Vec<(String, String)> = Op::ALL
        .iter()
        .map(|op| (op.to_string(), op.label(locale).to_owned()))
        .collect();
    view! {
        <AskForm query without="row">
            <div class="filters inner">
                <Pick name="row_field" label=words::FIELD items=fields chosen=field/>
                <Pick name="row_op" label=words::OPERATOR items=ops chosen=op/>
                <div class="field">
                    <label for="row_value">{say(words::VALUE)}</label>
                    <input type="text" id="row_value" name="row_value" value=value maxlength="1000" autocomplete="off"/>
                </div>
                {has_rows.then(|| {
                    let items = vec![
                        ("and".to_owned(), say(words::AND).to_owned()),
                        ("or".to_owned(), say(words::OR).to_owned()),
                    ];
                    view! { <Pick name="row_join" label=words::JOIN items chosen=String::new()/> }
                })}
                <div class="field"><button class="button">{say(words::ADD)}</button></div>
            </div>
        </AskForm>
    }
}

#[component]
fn Pick(name: &'static str, label: Text, items: Items, chosen: String) -> impl IntoView {
    let entries = entries(&items, &chosen);
    view! {
        <div class="field">
            <label for=name>{say(label)}</label>
            <select id=name name=name autocomplete="off" inner_html=entries></select>
        </div>
    }
}

/// Fields with what they can be, operators, examples.
#[component]
fn Reference(listed: Listed) -> impl IntoView {
    let locale = use_locale();
    let fields = Field::ALL
        .iter()
        .map(|field| {
            let ops = operators(field.kind());
            view! {
                <tr>
                    <th scope="row"><code>{field.as_str()}</code></th>
                    <td data-label=say(words::FIELD)>{field.label(locale)}</td>
                    <td data-label=say(words::OPERATORS)><code>{ops}</code></td>
                    <td data-label=say(words::VALUES)>{values(*field, locale)}</td>
                </tr>
            }
        })
        .collect_view();
    let own = listed
        .own
        .iter()
        .filter(|field| listed.own_asked.contains(&field.code))
        .map(|field| format!("own.{}", field.code))
        .collect::<Vec<_>>();
    let own = (!own.is_empty()).then(|| {
        view! { <p class="small">{say(words::OWN)} ": " <code>{own.join(", ")}</code> " " <code>{operators(FieldKind::Mark)}</code></p> }
    });
    let samples = words::SAMPLES
        .iter()
        .map(|(text, what)| {
            let query = TicketQuery {
                filter: shared::query::TicketFilter {
                    expr: Expr::parse(text).ok(),
                    ..shared::query::TicketFilter::default()
                },
                ..TicketQuery::default()
            };
            view! { <li><a href=to(PATH, &query)><code>{*text}</code></a> " " {say(*what)}</li> }
        })
        .collect_view();
    view! {
        <details class="fold" id="fields" open=true>
            <summary>{say(words::FIELDS)}</summary>
            <div class="stack">
                <p>{say(words::EXAMPLES)}</p>
                <ul>{samples}</ul>
                <div class="table-wrap" role="region" tabindex="0" aria-label=say(words::FIELDS)>
                    <table class="table cards">
                        <thead>
                            <tr>
                                <th scope="col">"where"</th>
                                <th scope="col">{say(words::FIELD)}</th>
                                <th scope="col">{say(words::OPERATORS)}</th>
                                <th scope="col">{say(words::VALUES)}</th>
                            </tr>
                        </thead>
                        <tbody>{fields}</tbody>
                    </table>
                </div>
                {own}
            </div>
        </details>
    }
}

fn operators(kind: FieldKind) -> String {
    let ops = kind.ops().iter().map(|op| op.as_str());
    ops.collect::<Vec<_>>().join("  ")
}

/// What a field can be.
fn values(field: Field, locale: Locale) -> String {
    let words = match field.kind() {
        FieldKind::Code | FieldKind::Answer => {
            let codes = field.codes().into_iter();
            let codes = codes.map(|it| format!("{} {}", it.word, it.label.get(locale)));
            return codes.collect::<Vec<_>>().join("；");
        }
        FieldKind::Flag => words::YES_OR_NO,
        FieldKind::Number => words::OF_NUMBERS,
        FieldKind::Time => words::OF_DAYS,
        FieldKind::Area | FieldKind::Unit | FieldKind::Tree | FieldKind::Mark => words::OF_CODES,
        FieldKind::Text => words::OF_TEXTS,
        FieldKind::Person => words::OF_PERSONS,
    };
    words.get(locale).to_owned()
}
