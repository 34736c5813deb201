//! Lists of approvals as rows.
//! Not here: which approvals there are (`store::approvals::list`).
//! A row's deadline is that of the reader's own task on a to-do list; elsewhere a row has none.

use std::collections::BTreeMap;

use shared::access::needs;
use shared::approval::query::{ApprovalFilter, ApprovalSort};
use shared::approval::view::{ApprovalPage, ApprovalRow};
use shared::calendar::light;
use shared::fault::{Code, Fault};
use shared::person::conceal;
use shared::ticket::view::Named;
use store::approvals::{Shelf, Wanted};
use store::record::{Approval, CaseKind, Involved, Task};

use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::host::denied::recorded;
use crate::host::library;

/// Rows of a page.
const PAGE: u32 = 50;

/// Most that is counted beside a list.
const MOST: usize = 10_000;

/// Which approvals, and which page.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// `todo`, `started`, `done`, `copied`, `all`.
    pub shelf: String,
    /// Of every shelf but `todo`.
    pub filter: ApprovalFilter,
    /// The usual order when absent; of every shelf but `todo`.
    pub sort: Option<ApprovalSort>,
    /// From the page before, or behind.
    pub cursor: Option<String>,
    /// 1 to 200.
    pub limit: Option<u32>,
}

/// A page of approvals; the first one says how many there are.
///
/// # Errors
/// `access.denied` without the right; `input.cursor` for a cursor that is not ours; `input.query` for filters of a to-do list.
pub async fn list(ctx: &Ctx, query: &Query) -> Result<ApprovalPage, Fault> {
    let what = ("approval.list", format!("approvals:{}", query.shelf));
    recorded(ctx, what, read(ctx, query)).await
}

async fn read(ctx: &Ctx, query: &Query) -> Result<ApprovalPage, Fault> {
    ctx.ask(needs::APPROVALS)?;
    let shelf = shelf_of(ctx, &query.shelf)?;
    let is_to_do = shelf == Shelf::ToDo;
    if is_to_do && let Some(name) = asked(query) {
        return Err(Fault::field(&name, Code::InputQuery));
    }
    let services = &ctx.services;
    let wanted = Wanted {
        filter: query.filter.clone(),
        also: None,
        sort: query.sort.unwrap_or(ApprovalSort::USUAL),
        cursor: query.cursor.clone(),
        limit: query.limit.unwrap_or(PAGE),
        now: ctx.now(),
    };
    let db = services.store().reader();
    let page = store::approvals::list(&db, &ctx.actor, &shelf, &wanted)
        .await
        .settle(services)?;
    let mut total = None;
    if !is_to_do && query.cursor.is_none() {
        let counted = store::approvals::count(&db, &ctx.actor, (&shelf, &wanted), MOST + 1).await;
        total = Some(counted.settle(services)?);
    }
    let mut items = Vec::with_capacity(page.items.len());
    for (approval, task, steps) in page.items {
        let row = row(ctx, &approval, task.as_ref(), &steps).await;
        items.push(row.settle(services)?);
    }
    let most = i64::try_from(MOST).unwrap_or(i64::MAX);
    Ok(ApprovalPage {
        items,
        next_cursor: page.next_cursor,
        prev_cursor: page.prev_cursor,
        total: total.map(|total| total.min(most)),
        about: total.is_some_and(|total| total > most),
    })
}

/// A shelf by its word; what waits for the actor by any other.
pub(crate) fn shelf_of(ctx: &Ctx, word: &str) -> Result<Shelf, Fault> {
    Ok(match word {
        "started" => Shelf::Mine(Involved::Initiator),
        "done" => Shelf::Mine(Involved::Doer),
        "copied" => Shelf::Mine(Involved::Reader),
        "all" => Shelf::All(ctx.reach(needs::APPROVALS)?),
        _ => Shelf::ToDo,
    })
}

/// The first filter or order that is asked for.
fn asked(query: &Query) -> Option<String> {
    let filter = query.filter.to_pairs().into_iter().next();
    let filter = filter.map(|(name, _)| name);
    filter.or_else(|| query.sort.map(|_| "sort".to_owned()))
}

/// Approvals as rows of lists that are no to-do lists.
pub(crate) async fn rows_of(
    ctx: &Ctx,
    found: &[(Approval, String)],
) -> Result<Vec<ApprovalRow>, Failure> {
    let mut rows = Vec::with_capacity(found.len());
    for (approval, steps) in found {
        rows.push(row(ctx, approval, None, steps).await?);
    }
    Ok(rows)
}

/// How many tasks wait for the actor, counted up to 10,000; none for people without the right.
///
/// # Errors
/// Faults of the store.
pub async fn count(ctx: &Ctx) -> Result<i64, Fault> {
    if !needs::APPROVALS.is_met_by(&ctx.actor) {
        return Ok(0);
    }
    store::host::to_do::count(
        &ctx.services.store().reader(),
        &ctx.actor,
        CaseKind::Approval,
    )
    .await
    .settle(&ctx.services)
}

/// One row. Definitions are in memory after the first of their cases.
pub(super) async fn row(
    ctx: &Ctx,
    approval: &Approval,
    task: Option<&Task>,
    steps: &str,
) -> Result<ApprovalRow, Failure> {
    let definition = ctx
        .services
        .machinery()
        .definition(
            &ctx.services.store().reader(),
            &approval.definition,
            approval.definition_version,
        )
        .await?;
    let steps: BTreeMap<String, i64> = serde_json::from_str(steps).map_err(anyhow::Error::new)?;
    let name = |element: &str| {
        let found = definition.as_deref().map_or(element, |definition| {
            library::name_in(definition, element, ctx.locale)
        });
        found.to_owned()
    };
    let due_at = task.and_then(|task| task.due_at);
    Ok(ApprovalRow {
        id: approval.id,
        approval_no: approval.approval_no.clone(),
        title: conceal(&approval.title),
        definition: Named {
            code: approval.definition.clone(),
            name: definition
                .as_deref()
                .map_or(&*approval.definition, |it| it.name_in(ctx.locale))
                .to_owned(),
        },
        definition_version: approval.definition_version,
        status: approval.status,
        steps: steps.keys().map(|element| name(element)).collect(),
        started_by: approval.started_by_name.clone(),
        started_at: approval.started_at,
        due_at,
        light: light(ctx.now(), due_at, task.and_then(|task| task.warn_at), None),
        updated_at: approval.updated_at,
        version: approval.version,
    })
}
