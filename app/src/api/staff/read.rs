//! How the staff's pages are put together on the server: a list with the words for its filters, a ticket with what this browser may see
//! of it just now, a dispatch with its tree. Deliberately absent: rights and rules (services), which every call asks.
//! Read next: `services::tickets`, `services::directory`.

use services::{Ctx, directory, tickets};
use shared::access::needs;
use shared::fault::{Code, Fault};
use shared::ids::TicketId;
use shared::query::TicketQuery;
use shared::ticket::command::Reveal;
use shared::ticket::view::{DutyView, Named, Related, TicketPage, TicketSheet};
use shared::ticket::{RequestKind, TicketState, Verb};

use super::conditions::{self, Read};
use super::{Dispatching, Listed, Sheet};
use crate::api::public::FiledView;
use crate::context::Visit;

pub async fn listed(ctx: &Ctx, query: &str) -> Result<Listed, Fault> {
    let Read {
        mut query,
        mut beside,
        divided,
        fault,
    } = conditions::read(query)?;
    beside.mine = tickets::list_columns(ctx).await?;
    if query.columns.is_empty() {
        query.columns.clone_from(&beside.mine);
    }
    let (page, count, fault) = found(ctx, &query, fault).await?;
    if divided && fault.is_none() {
        beside.shares = Some(tickets::facets(ctx, &query.filter).await?);
    }
    if page.items.is_empty() && fault.is_none() {
        beside.unseen = tickets::unseen(ctx, &query.filter).await?;
    }
    beside.views = tickets::saved::list(ctx).await?;
    let reference = ctx.services.reference().await?;
    let chosen = query.filter.region.as_deref();
    let regions = directory::places(ctx, needs::TICKETS, chosen).await?;
    let units = directory::units_of(ctx, needs::TICKETS, chosen).await?;
    let mut names: Vec<Named> = Vec::new();
    let filter = &query.filter;
    for code in [&filter.unit, &filter.lead_unit].into_iter().flatten() {
        names.push(reference.unit(code));
    }
    if let Some(code) = &filter.region {
        names.push(Named {
            code: code.clone(),
            name: reference.region(code.trim_end_matches('-')).name,
        });
    }
    let categories = directory::first_categories(ctx).await?;
    if let Some(code) = &filter.category
        && let Some(category) = reference.category(code)
    {
        // Deeper categories are named by their whole path; the first level has its own entry.
        names.push(Named {
            code: code.clone(),
            name: match ctx.locale {
                shared::text::Locale::Zh => category.path_zh,
                shared::text::Locale::En => category.path_en,
            },
        });
    }
    let (own, own_asked) = directory::own_columns(ctx).await?;
    Ok(Listed {
        own,
        own_asked,
        query: query.to_query(),
        page,
        count: count.n,
        capped: count.capped,
        names,
        regions,
        units,
        categories,
        tags: directory::tags(ctx).await?,
        fault,
        beside,
    })
}

/// The page and its number; none of them where the filters or conditions cannot be answered, and why.
async fn found(
    ctx: &Ctx,
    query: &TicketQuery,
    fault: Option<Fault>,
) -> Result<(TicketPage, tickets::Count, Option<Fault>), Fault> {
    let fault = match fault {
        Some(fault) => fault,
        None => match tickets::list(ctx, query.clone()).await {
            Ok(page) => {
                let count = match whole(query, &page) {
                    Some(count) => count,
                    None => tickets::count(ctx, &query.filter).await?,
                };
                return Ok((page, count, None));
            }
            Err(fault) => about_filters(fault)?,
        },
    };
    let page = TicketPage {
        items: Vec::new(),
        next_cursor: None,
        prev_cursor: None,
        also: Vec::new(),
        found: Vec::new(),
        looked: None,
    };
    let count = tickets::Count {
        n: 0,
        capped: false,
    };
    Ok((page, count, Some(fault)))
}

/// The number of a list that is one page, which nobody has to count again. A search says how far it looked.
fn whole(query: &TicketQuery, page: &TicketPage) -> Option<tickets::Count> {
    let is_whole = query.cursor.is_none() && page.next_cursor.is_none();
    let n = i64::try_from(page.items.len()).ok()?;
    (is_whole && query.filter.q.is_none()).then_some(tickets::Count { n, capped: false })
}

/// A fault of the filters themselves belongs beside them, where it can be mended; any other goes on.
pub(crate) fn about_filters(fault: Fault) -> Result<Fault, Fault> {
    let inside = |code| matches!(code, Code::InputSearch | Code::InputPeriod);
    let own = |field: &shared::fault::FieldFault| {
        field.field.starts_with("own.") || field.field == shared::query::language::WHERE
    };
    if fault
        .fields
        .iter()
        .any(|field| inside(field.code) || own(field))
    {
        Ok(fault)
    } else {
        Err(fault)
    }
}

