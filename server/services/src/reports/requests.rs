//! Requests for a special cut of figures: asked for, decided by a second person, counted at once, taken once.
//! Not here: cubes (`cubes`), exports of tickets (`exports`).
//! The cut is counted in the scope of whoever agrees, who answers for what is handed on. Every step stands in the audit.

use aws_lc_rs::digest::{SHA256, digest};
use shared::access::needs;
use shared::calendar::{Instant, day_start, days_after};
use shared::fault::{Code, Fault};
use shared::measure::{
    AskData, CubeQuery, CubeView, DataCut, DataRequestPage, DataRequestView, DataState, DecideData,
    Figure, Side,
};
use shared::notice::{Audience, NoticeKind, Told};
use shared::query::pairs_of;
use shared::text::{Locale, report, request as words};
use store::data_requests::SeenBy;
use store::record::{AuditEntry, DataRequest, OutboxMessage};
use uuid::Uuid;

use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle};
use crate::gateway::inside::{Subject, notice};
use crate::jobs::Done;
use crate::paging;
use crate::watch::watched;

/// Requests of a page.
const PAGE: usize = 50;
/// A cut can be taken for so many days at most.
const DAYS: u64 = 90;

/// Asks for a cut.
///
/// # Errors
/// `access.denied`; what a cube cannot be; `input.day` at `until`.
pub async fn ask(ctx: &Ctx, command: AskData) -> Result<Uuid, Fault> {
    watched(ctx, "data.ask", "data", Box::pin(asked(ctx, command))).await
}

async fn asked(ctx: &Ctx, command: AskData) -> Result<Uuid, Fault> {
    ctx.ask(needs::TICKETS)?;
    let Some(user) = ctx.actor.user() else {
        return Err(Fault::new(Code::AccessDenied));
    };
    let now = ctx.now();
    let today = now.date();
    let last = days_after(today, DAYS);
    if command.until < today || command.until > last {
        let mut fault = Fault::field("until", Code::InputDay);
        if let Some(first) = fault.fields.first_mut() {
            first.facts.insert("min".to_owned(), today.to_string());
            first.facts.insert("max".to_owned(), last.to_string());
        }
        return Err(fault);
    }
    let query = CubeQuery::from_pairs(&pairs_of(&command.query), today)?;
    let request = DataRequest {
        id: ctx.services.new_id(),
        asked_by: user,
        asked_by_name: ctx.actor.signature().unwrap_or_default(),
        region: ctx.actor.region.clone().unwrap_or_default(),
        purpose: command.purpose.to_string(),
        query: query.to_query(),
        asked_at: now,
        ends_at: day_start(days_after(command.until, 1)),
        state: DataState::Asked,
        decided_by: None,
        decided_by_name: None,
        decided_at: None,
        reason: None,
        content: None,
        digest: None,
        taken_at: None,
    };
    let id = request.id;
    let entry = entry(ctx, "data.ask", &request);
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (request, entry) = (request.clone(), entry.clone());
            Box::pin(async move {
                store::data_requests::insert(tx, &request).await?;
                Ok(store::audit::append(tx, &[entry]).await?)
            })
        })
        .await
        .settle(&ctx.services)?;
    Ok(id)
}

/// One's own requests, and those that the reader decides on, the newest first.
///
/// # Errors
/// `access.denied`; `input.cursor`.
pub async fn requests(ctx: &Ctx, cursor: Option<&str>) -> Result<DataRequestPage, Fault> {
    ctx.ask(needs::TICKETS)?;
    let after = cursor.map(paging::id::<Uuid>).transpose()?;
    let seen = SeenBy {
        own: ctx.actor.user(),
        scope: needs::REPORT.scope(&ctx.actor),
    };
    let db = ctx.services.store().reader();
    let found = store::data_requests::list(&db, &seen, (after, PAGE + 1)).await;
    let mut found = found.settle(&ctx.services)?;
    let next_cursor = paging::cut(&mut found, PAGE).map(|last| last.id.to_string());
    let items = found.into_iter().map(|request| view(ctx, request));
    Ok(DataRequestPage {
        items: items.collect(),
        next_cursor,
    })
}

