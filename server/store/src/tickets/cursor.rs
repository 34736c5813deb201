//! Cursors of lists: the sort value and id of the last row, or of the first where the page before is meant, as a versioned tuple in base64url.
//! Not here: how a list goes on behind a cursor (`list`).
//! A cursor holds nothing secret; one of another order or version is refused.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use shared::query::Sort;
use uuid::Uuid;

use crate::StoreError;

/// Where the next page begins, or where the page before ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cursor {
    /// Sort value: milliseconds, or the search row; `None` for rows without one.
    pub(super) key: Option<i64>,
    pub(super) id: Uuid,
    /// The page before it is meant.
    pub(super) back: bool,
}

const VERSION: &str = "1";
/// The same of a page before.
const BACK: &str = "1b";

impl Cursor {
    pub(super) fn encode(self, sort: Sort) -> String {
        let key = self.key.map_or_else(String::new, |k| k.to_string());
        let version = if self.back { BACK } else { VERSION };
        URL_SAFE_NO_PAD.encode(format!(
            "{version}|{}|{key}|{}",
            sort.as_str(),
            self.id.simple()
        ))
    }

    pub(super) fn decode(text: &str, sort: Sort) -> Result<Self, StoreError> {
        let bytes = URL_SAFE_NO_PAD
            .decode(text)
            .map_err(|_| StoreError::Cursor)?;
        let text = String::from_utf8(bytes).map_err(|_| StoreError::Cursor)?;
        let [version, order, key, id] = text.split('|').collect::<Vec<_>>()[..] else {
            return Err(StoreError::Cursor);
        };
        let back = version == BACK;
        if (!back && version != VERSION) || order != sort.as_str() {
            return Err(StoreError::Cursor);
        }
        let key = if key.is_empty() {
            None
        } else {
            Some(key.parse().map_err(|_| StoreError::Cursor)?)
        };
        Ok(Self {
            key,
            id: Uuid::parse_str(id).map_err(|_| StoreError::Cursor)?,
            back,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_the_url_and_belongs_to_its_order() {
        let cursor = Cursor {
            key: Some(-5),
            id: Uuid::from_u128(7),
            back: false,
        };
        let back = Cursor {
            back: true,
            ..cursor
        };
        let turned = Cursor::decode(&back.encode(Sort::DueAsc), Sort::DueAsc);
        assert_eq!(turned.expect("own"), back);
        let text = cursor.encode(Sort::DueAsc);
        assert_eq!(Cursor::decode(&text, Sort::DueAsc).expect("own"), cursor);
        assert!(Cursor::decode(&text, Sort::AcceptedDesc).is_err());
        for bad in ["", "x", "MXw", "....", "MXxkdWVfYXR8fA"] {
            assert!(
                matches!(Cursor::decode(bad, Sort::DueAsc), Err(StoreError::Cursor)),
                "{bad}"
            );
        }
    }
}
