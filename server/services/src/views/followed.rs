//! Saved views that somebody follows: on working mornings, daily or once a week, one notice tells him how many tickets each of them finds.
//! Not here: saved views themselves (`saved`), how a notice reaches somebody (`gateway::inside`).
//! Counted in the follower's own scope and without confidential tickets; a view that is gone says so once and is followed no longer.

use std::collections::BTreeSet;

use chrono::{NaiveDate, Weekday};
use shared::calendar::{Instant, day_start};
use shared::fault::{Code, Fault};
use shared::ids::{UserId, ViewId};
use shared::notice::{Audience, NoticeKind, Told};
use shared::query::TicketQuery;
use shared::query::language::Expr;
use shared::query::view::{MOST_SUBSCRIBED, ViewRhythm, ViewSubscription};
use shared::register::{Keep, setting_of};
use store::record::{OutboxMessage, SavedView, ViewFollowed};
use store::view_subscriptions;

use super::read::{COUNT_CAP, answerable, view_scope};
use super::saved::owner;
use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle};
use crate::gateway::inside::{Subject, notice as message};
use crate::host::denied::recorded;
use crate::jobs::Done;
use crate::reference::Reference;
use crate::sessions::actor_of;
use crate::tickets::columns::prepared;

/// Rows that are looked for in one run.
const BATCH: u64 = 200;
/// Views that a notice names.
const NAMED: usize = 8;
/// Nothing of what nobody else may hear of leaves the product in a notice.
const OPEN: &str = "confidential = no and not kind = tip_off";
/// Days that are looked through for the next morning.
const AHEAD: usize = 45;

/// Follows a view of one's own or of those that colleagues share, or no longer.
///
/// # Errors
/// `not_found` for a view that is not his to see; `register.too_many`.
pub async fn follow(ctx: &Ctx, id: ViewId, rhythm: Option<ViewRhythm>) -> Result<(), Fault> {
    let object = format!("view:{id}");
    recorded(ctx, ("view.follow", object), followed(ctx, id, rhythm)).await
}

async fn followed(ctx: &Ctx, id: ViewId, rhythm: Option<ViewRhythm>) -> Result<(), Fault> {
    let user = owner(ctx)?;
    let services = &ctx.services;
    let db = services.store().reader();
    let known = view_subscriptions::of_person(&db, user).await;
    let known = known.settle(services)?;
    let old = known.iter().find(|it| it.view_id == id);
    let kept = match rhythm {
        None if old.is_none() => return Ok(()),
        None => None,
        Some(_) if old.is_none() && known.len() >= MOST_SUBSCRIBED => {
            return Err(Fault::new(Code::RegisterTooMany).fact("max", MOST_SUBSCRIBED));
        }
        Some(rhythm) => Some(begun(ctx, (id, user), rhythm, old).await?),
    };
    let mut audit = ctx.audit("view.follow", format!("view:{id}"), "ok");
    let word = rhythm.map_or("never", ViewRhythm::as_str);
    audit.facts.insert("rhythm".to_owned(), word.to_owned());
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (kept, audit) = (kept.clone(), audit.clone());
            Box::pin(async move {
                match &kept {
                    Some(kept) => view_subscriptions::keep(tx, kept).await?,
                    None => view_subscriptions::end(tx, (user, id)).await?,
                }
                Ok(store::audit::append(tx, &audit).await?)
            })
        })
        .await
        .settle(services)
}

/// How a view is followed from now on.
async fn begun(
    ctx: &Ctx,
    (id, user): (ViewId, UserId),
    rhythm: ViewRhythm,
    old: Option<&ViewFollowed>,
) -> Result<ViewFollowed, Fault> {
    let services = &ctx.services;
    let found = store::saved_views::named(&services.store().reader(), &[id]).await;
    let view = found.settle(services)?.pop();
    let view = view.filter(|view| view.is_for(&ctx.actor));
    let view = view.ok_or_else(Fault::missing)?;
    let reference = services.reference().await?;
    let minute = minute(services).await.settle(services)?;
    let now = ctx.now();
    Ok(ViewFollowed {
        user_id: user,
        view_id: id,
        made_at: old.map_or(now, |old| old.made_at),
        name: view.name,
        rhythm,
        next_at: next(&reference, rhythm, (now, minute)),
        found: old.and_then(|old| old.found),
        more: old.is_some_and(|old| old.more),
        counted_at: old.and_then(|old| old.counted_at),
    })
}

