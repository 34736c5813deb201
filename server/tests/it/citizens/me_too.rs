//! A citizen who files without script is shown what others have reported alike, and joins it.
//! Deliberately absent: what is shown and what is refused (tests of `services`).

use axum::http::StatusCode;

use crate::{person::form, rest::complaint, support::World};

/// What somebody else types about the same.
const TYPED: [(&str, &str); 6] = [
    ("kind", "complaint"),
    (
        "content",
        "中山路一号门前的路灯已经三天不亮，晚上行人看不清路，请尽快派人修理。",
    ),
    ("city", "320100"),
    ("county", "320102"),
    ("citizen.phone", "13700000001"),
    ("identity", "open"),
];

fn pairs(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}

/// The fields of the form in a page, with what is typed.
fn typed(page: &str) -> (String, Vec<(String, String)>) {
    let (action, mut fields) = form(page, "/file");
    fields.retain(|(name, _)| TYPED.iter().all(|(typed, _)| name != typed));
    fields.extend(TYPED.map(|(name, value)| (name.to_owned(), value.to_owned())));
    (action, fields)
}

/// What the first choice of the page sends.
fn choice(page: &str) -> Option<String> {
    let tags = page.split("<input ").skip(1);
    let tags = tags.filter_map(|rest| rest.split('>').next());
    let mut tags = tags.filter(|tag| tag.contains("name=\"joins\""));
    tags.find_map(|tag| {
        let value = tag.split_once("value=\"")?.1.split('"').next()?;
        (!value.is_empty()).then(|| value.to_owned())
    })
}

#[tokio::test]
async fn others_requests_are_shown_by_a_button_and_joined() {
    let world = World::new().await;
    let agent = world.token("agent").await;
    let made = world.post("/api/v1/tickets", &agent, &complaint()).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let no = made.json()["ticket_no"]
        .as_str()
        .expect("a number")
        .to_owned();

    let page = world.get("/file", &[]).await;
    let (action, mut fields) = typed(&page.text);
    fields.push(("step".to_owned(), "alike".to_owned()));
    let shown = world.submit(&action, "", &pairs(&fields)).await;
    assert!(
        shown.text.contains("已有人反映过类似的事"),
        "{}",
        shown.text
    );
    for secret in [no.as_str(), "13800138000", "王小明"] {
        assert!(!shown.text.contains(secret), "{secret}");
    }
    let token = choice(&shown.text).expect("a choice");

    let (action, mut fields) = typed(&shown.text);
    fields.retain(|(name, _)| name != "joins" && name != "step");
    fields.push(("joins".to_owned(), no.clone()));
    let guessed = world.submit(&action, "", &pairs(&fields)).await;
    assert_eq!(
        guessed.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "a number is no choice"
    );
    let (action, mut fields) = typed(&guessed.text);
    fields.retain(|(name, _)| name != "joins" && name != "step");
    fields.push(("joins".to_owned(), token));
    let sent = world.submit(&action, "", &pairs(&fields)).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let bearer = format!("Bearer {}", world.token("dispatcher").await);
    let headers = [("authorization", bearer.as_str())];
    let merged = world.get("/api/v1/tickets?state=MERGED", &headers).await;
    assert_eq!(merged.status, StatusCode::OK, "{}", merged.text);
    let items = merged.json()["items"].as_array().map_or(0, Vec::len);
    assert_eq!(items, 1, "{}", merged.text);
}
