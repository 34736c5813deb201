//! One test's world: services on a database of its own, a clock that stands on Monday 2 March 2026, nine o'clock.

use std::future::Future;
use std::path::PathBuf;
use std::sync::Arc;

use services::{Ctx, FixedClock, Opening, SeededIds, Services, ServicesConfig};
use shared::access::{Actor, Role};
use store::crypto::Provider;
use store::users::User;
use tempfile::TempDir;

use super::cast::{self, CENTRE};
use super::database::Kind;
use super::story::at;
use super::template;

/// Where a story happens.
pub struct World {
    pub services: Services,
    pub clock: Arc<FixedClock>,
    _folder: TempDir,
}

/// Tells a story on every database that is there.
pub async fn on_each_database<F: Future<Output = ()>>(story: impl Fn(World) -> F) {
    for kind in Kind::available() {
        eprintln!("on {kind:?}");
        story(World::open(kind).await).await;
    }
}

/// The same where nothing was set up yet: no unit, nobody with an account.
pub async fn on_each_empty_database<F: Future<Output = ()>>(story: impl Fn(World) -> F) {
    for kind in Kind::available() {
        eprintln!("on {kind:?}");
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = kind.fresh(&folder).await;
        let data_dir = folder.path().join("data");
        story(World::opened(url, folder, data_dir).await).await;
    }
}

