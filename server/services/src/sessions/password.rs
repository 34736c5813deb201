//! Passwords: the rule for good ones and Argon2id, off the async threads and never more than a few at a time.
//! An unknown user is checked against a decoy hash, so that the answer takes the same time.
//! Not here: lock-out and sessions (`sign_in`).

use std::sync::{Arc, LazyLock};

use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use shared::fault::{Code, Fault, FieldFault};
use tokio::sync::Semaphore;

/// Fewest characters of a password (`domain.md` 9).
pub const MIN_CHARS: usize = 10;
/// Most bytes of a password; a longer one costs time and gives nothing.
pub const MAX_BYTES: usize = 256;
/// Kinds of characters (lower case, upper case, digits, others) that a password needs.
const MIN_CLASSES: usize = 3;
/// Argon2id needs 19 MiB each time; more at once than processors only adds memory.
const AT_ONCE: usize = 2;

/// The hash that unknown users are checked against: random bytes nobody knows, made once per process.
static DECOY: LazyLock<String> = LazyLock::new(|| {
    use rand::RngCore;
    let (mut secret, mut salt) = ([0_u8; 32], [0_u8; 16]);
    rand::rng().fill_bytes(&mut secret);
    rand::rng().fill_bytes(&mut salt);
    hash_now(&secret, &salt).unwrap_or_default()
});

/// Makes and checks password hashes. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Hasher {
    gate: Arc<Semaphore>,
}

impl Default for Hasher {
    fn default() -> Self {
        Self {
            gate: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }
}

impl Hasher {
    /// The PHC string of a password; `salt` is 16 unpredictable bytes.
    pub async fn hash(&self, password: &str, salt: [u8; 16]) -> anyhow::Result<String> {
        let password = password.as_bytes().to_vec();
        self.run(move || hash_now(&password, &salt)).await?
    }

    /// Whether the password belongs to the hash. `None` (no such user, or no password yet) takes as long and is always false.
    pub async fn verify(&self, password: &str, hash: Option<String>) -> anyhow::Result<bool> {
        let password = password.as_bytes().to_vec();
        self.run(move || {
            let known = hash.is_some();
            let hash = hash.unwrap_or_else(|| DECOY.clone());
            let same = Argon2::default()
                .verify_password(&password, hash.as_str())
                .is_ok();
            known && same
        })
        .await
    }

    async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce() -> T + Send + 'static,
    ) -> anyhow::Result<T> {
        let permit = Arc::clone(&self.gate).acquire_owned().await?;
        Ok(tokio::task::spawn_blocking(move || {
            let result = job();
            // Held until the work is done, also when the caller has gone away.
            drop(permit);
            result
        })
        .await?)
    }
}

fn hash_now(password: &[u8], salt: &[u8; 16]) -> anyhow::Result<String> {
    Ok(Argon2::default()
        .hash_password_with_salt(password, salt)?
        .to_string())
}

/// Whether a new password is good enough: at least ten characters of three kinds, not the user name, not too long.
///
/// # Errors
/// `password.weak` with the rule that it breaks.
pub fn check(password: &str, username: &str) -> Result<(), Fault> {
    match broken(password, username) {
        Some(rule) => Err(weak(rule)),
        None => Ok(()),
    }
}

/// The first rule that a password breaks.
fn broken(password: &str, username: &str) -> Option<&'static str> {
    let classes = [
        char::is_lowercase,
        char::is_uppercase,
        char::is_numeric,
        |c: char| !c.is_alphanumeric(),
    ]
    .iter()
    .filter(|class| password.chars().any(*class))
    .count();
    let name = username.trim().to_lowercase();
    let rules = [
        ("long", password.len() > MAX_BYTES),
        ("short", password.chars().count() < MIN_CHARS),
        ("signs", password.chars().any(char::is_control)),
        ("classes", classes < MIN_CLASSES),
        (
            "name",
            !name.is_empty() && password.to_lowercase().contains(&name),
        ),
    ];
    let rule = rules.iter().find(|(_, is_broken)| *is_broken);
    rule.map(|(rule, _)| *rule)
}

/// A password that is refused for a rule.
pub(crate) fn weak(rule: &str) -> Fault {
    let facts: std::collections::BTreeMap<String, String> = [
        ("min".to_owned(), MIN_CHARS.to_string()),
        ("classes".to_owned(), MIN_CLASSES.to_string()),
        ("why".to_owned(), rule.to_owned()),
    ]
    .into();
    let fields = vec![FieldFault {
        field: "password".to_owned(),
        code: Code::PasswordWeak,
        facts: facts.clone(),
    }];
    Fault {
        facts,
        fields,
        ..Fault::new(Code::PasswordWeak)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_passwords_are_named_as_such() {
        for (weak, rule) in [
            ("", "short"),
            ("short1A!", "short"),
            ("alllowercaseletters", "classes"),
            ("lowerandUPPER", "classes"),
            ("Zhang.San2026", "name"),
            ("Tab\tAbc1234567", "signs"),
        ] {
            let fault = check(weak, "zhang.san").expect_err("weak");
            assert_eq!(fault.code, Code::PasswordWeak, "{weak}");
            assert_eq!(fault.facts["why"], rule, "{weak}");
        }
        assert!(
            check(&"aA1!".repeat(100), "zhang.san").is_err(),
            "longer than {MAX_BYTES} bytes"
        );
        check("correct-Horse-7", "zhang.san").expect("three kinds, long enough");
        check("十二三四五六七八九十Aa1", "li.si").expect("other scripts count as characters");
    }

    #[tokio::test]
    async fn only_the_right_password_of_a_known_user_passes() {
        let hasher = Hasher::default();
        let hash = hasher
            .hash("correct-Horse-7", [7; 16])
            .await
            .expect("hashes");
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        assert!(
            hasher
                .verify("correct-Horse-7", Some(hash.clone()))
                .await
                .expect("runs")
        );
        assert!(
            !hasher
                .verify("correct-Horse-8", Some(hash))
                .await
                .expect("runs")
        );
        assert!(!hasher.verify("correct-Horse-7", None).await.expect("runs"));
        assert!(
            !hasher
                .verify("x", Some("not a hash".to_owned()))
                .await
                .expect("runs")
        );
    }
}
