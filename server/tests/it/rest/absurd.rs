//! Filters that nobody means: as long as an address can be, thousands of them, years and pages far away, names that are none.
//! Deliberately absent: bad bodies (`input`), conditions one by one (`shared::query`).
//! Programs are refused with a code and the field; a page says it in words, and neither takes long over it.

use axum::http::StatusCode;

use crate::person::Person;
use crate::support::World;

/// Queries, the field that is named, and the code at it.
fn absurd() -> Vec<(String, &'static str, &'static str)> {
    let columns: Vec<String> = (0..5_000).map(|at| format!("f{at}")).collect();
    let own: Vec<String> = (0..4_000).map(|at| format!("own.f{at}=1")).collect();
    vec![
        ("tag=a&".repeat(10_000) + "tag=b", "tag", "input.query"),
        (own.join("&"), "own.f200", "input.query"),
        (
            format!("columns={}", columns.join(",")),
            "columns",
            "input.query",
        ),
        (
            format!("q={}", "%E8%B7%AF".repeat(1_200)),
            "q",
            "input.query",
        ),
        (format!("tag={}", "a,".repeat(5_000)), "tag", "input.query"),
        (
            "accepted_from=10000-01-01".to_owned(),
            "accepted_from",
            "input.query",
        ),
        (
            "accepted_to=99999-12-31T00:00:00Z".to_owned(),
            "accepted_to",
            "input.query",
        ),
        ("page=1000000000".to_owned(), "page", "input.query"),
        ("limit=1000000000".to_owned(), "limit", "input.query"),
        (
            format!("cursor={}", "a".repeat(10_000)),
            "cursor",
            "input.cursor",
        ),
        ("sort=colour".to_owned(), "sort", "input.query"),
        ("colour=red".to_owned(), "colour", "input.query"),
    ]
}

#[tokio::test]
async fn absurd_filters_are_named_to_programs_and_on_pages() {
    let world = World::new().await;
    let bearer = format!("Bearer {}", world.token("supervisor").await);
    let person = Person::signed_in(&world, "supervisor").await;
    for (query, field, code) in absurd() {
        let head: String = query.chars().take(60).collect();
        let path = format!("/api/v1/tickets?{query}");
        let answer = world.get(&path, &[("authorization", &bearer)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{head}");
        let fault = answer.json();
        let is_named = fault["fields"][0]["field"] == field || fault["code"] == code;
        assert!(is_named, "{head}: {}", answer.text);
        let page = person.reads(&format!("/tickets?{query}")).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{head}");
    }
    // A column that is no field of the office is told to a program alone: views outlive fields.
    let path = "/api/v1/tickets?columns=nothing";
    let answer = world.get(path, &[("authorization", &bearer)]).await;
    assert_eq!(
        answer.json()["fields"][0]["code"],
        "input.code",
        "{}",
        answer.text
    );
    person.sees("/tickets?columns=nothing").await;
}

#[tokio::test]
async fn conditions_as_long_as_an_address_are_named_beside_their_field() {
    let world = World::new().await;
    let bearer = format!("Bearer {}", world.token("supervisor").await);
    let person = Person::signed_in(&world, "supervisor").await;
    let one = "state%20%3D%20HANDLING";
    let long = [one; 400].join("%20or%20");
    let many = ["urges%20%3D%201"; 60].join("%20or%20");
    let deep = format!("{}{one}{}", "(".repeat(200), ")".repeat(200));
    for (conditions, words) in [
        (long.as_str(), "条件太长"),
        (many.as_str(), "条件太多"),
        (deep.as_str(), "最多套五层"),
        ("colour%20%3D%20red", "没有这个字段"),
    ] {
        let path = format!("/api/v1/tickets?where={conditions}");
        let answer = world.get(&path, &[("authorization", &bearer)]).await;
        let head: String = conditions.chars().take(40).collect();
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{head}");
        let fault = answer.json();
        assert_eq!(fault["fields"][0]["field"], "where", "{}", answer.text);
        assert_eq!(fault["fields"][0]["code"], "input.query", "{}", answer.text);
        // The page stays, with what was typed and what is wrong with it.
        let page = person.sees(&format!("/tickets?where={conditions}")).await;
        assert!(page.contains(words), "{head}");
    }
}
