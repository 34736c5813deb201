//! Conditions, how a list divides, and saved views, by pages without script and by REST.
//! Deliberately absent: what conditions find (tests of `store` and `services`).
//! Read next: `teams`.

use axum::{body::Body, http::StatusCode};
use serde_json::json;

use crate::{
    person::Person,
    rest::complaint,
    support::{World, request},
};

/// `urges >= 0 and state = TO_DISPATCH` as an address has it.
const WHERE: &str = "where=urges+%3E%3D+0+and+state+%3D+TO_DISPATCH";

#[tokio::test]
async fn conditions_are_written_added_and_mended_without_script() {
    let world = World::new().await;
    let agent = world.token("agent").await;
    let made = world.post("/api/v1/tickets", &agent, &complaint()).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let no = made.json()["ticket_no"]
        .as_str()
        .expect("a number")
        .to_owned();
    let dispatcher = Person::signed_in(&world, "dispatcher").await;

    let page = dispatcher.sees(&format!("/tickets?{WHERE}")).await;
    assert!(page.contains("高级条件") && page.contains(&no), "{page}");
    let row = "row_field=state&row_op=%3D&row_value=TO_DISPATCH";
    let page = dispatcher.sees(&format!("/tickets?{row}")).await;
    assert!(page.contains("state = TO_DISPATCH") && page.contains(&no));
    let page = dispatcher.sees("/tickets?where=colour+%3D+red").await;
    assert!(page.contains("没有这个字段") && page.contains("colour = red"));
    assert!(!page.contains(&no), "nothing is listed");
    let page = dispatcher.sees("/tickets?where=returns+%3E%3D+2").await;
    assert!(page.contains("范围太大"));
    let page = dispatcher
        .sees(&format!("/tickets?{WHERE}&facets=true"))
        .await;
    assert!(page.contains("收起分布") && page.contains("红绿灯"));

    let bearer = format!("Bearer {}", world.token("dispatcher").await);
    let headers = [("authorization", bearer.as_str())];
    let list = world
        .get(&format!("/api/v1/tickets?{WHERE}"), &headers)
        .await;
    assert_eq!(list.status, StatusCode::OK, "{}", list.text);
    assert!(list.text.contains(&no));
    let wrong = world.get("/api/v1/tickets?where=colour", &headers).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("input.query"), "{}", wrong.text);
}

#[tokio::test]
async fn a_view_is_kept_renamed_and_deleted_without_script() {
    let world = World::new().await;
    let mut dispatcher = Person::signed_in(&world, "dispatcher").await;
    let list = format!("/tickets?{WHERE}");
    let typed = [("name", "待派的"), ("shared", "area")];
    let to = dispatcher.does(&list, "/views", &typed).await;
    let page = dispatcher.sees(&to).await;
    assert!(page.contains("待派的") && page.contains(WHERE), "{page}");
    let list = dispatcher.sees("/tickets").await;
    assert!(list.contains("待派的"), "in the menu beside the list");
    let typed = [("name", "要派的"), ("shared", "nobody")];
    let to = dispatcher.does("/views", "/change", &typed).await;
    let page = dispatcher.sees(&to).await;
    assert!(
        page.contains("要派的") && !page.contains("待派的"),
        "{page}"
    );
    let nameless = dispatcher.sends("/views", "/change", &[("name", "")]).await;
    assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY);
    let typed = [("rhythm", "weekly")];
    let to = dispatcher.does("/views", "/follow", &typed).await;
    assert!(dispatcher.sees(&to).await.contains("订阅已保存"));
    let to = dispatcher.does("/views", "/delete", &[]).await;
    assert!(!dispatcher.sees(&to).await.contains("要派的"));
}

