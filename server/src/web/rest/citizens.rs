//! A citizen's account for programs such as a city's app: the code, the session, the own requests and what is done with them, and acting for an
//! organisation. Deliberately absent: the look-up by query code (`public`), staff's tokens, which open nothing here.
//! A token of a citizen opens nothing of staff.

use axum::{
    Json,
    extract::{FromRequest as _, FromRequestParts, Request, State},
    http::{StatusCode, request::Parts},
};
use serde::Serialize;
use services::{
    Ctx, citizens, tickets,
    tries::{self, Try},
};
use shared::{
    calendar::Instant,
    citizen::{
        AskCode, CitizenSignIn, CitizenView, OwnPage, OwnRequest,
        mandate::{AskMandate, MandateView, OwnMandates},
        own_data::OwnData,
        wish::{AskCorrection, AskErasure, WishView},
    },
    command::Sent,
    fault::{Check, Code, Fault},
    ids::{MandateId, WishId},
    ticket::{
        TicketNo,
        command::Register,
        verbs::{Rate, Reopen, Urge},
        view::{PublicTicket, Registered},
    },
};

use super::{
    Answer, Refused,
    caller::{Visitor, bearer},
    doors,
    read::{Body, Id, Pairs, Read},
};
use crate::web::{Web, locale};

/// A citizen with a good token.
pub struct Citizen(pub Ctx);

impl Citizen {
    fn refuse(&self, fault: Fault) -> Refused {
        Refused::new(fault, self.0.locale)
    }

    /// What a call came to, as it is sent.
    fn answer<T>(&self, done: Result<T, Fault>) -> Answer<T> {
        done.map(Json).map_err(|fault| self.refuse(fault))
    }
}

impl FromRequestParts<Web> for Citizen {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Refused> {
        let refused = |fault: Fault| Refused::new(fault, locale::wished(&parts.headers));
        let token = bearer(&parts.headers).ok_or_else(|| refused(Fault::new(Code::SignedOut)))?;
        let known = citizens::authenticate(&web.services, token).await;
        let known = known.map_err(refused)?;
        // A good token of staff is none of a citizen's, and is told so.
        let staff = match known {
            Some(_) => None,
            None => services::sessions::authenticate(&web.services, token)
                .await
                .ok(),
        };
        let Visitor(mut ctx) = Visitor::from_request_parts(parts, web).await?;
        match (known, staff) {
            (Some(known), _) => ctx.of_citizen(known),
            (None, Some(staff)) => {
                ctx.actor = staff.actor;
                ctx.session = Some(staff.session);
            }
            (None, None) => {}
        }
        let refused = |fault: Fault| Refused::new(fault, ctx.locale);
        doors::ask(parts, &ctx).await.map_err(refused)?;
        Ok(Self(ctx))
    }
}

/// Send a code
///
/// Six digits by text message, good for five minutes, five tries and once. The answer is the same for every number; another one is sent after a
/// minute at the earliest.
#[utoipa::path(
    post, path = "/citizen/codes", tag = "citizens", request_body = AskCode, security(()),
    responses((status = 204, description = "It is on its way"))
)]
pub async fn code(
    Visitor(ctx): Visitor,
    State(web): State<Web>,
    request: Request,
) -> Result<StatusCode, Refused> {
    let refused = |fault| Refused::new(fault, ctx.locale);
    tries::count(&ctx, Try::SignIn).await.map_err(refused)?;
    let Read(command) = Read::<AskCode>::from_request(request, &web).await?;
    citizens::ask(&ctx, command).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}

/// A token for the header `Authorization: Bearer …`.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct CitizenToken {
    /// The bearer token.
    access_token: String,
    /// When it ends if it is not used; each use begins that time anew.
    expires_at: Instant,
}

/// Sign in with a code
///
/// The first time with `agree`: without it the answer is `citizen.agree`, and the code stays good.
#[utoipa::path(
    post, path = "/citizen/sessions", tag = "citizens", request_body = CitizenSignIn, security(()),
    responses((status = 201, description = "Signed in", body = CitizenToken))
)]
pub async fn sign_in(
    Visitor(ctx): Visitor,
    State(web): State<Web>,
    request: Request,
) -> Result<(StatusCode, Json<CitizenToken>), Refused> {
    let refused = |fault| Refused::new(fault, ctx.locale);
    tries::count(&ctx, Try::SignIn).await.map_err(refused)?;
    let Read(command) = Read::<CitizenSignIn>::from_request(request, &web).await?;
    let signed_in = citizens::sign_in(&ctx, command).await.map_err(refused)?;
    let token = CitizenToken {
        access_token: signed_in.token,
        expires_at: signed_in.ends_at,
    };
    Ok((StatusCode::CREATED, Json(token)))
}

/// Sign out
///
/// Ends the session of the token.
#[utoipa::path(
    delete, path = "/citizen/sessions", tag = "citizens",
    responses((status = 204, description = "It has ended"))
)]
pub async fn sign_out(citizen: Citizen) -> Result<StatusCode, Refused> {
    let done = citizens::sign_out(&citizen.0).await;
    done.map_err(|fault| citizen.refuse(fault))?;
    Ok(StatusCode::NO_CONTENT)
}

