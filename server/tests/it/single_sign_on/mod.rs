//! Signing in by an identity provider as browsers and the provider see it: the button, the ways that lead nowhere, and the word of signing out.
//! Deliberately absent: what is believed of a provider (tests of `services`, with one that answers).
//! The provider here never answers, so that every way ends in words and the password goes on working.

mod scim;

use axum::{body::Body, http::StatusCode};
use serde_json::json;
use services::sessions::provider::{Provider, Told};

use crate::{
    person::Person,
    support::{PASSWORD, World, request},
};

/// Lets a world trust a provider behind a port that is closed.
fn trusts(world: &World) {
    let gone = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let told = Told {
        issuer: format!("http://{}", gone.local_addr().expect("an address")),
        client: "minsheng".to_owned(),
        ..Told::default()
    };
    drop(gone);
    let provider = Provider::new(told).expect("a provider");
    world.state.services.trust(provider);
}

#[tokio::test]
async fn the_button_is_there_where_a_provider_is_and_the_password_works_without_it() {
    let world = World::new().await;
    let page = world.get("/sign-in", &[]).await;
    assert!(!page.text.contains("/sign-in/provider"), "none is set");
    trusts(&world);
    let page = world.get("/sign-in", &[]).await;
    assert!(page.text.contains("action=\"/sign-in/provider\""));
    let away = world
        .submit("/sign-in/provider", "", &[("next", "/tasks")])
        .await;
    assert_eq!(away.status, StatusCode::CONFLICT, "{}", away.text);
    assert!(away.text.contains("统一认证现在用不了"), "{}", away.text);
    assert!(away.text.contains("name=\"password\""), "the other way in");
    let fields = [("username", "agent"), ("password", PASSWORD)];
    let signed_in = world.submit("/sign-in", "", &fields).await;
    assert_eq!(signed_in.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_way_that_nobody_is_on_leads_nowhere() {
    let world = World::new().await;
    trusts(&world);
    for path in [
        "/sign-in/provider/go?state=x",
        "/sign-in/provider/go",
        "/sign-in/provider/back?state=x&code=y",
        "/sign-in/provider/back?state=x&state=y",
        "/sign-in/provider/back?error=access_denied",
    ] {
        let page = world.get(path, &[]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert!(page.text.contains("这次登录已失效"), "{path}");
        assert_eq!(page.header("location"), "");
        assert_eq!(page.header("refresh"), "");
        assert!(!page.cookies().contains("__Host-session"), "{path}");
        let english = [("accept-language", "en")];
        let page = world.get(path, &english).await;
        assert!(page.text.contains("good no longer"), "{path}");
    }
}

#[tokio::test]
async fn a_word_of_signing_out_that_is_none_is_refused() {
    let world = World::new().await;
    let path = "/api/v1/sessions/provider-log-out";
    let no_form = world.post(path, "", &serde_json::json!({})).await;
    assert_eq!(no_form.status, StatusCode::BAD_REQUEST, "{}", no_form.text);
    assert_eq!(no_form.json()["code"], "input.body");
}

#[tokio::test]
async fn the_own_page_says_what_is_linked_and_where_none_is_set() {
    let world = World::new().await;
    let agent = Person::signed_in(&world, "agent").await;
    let page = agent.sees("/account/provider").await;
    assert!(page.contains("没有设置统一认证"), "{page}");
    trusts(&world);
    let page = agent.sees("/account/provider").await;
    assert!(page.contains("关联我的身份"), "{page}");
    let system = Person::signed_in(&world, "system").await;
    let sheet = system.sees("/staff/accounts/agent").await;
    assert!(sheet.contains("name=\"subject\""), "{sheet}");
}

#[tokio::test]
async fn identities_are_listed_linked_and_taken_away_by_programs() {
    let world = World::new().await;
    let (system, agent) = (world.token("system").await, world.token("agent").await);
    let path = "/api/v1/accounts/agent/identities";
    let body = json!({"subject": "f3a9-77"});
    let none = world.post(path, &system, &body).await;
    assert_eq!(none.json()["code"], "session.provider_away", "none is set");
    trusts(&world);
    let denied = world.post(path, &agent, &body).await;
    assert_eq!(denied.status, StatusCode::FORBIDDEN, "{}", denied.text);
    let linked = world.post(path, &system, &body).await;
    assert_eq!(linked.status, StatusCode::NO_CONTENT, "{}", linked.text);
    let other = "/api/v1/accounts/dispatcher/identities";
    let taken = world.post(other, &system, &body).await;
    assert_eq!(taken.json()["code"], "session.provider_taken");
    let bearer = |token: &str| format!("Bearer {token}");
    let by_system = bearer(&system);
    let listed = world.get(path, &[("authorization", &by_system)]).await;
    assert_eq!(listed.json()[0]["subject"], "f3a9-77", "{}", listed.text);
    let by_agent = bearer(&agent);
    let own = "/api/v1/account/identities";
    let mine = world.get(own, &[("authorization", &by_agent)]).await;
    assert_eq!(mine.json()["may_link"], false, "{}", mine.text);
    let id = mine.json()["items"][0]["id"].clone();
    let own = format!("{own}/{}", id.as_str().expect("an id"));
    let headers = [("authorization", by_agent.as_str())];
    let gone = world
        .send(request("DELETE", &own, &headers, Body::empty()))
        .await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT, "{}", gone.text);
    let headers = [("authorization", by_system.as_str())];
    let twice = world
        .send(request("DELETE", path, &headers, Body::empty()))
        .await;
    assert_eq!(twice.status, StatusCode::NOT_FOUND, "{}", twice.text);
}
