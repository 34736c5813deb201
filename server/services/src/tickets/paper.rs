//! Paper forms (断网纸质登记): a centre draws numbers beforehand and prints them; when the system was away each is entered once at the desk, or voided
//! with a reason. What is neither is listed as open.
//! Not here: the ticket that a form becomes (`verbs::register`), the form as it is printed (pages).
//! A number that was drawn before the outage is the proof of its time: the ticket's own clock goes by what the paper says (decision 16).

use std::sync::Arc;

use chrono::NaiveDate;
use shared::access::needs;
use shared::calendar;
use shared::fault::{Check, Code, Fault};
use shared::ids::{PaperBlockId, UserId};
use shared::ticket::PaperNo;
use shared::ticket::paper::{
    LAST, PaperBlock, PaperPage, PaperRow, PaperState, ReservePaper, VoidPaper,
};
use store::Tx;
use store::record::Ticket;
use store::tickets::paper::{self, PaperForm, Wanted};

use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::host::entered;
use crate::host::idempotency::{self, Call};
use crate::paging;
use crate::reference::Reference;
use crate::views;
use crate::watch::watched;

pub use crate::views::Asked;

/// Forms of a page, unless another number is asked for.
pub const PAGE: u32 = 50;
/// Most of a page.
pub const MOST: u32 = 200;
/// The field of the desk's form.
const FIELD: &str = "paper_no";
/// Names of the actions in the audit.
const RESERVE: &str = "paper.reserve";
const VOID: &str = "paper.void";
/// So many days ahead numbers may be drawn.
const AHEAD: u64 = 366;

/// A page of the forms of the caller's area.
///
/// # Errors
/// `access.denied`; faults at `state` and `cursor`.
pub async fn list(ctx: &Ctx, asked: Asked) -> Result<PaperPage, Fault> {
    watched(ctx, "paper.list", "paper_forms", listed(ctx, asked)).await
}

async fn listed(ctx: &Ctx, asked: Asked) -> Result<PaperPage, Fault> {
    let prefix = views::desk_prefix(ctx)?;
    let state = match asked.state.as_deref() {
        None => Some(PaperState::Open),
        Some("all") => None,
        Some(word) => {
            let state = PaperState::parse(word);
            Some(state.ok_or_else(|| Fault::field("state", Code::InputCode))?)
        }
    };
    let after = match asked.cursor.as_deref() {
        None => None,
        Some(cursor) => {
            let no = PaperNo::parse(cursor);
            let no = no.ok_or_else(paging::wrong)?;
            Some(no.as_str().to_owned())
        }
    };
    let limit = asked.limit.clamp(1, MOST);
    let wanted = Wanted {
        prefix,
        state,
        after,
        limit: u64::from(limit) + 1,
    };
    let db = ctx.services.store().reader();
    let mut found = paper::page(&db, &wanted).await.settle(&ctx.services)?;
    let open = paper::open(&db, &wanted.prefix).await;
    let open = open.settle(&ctx.services)?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let next_cursor = paging::cut(&mut found, limit).map(|form| form.paper_no.clone());
    let reference = ctx.services.reference().await?;
    Ok(PaperPage {
        items: found.iter().map(|form| row(&reference, form)).collect(),
        next_cursor,
        open,
    })
}

/// The forms of a block, to be printed.
///
/// # Errors
/// `access.denied`; `not_found` where there is none in the caller's area.
pub async fn block(ctx: &Ctx, id: PaperBlockId) -> Result<Vec<PaperRow>, Fault> {
    let printed = async {
        let prefix = views::desk_prefix(ctx)?;
        let db = ctx.services.store().reader();
        let forms = paper::block(&db, id).await.settle(&ctx.services)?;
        let is_own = |form: &PaperForm| form.paper_no.starts_with(&prefix);
        if !forms.first().is_some_and(is_own) {
            return Err(Fault::missing());
        }
        let reference = ctx.services.reference().await?;
        Ok(forms.iter().map(|form| row(&reference, form)).collect())
    };
    watched(ctx, "paper.print", format!("paper_block:{id}"), printed).await
}

fn row(reference: &Reference, form: &PaperForm) -> PaperRow {
    PaperRow {
        paper_no: form.paper_no.clone(),
        block: form.block,
        region: reference.region(&form.region),
        day: form.day.clone(),
        state: form.state,
        reserved_at: form.reserved_at,
        reserved_by: form.reserved_name.clone(),
        ticket: form.ticket_id,
        ticket_no: form.ticket_no.clone(),
        settled_at: form.settled_at,
        settled_by: form.settled_name.clone(),
        reason: form.reason.clone(),
    }
}

/// What is drawn, where, by whom.
struct Drawing {
    ctx: Ctx,
    who: UserId,
    region: String,
    day: NaiveDate,
    command: ReservePaper,
}

/// Draws a block of numbers for the caller's own centre.
///
/// # Errors
/// `access.denied`; faults at `day`; `paper.full`.
pub async fn reserve(ctx: &Ctx, command: ReservePaper) -> Result<PaperBlock, Fault> {
    watched(ctx, RESERVE, "paper_forms", reserved(ctx, command)).await
}

async fn reserved(ctx: &Ctx, command: ReservePaper) -> Result<PaperBlock, Fault> {
    ctx.ask(needs::DESK)?;
    let who = ctx.actor.user().ok_or_else(Fault::denied)?;
    let region = ctx.actor.region.clone().filter(|it| !it.is_empty());
    let region = region.ok_or_else(Fault::denied)?;
    let today = ctx.now().date();
    let day = command.day.unwrap_or(today);
    let last = calendar::days_after(today, AHEAD);
    let mut check = Check::default();
    if day < today || day > last {
        check.add_with("day", Code::InputDay, &[("min", &today), ("max", &last)]);
    }
    check.finish()?;
    let drawing = Arc::new(Drawing {
        ctx: ctx.clone(),
        who,
        region,
        day,
        command,
    });
    let done = idempotency::twice(|| {
        let drawing = Arc::clone(&drawing);
        ctx.services
            .store()
            .write::<_, Failure, _>(move |tx| Box::pin(async move { drawing.run(tx).await }))
    });
    done.await.settle(&ctx.services)
}

