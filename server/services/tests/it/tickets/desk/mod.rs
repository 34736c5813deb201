//! What stands beside the forms of desk and review: messages that came in, paper forms, the caller's past, the matrix of levels, the checklist of replies.

mod alarms;
mod caller;
mod checklist;
mod dispatch_review;
mod escalations;
mod incoming;
mod intake;
mod letters;
mod levels;
mod paper;
mod supplied;
mod three_way;
mod urges;
