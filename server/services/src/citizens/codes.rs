//! The code: six digits, sent through the outbox, kept as an HMAC, good for five minutes, five tries and one use.
//! How often one is sent is counted by number and by household, before anything is looked up; what is answered is the same for every number.
//! Not here: the session that begins with it (`sessions`), sending (`gateway`).

use std::borrow::Cow;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest::{SHA256, digest};
use shared::calendar::Instant;
use shared::citizen::{AGAIN_SECONDS, AskCode, CODE_MINUTES, CitizenSignIn};
use shared::fault::{Code, Fault};
use shared::ids::{CitizenId, SessionId};
use shared::notification::About;
use shared::register::TextCode;
use shared::text::notification::sms::LANGUAGE;
use shared::text::notification::template::MessageCode;
use store::Tx;
use store::citizens::{self, Account, Open};
use store::record::OutboxMessage;

use super::sessions::{self, Token};
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::gateway::SMS;
use crate::watch::note;

/// Tries of one code.
const TRIES: i32 = 5;
/// Codes of a number within an hour, and within a day.
const AN_HOUR: i64 = 5;
const A_DAY: i64 = 10;
/// Codes that a household asks for within an hour: a family, a shop, a counter with a public computer.
const HERE: i64 = 30;
/// Wrong codes of a household within an hour.
const WRONG_HERE: i64 = 50;
const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// An account that nobody signed in to for so long is forgotten at the next sign-in: the number may be somebody else's by now.
const STRANGER: i64 = 180 * DAY;
/// Where the box stands.
const AGREE: &str = "agree";
/// Where the code stands.
const FIELD: &str = "sms_code";

/// What a browser or a program keeps.
#[derive(Clone)]
pub struct SignedIn {
    /// The token.
    pub token: String,
    /// When the session ends if it is not used.
    pub ends_at: Instant,
}

fn no_staff(ctx: &Ctx) -> Result<(), Fault> {
    if ctx.actor.user().is_some() {
        Err(Fault::new(Code::CitizenIsStaff))
    } else {
        Ok(())
    }
}

/// Sends a code to a number.
///
/// # Errors
/// `citizen.code.soon` within a minute, `rate.limited` for too many of a number or a household, `citizen.is_staff`.
pub async fn ask(ctx: &Ctx, command: AskCode) -> Result<(), Fault> {
    no_staff(ctx)?;
    let services = &ctx.services;
    let (now, phone) = (ctx.now(), command.phone.as_str().to_owned());
    let mut random = [0_u8; 8];
    services.ids().fill(&mut random);
    let code = format!("{:06}", u64::from_be_bytes(random) % 1_000_000);
    let keys = services.keys();
    let counters = Counters {
        here: keys.mac("citizen-code-here", &ctx.household()),
        hour: keys.mac("citizen-code-hour", &phone),
        day: keys.mac("citizen-code-day", &phone),
    };
    let code_hash = keys.mac("citizen-code", &format!("{phone}\u{0}{code}"));
    let message = message(ctx, &phone, &code).await?;
    // Nothing of the number: who asked for it is in the address.
    let entry = ctx.audit("citizen.code", "citizen", "ok");
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                let open = Open {
                    phone_hash: citizens::phone_hash(tx, &phone),
                    code_hash,
                    made_at: now,
                    ends_at: Instant(now.0 + CODE_MINUTES * MINUTE),
                };
                if let Some(fault) = counters.full(tx, now).await? {
                    return Ok(Err(fault));
                }
                if let Some(left) = citizens::offer(tx, &open, AGAIN_SECONDS * 1000).await? {
                    let seconds = (left + 999) / 1000;
                    let fault = Fault::new(Code::CitizenCodeSoon).fact("seconds", seconds);
                    return Ok(Err(fault));
                }
                store::outbox::put(tx, &message).await?;
                store::audit::append(tx, &[entry]).await?;
                Ok(Ok(()))
            })
        })
        .await
        .settle(services)?
}

/// How often codes were asked for.
#[derive(Clone)]
struct Counters {
    here: Vec<u8>,
    hour: Vec<u8>,
    day: Vec<u8>,
}

impl Counters {
    /// Counts one more; why there must be none.
    async fn full(&self, tx: &Tx, now: Instant) -> Result<Option<Fault>, Failure> {
        for (key, window, most) in [
            (&self.here, HOUR, HERE),
            (&self.hour, HOUR, AN_HOUR),
            (&self.day, DAY, A_DAY),
        ] {
            if store::devices::tally(tx, key, window, now).await? > most {
                return Ok(Some(Fault::new(Code::RateLimited).fact("minutes", 60)));
            }
        }
        Ok(None)
    }
}

async fn message(ctx: &Ctx, phone: &str, code: &str) -> Result<OutboxMessage, Fault> {
    let reference = ctx.services.reference().await?;
    let minutes = CODE_MINUTES.to_string();
    let values = [
        ("code", Cow::Borrowed(code)),
        ("minutes", Cow::Borrowed(minutes.as_str())),
    ];
    let wordings = reference.lists.wordings("");
    Ok(OutboxMessage {
        id: ctx.services.new_id(),
        ticket_id: None,
        channel: SMS.to_owned(),
        to: phone.to_owned(),
        body: wordings.message(MessageCode::SignInCode, &values, LANGUAGE),
        at: ctx.now(),
        about: Some(About::SignInCode),
        area: None,
        urgent: true,
    })
}

