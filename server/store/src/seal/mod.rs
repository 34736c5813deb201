//! Sealing personal data: AES-256-GCM with the key's id beside the value, and HMAC-SHA-256 columns by which it is found.
//! A sealed value is bound to its row and column, so that it cannot be moved to another row.
//! Not here: the file with the keys (`file`), masking (`shared::person`), the audit's chain (`audit`).

mod file;

use std::path::Path;
use std::sync::Arc;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use aws_lc_rs::{digest, hmac, rand};

use crate::StoreError;

/// The keys of an installation. Cheap to clone; prints nothing.
#[derive(Clone)]
pub struct Seal(Arc<Keys>);

/// What is known of a key without knowing it: enough to tell whether it is the one that a database needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyMark {
    /// `data`, `lookup` or `audit`.
    pub kind: String,
    /// The key's id; `lookup` has only one.
    pub id: String,
    /// Digest of kind, id and key.
    pub fingerprint: Vec<u8>,
}

struct Keys {
    /// The newest key first; older ones only open.
    data: Vec<(String, LessSafeKey)>,
    lookup: hmac::Key,
    audit: (String, Ed25519KeyPair),
    session: Vec<u8>,
    marks: Vec<KeyMark>,
}

impl std::fmt::Debug for Seal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Seal({})", self.key_id())
    }
}

impl Seal {
    /// Writes a file with fresh keys, mode 0600; an existing file is left alone and is an error.
    pub fn generate_file(path: &Path) -> Result<(), StoreError> {
        file::generate(path)
    }

    /// Reads the keys; refuses a file that others may read.
    pub fn load(path: &Path) -> Result<Self, StoreError> {
        Self::from_file(file::read(path)?)
    }

    /// Keys that live only in memory, for tests and dry runs.
    pub fn in_memory() -> Result<Self, StoreError> {
        Self::from_file(file::fresh()?)
    }

    /// Fresh keys, and the text of the file that keeps them.
    pub fn fresh() -> Result<(Self, String), StoreError> {
        let keys = file::fresh()?;
        let text = serde_json::to_string_pretty(&keys).map_err(|e| StoreError::Broken(e.into()))?;
        Ok((Self::from_file(keys)?, text))
    }

    /// Marks of the keys that data depends on. The session key is not among them: another one only ends sessions.
    pub fn marks(&self) -> &[KeyMark] {
        &self.0.marks
    }

    fn from_file(file: file::KeyFile) -> Result<Self, StoreError> {
        let unfit = |what: &str| StoreError::Unfit(format!("the key file has no valid {what}"));
        let mut data = Vec::with_capacity(file.data.len());
        let mut marks = Vec::new();
        for key in file.data {
            let bytes = file::decode(&key.key).ok_or_else(|| unfit("data key"))?;
            marks.push(mark("data", &key.id, &bytes));
            let key_ = UnboundKey::new(&AES_256_GCM, &bytes).map_err(|_| unfit("data key"))?;
            data.push((key.id, LessSafeKey::new(key_)));
        }
        if data.is_empty() {
            return Err(unfit("data key"));
        }
        let lookup = file::decode(&file.lookup)
            .filter(|k| k.len() == 32)
            .ok_or_else(|| unfit("lookup key"))?;
        let audit = file::decode(&file.audit.key).ok_or_else(|| unfit("audit key"))?;
        let audit = Ed25519KeyPair::from_pkcs8(&audit).map_err(|_| unfit("audit key"))?;
        marks.push(mark("lookup", "lookup", &lookup));
        marks.push(mark("audit", &file.audit.id, audit.public_key().as_ref()));
        let session = file::decode(&file.session.key).ok_or_else(|| unfit("session key"))?;
        Ed25519KeyPair::from_pkcs8(&session).map_err(|_| unfit("session key"))?;
        Ok(Self(Arc::new(Keys {
            data,
            lookup: hmac::Key::new(hmac::HMAC_SHA256, &lookup),
            audit: (file.audit.id, audit),
            session,
            marks,
        })))
    }

    /// Id of the key that seals now; it stands beside every sealed value.
    pub fn key_id(&self) -> &str {
        &self.0.data[0].0
    }

