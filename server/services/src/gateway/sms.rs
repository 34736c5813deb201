//! Text messages through an operator's or the government cloud's service: one signed JSON request each, in the form that `docs/gateways.md`
//! describes. A service with another form gets a small translator in front, or a module beside this one.
//! Not here: receipts (`receipts`), when a message goes (`send`).

use std::time::Duration;

use anyhow::Context as _;
use reqwest::StatusCode;
use serde::{Deserialize, Serialize};
use shared::calendar::Instant;
use shared::notification::Trouble;
use store::outbox::Sent;
use store::record::OutboxMessage;

use super::Refusal;
use super::signed::{KEY, SIGNATURE, Secret, TIME};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// Bytes of an answer at most.
const ANSWER: usize = 16 * 1024;

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
pub struct Gateway {
    client: reqwest::Client,
    url: reqwest::Url,
    secret: Secret,
}

impl Gateway {
    /// For the service at an address; plain HTTP is for this machine only.
    ///
    /// # Errors
    /// Words for the administrator, without the secret.
    pub fn new(url: &str, secret: Secret) -> anyhow::Result<Self> {
        let url = reqwest::Url::parse(url).context("it is no address")?;
        let is_here = matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
        anyhow::ensure!(
            url.scheme() == "https" || (url.scheme() == "http" && is_here),
            "it must begin with https://"
        );
        // What is set for other programs must not lead personal data elsewhere.
        let client = reqwest::Client::builder()
            .timeout(PATIENCE)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .context("the client cannot be made")?;
        Ok(Self {
            client,
            url,
            secret,
        })
    }

    /// What receipts are signed with.
    pub(super) fn secret(&self) -> &Secret {
        &self.secret
    }

    /// Hands a message over.
    pub(super) async fn send(
        &self,
        message: &OutboxMessage,
        now: Instant,
    ) -> Result<Sent, Refusal> {
        let away = |error: anyhow::Error| {
            tracing::debug!(cause = format!("{error:#}"), "the text message gateway");
            Refusal::Later(Trouble::Away)
        };
        let (status, body) = self.ask(message, now).await.map_err(away)?;
        match status {
            StatusCode::OK => {
                let taken: Taken = serde_json::from_slice(&body)
                    .map_err(|error| away(anyhow::Error::new(error)))?;
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

    async fn ask(
        &self,
        message: &OutboxMessage,
        now: Instant,
    ) -> anyhow::Result<(StatusCode, Vec<u8>)> {
        let body = serde_json::to_vec(&Request {
            id: message.id,
            to: message.to.clone(),
            text: message.body.clone(),
        })?;
        let signature = self.secret.sign(now, self.url.path(), &body);
        let mut answer = self
            .client
            .post(self.url.clone())
            .header("content-type", "application/json")
            .header(KEY, self.secret.name())
            .header(TIME, now.0.to_string())
            .header(SIGNATURE, signature)
            .body(body)
            .send()
            .await
            // Its address may carry a secret.
            .map_err(reqwest::Error::without_url)?;
        let status = answer.status();
        let mut bytes = Vec::new();
        while let Some(part) = answer.chunk().await.map_err(reqwest::Error::without_url)? {
            anyhow::ensure!(bytes.len() + part.len() <= ANSWER, "its answer is too long");
            bytes.extend_from_slice(&part);
        }
        Ok((status, bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phone_numbers_travel_sealed_or_not_at_all() {
        let secret = || Secret::new("office", "a secret of the office");
        for good in [
            "https://sms.example.cn/v1/messages",
            "http://127.0.0.1:4600/messages",
        ] {
            assert!(Gateway::new(good, secret()).is_ok(), "{good}");
        }
        for bad in [
            "http://sms.example.cn/v1",
            "ftp://sms.example.cn",
            "sms",
            "",
        ] {
            assert!(Gateway::new(bad, secret()).is_err(), "{bad}");
        }
    }
}
