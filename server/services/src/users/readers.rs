//! Who can see a ticket, and why: the people with a post that reaches it, each judged by the same functions that judge when they ask themselves.
//! Not here: finding the posts (`store::readers`), the decisions (`shared::access`, `tickets::rights`, `views::sight`).
//! The ticket's contents stay away: number and state are all that is told of it.

use std::collections::BTreeSet;

use shared::access::{Actor, Area, Permission, PersonalField, PostState, needs};
use shared::account::life::AccountState;
use shared::account::posts::RightWay;
use shared::account::readers::{KeptOut, ReaderPage, ShownField, TicketReader};
use shared::command::Part as _;
use shared::fault::{Code, Fault, FieldFault};
use shared::ticket::TicketNo;
use store::readers::Reachable;
use store::record::TicketCase;
use store::users::User;

use super::rights::name_of;
use crate::context::Ctx;
use crate::fault::Settle;
use crate::paging;
use crate::reference::Reference;
use crate::sessions::rules::Rules;
use crate::sessions::{actor_of, place_of};
use crate::tickets::rights;
use crate::views::sight::{self, Sight};
use crate::watch::{looked, watched};

/// People of one page, unless another number is asked for.
pub const PAGE: u32 = 50;
/// Most of a page.
pub const MOST: u32 = 200;
/// Name of the action in the audit.
const ACTION: &str = "ticket.readers";

/// Which ticket, and which page.
#[derive(Debug, Clone)]
pub struct LookAt {
    /// The ticket's number as it was typed.
    pub ticket_no: String,
    /// Where the page begins.
    pub cursor: Option<String>,
    /// How many at most.
    pub limit: u32,
}

impl LookAt {
    /// The first page for a number.
    pub fn first(ticket_no: String) -> Self {
        Self {
            ticket_no,
            cursor: None,
            limit: PAGE,
        }
    }
}

/// A page of the people who have a post that reaches a ticket, by sign-in name.
///
/// # Errors
/// `access.denied`; `input.required` or `input.code` at `ticket_no`; `not_found` outside the caller's reach; `input.number` at `limit`.
pub async fn page(ctx: &Ctx, look: LookAt) -> Result<ReaderPage, Fault> {
    watched(ctx, ACTION, "tickets", found(ctx, look)).await
}

async fn found(ctx: &Ctx, look: LookAt) -> Result<ReaderPage, Fault> {
    ctx.ask(needs::READERS)?;
    if !(1..=MOST).contains(&look.limit) {
        return Err(Fault::field("limit", Code::InputNumber));
    }
    let case = case(ctx, &look.ticket_no).await?;
    looked(ctx, ACTION, &case.ticket, false).await?;
    let reference = ctx.services.reference().await?;
    let db = ctx.services.store().reader();
    let roles = store::roles::all(&db).await.settle(&ctx.services)?;
    let roles: Vec<_> = roles.into_iter().map(|role| role.spec).collect();
    let limit = look.limit as usize;
    let cursor = look.cursor.as_deref().filter(|cursor| !cursor.is_empty());
    let mut people = store::readers::page(
        &db,
        (Permission::TicketView, &roles),
        &reachable(&reference, &case),
        (cursor, limit as u64 + 1),
    )
    .await
    .settle(&ctx.services)?;
    let next_cursor = paging::cut(&mut people, limit).map(|user| user.username.clone());
    let judge = Judge {
        ctx,
        reference: &reference,
        case: &case,
        rules: ctx.services.sign_in_rules().await?,
    };
    Ok(ReaderPage {
        ticket_no: case.ticket.ticket_no.clone(),
        state: case.ticket.state,
        discreet: rights::is_discreet(&case.ticket),
        items: people
            .iter()
            .filter_map(|user| judge.reader(user))
            .collect(),
        next_cursor,
    })
}

/// The ticket of a number in the caller's reach.
async fn case(ctx: &Ctx, typed: &str) -> Result<TicketCase, Fault> {
    let no = TicketNo::of_text(typed).map_err(|wrong| {
        let facts = wrong.facts.into_iter();
        Fault::fields(vec![FieldFault {
            field: "ticket_no".to_owned(),
            code: wrong.code,
            facts: facts.map(|(name, it)| (name.to_owned(), it)).collect(),
        }])
    })?;
    let scope = ctx.reach(needs::READERS)?;
    let db = ctx.services.store().reader();
    let id = store::tickets::find_by_no(&db, &scope, &no)
        .await
        .settle(&ctx.services)?
        .ok_or_else(Fault::missing)?;
    store::tickets::case::load(&db, &scope, id)
        .await
        .settle(&ctx.services)?
        .ok_or_else(Fault::missing)
}

