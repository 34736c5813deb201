//! The dated register of an office's lists: revisions, rows with the revisions between which they hold, and what a revision changes.

pub(crate) mod register_change;
pub(crate) mod register_revision;
pub(crate) mod register_row;
pub(crate) mod rule_notice;
pub(crate) mod rule_read;
