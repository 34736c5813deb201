//! The ring of keys that sign access tokens: rotated with overlap, at once, and seen by other processes without a restart (F-22).
//! Not here: what a token is (beside `services::sessions::token`).
//! A second process is a second opening of the same database.

use services::{Ctx, Services, sessions};
use shared::access::Role;
use shared::account::KeyState;
use shared::fault::Code;

use super::{PASSWORD, code, has_account, signs_in};
use crate::support::{CENTRE, on_each_database};

async fn lives(services: &Services, token: &str) -> Result<(), Code> {
    let known = sessions::authenticate(services, token).await;
    known.map(drop).map_err(|fault| fault.code)
}

#[tokio::test]
async fn a_rotation_signs_nobody_out() {
    on_each_database(|world| async move {
        has_account(&world, "wang", &[Role::Handler]).await;
        let system = world.person(Role::SystemAdmin, CENTRE);
        let old = signs_in(&world, "wang", PASSWORD).await.expect("signs in");
        let first = sessions::session_keys(&system).await.expect("listed");
        assert_eq!(first.len(), 1);
        assert_eq!(first[0].state, KeyState::Active);
        world.clock.advance_minutes(1);
        let made = sessions::rotate(&system, false).await.expect("rotated");
        assert_ne!(made.kid, first[0].kid);
        let states: Vec<_> = sessions::session_keys(&system)
            .await
            .expect("listed")
            .into_iter()
            .map(|key| (key.kid, key.state))
            .collect();
        assert_eq!(
            states,
            [
                (made.kid.clone(), KeyState::Active),
                (first[0].kid.clone(), KeyState::Retiring)
            ]
        );
        assert_eq!(lives(&world.services, &old.access_token).await, Ok(()));
        let new = signs_in(&world, "wang", PASSWORD).await.expect("signs in");
        assert_eq!(lives(&world.services, &new.access_token).await, Ok(()));
        world.clock.advance_minutes(8);
        assert_eq!(
            lives(&world.services, &old.access_token).await,
            Ok(()),
            "for its whole life"
        );
        let renewed = sessions::refresh(&world.services, &old.refresh_token)
            .await
            .expect("renewed");
        assert_eq!(renewed.session, old.session, "the same session");
        world.clock.advance_minutes(8);
        assert_eq!(lives(&world.services, &renewed.access_token).await, Ok(()));
        let last = sessions::session_keys(&system).await.expect("listed");
        assert_eq!(last[1].state, KeyState::Retired);
        assert_eq!(world.audited("session_key.rotate").await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_key_that_leaked_is_refused_at_once_and_the_session_goes_on() {
    on_each_database(|world| async move {
        has_account(&world, "wang", &[Role::Handler]).await;
        let owner = Ctx::system(&world.services);
        let old = signs_in(&world, "wang", PASSWORD).await.expect("signs in");
        sessions::rotate(&owner, true).await.expect("rotated");
        assert_eq!(
            lives(&world.services, &old.access_token).await,
            Err(Code::SessionExpired)
        );
        let renewed = sessions::refresh(&world.services, &old.refresh_token)
            .await
            .expect("renewed");
        assert_eq!(lives(&world.services, &renewed.access_token).await, Ok(()));
    })
    .await;
}

#[tokio::test]
async fn another_process_takes_the_new_key_up_without_a_restart() {
    on_each_database(|world| async move {
        has_account(&world, "wang", &[Role::Handler]).await;
        let mut config = world.services.config().clone();
        config.serving = false;
        let other = Services::open_with(
            config,
            world.clock.clone(),
            std::sync::Arc::new(services::SeededIds::new(7)),
        )
        .await
        .expect("a second process opens");
        let before = signs_in(&world, "wang", PASSWORD).await.expect("signs in");
        assert_eq!(
            lives(&other, &before.access_token).await,
            Ok(()),
            "one ring"
        );
        sessions::rotate(&Ctx::system(&world.services), true)
            .await
            .expect("rotated");
        world.clock.advance_minutes(1);
        let after = signs_in(&world, "wang", PASSWORD).await.expect("signs in");
        assert_eq!(
            lives(&other, &after.access_token).await,
            Ok(()),
            "known there"
        );
        assert_eq!(
            lives(&other, &before.access_token).await,
            Err(Code::SessionExpired),
            "and the old one is refused there"
        );
        let there = sessions::refresh(&other, &after.refresh_token)
            .await
            .expect("renewed there");
        assert_eq!(
            lives(&world.services, &there.access_token).await,
            Ok(()),
            "the other process signs with the new key as well"
        );
        other.store().close().await.expect("closes");
    })
    .await;
}

#[tokio::test]
async fn only_the_system_administrator_changes_keys() {
    on_each_database(|world| async move {
        for role in [Role::SecurityAdmin, Role::Auditor, Role::ProvincialManager] {
            let other = world.person(role, CENTRE);
            assert_eq!(
                code(sessions::rotate(&other, false).await),
                Code::AccessDenied
            );
            assert_eq!(
                code(sessions::session_keys(&other).await),
                Code::AccessDenied
            );
        }
    })
    .await;
}
