//! Opening, locking, migrating, basic data.

use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use shared::access::Scope;
use shared::calendar::Instant;
use store::{OpenOptions, SchemaState, Seal, Store, StoreError};

use crate::support::{DAY, NOW, World, basics, registered, ticket};

on_both! { a_fresh_database_gets_schema_and_basic_data a_newer_schema_is_refused months_are_made_ahead months_are_cut_from_what_lies_between rows_without_a_month_get_theirs }

async fn a_fresh_database_gets_schema_and_basic_data(world: World) {
    let db = world.store.reader();
    assert_eq!(
        world.store.schema().await.expect("schema"),
        SchemaState::Current
    );
    assert_eq!(
        store::divisions::all(&db).await.expect("divisions").len(),
        4_835
    );
    assert_eq!(
        store::divisions::below(&db, "320000")
            .await
            .expect("cities")
            .len(),
        13
    );
    assert_eq!(
        store::divisions::get(&db, "320106")
            .await
            .expect("query")
            .expect("there")
            .name,
        "鼓楼区"
    );
    let calendar = store::calendar::load(&db).await.expect("calendar");
    assert!(calendar.knows(2007) && calendar.knows(2026) && !calendar.knows(2027));
    assert_eq!(store::calendar::years(&db).await.expect("years").len(), 20);
    assert_eq!(
        store::limits::all(&db).await.expect("limits"),
        shared::process::limit::js_default()
    );
    assert_eq!(
        store::categories::all(&db).await.expect("categories").len(),
        shared::category::seed().len()
    );
    let definitions = store::definitions::all(&db, "ticket-main")
        .await
        .expect("definitions");
    assert_eq!(definitions.len(), 1);
    let again = world.store.migrate(basics()).await.expect("migrates again");
    assert_eq!((again.from, again.steps.len()), (SchemaState::Current, 0));
    assert_eq!(
        store::definitions::all(&db, "ticket-main")
            .await
            .expect("definitions")
            .len(),
        1
    );
}

async fn a_newer_schema_is_refused(world: World) {
    let raw = world.raw().await;
    raw.execute_unprepared(
        "insert into seaql_migrations (version, applied_at) values ('9999_future', 0)",
    )
    .await
    .expect("inserted");
    assert_eq!(
        world.store.schema().await.expect("schema"),
        SchemaState::Newer
    );
    assert!(matches!(
        world.store.migrate(basics()).await,
        Err(StoreError::Unfit(_))
    ));
}

async fn months_are_made_ahead(world: World) {
    let made = world.store.prepare_months(NOW, NOW).await;
    assert_eq!(made.expect("prepared"), 0, "the first start made them");
    let later = Instant(NOW.0 + 31 * DAY);
    let made = world.store.prepare_months(later, later).await;
    world.register(ticket(NOW)).await;
    if world.store.kind() == "sqlite" {
        return;
    }
    assert_eq!(
        made.expect("prepared"),
        2,
        "one month in each of two tables"
    );
    assert_eq!(
        partitions(&world).await,
        [
            "tickets_2026_03",
            "tickets_2026_04",
            "tickets_2026_05",
            "tickets_2026_06",
            "tickets_2026_07",
            "tickets_rest_2026_08_end",
            "tickets_rest_begin_2026_03"
        ]
    );
    assert_eq!(
        number(&world, "select count(*) from tickets_2026_03").await,
        1,
        "the ticket lies in its month"
    );
}

/// Years between two imports stay one piece, two at a time make a month once, and a month in which rows lie already is left.
async fn months_are_cut_from_what_lies_between(world: World) {
    let store = &world.store;
    let old = Instant(NOW.0 - 3_000 * DAY);
    let (one, two) = tokio::join!(
        store.prepare_months(old, old),
        store.prepare_months(old, old)
    );
    let late = world.register(ticket(old)).await;
    let far = Instant(NOW.0 + 400 * DAY);
    let early = world.register(ticket(far)).await;
    let again = store.prepare_months(far, far).await.expect("prepared");
    for seen in [late, early] {
        let found = store::tickets::get(&store.reader(), &Scope::All, seen.id).await;
        assert!(found.expect("read").is_some(), "{}", seen.ticket_no);
    }
    if store.kind() == "sqlite" {
        return;
    }
    assert_eq!(one.expect("one") + two.expect("two"), 8);
    assert_eq!(again, 0, "a ticket lies where the month would be");
    let all = partitions(&world).await;
    assert!(
        all.contains(&"tickets_rest_2018_04_2026_03".to_owned()),
        "{all:?}"
    );
    assert_eq!(
        number(&world, "select count(*) from tickets_rest_2026_07_end").await,
        1
    );
}

