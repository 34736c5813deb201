//! The second factor by pages without script and by REST: who needs one is led to it, sets it up, and signs in with its code; what the pages
//! say of passkeys, which need script.
//! Deliberately absent: the rules themselves (tests of `services`).
//! The phone is a few lines here.

use aws_lc_rs::hmac::{HMAC_SHA1_FOR_LEGACY_USE_ONLY, Key, sign};
use axum::http::StatusCode;
use serde_json::json;
use services::sessions::rules::SECOND_FACTOR;

use crate::{
    accounts::set,
    person::Person,
    support::{PASSWORD, World},
};

/// The code that a phone with this secret shows.
fn shows(secret: &str, seconds: i64) -> String {
    let (mut bytes, mut held, mut bits) = (Vec::new(), 0_u32, 0);
    for sign in secret.bytes() {
        let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        let five = alphabet
            .iter()
            .position(|one| *one == sign)
            .expect("base 32");
        held = (held << 5) | five as u32;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
        }
    }
    let step = seconds.div_euclid(30);
    let key = Key::new(HMAC_SHA1_FOR_LEGACY_USE_ONLY, &bytes);
    let tag = sign(&key, &step.to_be_bytes());
    let tag = tag.as_ref();
    let at = usize::from(tag[19] & 15);
    let number = u32::from_be_bytes(tag[at..at + 4].try_into().expect("four"));
    format!("{:06}", (number & 0x7fff_ffff) % 1_000_000)
}

fn now(world: &World) -> i64 {
    world.state.services.now().0.div_euclid(1000)
}

/// What stands in the `code` elements of a page.
fn in_code(html: &str) -> Vec<String> {
    let parts = html.split("<code>").skip(1);
    parts
        .filter_map(|part| part.split('<').next())
        .map(str::to_owned)
        .collect()
}

#[tokio::test]
async fn a_person_sets_it_up_and_signs_in_with_it() {
    let world = World::new().await;
    set(&world, SECOND_FACTOR, "agent").await;
    let fields = [("username", "agent"), ("password", PASSWORD)];
    let answer = world.submit("/sign-in", "", &fields).await;
    assert_eq!(answer.header("location"), "/account/factor");
    let mut agent = Person::signed_in(&world, "agent").await;
    let desk = agent.reads("/desk").await;
    assert_eq!(desk.status, StatusCode::FORBIDDEN);
    assert!(desk.text.contains("href=\"/account/factor\""));
    let page = "/account/factor";
    agent.does(page, page, &[]).await;
    let html = agent.sees(page).await;
    assert!(html.contains("class=\"qr\""), "{html}");
    let secret = in_code(&html).pop().expect("the secret as text");
    let wrong = agent
        .sends(page, "/confirm", &[("factor_code", "000000")])
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains(&secret), "it can still be scanned");
    let typed = shows(&secret, now(&world));
    let set_up = agent
        .sends(page, "/confirm", &[("factor_code", &typed)])
        .await;
    assert_eq!(set_up.status, StatusCode::OK, "{}", set_up.text);
    let codes = in_code(&set_up.text);
    assert_eq!(codes.len(), 10, "{}", set_up.text);
    let later = agent.sees(page).await;
    assert!(!later.contains(&codes[0]) && !later.contains(&secret));
    agent.sees("/desk").await;

    world.clock.advance_minutes(1);
    let answer = world.submit("/sign-in", "", &fields).await;
    assert_eq!(answer.header("location"), "/sign-in/code");
    let half = answer.cookies();
    for path in [
        "/desk",
        "/account",
        "/account/password",
        "/account/sessions",
    ] {
        let page = world.get(path, &[("cookie", &half)]).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{path}");
    }
    let asked = world.get("/sign-in/code", &[("cookie", &half)]).await;
    assert_eq!(asked.status, StatusCode::OK);
    let wrong = world
        .submit("/sign-in/code", &half, &[("factor_code", "000000")])
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("验证码不对"), "{}", wrong.text);
    let typed = shows(&secret, now(&world));
    let whole = world
        .submit("/sign-in/code", &half, &[("factor_code", &typed)])
        .await;
    assert_eq!(whole.header("location"), "/desk", "{}", whole.text);
    let cookies = whole.cookies();
    let desk = world.get("/desk", &[("cookie", &cookies)]).await;
    assert_eq!(desk.status, StatusCode::OK);
    let old = world.get("/desk", &[("cookie", &half)]).await;
    assert_eq!(
        old.status,
        StatusCode::UNAUTHORIZED,
        "the half session has ended"
    );
}

