//! Codes of an authenticator app: RFC 6238 with HMAC-SHA-1, six digits and thirty seconds, which every app knows.
//! Written here, since it is twenty lines over the cryptography that is linked already, and since the step of a code must be known so that none
//! is taken twice. Not here: where secrets are kept and tries are counted (`factor`).

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::hmac::{HMAC_SHA1_FOR_LEGACY_USE_ONLY, Key, sign};
use shared::calendar::Instant;

/// Bytes of a secret, as many as SHA-1 gives.
pub(super) const SECRET: usize = 20;
/// Digits of a code.
pub(super) const DIGITS: usize = 6;
/// Seconds of a step.
const STEP: i64 = 30;
/// How many steps the clock of a phone may be off, either way.
const DRIFT: i64 = 1;
/// Base 32 as apps read it (RFC 4648, without padding).
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The code of a step.
fn code(secret: &[u8], step: i64) -> String {
    let key = Key::new(HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let tag = sign(&key, &step.to_be_bytes());
    let bytes = tag.as_ref();
    let offset = usize::from(bytes[bytes.len() - 1] & 0x0f);
    let mut four = [0_u8; 4];
    four.copy_from_slice(&bytes[offset..offset + 4]);
    let number = u32::from_be_bytes(four) & 0x7fff_ffff;
    format!("{:06}", number % 1_000_000)
}

/// The step whose code this is, within the drift and later than the last one that was used; the digits may be typed in groups.
pub(super) fn step_of(secret: &[u8], typed: &str, now: Instant, used: Option<i64>) -> Option<i64> {
    let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    if typed.len() != DIGITS || !typed.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let present = now.0.div_euclid(STEP * 1000);
    let mut found = None;
    // Every step is looked at, so that the time says nothing about which fits.
    for step in present - DRIFT..=present + DRIFT {
        let expected = code(secret, step);
        let is_same = verify_slices_are_equal(expected.as_bytes(), typed.as_bytes()).is_ok();
        if is_same && used.is_none_or(|used| step > used) {
            found = Some(step);
        }
    }
    found
}

/// The secret as text, for an app into which it is typed by hand.
pub(super) fn base32(bytes: &[u8]) -> String {
    let mut out = String::new();
    let (mut held, mut bits) = (0_u32, 0);
    for byte in bytes {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            out.push(char::from(ALPHABET[(held >> bits) as usize & 31]));
        }
    }
    if bits > 0 {
        out.push(char::from(ALPHABET[(held << (5 - bits)) as usize & 31]));
    }
    out
}

/// The address that a QR code hands to an app.
pub(super) fn address(issuer: &str, username: &str, secret: &[u8]) -> String {
    let (issuer, secret) = (encoded(issuer), base32(secret));
    format!(
        "otpauth://totp/{issuer}:{}?secret={secret}&issuer={issuer}",
        encoded(username)
    )
}

fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out += &format!("%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of the examples in RFC 6238.
    const RFC: &[u8] = b"12345678901234567890";

    #[test]
    fn codes_are_those_of_the_standard() {
        for (seconds, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code(RFC, seconds / STEP), expected, "{seconds}");
        }
    }

    #[test]
    fn a_clock_may_be_off_by_a_step_and_no_code_is_good_twice() {
        let at = |seconds: i64| Instant(seconds * 1000);
        assert_eq!(step_of(RFC, "287 082", at(59), None), Some(1));
        assert_eq!(
            step_of(RFC, "287082", at(29), None),
            Some(1),
            "a phone ahead"
        );
        assert_eq!(
            step_of(RFC, "287082", at(89), None),
            Some(1),
            "a phone behind"
        );
        assert_eq!(step_of(RFC, "287082", at(90), None), None);
        assert_eq!(step_of(RFC, "287082", at(59), Some(1)), None, "used");
        for bad in ["", "28708", "2870821", "28708a", "２８７０８２"] {
            assert_eq!(step_of(RFC, bad, at(59), None), None, "{bad}");
        }
    }

    #[test]
    fn secrets_are_written_as_apps_read_them() {
        assert_eq!(base32(b"foobar"), "MZXW6YTBOI");
        assert_eq!(base32(RFC), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(
            address("民声 12345", "zhang.san", b"foobar"),
            "otpauth://totp/%E6%B0%91%E5%A3%B0%2012345:zhang.san?secret=MZXW6YTBOI&issuer=%E6%B0%91%E5%A3%B0%2012345"
        );
    }
}
