//! How often somebody may try: sign in, file, look up, hang photos on a form; asked where the call is decoded.
//! Counted twice: what one server refuses by itself costs nothing, and what it lets through is counted in the database, for all servers and across
//! restarts. Visitors count by the household of their address; drafts and photos of people who are signed in by the person. All look-ups
//! together have a bound of their own, which alarms. Not here: locks on one account or number (`sessions`, `public::lookup`).

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use governor::{DefaultDirectRateLimiter, DefaultKeyedRateLimiter, Quota};
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::ids::UserId;
use store::devices::{self, Window};

use crate::context::Ctx;
use crate::fault::{Failure, Settle};

/// An alarm is told once in so long, in milliseconds.
const ALARM_EVERY: i64 = 10 * 60_000;
/// Within what the quota of photos grows again.
const DAY: Duration = Duration::from_hours(24);
/// Milliseconds of the windows of the database.
const MINUTE: i64 = 60_000;
/// The same of a day.
const DAY_MS: i64 = 24 * 60 * MINUTE;

/// What is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Try {
    /// Signing in or setting up.
    SignIn,
    /// Filing from the public form.
    Filing,
    /// Anything by number and code.
    LookUp,
    /// Beginning a form to which photos can be uploaded.
    Draft,
    /// Uploading one photo.
    Photo,
}

impl Try {
    /// Whether people who are signed in count by themselves: an office stands behind one address.
    const fn by_person(self) -> bool {
        matches!(self, Self::Draft | Self::Photo)
    }
}

/// The bounds. Per minute and address (or person) where nothing else is said.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Sign-ins.
    pub sign_in: u32,
    /// Requests filed from the public form.
    pub filing: u32,
    /// Look-ups by number and code.
    pub lookup: u32,
    /// Look-ups per minute of everybody together.
    pub lookup_all: u32,
    /// New drafts.
    pub drafts: u32,
    /// New drafts per day.
    pub drafts_day: u32,
    /// Photos.
    pub photos: u32,
    /// Megabytes of photos per day.
    pub photo_mb: u32,
    /// Megabytes that stay free on the disk; below, no photo is taken.
    pub free_mb: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            sign_in: 120,
            filing: 60,
            lookup: 60,
            lookup_all: 6_000,
            drafts: 60,
            drafts_day: 2_000,
            photos: 120,
            photo_mb: 2_000,
            free_mb: 300,
        }
    }
}

/// Who tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Who {
    Person(UserId),
    Household(IpAddr),
}

impl Who {
    /// As it is counted in the database.
    fn word(self) -> String {
        match self {
            Self::Person(user) => format!("person:{user}"),
            Self::Household(address) => format!("household:{address}"),
        }
    }
}

type Each = DefaultKeyedRateLimiter<Who>;

/// The counters of one process.
pub struct Tries {
    sign_in: Each,
    filing: Each,
    lookup: Each,
    lookup_all: DefaultDirectRateLimiter,
    drafts: Each,
    drafts_day: Each,
    photos: Each,
    photo_mb: Each,
    alarmed_at: AtomicI64,
}

impl Tries {
    /// Counters that begin at nothing.
    pub fn new(limits: &Limits) -> Self {
        let at_least_one = |number: u32| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
        let minute = |number: u32| Quota::per_minute(at_least_one(number));
        let day = |number: u32| {
            let most = at_least_one(number);
            let quota = Quota::with_period(DAY / most.get()).unwrap_or(minute(number));
            quota.allow_burst(most)
        };
        Self {
            sign_in: Each::keyed(minute(limits.sign_in)),
            filing: Each::keyed(minute(limits.filing)),
            lookup: Each::keyed(minute(limits.lookup)),
            lookup_all: DefaultDirectRateLimiter::direct(minute(limits.lookup_all)),
            drafts: Each::keyed(minute(limits.drafts)),
            drafts_day: Each::keyed(day(limits.drafts_day)),
            photos: Each::keyed(minute(limits.photos)),
            photo_mb: Each::keyed(day(limits.photo_mb)),
            alarmed_at: AtomicI64::new(i64::MIN),
        }
    }

    const fn of(&self, what: Try) -> &Each {
        match what {
            Try::SignIn => &self.sign_in,
            Try::Filing => &self.filing,
            Try::LookUp => &self.lookup,
            Try::Draft => &self.drafts,
            Try::Photo => &self.photos,
        }
    }

