//! Lists, counts, one ticket and its history.
//! Not here: how records become views (`show`), tasks (`tasks`).
//! Who holds no right to view gets `access.denied`; what lies outside the scope is `not_found`.

use std::sync::Arc;

use shared::access::{Scope, needs};
use shared::calendar::Added;
use shared::fault::{Code, Fault, FieldFault};
use shared::ids::TicketId;
use shared::person::conceal;
use shared::process::limit::Limit;
use shared::query::shown::ListColumn;
use shared::query::{TicketFilter, TicketQuery};
use shared::search::Unanswerable;
use shared::ticket::view::{
    ArchiveView, AttachmentView, HistoryEvent, TagView, TicketDetail, TicketPage, TicketRow,
    TicketSheet, TransferView,
};
use shared::ticket::{TicketNo, TicketState, Verb};

use store::record::{Event, Ticket, TicketCase, Transfer};

use super::links;
use super::people;
use super::search::{hits, reads as search_reads};
use super::show::{Eye, own_part_of};
use super::sight::{Sight, hush};
use crate::audit::reads;
use crate::context::Ctx;
use crate::fault::Settle;
use crate::reference::Reference;
use crate::spans;
use crate::tickets::archive;
use crate::tickets::columns::{Chosen, prepared};
use crate::tickets::rights;
use crate::watch::{opened, watched};

/// Where counting stops: pages say "at least".
pub(super) const COUNT_CAP: i64 = 10_000;

/// How many tickets a filter finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// Counted, at most the cap.
    pub n: i64,
    /// There may be more: counting stopped at the cap, or after so many hits of a search.
    pub capped: bool,
}

/// The actor's scope for viewing tickets.
pub(super) fn view_scope(ctx: &Ctx) -> Result<Scope, Fault> {
    ctx.ask(needs::TICKETS)?;
    ctx.reach(needs::TICKETS)
}

/// Largest page.
const MOST: u32 = 200;
/// Names of the actions in the audit.
const LIST: &str = "ticket.list";
const READ: &str = "ticket.read";

/// A page of the list.
///
/// # Errors
/// `access.denied`; `input.number` for a limit out of range; `input.cursor` for a cursor that is not ours.
pub async fn list(ctx: &Ctx, query: TicketQuery) -> Result<TicketPage, Fault> {
    watched(ctx, LIST, "tickets", page(ctx, query)).await
}

async fn page(ctx: &Ctx, query: TicketQuery) -> Result<TicketPage, Fault> {
    let scope = view_scope(ctx)?;
    if !(1..=MOST).contains(&query.limit) {
        return Err(Fault::field("limit", Code::InputNumber));
    }
    listable(&query.filter)?;
    let words = query.filter.q.as_deref().unwrap_or_default();
    if conceal(words) != words {
        reads::looked_up(ctx);
    }
    let reference = ctx.services.reference().await?;
    let mut filter = prepared(&reference, (&ctx.actor, &scope), &query.filter, ctx.now())?;
    filter.reads = search_reads::somewhere(&reference, (&ctx.actor, &scope), &filter);
    let query = TicketQuery { filter, ..query };
    let page = hits::gather(ctx, (&reference, &scope), &query).await?;
    let mut rungs = crate::tickets::ladder::reached(ctx, &reference, &page.items).await?;
    let eye = Eye::of(ctx, &reference);
    let own = Chosen::of(
        &reference,
        (&ctx.actor, Some(scope.clone())),
        &query.columns,
    );
    let row = |ticket: &Ticket| {
        let is_live = page.live.contains(&ticket.id);
        let row = TicketRow {
            own: own.views(ticket, is_live),
            rung: rungs.remove(&ticket.id),
            ..eye.row(ticket)
        };
        if is_live { row } else { own_part_of(row) }
    };
    Ok(TicketPage {
        items: page.items.iter().map(row).collect(),
        next_cursor: page.next_cursor,
        prev_cursor: page.prev_cursor,
        also: query.filter.also,
        found: page.found,
        looked: page.looked,
    })
}

