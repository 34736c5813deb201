//! Accounts: rights of now, passwords, the first account, who may make and grant.
//! Not here: tokens and lock-out (`mod`).
//! What excludes each other is tested beside `shared::access::Power`, posts and own roles in `posts`.

use services::users::{self, Create, SetPassword};
use services::{Ctx, sessions, setup};
use shared::access::{Actor, Held, Role};
use shared::fault::Code;

use super::{PASSWORD, code, has_account, signs_in};
use crate::support::{World, ZJJ, on_each_database};

async fn signed_in(world: &World, username: &str, role: Role) -> Ctx {
    has_account(world, username, &[role]).await;
    let signed_in = signs_in(world, username, PASSWORD).await.expect("signs in");
    Ctx {
        session: Some(signed_in.session),
        ..world.of(signed_in.actor)
    }
}

fn account(username: &str, roles: &[Role]) -> Create {
    Create {
        username: username.to_owned(),
        name: "李测试".to_owned(),
        unit: ZJJ.to_owned(),
        password: PASSWORD.to_owned(),
        given: false,
        roles: roles.to_vec(),
    }
}

#[tokio::test]
async fn rights_are_those_of_now() {
    on_each_database(|world| async move {
        let security = signed_in(&world, "security", Role::SecurityAdmin).await;
        has_account(&world, "wang", &[Role::Handler]).await;
        let wang = signs_in(&world, "wang", PASSWORD).await.expect("signs in");
        let roles = async || {
            sessions::authenticate(&world.services, &wang.access_token)
                .await
                .map(|who| who.actor.tasks())
        };
        assert_eq!(roles().await, Ok(vec![Role::Handler]));
        users::grant_role(&security, "wang", Role::UnitReviewer)
            .await
            .expect("granted");
        assert_eq!(
            roles().await,
            Ok(vec![Role::Handler, Role::UnitReviewer]),
            "at once, with the old token"
        );
        users::revoke_role(&security, "wang", Role::Handler)
            .await
            .expect("revoked");
        assert_eq!(roles().await, Ok(vec![Role::UnitReviewer]));
        users::set_active(&Ctx::system(&world.services), "wang", false)
            .await
            .expect("closed");
        assert_eq!(code(roles().await), Code::SignedOut);
        assert!(
            sessions::refresh(&world.services, &wang.refresh_token)
                .await
                .is_err()
        );
    })
    .await;
}

#[tokio::test]
async fn a_new_password_ends_all_other_sessions() {
    on_each_database(|world| async move {
        let here = signed_in(&world, "wang", Role::Handler).await;
        let there = signs_in(&world, "wang", PASSWORD)
            .await
            .expect("signs in elsewhere");
        let change = |current: &str, password: &str| SetPassword {
            username: None,
            current: Some(current.to_owned()),
            password: password.to_owned(),
        };
        assert!(
            users::set_password(&here, change("wrong-Horse-7", "better-Horse-8"))
                .await
                .is_err()
        );
        assert_eq!(
            code(users::set_password(&here, change(PASSWORD, "weak")).await),
            Code::PasswordWeak
        );
        users::set_password(&here, change(PASSWORD, "better-Horse-8"))
            .await
            .expect("changed");
        assert_eq!(
            code(sessions::authenticate(&world.services, &there.access_token).await),
            Code::SignedOut
        );
        assert_eq!(
            code(signs_in(&world, "wang", PASSWORD).await),
            Code::SignInWrong
        );
        signs_in(&world, "wang", "better-Horse-8")
            .await
            .expect("with the new one");
        let other = SetPassword {
            username: Some("security".to_owned()),
            current: None,
            password: "stolen-Horse-9".to_owned(),
        };
        assert_eq!(
            code(users::set_password(&here, other).await),
            Code::AccessDenied
        );
    })
    .await;
}

