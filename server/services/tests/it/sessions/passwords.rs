//! Passwords that somebody else has set, that are old, and that are set by a link.
//! Not here: what a good one is (beside `services::sessions::password`), the pages (the server's tests).
//! Whoever must choose one first reaches nothing but the own account.

use services::sessions;
use services::users::{self, SetPassword};
use services::{Ctx, tickets};
use shared::access::{Held, Role, needs};
use shared::fault::{Code, Fault};

use super::{PASSWORD, code, has_account, signs_in};
use crate::support::{CENTRE, World, ZJJ, on_each_database};

const NEW: &str = "better-Horse-8";

async fn signed_in(world: &World, username: &str, password: &str) -> Ctx {
    let signed_in = signs_in(world, username, password).await.expect("signs in");
    Ctx {
        session: Some(signed_in.session),
        ..world.of(signed_in.actor)
    }
}

fn own(current: &str, password: &str) -> SetPassword {
    SetPassword {
        username: None,
        current: Some(current.to_owned()),
        password: password.to_owned(),
    }
}

async fn given(world: &World, username: &str, roles: &[Role]) {
    let command = users::Create {
        username: username.to_owned(),
        name: "赵测试".to_owned(),
        unit: ZJJ.to_owned(),
        password: PASSWORD.to_owned(),
        given: true,
        roles: roles.to_vec(),
    };
    users::create(&Ctx::system(&world.services), command)
        .await
        .expect("made");
}

fn rule(fault: &Fault) -> &str {
    fault.facts.get("why").map_or("", String::as_str)
}

#[tokio::test]
async fn who_was_given_a_password_chooses_another_before_anything_else() {
    on_each_database(|world| async move {
        given(&world, "zhao", &[Role::Handler]).await;
        let held = signed_in(&world, "zhao", PASSWORD).await;
        assert_eq!(held.actor.held, Some(Held::Password));
        assert_eq!(code(held.ask(needs::TICKETS)), Code::PasswordChange);
        assert_eq!(code(tickets::task_count(&held).await), Code::PasswordChange);
        let same = users::set_password(&held, own(PASSWORD, PASSWORD)).await;
        assert_eq!(rule(&same.expect_err("the same again")), "same");
        users::set_password(&held, own(PASSWORD, NEW))
            .await
            .expect("chosen");
        let free = signed_in(&world, "zhao", NEW).await;
        assert_eq!(free.actor.held, None);
        assert_eq!(free.actor.tasks(), [Role::Handler]);
        let set = SetPassword {
            username: Some("zhao".to_owned()),
            current: None,
            password: "third-Horse-9".to_owned(),
        };
        users::set_password(&Ctx::system(&world.services), set)
            .await
            .expect("set by somebody else");
        let held = signed_in(&world, "zhao", "third-Horse-9").await;
        assert_eq!(held.actor.held, Some(Held::Password));
    })
    .await;
}

#[tokio::test]
async fn a_password_of_ninety_days_is_changed_unless_the_office_says_otherwise() {
    on_each_database(|world| async move {
        has_account(&world, "wang", &[Role::Handler]).await;
        world.clock.advance_minutes(90 * 24 * 60 - 1);
        let still = signed_in(&world, "wang", PASSWORD).await;
        assert_eq!(still.actor.held, None);
        world.clock.advance_minutes(1);
        let old = signed_in(&world, "wang", PASSWORD).await;
        assert_eq!(old.actor.held, Some(Held::Password));
        world
            .services
            .store()
            .write::<_, store::StoreError, _>(|tx| {
                Box::pin(async move {
                    store::settings::set(tx, sessions::rules::PASSWORD_DAYS, "0").await
                })
            })
            .await
            .expect("set");
        world.clock.advance_minutes(1);
        let free = signed_in(&world, "wang", PASSWORD).await;
        assert_eq!(free.actor.held, None, "for ever");
    })
    .await;
}

#[tokio::test]
async fn five_wrong_present_passwords_lock_the_question_and_not_the_session() {
    on_each_database(|world| async move {
        has_account(&world, "wang", &[Role::Handler]).await;
        let wang = signed_in(&world, "wang", PASSWORD).await;
        for _ in 0..5 {
            let fault = users::set_password(&wang, own("wrong-Horse-7", NEW)).await;
            let fault = fault.expect_err("wrong");
            assert_eq!(fault.fields[0].code, Code::PasswordWrong);
            assert_eq!(fault.fields[0].field, "current");
        }
        assert_eq!(
            code(users::set_password(&wang, own(PASSWORD, NEW)).await),
            Code::SignInLocked
        );
        wang.ask(needs::TICKETS).expect("goes on working");
        world.clock.advance_minutes(16);
        users::set_password(&wang, own(PASSWORD, NEW))
            .await
            .expect("changed");
    })
    .await;
}

fn token(link: &str) -> String {
    let (_, token) = link.split_once("/reset?token=").expect("a link");
    token.to_owned()
}

