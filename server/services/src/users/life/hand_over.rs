//! Open tasks that hang on one person, and units' parts of tickets for which he is responsible, and how they go to somebody else before the account
//! closes: each by its verb, *transfer* or *hand over*, so that the history of its case tells it. Tasks of a role hang on nobody: whoever else has the role does them.
//! Not here: closing (`carry`). What cannot go is counted and told, and the account stays open.

use shared::access::needs;
use shared::account::life::{
    AccountAct, AccountEvent, AccountRequestDetail, HandOverView, OpenTask,
};
use shared::approval::verbs::Transfer;
use shared::command::{Part as _, PartNo, Username, Version, Words};
use shared::fault::{Code, Fault};
use shared::ids::{AccountRequestId, ApprovalId, UserId};
use shared::ticket::Verb;
use shared::ticket::verbs::HandOver;
use store::life::{AccountLine, AccountRequest};
use store::record::{ApprovalCase, Task};
use store::tickets::responsible::HeldPart;
use store::users::User;
use store::{Conn, Tx};

use super::{line, view};
use crate::approvals::rights::may_be_given;
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::host::people::{People, Person};
use crate::host::{Decide as _, any_approval};
use crate::reference::Reference;
use crate::sessions::normal_name;
use crate::users::reached;

/// Tasks that are looked at; more than anybody has.
const MOST: u32 = 500;
/// What stands in the history of each case.
const NOTE: &str = "账号注销前移交";

/// What hangs on somebody, and whether somebody else may take it.
///
/// # Errors
/// `access.denied`, `not_found`; `input.person` at `heir`.
pub async fn preview(ctx: &Ctx, username: &str, heir: Option<&str>) -> Result<HandOverView, Fault> {
    let user = reached(ctx, needs::APPLYING, username).await?;
    let services = &ctx.services;
    let heir = match heir.map(normal_name).filter(|name| !name.is_empty()) {
        None => None,
        Some(name) => {
            let found = store::users::find_by_name(&services.store().reader(), &name).await;
            let found = found.settle(services)?;
            let fits = found.filter(|heir| heir.active && heir.id != user.id);
            Some(fits.ok_or_else(|| Fault::field("heir", Code::InputPerson))?)
        }
    };
    let reference = services.reference().await?;
    look(ctx, &reference, &user, heir.as_ref())
        .await
        .settle(services)
}

/// One request, with what hangs on whoever goes by it.
///
/// # Errors
/// `not_found` out of reach.
pub async fn detail(ctx: &Ctx, id: AccountRequestId) -> Result<AccountRequestDetail, Fault> {
    let request = view::request(ctx, id).await?;
    let is_going = request.kind == AccountAct::Cancel && request.next.is_some();
    let hand_over = if is_going {
        let services = &ctx.services;
        let db = services.store().reader();
        let kept = store::life::get(&db, id).await.settle(services)?;
        let kept = kept.ok_or_else(Fault::missing)?;
        let user = match kept.user_id {
            Some(user) => store::users::find(&db, user).await.settle(services)?,
            None => None,
        };
        let heir = match kept.heir {
            Some(heir) => store::users::find(&db, heir).await.settle(services)?,
            None => None,
        };
        let reference = services.reference().await?;
        match user {
            Some(user) => Some(
                look(ctx, &reference, &user, heir.as_ref())
                    .await
                    .settle(services)?,
            ),
            None => None,
        }
    } else {
        None
    };
    Ok(AccountRequestDetail { request, hand_over })
}

async fn look(
    ctx: &Ctx,
    reference: &Reference,
    user: &User,
    heir: Option<&User>,
) -> Result<HandOverView, Failure> {
    let db = ctx.services.store().reader();
    let held = store::host::held::by(&db, user.id, MOST).await?;
    let people = match heir {
        Some(heir) => {
            People::default()
                .and_users(&db, (reference, ctx.now()), &[heir.id])
                .await?
        }
        None => People::default(),
    };
    let mut tasks = Vec::new();
    for task in &held {
        let Some(case) = case_of(ctx, &db, task).await? else {
            continue;
        };
        let fits = heir
            .and_then(|heir| people.by_id(heir.id))
            .is_some_and(|person| may_be_given(person, &case, task).is_ok());
        tasks.push(OpenTask {
            no: case.approval.approval_no.clone(),
            title: case.approval.title.clone(),
            due: task.due_at,
            fits,
        });
    }
    for part in store::tickets::responsible::held_by(&db, user.id, MOST).await? {
        let fits = heir
            .and_then(|heir| people.by_id(heir.id))
            .is_some_and(|person| may_answer(person, &part));
        tasks.push(OpenTask {
            no: part.ticket_no,
            title: shared::person::conceal(&part.title),
            due: part.due_at,
            fits,
        });
    }
    let left = tasks.iter().filter(|task| !task.fits).count();
    Ok(HandOverView {
        count: tasks.len(),
        left,
        heir: heir.map(|heir| heir.name.clone()),
        tasks,
    })
}

/// Whether somebody may be responsible for a unit's part of a ticket.
fn may_answer(person: &Person, part: &HeldPart) -> bool {
    let scope = Verb::HandOver.need().scope(&person.actor);
    person.actor.is_at(&part.unit)
        && scope.is_some_and(|scope| scope.covers_unit(&part.unit, &part.unit_path))
}

