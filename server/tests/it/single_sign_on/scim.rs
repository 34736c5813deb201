//! SCIM over HTTP: an identity management says who comes and who goes, and can give nobody anything.
//! Deliberately absent: accounts made at once and linked platforms, on both databases (tests of `services`).
//! The program works under the account of the system administrator.

use axum::{body::Body, http::StatusCode};
use serde_json::{Value, json};

use crate::support::{Answer, OTHER, World, partner, request};

const PATCH: &str = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const USERS: &str = "/scim/v2/Users";

async fn world() -> World {
    World::with(|settings| {
        settings.partners = vec![partner("idm", "system")];
    })
    .await
}

async fn sends(
    world: &World,
    (method, path): (&str, &str),
    more: &[(&str, &str)],
    body: &Value,
) -> Answer {
    let mut headers = vec![
        ("authorization", "Bearer test"),
        ("content-type", "application/scim+json"),
        ("x-forwarded-for", "192.0.2.7"),
    ];
    headers.retain(|(name, _)| more.iter().all(|(other, _)| name != other));
    headers.extend(more);
    let body = if body.is_null() {
        Body::empty()
    } else {
        Body::from(body.to_string())
    };
    world.send(request(method, path, &headers, body)).await
}

async fn gets(world: &World, path: &str) -> Answer {
    sends(world, ("GET", path), &[], &Value::Null).await
}

/// The one user whom a filter finds.
async fn found(world: &World, filter: &str) -> Value {
    let query = serde_urlencoded::to_string([("filter", filter)]).expect("text");
    let answer = gets(world, &format!("{USERS}?{query}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert_eq!(answer.header("content-type"), "application/scim+json");
    answer.json()["Resources"][0].clone()
}

fn active(is: bool) -> Value {
    json!({"schemas": [PATCH], "Operations": [{"op": "replace", "path": "active", "value": is}]})
}

fn place(user: &Value) -> String {
    format!("{USERS}/{}", user["id"].as_str().expect("an id"))
}

#[tokio::test]
async fn who_is_new_is_asked_for_and_gets_nothing() {
    let world = world().await;
    let person = json!({
        "userName": "Zhao.Xin", "externalId": "7", "displayName": "赵新",
        ENTERPRISE: {"department": OTHER},
    });
    let made = sends(&world, ("POST", USERS), &[], &person).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let user = made.json();
    assert_eq!(
        (&user["active"], &user["groups"]),
        (&json!(false), &json!([]))
    );
    assert!(
        made.header("location").ends_with(&place(&user)),
        "{}",
        made.text
    );
    let again = sends(&world, ("POST", USERS), &[], &person).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "{}", again.text);
    assert_eq!(again.json()["scimType"], "uniqueness");
    for filter in ["userName eq \"zhao.xin\"", "externalId eq \"7\""] {
        assert_eq!(found(&world, filter).await["id"], user["id"], "{filter}");
    }
    let gone = sends(&world, ("DELETE", &place(&user)), &[], &Value::Null).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT, "{}", gone.text);
    assert_eq!(
        gets(&world, &place(&user)).await.status,
        StatusCode::NOT_FOUND
    );
    let nobody = json!({"userName": "x", "displayName": "", ENTERPRISE: {"department": "nowhere"}});
    let refused = sends(&world, ("POST", USERS), &[], &nobody).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{}", refused.text);
    assert_eq!(refused.json()["scimType"], "invalidValue");
}

