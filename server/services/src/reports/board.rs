//! Somebody's own page of figures: at most twelve tiles of saved pivots and views, each counted by itself when it is asked for.
//! Not here: how a cube is counted (`cubes`), what a view finds (`views`).
//! A tile counts in its owner's present scope, and says so when what it shows is gone.

use std::cmp::Reverse;

use shared::access::needs;
use shared::fault::{Code, Fault};
use shared::ids::{UserId, ViewId};
use shared::measure::{CubeQuery, CubeRow, CubeView, Figure, Key, MeasureUnit, Side};
use shared::query::TicketQuery;
use shared::report::{
    BoardView, MOST_TILES, TileBar, TileChoice, TileKind, TileLine, TileRow, TileShown, pivot_of,
};
use shared::text::{Locale, pivot as words, staff};
use store::pivots;
use store::record::{BoardTile, SavedPivot};
use uuid::Uuid;

use super::cubes::counted;
use super::pivots::seen;
use super::standard::{changed, weight};
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::watch::watched;

/// Rows of a tile.
const MOST_BARS: usize = 5;
/// Numbers of a tile.
const MOST_LINES: usize = 4;

/// The reader's tiles with their names, and what can be put beside them; nothing is counted.
///
/// # Errors
/// `access.denied`.
pub async fn board(ctx: &Ctx) -> Result<BoardView, Fault> {
    let user = owner(ctx)?;
    let db = ctx.services.store().reader();
    let tiles = pivots::tiles(&db, user).await.settle(&ctx.services)?;
    let all = all(ctx).await?;
    let name = |tile: &BoardTile| {
        let subject = tile.subject.to_string();
        let is_it = |it: &&TileChoice| it.kind == tile.kind && it.subject == subject;
        all.iter().find(is_it).map(|it| it.name.clone())
    };
    let row = |tile: &BoardTile| TileRow {
        id: tile.id.to_string(),
        kind: tile.kind,
        name: name(tile),
    };
    let rows = tiles.iter().map(row).collect();
    let is_there = |it: &TileChoice| {
        let mut tiles = tiles.iter();
        tiles.any(|tile| tile.kind == it.kind && tile.subject.to_string() == it.subject)
    };
    Ok(BoardView {
        choices: all.iter().filter(|it| !is_there(it)).cloned().collect(),
        tiles: rows,
    })
}

/// All that the reader may put on the page.
async fn all(ctx: &Ctx) -> Result<Vec<TileChoice>, Fault> {
    let mut all = Vec::new();
    if ctx.ask(needs::REPORT).is_ok() {
        let pivot = |pivot: SavedPivot| TileChoice {
            kind: TileKind::Pivot,
            subject: pivot.id.to_string(),
            name: pivot.name,
        };
        all.extend(seen(ctx).await?.into_iter().map(pivot));
    }
    for view in crate::views::saved::list(ctx).await? {
        all.push(TileChoice {
            kind: TileKind::View,
            subject: view.id.to_string(),
            name: view.name,
        });
    }
    Ok(all)
}

/// Puts something on the page, behind the rest.
///
/// # Errors
/// `access.denied`, `not_found` for what is not the reader's to see; `register.too_many`.
pub async fn pin(ctx: &Ctx, kind: TileKind, subject: Uuid) -> Result<(), Fault> {
    let user = owner(ctx)?;
    let wanted = subject.to_string();
    let all = all(ctx).await?;
    if !all.iter().any(|it| it.kind == kind && it.subject == wanted) {
        return Err(Fault::missing());
    }
    let row = BoardTile {
        id: ctx.services.new_id(),
        owner: user,
        kind,
        subject,
        made_at: ctx.now(),
        place: 0,
    };
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let mut row = row.clone();
            Box::pin(async move {
                let own = pivots::tiles(tx, user).await?;
                let is_it = |tile: &BoardTile| tile.kind == row.kind && tile.subject == row.subject;
                if own.iter().any(is_it) {
                    return Ok(());
                }
                if own.len() as u64 >= MOST_TILES {
                    let fault = Fault::new(Code::RegisterTooMany);
                    return Err(fault.fact("max", MOST_TILES).into());
                }
                row.place = own.last().map_or(0, |last| last.place.saturating_add(1));
                Ok(pivots::pin(tx, &row).await?)
            })
        })
        .await
        .settle(&ctx.services)
}

/// Takes a tile away.
///
/// # Errors
/// `access.denied`, `not_found`.
pub async fn unpin(ctx: &Ctx, id: Uuid) -> Result<(), Fault> {
    let tile = found(ctx, id).await?;
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move { Ok(pivots::unpin(tx, tile.id).await?) })
        })
        .await
        .settle(&ctx.services)
}

/// Puts a tile in front of the others.
///
/// # Errors
/// `access.denied`, `not_found`.
pub async fn to_front(ctx: &Ctx, id: Uuid) -> Result<(), Fault> {
    let tile = found(ctx, id).await?;
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let mut tile = tile.clone();
            Box::pin(async move {
                let own = pivots::tiles(tx, tile.owner).await?;
                if let Some(first) = own.first().filter(|first| first.id != tile.id) {
                    tile.place = first.place.saturating_sub(1);
                    pivots::place(tx, &tile).await?;
                }
                Ok(())
            })
        })
        .await
        .settle(&ctx.services)
}