pub async fn sheet(ctx: &Ctx, visit: &Visit, id: &str) -> Result<Sheet, Fault> {
    let id: TicketId = id.parse().map_err(|_| Fault::missing())?;
    let ticket = tickets::sheet(ctx, id).await?;
    let now = ctx.now();
    let look = visit
        .reveal
        .as_ref()
        .filter(|look| look.ticket == id && look.until > now);
    // What the cookie keeps was a reason when it was kept.
    let revealed = match look.and_then(|look| look.reason.parse().ok()) {
        Some(reason) => Some(tickets::reveal(ctx, id, Reveal { reason }).await?),
        None => None,
    };
    let number = ticket.detail.row.ticket_no.as_str();
    let filed = visit
        .filed
        .clone()
        .filter(|filed| filed.ticket_no == number)
        .map(|filed| FiledView {
            ticket_no: filed.ticket_no,
            code: filed.code,
            due_at: filed.due_at,
            provisional: filed.provisional,
        });
    let units = if chooses_units(&ticket) {
        choices(ctx, &ticket).await?
    } else {
        Vec::new()
    };
    let duties = duties(ctx, &ticket).await?;
    let directives = services::directives::of_ticket(ctx, id).await?;
    let held = services::follow_ups::held(ctx, id).await?;
    let messages = services::gateway::desk::of_ticket(ctx, id).await?;
    let likely = likely(ctx, &ticket).await?;
    Ok(Sheet {
        ticket,
        revealed,
        filed,
        units,
        duties,
        directives,
        held,
        messages,
        likely,
    })
}

/// What looks like the same event, for whoever may merge it into this ticket.
async fn likely(ctx: &Ctx, ticket: &TicketSheet) -> Result<Option<Vec<Related>>, Fault> {
    let row = &ticket.detail.row;
    let is_discreet = row.confidential || row.kind == RequestKind::TipOff;
    let is_worked_on = row.state.is_open() && row.state != TicketState::ToVisit;
    if is_discreet || !is_worked_on || !needs::DISPATCHING.is_met_by(&ctx.actor) {
        return Ok(None);
    }
    match tickets::likely(ctx, row.id).await {
        Ok(found) => Ok(Some(found)),
        // Seen by one post, and dispatched by none.
        Err(fault) if fault.code == Code::NotFound => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// Whether a form on the page has a list of units.
fn chooses_units(ticket: &TicketSheet) -> bool {
    let detail = &ticket.detail;
    let of_assignments = detail.assignments.iter().flat_map(|one| one.actions.iter());
    detail.actions.iter().chain(of_assignments).any(|verb| {
        matches!(
            verb,
            Verb::Recall
                | Verb::Rule
                | Verb::Confer
                | Verb::SendBack
                | Verb::ThreeWay
                | Verb::AskAssistance
                | Verb::NameAccused
        )
    })
}

/// What a unit that may send the ticket back can rely on: rows of other units.
async fn duties(ctx: &Ctx, ticket: &TicketSheet) -> Result<Vec<DutyView>, Fault> {
    let row = &ticket.detail.row;
    let mut parts = ticket.detail.assignments.iter();
    let Some(part) = parts.find(|part| part.actions.contains(&Verb::SendBack)) else {
        return Ok(Vec::new());
    };
    let category = row.category.as_ref().map(|it| it.code.as_str());
    let mut found = directory::duties_for(ctx, (category, &row.region.code)).await?;
    found.retain(|duty| duty.unit.code != part.unit.code);
    Ok(found)
}

async fn choices(ctx: &Ctx, ticket: &TicketSheet) -> Result<Vec<Named>, Fault> {
    let row = &ticket.detail.row;
    let wanted = directory::Candidates {
        region: Some(row.region.code.clone()),
        category: row.category.as_ref().map(|category| category.code.clone()),
        // Whoever rules or recalls also hands it on; a unit only names who should have it.
        anywhere: !needs::DISPATCHING.is_met_by(&ctx.actor),
    };
    let found = directory::candidates(ctx, wanted).await?;
    Ok(found
        .into_iter()
        .map(|unit| Named {
            code: unit.code,
            name: unit.name,
        })
        .collect())
}

pub async fn dispatch(ctx: &Ctx, id: &str) -> Result<Dispatching, Fault> {
    let id: TicketId = id.parse().map_err(|_| Fault::missing())?;
    let ticket = tickets::sheet(ctx, id).await?;
    let sheet = if ticket.detail.actions.contains(&Verb::Dispatch) {
        Some(tickets::dispatch_sheet(ctx, id).await?)
    } else {
        None
    };
    Ok(Dispatching {
        ticket,
        sheet,
        categories: directory::categories(ctx).await?,
    })
}
