//! Identity management and linked platforms: accounts that are made at once, people who go, what platforms hear of it and where they differ.
//! Not here: HTTP (the server's tests).
//! The platform is a small one of the tests (`platform`).

mod platform;

use serde_json::{Value, json};
use services::gateway::bell;
use services::scim::{self, out};
use services::{Ctx, jobs};
use shared::access::Role;
use shared::account::life::AccountState;
use shared::account::platform::{DriftKind, PushState};
use shared::fault::Code;
use shared::notice::NoticeKind;
use shared::register::Rule;
use uuid::Uuid;

use self::platform::House;
use super::{Admins, agree, asked, roles_of, sheet};
use crate::support::{World, ZJJ, killed_after, on_each_database};
use services::users::life as lives;
use shared::account::life::AccountAct;

async fn runs(world: &World, name: &str) -> u64 {
    let job = jobs::JOBS.iter().find(|job| job.name == name);
    let job = job.expect("a job");
    job.once(&world.services).await.expect("it runs").count
}

/// What an identity management sends of somebody new.
fn person(name: &str) -> Value {
    json!({
        "userName": name, "displayName": "赵新", "externalId": name,
        "emails": [{"value": "zhao@example.cn"}],
        (scim::ENTERPRISE): {"department": ZJJ},
    })
}

/// New people get accounts at once.
async fn at_once(world: &World) {
    world
        .services
        .store()
        .write::<_, store::StoreError, _>(move |tx| {
            Box::pin(async move { store::settings::set(tx, Rule::PROVISION.key, "1").await })
        })
        .await
        .expect("set");
}

/// A linked platform for which the system administrator answers, and new people who get accounts at once.
async fn linked(world: &World) -> (Admins, House) {
    let admins = Admins::hired(world).await;
    let house = House::open();
    let owner = &admins.system.actor.username;
    world.services.link(vec![house.platform(owner)]);
    at_once(world).await;
    (admins, house)
}

async fn made(ctx: &Ctx, name: &str) -> Uuid {
    let made = scim::create(ctx, &person(name)).await.expect("made");
    let id = made.body["id"].as_str().expect("an id");
    id.parse().expect("an id")
}

async fn stops(ctx: &Ctx, id: Uuid) -> Result<scim::Answer, Code> {
    let body = json!({
        "schemas": [scim::PATCH],
        "Operations": [{"op": "replace", "path": "active", "value": false}],
    });
    let done = scim::patch(ctx, id, &body, None).await;
    done.map_err(|fault| fault.code)
}

#[tokio::test]
async fn an_account_that_is_made_at_once_has_no_right_and_ends_by_the_rules() {
    on_each_database(|world| async move {
        let admins = Admins::hired(&world).await;
        at_once(&world).await;
        let id = made(&admins.system, "zhao.xin").await;
        assert!(roles_of(&world, "zhao.xin").await.is_empty());
        let found = scim::get(&admins.system, id).await.expect("found");
        assert_eq!(found.body["active"], true);
        assert_eq!(found.body["emails"][0]["value"], "zhao@example.cn");
        // Business people may neither look nor say.
        let refused = scim::create(&admins.liaison, &person("li.si")).await;
        assert_eq!(refused.map_err(|it| it.code), Err(Code::AccessDenied));
        assert_eq!(
            stops(&admins.system, id)
                .await
                .map(|it| it.body["active"].clone()),
            Ok(json!(false))
        );
        let state = sheet(&world, "zhao.xin").await.row.state;
        assert_eq!(state, AccountState::Frozen);
        scim::delete(&admins.system, id, None).await.expect("ended");
        let state = sheet(&world, "zhao.xin").await.row.state;
        assert_eq!(state, AccountState::Closed);
        let gone = scim::get(&admins.system, id).await;
        assert_eq!(gone.map_err(|it| it.code), Err(Code::NotFound));
    })
    .await;
}

