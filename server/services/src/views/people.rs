//! The people at a ticket's parts: who acts for a responsible person who is away, and to whom a part can be handed over.
//! Not here: who is responsible (`parts`), handing over (`tickets::verbs::parts`).

use shared::account::stand_in::StandInState;
use shared::ids::UserId;
use shared::ticket::Verb;
use shared::ticket::view::{AssignmentView, ColleagueView, TicketDetail};
use store::Conn;
use store::record::TicketCase;

use crate::context::Ctx;
use crate::fault::Failure;
use crate::reference::Reference;
use crate::sessions::actor_of;

/// People of one unit who are looked at.
const MOST: u32 = 500;

/// The detail with the people at its parts.
pub(super) async fn named(
    ctx: &Ctx,
    reference: &Reference,
    case: &TicketCase,
    mut detail: TicketDetail,
) -> Result<TicketDetail, Failure> {
    let db = ctx.services.store().reader();
    for part in &mut detail.assignments {
        let is_open = part.status.is_open();
        if let Some(responsible) = part.responsible.as_mut().filter(|_| is_open) {
            responsible.stand_in = stand_in(ctx, &db, responsible.id).await?;
        }
        if part.actions.contains(&Verb::HandOver) {
            part.colleagues = colleagues(ctx, (&db, reference), (case, false), part).await?;
        }
        if part.actions.contains(&Verb::Plan) {
            part.plan.people = colleagues(ctx, (&db, reference), (case, true), part).await?;
        }
    }
    Ok(detail)
}

/// Who acts for somebody now.
async fn stand_in(ctx: &Ctx, conn: &dyn Conn, user: UserId) -> Result<Option<String>, Failure> {
    let now = ctx.now();
    let there = store::life::stand_ins_of(conn, user, now).await?;
    let mut there = there.into_iter();
    let acts = there
        .find(|it| it.user_id == user && it.state == StandInState::Agreed && it.from_at <= now);
    Ok(acts.map(|it| it.other_name))
}

/// Who else of the unit may answer for a part; or everybody who may, whoever answers for it included.
async fn colleagues(
    ctx: &Ctx,
    (conn, reference): (&dyn Conn, &Reference),
    (case, everybody): (&TicketCase, bool),
    part: &AssignmentView,
) -> Result<Vec<ColleagueView>, Failure> {
    let mut parts = case.assignments.iter();
    let Some(kept) = parts.find(|it| it.id == part.id) else {
        return Ok(Vec::new());
    };
    let users = store::users::of_units(conn, &kept.unit_path, MOST).await?;
    let now = ctx.now();
    let may = |user: &store::users::User| {
        let actor = actor_of(reference, user, now);
        let scope = Verb::HandOver.need().scope(&actor);
        user.unit == kept.unit
            && (everybody || kept.responsible != Some(user.id))
            && scope.is_some_and(|scope| scope.covers_unit(&kept.unit, &kept.unit_path))
    };
    let found = users.into_iter().filter(may);
    Ok(found
        .map(|user| ColleagueView {
            username: user.username,
            name: user.name,
        })
        .collect())
}
