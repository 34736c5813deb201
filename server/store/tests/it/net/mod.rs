//! The second net, with the first one removed: statements that ask for everything are run under the net of a scope, and give what the scope
//! reaches. And what each role of the database may not. PostgreSQL only.
//! Not here: the first net (`lists`), the plans (`plans`).

use sea_orm::{
    ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection, DbBackend, DbErr, Statement,
};
use shared::access::Scope;
use shared::calendar::Instant;
use shared::ids::{TicketId, UserId};
use shared::query::{Sort, TicketFilter, TicketQuery};
use store::net::{Guarded, Login};
use store::record::Ticket;
use store::{OpenOptions, SchemaState, Store};
use uuid::Uuid;

use crate::support::{DAY, NOW, World, registered, ticket};

/// Mine, which two units have, and one of another city that somebody else took in.
async fn two(world: &World) -> (Ticket, Ticket) {
    let mut other = ticket(NOW);
    other.region = "320500".to_owned();
    other.street = None;
    other.accepted_by = Some(UserId(Uuid::from_u128(77)));
    let other = world.register(other).await;
    let own = world.register(ticket(NOW)).await;
    world.dispatch(&own, &["3201-ZJJ", "3201-CGJ"]).await;
    (own, other)
}

/// Every kind of scope, with which of the two it reaches: the first, the second.
fn scopes() -> Vec<(Scope, [bool; 2])> {
    let own = |n: u128| Scope::Own(UserId(Uuid::from_u128(n)));
    let unit = |code: &str| Scope::Unit(code.to_owned());
    let tree = |path: &str| Scope::UnitTree(path.to_owned());
    let region = |prefix: &str| Scope::Region(prefix.to_owned());
    let team = |people: &[u128]| {
        let people = people.iter().map(|n| UserId(Uuid::from_u128(*n)));
        Scope::Team(people.collect())
    };
    vec![
        (Scope::All, [true, true]),
        (own(42), [true, false]),
        (own(77), [false, true]),
        (own(1), [false, false]),
        (team(&[42, 77]), [true, true]),
        (team(&[76, 77]), [false, true]),
        (unit("3201-CGJ"), [true, false]),
        (unit("3201"), [false, false]),
        (unit("'; drop table tickets; --"), [false, false]),
        (tree("JS/3201/"), [true, false]),
        (tree("JS/3205/"), [false, false]),
        (region("32"), [true, true]),
        (region("3201"), [true, false]),
        (region("3205"), [false, true]),
        (region("320106"), [true, false]),
        (region("320106001"), [true, false]),
        (region("320500-"), [false, true]),
        (region("320100-"), [false, false]),
        (Scope::Any(Vec::new()), [false, false]),
        (Scope::Any(vec![own(77), unit("3201-ZJJ")]), [true, true]),
    ]
}

async fn alone(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1);
    Database::connect(options).await.expect("connects")
}

/// The first column of every row of a statement, run after some words on a connection of its own.
async fn after(world: &World, words: &str, sql: &str) -> Result<Vec<String>, DbErr> {
    let conn = alone(&world.url).await;
    let ran = ran(&conn, words, sql).await;
    conn.close().await.expect("closes");
    ran
}

async fn ran(conn: &DatabaseConnection, words: &str, sql: &str) -> Result<Vec<String>, DbErr> {
    conn.execute_unprepared(words).await?;
    let sql = Statement::from_string(DbBackend::Postgres, sql);
    let rows = conn.query_all_raw(sql).await?;
    rows.iter().map(|row| row.try_get_by_index(0)).collect()
}

/// Why something is refused, in the database's words.
async fn refused(world: &World, words: &str, sql: &str) -> String {
    match after(world, words, sql).await {
        Ok(rows) => panic!("{sql} is not refused: {rows:?}"),
        Err(error) => error.to_string(),
    }
}

/// What a read under a scope begins with.
fn under(scope: &Scope) -> String {
    store::net::opening(scope).unwrap_or_else(|| "begin read only".to_owned())
}

