//! Requests about accounts and their histories, as each reader sees them.
//! Not here: the account itself (`users::look`).
//! A request is seen by whoever asked, and by whoever may take any of its steps where it belongs.

use shared::access::{Permission, Scope, needs};
use shared::account::life::{
    AccountEventView, AccountRequestPage, AccountRequestState, AccountRequestView, Taken,
};
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::ids::{AccountRequestId, UserId};
use store::life::{AccountLine, AccountRequest, Sought};

use super::{decide, posts_of};
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::paging;
use crate::reference::Reference;
use crate::users::look::units_of;

/// Requests of one page.
const PAGE: u64 = 50;
/// Lines of a history that are shown.
const LINES: u64 = 100;

/// Which requests.
#[derive(Debug, Clone, Default)]
pub struct LookForRequests {
    /// Those that have ended, the newest first; else those that wait, the oldest first.
    pub ended: bool,
    /// Where the page begins.
    pub cursor: Option<String>,
}

/// Whether a scope reaches what belongs to a unit.
pub(super) fn reaches(scope: &Scope, reference: &Reference, unit: &str) -> bool {
    match scope {
        Scope::All => true,
        Scope::Own(_) | Scope::Team(_) => false,
        _ => reference.units.get(unit).is_some_and(|unit| {
            scope.covers_region(&unit.region) || scope.covers_unit(&unit.code, &unit.path)
        }),
    }
}

/// The widest scope in which the caller has to do with requests; `None` for people who only ask for themselves.
fn scope(ctx: &Ctx) -> Option<Scope> {
    let rights = [
        Permission::AccountApply,
        Permission::AccountApprove,
        Permission::RoleGrant,
        Permission::UserManage,
        Permission::AuditRead,
    ];
    rights
        .into_iter()
        .filter_map(|right| ctx.actor.scope(right))
        .max()
}

/// Whether a request is the caller's to see.
pub(super) fn is_visible(ctx: &Ctx, reference: &Reference, request: &AccountRequest) -> bool {
    let own = ctx.actor.user();
    (own.is_some() && (request.made_by == own || request.user_id == own))
        || scope(ctx).is_some_and(|scope| reaches(&scope, reference, &request.unit))
}

/// A page of requests in the caller's reach.
///
/// # Errors
/// `session.signed_out`, `input.cursor`.
pub async fn requests(ctx: &Ctx, look: LookForRequests) -> Result<AccountRequestPage, Fault> {
    ctx.ask(needs::ACCOUNT_REQUESTS)?;
    let services = &ctx.services;
    let reference = services.reference().await?;
    let units = match scope(ctx) {
        Some(scope) => units_of(&scope, &reference),
        None => Some(Vec::new()),
    };
    let after = look.cursor.filter(|cursor| !cursor.is_empty());
    let after = after.as_deref().map(paging::read).transpose();
    let after = after.map_err(|_| Fault::new(Code::InputCursor))?;
    let states = if look.ended {
        AccountRequestState::ALL
            .iter()
            .copied()
            .filter(|state| !state.is_open())
            .collect()
    } else {
        AccountRequestState::OPEN.to_vec()
    };
    let sought = Sought {
        units,
        or_made_by: ctx.actor.user(),
        states,
        after,
        newest_first: look.ended,
        limit: PAGE + 1,
    };
    let mut found = store::life::page(&services.store().reader(), sought)
        .await
        .settle(services)?;
    let next_cursor =
        paging::cut(&mut found, PAGE as usize).map(|last| paging::place(last.made_at, last.id));
    let items: Result<_, Failure> = found
        .into_iter()
        .map(|request| shown(ctx, &reference, request))
        .collect();
    Ok(AccountRequestPage {
        items: items.settle(services)?,
        next_cursor,
    })
}

/// One request.
///
/// # Errors
/// `not_found` out of reach.
pub async fn request(ctx: &Ctx, id: AccountRequestId) -> Result<AccountRequestView, Fault> {
    ctx.ask(needs::ACCOUNT_REQUESTS)?;
    let services = &ctx.services;
    let reference = services.reference().await?;
    let found = store::life::get(&services.store().reader(), id)
        .await
        .settle(services)?
        .filter(|request| is_visible(ctx, &reference, request))
        .ok_or_else(Fault::missing)?;
    shown(ctx, &reference, found).settle(services)
}

/// A request for its reader.
pub(super) fn shown(
    ctx: &Ctx,
    reference: &Reference,
    request: AccountRequest,
) -> Result<AccountRequestView, Failure> {
    let taken = |by: &Option<String>, at: Option<Instant>| {
        at.map(|at| Taken {
            by: by.clone().unwrap_or_default(),
            at,
        })
    };
    let decides = decide::may_take(ctx, reference, &request);
    let may_decide = match &decides {
        Ok(_) => true,
        Err(fault) => fault.code == Code::ProofNeeded,
    };
    let own = ctx.actor.user().is_some() && request.made_by == ctx.actor.user();
    Ok(AccountRequestView {
        id: request.id,
        kind: request.kind,
        state: request.state,
        version: request.version,
        unit_name: reference.unit(&request.unit).name,
        posts: posts_of(&request.posts)?,
        heir: request.heir_name.clone(),
        asked: Taken {
            by: request.made_by_name.clone(),
            at: request.made_at,
        },
        expires_at: request.expires_at,
        approved: taken(&request.approved_by_name, request.approved_at),
        granted: taken(&request.granted_by_name, request.granted_at),
        ended: taken(&request.ended_by_name, request.ended_at),
        answer: request.answer,
        next: request.kind.next(request.state),
        may_decide,
        may_withdraw: own && request.state.is_open(),
        username: request.username,
        name: request.name,
        unit: request.unit,
        reason: request.reason,
    })
}

/// What is asked for about an account and not decided.
pub(in crate::users) async fn open_requests(
    ctx: &Ctx,
    reference: &Reference,
    username: &str,
) -> Result<Vec<AccountRequestView>, Failure> {
    let open = store::life::open_of(&ctx.services.store().reader(), username).await?;
    open.into_iter()
        .map(|request| shown(ctx, reference, request))
        .collect()
}

/// What happened to an account, the newest first.
pub(in crate::users) async fn history(
    ctx: &Ctx,
    reference: &Reference,
    user: UserId,
) -> Result<Vec<AccountEventView>, Failure> {
    let lines = store::life::of_account(&ctx.services.store().reader(), user, LINES).await?;
    let view = |mut line: AccountLine| {
        for name in ["unit", "from"] {
            if let Some(unit) = line.facts.get_mut(name) {
                *unit = reference.unit(unit).name;
            }
        }
        AccountEventView {
            kind: line.kind,
            at: line.at,
            by: line.by_name,
            reason: line.reason,
            facts: line.facts,
        }
    };
    Ok(lines.into_iter().map(view).collect())
}
