//! What every service call is given: the open store, the clock, the source of ids, who acts and in which language.
//! Time and ids come only from `given` (I8), so that tests and replays can set both.
//! Not here: signing in (`sessions`), names of units and places (`reference`), turning causes into faults (`fault`).

mod call;
mod given;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use shared::calendar::Instant;
use store::Store;
use uuid::Uuid;

pub use call::{Ctx, Refusals};
pub use given::{Clock, FixedClock, Ids, SeededIds, SystemClock, SystemIds};

use crate::clock::Watch;
use crate::gates::Gates;
use crate::installation::{self, Opening};
use crate::reference::ReferenceCache;
use crate::sessions::{RightsCache, RingCache, RulesCache};
use crate::vitals::Parked;
use crate::watch::Notes;

/// How many days a delivered message stays, unless configured.
pub const MESSAGE_DAYS: u32 = 30;

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
    /// How often somebody may try.
    pub limits: crate::tries::Limits,
    /// Whose algorithms seal, and who unwraps the key file.
    pub crypto: crate::keys::crypto::CryptoConfig,
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
    tries: crate::tries::Tries,
    watch: Watch,
    vitals: Parked,
    message_days: AtomicU32,
    slow_ms: AtomicU32,
    outages: crate::outages::Outages,
    rights: RightsCache,
    rules: RulesCache,
    ring: RingCache,
    notes: Notes,
    reads: crate::audit::reads::Reads,
    machinery: crate::host::Machinery,
    vault: std::sync::OnceLock<crate::files::Vault>,
    scanner: std::sync::OnceLock<crate::files::Scanner>,
    gateways: std::sync::OnceLock<crate::gateway::Gateways>,
    second: std::sync::OnceLock<crate::audit::second::Second>,
    provider: std::sync::OnceLock<crate::sessions::provider::Provider>,
    platforms: std::sync::OnceLock<Vec<crate::scim::out::Platform>>,
    printer: std::sync::OnceLock<Arc<dyn crate::reports::Printer>>,
    analytic: std::sync::OnceLock<Box<dyn crate::reports::analytic::Analytic>>,
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
        let opening = Opening::Make {
            new_database: false,
        };
        Self::open_as(config, opening, clock, ids).await
    }

    /// Opens for one purpose: what may begin an installation, what works on one, what only looks.
    ///
    /// # Errors
    /// `installation::Misfit`, or words about the database or the key file.
    pub async fn open_as(
        config: ServicesConfig,
        opening: Opening,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn Ids>,
    ) -> anyhow::Result<Self> {
        // Behind a pointer: opening is a deep chain of calls, and tests are one more.
        let opening = installation::open(&config, opening, (&*clock, &*ids));
        let opened = Box::pin(opening).await?;
        let (store, keys) = (opened.store, opened.keys);
        let machinery = crate::host::Machinery::of(opened.warrant);
        let tries = crate::tries::Tries::new(&config.limits);
        Ok(Self(Arc::new(Inner {
            config,
            store,
            clock,
            ids,
            reference: ReferenceCache::default(),
            keys,
            gates: Gates::default(),
            tries,
            watch: Watch::default(),
            vitals: Parked::default(),
            message_days: AtomicU32::new(MESSAGE_DAYS),
            slow_ms: AtomicU32::new(crate::spans::SLOW_MS),
            outages: crate::outages::Outages::default(),
            rights: RightsCache::default(),
            rules: RulesCache::default(),
            ring: RingCache::default(),
            notes: Notes::default(),
            reads: crate::audit::reads::Reads::default(),
            machinery,
            vault: std::sync::OnceLock::new(),
            scanner: std::sync::OnceLock::new(),
            gateways: std::sync::OnceLock::new(),
            second: std::sync::OnceLock::new(),
            provider: std::sync::OnceLock::new(),
            platforms: std::sync::OnceLock::new(),
            printer: std::sync::OnceLock::new(),
            analytic: std::sync::OnceLock::new(),
        })))
    }

    /// Records which keys seal the database and which folder is its own; called after a migration.
    ///
    /// # Errors
    /// Of the store, or of the data folder.
    pub async fn record_installation(&self) -> anyhow::Result<()> {
        let with = (&*self.0.clock, &*self.0.ids);
        installation::record(&self.0.config, &self.0.store, with).await
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

    /// Time that only passes.
    pub(crate) fn steady(&self) -> Duration {
        self.0.clock.steady()
    }

    /// Where the bytes of files lie.
    pub fn vault(&self) -> &crate::files::Vault {
        let below = || crate::files::Vault::below(&self.0.config.data_dir);
        self.0.vault.get_or_init(below)
    }

    /// Keeps files elsewhere than in the data folder, said once at the start.
    #[cfg(feature = "s3")]
    pub fn keep_files_in(&self, vault: crate::files::Vault) {
        if self.0.vault.set(vault).is_err() {
            tracing::warn!("the place of files was said too late; it stays the data folder");
        }
    }

    /// Who looks at files for viruses; nobody unless it was said at the start.
    pub fn scanner(&self) -> Option<&crate::files::Scanner> {
        self.0.scanner.get()
    }

    /// The ways out for notifications; those of an installation without a gateway until they are said.
    pub fn gateways(&self) -> &crate::gateway::Gateways {
        static NONE: std::sync::LazyLock<crate::gateway::Gateways> =
            std::sync::LazyLock::new(Default::default);
        self.0.gateways.get().unwrap_or(&NONE)
    }

    /// Sends notifications through gateways from now on, said once at the start.
    pub fn send_through(&self, gateways: crate::gateway::Gateways) {
        if self.0.gateways.set(gateways).is_err() {
            tracing::warn!("the gateways were said twice; the first ones stay");
        }
    }

    /// The analytic copy; none unless it was said at the start.
    pub(crate) fn analytic(&self) -> Option<&dyn crate::reports::analytic::Analytic> {
        self.0.analytic.get().map(|copy| &**copy)
    }

    /// Counts cubes by an analytic copy from now on, said once at the start.
    pub fn count_by(&self, copy: Box<dyn crate::reports::analytic::Analytic>) {
        if self.0.analytic.set(copy).is_err() {
            tracing::warn!("the analytic copy was said twice; the first one stays");
        }
    }

    /// Lets a scanner look at every file from now on, said once at the start.
    pub fn scan_with(&self, scanner: crate::files::Scanner) {
        if self.0.scanner.set(scanner).is_err() {
            tracing::warn!("the virus scanner was said twice; the first one stays");
        }
    }

    /// Where signed positions of the audit go beside the data folder; nowhere until it is said.
    pub fn second(&self) -> Option<&crate::audit::second::Second> {
        self.0.second.get()
    }

    /// Brings signed positions of the audit to another place from now on, said once at the start.
    pub fn copy_checkpoints_to(&self, second: crate::audit::second::Second) {
        if self.0.second.set(second).is_err() {
            tracing::warn!("the second place of the audit was said twice; the first one stays");
        }
    }

    /// Who vouches for people beside their passwords; nobody unless it was said at the start.
    pub(crate) fn provider(&self) -> Option<&crate::sessions::provider::Provider> {
        self.0.provider.get()
    }

    /// Lets people sign in by an identity provider from now on, said once at the start.
    pub fn trust(&self, provider: crate::sessions::provider::Provider) {
        if self.0.provider.set(provider).is_err() {
            tracing::warn!("the identity provider was said twice; the first one stays");
        }
    }

    /// The platforms that hear of our accounts; none unless it was said at the start.
    pub(crate) fn platforms(&self) -> &[crate::scim::out::Platform] {
        self.0.platforms.get().map_or(&[], Vec::as_slice)
    }

    /// Tells platforms of our accounts from now on, said once at the start.
    pub fn link(&self, platforms: Vec<crate::scim::out::Platform>) {
        if self.0.platforms.set(platforms).is_err() {
            tracing::warn!("the linked platforms were said twice; the first ones stay");
        }
    }

    /// What prints reports; nothing unless it was said at the start.
    pub fn printer(&self) -> Option<Arc<dyn crate::reports::Printer>> {
        self.0.printer.get().cloned()
    }

    /// Lets reports be printed from now on, said once at the start.
    pub fn print_with(&self, printer: Arc<dyn crate::reports::Printer>) {
        if self.0.printer.set(printer).is_err() {
            tracing::warn!("the printer was said twice; the first one stays");
        }
    }

    /// What this process has seen of its clock.
    pub(crate) fn watch(&self) -> &Watch {
        &self.0.watch
    }

    /// How many days a delivered message stays in the data folder; 0 keeps it.
    pub fn message_days(&self) -> u32 {
        self.0.message_days.load(Ordering::Relaxed)
    }

    /// Sets how many days a delivered message stays in the data folder; 0 keeps it.
    pub fn keep_messages(&self, days: u32) {
        self.0.message_days.store(days, Ordering::Relaxed);
    }

    /// From which time on a call is told as slow; zero tells none.
    pub(crate) fn slow(&self) -> Duration {
        Duration::from_millis(self.0.slow_ms.load(Ordering::Relaxed).into())
    }

    /// Sets from how many milliseconds on a call is told as slow; 0 tells none.
    pub fn tell_slow(&self, milliseconds: u32) {
        self.0.slow_ms.store(milliseconds, Ordering::Relaxed);
    }

    /// The figures that the last look gave.
    pub(crate) fn parked(&self) -> &Parked {
        &self.0.vitals
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

    /// Who tried how often; the server lets it forget the quiet ones.
    pub fn tries(&self) -> &crate::tries::Tries {
        &self.0.tries
    }

    pub(crate) fn outages(&self) -> &crate::outages::Outages {
        &self.0.outages
    }

    pub(crate) fn gates(&self) -> &Gates {
        &self.0.gates
    }

    /// What refusals and looks were written lately.
    pub(crate) fn notes(&self) -> &Notes {
        &self.0.notes
    }

    /// What people looked at and was not counted in the database yet.
    pub(crate) fn reads(&self) -> &crate::audit::reads::Reads {
        &self.0.reads
    }

    /// Rights of sessions, each under the version of its account.
    pub(crate) fn rights(&self) -> &RightsCache {
        &self.0.rights
    }

    /// The keys that sign access tokens, as they were read last.
    pub(crate) fn ring_cache(&self) -> &RingCache {
        &self.0.ring
    }

    /// The office's rules about signing in.
    pub(crate) fn rules_cache(&self) -> &RulesCache {
        &self.0.rules
    }

    /// Definitions that are read already, and the services that processes may call: adapters and tests add theirs here.
    pub fn machinery(&self) -> &crate::host::Machinery {
        &self.0.machinery
    }

    pub(crate) fn reference_cache(&self) -> &ReferenceCache {
        &self.0.reference
    }
}

/// The basic data of an empty database that comes from this crate: the shipped process definitions.
pub fn basics(at: Instant) -> store::Basics {
    let seed = |key: &str, xml: &str| store::DefinitionSeed {
        key: key.to_owned(),
        xml: xml.to_owned(),
    };
    let ticket = crate::process::VERSIONS.map(|xml| seed(crate::process::TICKET_MAIN, xml));
    let sample = seed(crate::approvals::SAMPLE, crate::approvals::SHIPPED_SAMPLE);
    let application = crate::applications::VERSIONS;
    let application = application.map(|xml| seed(crate::applications::KEY, xml));
    store::Basics {
        at,
        definitions: ticket
            .into_iter()
            .chain(application)
            .chain([sample])
            .collect(),
    }
}
