//! Asking people to read a published revision (阅知): whoever has a business post in its area, each once, told again until he has read it.
//! Not here: publishing (`publish`), how a notice reaches somebody (`gateway::inside`).
//! Asked again, a revision reaches whoever came since; who has read it stays as he is.

use chrono::NaiveDate;
use shared::access::{Area, Power, needs};
use shared::calendar::{Instant, day_start, days_after};
use shared::fault::{Check, Code, Fault};
use shared::ids::UserId;
use shared::notice::{Audience, NoticeKind, Told};
use shared::register::{
    Keep, ListCode, RevisionState, RuleAsked, RuleReader, RuleReaders, RuleToRead, RulesToRead,
    setting_of,
};
use store::posts::HeldPost;
use store::record::AuditEntry;
use store::register::reading::{self, RuleNotice, RuleRead};
use store::register::{Part, Revision};
use store::users::User;
use uuid::Uuid;

use super::publish::checked_note;
use super::{Desk, area_view, object, own_name};
use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle};
use crate::gateway::inside::{Subject, notice as message};
use crate::host::denied::recorded;
use crate::jobs::Done;
use crate::paging;
use crate::reference::Reference;

const DAY: i64 = 24 * 3_600_000;
/// Milliseconds of a minute.
const MINUTE: i64 = 60_000;
/// Days in which something is to be read at most.
const YEAR: u64 = 365;
/// Days after the last one, or after it was asked, after which nobody is told any more.
const LONGEST: i64 = 30;
/// People who are told in one run.
const BATCH: u64 = 200;
/// Rows of a page.
const PAGE: usize = 50;
/// One more says whether there is another page.
const AND_ONE: u64 = 51;
/// Of what was asked last.
const ASKED: u64 = 20;

/// What is asked of whom.
#[derive(Debug, Clone)]
pub(super) struct Asking {
    notice: RuleNotice,
    people: Vec<RuleRead>,
    audit: AuditEntry,
}

/// Asks the people of a published revision's area to read it, until a day where one is said.
///
/// # Errors
/// `not_found` for no published revision; at `note` `input.required` and `input.too_long`; at `read_by` `input.day`.
pub async fn ask(
    ctx: &Ctx,
    (code, area): (ListCode, &str),
    (number, note): (i32, String),
    read_by: Option<NaiveDate>,
) -> Result<Uuid, Fault> {
    let call = asked(ctx, (code, area), (number, note), read_by);
    let object = format!("register:{code}");
    recorded(ctx, ("register.ask_reading", object), call).await
}

async fn asked(
    ctx: &Ctx,
    (code, area): (ListCode, &str),
    (number, note): (i32, String),
    read_by: Option<NaiveDate>,
) -> Result<Uuid, Fault> {
    let desk = Desk::open_for(ctx, needs::PUBLISHING, (code, area)).await?;
    let mut revisions = desk.revisions.iter();
    let revision = revisions
        .find(|it| it.number == number && it.state == RevisionState::Published)
        .ok_or_else(Fault::missing)?;
    let asking = asking(ctx, (&desk.part, revision), (Some(note), read_by)).await?;
    let id = asking.notice.id;
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let asking = asking.clone();
            Box::pin(async move { keep(tx, &asking).await })
        })
        .await
        .settle(&ctx.services)?;
    Ok(id)
}

/// What asking for a revision would write.
///
/// # Errors
/// At `note` `input.required` and `input.too_long`; at `read_by` `input.day`.
pub(super) async fn asking(
    ctx: &Ctx,
    (part, revision): (&Part, &Revision),
    (note, read_by): (Option<String>, Option<NaiveDate>),
) -> Result<Asking, Fault> {
    let services = &ctx.services;
    let note = checked_note(note)?;
    let note = note.ok_or_else(|| Fault::field("note", Code::InputRequired))?;
    let due_at = read_by.map(|day| end_of(ctx, day)).transpose()?;
    let (now, db) = (ctx.now(), services.store().reader());
    let known = reading::of_revision(&db, part, revision.number).await;
    let known = known.settle(services)?;
    let notice = RuleNotice {
        id: known
            .as_ref()
            .map_or_else(|| services.ids().new_id(now), |it| it.id),
        list: part.list,
        area: part.area.clone(),
        number: revision.number,
        valid_from: revision.valid_from,
        due_at: due_at.or(known.as_ref().and_then(|it| it.due_at)),
        asked_at: known.map_or(now, |it| it.asked_at),
        note,
        asked_by: ctx.actor.user(),
        asked_by_name: own_name(ctx).unwrap_or_default(),
    };
    let people = concerned(ctx, &notice).await?;
    let mut audit = ctx.audit("register.ask_reading", object(part), "ok");
    audit
        .facts
        .insert("number".to_owned(), revision.number.to_string());
    audit
        .facts
        .insert("people".to_owned(), people.len().to_string());
    Ok(Asking {
        notice,
        people,
        audit,
    })
}

/// Writes what is asked of whom.
pub(super) async fn keep(tx: &store::Tx, asking: &Asking) -> Result<(), Failure> {
    reading::ask(tx, &asking.notice, &asking.people).await?;
    Ok(store::audit::append(tx, &asking.audit).await?)
}

