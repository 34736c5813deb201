//! The check of approvals, and of what hangs on no case.
//! Not here: what verbs make of them (services).

use sea_orm::ConnectionTrait as _;

use crate::support::{NOW, World, ticket};

on_both! { what_does_not_fit_is_found }

async fn what_does_not_fit_is_found(world: World) {
    world.register(ticket(NOW)).await;
    let check = async || {
        let found = store::consistency::approvals(&world.store.reader()).await;
        found.expect("checks").first
    };
    assert_eq!(check().await, []);
    let sqlite = world.store.kind() == "sqlite";
    let id = |n: u128| {
        let id = uuid::Uuid::from_u128(n);
        if sqlite {
            format!("x'{}'", id.simple())
        } else {
            format!("'{id}'")
        }
    };
    let (yes, no, bytes) = if sqlite {
        ("1", "0", "x'00'")
    } else {
        ("true", "false", "'\\x00'")
    };
    let approval = id(5);
    let raw = world.raw().await;
    for sql in [
        format!(
            "insert into approvals (id, approval_no, version, definition, definition_version, title, status, steps, started_at, started_by, started_by_name, unit, unit_path, region, city, updated_at, last_seq, key_id, sealed) values ({approval}, 'A1', 1, 'x', 1, 'x', 'EN', '{{}}', 1, {approval}, 'x', 'JS', 'JS/', '320102', '3201', 1, 2, 'x', {bytes})"
        ),
        // A line of before the states were kept, then one that says another status.
        format!("insert into events (case_id, seq, verb, at) values ({approval}, 1, 'start', 1)"),
        format!(
            "insert into events (case_id, seq, verb, at, to_state) values ({approval}, 2, 'approve', 2, 'RN')"
        ),
        format!(
            "insert into timers (case_id, timer_no, case_kind, element, due_at) values ({approval}, 1, 'A', 'late', 9)"
        ),
        format!(
            "insert into tasks (case_id, task_no, part, case_kind, kind, element, active, verbs, opened_at, due_key, provisional) values ({}, 1, 0, 'A', 'M', 'x', {yes}, '', 1, 1, {no})",
            id(6)
        ),
    ] {
        raw.execute_unprepared(&sql).await.expect("damaged");
    }
    let found = check().await;
    let rules: Vec<&str> = found.iter().map(|it| it.what.rule()).collect();
    assert_eq!(rules, ["state", "process", "stray"], "{found:?}");
}
