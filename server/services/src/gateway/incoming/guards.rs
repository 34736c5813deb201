//! What keeps machines and floods from the desk: a message of a machine or of the house itself, of who sent spam before, or one of very many, is set
//! aside; signs that no text has are taken out, and what is too long is cut.
//! Not here: what is done with one that was set aside (`shelf`). Nothing is thrown away.

use shared::calendar::Instant;
use shared::incoming::{IncomingWay, LONGEST, PER_DAY, PER_HOUR, Suspicion};
use shared::input;
use shared::person::phone;
use store::Tx;
use store::incoming::{self, IncomingMessage, Letter};

use super::Parcel;
use crate::context::Services;
use crate::fault::Failure;

/// Milliseconds of an hour.
const HOUR: i64 = 3_600_000;
/// Milliseconds of a day.
const DAY: i64 = 24 * HOUR;
/// So many days who sent spam is remembered.
const BLOCKED_DAYS: i64 = 30;
/// Characters of a subject, an address or a number at most.
const LINE: usize = 300;

/// A sender that is no person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sender {
    /// A machine that answers by itself, or a list.
    Machine,
    /// The house.
    Ourselves,
}

/// Text without signs that break logs and exports; numbers and addresses in their normal form.
pub(super) fn cleaned(parcel: Parcel) -> Parcel {
    let Letter {
        from,
        to,
        subject,
        text,
        files,
        refused,
    } = parcel.letter;
    let from = match parcel.way {
        IncomingWay::Sms => phone::normalise(&from),
        IncomingWay::Mail => input::code(&from).to_lowercase(),
    };
    let letter = Letter {
        from: short(&plain(&from)),
        to: short(&plain(&input::line(&to))),
        subject: short(&plain(&input::line(&subject))),
        text: plain(&input::body(&text)).trim().to_owned(),
        files,
        refused,
    };
    Parcel {
        no: input::code(&parcel.no),
        letter,
        ..parcel
    }
}

/// Without the signs for which a text that is typed would be refused.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, '\0' | '\u{202E}'))
        .collect()
}

fn short(text: &str) -> String {
    text.chars().take(LINE).collect()
}

/// The letter within the length that is kept, and whether it was cut.
pub(super) fn bounded(letter: Letter) -> (Letter, bool) {
    if letter.text.chars().nth(LONGEST).is_none() {
        return (letter, false);
    }
    let text = letter.text.chars().take(LONGEST).collect();
    (Letter { text, ..letter }, true)
}

/// The sender, where it is no person.
pub(super) fn sender(services: &Services, parcel: &Parcel) -> Option<Sender> {
    let letter = &parcel.letter;
    let mail = services.gateways().mail.as_ref();
    let own = mail.is_some_and(|it| it.address().eq_ignore_ascii_case(&letter.from));
    if own || letter.from == letter.to {
        return Some(Sender::Ourselves);
    }
    parcel.is_automatic.then_some(Sender::Machine)
}

/// Why a message is set aside.
pub(super) async fn suspicion(
    tx: &Tx,
    message: &IncomingMessage,
    sender: Option<Sender>,
) -> Result<Option<Suspicion>, Failure> {
    match sender {
        Some(Sender::Machine) => return Ok(Some(Suspicion::Automatic)),
        Some(Sender::Ourselves) => return Ok(Some(Suspicion::Own)),
        None => {}
    }
    let before = |span: i64| Instant(message.kept_at.0 - span);
    let by = &message.sender_hmac;
    if incoming::is_spammer(tx, by, before(BLOCKED_DAYS * DAY)).await? {
        return Ok(Some(Suspicion::Blocked));
    }
    let is_flood = incoming::sent_since(tx, by, before(HOUR)).await? >= PER_HOUR
        || incoming::sent_since(tx, by, before(DAY)).await? >= PER_DAY;
    Ok(is_flood.then_some(Suspicion::TooMany))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cleaned_and_cut() {
        let parcel = Parcel {
            way: IncomingWay::Sms,
            no: " R 17".to_owned(),
            letter: Letter {
                from: "+86 138-1234-5678".to_owned(),
                text: "路灯\0坏了\u{202E}\r\n".to_owned(),
                ..Letter::default()
            },
            at: Instant(0),
            answers: Vec::new(),
            is_automatic: false,
            files: Vec::new(),
        };
        let cleaned = cleaned(parcel);
        assert_eq!(cleaned.no, "R17");
        assert_eq!(cleaned.letter.from, "13812345678");
        assert_eq!(cleaned.letter.text, "路灯坏了");
        let long = Letter {
            text: "长".repeat(LONGEST + 1),
            ..Letter::default()
        };
        let (cut, is_cut) = bounded(long);
        assert!(is_cut);
        assert_eq!(cut.text.chars().count(), LONGEST);
        assert!(!bounded(cut).1);
    }
}
