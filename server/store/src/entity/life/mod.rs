//! The life of accounts: what was asked about them, what became of them, and the quarterly reviews.
//! Not here: the account itself (`people::user`), posts (`people::post`).

pub(crate) mod account_event;
pub(crate) mod account_request;
pub(crate) mod account_review;
pub(crate) mod account_review_post;
pub(crate) mod account_review_row;
