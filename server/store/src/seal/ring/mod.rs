//! The ring of an installation's keys as it is kept: read, made, renewed, wrapped and written.
//! The file lies outside the checkout, mode 0600; a file that others may read is refused, and one that is replaced is whole under its name or the old one.
//! Not here: what the keys do (`seal`), their form in the file (`file`). No key ever goes into the database.

use std::io::Write as _;
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use super::Seal;
use super::crypto::{NONCE, Provider, Refused, random};
use super::file::{KeyFile, Lookup, NamedKey, Signing, WrappedFile, decode, encode};
use super::service::KeyService;
use crate::StoreError;

/// What a wrapped file is bound to.
const PLACE: &[u8] = b"minsheng-keys-1";

/// The key that seals the file, in the clear and as a service keeps it.
struct Wrapping {
    provider: Provider,
    wrapped: Vec<u8>,
    key: Vec<u8>,
}

/// All keys of an installation, as its file has them.
pub struct KeyRing {
    keys: KeyFile,
    wrapping: Option<Wrapping>,
}

impl KeyRing {
    /// Fresh keys of a provider.
    pub fn fresh(provider: Provider) -> Result<Self, StoreError> {
        let audit = named(provider, "a", &signer(provider)?)?;
        let lookup = random_key(provider, Provider::fresh_lookup)?;
        let keys = KeyFile {
            data: vec![data_key(provider)?],
            lookup: if provider.is_default() {
                Lookup::Only(encode(&lookup))
            } else {
                Lookup::Ring(vec![named(provider, "l", &lookup)?])
            },
            audit: if provider.is_default() {
                Signing::Only(audit)
            } else {
                Signing::Ring(vec![audit])
            },
            session: named(
                Provider::International,
                "s",
                &signer(Provider::International)?,
            )?,
        };
        let wrapping = None;
        Ok(Self { keys, wrapping })
    }

    /// Reads a file; a wrapped one needs the service that unwraps its key.
    pub fn read(path: &Path, service: Option<&dyn KeyService>) -> Result<Self, StoreError> {
        let unfit = |e: &dyn std::fmt::Display| {
            StoreError::Unfit(format!("cannot use the key file {}: {e}", path.display()))
        };
        let words = read_private(path).map_err(|e| unfit(&e))?;
        let unread = match serde_json::from_slice::<KeyFile>(&words) {
            Ok(keys) => {
                let wrapping = None;
                return Ok(Self { keys, wrapping });
            }
            Err(unread) => format!("line {}: not the expected keys", unread.line()),
        };
        let Ok(file) = serde_json::from_slice::<WrappedFile>(&words) else {
            return Err(unfit(&unread));
        };
        let service = service.ok_or_else(|| {
            unfit(&"it is wrapped, and nothing is configured that unwraps it (crypto.key-file or crypto.key-command)")
        })?;
        Self::unwrapped(&file, service).map_err(|e| unfit(&e))
    }

    fn unwrapped(file: &WrappedFile, service: &dyn KeyService) -> Result<Self, String> {
        let damaged = || "it is damaged".to_owned();
        let wrapped = decode(&file.wrapped).ok_or_else(damaged)?;
        let sealed = decode(&file.sealed).ok_or_else(damaged)?;
        let key = service.unwrapped(&wrapped)?;
        let cipher = file.provider.crypto().cipher(&key);
        let cipher =
            cipher.map_err(|_| "the service gave no key of the right length".to_owned())?;
        let (nonce, body) = sealed.split_first_chunk::<NONCE>().ok_or_else(damaged)?;
        let mut body = body.to_vec();
        let opened = cipher.open(*nonce, PLACE, &mut body);
        opened.map_err(|_| "the service gave another key than the one that seals it".to_owned())?;
        let keys = serde_json::from_slice(&body).map_err(|_| damaged())?;
        let wrapping = Some(Wrapping {
            provider: file.provider,
            wrapped,
            key,
        });
        Ok(Self { keys, wrapping })
    }

    /// Whose keys seal now.
    pub fn provider(&self) -> Provider {
        let newest = self.keys.data.first();
        newest.map(|key| key.provider).unwrap_or_default()
    }

    /// Whether the file is sealed with a key that a service unwraps.
    pub fn is_wrapped(&self) -> bool {
        self.wrapping.is_some()
    }

    /// The keys made ready.
    pub fn seal(&self) -> Result<Seal, StoreError> {
        Seal::from_file(&self.keys)
    }

    /// Puts a fresh data key in front; the ones before go on opening.
    pub fn renew_data(&mut self) -> Result<(), StoreError> {
        let key = data_key(self.provider())?;
        self.keys.data.insert(0, key);
        Ok(())
    }

    /// Puts fresh keys of a provider in front, of every kind but the one for session tokens.
    pub fn renew_all(&mut self, provider: Provider) -> Result<(), StoreError> {
        let lookup = random_key(provider, Provider::fresh_lookup)?;
        let (mut finding, mut signing) = (self.keys.lookup.keys(), self.keys.audit.keys());
        finding.insert(0, named(provider, "l", &lookup)?);
        signing.insert(0, named(provider, "a", &signer(provider)?)?);
        self.keys.data.insert(0, data_key(provider)?);
        self.keys.lookup = Lookup::Ring(finding);
        self.keys.audit = Signing::Ring(signing);
        Ok(())
    }

