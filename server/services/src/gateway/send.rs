//! Sends the notifications of the outbox, after the commit that wrote them (I9): each at least once, under its id.
//! At night and above the day's quota only what is urgent goes; who wants none gets none; what fails is tried again, each time later, and at
//! last somebody sees to it (`desk`). Not here: the ways out (`folder`, `sms`, `mail`), what comes back later (`receipts`).

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveTime;
use shared::calendar::Instant;
use shared::citizen::CODE_MINUTES;
use shared::notification::{About, Trouble};
use shared::text::sms;
use store::outbox::{self, Claim, Claimed, Outcome, Sent, Which};
use store::record::OutboxMessage;
use store::undelivered;

use super::{CALL, Gateways, MAIL, Refusal, claimed, folder, messages_folder};
use crate::context::Services;
use crate::fault::{Failure, disk};
use crate::jobs::Done;
use crate::reference::Reference;

/// Notifications of one run.
const BATCH: u32 = 100;
/// Tries before one is given up: 10 tries, the last after about 17 hours.
const MAX_TRIES: i32 = 10;
/// Pause after the first failed try, in milliseconds; doubles each time.
const FIRST_PAUSE: i64 = 60_000;
/// How long a call may wait to be connected, in milliseconds.
const CALL_PATIENCE: i64 = 5 * 60_000;
/// How long one process keeps the work to itself, in milliseconds.
const LEASE: i64 = 5 * 60_000;

/// What became of one.
#[derive(Clone)]
enum Fate {
    /// A try came to its end.
    Tried(Outcome),
    /// It was not tried.
    PutOff(Instant, Trouble),
}

/// One batch.
pub(crate) async fn run(services: &Services) -> Result<Done, Failure> {
    let now = services.now();
    let claim = Claim {
        which: Which::Outside,
        now,
        until: Instant(now.0 + LEASE),
        limit: BATCH,
    };
    let waiting = claimed(services, claim).await?;
    if waiting.is_empty() {
        return Ok(Done::default());
    }
    let more = waiting.len() >= BATCH as usize;
    let mut round = Round::begin(services, now).await?;
    let mut count = 0;
    for claimed in waiting {
        let fate = round.fate(&claimed).await?;
        count += u64::from(matches!(fate, Fate::Tried(Outcome::Sent(_))));
        write(services, claimed, fate, now).await?;
    }
    Ok(Done { count, more })
}

/// What a run knows.
struct Round<'a> {
    services: &'a Services,
    gateways: &'a Gateways,
    reference: Arc<Reference>,
    now: Instant,
    /// Sent today.
    today: i64,
    /// Channels whose gateway does not answer: the others are not tried against it.
    away: BTreeMap<String, Trouble>,
}

impl<'a> Round<'a> {
    async fn begin(services: &'a Services, now: Instant) -> Result<Self, Failure> {
        let gateways = services.gateways();
        let today = if gateways.per_day == 0 {
            0
        } else {
            let midnight = Instant::from_local(now.date().and_time(NaiveTime::MIN));
            outbox::spent(&services.store().reader(), midnight)
                .await?
                .sent
        };
        Ok(Self {
            services,
            gateways,
            reference: services.reference().await?,
            now,
            today,
            away: BTreeMap::new(),
        })
    }

    async fn fate(&mut self, claimed: &Claimed) -> Result<Fate, Failure> {
        let message = &claimed.message;
        if is_code(message) {
            if self.now.0 - message.at.0 >= CODE_MINUTES * 60_000 {
                return Ok(Fate::Tried(Outcome::GivenUp(Trouble::Late)));
            }
        } else if is_call(message) {
            if self.gateways.call.is_some() && self.now.0 - message.at.0 >= CALL_PATIENCE {
                return Ok(Fate::Tried(Outcome::GivenUp(Trouble::Late)));
            }
        } else if let Some(why) = self.shunned(message).await? {
            return Ok(Fate::Tried(Outcome::GivenUp(why)));
        }
        if !message.urgent {
            if let Some(until) = self.gateways.quiet.and_then(|quiet| quiet.until(self.now)) {
                return Ok(Fate::PutOff(until, Trouble::Quiet));
            }
            if self.gateways.per_day > 0 && self.today >= i64::from(self.gateways.per_day) {
                return Ok(Fate::PutOff(tomorrow(self.now), Trouble::Quota));
            }
        }
        if let Some(why) = self.away.get(&message.channel) {
            return Ok(Fate::PutOff(pause_after(self.now, claimed.tries), *why));
        }
        Ok(match self.send(claimed).await? {
            Ok(sent) => {
                self.today += 1;
                Fate::Tried(Outcome::Sent(sent))
            }
            Err(Refusal::Never(why)) => Fate::Tried(Outcome::GivenUp(why)),
            Err(Refusal::Later(why)) => {
                self.away.insert(message.channel.clone(), why);
                Fate::Tried(if claimed.tries >= MAX_TRIES {
                    Outcome::GivenUp(why)
                } else {
                    Outcome::Again(pause_after(self.now, claimed.tries), why)
                })
            }
        })
    }

