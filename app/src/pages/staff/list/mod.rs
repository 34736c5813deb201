//! The ticket list: filters whose values stand in the address, chips to take them off, the count, the rows, the export.
//! Not here: reading addresses (`shared::query`), who sees what (services).
//! Without script the filters are a plain GET form.

mod chips;
mod conditions;
mod facets;
mod filters;
mod looked;
mod own;
mod persons;
mod shown;
mod unseen;
mod views;
mod widened;

pub use persons::PersonsPage;
pub use views::ViewsPage;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use shared::access::needs;
use shared::job::ExportFormat;
use shared::query::TicketQuery;
use shared::query::search::FoundIn;
use shared::query::shown::ListColumn;
use shared::text::{job, staff, template, ticket};
use shared::ticket::view::{Named, TicketRow};

use self::chips::Chips;
use self::conditions::Conditions;
use self::facets::Facets;
use self::filters::Filters;
use self::looked::Looked;
use self::persons::Persons;
use self::shown::KeepColumns;
use self::unseen::Why;
use self::views::Views;
use self::widened::Widened;
use crate::api::staff::{Listed, read_tickets};
use crate::components::empty::Empty;
use crate::components::fault::wrong_fields;
use crate::components::on_page::OnPage;
use crate::components::page::{Loaded, by_query, fixed};
use crate::components::pager::Pager;
use crate::components::row::{BulkBar, TicketHead, TicketLine, bulk_acts};
use crate::components::staff::StaffPage;
use crate::context::{say, use_actor, use_locale};
use crate::pages::staff::jobs::ExportButton;

/// The list's own address.
const PATH: &str = "/tickets";

/// `/tickets`
#[component]
pub fn ListPage() -> impl IntoView {
    view! {
        <StaffPage path="/tickets" title=fixed(staff::LIST_TITLE)>
            <Content/>
        </StaffPage>
    }
}

#[component]
fn Content() -> impl IntoView {
    let resource = by_query(async |query| read_tickets(query).await.map(Shown::from));
    let show = |shown: Shown| view! { <List shown/> };
    view! { <Loaded resource show/> }
}

/// The list as the page keeps it: rows and units stand in the page, and are not sent again as data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Shown {
    listed: Listed,
    is_empty: bool,
    rows: OnPage<Vec<(TicketRow, Option<FoundIn>)>>,
    has_units: bool,
    units: OnPage<Vec<Named>>,
}

impl From<Listed> for Shown {
    fn from(mut listed: Listed) -> Self {
        let mut found = std::mem::take(&mut listed.page.found).into_iter();
        let rows = std::mem::take(&mut listed.page.items).into_iter();
        let rows: Vec<_> = rows.map(|row| (row, found.next())).collect();
        let units = std::mem::take(&mut listed.units);
        Self {
            listed,
            is_empty: rows.is_empty(),
            rows: OnPage::new(rows),
            has_units: !units.is_empty(),
            units: OnPage::new(units),
        }
    }
}

