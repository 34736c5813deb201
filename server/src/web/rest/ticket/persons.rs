//! Looking for tickets of a person, for programs.
//! Deliberately absent: what the condition finds (`rest::tickets`), the rules (`services::tickets::persons`).
//! What is asked goes by POST alone, and comes back as a mark.

use services::tickets::persons;
use shared::query::person::{AskPerson, PersonAsked};

use crate::web::rest::{Answer, caller::Caller, read::Body};

/// Look for a person
///
/// By whole phone numbers, names or identity numbers, at most five, with a reason; one row of the audit a question, which names nobody. The answer has the
/// condition for `where` of the list, its shares and exports, with a mark in the place of what was asked; it serves the caller alone, inside the caller's
/// right to look at citizens, and never finds confidential tickets or tip-offs.
#[utoipa::path(
    post, path = "/tickets/persons", tag = "tickets", request_body = AskPerson,
    responses((status = 200, description = "The condition, and how many tickets it finds", body = PersonAsked))
)]
pub async fn ask(caller: Caller, Body(asked): Body<AskPerson>) -> Answer<PersonAsked> {
    caller.answer(persons::ask(&caller.0, asked).await)
}
