//! City variants as data: each profile that ships goes over a working office, and the main road is walked under its limits, once with another version of the process.
//! Not here: the other roads (`roads`), whole offices from a file (`mod`), single lists (`register`).
//! Nothing of the product asks which city it is.

use services::approvals::owner::{self, activate::Part};
use services::setup::Office;
use services::{consistency, tickets};
use shared::access::Role;
use shared::calendar::Instant;
use shared::command::Version;
use shared::ticket::command::Register;
use shared::ticket::verbs::Close;
use shared::ticket::{RequestKind, Satisfaction, Solved, TicketState};

use super::{example, planned, run};
use crate::approvals::story::hire;
use crate::support::{Filed, World, ZJJ, a_complaint, at, on_each_database};

const PROCESS: &str = include_str!("../../../../bpmn/definitions/ticket-main-2.bpmn");

/// A profile, and when a complaint and an inquiry of Monday morning are due under it.
const PROFILES: [(&str, &str, &str); 3] = [
    (
        "profile-jinan.toml",
        "2026-03-09T17:30:00+08:00",
        "2026-03-09T17:30:00+08:00",
    ),
    (
        "profile-shandong.toml",
        "2026-03-09T17:30:00+08:00",
        "2026-03-03T17:30:00+08:00",
    ),
    (
        "profile-bureau.toml",
        "2026-03-19T17:30:00+08:00",
        "2026-03-05T17:30:00+08:00",
    ),
];

fn of_kind(kind: RequestKind) -> Register {
    Register {
        kind,
        occurred_at: None,
        ..a_complaint()
    }
}

/// Another version of the process for complaints; its number.
pub(super) async fn other_process(world: &World) -> i32 {
    let manager = hire(world, Role::ProvincialManager, "320000-12345").await;
    let own = PROCESS.replace(
        r#"name="派单" ms:name_en="Triage""#,
        r#"name="局里派单" ms:name_en="Triage of the bureau""#,
    );
    let deployed = owner::deploy(&manager, &own, None).await;
    let version = deployed.expect("deployed").version;
    let part = Part {
        kind: Some(RequestKind::Complaint),
        ..Part::default()
    };
    owner::activate::for_part(&manager, "ticket-main", version, part)
        .await
        .expect("set");
    version
}

async fn due(world: &World, filed: &Filed) -> Option<Instant> {
    let seen = tickets::get(&world.dispatcher(), filed.id).await;
    seen.expect("seen").row.deadline.due_at
}

/// Dispatched, answered, reviewed, called and closed.
async fn walks(world: &World, mut filed: Filed) {
    world.dispatches(&mut filed, ZJJ, &[]).await;
    world.unit_answers(&mut filed, ZJJ).await;
    world.centre_passes(&mut filed).await;
    world
        .citizen_answers_call(&mut filed, Satisfaction::Satisfied, Solved::Yes)
        .await;
    let close = Close {
        version: Version(filed.version),
        exempt: None,
    };
    filed.took(tickets::act(&world.caller(), filed.id, close).await);
    let seen = tickets::get(&world.dispatcher(), filed.id).await;
    assert_eq!(seen.expect("seen").row.state, TicketState::Closed);
}

async fn fits(world: &World) {
    let found = consistency::check_all(&world.services).await;
    let found = found.expect("checked");
    assert_eq!(found.count, 0, "{:?}", found.first);
}

#[tokio::test]
async fn the_main_road_is_walked_under_each_profile() {
    for (file, complaint, inquiry) in PROFILES {
        on_each_database(|world| async move {
            let made = run(&world, Office::read(&example(file))).await;
            assert!(made.expect("carried out").is_empty(), "no accounts");
            let again = planned(&world, Office::read(&example(file))).await;
            assert!(again.is_good() && again.is_done(), "{:?}", again.troubles);
            let complained = world.files(of_kind(RequestKind::Complaint)).await;
            assert_eq!(
                due(&world, &complained).await,
                Some(at(complaint)),
                "{file}"
            );
            let asked = world.files(of_kind(RequestKind::Inquiry)).await;
            assert_eq!(due(&world, &asked).await, Some(at(inquiry)), "{file}");
            walks(&world, complained).await;
            fits(&world).await;
        })
        .await;
    }
}

#[tokio::test]
async fn another_profile_and_another_version_of_the_process_go_together() {
    on_each_database(|world| async move {
        let made = run(&world, Office::read(&example("profile-bureau.toml"))).await;
        made.expect("carried out");
        let version = other_process(&world).await;
        let filed = world.files(of_kind(RequestKind::Complaint)).await;
        let flow = tickets::flow(&world.supervisor(), filed.id).await;
        assert_eq!(flow.expect("seen").version, version);
        walks(&world, filed).await;
        fits(&world).await;
    })
    .await;
}
