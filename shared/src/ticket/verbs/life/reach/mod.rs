//! How a unit reaches the citizen and the place: a try by whatever way, a message and a call without the number, a visit on site.
//! Not here: what is told to the citizen by the process itself (`text::notification`).

mod contact;
mod place_call;
mod relay;
mod site;

pub use contact::Contact;
pub use place_call::PlaceCall;
pub use relay::Relay;
pub use site::RecordSite;
pub(super) use site::proofs;
