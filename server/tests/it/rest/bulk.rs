//! Many tickets at once, by a program and by a page without script: the look before, one result each, nothing twice; and the star, a note.
//! Deliberately absent: which tickets are refused for what (tests of `services`).
//! Read next: `person`.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{a_leaf, act, complaint};
use crate::person::Person;
use crate::support::{LEAD, World};

/// Tickets with a category that wait for dispatch.
async fn waiting(world: &World, count: usize) -> Vec<Value> {
    let (agent, dispatcher) = (world.token("agent").await, world.token("dispatcher").await);
    let mut call = complaint();
    call["category"] = a_leaf(world, &dispatcher).await.into();
    let mut made = Vec::new();
    for _ in 0..count {
        let answer = world.post("/api/v1/tickets", &agent, &call).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
        made.push(answer.json());
    }
    made
}

fn id(ticket: &Value) -> String {
    ticket["id"].as_str().expect("an id").to_owned()
}

#[tokio::test]
async fn a_program_dispatches_several_and_reads_the_results_again() {
    let world = World::new().await;
    let tickets = waiting(&world, 2).await;
    let item = |ticket: &Value, by: i64| json!({"ticket": ticket["id"], "version": ticket["version"].as_i64().map(|it| it + by)});
    let body = json!({
        "act": "dispatch",
        "items": [item(&tickets[0], 0), item(&tickets[1], 5)],
        "fields": {"lead": LEAD, "advice": "请尽快到现场查看。"},
    });
    let done = act(&world, "dispatcher", "/api/v1/tickets/bulk", body).await;
    let outcomes = |result: &Value| -> Vec<Value> {
        let rows = result["rows"].as_array().expect("rows");
        rows.iter().map(|row| row["outcome"].clone()).collect()
    };
    assert_eq!(outcomes(&done), ["done", "changed"], "{done}");
    assert_eq!(done["rows"][1]["code"], "version.stale");
    let path = format!("/api/v1/tickets/bulk/{}", id(&done));
    let read = async |who: &str| {
        let bearer = format!("Bearer {}", world.token(who).await);
        world.get(&path, &[("authorization", &bearer)]).await
    };
    assert_eq!(read("dispatcher").await.json(), done);
    assert_eq!(read("supervisor").await.status, StatusCode::NOT_FOUND);

    let token = world.token("dispatcher").await;
    let none = json!({"act": "dispatch", "items": [], "fields": {}});
    let none = world.post("/api/v1/tickets/bulk", &token, &none).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(none.json()["fields"][0]["code"], "ticket.bulk.items");
    let unknown = json!({"act": "close", "items": []});
    let unknown = world.post("/api/v1/tickets/bulk", &token, &unknown).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(unknown.json()["fields"][0]["field"], "act");
}

#[tokio::test]
async fn rows_are_chosen_and_dispatched_without_script() {
    let world = World::new().await;
    let tickets = waiting(&world, 2).await;
    let mut person = Person::signed_in(&world, "dispatcher").await;
    let list = person.sees("/tickets").await;
    for ticket in &tickets {
        assert!(list.contains(&format!("value=\"{}\"", id(ticket))), "a box");
    }
    let page = format!(
        "/bulk?act=dispatch&ticket={}&ticket={}",
        id(&tickets[0]),
        id(&tickets[1])
    );
    let refused = person.sends(&page, "/bulk", &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let kept = refused.text.matches("name=\"item\"").count();
    assert_eq!(kept, 2, "the form comes back with its tickets");
    let to = person.does(&page, "/bulk", &[("lead", LEAD)]).await;
    for _ in 0..2 {
        let results = person.sees(&to).await;
        assert_eq!(results.matches("data-outcome=\"done\"").count(), 2);
    }

    let ticket = format!("/tickets/{}", id(&tickets[0]));
    assert_eq!(person.does(&ticket, "/follow", &[]).await, ticket);
    let followed = person.sees("/tasks/followed").await;
    assert!(followed.contains(&ticket));
    assert!(person.sees("/tasks/done").await.contains(&ticket));
    assert_eq!(person.does(&ticket, "/unfollow", &[]).await, ticket);
    let gone = person.sees("/tasks/followed").await;
    assert!(!gone.contains(&ticket));
    let note = [("remark", "已电话通知单位联络员。")];
    let to = person.does(&ticket, "/note", &note).await;
    assert!(person.sees(&to).await.contains(note[0].1));
    let wrong = [("remark", "请@nobody.here核对")];
    let refused = person.sends(&ticket, "/note", &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
}
