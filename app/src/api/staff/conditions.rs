//! What the list's page reads beside the filters of its form: conditions as they were typed, a row that is added to them, how the list divides.
//! Not here: the language (`shared::query::language`), the page (`pages::staff::list`).
//! What cannot be read stays as it was typed, with its mistake; nothing is listed then.

use serde::{Deserialize, Serialize};
use shared::query::facet::Shares;
use shared::query::unseen::Unseen;
use shared::query::view::ViewRow;

/// What stands beside the rows.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Beside {
    /// Conditions as they were typed, when they cannot be read.
    pub typed: Option<String>,
    /// A row that cannot be added: its field, its operator and its value.
    pub row: Option<[String; 3]>,
    /// How the list divides, where that was asked for.
    pub shares: Option<Vec<Shares>>,
    /// Why a number finds nothing, for whoever may know.
    pub unseen: Option<Unseen>,
    /// Saved views: one's own and those that colleagues share.
    pub views: Vec<ViewRow>,
    /// The columns that the reader keeps for lists whose address names none.
    pub mine: Vec<String>,
}

#[cfg(feature = "ssr")]
pub(super) use reading::{Read, read};

#[cfg(feature = "ssr")]
mod reading {
    use shared::fault::Fault;
    use shared::query::language::{Expr, WHERE, added};
    use shared::query::{TicketQuery, pairs_of, value_of};

    use super::Beside;

    /// An address as it was read.
    pub struct Read {
        pub query: TicketQuery,
        pub beside: Beside,
        /// Whether it was asked how the list divides.
        pub divided: bool,
        /// What is wrong with the conditions.
        pub fault: Option<Fault>,
    }

    /// Reads the address of a list; a row that is typed there becomes one of its conditions.
    ///
    /// # Errors
    /// As `TicketQuery::from_pairs`, but for the conditions.
    pub fn read(query: &str) -> Result<Read, Fault> {
        let mut pairs = pairs_of(query);
        let value = |name: &str| value_of(&pairs, name).unwrap_or_default().to_owned();
        let typed = value(WHERE);
        let row = [value("row_field"), value("row_op"), value("row_value")];
        let (or, divided) = (value("row_join") == "or", value("facets") == "true");
        pairs.retain(|(name, _)| {
            !["facets", "fields", "done", "filling", WHERE].contains(&name.as_str())
                && !name.starts_with("row_")
        });
        let mut read = Read {
            query: TicketQuery::from_pairs(&pairs)?,
            beside: Beside::default(),
            divided,
            fault: None,
        };
        let expr = (!typed.is_empty()).then(|| Expr::parse(&typed)).transpose();
        match expr {
            Ok(expr) => read.query.filter.expr = expr,
            Err(mistake) => {
                read.fault = Some(mistake.fault());
                read.beside.typed = Some(typed);
                return Ok(read);
            }
        }
        let [field, op, value] = &row;
        if field.is_empty() {
            return Ok(read);
        }
        match added(read.query.filter.expr.clone(), (field, op, value), or) {
            Ok(expr) => {
                read.query.filter.expr = Some(expr);
                read.query.cursor = None;
            }
            Err(mistake) => {
                read.fault = Some(mistake.fault());
                read.beside.row = Some(row);
            }
        }
        Ok(read)
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn a_row_becomes_a_condition_and_a_mistake_stays() {
            let found = read("where=urges+%3E%3D+2&row_field=returns&row_op=%3E%3D&row_value=1")
                .expect("reads");
            let text = found.query.filter.expr.map(|expr| expr.to_string());
            assert_eq!(text.as_deref(), Some("urges >= 2 and returns >= 1"));
            assert!(found.fault.is_none());
            let wrong = read("where=colour+%3D+red&kind=help").expect("reads");
            assert_eq!(wrong.beside.typed.as_deref(), Some("colour = red"));
            assert!(wrong.fault.is_some() && wrong.query.filter.expr.is_none());
            let row = read("row_field=returns&row_op=%3E%3D&row_value=x").expect("reads");
            assert!(row.fault.is_some() && row.beside.row.is_some());
        }
    }
}
