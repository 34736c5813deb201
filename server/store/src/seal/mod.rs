//! Sealing personal data with the ring of an installation: newest keys seal, find and sign, older ones still open, find and prove.
//! A sealed value is bound to its row and column, so that it cannot be moved to another row; the id of its key stands beside it and names the provider.
//! Not here: the algorithms (`crypto`), the ring and its file (`ring`, `file`), who unwraps it (`service`), masking (`shared::person`).

pub mod crypto;
mod file;
pub mod ring;
pub mod service;

use std::path::Path;
use std::sync::Arc;

use aws_lc_rs::aead::NONCE_LEN;
use aws_lc_rs::{digest, rand};

use crate::StoreError;
use crypto::{Cipher, KeyedDigest, Provider, Signer};
use ring::KeyRing;

/// The keys of an installation. Cheap to clone; prints nothing.
#[derive(Clone)]
pub struct Seal(Arc<Keys>);

/// What is known of a key without knowing it: enough to tell whether it is the one that a database needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyMark {
    /// `data`, `lookup` or `audit`.
    pub kind: String,
    /// The key's id.
    pub id: String,
    /// Digest of kind, id and key.
    pub fingerprint: Vec<u8>,
}

/// A key made ready, with its id.
struct Ready<K: ?Sized> {
    id: String,
    provider: Provider,
    key: Box<K>,
}

