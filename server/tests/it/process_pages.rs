//! The process owner's pages without script: check, deploy, activate, preview, migrate, undo.
//! Deliberately absent: what a check or a migration decides (tests of `bpmn` and `services`).
//! Read next: `person`.

use axum::{body::Body, http::StatusCode};

use crate::approval_pages::filed;
use crate::person::{Person, form};
use crate::support::{Answer, World, request};

const SAMPLE: &str = include_str!("../../bpmn/definitions/permit-sample.bpmn");

/// Posts a multipart form, as the browser does where a file can be chosen.
pub async fn upload(
    world: &World,
    person: &Person<'_>,
    path: &str,
    fields: &[(&str, &str)],
    file: Option<(&str, &str)>,
) -> Answer {
    let file = file.map(|(name, text)| (name, text.as_bytes()));
    upload_bytes(world, person, path, (fields, file)).await
}

/// Fields, and a file with its name.
type Sent<'a> = (&'a [(&'a str, &'a str)], Option<(&'a str, &'a [u8])>);

/// The same with a file of any bytes.
async fn upload_bytes(
    world: &World,
    person: &Person<'_>,
    path: &str,
    (fields, file): Sent<'_>,
) -> Answer {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part =
            format!("--xyz\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend(part.into_bytes());
    }
    let (name, bytes) = file.unwrap_or(("", b""));
    let head = format!(
        "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
    );
    body.extend(head.into_bytes());
    body.extend(bytes);
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

#[tokio::test]
async fn a_definition_is_checked_deployed_and_activated() {
    let world = World::new().await;
    let mut owner = Person::signed_in(&world, "manager").await;
    let list = owner.sees("/processes").await;
    assert!(list.contains("/processes/permit-sample") && list.contains("/processes/ticket-main"));

    let broken = SAMPLE.replace(">approved<", ">approved &amp;&amp;<");
    let refused = upload(&world, &owner, "/processes", &[], Some(("p.bpmn", &broken))).await;
    assert_eq!(
        refused.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        refused.text
    );
    assert!(refused.text.contains("错误") && refused.text.contains("检查结果"));
    assert!(
        refused.text.contains("id=\"deploy-xml-error\"") && refused.text.contains("intake_yes")
    );

    let second = SAMPLE.replace(
        r#"name="受理审查" ms:name_en="Intake review""#,
        r#"name="受理初审" ms:name_en="First review""#,
    );
    let checked = upload(
        &world,
        &owner,
        "/processes",
        &[("step", "check"), ("xml", &second)],
        None,
    )
    .await;
    assert_eq!(checked.status, StatusCode::OK, "{}", checked.text);
    assert!(checked.text.contains("检查结果"));
    let unread = upload(&world, &owner, "/processes", &[("xml", "not xml")], None).await;
    assert_eq!(unread.status, StatusCode::UNPROCESSABLE_ENTITY);

    let done = upload(
        &world,
        &owner,
        "/processes",
        &[("xml", ""), ("active_from", "")],
        Some(("p.bpmn", &second)),
    )
    .await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    assert_eq!(
        done.header("location"),
        "/processes/permit-sample/2?done=deploy"
    );
    let same = upload(&world, &owner, "/processes", &[("xml", &second)], None).await;
    assert!(same.header("location").ends_with("done=same"));
    let page = "/processes/permit-sample/2";
    let shown = owner.sees(&format!("{page}?done=deploy")).await;
    assert!(
        shown.contains("已部署为第 2 版") && shown.contains("未启用") && shown.contains("<svg")
    );
    let past = [("active_from", "2026-03-01")];
    let refused = owner.sends(page, "/2/activate", &past).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let to = owner.does(page, "/2/activate", &[]).await;
    assert!(owner.sees(&to).await.contains("新办件现在用第 2 版"));
    assert!(owner.sees(page).await.contains("启用中"));
    let to = owner
        .does("/processes/permit-sample/1", "/1/activate", &[])
        .await;
    let older = owner.sees(&to).await;
    assert!(older.contains("新办件现在仍用较新的第 2 版"), "{older}");
    owner.does(page, "/2/withdraw", &[]).await;
    assert!(owner.sees(page).await.contains("已停用"));
}

#[tokio::test]
async fn running_cases_are_moved_after_a_preview_and_back() {
    let world = World::new().await;
    let mut initiator = Person::signed_in(&world, "handler").await;
    let case = filed(&mut initiator).await;
    let mut owner = Person::signed_in(&world, "manager").await;
    let second = SAMPLE.replace("\"intake\"", "\"first_review\"");
    let done = upload(&world, &owner, "/processes", &[("xml", &second)], None).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let page = "/processes/permit-sample/1";
    let before = owner.sees(page).await;
    assert!(before.contains("受理审查") && before.contains("is-here"));

    let plain = [("to", "2"), ("step", "preview")];
    let shown = owner.sends(page, "/1/migrate", &plain).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.text);
    assert!(
        shown.text.contains("共 1 件在办，其中 0 件可以迁移")
            && shown.text.contains("新版本没有这个环节")
    );
    let bad = [("to", "2"), ("mapping", "intake first_review")];
    let refused = owner.sends(page, "/1/migrate", &bad).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("migrate-mapping-error"));
    let mapped = [
        ("to", "2"),
        ("mapping", "intake=first_review"),
        ("step", "preview"),
    ];
    let shown = owner.sends(page, "/1/migrate", &mapped).await;
    assert!(shown.text.contains("其中 1 件可以迁移") && shown.text.contains("first_review"));
    let to = owner.does(page, "/1/migrate", &mapped[..2]).await;
    assert_eq!(
        to,
        "/processes/permit-sample/2?done=migrate&moved=1&cases=1"
    );
    assert!(owner.sees(&to).await.contains("已迁移 1 件，共 1 件"));
    assert!(initiator.sees(&case).await.contains("第 2 版"));

    let (_, fields) = form(&owner.sees(page).await, "/1/undo");
    assert!(fields.iter().any(|(name, _)| name == "migration"));
    let to = owner.does(page, "/1/undo", &[]).await;
    assert!(to.contains("done=undo&back=1&stayed=0"), "{to}");
    assert!(initiator.sees(&case).await.contains("第 1 版"));
    assert!(owner.sees(page).await.contains("已撤回"));
}