/// What the page says of it.
pub(super) fn shown(followed: &ViewFollowed) -> ViewSubscription {
    ViewSubscription {
        rhythm: followed.rhythm,
        found: followed.found,
        more: followed.more,
        counted_at: followed.counted_at,
    }
}

/// The minute of a working day at which people are told.
async fn minute(services: &Services) -> Result<i32, Failure> {
    let keep = &Keep::VIEWS;
    let said = store::settings::get(&services.store().reader(), &setting_of(keep.key)).await?;
    Ok(keep.of(said.as_deref()))
}

/// The next morning of the rhythm after now.
fn next(reference: &Reference, rhythm: ViewRhythm, (now, minute): (Instant, i32)) -> Instant {
    let at = |day: NaiveDate| Instant(day_start(day).0 + i64::from(minute) * 60_000);
    let is_first = |day: NaiveDate| {
        let mut week = day.week(Weekday::Mon).first_day().iter_days().take(7);
        week.find(|it| works(reference, *it)) == Some(day)
    };
    let is_one = |day: NaiveDate| match rhythm {
        ViewRhythm::Daily => works(reference, day),
        ViewRhythm::Weekly => is_first(day),
    };
    let mut days = now.date().iter_days().take(AHEAD);
    let day = days.find(|day| at(*day) > now && is_one(*day));
    day.map_or(Instant(now.0 + 7 * 24 * 3_600_000), at)
}

/// Whether a day is a working day of the centre on top; in a year that nobody has entered yet, from Monday to Friday.
fn works(reference: &Reference, day: NaiveDate) -> bool {
    let calendar = reference.hours.of_place(&reference.root_region());
    let week = day.week(Weekday::Mon).first_day();
    let is_weekday = (day - week).num_days() < 5;
    calendar.is_working_day(day).unwrap_or(is_weekday)
}

/// Tells those whose morning has come; how many views were counted.
pub(crate) async fn run(services: &Services) -> Result<Done, Failure> {
    if !services.clock_is_settled() {
        return Ok(Done::default());
    }
    let db = services.store().reader();
    let due = view_subscriptions::due(&db, services.now(), BATCH).await?;
    let more = u64::try_from(due.len()).is_ok_and(|many| many == BATCH);
    let people: BTreeSet<UserId> = due.iter().map(|it| it.user_id).collect();
    if people.is_empty() {
        return Ok(Done::default());
    }
    let reference = services.reference().await?;
    let minute = minute(services).await?;
    let mut count = 0;
    for user in people {
        count += tell(services, &reference, (user, minute)).await?;
    }
    Ok(Done { count, more })
}

/// What a look at a view came to.
enum Looked {
    Found(i64, bool),
    /// It is deleted, not shared any more, or asks for something that cannot be asked for.
    Gone,
    /// It could not be counted this time.
    Unknown,
}

/// What is written for one person.
#[derive(Clone, Default)]
struct Sheet {
    /// What is kept, each with when it was due.
    kept: Vec<(ViewFollowed, Instant)>,
    gone: Vec<ViewFollowed>,
    letters: Vec<OutboxMessage>,
}

async fn tell(
    services: &Services,
    reference: &Reference,
    (user, minute): (UserId, i32),
) -> Result<u64, Failure> {
    let now = services.now();
    let db = services.store().reader();
    let mut due = view_subscriptions::of_person(&db, user).await?;
    due.retain(|it| it.next_at <= now);
    let person = store::users::find(&db, user).await?;
    let Some(person) = person.filter(|person| person.active) else {
        // Who has no account any more is told nothing.
        let sheet = Sheet {
            gone: due,
            ..Sheet::default()
        };
        return write(services, sheet).await;
    };
    let ctx = Ctx::of(services, actor_of(reference, &person, now));
    let ids: Vec<ViewId> = due.iter().map(|it| it.view_id).collect();
    let views = store::saved_views::named(&db, &ids).await?;
    let is_morning = works(reference, now.date());
    let mut sheet = Sheet::default();
    for old in due {
        let next_at = next(reference, old.rhythm, (now, minute));
        let view = views.iter().find(|view| view.id == old.view_id);
        let was = old.next_at;
        let mut one = ViewFollowed { next_at, ..old };
        if is_morning {
            match looked(&ctx, reference, view).await? {
                Looked::Found(n, more) => {
                    (one.found, one.more, one.counted_at) = (Some(n), more, Some(now));
                }
                Looked::Gone => {
                    one.next_at = was;
                    sheet.gone.push(one);
                    continue;
                }
                Looked::Unknown => (one.found, one.more) = (None, false),
            }
        }
        if let Some(view) = view {
            one.name.clone_from(&view.name);
        }
        sheet.kept.push((one, was));
    }
    sheet.letters = letters(&ctx, (user, &sheet), now);
    write(services, sheet).await
}

