//! Messages and signals from outside: sent by whoever operates processes, to cases within reach.
//! Not here: who gets them (`host::deliver`), how a case throws (`host::throw`).

use bpmn::Value;
use shared::access::needs;
use shared::approval::command::Throw;
use shared::approval::view::Thrown;
use shared::fault::{Code, Fault};
use store::host::deliveries as events;
use store::record::{Delivery, Receiver};

use super::perform::scope_of;
use super::verbs::values;
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::host::deliver::TO;
use crate::host::denied::recorded;

/// A message goes only to a case that the sender reaches.
async fn in_reach(ctx: &Ctx, number: &str) -> Result<(), Fault> {
    let scope = scope_of(&ctx.actor).ok_or_else(Fault::missing)?;
    let reach = store::approvals::Reach {
        scope: &scope,
        actor: &ctx.actor,
    };
    let reader = ctx.services.store().reader();
    let found = store::approvals::id_of(&reader, reach, number)
        .await
        .settle(&ctx.services)?;
    found
        .map(drop)
        .ok_or_else(|| Fault::field("approval_no", Code::NotFound))
}

/// Sends a message or a signal from outside; new cases start in the caller's name.
///
/// # Errors
/// `access.denied` without the right to operate processes; faults of the fields, also for a number out of reach.
pub async fn throw(ctx: &Ctx, command: Throw) -> Result<Thrown, Fault> {
    let what = ("process.throw", format!("event:{}", &*command.name));
    recorded(ctx, what, send(ctx, command)).await
}

async fn send(ctx: &Ctx, command: Throw) -> Result<Thrown, Fault> {
    ctx.ask(needs::OPERATING)?;
    let mut variables = values(&command.variables)?;
    if let Some(number) = command.approval_no.as_deref() {
        in_reach(ctx, number).await?;
        variables.insert(TO.to_owned(), Value::Text(number.to_owned()));
    }
    let delivery = Delivery {
        id: ctx.services.new_id(),
        sent_at: ctx.now(),
        kind: command.kind,
        name: command.name.into(),
        sent_by: None,
        initiator: ctx.actor.user(),
        hops: 0,
        receiver: Receiver::Open,
        variables: serde_json::to_string(&variables)
            .map_err(|error| ctx.services.fault(anyhow::Error::new(error).into()))?,
        rests_since: None,
        keep_until: None,
        incident: None,
        area: None,
    };
    let id = delivery.id;
    let mut entry = ctx.audit("process.throw", format!("event:{}", delivery.name), "ok");
    entry
        .facts
        .insert("kind".to_owned(), delivery.kind.to_string());
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (delivery, entry) = (delivery.clone(), entry.clone());
            Box::pin(async move {
                events::send(tx, &delivery).await?;
                Ok(store::audit::append(tx, &[entry]).await?)
            })
        })
        .await
        .settle(&ctx.services)?;
    Ok(Thrown { id: id.to_string() })
}
