//! What the pages of the register show: all lists, one of them with its rows, one row.
//! Not here: changing (`draft`).
//! A list that was never changed here shows what the live tables hold.

use chrono::NaiveDate;
use shared::access::needs;
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::register::{
    AreaView, Cells, ListCode, ListHead, ListView, ListsView, RevisionState, RevisionView,
    RowChange, RowForm, RowView, list, lists,
};
use store::register::{At, ChangeCounts, Held, Look, Part, Revision};

use super::{BASE, Desk, area_view, cells, follow, office, own_area, publish, shown};
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::paging;

/// Rows of a page.
const PAGE: usize = 50;

/// What of a list is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// The state that this revision left; the draft, else the newest without it.
    pub revision: Option<i32>,
    /// The state that held on a day.
    pub on: Option<NaiveDate>,
    /// Only what the revision changes.
    pub changes: bool,
    /// Rows with these words.
    pub words: Option<String>,
    /// Where the page begins.
    pub cursor: Option<String>,
}

/// Every list of an area as it stands.
///
/// # Errors
/// `not_found` for an area that is none, or lies outside the caller's reach.
pub async fn heads(ctx: &Ctx, area: &str) -> Result<ListsView, Fault> {
    ctx.ask(needs::REGISTER)?;
    let mut heads = Vec::new();
    let mut own = None;
    let mut all = Vec::new();
    for each in lists() {
        let is_base = area == BASE || area.is_empty();
        if !is_base && !each.has_supplements {
            continue;
        }
        let desk = Desk::open(ctx, each.code, area).await?;
        heads.push(head(ctx, &desk).await?);
        if each.has_supplements && all.is_empty() {
            all = areas(ctx, each.code).await?;
        }
        own.get_or_insert(desk.area);
    }
    Ok(ListsView {
        area: own.ok_or_else(Fault::missing)?,
        areas: all,
        lists: heads,
    })
}

async fn head(ctx: &Ctx, desk: &Desk) -> Result<ListHead, Fault> {
    let now = ctx.now();
    let mut published = desk
        .revisions
        .iter()
        .filter(|it| it.state == RevisionState::Published);
    let holds = published
        .clone()
        .find(|it| it.valid_from.is_some_and(|from| from <= now));
    let coming = published.rfind(|it| it.valid_from.is_some_and(|from| from > now));
    let db = ctx.services.store().reader();
    let rows = match holds {
        Some(holds) => {
            let at = At {
                number: holds.number,
                draft: None,
            };
            let count = store::register::count(&db, &desk.part, at).await;
            count.settle(&ctx.services)?
        }
        None => count_of(
            office::found(&ctx.services, &desk.part)
                .await
                .settle(&ctx.services)?
                .len(),
        ),
    };
    let view = async |revision: Option<&Revision>| -> Result<Option<RevisionView>, Fault> {
        match revision {
            Some(revision) => Ok(Some(with_counts(ctx, &desk.part, revision).await?)),
            None => Ok(None),
        }
    };
    Ok(ListHead {
        list: desk.part.list,
        rows,
        holds: view(holds).await?,
        coming: view(coming).await?,
        draft: view(desk.draft()).await?,
    })
}

fn count_of(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A revision with how much it changes.
pub(super) async fn with_counts(
    ctx: &Ctx,
    part: &Part,
    revision: &Revision,
) -> Result<RevisionView, Fault> {
    let db = ctx.services.store().reader();
    let counts = store::register::counts(&db, part, (revision.base, revision.number)).await;
    let following = follow::open(&ctx.services, revision).await;
    Ok(RevisionView {
        following: following.settle(&ctx.services)?,
        ..shown(revision, counts.settle(&ctx.services)?)
    })
}

/// The areas of a list that the caller may look at.
async fn areas(ctx: &Ctx, code: ListCode) -> Result<Vec<AreaView>, Fault> {
    let reference = ctx.services.reference().await?;
    let db = ctx.services.store().reader();
    let mut codes = store::register::areas(&db, code)
        .await
        .settle(&ctx.services)?;
    codes.retain(|code| !code.is_empty());
    if list(code).has_supplements {
        codes.extend(own_area(ctx, &reference));
    }
    codes.sort();
    codes.dedup();
    let all = std::iter::once(String::new()).chain(codes);
    Ok(all
        .filter_map(|code| area_view(ctx, &reference, &code))
        .collect())
}

/// A list with a page of its rows.
///
/// # Errors
/// `not_found` for a list, an area or a revision that is none.
pub async fn view(
    ctx: &Ctx,
    (code, area): (ListCode, &str),
    asked: &Asked,
) -> Result<ListView, Fault> {
    let desk = Desk::open(ctx, code, area).await?;
    let revision = chosen(&desk, asked)?;
    let at = match revision {
        Some(it) if it.state == RevisionState::Published => At {
            number: it.number,
            draft: None,
        },
        Some(it) => At {
            number: it.base,
            draft: Some(it.number),
        },
        None => At {
            number: 0,
            draft: None,
        },
    };
    let (total, rows, next_cursor) = page(ctx, &desk, (revision, at), asked).await?;
    let mut revisions = Vec::new();
    for revision in &desk.revisions {
        revisions.push(with_counts(ctx, &desk.part, revision).await?);
    }
    let number = revision.map(|it| it.number);
    Ok(ListView {
        list: code,
        shown: revisions
            .iter()
            .find(|it| Some(it.number) == number)
            .cloned(),
        areas: areas(ctx, code).await?,
        area: desk.area,
        revisions,
        total,
        rows,
        next_cursor,
        needs_second: publish::needs_second(&ctx.services, code)
            .await
            .settle(&ctx.services)?,
    })
}

/// The revision that is asked for.
fn chosen<'d>(desk: &'d Desk, asked: &Asked) -> Result<Option<&'d Revision>, Fault> {
    if let Some(number) = asked.revision {
        let found = desk.revisions.iter().find(|it| it.number == number);
        return found.map(Some).ok_or_else(Fault::missing);
    }
    if let Some(day) = asked.on {
        let end = shared::calendar::days_after(day, 1);
        let end = shared::calendar::day_start(end);
        let mut published = desk
            .revisions
            .iter()
            .filter(|it| it.state == RevisionState::Published);
        return Ok(published.find(|it| it.valid_from.is_some_and(|from| from < end)));
    }
    Ok(desk.draft().or_else(|| desk.newest()))
}

