//! Calls without the number: a service that calls one telephone, then another, and connects the two, asked as one of text messages is
//! (`docs/gateways.md`). Neither side sees the number of the other.
//! Not here: receipts (`receipts`), when a call goes (`send`).

use serde::{Deserialize, Serialize};
use shared::calendar::Instant;
use store::outbox::Sent;
use store::record::OutboxMessage;

use super::Refusal;
use super::line::Line;
use super::signed::Secret;
use super::sms::handed_over;

/// What is asked.
#[derive(Debug, Serialize, Deserialize)]
pub struct Request {
    /// The call: a second request with it must have no effect and the same answer.
    pub id: uuid::Uuid,
    /// The telephone that rings first: who handles the request.
    pub first: String,
    /// The one that it is connected with: the citizen.
    pub second: String,
}

/// The way to the service.
#[derive(Debug, Clone)]
pub struct Gateway(Line);

impl Gateway {
    /// For the service at an address.
    ///
    /// # Errors
    /// As `Line::new`.
    pub fn new(url: &str, secret: Secret) -> anyhow::Result<Self> {
        Line::new(url, secret).map(Self)
    }

    /// What receipts are signed with.
    pub(super) fn secret(&self) -> &Secret {
        self.0.secret()
    }

    /// Asks for a call.
    pub(super) async fn send(
        &self,
        message: &OutboxMessage,
        now: Instant,
    ) -> Result<Sent, Refusal> {
        let request = Request {
            id: message.id,
            first: message.body.clone(),
            second: message.to.clone(),
        };
        handed_over(&self.0, &request, now).await
    }
}