/// What a tile shows now.
///
/// # Errors
/// `access.denied`; `not_found` when it, or what it shows, is gone or no longer shared; as the cube or the list itself.
pub async fn tile(ctx: &Ctx, id: Uuid) -> Result<TileShown, Fault> {
    watched(ctx, "report.tile", "tickets", Box::pin(shown(ctx, id))).await
}

async fn shown(ctx: &Ctx, id: Uuid) -> Result<TileShown, Fault> {
    let tile = found(ctx, id).await?;
    match tile.kind {
        TileKind::Pivot => of_pivot(ctx, tile.subject).await,
        TileKind::View => of_view(ctx, ViewId(tile.subject)).await,
    }
}

async fn of_pivot(ctx: &Ctx, id: Uuid) -> Result<TileShown, Fault> {
    let db = ctx.services.store().reader();
    let found = pivots::find(&db, id).await.settle(&ctx.services)?;
    let pivot = found.filter(|pivot| pivot.is_for(&ctx.actor));
    let pivot = pivot.ok_or_else(Fault::missing)?;
    let [asked, before] = pivot_of(&pivot.query, pivot.span, ctx.now().date())?;
    let now = counted(ctx, asked.clone()).await?;
    // Before, only the whole is compared.
    let compared = CubeQuery {
        axes: Vec::new(),
        ..before.clone()
    };
    let was = counted(ctx, compared).await?;
    let locale = ctx.locale;
    let line = |figure: &Figure| {
        let is_it = |other: &&Figure| other.measure == figure.measure;
        let other = was.total.iter().find(is_it).copied();
        let change = changed(*figure, other, locale);
        TileLine {
            label: figure.measure.label(locale).to_owned(),
            value: value(*figure),
            change: change.number.is_some().then_some(change.text),
            href: list(&asked, *figure, &[]),
        }
    };
    let days = [asked.from, asked.to, before.from, before.to];
    Ok(TileShown {
        as_of: now.as_of,
        days: Some(days.map(|day| day.to_string())),
        href: format!("/reports/cube?{}", asked.to_query()),
        lines: now.total.iter().take(MOST_LINES).map(line).collect(),
        bars: bars(&asked, &now, locale),
    })
}

/// The largest rows of the first measure.
fn bars(asked: &CubeQuery, cube: &CubeView, locale: Locale) -> Vec<TileBar> {
    let row = |row: &CubeRow| {
        let figure = row.figures.first().copied()?;
        let names = row.keys.iter().map(|key| key.name.get(locale));
        let name = names.collect::<Vec<_>>().join(" · ");
        Some((weight(figure)?, figure, row.at(), name))
    };
    let mut rows: Vec<(i64, Figure, Vec<Key>, String)> = cube.rows.iter().filter_map(row).collect();
    rows.sort_by_key(|(weight, ..)| Reverse(*weight));
    let most = rows.first().map_or(1, |(weight, ..)| (*weight).max(1));
    let bar = |(weight, figure, at, name): (i64, Figure, Vec<Key>, String)| TileBar {
        name,
        value: value(figure),
        length: weight * 1_000 / most,
        href: list(asked, figure, &at),
    };
    rows.into_iter().take(MOST_BARS).map(bar).collect()
}

/// As it is read; large numbers in groups.
fn value(figure: Figure) -> String {
    match figure.measure.definition().unit() {
        MeasureUnit::Tickets => staff::grouped(figure.numerator),
        MeasureUnit::Percent | MeasureUnit::Hours => figure.value(),
    }
}

/// The list behind a number.
fn list(asked: &CubeQuery, figure: Figure, at: &[Key]) -> String {
    let side = match figure.measure.definition().unit() {
        MeasureUnit::Hours => Side::Denominator,
        MeasureUnit::Tickets | MeasureUnit::Percent => Side::Numerator,
    };
    let filter = asked.behind(figure.measure, side, at);
    format!("/tickets?{}", filter.to_query())
}

async fn of_view(ctx: &Ctx, id: ViewId) -> Result<TileShown, Fault> {
    let views = crate::views::saved::list(ctx).await?;
    let view = views.into_iter().find(|view| view.id == id);
    let view = view.ok_or_else(Fault::missing)?;
    let query = TicketQuery::from_query(&view.query)?;
    let found = crate::tickets::count(ctx, &query.filter).await?;
    let more = if found.capped { "+" } else { "" };
    let href = format!("/tickets?{}", view.query);
    let line = TileLine {
        label: words::FOUND.get(ctx.locale).to_owned(),
        value: format!("{}{more}", staff::grouped(found.n)),
        change: None,
        href: href.clone(),
    };
    Ok(TileShown {
        as_of: ctx.now(),
        days: None,
        href,
        lines: vec![line],
        bars: Vec::new(),
    })
}

fn owner(ctx: &Ctx) -> Result<UserId, Fault> {
    ctx.ask(needs::TICKETS)?;
    ctx.actor.user().ok_or_else(Fault::denied)
}

async fn found(ctx: &Ctx, id: Uuid) -> Result<BoardTile, Fault> {
    let owner = owner(ctx)?;
    let db = ctx.services.store().reader();
    let found = pivots::tile(&db, (id, owner)).await;
    found.settle(&ctx.services)?.ok_or_else(Fault::missing)
}