fn view(ctx: &Ctx, request: DataRequest) -> DataRequestView {
    let is_own = ctx.actor.user() == Some(request.asked_by);
    let is_over = request.ends_at <= ctx.now();
    // The job that ends what is over comes once an hour.
    let state = match request.state {
        DataState::Asked | DataState::Ready if is_over => DataState::Expired,
        state => state,
    };
    DataRequestView {
        id: request.id,
        asked_by: request.asked_by_name,
        asked_at: request.asked_at,
        purpose: request.purpose,
        query: request.query,
        ends_at: request.ends_at,
        state,
        decided_by: request.decided_by_name,
        decided_at: request.decided_at,
        reason: request.reason,
        digest: request.digest,
        taken_at: request.taken_at,
        may_decide: state == DataState::Asked && !is_own && needs::REPORT.is_met_by(&ctx.actor),
        is_own,
    }
}

/// The second person's word; the cut is counted when it is agreed.
///
/// # Errors
/// `access.denied`; `not_found` outside the reader's area and for what does not wait any more; `data.same_person`; `input.required` at `reason` for a
/// refusal without one; those of a cube.
pub async fn decide(ctx: &Ctx, id: Uuid, command: DecideData) -> Result<(), Fault> {
    let deciding = Box::pin(decided(ctx, id, command));
    watched(ctx, "data.decide", format!("data:{id}"), deciding).await
}

async fn decided(ctx: &Ctx, id: Uuid, command: DecideData) -> Result<(), Fault> {
    let scope = ctx.reach(needs::REPORT)?;
    let seen = SeenBy {
        own: None,
        scope: Some(scope),
    };
    let request = one(ctx, &seen, (id, DataState::Asked)).await?;
    if ctx.actor.user().is_none() || ctx.actor.user() == Some(request.asked_by) {
        return Err(Fault::new(Code::DataSamePerson));
    }
    let reason = command.reason.map(|reason| reason.to_string());
    if !command.agreed && reason.is_none() {
        return Err(Fault::field("reason", Code::InputRequired));
    }
    let mut entry = entry(ctx, "data.decide", &request);
    let agreed = command.agreed.to_string();
    entry.facts.insert("agreed".to_owned(), agreed);
    let mut decided = DataRequest {
        state: DataState::Refused,
        decided_by: ctx.actor.user(),
        decided_by_name: ctx.actor.signature(),
        decided_at: Some(ctx.now()),
        reason: reason.filter(|_| !command.agreed),
        ..request
    };
    if command.agreed {
        let query = CubeQuery::from_pairs(&pairs_of(&decided.query), ctx.now().date())?;
        let cube = super::cube(ctx, query).await?;
        let content = csv(&cube, &decided);
        let sum = hex::encode(digest(&SHA256, content.as_bytes()).as_ref());
        entry.facts.insert("digest".to_owned(), sum.clone());
        decided.state = DataState::Ready;
        decided.content = Some(content);
        decided.digest = Some(sum);
    }
    written(ctx, decided, (DataState::Asked, entry)).await
}

/// Takes an own request back before anybody decided.
///
/// # Errors
/// `access.denied`; `not_found` for another's and for what does not wait any more.
pub async fn withdraw(ctx: &Ctx, id: Uuid) -> Result<(), Fault> {
    ctx.ask(needs::TICKETS)?;
    let request = one(ctx, &own(ctx), (id, DataState::Asked)).await?;
    let entry = entry(ctx, "data.withdraw", &request);
    let withdrawn = DataRequest {
        state: DataState::Withdrawn,
        ..request
    };
    written(ctx, withdrawn, (DataState::Asked, entry)).await
}

/// Hands the cut to who asked, once; it is gone from the server with that.
///
/// # Errors
/// `access.denied`; `not_found` for another's, for what was taken before, and after its day.
pub async fn take(ctx: &Ctx, id: Uuid) -> Result<DataCut, Fault> {
    ctx.ask(needs::TICKETS)?;
    let request = one(ctx, &own(ctx), (id, DataState::Ready)).await?;
    let mut entry = entry(ctx, "data.take", &request);
    let (Some(csv), Some(digest)) = (request.content.clone(), request.digest.clone()) else {
        return Err(Fault::missing());
    };
    entry.facts.insert("digest".to_owned(), digest.clone());
    let taken = DataRequest {
        state: DataState::Taken,
        content: None,
        taken_at: Some(ctx.now()),
        ..request
    };
    written(ctx, taken, (DataState::Ready, entry)).await?;
    Ok(DataCut { csv, digest })
}

/// The job: what was not decided or taken by its day ends, and its cut is gone.
///
/// # Errors
/// Of the store.
pub async fn expire_requests(services: &Services) -> Result<Done, Failure> {
    if !services.clock_is_settled() {
        return Ok(Done::default());
    }
    let now: Instant = services.now();
    let count = services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move { Ok(store::data_requests::expire(tx, now).await?) })
        })
        .await?;
    Ok(Done { count, more: false })
}

