//! Verbs whose road is their own: registering, which makes the ticket, the look at the citizen, which changes nothing, files that come and go, notes, and
//! what the process does by itself.
//! Not here: what they take (`ticket::command`).
//! Rights, buttons and states are asked of the same descriptors.

use super::{Descriptor, On};
use crate::access::{Need, needs};
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

pub(super) const RING: Descriptor = of_process(Verb::Ring, Need::System, &[]);
pub(super) const ARCHIVE: Descriptor = of_process(Verb::Archive, Need::System, &[]);
pub(super) const SERVE: Descriptor = of_process(Verb::Serve, Need::System, &[]);
pub(super) const MESSAGE: Descriptor = of_process(Verb::Message, Need::System, &[]);
/// Whatever the state: the process stands still.
pub(super) const RETRY: Descriptor = of_process(Verb::Retry, needs::OPERATING, T::ALL);
pub(super) const SKIP: Descriptor = of_process(Verb::Skip, needs::OPERATING, T::ALL);
pub(super) const MIGRATE: Descriptor = of_process(Verb::Migrate, needs::OPERATING, &[]);
pub(super) const UNDO_MIGRATION: Descriptor =
    of_process(Verb::UndoMigration, needs::OPERATING, &[]);
/// Their roads are those of files.
pub(super) const ADD_FILE: Descriptor = of_process(Verb::AddFile, needs::FILES, &[]);
pub(super) const REMOVE_FILE: Descriptor = of_process(Verb::RemoveFile, needs::FILES, &[]);
/// Whatever the state: nothing of the ticket changes.
pub(super) const NOTE: Descriptor = of_process(Verb::Note, needs::TICKETS, &[]);
/// The road is that of messages that come in.
pub(super) const RECEIVE: Descriptor = of_process(Verb::Receive, Need::System, &[]);

/// No button of the ticket: the process does it, or its owner where it stopped.
const fn of_process(verb: Verb, need: Need, states: &'static [T]) -> Descriptor {
    Descriptor {
        verb,
        need,
        on: On::Other,
        states,
        statuses: &[],
        rank: 8,
    }
}
