//! One installation for all worlds of these tests: its units and people, whose passwords alone cost a second to seal. A world begins with a copy.
//! Not here: the beginning of an installation (the services' tests, `crash`).
//! The copy is SQLite's; what differs on PostgreSQL is tested below the router, and in samples (`World::on_postgres`).

use std::{fs, path::Path, sync::Arc};

use services::{Ctx, FixedClock, Services, ServicesConfig, SystemIds, users};
use shared::{
    access::Role,
    organisation::{Unit, UnitLevel},
};
use tempfile::TempDir;
use tokio::sync::OnceCell;

use super::{CENTRE, LEAD, OTHER, PASSWORD, morning};

static TEMPLATE: OnceCell<TempDir> = OnceCell::const_new();

/// Puts database, keys and what else an installation has into a data folder.
pub async fn copy_to(data_dir: &Path) {
    let template = TEMPLATE.get_or_init(make).await;
    for entry in fs::read_dir(template.path()).expect("the template is there") {
        let entry = entry.expect("an entry");
        assert!(
            entry.path().is_file(),
            "a new folder wants to be copied too"
        );
        fs::copy(entry.path(), data_dir.join(entry.file_name())).expect("a file is copied");
    }
}

async fn make() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder for the template");
    let home = folder.path();
    let config = ServicesConfig {
        // As the configuration names it.
        database_url: format!("sqlite://{}", home.join("minsheng.sqlite").display()),
        data_dir: home.to_path_buf(),
        keys_file: home.join("keys.json"),
        public_url: String::new(),
        serving: false,
        limits: services::tries::Limits::default(),
        crypto: services::CryptoConfig::default(),
    };
    let clock = Arc::new(FixedClock::at(morning()));
    let services = Services::open_with(config, clock, Arc::new(SystemIds)).await;
    let services = services.expect("an empty database opens");
    furnish(&services).await;
    // Closed, all of it is in the one file.
    services.store().close().await.expect("closes");
    folder
}

/// Puts units and people into an empty installation.
pub async fn furnish(services: &Services) {
    units(services).await;
    people(services).await;
}

/// A centre and two departments.
async fn units(services: &Services) {
    let unit = |code: &str, name: &str, parent: Option<&str>, level, region: &str| Unit {
        code: code.into(),
        name: name.into(),
        parent: parent.map(str::to_owned),
        path: parent.map_or(format!("{code}/"), |parent| format!("{parent}/{code}/")),
        level,
        region: region.into(),
        active: true,
        successor: None,
    };
    let units = vec![
        unit(
            CENTRE,
            "南京市12345中心",
            None,
            UnitLevel::CityCentre,
            "320100",
        ),
        unit(
            LEAD,
            "南京市城市管理局",
            Some(CENTRE),
            UnitLevel::Department,
            "320100",
        ),
        unit(
            OTHER,
            "南京市住房保障和房产局",
            Some(CENTRE),
            UnitLevel::Department,
            "320100",
        ),
    ];
    let write = services
        .store()
        .write::<_, store::StoreError, _>(move |tx| {
            Box::pin(async move {
                for unit in &units {
                    store::units::put(tx, unit).await?;
                }
                // Only the tests of the second factor ask for one.
                store::settings::set(tx, services::sessions::rules::SECOND_FACTOR, "none").await?;
                Ok(())
            })
        });
    write.await.expect("units are written");
}

/// One person for each role needed, called by it.
async fn people(services: &Services) {
    let centre = CENTRE;
    let owner = Ctx::system(services);
    for (username, unit, role) in [
        ("agent", centre, Role::Agent),
        ("dispatcher", centre, Role::Dispatcher),
        ("reviewer", centre, Role::ClosingReviewer),
        ("caller", centre, Role::FollowUp),
        ("supervisor", centre, Role::Supervisor),
        ("handler", LEAD, Role::Handler),
        ("unit.reviewer", LEAD, Role::UnitReviewer),
        ("other.handler", OTHER, Role::Handler),
        ("second.handler", LEAD, Role::Handler),
        ("manager", centre, Role::ProvincialManager),
        ("auditor", centre, Role::Auditor),
        ("business", centre, Role::BusinessAdmin),
        ("leader", centre, Role::CentreLeader),
        ("system", centre, Role::SystemAdmin),
        ("security", centre, Role::SecurityAdmin),
    ] {
        let command = users::Create {
            username: username.into(),
            name: username.into(),
            unit: unit.into(),
            password: PASSWORD.into(),
            given: false,
            roles: vec![role],
        };
        users::create(&owner, command)
            .await
            .expect("accounts are made");
    }
}
