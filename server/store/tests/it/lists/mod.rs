//! Lists: scopes, orders, cursors, counts.
//! Not here: filters (`filters`).

mod filters;

use sea_orm::ConnectionTrait as _;
use shared::access::Scope;
use shared::calendar::Instant;
use shared::ids::UserId;
use shared::query::{Sort, TicketFilter, TicketQuery};
use store::record::Ticket;
use uuid::Uuid;

use crate::support::{DAY, HOUR, NOW, World, ticket};

on_both! { pages_meet_without_gap_or_repeat a_units_list_follows_the_last_change scopes_reach_what_they_should numbers_and_callers_are_found a_deadline_that_was_provisional_moves_once }

async fn all(
    world: &World,
    scope: &Scope,
    filter: TicketFilter,
    sort: Sort,
    limit: u32,
) -> Vec<Ticket> {
    let (mut found, mut cursor) = (Vec::new(), None);
    let mut pages = Vec::new();
    let mut before = loop {
        let query = TicketQuery {
            filter: filter.clone(),
            sort,
            limit,
            cursor,
            columns: Vec::new(),
        };
        let (page, prev) = store::tickets::around(&world.store.reader(), scope, &query, NOW)
            .await
            .expect("lists");
        assert!(page.items.len() <= limit as usize);
        pages.push(ids(&page.items));
        found.extend(page.items);
        cursor = page.next_cursor;
        if cursor.is_none() {
            break prev;
        }
    };
    // The same pages on the way back, each cut where it was; the best of a search lead forwards alone.
    let turns = sort != Sort::Best;
    for wanted in pages.iter().rev().skip(1).filter(|_| turns) {
        let query = TicketQuery {
            filter: filter.clone(),
            sort,
            limit,
            cursor: before,
            columns: Vec::new(),
        };
        assert!(query.cursor.is_some(), "{sort}: a page lies before");
        let (page, prev) = store::tickets::around(&world.store.reader(), scope, &query, NOW)
            .await
            .expect("lists backwards");
        assert_eq!(ids(&page.items), *wanted, "{sort} {filter:?}");
        assert!(page.next_cursor.is_some(), "{sort}: one lies behind");
        before = prev;
    }
    assert_eq!(before, None, "{sort}: the first page has none before");
    let count = store::tickets::count_capped(&world.store.reader(), scope, &filter, 10_001, NOW)
        .await
        .expect("counts");
    assert_eq!(
        count,
        found.len() as i64,
        "count and list agree for {filter:?}"
    );
    found
}

#[allow(clippy::too_many_lines, reason = "one story, told in order")]
async fn pages_meet_without_gap_or_repeat(world: World) {
    let mut made = Vec::new();
    for i in 0..23 {
        let at = Instant(NOW.0 - (i / 3) * HOUR);
        let mut one = ticket(at);
        one.due_at = (i % 4 != 0).then_some(Instant(NOW.0 + (i % 5) * DAY));
        one.updated_at = Instant(NOW.0 - (i % 6) * HOUR);
        made.push(world.register(one).await);
        if i % 2 == 0 {
            world.dispatch(&made[made.len() - 1], &["3201-ZJJ"]).await;
        }
    }
    for sort in Sort::ALL {
        let key = |t: &Ticket| match sort {
            Sort::AcceptedDesc | Sort::Best => -t.accepted_at.0,
            Sort::AcceptedAsc => t.accepted_at.0,
            Sort::DueAsc => t.due_at.map_or(i64::MAX, |d| d.0),
            Sort::UpdatedDesc => -t.updated_at.0,
        };
        for q in [None, Some("路灯".to_owned())] {
            let found = all(
                &world,
                &Scope::All,
                TicketFilter {
                    q,
                    ..TicketFilter::default()
                },
                *sort,
                4,
            )
            .await;
            assert_eq!(found.len(), 23, "{sort}");
            assert!(found.is_sorted_by_key(key), "{sort}");
            let mut ids: Vec<_> = found.iter().map(|t| t.id).collect();
            ids.sort();
            ids.dedup();
            assert_eq!(ids.len(), 23, "{sort}: no ticket twice");
        }
        assert_eq!(
            all(
                &world,
                &Scope::Unit("3201-ZJJ".to_owned()),
                TicketFilter::default(),
                *sort,
                5
            )
            .await
            .len(),
            12,
            "{sort}"
        );
        assert_eq!(
            all(
                &world,
                &Scope::UnitTree("JS/3201/".to_owned()),
                TicketFilter::default(),
                *sort,
                5
            )
            .await
            .len(),
            12,
            "{sort}"
        );
        several_posts(&world, *sort).await;
    }
    let query = TicketQuery {
        filter: TicketFilter::default(),
        sort: Sort::DueAsc,
        limit: 5,
        cursor: Some("MXxkdWU".to_owned()),
        columns: Vec::new(),
    };
    assert!(matches!(
        store::tickets::list(&world.store.reader(), &Scope::All, &query, NOW).await,
        Err(store::StoreError::Cursor)
    ));
}

