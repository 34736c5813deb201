//! What the clock does to accounts: those that nobody uses freeze, requests that nobody answers lapse.
//! Not here: posts that end by their own day (`shared::access`), reviews.
//! After a jump of the clock nothing happens until it has settled. The last of a kind of administrator is never frozen so.

use shared::account::life::AccountRequestState;
use shared::calendar::Instant;
use shared::fault::Code;
use shared::register::Rule;

use super::{ask, freeze};
use crate::context::{Ctx, Services};
use crate::fault::Failure;
use crate::jobs::Done;

const DAY: i64 = 24 * 3_600_000;
/// The setting for after how many days without any work an account freezes; 0 is never.
pub(crate) const IDLE_DAYS: &str = Rule::IDLE_DAYS.key;
/// Accounts of one run.
const BATCH: u64 = 200;
/// The job's name.
const JOB: &str = "accounts";
/// Why, in the history of the account.
const WHY: &str = "长期未使用，自动冻结";

async fn idle_days(services: &Services) -> Result<i64, Failure> {
    let text = store::settings::get(&services.store().reader(), IDLE_DAYS).await?;
    Ok(Rule::IDLE_DAYS.number(text.as_deref()))
}

/// Freezes accounts that nobody has used for so long.
pub(crate) async fn freeze_idle(services: &Services) -> Result<Done, Failure> {
    let days = idle_days(services).await?;
    if days == 0 || !services.clock_is_settled() {
        return Ok(Done::default());
    }
    let ctx = Ctx::job(services, JOB);
    let before = Instant(services.now().0 - days.saturating_mul(DAY));
    let idle = store::life::idle(&services.store().reader(), before, BATCH).await?;
    let mut count = 0;
    for account in &idle {
        let (ctx, id) = (ctx.clone(), account.user);
        let frozen = services
            .store()
            .write::<_, Failure, _>(move |tx| {
                let ctx = ctx.clone();
                Box::pin(async move {
                    let user = store::users::find(tx, id).await?;
                    match user.filter(|user| user.active) {
                        Some(user) => freeze::stop(&ctx, tx, &user, WHY).await,
                        None => Ok(()),
                    }
                })
            })
            .await;
        match frozen {
            Ok(()) => count += 1,
            // Somebody must be left who can resume the others.
            Err(Failure::Fault(fault)) if fault.code == Code::RoleLast => {}
            Err(failure) => return Err(failure),
        }
    }
    if count > 0 {
        services.rights().forget_all();
    }
    Ok(Done {
        count,
        more: count > 0 && idle.len() as u64 == BATCH,
    })
}

/// Ends requests whose time is over.
pub(crate) async fn lapse(services: &Services) -> Result<Done, Failure> {
    if !services.clock_is_settled() {
        return Ok(Done::default());
    }
    let ctx = Ctx::job(services, JOB);
    let over = store::life::lapsed(&services.store().reader(), services.now(), BATCH).await?;
    let count = over.len() as u64;
    for request in over {
        let ctx = ctx.clone();
        services
            .store()
            .write::<_, Failure, _>(move |tx| {
                let (ctx, request) = (ctx.clone(), request.clone());
                Box::pin(async move {
                    let Some(mut now) = store::life::get(tx, request.id).await? else {
                        return Ok(());
                    };
                    if now.version != request.version {
                        return Ok(());
                    }
                    let version = now.version;
                    ask::ended(&ctx, tx, (&mut now, version), AccountRequestState::Lapsed).await
                })
            })
            .await?;
    }
    Ok(Done {
        count,
        more: count == BATCH,
    })
}
