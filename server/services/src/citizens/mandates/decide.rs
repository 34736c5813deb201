//! The side of staff: who asks to act for an organisation in the reader's cities, the answer, and ending what holds.
//! Nobody decides about himself: whoever has the citizen's number or name leaves it to a colleague. The citizen is told by text message.
//! Not here: asking (`ask`). Names stand in the clear, since they are what is looked at; each look at the list is a row of the audit.

use std::borrow::Cow;

use serde::Deserialize;
use shared::access::{Permission, PersonalField, Shown, needs};
use shared::calendar::Instant;
use shared::citizen::mandate::{MandatePage, MandateShelf, MandateState, MandateView};
use shared::fault::{Code, Fault};
use shared::ids::MandateId;
use shared::notification::About;
use shared::person::{mask_phone, normalise_phone};
use shared::text::clock;
use shared::text::notification::sms::LANGUAGE;
use shared::text::notification::template::MessageCode;
use store::Tx;
use store::citizens::{self, Account};
use store::record::{Mandate, OutboxMessage};

use super::{audited, over, save, shown};
use crate::citizens::reason::reason;
use crate::citizens::told;
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::paging;
use crate::reference::Reference;
use crate::watch::{noted, watched};

/// Mandates of a page.
const PAGE: usize = 50;

/// Which mandates.
#[derive(Debug, Clone)]
pub struct LookFor {
    /// Those that wait, that hold, or that are over.
    pub shelf: MandateShelf,
    /// Where the page begins.
    pub cursor: Option<String>,
}

/// An answer.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// The version that was seen.
    pub version: i32,
    /// Whether the citizen may act for the organisation.
    pub agrees: bool,
    /// Why; needed to refuse.
    #[serde(default)]
    pub reason: Option<String>,
}

/// That one ends before its last day.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct End {
    /// The version that was seen.
    pub version: i32,
    /// Why.
    pub reason: String,
}

/// A page of those of the reader's cities: of what waits the oldest first.
///
/// # Errors
/// `access.denied`, `input.cursor`.
pub async fn list(ctx: &Ctx, look: LookFor) -> Result<MandatePage, Fault> {
    let scope = ctx.reach(needs::MANDATES)?;
    let services = &ctx.services;
    let reference = services.reference().await?;
    let db = services.store().reader();
    let after = look.cursor.filter(|cursor| !cursor.is_empty());
    let sought = citizens::Sought {
        scope,
        shelf: look.shelf,
        now: ctx.now(),
        after: after.as_deref().map(paging::read).transpose()?,
        limit: PAGE as u64 + 1,
    };
    let mut found = citizens::mandates_in(&db, &sought).await.settle(services)?;
    let next_cursor = paging::cut(&mut found, PAGE).map(|it| paging::place(it.asked_at, it.id));
    let people: Vec<_> = found.iter().map(|it| it.citizen).collect();
    let accounts = citizens::all_of(&db, &people).await.settle(services)?;
    if !found.is_empty() {
        let mut entry = ctx.audit("mandate.look", format!("mandates:{}", look.shelf), "ok");
        entry
            .facts
            .insert("count".to_owned(), found.len().to_string());
        noted(ctx, entry).await?;
    }
    let view = |mandate: Mandate| {
        let account = accounts.iter().find(|it| it.id == mandate.citizen);
        seen(ctx, &reference, mandate, account)
    };
    Ok(MandatePage {
        items: found.into_iter().map(view).collect(),
        next_cursor,
    })
}

/// As staff sees it; a class of field that the roles hide is nowhere.
fn seen(
    ctx: &Ctx,
    reference: &Reference,
    mandate: Mandate,
    account: Option<&Account>,
) -> MandateView {
    let shows = |field| {
        let right = Permission::CitizenMandates;
        ctx.actor.is_system() || ctx.actor.shows_anywhere(right, field) != Shown::Hidden
    };
    let (by, ended_by) = (
        mandate.decided_by_name.clone(),
        mandate.ended_by_name.clone(),
    );
    let view = shown(ctx, reference, mandate);
    let phone = account.map(|account| mask_phone(&account.phone));
    MandateView {
        phone: phone.filter(|_| shows(PersonalField::Phone)),
        name: if shows(PersonalField::Name) {
            view.name
        } else {
            String::new()
        },
        decided_by: by,
        ended_by,
        ..view
    }
}

/// Says yes or no.
///
/// # Errors
/// `not_found` outside the reader's cities; `mandate.decide` for one's own and for one that was decided; `input.required` at `reason`.
pub async fn decide(ctx: &Ctx, id: MandateId, said: Decision) -> Result<MandateView, Fault> {
    let act = if said.agrees {
        Act::Approve
    } else {
        Act::Refuse
    };
    let call = carried(ctx, (id, said.version), act, said.reason);
    watched(ctx, "mandate.decide", format!("mandate:{id}"), call).await
}

/// Ends one that holds.
///
/// # Errors
/// `not_found` outside the reader's cities; `mandate.decide` for one that does not hold; `input.required` at `reason`.
pub async fn end(ctx: &Ctx, id: MandateId, said: End) -> Result<MandateView, Fault> {
    let call = carried(ctx, (id, said.version), Act::End, Some(said.reason));
    watched(ctx, "mandate.end", format!("mandate:{id}"), call).await
}

/// What staff does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Approve,
    Refuse,
    End,
}

