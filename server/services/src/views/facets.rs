//! How a list divides, with names and with the condition that leads to each share.
//! Not here: counting (`store::tickets::facet`).
//! A unit learns nothing of who leads tickets of which it has no part in force: it has no shares by lead unit.

use shared::fault::Fault;
use shared::query::TicketFilter;
use shared::query::facet::{Facet, Share, Shares};
use shared::text::Locale;
use shared::ticket::{Channel, Light, RequestKind, TicketNo, TicketState};

use super::read::{COUNT_CAP, listable, view_scope};
use crate::context::Ctx;
use crate::fault::Settle;
use crate::reference::Reference;
use crate::tickets::columns::prepared;

/// The shares of a list among its first ten thousand tickets; none for a search by words, which looks only so far.
///
/// # Errors
/// As the list.
pub async fn facets(ctx: &Ctx, filter: &TicketFilter) -> Result<Vec<Shares>, Fault> {
    let scope = view_scope(ctx)?;
    listable(filter)?;
    let words = filter.q.as_deref().map(str::trim).unwrap_or_default();
    if !words.is_empty() && TicketNo::parse(words).is_none() {
        return Ok(Vec::new());
    }
    let reference = ctx.services.reference().await?;
    let filter = prepared(&reference, (&ctx.actor, &scope), filter, ctx.now())?;
    let db = ctx.services.store().reader();
    let mut all = Vec::new();
    for facet in Facet::ALL.iter().copied() {
        if facet == Facet::Unit && scope.has_unit() {
            continue;
        }
        let at = (COUNT_CAP, ctx.now());
        let reading = async {
            store::tickets::facet(&db, (&scope, &filter), facet, at)
                .await
                .settle(&ctx.services)
        };
        let found = ctx.wanted.read(reading).await?;
        let capped = found.iter().map(|(_, n)| n).sum::<i64>() >= COUNT_CAP;
        let shares = found.into_iter().map(|(code, n)| Share {
            name: name_of(&reference, facet, &code, ctx.locale),
            code,
            n,
        });
        all.push(Shares {
            facet,
            shares: shares.collect(),
            capped,
        });
    }
    Ok(all)
}

fn name_of(reference: &Reference, facet: Facet, code: &str, locale: Locale) -> String {
    let name = match facet {
        Facet::State => TicketState::parse(code).map(|it| it.label(locale).to_owned()),
        Facet::Light => Light::parse(code).map(|it| it.label(locale).to_owned()),
        Facet::Kind => RequestKind::parse(code).map(|it| it.label(locale).to_owned()),
        Facet::Channel => Channel::parse(code).map(|it| it.label(locale).to_owned()),
        Facet::Area => Some(reference.path_at(code, None)),
        Facet::Category => reference.category(code).map(|view| match locale {
            Locale::Zh => view.path_zh,
            Locale::En => view.path_en,
        }),
        Facet::Unit => Some(reference.unit(code).name),
    };
    name.unwrap_or_else(|| code.to_owned())
}
