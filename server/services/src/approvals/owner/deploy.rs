//! Check a definition, deploy it as the next version, say from when new cases start on it, and withdraw it.
//! A definition that cannot run is refused with every finding; decision tables (DMN) are deployed the same way.
//! Not here: versions for an area or a kind (`activate`), what runs on it (`show`), moving what runs (`migrate`).

use std::sync::Arc;

use bpmn::Definition;
use shared::access::needs;
use shared::approval::view::{Deployed, FindingView};
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::process::finding::{FindingCode, Remark};
use store::Tx;
use store::definitions::New;

use super::judge;
use crate::applications;
use crate::approvals::starts;
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::host::denied::recorded;
use crate::host::time::WorkClock;

/// What a check says of a text. What it passes without an error can be deployed.
///
/// # Errors
/// `process.refused` for a text that is no definition.
pub async fn check(ctx: &Ctx, xml: &str) -> Result<Vec<FindingView>, Fault> {
    let done = async {
        ctx.ask(needs::PROCESSES)?;
        if judge::is_tables(xml) {
            return judge::tables(xml).map(|_| Vec::new());
        }
        judge::complete(ctx, xml)
            .await
            .map(|(_, findings)| findings)
    };
    let what = ("process.check", "process".to_owned());
    recorded(ctx, what, done).await
}

/// Deploys a text as the next version of its process. It is active from `active_from`; without one, not before `activate`.
///
/// # Errors
/// `process.refused` with the number of errors and the first of them.
pub async fn deploy(ctx: &Ctx, xml: &str, active_from: Option<Instant>) -> Result<Deployed, Fault> {
    let what = ("process.deploy", "process".to_owned());
    recorded(ctx, what, put(ctx, xml, active_from)).await
}

async fn put(ctx: &Ctx, xml: &str, active_from: Option<Instant>) -> Result<Deployed, Fault> {
    ctx.ask(needs::DEPLOYING)?;
    // It is kept as UTF-8, and says so.
    let xml = &*bpmn::as_utf8(xml);
    // What lies in the past is now.
    let active_from = active_from.map(|from| from.max(ctx.now()));
    if judge::is_tables(xml) {
        return tables(ctx, xml).await;
    }
    let (definition, findings) = judge::complete(ctx, xml).await?;
    let errors: Vec<&FindingView> = findings
        .iter()
        .filter(|finding| finding.severity == "error")
        .collect();
    if let Some(first) = errors.first() {
        return Err(Fault::new(Code::ProcessRefused)
            .fact("errors", errors.len())
            .fact("element", &first.element)
            .fact("line", first.line)
            .fact("finding", first.remark.to_json()));
    }
    let key = definition.process_id().to_owned();
    let new = New {
        key: key.clone(),
        xml: xml.to_owned(),
        at: ctx.now(),
        active_from,
        by: Some(ctx.actor.name.clone()).filter(|name| !name.is_empty()),
    };
    let entry = ctx.audit("process.deploy", format!("process:{key}"), "ok");
    let clock = clock(ctx, active_from).await?;
    let (who, definition) = (ctx.clone(), Arc::new(definition));
    let (version, is_new) = ctx
        .services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (new, mut entry) = (new.clone(), entry.clone());
            let (clock, definition) = (Arc::clone(&clock), Arc::clone(&definition));
            let who = who.clone();
            Box::pin(async move {
                let done = store::definitions::deploy(tx, &new).await?;
                if done.1 && new.active_from.is_some() {
                    set_timers(&who, tx, (&new.key, done.0), &definition, &clock).await?;
                }
                entry.facts.insert("version".to_owned(), done.0.to_string());
                store::audit::append(tx, &[entry]).await?;
                Ok(done)
            })
        })
        .await
        .settle(&ctx.services)?;
    ctx.services.bust_reference().await;
    Ok(Deployed {
        key,
        version,
        is_new,
        active_from,
        findings,
    })
}

/// The calendar as it is when a version becomes active.
async fn clock(ctx: &Ctx, active_from: Option<Instant>) -> Result<Arc<WorkClock>, Fault> {
    let reference = ctx.services.reference().await?;
    let from = active_from.map_or(ctx.now(), |from| from.max(ctx.now()));
    Ok(Arc::new(WorkClock::new(reference, from)))
}

/// Sets when new cases start by themselves, in the name of whoever activated the version.
async fn set_timers(
    ctx: &Ctx,
    tx: &Tx,
    version: (&str, i32),
    definition: &Definition,
    clock: &WorkClock,
) -> Result<(), Failure> {
    let Some(initiator) = ctx.actor.user() else {
        return match starts::first_timer(definition) {
            None => Ok(store::approvals::starts::set_start_timers(tx, version, &[]).await?),
            Some(element) => Err(judge::refusal(&Remark::new(FindingCode::NamedNobody))
                .fact("element", element)
                .into()),
        };
    };
    let timers = starts::start_timers(definition, version.1, clock, initiator);
    // A time that cannot be set would be a case that never begins.
    let timers = timers.map_err(|(element, why)| {
        let remark = Remark::new(FindingCode::StartTime).because(why);
        judge::refusal(&remark).fact("element", element)
    })?;
    Ok(store::approvals::starts::set_start_timers(tx, version, &timers).await?)
}

