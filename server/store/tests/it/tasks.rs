//! To-do lists by role and reach.

use shared::access::{Actor, Role, Who};
use shared::calendar::Instant;
use shared::ids::UserId;
use shared::ticket::Verb;
use store::record::CaseKind;
use uuid::Uuid;

use crate::support::{HOUR, NOW, World, registered, ticket};

on_both! { everybody_sees_the_tasks_they_may_do tasks_come_in_the_order_of_time_left }

fn actor(role: Role, unit: &str, path: &str, region: &str) -> Actor {
    Actor {
        who: Who::Person(UserId(Uuid::from_u128(42))),
        unit: Some(unit.to_owned()),
        unit_path: Some(path.to_owned()),
        region: Some(region.to_owned()),
        ..Actor::visitor()
    }
    .with_roles(&[role])
}

async fn everybody_sees_the_tasks_they_may_do(world: World) {
    let waiting = world.register(ticket(NOW)).await;
    let sent = world.register(ticket(NOW)).await;
    world.dispatch(&sent, &["3201-ZJJ", "3201-CGJ"]).await;
    let db = world.store.reader();
    for (who, wanted) in [
        (
            actor(Role::Dispatcher, "3201", "JS/3201/", "320100"),
            vec![waiting.id],
        ),
        (
            actor(Role::Dispatcher, "3205", "JS/3205/", "320500"),
            vec![],
        ),
        (
            actor(Role::UnitLiaison, "3201-ZJJ", "JS/3201/3201-ZJJ/", "320100"),
            vec![sent.id],
        ),
        (
            actor(Role::Handler, "3201-CGJ", "JS/3201/3201-CGJ/", "320100"),
            vec![sent.id],
        ),
        (
            actor(Role::Handler, "3201-GAJ", "JS/3201/3201-GAJ/", "320100"),
            vec![],
        ),
        (
            actor(
                Role::UnitReviewer,
                "3201-ZJJ",
                "JS/3201/3201-ZJJ/",
                "320100",
            ),
            vec![sent.id],
        ),
        (actor(Role::Agent, "3201", "JS/3201/", "320100"), vec![]),
        (actor(Role::Auditor, "JS", "JS/", "320000"), vec![]),
        (Actor::visitor(), vec![]),
    ] {
        let page = store::host::to_do::tickets(&db, &who, None, None, 50)
            .await
            .expect("lists");
        assert_eq!(
            page.items.iter().map(|(_, t)| t.id).collect::<Vec<_>>(),
            wanted,
            "{:?}",
            who.posts
        );
        assert!(
            page.items
                .iter()
                .all(|(task, t)| task.case_id == t.id.into())
        );
        assert_eq!(
            store::host::to_do::count(&db, &who, CaseKind::Ticket)
                .await
                .expect("counts"),
            wanted.len() as i64
        );
    }
    let dispatcher = actor(Role::Dispatcher, "3201", "JS/3201/", "320100");
    for (verb, count) in [(Verb::Dispatch, 1), (Verb::Answer, 1), (Verb::Sign, 0)] {
        assert_eq!(
            store::host::to_do::tickets(&db, &dispatcher, Some(verb), None, 50)
                .await
                .expect("lists")
                .items
                .len(),
            count,
            "{verb}"
        );
    }
}

async fn tasks_come_in_the_order_of_time_left(world: World) {
    for i in 0..7_i64 {
        let mut change = registered(ticket(NOW));
        change.after.hung.tasks[0].due_at = (i != 3).then_some(Instant(NOW.0 + (i * 5 % 7) * HOUR));
        world.save(change).await.expect("saved");
    }
    let who = actor(Role::Dispatcher, "3201", "JS/3201/", "320100");
    let (mut seen, mut cursor) = (Vec::new(), None);
    loop {
        let page =
            store::host::to_do::tickets(&world.store.reader(), &who, None, cursor.as_deref(), 2)
                .await
                .expect("lists");
        seen.extend(
            page.items
                .into_iter()
                .map(|(task, _)| task.due_at.map_or(i64::MAX, |d| d.0)),
        );
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(seen.len(), 7);
    assert!(seen.is_sorted());
}
