//! What the lists that people read do to pages without script: public texts, own fields on the citizen's form, reasons and tags, and the notices
//! that verbs leave for others. Deliberately absent: what is allowed (tests of `services`), drafts (`register`).
//! Read next: `person`.

use axum::http::StatusCode;
use serde_json::json;

use crate::person::{Person, form};
use crate::support::{LEAD, World};

/// Publishes rows of a list for programs.
async fn publish(world: &World, list: &str, rows: &[serde_json::Value]) {
    let (business, leader) = (world.token("business").await, world.token("leader").await);
    let base = format!("/api/v1/registers/{list}/base");
    let draft = world
        .post(&format!("{base}/begin"), &business, &json!({}))
        .await;
    let mut version = draft.json()["version"].clone();
    for row in rows {
        let body = json!({"version": version, "was": row["was"], "cells": row["cells"]});
        let put = world.post(&format!("{base}/rows"), &business, &body).await;
        assert_eq!(put.status, StatusCode::OK, "{}", put.text);
        version = put.json()["version"].clone();
    }
    let body = json!({"version": version});
    let done = world.post(&format!("{base}/publish"), &leader, &body).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text);
}

#[tokio::test]
async fn citizens_read_what_the_office_says_and_are_asked_what_it_asks() {
    let world = World::new().await;
    let privacy = world.get("/privacy", &[]).await;
    assert_eq!(privacy.status, StatusCode::OK);
    assert!(
        privacy.text.contains("个人信息保护说明"),
        "{}",
        privacy.text
    );
    let said = |name: &str, zh: &str| json!({"was": name, "cells": {"name": name, "zh": zh, "en": "What we say"}});
    let texts = [
        said("office_name", "江苏省 12345"),
        said("form_notice", "台风期间请先拨打 110"),
        said("privacy", "第一段\n<b>第二段</b>"),
    ];
    publish(&world, "texts", &texts).await;
    let field = json!({"cells": {
        "code": "floor", "zh": "楼层", "en": "Floor", "kind": "number", "ask": "all", "needed": "yes", "class": "plain",
    }});
    publish(&world, "own", &[field]).await;

    let home = world.get("/", &[]).await.text;
    assert!(home.contains("江苏省 12345"), "{home}");
    let privacy = world.get("/privacy", &[]).await.text;
    assert!(
        privacy.contains("第一段") && privacy.contains("&lt;b&gt;"),
        "{privacy}"
    );
    let page = world.get("/file", &[]).await;
    for words in ["台风期间请先拨打 110", "楼层", "name=\"own.floor\""] {
        assert!(page.text.contains(words), "{words}: {}", page.text);
    }
    let (action, hidden) = form(&page.text, "/file");
    let mut fields: Vec<(&str, &str)> = hidden
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    fields.extend([
        ("kind", "complaint"),
        ("content", "小区路灯三天不亮，晚上看不清路，希望尽快修好。"),
        ("city", "320100"),
        ("county", "320102"),
        ("citizen.phone", "13800138000"),
        ("identity", "open"),
        ("own.floor", "six"),
    ]);
    let refused = world.submit(&action, &page.cookies(), &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.text.contains("own.floor-error") && refused.text.contains("value=\"six\""),
        "{}",
        refused.text
    );
}

#[tokio::test]
#[allow(clippy::too_many_lines, reason = "one story")]
async fn a_dispatch_is_told_by_the_bell_and_read() {
    let world = World::new().await;
    let mut agent = Person::signed_in(&world, "agent").await;
    let desk = agent.sees("/desk").await;
    assert!(
        desk.contains("这里是 12345 热线") && desk.contains("value=\"media\""),
        "{desk}"
    );
    let call = [
        ("citizen.phone", "13800138000"),
        ("channel", "phone"),
        ("kind", "complaint"),
        (
            "content",
            "中山路一号门前的路灯三天不亮，晚上行人看不清路，请尽快派人修理。",
        ),
        ("city", "320100"),
        ("county", "320102"),
        ("urgency", "normal"),
        ("identity", "open"),
        ("tags", "media"),
    ];
    let to = agent.does("/desk", "/desk", &call).await;
    let page = to.split('?').next().unwrap_or_default().to_owned();
    assert!(agent.sees(&page).await.contains("媒体关注"));
    let mut dispatcher = Person::signed_in(&world, "dispatcher").await;
    let sheet = format!("{page}/dispatch");
    let choice = dispatcher.sees(&sheet).await;
    assert!(choice.contains("name=\"retag\""), "{choice}");
    let fields = [
        ("lead", LEAD),
        ("category", "010101"),
        ("urgency", "normal"),
        ("tags", "safety"),
    ];
    dispatcher.does(&sheet, "/dispatch", &fields).await;
    let shown = dispatcher.sees(&page).await;
    assert!(
        shown.contains("安全隐患") && !shown.contains("媒体关注"),
        "{shown}"
    );
    assert!(shown.contains("派错单位"), "a reason to recall it");

    let job = services::jobs::JOBS
        .iter()
        .find(|job| job.name == "notices");
    let job = job.expect("the job");
    job.once(&world.state.services).await.expect("runs");
    let mut handler = Person::signed_in(&world, "handler").await;
    let notices = handler.sees("/notices").await;
    assert!(
        notices.contains("新承办件") && notices.contains("未读 1 条") && !notices.contains("路灯"),
        "{notices}"
    );
    let to = handler.does("/notices", "/open", &[]).await;
    assert_eq!(to, page);
    assert!(handler.sees("/notices").await.contains("未读 0 条"));
    let settings = "/account/notices";
    let refused = handler
        .sends(settings, settings, &[("assigned.mail", "yes")])
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let typed = [
        ("assigned.desk", "yes"),
        ("assigned.mail", "yes"),
        ("mail", "li.si@example.com"),
    ];
    let to = handler.does(settings, settings, &typed).await;
    assert!(handler.sees(&to).await.contains("li.si@example.com"));
    let token = world.token("handler").await;
    let bearer = format!("Bearer {token}");
    let headers = [("authorization", bearer.as_str())];
    let mine = world.get("/api/v1/notices?limit=1", &headers).await;
    assert_eq!(mine.json()["items"][0]["kind"], "assigned", "{}", mine.text);
    let kept = world.get("/api/v1/notices/settings", &headers).await;
    assert_eq!(kept.json()["mail"], "li.si@example.com");
}
