//! How the list divides, when that is asked for: each share is a link to the list with one condition more.
//! Not here: counting (services).

use leptos::prelude::*;
use shared::query::TicketQuery;
use shared::query::facet::Shares;
use shared::text::{query as words, staff};

use super::{PATH, to};
use crate::context::{say, use_locale};

/// The link to them, or the shares.
#[component]
pub fn Facets(shares: Option<Vec<Shares>>, query: TicketQuery) -> impl IntoView {
    let query = TicketQuery {
        cursor: None,
        ..query
    };
    let Some(all) = shares else {
        return view! { <p><a href=divided(&query) rel="nofollow">{say(words::FACETS)}</a></p> }
            .into_any();
    };
    let none = all
        .is_empty()
        .then(|| view! { <p class="muted">{say(words::FACETS_NONE)}</p> });
    let lists = all
        .into_iter()
        .map(|one| {
            let query = query.clone();
            view! { <List one query/> }
        })
        .collect_view();
    view! {
        <section class="card stack" aria-label=say(words::FACETS)>
            <p><a href=to(PATH, &query)>{say(words::NO_FACETS)}</a></p>
            {none}
            <div class="facets">{lists}</div>
        </section>
    }
    .into_any()
}

#[component]
fn List(one: Shares, query: TicketQuery) -> impl IntoView {
    let locale = use_locale();
    let Shares {
        facet,
        shares,
        capped,
    } = one;
    if shares.is_empty() {
        return ().into_any();
    }
    let lines = shares
        .into_iter()
        .map(|share| {
            let mut narrower = query.clone();
            let condition = facet.condition(&share.code);
            narrower.filter.expr = match (narrower.filter.expr.take(), condition) {
                (Some(expr), Some(condition)) => Some(expr.and(condition)),
                (expr, condition) => condition.or(expr),
            };
            let n = staff::grouped(share.n);
            view! { <li><a href=divided(&narrower) rel="nofollow">{share.name}</a> " " <b>{n}</b></li> }
        })
        .collect_view();
    let some = capped.then(|| view! { <p class="muted small">{say(words::FACETS_SOME)}</p> });
    view! {
        <div>
            <h2 class="section-title">{facet.label(locale)}</h2>
            <ul class="plain shares">{lines}</ul>
            {some}
        </div>
    }
    .into_any()
}

/// The list with its shares.
fn divided(query: &TicketQuery) -> String {
    let href = to(PATH, query);
    let sign = if href.contains('?') { '&' } else { '?' };
    format!("{href}{sign}facets=true")
}