#[tokio::test]
async fn what_a_statement_forgets_the_database_holds_back() {
    let Some(world) = World::postgres().await else {
        return;
    };
    let (own, other) = two(&world).await;
    let query = TicketQuery {
        filter: TicketFilter::default(),
        sort: Sort::AcceptedDesc,
        limit: 50,
        cursor: None,
        columns: Vec::new(),
    };
    for (scope, reached) in scopes() {
        let mut wanted: Vec<TicketId> = [own.id, other.id]
            .into_iter()
            .zip(reached)
            .filter_map(|(id, is_reached)| is_reached.then_some(id))
            .collect();
        wanted.sort();
        let db = world.store.reader().under(&scope);
        let page = store::tickets::list(&db, &Scope::All, &query, NOW).await;
        let page = page.expect("lists");
        let mut listed: Vec<TicketId> = page.items.iter().map(|it| it.id).collect();
        listed.sort();
        assert_eq!(listed, wanted, "the list under {scope:?}");
        for (one, is_reached) in [&own, &other].into_iter().zip(reached) {
            let found = store::tickets::get(&db, &Scope::All, one.id).await;
            assert_eq!(found.expect("reads").is_some(), is_reached, "{scope:?}");
            let case = store::tickets::case::load(&db, &Scope::All, one.id).await;
            let case = case.expect("loads");
            assert_eq!(case.is_some(), is_reached, "{scope:?}");
            let history = store::tickets::case::history(&db, one.id).await;
            let is_told = !history.expect("reads").is_empty();
            assert_eq!(is_told, is_reached, "the history under {scope:?}");
            let found = store::tickets::find_by_no(&db, &Scope::All, &one.ticket_no).await;
            assert_eq!(found.expect("reads").is_some(), is_reached, "{scope:?}");
        }
        let count = after(&world, &under(&scope), "select count(*)::text from tickets").await;
        assert_eq!(
            count.expect("counts"),
            [wanted.len().to_string()],
            "{scope:?}"
        );
    }
}

#[tokio::test]
async fn a_search_finds_under_the_net_what_it_finds_above() {
    let Some(world) = World::postgres().await else {
        return;
    };
    let (own, _) = two(&world).await;
    let query = TicketQuery {
        filter: TicketFilter {
            q: Some("路灯".to_owned()),
            ..TicketFilter::default()
        },
        sort: Sort::AcceptedDesc,
        limit: 50,
        cursor: None,
        columns: Vec::new(),
    };
    let unit = Scope::Unit("3201-ZJJ".to_owned());
    let db = world.store.reader().under(&unit);
    for first in [&unit, &Scope::All] {
        let page = store::tickets::list(&db, first, &query, NOW).await;
        let found: Vec<TicketId> = page
            .expect("searches")
            .items
            .iter()
            .map(|it| it.id)
            .collect();
        assert_eq!(found, [own.id], "the first net is {first:?}");
    }
}

/// Whether a plan goes along an index by a condition.
fn is_along(plan: &[String], condition: &str) -> bool {
    let mut lines = plan.iter();
    lines.any(|line| line.contains("Index Cond") && line.contains(condition))
}

/// A policy that came before conditions which may leak would keep them from their index: there is none on the search.
#[tokio::test]
async fn words_and_places_keep_their_indexes_under_the_net() {
    let Some(world) = World::postgres().await else {
        return;
    };
    two(&world).await;
    let words = under(&Scope::Region("3201".to_owned())) + "; set local enable_seqscan = off";
    let sql = "explain (costs off) with hits as materialized (select f.ticket_id from ticket_search f where f.grams @@ '''a'''::tsquery)
        select t.id from hits h join tickets t on t.id = h.ticket_id";
    let plan = after(&world, &words, sql).await.expect("plans");
    assert!(is_along(&plan, "grams @@"), "{plan:?}");
    let sql = "explain (costs off) select t.id from tickets t where t.region = '320106'";
    let plan = after(&world, &words, sql).await.expect("plans");
    assert!(is_along(&plan, "region = "), "{plan:?}");
}

#[tokio::test]
async fn as_a_person_nothing_is_written_and_no_secret_read() {
    let Some(world) = World::postgres().await else {
        return;
    };
    let (own, _) = two(&world).await;
    let unit = Scope::Unit("3201-ZJJ".to_owned());
    // Not the read-only transaction is what refuses.
    let words = under(&unit).replace("begin read only", "begin");
    for sql in [
        "update tickets set title = 'x'",
        "delete from events",
        "insert into settings (key, value) values ('x', '1')",
        "select count(*)::text from users",
        "select count(*)::text from sessions",
        "select count(*)::text from audit",
        // Past the policy, which is its table's.
        "select count(*)::text from tickets_2026_03",
        "create table mine (n bigint)",
    ] {
        let why = refused(&world, &words, sql).await;
        assert!(why.contains("permission denied"), "{sql}: {why}");
    }
    let others = format!(
        "select count(*)::text from events where case_id <> '{}'",
        own.id
    );
    let none = after(&world, &words, &others).await.expect("counts");
    assert_eq!(none, ["0"], "histories of others are not there");
    let lost = "begin; set local role minsheng_person";
    let none = after(&world, lost, "select count(*)::text from tickets").await;
    assert_eq!(none.expect("counts"), ["0"], "without a scope nobody is");
}