    /// Forgets who has been quiet; called every minute.
    pub fn forget(&self) {
        let all = [
            &self.sign_in,
            &self.filing,
            &self.lookup,
            &self.drafts,
            &self.drafts_day,
            &self.photos,
            &self.photo_mb,
        ];
        for each in all {
            each.retain_recent();
            each.shrink_to_fit();
        }
    }

    /// Whether this is the first of a row of alarms.
    fn is_news(&self, now: Instant) -> bool {
        let before = self.alarmed_at.load(Ordering::Relaxed);
        let quiet = before == i64::MIN || (now.0 - before).abs() >= ALARM_EVERY;
        quiet
            && self
                .alarmed_at
                .compare_exchange(before, now.0, Ordering::Relaxed, Ordering::Relaxed)
                .is_ok()
    }
}

/// Counts one try. Calls from inside, without an address, do not count.
///
/// # Errors
/// `rate.limited` when the tries of the address, of the person or, for look-ups, of everybody together are used up.
pub async fn count(ctx: &Ctx, what: Try) -> Result<(), Fault> {
    let tries = ctx.services.tries();
    let Some(who) = who(ctx, what.by_person()) else {
        return Ok(());
    };
    if tries.of(what).check_key(&who).is_err() {
        metrics::counter!("minsheng_tries_refused_total", "what" => word(what)).increment(1);
        return Err(Fault::new(Code::RateLimited));
    }
    if what == Try::Draft && tries.drafts_day.check_key(&who).is_err() {
        return Err(Fault::new(Code::RateLimited).fact("minutes", 60));
    }
    if what == Try::LookUp && tries.lookup_all.check().is_err() {
        return flooded(ctx).await;
    }
    match of_all_servers(ctx, bounds(&ctx.services.config().limits, what), (who, 1)).await? {
        None => Ok(()),
        Some(Bound { name: ALL, .. }) => flooded(ctx).await,
        Some(bound) => {
            metrics::counter!("minsheng_tries_refused_total", "what" => word(what)).increment(1);
            let fault = Fault::new(Code::RateLimited);
            Err(if bound.window == DAY_MS {
                fault.fact("minutes", 60)
            } else {
                fault
            })
        }
    }
}

/// Everybody together has looked up more than all people may.
async fn flooded(ctx: &Ctx) -> Result<(), Fault> {
    metrics::counter!("minsheng_lookup_alarms_total").increment(1);
    alarm(ctx).await?;
    Err(Fault::new(Code::RateLimited))
}

/// The bound of everybody together.
const ALL: &str = "lookup_all";

/// A bound that holds for all servers together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Bound {
    /// Under which it is counted.
    name: &'static str,
    most: u32,
    /// In milliseconds.
    window: i64,
}

/// What is counted of a try, the narrowest first.
fn bounds(limits: &Limits, what: Try) -> Vec<Bound> {
    let bound = |name, most, window| Bound { name, most, window };
    match what {
        Try::SignIn => vec![bound("sign_in", limits.sign_in, MINUTE)],
        Try::Filing => vec![bound("filing", limits.filing, MINUTE)],
        Try::LookUp => vec![
            bound("lookup", limits.lookup, MINUTE),
            bound(ALL, limits.lookup_all, MINUTE),
        ],
        Try::Draft => vec![
            bound("draft", limits.drafts, MINUTE),
            bound("draft_day", limits.drafts_day, DAY_MS),
        ],
        Try::Photo => vec![bound("photo", limits.photos, MINUTE)],
    }
}

/// Counts so many for somebody in the database; the first bound that is passed. What was counted stays so, also where it was too much.
async fn of_all_servers(
    ctx: &Ctx,
    bounds: Vec<Bound>,
    (who, many): (Who, u32),
) -> Result<Option<Bound>, Fault> {
    let keys = ctx.services.keys();
    let key = |bound: &Bound| match bound.name {
        ALL => keys.mac("tries", ALL),
        name => keys.mac("tries", &format!("{name}\u{0}{}", who.word())),
    };
    let counted: Vec<(Bound, Vec<u8>)> = bounds.into_iter().map(|it| (it, key(&it))).collect();
    let now = ctx.now();
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                for (bound, key) in counted {
                    let window = Window {
                        length: bound.window,
                        now,
                    };
                    let n = devices::tally_many(tx, &key, i64::from(many), window).await?;
                    if n > i64::from(bound.most.max(1)) {
                        return Ok(Some(bound));
                    }
                }
                Ok(None)
            })
        })
        .await
        .settle(&ctx.services)
}