/// The newest key of each kind first; older ones only open, find and prove.
struct Keys {
    data: Vec<Ready<dyn Cipher>>,
    lookup: Vec<Ready<dyn KeyedDigest>>,
    audit: Vec<Ready<dyn Signer>>,
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
        KeyRing::fresh(Provider::default())?.write_new(path)
    }

    /// Reads keys that lie in the clear; refuses a file that others may read.
    pub fn load(path: &Path) -> Result<Self, StoreError> {
        KeyRing::read(path, None)?.seal()
    }

    /// Keys that live only in memory, for tests and dry runs.
    pub fn in_memory() -> Result<Self, StoreError> {
        KeyRing::fresh(Provider::default())?.seal()
    }

    /// Fresh keys of the default provider, and the text of the file that keeps them.
    pub fn fresh() -> Result<(Self, String), StoreError> {
        Self::fresh_of(Provider::default())
    }

    /// Fresh keys of a provider, and the text of the file that keeps them.
    pub fn fresh_of(provider: Provider) -> Result<(Self, String), StoreError> {
        let ring = KeyRing::fresh(provider)?;
        Ok((ring.seal()?, ring.text()?))
    }

    /// Marks of the keys that data depends on. The session key is not among them: another one only ends sessions.
    pub fn marks(&self) -> &[KeyMark] {
        &self.0.marks
    }

    fn from_file(file: &file::KeyFile) -> Result<Self, StoreError> {
        let unfit = |what: &str| StoreError::Unfit(format!("the key file has no valid {what}"));
        let mut marks = Vec::new();
        let (mut data, mut lookup, mut audit) = (Vec::new(), Vec::new(), Vec::new());
        for key in &file.data {
            let bytes = key.bytes().ok_or_else(|| unfit("data key"))?;
            let cipher = key.provider.crypto().cipher(&bytes);
            let cipher = cipher.map_err(|_| unfit("data key"))?;
            marks.push(mark("data", &key.id, &bytes));
            data.push(ready(key, cipher));
        }
        for key in file.lookup.keys() {
            let bytes = key.bytes().ok_or_else(|| unfit("lookup key"))?;
            let digest = key.provider.crypto().digest(&bytes);
            let digest = digest.map_err(|_| unfit("lookup key"))?;
            marks.push(mark("lookup", &key.id, &bytes));
            lookup.push(ready(&key, digest));
        }
        for key in file.audit.keys() {
            let bytes = key.bytes().ok_or_else(|| unfit("audit key"))?;
            let signer = key.provider.crypto().signer(&bytes);
            let signer = signer.map_err(|_| unfit("audit key"))?;
            marks.push(mark("audit", &key.id, &signer.public()));
            audit.push(ready(&key, signer));
        }
        for (what, missing) in [
            ("data key", data.is_empty()),
            ("lookup key", lookup.is_empty()),
            ("audit key", audit.is_empty()),
        ] {
            if missing {
                return Err(unfit(what));
            }
        }
        let session = file.session.bytes().ok_or_else(|| unfit("session key"))?;
        let checked = Provider::International.crypto().signer(&session);
        checked.map_err(|_| unfit("session key"))?;
        Ok(Self(Arc::new(Keys {
            data,
            lookup,
            audit,
            session,
            marks,
        })))
    }

    /// Id of the key that seals now; it stands beside every sealed value.
    pub fn key_id(&self) -> &str {
        &self.0.data[0].id
    }

    /// Id of the key that makes digests for finding now.
    pub fn lookup_id(&self) -> &str {
        &self.0.lookup[0].id
    }

    /// Whose algorithms seal now.
    pub fn provider(&self) -> Provider {
        self.0.data[0].provider
    }

    /// Whose algorithms sealed under a key; nothing when it is not in the ring.
    pub fn provider_of(&self, key_id: &str) -> Option<Provider> {
        let mut keys = self.0.data.iter();
        keys.find(|key| key.id == key_id).map(|key| key.provider)
    }

    /// How many keys find: values of before a change are looked for by each of them.
    pub fn generations(&self) -> usize {
        self.0.lookup.len()
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
            .key
            .seal(nonce, &bound(place, row), &mut sealed)
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
        let mut keys = self.0.data.iter();
        let ready = keys
            .find(|key| key.id == key_id)
            .ok_or_else(|| StoreError::broken(format!("key {key_id} is not in the key file")))?;
        let (nonce, body) = sealed
            .split_first_chunk::<NONCE_LEN>()
            .ok_or_else(|| StoreError::broken("sealed value is too short"))?;
        let mut body = body.to_vec();
        ready
            .key
            .open(*nonce, &bound(place, row), &mut body)
            .map_err(|_| {
                StoreError::broken(format!(
                    "a sealed value of {place} does not open: other keys, or changed"
                ))
            })?;
        Ok(body)
    }

    /// HMAC of a value for finding it; `kind` keeps phones, names and numbers apart. The value must be normalised already.
    pub fn hash(&self, kind: &str, value: &str) -> Vec<u8> {
        digest_of(&*self.0.lookup[0].key, kind, value)
    }

    /// The same with every key that finds, the newest first: a value of before a change has one of these.
    pub fn hashes(&self, kind: &str, value: &str) -> Vec<Vec<u8>> {
        let of = |ready: &Ready<dyn KeyedDigest>| digest_of(&*ready.key, kind, value);
        self.0.lookup.iter().map(of).collect()
    }

    /// HMAC of a phone number in its normal form.
    pub fn phone_hash(&self, phone: &str) -> Vec<u8> {
        self.hash("phone", phone)
    }

    /// HMAC of ticket number and query code, as stored in `query_code_hash`.
    pub fn query_code_hash(&self, ticket_no: &str, code: &str) -> Vec<u8> {
        self.hash("query-code", &format!("{ticket_no}\u{0}{code}"))
    }

    /// The same with every key that finds, the newest first: a code is kept nowhere, so that its digest cannot be made anew.
    pub fn query_code_hashes(&self, ticket_no: &str, code: &str) -> Vec<Vec<u8>> {
        self.hashes("query-code", &format!("{ticket_no}\u{0}{code}"))
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

    /// Id and signature of the newest audit key over a message.
    pub(crate) fn sign_audit(&self, message: &[u8]) -> (String, Vec<u8>) {
        let newest = &self.0.audit[0];
        // No signature comes about once in 2^256; an empty one holds for nothing, and the check says so.
        let signature = newest.key.sign(message).unwrap_or_default();
        (newest.id.clone(), signature)
    }

    /// Whether the audit key of this id signed the message.
    pub(crate) fn audit_signature_holds(
        &self,
        key_id: &str,
        message: &[u8],
        signature: &[u8],
    ) -> bool {
        let mut keys = self.0.audit.iter();
        keys.find(|key| key.id == key_id)
            .is_some_and(|ready| ready.key.verifies(message, signature))
    }
}

fn ready<K: ?Sized>(named: &file::NamedKey, key: Box<K>) -> Ready<K> {
    Ready {
        id: named.id.clone(),
        provider: named.provider,
        key,
    }
}

fn digest_of(key: &dyn KeyedDigest, kind: &str, value: &str) -> Vec<u8> {
    key.of(&[kind.as_bytes(), &[0], value.as_bytes()])
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

/// SHA-256 without anything on the heap, for whoever digests millions.
pub(crate) fn sha256_of(bytes: &[u8]) -> digest::Digest {
    digest::digest(&digest::SHA256, bytes)
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
