//! Test: photos of an earlier release are files from the migration on, under the same ids, and can be sealed one by one afterwards, on both databases.
//! Not here: their bytes (`services`).

use sea_orm::ConnectionTrait as _;
use sea_orm_migration::MigratorTrait as _;
use shared::calendar::Instant;
use shared::file::{FileCase, FileKind, FilePlace, FileState};
use shared::ids::{BlobId, FileId};
use uuid::Uuid;

use super::carried::{fresh_postgres, opened};
use super::{Basics, Migrator, STEPS};
use crate::files::{self, Sealed};
use crate::{Store, StoreError};

const TICKET: u128 = 0x0190_0000_0000_7000_8000_0000_0000_0001;
const FORM: u128 = 5;

#[tokio::test]
async fn sqlite_carries_photos_over() {
    let dir = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite://{}", dir.path().join("old.db").display());
    carries(opened(&url).await).await;
}

#[tokio::test]
async fn postgres_carries_photos_over() {
    if let Some(url) = fresh_postgres("photos").await {
        carries(opened(&url).await).await;
    }
}

/// Two photos of a ticket, one of them by somebody who has left no name, one of a form, and one of nothing.
async fn fill(store: &Store) {
    let sqlite = store.kind() == "sqlite";
    let id = |id: u128| {
        let id = Uuid::from_u128(id);
        if sqlite {
            format!("x'{}'", id.simple())
        } else {
            format!("'{id}'")
        }
    };
    let digest = if sqlite { "x'0303'" } else { "'\\x0303'" };
    let (ticket, form) = (id(TICKET), id(FORM));
    for (n, on, kind) in [
        (1, format!("null, {ticket}"), "jpeg"),
        (2, format!("null, {ticket}"), "png"),
        (3, format!("{form}, null"), "jpeg"),
        (4, "null, null".to_owned(), "jpeg"),
    ] {
        let sql = format!(
            "insert into attachments (id, draft_id, ticket_id, name, media_type, size, width, height, sha256, path, uploaded_at, uploaded_by)
             values ({}, {on}, '井盖.jpg', 'image/{kind}', 9, 60, 40, {digest}, 'ab{n}.jpg', {n}, null)",
            id(n)
        );
        let done = store.main().execute_unprepared(&sql).await;
        done.unwrap_or_else(|e| panic!("{e}: {sql}"));
    }
}

async fn carries(store: Store) {
    let before = STEPS
        .iter()
        .position(|(name, _)| *name == "0025_photos_are_files");
    let before = u32::try_from(before.expect("the step")).expect("a number");
    Migrator::up(store.main(), Some(before))
        .await
        .expect("the schema of before");
    fill(&store).await;
    let open = crate::backup::photos(&store.reader(), None, 9).await;
    assert_eq!(open.expect("reads").len(), 4, "a backup before the step");
    let basics = Basics {
        at: Instant(0),
        definitions: Vec::new(),
    };
    store.migrate(basics).await.expect("migrates");

    let db = store.reader();
    let of = |case, id| files::pictures(&db, case, Uuid::from_u128(id));
    let photos = of(FileCase::Ticket, TICKET).await.expect("reads");
    assert_eq!(photos.len(), 2);
    let (file, blob) = &photos[1];
    assert_eq!(file.id, FileId(Uuid::from_u128(2)), "the same id");
    assert_eq!((&*file.name, file.at), ("井盖.jpg", Instant(2)));
    assert_eq!(file.hook.place(), FilePlace::Photo);
    assert_eq!((blob.kind, blob.state), (FileKind::Png, FileState::Clean));
    assert_eq!((blob.width, blob.height), (Some(60), Some(40)));
    assert_eq!(blob.open_path.as_deref(), Some("ab2.jpg"));
    assert_eq!(of(FileCase::Form, FORM).await.expect("reads").len(), 1);
    let open = crate::backup::photos(&db, None, 9).await.expect("reads");
    let told: Vec<_> = open.iter().map(|row| (&*row.path, row.is_draft)).collect();
    assert_eq!(told.len(), 4);
    assert!(told.contains(&("ab3.jpg", true)) && told.contains(&("ab1.jpg", false)));
    sealed_one_by_one(&store).await;
}

async fn sealed_one_by_one(store: &Store) {
    let db = store.reader();
    let waiting = files::to_seal(&db, Instant(0), 9).await.expect("reads");
    assert_eq!(waiting.len(), 4);
    let (first, second) = (BlobId(Uuid::from_u128(1)), BlobId(Uuid::from_u128(2)));
    let sealed = Sealed {
        path: "01/sealed".to_owned(),
        size: 33,
        sha256: vec![5; 32],
        key: vec![7; 32],
    };
    let done: [bool; 2] = store
        .write::<_, StoreError, _>(move |tx| {
            Box::pin(async move {
                files::scan_later(tx, second, Instant(100)).await?;
                let once = files::seal(tx, first, &sealed).await?;
                Ok([once, files::seal(tx, first, &sealed).await?])
            })
        })
        .await
        .expect("written");
    assert_eq!(done, [true, false], "once");
    let left = files::to_seal(&db, Instant(99), 9).await.expect("reads");
    assert_eq!(left.len(), 2, "one is sealed, one waits");
    let found = files::find(&db, FileId(first.0)).await.expect("reads");
    let (file, blob) = found.expect("is there");
    assert_eq!(file.name, "井盖.jpg", "its name is sealed as well");
    assert_eq!((&*blob.path, blob.open_path), ("01/sealed", None));
    let key = files::key(&db, first).await.expect("opens");
    assert_eq!(key, Some(vec![7; 32]));
    let clear = "select count(*) from file_references where key_id = ''";
    let clear = crate::sql::Sql::new(clear, crate::sql::vals![]);
    assert_eq!(db.handle().number(clear).await.expect("counts"), 2);
    let freed = store
        .write::<_, StoreError, _>(|tx| {
            Box::pin(async move { files::unreferenced(tx, Instant(1_000), 9).await })
        })
        .await
        .expect("swept");
    assert_eq!(freed.open, ["ab4.jpg"], "what hangs on nothing goes");
}