/// Two posts whose tickets overlap: all of them, each once, in the order of the list.
async fn a_units_list_follows_the_last_change(world: World) {
    let mut made = Vec::new();
    for i in 0..9 {
        let mut one = ticket(Instant(NOW.0 - i * HOUR));
        one.updated_at = Instant(NOW.0 - (i * 5 % 9) * HOUR);
        made.push(world.register(one).await);
        world.dispatch(&made[made.len() - 1], &["3201-ZJJ"]).await;
    }
    let scope = Scope::Unit("3201-ZJJ".to_owned());
    let tree = Scope::UnitTree("JS/3201/".to_owned());
    // Whatever changes a ticket moves it in its units' lists.
    let raw = world.raw().await;
    let change = format!(
        "update tickets set updated_at = {} where ticket_no = '{}'",
        NOW.0 + DAY,
        made[4].ticket_no
    );
    raw.execute_unprepared(&change).await.expect("changes");
    for scope in [&scope, &tree] {
        let filter = TicketFilter::default();
        let found = all(&world, scope, filter, Sort::UpdatedDesc, 2).await;
        let places: Vec<_> = found.iter().map(|it| (it.updated_at, it.id)).collect();
        assert_eq!(found.first().map(|it| it.id), Some(made[4].id));
        assert!(places.is_sorted_by(|a, b| a > b), "{places:?}");
        assert_eq!(found.len(), 9);
    }
}

async fn several_posts(world: &World, sort: Sort) {
    let unit = Scope::Unit("3201-ZJJ".to_owned());
    let posts = Scope::Any(vec![
        unit.clone(),
        Scope::UnitTree("JS/3201/".to_owned()),
        Scope::Region("3202".to_owned()),
    ]);
    let everything = Scope::Any(vec![unit.clone(), Scope::All]);
    for q in [None, Some("路灯".to_owned())] {
        let filter = TicketFilter {
            q,
            ..TicketFilter::default()
        };
        let found = all(world, &posts, filter.clone(), sort, 5).await;
        let of_unit = all(world, &unit, filter.clone(), sort, 5).await;
        assert_eq!(ids(&found), ids(&of_unit), "{sort}");
        let found = all(world, &everything, filter.clone(), sort, 4).await;
        let of_all = all(world, &Scope::All, filter, sort, 4).await;
        assert_eq!(ids(&found), ids(&of_all), "{sort}");
    }
}

fn ids(tickets: &[Ticket]) -> Vec<shared::ids::TicketId> {
    tickets.iter().map(|ticket| ticket.id).collect()
}

