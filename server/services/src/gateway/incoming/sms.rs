//! The door of text messages: a list in one request, signed by the gateway with the key of its receipts.
//! Not here: HTTP. What was taken is kept; a message may come twice and changes nothing then.

use shared::fault::{Code, Fault};
use shared::incoming::{IncomingSms, IncomingTaken, IncomingWay};
use store::incoming::Letter;

use super::{Parcel, take};
use crate::context::Ctx;
use crate::gateway::signed::{self, Head};
use crate::gateway::sms::Gateway;

/// Messages of one request at most.
pub const MOST: usize = 200;

/// Takes text messages; which were none.
///
/// # Errors
/// `session.signed_out` for what is not signed by the configured gateway, or long ago; `input.body` for what is no list of messages, or one of
/// more than `MOST`; those of the store, and then the gateway sends all of them once more.
pub async fn receive(
    ctx: &Ctx,
    head: &Head<'_>,
    (path, body): (&str, &[u8]),
) -> Result<IncomingTaken, Fault> {
    let services = &ctx.services;
    let secret = services.gateways().sms.as_ref().map(Gateway::secret);
    let messages: Vec<IncomingSms> =
        signed::list(secret, services.now(), head, (path, body), MOST)?;
    let mut done = IncomingTaken::default();
    for message in messages {
        let no = message.no.clone();
        let parcel = Parcel {
            way: IncomingWay::Sms,
            no: message.no,
            letter: Letter {
                from: message.from,
                to: message.to,
                text: message.text,
                ..Letter::default()
            },
            at: message.at.unwrap_or_else(|| services.now()),
            answers: Vec::new(),
            is_automatic: false,
            files: Vec::new(),
        };
        match take(services, parcel).await {
            Ok(_) => done.taken += 1,
            Err(fault) if fault.code == Code::InputBody => done.refused.push(no),
            Err(fault) => return Err(fault),
        }
    }
    Ok(done)
}
