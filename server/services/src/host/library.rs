//! Definitions in memory: read once per version, put together with everything that they may call.
//! Not here: deploying (`owner`), the engine (`bpmn`).
//! A case names the version of everything that it may call when it is filed, so that a later deployment never changes it.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use anyhow::Context as _;
use bpmn::Definition;
use bpmn::decision::Decision;
use moka::future::Cache;
use shared::calendar::Instant;
use shared::ids::CaseId;
use shared::text::Locale;
use store::record::ApprovalCase;
use store::{Conn, Warrant};

use super::Hosted as _;
use super::services::NamedService;
use super::time::{Whose, WorkClock};
use crate::context::Services;
use crate::fault::Failure;
use crate::reference::Reference;

/// Definitions kept in memory.
const KEPT: u64 = 200;
/// Definitions that one case may call, directly or not.
const CALLED: usize = 50;
/// How decision tables stand among the pins.
const TABLE: &str = "dmn:";

/// An approval past every scope, for what the house does to whatever hangs on one person.
pub(crate) async fn any_approval(
    services: &Services,
    conn: &dyn Conn,
    id: CaseId,
) -> Result<Option<ApprovalCase>, Failure> {
    ApprovalCase::load_any(services.machinery().warrant(), conn, id).await
}

/// What cases need of a process.
pub struct Machinery {
    /// Only this house loads past the scope, and only its runner says what is saved.
    warrant: Warrant,
    definitions: Cache<(String, i32), Arc<Definition>>,
    decisions: Cache<(String, i32), Arc<Decision>>,
    services: RwLock<BTreeMap<String, Arc<dyn NamedService>>>,
}

impl Machinery {
    /// What a process that has opened the store begins with.
    pub(crate) fn of(warrant: Warrant) -> Self {
        Self {
            warrant,
            definitions: Cache::new(KEPT),
            decisions: Cache::new(KEPT),
            services: RwLock::new(super::services::shipped()),
        }
    }

    /// For the jobs and the runner alone.
    pub(super) const fn warrant(&self) -> &Warrant {
        &self.warrant
    }

    /// A service by its name.
    pub(crate) fn service(&self, name: &str) -> Option<Arc<dyn NamedService>> {
        self.services
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(name)
            .cloned()
    }

    /// Adds a service that processes may call, for adapters and tests.
    pub fn add_service(&self, name: &str, service: Arc<dyn NamedService>) {
        self.services
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(name.to_owned(), service);
    }

    /// The version of a definition, read once.
    pub(crate) async fn definition(
        &self,
        conn: &dyn Conn,
        key: &str,
        version: i32,
    ) -> Result<Option<Arc<Definition>>, Failure> {
        let at = (key.to_owned(), version);
        if let Some(known) = self.definitions.get(&at).await {
            return Ok(Some(known));
        }
        let Some(found) = store::definitions::get(conn, key, version).await? else {
            return Ok(None);
        };
        let parsed = Definition::parse(&found.xml)
            .with_context(|| format!("definition {key} version {version}"))?;
        let parsed = Arc::new(parsed);
        self.definitions.insert(at, Arc::clone(&parsed)).await;
        Ok(Some(parsed))
    }

    async fn decision(
        &self,
        conn: &dyn Conn,
        key: &str,
        version: i32,
    ) -> Result<Option<Arc<Decision>>, Failure> {
        let at = (key.to_owned(), version);
        if let Some(known) = self.decisions.get(&at).await {
            return Ok(Some(known));
        }
        let Some(xml) = store::decisions::get(conn, key, version).await? else {
            return Ok(None);
        };
        let tables = Decision::parse(&xml)
            .with_context(|| format!("decision table {key} version {version}"))?;
        let Some(found) = tables.into_iter().find(|table| table.id == key) else {
            return Ok(None);
        };
        let found = Arc::new(found);
        self.decisions.insert(at, Arc::clone(&found)).await;
        Ok(Some(found))
    }
}

/// A definition with everything that it may call, at one moment.
pub(crate) struct Library {
    /// What the engine looks things up in.
    pub(crate) lookup: bpmn::Library,
    /// The definition that starts.
    pub(crate) main: Arc<Definition>,
    called: Vec<Arc<Definition>>,
    /// Its version.
    pub(crate) version: i32,
    pub(crate) clock: Arc<WorkClock>,
}

impl Library {
    /// A version that calls nothing outside of its file.
    pub(crate) fn alone(
        (version, main): (i32, &Arc<Definition>),
        reference: &Arc<Reference>,
        now: Instant,
    ) -> Self {
        let clock = Arc::new(WorkClock::new(Arc::clone(reference), now));
        Self {
            lookup: bpmn::Library::new(Arc::clone(main)).with_clock(clock.clone()),
            main: Arc::clone(main),
            called: Vec::new(),
            version,
            clock,
        }
    }