/// The account
///
/// Its number masked, and how many sessions it has.
#[utoipa::path(
    get, path = "/citizen/account", tag = "citizens",
    responses((status = 200, description = "The account", body = CitizenView))
)]
pub async fn account(citizen: Citizen) -> Answer<CitizenView> {
    citizen.answer(citizens::view(&citizen.0).await)
}

/// List the own requests
///
/// Those whose contact is the account's number, the newest first. Of a confidential one number and state alone.
#[utoipa::path(
    get, path = "/citizen/requests", tag = "citizens",
    params(("cursor" = Option<String>, Query, description = "next_cursor of the page before")),
    responses((status = 200, description = "A page of them", body = OwnPage))
)]
pub async fn list(citizen: Citizen, pairs: Pairs) -> Answer<OwnPage> {
    let page = async {
        let [cursor] = pairs.single(["cursor"])?;
        citizens::list(&citizen.0, cursor.as_deref()).await
    };
    citizen.answer(page.await)
}

/// What is kept about the citizen
///
/// Account, consent, what each request holds, and who looked at it in the clear, by role and unit. Identity numbers are masked.
#[utoipa::path(
    get, path = "/citizen/data", tag = "citizens",
    params(("cursor" = Option<String>, Query, description = "next_cursor of the page before")),
    responses((status = 200, description = "A page of it", body = OwnData))
)]
pub async fn data(citizen: Citizen, pairs: Pairs) -> Answer<OwnData> {
    let page = async {
        let [cursor] = pairs.single(["cursor"])?;
        citizens::own_data(&citizen.0, cursor.as_deref()).await
    };
    citizen.answer(page.await)
}

/// One of the own requests
///
/// As the citizen sees it. A confidential one is found by its query code alone (`POST /public/lookup`).
#[utoipa::path(
    get, path = "/citizen/requests/{no}", tag = "citizens",
    params(("no" = String, Path, description = "The ticket's number")),
    responses((status = 200, description = "The request", body = OwnRequest))
)]
pub async fn get(citizen: Citizen, Id(no): Id<TicketNo>) -> Answer<OwnRequest> {
    let found = citizens::follow(&citizen.0, &no).await;
    let view = found.map(|(ticket, own)| OwnRequest {
        ticket,
        place: own.place,
        content: own.content,
    });
    citizen.answer(view)
}

/// File a request
///
/// By the citizen, for himself or, with `mandate`, for an organisation. A repeated `Idempotency-Key` with the same body gives the same answer. The
/// query code is shown here once.
#[utoipa::path(
    post, path = "/citizen/requests", tag = "citizens", request_body = Register, params(
        ("Idempotency-Key" = Option<String>, Header, description = "1 to 128 visible ASCII characters, made by the caller for this request"),
    ),
    responses((status = 201, description = "Registered, now or under this key before", body = Registered))
)]
pub async fn file(
    citizen: Citizen,
    Read(command): Read<Register>,
) -> Result<(StatusCode, Json<Registered>), Refused> {
    let counted = tries::count(&citizen.0, Try::Filing).await;
    counted.map_err(|fault| citizen.refuse(fault))?;
    let done = tickets::register(&citizen.0, command).await;
    let done = done.map_err(|fault| citizen.refuse(fault))?;
    Ok((StatusCode::CREATED, Json(done)))
}

/// For which organisations the citizen acts
///
/// The mandates, the newest first, and the cities whose offices decide.
#[utoipa::path(
    get, path = "/citizen/mandates", tag = "citizens",
    responses((status = 200, description = "The mandates", body = OwnMandates))
)]
pub async fn mandates(citizen: Citizen) -> Answer<OwnMandates> {
    citizen.answer(citizens::mandates::mine(&citizen.0).await)
}

/// Ask to act for an organisation
///
/// The office of the city decides; the answer comes by text message.
#[utoipa::path(
    post, path = "/citizen/mandates", tag = "citizens", request_body = AskMandate,
    responses((status = 201, description = "It waits to be decided", body = MandateView))
)]
pub async fn ask_mandate(
    citizen: Citizen,
    Read(command): Read<AskMandate>,
) -> Result<(StatusCode, Json<MandateView>), Refused> {
    let counted = tries::count(&citizen.0, Try::Filing).await;
    counted.map_err(|fault| citizen.refuse(fault))?;
    let asked = citizens::mandates::ask(&citizen.0, command).await;
    let asked = asked.map_err(|fault| citizen.refuse(fault))?;
    Ok((StatusCode::CREATED, Json(asked)))
}

/// Stop acting for an organisation
///
/// Takes back what waits, or ends what holds.
#[utoipa::path(
    post, path = "/citizen/mandates/{id}/end", tag = "citizens",
    params(("id" = MandateId, Path, description = "The mandate's id")),
    responses((status = 200, description = "The mandate", body = MandateView))
)]
pub async fn end_mandate(citizen: Citizen, Id(id): Id<MandateId>) -> Answer<MandateView> {
    citizen.answer(citizens::mandates::end_own(&citizen.0, id).await)
}

