//! Internal notes (内部备注): a line of a ticket's history that changes nothing else, seen in the house alone. Who is named in one with `@` and a
//! sign-in name is told, and has the ticket among what was copied to him; somebody who may not see the ticket cannot be named.
//! Not here: verbs (`verbs`), the citizen's messages. Read next: `views::show`, which says who reads which note.

use std::sync::Arc;

use shared::access::{Actor, needs};
use shared::fault::{Code, Fault, FieldFault};
use shared::ids::{TicketId, UserId};
use shared::notice::{Audience, NoticeKind, Told};
use shared::process::CaseKind;
use shared::ticket::Verb;
use shared::ticket::command::{WriteNote, mentioned};
use shared::todo::Mark;
use store::Tx;
use store::record::{Event, TicketCase};
use store::todo::CaseMark;

use super::perform::record_denial;
use super::rights;
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::gateway::inside::{self, Subject};
use crate::host::idempotency::{self, Call};
use crate::host::people::{People, Person};
use crate::reference::Reference;
use crate::spans;

/// The field of the form.
const FIELD: &str = "remark";
/// The fact of a line with the ids of who was named, divided by commas.
pub(crate) const COPIED_TO: &str = "copied_to";
/// The fact with their names.
const NAMED: &str = "named";

/// What is written, where, by whom.
struct Job {
    ctx: Ctx,
    reference: Arc<Reference>,
    id: TicketId,
    command: WriteNote,
}

/// Writes a note.
///
/// # Errors
/// `access.denied` without the right to see the ticket, or where only the own part of it is seen; `not_found` outside the reach;
/// `input.person` and `ticket.note.unseen` for who cannot be named.
pub async fn add(ctx: &Ctx, id: TicketId, command: WriteNote) -> Result<(), Fault> {
    let done = spans::called(ctx, "ticket.note", written(ctx, id, command)).await;
    if let Err(fault) = &done {
        record_denial(ctx, Verb::Note, format!("ticket:{id}"), fault).await;
    }
    done
}

async fn written(ctx: &Ctx, id: TicketId, command: WriteNote) -> Result<(), Fault> {
    ctx.ask(needs::TICKETS)?;
    let reference = ctx.services.reference().await?;
    let job = Arc::new(Job {
        ctx: ctx.clone(),
        reference,
        id,
        command,
    });
    let done = idempotency::twice(|| {
        let job = Arc::clone(&job);
        ctx.services
            .store()
            .write::<_, Failure, _>(move |tx| Box::pin(async move { job.run(tx).await }))
    });
    done.await.settle(&ctx.services)
}

impl Job {
    async fn run(&self, tx: &Tx) -> Result<(), Failure> {
        let ctx = &self.ctx;
        let object = format!("ticket:{}", self.id);
        let call = Call::new(ctx, Verb::Note.as_str(), &object, &self.command)?;
        if call.stored::<()>(tx).await?.is_some() {
            return Ok(());
        }
        let scope = ctx.reach(needs::TICKETS)?;
        let case = store::tickets::case::load(tx, &scope, self.id).await?;
        let case = case.ok_or_else(Fault::missing)?;
        if rights::own_part_only(&ctx.actor, &case) {
            return Err(Fault::denied().into());
        }
        let named = self.named(tx, &case).await?;
        store::tickets::case::note_line(tx, &case, &self.line(&case, &named)).await?;
        for person in &named {
            let message = self.notice(&case, person.user);
            store::outbox::put(tx, &message).await?;
        }
        let marks: Vec<CaseMark> = named.iter().map(|it| self.mark(&case, it.user)).collect();
        store::todo::put(tx, &marks).await?;
        let mut entry = ctx.audit(Verb::Note.as_str(), object, "ok");
        let count = named.len().to_string();
        entry.facts.insert(NAMED.to_owned(), count);
        store::audit::append(tx, &[entry]).await?;
        call.keep(tx, &()).await
    }

    /// Who is named, each once, and sees the ticket.
    async fn named(&self, tx: &Tx, case: &TicketCase) -> Result<Vec<Person>, Failure> {
        let names = mentioned(&self.command.remark);
        if names.is_empty() {
            return Ok(Vec::new());
        }
        let then = (&*self.reference, self.ctx.now());
        let people = People::find(tx, then, &names).await?;
        let people = people.in_reach_of(&self.ctx.actor);
        let mut named: Vec<Person> = Vec::new();
        for name in &names {
            let person = people.must(FIELD, name)?;
            if !sees(&person.actor, case) {
                return Err(unseen(&person.username).into());
            }
            if named.iter().all(|known| known.user != person.user) {
                named.push(person);
            }
        }
        Ok(named)
    }

    fn line(&self, case: &TicketCase, named: &[Person]) -> Event {
        let (actor, state) = (&self.ctx.actor, case.ticket.state);
        let mut facts = std::collections::BTreeMap::new();
        if !named.is_empty() {
            let ids: Vec<String> = named.iter().map(|it| it.user.to_string()).collect();
            let names: Vec<&str> = named.iter().map(|it| it.name.as_str()).collect();
            facts.insert(COPIED_TO.to_owned(), ids.join(","));
            facts.insert(NAMED.to_owned(), names.join("、"));
        }
        Event {
            case_id: case.ticket.id.into(),
            seq: case.last_seq + 1,
            verb: Verb::Note,
            at: self.ctx.now(),
            by: actor.user(),
            by_name: actor.signature(),
            unit: actor.unit.clone(),
            assignment_id: None,
            element: None,
            task_no: None,
            from_state: Some(state),
            to_state: state,
            note: Some(self.command.remark.to_string()),
            facts,
            actor: Some(actor.who.kind()),
            actor_code: actor.who.code().map(str::to_owned),
            done_at: None,
        }
    }

    fn notice(&self, case: &TicketCase, user: UserId) -> store::record::OutboxMessage {
        let ticket = &case.ticket;
        let told = Told {
            kind: NoticeKind::Mentioned,
            no: ticket.ticket_no.to_string(),
            by: self.ctx.actor.user(),
            approval: None,
        };
        let subject = Subject {
            ticket: Some(ticket.id),
            region: &ticket.region,
        };
        let key = (self.ctx.services.new_id(), self.ctx.now());
        inside::notice(&Audience::Person(user), &told, subject, key)
    }

    fn mark(&self, case: &TicketCase, user: UserId) -> CaseMark {
        CaseMark {
            user_id: user,
            mark: Mark::Copied,
            case_id: case.ticket.id.into(),
            case_kind: CaseKind::Ticket,
            marked_at: self.ctx.now(),
            is_open: case.ticket.state.is_open(),
        }
    }
}

/// Whether somebody sees all of the ticket.
fn sees(actor: &Actor, case: &TicketCase) -> bool {
    let scope = needs::TICKETS.scope(actor);
    scope.is_some_and(|scope| rights::covers(&scope, case)) && !rights::own_part_only(actor, case)
}

fn unseen(name: &str) -> Fault {
    Fault::fields(vec![FieldFault {
        field: FIELD.to_owned(),
        code: Code::NoteUnseen,
        facts: [("name".to_owned(), name.to_owned())].into(),
    }])
}
