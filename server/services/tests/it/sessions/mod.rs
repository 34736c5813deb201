//! Signing in and out, renewing, lock-out, rights of now, the first account, the three administrators.
//! Not here: cookies and headers (the server's tests).
//! Tokens themselves are tested beside `services::sessions::token`.

mod accounts;
mod ended;
mod factor;
mod field_rights;
mod keys;
mod passkey;
mod passwords;
mod posts;
mod provider;
mod readers;
mod roles;
mod second;
mod several;
mod strangers;
mod teams;

use services::sessions::{self, SignIn, SignedIn};
use services::users;
use shared::access::Role;
use shared::fault::{Code, Fault};

use crate::support::{World, ZJJ, on_each_database};

const PASSWORD: &str = "correct-Horse-7";

async fn has_account(world: &World, username: &str, roles: &[Role]) {
    let command = users::Create {
        username: username.to_owned(),
        name: "王测试".to_owned(),
        unit: ZJJ.to_owned(),
        password: PASSWORD.to_owned(),
        given: false,
        roles: roles.to_vec(),
    };
    users::create(&services::Ctx::system(&world.services), command)
        .await
        .expect("the account is made");
}

async fn signs_in(world: &World, username: &str, password: &str) -> Result<SignedIn, Fault> {
    sessions::sign_in(
        &world.visitor(),
        SignIn {
            username: username.to_owned(),
            password: password.to_owned(),
        },
    )
    .await
}

fn code<T: std::fmt::Debug>(result: Result<T, Fault>) -> Code {
    result.expect_err("it is refused").code
}

#[tokio::test]
async fn a_person_signs_in_acts_and_signs_out() {
    on_each_database(|world| async move {
        has_account(&world, "wang", &[Role::Handler]).await;
        let signed_in = signs_in(&world, "  WANG ", PASSWORD)
            .await
            .expect("the name is normalised");
        let who = sessions::authenticate(&world.services, &signed_in.access_token)
            .await
            .expect("signed in");
        assert_eq!(
            (
                who.actor.username.as_str(),
                who.actor.unit.as_deref(),
                who.actor.tasks().as_slice()
            ),
            ("wang", Some(ZJJ), [Role::Handler].as_slice())
        );
        assert_eq!(who.session, signed_in.session);
        let ctx = services::Ctx {
            session: Some(who.session),
            ..world.of(who.actor)
        };
        sessions::sign_out(&ctx).await.expect("signs out");
        assert_eq!(
            code(sessions::authenticate(&world.services, &signed_in.access_token).await),
            Code::SignedOut,
            "the access token is dead at once"
        );
        assert!(
            sessions::refresh(&world.services, &signed_in.refresh_token)
                .await
                .is_err()
        );
        let again = signs_in(&world, "wang", PASSWORD).await.expect("again");
        assert_ne!(
            again.session, signed_in.session,
            "each sign-in has an id of its own"
        );
    })
    .await;
}

#[tokio::test]
async fn unknown_wrong_and_closed_sound_the_same() {
    on_each_database(|world| async move {
        has_account(&world, "wang", &[]).await;
        has_account(&world, "gone", &[]).await;
        users::set_active(&services::Ctx::system(&world.services), "gone", false)
            .await
            .expect("closed");
        let faults = [
            signs_in(&world, "wang", "wrong-Horse-7").await,
            signs_in(&world, "nobody", PASSWORD).await,
            signs_in(&world, "gone", PASSWORD).await,
            signs_in(&world, "", "").await,
            signs_in(&world, &"x".repeat(5_000), PASSWORD).await,
            signs_in(&world, "wang", &"x".repeat(5_000)).await,
        ];
        for fault in faults {
            assert_eq!(fault.expect_err("refused"), Fault::new(Code::SignInWrong));
        }
    })
    .await;
}

#[tokio::test]
async fn five_tries_lock_a_name_for_a_quarter_of_an_hour_also_when_they_come_at_once() {
    on_each_database(|world| async move {
        has_account(&world, "wang", &[]).await;
        for name in ["wang", "nobody"] {
            let tries =
                futures::future::join_all((0..12).map(|_| signs_in(&world, name, "wrong-Horse-7")))
                    .await;
            let codes: Vec<Code> = tries.into_iter().map(code).collect();
            assert_eq!(
                codes
                    .iter()
                    .filter(|code| **code == Code::SignInWrong)
                    .count(),
                5,
                "{name}: {codes:?}"
            );
            assert_eq!(
                codes
                    .iter()
                    .filter(|code| **code == Code::SignInLocked)
                    .count(),
                7,
                "{name}: {codes:?}"
            );
        }
        assert_eq!(
            code(signs_in(&world, "wang", PASSWORD).await),
            Code::SignInLocked,
            "the right password does not help now"
        );
        world.clock.advance_minutes(16);
        signs_in(&world, "wang", PASSWORD)
            .await
            .expect("the lock has ended");
        for _ in 0..4 {
            assert_eq!(
                code(signs_in(&world, "wang", "wrong-Horse-7").await),
                Code::SignInWrong
            );
        }
        signs_in(&world, "wang", PASSWORD)
            .await
            .expect("success sets the counter back");
        assert_eq!(
            code(signs_in(&world, "wang", "wrong-Horse-7").await),
            Code::SignInWrong
        );
    })
    .await;
}

