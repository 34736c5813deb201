//! The people are taken out of approvals: at their word (`verbs::erase_applicant`), and by the clock so many years after their end, as the office says.
//! Fields of a person's class and own answers about a person are gone; in other words numbers of people stay masked for good. The case, its steps and
//! its history stay. A night's work in portions; one transaction erases a portion and writes the row of the audit that counts it.
//! Not here: the citizens of tickets (`tickets::archive::erase`), files of the case, which stay with it.

use std::collections::BTreeMap;

use anyhow::Context as _;
use bpmn::{Definition, FieldClass, FieldKind, FormField, Value, Vars};
use shared::approval::{ApprovalStatus, ApprovalVerb};
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::ids::{ApprovalId, CaseId, TicketId};
use shared::person::conceal;
use shared::register::Keep;
use shared::text::citizen::wish::NOTE;
use shared::text::notification::sms::LANGUAGE;
use store::Tx;
use store::record::{ApprovalCase, Inside};

use super::working_copy::{Told, WorkingCopy, variables};
use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle as _};
use crate::host::jobs;
use crate::jobs::Done;
use crate::reference::Reference;
use crate::tickets::archive::erase::before;

/// Name of the job.
const JOB: &str = "erasing_approvals";
/// Approvals of one portion.
const PORTION: u32 = 50;

/// Erases what is due, a portion of it.
pub(crate) async fn run(services: &Services) -> Result<Done, Failure> {
    let Some(before) = before(services, &Keep::ERASING_APPROVALS).await? else {
        return Ok(Done::default());
    };
    let db = services.store().reader();
    let due = store::approvals::to_erase(&db, before, PORTION).await?;
    if due.is_empty() {
        return Ok(Done::default());
    }
    let more = due.len() == PORTION as usize;
    let ctx = Ctx::job(services, JOB);
    let count = services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (ctx, due) = (ctx.clone(), due.clone());
            Box::pin(async move { portion(&ctx, tx, &due, before).await })
        })
        .await?;
    Ok(Done {
        count,
        more: more && count > 0,
    })
}

async fn portion(ctx: &Ctx, tx: &Tx, due: &[ApprovalId], before: Instant) -> Result<u64, Failure> {
    let mut count: u64 = 0;
    for id in due {
        let ends = |copy: &mut WorkingCopy<'_>| -> Result<Option<()>, Failure> {
            let approval = &copy.case.approval;
            let is_due =
                approval.erased_at.is_none() && approval.ended_at.is_some_and(|at| at < before);
            if !is_due {
                return Ok(None);
            }
            people(copy, Told::default())?;
            Ok(Some(()))
        };
        let erased = jobs::beside::<ApprovalCase, ()>(ctx, tx, (*id).into(), ends).await?;
        count += u64::from(erased.is_some());
    }
    let mut entry = ctx.audit("approval.erase_old", "approvals:ended", "ok");
    let mut fact = |name: &str, value: String| entry.facts.insert(name.to_owned(), value);
    fact("count", count.to_string());
    fact("ended_before", before.date().to_string());
    store::audit::append(tx, &[entry]).await?;
    Ok(count)
}

/// Takes the people out of the approvals that a ticket started and that are over, where the erasure of its citizen was agreed to.
///
/// # Errors
/// `wish.approval` while one of them is under way; of the store.
pub(crate) async fn of_ticket(ctx: &Ctx, ticket: TicketId) -> Result<(), Fault> {
    let services = &ctx.services;
    let db = services.store().reader();
    let caused = store::approvals::caused_by(&db, &[CaseId::from(ticket)]).await;
    let mut due = caused.settle(services)?;
    due.retain(|it| it.erased_at.is_none());
    // Nothing comes back to one that is under way: the wish waits for its end.
    if let Some(open) = due.iter().find(|it| !is_over(it.status)) {
        return Err(Fault::new(Code::WishApproval).fact("no", &open.approval_no));
    }
    if due.is_empty() {
        return Ok(());
    }
    let ctx_in = ctx.clone();
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (ctx, due) = (ctx_in.clone(), due.clone());
            Box::pin(async move {
                for it in due {
                    at_their_word(&ctx, tx, it.id).await?;
                }
                Ok(())
            })
        })
        .await
        .settle(services)
}