/// The end of the last day for reading: today at the earliest, a year from now at the latest.
fn end_of(ctx: &Ctx, day: NaiveDate) -> Result<Instant, Fault> {
    let today = ctx.now().date();
    let last = days_after(today, YEAR);
    if (today..=last).contains(&day) {
        return Ok(day_start(days_after(day, 1)));
    }
    let mut check = Check::default();
    check.add_with(
        "read_by",
        Code::InputDay,
        &[("min", &today), ("max", &last)],
    );
    check.finish()?;
    Ok(ctx.now())
}

/// Whoever has a business post in the area now, but for who asks.
async fn concerned(ctx: &Ctx, notice: &RuleNotice) -> Result<Vec<RuleRead>, Fault> {
    let services = &ctx.services;
    let reference = services.reference().await?;
    let all = store::users::list(&services.store().reader()).await;
    let (now, own) = (ctx.now(), ctx.actor.user());
    let is_one = |user: &User| {
        let mut posts = user.in_force(now);
        user.active && own != Some(user.id) && posts.any(|post| works(&reference, post, notice))
    };
    let all = all.settle(services)?.into_iter().filter(is_one);
    let row = |user: User| RuleRead {
        user_id: user.id,
        notice_id: notice.id,
        username: user.username,
        name: user.name,
        unit: user.unit,
        remind_at: Some(now),
        read_at: None,
    };
    Ok(all.map(row).collect())
}

/// Whether a post gives business rights at a unit of the area.
fn works(reference: &Reference, post: &HeldPost, notice: &RuleNotice) -> bool {
    let unit = reference.units.get(&post.row.unit);
    let is_there = notice.area.is_empty()
        || unit.is_some_and(|unit| Area::of(&notice.area).covers(&unit.region));
    let grants = post.grants();
    is_there && grants.iter().any(|(it, _)| it.power() == Power::Business)
}

