//! What follows a handling: the pool of those that wait for a call, calls, questionnaires, ratings.
//! Not here: the ticket and its assignments (`ticket`).

pub(crate) mod follow_up;
pub(crate) mod pooled;
pub(crate) mod questionnaire;
pub(crate) mod rating;