const fn is_over(status: ApprovalStatus) -> bool {
    matches!(status, ApprovalStatus::Ended | ApprovalStatus::Cancelled)
}

async fn at_their_word(ctx: &Ctx, tx: &Tx, id: ApprovalId) -> Result<(), Failure> {
    let ends = |copy: &mut WorkingCopy<'_>| -> Result<Option<()>, Failure> {
        let approval = &copy.case.approval;
        if approval.ended_at.is_none() || approval.erased_at.is_some() {
            return Ok(None);
        }
        people(copy, Told::default().note(Some(NOTE.get(LANGUAGE))))?;
        Ok(Some(()))
    };
    let erased = jobs::beside::<ApprovalCase, ()>(ctx, tx, id.into(), ends).await?;
    if erased.is_some() {
        let action = format!("approval.{}", ApprovalVerb::EraseApplicant);
        let entry = ctx.audit(&action, format!("approval:{id}"), "ok");
        store::audit::append(tx, &[entry]).await?;
    }
    Ok(())
}

/// Takes the people out of an approval, with a line of its history.
pub(super) fn people(copy: &mut WorkingCopy<'_>, told: Told) -> Result<(), Failure> {
    let (library, reference, now) = (copy.scene.library, copy.scene.reference, copy.scene.now);
    let fields = fields(&library.main);
    let approval = &mut copy.case.approval;
    erase(&mut approval.inside, &fields, reference)?;
    approval.title = conceal(&approval.title);
    approval.erased_at = Some(now);
    copy.event(ApprovalVerb::EraseApplicant, told);
    Ok(())
}

/// The fields of all forms of a process, by their ids.
fn fields(definition: &Definition) -> BTreeMap<String, FormField> {
    let elements = definition.tree().all();
    let forms = elements.filter(|element| matches!(element.kind(), "startEvent" | "userTask"));
    let all = forms.flat_map(|element| definition.form(element.id()));
    all.map(|field| (field.id.clone(), field)).collect()
}

/// Takes the people out of what was filled in.
fn erase(
    inside: &mut Inside,
    fields: &BTreeMap<String, FormField>,
    reference: &Reference,
) -> Result<(), Failure> {
    let kept: Vars = variables(&inside.variables)?
        .into_iter()
        .filter_map(|(name, value)| {
            let left = left(fields.get(&name), value)?;
            Some((name, left))
        })
        .collect();
    inside.variables = serde_json::to_string(&kept).context("what stays of an approval")?;
    let is_about_person = |code: &String| {
        let field = reference.lists.own_field(code);
        field.is_some_and(|field| field.class.is_about_person())
    };
    inside.own.retain(|code, _| !is_about_person(code));
    for words in inside.own.values_mut() {
        *words = conceal(words);
    }
    Ok(())
}

/// What stays of a value: nothing of a field that holds something of a person, the words of others with numbers of people masked. Accounts of
/// staff stay, as they do in the history.
fn left(field: Option<&FormField>, value: Value) -> Option<Value> {
    let class = field.and_then(|field| field.class);
    let of_staff =
        field.is_some_and(|field| matches!(field.kind, FieldKind::Person | FieldKind::People));
    match (class, value) {
        (Some(FieldClass::Public), value) => Some(value),
        (Some(_), _) => None,
        (None, Value::Text(words)) if !of_staff => Some(Value::Text(conceal(&words))),
        (None, value) => Some(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_field_names_keeps_its_words_and_loses_numbers() {
        let text = |words: &str| Value::Text(words.to_owned());
        let kept = left(None, text("联系人电话13812345678"));
        assert_eq!(kept, Some(text("联系人电话138****5678")));
        assert_eq!(left(None, Value::Int(12)), Some(Value::Int(12)));
    }
}
