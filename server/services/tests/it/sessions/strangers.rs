//! A stranger locks out nobody but himself, and a lost right is lost at the next request, on every server.

use std::sync::Arc;

use services::sessions::{self, SignIn, SignedIn};
use services::{Ctx, SeededIds, Services, users};
use shared::access::Role;
use shared::fault::{Code, Fault};

use super::{PASSWORD, code, has_account};
use crate::support::{World, on_each_database};

const OPERATOR: &str = "5eed00000000000000000000000000aa";

async fn from(ctx: Ctx, username: &str, password: &str) -> Result<SignedIn, Fault> {
    let command = SignIn {
        username: username.to_owned(),
        password: password.to_owned(),
    };
    sessions::sign_in(&ctx, command).await
}

async fn wrong(world: &World, ip: &str, times: usize) -> Vec<Code> {
    let mut codes = Vec::new();
    for _ in 0..times {
        codes.push(code(
            from(world.stranger(ip), "wang", "wrong-Horse-7").await,
        ));
    }
    codes
}

#[tokio::test]
async fn wrong_tries_from_one_place_lock_out_nobody_elsewhere() {
    on_each_database(|world| async move {
        has_account(&world, "wang", &[Role::Agent]).await;
        let codes = wrong(&world, "198.51.100.7", 8).await;
        assert_eq!(codes[..5], [Code::SignInWrong; 5]);
        assert_eq!(codes[5..], [Code::SignInLocked; 3]);
        from(world.stranger("192.0.2.5"), "wang", PASSWORD)
            .await
            .expect("another address is not locked");
        assert_eq!(
            code(from(world.stranger("198.51.100.7"), "wang", PASSWORD).await),
            Code::SignInLocked,
            "the stranger's place is"
        );
        let household = wrong(&world, "2001:db8:7:1::1", 5).await;
        assert_eq!(household, [Code::SignInWrong; 5]);
        assert_eq!(
            wrong(&world, "2001:db8:7:1:ffff::9", 1).await,
            [Code::SignInLocked],
            "a household owns its /64"
        );
        let locked = world.audited("session.sign_in").await;
        assert!(
            locked.iter().any(|row| row.outcome == "session.locked"),
            "locks stand in the audit"
        );
    })
    .await;
}

#[tokio::test]
async fn a_known_device_goes_on_while_strangers_try_from_everywhere() {
    on_each_database(|world| async move {
        has_account(&world, "wang", &[Role::Agent]).await;
        let own = || world.visitor_with(OPERATOR);
        from(own(), "wang", PASSWORD)
            .await
            .expect("known from now on");
        let mut slowed = 0;
        for n in 0..80 {
            let codes = wrong(&world, &format!("198.51.100.{n}"), 1).await;
            slowed += usize::from(codes == [Code::SignInLocked]);
        }
        assert!(
            (20..=31).contains(&slowed),
            "beyond fifty tries an hour they are slowed down: {slowed}"
        );
        from(own(), "wang", PASSWORD)
            .await
            .expect("the operator's own device, at the same time");
        let same_house = Ctx {
            ip: Some("198.51.100.1".to_owned()),
            ..own()
        };
        from(same_house, "wang", PASSWORD)
            .await
            .expect("wherever it is");
        world.clock.advance_minutes(1);
        from(world.stranger("192.0.2.77"), "wang", PASSWORD)
            .await
            .expect("a new device waits, and is let in");
        let mut codes = Vec::new();
        for _ in 0..6 {
            codes.push(code(from(own(), "wang", "wrong-Horse-7").await));
        }
        assert_eq!(
            codes[5],
            Code::SignInLocked,
            "a stolen device guesses no more than others"
        );
    })
    .await;
}

#[tokio::test]
async fn a_device_of_an_account_whose_password_was_set_is_a_stranger_again() {
    on_each_database(|world| async move {
        has_account(&world, "wang", &[Role::Agent]).await;
        let own = || world.visitor_with(OPERATOR);
        from(own(), "wang", PASSWORD).await.expect("known");
        let command = users::SetPassword {
            username: Some("wang".to_owned()),
            current: None,
            password: "another-Horse-8".to_owned(),
        };
        users::set_password(&Ctx::system(&world.services), command)
            .await
            .expect("set by an administrator");
        wrong(&world, "192.0.2.1", 5).await;
        assert_eq!(
            code(from(own(), "wang", "another-Horse-8").await),
            Code::SignInLocked,
            "it counts with its household"
        );
    })
    .await;
}

/// A second server on the same database, with a memory of its own.
pub(super) async fn beside(world: &World) -> Services {
    Services::open_with(
        world.services.config().clone(),
        world.clock.clone(),
        Arc::new(SeededIds::new(999)),
    )
    .await
    .expect("a second server opens")
}

#[tokio::test]
async fn a_lost_right_is_lost_at_the_next_request_on_every_server() {
    on_each_database(|world| async move {
        has_account(&world, "wang", &[Role::Agent]).await;
        let other = beside(&world).await;
        let system = Ctx::system(&world.services);
        let signed_in = from(world.visitor(), "wang", PASSWORD).await.expect("in");
        let roles = async |services: &Services| {
            sessions::authenticate(services, &signed_in.access_token)
                .await
                .map(|who| who.actor.tasks())
        };
        for services in [&world.services, &other] {
            assert_eq!(roles(services).await, Ok(vec![Role::Agent]));
        }
        users::grant_role(&system, "wang", Role::ShiftLead)
            .await
            .expect("granted");
        users::revoke_role(&system, "wang", Role::Agent)
            .await
            .expect("revoked");
        for services in [&world.services, &other] {
            assert_eq!(roles(services).await, Ok(vec![Role::ShiftLead]));
        }
        users::set_active(&system, "wang", false)
            .await
            .expect("closed");
        for services in [&world.services, &other] {
            assert_eq!(code(roles(services).await), Code::SignedOut);
        }
        users::set_active(&system, "wang", true)
            .await
            .expect("opened");
        let again = from(world.visitor(), "wang", PASSWORD).await.expect("in");
        let who = sessions::authenticate(&other, &again.access_token)
            .await
            .expect("known there");
        let ctx = Ctx {
            session: Some(who.session),
            ..world.of(who.actor)
        };
        sessions::sign_out(&ctx).await.expect("signs out here");
        assert_eq!(
            code(sessions::authenticate(&other, &again.access_token).await),
            Code::SignedOut,
            "and there"
        );
        let third = from(world.visitor(), "wang", PASSWORD).await.expect("in");
        sessions::authenticate(&other, &third.access_token)
            .await
            .expect("known there");
        let command = users::SetPassword {
            username: Some("wang".to_owned()),
            current: None,
            password: "another-Horse-8".to_owned(),
        };
        users::set_password(&system, command).await.expect("set");
        assert_eq!(
            code(sessions::authenticate(&other, &third.access_token).await),
            Code::SignedOut
        );
    })
    .await;
}
