//! Accounts, sessions, wrong tries, units.

use shared::access::{Grants, Role, RoleCode, RoleSpec};
use shared::calendar::Instant;
use shared::ids::{SessionId, UserId};
use shared::organisation::{Unit, UnitLevel};
use store::lookups::{Limit, Lock};
use store::posts::HeldPost;
use store::roles::Mark;
use store::sessions::{Rotate, Session};
use store::users::User;
use store::{Basics, StoreError};

use crate::support::{HOUR, NOW, World, id};

on_both! { people_hold_many_roles shipped_roles_are_what_the_policy_says a_refresh_token_is_good_once five_wrong_tries_lock units_are_a_tree }

async fn unit(world: &World, code: &str, parent: Option<&str>, path: &str) {
    let unit = Unit {
        code: code.to_owned(),
        name: format!("单位{code}"),
        parent: parent.map(str::to_owned),
        path: path.to_owned(),
        level: UnitLevel::Department,
        region: "320100".to_owned(),
        active: true,
        successor: None,
    };
    world
        .store
        .write(move |tx| Box::pin(async move { store::units::put(tx, &unit).await }))
        .await
        .expect("put");
}

fn user(name: &str) -> User {
    let mut user = User {
        id: UserId(id(NOW)),
        username: name.to_owned(),
        name: "王五".to_owned(),
        password_hash: "$argon2id$".to_owned(),
        unit: "JS".to_owned(),
        active: true,
        version: 1,
        posts: Vec::new(),
        has_factor: false,
        created_at: NOW,
        updated_at: NOW,
        password_given: false,
        password_at: None,
        state: shared::account::life::AccountState::Open,
        seen_at: None,
    };
    user.begin_with(&[Role::Agent, Role::Dispatcher], &mark());
    user
}

fn mark() -> Mark {
    Mark {
        by: None,
        name: None,
        at: NOW,
    }
}

async fn people_hold_many_roles(world: World) {
    unit(&world, "JS", None, "JS/").await;
    let (one, same_name) = (user("wang"), user("wang"));
    let who = one.clone();
    world
        .store
        .write(move |tx| Box::pin(async move { store::users::insert(tx, &one).await }))
        .await
        .expect("inserted");
    let taken = world
        .store
        .write(move |tx| Box::pin(async move { store::users::insert(tx, &same_name).await }))
        .await;
    assert!(
        matches!(taken, Err(StoreError::Exists("username"))),
        "{taken:?}"
    );
    let db = world.store.reader();
    assert_eq!(
        store::users::find_by_name(&db, "wang")
            .await
            .expect("finds"),
        Some(who.clone())
    );
    let user_id = who.id;
    world
        .store
        .write::<(), StoreError, _>(move |tx| {
            Box::pin(async move {
                for no in [1, 2] {
                    assert!(store::posts::end(tx, (user_id, no), &mark(), None).await?);
                    assert!(!store::posts::end(tx, (user_id, no), &mark(), None).await?);
                }
                let auditor = HeldPost::shipped(user_id, 3, Role::Auditor, "JS", &mark());
                assert_eq!(store::posts::next_no(tx, user_id).await?, 3);
                store::posts::insert(tx, &auditor.row).await?;
                let password = store::users::Password {
                    hash: "new".to_owned(),
                    given: true,
                };
                store::users::set_password(tx, user_id, &password, NOW).await?;
                store::users::set_active(tx, user_id, false, NOW).await
            })
        })
        .await
        .expect("changed");
    let now = store::users::find(&db, who.id)
        .await
        .expect("finds")
        .expect("there");
    assert_eq!(
        (
            now.roles(),
            now.password_hash.as_str(),
            now.active,
            now.version
        ),
        (vec![RoleCode::from(Role::Auditor)], "new", false, 6)
    );
    assert_eq!((now.password_given, now.password_at), (true, Some(NOW)));
    assert_eq!(
        (
            store::users::count(&db).await.expect("counts"),
            store::users::list(&db).await.expect("lists").len()
        ),
        (1, 1)
    );
}

async fn shipped_roles_are_what_the_policy_says(world: World) {
    let agent = RoleCode::from(Role::Agent);
    let db = world.store.reader();
    let read = async || {
        let found = store::roles::find(&db, &agent).await.expect("reads");
        found.expect("shipped with the schema").spec
    };
    let shipped = read().await;
    assert_eq!(shipped, RoleSpec::shipped(Role::Agent));
    let widened = RoleSpec {
        grants: Grants::read("ticket.view:province"),
        version: 2,
        ..shipped.clone()
    };
    let saved = world
        .store
        .write(move |tx| {
            let widened = widened.clone();
            Box::pin(async move { store::roles::save(tx, &widened, &mark()).await })
        })
        .await;
    assert!(saved.expect("by hand"));
    let basics = Basics {
        at: NOW,
        definitions: Vec::new(),
    };
    world
        .store
        .install(basics)
        .await
        .expect("at the next start");
    let restored = read().await;
    assert_eq!((restored.grants, restored.version), (shipped.grants, 3));
}