/// Signs in with the password that somebody else set, and chooses another one, as everybody has to.
async fn with_own_password(world: &World, username: &str) -> Ctx {
    let held = signs_in(world, username, PASSWORD).await.expect("signs in");
    assert_eq!(
        held.actor.held,
        Some(Held::Password),
        "a password of their own first"
    );
    let first = Ctx {
        session: Some(held.session),
        ..world.of(held.actor)
    };
    let change = SetPassword {
        username: None,
        current: Some(PASSWORD.to_owned()),
        password: "better-Horse-8".to_owned(),
    };
    users::set_password(&first, change).await.expect("chosen");
    let signed_in = signs_in(world, username, "better-Horse-8")
        .await
        .expect("signs in");
    world.of(signed_in.actor)
}

#[tokio::test]
async fn who_makes_accounts_does_not_grant_and_who_grants_makes_none() {
    on_each_database(|world| async move {
        let system = signed_in(&world, "system", Role::SystemAdmin).await;
        assert_eq!(
            code(users::create(&system, account("lisi", &[Role::Supervisor])).await),
            Code::AccessDenied
        );
        users::create(&system, account("lisi", &[]))
            .await
            .expect("without roles");
        users::create(&system, account("first.security", &[Role::SecurityAdmin]))
            .await
            .expect("the first one, since there is none");
        assert_eq!(
            code(users::create(&system, account("second.security", &[Role::SecurityAdmin])).await),
            Code::AccessDenied
        );
        assert_eq!(
            code(users::grant_role(&system, "lisi", Role::Agent).await),
            Code::AccessDenied
        );

        let security = with_own_password(&world, "first.security").await;
        assert_eq!(
            code(users::create(&security, account("third", &[])).await),
            Code::AccessDenied
        );
        users::grant_role(&security, "lisi", Role::Agent)
            .await
            .expect("granted");
        assert!(
            users::grant_role(&security, "lisi", Role::Auditor)
                .await
                .is_err(),
            "the auditor holds no other post"
        );
        assert_eq!(
            code(users::grant_role(&security, "first.security", Role::Supervisor).await),
            Code::RoleSelf,
            "not to oneself"
        );
        let owner = Ctx::system(&world.services);
        assert_eq!(
            code(users::revoke_role(&owner, "first.security", Role::SecurityAdmin).await),
            Code::RoleLast,
            "the last one"
        );
        assert_eq!(
            code(users::list(&world.of(Actor::visitor())).await),
            Code::AccessDenied
        );
        assert_eq!(users::list(&security).await.expect("lists").len(), 3);
        assert!(
            users::create(&owner, account("LISI", &[])).await.is_err(),
            "the name is taken"
        );
        for bad in [
            "",
            "ab",
            "a b c",
            "名字名字",
            "x\u{202E}yz",
            &"x".repeat(41),
        ] {
            assert_eq!(
                code(users::create(&owner, account(bad, &[])).await),
                Code::InputInvalid,
                "{bad:?}"
            );
        }
    })
    .await;
}

/// What the first visitor says.
fn first(username: &str, password: &str) -> setup::First {
    setup::First {
        area: "320000".to_owned(),
        username: username.to_owned(),
        password: password.to_owned(),
        ..setup::First::default()
    }
}

#[tokio::test]
async fn the_set_up_link_works_once() {
    on_each_database(|world| async move {
        let token = sessions::set_up_token(&world.services)
            .await
            .expect("asks")
            .expect("nobody has an account");
        assert_eq!(
            sessions::set_up_token(&world.services).await.expect("asks"),
            Some(token.clone()),
            "a restart does not void it"
        );
        assert_eq!(
            code(setup::begin(&world.services, "guess", first("admin", PASSWORD)).await),
            Code::AccessDenied
        );
        assert_eq!(
            code(setup::begin(&world.services, &token, first("admin", "weak")).await),
            Code::PasswordWeak
        );
        let made = setup::begin(&world.services, &token, first("admin", PASSWORD)).await;
        assert_eq!(made, Ok(Vec::new()));
        assert_eq!(
            code(setup::begin(&world.services, &token, first("admin2", PASSWORD)).await),
            Code::AccessDenied,
            "used"
        );
        assert_eq!(
            sessions::set_up_token(&world.services).await.expect("asks"),
            None
        );
        let signed_in = signs_in(&world, "admin", PASSWORD).await.expect("signs in");
        assert_eq!(signed_in.actor.tasks(), [Role::SystemAdmin]);
    })
    .await;
}