#[tokio::test]
async fn columns_are_chosen_put_in_order_and_kept_without_script() {
    let world = World::new().await;
    let agent = world.token("agent").await;
    let made = world.post("/api/v1/tickets", &agent, &complaint()).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let mut dispatcher = Person::signed_in(&world, "dispatcher").await;
    let head = |page: &str, name: &str| page.find(&format!("class=\"minor\">{name}"));
    let list = "/tickets?columns=row.channel%2Crow.urges";
    let page = dispatcher.sees(list).await;
    let (channel, urges) = (head(&page, "渠道"), head(&page, "催办次数"));
    assert!(channel.is_some() && channel < urges, "{page}");
    assert!(
        !page.contains("w-updated"),
        "the usual columns step back: {page}"
    );
    let moved = "href=\"/tickets?columns=row.urges%2Crow.channel\"";
    assert!(page.contains(moved), "a link moves one forward: {page}");
    let to = dispatcher.does(list, "/views/mine/columns#keep", &[]).await;
    assert_eq!(to, list);
    let page = dispatcher.sees("/tickets").await;
    assert!(head(&page, "渠道") < head(&page, "催办次数"), "{page}");
    assert!(!page.contains("w-updated"), "kept: {page}");
    let to = dispatcher
        .does("/tickets", "/views/mine/columns#usual", &[])
        .await;
    assert_eq!(to, "/tickets");
    assert!(dispatcher.sees("/tickets").await.contains("w-updated"));
}

#[tokio::test]
async fn programs_keep_share_follow_and_delete_views() {
    let world = World::new().await;
    let (own, other) = (
        world.token("dispatcher").await,
        world.token("supervisor").await,
    );
    let body = json!({"name": "待派的", "query": WHERE, "shared": "nobody"});
    let kept = world.post("/api/v1/views", &own, &body).await;
    assert_eq!(kept.status, StatusCode::CREATED, "{}", kept.text);
    let kept = kept.json();
    let path = format!("/api/v1/views/{}", kept.as_str().expect("an id"));
    let wrong = json!({"name": "待派的", "query": "colour=red", "shared": "nobody"});
    let wrong = world.post("/api/v1/views", &own, &wrong).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);

    let follow = format!("{path}/follow");
    let daily = json!({"rhythm": "daily"});
    let done = world.post(&follow, &own, &daily).await;
    assert_eq!(done.status, StatusCode::NO_CONTENT, "{}", done.text);
    let foreign = world.post(&follow, &other, &daily).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND, "{}", foreign.text);

    let bearer = format!("Bearer {own}");
    let headers = [
        ("authorization", bearer.as_str()),
        ("content-type", "application/json"),
    ];
    let to = json!({"version": 1, "name": "要派的", "shared": "area"}).to_string();
    let put = request("PUT", &path, &headers, Body::from(to));
    assert_eq!(world.send(put).await.status, StatusCode::NO_CONTENT);
    let rows = world.get("/api/v1/views", &headers).await;
    let row = rows.json()[0].clone();
    assert_eq!(row["name"], "要派的", "{}", rows.text);
    assert_eq!(row["subscription"]["rhythm"], "daily", "{}", rows.text);
    let shares = format!("/api/v1/tickets/facets?{WHERE}");
    let shares = world.get(&shares, &headers).await;
    assert_eq!(shares.status, StatusCode::OK, "{}", shares.text);
    on_the_board(&world, (&own, &headers), kept.as_str().expect("an id")).await;
    let gone = request("DELETE", &path, &headers, Body::empty());
    assert_eq!(world.send(gone).await.status, StatusCode::NO_CONTENT);
    let rows = world.get("/api/v1/views", &headers).await;
    assert_eq!(rows.json(), json!([]));
}

/// A view as a tile of the page of figures: put there, counted, moved and taken away; and a number that finds nothing says why.
async fn on_the_board(world: &World, (token, headers): (&str, &[(&str, &str)]), view: &str) {
    let pin = json!({"kind": "view", "subject": view});
    let board = world.post("/api/v1/board", token, &pin).await;
    assert_eq!(board.status, StatusCode::OK, "{}", board.text);
    let tile = board.json()["tiles"][0]["id"].clone();
    let path = format!("/api/v1/board/{}", tile.as_str().expect("an id"));
    let shown = world.get(&path, headers).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.text);
    assert_eq!(shown.json()["lines"][0]["value"], "0", "{}", shown.text);
    let front = world
        .post(&format!("{path}/front"), token, &json!({}))
        .await;
    assert_eq!(front.status, StatusCode::NO_CONTENT, "{}", front.text);
    let gone = request("DELETE", &path, headers, Body::empty());
    assert_eq!(world.send(gone).await.status, StatusCode::NO_CONTENT);
    let board = world.get("/api/v1/board", headers).await;
    assert_eq!(board.json()["tiles"], json!([]), "{}", board.text);
    let again = world.get(&path, headers).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND, "{}", again.text);

    let agent = world.token("agent").await;
    let made = world.post("/api/v1/tickets", &agent, &complaint()).await;
    let made = made.json();
    let no = made["ticket_no"].as_str().expect("a number");
    let why = format!("/api/v1/tickets/unseen?state=CLOSED&q={no}");
    let why = world.get(&why, headers).await;
    assert_eq!(why.status, StatusCode::OK, "{}", why.text);
    assert_eq!(why.json()["why"], "filtered", "{}", why.text);
    let nothing = "/api/v1/tickets/unseen?q=3201002026030201999999";
    let nothing = world.get(nothing, headers).await;
    assert_eq!(nothing.status, StatusCode::NOT_FOUND, "{}", nothing.text);
}

