//! A version of the tickets' process for one area, one kind, or both: new tickets of these start on it from a day on, until it is withdrawn.
//! Not here: which of several counts (`process::choice`), versions for everybody (`deploy::activate`).
//! Only where the owner's own area reaches.

use shared::access::{Scope, needs};
use shared::approval::command::Activate;
use shared::approval::view::ActivationRow;
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::ids::ActivationId;
use shared::place::{self, Division, DivisionCode, DivisionLevel};
use shared::ticket::RequestKind;
use shared::ticket::view::Named;
use store::activations::Activation;

use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::host::denied::recorded;
use crate::process::{TICKET_MAIN, choice};
use crate::reference::Reference;

/// For which tickets, and from when.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Part {
    /// Code of a division; everywhere without it.
    pub area: Option<DivisionCode>,
    /// Every kind without it.
    pub kind: Option<RequestKind>,
    /// Now without it.
    pub from: Option<Instant>,
}

impl From<Activate> for Part {
    fn from(command: Activate) -> Self {
        Self {
            area: command.area,
            kind: command.kind,
            from: command.active_from,
        }
    }
}

impl Part {
    /// Whether it is about every ticket.
    pub const fn is_all(&self) -> bool {
        self.area.is_none() && self.kind.is_none()
    }
}

/// New tickets of a part start on a version.
///
/// # Errors
/// `not_found` for a version that is not deployed; `input.invalid` for another process, an area that is none, or no part at all.
pub async fn for_part(
    ctx: &Ctx,
    key: &str,
    version: i32,
    part: Part,
) -> Result<ActivationRow, Fault> {
    let what = ("process.activate", format!("process:{key}"));
    recorded(ctx, what, put(ctx, (key, version), part)).await
}

async fn put(ctx: &Ctx, (key, version): (&str, i32), part: Part) -> Result<ActivationRow, Fault> {
    let scope = ctx.reach(needs::DEPLOYING)?;
    let services = &ctx.services;
    if key != TICKET_MAIN {
        return Err(Fault::field("area", Code::InputCode));
    }
    if part.is_all() {
        return Err(Fault::field("area", Code::InputRequired));
    }
    let reference = services.reference().await?;
    if let Some(area) = &part.area {
        if !reference.divisions.contains_key(area.as_str()) {
            return Err(Fault::field("area", Code::InputPlace));
        }
        if !scope.covers_region(area.as_str()) {
            return Err(Fault::denied());
        }
    } else if scope != Scope::All {
        return Err(Fault::denied());
    }
    let reader = services.store().reader();
    let known = store::definitions::get(&reader, key, version).await;
    known.settle(services)?.ok_or_else(Fault::missing)?;
    let now = ctx.now();
    let activation = Activation {
        id: ActivationId(services.new_id()),
        definition: key.to_owned(),
        version,
        area: part.area.map(|area| area.as_str().to_owned()),
        kind: part.kind,
        active_from: part.from.map_or(now, |from| from.max(now)),
        by: ctx.actor.user(),
        by_name: Some(ctx.actor.name.clone()).filter(|name| !name.is_empty()),
        withdrawn_at: None,
    };
    let mut entry = ctx.audit("process.activate", format!("process:{key}"), "ok");
    let facts = [
        ("version", Some(version.to_string())),
        ("from", Some(activation.active_from.rfc3339())),
        ("area", activation.area.clone()),
        ("kind", activation.kind.map(|kind| kind.to_string())),
        ("activation", Some(activation.id.to_string())),
    ];
    for (name, fact) in facts {
        entry.facts.extend(fact.map(|fact| (name.to_owned(), fact)));
    }
    let row = shown(&activation, &reference, now);
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (activation, entry) = (activation.clone(), entry.clone());
            Box::pin(async move {
                store::activations::put(tx, &activation).await?;
                Ok(store::audit::append(tx, &[entry]).await?)
            })
        })
        .await
        .settle(services)?;
    services.bust_reference().await;
    Ok(row)
}

/// A part has no version of its own any more; tickets that have started on it stay.
///
/// # Errors
/// `not_found` for one that is not there or counts no more.
pub async fn withdraw(ctx: &Ctx, key: &str, id: ActivationId) -> Result<(), Fault> {
    let what = ("process.withdraw", format!("process:{key}"));
    recorded(ctx, what, take(ctx, key, id)).await
}

async fn take(ctx: &Ctx, key: &str, id: ActivationId) -> Result<(), Fault> {
    let scope = ctx.reach(needs::DEPLOYING)?;
    let services = &ctx.services;
    let all = store::activations::all(&services.store().reader(), key).await;
    let all = all.settle(services)?;
    let known = all.iter().find(|it| it.id == id);
    let known = known.ok_or_else(Fault::missing)?;
    let covers = match &known.area {
        Some(area) => scope.covers_region(area),
        None => scope == Scope::All,
    };
    if !covers {
        return Err(Fault::denied());
    }
    let mut entry = ctx.audit("process.withdraw", format!("process:{key}"), "ok");
    let version = known.version.to_string();
    entry.facts.insert("version".to_owned(), version);
    entry.facts.insert("activation".to_owned(), id.to_string());
    let (key, at) = (key.to_owned(), ctx.now());
    let found = services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (key, entry) = (key.clone(), entry.clone());
            Box::pin(async move {
                let found = store::activations::withdraw(tx, &key, id, at).await?;
                if found {
                    store::audit::append(tx, &[entry]).await?;
                }
                Ok(found)
            })
        })
        .await
        .settle(services)?;
    services.bust_reference().await;
    if found { Ok(()) } else { Err(Fault::missing()) }
}

/// The activations of a definition for their owner, those that count no more at the end.
pub(super) async fn rows(ctx: &Ctx, key: &str) -> Result<Vec<ActivationRow>, Fault> {
    let services = &ctx.services;
    let reference = services.reference().await?;
    let all = store::activations::all(&services.store().reader(), key).await;
    let now = ctx.now();
    let all = all.settle(services)?;
    let mut rows: Vec<ActivationRow> = all.iter().map(|it| shown(it, &reference, now)).collect();
    rows.sort_by_key(|row| row.until.is_some());
    Ok(rows)
}

/// Cities and counties of the province that the owner's area reaches, in the order of their codes.
pub(super) async fn areas(ctx: &Ctx) -> Result<Vec<Named>, Fault> {
    let Some(scope) = needs::DEPLOYING.scope(&ctx.actor) else {
        return Ok(Vec::new());
    };
    let reference = ctx.services.reference().await?;
    let home = reference.home();
    let inside = |it: &&Division| {
        it.code.starts_with(place::prefix(&home))
            && it.level != DivisionLevel::Street
            && scope.covers_region(&it.code)
    };
    let mut areas: Vec<Named> = reference
        .divisions
        .values()
        .filter(inside)
        .map(|it| reference.region(&it.code))
        .collect();
    areas.sort_by(|one, other| one.code.cmp(&other.code));
    Ok(areas)
}

fn shown(activation: &Activation, reference: &Reference, now: Instant) -> ActivationRow {
    ActivationRow {
        id: activation.id,
        version: activation.version,
        area: activation.area.as_deref().map(|it| reference.region(it)),
        kind: activation.kind,
        from: activation.active_from,
        until: activation.withdrawn_at,
        counts: choice::counts(activation, now),
        by: activation.by_name.clone(),
    }
}
