//! Phrases (常用语): kept, changed, shared and deleted by their owner, offered to those with whom they are shared.
//! Not here: the forms that offer them (`app`), who sees which (`store::people::sharing`).
//! A phrase stands in clear and may be shared: nobody's number stands in it. One for an area is kept by who dispatches there.

use shared::access::needs;
use shared::fault::{Check, Code, Fault};
use shared::ids::UserId;
use shared::person::conceal;
use shared::query::phrase::{ChangePhrase, KeepPhrase, MAX_WORDS, MOST_PHRASES, PhraseRow};
use shared::query::view::{MAX_NAME, ViewShare};
use store::record::{AuditEntry, Phrase};
use uuid::Uuid;

use crate::context::Ctx;
use crate::fault::{Failure, Settle};

/// One's own, then those that colleagues share, each by name.
///
/// # Errors
/// `access.denied`.
pub async fn list(ctx: &Ctx) -> Result<Vec<PhraseRow>, Fault> {
    let user = owner(ctx)?;
    let db = ctx.services.store().reader();
    let all = store::todo::phrases::seen(&db, &ctx.actor).await;
    let rows = all.settle(&ctx.services)?.into_iter();
    let rows = rows.map(|phrase| PhraseRow {
        by: (phrase.owner != user).then_some(phrase.owner_name),
        id: phrase.id,
        name: phrase.name,
        words: phrase.words,
        purpose: phrase.purpose,
        shared: phrase.shared,
        version: phrase.version,
    });
    Ok(rows.collect())
}

/// Keeps a phrase of one's own.
///
/// # Errors
/// `access.denied`; faults at `name`, `words` and `shared`; `register.too_many`.
pub async fn keep(ctx: &Ctx, command: KeepPhrase) -> Result<Uuid, Fault> {
    let user = owner(ctx)?;
    let (name, words) = checked(ctx, (&command.name, &command.words), command.shared)?;
    let now = ctx.now();
    let phrase = Phrase {
        id: ctx.services.new_id(),
        owner: user,
        owner_name: ctx.actor.name.clone(),
        unit: ctx.actor.unit.clone(),
        region: ctx.actor.region.clone(),
        made_at: now,
        name,
        words,
        purpose: command.purpose,
        shared: command.shared,
        version: 1,
        changed_at: now,
    };
    let id = phrase.id;
    let entry = entry(ctx, "phrase.keep", &phrase);
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (phrase, entry) = (phrase.clone(), entry.clone());
            Box::pin(async move {
                let own = store::todo::phrases::own(tx, user).await?;
                if own.len() as u64 >= MOST_PHRASES {
                    let fault = Fault::new(Code::RegisterTooMany).fact("max", MOST_PHRASES);
                    return Err(fault.into());
                }
                store::todo::phrases::insert(tx, &phrase).await?;
                Ok(store::audit::append(tx, &entry).await?)
            })
        })
        .await
        .settle(&ctx.services)?;
    Ok(id)
}

/// Changes a phrase of one's own.
///
/// # Errors
/// `not_found` for another's, `version.stale`; faults at `name`, `words` and `shared`.
pub async fn change(ctx: &Ctx, id: Uuid, command: ChangePhrase) -> Result<(), Fault> {
    let user = owner(ctx)?;
    let said = (&*command.name, &*command.words);
    let (name, words) = checked(ctx, said, command.shared)?;
    let own = ctx.clone();
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (ctx, name, words) = (own.clone(), name.clone(), words.clone());
            let (version, purpose, shared) = (command.version, command.purpose, command.shared);
            Box::pin(async move {
                let found = store::todo::phrases::find(tx, (id, user)).await?;
                let old = found.ok_or_else(Fault::missing)?;
                if old.version != version {
                    return Err(Fault::new(Code::VersionStale)
                        .fact("current", old.version)
                        .fact("expected", version)
                        .into());
                }
                let phrase = Phrase {
                    name,
                    words,
                    purpose,
                    shared,
                    version: version + 1,
                    changed_at: ctx.now(),
                    ..old
                };
                store::todo::phrases::save(tx, &phrase).await?;
                let entry = entry(&ctx, "phrase.change", &phrase);
                Ok(store::audit::append(tx, &entry).await?)
            })
        })
        .await
        .settle(&ctx.services)
}

/// Deletes a phrase of one's own.
///
/// # Errors
/// `not_found` for another's.
pub async fn delete(ctx: &Ctx, id: Uuid) -> Result<(), Fault> {
    let user = owner(ctx)?;
    let own = ctx.clone();
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let ctx = own.clone();
            Box::pin(async move {
                let found = store::todo::phrases::find(tx, (id, user)).await?;
                let old = found.ok_or_else(Fault::missing)?;
                store::todo::phrases::delete(tx, id).await?;
                let entry = entry(&ctx, "phrase.delete", &old);
                Ok(store::audit::append(tx, &entry).await?)
            })
        })
        .await
        .settle(&ctx.services)
}

/// Who keeps phrases: a person who sees tickets.
fn owner(ctx: &Ctx) -> Result<UserId, Fault> {
    ctx.ask(needs::TICKETS)?;
    ctx.actor.user().ok_or_else(Fault::denied)
}

/// Name and words as they are kept; what has no unit or area is shared with none.
fn checked(
    ctx: &Ctx,
    (name, words): (&str, &str),
    share: ViewShare,
) -> Result<(String, String), Fault> {
    let name = shared::input::line(name);
    let words = shared::input::body(words).trim().to_owned();
    let mut check = Check::default();
    for (field, said, most) in [("name", &name, MAX_NAME), ("words", &words, MAX_WORDS)] {
        if said.is_empty() {
            check.add(field, Code::InputRequired);
        } else if shared::input::refused(said).is_some() {
            check.add(field, Code::InputCharacters);
        } else if conceal(said) != *said {
            check.add(field, Code::PhrasePersonal);
        } else if said.chars().count() > most {
            check.add_with(field, Code::InputTooLong, &[("max", &most)]);
        }
    }
    let may_share = match share {
        ViewShare::Nobody => true,
        ViewShare::Unit => ctx.actor.unit.is_some(),
        ViewShare::Area => ctx.actor.region.is_some() && ctx.ask(needs::DISPATCHING).is_ok(),
    };
    if !may_share {
        check.add("shared", Code::InputCode);
    }
    check.finish()?;
    Ok((name, words))
}

fn entry(ctx: &Ctx, action: &str, phrase: &Phrase) -> AuditEntry {
    let mut entry = ctx.audit(action, format!("phrase:{}", phrase.id), "ok");
    let shared = phrase.shared.as_str().to_owned();
    entry.facts.insert("shared".to_owned(), shared);
    entry
}
