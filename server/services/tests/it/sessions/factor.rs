//! The second factor: set up, asked after the password, never taken twice, limited, reset; who needs one is led to it.
//! Not here: what a code is (beside `services::sessions::totp`), the pages (the server's tests).
//! The phone is a few lines here: the secret and the clock give the code.

use aws_lc_rs::hmac::{HMAC_SHA1_FOR_LEGACY_USE_ONLY, Key, sign};
use services::sessions::{self, SignedIn, factor, rules};
use services::{Ctx, users};
use shared::access::{Held, Role, needs};
use shared::calendar::Instant;
use shared::fault::Code;

use super::{PASSWORD, code, has_account, signs_in};
use crate::support::{World, on_each_database};

/// The code that a phone with this secret shows.
fn shows(secret: &str, now: Instant) -> String {
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
    let step = now.0.div_euclid(30_000);
    let tag = sign(
        &Key::new(HMAC_SHA1_FOR_LEGACY_USE_ONLY, &bytes),
        &step.to_be_bytes(),
    );
    let tag = tag.as_ref();
    let at = usize::from(tag[19] & 15);
    let number = u32::from_be_bytes(tag[at..at + 4].try_into().expect("four"));
    format!("{:06}", (number & 0x7fff_ffff) % 1_000_000)
}

fn ctx(world: &World, signed_in: &SignedIn) -> Ctx {
    Ctx {
        session: Some(signed_in.session),
        ..world.of(signed_in.actor.clone())
    }
}

pub(super) async fn set(world: &World, value: &'static str) {
    world
        .services
        .store()
        .write::<_, store::StoreError, _>(move |tx| {
            Box::pin(async move { store::settings::set(tx, rules::SECOND_FACTOR, value).await })
        })
        .await
        .expect("set");
    world.clock.advance_minutes(1);
}

/// Sets a factor up; its secret and the recovery codes.
pub(super) async fn enrols(world: &World, username: &str) -> (String, Vec<String>) {
    let signed_in = signs_in(world, username, PASSWORD).await.expect("signs in");
    let own = ctx(world, &signed_in);
    factor::begin(&own).await.expect("begun");
    let view = factor::own(&own).await.expect("shown");
    let pending = view.pending.expect("waits for its first code");
    assert!(pending.address.contains(&pending.secret) && pending.path.starts_with('M'));
    let typed = shows(&pending.secret, world.services.now());
    let codes = factor::confirm(&own, &typed).await.expect("confirmed");
    assert_eq!(codes.len(), 10);
    assert!(factor::own(&own).await.expect("shown").pending.is_none());
    (pending.secret, codes)
}

#[tokio::test]
async fn the_code_is_asked_after_the_password_and_taken_once() {
    on_each_database(|world| async move {
        has_account(&world, "wang", &[Role::Handler]).await;
        let (secret, _) = enrols(&world, "wang").await;
        world.clock.advance_minutes(1);
        let half = signs_in(&world, "wang", PASSWORD)
            .await
            .expect("the password");
        assert_eq!(half.actor.held, Some(Held::Factor));
        let waits = ctx(&world, &half);
        for need in [needs::OWN, needs::TICKETS] {
            assert_eq!(code(waits.ask(need)), Code::FactorNeeded);
        }
        assert_eq!(code(sessions::own(&waits).await), Code::FactorNeeded);
        assert_eq!(
            code(sessions::prove(&waits, PASSWORD).await),
            Code::FactorNeeded
        );
        let wrong = factor::second(&waits, "000000").await.expect_err("wrong");
        assert_eq!(wrong.fields[0].code, Code::FactorWrong);
        let typed = shows(&secret, world.services.now());
        let whole = factor::second(&waits, &typed).await.expect("signed in");
        assert_ne!(whole.session, half.session, "an id of its own");
        assert_eq!(whole.actor.held, None);
        assert_eq!(
            code(sessions::authenticate(&world.services, &half.access_token).await),
            Code::SignedOut,
            "the half session has ended"
        );
        assert_eq!(
            code(sessions::refresh(&world.services, &half.refresh_token).await),
            Code::SessionExpired
        );
        let again = signs_in(&world, "wang", PASSWORD)
            .await
            .expect("the password");
        let replay = factor::second(&ctx(&world, &again), &typed).await;
        assert_eq!(
            replay.expect_err("replayed").fields[0].code,
            Code::FactorWrong
        );
        world.clock.advance_minutes(1);
        let late = shows(&secret, Instant(world.services.now().0 - 30_000));
        factor::second(&ctx(&world, &again), &late)
            .await
            .expect("a phone that is slow by a step");
        let refreshed = sessions::refresh(&world.services, &whole.refresh_token)
            .await
            .expect("renewed");
        assert_eq!(refreshed.actor.held, None);
    })
    .await;
}