#[tokio::test]
async fn who_goes_is_frozen_at_once_and_comes_back_by_people_alone() {
    let world = world().await;
    let token = world.token("agent").await;
    let agent = found(&world, "userName eq \"agent\" and active eq true").await;
    let path = place(&agent);
    let stale = [("if-match", "W/\"99\"")];
    let refused = sends(&world, ("PATCH", &path), &stale, &active(false)).await;
    assert_eq!(
        refused.status,
        StatusCode::PRECONDITION_FAILED,
        "{}",
        refused.text
    );
    let tag = gets(&world, &path).await.header("etag").to_owned();
    let seen = [("if-match", tag.as_str())];
    let frozen = sends(&world, ("PATCH", &path), &seen, &active(false)).await;
    assert_eq!(frozen.status, StatusCode::OK, "{}", frozen.text);
    assert_eq!(frozen.json()["active"], false);
    let bearer = format!("Bearer {token}");
    let tasks = world
        .get("/api/v1/tasks", &[("authorization", bearer.as_str())])
        .await;
    assert_eq!(tasks.status, StatusCode::UNAUTHORIZED, "{}", tasks.text);
    let back = sends(&world, ("PATCH", &path), &[], &active(true)).await;
    assert_eq!(back.status, StatusCode::OK, "{}", back.text);
    assert_eq!(back.json()["active"], false, "people decide");
    // The last of a kind of administrator stays, and so does the program's own account.
    for (name, status) in [
        ("auditor", StatusCode::CONFLICT),
        ("system", StatusCode::FORBIDDEN),
    ] {
        let person = found(&world, &format!("userName eq \"{name}\"")).await;
        let refused = sends(&world, ("PATCH", &place(&person)), &[], &active(false)).await;
        assert_eq!(refused.status, status, "{name}: {}", refused.text);
    }
    let owner = services::Ctx::system(&world.state.services);
    let query = services::audit::AuditQuery {
        action: Some("account.provision".to_owned()),
        limit: 50,
        ..Default::default()
    };
    let rows = services::audit::list(&owner, query)
        .await
        .expect("the audit");
    let outcomes: Vec<&str> = rows
        .items
        .iter()
        .map(|it| it.entry.outcome.as_str())
        .collect();
    for outcome in ["ok", "version.stale", "role.last", "account.self"] {
        assert!(outcomes.contains(&outcome), "{outcome}: {outcomes:?}");
    }
}

#[tokio::test]
async fn rights_are_read_and_never_written() {
    let world = world().await;
    let agent = found(&world, "userName eq \"agent\"").await;
    assert_eq!(agent["groups"][0]["value"], "agent");
    let group = gets(&world, "/scim/v2/Groups/agent").await.json();
    let members = group["members"].as_array().expect("members");
    assert!(
        members.iter().any(|it| it["value"] == agent["id"]),
        "{group}"
    );
    for (path, kind) in [
        ("groups", "mutability"),
        ("userName", "mutability"),
        ("title", "invalidPath"),
    ] {
        let body =
            json!({"schemas": [PATCH], "Operations": [{"op": "add", "path": path, "value": "x"}]});
        let refused = sends(&world, ("PATCH", &place(&agent)), &[], &body).await;
        assert_eq!(
            refused.status,
            StatusCode::BAD_REQUEST,
            "{path}: {}",
            refused.text
        );
        assert_eq!(refused.json()["scimType"], kind, "{path}");
    }
    let wrong = gets(&world, "/scim/v2/Users?filter=title%20pr").await;
    assert_eq!(wrong.json()["scimType"], "invalidFilter", "{}", wrong.text);
    for name in [
        "ServiceProviderConfig",
        "ResourceTypes",
        "Schemas",
        "Groups",
    ] {
        let answer = gets(&world, &format!("/scim/v2/{name}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{name}: {}", answer.text);
    }
    let elsewhere = [("x-forwarded-for", "192.0.3.7")];
    let refused = sends(&world, ("GET", USERS), &elsewhere, &Value::Null).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.text);
    let page = gets(&world, &format!("{USERS}?startIndex=2&count=1"))
        .await
        .json();
    assert_eq!(
        (&page["itemsPerPage"], &page["startIndex"]),
        (&json!(1), &json!(2))
    );
    assert!(
        page["totalResults"].as_i64().is_some_and(|it| it > 5),
        "{page}"
    );
}