async fn scopes_reach_what_they_should(world: World) {
    let mut other = ticket(NOW);
    other.region = "320500".to_owned();
    other.street = None;
    other.accepted_by = Some(UserId(Uuid::from_u128(77)));
    let other = world.register(other).await;
    let own = world.register(ticket(NOW)).await;
    world.dispatch(&own, &["3201-ZJJ", "3201-CGJ"]).await;
    let ids = async |scope: Scope| {
        let mut ids: Vec<_> = all(
            &world,
            &scope,
            TicketFilter::default(),
            Sort::AcceptedDesc,
            50,
        )
        .await
        .iter()
        .map(|t| t.id)
        .collect();
        ids.sort();
        ids
    };
    let (mut both, mine, theirs) = (vec![own.id, other.id], vec![own.id], vec![other.id]);
    both.sort();
    for (scope, wanted) in [
        (Scope::All, &both),
        (Scope::Region("32".to_owned()), &both),
        (Scope::Region("3201".to_owned()), &mine),
        (Scope::Region("320106".to_owned()), &mine),
        (Scope::Region("320106001".to_owned()), &mine),
        (Scope::Region("3205".to_owned()), &theirs),
        (Scope::Own(UserId(Uuid::from_u128(77))), &theirs),
        (
            Scope::Team(vec![
                UserId(Uuid::from_u128(76)),
                UserId(Uuid::from_u128(77)),
            ]),
            &theirs,
        ),
        (Scope::Unit("3201-CGJ".to_owned()), &mine),
        (Scope::Unit("3201".to_owned()), &vec![]),
        (Scope::UnitTree("JS/3201/".to_owned()), &mine),
        (Scope::UnitTree("JS/3205/".to_owned()), &vec![]),
    ] {
        assert_eq!(&ids(scope.clone()).await, wanted, "{scope:?}");
        for id in &both {
            let loads = store::tickets::case::load(&world.store.reader(), &scope, *id)
                .await
                .expect("loads")
                .is_some();
            assert_eq!(loads, wanted.contains(id), "{scope:?} loads what it lists");
            assert_eq!(
                store::tickets::is_in_scope(&world.store.reader(), &scope, *id)
                    .await
                    .expect("asks"),
                loads
            );
        }
    }
}

async fn numbers_and_callers_are_found(world: World) {
    let open = |at| store::record::Ticket {
        confidential: false,
        ..ticket(at)
    };
    let one = world.register(open(Instant(NOW.0 - DAY))).await;
    let two = world.register(open(NOW)).await;
    // Nobody is shown it beside a caller.
    world.register(ticket(NOW)).await;
    let db = world.store.reader();
    assert_eq!(
        store::tickets::find_by_no(&db, &Scope::All, &one.ticket_no)
            .await
            .expect("finds"),
        Some(one.id)
    );
    assert_eq!(
        store::tickets::find_by_no(&db, &Scope::Region("3205".to_owned()), &one.ticket_no)
            .await
            .expect("finds"),
        None
    );
    let earlier = store::tickets::of_phone(&db, &Scope::All, "138 1234 5678", Instant(0), 10)
        .await
        .expect("finds");
    assert_eq!(
        earlier.iter().map(|t| t.id).collect::<Vec<_>>(),
        [two.id, one.id]
    );
    assert!(
        store::tickets::of_phone(&db, &Scope::All, "13812345679", Instant(0), 10)
            .await
            .expect("finds")
            .is_empty()
    );
    let near = store::tickets::of_matter(
        &db,
        &Scope::All,
        ("320106", "020401"),
        Instant(NOW.0 - HOUR),
        10,
    )
    .await
    .expect("finds");
    assert_eq!(near.iter().map(|t| t.id).collect::<Vec<_>>(), [two.id]);
    assert_eq!(
        store::tickets::get(&db, &Scope::All, one.id)
            .await
            .expect("gets"),
        Some(one)
    );
}

async fn a_deadline_that_was_provisional_moves_once(world: World) {
    let mut one = ticket(NOW);
    one.provisional = true;
    let one = world.register(one).await;
    world.register(ticket(NOW)).await;
    let page = store::tickets::provisional(&world.store.reader(), None, 10)
        .await
        .expect("lists");
    assert_eq!(page.len(), 1);
    assert_eq!(
        (page[0].ticket_id, page[0].from, page[0].limit_value),
        (one.id, NOW, Some(5))
    );
    let due = shared::calendar::Due {
        at: Instant(NOW.0 + 7 * DAY),
        provisional: false,
        warn_at: Instant(NOW.0 + 6 * DAY),
    };
    for expected in [true, false] {
        let clock = page[0].clone();
        let moved = world
            .store
            .write(move |tx| {
                Box::pin(async move { store::tickets::move_deadline(tx, &clock, due).await })
            })
            .await;
        assert_eq!(moved.expect("moves").is_some(), expected);
    }
    let case = world.case(&one).await;
    assert_eq!(
        (case.ticket.due_at, case.ticket.provisional),
        (Some(due.at), false)
    );
    assert!(
        store::tickets::provisional(&world.store.reader(), Some(one.id), 10)
            .await
            .expect("lists")
            .is_empty()
    );
}
