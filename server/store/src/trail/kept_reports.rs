//! Reports that were kept: written once, signed once, read by whom their scope lies in, with remarks that only grow.
//! Not here: what they say (services).
//! Texts: the scope is a condition on the report's own, and lists are walked along the time of making.

use std::sync::LazyLock;

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder as _, QuerySelect as _};
use shared::access::Scope;
use shared::calendar::Instant;
use shared::ids::UserId;
use shared::report::ReportName;

use crate::entity::report::{kept, part, remark};
use crate::entity::table;
use crate::record::{KeptReport, ReportComment, ReportPart};
use crate::scope::{above, root_of};
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError, Tx};

/// Remarks that are read of one report.
const MOST_REMARKS: u64 = 200;

static COLUMNS: LazyLock<&str> = LazyLock::new(|| table::columns::<kept::Entity>("r"));

/// Whose reports somebody reads: those inside a scope, and his own.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    pub scope: &'a Scope,
    pub user: Option<UserId>,
}

/// How a scope stands beside a report: a letter and a place. That of several posts is told by all its parts, unless one of them is of persons.
pub fn reach_of(scope: &Scope) -> (&'static str, String) {
    match scope {
        Scope::All => ("A", String::new()),
        Scope::Region(prefix) => ("R", prefix.clone()),
        Scope::UnitTree(path) => ("U", path.clone()),
        Scope::Any(parts) => match several(parts) {
            Some(parts) => ("M", joined(&parts)),
            None => ("O", String::new()),
        },
        Scope::Own(_) | Scope::Team(_) | Scope::Unit(_) => ("O", String::new()),
    }
}

/// The parts of the scope of several posts, for the rows beside a report; none of any other scope.
pub fn parts_of(scope: &Scope, no: &str) -> Vec<ReportPart> {
    let Scope::Any(parts) = scope else {
        return Vec::new();
    };
    let part = |(letter, place): (&str, String)| ReportPart {
        report: no.to_owned(),
        letter: letter.to_owned(),
        place,
    };
    let several = several(parts).unwrap_or_default();
    several.into_iter().map(part).collect()
}

/// Letter and place of every part; nothing where a part is of persons, whom no other scope holds for good.
fn several(parts: &[Scope]) -> Option<Vec<(&'static str, String)>> {
    let part = |part: &Scope| match part {
        Scope::Region(prefix) => Some(("R", prefix.clone())),
        Scope::UnitTree(path) => Some(("U", path.clone())),
        Scope::Unit(code) => Some(("N", code.clone())),
        Scope::Own(_) | Scope::Team(_) | Scope::Any(_) | Scope::All => None,
    };
    parts.iter().map(part).collect()
}