/// A database of the releases that had a default partition: its rows get their months, and everything that points to them still does.
async fn rows_without_a_month_get_theirs(world: World) {
    if world.store.kind() == "sqlite" {
        return;
    }
    let raw = world.raw().await;
    for table in ["tickets", "ticket_search"] {
        for rest in ["rest_begin_2026_03", "rest_2026_07_end"] {
            let old = format!(
                "alter table {table} detach partition {table}_{rest}; drop table {table}_{rest}"
            );
            raw.execute_unprepared(&old).await.expect("taken out");
        }
        let default = format!("create table {table}_default partition of {table} default");
        raw.execute_unprepared(&default).await.expect("as before");
    }
    raw.execute_unprepared(
        "delete from seaql_migrations where version = '0005_months_side_by_side'",
    )
    .await
    .expect("as before");
    let midnight = Instant::parse("2026-08-01T00:00:00+08:00").expect("an instant");
    let stray = world.register(ticket(midnight)).await;
    world.dispatch(&stray, &["3201-ZJJ"]).await;
    let before = world.register(ticket(Instant(midnight.0 - 1))).await;
    assert_eq!(
        number(&world, "select count(*) from tickets_default").await,
        2
    );
    let done = world.store.migrate(basics()).await.expect("migrates");
    assert_eq!(done.steps, ["0005_months_side_by_side"]);
    for (month, whose) in [("2026_07", &before), ("2026_08", &stray)] {
        let sql = format!(
            "select count(*) from tickets_{month} where ticket_no = '{}'",
            whose.ticket_no
        );
        assert_eq!(number(&world, &sql).await, 1, "{month}");
        let search = format!("select count(*) from ticket_search_{month}");
        assert_eq!(number(&world, &search).await, 1, "{month}");
    }
    let keys = "select count(*) from pg_constraint where confrelid = 'tickets'::regclass and contype = 'f' and conparentid = 0";
    assert_eq!(number(&world, keys).await, 5);
    let orphan = format!(
        "delete from tickets where ticket_no = '{}'",
        stray.ticket_no
    );
    raw.execute_unprepared(&orphan)
        .await
        .expect_err("an assignment points to it");
    let all = partitions(&world).await;
    assert_eq!(all.len(), 8, "{all:?}");
}

async fn partitions(world: &World) -> Vec<String> {
    let sql = "select inhrelid::regclass::text from pg_inherits where inhparent = 'tickets'::regclass order by inhrelid::regclass::text collate \"C\"";
    let rows = world
        .raw()
        .await
        .query_all_raw(Statement::from_string(DbBackend::Postgres, sql))
        .await
        .expect("partitions");
    rows.iter()
        .map(|row| row.try_get_by_index(0).expect("a name"))
        .collect()
}

async fn number(world: &World, sql: &str) -> i64 {
    let row = world
        .raw()
        .await
        .query_one_raw(Statement::from_string(DbBackend::Postgres, sql))
        .await
        .expect("counts")
        .expect("a row");
    row.try_get_by_index(0).expect("a number")
}

#[tokio::test]
async fn a_second_server_on_one_file_is_refused_and_a_bulk_door_is_not() {
    let dir = tempfile::tempdir().expect("temp dir");
    let url = format!("sqlite://{}", dir.path().join("one.db").display());
    let serving = OpenOptions {
        serving: true,
        ..OpenOptions::default()
    };
    let seal = Seal::in_memory().expect("keys");
    let first = Store::open(&url, seal.clone(), serving.clone())
        .await
        .expect("first");
    first.migrate(basics()).await.expect("migrates");
    assert!(matches!(
        Store::open(&url, seal.clone(), serving.clone()).await,
        Err(StoreError::InUse(_))
    ));
    let beside = Store::open(&url, seal.clone(), OpenOptions::default())
        .await
        .expect("beside");
    for store in [&first, &beside, &first] {
        let change = registered(ticket(NOW));
        store
            .write(move |tx| {
                Box::pin(async move {
                    store::tickets::case::save(tx, &crate::support::decided(change.clone())).await
                })
            })
            .await
            .expect("both write");
    }
    first.close().await.expect("closed");
    drop((first, beside));
    Store::open(&url, seal, serving)
        .await
        .expect("the lock is free again");
}

#[tokio::test]
async fn urls_of_other_databases_are_refused_with_words() {
    for url in ["mysql://x", "sqlite::memory:", "x.db"] {
        assert!(
            matches!(
                Store::open(
                    url,
                    Seal::in_memory().expect("keys"),
                    OpenOptions::default()
                )
                .await,
                Err(StoreError::Unfit(_))
            ),
            "{url}"
        );
    }
}
