//! The steps of setting up, as they stand: what each makes is looked for, so that any can be left and taken up again by whoever it belongs to.
//! Not here: what the steps' own pages do (`register`, `users`), the first visit (`begin`).
//! What was shipped and only looked at is finished by a mark.

use shared::access::{Need, Role, needs};
use shared::account::ResetLink;
use shared::fault::Fault;
use shared::register::ListCode;
use shared::setup::{
    Mark, MarkView, Mender, ReadyCode, ReadyState, ReadyView, StepCode, StepView, StepsView,
};
use store::marks::SetMark;
use store::register::Part;

use super::people::{self, Person};
use super::ready::{ACCOUNTS, need_of, ready, top};
use super::settings;
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::users;

/// Everything that the steps are told by.
struct Look {
    ready: ReadyView,
    marks: Vec<SetMark>,
    /// Lists that were changed here.
    changed: Vec<ListCode>,
    /// Channels that are on.
    channels: i64,
}

impl Look {
    fn is_there(&self, codes: &[ReadyCode]) -> bool {
        let found = |code: &ReadyCode| {
            let item = self.ready.item(*code);
            item.is_some_and(|item| item.state != ReadyState::Missing)
        };
        codes.iter().all(found)
    }

    fn count(&self, code: ReadyCode) -> i64 {
        let count = self
            .ready
            .item(code)
            .and_then(|item| item.facts.get("count"));
        count.and_then(|count| count.parse().ok()).unwrap_or(0)
    }

    fn mark(&self, mark: Mark) -> Option<MarkView> {
        let set = self.marks.iter().find(|set| set.mark == mark)?;
        Some(MarkView {
            by: set.by_name.clone(),
            at: set.at,
            note: set.note.clone(),
        })
    }
}

/// All steps, for whoever sets up.
///
/// # Errors
/// `access.denied`; of the store.
pub async fn steps(ctx: &Ctx) -> Result<StepsView, Fault> {
    let reference = ctx.services.reference().await?;
    let open = reference.lists.channels(&reference.root_region()).len();
    let look = Look {
        channels: i64::try_from(open).unwrap_or(0),
        ready: ready(ctx).await?,
        marks: store::marks::all(&ctx.services.store().reader())
            .await
            .settle(&ctx.services)?,
        changed: changed(ctx).await.settle(&ctx.services)?,
    };
    let root = top(&reference);
    let step = |code: &StepCode| step(ctx, &look, *code);
    Ok(StepsView {
        area: root.map_or_else(String::new, |root| reference.division_path(&root.region)),
        centre: root.map_or_else(String::new, |root| root.name.clone()),
        may_make_accounts: needs::RESETS.is_met_by(&ctx.actor),
        may_grant: needs::ROLES.is_met_by(&ctx.actor),
        steps: StepCode::ALL.iter().map(step).collect(),
    })
}

/// Lists with a revision beside what was found.
async fn changed(ctx: &Ctx) -> Result<Vec<ListCode>, Failure> {
    let db = ctx.services.store().reader();
    let mut changed = Vec::new();
    for list in ListCode::ALL {
        let part = Part {
            list: *list,
            area: String::new(),
        };
        let revisions = store::register::revisions(&db, &part).await?;
        if revisions
            .iter()
            .any(|it| it.number > 1 && it.published_at.is_some())
        {
            changed.push(*list);
        }
    }
    Ok(changed)
}

/// Whose a step is.
const fn mender(code: StepCode) -> Mender {
    match code {
        StepCode::Administrators
        | StepCode::People
        | StepCode::Gateway
        | StepCode::Keys
        | StepCode::Backup => Mender::SystemAdmin,
        _ => Mender::BusinessAdmin,
    }
}

/// The mark that finishes a step, where one does.
const fn mark_of(code: StepCode) -> Option<Mark> {
    match code {
        StepCode::Hours => Some(Mark::Hours),
        StepCode::Categories => Some(Mark::Categories),
        StepCode::Channels => Some(Mark::Channels),
        StepCode::Limits => Some(Mark::Limits),
        StepCode::Texts => Some(Mark::Texts),
        StepCode::Gateway => Some(Mark::Gateway),
        StepCode::Keys => Some(Mark::Keys),
        StepCode::Backup => Some(Mark::Backup),
        _ => None,
    }
}

fn path(code: StepCode) -> Option<String> {
    let list = |list: ListCode| Some(format!("/office/lists/{list}/base"));
    match code {
        StepCode::Area | StepCode::Units => list(ListCode::Units),
        StepCode::Hours => list(ListCode::Hours),
        StepCode::Calendar => list(ListCode::Calendar),
        StepCode::Categories => list(ListCode::Categories),
        StepCode::Channels => list(ListCode::Channels),
        StepCode::Limits => list(ListCode::Limits),
        StepCode::Duties => list(ListCode::Duties),
        StepCode::Administrators | StepCode::People => Some(ACCOUNTS.to_owned()),
        StepCode::Texts => list(ListCode::Texts),
        StepCode::Gateway | StepCode::Keys | StepCode::Backup => None,
    }
}

