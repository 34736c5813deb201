//! What a dispatcher chooses from: units in the order in which they are likely, their load, and the deadlines each urgency and category would set
//! (`domain.md` 3.2, row 6). Computed exactly as the dispatch would, from now.
//! Not here: dispatching (`tickets::dispatch`), the order of units (`directory`).

use std::collections::BTreeSet;

use shared::access::{lies_in, needs};
use shared::calendar::Instant;
use shared::fault::Fault;
use shared::ids::TicketId;
use shared::person::conceal;
use shared::process::limit::{LimitRule, Stage};
use shared::ticket::Urgency;
use shared::ticket::view::{DeadlineView, DispatchSheet, DispatchTerms, UnitChoice};
use store::record::Ticket;

use super::read::found;
use super::show::{Clocked, Eye};
use crate::context::Ctx;
use crate::directory::{self, Candidates};
use crate::fault::Settle;
use crate::reference::{Reference, Timed};
use crate::tickets::{office, opening, own};

/// Units and terms for one ticket.
///
/// # Errors
/// `access.denied` without the right to dispatch; `not_found` outside the scope.
pub async fn dispatch_sheet(ctx: &Ctx, id: TicketId) -> Result<DispatchSheet, Fault> {
    ctx.ask(needs::DISPATCHING)?;
    let (reference, case) = found(ctx, id).await?;
    let ticket = case.ticket;
    let units = choices(ctx, &reference, &ticket, ticket.category.clone()).await?;
    let eye = Eye::of(ctx, &reference);
    let terms = categories_with_limits(&reference.limits)
        .into_iter()
        .flat_map(|category| Urgency::ALL.iter().map(move |urgency| (category, *urgency)))
        .map(|(category, urgency)| terms(&eye, &ticket, category, urgency))
        .collect();
    let tags = office::offered_tags(&reference, &ticket.region);
    let mut own = own::completed(&reference, &ticket);
    for field in &mut own {
        field.value = field.value.as_deref().map(conceal);
    }
    Ok(DispatchSheet {
        units,
        terms,
        tags,
        own,
    })
}

/// Units whose responsibility it is, that led such tickets lately or serve the place, for a category that the dispatcher is about to give it.
///
/// # Errors
/// As [`dispatch_sheet`].
pub async fn suggested(ctx: &Ctx, id: TicketId, category: &str) -> Result<Vec<UnitChoice>, Fault> {
    ctx.ask(needs::DISPATCHING)?;
    let (reference, case) = found(ctx, id).await?;
    let category = Some(category.to_owned()).filter(|code| !code.is_empty());
    let mut units = choices(ctx, &reference, &case.ticket, category).await?;
    units.retain(|unit| unit.by_duty || unit.led_lately > 0 || unit.of_place || unit.ruled > 0);
    units.truncate(SUGGESTED);
    Ok(units)
}

/// Milliseconds of two days, within which what is due weighs on a unit.
const SOON: i64 = 172_800_000;
/// Suggestions at most.
const SUGGESTED: usize = 5;

async fn choices(
    ctx: &Ctx,
    reference: &Reference,
    ticket: &Ticket,
    category: Option<String>,
) -> Result<Vec<UnitChoice>, Fault> {
    let wanted = Candidates {
        region: Some(ticket.region.clone()),
        category,
        anywhere: false,
    };
    let mut ranked = directory::ranked(ctx, wanted).await?;
    if let Some(accused) = ticket.accused_unit.as_deref() {
        ranked.retain(|one| !lies_in(&one.unit.path, accused));
    }
    let codes: Vec<String> = ranked.iter().map(|one| one.unit.code.clone()).collect();
    let now = ctx.now();
    let soon = Instant(now.0 + SOON);
    let db = ctx.services.store().reader();
    let load = store::units::workload(&db, &codes, (now, soon)).await;
    let load = load.settle(&ctx.services)?;
    let of = |one: &directory::Candidate| load.get(&one.unit.code).copied().unwrap_or_default();
    let choice = |one: directory::Candidate| UnitChoice {
        open_assignments: of(&one).open,
        due_soon: of(&one).due_soon,
        overdue: of(&one).overdue,
        initials: directory::initials::of(&one.unit.name),
        unit: reference.unit(&one.unit.code),
        level: one.unit.level,
        by_duty: one.by_duty,
        led_lately: one.led_lately,
        of_place: one.of_place,
        returned: one.returned,
        ruled: one.ruled,
    };
    Ok(ranked.into_iter().map(choice).collect())
}

/// Every category prefix that the limit table knows, after "any other".
fn categories_with_limits(limits: &[LimitRule]) -> BTreeSet<Option<&str>> {
    let named = limits
        .iter()
        .filter(|rule| matches!(rule.stage, Stage::Sign | Stage::Contact | Stage::Handle))
        .map(|rule| rule.category.as_deref());
    std::iter::once(None).chain(named).collect()
}

fn terms(
    eye: &Eye<'_>,
    ticket: &Ticket,
    category: Option<&str>,
    urgency: Urgency,
) -> DispatchTerms {
    let category = category.map(str::to_owned);
    let ticket = Ticket {
        urgency,
        category: category.clone(),
        ..ticket.clone()
    };
    let due = |stage| {
        view(
            eye,
            (
                &ticket.region,
                opening::deadline(eye.reference, &ticket, stage, eye.now),
            ),
        )
    };
    DispatchTerms {
        category,
        urgency,
        sign_due: due(Stage::Sign),
        contact_due: due(Stage::Contact),
        due: due(Stage::Handle),
    }
}

fn view(eye: &Eye<'_>, (region, timed): (&str, Option<Timed>)) -> DeadlineView {
    eye.deadline(
        eye.reference.hours.of_place(region),
        Clocked {
            from: Some(eye.now),
            due_at: timed.map(|timed| timed.due.at),
            warn_at: timed.map(|timed| timed.due.warn_at),
            provisional: timed.is_some_and(|timed| timed.due.provisional),
            limit: timed.map(|timed| (timed.limit.value, timed.limit.unit)),
            extended: 0,
            done_at: None,
        },
    )
}
