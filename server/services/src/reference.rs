//! Names, limits and calendar in memory: what every list row and every deadline needs, without a query per row.
//! Read from the store as one snapshot, at most a few seconds old; changes by administrators bust it at once.
//! Not here: choosing from it for forms (`directory`), running the process (`process`).

use std::collections::HashMap;
use std::sync::{Arc, PoisonError};

use anyhow::Context as _;
use shared::application::ExtensionCaps;
use shared::calendar::{Calendars, Due, HourRule, Instant, WorkCalendar};
use shared::category::Category;
use shared::fault::Fault;
use shared::organisation::Unit;
use shared::place::{self, Division};
use shared::process::limit::{self, Limit, LimitQuery, LimitRule};
use shared::register::{Keep, ListCode, Switch, setting_of};
use shared::ticket::proposal::ReviewRules;
use shared::ticket::view::{CategoryView, Named};
use store::Conn;
use tokio::sync::RwLock;

use crate::applications;
use crate::context::Services;
use crate::fault::{Failure, Settle};
use crate::process::Process;
use crate::register::Lists;
use crate::tickets::verbs::life::dispatch_review;

/// The province whose divisions are shipped down to streets; stands in until an organisation has been set up.
pub(crate) const SHIPPED_PROVINCE: &str = "320000";

/// How old a snapshot may be, in milliseconds.
const FRESH: i64 = 30_000;

/// One consistent view of the slowly changing data.
#[derive(Clone)]
pub struct Reference {
    /// By code, inactive ones included, since history names them.
    pub units: HashMap<String, Unit>,
    /// What units were called before, each until an instant, the oldest first.
    pub(crate) old_names: HashMap<String, Vec<(Instant, String)>>,
    /// Names that divisions had, each until when.
    pub old_places: HashMap<String, Vec<(Instant, String)>>,
    /// By code.
    pub divisions: HashMap<String, Division>,
    /// By code, all levels.
    pub categories: HashMap<String, Category>,
    /// Those that are switched off: tickets of before carry them.
    pub retired: HashMap<String, Category>,
    /// The limit table.
    pub limits: Vec<LimitRule>,
    /// Working days, and the installation's usual hours.
    pub calendar: WorkCalendar,
    /// Whose clock runs in which hours.
    pub hours: Calendars,
    /// How much more time a unit may be given.
    pub extension: ExtensionCaps,
    /// Whether what a unit asks of the centre goes to its own leader first.
    pub unit_first: bool,
    /// Days after the closing in which a citizen may ask for a ticket to be opened again.
    pub reopen_days: i32,
    /// Working days after its dispatch for which a unit may send a ticket back; 0 for always.
    pub return_days: i32,
    /// Days for which a ticket can be taken out of the bin.
    pub restore_days: i32,
    /// How many levels of assignments a ticket may have; what a centre dispatches is the first.
    pub levels: i32,
    /// Which dispatches a second person looks at.
    pub review: ReviewRules,
    /// Parts that a person has on one day before a plan says it is too much.
    pub day_most: i32,
    /// Messages that a unit sends to the citizen of a ticket on one day.
    pub relays_a_day: i32,
    /// How many calls without the number are connected for a part on one day.
    pub calls_a_day: i32,
    /// How citizens are asked after the handling.
    pub follow_up: FollowUps,
    /// Days after the closing until a ticket is archived; not while it can be opened again.
    pub archive_days: i32,
    /// The process definitions that cases run on.
    pub process: Arc<Process>,
    /// The lists that have no table of their own.
    pub lists: Lists,
    /// Whether citizens file on the web.
    pub web_filing: bool,
    /// Whether the start page shows the open figures.
    pub open_figures: bool,
    /// The process definitions that applications run on.
    pub(crate) applications: Arc<applications::Versions>,
    /// Seals and knows marks of persons who are looked for.
    pub(crate) seal: store::Seal,
}

