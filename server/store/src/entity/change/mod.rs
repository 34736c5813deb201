//! The change feed: what changed, where it stands, and who reads it.

pub(crate) mod feed;
pub(crate) mod feed_consumer;
pub(crate) mod feed_head;
