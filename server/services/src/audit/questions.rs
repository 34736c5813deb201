//! Questions to the audit that an auditor keeps under a name, alone or for all auditors.
//! Not here: searching (`search`), the questions that come with the product (`shared::access::AuditQuestion`).
//! A question is an address and gives no right; keeping and deleting one stand in the audit.

use shared::access::{KeepAuditQuestion, KeptAuditQuestion, needs};
use shared::fault::{Code, Fault};
use shared::ids::UserId;
use shared::query::{pairs_of, value_of};
use store::audit::questions::{self, KeptQuestion, MOST};
use uuid::Uuid;

use super::search::{self, Asked};
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::watch::watched;

const KEEP: &str = "audit.question.keep";
const DELETE: &str = "audit.question.delete";

/// One's own, then those that others share, each by name.
///
/// # Errors
/// Of the store; the caller has asked for the right.
pub(super) async fn seen(ctx: &Ctx) -> Result<Vec<KeptAuditQuestion>, Fault> {
    let Some(user) = ctx.actor.user() else {
        return Ok(Vec::new());
    };
    let db = ctx.services.store().reader();
    let mut all = questions::own(&db, user).await.settle(&ctx.services)?;
    let shared = questions::shared(&db, user).await;
    all.extend(shared.settle(&ctx.services)?);
    let view = |kept: KeptQuestion| KeptAuditQuestion {
        by: (kept.owner != user).then_some(kept.owner_name),
        id: kept.id,
        name: kept.name,
        query: kept.query,
        shared: kept.shared,
    };
    Ok(all.into_iter().map(view).collect())
}

/// Keeps a question.
///
/// # Errors
/// `access.denied`; `input.required` at `query` where nothing is asked for, and what a search with it would say; `register.too_many`.
pub async fn keep(ctx: &Ctx, command: KeepAuditQuestion) -> Result<Uuid, Fault> {
    watched(ctx, KEEP, "audit", kept(ctx, command)).await
}

async fn kept(ctx: &Ctx, command: KeepAuditQuestion) -> Result<Uuid, Fault> {
    let user = owner(ctx)?;
    let pairs = pairs_of(&command.query);
    let of = |name: &str| value_of(&pairs, name).map(str::to_owned);
    let asked = Asked::of(of, None, search::PAGE);
    search::read(ctx, &asked).await?;
    let query = asked.address();
    if query.is_empty() {
        return Err(Fault::field("query", Code::InputRequired));
    }
    let id = ctx.services.new_id();
    let question = KeptQuestion {
        id,
        owner: user,
        owner_name: ctx.actor.name.clone(),
        name: command.name.to_string(),
        query,
        shared: command.shared.0,
        made_at: ctx.now(),
    };
    let mut entry = ctx.audit(KEEP, format!("audit_question:{id}"), "ok");
    let shared = question.shared.to_string();
    entry.facts.insert("shared".to_owned(), shared);
    entry
        .erasable
        .insert("query".to_owned(), question.query.clone());
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (question, entry) = (question.clone(), entry.clone());
            Box::pin(async move {
                let own = questions::own(tx, user).await?;
                if own.len() as u64 >= MOST {
                    return Err(Fault::new(Code::RegisterTooMany).fact("max", MOST).into());
                }
                questions::insert(tx, &question).await?;
                Ok(store::audit::append(tx, &entry).await?)
            })
        })
        .await
        .settle(&ctx.services)?;
    Ok(id)
}

/// Deletes a question of one's own.
///
/// # Errors
/// `access.denied`; `not_found` for another's.
pub async fn delete(ctx: &Ctx, id: Uuid) -> Result<(), Fault> {
    let object = format!("audit_question:{id}");
    watched(ctx, DELETE, object, deleted(ctx, id)).await
}

async fn deleted(ctx: &Ctx, id: Uuid) -> Result<(), Fault> {
    let user = owner(ctx)?;
    let entry = ctx.audit(DELETE, format!("audit_question:{id}"), "ok");
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let entry = entry.clone();
            Box::pin(async move {
                if !questions::delete(tx, (id, user)).await? {
                    return Err(Fault::missing().into());
                }
                Ok(store::audit::append(tx, &entry).await?)
            })
        })
        .await
        .settle(&ctx.services)
}

/// Who keeps questions: a person who reads the audit.
fn owner(ctx: &Ctx) -> Result<UserId, Fault> {
    ctx.ask(needs::AUDIT)?;
    ctx.actor.user().ok_or_else(Fault::denied)
}
