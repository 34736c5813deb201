//! The plan of a unit (任务排程): load of each person, its open parts with who does them when, and what of that clashes. Who plans sees the whole
//! unit, everybody else what is his own.
//! Not here: planning, which is a verb on a part (`tickets::verbs::parts::plan`), what a clash is (`shared::ticket::plan`).

use std::collections::HashMap;

use shared::access::{Permission, needs};
use shared::account::stand_in::StandInState;
use shared::calendar::{Instant, WorkCalendar, day, day_start, days_after};
use shared::fault::{Code, Fault};
use shared::ids::{AssignmentId, TicketId, UserId};
use shared::organisation::Unit;
use shared::ticket::Verb;
use shared::ticket::plan::{PersonLoad, PlanClash, PlanFacts, PlanItem, PlanPage, PlannedView};
use shared::ticket::view::{ColleagueView, Named};
use store::Conn;
use store::record::{Assignment, Ticket};
use store::tickets::plan::{self, Wanted};
use store::users::User;

use crate::context::Ctx;
use crate::fault::Settle;
use crate::paging;
use crate::reference::Reference;
use crate::sessions::actor_of;
use crate::views::show::Eye;
use crate::views::sight::hush;
use crate::watch;

/// Parts of a page.
pub const PAGE: u32 = 50;
/// Most of a page.
const MOST: u32 = 200;
/// Units to choose from at most.
const UNITS: usize = 200;
/// People of one unit who are looked at.
const PEOPLE: u32 = 500;

/// Which plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlanQuery {
    /// Code of the unit; the own one where absent.
    pub unit: Option<String>,
    /// Opaque; from the page before.
    pub cursor: Option<String>,
    /// 1 to 200.
    pub limit: u32,
}

/// The plan of the own unit, or of one below it for who plans there.
///
/// # Errors
/// `access.denied`; `not_found` for a unit out of reach; `input.cursor`; `input.number` for a limit out of range.
pub async fn page(ctx: &Ctx, query: PlanQuery) -> Result<PlanPage, Fault> {
    let object = query.unit.clone().unwrap_or_default();
    watch::watched(ctx, "plan.read", format!("unit:{object}"), read(ctx, query)).await
}

/// Where and by whom a plan is read.
struct Desk<'a> {
    ctx: &'a Ctx,
    reference: &'a Reference,
    unit: &'a Unit,
    /// Only what is this person's own; the whole unit for who plans.
    only: Option<UserId>,
}

async fn read(ctx: &Ctx, query: PlanQuery) -> Result<PlanPage, Fault> {
    ctx.ask(needs::PLANS)?;
    if !(1..=MOST).contains(&query.limit) {
        return Err(Fault::field("limit", Code::InputNumber));
    }
    let user = ctx.actor.user().ok_or_else(Fault::denied)?;
    let reference = ctx.services.reference().await?;
    let asked = query.unit.as_deref().filter(|code| !code.is_empty());
    let code = asked.or(ctx.actor.unit.as_deref());
    let unit = code.and_then(|code| reference.units.get(code));
    let unit = unit.ok_or_else(Fault::missing)?;
    let covers = |permission: Permission| {
        let scope = ctx.actor.scope(permission);
        scope.is_some_and(|scope| scope.covers_unit(&unit.code, &unit.path))
    };
    if !covers(Permission::AssignmentReply) {
        return Err(Fault::missing());
    }
    let may_plan = covers(Permission::AssignmentPlan);
    let desk = Desk {
        ctx,
        reference: &reference,
        unit,
        only: Some(user).filter(|_| !may_plan),
    };
    let cursor = query.cursor.as_deref().filter(|it| !it.is_empty());
    let limit = query.limit as usize;
    let wanted = Wanted {
        unit: unit.code.clone(),
        of: desk.only,
        after: cursor.map(position).transpose()?,
        limit: u64::from(query.limit) + 1,
    };
    let db = ctx.services.store().reader();
    let found = plan::of_unit(&db, &wanted).await;
    let mut found = found.settle(&ctx.services)?;
    let next_cursor =
        paging::cut(&mut found, limit).map(|it| format!("{}.{}", it.planned_day, it.id));
    let users = store::users::of_units(&db, &unit.path, PEOPLE).await;
    let users = desk.people(users.settle(&ctx.services)?);
    let away = desk.away(&db, &users).await?;
    let choice = |user: &User| ColleagueView {
        username: user.username.clone(),
        name: user.name.clone(),
    };
    Ok(PlanPage {
        unit: reference.unit(&unit.code),
        units: units(ctx, &reference),
        may_plan,
        people: desk.loads(&db, (&users, &away)).await?,
        choices: users.iter().filter(|_| may_plan).map(choice).collect(),
        most: reference.day_most,
        items: desk.items(&db, &found, &away).await?,
        next_cursor,
    })
}

/// Units whose plan the actor makes, in the order of their places in the tree.
fn units(ctx: &Ctx, reference: &Reference) -> Vec<Named> {
    let Some(scope) = ctx.actor.scope(Permission::AssignmentPlan) else {
        return Vec::new();
    };
    let all = reference.units.values();
    let mut all: Vec<&Unit> = all
        .filter(|unit| unit.active && scope.covers_unit(&unit.code, &unit.path))
        .collect();
    all.sort_by_cached_key(|unit| unit.path.clone());
    all.truncate(UNITS);
    all.iter().map(|unit| reference.unit(&unit.code)).collect()
}

/// When people are away, each from and until.
type Away = HashMap<UserId, Vec<(Instant, Instant)>>;