/// Refuses columns that are no field which the office ever had: a page leaves them out, since views outlive fields; a program is told.
///
/// # Errors
/// `access.denied`; `input.code` at `columns` with the first of them.
pub async fn known_columns(ctx: &Ctx, columns: &[String]) -> Result<(), Fault> {
    ctx.ask(needs::TICKETS)?;
    let reference = ctx.services.reference().await?;
    // Which columns a page shows says nothing to a program, and does no harm.
    let is_known =
        |code: &str| ListColumn::parse(code).is_some() || reference.lists.own_field(code).is_some();
    let is_unknown = |code: &&String| !is_known(code);
    match columns.iter().find(is_unknown) {
        None => Ok(()),
        Some(code) => Err(Fault::fields(vec![FieldFault {
            field: "columns".to_owned(),
            code: Code::InputCode,
            facts: [("value".to_owned(), code.clone())].into(),
        }])),
    }
}

/// Words that no search can find anything with, and periods that end before they begin, are said to be so instead of finding nothing.
///
/// # Errors
/// `input.search` at `q`, `input.period` at the end of a period.
pub(crate) fn answerable(filter: &TicketFilter) -> Result<(), Fault> {
    checked(filter, false)
}

/// The same for lists, which look through the newest tickets for a single character.
///
/// # Errors
/// As `answerable`; `input.search` for signs alone.
pub(super) fn listable(filter: &TicketFilter) -> Result<(), Fault> {
    checked(filter, true)
}

fn checked(filter: &TicketFilter, looks_through: bool) -> Result<(), Fault> {
    let periods = [
        ("accepted_to", filter.accepted_from, filter.accepted_to),
        ("due_to", filter.due_from, filter.due_to),
        ("closed_to", filter.closed_from, filter.closed_to),
    ];
    for (field, from, to) in periods {
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            return Err(crate::reports::period(field, "order"));
        }
    }
    let words = filter.q.as_deref().map(str::trim).unwrap_or_default();
    if words.is_empty() || TicketNo::parse(words).is_some() {
        return Ok(());
    }
    let Some(why) = shared::search::unanswerable(words) else {
        return Ok(());
    };
    if looks_through && why == Unanswerable::Single {
        return Ok(());
    }
    let mut fault = Fault::field("q", Code::InputSearch);
    if let Some(field) = fault.fields.first_mut() {
        field.facts.insert("why".to_owned(), why.word().to_owned());
    }
    Err(fault)
}

/// How many tickets the filter finds, up to 10,000; of a search whose words stand in very many tickets, at least how many.
///
/// # Errors
/// `access.denied`.
pub async fn count(ctx: &Ctx, filter: &TicketFilter) -> Result<Count, Fault> {
    watched(ctx, LIST, "tickets", counted(ctx, filter)).await
}

async fn counted(ctx: &Ctx, filter: &TicketFilter) -> Result<Count, Fault> {
    let scope = view_scope(ctx)?;
    listable(filter)?;
    let reference = ctx.services.reference().await?;
    let filter = prepared(&reference, (&ctx.actor, &scope), filter, ctx.now())?;
    if hits::is_looked_through(&filter) {
        let (found, more) = hits::count(ctx, (&reference, &scope), &filter).await?;
        return Ok(Count {
            n: i64::try_from(found).unwrap_or(i64::MAX),
            capped: more,
        });
    }
    // Of hits that are looked at one by one some are shown beside those that are counted.
    let shown = search_reads::somewhere(&reference, (&ctx.actor, &scope), &filter);
    let is_least = shown != filter.reads;
    // Units do not see answers of parts that they gave back, which lie in the index: what they are not shown is not counted either.
    if hits::words_of(&filter).is_some() && scope.has_unit() {
        let filter = TicketFilter {
            reads: shown,
            ..filter
        };
        let (found, more) = hits::shown(ctx, (&reference, &scope), &filter).await?;
        return Ok(Count {
            n: i64::try_from(found).unwrap_or(i64::MAX),
            capped: more,
        });
    }
    let db = ctx.services.store().reader();
    let reading = async {
        store::tickets::tally(&db, &scope, &filter, COUNT_CAP, ctx.now())
            .await
            .settle(&ctx.services)
    };
    let tally = ctx.wanted.read(reading).await?;
    spans::rows(tally.n);
    Ok(Count {
        n: tally.n,
        capped: tally.more || is_least,
    })
}

