//! Mails by SMTP, for people who left an address and no mobile number.
//! Not here: text messages (`sms`), when a mail goes (`send`). The mail's id is the notification's, so that a mailbox can tell a second one.

use std::time::Duration;

use anyhow::Context as _;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use shared::notification::{About, Trouble};
use store::outbox::Sent;
use store::record::OutboxMessage;

use super::Refusal;

/// How long a step of the conversation may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// The way to the mail server.
#[derive(Clone)]
pub struct Gateway {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl std::fmt::Debug for Gateway {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gateway")
            .field("from", &self.from)
            .finish_non_exhaustive()
    }
}

impl Gateway {
    /// For `smtps://user:password@host`, `smtp://user:password@host?tls=required`, or plain `smtp://` on this machine.
    ///
    /// # Errors
    /// Words for the administrator, without the password.
    pub fn new(url: &str, from: &str) -> anyhow::Result<Self> {
        let read = reqwest::Url::parse(url).ok().context("it is no address")?;
        let is_here = matches!(read.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
        let is_sealed =
            read.scheme() == "smtps" || read.query().is_some_and(|it| it.contains("tls=required"));
        anyhow::ensure!(
            is_sealed || (read.scheme() == "smtp" && is_here),
            "mails of citizens need smtps://, or smtp:// with ?tls=required"
        );
        let from = from.parse().context("the sender is no mail address")?;
        // Its words may repeat the address with its password.
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .ok()
            .context("it is no address of a mail server")?;
        Ok(Self {
            transport: builder.timeout(Some(PATIENCE)).build(),
            from,
        })
    }

    /// The address that mails come from.
    pub(super) fn address(&self) -> String {
        self.from.email.to_string()
    }

    /// Hands a mail over.
    pub(super) async fn send(
        &self,
        message: &OutboxMessage,
        subject: String,
    ) -> Result<Sent, Refusal> {
        let Ok(to) = message.to.parse::<Mailbox>() else {
            return Err(Refusal::Never(Trouble::Address));
        };
        let mut mail = Message::builder();
        if message.about == Some(About::Received) {
            // RFC 3834: no machine answers what a machine has written.
            let by_itself = HeaderValue::new(
                HeaderName::new_from_ascii_str("Auto-Submitted"),
                "auto-replied".to_owned(),
            );
            mail = mail.raw_header(by_itself);
        }
        let mail = mail
            .from(self.from.clone())
            .to(to)
            .message_id(Some(format!(
                "<{}@{}>",
                message.id,
                self.from.email.domain()
            )))
            .subject(subject)
            .header(ContentType::TEXT_PLAIN)
            .body(message.body.clone());
        let Ok(mail) = mail else {
            return Err(Refusal::Never(Trouble::Content));
        };
        match self.transport.send(mail).await {
            Ok(_) => Ok(Sent {
                parts: 1,
                ..Sent::default()
            }),
            Err(error) => {
                tracing::debug!(cause = %error, "the mail server");
                Err(refusal(&error))
            }
        }
    }
}

/// 5xx is final; which of them is about the address is said by its second digit where the server speaks enhanced codes, and by 550 to 553.
fn refusal(error: &lettre::transport::smtp::Error) -> Refusal {
    if !error.is_permanent() {
        return Refusal::Later(Trouble::Away);
    }
    let code = error.status().map_or(0, u16::from);
    Refusal::Never(match code {
        550 | 551 | 553 => Trouble::Address,
        552 | 554 => Trouble::Content,
        _ => Trouble::Refused,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn mails_travel_sealed_or_not_at_all() {
        let from = "12345 <notice@example.cn>";
        for good in [
            "smtps://office:secret@mail.example.cn",
            "smtp://office:secret@mail.example.cn?tls=required",
            "smtp://127.0.0.1:2525",
        ] {
            assert!(Gateway::new(good, from).is_ok(), "{good}");
        }
        for bad in [
            "smtp://mail.example.cn",
            "mail.example.cn",
            "https://mail.example.cn",
        ] {
            let refused = Gateway::new(bad, from).expect_err(bad);
            assert!(!format!("{refused:#}").contains("secret"));
        }
        assert!(Gateway::new("smtp://127.0.0.1", "nobody").is_err());
    }
}