/// What a try came to inside the transaction: it is counted whatever it was, so that only `In` and faults of the store are no rows of it.
enum Judged {
    In,
    Wrong,
    Gone,
    Agree,
    Often,
}

/// Signs in with a code. The first time, and after half a year without, the privacy statement is agreed to; the code waits for that.
///
/// # Errors
/// At `sms_code`: `citizen.code.wrong`, `citizen.code.gone`; at `agree`: `citizen.agree`; `rate.limited`; `citizen.is_staff`.
pub async fn sign_in(ctx: &Ctx, command: CitizenSignIn) -> Result<SignedIn, Fault> {
    no_staff(ctx)?;
    let services = &ctx.services;
    let token = Token::fresh(services);
    let ends_at = sessions::ends(services, ctx.now()).await?;
    let reference = services.reference().await?;
    let words = reference.lists.said(TextCode::Privacy, "", LANGUAGE);
    let entrance = Entrance {
        given: services.keys().mac(
            "citizen-code",
            &format!(
                "{}\u{0}{}",
                command.phone.as_str(),
                command.sms_code.as_str()
            ),
        ),
        wrong_here: services.keys().mac("citizen-wrong-here", &ctx.household()),
        phone: command.phone.as_str().to_owned(),
        agreed: command.agree.0,
        agreed_to: digest(&SHA256, words.as_bytes()).as_ref().to_vec(),
        account: CitizenId(services.new_id()),
        session: SessionId(services.new_id()),
        token_hash: token.hash(services.keys()),
        agent: ctx.agent.clone(),
        ends_at,
        now: ctx.now(),
        entry: ctx.audit("citizen.sign_in", "citizen", "ok"),
    };
    let judged = services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let entrance = entrance.clone();
            Box::pin(async move { entrance.enter(tx).await })
        })
        .await
        .settle(services)?;
    let code = match judged {
        Judged::In => {
            return Ok(SignedIn {
                token: token.write(),
                ends_at,
            });
        }
        Judged::Agree => return Err(Fault::field(AGREE, Code::CitizenAgree)),
        Judged::Often => Code::RateLimited,
        Judged::Wrong => Code::CitizenCodeWrong,
        Judged::Gone => Code::CitizenCodeGone,
    };
    note(ctx, ctx.audit("citizen.sign_in", "citizen", code.as_str())).await;
    Err(match code {
        Code::RateLimited => Fault::new(code).fact("minutes", 60),
        _ => Fault::field(FIELD, code),
    })
}

#[derive(Clone)]
struct Entrance {
    given: Vec<u8>,
    wrong_here: Vec<u8>,
    phone: String,
    agreed: bool,
    agreed_to: Vec<u8>,
    account: CitizenId,
    session: SessionId,
    token_hash: Vec<u8>,
    agent: Option<String>,
    ends_at: Instant,
    now: Instant,
    entry: store::record::AuditEntry,
}

impl Entrance {
    async fn enter(mut self, tx: &Tx) -> Result<Judged, Failure> {
        let hash = citizens::phone_hash(tx, &self.phone);
        let kept = citizens::try_once(tx, &hash, TRIES, self.now).await?;
        let expected = kept.clone().unwrap_or_else(|| vec![0; self.given.len()]);
        let is_right = verify_slices_are_equal(&expected, &self.given).is_ok();
        if kept.is_none() || !is_right {
            let wrong = store::devices::tally(tx, &self.wrong_here, HOUR, self.now).await?;
            return Ok(match kept {
                _ if wrong > WRONG_HERE => Judged::Often,
                None => Judged::Gone,
                Some(_) => Judged::Wrong,
            });
        }
        let known = citizens::by_phone(tx, &self.phone).await?;
        let is_old = |account: &Account| self.now.0 - account.seen_at.0 >= STRANGER;
        let (old, known) = match known {
            Some(account) if is_old(&account) => (Some(account), None),
            other => (None, other),
        };
        if known.is_none() && !self.agreed {
            return Ok(Judged::Agree);
        }
        if !citizens::take(tx, &hash, self.now).await? {
            return Ok(Judged::Gone);
        }
        let is_new = known.is_none();
        let account = match known {
            Some(account) => {
                citizens::seen(tx, account.id, self.now).await?;
                account.id
            }
            None => self.open(tx, old).await?,
        };
        citizens::begin(tx, &self.begun(account)).await?;
        self.entry.object = format!("citizen:{account}");
        if is_new {
            self.entry
                .facts
                .insert("account".to_owned(), "new".to_owned());
        }
        store::audit::append(tx, &[self.entry]).await?;
        Ok(Judged::In)
    }

    fn begun(&self, citizen: CitizenId) -> citizens::Session {
        citizens::Session {
            id: self.session,
            citizen,
            token_hash: self.token_hash.clone(),
            at: self.now,
            ends_at: self.ends_at,
            agent: self.agent.clone(),
        }
    }

    /// A new account; of an older one of the number nothing stays.
    async fn open(&self, tx: &Tx, old: Option<Account>) -> Result<CitizenId, Failure> {
        if let Some(old) = old {
            citizens::end_mandates(tx, old.id, self.now).await?;
            citizens::wishes::end_all(tx, old.id, self.now).await?;
            citizens::forget(tx, old.id).await?;
        }
        let account = Account {
            id: self.account,
            phone: self.phone.clone(),
            name: None,
            made_at: self.now,
            seen_at: self.now,
        };
        citizens::put(tx, &account, &self.agreed_to).await?;
        Ok(account.id)
    }
}