#[tokio::test]
async fn one_search_finds_tickets_and_people_by_page_and_by_path() {
    let world = World::new().await;
    let agent = world.token("agent").await;
    let made = world.post("/api/v1/tickets", &agent, &complaint()).await;
    let no = made.json()["ticket_no"].as_str().unwrap_or("").to_owned();
    let dispatcher = Person::signed_in(&world, "dispatcher").await;
    let page = dispatcher.sees("/search").await;
    assert!(page.contains("name=\"q\""), "{page}");
    let page = dispatcher.sees(&format!("/search?q={no}")).await;
    assert!(page.contains("/tickets/") && page.contains("row-link"));
    let page = dispatcher.sees("/search?q=dispatcher").await;
    assert!(page.contains("人员") && page.contains("dispatcher"));

    let bearer = format!("Bearer {}", world.token("dispatcher").await);
    let headers = [("authorization", bearer.as_str())];
    let found = world.get(&format!("/api/v1/search?q={no}"), &headers).await;
    let found = found.json();
    assert_eq!(found["tickets"]["items"][0]["ticket_no"], no.as_str());
    let odd = world.get("/api/v1/search?colour=red", &headers).await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_person_is_looked_for_by_page_and_by_path_and_stands_in_no_address() {
    let world = World::new().await;
    let agent = world.token("agent").await;
    let mut request = complaint();
    request["citizen"] = json!({"name": "王小明", "phone": "13912340000"});
    let made = world.post("/api/v1/tickets", &agent, &request).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let no = made.json()["ticket_no"].as_str().unwrap_or("").to_owned();
    let mut dispatcher = Person::signed_in(&world, "dispatcher").await;
    let typed = [
        ("key", "phone"),
        ("value", "139 1234 0000"),
        ("reason", "核对来电人以前的诉求"),
    ];
    for from in ["/tickets?kind=complaint", "/persons"] {
        let to = dispatcher.does(from, "/persons", &typed).await;
        assert!(to.starts_with("/tickets?") && to.contains("phone"), "{to}");
        assert!(!to.contains("13912340000"), "{to}");
        let page = dispatcher.sees(&to).await;
        assert!(page.contains(&no), "{page}");
    }
    let nameless = [("key", "name"), ("value", ""), ("reason", "看")];
    let answer = dispatcher.sends("/persons", "/persons", &nameless).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);

    let own = world.token("dispatcher").await;
    let path = "/api/v1/tickets/persons";
    let body = json!({"key": "name", "value": "王 小明", "reason": "核对来电人以前的诉求"});
    let asked = world.post(path, &own, &body).await;
    assert_eq!(asked.status, StatusCode::OK, "{}", asked.text);
    let asked = asked.json();
    assert_eq!(asked["found"], 1);
    let query = asked["query"].as_str().expect("an address").to_owned();
    let (bearer, other) = (
        format!("Bearer {own}"),
        format!("Bearer {}", world.token("supervisor").await),
    );
    let list = format!("/api/v1/tickets?{query}");
    let found = world
        .get(&list, &[("authorization", bearer.as_str())])
        .await;
    assert!(found.text.contains(&no), "{}", found.text);
    let foreign = world.get(&list, &[("authorization", other.as_str())]).await;
    assert_eq!(foreign.status, StatusCode::UNPROCESSABLE_ENTITY);
    let wrong = json!({"key": "colour", "value": "x", "reason": "核对来电人以前的诉求"});
    let wrong = world.post(path, &own, &wrong).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
}
