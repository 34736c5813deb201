//! Text messages through an operator's or the government cloud's service: one signed JSON request each, in the form that `docs/gateways.md`
//! describes. A service with another form gets a small translator in front, or a module beside this one.
//! Not here: receipts (`receipts`), when a message goes (`send`).

use reqwest::StatusCode;
use serde::{Deserialize, Serialize};
use shared::calendar::Instant;
use shared::notification::Trouble;
use store::outbox::Sent;
use store::record::OutboxMessage;

use super::Refusal;
use super::line::Line;
use super::signed::Secret;

/// What is sent.
#[derive(Debug, Serialize, Deserialize)]
pub struct Request {
    /// The notification: a second request with it must have no effect and the same answer.
    pub id: uuid::Uuid,
    /// A mobile number.
    pub to: String,
    /// The whole text, signature in front.
    pub text: String,
}

/// What comes back with 200.
#[derive(Debug, Serialize, Deserialize)]
pub struct Taken {
    /// The service's own number of it; receipts name it.
    #[serde(default)]
    pub no: Option<String>,
    /// In how many parts it goes.
    #[serde(default)]
    pub parts: i64,
    /// What it costs, in thousandths of a yuan.
    #[serde(default)]
    pub fee: i64,
}

/// What comes back with 422.
#[derive(Debug, Serialize, Deserialize)]
pub struct NotTaken {
    /// `address`, `unwanted`, `content`, `quota`, or another code of the service.
    pub code: String,
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

    /// Hands a message over.
    pub(super) async fn send(
        &self,
        message: &OutboxMessage,
        now: Instant,
    ) -> Result<Sent, Refusal> {
        let request = Request {
            id: message.id,
            to: message.to.clone(),
            text: message.body.clone(),
        };
        handed_over(&self.0, &request, now).await
    }
}

/// What a service says of a request that is handed over to it; services of messages and of calls say it alike.
pub(super) async fn handed_over<T: Serialize + Sync>(
    line: &Line,
    request: &T,
    now: Instant,
) -> Result<Sent, Refusal> {
    let away = |error: anyhow::Error| {
        tracing::debug!(cause = format!("{error:#}"), "a gateway");
        Refusal::Later(Trouble::Away)
    };
    let (status, body) = line.post(request, now).await.map_err(away)?;
    match status {
        StatusCode::OK => {
            let taken: Taken =
                serde_json::from_slice(&body).map_err(|error| away(anyhow::Error::new(error)))?;
            let no = taken.no.filter(|no| !no.is_empty() && no.len() <= 100);
            Ok(Sent {
                no,
                parts: taken.parts.clamp(0, 1_000),
                fee: taken.fee.clamp(0, 1_000_000),
            })
        }
        StatusCode::UNPROCESSABLE_ENTITY => {
            let said = serde_json::from_slice::<NotTaken>(&body);
            Err(match said.as_ref().map(|it| it.code.as_str()) {
                Ok("address") => Refusal::Never(Trouble::Address),
                Ok("unwanted") => Refusal::Never(Trouble::Unwanted),
                Ok("content") => Refusal::Never(Trouble::Content),
                Ok("quota") => Refusal::Later(Trouble::Quota),
                _ => Refusal::Never(Trouble::Refused),
            })
        }
        status => Err(away(anyhow::anyhow!("it answered {status}"))),
    }
}
