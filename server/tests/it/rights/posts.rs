//! Roles and posts by pages without script, by REST and in the rail: composed, given, seen, taken back.
//! Deliberately absent: the rules themselves (tests of `services`).
//! Read next: `person`, who has a browser without script.

use axum::http::StatusCode;
use serde_json::json;

use crate::{person::Person, support::World};

#[tokio::test]
async fn a_role_is_composed_given_and_taken_back_by_pages() {
    let world = World::new().await;
    let mut security = Person::signed_in(&world, "security").await;
    let agent = Person::signed_in(&world, "agent").await;
    let system = Person::signed_in(&world, "system").await;
    for path in ["/office/roles", "/office/people", "/office/people/agent"] {
        assert_eq!(
            system.reads(path).await.status,
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
    let list = security.sees("/office/roles").await;
    assert!(list.contains("派单员") && list.contains("随产品提供"));
    let joined = [
        ("code", "looks"),
        ("name", "巡查员"),
        ("may.audit.read", "city"),
        ("may.report.view", "city"),
    ];
    let refused = security
        .sends("/office/roles", "/office/roles", &joined)
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("不能兼有"), "{}", refused.text);
    let typed = [
        ("code", "looks"),
        ("name", "巡查员"),
        ("may.report.view", "city"),
    ];
    let to = security
        .does("/office/roles", "/office/roles", &typed)
        .await;
    assert_eq!(to, "/office/roles/looks?done=role");
    let page = security.sees(&to).await;
    assert!(page.contains("查看报表") && page.contains("角色已保存"));
    assert!(
        !security
            .sees("/office/roles/agent")
            .await
            .contains("agent/change")
    );
    assert_eq!(
        agent.reads("/reports/overview").await.status,
        StatusCode::FORBIDDEN
    );
    let person = "/office/people/agent";
    let typed = [
        ("role", "looks"),
        ("reason", "值班"),
        ("until", "2099-12-31"),
    ];
    let to = security.does(person, "/give", &typed).await;
    assert_eq!(to, "/office/people/agent?done=give");
    let page = security.sees(&to).await;
    for words in [
        "岗位已授予",
        "巡查员",
        "2099 年 12 月 31 日",
        "值班",
        "查看报表",
        "来自哪个岗位",
    ] {
        assert!(page.contains(words), "{words}");
    }
    agent.sees("/reports/overview").await;
    let to = security
        .does(person, "/posts/2/end", &[("why", "结束值班")])
        .await;
    assert!(security.sees(&to).await.contains("结束值班"));
    assert_eq!(
        agent.reads("/reports/overview").await.status,
        StatusCode::FORBIDDEN
    );
    let own = security.sees("/office/people/security").await;
    assert!(own.contains("这是您自己的账号") && !own.contains("security/give"));
}

#[tokio::test]
async fn programs_read_and_give_posts() {
    let world = World::new().await;
    let token = world.token("security").await;
    let bearer = format!("Bearer {token}");
    let headers = [("authorization", bearer.as_str())];
    let roles = world.get("/api/v1/roles", &headers).await;
    assert_eq!(roles.status, StatusCode::OK, "{}", roles.text);
    assert_eq!(roles.json()[0]["spec"]["code"], "agent");
    let post = json!({"role": "dispatcher", "condition": "factor", "reason": "夜班"});
    let path = "/api/v1/accounts/agent/posts";
    let given = world.post(path, &token, &post).await;
    assert_eq!(given.status, StatusCode::CREATED, "{}", given.text);
    assert_eq!(given.json()["no"], 2);
    let posts = world.get(path, &headers).await;
    assert_eq!(posts.json()["posts"][1]["state"], "no_factor");
    let rights = world.get("/api/v1/accounts/agent/rights", &headers).await;
    let rights = rights.json();
    let rights = rights["rights"].as_array().expect("rights");
    let dispatch = rights
        .iter()
        .find(|right| right["permission"] == "ticket.dispatch")
        .expect("would");
    assert_eq!(dispatch["may"], false);
    let own = world
        .post("/api/v1/accounts/security/posts", &token, &post)
        .await;
    assert_eq!(own.status, StatusCode::FORBIDDEN);
    assert_eq!(own.json()["code"], "role.self");
    let end = format!("{path}/2/end");
    let ended = world.post(&end, &token, &json!({"why": "结束"})).await;
    assert_eq!(ended.status, StatusCode::NO_CONTENT, "{}", ended.text);
    let again = world.post(&end, &token, &json!({})).await;
    assert_eq!(again.json()["code"], "post.ended");
}
