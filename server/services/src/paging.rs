//! Where a page of a list begins and ends: what is cut off behind it, and the cursor that is sent for the next.
//! Not here: the lists, and places that are more than a moment and an id (beside their lists).
//! Cursors are opaque to whoever sends them back; one that is not ours is `input.cursor`.

use std::fmt::Display;
use std::str::FromStr;

use shared::calendar::Instant;
use shared::fault::{Code, Fault};

/// For a cursor that no page of ours gave.
pub(crate) fn wrong() -> Fault {
    Fault::field("cursor", Code::InputCursor)
}

/// Cuts what was found, which is one more than a page has where more follows, to the page; the last of it where more follows.
pub(crate) fn cut<T>(found: &mut Vec<T>, limit: usize) -> Option<&T> {
    let has_more = found.len() > limit;
    found.truncate(limit);
    found.last().filter(|_| has_more)
}

/// The cursor of a place along a moment and an id.
pub(crate) fn place(at: Instant, id: impl Display) -> String {
    format!("{}.{id}", at.0)
}

/// The place of such a cursor; a hyphen parts it as well, as lists of former releases wrote it.
///
/// # Errors
/// `input.cursor` at `cursor`.
pub(crate) fn read<I: FromStr>(cursor: &str) -> Result<(Instant, I), Fault> {
    let read = || {
        let (at, id) = cursor.split_once(['.', '-'])?;
        Some((Instant(at.parse().ok()?), id.parse().ok()?))
    };
    read().ok_or_else(wrong)
}

/// The id of a cursor that is nothing else.
///
/// # Errors
/// `input.cursor` at `cursor`.
pub(crate) fn id<I: FromStr>(cursor: &str) -> Result<I, Fault> {
    cursor.parse().map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_place_comes_back_and_nothing_else_is_taken() {
        let (at, id) = (Instant(1_700_000_000_000), Uuid::from_u128(7));
        assert_eq!(read::<Uuid>(&place(at, id)), Ok((at, id)));
        assert_eq!(read::<Uuid>(&format!("{}-{id}", at.0)), Ok((at, id)));
        for other in ["", ".", "1", "x.y", "1.y", "1 .y"] {
            assert!(read::<Uuid>(other).is_err(), "{other}");
        }
    }

    #[test]
    fn a_page_is_cut_and_says_whether_more_follows() {
        let mut found = vec![1, 2, 3];
        assert_eq!(cut(&mut found, 2), Some(&2));
        assert_eq!(found, [1, 2]);
        assert_eq!(cut(&mut found, 2), None);
    }
}