#[tokio::test]
async fn an_account_that_was_asked_for_has_the_id_that_was_said() {
    on_each_database(|world| async move {
        let admins = Admins::hired(&world).await;
        let id = made(&admins.system, "zhao.xin").await;
        let found = scim::get(&admins.system, id).await.expect("found");
        assert_eq!(found.body["active"], false);
        let other = asked(AccountAct::Open, "zhao.xin", &[Role::Handler]);
        let twice = lives::ask(&admins.liaison, other).await;
        assert_eq!(twice.map_err(|it| it.code), Err(Code::AccountRequestOpen));
        let request = lives::requests(&admins.leader, lives::LookForRequests::default()).await;
        let request = request.expect("requests").items.remove(0);
        let approved = agree(&admins.leader, &request).await.expect("approved");
        let granted = agree(&admins.security, &approved.request).await;
        let granted = granted.expect("granted");
        // Whoever asked does not carry it out.
        let own = agree(&admins.system, &granted.request).await;
        assert_eq!(own.map_err(|it| it.code), Err(Code::AccountSelf));
        let owner = Ctx::system(&world.services);
        agree(&owner, &granted.request).await.expect("opened");
        let found = scim::get(&admins.system, id).await.expect("found");
        assert_eq!(found.body["active"], true);
        assert!(roles_of(&world, "zhao.xin").await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_platform_hears_of_every_change_and_once_it_is_well_again() {
    on_each_database(|world| async move {
        let (admins, house) = linked(&world).await;
        runs(&world, "platforms").await;
        house.state().is_ill = true;
        let id = made(&admins.system, "zhao.xin").await;
        assert_eq!(runs(&world, "platforms").await, 0);
        let page = out::page(&admins.system, None).await.expect("a page");
        let push = &page.pushes[0];
        assert_eq!(
            (push.state, push.receipt.as_str()),
            (PushState::Waiting, "503")
        );
        house.state().is_ill = false;
        let push = push.id.parse().expect("an id");
        out::again(&admins.system, push).await.expect("again");
        assert_eq!(runs(&world, "platforms").await, 1);
        assert_eq!(house.works("zhao.xin"), Some(true));
        stops(&admins.system, id).await.expect("frozen");
        runs(&world, "platforms").await;
        assert_eq!(house.works("zhao.xin"), Some(false));
        scim::delete(&admins.system, id, None).await.expect("ended");
        runs(&world, "platforms").await;
        assert_eq!(house.works("zhao.xin"), None);
        let page = out::page(&admins.system, None).await.expect("a page");
        assert!(
            page.pushes.iter().all(|it| it.state == PushState::Sent),
            "{page:?}"
        );
        let refused = out::page(&admins.leader, None).await;
        assert_eq!(refused.map_err(|it| it.code), Err(Code::AccessDenied));
    })
    .await;
}

#[tokio::test]
async fn what_is_given_up_is_told_to_who_answers_for_the_platform() {
    on_each_database(|world| async move {
        let (admins, house) = linked(&world).await;
        house.state().is_ill = true;
        made(&admins.system, "zhao.xin").await;
        for _ in 0..10 {
            assert_eq!(runs(&world, "platforms").await, 0);
            let page = out::page(&admins.system, None).await.expect("a page");
            if page.pushes[0].state == PushState::Waiting {
                let push = page.pushes[0].id.parse().expect("an id");
                out::again(&admins.system, push).await.expect("again");
            }
        }
        let page = out::page(&admins.system, None).await.expect("a page");
        assert_eq!(page.pushes.len(), 1);
        let push = &page.pushes[0];
        assert_eq!(
            (push.state, push.tries, push.receipt.as_str()),
            (PushState::GivenUp, 10, "503")
        );
        runs(&world, "notices").await;
        let heard = bell::page(&admins.system, false, None, 50).await;
        let heard = heard.expect("notices").items;
        let kinds: Vec<NoticeKind> = heard.iter().map(|it| it.kind).collect();
        assert_eq!(kinds, [NoticeKind::PlatformBehind]);
        assert_eq!(heard[0].ticket_no, "协同办公");
        // Pushed again by hand, it goes out as a new one.
        house.state().is_ill = false;
        let push = push.id.parse().expect("an id");
        out::again(&admins.system, push).await.expect("again");
        assert_eq!(runs(&world, "platforms").await, 1);
        assert_eq!(house.works("zhao.xin"), Some(true));
    })
    .await;
}

#[tokio::test]
async fn the_night_finds_where_a_platform_differs() {
    on_each_database(|world| async move {
        let (admins, house) = linked(&world).await;
        let id = made(&admins.system, "zhao.xin").await;
        runs(&world, "platforms").await;
        stops(&admins.system, id).await.expect("frozen");
        let stranger = json!({"id": "stranger", "userName": "stranger", "active": true});
        house.state().users.insert("stranger".to_owned(), stranger);
        assert_eq!(runs(&world, "platform_looks").await, 1);
        assert_eq!(runs(&world, "platform_looks").await, 0, "once a day");
        let page = out::page(&admins.system, None).await.expect("a page");
        let kind = |name: &str| {
            let found = page.drifts.iter().find(|it| it.username == name);
            found.map(|it| it.kind)
        };
        assert_eq!(kind("zhao.xin"), Some(DriftKind::Active));
        assert_eq!(kind("stranger"), Some(DriftKind::TooMany));
        assert_eq!(
            kind(&admins.leader.actor.username),
            Some(DriftKind::Missing)
        );
        assert_eq!(
            (page.platforms[0].users, page.platforms[0].trouble.as_str()),
            (2, "")
        );
    })
    .await;
}

/// The roles that the platform has somebody down for.
fn roles_there(house: &House, name: &str) -> Value {
    house.state().users[name]["roles"].clone()
}

#[tokio::test]
async fn a_post_that_ends_by_its_own_day_is_told_and_other_roles_are_found() {
    const DAY: i64 = 24 * 60;
    on_each_database(|world| async move {
        let (admins, house) = linked(&world).await;
        made(&admins.system, "zhao.xin").await;
        runs(&world, "platforms").await;
        runs(&world, "platform_looks").await;
        // A post of which the platform was not told.
        world
            .tampers("insert into posts (user_id, no, role, unit, valid_from, condition, given_at) select id, 1, 'handler', unit, 0, 'none', 0 from users where username = 'zhao.xin'")
            .await;
        world.clock.advance_minutes(DAY);
        runs(&world, "platform_looks").await;
        let page = out::page(&admins.system, None).await.expect("a page");
        let mut drifts = page.drifts.iter();
        let drift = drifts.find(|it| it.username == "zhao.xin");
        assert_eq!(drift.map(|it| it.kind), Some(DriftKind::Roles));
        assert_eq!(runs(&world, "platforms").await, 0, "found, not mended");
        let push = page.pushes[0].id.parse().expect("an id");
        out::again(&admins.system, push).await.expect("again");
        runs(&world, "platforms").await;
        assert_eq!(roles_there(&house, "zhao.xin"), json!([{"value": "handler"}]));
        let ends = world.services.now().0 + 60_000;
        world
            .tampers(&format!("update posts set valid_until = {ends} where given_at = 0"))
            .await;
        world.clock.advance_minutes(DAY);
        runs(&world, "platform_looks").await;
        assert_eq!(runs(&world, "platforms").await, 1, "nobody did anything");
        assert_eq!(roles_there(&house, "zhao.xin"), json!([]));
        world.clock.advance_minutes(DAY);
        runs(&world, "platform_looks").await;
        assert_eq!(runs(&world, "platforms").await, 0, "once");
        let page = out::page(&admins.system, None).await.expect("a page");
        assert!(page.drifts.iter().all(|it| it.username != "zhao.xin"));
    })
    .await;
}

#[tokio::test]
async fn a_push_that_is_killed_is_sent_and_kept_once() {
    on_each_database(|world| async move {
        let admins = Admins::hired(&world).await;
        let house = House::open();
        world
            .services
            .link(vec![house.platform(&admins.system.actor.username)]);
        at_once(&world).await;
        runs(&world, "platforms").await;
        let id = made(&admins.system, "zhao.xin").await;
        for wakes in crate::support::lives() {
            let done = killed_after(wakes, runs(&world, "platforms")).await;
            let page = out::page(&admins.system, None).await.expect("a page");
            let sent = page.pushes.iter().filter(|it| it.state == PushState::Sent);
            if done.is_some() && sent.count() == page.pushes.len() && !page.pushes.is_empty() {
                break;
            }
            // What one server had taken is another's after its lease.
            world.clock.advance_minutes(6);
        }
        let page = out::page(&admins.system, None).await.expect("a page");
        assert_eq!(page.pushes.len(), 1, "{page:?}");
        assert_eq!(page.pushes[0].state, PushState::Sent);
        assert_eq!(house.works("zhao.xin"), Some(true));
        stops(&admins.system, id).await.expect("frozen");
        for wakes in crate::support::lives() {
            killed_after(wakes, runs(&world, "platforms")).await;
            let page = out::page(&admins.system, None).await.expect("a page");
            let sent = page.pushes.iter().filter(|it| it.state == PushState::Sent);
            if sent.count() == 2 {
                break;
            }
            world.clock.advance_minutes(6);
        }
        assert_eq!(house.works("zhao.xin"), Some(false));
        assert_eq!(runs(&world, "platforms").await, 0, "nothing is left");
        assert_eq!(house.state().users.len(), 1);
    })
    .await;
}