#[component]
fn List(shown: Shown) -> impl IntoView {
    let Shown {
        listed,
        is_empty,
        rows,
        has_units,
        units,
    } = shown;
    let locale = use_locale();
    let query = TicketQuery::from_query(&listed.query).unwrap_or_default();
    let may_export = use_actor().is_some_and(|actor| needs::EXPORT.is_met_by(&actor));
    let export = may_export.then(|| {
        let href = to(
            "/tickets/export.csv",
            &TicketQuery {
                cursor: None,
                ..query.clone()
            },
        );
        let book = format!(
            "{href}{}format={}",
            if href.contains('?') { '&' } else { '?' },
            ExportFormat::Book
        );
        let behind = TicketQuery {
            cursor: None,
            ..query.clone()
        };
        let templates = to("/staff/exports", &behind);
        view! {
            <div class="row">
                <a class="button" href=href rel="external" download="" title=say(staff::EXPORT_HELP)>{say(staff::EXPORT)}</a>
                <a class="button" href=book rel="external" download="" title=say(staff::EXPORT_HELP)>{say(staff::EXPORT_BOOK)}</a>
                <details class="fold export-fold">
                    <summary>{say(job::EXPORT)}</summary>
                    <ExportButton query=behind.to_query() class=""/>
                    <p><a href=templates>{say(template::WITH_TEMPLATE)}</a></p>
                </details>
            </div>
        }
    });
    let first = query.cursor.is_some().then(|| {
        to(
            PATH,
            &TicketQuery {
                cursor: None,
                ..query.clone()
            },
        )
    });
    let at = |cursor: String| {
        to(
            PATH,
            &TicketQuery {
                cursor: Some(cursor),
                ..query.clone()
            },
        )
    };
    let next = listed.page.next_cursor.clone().map(at);
    let before = listed.page.prev_cursor.clone().map(at);
    let folds = query
        .filter
        .q
        .is_some()
        .then(|| view! { <p class="muted small">{say(staff::SEARCH_FOLDS)}</p> });
    let also = listed.page.also.clone();
    let count = staff::count(listed.count, listed.capped, locale);
    let shares = listed.beside.shares.clone();
    let saved = listed.beside.views.clone();
    let mine = listed.beside.mine.clone();
    let unseen = listed.beside.unseen.clone();
    let looked = listed.page.looked;
    let goes_on = listed.page.next_cursor.is_some();
    let typed = query.filter.q.clone().unwrap_or_default();
    let rows = if let Some(fault) = &listed.fault {
        wrong_fields(fault).into_any()
    } else if is_empty {
        view! {
            <section class="card">
                <Empty title=staff::LIST_EMPTY reason=staff::LIST_EMPTY_WHY>
                    <Why unseen no=typed/>
                    <p><a class="button" href=PATH>{say(staff::CLEAR)}</a></p>
                </Empty>
            </section>
            <Pager first next/>
        }
        .into_any()
    } else {
        let columns = shown::columns(&listed, &query, locale);
        let chosen = ListColumn::any_of(&query.columns);
        let names: Vec<String> = columns.iter().map(|(_, name)| name.clone()).collect();
        let choosing = !bulk_acts().is_empty();
        let line = move |(row, found): (TicketRow, Option<FoundIn>)| {
            let deadline = row.deadline.clone();
            let own = columns.clone();
            view! { <TicketLine ticket=row deadline clock=Some(ticket::REPLY_CLOCK) choosing chosen own found/> }
        };
        let lines = move |rows: Vec<(TicketRow, Option<FoundIn>)>| {
            rows.into_iter().map(&line).collect_view()
        };
        view! {
            <BulkBar/>
            <div class="table-wrap" role="region" tabindex="0" aria-label=say(staff::LIST_TITLE)>
                <table class="table cards tickets" class:choosing=choosing>
                    <TicketHead choosing chosen own=names/>
                    {rows.tbody(lines)}
                </table>
            </div>
            <Pager first next before/>
            <p class="muted small keys">{say(staff::ROW_KEYS)}</p>
        }
        .into_any()
    };
    view! {
        <div class="stack">
            <Views rows=saved query=query.clone()/>
            <Filters listed=listed.clone() query=query.clone() units has_units/>
            <Conditions listed=listed.clone() query=query.clone()/>
            <Persons query=query.clone()/>
            <div class="row between list-line">
                <div class="row">
                    <span class="count" role="status">{count}</span>
                    <Chips listed=listed query=query.clone()/>
                </div>
                {export}
            </div>
            <Widened also query=query.clone()/>
            <Looked looked goes_on/>
            {folds}
            <KeepColumns mine query=query.clone()/>
            <Facets shares query/>
            {rows}
        </div>
    }
}

/// A path with a query.
fn to(path: &str, query: &TicketQuery) -> String {
    let query = query.to_query();
    if query.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{query}")
    }
}
