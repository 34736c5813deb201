//! Field rights, teams and who can see a ticket, by pages without script and by REST.
//! Deliberately absent: the rules themselves (tests of `services`).
//! Read next: `posts`, for roles and posts.

use axum::http::StatusCode;
use serde_json::json;

use crate::{
    person::Person,
    rest::complaint,
    support::{CENTRE, World},
};

#[tokio::test]
async fn field_rights_are_composed_seen_and_obeyed_by_pages() {
    let world = World::new().await;
    let mut security = Person::signed_in(&world, "security").await;
    let typed = [
        ("code", "quiet_desk"),
        ("name", "脱敏派单"),
        ("may.ticket.view", "city"),
        ("may.citizen.view", "city"),
        ("may.citizen.reveal", "city"),
        ("shows.phone.open", "hidden"),
        ("shows.name.open", "clear"),
    ];
    let roles = "/office/roles";
    let to = security.does(roles, roles, &typed).await;
    let page = security.sees(&to).await;
    assert!(page.contains("个人信息显示") && page.contains("shows.phone.closed"));
    let change = [
        ("name", "脱敏派单"),
        ("may.ticket.view", "city"),
        ("may.citizen.view", "city"),
        ("may.citizen.reveal", "city"),
        ("shows.phone.open", "hidden"),
        ("shows.address.open", "hidden"),
        ("version", "1"),
    ];
    security
        .does("/office/roles/quiet_desk", "/change", &change)
        .await;
    let give = [("role", "quiet_desk")];
    let to = security.does("/office/people/caller", "/give", &give).await;
    assert!(security.sees(&to).await.contains("个人信息看到什么程度"));
    security
        .does("/office/people/caller", "/posts/1/end", &[("why", "换岗")])
        .await;
    // Once there is a ticket, a post would need a second person.
    let made = world
        .post("/api/v1/tickets", &world.token("agent").await, &complaint())
        .await;
    let id = made.json()["id"].as_str().expect("an id").to_owned();
    let caller = Person::signed_in(&world, "caller").await;
    let ticket = caller.sees(&format!("/tickets/{id}")).await;
    assert!(ticket.contains("按您的角色不显示"), "{ticket}");
    assert!(!ticket.contains("138****"), "{ticket}");
}

#[tokio::test]
async fn who_can_see_a_ticket_is_found_by_its_number() {
    let world = World::new().await;
    let made = world
        .post("/api/v1/tickets", &world.token("agent").await, &complaint())
        .await;
    let made = made.json();
    let no = made["ticket_no"].as_str().expect("a number");
    let supervisor = Person::signed_in(&world, "supervisor").await;
    let id = made["id"].as_str().expect("an id");
    let ticket = supervisor.sees(&format!("/tickets/{id}")).await;
    let path = format!("/office/readers?no={no}");
    assert!(ticket.contains(&path), "the ticket leads there");
    let security = Person::signed_in(&world, "security").await;
    let asked = security.sees("/office/readers").await;
    assert!(asked.contains("工单编号"));
    for person in [&supervisor, &security] {
        let page = person.sees(&path).await;
        for words in ["dispatcher", "agent", "本人登记", "在岗位单位所管地区"] {
            assert!(page.contains(words), "{words}: {page}");
        }
        assert!(!page.contains("second.handler"), "no part in it");
    }
    let agent = Person::signed_in(&world, "agent").await;
    assert_eq!(agent.reads(&path).await.status, StatusCode::FORBIDDEN);
    let fields = security.sees("/staff/personal-fields").await;
    assert!(fields.contains("citizen.id_number") && fields.contains("敏感个人信息"));
    let looks = security.sees("/staff/personal-looks").await;
    assert!(looks.contains("没有查看记录"), "nobody has looked");
    let token = world.token("security").await;
    let bearer = format!("Bearer {token}");
    let headers = [("authorization", bearer.as_str())];
    let rest = format!("/api/v1/ticket-readers?ticket_no={no}&limit=1");
    let page = world.get(&rest, &headers).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    let page = page.json();
    assert_eq!(page["items"].as_array().map(Vec::len), Some(1));
    let cursor = page["next_cursor"].as_str().expect("more people");
    let next = world
        .get(&format!("{rest}&cursor={cursor}"), &headers)
        .await;
    assert_ne!(
        next.json()["items"][0]["username"],
        page["items"][0]["username"]
    );
    let none = world.get("/api/v1/ticket-readers", &headers).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_team_is_made_joined_and_left_by_pages_and_programs() {
    let world = World::new().await;
    let mut security = Person::signed_in(&world, "security").await;
    let teams = "/office/teams";
    let page = security.sees(teams).await;
    assert!(page.contains("还没有班组"));
    let people = security.sees("/office/people").await;
    assert!(people.contains("/office/teams"), "found from the people");
    let typed = [("unit", CENTRE), ("name", "夜班一组")];
    let to = security.does(teams, teams, &typed).await;
    let one = to.split('?').next().expect("a path").to_owned();
    let leads = [("username", "agent"), ("leads", "true")];
    let to = security.does(&one, "/join", &leads).await;
    let page = security.sees(&to).await;
    assert!(page.contains("夜班一组") && page.contains("任班长"));
    let unknown = security
        .sends(&one, &format!("{one}/join"), &[("username", "nobody")])
        .await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    let token = world.token("security").await;
    let bearer = format!("Bearer {token}");
    let headers = [("authorization", bearer.as_str())];
    let list = world.get("/api/v1/teams", &headers).await;
    assert_eq!(list.status, StatusCode::OK, "{}", list.text);
    let list = list.json();
    assert_eq!(list["items"][0]["members"], 1);
    let id = list["items"][0]["id"].as_str().expect("an id");
    let path = format!("/api/v1/teams/{id}");
    let joins = json!({"username": "dispatcher", "until": "2099-01-01T00:00:00+08:00"});
    let joined = world.post(&format!("{path}/members"), &token, &joins).await;
    assert_eq!(joined.status, StatusCode::CREATED, "{}", joined.text);
    assert_eq!(joined.json()["row"]["members"], 2);
    let left = world
        .post(&format!("{path}/members/1/end"), &token, &json!({}))
        .await;
    assert_eq!(left.status, StatusCode::NO_CONTENT, "{}", left.text);
    let named = json!({"name": "夜班二组", "version": 1});
    let renamed = world.post(&format!("{path}/rename"), &token, &named).await;
    assert_eq!(
        renamed.json()["row"]["name"],
        "夜班二组",
        "{}",
        renamed.text
    );
    let to = security
        .does(&one, &format!("{one}/end"), &[("version", "2")])
        .await;
    assert!(security.sees(&to).await.contains("还没有班组"));
    let agent = Person::signed_in(&world, "agent").await;
    assert_eq!(agent.reads(teams).await.status, StatusCode::FORBIDDEN);
}
