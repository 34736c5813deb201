//! Monthly partitions on PostgreSQL, made ahead, side by side from the beginning of time to its end: what is no month yet lies in a rest.
//! There is no default partition, with which PostgreSQL could not read one month after another and stop when a page is full.
//! On SQLite there is nothing to do. Bounds are UUIDv7 values whose time is the month's begin in +08:00.
//! Not here: which tables are partitioned (`sql/`).

use chrono::{Datelike as _, Months, NaiveDate};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, Statement, TransactionTrait as _, Value,
};
use shared::calendar::Instant;
use uuid::Uuid;

use crate::sql::only;
use crate::{Store, StoreError};

/// Months made beyond the last one asked for.
const AHEAD: u32 = 3;
/// Partitioned tables; their key is a UUIDv7.
const TABLES: [&str; 2] = ["tickets", "ticket_search"];
/// Months cut in one transaction, which keeps everybody else off the table.
const AT_ONCE: usize = 12;
/// One server cuts at a time.
const LOCK: i64 = 0x6d6f_6e74_6873;

impl Store {
    /// Makes the months from `from` to `to` and the following three; months that exist are left alone. How many were made.
    ///
    /// A rest in which rows lie already, because the clock was far ahead of the months, is left as it is: they are found there as well.
    pub async fn prepare_months(&self, from: Instant, to: Instant) -> Result<u64, StoreError> {
        if self.main().get_database_backend() == DbBackend::Sqlite {
            return Ok(0);
        }
        let wanted = months(from, to);
        let owns = owns(self.main()).await?;
        let mut made = 0;
        for table in TABLES {
            let pieces = pieces(self.main(), table).await?;
            let missing: Vec<NaiveDate> = wanted
                .iter()
                .copied()
                .filter(|month| !pieces.iter().any(|piece| piece.name == name(table, *month)))
                .collect();
            if missing.is_empty() && is_whole(&pieces) {
                continue;
            }
            for some in missing
                .chunks(AT_ONCE)
                .chain(missing.is_empty().then_some(&[][..]))
            {
                let txn = self.main().begin().await?;
                let hand = Hand {
                    txn: &txn,
                    table,
                    owns,
                };
                made += hand.cut(some).await?;
                txn.commit().await?;
            }
        }
        Ok(made)
    }
}

/// A partition and its bounds; `None` is the beginning or the end of time.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    name: String,
    from: Option<Uuid>,
    to: Option<Uuid>,
}

impl Piece {
    fn has(&self, month: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= begin(month))
            && self.to.is_none_or(|to| begin(after(month)) <= to)
    }
}

/// Whether who is signed in owns the tables; who only serves lays months by the owner's functions (`net/protect.sql`).
async fn owns(conn: &impl ConnectionTrait) -> Result<bool, StoreError> {
    let sql = "select count(*) from pg_class c where c.oid = to_regclass('tickets') and not pg_has_role(c.relowner, 'usage')";
    let row = conn
        .query_one_raw(Statement::from_string(DbBackend::Postgres, sql))
        .await?;
    Ok(row.as_ref().map_or(Ok(0), only::<i64>)? == 0)
}

/// Works on one table in a transaction.
struct Hand<'t> {
    txn: &'t DatabaseTransaction,
    table: &'static str,
    owns: bool,
}

