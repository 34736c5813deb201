//! How long it takes, by the middle and by the slow end: signing, reply, closing.
//! Not here: deadlines and the mean (`timeliness`).
//! By the clock on the wall, as the mean goes; what was ruled to be not counted is in none.

use super::Definition;
use crate::measure::predicate::{Anchor, Is, Took};
use crate::text::measure as words;

/// Signed for, whenever that was.
const SIGNED: &[Is] = &[Is::Signed, Is::Assessed];
/// The tickets of the mean.
const REPLIED: &[Is] = &[Is::Replied, Is::Assessed];
const ENDED: &[Is] = &[Is::Ended, Is::Assessed];

const fn sign(percent: i64) -> Definition {
    let of = (Took::Sign, percent);
    Definition::quantile(Anchor::Dispatched, of, SIGNED, words::SOURCE_OWN)
}

const fn reply(percent: i64) -> Definition {
    let of = (Took::Reply, percent);
    Definition::quantile(Anchor::Replied, of, REPLIED, words::SOURCE_OWN)
}

const fn close(percent: i64) -> Definition {
    let of = (Took::Close, percent);
    Definition::quantile(Anchor::Closed, of, ENDED, words::SOURCE_OWN)
}

pub(super) const SIGN_P50: Definition = sign(50);
pub(super) const SIGN_P90: Definition = sign(90);
pub(super) const REPLY_P50: Definition = reply(50);
pub(super) const REPLY_P90: Definition = reply(90);
pub(super) const CLOSE_P50: Definition = close(50);
pub(super) const CLOSE_P90: Definition = close(90);