/// How many tickets a view finds for somebody.
async fn looked(
    ctx: &Ctx,
    reference: &Reference,
    view: Option<&SavedView>,
) -> Result<Looked, Failure> {
    let Some(view) = view.filter(|view| view.is_for(&ctx.actor)) else {
        return Ok(Looked::Gone);
    };
    let Ok(scope) = view_scope(ctx) else {
        return Ok(Looked::Unknown);
    };
    let filter = TicketQuery::from_query(&view.query).and_then(|query| {
        answerable(&query.filter)?;
        prepared(reference, (&ctx.actor, &scope), &query.filter, ctx.now())
    });
    let (Ok(mut filter), Ok(open)) = (filter, Expr::parse(OPEN)) else {
        return Ok(Looked::Gone);
    };
    filter.expr = Some(match filter.expr.take() {
        Some(expr) => expr.and(open),
        None => open,
    });
    let db = ctx.services.store().reader();
    let tally = store::tickets::tally(&db, &scope, &filter, COUNT_CAP, ctx.now()).await;
    match tally.map_err(Failure::from) {
        Ok(tally) => Ok(Looked::Found(tally.n, tally.more)),
        Err(failure) if failure.is_outage() => Err(failure),
        Err(failure) => {
            // One view that cannot be counted keeps nobody else waiting.
            let fault = ctx.services.fault(failure);
            tracing::warn!(view.id = %view.id, fault.code = %fault.code, "a view was not counted");
            Ok(Looked::Unknown)
        }
    }
}

/// One notice of all views that find something, and one of those that are gone.
fn letters(ctx: &Ctx, (user, sheet): (UserId, &Sheet), now: Instant) -> Vec<OutboxMessage> {
    let counted = sheet.kept.iter().filter_map(|(one, _)| {
        let n = one
            .found
            .filter(|n| *n > 0 && one.counted_at == Some(now))?;
        let more = if one.more { "+" } else { "" };
        Some(format!("{} {n}{more}", one.name))
    });
    let gone = sheet.gone.iter().map(|one| one.name.clone());
    let said = [
        (NoticeKind::ViewsCounted, counted.collect::<Vec<_>>()),
        (NoticeKind::ViewsBroken, gone.collect()),
    ];
    let audience = Audience::Person(user);
    let letter = |(kind, names): (NoticeKind, Vec<String>)| {
        let first: Vec<String> = names.iter().take(NAMED).cloned().collect();
        let rest = if names.len() > NAMED { "; …" } else { "" };
        let told = Told {
            kind,
            no: format!("{}{rest}", first.join("; ")),
            approval: None,
            by: None,
        };
        let subject = Subject {
            ticket: None,
            region: ctx.actor.region.as_deref().unwrap_or_default(),
        };
        message(&audience, &told, subject, (ctx.services.new_id(), now))
    };
    let said = said.into_iter().filter(|(_, names)| !names.is_empty());
    said.map(letter).collect()
}

/// Writes it, unless another server was faster.
async fn write(services: &Services, sheet: Sheet) -> Result<u64, Failure> {
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let sheet = sheet.clone();
            Box::pin(async move {
                let mut count = 0;
                for (one, was) in &sheet.kept {
                    let is_first = view_subscriptions::told(tx, one, *was).await?;
                    count += u64::from(is_first);
                }
                for one in &sheet.gone {
                    let is_first = view_subscriptions::give_up(tx, one).await?;
                    count += u64::from(is_first);
                }
                if count > 0 {
                    for letter in &sheet.letters {
                        store::outbox::put(tx, letter).await?;
                    }
                }
                Ok(count)
            })
        })
        .await
}