#[tokio::test]
async fn a_link_sets_a_password_once_within_a_day() {
    on_each_database(|world| async move {
        has_account(&world, "wang", &[Role::Handler]).await;
        has_account(&world, "system", &[Role::SystemAdmin]).await;
        let system = signed_in(&world, "system", PASSWORD).await;
        let before = signs_in(&world, "wang", PASSWORD).await.expect("signs in");
        let void = users::make_reset(&system, "wang").await.expect("made");
        let link = users::make_reset(&system, " WANG ").await.expect("made");
        let visitor = world.visitor();
        assert_eq!(
            code(users::reset(&visitor, &token(&void.link), NEW).await),
            Code::ResetGone,
            "a later link makes it void"
        );
        let weak = users::reset(&visitor, &token(&link.link), "short").await;
        assert_eq!(code(weak), Code::PasswordWeak);
        let same = users::reset(&visitor, &token(&link.link), PASSWORD).await;
        assert_eq!(rule(&same.expect_err("the same again")), "same");
        users::reset(&visitor, &token(&link.link), NEW)
            .await
            .expect("set");
        assert_eq!(
            code(sessions::authenticate(&world.services, &before.access_token).await),
            Code::SignedOut,
            "every session has ended"
        );
        assert_eq!(
            code(users::reset(&visitor, &token(&link.link), "third-Horse-9").await),
            Code::ResetGone,
            "once"
        );
        let wang = signed_in(&world, "wang", NEW).await;
        assert_eq!(wang.actor.held, None, "it is their own");

        let late = users::make_reset(&system, "wang").await.expect("made");
        world.clock.advance_minutes(24 * 60);
        assert_eq!(
            code(users::reset(&visitor, &token(&late.link), "third-Horse-9").await),
            Code::ResetGone,
            "a day"
        );
        for bad in ["", "x", &"x".repeat(10_000)] {
            assert_eq!(
                code(users::reset(&visitor, bad, NEW).await),
                Code::ResetGone
            );
        }
        let rows = world.audited("user.reset").await;
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].actor_name, "wang");
        assert_eq!(world.audited("user.reset_link").await.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn of_two_that_use_a_link_at_once_one_succeeds() {
    on_each_database(|world| async move {
        has_account(&world, "wang", &[]).await;
        let system = Ctx::system(&world.services);
        let link = users::make_reset(&system, "wang").await.expect("made");
        let (visitor, token) = (world.visitor(), token(&link.link));
        let (one, two) = futures::join!(
            users::reset(&visitor, &token, NEW),
            users::reset(&visitor, &token, "other-Horse-8")
        );
        assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
    })
    .await;
}

#[tokio::test]
async fn the_administrators_that_check_each_other_cannot_become_each_other() {
    on_each_database(|world| async move {
        for (name, role) in [
            ("system", Role::SystemAdmin),
            ("security", Role::SecurityAdmin),
            ("audit", Role::Auditor),
        ] {
            has_account(&world, name, &[role]).await;
        }
        has_account(&world, "wang", &[Role::Handler]).await;
        let system = signed_in(&world, "system", PASSWORD).await;
        for name in ["security", "audit", "system"] {
            assert_eq!(
                code(users::make_reset(&system, name).await),
                Code::AccessDenied,
                "{name}"
            );
        }
        assert_eq!(
            code(users::make_reset(&system, "nobody").await),
            Code::NotFound
        );
        for name in ["security", "audit", "wang"] {
            let other = signed_in(&world, name, PASSWORD).await;
            assert_eq!(
                code(users::make_reset(&other, "wang").await),
                Code::AccessDenied,
                "{name}"
            );
        }
        let owner = Ctx::system(&world.services);
        users::make_reset(&owner, "security")
            .await
            .expect("by the machine's owner");
        users::set_active(&system, "wang", false)
            .await
            .expect("closed");
        assert_eq!(
            code(users::make_reset(&system, "wang").await),
            Code::AccessDenied,
            "a closed account"
        );
    })
    .await;
}

#[tokio::test]
async fn accounts_are_found_by_name_in_pages() {
    on_each_database(|world| async move {
        for n in 0..52 {
            hired(&world, &format!("clerk.{n:02}")).await;
        }
        let system = world.person(Role::SystemAdmin, CENTRE);
        let look = |words: &str, cursor: Option<String>| users::LookFor {
            words: Some(words.to_owned()),
            cursor,
        };
        let first = users::page(&system, look("clerk", None))
            .await
            .expect("found");
        assert_eq!(first.items.len(), 50);
        let second = users::page(&system, look("clerk", first.next_cursor))
            .await
            .expect("found");
        let names: Vec<_> = second
            .items
            .iter()
            .map(|row| row.username.as_str())
            .collect();
        assert_eq!(names, ["clerk.50", "clerk.51"]);
        assert_eq!(second.next_cursor, None);
        let one = users::page(&system, look("CLERK.07", None))
            .await
            .expect("found");
        assert_eq!(one.items.len(), 1);
        let sheet = users::sheet(&system, "clerk.07").await.expect("shown");
        assert!(sheet.may_reset && sheet.sessions.is_empty());
        let handler = world.person(Role::Handler, ZJJ);
        assert_eq!(
            code(users::page(&handler, look("", None)).await),
            Code::AccessDenied
        );
    })
    .await;
}

/// An account without the work of a password.
async fn hired(world: &World, username: &str) {
    let now = world.services.now();
    let mut user = store::users::User {
        id: shared::ids::UserId(world.services.new_id()),
        username: username.to_owned(),
        name: "办事员".to_owned(),
        password_hash: "none".to_owned(),
        unit: ZJJ.to_owned(),
        active: true,
        version: 1,
        posts: Vec::new(),
        mates: Vec::new(),
        has_factor: false,
        created_at: now,
        updated_at: now,
        password_given: false,
        password_at: None,
        state: shared::account::life::AccountState::Open,
        seen_at: None,
    };
    let given = store::roles::Mark {
        by: None,
        name: None,
        at: now,
    };
    user.begin_with(&[Role::Handler], &given);
    world
        .services
        .store()
        .write::<_, store::StoreError, _>(move |tx| {
            let user = user.clone();
            Box::pin(async move { store::users::insert(tx, &user).await })
        })
        .await
        .expect("made");
}
