//! What a gateway tells later: delivered, not delivered, wants none. It signs with the key that it was given.
//! Not here: HTTP. A receipt may come twice, late, or for a notification that is none of ours: each changes what it can, once.

use shared::fault::Fault;
use shared::notification::{Receipt, ReceiptState};
use store::{outbox, undelivered};

use super::signed::{self, Head};
use super::{call, sms};
use crate::context::Ctx;
use crate::fault::{Failure, Settle};

/// Receipts of one request at most.
pub const MOST: usize = 1_000;

/// Takes receipts; how many told something new.
///
/// # Errors
/// `session.signed_out` for what is not signed by the configured gateway, or long ago; `input.body` for what is no list of receipts,
/// or one of more than `MOST`.
pub async fn take(ctx: &Ctx, head: &Head<'_>, (path, body): (&str, &[u8])) -> Result<u64, Fault> {
    let services = &ctx.services;
    let gateways = services.gateways();
    let of_messages = gateways.sms.as_ref().map(sms::Gateway::secret);
    let of_calls = gateways.call.as_ref().map(call::Gateway::secret);
    let secrets = of_messages.into_iter().chain(of_calls);
    let receipts: Vec<Receipt> = signed::list(secrets, services.now(), head, (path, body), MOST)?;
    let now = services.now();
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                let mut count = 0;
                for receipt in &receipts {
                    let Some(to) = outbox::receive(tx, receipt, now).await? else {
                        continue;
                    };
                    count += 1;
                    let is_final = matches!(
                        receipt.state,
                        ReceiptState::Address | ReceiptState::Unwanted
                    );
                    if let (true, false, Some(why)) =
                        (is_final, to.is_empty(), receipt.state.trouble())
                    {
                        undelivered::shun(tx, &to, why, now).await?;
                    }
                }
                Ok(count)
            })
        })
        .await
        .settle(services)
}
