//! Where making things anew stands: rows of the search, digests of persons.
//! Not here: making them (`tickets::reindex`, `tickets::rehash`).

pub(crate) mod person_rebuild;
pub(crate) mod search_rebuild;