#[tokio::test]
async fn who_serves_changes_neither_the_schema_nor_the_audit() {
    let Some(world) = World::postgres().await else {
        return;
    };
    two(&world).await;
    let words = "set role minsheng_serve";
    for (sql, why) in [
        ("create table mine (n bigint)", "permission denied"),
        ("drop table settings", "must be owner"),
        ("alter table tickets disable row level security", "must be"),
        ("drop policy minsheng_person_1 on tickets", "must be owner"),
        ("update audit set action = 'x'", "permission denied"),
        ("delete from audit", "permission denied"),
        ("delete from audit_chain", "permission denied"),
        ("update events set note = 'x'", "permission denied"),
        ("truncate clock_entries", "permission denied"),
        (
            "select minsheng_lay('tickets', 'sessions', null, null)",
            "no partition",
        ),
        (
            "select minsheng_take_out('tickets', 'tickets_2026_03')",
            "no rest",
        ),
    ] {
        let said = refused(&world, words, sql).await;
        assert!(said.contains(why), "{sql}: {said}");
    }
    let words = "set role minsheng_report";
    let seen = after(&world, words, "select region from tickets order by region").await;
    assert_eq!(seen.expect("reads"), ["320106", "320500"]);
    for sql in [
        "select encode(citizen, 'hex') from tickets",
        "select title from tickets",
        "select username from users",
        "update tickets set region = 'x'",
        "delete from ticket_units",
    ] {
        let said = refused(&world, words, sql).await;
        assert!(said.contains("permission denied"), "{sql}: {said}");
    }
}

/// The whole store, signed in as one that only serves.
#[tokio::test]
async fn a_login_that_only_serves_does_the_days_work() {
    let Some(world) = World::postgres().await else {
        return;
    };
    let join = if world.url.contains('?') { '&' } else { '?' };
    let url = format!("{}{join}options[role]=minsheng_serve", world.url);
    let store = Store::open(&url, world.store.seal().clone(), OpenOptions::default()).await;
    let store = store.expect("opens");
    let standing = store.standing().await.expect("asks").expect("PostgreSQL");
    assert_eq!(standing.login, "minsheng_serve");
    assert!(standing.is_under && !standing.owns && !standing.is_superuser);
    assert_eq!(store.schema().await.expect("asks"), SchemaState::Current);
    assert_eq!(store.guard().await.expect("asks"), Guarded::NotOwner);
    store.prove_writer().await.expect("writes");

    let late = Instant(NOW.0 + 400 * DAY);
    let made = store.prepare_months(late, late).await.expect("months");
    assert!(made > 0, "months are laid by the owner's functions");
    let again = store.prepare_months(late, late).await.expect("months");
    assert_eq!(again, 0);

    let one = ticket(late);
    let change = registered(one.clone());
    let kept = store.write::<_, store::StoreError, _>(move |tx| {
        Box::pin(async move {
            store::tickets::case::save(tx, &crate::support::decided(change.clone())).await
        })
    });
    kept.await.expect("registers");
    let mine = Scope::Own(UserId(Uuid::from_u128(42)));
    let found = store::tickets::get(&store.reader().under(&mine), &mine, one.id).await;
    assert!(found.expect("reads").is_some());
    let nobody = Scope::Own(UserId(Uuid::from_u128(1)));
    let found = store::tickets::get(&store.reader().under(&nobody), &Scope::All, one.id).await;
    assert!(found.expect("reads").is_none());
    store.close().await.expect("closes");
}

#[tokio::test]
async fn roles_and_rights_are_given_as_often_as_one_likes() {
    let Some(world) = World::postgres().await else {
        return;
    };
    for _ in 0..2 {
        assert_eq!(world.store.guard().await.expect("gives"), Guarded::Ready);
    }
    assert!(store::net::make_roles(&world.url).await.expect("asks"));
    let grant = store::net::grants(Login::Serve, "an\"odd name");
    assert_eq!(grant, "grant minsheng_serve to \"an\"\"odd name\";");
    let standing = world.store.standing().await.expect("asks");
    assert!(standing.expect("PostgreSQL").is_under);
}

#[tokio::test]
async fn sqlite_has_no_roles_and_reads_as_before() {
    let world = World::sqlite().await;
    assert_eq!(world.store.guard().await.expect("asks"), Guarded::NoRoles);
    assert_eq!(world.store.standing().await.expect("asks"), None);
    let (own, other) = two(&world).await;
    let unit = Scope::Unit("3201-ZJJ".to_owned());
    let db = world.store.reader().under(&unit);
    for (one, is_there) in [(&own, true), (&other, false)] {
        let found = store::tickets::get(&db, &unit, one.id).await;
        assert_eq!(found.expect("reads").is_some(), is_there);
    }
}
