//! The office's lists without script, and for programs: draft, a row refused and saved, a file in GBK, handing on, publishing, history.
//! Deliberately absent: what is allowed (tests of `services`).
//! Read next: `person`.

mod reorganise;
mod texts;

use axum::{body::Body, http::StatusCode};
use serde_json::json;

use crate::person::Person;
use crate::support::{Answer, World, request};

const LIMITS: &str = "/office/lists/limits/base";

/// Posts a list's form with a file of any bytes.
async fn upload(
    world: &World,
    person: &Person<'_>,
    (path, fields): (&str, &[(&str, &str)]),
    file: &[u8],
) -> Answer {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part =
            format!("--xyz\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend(part.into_bytes());
    }
    body.extend(
        b"--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n",
    );
    body.extend(file);
    body.extend(b"\r\n--xyz--\r\n");
    let headers = [
        ("cookie", person.cookies()),
        ("content-type", "multipart/form-data; boundary=xyz"),
        ("origin", "http://127.0.0.1:3000"),
        ("sec-fetch-site", "same-origin"),
    ];
    world
        .send(request("POST", path, &headers, Body::from(body)))
        .await
}

/// The version of the draft that a page's forms carry.
fn version(page: &str) -> String {
    let at = page
        .find("name=\"version\"")
        .expect("a form with the version");
    let value = page[at..].split("value=\"").nth(1).expect("its value");
    value.split('"').next().expect("its end").to_owned()
}

#[tokio::test]
#[allow(clippy::too_many_lines, reason = "one story")]
async fn limits_are_drafted_looked_at_and_published_by_a_second_person() {
    let world = World::new().await;
    let mut business = Person::signed_in(&world, "business").await;
    let all = business.sees("/office/lists").await;
    assert!(all.contains("基础数据") && all.contains(LIMITS) && all.contains("未改动过"));
    let list = business.sees(LIMITS).await;
    assert!(
        list.contains("工单办理") && list.contains("共 21 行"),
        "{list}"
    );

    let to = business.does(LIMITS, "/begin", &[]).await;
    assert_eq!(to, format!("{LIMITS}?done=begin"));
    let edit = format!("{LIMITS}/row?key=handle%2F-%2F-%2F-%2F-%2F-");
    let form = business.sees(&edit).await;
    assert!(form.contains("value=\"5\"") && form.contains("工作日"));
    let typed = |value: &'static str| {
        [
            ("stage", "handle"),
            ("value", value),
            ("unit", "working_days"),
        ]
    };
    let refused = business.sends(&edit, "/row", &typed("0")).await;
    assert_eq!(
        refused.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        refused.text
    );
    assert!(
        refused.text.contains('1') && refused.text.contains("row-value-error"),
        "{}",
        refused.text
    );
    let to = business.does(&edit, "/row", &typed("7")).await;
    assert_eq!(to, format!("{LIMITS}?done=save&changes=1"));
    let changes = business.sees(&to).await;
    assert!(
        changes.contains("已存入草稿") && changes.contains("原为") && changes.contains("共 1 行"),
        "{changes}"
    );

    let preview = business.sees(&format!("{LIMITS}/preview")).await;
    assert!(
        preview.contains("修改 1 行") && preview.contains("提交复核"),
        "{preview}"
    );
    assert!(!preview.contains("/publish\""), "not by who changed it");
    let to = business
        .does(
            &format!("{LIMITS}/preview"),
            "/hand-on",
            &[("note", "苏政办发1号")],
        )
        .await;
    assert!(business.sees(&to).await.contains("待复核"));

    let mut leader = Person::signed_in(&world, "leader").await;
    let page = format!("{LIMITS}/preview");
    let past = leader
        .sends(&page, "/publish", &[("from", "2020-01-01")])
        .await;
    assert_eq!(past.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        past.text.contains("生效日不能早于") && past.text.contains("发布前检查"),
        "{}",
        past.text
    );
    let to = leader
        .does(&page, "/publish", &[("from", ""), ("open_too", "yes")])
        .await;
    let shown = leader.sees(&to).await;
    assert!(
        shown.contains("已发布") && shown.contains("第 2 版") && shown.contains("苏政办发1号"),
        "{shown}"
    );
    let old = business.sees(&format!("{LIMITS}?revision=1")).await;
    assert!(old.contains("恢复到这一版"));
    let to = business.does(LIMITS, "/restore", &[]).await;
    assert!(business.sees(&to).await.contains("恢复第 1 版"));

    for name in ["auditor", "agent"] {
        let other = Person::signed_in(&world, name).await;
        assert_eq!(
            other.reads(LIMITS).await.status,
            StatusCode::FORBIDDEN,
            "{name}"
        );
    }
}

