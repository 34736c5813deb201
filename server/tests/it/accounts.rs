//! Accounts by pages without script and by REST: the own password, the first change, links for a new one, sessions seen and ended.
//! Deliberately absent: the rules themselves (tests of `services`).
//! Read next: `person`, who has a browser without script.

use axum::{body::Body, http::StatusCode};
use serde_json::json;
use services::{
    Ctx,
    users::{self, SetPassword},
};

use crate::{
    person::{Person, form},
    support::{Answer, PASSWORD, World, request},
};

const NEW: &str = "Street-Lamp-43";

fn typed<'a>(current: &'a str, new: &'a str, again: &'a str) -> [(&'a str, &'a str); 3] {
    [
        ("current", current),
        ("password", new),
        ("password_again", again),
    ]
}

async fn sign_in(world: &World, username: &str, password: &str) -> Answer {
    let fields = [("username", username), ("password", password)];
    world.submit("/sign-in", "", &fields).await
}

#[tokio::test]
async fn the_own_password_is_changed_with_the_rules_at_the_field() {
    let world = World::new().await;
    let mut agent = Person::signed_in(&world, "agent").await;
    let token = world.token("agent").await;
    let page = "/account/password";
    let html = agent.sees(page).await;
    assert!(
        html.contains("至少 10 个字符"),
        "the rules stand at the field"
    );
    for (typed, words) in [
        (typed(PASSWORD, "short", "short"), "密码太短"),
        (typed(PASSWORD, NEW, "other"), "两次输入的密码不一样"),
        (typed("Wrong-Word-42", NEW, NEW), "现在的密码不对"),
        (typed(PASSWORD, PASSWORD, PASSWORD), "不能与现在的密码相同"),
        (typed("", "", ""), "这一项必须填写"),
    ] {
        let answer = agent.sends(page, page, &typed).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{words}");
        assert!(answer.text.contains(words), "{words}: {}", answer.text);
        for secret in ["Wrong-Word-42", NEW, PASSWORD] {
            assert!(!answer.text.contains(secret), "{secret} came back");
        }
    }
    let to = agent.does(page, page, &typed(PASSWORD, NEW, NEW)).await;
    assert_eq!(to, "/account?done=password");
    assert!(agent.sees(&to).await.contains("密码已修改"));
    let bearer = format!("Bearer {token}");
    let others = world
        .get("/api/v1/account/sessions", &[("authorization", &bearer)])
        .await;
    assert_eq!(
        others.status,
        StatusCode::UNAUTHORIZED,
        "other sessions ended"
    );
    assert_eq!(
        sign_in(&world, "agent", PASSWORD).await.status,
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(
        sign_in(&world, "agent", NEW).await.status,
        StatusCode::SEE_OTHER
    );
}

#[tokio::test]
async fn a_given_password_leads_to_a_new_one_and_nowhere_else() {
    let world = World::new().await;
    let command = SetPassword {
        username: Some("agent".to_owned()),
        current: None,
        password: NEW.to_owned(),
    };
    users::set_password(&Ctx::system(&world.state.services), command)
        .await
        .expect("set by somebody else");
    let answer = sign_in(&world, "agent", NEW).await;
    assert_eq!(answer.header("location"), "/account/password");
    let cookies = answer.cookies();
    for path in ["/desk", "/tasks", "/account"] {
        let page = world.get(path, &[("cookie", &cookies)]).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{path}");
        assert!(page.text.contains("href=\"/account/password\""), "{path}");
    }
    let desk = world
        .submit("/desk", &cookies, &[("content", "路灯不亮")])
        .await;
    assert_eq!(desk.status, StatusCode::FORBIDDEN);
    let body = json!({"username": "agent", "password": NEW});
    let signed_in = world.post("/api/v1/sessions", "", &body).await;
    let token = signed_in.json()["access_token"]
        .as_str()
        .expect("a token")
        .to_owned();
    let bearer = format!("Bearer {token}");
    let held = world
        .get("/api/v1/tickets", &[("authorization", &bearer)])
        .await;
    assert_eq!(held.status, StatusCode::FORBIDDEN);
    assert_eq!(held.json()["code"], "password.change");
    let change = json!({"current": NEW, "password": "Street-Lamp-44"});
    let changed = world
        .post("/api/v1/account/password", &token, &change)
        .await;
    assert_eq!(changed.status, StatusCode::NO_CONTENT, "{}", changed.text);
    let free = world
        .get("/api/v1/tickets", &[("authorization", &bearer)])
        .await;
    assert_eq!(free.status, StatusCode::OK, "the same token: {}", free.text);
}

#[tokio::test]
async fn an_administrators_link_sets_a_new_password_and_is_shown_once() {
    let world = World::new().await;
    let mut agent = Person::signed_in(&world, "agent").await;
    let system = Person::signed_in(&world, "system").await;
    let list = system.sees("/staff/accounts?q=agent").await;
    assert!(list.contains("href=\"/staff/accounts/agent\""), "{list}");
    assert!(!list.contains("href=\"/staff/accounts/auditor\""));
    let page = "/staff/accounts/agent";
    let made = system.sends(page, "/reset", &[]).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.text);
    let link = made
        .text
        .split("/reset?token=")
        .nth(1)
        .and_then(|rest| rest.split(['<', '"', '&']).next())
        .expect("the link")
        .trim_end_matches('\\')
        .to_owned();
    assert!(
        !system.sees(page).await.contains(&link),
        "the page has it no more"
    );
    let checks = system.sees("/staff/accounts/auditor").await;
    assert!(
        checks.contains("minsheng user reset"),
        "not for the auditor"
    );
    let denied = world
        .submit("/staff/accounts/auditor/reset", system.cookies(), &[])
        .await;
    assert_eq!(denied.status, StatusCode::FORBIDDEN);

    let address = format!("/reset?token={link}");
    let shown = world.get(&address, &[]).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(shown.text.contains(&link));
    let fields = |password| {
        [
            ("token", link.as_str()),
            ("password", password),
            ("password_again", password),
        ]
    };
    let weak = world.submit("/reset", "", &fields("short")).await;
    assert_eq!(weak.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(weak.text.contains(&link), "the link is still in the form");
    let set = world.submit("/reset", "", &fields(NEW)).await;
    assert_eq!(
        set.header("location"),
        "/sign-in?done=reset",
        "{}",
        set.text
    );
    let used = world.submit("/reset", "", &fields("Street-Lamp-45")).await;
    assert_eq!(used.status, StatusCode::FORBIDDEN);
    assert!(used.text.contains("这个链接已用过"), "{}", used.text);
    assert_eq!(
        agent.reads("/desk").await.status,
        StatusCode::UNAUTHORIZED,
        "the old session has ended"
    );
    let again = sign_in(&world, "agent", NEW).await;
    assert_eq!(again.header("location"), "/desk");
    agent = Person::signed_in(&world, "dispatcher").await;
    assert_eq!(
        agent.reads("/staff/accounts").await.status,
        StatusCode::FORBIDDEN
    );
}

async fn delete(world: &World, token: &str, path: &str) -> Answer {
    let bearer = format!("Bearer {token}");
    let headers = [("authorization", bearer.as_str())];
    world
        .send(request("DELETE", path, &headers, Body::empty()))
        .await
}

#[tokio::test]
async fn sessions_are_seen_and_ended_by_pages_and_by_programs() {
    let world = World::new().await;
    let mut here = Person::signed_in(&world, "agent").await;
    let elsewhere = Person::signed_in(&world, "agent").await;
    let third = Person::signed_in(&world, "agent").await;
    let page = "/account/sessions";
    let html = here.sees(page).await;
    assert!(html.contains("本次登录"), "{html}");
    let list = {
        let token = world.token("agent").await;
        let bearer = format!("Bearer {token}");
        world
            .get("/api/v1/account/sessions", &[("authorization", &bearer)])
            .await
            .json()
    };
    assert_eq!(list.as_array().map(Vec::len), Some(4));
    let first = html
        .split("/account/sessions/")
        .skip(1)
        .find_map(|rest| rest.split_once("/end\"").map(|(id, _)| id))
        .expect("a button")
        .to_owned();
    let to = here.does(page, &format!("{first}/end"), &[]).await;
    assert_eq!(to, "/account/sessions?done=end");
    let ended = [elsewhere.reads("/desk").await, third.reads("/desk").await];
    let refused = ended
        .iter()
        .filter(|answer| answer.status == StatusCode::UNAUTHORIZED);
    assert_eq!(refused.count(), 1, "one of them");
    here.does(page, "/account/sessions/end", &[]).await;
    for other in [&elsewhere, &third] {
        assert_eq!(other.reads("/desk").await.status, StatusCode::UNAUTHORIZED);
    }
    assert!(here.sees(page).await.contains("没有其他登录"));

    let system = world.token("system").await;
    let bearer = format!("Bearer {system}");
    let sheet = world
        .get("/api/v1/accounts/agent", &[("authorization", &bearer)])
        .await;
    assert_eq!(sheet.status, StatusCode::OK, "{}", sheet.text);
    let id = sheet.json()["sessions"][0]["id"]
        .as_str()
        .expect("a session")
        .to_owned();
    let path = format!("/api/v1/accounts/agent/sessions/{id}");
    assert_eq!(
        delete(&world, &system, &path).await.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        delete(&world, &system, &path).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(here.reads("/desk").await.status, StatusCode::UNAUTHORIZED);
    let dispatcher = world.token("dispatcher").await;
    let all = delete(&world, &dispatcher, "/api/v1/accounts/agent/sessions").await;
    assert_eq!(all.status, StatusCode::FORBIDDEN);
    let own = delete(&world, &dispatcher, "/api/v1/account/sessions").await;
    assert_eq!(own.json()["ended"], 0);
}

pub async fn set(world: &World, key: &'static str, value: &'static str) {
    let write = world
        .state
        .services
        .store()
        .write::<_, store::StoreError, _>(move |tx| {
            Box::pin(async move { store::settings::set(tx, key, value).await })
        });
    write.await.expect("the setting is kept");
}

#[tokio::test]
async fn a_dangerous_act_asks_for_the_password_again() {
    let world = World::new().await;
    let system = Person::signed_in(&world, "system").await;
    world.clock.advance_minutes(16);
    let page = "/staff/keys";
    let asked = system.sends(page, "/staff/keys#at-once", &[]).await;
    assert_eq!(asked.status, StatusCode::FORBIDDEN, "{}", asked.text);
    assert!(asked.text.contains("name=\"proof\""), "{}", asked.text);
    assert_eq!(
        asked.text.matches("name=\"proof\"").count(),
        1,
        "at its own form"
    );
    let again = async |proof: &str| {
        let (action, mut fields) = form(&asked.text, "/staff/keys#at-once");
        fields.push(("proof".to_owned(), proof.to_owned()));
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        world.submit(&action, system.cookies(), &fields).await
    };
    let wrong = again("Wrong-Word-42").await;
    assert_eq!(wrong.status, StatusCode::FORBIDDEN);
    assert!(wrong.text.contains("现在的密码不对"), "{}", wrong.text);
    assert!(!wrong.text.contains("Wrong-Word-42"));
    let done = again(PASSWORD).await;
    assert_eq!(
        done.header("location"),
        "/staff/keys?done=rotate",
        "{}",
        done.text
    );
    let next = system.sends(page, "/staff/keys#overlap", &[]).await;
    assert_eq!(
        next.status,
        StatusCode::SEE_OTHER,
        "not asked again for a while"
    );
    let agent = Person::signed_in(&world, "agent").await;
    let denied = world
        .submit(page, agent.cookies(), &[("proof", PASSWORD)])
        .await;
    assert!(denied.text.contains("没有这项权限"), "{}", denied.text);
}

#[tokio::test]
async fn a_program_is_told_to_prove_itself() {
    let world = World::new().await;
    set(&world, services::sessions::rules::PROOF_MINUTES, "5").await;
    let token = world.token("system").await;
    world.clock.advance_minutes(6);
    let path = "/api/v1/accounts/agent/reset";
    let asked = world.post(path, &token, &json!({})).await;
    assert_eq!(asked.status, StatusCode::FORBIDDEN);
    assert_eq!(asked.json()["code"], "session.proof_needed");
    assert!(asked.text.contains("/api/v1/sessions/proof"));
    let wrong = json!({"password": "Wrong-Word-42"});
    let wrong = world.post("/api/v1/sessions/proof", &token, &wrong).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let proof = json!({"password": PASSWORD});
    let proved = world.post("/api/v1/sessions/proof", &token, &proof).await;
    assert_eq!(proved.status, StatusCode::NO_CONTENT, "{}", proved.text);
    let made = world.post(path, &token, &json!({})).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
}