/// How citizens are asked after the handling, as it is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FollowUps {
    /// How long a ticket of the pool is in one pair of hands, in minutes.
    pub lease_minutes: i32,
    /// How long it rests after a call that nobody took, in minutes.
    pub pause_minutes: i32,
    /// How many of a hundred inquiries are called.
    pub inquiry_share: i32,
    /// How long a questionnaire can be answered, in days.
    pub link_days: i32,
    /// Whether one is sent once there is an answer.
    pub ask_after_answer: bool,
    /// Whether one is sent after a call that nobody took.
    pub ask_after_call: bool,
}

impl FollowUps {
    async fn read(db: &dyn Conn) -> Result<Self, Failure> {
        Ok(Self {
            lease_minutes: number(db, &Keep::CALL_LEASE).await?,
            pause_minutes: number(db, &Keep::CALL_PAUSE).await?,
            inquiry_share: number(db, &Keep::INQUIRY_SHARE).await?,
            link_days: number(db, &Keep::QUESTIONNAIRE).await?,
            ask_after_answer: is_on(db, &Switch::ASK_AFTER_ANSWER).await?,
            ask_after_call: is_on(db, &Switch::ASK_AFTER_CALL).await?,
        })
    }
}

async fn number(db: &dyn Conn, keep: &Keep) -> Result<i32, Failure> {
    let said = store::settings::get(db, &setting_of(keep.key)).await?;
    Ok(keep.of(said.as_deref()))
}

async fn is_on(db: &dyn Conn, switch: &Switch) -> Result<bool, Failure> {
    let said = store::settings::get(db, &setting_of(switch.key)).await?;
    Ok(switch.of(said.as_deref()))
}

/// A computed deadline with the row of the limit table it came from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Timed {
    /// The limit.
    pub limit: Limit,
    /// Row id in the limit table; `None` for limits that a rule computed, such as the half limit of a redo.
    pub rule: Option<i64>,
    /// When it ends and when it warns.
    pub due: Due,
}

impl Reference {
    /// A unit's code and Chinese name; the code stands in for a unit that is no longer known.
    pub fn unit(&self, code: &str) -> Named {
        Named {
            code: code.to_owned(),
            name: self
                .units
                .get(code)
                .map_or_else(|| code.to_owned(), |unit| unit.name.clone()),
        }
    }

    /// The same as it was called at an instant; as it is called now without one.
    pub fn unit_at(&self, code: &str, at: Option<Instant>) -> Named {
        let old = self.old_names.get(code);
        let then = at.zip(old).and_then(|(at, names)| {
            let mut then = names.iter().filter(|(until, _)| at < *until);
            then.next().map(|(_, name)| name.clone())
        });
        match then {
            Some(name) => Named {
                code: code.to_owned(),
                name,
            },
            None => self.unit(code),
        }
    }

    /// Division of the centre on top: for the area of this installation.
    pub fn root_region(&self) -> String {
        let mut roots = self.units.values().filter(|unit| unit.parent.is_none());
        roots
            .find(|unit| unit.active)
            .map_or_else(|| SHIPPED_PROVINCE.to_owned(), |unit| unit.region.clone())
    }

    /// Code of the province whose organisation this is: that of the root unit, or before there is one, of the divisions that are shipped.
    pub fn home(&self) -> String {
        let root = self.units.values().find(|unit| unit.parent.is_none());
        root.and_then(|unit| place::province(&unit.region))
            .map_or_else(|| SHIPPED_PROVINCE.to_owned(), |two| format!("{two}0000"))
    }

    /// A division's code and its Chinese path below the province, for example `南京市鼓楼区`.
    pub fn region(&self, code: &str) -> Named {
        Named {
            code: code.to_owned(),
            name: self.division_path(code),
        }
    }

    /// The same as it was called at an instant; as now without one.
    pub fn region_at(&self, code: &str, at: Option<Instant>) -> Named {
        Named {
            code: code.to_owned(),
            name: self.path_at(code, at),
        }
    }

    /// What a division was called at an instant.
    fn called<'r>(&'r self, division: &'r Division, at: Option<Instant>) -> &'r str {
        let old = self.old_places.get(&division.code);
        let then = at.zip(old).and_then(|(at, names)| {
            let mut then = names.iter().filter(|(until, _)| at < *until);
            then.next().map(|(_, name)| name.as_str())
        });
        then.unwrap_or(&division.name)
    }