impl Desk<'_> {
    /// Who of the unit does parts; of who does not plan himself alone.
    fn people(&self, users: Vec<User>) -> Vec<User> {
        let now = self.ctx.now();
        let may = |user: &User| {
            let actor = actor_of(self.reference, user, now);
            let scope = Verb::HandOver.need().scope(&actor);
            user.unit == self.unit.code
                && self.only.is_none_or(|own| own == user.id)
                && scope.is_some_and(|it| it.covers_unit(&self.unit.code, &self.unit.path))
        };
        users.into_iter().filter(may).collect()
    }

    /// When each is away: somebody stands in, and has agreed to.
    async fn away(&self, db: &dyn Conn, users: &[User]) -> Result<Away, Fault> {
        let now = self.ctx.now();
        let mut away = Away::new();
        for user in users {
            let there = store::life::stand_ins_of(db, user.id, now).await;
            let there = there.settle(&self.ctx.services)?.into_iter();
            let own = there.filter(|it| it.user_id == user.id && it.state == StandInState::Agreed);
            let spans = own.map(|it| (it.from_at, it.until_at)).collect();
            away.insert(user.id, spans);
        }
        Ok(away)
    }

    async fn loads(
        &self,
        db: &dyn Conn,
        (users, away): (&[User], &Away),
    ) -> Result<Vec<PersonLoad>, Fault> {
        let now = self.ctx.now();
        let tomorrow = day_start(days_after(now.date(), 1));
        let found = plan::load(db, &self.unit.code, (now, tomorrow)).await;
        let found = found.settle(&self.ctx.services)?;
        let is_away = |user: UserId| {
            let mut spans = away.get(&user).into_iter().flatten();
            let span = spans.find(|(from, until)| *from <= now && now < *until);
            span.map(|(_, until)| *until)
        };
        let of = |user: Option<UserId>, name: String| {
            let load = found.iter().find(|it| it.user == user);
            PersonLoad {
                user,
                name,
                open: load.map_or(0, |it| it.open),
                today: load.map_or(0, |it| it.today),
                overdue: load.map_or(0, |it| it.overdue),
                hours: load.map_or(0, |it| it.hours),
                away_until: user.and_then(is_away),
            }
        };
        let mut all: Vec<PersonLoad> = users
            .iter()
            .map(|user| of(Some(user.id), user.name.clone()))
            .collect();
        if self.only.is_none() && found.iter().any(|it| it.user.is_none()) {
            all.push(of(None, String::new()));
        }
        Ok(all)
    }

    async fn items(
        &self,
        db: &dyn Conn,
        found: &[Assignment],
        away: &Away,
    ) -> Result<Vec<PlanItem>, Fault> {
        let scope = self.ctx.reach(needs::TICKETS)?;
        let ids: Vec<TicketId> = found.iter().map(|part| part.ticket_id).collect();
        let tickets = store::todo::tickets(db, &scope, &ids).await;
        let tickets = tickets.settle(&self.ctx.services)?;
        let tickets: HashMap<TicketId, Ticket> = tickets
            .into_iter()
            .map(|ticket| (ticket.id, ticket))
            .collect();
        let today = self.ctx.now().date().to_string();
        let days = plan::days(db, &self.unit.code, &today).await;
        let days = days.settle(&self.ctx.services)?;
        let eye = Eye::of(self.ctx, self.reference);
        let hours = self.reference.hours.of_unit(&self.unit.code);
        let item = |part: &Assignment| {
            let planned = planned(part);
            let same_day = planned.as_ref().map_or(0, |it| {
                let mut same = days.iter();
                let same = same.find(|(user, day, _)| *user == it.user && *day == it.day);
                same.map_or(0, |(_, _, n)| *n)
            });
            let clashes = planned.as_ref().map_or_else(Vec::new, |it| {
                self.clashes(part, it, (hours, away, same_day))
            });
            let item = PlanItem {
                assignment: part.id,
                version: part.version,
                status: part.status,
                ticket: eye.row(tickets.get(&part.ticket_id)?),
                due_at: part.due_at,
                responsible: part.responsible_name.clone(),
                planned,
                clashes,
            };
            Some(hush::always(item))
        };
        Ok(found.iter().filter_map(item).collect())
    }

    fn clashes(
        &self,
        part: &Assignment,
        planned: &PlannedView,
        (hours, away, same_day): (&WorkCalendar, &Away, i64),
    ) -> Vec<PlanClash> {
        let Some(date) = day(&planned.day) else {
            return Vec::new();
        };
        let (from, until) = (day_start(date), day_start(days_after(date, 1)));
        let mut spans = away.get(&planned.user).into_iter().flatten();
        let facts = PlanFacts {
            day: date,
            today: self.ctx.now().date(),
            due: part.due_at,
            works: hours.is_working_day(date).unwrap_or(true),
            away: spans.any(|(begins, ends)| *begins < until && from < *ends),
            same_day,
            most: self.reference.day_most,
        };
        facts.clashes()
    }
}

/// Who does a part, and when; nothing where that is not planned.
pub(crate) fn planned(part: &Assignment) -> Option<PlannedView> {
    Some(PlannedView {
        user: part.planned_for?,
        name: part.planned_name.clone().unwrap_or_default(),
        day: part.planned_day.clone(),
        day_part: part.planned_part?,
        hours: part.planned_hours,
        note: part.planned_note.clone(),
    })
}

fn position(cursor: &str) -> Result<(String, AssignmentId), Fault> {
    let read = || {
        let (before, id) = cursor.split_once('.')?;
        let is_day = before.is_empty() || day(before).is_some();
        is_day.then_some((before.to_owned(), id.parse().ok()?))
    };
    read().ok_or_else(paging::wrong)
}