#[tokio::test]
async fn a_refresh_token_is_good_once_and_its_reuse_ends_the_session() {
    on_each_database(|world| async move {
        has_account(&world, "wang", &[Role::Handler]).await;
        let first = signs_in(&world, "wang", PASSWORD).await.expect("signs in");
        world.clock.advance_minutes(9);
        let second = sessions::refresh(&world.services, &first.refresh_token)
            .await
            .expect("renewed");
        assert_eq!(second.session, first.session);
        assert_ne!(second.refresh_token, first.refresh_token);
        let twin = sessions::refresh(&world.services, &first.refresh_token)
            .await
            .expect("two tabs at once");
        assert_eq!(
            twin.refresh_token, second.refresh_token,
            "the same successor within ten seconds"
        );
        let third = sessions::refresh(&world.services, &second.refresh_token)
            .await
            .expect("renewed again");
        sessions::authenticate(&world.services, &third.access_token)
            .await
            .expect("signed in");

        world.clock.advance_minutes(1);
        assert_eq!(
            code(sessions::refresh(&world.services, &second.refresh_token).await),
            Code::SignedOut,
            "theft, or its looks"
        );
        assert!(
            sessions::refresh(&world.services, &third.refresh_token)
                .await
                .is_err(),
            "the whole session has ended"
        );
        assert_eq!(
            code(sessions::authenticate(&world.services, &third.access_token).await),
            Code::SignedOut
        );

        let oldest = signs_in(&world, "wang", PASSWORD).await.expect("signs in");
        let next = sessions::refresh(&world.services, &oldest.refresh_token)
            .await
            .expect("renewed");
        let last = sessions::refresh(&world.services, &next.refresh_token)
            .await
            .expect("renewed");
        assert!(
            sessions::refresh(&world.services, &oldest.refresh_token)
                .await
                .is_err(),
            "two generations old"
        );
        assert!(
            sessions::refresh(&world.services, &last.refresh_token)
                .await
                .is_err()
        );
        assert_eq!(
            code(sessions::refresh(&world.services, "rubbish").await),
            Code::SignedOut
        );
        assert_eq!(
            code(sessions::authenticate(&world.services, &last.refresh_token).await),
            Code::SignedOut,
            "a refresh token is no access token"
        );
    })
    .await;
}

#[tokio::test]
async fn many_renewals_at_once_give_one_successor() {
    on_each_database(|world| async move {
        has_account(&world, "wang", &[]).await;
        let first = signs_in(&world, "wang", PASSWORD).await.expect("signs in");
        let all = futures::future::join_all(
            (0..8).map(|_| sessions::refresh(&world.services, &first.refresh_token)),
        )
        .await;
        let mut tokens: Vec<String> = all
            .into_iter()
            .map(|one| one.expect("each gets it").refresh_token)
            .collect();
        tokens.dedup();
        assert_eq!(tokens.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_by_idleness_and_after_a_working_day() {
    on_each_database(|world| async move {
        has_account(&world, "wang", &[]).await;
        let idle = signs_in(&world, "wang", PASSWORD).await.expect("signs in");
        world.clock.advance_minutes(11);
        assert_eq!(
            code(sessions::authenticate(&world.services, &idle.access_token).await),
            Code::SessionExpired
        );
        world.clock.advance_minutes(20);
        assert_eq!(
            code(sessions::refresh(&world.services, &idle.refresh_token).await),
            Code::SessionExpired
        );

        let mut now = signs_in(&world, "wang", PASSWORD).await.expect("signs in");
        let mut renewals = 0;
        loop {
            world.clock.advance_minutes(25);
            match sessions::refresh(&world.services, &now.refresh_token).await {
                Ok(next) => now = next,
                Err(fault) => break assert_eq!(fault.code, Code::SessionExpired),
            }
            renewals += 1;
        }
        assert_eq!(renewals, 28, "twelve hours are the longest life");
    })
    .await;
}
