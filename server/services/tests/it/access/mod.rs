//! What people may not do and may not see.

mod canaries;
mod refusals;
