//! Rows of a list as a revision left them, and with what a draft changes on top.
//! Not here: changing (`draft`).
//! Texts: a state is a condition on two numbers of a row, and a draft is laid over it in one statement along the tables' own order.

use sea_orm::FromQueryResult;
use shared::calendar::Instant;
use shared::register::ListCode;

use super::Part;
use crate::entity::Col;
use crate::sql::{Sql, vals};
use crate::{Conn, StoreError};

/// Which state of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At {
    /// As this revision left it; 0 for before all.
    pub number: i32,
    /// With what this one changes on top.
    pub draft: Option<i32>,
}

/// A row of a state.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Held {
    /// Its key.
    pub key: String,
    /// As it is; absent for one that goes.
    pub body: Option<String>,
    /// As it was before the draft; absent for a new one.
    pub before: Option<String>,
    /// The key again where the draft changes it.
    pub touched: Option<String>,
}

/// Which rows of a state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Look {
    /// Those with these words.
    pub words: Option<String>,
    /// Those behind this key.
    pub after: Option<String>,
    /// So many at most.
    pub limit: usize,
}

/// The rows of a state in the order of keys; those that a draft takes away are among them, with the page.
pub async fn page(
    conn: &dyn Conn,
    part: &Part,
    at: At,
    look: &Look,
) -> Result<Vec<Held>, StoreError> {
    let mut sql = held(part, at, look);
    sql.text(" union all ").append(added(part, at, look));
    sql.text(" order by 1").limit(look.limit);
    conn.handle().rows(sql).await
}

/// What a revision changes, with the rows before, in the order of keys.
pub async fn changes(
    conn: &dyn Conn,
    part: &Part,
    (base, number): (i32, i32),
    look: &Look,
) -> Result<Vec<Held>, StoreError> {
    let after = look.after.clone().unwrap_or_default();
    let mut sql = Sql::new(
        "select c.key as key, c.body as body, r.body as before, c.key as touched from register_changes c
         left join register_rows r on r.list = c.list and r.area = c.area and r.key = c.key and r.since <= ? and (r.ended is null or r.ended > ?)
         where c.list = ? and c.area = ? and c.number = ? and c.key > ?",
        vals![base, base, part.list, part.area.clone(), number, after],
    );
    if let Some(words) = &look.words {
        let like = pattern(words);
        sql.push(
            " and (c.words like ? escape '\\' or r.words like ? escape '\\')",
            vals![like.clone(), like],
        );
    }
    sql.text(" order by c.key").limit(look.limit);
    conn.handle().rows(sql).await
}

/// Every row that a state has, up to a number.
pub async fn rows(
    conn: &dyn Conn,
    part: &Part,
    at: At,
    limit: usize,
) -> Result<Vec<Held>, StoreError> {
    let look = Look {
        limit,
        ..Look::default()
    };
    let mut rows = page(conn, part, at, &look).await?;
    rows.retain(|row| row.body.is_some());
    Ok(rows)
}

/// One row of a state.
pub async fn get(
    conn: &dyn Conn,
    part: &Part,
    at: At,
    key: &str,
) -> Result<Option<Held>, StoreError> {
    let look = Look::default();
    let mut sql = held(part, at, &look);
    sql.push(" and r.key = ?", vals![key]).text(" union all ");
    let mut new = added(part, at, &look);
    new.push(" and c.key = ?", vals![key]);
    sql.append(new);
    Ok(conn.handle().rows(sql).await?.pop())
}

/// A row that held once.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
struct Past {
    key: String,
    body: String,
    until: Col<Option<Instant>>,
}

/// Rows of a list that other rows have taken the place of, or none, with the instant until which each held; by key, the oldest first.
pub async fn past(
    conn: &dyn Conn,
    list: ListCode,
) -> Result<Vec<(String, String, Instant)>, StoreError> {
    let sql = Sql::new(
        "select r.key as key, r.body as body, v.valid_from as until from register_rows r
         join register_revisions v on v.list = r.list and v.area = r.area and v.number = r.ended
         where r.list = ? and v.applied_at is not null order by r.key, v.valid_from",
        vals![list],
    );
    let rows = conn.handle().rows::<Past>(sql).await?;
    let whole = |row: Past| Some((row.key, row.body, row.until.0?));
    Ok(rows.into_iter().filter_map(whole).collect())
}

/// How many rows a state has.
pub async fn count(conn: &dyn Conn, part: &Part, at: At) -> Result<i64, StoreError> {
    let h = conn.handle();
    let kept = Sql::new(
        "select count(*) from register_rows r where r.list = ? and r.area = ? and r.since <= ? and (r.ended is null or r.ended > ?)",
        vals![part.list, part.area.clone(), at.number, at.number],
    );
    let kept = h.number(kept).await?;
    let Some(draft) = at.draft else {
        return Ok(kept);
    };
    let counts = super::counts(conn, part, (at.number, draft)).await?;
    Ok(kept + counts.new - counts.gone)
}

/// Rows that were there before the draft.
fn held(part: &Part, at: At, look: &Look) -> Sql {
    let after = look.after.clone().unwrap_or_default();
    let mut sql = Sql::new(
        "select r.key as key, case when c.key is null then r.body else c.body end as body, r.body as before, c.key as touched from register_rows r
         left join register_changes c on c.list = r.list and c.area = r.area and c.key = r.key and c.number = ?
         where r.list = ? and r.area = ? and r.since <= ? and (r.ended is null or r.ended > ?) and r.key > ?",
        vals![
            at.draft.unwrap_or(0),
            part.list,
            part.area.clone(),
            at.number,
            at.number,
            after
        ],
    );
    if let Some(words) = &look.words {
        let like = pattern(words);
        sql.push(
            " and (r.words like ? escape '\\' or c.words like ? escape '\\')",
            vals![like.clone(), like],
        );
    }
    sql
}

/// Rows that the draft brings.
fn added(part: &Part, at: At, look: &Look) -> Sql {
    let after = look.after.clone().unwrap_or_default();
    let mut sql = Sql::new(
        "select c.key, c.body, null, c.key from register_changes c
         where c.list = ? and c.area = ? and c.number = ? and c.body is not null and c.key > ?
         and not exists (select 1 from register_rows r where r.list = c.list and r.area = c.area and r.key = c.key and r.since <= ? and (r.ended is null or r.ended > ?))",
        vals![
            part.list,
            part.area.clone(),
            at.draft.unwrap_or(0),
            after,
            at.number,
            at.number
        ],
    );
    if let Some(words) = &look.words {
        sql.push(" and c.words like ? escape '\\'", vals![pattern(words)]);
    }
    sql
}

/// Anywhere in the words, in small letters.
fn pattern(words: &str) -> String {
    let mut like = String::from("%");
    for c in words.to_lowercase().chars() {
        if matches!(c, '%' | '_' | '\\') {
            like.push('\\');
        }
        like.push(c);
    }
    like.push('%');
    like
}