type Paged = (i64, Vec<RowView>, Option<String>);

async fn page(
    ctx: &Ctx,
    desk: &Desk,
    (revision, at): (Option<&Revision>, At),
    asked: &Asked,
) -> Result<Paged, Fault> {
    let services = &ctx.services;
    if at.number == 0 && at.draft.is_none() {
        let found = office::found(services, &desk.part).await.settle(services)?;
        return Ok(page_of_found(code_rows(desk.part.list, found), asked));
    }
    let look = Look {
        words: asked.words.clone(),
        after: asked.cursor.clone(),
        limit: PAGE + 1,
    };
    let db = services.store().reader();
    let rows = match revision {
        Some(revision) if asked.changes => {
            let span = (revision.base, revision.number);
            store::register::changes(&db, &desk.part, span, &look).await
        }
        _ => store::register::page(&db, &desk.part, at, &look).await,
    };
    let mut rows = rows.settle(services)?;
    let next = paging::cut(&mut rows, PAGE).map(|row| row.key.clone());
    let total = match revision {
        Some(revision) if asked.changes => {
            let span = (revision.base, revision.number);
            let counts = store::register::counts(&db, &desk.part, span).await;
            counts.settle(services)?.sum()
        }
        _ => store::register::count(&db, &desk.part, at)
            .await
            .settle(services)?,
    };
    let rows = rows
        .into_iter()
        .map(row_view)
        .collect::<Result<_, Failure>>();
    Ok((total, rows.settle(services)?, next))
}

/// Rows with their keys, in the order of keys.
pub(super) fn code_rows(code: ListCode, found: Vec<Cells>) -> Vec<(String, Cells)> {
    let mut rows: Vec<(String, Cells)> = found
        .into_iter()
        .map(|cells| (list(code).key(&cells), cells))
        .collect();
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    rows
}

fn page_of_found(rows: Vec<(String, Cells)>, asked: &Asked) -> Paged {
    let total = count_of(rows.len());
    let words = asked.words.as_deref().map(str::to_lowercase);
    let fits = |row: &(String, Cells)| {
        let after = asked.cursor.as_ref().is_none_or(|cursor| row.0 > *cursor);
        after
            && words.as_ref().is_none_or(|words| {
                row.1
                    .values()
                    .any(|cell| cell.to_lowercase().contains(words))
            })
    };
    let mut rows: Vec<RowView> = rows
        .into_iter()
        .filter(fits)
        .map(|(key, cells)| RowView {
            key,
            cells,
            change: None,
            before: None,
        })
        .take(PAGE + 1)
        .collect();
    let next = paging::cut(&mut rows, PAGE).map(|row| row.key.clone());
    (total, rows, next)
}

/// A row as it is shown.
pub(super) fn row_view(held: Held) -> Result<RowView, Failure> {
    let before = held.before.as_deref().map(cells).transpose()?;
    let now = held.body.as_deref().map(cells).transpose()?;
    let change = match (held.touched.is_some(), &before, &now) {
        (false, ..) => None,
        (true, None, _) => Some(RowChange::New),
        (true, Some(_), Some(_)) => Some(RowChange::Changed),
        (true, Some(_), None) => Some(RowChange::Gone),
    };
    let old = before
        .clone()
        .filter(|_| change == Some(RowChange::Changed));
    Ok(RowView {
        key: held.key,
        cells: now.or(before).unwrap_or_default(),
        change,
        before: old,
    })
}

/// One row of the draft, with the version of the draft that a save names; no row for a new one.
///
/// # Errors
/// `register.no_draft`; `not_found` for a key that no row has.
pub async fn row(
    ctx: &Ctx,
    (code, area): (ListCode, &str),
    key: Option<&str>,
) -> Result<RowForm, Fault> {
    ctx.ask(needs::DRAFTING)?;
    let desk = Desk::open_for(ctx, needs::DRAFTING, (code, area)).await?;
    let draft = desk
        .draft()
        .ok_or_else(|| Fault::new(Code::RegisterNoDraft))?;
    let row = match key {
        None => None,
        Some(key) => {
            let db = ctx.services.store().reader();
            let held = store::register::get(&db, &desk.part, desk.at(), key).await;
            let held = held.settle(&ctx.services)?.ok_or_else(Fault::missing)?;
            Some(row_view(held).settle(&ctx.services)?)
        }
    };
    let revision = shown(draft, ChangeCounts::default());
    Ok(RowForm {
        area: desk.area,
        revision,
        row,
    })
}

/// The number of the published revision that held at an instant.
pub(super) fn held_at(revisions: &[Revision], at: Instant) -> Option<i32> {
    let mut published = revisions
        .iter()
        .filter(|it| it.state == RevisionState::Published);
    let found = published.find(|it| it.valid_from.is_some_and(|from| from <= at));
    found.map(|it| it.number)
}
