//! The bulk door writes what single verbs would have written, and the consistency check sees what is wrong.

use sea_orm::ConnectionTrait as _;
use shared::access::{Scope, Who};
use shared::calendar::Instant;
use shared::ids::{BatchId, TicketId};
use shared::query::{Sort, TicketFilter, TicketQuery};
use shared::ticket::{SlotRole, TicketState, Verb};
use store::bulk::{BulkTicket, Recycle};
use store::consistency::Rules;
use store::record::TicketCase;
use uuid::Uuid;

use crate::support::{DAY, NOW, World, assignment, id, registered, ticket};

on_both! { a_bulk_case_is_a_case many_cases_of_one_moment a_batch_is_taken_back the_check_finds_what_is_wrong clocks_of_a_span_come_page_by_page }

fn bulk(at: Instant, batch: Option<BatchId>) -> BulkTicket {
    let mut one = ticket(at);
    one.batch = batch;
    one.source_system = Some("file".to_owned());
    one.external_no = Some(one.ticket_no.to_string());
    one.lead_unit = Some("3201-ZJJ".to_owned());
    let lead = assignment(&one, "3201-ZJJ", SlotRole::Lead);
    let change = registered(one);
    BulkTicket {
        assignments: vec![lead],
        applications: Vec::new(),
        follow_ups: Vec::new(),
        ratings: Vec::new(),
        events: change.events,
        clock: change.clock,
        tasks: change.after.hung.tasks,
        timers: Vec::new(),
        instance: change.after.instance,
        ticket: change.after.ticket,
    }
}

fn rules() -> Rules<'static> {
    Rules {
        hung: &|_| None,
        state: &|case: &TicketCase| {
            (!case.hung.tasks.is_empty()).then_some(TicketState::ToDispatch)
        },
        due: &|clock| (Instant(clock.from.0 + 5 * DAY), false),
    }
}

async fn a_bulk_case_is_a_case(world: World) {
    let one = bulk(NOW, None);
    store::bulk::write(&world.store, vec![one.clone()])
        .await
        .expect("written");
    let case = world.case(&one.ticket).await;
    assert_eq!(case.ticket, one.ticket);
    assert_eq!(case.assignments, one.assignments);
    assert_eq!(case.hung.tasks, one.tasks);
    let twice = store::bulk::write(&world.store, vec![bulk(NOW, None), one.clone()]).await;
    assert!(
        matches!(twice, Err(store::StoreError::Exists("ticket_no"))),
        "{twice:?}"
    );
    let numbers = [one.ticket.ticket_no.to_string(), "none".to_owned()];
    let known = store::bulk::known(&world.store.reader(), "file", &numbers)
        .await
        .expect("asks");
    assert_eq!(known.len(), 1);
    assert_eq!(
        known[&numbers[0]].text_hash,
        store::bulk::text_hash(&one.ticket)
    );
}

async fn many_cases_of_one_moment(world: World) {
    for _ in 0..2 {
        store::bulk::write(&world.store, (0..150).map(|_| bulk(NOW, None)).collect())
            .await
            .expect("written");
    }
    store::bulk::write(
        &world.store,
        (0..300_i64)
            .map(|i| bulk(Instant(NOW.0 - i * DAY), None))
            .collect(),
    )
    .await
    .expect("written");
    let scope = Scope::UnitTree("JS/3201/".to_owned());
    let filter = TicketFilter {
        q: Some("路灯不亮".to_owned()),
        ..TicketFilter::default()
    };
    assert_eq!(
        store::tickets::count_capped(&world.store.reader(), &scope, &filter, 10_000, NOW)
            .await
            .expect("counts"),
        600
    );
    let query = TicketQuery {
        filter,
        sort: Sort::AcceptedDesc,
        limit: 600,
        cursor: None,
        columns: Vec::new(),
    };
    let page = store::tickets::list(&world.store.reader(), &scope, &query, NOW)
        .await
        .expect("lists");
    assert!(page.items.is_sorted_by_key(|t| -t.accepted_at.0));
    let found = store::consistency::check(&world.store.reader(), None, &rules())
        .await
        .expect("checks");
    assert_eq!((found.cases, found.count), (600, 0), "{:?}", found.first);
}