    /// Why the recipient is left alone. Whoever asks for a code asks for the message with it.
    async fn shunned(&self, message: &OutboxMessage) -> Result<Option<Trouble>, Failure> {
        let reader = self.services.store().reader();
        Ok(undelivered::shunned(&reader, &message.to).await?)
    }

    async fn send(&self, claimed: &Claimed) -> Result<Result<Sent, Refusal>, Failure> {
        let message = &claimed.message;
        if is_call(message) {
            return match &self.gateways.call {
                Some(gateway) => Ok(gateway.send(message, self.now).await),
                None => self.to_folder(claimed).await,
            };
        }
        match (&self.gateways.sms, &self.gateways.mail) {
            (_, Some(gateway)) if message.channel == MAIL => {
                let area = message.area.as_deref().unwrap_or_default();
                let wordings = self.reference.lists.wordings(area);
                let subject = sms::subject(message.about, wordings, sms::LANGUAGE);
                Ok(gateway.send(message, subject).await)
            }
            (Some(gateway), _) if message.channel != MAIL => {
                Ok(gateway.send(message, self.now).await)
            }
            _ => self.to_folder(claimed).await,
        }
    }

    async fn to_folder(&self, claimed: &Claimed) -> Result<Result<Sent, Refusal>, Failure> {
        let folder = messages_folder(&self.services.config().data_dir);
        let message = claimed.message.clone();
        let put = tokio::task::spawn_blocking(move || folder::put(&folder, &message))
            .await
            .map_err(anyhow::Error::new)?;
        Ok(match put {
            Ok(()) => Ok(Sent::default()),
            Err(error) => {
                self.services
                    .fault(disk(error, "delivering a notification"));
                Err(Refusal::Later(Trouble::Away))
            }
        })
    }
}

/// Writes down what became of one; who wants none is left alone from now on.
async fn write(
    services: &Services,
    claimed: Claimed,
    fate: Fate,
    now: Instant,
) -> Result<(), Failure> {
    let (code, call) = (is_code(&claimed.message), is_call(&claimed.message));
    let (id, tries, to) = (claimed.message.id, claimed.tries, claimed.message.to);
    match &fate {
        Fate::Tried(Outcome::Again(_, why)) => {
            tracing::warn!(notification.id = %id, tries, why = why.code(), "a notification was not taken and will be tried again");
        }
        Fate::Tried(Outcome::GivenUp(why)) if call => {
            tracing::info!(notification.id = %id, tries, why = why.code(), "a call was not connected");
        }
        Fate::Tried(Outcome::GivenUp(why)) if code => {
            tracing::info!(notification.id = %id, tries, why = why.code(), "a sign-in code could not be sent in time");
        }
        Fate::Tried(Outcome::GivenUp(why)) => {
            tracing::warn!(notification.id = %id, tries, why = why.code(), "a notification is given up; somebody has to see to it");
        }
        _ => {}
    }
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (fate, to) = (fate.clone(), to.clone());
            Box::pin(async move {
                match fate {
                    Fate::PutOff(until, why) => outbox::put_off(tx, id, (until, why)).await?,
                    Fate::Tried(outcome) => {
                        // Who cannot be called may still get messages.
                        if let Outcome::GivenUp(why @ (Trouble::Unwanted | Trouble::Address)) =
                            outcome
                            && !call
                        {
                            undelivered::shun(tx, &to, why, now).await?;
                        }
                        let over = !matches!(outcome, Outcome::Again(..));
                        outbox::settle(tx, id, outcome, now).await?;
                        if (code || call) && over {
                            outbox::let_go(tx, id, now).await?;
                        }
                    }
                }
                Ok(())
            })
        })
        .await
}

/// A sign-in code: it is good for minutes, and nobody but its reader has to see to it.
fn is_code(message: &OutboxMessage) -> bool {
    message.about == Some(About::SignInCode)
}

/// A call: it is connected within minutes or not at all, and its numbers are gone then.
fn is_call(message: &OutboxMessage) -> bool {
    message.channel == CALL
}

fn pause_after(now: Instant, tries: i32) -> Instant {
    Instant(now.0 + (FIRST_PAUSE << tries.clamp(1, 12).wrapping_sub(1)))
}

/// The next morning's midnight.
fn tomorrow(now: Instant) -> Instant {
    let next = now.date().succ_opt().unwrap_or_else(|| now.date());
    Instant::from_local(next.and_time(NaiveTime::MIN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double() {
        let now = Instant(0);
        assert_eq!(
            [1, 2, 3, 10].map(|tries| pause_after(now, tries).0 / 60_000),
            [1, 2, 4, 512]
        );
    }
}
