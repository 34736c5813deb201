//! Gateways: what takes notifications out of the house. Text messages go by HTTP to an operator's service (`sms`), mails by SMTP (`mail`);
//! where none is configured they are files in a folder (`folder`). Each is told the notification's id, so that a second time has no effect.
//! Not here: what a notification says (`shared::text::sms`), who gets one (the verbs). Start with `send`.

pub mod desk;
mod folder;
mod hours;
pub mod line;
pub mod mail;
pub mod receipts;
mod send;
pub mod signed;
pub mod sms;

use shared::notification::Trouble;

pub use folder::messages_folder;
pub use hours::Quiet;
pub(crate) use send::run;

/// The channel of text messages.
pub const SMS: &str = "sms";
/// The channel of mails.
pub const MAIL: &str = "mail";

/// What the configuration says of gateways.
#[derive(Debug, Clone, Default)]
pub struct Gateways {
    /// For text messages.
    pub sms: Option<sms::Gateway>,
    /// For mails.
    pub mail: Option<mail::Gateway>,
    /// When nothing goes out but what is urgent.
    pub quiet: Option<Quiet>,
    /// Notifications of a day beside urgent ones; 0 for any number.
    pub per_day: u32,
}

/// Why a gateway has not taken a notification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It may later.
    Later(Trouble),
    /// It never will.
    Never(Trouble),
}
