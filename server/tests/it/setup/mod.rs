//! Setting up without script, and for programs: the first visit by its link, the steps of each administrator, whether the office can open; and the
//! two commands as processes.
//! Deliberately absent: what a file may say and what is missing (tests of `services`).
//! Read next: `person`.

mod commands;

use axum::http::StatusCode;
use services::sessions::rules::SECOND_FACTOR;

use crate::person::{Person, form};
use crate::support::{Answer, PASSWORD, World};

/// What the first visitor types.
const FIRST: [(&str, &str); 7] = [
    ("area", "320581"),
    ("centre", ""),
    ("username", "cs.system"),
    ("name", "周建国"),
    ("password", PASSWORD),
    ("password_again", PASSWORD),
    ("business", "cs.business"),
];

async fn token(world: &World) -> String {
    let token = services::sessions::set_up_token(&world.state.services).await;
    token.expect("asked").expect("nobody has an account")
}

/// Sends the form of the first visit with some fields in place of the usual ones.
async fn visits(world: &World, other: &[(&str, &str)]) -> Answer {
    let path = format!("/set-up?token={}", token(world).await);
    let page = world.get(&path, &[]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    let (action, hidden) = form(&page.text, "/set-up");
    let mut fields: Vec<(&str, &str)> = hidden
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    fields.extend(
        FIRST
            .iter()
            .filter(|(name, _)| !other.iter().any(|it| it.0 == *name)),
    );
    fields.extend(other);
    world.submit(&action, "", &fields).await
}

/// Nobody is asked for a second factor here; the tests of the second factor are others.
async fn without_factor(world: &World) {
    let write = world
        .state
        .services
        .store()
        .write::<_, store::StoreError, _>(|tx| {
            Box::pin(async move { store::settings::set(tx, SECOND_FACTOR, "none").await })
        });
    write.await.expect("set");
}

#[tokio::test]
async fn the_first_visit_makes_centre_and_administrators_and_is_left_with_links() {
    let world = World::empty().await;
    let lone = world.get("/set-up", &[]).await;
    assert!(lone.text.contains("链接不完整"), "{}", lone.text);
    let refused = visits(&world, &[("area", "鼓楼区"), ("business", "CS.system")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.text.contains("320106 南京市鼓楼区"),
        "{}",
        refused.text
    );
    assert!(
        refused.text.contains("business-error"),
        "one person, two posts"
    );
    let made = visits(&world, &[]).await;
    assert!(made.text.contains("cs.business") && made.text.contains("/reset?token="));
    assert!(!made.text.contains("name=\"token\""), "the link is used");
    let db = world.state.services.store().reader();
    let units = store::units::all(&db).await.expect("units");
    assert_eq!(units.len(), 1);
    assert_eq!(units[0].name, "苏州市常熟市12345政务服务便民热线中心");
    let gone = services::sessions::set_up_token(&world.state.services).await;
    assert_eq!(gone.expect("asked"), None);
}

#[tokio::test]
async fn each_step_stands_open_for_whose_it_is() {
    let world = World::empty().await;
    visits(&world, &[]).await;
    without_factor(&world).await;
    let system = Person::signed_in(&world, "cs.system").await;
    let steps = system.sees("/set-up").await;
    assert!(steps.contains("常熟市12345") && steps.contains("开办设置"));
    assert!(
        !steps.contains("href=\"/office/lists/units/base\""),
        "no business list"
    );
    assert!(steps.contains("action=\"/set-up/decided\"") && !steps.contains("/set-up/looked-at"));
    assert!(
        !steps.contains("action=\"/set-up/grant\""),
        "who makes accounts grants nothing"
    );
    let made = system
        .sends(
            "/set-up",
            "/set-up/account",
            &[("username", "cs.agent"), ("name", "陆晓红"), ("unit", "")],
        )
        .await;
    assert!(made.text.contains("/reset?token="), "{}", made.text);
    let again = system
        .sends(
            "/set-up",
            "/set-up/account",
            &[("username", "cs.agent"), ("name", "别人"), ("unit", "")],
        )
        .await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    let ready = system.sees("/office/ready").await;
    assert!(ready.contains("还不能开办") && ready.contains("href=\"/staff/accounts\""));
}

#[tokio::test]
async fn programs_hear_what_is_missing_and_who_may_mend_it() {
    let world = World::new().await;
    let token = world.token("business").await;
    let bearer = format!("Bearer {token}");
    let answer = world
        .get("/api/v1/readiness", &[("authorization", &bearer)])
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let view = answer.json();
    assert_eq!(view["is_ready"], true, "{view:#}");
    let item = |code: &str| {
        let items = view["items"].as_array().expect("items").iter();
        items
            .clone()
            .find(|item| item["code"] == code)
            .cloned()
            .expect("an item")
    };
    assert_eq!(item("units")["state"], "there");
    assert_eq!(item("dispatch")["state"], "there");
    assert_eq!(item("units")["may_mend"], true);
    assert_eq!(item("dispatch")["may_mend"], false);
    let agent = format!("Bearer {}", world.token("agent").await);
    let refused = world
        .get("/api/v1/readiness", &[("authorization", &agent)])
        .await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}
