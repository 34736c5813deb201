//! The pages of a citizen who signs in by a code: signing in, the own requests, one of them, the account, acting for
//! organisations. They carry no browser code, so that
//! nothing of them stays in a browser.
//! Not here: what their forms do (`forms::citizen::account`), how often a code is sent (services).

mod data;
mod mandates;
mod mine;
mod one;
mod settings;
mod sign_in;
mod wishes;

pub use data::OwnDataPage;
pub use mandates::MandatesPage;
pub use mine::MinePage;
pub use one::OwnRequestPage;
pub use settings::CitizenAccountPage;
pub use sign_in::CitizenSignInPage;