/// The ticket as posts reach it.
fn reachable(reference: &Reference, case: &TicketCase) -> Reachable {
    let parts = rights::units(case);
    let chain: BTreeSet<&str> = parts
        .iter()
        .flat_map(|(code, path)| path.split('/').chain([*code]))
        .filter(|code| !code.is_empty())
        .collect();
    let units: BTreeSet<&str> = parts.iter().map(|(code, _)| *code).collect();
    let regions: BTreeSet<&str> = reference
        .units
        .values()
        .map(|unit| unit.region.as_str())
        .filter(|region| Area::of(region).covers(&case.ticket.region))
        .collect();
    let owned = |codes: BTreeSet<&str>| codes.into_iter().map(str::to_owned).collect();
    Reachable {
        by: case.ticket.accepted_by,
        units: owned(units),
        chain: owned(chain),
        regions: owned(regions),
    }
}

/// Judges people before one ticket.
struct Judge<'a> {
    ctx: &'a Ctx,
    reference: &'a Reference,
    case: &'a TicketCase,
    rules: Rules,
}

impl Judge<'_> {
    /// Somebody, when a post really reaches the ticket.
    fn reader(&self, user: &User) -> Option<TicketReader> {
        let ways = self.ways(user);
        if ways.is_empty() {
            return None;
        }
        let actor = actor_of(self.reference, user, self.ctx.now());
        let reaches = needs::TICKETS
            .scope(&actor)
            .is_some_and(|scope| rights::covers(&scope, self.case));
        let mut kept_out: Vec<KeptOut> = self.barred(user).into_iter().collect();
        if !reaches {
            kept_out.push(KeptOut::Asleep);
        }
        let sees = kept_out.is_empty();
        let mut fields = Vec::new();
        if sees {
            let sight = Sight::of_case(&actor, self.case);
            kept_out.extend(self.partly(&actor));
            fields.extend(PersonalField::ALL.iter().map(|field| ShownField {
                field: *field,
                shown: sight.of(*field),
            }));
        }
        Some(TicketReader {
            username: user.username.clone(),
            name: user.name.clone(),
            unit_name: self.reference.unit(&user.unit).name,
            sees,
            ways,
            kept_out,
            fields,
            may_reveal: sees && sight::may_reveal(&actor, self.case),
        })
    }

    /// The posts that reach the ticket, or would if they did not sleep.
    fn ways(&self, user: &User) -> Vec<RightWay> {
        let units = rights::units(self.case);
        let seen = rights::seen(self.case, &units);
        let held = user.posts.iter().zip(user.states(self.ctx.now()));
        let way = |(post, state): (&store::posts::HeldPost, PostState)| {
            let place = place_of(self.reference, (user, self.ctx.now()), &post.row.unit);
            let scope = post.grants().of(Permission::TicketView)?;
            scope.bind(user.id, &place).covers(seen).then(|| RightWay {
                no: post.row.no,
                role_name: name_of(self.ctx, post),
                unit_name: self.reference.unit(&post.row.unit).name,
                scope,
                state,
            })
        };
        held.filter_map(way).collect()
    }

    /// What keeps the account from everything.
    fn barred(&self, user: &User) -> Option<KeptOut> {
        match user.state {
            AccountState::Frozen => Some(KeptOut::Frozen),
            _ if !user.active => Some(KeptOut::Closed),
            _ => self.rules.bars(user, self.ctx.now()).map(KeptOut::from),
        }
    }

    /// What keeps somebody who sees the ticket from parts of it.
    fn partly(&self, actor: &Actor) -> Vec<KeptOut> {
        let of_unit = needs::TICKETS
            .scope(actor)
            .is_some_and(|scope| rights::is_unit_view(&scope, self.case));
        let own_part = rights::own_part_only(actor, self.case);
        let discreet = of_unit && rights::is_discreet(&self.case.ticket);
        let sees_citizen = actor
            .scope(Permission::CitizenView)
            .is_some_and(|scope| rights::covers(&scope, self.case));
        let told = [
            (discreet, KeptOut::Confidential),
            (own_part, KeptOut::OwnPart),
            (!sees_citizen, KeptOut::Citizen),
        ];
        let told = told.into_iter().filter(|(holds, _)| *holds);
        told.map(|(_, rule)| rule).collect()
    }
}