#[tokio::test]
async fn five_wrong_codes_lock_the_question_also_when_they_come_at_once() {
    on_each_database(|world| async move {
        has_account(&world, "wang", &[Role::Handler]).await;
        let (secret, codes) = enrols(&world, "wang").await;
        world.clock.advance_minutes(1);
        let half = signs_in(&world, "wang", PASSWORD)
            .await
            .expect("the password");
        let waits = ctx(&world, &half);
        let tries = (0..9).map(|_| factor::second(&waits, "000000"));
        let faults = futures::future::join_all(tries).await;
        let wrong = faults
            .into_iter()
            .filter(|one| one.as_ref().is_err_and(|fault| !fault.fields.is_empty()));
        assert_eq!(wrong.count(), 5);
        for typed in [shows(&secret, world.services.now()), codes[0].clone()] {
            assert_eq!(
                code(factor::second(&waits, &typed).await),
                Code::SignInLocked
            );
        }
        world.clock.advance_minutes(16);
        let half = signs_in(&world, "wang", PASSWORD)
            .await
            .expect("the password");
        factor::second(
            &ctx(&world, &half),
            &codes[0].to_lowercase().replace('-', " "),
        )
        .await
        .expect("a recovery code, however it is written");
        let half = signs_in(&world, "wang", PASSWORD)
            .await
            .expect("the password");
        let twice = factor::second(&ctx(&world, &half), &codes[0]).await;
        assert_eq!(twice.expect_err("once").fields[0].code, Code::FactorWrong);
    })
    .await;
}

#[tokio::test]
async fn new_recovery_codes_end_the_old_ones_and_ask_for_a_fresh_proof() {
    on_each_database(|world| async move {
        has_account(&world, "wang", &[Role::Handler]).await;
        let without = signs_in(&world, "wang", PASSWORD).await.expect("signs in");
        assert_eq!(
            code(factor::renew_codes(&ctx(&world, &without)).await),
            Code::FactorState
        );
        let (_, old) = enrols(&world, "wang").await;
        world.clock.advance_minutes(1);
        let half = signs_in(&world, "wang", PASSWORD)
            .await
            .expect("the password");
        let refused = factor::renew_codes(&ctx(&world, &half)).await;
        assert_eq!(code(refused), Code::FactorNeeded);
        let whole = factor::second(&ctx(&world, &half), &old[0]).await;
        let own = ctx(&world, &whole.expect("signed in"));
        let stale = Ctx {
            actor: shared::access::Actor {
                fresh: false,
                ..own.actor.clone()
            },
            ..own.clone()
        };
        assert_eq!(
            code(factor::renew_codes(&stale).await),
            Code::ProofNeeded,
            "whoever finds the browser open makes none"
        );
        let fresh = Ctx {
            actor: shared::access::Actor {
                fresh: true,
                ..own.actor.clone()
            },
            ..own
        };
        let new = factor::renew_codes(&fresh).await.expect("made");
        assert!(new.len() == 10 && new.iter().all(|it| !old.contains(it)));
        assert_eq!(factor::own(&fresh).await.expect("shown").codes_left, 10);
        assert_eq!(world.audited("user.recovery_codes").await.len(), 1);

        let half = signs_in(&world, "wang", PASSWORD)
            .await
            .expect("the password");
        let ended = factor::second(&ctx(&world, &half), &old[1]).await;
        assert_eq!(ended.expect_err("ended").fields[0].code, Code::FactorWrong);
        factor::second(&ctx(&world, &half), &new[0])
            .await
            .expect("a new one");
    })
    .await;
}

#[tokio::test]
async fn who_needs_one_is_led_to_it_and_an_administrator_resets_it() {
    on_each_database(|world| async move {
        has_account(&world, "wang", &[Role::Handler]).await;
        has_account(&world, "lisi", &[Role::Agent]).await;
        set(&world, "handler, system_admin").await;
        let free = signs_in(&world, "lisi", PASSWORD).await.expect("signs in");
        assert_eq!(free.actor.held, None, "another post");
        let led = signs_in(&world, "wang", PASSWORD).await.expect("signs in");
        assert_eq!(led.actor.held, Some(Held::Enrolment));
        assert_eq!(
            code(ctx(&world, &led).ask(needs::TICKETS)),
            Code::EnrolmentNeeded
        );
        enrols(&world, "wang").await;
        let owner = Ctx::system(&world.services);
        assert!(
            users::sheet(&owner, "wang")
                .await
                .expect("shown")
                .has_factor
        );
        factor::reset_of(&owner, "wang").await.expect("reset");
        assert_eq!(
            code(factor::reset_of(&owner, "wang").await),
            Code::FactorState
        );
        let again = signs_in(&world, "wang", PASSWORD).await.expect("signs in");
        assert_eq!(again.actor.held, Some(Held::Enrolment), "to be set up anew");
        assert_eq!(world.audited("user.factor_reset").await.len(), 1);
        set(&world, "all").await;
        let known = sessions::refresh(&world.services, &free.refresh_token)
            .await
            .expect("renewed");
        assert_eq!(
            known.actor.held,
            Some(Held::Enrolment),
            "at the next request"
        );
    })
    .await;
}