#[tokio::test]
async fn an_incident_is_settled_from_the_process_page() {
    let world = World::new().await;
    let mut initiator = Person::signed_in(&world, "handler").await;
    let case = filed(&mut initiator).await;
    let mut owner = Person::signed_in(&world, "manager").await;
    // Without people there is nobody to countersign.
    let gone = [("variables", "{\"reviewers\": 7}"), ("reason", "试一试")];
    owner.does(&case, "/set-variables", &gone).await;
    let intake = Person::signed_in(&world, "second.handler").await;
    let stopped = intake.sends(&case, "/decide", &[("approved", "yes")]).await;
    assert_eq!(stopped.status, StatusCode::CONFLICT, "{}", stopped.text);
    assert!(stopped.text.contains("流程走不下去"));
    assert!(intake.sees(&case).await.contains("流程负责人已收到通知"));
    let page = "/processes/permit-sample/1";
    let shown = owner.sees(page).await;
    assert!(shown.contains("异常") && shown.contains(&case));
    let short = owner.sends(page, "/retry", &[("reason", "")]).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    let to = owner.does(page, "/retry", &[("reason", "再试一次")]).await;
    assert_eq!(to, "/processes/permit-sample/1?done=retry");
    assert!(owner.sees(&to).await.contains("已处理"));
}

/// Two bytes for each letter, marked as such.
fn utf16(text: &str) -> Vec<u8> {
    let units = [0xFEFF].into_iter().chain(text.encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}

#[tokio::test]
async fn a_chosen_file_is_read_in_its_own_encoding_or_refused_by_name() {
    let world = World::new().await;
    let owner = Person::signed_in(&world, "manager").await;
    let wide = utf16(
        &SAMPLE
            .replace("encoding=\"UTF-8\"", "encoding=\"UTF-16\"")
            .replace("permit-sample", "permit-wide"),
    );
    let post = |bytes: Vec<u8>| {
        let (world, owner) = (&world, &owner);
        async move { upload_bytes(world, owner, "/processes", (&[], Some(("p.bpmn", &bytes)))).await }
    };
    let done = post(wide).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let page = owner.sees("/processes/permit-wide/1").await;
    assert!(page.contains("受理审查"));
    let wrong = SAMPLE.replace("encoding=\"UTF-8\"", "encoding=\"GB2312\"");
    let odd = SAMPLE.replace("encoding=\"UTF-8\"", "encoding=\"UTF-7\"");
    for (bytes, name) in [
        (wrong.into_bytes(), "GB2312"),
        (odd.into_bytes(), "UTF-7"),
        (
            b"<?xml version=\"1.0\"?>\n<a>\xB0\xA1</a>".to_vec(),
            "UTF-8",
        ),
    ] {
        let refused = post(bytes).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            refused.text.contains(name) && refused.text.contains("编码"),
            "{name}: {}",
            refused.text
        );
        assert!(refused.text.contains("id=\"deploy-xml-error\""), "{name}");
    }
}