impl Hand<'_> {
    /// Cuts months out of the rests in which they lie, and lays rests into gaps.
    async fn cut(&self, wanted: &[NaiveDate]) -> Result<u64, StoreError> {
        let (txn, table) = (self.txn, self.table);
        let lock = format!("select pg_advisory_xact_lock({LOCK})");
        txn.execute_unprepared(&lock).await?;
        let mut there = pieces(txn, table).await?;
        for gap in gaps(table, &there) {
            self.lay(&gap).await?;
            there.push(gap);
        }
        let mut made = 0;
        for rest in there.iter().filter(|piece| is_rest(table, piece)) {
            let inside: Vec<NaiveDate> = wanted
                .iter()
                .copied()
                .filter(|month| rest.has(*month))
                .collect();
            let Some((first, last)) = inside.first().zip(inside.last()) else {
                continue;
            };
            if self.has_rows(rest).await? {
                tracing::warn!(partition = rest.name, %first, %last, "months are not made, for rows lie in their place");
                continue;
            }
            self.take_out(rest).await?;
            let month = |month: &NaiveDate| Piece {
                name: name(table, *month),
                from: Some(begin(*month)),
                to: Some(begin(after(*month))),
            };
            let parts: Vec<Piece> = std::iter::once(rest_of(table, rest.from, Some(begin(*first))))
                .chain(inside.iter().map(month))
                .chain([rest_of(table, Some(begin(after(*last))), rest.to)])
                .filter(|part| part.from.is_none() || part.from != part.to)
                .collect();
            for part in &parts {
                self.lay(part).await?;
            }
            made += inside.len() as u64;
        }
        Ok(made)
    }

    async fn lay(&self, piece: &Piece) -> Result<(), StoreError> {
        if self.owns {
            // Names and bounds are made here from dates; DDL takes no parameters.
            let ddl = create(self.table, piece);
            self.txn.execute_unprepared(&ddl).await?;
            return Ok(());
        }
        let lay = Statement::from_sql_and_values(
            DbBackend::Postgres,
            "select minsheng_lay($1, $2, $3, $4)",
            [
                self.table.into(),
                piece.name.as_str().into(),
                piece.from.into(),
                piece.to.into(),
            ],
        );
        self.txn.execute_raw(lay).await?;
        Ok(())
    }

    async fn has_rows(&self, rest: &Piece) -> Result<bool, StoreError> {
        let sql = if self.owns {
            let found = format!("select exists (select 1 from {})", rest.name);
            Statement::from_string(DbBackend::Postgres, found)
        } else {
            let found = "select minsheng_rest_has_rows($1, $2)";
            let of: [Value; 2] = [self.table.into(), rest.name.as_str().into()];
            Statement::from_sql_and_values(DbBackend::Postgres, found, of)
        };
        let row = self.txn.query_one_raw(sql).await?;
        Ok(row.as_ref().map_or(Ok(false), only)?)
    }

    async fn take_out(&self, rest: &Piece) -> Result<(), StoreError> {
        let (table, name) = (self.table, &rest.name);
        if self.owns {
            let detach = format!("alter table {table} detach partition {name}");
            self.txn.execute_unprepared(&detach).await?;
            let away = format!("drop table {name}");
            self.txn.execute_unprepared(&away).await?;
            return Ok(());
        }
        let of: [Value; 2] = [table.into(), name.as_str().into()];
        let sql = "select minsheng_take_out($1, $2)";
        let take = Statement::from_sql_and_values(DbBackend::Postgres, sql, of);
        self.txn.execute_raw(take).await?;
        Ok(())
    }
}

fn create(table: &str, piece: &Piece) -> String {
    let bound = |at: Option<Uuid>, open: &str| at.map_or(open.to_owned(), |at| format!("'{at}'"));
    format!(
        "create table {} partition of {table} for values from ({}) to ({})",
        piece.name,
        bound(piece.from, "minvalue"),
        bound(piece.to, "maxvalue")
    )
}

/// The partitions of a table in order.
async fn pieces(conn: &impl ConnectionTrait, table: &str) -> Result<Vec<Piece>, StoreError> {
    let sql = "select c.relname::text as name, pg_get_expr(c.relpartbound, c.oid) as bounds from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = to_regclass($1)";
    let rows = conn
        .query_all_raw(Statement::from_sql_and_values(
            DbBackend::Postgres,
            sql,
            [table.into()],
        ))
        .await?;
    let mut pieces = Vec::with_capacity(rows.len());
    for row in rows {
        // Absent while another server takes the partition out; under the lock there is no other.
        let Some(bounds) = row.try_get::<Option<String>>("", "bounds")? else {
            continue;
        };
        let (from, to) = read_bounds(&bounds)
            .ok_or_else(|| StoreError::Unfit(format!("a partition of {table} is {bounds}")))?;
        pieces.push(Piece {
            name: row.try_get("", "name")?,
            from,
            to,
        });
    }
    pieces.sort_by_key(|piece| piece.from);
    Ok(pieces)
}

/// Reads `FOR VALUES FROM ('…') TO (MAXVALUE)`.
fn read_bounds(text: &str) -> Option<(Option<Uuid>, Option<Uuid>)> {
    let (from, to) = text
        .strip_prefix("FOR VALUES FROM (")?
        .strip_suffix(')')?
        .split_once(") TO (")?;
    let read = |bound: &str, open: &str| {
        if bound == open {
            return Some(None);
        }
        Uuid::parse_str(bound.trim_matches('\'')).ok().map(Some)
    };
    Some((read(from, "MINVALUE")?, read(to, "MAXVALUE")?))
}

/// Whether no time is without a partition.
fn is_whole(pieces: &[Piece]) -> bool {
    gaps("", pieces).is_empty()
}

/// Rests for the times that no partition has; the pieces are in order.
fn gaps(table: &str, pieces: &[Piece]) -> Vec<Piece> {
    let mut gaps = Vec::new();
    let mut done = None;
    for piece in pieces {
        if piece.from != done {
            gaps.push(rest_of(table, done, piece.from));
        }
        done = piece.to;
    }
    if pieces.is_empty() || done.is_some() {
        gaps.push(rest_of(table, done, None));
    }
    gaps
}

