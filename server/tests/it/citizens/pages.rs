//! The pages: no script, both languages, nothing kept, and no way from a citizen to staff or back.

use axum::http::StatusCode;

use super::{PHONE, code_at, filed, signs_in};
use crate::{
    person::{Person, form},
    support::World,
};

#[tokio::test]
async fn a_citizen_signs_in_reads_and_urges_without_script() {
    let world = World::new().await;
    let (open, _) = filed(&world, PHONE, false).await;
    let (hidden, _) = filed(&world, PHONE, true).await;
    let page = "/me/sign-in";
    let asked = world.get("/me", &[]).await;
    assert_eq!(asked.status, StatusCode::UNAUTHORIZED);
    assert!(asked.text.contains("href=\"/me/sign-in\""), "the way in");
    let landline = world
        .submit(page, "", &[("phone", "025-83211234"), ("step", "send")])
        .await;
    assert_eq!(landline.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(landline.text.contains("能收短信"), "{}", landline.text);
    let sent = world
        .submit(page, "", &[("phone", PHONE), ("step", "send")])
        .await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.text);
    assert!(!sent.text.contains("name=\"agree\""), "not before the code");
    let soon = world
        .submit(
            page,
            "",
            &[("phone", PHONE), ("step", "again"), ("sent", "yes")],
        )
        .await;
    assert_eq!(soon.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(soon.text.contains("name=\"sms_code\""), "the first is good");
    let code = code_at(&world, PHONE).await;
    let typed = [("phone", PHONE), ("sent", "yes"), ("sms_code", &code)];
    let agree = world.submit(page, "", &typed).await;
    assert_eq!(agree.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(agree.text.contains("name=\"agree\""), "{}", agree.text);
    let typed = [typed[0], typed[1], typed[2], ("agree", "yes")];
    let signed_in = world.submit(page, "", &typed).await;
    assert_eq!(
        signed_in.status,
        StatusCode::SEE_OTHER,
        "{}",
        signed_in.text
    );
    let cookie = signed_in.cookies();
    assert!(cookie.starts_with("__Host-citizen="), "{cookie}");

    let list = world.get("/me", &[("cookie", &cookie)]).await;
    assert_eq!(list.status, StatusCode::OK, "{}", list.text);
    assert!(list.text.contains(&format!("/me/requests/{open}")));
    assert!(list.text.contains(&format!("/track?no={hidden}")));
    assert!(!list.text.contains("modulepreload"), "no browser code");
    assert_eq!(list.header("cache-control"), "no-store");
    let english = format!("{cookie}; __Host-lang=en");
    let list = world.get("/me", &[("cookie", &english)]).await;
    assert!(list.text.contains("My requests"), "{}", list.text);

    let path = format!("/me/requests/{open}");
    let one = world.get(&path, &[("cookie", &cookie)]).await;
    assert_eq!(one.status, StatusCode::OK, "{}", one.text);
    let (action, fields) = form(&one.text, "/urge");
    let fields: Vec<_> = fields
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    let urged = world.submit(&action, &cookie, &fields).await;
    assert_eq!(urged.header("location"), format!("{path}?done=urge"));
    let again = world.submit(&action, &cookie, &[]).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "{}", again.text);
    let closed = format!("/me/requests/{hidden}");
    let closed = world.get(&closed, &[("cookie", &cookie)]).await;
    assert_eq!(closed.status, StatusCode::NOT_FOUND);

    let file = world.get("/file", &[("cookie", &cookie)]).await;
    assert!(
        file.text.contains(&format!("value=\"{PHONE}\"")),
        "filled in"
    );
    let home = world.get("/track", &[("cookie", &cookie)]).await;
    assert!(!home.text.contains(PHONE), "and nowhere else");
}

#[tokio::test]
async fn neither_gets_where_the_other_is() {
    let world = World::new().await;
    let signed_in = signs_in(&world, PHONE).await;
    let cookie = signed_in.cookies();
    for path in [
        "/tasks",
        "/tickets",
        "/account",
        "/staff/accounts",
        "/sign-in/code",
    ] {
        let page = world.get(path, &[("cookie", &cookie)]).await;
        assert_eq!(page.status, StatusCode::UNAUTHORIZED, "{path}");
    }
    let agent = Person::signed_in(&world, "agent").await;
    let both = format!("{}; {cookie}", agent.cookies());
    let page = world.get("/me", &[("cookie", &both)]).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN, "staff stays staff");
    let fields = [("phone", PHONE), ("step", "send")];
    let asked = world.submit("/me/sign-in", &both, &fields).await;
    assert_eq!(asked.status, StatusCode::CONFLICT, "{}", asked.text);
    let fields = [
        ("username", "agent"),
        ("password", crate::support::PASSWORD),
    ];
    let staff = world.submit("/sign-in", &cookie, &fields).await;
    let gone = "__Host-citizen=;";
    let lines: Vec<_> = staff.headers.get_all("set-cookie").iter().collect();
    assert!(
        lines
            .iter()
            .any(|line| line.as_bytes().starts_with(gone.as_bytes())),
        "who signs in as staff is no citizen any more: {lines:?}"
    );
}

#[tokio::test]
async fn out_leaves_nothing_and_the_next_request_knows() {
    let world = World::new().await;
    let cookie = signs_in(&world, PHONE).await.cookies();
    world.clock.advance_minutes(2);
    let other = signs_in(&world, PHONE).await.cookies();
    let data = world.get("/me/data", &[("cookie", &cookie)]).await;
    assert_eq!(data.status, StatusCode::OK, "{}", data.text);
    assert!(data.text.contains(PHONE) && data.text.contains("同意隐私说明"));
    let out = world.submit("/me/sign-out", &cookie, &[]).await;
    assert_eq!(out.status, StatusCode::SEE_OTHER);
    assert_eq!(out.header("clear-site-data"), "\"cache\", \"storage\"");
    let old = world.get("/me", &[("cookie", &cookie)]).await;
    assert_eq!(old.status, StatusCode::UNAUTHORIZED);
    let lines: Vec<_> = old.headers.get_all("set-cookie").iter().collect();
    assert!(!lines.is_empty(), "a cookie that is none any more goes");
    let page = "/me/account";
    let named = world
        .submit("/me/account/name", &other, &[("name", "李金丝雀")])
        .await;
    assert_eq!(named.header("location"), "/me/account?done=name");
    let seen = world.get(page, &[("cookie", &other)]).await;
    assert!(seen.text.contains("李金丝雀") && !seen.text.contains(PHONE));
    let out = world.submit("/me/account/everywhere", &other, &[]).await;
    assert_eq!(out.status, StatusCode::SEE_OTHER);
    let over = world.get(page, &[("cookie", &other)]).await;
    assert_eq!(over.status, StatusCode::UNAUTHORIZED);
    world.clock.advance_minutes(2);
    let cookie = signs_in(&world, PHONE).await.cookies();
    let closed = world.submit("/me/account/close", &cookie, &[]).await;
    assert_eq!(closed.header("location"), "/me/sign-in?done=close");
    let over = world.get(page, &[("cookie", &cookie)]).await;
    assert_eq!(over.status, StatusCode::UNAUTHORIZED);
}
