//! Opening, locking, migrating, basic data.

use sea_orm::ConnectionTrait as _;
use store::{OpenOptions, SchemaState, Seal, Store, StoreError};

use crate::support::{NOW, World, basics, registered, ticket};

on_both! { a_fresh_database_gets_schema_and_basic_data a_newer_schema_is_refused months_are_made_ahead }

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
    world
        .store
        .prepare_months(NOW, NOW)
        .await
        .expect("prepared");
    world
        .store
        .prepare_months(NOW, NOW)
        .await
        .expect("prepared twice");
    world.register(ticket(NOW)).await;
    if world.store.kind() == "postgres" {
        let raw = world.raw().await;
        let sql = "select count(*) from tickets_2026_03";
        let row = raw
            .query_one_raw(sea_orm::Statement::from_string(
                sea_orm::DbBackend::Postgres,
                sql,
            ))
            .await
            .expect("counts")
            .expect("a row");
        assert_eq!(
            row.try_get_by_index::<i64>(0).expect("a number"),
            1,
            "the ticket lies in its month"
        );
    }
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
            .write(move |tx| Box::pin(async move { store::cases::save(tx, &change).await }))
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
