//! What every service call is given: the open store, the clock, the source of ids, who acts and in which language.
//! Time and ids come only from here (I8), so that tests and replays can set both.
//! Not here: signing in (`sessions`), names of units and places (`reference`), turning causes into faults (`fault`).

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use parking::Parking;
use rand::{RngCore, SeedableRng};
use shared::access::Actor;
use shared::calendar::Instant;
use shared::ids::SessionId;
use shared::text::Locale;
use shared::ticket::query_code;
use store::Store;
use store::record::AuditEntry;
use uuid::Uuid;

use crate::gates::Gates;
use crate::reference::ReferenceCache;
use crate::sessions::RightsCache;
use crate::watch::Watch;

/// Where time comes from.
pub trait Clock: Send + Sync {
    /// The present, to the millisecond.
    fn now(&self) -> Instant;
}

/// Where ids and secrets come from.
pub trait Ids: Send + Sync {
    /// A UUIDv7 whose time part is `at` (I8).
    fn new_id(&self, at: Instant) -> Uuid;
    /// Fills the buffer with unpredictable bytes.
    fn fill(&self, buffer: &mut [u8]);
    /// A new query code, each character equally likely.
    fn query_code(&self) -> String {
        loop {
            let mut bytes = [0_u8; 32];
            self.fill(&mut bytes);
            if let Some(code) = query_code::of_bytes(&bytes) {
                return code;
            }
        }
    }
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where the machine's clock is read"
    )]
    fn now(&self) -> Instant {
        let since = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap_or_default();
        Instant(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

/// Ids and secrets from the operating system's generator.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemIds;

impl Ids for SystemIds {
    fn new_id(&self, at: Instant) -> Uuid {
        let mut random = [0_u8; 10];
        self.fill(&mut random);
        v7(at, &random)
    }

    fn fill(&self, buffer: &mut [u8]) {
        rand::rng().fill_bytes(buffer);
    }
}

/// A clock that stands until it is moved; for tests, the demo and replays.
#[derive(Debug)]
pub struct FixedClock(AtomicI64);

impl FixedClock {
    /// A clock that stands at `now`.
    pub fn at(now: Instant) -> Self {
        Self(AtomicI64::new(now.0))
    }

    /// Moves the clock to `now`, forwards or backwards.
    pub fn set(&self, now: Instant) {
        self.0.store(now.0, Ordering::SeqCst);
    }

    /// Moves the clock forwards by minutes.
    pub fn advance_minutes(&self, minutes: i64) {
        self.0.fetch_add(minutes * 60_000, Ordering::SeqCst);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Instant {
        Instant(self.0.load(Ordering::SeqCst))
    }
}

/// Ids that depend on the seed and the order of calls only; never for a product's secrets.
pub struct SeededIds(Parking<rand_chacha::ChaCha20Rng>);

impl SeededIds {
    /// The same seed gives the same ids in the same order.
    pub fn new(seed: u64) -> Self {
        Self(Parking::new(rand_chacha::ChaCha20Rng::seed_from_u64(seed)))
    }
}

impl Ids for SeededIds {
    fn new_id(&self, at: Instant) -> Uuid {
        let mut random = [0_u8; 10];
        self.fill(&mut random);
        v7(at, &random)
    }

    fn fill(&self, buffer: &mut [u8]) {
        self.0.with(|rng| rng.fill_bytes(buffer));
    }
}

fn v7(at: Instant, random: &[u8; 10]) -> Uuid {
    uuid::Builder::from_unix_timestamp_millis(u64::try_from(at.0).unwrap_or(0), random).into_uuid()
}

/// A mutex that survives a panicking holder: the generators inside are valid after any interruption.
mod parking {
    use std::sync::{Mutex, PoisonError};

    pub(super) struct Parking<T>(Mutex<T>);

    impl<T> Parking<T> {
        pub(super) fn new(value: T) -> Self {
            Self(Mutex::new(value))
        }

        pub(super) fn with<R>(&self, act: impl FnOnce(&mut T) -> R) -> R {
            act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
        }
    }
}

/// What the services need to know from the configuration.
#[derive(Debug, Clone)]
pub struct ServicesConfig {
    /// `sqlite:///abs/path` or `postgres://…`.
    pub database_url: String,
    /// Folder for photos, drafts and delivered messages; outside the site root.
    pub data_dir: PathBuf,
    /// File of the sealing, lookup and signing keys, mode 0600, outside the checkout.
    pub keys_file: PathBuf,
    /// Address that stands in text messages, without a trailing slash.
    pub public_url: String,
    /// This process serves requests: a second one on the same SQLite file is refused.
    pub serving: bool,
}

/// The services of one process. Cheap to clone.
#[derive(Clone)]
pub struct Services(Arc<Inner>);

struct Inner {
    config: ServicesConfig,
    store: Store,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn Ids>,
    reference: ReferenceCache,
    keys: crate::keys::Keys,
    gates: Gates,
    rights: RightsCache,
    watch: Watch,
    approvals: crate::approvals::Machinery,
}

impl Services {
    /// Opens the store with the keys of the configuration, the machine's clock and its generator.
    /// An empty database is brought to the current schema with its basic data; an older or newer one is left alone.
    pub async fn open(config: ServicesConfig) -> anyhow::Result<Self> {
        Self::open_with(config, Arc::new(SystemClock), Arc::new(SystemIds)).await
    }

    /// The same with a given clock and source of ids.
    pub async fn open_with(
        config: ServicesConfig,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn Ids>,
    ) -> anyhow::Result<Self> {
        let new_keys = !config.keys_file.exists();
        let keys = crate::keys::Keys::load_or_create(&config.keys_file)?;
        let options = store::OpenOptions {
            serving: config.serving,
            ..store::OpenOptions::default()
        };
        let store = Store::open(&config.database_url, keys.seal(), options).await?;
        if store.schema().await? == store::SchemaState::Empty {
            store.migrate(basics(clock.now())).await?;
        } else if new_keys {
            // Fresh keys open nothing that is in this database; leaving them would hide the loss.
            std::fs::remove_file(&config.keys_file)?;
            anyhow::bail!(
                "the key file {} of this database is missing",
                config.keys_file.display()
            );
        }
        Ok(Self(Arc::new(Inner {
            config,
            store,
            clock,
            ids,
            reference: ReferenceCache::default(),
            keys,
            gates: Gates::default(),
            rights: RightsCache::default(),
            watch: Watch::default(),
            approvals: crate::approvals::Machinery::default(),
        })))
    }

    /// The open store.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// The configuration.
    pub fn config(&self) -> &ServicesConfig {
        &self.0.config
    }

    /// The present.
    pub fn now(&self) -> Instant {
        self.0.clock.now()
    }

    /// Where ids and secrets come from.
    pub fn ids(&self) -> &dyn Ids {
        &*self.0.ids
    }

    /// A new id of the present.
    pub fn new_id(&self) -> Uuid {
        self.0.ids.new_id(self.now())
    }

    /// The keys for sessions and hashes.
    pub fn keys(&self) -> &crate::keys::Keys {
        &self.0.keys
    }

    pub(crate) fn gates(&self) -> &Gates {
        &self.0.gates
    }

    /// What refusals and looks were written lately.
    pub(crate) fn watch(&self) -> &Watch {
        &self.0.watch
    }

    /// Rights of sessions, each under the version of its account.
    pub(crate) fn rights(&self) -> &RightsCache {
        &self.0.rights
    }

    /// Where adapters and tests add services that processes may call.
    pub fn machinery(&self) -> &crate::approvals::Machinery {
        &self.0.approvals
    }

    /// Definitions that are read already, and the services that processes may call.
    pub(crate) fn approvals(&self) -> &crate::approvals::Machinery {
        &self.0.approvals
    }

    pub(crate) fn reference_cache(&self) -> &ReferenceCache {
        &self.0.reference
    }
}

/// The basic data of an empty database that comes from this crate: the shipped process definitions.
pub fn basics(at: Instant) -> store::Basics {
    let seed = |key: &str, name: &str, xml: &str| store::DefinitionSeed {
        key: key.to_owned(),
        name: name.to_owned(),
        xml: xml.to_owned(),
    };
    store::Basics {
        at,
        definitions: vec![
            seed(
                crate::process::TICKET_MAIN,
                "工单主流程 Ticket",
                crate::process::SHIPPED,
            ),
            seed(
                crate::approvals::SAMPLE,
                "占道施工许可（示例） Street works permit (sample)",
                crate::approvals::SHIPPED_SAMPLE,
            ),
        ],
    }
}

/// Who calls, through which session, in which language, from where.
#[derive(Clone)]
pub struct Ctx {
    /// The services of the process.
    pub services: Services,
    /// Who acts.
    pub actor: Actor,
    /// The session, for signed-in people.
    pub session: Option<SessionId>,
    /// Language of texts in the answer.
    pub locale: Locale,
    /// The caller's address, for the audit and rate limits.
    pub ip: Option<String>,
    /// The secret that the caller's browser keeps in a cookie; a program has none.
    pub device: Option<String>,
    /// Made by the client; a repeated call with the same key gets the same answer.
    pub idempotency_key: Option<String>,
    /// Whether a refusal of this request stands in the audit already; clones share it.
    pub refusals: Refusals,
}

/// Lets one refusal of a request into the audit.
#[derive(Clone, Default)]
pub struct Refusals(Arc<AtomicBool>);

impl Ctx {
    /// A call by a visitor of the public pages.
    pub fn visitor(services: &Services) -> Self {
        Self::of(services, Actor::visitor())
    }

    /// A call by the application itself.
    pub fn system(services: &Services) -> Self {
        Self::of(services, Actor::system())
    }

    /// A call by somebody, without session, address and idempotency key.
    pub fn of(services: &Services, actor: Actor) -> Self {
        Self {
            services: services.clone(),
            actor,
            session: None,
            locale: Locale::Zh,
            ip: None,
            device: None,
            idempotency_key: None,
            refusals: Refusals::default(),
        }
    }

    /// The present.
    pub fn now(&self) -> Instant {
        self.services.now()
    }

    /// What stands for the caller's device in the database; the secret itself stands nowhere.
    pub(crate) fn device_mac(&self) -> Option<Vec<u8>> {
        self.device
            .as_deref()
            .map(|device| self.services.keys().mac("device", device))
    }

    /// The caller's address as households have them: one of IPv4, the /64 of IPv6; empty where none is known.
    pub(crate) fn household(&self) -> String {
        crate::watch::household(self.ip.as_deref().unwrap_or_default())
    }

    /// True for the first refusal of this request.
    pub(crate) fn is_first_refusal(&self) -> bool {
        !self.refusals.0.swap(true, Ordering::Relaxed)
    }

    /// The name of the actor as it stands in the audit: the sign-in name, `system` or `visitor`.
    pub fn actor_name(&self) -> &str {
        match (self.actor.system, self.actor.username.as_str()) {
            (true, _) => "system",
            (false, "") => "visitor",
            (false, name) => name,
        }
    }

    /// An audit row of the present about an object such as `ticket:<uuid>`; `outcome` is `ok` or a fault's code.
    pub fn audit(&self, action: &str, object: impl Into<String>, outcome: &str) -> AuditEntry {
        let at = self.now();
        AuditEntry {
            id: self.services.ids().new_id(at),
            at,
            actor: self.actor.user,
            actor_name: self.actor_name().to_owned(),
            action: action.to_owned(),
            object: object.into(),
            outcome: outcome.to_owned(),
            ip: self.ip.clone(),
            facts: std::collections::BTreeMap::new(),
            erasable: std::collections::BTreeMap::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_carry_the_time_and_depend_on_the_seed_only() {
        let at = Instant(1_767_225_600_000);
        let (first, again) = (SeededIds::new(7).new_id(at), SeededIds::new(7).new_id(at));
        assert_eq!(first, again);
        assert_eq!(first.get_version_num(), 7);
        let (seconds, nanos) = first
            .get_timestamp()
            .expect("version 7 carries a time")
            .to_unix();
        assert_eq!(
            seconds * 1000 + u64::from(nanos) / 1_000_000,
            1_767_225_600_000
        );
        let code = SeededIds::new(1).query_code();
        assert!(query_code::is_possible(&code), "{code}");
    }
}
