//! Signing in by an identity provider: linking, signing in and out on both sides, and everything that is not believed.
//! Not here: claims one by one (beside `services::sessions::provider`), the pages (the server's tests).
//! The provider is a small one of the tests (`house`).

mod house;

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, Header};
use serde_json::{Value, json};
use services::Ctx;
use services::sessions::provider::{self, Answer, Came, Purpose};
use services::sessions::{self, SignedIn, factor};
use shared::access::{Held, Role};
use shared::fault::{Code, Fault};

use self::house::{House, Key};
use super::factor::enrols;
use super::{PASSWORD, code, has_account, signs_in};
use crate::support::{World, on_each_database};

const SUBJECT: &str = "person-7";

fn seconds(world: &World) -> i64 {
    world.services.now().0.div_euclid(1000)
}

/// Somebody in the browser of `World::visitor`.
fn own(world: &World, signed_in: &SignedIn) -> Ctx {
    let visitor = world.visitor();
    Ctx {
        session: Some(signed_in.session),
        device: visitor.device,
        ip: visitor.ip,
        ..world.of(signed_in.actor.clone())
    }
}

/// A way that was begun: the word that comes back, and the provider's address.
struct Way {
    state: String,
    address: reqwest::Url,
}

impl Way {
    async fn begun(ctx: &Ctx, purpose: Purpose) -> Result<Self, Fault> {
        let page = provider::begin(ctx, purpose, "/tasks").await?;
        Ok(Self::of(ctx, &page).await)
    }

    async fn of(ctx: &Ctx, page: &str) -> Self {
        let (path, state) = page.split_once("?state=").expect("a state");
        assert_eq!(path, "/sign-in/provider/go");
        let address = provider::go(ctx, state).await.expect("the way is known");
        Self {
            state: state.to_owned(),
            address: reqwest::Url::parse(&address).expect("an address"),
        }
    }

    fn said(&self, name: &str) -> String {
        let mut pairs = self.address.query_pairs();
        let found = pairs.find(|(known, _)| known == name);
        found
            .map(|(_, value)| value.into_owned())
            .unwrap_or_default()
    }

    fn answer(&self) -> Answer {
        Answer {
            state: self.state.clone(),
            code: Some("a-code".to_owned()),
            ..Answer::default()
        }
    }
}

/// Goes there and comes back as this person, with claims changed on the way.
async fn goes(
    ctx: &Ctx,
    house: &House,
    purpose: Purpose,
    change: impl FnOnce(&mut Value),
) -> Result<Came, Fault> {
    let way = Way::begun(ctx, purpose).await?;
    let now = ctx.services.now().0.div_euclid(1000);
    let mut claims = house.claims(SUBJECT, &way.said("nonce"), now);
    change(&mut claims);
    let token = house.key().signs(&claims);
    house.state().token = token;
    provider::back(ctx, way.answer()).await
}

/// Signs in by the provider.
async fn enters(world: &World, house: &House) -> Result<SignedIn, Fault> {
    match goes(&world.visitor(), house, Purpose::SignIn, |_| {}).await? {
        Came::In(signed_in, next) => {
            assert_eq!(next, "/tasks");
            Ok(*signed_in)
        }
        Came::Linked => panic!("nothing was to be linked"),
    }
}

/// Signs in by password and links the identity.
async fn links(world: &World, house: &House, username: &str) -> Result<(), Fault> {
    let signed_in = signs_in(world, username, PASSWORD).await.expect("signs in");
    goes(&own(world, &signed_in), house, Purpose::Link, |_| {})
        .await
        .map(drop)
}

/// A world with a provider, and `wang` linked to it.
async fn linked(world: &World) -> House {
    let house = House::open();
    world.services.trust(house.provider());
    has_account(world, "wang", &[Role::Handler]).await;
    links(world, &house, "wang").await.expect("linked");
    house
}

fn refused(result: Result<Came, Fault>) -> Fault {
    result.err().expect("it is refused")
}