/// Tells those who have not read what they are asked to, the first time and again.
pub(crate) async fn remind(services: &Services) -> Result<Done, Failure> {
    if !services.clock_is_settled() {
        return Ok(Done::default());
    }
    let now = services.now();
    let db = services.store().reader();
    let due = reading::due(&db, now, BATCH).await?;
    if due.is_empty() {
        return Ok(Done::default());
    }
    let mut ids: Vec<Uuid> = due.iter().map(|it| it.notice_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let notices = reading::named(&db, &ids).await?;
    let more = u64::try_from(due.len()).is_ok_and(|many| many == BATCH);
    let said = store::settings::get(&db, &setting_of(Keep::READ_AGAIN.key)).await?;
    let again = i64::from(Keep::READ_AGAIN.of(said.as_deref())) * DAY;
    let said = store::settings::get(&db, &setting_of(Keep::READ_MORNING.key)).await?;
    let morning = i64::from(Keep::READ_MORNING.of(said.as_deref())) * MINUTE;
    let when = When { again, morning };
    let mut count = 0;
    for one in due {
        let notice = notices.iter().find(|it| it.id == one.notice_id).cloned();
        let Some(notice) = notice else { continue };
        let (services_in, user) = (services.clone(), one.user_id);
        services
            .store()
            .write::<_, Failure, _>(move |tx| {
                let (services, notice) = (services_in.clone(), notice.clone());
                Box::pin(async move { tell(&services, tx, user, (&notice, when)).await })
            })
            .await?;
        count += 1;
    }
    Ok(Done { count, more })
}

async fn tell(
    services: &Services,
    tx: &store::Tx,
    user: UserId,
    (notice, when): (&RuleNotice, When),
) -> Result<(), Failure> {
    let now = services.now();
    let again = next(notice, now, when);
    if !reading::told(tx, (user, notice.id), again).await? {
        return Ok(());
    }
    let told = Told {
        kind: NoticeKind::RuleToRead,
        no: format!("{}-{}", notice.list, notice.number),
        approval: None,
        by: None,
    };
    let subject = Subject {
        ticket: None,
        region: &notice.area,
    };
    let id = services.ids().new_id(now);
    let letter = message(&Audience::Person(user), &told, subject, (id, now));
    Ok(store::outbox::put(tx, &letter).await?)
}

/// When people are told again, in milliseconds.
#[derive(Debug, Clone, Copy)]
struct When {
    /// After the last time.
    again: i64,
    /// From the beginning of the last day.
    morning: i64,
}

/// When somebody is told again: after so many milliseconds, but not past the last day without a word on it; nothing once nobody waits any more.
fn next(notice: &RuleNotice, now: Instant, when: When) -> Option<Instant> {
    let last = notice.due_at.unwrap_or(notice.asked_at);
    let at = now.0 + when.again;
    // In the morning of the last day.
    let morning = notice.due_at.map(|due| due.0 - DAY + when.morning);
    let at = morning
        .filter(|morning| now.0 < *morning && *morning < at)
        .unwrap_or(at);
    (now.0 - last.0 < LONGEST * DAY).then_some(Instant(at))
}

fn own(ctx: &Ctx) -> Result<UserId, Fault> {
    ctx.ask(needs::NOTICES)?;
    ctx.actor.user().ok_or_else(Fault::denied)
}

/// What the caller is asked to read, the latest first; on the first page also how far that is read which was asked last, for who looks after the
/// lists.
///
/// # Errors
/// `input.cursor`.
pub async fn mine(ctx: &Ctx, cursor: Option<&str>) -> Result<RulesToRead, Fault> {
    let user = own(ctx)?;
    let before = cursor.map(paging::id::<Uuid>).transpose()?;
    let services = &ctx.services;
    let reference = services.reference().await?;
    let db = services.store().reader();
    let found = reading::of_person(&db, user, before, AND_ONE).await;
    let mut found = found.settle(services)?;
    let next_cursor = paging::cut(&mut found, PAGE).map(|it| it.notice_id.to_string());
    let ids: Vec<Uuid> = found.iter().map(|it| it.notice_id).collect();
    let notices = reading::named(&db, &ids).await.settle(services)?;
    let view = |read: &RuleRead| {
        let notice = notices.iter().find(|it| it.id == read.notice_id)?;
        Some(shown(&reference, notice, (read.read_at, ctx.now())))
    };
    Ok(RulesToRead {
        items: found.iter().filter_map(view).collect(),
        next_cursor,
        asked: if before.is_none() {
            lately(ctx, &reference).await?
        } else {
            Vec::new()
        },
    })
}

/// Those that were asked last in the caller's reach; nothing for who does not look after lists.
async fn lately(ctx: &Ctx, reference: &Reference) -> Result<Vec<RuleAsked>, Fault> {
    if !needs::REGISTER.is_met_by(&ctx.actor) {
        return Ok(Vec::new());
    }
    let services = &ctx.services;
    let newest = reading::newest(&services.store().reader(), ASKED).await;
    let mut all = Vec::new();
    for notice in newest.settle(services)? {
        if area_view(ctx, reference, &notice.area).is_some() {
            all.push(counted(ctx, reference, &notice).await?);
        }
    }
    Ok(all)
}

async fn counted(
    ctx: &Ctx,
    reference: &Reference,
    notice: &RuleNotice,
) -> Result<RuleAsked, Fault> {
    let services = &ctx.services;
    let counts = reading::counts(&services.store().reader(), notice.id).await;
    let (people, read) = counts.settle(services)?;
    Ok(RuleAsked {
        rule: shown(reference, notice, (None, ctx.now())),
        people,
        read,
    })
}

fn shown(
    reference: &Reference,
    notice: &RuleNotice,
    (read_at, now): (Option<Instant>, Instant),
) -> RuleToRead {
    let owner = if notice.area.is_empty() {
        reference.root_region()
    } else {
        notice.area.clone()
    };
    RuleToRead {
        id: notice.id,
        list: notice.list,
        area_name: reference.division_path(&owner),
        number: notice.number,
        note: notice.note.clone(),
        valid_from: notice.valid_from,
        asked_at: notice.asked_at,
        asked_by: notice.asked_by_name.clone(),
        due_at: notice.due_at,
        is_late: read_at.is_none() && notice.due_at.is_some_and(|due| due <= now),
        read_at,
    }
}

/// The caller has read and understood a revision; said twice, it is noted once.
///
/// # Errors
/// `not_found` for who is not asked.
pub async fn read(ctx: &Ctx, id: Uuid) -> Result<(), Fault> {
    let user = own(ctx)?;
    let services = &ctx.services;
    let has = reading::has(&services.store().reader(), user, id).await;
    if !has.settle(services)? {
        return Err(Fault::missing());
    }
    let now = ctx.now();
    let audit = ctx.audit("register.read", format!("rule_notice:{id}"), "ok");
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let audit = audit.clone();
            Box::pin(async move {
                if reading::read(tx, (user, id), now).await? {
                    store::audit::append(tx, &audit).await?;
                }
                Ok(())
            })
        })
        .await
        .settle(services)
}

/// Who is asked to read a revision, and who has, by sign-in name.
///
/// # Errors
/// `not_found` out of reach.
pub async fn readers(ctx: &Ctx, id: Uuid, cursor: Option<&str>) -> Result<RuleReaders, Fault> {
    ctx.ask(needs::REGISTER)?;
    let services = &ctx.services;
    let reference = services.reference().await?;
    let db = services.store().reader();
    let notice = reading::get(&db, id).await.settle(services)?;
    let notice = notice.filter(|it| area_view(ctx, &reference, &it.area).is_some());
    let notice = notice.ok_or_else(Fault::missing)?;
    let found = reading::people(&db, id, cursor, AND_ONE).await;
    let mut found = found.settle(services)?;
    let next = paging::cut(&mut found, PAGE).map(|it| it.username.clone());
    let view = |read: RuleRead| RuleReader {
        unit_name: reference.unit(&read.unit).name,
        username: read.username,
        name: read.name,
        read_at: read.read_at,
    };
    Ok(RuleReaders {
        asked: counted(ctx, &reference, &notice).await?,
        next_cursor: next,
        items: found.into_iter().map(view).collect(),
    })
}