async fn case_of(ctx: &Ctx, conn: &dyn Conn, task: &Task) -> Result<Option<ApprovalCase>, Failure> {
    any_approval(&ctx.services, conn, task.case_id).await
}

/// Moves what hangs on whoever an account is closed for, as far as the request names an heir.
///
/// # Errors
/// `account.tasks` when nobody is named, `account.heir` with how many cannot go there.
pub(super) async fn before(ctx: &Ctx, request: &AccountRequest) -> Result<(), Fault> {
    let (AccountAct::Cancel, Some(user)) = (request.kind, request.user_id) else {
        return Ok(());
    };
    let services = &ctx.services;
    let db = services.store().reader();
    let held = store::host::held::by(&db, user, MOST)
        .await
        .settle(services)?;
    let parts = store::tickets::responsible::held_by(&db, user, MOST)
        .await
        .settle(services)?;
    let count = held.len() + parts.len();
    if count == 0 {
        return Ok(());
    }
    let heir = match request.heir {
        None => None,
        Some(heir) => store::users::find(&db, heir)
            .await
            .settle(services)?
            .filter(|heir| heir.active),
    };
    let Some(heir) = heir else {
        return Err(Fault::new(Code::AccountTasks).fact("count", count));
    };
    // The house does it at the word of whoever closes the account; the note says why.
    let house = Ctx::job(services, "hand_over");
    let mut moved = 0;
    for task in &held {
        moved += usize::from(transfer(&house, task, &heir).await?);
    }
    for part in &parts {
        moved += usize::from(give(&house, part, &heir).await?);
    }
    told(ctx, user, (&heir, moved)).await.settle(services)?;
    let left = count - moved;
    if left > 0 {
        return Err(Fault::new(Code::AccountHeir).fact("count", left));
    }
    Ok(())
}

/// Whether a task went; one that is done or changed meanwhile is looked at again at the end.
async fn transfer(house: &Ctx, task: &Task, heir: &User) -> Result<bool, Fault> {
    let services = &house.services;
    let db = services.store().reader();
    let Some(case) = case_of(house, &db, task).await.settle(services)? else {
        return Ok(false);
    };
    let (Ok(user), Ok(note)) = (Username::of_text(&heir.username), Words::of_text(NOTE)) else {
        return Ok(false);
    };
    let order = Transfer {
        version: Version(case.approval.version),
        task: task.task_no,
        part: PartNo(task.part),
        user,
        note: Some(note),
    };
    let id = ApprovalId(task.case_id.0);
    match order.go(house, id.0).await {
        Ok(_) => Ok(true),
        Err(fault) if fault.code.class() == shared::fault::Class::Broken => Err(fault),
        Err(_) => Ok(false),
    }
}

/// Whether a part of a ticket went, as a task does.
async fn give(house: &Ctx, part: &HeldPart, heir: &User) -> Result<bool, Fault> {
    let (Ok(colleague), Ok(reason)) = (Username::of_text(&heir.username), Words::of_text(NOTE))
    else {
        return Ok(false);
    };
    let order = HandOver {
        version: Version(part.version),
        colleague,
        reason,
    };
    match order.go(house, part.id.0).await {
        Ok(_) => Ok(true),
        Err(fault) if fault.code.class() == shared::fault::Class::Broken => Err(fault),
        Err(_) => Ok(false),
    }
}

async fn told(ctx: &Ctx, user: UserId, (heir, moved): (&User, usize)) -> Result<(), Failure> {
    if moved == 0 {
        return Ok(());
    }
    let entry = AccountLine {
        facts: [
            ("heir".to_owned(), heir.name.clone()),
            ("count".to_owned(), moved.to_string()),
        ]
        .into(),
        ..line(ctx, user, AccountEvent::HandedOver)
    };
    let mut audit = ctx.audit("account.hand_over", format!("user:{user}"), "ok");
    audit.facts.insert("to".to_owned(), heir.username.clone());
    audit.facts.insert("count".to_owned(), moved.to_string());
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (entry, audit) = (entry.clone(), audit.clone());
            Box::pin(async move {
                store::life::add(tx, &entry).await?;
                Ok(store::audit::append(tx, &audit).await?)
            })
        })
        .await
}

/// Nothing hangs on somebody who goes.
///
/// # Errors
/// `account.tasks` with how many.
pub(super) async fn nothing_left(tx: &Tx, user: UserId) -> Result<(), Failure> {
    let held = store::host::held::by(tx, user, MOST).await?;
    let parts = store::tickets::responsible::held_by(tx, user, MOST).await?;
    none_of(held.len() + parts.len())
}

/// Nobody leaves a unit who is responsible for a part of that unit.
///
/// # Errors
/// `account.tasks` with how many.
pub(super) async fn nothing_of_unit(tx: &Tx, user: UserId, unit: &str) -> Result<(), Failure> {
    let mut parts = store::tickets::responsible::held_by(tx, user, MOST).await?;
    parts.retain(|part| part.unit == unit);
    none_of(parts.len())
}

fn none_of(count: usize) -> Result<(), Failure> {
    if count == 0 {
        return Ok(());
    }
    Err(Fault::new(Code::AccountTasks).fact("count", count).into())
}