fn step(ctx: &Ctx, look: &Look, code: StepCode) -> StepView {
    use ReadyCode as R;
    let by = mender(code);
    let mark = mark_of(code);
    let marked = mark.and_then(|mark| look.mark(mark));
    let was_changed = |list: ListCode| look.changed.contains(&list);
    let (is_done, count) = match code {
        StepCode::Area => (look.is_there(&[R::Centre]), 0),
        StepCode::Administrators => {
            let all = [
                R::SystemAdmin,
                R::SecurityAdmin,
                R::Auditor,
                R::BusinessAdmin,
            ];
            let count = all.iter().filter(|code| look.is_there(&[**code])).count();
            (look.is_there(&all), i64::try_from(count).unwrap_or(0))
        }
        StepCode::Units => (look.is_there(&[R::Units]), look.count(R::Units)),
        StepCode::Hours => (
            was_changed(ListCode::Hours) && look.is_there(&[R::Hours]),
            0,
        ),
        StepCode::Calendar => (look.is_there(&[R::Calendar]), 0),
        StepCode::Categories => (was_changed(ListCode::Categories), look.count(R::Categories)),
        StepCode::Channels => (was_changed(ListCode::Channels), look.channels),
        StepCode::Limits => (was_changed(ListCode::Limits), look.count(R::Limits)),
        StepCode::Duties => (look.count(R::Duties) > 0, look.count(R::Duties)),
        StepCode::People => {
            let posts = [
                R::Intake,
                R::Dispatch,
                R::UnitPeople,
                R::ClosingReview,
                R::FollowUp,
            ];
            (look.is_there(&posts), 0)
        }
        StepCode::Texts => (was_changed(ListCode::Texts), 0),
        StepCode::Gateway => (ctx.services.gateways().sms.is_some(), 0),
        StepCode::Keys => (false, 0),
        StepCode::Backup => (look.ready.item(R::Backup).is_some_and(is_whole), 0),
    };
    let is_own = need_of(by).is_met_by(&ctx.actor);
    StepView {
        code,
        is_done: is_done || marked.is_some(),
        by,
        is_own,
        count,
        path: path(code),
        mark,
        marked,
    }
}

fn is_whole(item: &shared::setup::ReadyItem) -> bool {
    item.state == ReadyState::There
}

/// Who sets a mark.
fn need_of_mark(mark: Mark) -> Need {
    match mark {
        Mark::Gateway | Mark::Keys | Mark::Backup => need_of(Mender::SystemAdmin),
        Mark::Hours | Mark::Categories | Mark::Channels | Mark::Limits | Mark::Texts => {
            need_of(Mender::BusinessAdmin)
        }
    }
}

/// Says that a step which leaves no other trace is done.
///
/// # Errors
/// `access.denied` for whose it is not; of the store.
pub async fn set_mark(ctx: &Ctx, mark: Mark, note: &str) -> Result<(), Fault> {
    ctx.ask(need_of_mark(mark))?;
    let name = &ctx.actor.name;
    let by_name = if name.is_empty() {
        ctx.actor_name().into_owned()
    } else {
        name.clone()
    };
    let set = SetMark {
        mark,
        by: ctx.actor.user(),
        by_name,
        at: ctx.now(),
        note: settings::note(note),
    };
    let mut audit = ctx.audit("setup.mark", format!("mark:{mark}"), "ok");
    audit
        .facts
        .extend(set.note.clone().map(|note| ("note".to_owned(), note)));
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (set, audit) = (set.clone(), audit.clone());
            Box::pin(async move {
                store::marks::set(tx, &set).await?;
                Ok(store::audit::append(tx, &audit).await?)
            })
        })
        .await
        .settle(&ctx.services)
}

/// Makes an account and its link for one use; its posts are granted by another.
///
/// # Errors
/// `access.denied`, `session.proof_needed`; field faults.
pub async fn make_account(
    ctx: &Ctx,
    (username, name, unit): (&str, &str, &str),
) -> Result<ResetLink, Fault> {
    ctx.ask(needs::RESETS)?;
    let unit = shared::input::line(unit);
    let unit = if unit.is_empty() {
        let reference = ctx.services.reference().await?;
        top(&reference).map_or(unit, |root| root.code.clone())
    } else {
        unit
    };
    let person = Person::of(username, name, &unit, Vec::new());
    people::make(ctx, &person).await
}

/// Grants a post.
///
/// # Errors
/// `access.denied`, `session.proof_needed`, `role.excluded`; `not_found` for nobody's name.
pub async fn grant(ctx: &Ctx, username: &str, role: Role) -> Result<(), Fault> {
    users::grant_role(ctx, username, role).await
}