    /// Another version that calls nothing, at the same moment: of a case that hangs on this one.
    pub(crate) fn beside(&self, (version, main): (i32, &Arc<Definition>)) -> Self {
        let clock = Arc::clone(&self.clock);
        Self {
            lookup: bpmn::Library::new(Arc::clone(main)).with_clock(clock.clone()),
            main: Arc::clone(main),
            called: Vec::new(),
            version,
            clock,
        }
    }

    /// The same, whose timers run in somebody's working hours.
    pub(crate) fn in_hours_of(self, whose: Whose) -> Self {
        let clock = Arc::new(self.clock.of(whose));
        Self {
            lookup: self.lookup.with_clock(clock.clone()),
            clock,
            ..self
        }
    }

    /// The definition in which an element stands.
    pub(crate) fn definition_of(&self, element: &str) -> Option<&Definition> {
        std::iter::once(&self.main)
            .chain(&self.called)
            .map(|definition| &**definition)
            .find(|definition| definition.element(element).is_some())
    }

    /// An element's name in a reader's language, or its id where it has none.
    pub(crate) fn name_of(&self, element: &str, locale: Locale) -> String {
        self.definition_of(element)
            .map_or(element, |definition| name_in(definition, element, locale))
            .to_owned()
    }
}

/// An element's name in a reader's language, or its id where it has none.
pub(crate) fn name_in<'a>(definition: &'a Definition, element: &'a str, locale: Locale) -> &'a str {
    definition
        .element(element)
        .and_then(|found| found.name_in(locale))
        .unwrap_or(element)
}

/// Versions of everything that a definition may call, by key; tables stand behind `dmn:`.
pub(crate) type Pins = BTreeMap<String, i32>;

impl Services {
    /// A version with what it may call.
    pub(crate) async fn library(
        &self,
        conn: &dyn Conn,
        (key, version): (&str, i32),
        pins: &Pins,
    ) -> Result<Library, Failure> {
        let machinery = self.machinery();
        let gone = |key: &str, version: i32| {
            anyhow::anyhow!("definition {key} version {version} is not deployed")
        };
        let main = machinery
            .definition(conn, key, version)
            .await?
            .ok_or_else(|| gone(key, version))?;
        let clock = Arc::new(WorkClock::new(self.reference().await?, self.now()));
        let mut lookup = bpmn::Library::new(Arc::clone(&main)).with_clock(clock.clone());
        let mut called = Vec::new();
        for (key, version) in pins {
            match key.strip_prefix(TABLE) {
                None => {
                    let found = machinery
                        .definition(conn, key, *version)
                        .await?
                        .ok_or_else(|| gone(key, *version))?;
                    lookup = lookup.with_called(Arc::clone(&found));
                    called.push(found);
                }
                Some(table) => {
                    let found = machinery
                        .decision(conn, table, *version)
                        .await?
                        .ok_or_else(|| gone(key, *version))?;
                    lookup = lookup.with_decision(found);
                }
            }
        }
        Ok(Library {
            lookup,
            main,
            called,
            version,
            clock,
        })
    }

    /// The version that new cases of a definition start on now, with the versions of everything that it may call.
    pub(crate) async fn active(
        &self,
        conn: &dyn Conn,
        key: &str,
    ) -> Result<Option<(i32, Pins)>, Failure> {
        let Some(version) = self.active_version(conn, key).await? else {
            return Ok(None);
        };
        let pins = self.pins(conn, key, version).await?;
        Ok(Some((version, pins)))
    }

    async fn active_version(&self, conn: &dyn Conn, key: &str) -> Result<Option<i32>, Failure> {
        let now = self.now();
        let versions = store::definitions::all(conn, key).await?;
        Ok(versions
            .iter()
            .rev()
            .find(|version| version.is_active(now))
            .map(|version| version.version))
    }

    /// The versions of everything that a version may call: the one that the file fixes, else the active one.
    pub(crate) async fn pins(
        &self,
        conn: &dyn Conn,
        key: &str,
        version: i32,
    ) -> Result<Pins, Failure> {
        let mut pins = Pins::new();
        let mut open = vec![(key.to_owned(), version)];
        while let Some((key, version)) = open.pop() {
            let Some(definition) = self.machinery().definition(conn, &key, version).await? else {
                continue;
            };
            for table in definition.decisions() {
                if let Some((version, _)) = store::decisions::newest(conn, &table).await? {
                    pins.insert(format!("{TABLE}{table}"), version);
                }
            }
            for call in definition.calls() {
                let inside = definition.process(&call.process).is_some();
                if inside || pins.contains_key(&call.process) || pins.len() >= CALLED {
                    continue;
                }
                let wanted = match call.version {
                    Some(version) => Some(version),
                    None => self.active_version(conn, &call.process).await?,
                };
                if let Some(version) = wanted {
                    pins.insert(call.process.clone(), version);
                    open.push((call.process, version));
                }
            }
        }
        Ok(pins)
    }
}
