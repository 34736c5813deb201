//! Verbs whose road is their own: registering, which makes the ticket, and the look at the citizen, which changes nothing.
//! Not here: what they take (`ticket::command`).
//! They are asked and shown by the same descriptors.

use super::{Descriptor, On};
use crate::access::needs;
use crate::ticket::TicketState as T;
use crate::ticket::Verb;

pub(super) const REGISTER: Descriptor = Descriptor {
    verb: Verb::Register,
    need: needs::DESK,
    on: On::Other,
    states: &[T::Draft],
    statuses: &[],
    rank: 8,
};

pub(super) const REVEAL: Descriptor = Descriptor {
    verb: Verb::Reveal,
    need: needs::REVEAL,
    on: On::Other,
    states: &[
        T::ToDispatch,
        T::IntakeFix,
        T::Dispatched,
        T::Handling,
        T::ToReview,
        T::ToVisit,
        T::Closed,
        T::Archived,
        T::Suspended,
        T::Tracking,
        T::NotAccepted,
        T::Terminated,
        T::Withdrawn,
        T::Merged,
        T::External,
        T::Recycled,
    ],
    statuses: &[],
    rank: 8,
};
