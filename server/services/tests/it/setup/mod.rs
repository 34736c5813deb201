//! An empty installation becomes a working office: by a file, and what is found when something is missing or wrong in it.
//! What is wrong in files: `faults`; over an office that is set up: `profiles`, `roads`. Not here: pages and the command line (tests of the server).
//! The office that a file made closes a complaint.

mod closed;
mod faults;
mod profiles;
mod roads;

use std::path::{Path, PathBuf};

use services::Ctx;
use services::setup::{self, Made, Office, Plan};
use shared::fault::Fault;
use shared::setup::{ReadyCode, ReadyState, ReadyView};

use crate::support::{World, on_each_empty_database};

/// The example files that ship.
pub fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../docs/examples")
        .join(name)
}

/// What the machine's owner would get.
pub async fn planned(world: &World, office: Office) -> Plan {
    let ctx = Ctx::system(&world.services);
    setup::plan(&ctx, office).await.expect("judged")
}

/// Runs a file; the accounts that were made.
pub async fn run(world: &World, office: Office) -> Result<Vec<Made>, Fault> {
    let plan = planned(world, office).await;
    let told: Vec<String> = plan.troubles.iter().map(|it| format!("{it:?}")).collect();
    assert!(plan.is_good(), "{told:#?}");
    let ctx = Ctx::system(&world.services);
    let mut made = Vec::new();
    setup::carry_out(&ctx, plan, &mut |one| made.push(one)).await?;
    Ok(made)
}

pub async fn looked(world: &World) -> ReadyView {
    setup::ready(&Ctx::system(&world.services))
        .await
        .expect("looked")
}

pub fn in_state(view: &ReadyView, state: ReadyState) -> Vec<ReadyCode> {
    let items = view.items.iter().filter(|item| item.state == state);
    items.map(|item| item.code).collect()
}

#[tokio::test]
async fn an_empty_installation_says_all_that_is_missing() {
    on_each_empty_database(|world| async move {
        use ReadyCode as C;
        let view = looked(&world).await;
        assert!(!view.is_ready);
        assert_eq!(
            in_state(&view, ReadyState::Missing),
            [
                C::Centre,
                C::SystemAdmin,
                C::SecurityAdmin,
                C::Auditor,
                C::BusinessAdmin,
                C::Units,
                C::Intake,
                C::Dispatch,
                C::UnitPeople,
                C::ClosingReview,
                C::FollowUp,
            ]
        );
        // What ships: categories, limits, hours, calendar, the process.
        assert_eq!(
            in_state(&view, ReadyState::Advice),
            [C::Duties, C::Gateway, C::Keys, C::Backup]
        );
    })
    .await;
}

#[tokio::test]
async fn both_example_files_end_ready_to_open_and_change_nothing_when_run_again() {
    for (file, units) in [("office-county.toml", 6), ("office-city.toml", 10)] {
        on_each_empty_database(|world| async move {
            let made = run(&world, Office::read(&example(file))).await;
            let made = made.expect("carried out");
            assert!(made.len() > 15, "{}", made.len());
            for one in &made {
                let link = &one.link.link;
                assert!(
                    link.starts_with("https://12345.example/reset?token="),
                    "{link}"
                );
            }
            let view = looked(&world).await;
            assert!(view.is_ready, "{:#?}", view.items);
            let db = world.services.store().reader();
            let all = store::units::all(&db).await.expect("units");
            assert_eq!(all.len(), units, "{file}");
            let again = planned(&world, Office::read(&example(file))).await;
            assert!(again.is_good() && again.is_done(), "{:?}", again.troubles);
            assert!(again.troubles.is_empty(), "{:?}", again.troubles);
            assert_eq!(
                run(&world, Office::read(&example(file))).await,
                Ok(Vec::new())
            );
        })
        .await;
    }
}

#[tokio::test]
async fn a_link_sets_the_password_with_which_its_owner_signs_in() {
    on_each_empty_database(|world| async move {
        let made = run(&world, Office::read(&example("office-county.toml"))).await;
        let made = made.expect("carried out");
        let one = made.iter().find(|it| it.username == "cs.dispatcher");
        let one = one.expect("the dispatcher");
        let token = one.link.link.split("token=").nth(1).expect("a token");
        let before = looked(&world).await;
        let waiting = before.item(ReadyCode::SignedIn).expect("an item").clone();
        assert_eq!(waiting.facts["count"], made.len().to_string());
        services::users::reset(&world.visitor(), token, "Kestrel-41-river")
            .await
            .expect("set");
        let after = looked(&world).await;
        let waiting = after.item(ReadyCode::SignedIn).expect("an item");
        assert_eq!(waiting.facts["count"], (made.len() - 1).to_string());
    })
    .await;
}

#[tokio::test]
async fn a_file_that_was_changed_brings_only_what_is_new() {
    on_each_empty_database(|world| async move {
        let text = std::fs::read_to_string(example("office-county.toml")).expect("reads");
        run(&world, Office::of("office.toml", &text, None))
            .await
            .expect("carried out");
        let more = format!(
            "{text}\n[[units]]\ncode = \"320581-JYJ\"\nname = \"常熟市教育局\"\nlevel = \"department\"\n\n\
             [[people]]\nusername = \"cs.jyj\"\nname = \"方芳\"\nunit = \"320581-JYJ\"\nroles = [\"handler\", \"unit_reviewer\"]\n"
        );
        let plan = planned(&world, Office::of("office.toml", &more, None)).await;
        assert_eq!(plan.counts(), [(shared::register::ListCode::Units, [1, 0, 0])]);
        assert_eq!((plan.accounts(), plan.others()), (1, 0));
        let made = run(&world, Office::of("office.toml", &more, None)).await;
        assert_eq!(made.expect("carried out").len(), 1);
        // A unit without people is told, and keeps nobody from opening.
        let third = format!(
            "{more}\n[[units]]\ncode = \"320581-GAJ\"\nname = \"常熟市公安局\"\nlevel = \"department\"\n"
        );
        run(&world, Office::of("office.toml", &third, None))
            .await
            .expect("carried out");
        let view = looked(&world).await;
        let people = view.item(ReadyCode::UnitPeople).expect("an item");
        assert_eq!(people.state, ReadyState::Advice);
        assert_eq!(people.facts["names"], "常熟市公安局");
        assert!(view.is_ready);
    })
    .await;
}

#[tokio::test]
async fn who_may_mend_what_is_told_to_each() {
    on_each_empty_database(|world| async move {
        run(&world, Office::read(&example("office-county.toml")))
            .await
            .expect("carried out");
        let text = "[area]\ndivision = \"320581\"\n";
        let plan = planned(&world, Office::of("office.toml", text, None)).await;
        assert!(
            plan.is_done(),
            "the centre's name stays: {:?}",
            plan.counts()
        );
        let business = closed::person(&world, "cs.business").await;
        let view = setup::ready(&business).await.expect("may look");
        let may = |code| view.item(code).expect("an item").may_mend;
        assert!(may(ReadyCode::Units) && may(ReadyCode::Duties));
        assert!(!may(ReadyCode::Dispatch) && !may(ReadyCode::Keys));
        let agent = closed::person(&world, "cs.agent").await;
        let refused = setup::ready(&agent).await.expect_err("not an agent's");
        assert_eq!(refused.code, shared::fault::Code::AccessDenied);
        let refused = setup::plan(&business, Office::default()).await;
        assert!(refused.is_err(), "a file is the machine's owner's");
    })
    .await;
}
