//! Sentences for fault codes.
