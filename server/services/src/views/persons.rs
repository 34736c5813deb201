//! Looking for tickets of a person: by phone, name or identity number, exact, with a reason, one row of the audit a question.
//! What is typed becomes a mark, the keyed digest with a seal of whoever asked: address, log and audit hold nothing else, and it serves nobody else.
//! Not here: what a mark finds (`store::tickets::person`), the caller's card of the desk (`caller`), one look at a citizen (`tickets::verbs::reveal`).

use shared::access::{Actor, Permission, PersonalField, Shown, needs};
use shared::command::{Command as _, Sent};
use shared::fault::{Check, Code, Fault};
use shared::person::{name_form, normalise_phone, number_form};
use shared::query::language::{Condition, Expr, Mistake, Op, Slip, Subject, Value, mark};
use shared::query::person::{AskPerson, MAX_VALUE, MOST, PersonAsked, PersonKey};
use shared::query::{TicketFilter, TicketQuery};
use shared::ticket::command::{Reveal, Why};
use store::record::AuditEntry;
use store::tickets::{Tally, rehash};

use super::read::{COUNT_CAP, answerable, view_scope};
use crate::audit::reads::LookUps;
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::reference::Reference;
use crate::tickets::columns::prepared;
use crate::watch::{placed, watched};

/// Name of the action in the audit; rules along it count these looks with all others.
const ACTION: &str = "tickets.person";
/// What the digest of a question is made for.
const LOOKED_FOR: &str = "person-looked-for";

/// Asks for tickets of persons, and gives the condition with which the list, its shares and exports find them.
///
/// # Errors
/// `access.denied` without the right to look at citizens, or where the roles hide what is asked by; faults at `value` and `reason`; those of the
/// list; `rate.limited`.
pub async fn ask(ctx: &Ctx, asked: AskPerson) -> Result<PersonAsked, Fault> {
    watched(ctx, ACTION, "tickets", find(ctx, asked)).await
}

async fn find(ctx: &Ctx, asked: AskPerson) -> Result<PersonAsked, Fault> {
    let scope = view_scope(ctx)?;
    ctx.ask(needs::REVEAL)?;
    if !may_ask(&ctx.actor, asked.key) {
        return Err(Fault::denied());
    }
    let reason = why(&asked.reason)?;
    let persons = persons(asked.key, &asked.value)?;
    let reference = ctx.services.reference().await?;
    let db = ctx.services.store().reader();
    let found = store::tickets::person_hashes(&db, asked.key, &persons).await;
    let digests: Vec<String> = found
        .settle(&ctx.services)?
        .iter()
        .map(hex::encode)
        .collect();
    let condition = condition(&reference, &ctx.actor, asked.key, &digests);
    let mut query = TicketQuery::from_query(&asked.query)?;
    query.cursor = None;
    let expr = match query.filter.expr.take() {
        Some(expr) => expr.and(condition.clone()),
        None => condition.clone(),
    };
    // With what was asked before it stays within all bounds.
    let expr = Expr::parse(&expr.to_string()).map_err(|mistake| mistake.fault())?;
    query.filter.expr = Some(expr);
    answerable(&query.filter)?;
    let filter = prepared(&reference, (&ctx.actor, &scope), &query.filter, ctx.now())?;
    let reading = async {
        store::tickets::tally(&db, &scope, &filter, COUNT_CAP, ctx.now())
            .await
            .settle(&ctx.services)
    };
    let tally = ctx.wanted.read(reading).await?;
    let progress = rehash::progress(&db).await.settle(&ctx.services)?;
    let entry = entry(ctx, (asked.key, &digests, persons.len()), tally, reason);
    told(ctx, entry).await?;
    Ok(PersonAsked {
        condition: condition.to_string(),
        query: query.to_query(),
        found: tally.n,
        more: tally.more,
        filling: progress.map(rehash::Progress::waiting),
    })
}

/// Whether somebody may look by this: not by what the roles that let him look at citizens hide.
fn may_ask(actor: &Actor, key: PersonKey) -> bool {
    let field = match key {
        PersonKey::Phone => PersonalField::Phone,
        PersonKey::Name => PersonalField::Name,
        PersonKey::IdNumber => PersonalField::Number,
    };
    actor.shows_anywhere(Permission::CitizenReveal, field) != Shown::Hidden
}

/// The reason, as a look at one citizen wants it.
fn why(reason: &str) -> Result<Why, Fault> {
    let mut sent = serde_json::Map::new();
    sent.insert("reason".to_owned(), reason.into());
    Ok(Reveal::read(Sent::json(sent))?.reason)
}

/// Whom the question is about, each once.
fn persons(key: PersonKey, typed: &str) -> Result<Vec<String>, Fault> {
    let form = |text: &str| match key {
        PersonKey::Phone => normalise_phone(text),
        PersonKey::Name => name_form(text),
        PersonKey::IdNumber => number_form(text),
    };
    let mut persons: Vec<String> = Vec::new();
    for part in typed.split([',', '，', '、', ';', '；', '\n']) {
        let person = form(part);
        if !person.is_empty() && !persons.contains(&person) {
            persons.push(person);
        }
    }
    let mut check = Check::default();
    if persons.is_empty() {
        check.add("value", Code::InputRequired);
    } else if typed.chars().count() > MAX_VALUE {
        check.add_with("value", Code::InputTooLong, &[("max", &MAX_VALUE)]);
    } else if persons.len() > MOST {
        check.add_with("value", Code::RegisterTooMany, &[("max", &MOST)]);
    }
    check.finish()?;
    Ok(persons)
}

