//! How a unit reaches the citizen and the place: a try by whatever way, a message and a call without the number, a visit on site.
//! Not here: how messages and calls go out (`gateway`), files and places that prove a try (`tickets::evidence`).

mod contact;
pub(crate) mod place_call;
pub(crate) mod relay;
mod site;
