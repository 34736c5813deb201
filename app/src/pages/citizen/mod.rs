//! The citizen's pages: one thing to do at a time, in big plain words, readable and usable without script.
//! Sign-in is here as well, since a visitor sees it.
//! Not here: the staff's pages (`pages::staff`), what the forms do (`forms::citizen`).

#[cfg(feature = "staff")]
mod account;
mod file;
mod filed;
mod home;
#[cfg(feature = "ssr")]
mod own;
mod privacy;
mod progress;
#[cfg(feature = "staff")]
mod questionnaire;
mod questions;
mod rating;
mod sign_in;
mod track;

#[cfg(feature = "staff")]
pub use account::{
    CitizenAccountPage, CitizenSignInPage, MandatesPage, MinePage, OwnDataPage, OwnRequestPage,
};
pub use file::{FilePage, Place};
#[cfg(feature = "staff")]
pub use file::{MoreContact, provide_kept_of};
pub use filed::FiledPage;
pub use home::HomePage;
#[cfg(feature = "ssr")]
pub use own::own_words;
pub use privacy::PrivacyPage;
pub use progress::TicketPage;
#[cfg(feature = "staff")]
pub use questionnaire::QuestionnairePage;
pub use questions::QuestionsPage;
pub use sign_in::{CodePage, ResetPage, SignInPage};
pub use track::TrackPage;
