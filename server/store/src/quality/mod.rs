//! Quality of data as it is kept: what the rules look at, page by page, and what they found.
//! Not here: the rules (`shared::quality`), the look itself (services).
//! Lists and scores are cut to a scope in SQL: a unit sees what is its own to see to, an area what lies in it.

mod counts;
mod list;
mod live;
mod look;
mod months;
mod write;

pub use counts::{Opened, count, counts, opened};
pub use list::{Listed, Wanted, get, list};
pub use live::{answered_before, live, put_live};
pub use look::{Duplicate, Like, cases, duplicates, ids, last_replies, replies_before};
pub use months::{OpenedOf, is_month_frozen, months, opened_of, put_months};
pub use write::{Standing, change, close, put, replace_counts, see, standing};

use shared::access::Scope;

use crate::scope::{above, any, reaches, region, within};
use crate::sql::{Sql, vals};

/// ` and …` for the findings (`f`, of the ticket `t`) that a scope reaches.
fn reached(scope: &Scope) -> Sql {
    match scope {
        Scope::Own(_) | Scope::Team(_) => within(scope),
        // Its own to see to, of tickets that it may know of.
        Scope::Unit(code) => {
            let mut sql = Sql::new(" and f.unit = ?", vals![code]);
            sql.append(reaches(scope));
            sql
        }
        Scope::UnitTree(path) => {
            let mut sql = Sql::new(
                " and f.unit_path >= ? and f.unit_path < ?",
                vals![path, above(path)],
            );
            sql.append(reaches(scope));
            sql
        }
        Scope::Region(prefix) => region(prefix),
        Scope::Any(parts) => any(parts, reached),
        Scope::All => Sql::default(),
    }
}

/// ` and …` for the counts (`q`) of units and places that a scope reaches; none where it reaches single tickets only.
fn counted(scope: &Scope) -> Sql {
    match scope {
        Scope::Own(_) | Scope::Team(_) => Sql::new(" and 1 = 0", vals![]),
        Scope::Unit(code) => Sql::new(" and q.unit = ?", vals![code]),
        Scope::UnitTree(path) => Sql::new(
            " and q.unit_path >= ? and q.unit_path < ?",
            vals![path, above(path)],
        ),
        Scope::Region(prefix) => match prefix.strip_suffix('-') {
            Some(itself) => Sql::new(" and q.region = ?", vals![itself]),
            None => Sql::new(
                " and q.region >= ? and q.region < ?",
                vals![prefix, above(prefix)],
            ),
        },
        Scope::Any(parts) => any(parts, counted),
        Scope::All => Sql::default(),
    }
}
