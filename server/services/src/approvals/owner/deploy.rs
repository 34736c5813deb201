//! Check a definition, deploy it as the next version, say from when new cases start on it, and withdraw it.
//! A definition that cannot run is refused with every finding; decision tables (DMN) are deployed the same way.
//! Not here: what runs on it (`show`), moving what runs (`migrate`).

use std::sync::Arc;

use bpmn::Definition;
use shared::access::needs;
use shared::approval::view::{Deployed, FindingView};
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::ids::UserId;
use shared::text::process_check;
use store::Tx;
use store::definitions::New;
use uuid::Uuid;

use super::judge;
use crate::approvals::starts;
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::host::denied::recorded;
use crate::host::time::WorkClock;
use crate::process::is_reserved;

/// What a check says of a text. What it passes without an error can be deployed.
///
/// # Errors
/// `process.refused` for a text that is no definition.
pub async fn check(ctx: &Ctx, xml: &str) -> Result<Vec<FindingView>, Fault> {
    let done = async {
        ctx.ask(needs::PROCESSES)?;
        if judge::is_tables(xml) {
            return judge::tables(xml, ctx.locale).map(|_| Vec::new());
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
            .fact("words", &first.words));
    }
    let key = definition.process_id().to_owned();
    let new = New {
        key: key.clone(),
        xml: xml.to_owned(),
        name: definition
            .process(&key)
            .and_then(|process| process.name.clone()),
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
    let initiator = ctx.actor.user;
    let nobody = UserId(Uuid::nil());
    let timers = starts::start_timers(definition, version.1, clock, initiator.unwrap_or(nobody));
    // A time that cannot be set would be a case that never begins.
    let timers = timers.map_err(|(element, words)| {
        let words = shared::text::incident_words::in_language(&words, ctx.locale);
        Fault::new(Code::ProcessRefused)
            .fact("errors", 1)
            .fact("element", element)
            .fact("words", words)
    })?;
    if let (None, Some(first)) = (initiator, timers.first()) {
        return Err(Fault::new(Code::ProcessRefused)
            .fact("errors", 1)
            .fact("element", &first.element)
            .fact("words", process_check::unreadable("nobody", "", ctx.locale))
            .into());
    }
    Ok(store::approvals::starts::set_start_timers(tx, version, &timers).await?)
}

/// Deploys every decision table of a file under its own id.
async fn tables(ctx: &Ctx, xml: &str) -> Result<Deployed, Fault> {
    let keys = judge::tables(xml, ctx.locale)?;
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
    if is_reserved(key) {
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
                    Change::Withdraw => store::definitions::withdraw(tx, &key, version, at).await?,
                };
                if found {
                    store::audit::append(tx, &[entry]).await?;
                }
                Ok(found)
            })
        })
        .await
        .settle(&ctx.services)?;
    if found { Ok(()) } else { Err(Fault::missing()) }
}

#[cfg(test)]
mod tests {
    use shared::text::{Locale, process_check};

    #[test]
    fn every_finding_has_words_in_both_languages() {
        for code in bpmn::Code::ALL {
            let words = process_check::words(code.key()).expect("words for every code");
            assert_eq!(words.get(Locale::En), code.words());
            assert!(!words.get(Locale::Zh).is_ascii(), "{}", code.key());
        }
    }
}