impl Act {
    const fn action(self) -> &'static str {
        match self {
            Self::Approve => "mandate.approve",
            Self::Refuse => "mandate.refuse",
            Self::End => "mandate.end",
        }
    }

    /// How it has to stand before.
    const fn before(self) -> MandateState {
        match self {
            Self::Approve | Self::Refuse => MandateState::Asked,
            Self::End => MandateState::Holds,
        }
    }

    const fn message(self) -> MessageCode {
        match self {
            Self::Approve => MessageCode::MandateApproved,
            Self::Refuse => MessageCode::MandateRefused,
            Self::End => MessageCode::MandateEnded,
        }
    }
}

async fn carried(
    ctx: &Ctx,
    at: (MandateId, i32),
    act: Act,
    reason: Option<String>,
) -> Result<MandateView, Fault> {
    ctx.ask(needs::MANDATES)?;
    let reason = self::reason(reason.as_deref(), act != Act::Approve)?;
    let services = &ctx.services;
    let reference = services.reference().await?;
    let (ctx_in, reference_in) = (ctx.clone(), reference.clone());
    let (mandate, account) = services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (ctx, reference, reason) = (ctx_in.clone(), reference_in.clone(), reason.clone());
            Box::pin(async move {
                let (mut mandate, account) = found(&ctx, tx, at, act).await?;
                changed(&ctx, tx, &mut mandate, (act, reason)).await?;
                if let Some(account) = &account {
                    let message = message(&ctx, &reference, (&mandate, act), account);
                    store::outbox::put(tx, &message).await?;
                }
                let entry = audited(&ctx, act.action(), &mandate);
                store::audit::append(tx, &[entry]).await?;
                Ok((mandate, account))
            })
        })
        .await
        .settle(services)?;
    Ok(seen(ctx, &reference, mandate, account.as_ref()))
}

/// The mandate with its account, where the caller may do this with it.
async fn found(
    ctx: &Ctx,
    tx: &Tx,
    (id, version): (MandateId, i32),
    act: Act,
) -> Result<(Mandate, Option<Account>), Failure> {
    let scope = ctx.reach(needs::MANDATES)?;
    let found = citizens::mandate_in(tx, &scope, id).await?;
    let mandate = found.ok_or_else(Fault::missing)?;
    let stands = mandate.state.at(mandate.ends_at, ctx.now());
    if mandate.version != version || stands != act.before() {
        return Err(over().into());
    }
    let account = citizens::find(tx, mandate.citizen).await?;
    if act != Act::End && is_own(ctx, tx, &mandate, account.as_ref()).await? {
        return Err(Fault::new(Code::MandateDecide).fact("why", "own").into());
    }
    Ok((mandate, account))
}

/// Whether it may be the caller's own: the same name, or the number to which the caller's notices go.
async fn is_own(
    ctx: &Ctx,
    tx: &Tx,
    mandate: &Mandate,
    account: Option<&Account>,
) -> Result<bool, Failure> {
    let Some(user) = ctx.actor.user() else {
        return Ok(false);
    };
    let plain = |name: &str| name.split_whitespace().collect::<String>();
    if plain(&ctx.actor.name) == plain(&mandate.words.name) {
        return Ok(true);
    }
    let settings = store::notices::settings(tx, user).await?;
    let own = settings.mobile.map(|mobile| normalise_phone(&mobile));
    Ok(own.is_some() && own == account.map(|account| normalise_phone(&account.phone)))
}

async fn changed(
    ctx: &Ctx,
    tx: &Tx,
    mandate: &mut Mandate,
    (act, reason): (Act, Option<String>),
) -> Result<(), Failure> {
    let (now, name) = (ctx.now(), told::by(ctx));
    mandate.reason = reason;
    if act == Act::End {
        mandate.state = MandateState::Ended;
        mandate.ended_at = Some(now);
        mandate.ended_by_name = Some(name);
    } else {
        mandate.decided_at = Some(now);
        mandate.decided_by = ctx.actor.user();
        mandate.decided_by_name = Some(name);
        mandate.state = MandateState::Refused;
    }
    if act == Act::Approve {
        mandate.state = MandateState::Holds;
        // One for each organisation: the new one takes the place of the one before.
        for mut before in citizens::holding(tx, mandate.citizen, now).await? {
            if before.words.credit_code == mandate.words.credit_code {
                before.state = MandateState::Ended;
                before.ended_at = Some(now);
                save(tx, &mut before).await?;
            }
        }
    }
    save(tx, mandate).await
}

/// What the citizen is told.
fn message(
    ctx: &Ctx,
    reference: &Reference,
    (mandate, act): (&Mandate, Act),
    account: &Account,
) -> OutboxMessage {
    let last = Instant(mandate.ends_at.0 - 1).date();
    let link = format!("{}/me/mandates", ctx.services.config().public_url);
    let code = act.message();
    let values = vec![
        (
            "organisation",
            Cow::Borrowed(mandate.words.organisation.as_str()),
        ),
        ("day", Cow::Owned(clock::date(last, ctx.now(), LANGUAGE))),
        (
            "reason",
            Cow::Borrowed(mandate.reason.as_deref().unwrap_or_default()),
        ),
        ("link", Cow::Owned(link)),
    ];
    let to = (account, mandate.city.as_str());
    told::letter(ctx, reference, to, About::Mandate, (code, values))
}