/// Deploys every decision table of a file under its own id.
async fn tables(ctx: &Ctx, xml: &str) -> Result<Deployed, Fault> {
    let keys = judge::tables(xml)?;
    let first = keys.first().cloned().unwrap_or_default();
    let at = ctx.now();
    let entry = ctx.audit("process.deploy", format!("decision:{first}"), "ok");
    let text = xml.to_owned();
    let (version, is_new) = ctx
        .services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (keys, text, entry) = (keys.clone(), text.clone(), entry.clone());
            Box::pin(async move {
                let mut done = (0, false);
                for (index, key) in keys.iter().enumerate() {
                    let one = store::decisions::deploy(tx, key, &text, at).await?;
                    if index == 0 {
                        done = one;
                    }
                }
                store::audit::append(tx, &[entry]).await?;
                Ok(done)
            })
        })
        .await
        .settle(&ctx.services)?;
    Ok(Deployed {
        key: first,
        version,
        is_new,
        active_from: Some(at),
        findings: Vec::new(),
    })
}

/// New cases start on a version from an instant on, or from now; a newer version that is active goes before it, and is named.
///
/// # Errors
/// `not_found` for a version that is not deployed.
pub async fn activate(
    ctx: &Ctx,
    key: &str,
    version: i32,
    from: Option<Instant>,
) -> Result<Activated, Fault> {
    let now = ctx.now();
    let from = from.map_or(now, |from| from.max(now));
    let done = async {
        ctx.ask(needs::DEPLOYING)?;
        change(ctx, key, version, Change::Activate(from)).await?;
        let reader = ctx.services.store().reader();
        let active = ctx.services.active(&reader, key).await;
        let active = active.settle(&ctx.services)?.map(|(version, _)| version);
        Ok(Activated {
            key: key.to_owned(),
            version,
            from,
            active,
        })
    };
    let what = ("process.activate", format!("process:{key}"));
    recorded(ctx, what, done).await
}

/// What an activation came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activated {
    pub key: String,
    pub version: i32,
    /// From when the version counts.
    pub from: Instant,
    /// The version on which new cases start now.
    pub active: Option<i32>,
}

/// No new case starts on a version any more; those under way stay on it.
///
/// # Errors
/// `not_found` for a version that is not deployed.
pub async fn withdraw(ctx: &Ctx, key: &str, version: i32) -> Result<(), Fault> {
    let done = async {
        ctx.ask(needs::DEPLOYING)?;
        change(ctx, key, version, Change::Withdraw).await
    };
    let what = ("process.withdraw", format!("process:{key}"));
    recorded(ctx, what, done).await
}

#[derive(Clone, Copy)]
enum Change {
    Activate(Instant),
    Withdraw,
}

async fn change(ctx: &Ctx, key: &str, version: i32, change: Change) -> Result<(), Fault> {
    if key == applications::KEY {
        return Err(Fault::denied());
    }
    let action = match change {
        Change::Activate(_) => "process.activate",
        Change::Withdraw => "process.withdraw",
    };
    let mut entry = ctx.audit(action, format!("process:{key}"), "ok");
    entry
        .facts
        .insert("version".to_owned(), version.to_string());
    if let Change::Activate(from) = change {
        entry.facts.insert("from".to_owned(), from.rfc3339());
    }
    let (key, at) = (key.to_owned(), ctx.now());
    let from = match change {
        Change::Activate(from) => Some(from),
        Change::Withdraw => None,
    };
    let (clock, who) = (clock(ctx, from).await?, ctx.clone());
    let found = ctx
        .services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (key, entry) = (key.clone(), entry.clone());
            let (clock, who) = (Arc::clone(&clock), who.clone());
            Box::pin(async move {
                let found = match change {
                    Change::Activate(from) => {
                        let definition = who
                            .services
                            .machinery()
                            .definition(tx, &key, version)
                            .await?;
                        if let Some(definition) = definition {
                            set_timers(&who, tx, (&key, version), &definition, &clock).await?;
                        }
                        store::definitions::activate(tx, &key, version, from).await?
                    }
                    Change::Withdraw => {
                        store::activations::withdraw_version(tx, (&key, version), at).await?;
                        store::definitions::withdraw(tx, &key, version, at).await?
                    }
                };
                if found {
                    store::audit::append(tx, &[entry]).await?;
                }
                Ok(found)
            })
        })
        .await
        .settle(&ctx.services)?;
    ctx.services.bust_reference().await;
    if found { Ok(()) } else { Err(Fault::missing()) }
}