async fn a_batch_is_taken_back(world: World) {
    let batch = BatchId(id(NOW));
    let cases: Vec<_> = (0..7).map(|_| bulk(NOW, Some(batch))).collect();
    let one = cases[0].ticket.clone();
    store::bulk::write(&world.store, cases)
        .await
        .expect("written");
    store::bulk::write(&world.store, vec![bulk(NOW, None)])
        .await
        .expect("written");
    let order = Recycle {
        batch,
        limit: 5,
        at: NOW,
        by: None,
        by_name: None,
        actor: Who::System,
        verb: Verb::Withdraw,
        note: Some("撤销导入".to_owned()),
    };
    let mut taken = Vec::new();
    for _ in 0..3 {
        let order = order.clone();
        taken.push(
            world
                .store
                .write(move |tx| Box::pin(async move { store::bulk::recycle(tx, &order).await }))
                .await
                .expect("recycles"),
        );
    }
    assert_eq!(taken, [5, 2, 0]);
    let case = world.case(&one).await;
    assert_eq!(
        (
            case.ticket.state,
            case.instance.is_none(),
            case.hung.tasks.len(),
            case.last_seq
        ),
        (TicketState::Recycled, true, 0, 2)
    );
    let found = store::consistency::check(&world.store.reader(), Some(batch), &rules())
        .await
        .expect("checks");
    assert_eq!((found.cases, found.count), (7, 0), "{:?}", found.first);
}

async fn clocks_of_a_span_come_page_by_page(world: World) {
    let later = |minutes: i64| Instant(NOW.0 + minutes * 60_000);
    let cases: Vec<_> = (0..7).map(|n| bulk(later(n), None)).collect();
    store::bulk::write(&world.store, cases)
        .await
        .expect("written");
    let span = (NOW, later(6));
    let mut after = (Instant(NOW.0 - 1), TicketId(Uuid::nil()));
    let mut seen = Vec::new();
    loop {
        let page = store::tickets::accepted_clocks(&world.store.reader(), span, after, 4)
            .await
            .expect("reads");
        let Some(last) = page.last() else { break };
        after = (last.accepted_at, last.ticket_id);
        seen.extend(page.into_iter().map(|it| (it.accepted_at, it.unit)));
    }
    let reader = world.store.reader();
    let start = (Instant(NOW.0 - 1), TicketId(Uuid::nil()));
    let matters = store::tickets::accepted_matters(&reader, span, start, 4).await;
    let matters = matters.expect("reads");
    assert_eq!(matters.len(), 4);
    assert!(matters.is_sorted_by_key(|it| it.accepted_at.0));
    let end = (span.1, TicketId(Uuid::nil()));
    let newest = store::tickets::accepted_before(&reader, span, end, 4).await;
    let newest: Vec<i64> = newest.expect("reads").iter().map(|(_, at)| at.0).collect();
    assert_eq!(newest, [5, 4, 3, 2].map(|n| later(n).0), "the newest first");
    let own = seen.iter().filter(|(_, unit)| unit.is_none()).count();
    assert_eq!((seen.len(), own), (12, 6), "each once, the last is outside");
    assert!(seen.is_sorted_by_key(|(at, _)| at.0), "{seen:?}");
}

async fn the_check_finds_what_is_wrong(world: World) {
    let cases: Vec<_> = (0..5).map(|_| bulk(NOW, None)).collect();
    let ids: Vec<_> = cases
        .iter()
        .map(|c| c.ticket.ticket_no.to_string())
        .collect();
    store::bulk::write(&world.store, cases)
        .await
        .expect("written");
    let raw = world.raw().await;
    for sql in [
        format!(
            "update tickets set due_at = due_at + 1 where ticket_no = '{}'",
            ids[0]
        ),
        format!(
            "update tickets set state = 'CL' where ticket_no = '{}'",
            ids[1]
        ),
        format!(
            "delete from instances where ticket_id = (select id from tickets where ticket_no = '{}')",
            ids[2]
        ),
        format!(
            "insert into events (case_id, seq, verb, at, to_state) select id, 3, 'urge', 0, 'TD' from tickets where ticket_no = '{}'",
            ids[3]
        ),
    ] {
        raw.execute_unprepared(&sql).await.expect("damaged");
    }
    let found = store::consistency::check(&world.store.reader(), None, &rules())
        .await
        .expect("checks");
    let mut seen: Vec<&str> = found.first.iter().map(|it| it.what.rule()).collect();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(
        seen,
        ["deadline", "derived", "history", "process", "state"],
        "{:?}",
        found.first
    );
}