    /// Seals bytes for one place, for example `tickets.citizen` and the row's id: nonce, then ciphertext with tag.
    pub(crate) fn seal(
        &self,
        place: &str,
        row: &[u8],
        plain: &[u8],
    ) -> Result<Vec<u8>, StoreError> {
        let mut nonce = [0_u8; NONCE_LEN];
        rand::fill(&mut nonce).map_err(|_| StoreError::broken("no random bytes"))?;
        let mut sealed = plain.to_vec();
        self.0.data[0]
            .1
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(bound(place, row)),
                &mut sealed,
            )
            .map_err(|_| StoreError::broken("sealing failed"))?;
        let mut out = nonce.to_vec();
        out.append(&mut sealed);
        Ok(out)
    }

    /// Opens what `seal` made for the same place.
    pub(crate) fn open(
        &self,
        key_id: &str,
        place: &str,
        row: &[u8],
        sealed: &[u8],
    ) -> Result<Vec<u8>, StoreError> {
        let (_, key) = self
            .0
            .data
            .iter()
            .find(|(id, _)| id == key_id)
            .ok_or_else(|| StoreError::broken(format!("key {key_id} is not in the key file")))?;
        let (nonce, body) = sealed
            .split_at_checked(NONCE_LEN)
            .ok_or_else(|| StoreError::broken("sealed value is too short"))?;
        let nonce = Nonce::try_assume_unique_for_key(nonce)
            .map_err(|_| StoreError::broken("sealed value has no nonce"))?;
        let mut body = body.to_vec();
        let plain = key
            .open_in_place(nonce, Aad::from(bound(place, row)), &mut body)
            .map_err(|_| {
                StoreError::broken(format!(
                    "a sealed value of {place} does not open: other keys, or changed"
                ))
            })?;
        Ok(plain.to_vec())
    }

    /// HMAC of a value for finding it; `kind` keeps phones, names and numbers apart. The value must be normalised already.
    pub fn hash(&self, kind: &str, value: &str) -> Vec<u8> {
        let mut context = hmac::Context::with_key(&self.0.lookup);
        context.update(kind.as_bytes());
        context.update(&[0]);
        context.update(value.as_bytes());
        context.sign().as_ref().to_vec()
    }

    /// HMAC of a phone number in its normal form.
    pub fn phone_hash(&self, phone: &str) -> Vec<u8> {
        self.hash("phone", phone)
    }

    /// HMAC of ticket number and query code, as stored in `query_code_hash`.
    pub fn query_code_hash(&self, ticket_no: &str, code: &str) -> Vec<u8> {
        self.hash("query-code", &format!("{ticket_no}\u{0}{code}"))
    }

    /// The Ed25519 key for session tokens as PKCS#8 DER.
    pub fn session_key(&self) -> &[u8] {
        &self.0.session
    }

    /// Id and signature of the audit key over the manifest of a backup.
    pub fn sign_manifest(&self, manifest: &[u8]) -> (String, Vec<u8>) {
        self.sign_audit(&manifest_message(manifest))
    }

    /// Whether the audit key signed the manifest of a backup.
    pub fn manifest_holds(&self, key_id: &str, manifest: &[u8], signature: &[u8]) -> bool {
        self.audit_signature_holds(key_id, &manifest_message(manifest), signature)
    }

    /// Id and signature of the audit key over a message.
    pub(crate) fn sign_audit(&self, message: &[u8]) -> (String, Vec<u8>) {
        let (id, key) = &self.0.audit;
        (id.clone(), key.sign(message).as_ref().to_vec())
    }

    /// Whether the audit key signed the message.
    pub(crate) fn audit_signature_holds(
        &self,
        key_id: &str,
        message: &[u8],
        signature: &[u8],
    ) -> bool {
        let (id, key) = &self.0.audit;
        id == key_id
            && UnparsedPublicKey::new(&ED25519, key.public_key().as_ref())
                .verify(message, signature)
                .is_ok()
    }
}

fn mark(kind: &str, id: &str, key: &[u8]) -> KeyMark {
    let input = [
        b"minsheng-key-1".as_slice(),
        &[0],
        kind.as_bytes(),
        &[0],
        id.as_bytes(),
        &[0],
        key,
    ];
    KeyMark {
        kind: kind.to_owned(),
        id: id.to_owned(),
        fingerprint: sha256(&input.concat()),
    }
}

fn manifest_message(manifest: &[u8]) -> Vec<u8> {
    [b"minsheng-backup-1".as_slice(), &sha256(manifest)].concat()
}

/// SHA-256.
pub(crate) fn sha256(bytes: &[u8]) -> Vec<u8> {
    digest::digest(&digest::SHA256, bytes).as_ref().to_vec()
}

/// Random bytes for salts.
pub(crate) fn salt() -> Result<Vec<u8>, StoreError> {
    let mut bytes = vec![0_u8; 16];
    rand::fill(&mut bytes).map_err(|_| StoreError::broken("no random bytes"))?;
    Ok(bytes)
}

fn bound(place: &str, row: &[u8]) -> Vec<u8> {
    [place.as_bytes(), &[0], row].concat()
}

#[cfg(test)]
mod tests {
    use super::Seal;

    #[test]
    fn a_sealed_value_opens_only_in_its_own_row() {
        let seal = Seal::in_memory().expect("keys");
        let sealed = seal
            .seal("tickets.citizen", b"row-1", "张三".as_bytes())
            .expect("sealed");
        assert_eq!(
            seal.open(seal.key_id(), "tickets.citizen", b"row-1", &sealed)
                .expect("opened"),
            "张三".as_bytes()
        );
        assert!(
            seal.open(seal.key_id(), "tickets.citizen", b"row-2", &sealed)
                .is_err()
        );
        assert!(
            seal.open("other", "tickets.citizen", b"row-1", &sealed)
                .is_err()
        );
        assert_ne!(
            sealed,
            seal.seal("tickets.citizen", b"row-1", "张三".as_bytes())
                .expect("sealed")
        );
    }

    #[test]
    fn the_key_file_is_private_and_read_back() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().expect("temp dir");
        let path = dir.path().join("keys.json");
        Seal::generate_file(&path).expect("written");
        assert_eq!(
            std::fs::metadata(&path)
                .expect("there")
                .permissions()
                .mode()
                & 0o777,
            0o600
        );
        assert!(
            Seal::generate_file(&path).is_err(),
            "an existing file is never overwritten"
        );
        let (a, b) = (
            Seal::load(&path).expect("loads"),
            Seal::load(&path).expect("loads"),
        );
        assert_eq!(a.phone_hash("13800000000"), b.phone_hash("13800000000"));
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).expect("changed");
        assert!(
            Seal::load(&path).is_err(),
            "a file that others may read is refused"
        );
    }
}