/// Urge
///
/// Once per working day.
#[utoipa::path(
    post, path = "/citizen/requests/{no}/urge", tag = "citizens", request_body = Urge,
    params(("no" = String, Path, description = "The ticket's number")),
    responses((status = 200, description = "The request", body = PublicTicket))
)]
pub async fn urge(
    citizen: Citizen,
    Id(no): Id<TicketNo>,
    Read(command): Read<Urge>,
) -> Answer<PublicTicket> {
    citizen.answer(citizens::urge(&citizen.0, no, command).await)
}

/// Ask to reopen
///
/// With a new fact, within some days after the closing.
#[utoipa::path(
    post, path = "/citizen/requests/{no}/reopen", tag = "citizens", request_body = Reopen,
    params(("no" = String, Path, description = "The ticket's number")),
    responses((status = 200, description = "The request", body = PublicTicket))
)]
pub async fn reopen(
    citizen: Citizen,
    Id(no): Id<TicketNo>,
    Read(command): Read<Reopen>,
) -> Answer<PublicTicket> {
    citizen.answer(citizens::reopen(&citizen.0, no, command).await)
}

/// Rate
///
/// The first and the latest answer are kept.
#[utoipa::path(
    post, path = "/citizen/requests/{no}/rate", tag = "citizens", request_body = Rate,
    params(("no" = String, Path, description = "The ticket's number")),
    responses((status = 200, description = "The request", body = PublicTicket))
)]
pub async fn rate(
    citizen: Citizen,
    Id(no): Id<TicketNo>,
    Read(command): Read<Rate>,
) -> Answer<PublicTicket> {
    citizen.answer(citizens::rate(&citizen.0, no, command).await)
}

/// Why a request is taken back.
#[derive(Debug, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeBack {
    /// In the citizen's words, at most 500 characters.
    #[serde(default)]
    reason: Option<String>,
}

/// Take back
///
/// Before a unit has answered.
#[utoipa::path(
    post, path = "/citizen/requests/{no}/withdraw", tag = "citizens", request_body = TakeBack,
    params(("no" = String, Path, description = "The ticket's number")),
    responses((status = 200, description = "The request", body = PublicTicket))
)]
pub async fn withdraw(
    citizen: Citizen,
    Id(no): Id<TicketNo>,
    Body(said): Body<TakeBack>,
) -> Answer<PublicTicket> {
    let done = async {
        let pairs = [("reason".to_owned(), said.reason.unwrap_or_default())];
        let mut check = Check::default();
        let reason = Sent::form(&pairs).field("reason", &mut check);
        check.finish()?;
        citizens::withdraw(&citizen.0, no, reason.flatten()).await
    };
    citizen.answer(done.await)
}

/// Ask for a correction of the own data
///
/// Name, number or e-mail address in one of the own requests. The centre does it or says why not, within its term; the answer comes by text message.
#[utoipa::path(
    post, path = "/citizen/requests/{no}/correction", tag = "citizens", request_body = AskCorrection,
    params(("no" = String, Path, description = "The ticket's number")),
    responses((status = 201, description = "It waits for its answer", body = WishView))
)]
pub async fn ask_correction(
    citizen: Citizen,
    Id(no): Id<TicketNo>,
    Read(command): Read<AskCorrection>,
) -> Result<(StatusCode, Json<WishView>), Refused> {
    let counted = tries::count(&citizen.0, Try::Filing).await;
    counted.map_err(|fault| citizen.refuse(fault))?;
    let asked = citizens::wishes::correct(&citizen.0, &no, command).await;
    let asked = asked.map_err(|fault| citizen.refuse(fault))?;
    Ok((StatusCode::CREATED, Json(asked)))
}

/// Ask for an erasure of the own data
///
/// Of one of the own requests, once that is closed. The centre does it or says why not, within its term; the answer comes by text message.
#[utoipa::path(
    post, path = "/citizen/requests/{no}/erasure", tag = "citizens", request_body = AskErasure,
    params(("no" = String, Path, description = "The ticket's number")),
    responses((status = 201, description = "It waits for its answer", body = WishView))
)]
pub async fn ask_erasure(
    citizen: Citizen,
    Id(no): Id<TicketNo>,
    Read(command): Read<AskErasure>,
) -> Result<(StatusCode, Json<WishView>), Refused> {
    let counted = tries::count(&citizen.0, Try::Filing).await;
    counted.map_err(|fault| citizen.refuse(fault))?;
    let asked = citizens::wishes::erase(&citizen.0, &no, command).await;
    let asked = asked.map_err(|fault| citizen.refuse(fault))?;
    Ok((StatusCode::CREATED, Json(asked)))
}

/// Take back what was asked about the own data
///
/// While it waits for its answer.
#[utoipa::path(
    post, path = "/citizen/wishes/{id}/take-back", tag = "citizens",
    params(("id" = WishId, Path, description = "The wish's id")),
    responses((status = 200, description = "The wish", body = WishView))
)]
pub async fn take_back_wish(citizen: Citizen, Id(id): Id<WishId>) -> Answer<WishView> {
    citizen.answer(citizens::wishes::take_back(&citizen.0, id).await)
}