fn is_rest(table: &str, piece: &Piece) -> bool {
    piece
        .name
        .strip_prefix(table)
        .is_some_and(|rest| rest.starts_with("_rest_"))
}

fn rest_of(table: &str, from: Option<Uuid>, to: Option<Uuid>) -> Piece {
    let word = |at: Option<Uuid>, open: &str| {
        at.map_or(open.to_owned(), |at| {
            let millis = i64::try_from(at.as_u128() >> 80).unwrap_or(i64::MAX);
            Instant(millis).local().format("%Y_%m").to_string()
        })
    };
    Piece {
        name: format!("{table}_rest_{}_{}", word(from, "begin"), word(to, "end")),
        from,
        to,
    }
}

fn name(table: &str, month: NaiveDate) -> String {
    format!("{table}_{}", month.format("%Y_%m"))
}

/// The months between two instants, with those made ahead. A key knows no time before 1970.
fn months(from: Instant, to: Instant) -> Vec<NaiveDate> {
    let of = |at: Instant| first_day(Instant(at.0.max(0)).date());
    let last = of(to).checked_add_months(Months::new(AHEAD));
    let mut months = vec![of(from)];
    while let Some(month) = months.last().copied().map(after)
        && Some(month) <= last
    {
        months.push(month);
    }
    months
}

fn first_day(date: NaiveDate) -> NaiveDate {
    date.with_day(1).unwrap_or(date)
}

fn after(month: NaiveDate) -> NaiveDate {
    month.checked_add_months(Months::new(1)).unwrap_or(month)
}

fn begin(month: NaiveDate) -> Uuid {
    floor(Instant::from_local(month.and_time(chrono::NaiveTime::MIN)))
}

/// The smallest UUID whose time part is `at`; a range over ids is a range over acceptance times (I8).
pub(crate) fn floor(at: Instant) -> Uuid {
    /// 48 bits of milliseconds: the year 10889.
    const LAST: u64 = (1 << 48) - 1;
    Uuid::from_u128(u128::from(u64::try_from(at.0).unwrap_or(0).min(LAST)) << 80)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn piece(month: &str) -> Piece {
        Piece {
            name: name("tickets", day(month)),
            from: Some(begin(day(month))),
            to: Some(begin(after(day(month)))),
        }
    }

    #[test]
    fn ids_of_an_instant_lie_above_its_floor() {
        let id = uuid::Builder::from_unix_timestamp_millis(1_700_000_000_000, &[0; 10]).into_uuid();
        assert!(floor(Instant(1_700_000_000_000)) <= id);
        assert!(floor(Instant(1_700_000_000_001)) > id);
        assert!(floor(Instant(i64::MAX)) > id, "no bound wraps around");
    }

    #[test]
    fn bounds_are_read_as_the_database_writes_them() {
        let text = "FOR VALUES FROM (MINVALUE) TO ('019fb8e7-6400-0000-0000-000000000000')";
        let (from, to) = read_bounds(text).expect("bounds");
        assert_eq!(from, None);
        assert_eq!(to, Some(begin(day("2026-08-01"))));
        assert_eq!(read_bounds("DEFAULT"), None);
    }

    #[test]
    fn rests_lie_in_every_gap() {
        let names = |pieces: &[Piece]| -> Vec<String> {
            gaps("tickets", pieces)
                .into_iter()
                .map(|gap| gap.name)
                .collect()
        };
        assert_eq!(names(&[]), ["tickets_rest_begin_end"]);
        assert_eq!(
            names(&[
                piece("2016-04-01"),
                piece("2016-05-01"),
                piece("2026-03-01")
            ]),
            [
                "tickets_rest_begin_2016_04",
                "tickets_rest_2016_06_2026_03",
                "tickets_rest_2026_04_end"
            ]
        );
        let whole = rest_of("tickets", None, None);
        assert!(is_whole(std::slice::from_ref(&whole)) && is_rest("tickets", &whole));
        assert!(!is_rest("tickets", &piece("2026-03-01")));
    }

    #[test]
    fn months_go_on_for_three_more_and_begin_in_1970() {
        let at = |text: &str| Instant::parse(text).expect("an instant");
        let list = months(
            at("2025-11-30T23:59:59+08:00"),
            at("2025-12-01T00:00:00+08:00"),
        );
        assert_eq!(list.first(), Some(&day("2025-11-01")));
        assert_eq!(list.last(), Some(&day("2026-03-01")));
        assert_eq!(
            months(Instant(-1), Instant(0)).first(),
            Some(&day("1970-01-01"))
        );
    }
}
