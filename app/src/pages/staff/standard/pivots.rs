//! Saved pivots: the list, where one's own are deleted, and the form that keeps a question beneath its figures.
//! Not here: what a pivot comes to (the page of cubes), the rules (services).
//! Without script all are links and plain forms.

use leptos::prelude::*;
use shared::query::view::ViewShare;
use shared::report::{Moving, PivotRow};
use shared::text::{Text, measure, pivot as words, query as views};

use crate::api::staff::board::read_pivots;
use crate::components::form::{Field, FieldNames, Form, Hidden, Select, SelectItem, SubmitButton};
use crate::components::page::{Loaded, by_query, fixed};
use crate::components::staff::StaffPage;
use crate::components::work_list::{WorkCards, WorkList};
use crate::context::{say, use_locale};
use crate::pages::staff::measures::ReportWays;

/// The page's own address.
const PIVOTS: &str = "/reports/pivots";

/// `/reports/pivots`
#[component]
pub fn PivotsPage() -> impl IntoView {
    view! {
        <StaffPage path="/reports/pivots" title=fixed(words::PIVOTS)>
            <Content/>
        </StaffPage>
    }
}

/// What is said of what was done.
fn told(done: &str) -> Option<Text> {
    (done == "pivot").then_some(words::DONE)
}

#[component]
fn Content() -> impl IntoView {
    let resource = by_query(async |_| read_pivots().await);
    let show = |rows: Vec<PivotRow>| view! { <Rows rows/> };
    view! {
        <div class="stack loose report">
            <ReportWays here=PIVOTS/>
            <WorkList told help=words::PIVOTS_WHY resource show/>
        </div>
    }
}

/// The list, as it also stands among the reports.
#[component]
pub(super) fn Pivots() -> impl IntoView {
    let resource = by_query(async |_| read_pivots().await);
    let show = |rows: Vec<PivotRow>| view! { <Rows rows/> };
    view! { <Loaded resource show/> }
}

#[component]
fn Rows(rows: Vec<PivotRow>) -> impl IntoView {
    let card = |row: PivotRow| view! { <One row/> };
    view! {
        <WorkCards rows none=words::NONE none_why=words::NONE_WHY card>
            <a class="button" href="/reports/cube">{say(measure::CUBE)}</a>
        </WorkCards>
    }
}

/// A pivot; its owner deletes it.
#[component]
fn One(row: PivotRow) -> impl IntoView {
    let locale = use_locale();
    let broken = row
        .query
        .is_none()
        .then(|| view! { <p class="note warn">{say(words::BROKEN)}</p> });
    let name = match row.query {
        Some(query) => {
            let href = format!("/reports/cube?{query}");
            view! { <a href=href>{row.name}</a> }.into_any()
        }
        None => view! { <span>{row.name}</span> }.into_any(),
    };
    let whose = match &row.by {
        Some(name) => views::by(name, locale),
        None => row.shared.label(locale).to_owned(),
    };
    let own = row.by.is_none().then(|| {
        let action = format!("{PIVOTS}/{}/delete", row.id);
        let prefix = format!("delete-{}-", row.id);
        view! {
            <Form action=action prefix=prefix label=say(words::DELETE)>
                <SubmitButton label=words::DELETE class="danger"/>
            </Form>
        }
    });
    view! {
        <section class="card stack tight">
            <h2 class="section-title">{name}</h2>
            <p class="muted small">{row.span.label(locale)} " · " {whose}</p>
            {broken}
            {own}
        </section>
    }
}

/// The form that keeps the question of a page.
#[component]
pub fn KeepPivot(
    /// The question as it stands in an address.
    query: String,
) -> impl IntoView {
    let locale = use_locale();
    let names = [
        ("name", views::NAME),
        ("span", words::SPAN),
        ("shared", views::SHARED),
        ("query", words::PIVOTS),
    ];
    let names = names.map(|(name, label)| (name.to_owned(), say(label).to_owned()));
    provide_context(FieldNames(names.to_vec()));
    let spans: Vec<SelectItem> = Moving::ALL
        .iter()
        .map(|it| SelectItem::new(it.to_string(), it.label(locale)))
        .collect();
    let shares: Vec<SelectItem> = ViewShare::ALL
        .iter()
        .map(|it| SelectItem::new(it.to_string(), it.label(locale)))
        .collect();
    let (span, share) = (Moving::ThisMonth.to_string(), ViewShare::Nobody.to_string());
    view! {
        <section class="card stack no-print">
            <h2 class="section-title">{say(words::SAVE)}</h2>
            <p class="muted small">{say(words::PIVOTS_WHY)}</p>
            <Form action=PIVOTS prefix="pivot-" class="stack" label=say(words::SAVE)>
                <Hidden name="query" value=Signal::stored(query)/>
                <Field name="name" label=views::NAME/>
                <Select name="span" label=words::SPAN help=words::SPAN_HELP items=Signal::stored(spans) value=span/>
                <Select name="shared" label=views::SHARED items=Signal::stored(shares) value=share/>
                <div><SubmitButton label=words::SAVE class=""/></div>
            </Form>
        </section>
    }
}
