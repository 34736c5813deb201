//! A database of thirty thousand tickets, filled by statements, and who asks what of it.
//! Not here: what it may cost (`plans`).

use sea_orm::ConnectionTrait as _;
use shared::access::Scope;
use shared::calendar::Instant;
use shared::ids::UserId;
use shared::query::TicketQuery;
use store::bare::Work;
use uuid::Uuid;

use crate::support::{NOW, World};

/// Tickets of the filled database, one every four minutes.
const TICKETS: i64 = 30_000;
const STEP: i64 = 240_000;
/// What a count may take: everything once, in an index.
pub(crate) const COUNT: u64 = 30 * TICKETS as u64;

/// Fills the tables by statements: thirteen cities, the first with a third of the tickets; offices of forty tickets, of a tenth and of all.
#[allow(clippy::too_many_lines, reason = "one story, told in order")]
pub(crate) async fn fill(world: &World) {
    let first = Instant(NOW.0 - TICKETS * STEP);
    world
        .store
        .prepare_months(first, NOW)
        .await
        .expect("months");
    let raw = world.raw().await;
    let sqlite = world.store.kind() == "sqlite";
    let (numbers, id, yes, bytes) = if sqlite {
        (
            format!(
                "with recursive n(i) as (select 1 union all select i + 1 from n where i < {TICKETS})"
            ),
            format!(
                "unhex(printf('%012x', {} + i * {STEP}) || printf('%020x', i))",
                first.0
            ),
            "1",
            "x'00'",
        )
    } else {
        (
            format!("with n(i) as (select i::bigint from generate_series(1, {TICKETS}) i)"),
            format!(
                "(lpad(to_hex({} + i * {STEP}), 12, '0') || lpad(to_hex(i), 20, '0'))::uuid",
                first.0
            ),
            "true",
            "'\\x00'::bytea",
        )
    };
    let open = if sqlite { "i > 27000" } else { "(i > 27000)" };
    let no = if sqlite { "0" } else { "false" };
    let blob = |n: u128| {
        let id = Uuid::from_u128(n);
        if sqlite {
            format!("x'{}'", id.simple())
        } else {
            format!("'{id}'::uuid")
        }
    };
    let two = |n: &str| {
        if sqlite {
            format!("printf('%02d', {n})")
        } else {
            format!("lpad(({n})::text, 2, '0')")
        }
    };
    let city = format!(
        "case when i % 3 = 0 then '3201' else '32' || {} end",
        two("1 + i % 13")
    );
    let region = format!("{city} || {}", two("1 + (i / 13) % 12"));
    let at = format!("{} + i * {STEP}", first.0);
    let (rid, rid_of) = if sqlite {
        ("rid, ", format!("({at}) / 4, "))
    } else {
        ("", String::new())
    };
    let all = [
        format!(
            "{numbers} insert into tickets ({rid}id, ticket_no, version, cycle_no, kind, channel, category, region, city, street, urgency, subject_type,
             anonymous, confidential, reply_required, state, is_open, accepted_at, accepted_by, updated_at, closed_at, due_at, warn_at, provisional, lead_unit,
             lead_due_at, lead_replied_at, urge_count, first_satisfaction, latest_satisfaction, decline_proposed, query_code_hash, title, content)
             select {rid_of}{id}, 'N' || i, 1, 0, case i % 5 when 0 then '40' else '30' end, case i % 7 when 0 then '02' else '01' end,
             '0' || (1 + i % 9) || '01' || {two}, {region}, {city}, ({region}) || '00' || (1 + i % 4), '1', '1', {no}, {no}, {no},
             case when i <= 27000 then 'CL' when i % 3 = 0 then 'HA' when i % 3 = 1 then 'TD' else 'TV' end, {open}, {at},
             case when i % 900 = 0 then {mine} end, {at} + (i % 97) * 60000, case when i <= 27000 then {at} + 86400000 end,
             {at} + 432000000, {at} + 345600000, {no}, case when i % 750 = 0 then '3201-A' when i % 10 = 0 then '3201-B' end,
             {at} + 400000000, {at} + 300000000, 0, '0', case when i % 4 = 0 then '4' else '0' end, {no}, {bytes}, '路灯', '路灯不亮' from n",
            two = two("1 + (i / 9) % 20"),
            mine = blob(77),
        ),
        format!("insert into units (code, name, parent, path, level, region, active) values ('JS', 'x', null, 'JS/', '1', '320000', {yes}), ('3201-A', 'x', 'JS', 'JS/3201-A/', '1', '320100', {yes}), ('3201-B', 'x', 'JS', 'JS/3201-B/', '1', '320100', {yes})"),
        // Twenty clocks of the ladder are due.
        format!("{numbers} insert into ladder_clocks (ticket_id, clock_id, since, due_at, at) select {id}, {id}, 0, {at}, {now} + (i - 20) * 1000 from n", now = NOW.0),
        // Three thousand tickets wait for their call.
        format!("{numbers} insert into follow_up_pool (ticket_id, cycle_no, due_at, tries) select {id}, 0, {at}, 0 from n where {open}"),
        format!("{numbers} insert into ticket_own (field, value, ticket_id) select 'floor', case when i % 10 = 0 then '6' else '1' end, {id} from n"),
        format!("{numbers} insert into ticket_units (unit, ticket_id, direct) select 'JS', {id}, {no} from n"),
        format!("{numbers} insert into ticket_units (unit, ticket_id, direct) select '3201-B', {id}, {yes} from n where i % 10 = 0"),
        format!("{numbers} insert into ticket_units (unit, ticket_id, direct) select '3201-A', {id}, {yes} from n where i % 750 = 0"),
        format!(
            "{numbers} insert into assignments (id, ticket_id, version, cycle_no, slot, role, unit, unit_path, status, dispatched_at, provisional,
             return_count, final_ruling, reply_passed, updated_at)
             select {id}, {id}, 1, 0, 'lead', 'L', case when i % 750 = 0 then '3201-A' else '3201-B' end,
             case when i % 750 = 0 then 'JS/3201-A/' else 'JS/3201-B/' end, '3', {at}, {no}, 0, {no}, {no}, {at} from n where i % 10 = 0"
        ),
        format!(
            "{numbers} insert into tasks (case_id, task_no, part, case_kind, kind, active, element, role, unit, unit_path, region, city, verbs, opened_at, due_at, due_key, provisional)
             select {id}, 1, 0, 'T', 'M', {yes}, 'x', case i % 4 when 0 then 'agent' when 1 then 'dispatcher' else 'handler' end,
             case when i % 4 > 1 then case when i % 300 > 1 then '3201-B' else '3201-A' end end,
             case when i % 4 > 1 then case when i % 300 > 1 then 'JS/3201-B/' else 'JS/3201-A/' end end,
             {region}, {city}, 'x', {at}, {at} + 1000, {at} + 1000, {no} from n where i > 21000"
        ),
        format!(
            "{numbers} insert into approvals (id, approval_no, version, definition, definition_version, title, status, steps, started_at, started_by,
             started_by_name, unit, unit_path, region, city, updated_at, last_seq, key_id, sealed)
             select {id}, 'A' || i, 1, 'x', 1, 'x', case when i % 20 = 0 then 'RN' else 'EN' end, '{{}}', {at}, {mine}, 'x',
             case when i % 750 = 0 then '3201-A' else '3201-B' end, case when i % 750 = 0 then 'JS/3201-A/' else 'JS/3201-B/' end,
             {region}, {city}, {at}, 1, 'x', {bytes} from n",
            mine = blob(77),
        ),
        // One word of titles is common, one is rare.
        format!("{numbers} insert into approval_terms (term, approval_id) select '路灯', {id} from n"),
        format!("{numbers} insert into approval_terms (term, approval_id) select '桥梁', {id} from n where i % 700 = 0"),
    ];
    for sql in all {
        raw.execute_unprepared(&sql)
            .await
            .unwrap_or_else(|e| panic!("{e}: {sql}"));
    }
    let search = if sqlite {
        format!(
            "{numbers} insert into ticket_search (rowid, grams) select ({at}) / 4, case when i % 700 = 0 then '路灯  桥梁' else '路灯' end from n"
        )
    } else {
        format!(
            "{numbers} insert into ticket_search (ticket_id, chunk, grams) select {id}, 0, cast(case when i % 700 = 0 then '''路灯'':1 ''桥梁'':5' else '''路灯'':1' end as tsvector) from n"
        )
    };
    raw.execute_unprepared(&search).await.expect("search");
    if !sqlite {
        // It plans by numbers; a server without them is one whose vacuum does not run.
        raw.execute_unprepared("vacuum analyze")
            .await
            .expect("counted");
    }
}

