//! Gateways: what takes notifications out of the house, by HTTP to an operator's service (`sms`), by SMTP (`mail`), to a service that connects calls (`call`), or into a folder (`folder`). Each is
//! told the id, so that a second time has no effect. Messages that come in have one service (`incoming`). Notices to people of the house go by the same outbox (`inside`) and are read in the product (`bell`).
//! Not here: what a notification says (`shared::text::sms`), who gets one (the verbs). Start with `send`.

pub mod bell;
pub mod call;
pub mod desk;
mod folder;
mod hours;
pub mod incoming;
pub(crate) mod inside;
pub mod line;
pub mod mail;
pub mod receipts;
mod send;
pub mod signed;
pub mod sms;

use shared::notification::Trouble;
use store::outbox::{self, Claim, Claimed};

use crate::context::Services;
use crate::fault::Failure;

pub use folder::messages_folder;
pub use hours::Quiet;
pub(crate) use send::run;

/// The channel of text messages.
pub const SMS: &str = "sms";
/// The channel of calls that are connected: to the citizen, from whose number stands in the body.
pub const CALL: &str = "call";
/// The channel of mails.
pub const MAIL: &str = "mail";

/// The messages that wait, in this process's hands for a while; none is asked for while none waits.
async fn claimed(services: &Services, claim: Claim) -> Result<Vec<Claimed>, Failure> {
    if !outbox::is_waiting(&services.store().reader(), claim.which, claim.now).await? {
        return Ok(Vec::new());
    }
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move { Ok(outbox::claim(tx, claim).await?) })
        })
        .await
}

/// What the configuration says of gateways.
#[derive(Debug, Clone, Default)]
pub struct Gateways {
    /// For text messages.
    pub sms: Option<sms::Gateway>,
    /// For mails.
    pub mail: Option<mail::Gateway>,
    /// For calls without the number.
    pub call: Option<call::Gateway>,
    /// Where mails that come in lie; `mail-in/` of the data folder where none is named.
    pub mails_in: Option<std::path::PathBuf>,
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
