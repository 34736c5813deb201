//! Merging units without script, and for programs: choosing, what it moves, the drafts that it writes.
//! Deliberately absent: what holds afterwards, divisions (tests of `services`).

use axum::http::StatusCode;
use serde_json::json;

use crate::person::Person;
use crate::support::{LEAD, OTHER, World};

const PAGE: &str = "/office/units/base/reorganise";

#[tokio::test]
async fn units_are_merged_on_a_page_that_needs_no_script() {
    let world = World::new().await;
    let business = Person::signed_in(&world, "business").await;
    let list = business.sees("/office/lists/units/base").await;
    assert!(list.contains(PAGE), "the way to the act");
    let empty = business.sees(PAGE).await;
    assert!(empty.contains("name=\"ends\"") && !empty.contains("写入草稿</button>"));
    let wrong = business
        .sees(&format!("{PAGE}?ends={LEAD}&into={LEAD}"))
        .await;
    assert!(wrong.contains("name=\"ends\""), "it can be chosen again");
    let asked = format!("{PAGE}?ends={LEAD}&into={OTHER}&from=2027-01-01");
    let looked = business.sees(&asked).await;
    assert!(looked.contains("会动到什么"), "{looked}");

    let fields = [
        ("version", "0"),
        ("ends", LEAD),
        ("into", OTHER),
        ("from", "2027-01-01"),
    ];
    let done = world.submit(PAGE, business.cookies(), &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let to = done.header("location").to_owned();
    assert!(
        to.starts_with("/office/lists/units/base/preview?done=reorganise"),
        "{to}"
    );
    let preview = business.sees(&to).await;
    assert!(preview.contains("已写入草稿"), "{preview}");
}

#[tokio::test]
async fn programs_look_and_write_the_same() {
    let world = World::new().await;
    let business = world.token("business").await;
    let path = "/api/v1/reorganisations/base";
    let bearer = format!("Bearer {business}");
    let headers = [("authorization", bearer.as_str())];
    let asked = format!("{path}?ends={LEAD}&into={OTHER}");
    let looked = world.get(&asked, &headers).await;
    assert_eq!(looked.status, StatusCode::OK, "{}", looked.text);
    assert_eq!(looked.json()["ends"][0]["unit"]["code"], LEAD);
    let body = json!({"ends": [LEAD], "into": [OTHER]});
    let done = world.post(path, &business, &body).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text);
    assert_eq!(done.json()["units"]["state"], "draft");
    let stale = world.post(path, &business, &body).await;
    assert_eq!(stale.status, StatusCode::CONFLICT, "{}", stale.text);
}