#[tokio::test]
async fn who_is_linked_signs_in_there_and_who_is_not_does_not() {
    on_each_database(|world| async move {
        let house = House::open();
        world.services.trust(house.provider());
        has_account(&world, "wang", &[Role::Handler]).await;
        assert_eq!(
            code(enters(&world, &house).await),
            Code::ProviderUnknown,
            "no account is made, and none found by a name"
        );
        links(&world, &house, "wang").await.expect("linked");
        let signed_in = enters(&world, &house).await.expect("signed in");
        assert_eq!(signed_in.actor.username, "wang");
        sessions::authenticate(&world.services, &signed_in.access_token)
            .await
            .expect("a whole session");
        let shown = provider::own(&own(&world, &signed_in))
            .await
            .expect("shown");
        assert!(!shown.may_link && shown.items[0].used_at.is_some());
        let row = world.audited("session.sign_in").await.pop().expect("a row");
        assert_eq!(row.outcome, "ok");
        assert_eq!(row.facts.get("by").map(String::as_str), Some("provider"));
        assert_eq!(world.audited("user.identity").await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn the_code_comes_with_its_proof_and_our_secret() {
    on_each_database(|world| async move {
        let house = linked(&world).await;
        let way = Way::begun(&world.visitor(), Purpose::SignIn).await;
        let way = way.expect("begun");
        for (name, value) in [
            ("response_type", "code"),
            ("scope", "openid"),
            ("client_id", house::CLIENT),
            ("code_challenge_method", "S256"),
        ] {
            assert_eq!(way.said(name), value);
        }
        assert!(way.said("redirect_uri").ends_with("/sign-in/provider/back"));
        let nonce = way.said("nonce");
        let claims = house.claims(SUBJECT, &nonce, seconds(&world));
        let token = house.key().signs(&claims);
        house.state().token = token;
        let came = provider::back(&world.visitor(), way.answer()).await;
        assert!(came.is_ok());
        let (head, body) = house.state().asked.pop().expect("asked");
        let form = reqwest::Url::parse(&format!("http://x/?{body}")).expect("a form");
        let sent = |name: &str| {
            let mut pairs = form.query_pairs();
            let found = pairs.find(|(known, _)| known == name);
            found
                .map(|(_, value)| value.into_owned())
                .unwrap_or_default()
        };
        let digest = digest(&SHA256, sent("code_verifier").as_bytes());
        assert_eq!(URL_SAFE_NO_PAD.encode(digest), way.said("code_challenge"));
        assert_eq!(sent("code"), "a-code");
        assert_eq!(sent("redirect_uri"), way.said("redirect_uri"));
        let basic = STANDARD.encode("minsheng:a+secret%3A+of+the+house");
        assert!(head.contains(&format!("Basic {basic}")), "{head}");
    })
    .await;
}

/// Makes a claim wrong, at a time in seconds.
type Wrong = fn(&mut Value, i64);

#[tokio::test]
async fn what_does_not_hold_signs_nobody_in() {
    on_each_database(|world| async move {
        let house = linked(&world).await;
        let visitor = world.visitor();
        let now = seconds(&world);
        let cases: [(&str, Wrong); 5] = [
            ("nonce", |claims, _| claims["nonce"] = json!("another")),
            ("aud", |claims, _| claims["aud"] = json!("another")),
            ("iss", |claims, _| claims["iss"] = json!("http://another")),
            ("exp", |claims, now| claims["exp"] = json!(now - 60)),
            ("azp", |claims, _| claims["azp"] = json!("another")),
        ];
        for (why, change) in cases {
            let came = goes(&visitor, &house, Purpose::SignIn, |claims| {
                change(claims, now);
            })
            .await;
            let fault = refused(came);
            assert_eq!(fault.code, Code::ProviderToken, "{why}");
            assert_eq!(fault.facts.get("why").map(String::as_str), Some(why));
            let row = world.audited("session.sign_in").await.pop().expect("a row");
            assert_eq!(row.outcome, "session.provider_token");
            assert_eq!(row.facts.get("why").map(String::as_str), Some(why));
        }
    })
    .await;
}

#[tokio::test]
async fn no_token_without_a_key_of_the_provider_is_believed() {
    on_each_database(|world| async move {
        let house = linked(&world).await;
        let visitor = world.visitor();
        for (name, why) in [("none", "alg"), ("shared", "alg"), ("foreign", "key")] {
            let way = Way::begun(&visitor, Purpose::SignIn).await.expect("begun");
            let claims = house.claims(SUBJECT, &way.said("nonce"), seconds(&world));
            let token = match name {
                "none" => {
                    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
                    format!("{}.{}.", part(&json!({"alg": "none"})), part(&claims))
                }
                "shared" => {
                    let header = Header::new(Algorithm::HS256);
                    let key = house.key().shared();
                    jsonwebtoken::encode(&header, &claims, &key).expect("signs")
                }
                _ => Key::new("first").signs(&claims),
            };
            house.state().token = token;
            let fault = refused(provider::back(&visitor, way.answer()).await);
            assert_eq!(fault.code, Code::ProviderToken, "{name}");
            assert_eq!(fault.facts.get("why").map(String::as_str), Some(why));
        }
    })
    .await;
}

#[tokio::test]
async fn a_new_key_of_the_provider_is_found_and_an_old_one_is_good_no_longer() {
    on_each_database(|world| async move {
        let house = linked(&world).await;
        enters(&world, &house).await.expect("the first key");
        let old = house.key();
        house.state().keys = vec![Key::new("second")];
        world.clock.advance_minutes(1);
        enters(&world, &house).await.expect("the second key");
        let visitor = world.visitor();
        let way = Way::begun(&visitor, Purpose::SignIn).await.expect("begun");
        let claims = house.claims(SUBJECT, &way.said("nonce"), seconds(&world));
        house.state().token = old.signs(&claims);
        let fault = refused(provider::back(&visitor, way.answer()).await);
        assert_eq!(fault.facts.get("why").map(String::as_str), Some("key"));
    })
    .await;
}

#[tokio::test]
async fn a_way_is_good_once_for_one_browser_and_not_for_long() {
    on_each_database(|world| async move {
        let house = linked(&world).await;
        let visitor = world.visitor();
        let lost = async |ctx: &Ctx, way: &Way| {
            let came = provider::back(ctx, way.answer()).await;
            assert_eq!(refused(came).code, Code::ProviderState);
        };
        let way = Way::begun(&visitor, Purpose::SignIn).await.expect("begun");
        let other = world.visitor_with("5eed0000000000000000000000000002");
        lost(&other, &way).await;
        assert_eq!(
            code(provider::go(&other, &way.state).await),
            Code::ProviderState
        );
        let claims = house.claims(SUBJECT, &way.said("nonce"), seconds(&world));
        let token = house.key().signs(&claims);
        house.state().token = token;
        let came = provider::back(&visitor, way.answer()).await;
        assert!(came.is_ok(), "the other browser has not used it up");
        lost(&visitor, &way).await;
        let late = Way::begun(&visitor, Purpose::SignIn).await.expect("begun");
        world.clock.advance_minutes(11);
        lost(&visitor, &late).await;
        let way = Way::begun(&visitor, Purpose::SignIn).await.expect("begun");
        let no = Answer {
            code: None,
            error: Some("access_denied".to_owned()),
            ..way.answer()
        };
        let fault = refused(provider::back(&visitor, no).await);
        assert_eq!(fault.code, Code::ProviderRefused);
        lost(&visitor, &way).await;
        let stranger = world.stranger("192.0.2.7");
        assert_eq!(
            code(provider::begin(&stranger, Purpose::SignIn, "/").await),
            Code::ProviderState,
            "a browser without cookies"
        );
    })
    .await;
}

#[tokio::test]
async fn an_account_that_is_frozen_is_closed_to_its_identity_too() {
    on_each_database(|world| async move {
        let house = linked(&world).await;
        let signed_in = enters(&world, &house).await.expect("signed in");
        let freeze = services::users::life::Freeze {
            version: services::users::sheet(&Ctx::system(&world.services), "wang")
                .await
                .expect("shown")
                .version,
            reason: "离岗超过一个月，先行冻结。".to_owned(),
        };
        services::users::life::freeze(&Ctx::system(&world.services), "wang", freeze)
            .await
            .expect("frozen");
        assert_eq!(code(enters(&world, &house).await), Code::ProviderUnknown);
        assert_eq!(
            code(sessions::authenticate(&world.services, &signed_in.access_token).await),
            Code::SignedOut
        );
    })
    .await;
}

#[tokio::test]
async fn the_second_factor_is_asked_unless_one_that_counts_was_asked_there() {
    on_each_database(|world| async move {
        let house = linked(&world).await;
        let (_, codes) = enrols(&world, "wang").await;
        let half = enters(&world, &house).await.expect("half");
        assert_eq!(half.actor.held, Some(Held::Factor));
        let second = factor::second(&own(&world, &half), &codes[0]).await;
        let second = own(&world, &second.expect("the code"));
        let page = provider::leave(&second).await;
        assert!(page.is_some(), "the identity goes along with the session");
        let visitor = world.visitor();
        let whole = goes(&visitor, &house, Purpose::SignIn, |claims| {
            claims["amr"] = json!(["pwd", "mfa"]);
        });
        let Came::In(whole, _) = whole.await.expect("signed in") else {
            panic!("nothing was to be linked");
        };
        assert_eq!(whole.actor.held, None);
        let refreshed = sessions::refresh(&world.services, &whole.refresh_token).await;
        assert_eq!(refreshed.expect("renewed").actor.held, None);
    })
    .await;
}

#[tokio::test]
async fn signing_out_there_ends_the_sessions_here_and_is_taken_once() {
    on_each_database(|world| async move {
        let house = linked(&world).await;
        let by_password = signs_in(&world, "wang", PASSWORD).await.expect("signs in");
        let there = enters(&world, &house).await.expect("signed in");
        let now = seconds(&world);
        let event = json!({"http://schemas.openid.net/event/backchannel-logout": {}});
        let word = |jti: &str, sid: &str| {
            house.key().signs(&json!({
                "iss": house.issuer, "aud": house::CLIENT, "iat": now, "exp": now + 120,
                "jti": jti, "sid": sid, "events": event,
            }))
        };
        let caller = world.stranger("192.0.2.9");
        let holds = async |signed_in: &SignedIn| {
            sessions::authenticate(&world.services, &signed_in.access_token)
                .await
                .is_ok()
        };
        let elsewhere = provider::log_out(&caller, &word("1", "elsewhere")).await;
        elsewhere.expect("a session that is none of ours");
        assert!(holds(&there).await);
        let good = word("2", "there");
        provider::log_out(&caller, &good).await.expect("taken");
        assert!(!holds(&there).await && holds(&by_password).await);
        let twice = provider::log_out(&caller, &good).await;
        assert_eq!(code(twice), Code::ProviderToken);
        let id_token = house.key().signs(&house.claims(SUBJECT, "n", now));
        let wrong = provider::log_out(&caller, &id_token).await;
        assert_eq!(code(wrong), Code::ProviderToken, "no word of signing out");
        let rows = world.audited("session.provider_log_out").await;
        assert!(rows.iter().any(|row| row.outcome == "ok"));
        assert!(
            rows.iter()
                .any(|row| row.outcome == "session.provider_token")
        );
    })
    .await;
}

#[tokio::test]
async fn signing_out_here_leads_there_with_the_token_and_only_who_came_from_there() {
    on_each_database(|world| async move {
        let house = linked(&world).await;
        let by_password = signs_in(&world, "wang", PASSWORD).await.expect("signs in");
        assert_eq!(provider::leave(&own(&world, &by_password)).await, None);
        let there = own(&world, &enters(&world, &house).await.expect("signed in"));
        let page = provider::leave(&there).await.expect("a page");
        sessions::sign_out(&there).await.expect("signed out");
        let way = Way::of(&world.visitor(), &page).await;
        assert_eq!(way.address.path(), "/leave");
        assert_eq!(way.said("id_token_hint"), house.state().token);
        assert_eq!(way.said("client_id"), house::CLIENT);
        let back = provider::back(&world.visitor(), way.answer()).await;
        assert_eq!(refused(back).code, Code::ProviderState);
    })
    .await;
}

#[tokio::test]
async fn one_identity_is_one_accounts_and_is_taken_away_again() {
    on_each_database(|world| async move {
        let house = linked(&world).await;
        has_account(&world, "zhao", &[Role::Handler]).await;
        assert_eq!(
            code(links(&world, &house, "zhao").await),
            Code::ProviderTaken
        );
        let system = Ctx::system(&world.services);
        for (subject, wanted) in [("", Code::InputRequired), ("a\nb", Code::InputCharacters)] {
            let told = provider::link_of(&system, "zhao", subject).await;
            assert_eq!(told.expect_err("refused").fields[0].code, wanted);
        }
        assert_eq!(
            code(provider::link_of(&system, "zhao", SUBJECT).await),
            Code::ProviderTaken
        );
        provider::unlink_of(&system, "wang")
            .await
            .expect("taken away");
        assert_eq!(
            code(provider::unlink_of(&system, "wang").await),
            Code::NotFound
        );
        provider::link_of(&system, "zhao", SUBJECT)
            .await
            .expect("linked");
        let zhao = enters(&world, &house).await.expect("signed in");
        assert_eq!(zhao.actor.username, "zhao");
        let password = signs_in(&world, "zhao", PASSWORD).await.expect("signs in");
        let me = own(&world, &password);
        let id = provider::own(&me).await.expect("shown").items[0].id;
        let stale = Ctx {
            actor: shared::access::Actor {
                fresh: false,
                ..me.actor.clone()
            },
            ..me.clone()
        };
        assert_eq!(code(provider::unlink(&stale, id).await), Code::ProofNeeded);
        assert_eq!(
            code(provider::begin(&stale, Purpose::Link, "/").await),
            Code::ProofNeeded
        );
        provider::unlink(&me, id).await.expect("taken away");
        assert_eq!(
            code(sessions::authenticate(&world.services, &zhao.access_token).await),
            Code::SignedOut,
            "what it opened has ended"
        );
        assert_eq!(code(enters(&world, &house).await), Code::ProviderUnknown);
    })
    .await;
}

#[tokio::test]
async fn without_the_provider_everybody_signs_in_by_password() {
    on_each_database(|world| async move {
        has_account(&world, "wang", &[Role::Handler]).await;
        let visitor = world.visitor();
        assert_eq!(
            code(provider::begin(&visitor, Purpose::SignIn, "/").await),
            Code::ProviderAway,
            "none is configured"
        );
        let gone = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let issuer = format!("http://{}", gone.local_addr().expect("an address"));
        drop(gone);
        world.services.trust(house::provider(&issuer));
        assert_eq!(
            code(provider::begin(&visitor, Purpose::SignIn, "/").await),
            Code::ProviderAway,
            "it does not answer"
        );
        signs_in(&world, "wang", PASSWORD).await.expect("signs in");
    })
    .await;
}