    /// Has the file sealed with the key that a service unwraps from these bytes, the next time it is written.
    pub fn wrap(&mut self, wrapped: Vec<u8>, service: &dyn KeyService) -> Result<(), StoreError> {
        let key = service.unwrapped(&wrapped).map_err(StoreError::Unfit)?;
        let provider = Provider::of_length(key.len()).ok_or_else(|| {
            let bytes = key.len();
            StoreError::Unfit(format!(
                "the service gave {bytes} bytes; a key has 32 (AES-256) or 16 (SM4)"
            ))
        })?;
        self.wrapping = Some(Wrapping {
            provider,
            wrapped,
            key,
        });
        Ok(())
    }

    /// Has the file written in the clear.
    pub fn lay_open(&mut self) {
        self.wrapping = None;
    }

    /// The text of the file.
    pub fn text(&self) -> Result<String, StoreError> {
        let broken = |e: serde_json::Error| StoreError::Broken(e.into());
        let Some(wrapping) = &self.wrapping else {
            return serde_json::to_string_pretty(&self.keys).map_err(broken);
        };
        let mut sealed = serde_json::to_vec(&self.keys).map_err(broken)?;
        let nonce = random(NONCE).map_err(no_key)?;
        let nonce = <[u8; NONCE]>::try_from(nonce).map_err(|_| no_key(Refused))?;
        let cipher = wrapping.provider.crypto().cipher(&wrapping.key);
        cipher
            .and_then(|cipher| cipher.seal(nonce, PLACE, &mut sealed))
            .map_err(|_| StoreError::broken("sealing the keys failed"))?;
        let file = WrappedFile {
            provider: wrapping.provider,
            wrapped: encode(&wrapping.wrapped),
            sealed: encode(&[nonce.as_slice(), &sealed].concat()),
        };
        serde_json::to_string_pretty(&file).map_err(broken)
    }

    /// Writes a new file of mode 0600; an existing one is left alone and is an error.
    pub fn write_new(&self, path: &Path) -> Result<(), StoreError> {
        let words = self.text()?;
        write(path, &words).map_err(|e| unwritten(path, &e))
    }

    /// Puts the keys in the place of the file that is there: the new file is whole under its name, or the old one stays.
    pub fn replace(&self, path: &Path) -> Result<(), StoreError> {
        let words = self.text()?;
        let mut name = path.as_os_str().to_owned();
        name.push(".renewed");
        let beside = PathBuf::from(name);
        // What a broken-off call left.
        std::fs::remove_file(&beside).ok();
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        write(&beside, &words)
            .and_then(|()| std::fs::rename(&beside, path))
            .and_then(|()| std::fs::File::open(folder)?.sync_all())
            .map_err(|e| unwritten(path, &e))
    }
}

impl Provider {
    fn fresh_lookup(self) -> Result<Vec<u8>, Refused> {
        self.crypto().fresh_digest_key()
    }

    fn fresh_data(self) -> Result<Vec<u8>, Refused> {
        self.crypto().fresh_data_key()
    }

    fn fresh_signer(self) -> Result<Vec<u8>, Refused> {
        self.crypto().fresh_signer()
    }
}

/// The bytes of a file that only its owner may read.
pub(super) fn read_private(path: &Path) -> Result<Vec<u8>, String> {
    let meta = std::fs::metadata(path).map_err(|e| e.to_string())?;
    let mode = meta.permissions().mode();
    if mode & 0o077 != 0 {
        let mode = mode & 0o777;
        return Err(format!("its mode is {mode:o}, it must be 600"));
    }
    std::fs::read(path).map_err(|e| e.to_string())
}

/// Writes a file of mode 0600 that was not there before.
pub(super) fn write(path: &Path, words: &str) -> std::io::Result<()> {
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(words.as_bytes())?;
    file.sync_all()
}

fn unwritten(path: &Path, error: &std::io::Error) -> StoreError {
    let path = path.display();
    StoreError::Unfit(format!("cannot write the key file {path}: {error}"))
}

fn no_key(_: Refused) -> StoreError {
    StoreError::broken("no random bytes")
}

fn random_key(
    provider: Provider,
    make: fn(Provider) -> Result<Vec<u8>, Refused>,
) -> Result<Vec<u8>, StoreError> {
    make(provider).map_err(no_key)
}

fn data_key(provider: Provider) -> Result<NamedKey, StoreError> {
    named(provider, "d", &random_key(provider, Provider::fresh_data)?)
}

fn signer(provider: Provider) -> Result<Vec<u8>, StoreError> {
    random_key(provider, Provider::fresh_signer)
}

/// A key with a fresh id, which says whose it is: it stands beside every value that the key seals.
fn named(provider: Provider, kind: &str, key: &[u8]) -> Result<NamedKey, StoreError> {
    let number = hex::encode(random(4).map_err(no_key)?);
    let prefix = provider.prefix();
    Ok(NamedKey {
        id: format!("{prefix}{kind}-{number}"),
        provider,
        key: encode(key),
    })
}

#[cfg(test)]
mod tests;
