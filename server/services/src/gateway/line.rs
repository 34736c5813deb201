//! Signed JSON requests to another system: gateways from here, receipts from a gateway.
//! Not here: the signature (`signed`), what is said (`sms`). Nothing is followed elsewhere, and no proxy of other programs is used.

use std::time::Duration;

use anyhow::Context as _;
use reqwest::{RequestBuilder, StatusCode};
use serde::Serialize;
use shared::calendar::Instant;

use super::signed::{KEY, SIGNATURE, Secret, TIME};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// Bytes of an answer at most.
const ANSWER: usize = 16 * 1024;

/// The way to another system.
#[derive(Debug, Clone)]
pub struct Line {
    client: reqwest::Client,
    url: reqwest::Url,
    secret: Secret,
}

impl Line {
    /// To an address; plain HTTP is for this machine only.
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

    /// What requests are signed with.
    pub fn secret(&self) -> &Secret {
        &self.secret
    }

    /// Asks; status and body of the answer.
    ///
    /// # Errors
    /// No connection, no answer in time, or one that is too long. The address is not told: it may carry a secret.
    pub async fn post<T: Serialize + Sync>(
        &self,
        said: &T,
        now: Instant,
    ) -> anyhow::Result<(StatusCode, Vec<u8>)> {
        let body = serde_json::to_vec(said)?;
        let signature = self.secret.sign(now, self.url.path(), &body);
        let request = self
            .client
            .post(self.url.clone())
            .header("content-type", "application/json")
            .header(KEY, self.secret.name())
            .header(TIME, now.0.to_string())
            .header(SIGNATURE, signature)
            .body(body);
        answer(request, ANSWER).await
    }
}

/// Sends a request; status and body of the answer.
///
/// # Errors
/// No connection, no answer in time, or one of more than so many bytes. The address is not told.
pub(crate) async fn answer(
    request: RequestBuilder,
    most: usize,
) -> anyhow::Result<(StatusCode, Vec<u8>)> {
    let mut answer = request.send().await.map_err(reqwest::Error::without_url)?;
    let status = answer.status();
    let mut bytes = Vec::new();
    while let Some(part) = answer.chunk().await.map_err(reqwest::Error::without_url)? {
        anyhow::ensure!(bytes.len() + part.len() <= most, "its answer is too long");
        bytes.extend_from_slice(&part);
    }
    Ok((status, bytes))
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
            assert!(Line::new(good, secret()).is_ok(), "{good}");
        }
        for bad in [
            "http://sms.example.cn/v1",
            "ftp://sms.example.cn",
            "sms",
            "",
        ] {
            assert!(Line::new(bad, secret()).is_err(), "{bad}");
        }
    }
}
