//! Monthly partitions on PostgreSQL, made ahead; a default partition takes what falls between.
//! On SQLite there is nothing to do. Bounds are UUIDv7 values whose time is the month's begin in UTC.
//! Not here: which tables are partitioned (`sql/`).

use chrono::{Datelike as _, Months, NaiveDate};
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use shared::calendar::Instant;
use uuid::Uuid;

use crate::{Store, StoreError};

/// Months made beyond the last one asked for.
const AHEAD: u32 = 3;
/// Partitioned tables; their key is a UUIDv7.
const TABLES: [&str; 2] = ["tickets", "ticket_search"];

impl Store {
    /// Makes the months from `from` to `to` and the following three; months that exist are left alone.
    /// A month whose rows already lie in the default partition stays there.
    pub async fn prepare_months(&self, from: Instant, to: Instant) -> Result<(), StoreError> {
        if self.main().get_database_backend() == DbBackend::Sqlite {
            return Ok(());
        }
        let first_day = |at: Instant| at.date().with_day(1).unwrap_or_else(|| at.date());
        let last = first_day(to)
            .checked_add_months(Months::new(AHEAD))
            .unwrap_or_else(|| first_day(to));
        let mut month = first_day(from);
        let there = self.partitions().await?;
        while month <= last {
            for table in TABLES {
                let name = format!("{table}_{:04}_{:02}", month.year(), month.month());
                if !there.contains(&name) {
                    self.make_partition(table, &name, month).await?;
                }
            }
            let Some(next) = month.checked_add_months(Months::new(1)) else {
                break;
            };
            month = next;
        }
        Ok(())
    }

    async fn partitions(&self) -> Result<Vec<String>, StoreError> {
        let sql = "select c.relname::text from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent where p.relname in ('tickets', 'ticket_search')";
        let rows = self
            .main()
            .query_all_raw(Statement::from_string(DbBackend::Postgres, sql))
            .await?;
        rows.iter()
            .map(|r| r.try_get_by_index(0).map_err(StoreError::from))
            .collect()
    }

    async fn make_partition(
        &self,
        table: &str,
        name: &str,
        month: NaiveDate,
    ) -> Result<(), StoreError> {
        let bound =
            |day: NaiveDate| floor(Instant::from_local(day.and_time(chrono::NaiveTime::MIN)));
        let end = month.checked_add_months(Months::new(1)).unwrap_or(month);
        // Names and bounds are made here from a date; DDL takes no parameters.
        let ddl = format!(
            "create table if not exists {name} partition of {table} for values from ('{}') to ('{}')",
            bound(month),
            bound(end)
        );
        match self.main().execute_unprepared(&ddl).await {
            Ok(_) => Ok(()),
            // 23514: rows of this month are in the default partition already.
            Err(error) if error.to_string().contains("would be violated by some row") => {
                tracing::info!(
                    partition = name,
                    "rows of this month stay in the default partition"
                );
                Ok(())
            }
            Err(error) if error.to_string().contains("already exists") => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

/// The smallest UUID whose time part is `at`; a range over ids is a range over acceptance times (I8).
pub(crate) fn floor(at: Instant) -> Uuid {
    Uuid::from_u128(u128::from(u64::try_from(at.0).unwrap_or(0)) << 80)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_an_instant_lie_above_its_floor() {
        let id = uuid::Builder::from_unix_timestamp_millis(1_700_000_000_000, &[0; 10]).into_uuid();
        assert!(floor(Instant(1_700_000_000_000)) <= id);
        assert!(floor(Instant(1_700_000_000_001)) > id);
    }
}