async fn a_refresh_token_is_good_once(world: World) {
    unit(&world, "JS", None, "JS/").await;
    let person = user("wang");
    let session = Session {
        id: SessionId(id(NOW)),
        user: person.id,
        refresh_hash: vec![1; 32],
        previous_hash: None,
        created_at: NOW,
        rotated_at: NOW,
        expires_at: Instant(NOW.0 + HOUR),
        revoked_at: None,
        ip: Some("::1".to_owned()),
        agent: None,
        proved_at: NOW,
        half: false,
    };
    let (kept, sid) = (session.clone(), session.id);
    world
        .store
        .write::<(), StoreError, _>(move |tx| {
            Box::pin(async move {
                store::users::insert(tx, &person).await?;
                store::sessions::insert(tx, &session).await
            })
        })
        .await
        .expect("signed in");
    let db = world.store.reader();
    assert_eq!(
        store::sessions::find(&db, sid).await.expect("finds"),
        Some(kept.clone())
    );
    let rotate = Rotate {
        from: vec![1; 32],
        to: vec![2; 32],
        at: NOW,
        expires_at: Instant(NOW.0 + 2 * HOUR),
    };
    for expected in [true, false] {
        let rotate = rotate.clone();
        let done = world
            .store
            .write(move |tx| {
                Box::pin(async move { store::sessions::rotate(tx, sid, rotate).await })
            })
            .await
            .expect("asks");
        assert_eq!(done, expected);
    }
    assert_eq!(
        store::sessions::find(&db, sid)
            .await
            .expect("finds")
            .expect("there")
            .previous_hash,
        Some(vec![1; 32])
    );
    let who = kept.user;
    let ended = world
        .store
        .write(move |tx| {
            Box::pin(async move { store::sessions::revoke_of_user(tx, who, None, NOW).await })
        })
        .await;
    assert_eq!(ended.expect("revoked"), 1);
    let gone = world
        .store
        .write(move |tx| {
            Box::pin(async move { store::sessions::purge(tx, Instant(NOW.0 + 9 * HOUR)).await })
        })
        .await;
    assert_eq!(gone.expect("purged"), 1);
}

async fn five_wrong_tries_lock(world: World) {
    let lock = Lock {
        after: 5,
        minutes: 60,
    };
    for i in 1..=5 {
        let tries = world
            .store
            .write(move |tx| {
                Box::pin(async move { store::lookups::wrong(tx, b"key", NOW, lock).await })
            })
            .await
            .expect("counted");
        assert_eq!((tries.wrong, tries.locked_until.is_some()), (i, i == 5));
    }
    let db = world.store.reader();
    assert_eq!(
        store::lookups::get(&db, b"key", NOW)
            .await
            .expect("gets")
            .locked_until,
        Some(Instant(NOW.0 + HOUR))
    );
    assert_eq!(
        store::lookups::get(&db, b"key", Instant(NOW.0 + HOUR))
            .await
            .expect("gets")
            .wrong,
        0,
        "the lock ends by itself"
    );
    let later = Instant(NOW.0 + HOUR + 1);
    let tries = world
        .store
        .write(move |tx| {
            Box::pin(async move { store::lookups::wrong(tx, b"key", later, lock).await })
        })
        .await
        .expect("counted");
    assert_eq!((tries.wrong, tries.locked_until), (1, None));
    let limit = Limit {
        tries: 5,
        lock_ms: HOUR,
    };
    let mut let_through = 0;
    for _ in 0..7 {
        let locked = world
            .store
            .write(move |tx| {
                Box::pin(async move { store::lookups::count(tx, b"name", limit, NOW).await })
            })
            .await
            .expect("counted");
        let_through += u32::from(locked.is_none());
    }
    assert_eq!(let_through, 5);
    world
        .store
        .write(move |tx| Box::pin(async move { store::lookups::clear(tx, b"name").await }))
        .await
        .expect("cleared");
    assert_eq!(
        store::lookups::get(&db, b"name", NOW)
            .await
            .expect("gets")
            .wrong,
        0
    );
}

async fn units_are_a_tree(world: World) {
    unit(&world, "JS", None, "JS/").await;
    unit(&world, "3201", Some("JS"), "JS/3201/").await;
    unit(&world, "3201-ZJJ", Some("3201"), "JS/3201/3201-ZJJ/").await;
    let db = world.store.reader();
    assert_eq!(
        store::units::below(&db, None).await.expect("roots").len(),
        1
    );
    assert_eq!(
        store::units::below(&db, Some("3201")).await.expect("below")[0].code,
        "3201-ZJJ"
    );
    assert_eq!(store::units::all(&db).await.expect("all").len(), 3);
    let sent = world.register(crate::support::ticket(NOW)).await;
    world.dispatch(&sent, &["3201-ZJJ"]).await;
    let open = store::units::open_assignments(&db, &["3201-ZJJ".to_owned(), "3201".to_owned()])
        .await
        .expect("counts");
    assert_eq!(open.get("3201-ZJJ"), Some(&1));
    let habits = store::units::Habits {
        category: "020401",
        city: "3201",
        since: Instant(0),
    };
    assert_eq!(
        store::units::habits(&db, &habits).await.expect("counts"),
        [("3201-ZJJ".to_owned(), 1)]
    );
    let filter = shared::query::TicketFilter {
        lead_unit: Some("3201".to_owned()),
        ..Default::default()
    };
    assert_eq!(
        store::tickets::count_capped(&db, &shared::access::Scope::All, &filter, 10, NOW)
            .await
            .expect("counts"),
        1
    );
}