/// The same parts always read alike.
fn joined(parts: &[(&'static str, String)]) -> String {
    let words: Vec<String> = parts
        .iter()
        .map(|(letter, place)| format!("{letter}:{place}"))
        .collect();
    words.join(" ")
}

/// One report, when it is the reader's to see.
pub async fn find(
    conn: &dyn Conn,
    reader: Reader<'_>,
    no: &str,
) -> Result<Option<KeptReport>, StoreError> {
    let mut sql = select();
    sql.push(" where r.no = ?", vals![no])
        .append(visible(reader));
    let row = conn.handle().row::<kept::Model>(sql).await?;
    Ok(row.map(Into::into))
}

/// A page of reports, newest first, behind a place of the list.
pub async fn page(
    conn: &dyn Conn,
    reader: Reader<'_>,
    (after, most): (Option<(Instant, &str)>, usize),
) -> Result<Vec<KeptReport>, StoreError> {
    let mut sql = select();
    match after {
        Some((at, no)) => sql.push(
            " where (r.made_at < ? or (r.made_at = ? and r.no < ?))",
            vals![at, at, no],
        ),
        None => sql.text(" where 1 = 1"),
    };
    sql.append(visible(reader))
        .text(" order by r.made_at desc, r.no desc");
    sql.limit(most);
    let rows = conn.handle().rows::<kept::Model>(sql).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Reports over the same time, area, category and scope as one, in the order of their making: the last before it, and the first after it.
pub async fn neighbours(
    conn: &dyn Conn,
    of: &KeptReport,
) -> Result<[Option<KeptReport>; 2], StoreError> {
    let mut found = [None, None];
    for (slot, (side, order)) in found.iter_mut().zip([
        (" and r.made_at < ?", " order by r.made_at desc"),
        (" and r.made_at > ?", " order by r.made_at"),
    ]) {
        let mut sql = select();
        sql.push(
            " where r.name = ? and r.period = ? and r.reach = ? and r.place = ?",
            vals![of.name, &of.period, &of.reach, &of.place],
        )
        .push(
            " and coalesce(r.region, '') = ? and coalesce(r.category, '') = ?",
            vals![
                of.region.clone().unwrap_or_default(),
                of.category.clone().unwrap_or_default()
            ],
        );
        // What nobody else sees has neighbours of its maker's alone.
        if of.reach == "O" {
            sql.push(" and r.maker = ?", vals![of.maker]);
        }
        sql.push(side, vals![of.made_at]).text(order);
        sql.limit(1);
        let row = conn.handle().row::<kept::Model>(sql).await?;
        *slot = row.map(Into::into);
    }
    Ok(found)
}

/// How many there are of a report's time, whoever made them; the next number follows from it.
pub async fn count(tx: &Tx, name: ReportName, period: &str) -> Result<i64, StoreError> {
    let sql = Sql::new(
        "select count(*) from reports r where r.name = ? and r.period = ?",
        vals![name, period],
    );
    tx.handle().number(sql).await
}

/// Writes a report with the parts of its scope.
pub async fn insert(tx: &Tx, report: &KeptReport, scope: &Scope) -> Result<(), StoreError> {
    let rows = std::iter::once(report.values(kept::Beside {}));
    table::put(tx, table::insert::<kept::Entity>(), rows).await?;
    let parts = parts_of(scope, &report.no);
    if parts.is_empty() {
        return Ok(());
    }
    let rows = parts.iter().map(|part| part.values(part::Beside {}));
    table::put(tx, table::insert::<part::Entity>(), rows).await
}

/// Writes who signed a report that nobody has signed; false when somebody was faster.
pub async fn sign(tx: &Tx, report: &KeptReport) -> Result<bool, StoreError> {
    let update = kept::Entity::update_many()
        .set(report.moved())
        .filter(kept::Column::No.eq(report.no.as_str()))
        .filter(kept::Column::SignedAt.is_null());
    Ok(tx.handle().change(&update).await? > 0)
}

/// Adds a remark.
pub async fn remark(tx: &Tx, remark: &ReportComment) -> Result<(), StoreError> {
    let rows = std::iter::once(remark.values(remark::Beside {}));
    table::put(tx, table::insert::<remark::Entity>(), rows).await
}

/// The remarks on a report that the caller has read, oldest first.
pub async fn remarks(conn: &dyn Conn, no: &str) -> Result<Vec<ReportComment>, StoreError> {
    let select = remark::Entity::find()
        .filter(remark::Column::Report.eq(no))
        .order_by_asc(remark::Column::Id)
        .limit(MOST_REMARKS);
    conn.handle().records(select).await
}

fn select() -> Sql {
    let mut sql = Sql::new("select ", vals![]);
    sql.text(*COLUMNS).text(" from reports r");
    sql
}

/// ` and …` for what somebody may read: his own, and what counted nothing outside his scope.
fn visible(reader: Reader<'_>) -> Sql {
    if *reader.scope == Scope::All {
        return Sql::default();
    }
    let mut sql = Sql::new(" and (1 = 0", vals![]);
    if let Some(user) = reader.user {
        sql.push(" or r.maker = ?", vals![user]);
    }
    for part in crate::scope::parts(reader.scope) {
        let (letter, place) = reach_of(part);
        if matches!(letter, "R" | "U") {
            sql.push(
                " or (r.reach = ? and r.place >= ? and r.place < ?)",
                vals![letter, &place, above(&place)],
            );
        }
    }
    sql.append(of_several(reader.scope)).text(")");
    sql
}

/// ` or …` for what was counted in the scope of several posts, each part of which lies in one of the reader's.
fn of_several(scope: &Scope) -> Sql {
    let mut sql = Sql::new(
        " or (r.reach = 'M' and not exists (select 1 from report_parts p where p.report = r.no and not (1 = 0",
        vals![],
    );
    for part in crate::scope::parts(scope) {
        if let Scope::Region(prefix) = part {
            sql.push(
                " or (p.letter = 'R' and p.place >= ? and p.place < ?)",
                vals![prefix, above(prefix)],
            );
        }
        if let Scope::UnitTree(path) = part {
            sql.push(
                " or (p.letter = 'U' and p.place >= ? and p.place < ?) or (p.letter = 'N' and p.place = ?)",
                vals![path, above(path), root_of(path)],
            );
        }
        if let Scope::Unit(code) = part {
            sql.push(" or (p.letter = 'N' and p.place = ?)", vals![code]);
        }
    }
    sql.text(")))");
    sql
}