pub(crate) fn scopes() -> Vec<(&'static str, Scope)> {
    let region = |prefix: &str| Scope::Region(prefix.to_owned());
    vec![
        ("own", Scope::Own(UserId(Uuid::from_u128(77)))),
        (
            "team",
            Scope::Team([76, 77, 78].map(|n| UserId(Uuid::from_u128(n))).to_vec()),
        ),
        ("small unit", Scope::Unit("3201-A".to_owned())),
        ("unit", Scope::Unit("3201-B".to_owned())),
        ("tree of a unit", Scope::UnitTree("JS/3201-B/".to_owned())),
        ("tree of all", Scope::UnitTree("JS/".to_owned())),
        ("county", region("320103")),
        ("city", region("3201")),
        ("small city", region("3213")),
        ("province", region("32")),
        (
            "two posts",
            Scope::Any(vec![
                Scope::Unit("3201-A".to_owned()),
                Scope::UnitTree("JS/3201-B/".to_owned()),
            ]),
        ),
        (
            "posts of a small unit and a city",
            Scope::Any(vec![Scope::Unit("3201-A".to_owned()), region("3213")]),
        ),
        ("all", Scope::All),
    ]
}

/// Filters as addresses; a walk may have to pass many tickets for the second kind, which then must lie in the index that is walked.
pub(crate) const FILTERS: &[&str] = &[
    "",
    "state=HANDLING",
    "state=CLOSED",
    "state=CLOSED,HANDLING",
    "state=TO_REVIEW,TO_VISIT",
    "kind=tip_off",
    "channel=web&kind=complaint",
    "category=04",
    "category=030111",
    "region=320000",
    "region=320100",
    "region=320103",
    "region=320103001",
    "region=320800",
    "unit=3201-A",
    "unit=3201-B",
    "unit=JS",
    "lead_unit=3201-A",
    "lead_unit=3201-B",
    "own.floor=6",
    "own.floor=1",
    "own.floor=9",
    "own.floor=6&state=HANDLING",
    "light=red",
    "light=green",
    "overdue=true",
    "overdue=false",
    "q=路灯",
    "q=桥梁",
    "q=4711",
    "measure=accepted",
    "measure=closed",
    "measure=overdue",
    "measure=on_time",
    "measure=satisfied",
];