fn own(ctx: &Ctx) -> SeenBy {
    SeenBy {
        own: ctx.actor.user(),
        scope: None,
    }
}

/// One that stands so, and whose day has not passed.
async fn one(
    ctx: &Ctx,
    seen: &SeenBy,
    (id, state): (Uuid, DataState),
) -> Result<DataRequest, Fault> {
    let db = ctx.services.store().reader();
    let found = store::data_requests::get(&db, seen, id).await;
    let found = found.settle(&ctx.services)?;
    found
        .filter(|request| request.state == state && request.ends_at > ctx.now())
        .ok_or_else(Fault::missing)
}

async fn written(
    ctx: &Ctx,
    request: DataRequest,
    (was, entry): (DataState, AuditEntry),
) -> Result<(), Fault> {
    let letter = letter(ctx, &request);
    let done = ctx
        .services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (request, entry) = (request.clone(), entry.clone());
            Box::pin(async move {
                let done = store::data_requests::change(tx, &request, was).await?;
                if done {
                    store::audit::append(tx, &[entry]).await?;
                }
                if let (true, Some(letter)) = (done, letter) {
                    store::outbox::put(tx, &letter).await?;
                }
                Ok(done)
            })
        })
        .await
        .settle(&ctx.services)?;
    if done { Ok(()) } else { Err(Fault::missing()) }
}

/// Whoever asked is told of a decision; of the own steps there is nothing to tell.
fn letter(ctx: &Ctx, request: &DataRequest) -> Option<OutboxMessage> {
    if !matches!(request.state, DataState::Ready | DataState::Refused) {
        return None;
    }
    let told = Told {
        kind: NoticeKind::DataDecided,
        no: request.asked_at.date().to_string(),
        approval: None,
        by: None,
    };
    let subject = Subject {
        ticket: None,
        region: &request.region,
    };
    let now = ctx.now();
    let id = ctx.services.ids().new_id(now);
    let audience = Audience::Person(request.asked_by);
    Some(notice(&audience, &told, subject, (id, now)))
}

fn entry(ctx: &Ctx, action: &str, request: &DataRequest) -> AuditEntry {
    let mut entry = ctx.audit(action, format!("data:{}", request.id), "ok");
    let query = request.query.clone();
    entry.facts.insert("query".to_owned(), query);
    entry
}

/// The cut as a table: codes and names of the rows, and of each measure its value with numerator and denominator.
fn csv(cube: &CubeView, request: &DataRequest) -> String {
    let zh = Locale::Zh;
    let mut lines = Vec::new();
    let mut head = Vec::new();
    for axis in &cube.axes {
        head.push(format!("{}{}", axis.label(zh), words::CODE.get(zh)));
        head.push(axis.label(zh).to_owned());
    }
    for measure in &cube.measures {
        let name = measure.label(zh);
        head.push(name.to_owned());
        for side in [Side::Numerator, Side::Denominator] {
            head.push(format!("{name} {}", side.label(zh)));
        }
    }
    lines.push(head);
    let numbers = |figures: &[Figure]| -> Vec<String> {
        let each = |it: &Figure| {
            [
                it.value(),
                it.numerator.to_string(),
                it.denominator.to_string(),
            ]
        };
        figures.iter().flat_map(each).collect()
    };
    for row in &cube.rows {
        let keys = row.keys.iter();
        let mut line: Vec<String> = keys
            .flat_map(|key| [key.code.clone(), key.name.zh.clone()])
            .collect();
        line.extend(numbers(&row.figures));
        lines.push(line);
    }
    let mut total = vec![String::new(); cube.axes.len() * 2];
    if let Some(first) = total.first_mut() {
        report::TOTAL.get(zh).clone_into(first);
    }
    total.extend(numbers(&cube.total));
    lines.push(total);
    let (id, as_of) = (request.id.to_string(), cube.as_of.rfc3339());
    let facts = [&id, &request.asked_by_name, &request.purpose, &as_of];
    lines.push(vec![words::foot(facts.map(String::as_str), zh)]);
    let line = |cells: &Vec<String>| {
        let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
        cells.join(",")
    };
    let lines: Vec<String> = lines.iter().map(line).collect();
    // Spreadsheets take UTF-8 for it only with the mark.
    format!("\u{feff}{}\r\n", lines.join("\r\n"))
}

/// A cell that no spreadsheet takes for a formula.
fn quoted(cell: &str) -> String {
    let held = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        "'"
    } else {
        ""
    };
    format!("\"{held}{}\"", cell.replace('"', "\"\""))
}