    /// The Chinese path of a division without the province, unless it is the province itself.
    pub fn division_path(&self, code: &str) -> String {
        self.path_at(code, None)
    }

    /// The same as it was called at an instant; as now without one.
    pub fn path_at(&self, code: &str, at: Option<Instant>) -> String {
        let mut names = Vec::new();
        let mut next = self.divisions.get(code);
        while let Some(division) = next {
            if division.level != place::DivisionLevel::Province || names.is_empty() {
                names.push(self.called(division, at));
            }
            next = division
                .parent
                .as_deref()
                .and_then(|parent| self.divisions.get(parent));
        }
        if names.is_empty() {
            code.to_owned()
        } else {
            names.into_iter().rev().collect()
        }
    }

    /// A category with its path in both languages.
    pub fn category(&self, code: &str) -> Option<CategoryView> {
        let mut path = Vec::new();
        let named = |code: &str| self.categories.get(code).or_else(|| self.retired.get(code));
        let mut next = named(code);
        while let Some(category) = next {
            path.push(category);
            next = category.parent.as_deref().and_then(named);
        }
        let join = |name: fn(&Category) -> &str| {
            path.iter()
                .rev()
                .map(|category| name(category))
                .collect::<Vec<_>>()
                .join(" / ")
        };
        (!path.is_empty()).then(|| CategoryView {
            code: code.to_owned(),
            path_zh: join(|c| &c.name_zh),
            path_en: join(|c| &c.name_en),
        })
    }

    /// Whether the code is a leaf of the category tree.
    pub fn is_leaf_category(&self, code: &str) -> bool {
        code.len() == 6 && self.categories.contains_key(code)
    }

    /// The deadline of a stage that begins at `from` and is worked on in these hours; `None` when the table has no row for it.
    pub fn deadline(
        &self,
        query: &LimitQuery<'_>,
        from: Instant,
        calendar: &WorkCalendar,
    ) -> Option<Timed> {
        let rule = limit::choose(&self.limits, query)?;
        Some(Timed {
            limit: rule.limit,
            rule: Some(rule.id),
            due: calendar.due(from, rule.limit),
        })
    }
}

/// The calendars of everybody.
pub(crate) fn hours(
    base: WorkCalendar,
    rules: Vec<(String, HourRule)>,
    units: &[Unit],
) -> Calendars {
    let rules: Vec<HourRule> = rules.into_iter().map(|(_, rule)| rule).collect();
    Calendars::new(base, &rules, units)
}

/// The same as they stand in the database now.
pub(crate) async fn calendars(conn: &dyn Conn) -> Result<Calendars, Failure> {
    let base = store::calendar::load(conn).await?;
    let rules = store::calendar::hours(conn).await?;
    Ok(hours(base, rules, &store::units::all(conn).await?))
}

/// Holds the newest snapshot.
#[derive(Default)]
pub(crate) struct ReferenceCache {
    fresh: RwLock<Option<(Instant, Arc<Reference>)>>,
    /// The last one that was read, however old.
    last: std::sync::RwLock<Option<Arc<Reference>>>,
}

impl Services {
    /// The newest snapshot; read again when it is older than 30 seconds.
    pub async fn reference(&self) -> Result<Arc<Reference>, Fault> {
        let now = self.now();
        if let Some((read_at, snapshot)) = &*self.reference_cache().fresh.read().await
            && (now.0 - read_at.0).abs() < FRESH
        {
            return Ok(snapshot.clone());
        }
        let mut slot = self.reference_cache().fresh.write().await;
        if let Some((read_at, snapshot)) = &*slot
            && (now.0 - read_at.0).abs() < FRESH
        {
            return Ok(snapshot.clone());
        }
        let snapshot = Arc::new(self.read_reference().await.settle(self)?);
        *slot = Some((now, snapshot.clone()));
        let mut last = self
            .reference_cache()
            .last
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        *last = Some(snapshot.clone());
        Ok(snapshot)
    }