/// The condition with a mark for each digest.
fn condition(reference: &Reference, actor: &Actor, key: PersonKey, digests: &[String]) -> Expr {
    let mark = |digest: &String| {
        let seal = seal(reference, actor, key, digest);
        Value::Text(mark::written(digest, &seal))
    };
    Expr::Is(Condition {
        of: Subject::Field(key.field()),
        op: if digests.len() > 1 { Op::In } else { Op::Eq },
        values: digests.iter().map(mark).collect(),
    })
}

/// What binds a digest to whoever asked, and to what it was asked by.
fn seal(reference: &Reference, actor: &Actor, key: PersonKey, digest: &str) -> String {
    let who = actor.user().map(|user| user.to_string());
    let who = who.unwrap_or_default();
    let bound = format!("{who}\u{0}{key}\u{0}{digest}");
    let mut seal = hex::encode(reference.seal.hash("person-mark", &bound));
    seal.truncate(mark::SEAL);
    seal
}

/// Lets an expression ask about persons for whom this reader has asked with a reason, and only where the reader may look at citizens.
///
/// # Errors
/// `access.denied` without the right; `input.query` at `where` for a mark of somebody else's.
pub(crate) fn checked(
    reference: &Reference,
    actor: &Actor,
    filter: &mut TicketFilter,
) -> Result<(), Fault> {
    let expr = filter.expr.as_ref();
    let Some(expr) = expr.filter(|expr| expr.asks_person()) else {
        return Ok(());
    };
    let scope = needs::REVEAL.scope(actor).ok_or_else(Fault::denied)?;
    let is_own = |key: PersonKey, value: &Value| match value {
        Value::Text(text) => mark::read(text)
            .is_some_and(|(digest, sealed)| seal(reference, actor, key, digest) == sealed),
        _ => false,
    };
    let mut is_asked = true;
    expr.visit(&mut |condition| {
        let Subject::Field(field) = &condition.of else {
            return;
        };
        if let Some(key) = PersonKey::of_field(*field) {
            let mut values = condition.values.iter();
            is_asked &= may_ask(actor, key) && values.all(|value| is_own(key, value));
        }
    });
    if !is_asked {
        let mistake = Mistake {
            slip: Slip::Foreign,
            at: 1,
            near: String::new(),
        };
        return Err(mistake.fault());
    }
    filter.found_in = Some(scope);
    Ok(())
}

/// What a question is called in the audit.
fn object(question: &[u8]) -> String {
    let question = hex::encode(question.get(..8).unwrap_or_default());
    format!("person:{question}")
}

/// What questions about one number alone are called in the audit, by each key of the ring.
///
/// # Errors
/// Of the store.
pub(crate) async fn objects_of(ctx: &Ctx, phone: &str) -> Result<Vec<String>, Fault> {
    let db = ctx.services.store().reader();
    let persons = [normalise_phone(phone)];
    let found = store::tickets::person_hashes(&db, PersonKey::Phone, &persons).await;
    let digests: Vec<String> = found
        .settle(&ctx.services)?
        .iter()
        .map(hex::encode)
        .collect();
    let questions = ctx.services.keys().macs(LOOKED_FOR, &digests.join(","));
    Ok(questions.iter().map(|it| object(it)).collect())
}

/// The row: by what, how many persons, how many tickets, why; never who.
fn entry(
    ctx: &Ctx,
    (key, digests, persons): (PersonKey, &[String], usize),
    tally: Tally,
    reason: Why,
) -> AuditEntry {
    let question = ctx.services.keys().mac(LOOKED_FOR, &digests.join(","));
    let mut entry = ctx.audit(ACTION, object(&question), "ok");
    let found = if tally.more {
        format!("{}+", tally.n)
    } else {
        tally.n.to_string()
    };
    let facts = [
        ("by", key.as_str().to_owned()),
        ("persons", persons.to_string()),
        ("found", found),
    ];
    let facts = facts.map(|(name, value)| (name.to_owned(), value));
    entry.facts.extend(facts);
    placed(ctx, &mut entry);
    entry.erasable.insert("reason".to_owned(), reason.into());
    entry
}

/// Writes it down before anything is shown.
async fn told(ctx: &Ctx, entry: AuditEntry) -> Result<(), Fault> {
    let keys = ctx.services.keys();
    let of_person = keys.mac("person-questions", &ctx.actor_name());
    let now = ctx.now();
    let set = LookUps::set(ctx).await?;
    let questions = ctx
        .services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (entry, of_person) = (entry.clone(), of_person.clone());
            Box::pin(async move {
                store::audit::append(tx, &entry).await?;
                Ok(store::devices::tally(tx, &of_person, set.span, now).await?)
            })
        })
        .await
        .settle(&ctx.services)?;
    if questions > set.most {
        return Err(set.refused());
    }
    Ok(())
}
