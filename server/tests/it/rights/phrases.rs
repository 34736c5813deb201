//! Phrases by pages without script and by REST.
//! Deliberately absent: who sees which (tests of `services`).

use axum::{body::Body, http::StatusCode};
use serde_json::json;

use crate::{
    person::Person,
    rest::complaint,
    support::{World, request},
};

#[tokio::test]
async fn a_phrase_is_kept_offered_in_forms_changed_and_deleted_without_script() {
    let world = World::new().await;
    let agent = world.token("agent").await;
    let made = world.post("/api/v1/tickets", &agent, &complaint()).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let id = made.json()["id"].as_str().expect("an id").to_owned();
    let mut dispatcher = Person::signed_in(&world, "dispatcher").await;
    let typed = [
        ("name", "先联系"),
        ("words", "请先联系诉求人，再到现场查看。"),
        ("purpose", "reply"),
        ("shared", "area"),
    ];
    let to = dispatcher.does("/phrases", "/phrases", &typed).await;
    let page = dispatcher.sees(&to).await;
    assert!(page.contains("请先联系诉求人，再到现场查看。"), "{page}");
    // Shared with the area: whoever took the ticket in finds it below the own answer.
    let desk = Person::signed_in(&world, "agent").await;
    let ticket = desk.sees(&format!("/tickets/{id}")).await;
    assert!(
        ticket.contains("请先联系诉求人，再到现场查看。"),
        "below the answer"
    );
    let typed = [
        ("name", "先联系"),
        ("words", "请先联系诉求人。"),
        ("purpose", "any"),
        ("shared", "nobody"),
    ];
    let to = dispatcher.does("/phrases", "/change", &typed).await;
    let page = dispatcher.sees(&to).await;
    assert!(!page.contains("再到现场查看"), "{page}");
    let empty = dispatcher
        .sends("/phrases", "/change", &[("words", "")])
        .await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let to = dispatcher.does("/phrases", "/delete", &[]).await;
    assert!(!dispatcher.sees(&to).await.contains("请先联系诉求人。"));
}

#[tokio::test]
async fn programs_keep_change_and_delete_phrases() {
    let world = World::new().await;
    let own = world.token("dispatcher").await;
    let body =
        json!({"name": "核实中", "words": "正在核实。", "purpose": "reply", "shared": "nobody"});
    let kept = world.post("/api/v1/phrases", &own, &body).await;
    assert_eq!(kept.status, StatusCode::CREATED, "{}", kept.text);
    let path = format!("/api/v1/phrases/{}", kept.json().as_str().expect("an id"));
    let bearer = format!("Bearer {own}");
    let headers = [
        ("authorization", bearer.as_str()),
        ("content-type", "application/json"),
    ];
    let to = json!({"version": 1, "name": "核实", "words": "已核实。", "purpose": "any", "shared": "unit"});
    let put = request("PUT", &path, &headers, Body::from(to.to_string()));
    assert_eq!(world.send(put).await.status, StatusCode::NO_CONTENT);
    let rows = world.get("/api/v1/phrases", &headers).await;
    let row = rows.json()[0].clone();
    assert_eq!(row["words"], "已核实。", "{}", rows.text);
    assert_eq!(row["version"], 2, "{}", rows.text);
    let gone = request("DELETE", &path, &headers, Body::empty());
    assert_eq!(world.send(gone).await.status, StatusCode::NO_CONTENT);
    let rows = world.get("/api/v1/phrases", &headers).await;
    assert_eq!(rows.json(), json!([]));
}