    /// The last snapshot that was read, however old, without waiting for anything: for what every page says and no page waits for.
    pub fn reference_at_hand(&self) -> Option<Arc<Reference>> {
        let last = self.reference_cache().last.read();
        last.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Forgets the snapshot after a change of units, limits, calendar or definitions.
    pub async fn bust_reference(&self) {
        *self.reference_cache().fresh.write().await = None;
    }

    async fn read_reference(&self) -> Result<Reference, Failure> {
        let db = self.store().reader();
        let units = store::units::all(&db).await?;
        let old_names = former_names(&db, ListCode::Units).await?;
        let old_places = former_names(&db, ListCode::Divisions).await?;
        let divisions = store::divisions::all(&db).await?;
        let categories = store::categories::all(&db).await?;
        let retired = store::categories::retired(&db).await?;
        let limits = store::limits::all(&db).await?;
        let calendar = store::calendar::load(&db).await?;
        let rules = store::calendar::hours(&db).await?;
        let hours = hours(calendar.clone(), rules, &units);
        let caps = store::settings::get(&db, ExtensionCaps::SETTING).await?;
        let extension = caps
            .map(|text| serde_json::from_str(&text).context("the caps of extensions"))
            .transpose()?
            .unwrap_or_default();
        let reopen_days = number(&db, &Keep::REOPENING).await?;
        let levels = number(&db, &Keep::LEVELS).await?;
        let archive_days = number(&db, &Keep::ARCHIVING).await?;
        let review = dispatch_review::rules(&db).await?;
        let day_most = number(&db, &Keep::DAY_MOST).await?;
        let relays_a_day = number(&db, &Keep::RELAYS).await?;
        let follow_up = FollowUps::read(&db).await?;
        let definitions = store::definitions::all(&db, crate::process::TICKET_MAIN).await?;
        let activations = store::activations::all(&db, crate::process::TICKET_MAIN).await?;
        let asked = store::definitions::all(&db, applications::KEY).await?;
        let now = self.now();
        let lists = Lists::read(&db, now).await?;
        Ok(Reference {
            units: units
                .into_iter()
                .map(|unit| (unit.code.clone(), unit))
                .collect(),
            old_names,
            old_places,
            divisions: divisions
                .into_iter()
                .map(|division| (division.code.clone(), division))
                .collect(),
            categories: categories
                .into_iter()
                .map(|category| (category.code.clone(), category))
                .collect(),
            retired: retired
                .into_iter()
                .map(|category| (category.code.clone(), category))
                .collect(),
            limits,
            calendar,
            hours,
            seal: self.keys().seal(),
            extension,
            unit_first: is_on(&db, &Switch::UNIT_FIRST).await?,
            reopen_days,
            return_days: number(&db, &Keep::RETURNS).await?,
            restore_days: number(&db, &Keep::RECYCLED).await?,
            levels,
            review,
            day_most,
            relays_a_day,
            calls_a_day: number(&db, &Keep::CALLS).await?,
            follow_up,
            archive_days,
            lists,
            web_filing: is_on(&db, &Switch::WEB_FILING).await?,
            open_figures: is_on(&db, &Switch::FIGURES).await?,
            process: Arc::new(Process::load(definitions, activations)?),
            applications: Arc::new(asked_by(&asked, now)?),
        })
    }
}

/// The versions of the process of requests.
fn asked_by(
    all: &[store::definitions::Definition],
    now: Instant,
) -> Result<applications::Versions, Failure> {
    let versions = all.iter().map(|definition| {
        let is_active = definition.is_active(now);
        (definition.version, definition.xml.as_str(), is_active)
    });
    applications::Versions::load(versions)
}

/// The names that rows of a list had, each until an instant, the oldest first.
async fn former_names(
    db: &dyn Conn,
    list: ListCode,
) -> Result<HashMap<String, Vec<(Instant, String)>>, Failure> {
    let mut former: HashMap<String, Vec<(Instant, String)>> = HashMap::new();
    for (code, body, until) in store::register::past(db, list).await? {
        let name = crate::register::cells(&body)?.remove("name");
        let names = former.entry(code).or_default();
        names.extend(name.map(|name| (until, name)));
    }
    Ok(former)
}