#[tokio::test]
async fn a_program_gives_its_code_and_an_administrator_resets_it() {
    let world = World::new().await;
    let mut agent = Person::signed_in(&world, "agent").await;
    let page = "/account/factor";
    agent.does(page, page, &[]).await;
    let secret = in_code(&agent.sees(page).await).pop().expect("a secret");
    let typed = shows(&secret, now(&world));
    agent
        .sends(page, "/confirm", &[("factor_code", &typed)])
        .await;
    world.clock.advance_minutes(1);
    let half = world.token("agent").await;
    let bearer = format!("Bearer {half}");
    let list = world
        .get("/api/v1/tickets", &[("authorization", &bearer)])
        .await;
    assert_eq!(list.json()["code"], "session.factor_needed");
    let code = json!({"code": shows(&secret, now(&world))});
    let whole = world.post("/api/v1/sessions/code", &half, &code).await;
    assert_eq!(whole.status, StatusCode::CREATED, "{}", whole.text);
    let token = whole.json()["access_token"]
        .as_str()
        .expect("a token")
        .to_owned();
    let bearer = format!("Bearer {token}");
    let list = world
        .get("/api/v1/tickets", &[("authorization", &bearer)])
        .await;
    assert_eq!(list.status, StatusCode::OK, "{}", list.text);

    let mut system = Person::signed_in(&world, "system").await;
    let reset = system.does("/staff/accounts/agent", "/factor", &[]).await;
    assert_eq!(reset, "/staff/accounts/agent?done=end");
    let ended = world
        .get("/api/v1/tickets", &[("authorization", &bearer)])
        .await;
    assert_eq!(ended.status, StatusCode::UNAUTHORIZED);
    let without = world.token("agent").await;
    let bearer = format!("Bearer {without}");
    let list = world
        .get("/api/v1/tickets", &[("authorization", &bearer)])
        .await;
    assert_eq!(list.status, StatusCode::OK, "none is asked any more");
}

#[tokio::test]
async fn a_passkey_needs_script_and_a_name_of_the_installation() {
    let page = "/account/factor";
    let world = World::new().await;
    let agent = Person::signed_in(&world, "agent").await;
    let html = agent.sees(page).await;
    assert!(html.contains("通行密钥要求用域名"), "{html}");
    assert!(!html.contains("action=\"/account/passkeys\""));
    let refused = world
        .submit("/account/passkeys", agent.cookies(), &[])
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    // The form does not stand there, so that the page says it in its place.
    assert!(
        refused.text.contains("通行密钥要求用域名"),
        "{}",
        refused.text
    );

    let world = World::with(|settings| {
        settings.web.public_url = "http://localhost:3000".to_owned();
    })
    .await;
    let agent = Person::signed_in(&world, "agent").await;
    let asked = agent.sends(page, "/account/passkeys", &[]).await;
    assert_eq!(asked.status, StatusCode::OK, "{}", asked.text);
    assert!(asked.text.contains("需要浏览器运行脚本"), "{}", asked.text);
    assert!(asked.text.contains("pubKeyCredParams"), "for the script");
    let wrong = [("passkey", "{}"), ("passkey_name", "电脑")];
    let wrong = world
        .submit("/account/passkeys", agent.cookies(), &wrong)
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.text.contains("通行密钥没有通过核对"),
        "{}",
        wrong.text
    );
    assert!(wrong.text.contains("电脑"), "what was typed is kept");
}
