//! Frozen figures: written once, adjusted by further rows, read by city.
//! Not here: when something is frozen (services), counting (`tickets::cube`).
//! Texts: the scope is a condition on the city, and what is no area has no frozen figures.

use std::sync::LazyLock;

use sea_orm::FromQueryResult;
use shared::access::Scope;
use shared::measure::Measure;

use crate::bulk::rows::Insert;
use crate::entity::table;
use crate::entity::trail::frozen_figure::{Beside, Entity, Model};
use crate::record::FrozenFigure;
use crate::scope::{above, any};
use crate::sql::{Bind as _, Sql, vals};
use crate::{Conn, StoreError, Tx};

static COLUMNS: LazyLock<&str> = LazyLock::new(|| table::columns::<Entity>("f"));

/// What is there already stays: two servers may freeze the same night.
static INSERT: LazyLock<Insert> = LazyLock::new(|| Insert {
    tail: " on conflict do nothing",
    ..table::insert::<Entity>()
});

#[derive(FromQueryResult)]
struct Named {
    period: String,
}

/// What is frozen of a period in a scope, of some measures: by measure, city and revision.
pub async fn of_period(
    conn: &dyn Conn,
    scope: &Scope,
    period: &str,
    measures: &[Measure],
) -> Result<Vec<FrozenFigure>, StoreError> {
    let mut sql = Sql::new("select ", vals![]);
    sql.text(*COLUMNS)
        .push(" from frozen_figures f where f.period = ?", vals![period])
        .text(" and f.measure in ")
        .list(measures.iter().map(|measure| measure.bind()).collect())
        .append(cities(scope))
        .text(" order by f.measure, f.city, f.revision");
    let rows = conn.handle().rows::<Model>(sql).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// The newest frozen periods, days and months apart by their length.
pub async fn periods(conn: &dyn Conn, most: usize) -> Result<Vec<String>, StoreError> {
    let mut sql = Sql::new(
        "select distinct f.period from frozen_figures f where f.city = '' order by f.period desc",
        vals![],
    );
    sql.limit(most);
    let rows = conn.handle().rows::<Named>(sql).await?;
    Ok(rows.into_iter().map(|row| row.period).collect())
}

/// Whether a period is frozen.
pub async fn is_frozen(conn: &dyn Conn, period: &str) -> Result<bool, StoreError> {
    let sql = Sql::new(
        "select count(*) from (select 1 from frozen_figures f where f.city = '' and f.period = ? limit 1) x",
        vals![period],
    );
    Ok(conn.handle().number(sql).await? > 0)
}

/// Writes figures that are not there yet.
pub async fn put(tx: &Tx, figures: &[FrozenFigure]) -> Result<(), StoreError> {
    let rows = figures.iter().map(|figure| figure.values(Beside {}));
    table::put(tx, *INSERT, rows).await
}

/// ` and …` for the cities of a scope; nobody's figures are frozen below a city.
fn cities(scope: &Scope) -> Sql {
    match scope {
        Scope::All => Sql::default(),
        Scope::Region(prefix) => Sql::new(
            " and f.city >= ? and f.city < ?",
            vals![prefix, above(prefix)],
        ),
        Scope::Any(parts) => any(parts, cities),
        Scope::Own(_) | Scope::Team(_) | Scope::Unit(_) | Scope::UnitTree(_) => {
            Sql::new(" and 1 = 0", vals![])
        }
    }
}