#[tokio::test]
async fn a_table_in_gbk_is_looked_at_and_taken() {
    let world = World::new().await;
    let mut business = Person::signed_in(&world, "business").await;
    let hours = "/office/lists/hours/base";
    business.does(hours, "/begin", &[]).await;
    let number = version(&business.sees(hours).await);
    // 开始,结束 in GBK.
    let heads = b"\xBF\xAA\xCA\xBC,\xBD\xE1\xCA\xF8\r\n";
    let gbk = [&heads[..], b"08:30,11:30\r\n25:00,26:00\r\n"].concat();
    let path = format!("{hours}/table");
    let fields = [
        ("version", number.as_str()),
        ("replaces", "yes"),
        ("step", "check"),
    ];
    let looked = upload(&world, &business, (&path, &fields), &gbk).await;
    assert_eq!(looked.status, StatusCode::OK, "{}", looked.text);
    for words in ["GBK", "读不了 1", "请按 09:00 的样子填写时刻"] {
        assert!(looked.text.contains(words), "{words}: {}", looked.text);
    }
    let gbk = [&heads[..], b"08:30,11:30\r\n13:00,17:00\r\n"].concat();
    let done = upload(&world, &business, (&path, &fields[..2]), &gbk).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let list = business.sees(hours).await;
    assert!(list.contains("08:30") && list.contains("新增"), "{list}");
    let damaged = upload(
        &world,
        &business,
        (&path, &fields[..1]),
        &[0xFF, 0x80, 0x00, 0xFF],
    )
    .await;
    assert_eq!(damaged.status, StatusCode::UNPROCESSABLE_ENTITY);
    let stale = upload(&world, &business, (&path, &fields[..2]), &gbk).await;
    assert_eq!(stale.status, StatusCode::CONFLICT, "{}", stale.text);
    let headers = [("cookie", business.cookies())];
    let csv = world.get(&format!("{hours}/rows.csv"), &headers).await;
    assert_eq!(csv.status, StatusCode::OK);
    assert!(
        csv.text.starts_with(
            "\u{feff}岗位,单位,区划代码,哪些天,季节起,季节止,开始,结束\r\n,,,,,,08:30,11:30"
        ),
        "{}",
        csv.text
    );
}

#[tokio::test]
async fn programs_draft_and_publish() {
    let world = World::new().await;
    let business = world.token("business").await;
    let leader = world.token("leader").await;
    let base = "/api/v1/registers/settings/base";
    let draft = world
        .post(&format!("{base}/begin"), &business, &json!({}))
        .await;
    assert_eq!(draft.status, StatusCode::OK, "{}", draft.text);
    let version = draft.json()["version"].clone();
    let cells = json!({"name": "extension.most", "value": "many"});
    let body = json!({"version": version, "was": "extension.most", "cells": cells});
    let refused = world.post(&format!("{base}/rows"), &business, &body).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.json()["fields"][0]["field"], "value");
    let cells = json!({"name": "extension.most", "value": "3"});
    let body = json!({"version": version, "was": "extension.most", "cells": cells});
    let put = world.post(&format!("{base}/rows"), &business, &body).await;
    assert_eq!(put.status, StatusCode::OK, "{}", put.text);
    let stale = world.post(&format!("{base}/rows"), &business, &body).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert_eq!(stale.json()["code"], "version.stale");
    let publish = json!({"version": put.json()["version"], "note": "三次"});
    let alone = world
        .post(&format!("{base}/publish"), &business, &publish)
        .await;
    assert_eq!(alone.json()["code"], "register.second");
    let done = world
        .post(&format!("{base}/publish"), &leader, &publish)
        .await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text);
    assert_eq!(
        (
            done.json()["number"].clone(),
            done.json()["is_applied"].clone()
        ),
        (json!(2), json!(true))
    );
    let bearer = format!("Bearer {business}");
    let headers = [("authorization", bearer.as_str())];
    let view = world
        .get(&format!("{base}?revision=2&changes=1"), &headers)
        .await;
    let view = view.json();
    assert_eq!(view["rows"][0]["before"]["value"], "2");
    let columns = world
        .get("/api/v1/registers/limits/columns", &headers)
        .await;
    assert_eq!(columns.json()[0]["name"], "stage");
    let missing = world.get("/api/v1/registers/limits/990000", &headers).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn of_two_who_save_one_setting_the_second_is_told_and_keeps_what_was_typed() {
    let world = World::new().await;
    let settings = "/office/lists/settings/base";
    let mut first = Person::signed_in(&world, "business").await;
    first.does(settings, "/begin", &[]).await;
    let edit = format!("{settings}/row?key=extension.most");
    let second = Person::signed_in(&world, "business").await;
    let page = second.sees(&edit).await;
    let seen = version(&page);
    let (action, hidden) = crate::person::form(&page, "/row");
    let typed = |value: &'static str| [("name", "extension.most"), ("value", value)];
    first.does(&edit, "/row", &typed("3")).await;

    let mut fields: Vec<(&str, &str)> = hidden
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    fields.extend(typed("4"));
    let refused = world.submit(&action, second.cookies(), &fields).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.text);
    assert!(
        refused.text.contains("value=\"4\""),
        "what was typed is there: {}",
        refused.text
    );
    // The page that says so carries the version that is there now: the same form, sent again, is the way on.
    let now = version(&refused.text);
    assert_ne!(now, seen, "{}", refused.text);
    let done = second.sends(&edit, "/row", &typed("4")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
}