pub(crate) const SORTS: &[&str] = &["-accepted_at", "accepted_at", "due_at", "-updated_at"];

pub(crate) fn query(address: &str, sort: &str) -> TicketQuery {
    let whole = format!("{address}&sort={sort}&limit=20");
    TicketQuery::from_query(whole.trim_start_matches('&'))
        .unwrap_or_else(|e| panic!("{whole}: {e:?}"))
}

/// Reads a whole table although there are indexes.
pub(crate) fn scans_table(work: &Work) -> bool {
    work.plan.iter().any(|line| {
        ["SCAN t", "SCAN k", "SCAN a"].contains(&line.trim()) || line.contains("AUTOMATIC")
    })
}

/// Without the database's numbers and with them; PostgreSQL always has them.
pub(crate) fn passes(world: &World) -> &'static [bool] {
    if world.store.kind() == "sqlite" {
        &[false, true]
    } else {
        &[true]
    }
}

pub(crate) async fn statistics(world: &World) {
    if world.store.kind() == "sqlite" {
        store::bulk::count_months(&world.store)
            .await
            .expect("counted");
        let raw = world.raw().await;
        let row = raw
            .query_one_raw(sea_orm::Statement::from_string(
                sea_orm::DbBackend::Sqlite,
                "select count(*) from sqlite_stat1",
            ))
            .await
            .expect("there are statistics")
            .expect("a row");
        assert!(row.try_get_by_index::<i64>(0).expect("a number") > 10);
    }
}