impl World {
    /// A world on one kind of database.
    pub async fn open(kind: Kind) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = template::copy(kind, &folder).await;
        let data_dir = folder.path().join("data");
        Self::opened(url, folder, data_dir).await
    }

    /// A world on an empty database that is there.
    pub async fn on(database_url: String, folder: TempDir) -> Self {
        let data_dir = folder.path().join("data");
        Self::with_data(database_url, folder, data_dir).await
    }

    /// The same with a data folder somewhere else.
    pub async fn with_data(database_url: String, folder: TempDir, data_dir: PathBuf) -> Self {
        let world = Self::opened(database_url, folder, data_dir).await;
        template::units(&world.services).await;
        world.services.bust_reference().await;
        world
    }

    /// A world on an empty database whose first start chooses the keys' provider.
    pub async fn of_provider(kind: Kind, provider: Provider) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = kind.fresh(&folder).await;
        let mut config = template::config(url, folder.path(), folder.path().join("data"));
        config.crypto.provider = Some(provider);
        let world = Self::begun(config, folder).await;
        template::units(&world.services).await;
        world.services.bust_reference().await;
        world
    }

    /// The same installation after its server was stopped and started again.
    pub async fn starts_again(&mut self) {
        let config = self.services.config().clone();
        self.services.store().close().await.expect("closes");
        let ids = Arc::new(SeededIds::new(54_321));
        let services = Services::open_as(config, Opening::Use, self.clock.clone(), ids).await;
        self.services = services.expect("the services open again");
    }

    async fn opened(database_url: String, folder: TempDir, data_dir: PathBuf) -> Self {
        let config = template::config(database_url, folder.path(), data_dir);
        Self::begun(config, folder).await
    }

    async fn begun(config: ServicesConfig, folder: TempDir) -> Self {
        let clock = Arc::new(FixedClock::at(at("2026-03-02T09:00:00+08:00")));
        let services = Services::open_with(config, clock.clone(), Arc::new(SeededIds::new(12_345)))
            .await
            .expect("the services open");
        Self {
            services,
            clock,
            _folder: folder,
        }
    }

    /// Moves the clock to a time of +08:00 on a day: `time("2026-03-03T10:00")`.
    pub fn time(&self, text: &str) {
        self.clock.set(at(&format!("{text}:00+08:00")));
    }

    /// Anybody, always in the same browser.
    pub fn visitor(&self) -> Ctx {
        self.visitor_with("5eed0000000000000000000000000001")
    }

    /// A visitor in another browser.
    pub fn visitor_with(&self, device: &str) -> Ctx {
        Ctx {
            device: Some(device.to_owned()),
            ip: Some("192.0.2.1".to_owned()),
            ..Ctx::visitor(&self.services)
        }
    }

    /// Somebody without a browser of ours, at an address.
    pub fn stranger(&self, ip: &str) -> Ctx {
        Ctx {
            ip: Some(ip.to_owned()),
            ..Ctx::visitor(&self.services)
        }
    }

    /// Gives a ticket the query code behind a hash, as if an older release had drawn it.
    pub async fn keep_code(&self, no: &str, hash: Vec<u8>) {
        let url = &self.services.config().database_url;
        let (start, bytes) = if url.starts_with("sqlite") {
            ("x'", hex::encode(hash))
        } else {
            ("'\\x", hex::encode(hash))
        };
        let connection = sea_orm::Database::connect(url).await.expect("connects");
        let sql = format!(
            "update ticket_keys set query_code_hash = {start}{bytes}' where ticket_no = '{no}'"
        );
        sea_orm::ConnectionTrait::execute_unprepared(&connection, &sql)
            .await
            .expect("the code is set");
        connection.close().await.expect("closes");
    }

    /// Sets a ticket's deadline past every rule.
    pub async fn damage(&self, no: &str) {
        let url = &self.services.config().database_url;
        let connection = sea_orm::Database::connect(url).await.expect("connects");
        let sql = format!("update tickets set due_at = due_at + 1 where ticket_no = '{no}'");
        sea_orm::ConnectionTrait::execute_unprepared(&connection, &sql)
            .await
            .expect("the deadline is set");
        connection.close().await.expect("closes");
    }

    /// Changes what is kept past every rule.
    pub async fn tampers(&self, sql: &str) {
        let url = &self.services.config().database_url;
        let connection = sea_orm::Database::connect(url).await.expect("connects");
        sea_orm::ConnectionTrait::execute_unprepared(&connection, sql)
            .await
            .expect(sql);
        connection.close().await.expect("closes");
    }

    /// Repeats every line of the histories as a release wrote it that did not keep who acts.
    pub async fn repeat_as_before_actors(&self) {
        let url = &self.services.config().database_url;
        let connection = sea_orm::Database::connect(url).await.expect("connects");
        let columns = "verb, at, by_user, by_name, unit, assignment_id, to_state";
        let sql = format!(
            "insert into events (case_id, seq, {columns}) select case_id, seq + 100, {columns} from events"
        );
        sea_orm::ConnectionTrait::execute_unprepared(&connection, &sql)
            .await
            .expect("repeated");
        connection.close().await.expect("closes");
    }

    /// The rows of an action in the audit, oldest first.
    pub async fn audited(&self, action: &str) -> Vec<store::record::AuditEntry> {
        let query = services::audit::AuditQuery {
            action: Some(action.to_owned()),
            limit: 500,
            ..Default::default()
        };
        let page = services::audit::list(&Ctx::system(&self.services), query)
            .await
            .expect("the audit is read");
        page.items.into_iter().rev().map(|row| row.entry).collect()
    }

    /// A call by somebody.
    pub fn of(&self, actor: Actor) -> Ctx {
        Ctx::of(&self.services, actor)
    }

    /// Somebody of a unit.
    pub fn person(&self, role: Role, unit: &str) -> Ctx {
        self.of(cast::person(role, unit))
    }

    /// Somebody of a unit with an account.
    pub async fn hires(&self, role: Role, unit: &str) -> Ctx {
        let mut ctx = self.person(role, unit);
        ctx.actor.username = ctx.actor.username.to_lowercase();
        let mut user = User {
            id: ctx.actor.user().expect("a person"),
            username: ctx.actor.username.clone(),
            name: ctx.actor.name.clone(),
            password_hash: "none".to_owned(),
            unit: unit.to_owned(),
            active: true,
            version: 1,
            posts: Vec::new(),
            mates: Vec::new(),
            has_factor: false,
            created_at: ctx.now(),
            updated_at: ctx.now(),
            password_given: false,
            password_at: None,
            state: shared::account::life::AccountState::Open,
            seen_at: None,
        };
        let given = store::roles::Mark {
            by: None,
            name: None,
            at: ctx.now(),
        };
        user.begin_with(&[role], &given);
        self.services
            .store()
            .write(move |tx| {
                let user = user.clone();
                Box::pin(async move { store::users::insert(tx, &user).await })
            })
            .await
            .expect("the account is made");
        ctx
    }

    pub fn agent(&self) -> Ctx {
        self.person(Role::Agent, CENTRE)
    }

    pub fn dispatcher(&self) -> Ctx {
        self.person(Role::Dispatcher, CENTRE)
    }

    pub fn reviewer(&self) -> Ctx {
        self.person(Role::ClosingReviewer, CENTRE)
    }

    pub fn caller(&self) -> Ctx {
        self.person(Role::FollowUp, CENTRE)
    }

    pub fn supervisor(&self) -> Ctx {
        self.person(Role::Supervisor, CENTRE)
    }

    pub fn supervisor_of_suzhou(&self) -> Ctx {
        self.person(Role::Supervisor, cast::SUZHOU_CENTRE)
    }

    pub fn suzhou_dispatcher(&self) -> Ctx {
        self.person(Role::Dispatcher, cast::SUZHOU_CENTRE)
    }

    pub fn liaison(&self, unit: &str) -> Ctx {
        self.person(Role::UnitLiaison, unit)
    }

    pub fn handler(&self, unit: &str) -> Ctx {
        self.person(Role::Handler, unit)
    }

    pub fn unit_reviewer(&self, unit: &str) -> Ctx {
        self.person(Role::UnitReviewer, unit)
    }
}