impl Drawing {
    async fn run(&self, tx: &Tx) -> Result<PaperBlock, Failure> {
        let ctx = &self.ctx;
        let call = Call::new(ctx, RESERVE, "paper_forms", &self.command)?;
        if let Some(block) = call.stored::<PaperBlock>(tx).await? {
            return Ok(block);
        }
        let count = self.command.count.get();
        let last = paper::draw(tx, &self.region, self.day, count).await?;
        let last = i32::try_from(last).unwrap_or(i32::MAX);
        if last > LAST {
            let left = (LAST - last.saturating_sub(count)).max(0);
            return Err(Fault::new(Code::PaperFull).fact("left", left).into());
        }
        let block = PaperBlockId(ctx.services.new_id());
        let forms: Vec<PaperForm> = (last - count + 1..=last)
            .map(|sequence| self.form(block, sequence))
            .collect();
        paper::insert(tx, &forms).await?;
        let drawn = PaperBlock {
            block,
            numbers: forms.iter().map(|form| form.paper_no.clone()).collect(),
        };
        let mut entry = ctx.audit(RESERVE, format!("paper_block:{block}"), "ok");
        entry.facts.insert("count".to_owned(), count.to_string());
        let first = drawn.numbers.first().cloned();
        entry
            .facts
            .insert("first".to_owned(), first.unwrap_or_default());
        store::audit::append(tx, &[entry]).await?;
        call.keep(tx, &drawn).await?;
        Ok(drawn)
    }

    fn form(&self, block: PaperBlockId, sequence: i32) -> PaperForm {
        PaperForm {
            paper_no: PaperNo::new(&self.region, self.day, sequence).to_string(),
            block,
            region: self.region.clone(),
            day: self.day.to_string(),
            reserved_at: self.ctx.now(),
            reserved_by: self.who,
            reserved_name: self.ctx.actor.signature(),
            state: PaperState::Open,
            ticket_id: None,
            ticket_no: None,
            settled_at: None,
            settled_by: None,
            settled_name: None,
            reason: None,
        }
    }
}

/// Voids a form that is not going to be entered.
///
/// # Errors
/// `access.denied`; `not_found` outside the caller's area; `paper.settled`.
pub async fn void(ctx: &Ctx, no: &str, command: VoidPaper) -> Result<(), Fault> {
    watched(ctx, VOID, "paper_forms", voided(ctx, no, command)).await
}

async fn voided(ctx: &Ctx, no: &str, command: VoidPaper) -> Result<(), Fault> {
    let prefix = views::desk_prefix(ctx)?;
    let no = PaperNo::parse(no).ok_or_else(Fault::missing)?;
    let job = Arc::new((ctx.clone(), prefix, no, command));
    let done = idempotency::twice(|| {
        let job = Arc::clone(&job);
        ctx.services.store().write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                let (ctx, prefix, no, command) = &*job;
                let object = format!("paper:{no}");
                let call = Call::new(ctx, VOID, &object, command)?;
                if call.stored::<()>(tx).await?.is_some() {
                    return Ok(());
                }
                let form = paper::find(tx, no).await?;
                let form = form.filter(|form| form.paper_no.starts_with(prefix));
                let form = form.ok_or_else(Fault::missing)?;
                let form = PaperForm {
                    reason: Some(command.reason.to_string()),
                    ..settled(ctx, form, PaperState::Voided)
                };
                if !paper::settle(tx, &form).await? {
                    return Err(Fault::new(Code::PaperSettled).into());
                }
                store::audit::append(tx, &[ctx.audit(VOID, object, "ok")]).await?;
                call.keep(tx, &()).await
            })
        })
    });
    done.await.settle(&ctx.services)
}

fn settled(ctx: &Ctx, form: PaperForm, state: PaperState) -> PaperForm {
    PaperForm {
        state,
        settled_at: Some(ctx.now()),
        settled_by: ctx.actor.user(),
        settled_name: ctx.actor.signature(),
        ..form
    }
}

/// The form that is entered: of the caller's area, open, and drawn before it was written on.
pub(crate) async fn to_enter(ctx: &Ctx, tx: &Tx, no: &PaperNo) -> Result<PaperForm, Failure> {
    let prefix = views::desk_prefix(ctx)?;
    let form = paper::find(tx, no).await?;
    let is_open =
        |form: &PaperForm| form.state == PaperState::Open && form.paper_no.starts_with(&prefix);
    let form = form.filter(is_open);
    let form = form.ok_or_else(|| Fault::field(FIELD, Code::PaperSettled))?;
    entered::after(form.reserved_at, ctx.done_at)?;
    Ok(form)
}

/// Says which ticket a form became.
pub(crate) async fn enter(
    ctx: &Ctx,
    tx: &Tx,
    form: PaperForm,
    ticket: &Ticket,
) -> Result<(), Failure> {
    let form = PaperForm {
        ticket_id: Some(ticket.id),
        ticket_no: Some(ticket.ticket_no.clone()),
        ..settled(ctx, form, PaperState::Entered)
    };
    if paper::settle(tx, &form).await? {
        Ok(())
    } else {
        Err(Fault::field(FIELD, Code::PaperSettled).into())
    }
}