/// Counts the bytes of a photo before it is kept.
///
/// # Errors
/// `rate.limited` when the day's megabytes of the address or person are used up.
pub async fn count_bytes(ctx: &Ctx, bytes: u64) -> Result<(), Fault> {
    let mb = u32::try_from(bytes.div_ceil(1 << 20)).unwrap_or(u32::MAX);
    let (Some(who), Some(mb)) = (who(ctx, true), NonZeroU32::new(mb)) else {
        return Ok(());
    };
    let too_much = || Fault::new(Code::RateLimited).fact("minutes", 60);
    let Ok(Ok(())) = ctx.services.tries().photo_mb.check_key_n(&who, mb) else {
        return Err(too_much());
    };
    let bound = Bound {
        name: "photo_mb",
        most: ctx.services.config().limits.photo_mb,
        window: DAY_MS,
    };
    match of_all_servers(ctx, vec![bound], (who, mb.get())).await? {
        None => Ok(()),
        Some(_) => Err(too_much()),
    }
}

/// The household of an address: all of IPv4's one address, the /64 of IPv6, which one household owns.
pub fn household(ip: IpAddr) -> IpAddr {
    match ip.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        v4 @ IpAddr::V4(_) => v4,
    }
}

fn who(ctx: &Ctx, by_person: bool) -> Option<Who> {
    if let (true, Some(person)) = (by_person, ctx.actor.user()) {
        return Some(Who::Person(person));
    }
    let ip = ctx.ip.as_deref()?.parse().ok()?;
    Some(Who::Household(household(ip)))
}

/// Somebody tries numbers from many addresses: the log, the figures and the audit say so, once in ten minutes.
async fn alarm(ctx: &Ctx) -> Result<(), Fault> {
    if !ctx.services.tries().is_news(ctx.now()) {
        return Ok(());
    }
    tracing::warn!(
        "look-ups by number and code are more than all people together may make; further ones are refused"
    );
    let entry = ctx.audit("lookup.flood", "lookups", Code::RateLimited.as_str());
    let (key, now) = (ctx.services.keys().mac("tries", "lookup_alarm"), ctx.now());
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                // Another server may have told it.
                if devices::tally(tx, &key, ALARM_EVERY, now).await? == 1 {
                    store::audit::append(tx, &[entry]).await?;
                }
                Ok(())
            })
        })
        .await
        .settle(&ctx.services)
}

const fn word(what: Try) -> &'static str {
    match what {
        Try::SignIn => "sign_in",
        Try::Filing => "filing",
        Try::LookUp => "lookup",
        Try::Draft => "draft",
        Try::Photo => "photo",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Who {
        Who::Household(household(text.parse().expect("an address")))
    }

    #[test]
    fn each_household_has_its_own_tries() {
        let tries = Tries::new(&Limits {
            sign_in: 2,
            filing: 1,
            ..Limits::default()
        });
        let may = |what, who: &str| tries.of(what).check_key(&at(who)).is_ok();
        assert!(may(Try::SignIn, "192.0.2.1") && may(Try::SignIn, "192.0.2.1"));
        assert!(!may(Try::SignIn, "192.0.2.1"));
        assert!(!may(Try::SignIn, "::ffff:192.0.2.1"), "the same address");
        assert!(may(Try::SignIn, "192.0.2.2"));
        assert!(may(Try::Filing, "2001:db8::1"));
        assert!(!may(Try::Filing, "2001:db8::ffff"));
        tries.forget();
    }

    #[test]
    fn one_alarm_in_ten_minutes() {
        let tries = Tries::new(&Limits::default());
        assert!(tries.is_news(Instant(0)));
        assert!(!tries.is_news(Instant(ALARM_EVERY - 1)));
        assert!(tries.is_news(Instant(ALARM_EVERY)));
        assert!(
            tries.is_news(Instant(0)),
            "a clock that was set back is no silence"
        );
    }
}
