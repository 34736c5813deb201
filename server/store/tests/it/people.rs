//! Accounts, sessions, wrong tries, units.

use sea_orm::ConnectionTrait as _;
use shared::access::{Grants, Permission, Role, RoleCode, RoleSpec};
use shared::calendar::Instant;
use shared::ids::{SessionId, UserId};
use shared::organisation::{Unit, UnitLevel};
use store::bare::Bare;
use store::lookups::{Limit, Lock};
use store::posts::HeldPost;
use store::readers::Reachable;
use store::roles::Mark;
use store::sessions::{Rotate, Session};
use store::users::User;
use store::{Basics, StoreError};

use crate::support::{HOUR, NOW, World, id};

on_both! { people_hold_many_roles shipped_roles_are_what_the_policy_says a_refresh_token_is_good_once five_wrong_tries_lock units_are_a_tree who_can_see_a_ticket_is_found_among_twenty_thousand }

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
        mates: Vec::new(),
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
        vouched: false,
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
    let load = store::units::workload(&db, &["3201-ZJJ".to_owned()], (NOW, NOW)).await;
    let load = load.expect("counts");
    assert_eq!(load.get("3201-ZJJ").map(|it| it.open), Some(1));
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

/// Accounts of a province: each with a post in one of four hundred units, mostly handlers.
const PEOPLE: i64 = 20_000;

async fn fill_people(world: &World) {
    let raw = world.raw().await;
    let sqlite = world.store.kind() == "sqlite";
    let (numbers, id, yes) = if sqlite {
        (
            format!(
                "with recursive n(i) as (select 1 union all select i + 1 from n where i < {PEOPLE})"
            ),
            "unhex(printf('%032x', i))",
            "1",
        )
    } else {
        (
            format!("with n(i) as (select i::bigint from generate_series(1, {PEOPLE}) i)"),
            "lpad(to_hex(i), 32, '0')::uuid",
            "true",
        )
    };
    let name = if sqlite {
        "printf('p%05d', i)"
    } else {
        "'p' || lpad(i::text, 5, '0')"
    };
    for sql in [
        format!(
            "{numbers} insert into units (code, name, parent, path, level, region, active)
             select 'U' || i, 'U' || i, 'JS', 'JS/U' || i || '/', 'department', '3201' || (10 + i % 20), {yes} from n where i <= 400"
        ),
        format!(
            "{numbers} insert into users (id, username, name, password_hash, unit, active, version, wrong_tries, created_at, updated_at)
             select {id}, {name}, '王五', 'x', 'U' || (1 + i % 400), {yes}, 1, 0, 0, 0 from n"
        ),
        format!(
            "{numbers} insert into posts (user_id, no, role, unit, valid_from, condition, given_at)
             select {id}, 1, case when i % 100 = 0 then 'dispatcher' when i % 1000 = 1 then 'provincial_manager' else 'handler' end,
             'U' || (1 + i % 400), 0, 'none', 0 from n"
        ),
    ] {
        raw.execute_unprepared(&sql)
            .await
            .unwrap_or_else(|e| panic!("{e}: {sql}"));
    }
    if !sqlite {
        raw.execute_unprepared("vacuum analyze")
            .await
            .expect("counted");
    }
}

async fn who_can_see_a_ticket_is_found_among_twenty_thousand(world: World) {
    unit(&world, "JS", None, "JS/").await;
    fill_people(&world).await;
    let roles: Vec<RoleSpec> = Role::ALL
        .iter()
        .map(|role| RoleSpec::shipped(*role))
        .collect();
    let thing = Reachable {
        by: Some(UserId(uuid::Uuid::from_u128(7))),
        units: vec!["U7".to_owned()],
        chain: vec!["JS".to_owned(), "U7".to_owned()],
        regions: vec!["320117".to_owned()],
    };
    let db = world.store.reader();
    let (mut after, mut found) = (None, Vec::new());
    loop {
        let asked = (Permission::TicketView, roles.as_slice());
        let page = store::readers::page(&db, asked, &thing, (after.as_deref(), 51)).await;
        let page = page.expect("found");
        let Some(last) = page.last() else {
            break;
        };
        after = Some(last.username.clone());
        found.extend(page);
    }
    // Fifty of the unit, the province's twenty, and of the county's dispatchers those whose unit lies there.
    let of = |role: &str| {
        let mine = found.iter();
        mine.filter(|user| user.posts[0].row.role.as_str() == role)
            .count()
    };
    assert_eq!((of("handler"), of("provincial_manager")), (50, 20));
    assert!(found.iter().all(|user| {
        let post = &user.posts[0].row;
        post.role.as_str() != "handler" || post.unit == "U7"
    }));
    assert!(found.is_sorted_by_key(|user| user.username.clone()));
    for page in [(None, 51), (Some("p10000"), 51)] {
        let all = Bare::of(&world.store)
            .work_of_readers(&roles, &thing, page)
            .await
            .expect("counted");
        // Every post once at most, with the instructions that a row takes.
        let most = if world.store.kind() == "sqlite" {
            80 * PEOPLE as u64
        } else {
            4 * PEOPLE as u64
        };
        assert!(
            all[0].visited <= most,
            "{}: {}\n{}",
            all[0].visited,
            all[0].sql,
            all[0].plan.join("\n")
        );
    }
}