/// The whole ticket as the actor may see it, with what the actor may do now.
///
/// # Errors
/// `not_found` outside the scope.
pub async fn get(ctx: &Ctx, id: TicketId) -> Result<TicketDetail, Fault> {
    let (reference, case) = found(ctx, id).await?;
    let attachments = photos(ctx, &case).await?;
    let eye = Eye::of(ctx, &reference);
    let detail = left(ctx, &reference, &case, eye.detail(&case, attachments)).await?;
    Ok(hush::of_case(ctx, &case, detail))
}

/// The id of a ticket number inside the actor's scope.
///
/// # Errors
/// `access.denied`.
pub async fn find_by_no(ctx: &Ctx, no: &TicketNo) -> Result<Option<TicketId>, Fault> {
    let object = format!("ticket_no:{no}");
    let found = async {
        let scope = view_scope(ctx)?;
        let db = ctx.services.store().reader().under(&scope);
        store::tickets::find_by_no(&db, &scope, no)
            .await
            .settle(&ctx.services)?
            .ok_or_else(Fault::missing)
    };
    match watched(ctx, READ, object, found).await {
        Ok(id) => Ok(Some(id)),
        Err(fault) if fault.code == Code::NotFound => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// The history as the actor may see it, oldest first.
///
/// # Errors
/// `not_found` outside the scope.
pub async fn history(ctx: &Ctx, id: TicketId) -> Result<Vec<HistoryEvent>, Fault> {
    let (reference, case) = found(ctx, id).await?;
    let events = events(ctx, id).await?;
    let eye = Eye::of(ctx, &reference);
    let mut history = eye.history(&case, &events);
    let files = crate::files::history::of_ticket_seen(ctx, &case, &history).await?;
    crate::files::history::named(&mut history, &files);
    Ok(hush::of_case(ctx, &case, history))
}

/// The ticket, its history and the arithmetic behind its deadline, from one reading of the case: what the ticket's page shows.
///
/// # Errors
/// `not_found` outside the scope.
pub async fn sheet(ctx: &Ctx, id: TicketId) -> Result<TicketSheet, Fault> {
    let (reference, case) = found(ctx, id).await?;
    let attachments = photos(ctx, &case).await?;
    let events = events(ctx, id).await?;
    let (files, may_add_files) = crate::files::of_seen(ctx, &case).await?;
    let eye = Eye::of(ctx, &reference);
    let detail = left(ctx, &reference, &case, eye.detail(&case, attachments)).await?;
    let deadline = &detail.row.deadline;
    let explained = match (deadline.from, deadline.limit_value, deadline.limit_unit) {
        (Some(from), Some(value), Some(unit)) => {
            let limit = Limit { value, unit };
            let added = Added {
                days: deadline.extended_days,
                paused: deadline.paused_minutes,
                promised: deadline.promised_at,
            };
            let region = &case.ticket.region;
            reference
                .hours
                .of_place(region)
                .explain_with(from, limit, added)
        }
        _ => Vec::new(),
    };
    let ladders = crate::tickets::ladder::views(ctx, &reference, &detail).await?;
    let ledger = super::ledger::lines(ctx, &reference, &case).await?;
    let together = crate::tickets::together::view(ctx, &case).await?;
    let mut history = eye.history(&case, &events);
    if !rights::is_discreet(&case.ticket) {
        crate::files::history::named(&mut history, &files);
    }
    let sheet = TicketSheet {
        may_note: !rights::own_part_only(&ctx.actor, &case),
        history,
        explained,
        detail,
        files,
        may_add_files,
        ladders,
        ledger,
        together,
    };
    Ok(hush::of_case(ctx, &case, sheet))
}

/// A case inside the actor's scope, with the names to show it by. A look at a confidential ticket or a tip-off is recorded before it is
/// shown, and so is one that shows something in the clear by role, and a try outside the scope; one outside the own queue is counted.
pub(super) async fn found(ctx: &Ctx, id: TicketId) -> Result<(Arc<Reference>, TicketCase), Fault> {
    let object = format!("ticket:{id}");
    let (reference, case) = watched(ctx, READ, object, loaded(ctx, id)).await?;
    let clears = Sight::of_case(&ctx.actor, &case).clears(&case.ticket);
    let look = reads::opened(ctx, &case);
    opened(ctx, READ, (&case.ticket, clears), look).await?;
    Ok((reference, case))
}

/// A case inside the actor's scope, for who decides about it and shows nothing of it beside its row; a try outside the scope is recorded.
pub(crate) async fn in_reach(ctx: &Ctx, id: TicketId) -> Result<TicketCase, Fault> {
    let object = format!("ticket:{id}");
    let (_, case) = watched(ctx, READ, object, loaded(ctx, id)).await?;
    Ok(case)
}

async fn loaded(ctx: &Ctx, id: TicketId) -> Result<(Arc<Reference>, TicketCase), Fault> {
    let scope = view_scope(ctx)?;
    let reference = ctx.services.reference().await?;
    let db = ctx.services.store().reader().under(&scope);
    let case = store::tickets::case::load(&db, &scope, id)
        .await
        .settle(&ctx.services)?
        .ok_or_else(Fault::missing)?;
    spans::case(case.ticket.ticket_no.as_str());
    Ok((reference, case))
}

pub(super) async fn events(ctx: &Ctx, id: TicketId) -> Result<Vec<Event>, Fault> {
    let db = ctx.services.store().reader().under(&view_scope(ctx)?);
    store::tickets::case::history(&db, id)
        .await
        .settle(&ctx.services)
}

/// The ticket with how it left the office's hands, and to whom it can be handed over.
async fn left(
    ctx: &Ctx,
    reference: &Reference,
    case: &TicketCase,
    detail: TicketDetail,
) -> Result<TicketDetail, Fault> {
    let archive = sealed(ctx, case).await?;
    let mut detail = people::named(ctx, reference, case, detail)
        .await
        .settle(&ctx.services)?;
    crate::quality::alike::tell(ctx, case, &mut detail).await?;
    let sight = Sight::of_case(&ctx.actor, case);
    let transfers = case.transfers.iter();
    let transfers = transfers.filter(|_| !rights::own_part_only(&ctx.actor, case));
    let offers = detail.actions.contains(&Verb::Transfer);
    let bodies = reference.lists.bodies(&case.ticket.region).into_iter();
    let bodies = bodies.filter(|_| offers).map(TagView::from);
    let answers = detail.assignments.iter().any(|it| !it.actions.is_empty());
    let decides = case.ticket.state == TicketState::ToReview && !detail.actions.is_empty();
    let checklist = reference.lists.checklist(&case.ticket.region).into_iter();
    let checklist = checklist.filter(|_| answers || decides).map(TagView::from);
    Ok(TicketDetail {
        archive,
        checklist: checklist.collect(),
        transfers: transfers.map(|it| transfer_view(it, &sight)).collect(),
        links: links::seen(ctx, reference, case).await?,
        bodies: bodies.collect(),
        ..detail
    })
}

fn transfer_view(transfer: &Transfer, sight: &Sight) -> TransferView {
    TransferView {
        n: transfer.n,
        body: transfer.body.clone(),
        body_zh: transfer.body_zh.clone(),
        body_en: transfer.body_en.clone(),
        explanation: sight.words(&transfer.explanation),
        public_words: sight.words(&transfer.public_words),
        at: transfer.at,
        done_at: transfer.done_at,
        by: transfer.by_name.clone(),
        receipt: transfer.receipt.clone(),
        receipt_at: transfer.receipt_at,
        goes_on: transfer.goes_on,
    }
}

/// How an archived ticket is sealed, compared with what it is now.
async fn sealed(ctx: &Ctx, case: &TicketCase) -> Result<Option<ArchiveView>, Fault> {
    if case.ticket.state != TicketState::Archived {
        return Ok(None);
    }
    let db = ctx.services.store().reader();
    archive::view(&db, case.ticket.id)
        .await
        .settle(&ctx.services)
}

/// The ticket's photos; none for a unit that sees only its own part.
async fn photos(ctx: &Ctx, case: &TicketCase) -> Result<Vec<AttachmentView>, Fault> {
    if rights::own_part_only(&ctx.actor, case) {
        return Ok(Vec::new());
    }
    crate::photos::of_seen(&ctx.services, case.ticket.id).await
}
