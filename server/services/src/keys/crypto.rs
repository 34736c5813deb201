//! What the configuration says of an installation's keys: whose algorithms, and who unwraps the key file.
//! Not here: the algorithms and the ring (`store::crypto`, `store::ring`), opening an installation with them (`installation`).

use std::path::{Path, PathBuf};

use store::StoreError;
use store::crypto::Provider;
use store::key_service::{CommandService, FileService, KeyService};
use store::ring::KeyRing;

/// Whose algorithms seal, and who unwraps the key file. Nothing: those that are kept, and nobody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CryptoConfig {
    /// The provider; a new installation without one has the international one.
    pub provider: Option<Provider>,
    /// A file with the key that unwraps, away from the data folder.
    pub key_file: Option<PathBuf>,
    /// A program with its arguments that unwraps; it wins over the file.
    pub key_command: Vec<String>,
}

impl CryptoConfig {
    /// Who unwraps the key file.
    pub fn service(&self) -> Option<Box<dyn KeyService>> {
        if !self.key_command.is_empty() {
            return Some(Box::new(CommandService::new(self.key_command.clone())));
        }
        let file = self.key_file.as_deref()?;
        Some(Box::new(FileService::at(file)))
    }

    /// The ring of a key file.
    ///
    /// # Errors
    /// With words for the administrator: the file is absent, others may read it, it is damaged, or it is not unwrapped.
    pub fn ring(&self, file: &Path) -> Result<KeyRing, StoreError> {
        KeyRing::read(file, self.service().as_deref())
    }

    /// Fresh keys of the provider, wrapped where a file is named that unwraps. A command's key service makes its keys itself (`keys wrap`).
    ///
    /// # Errors
    /// Of that file.
    pub fn fresh(&self) -> Result<KeyRing, StoreError> {
        let mut ring = KeyRing::fresh(self.provider.unwrap_or_default())?;
        if self.key_command.is_empty() && self.key_file.is_some() {
            self.wrap(&mut ring, None)?;
        }
        Ok(ring)
    }

    /// Has a ring sealed with a key that the service unwraps: one of its own making, or a fresh one of the file.
    ///
    /// # Errors
    /// Nothing is configured that unwraps, or it does not.
    pub fn wrap(&self, ring: &mut KeyRing, own: Option<Vec<u8>>) -> Result<(), StoreError> {
        let (service, wrapped) = match (own, &self.key_file) {
            (Some(own), _) => (self.service(), own),
            (None, Some(file)) if self.key_command.is_empty() => {
                let place = FileService::at(file);
                place.make(ring.provider()).map_err(StoreError::Unfit)?;
                let wrapped = place.fresh().map_err(StoreError::Unfit)?;
                (self.service(), wrapped)
            }
            (None, _) => {
                return Err(StoreError::Unfit(
                    "name the key that your key service has made and wrapped with --wrapped FILE (base64), or a file of its own in crypto.key-file"
                        .to_owned(),
                ));
            }
        };
        let service = service.ok_or_else(|| {
            StoreError::Unfit(
                "nothing is configured that unwraps: set crypto.key-file or crypto.key-command"
                    .to_owned(),
            )
        })?;
        ring.wrap(wrapped, &*service)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fresh_keys_are_of_the_provider_and_wrapped_where_a_file_is_named() {
        let dir = tempfile::tempdir().expect("a folder");
        for provider in Provider::ALL {
            let clear = CryptoConfig {
                provider: Some(provider),
                ..CryptoConfig::default()
            };
            let ring = clear.fresh().expect("keys");
            assert_eq!((ring.provider(), ring.is_wrapped()), (provider, false));
            let wrapped = CryptoConfig {
                key_file: Some(dir.path().join(provider.code())),
                ..clear.clone()
            };
            let path = dir.path().join(format!("{}.json", provider.code()));
            let ring = wrapped.fresh().expect("keys");
            ring.write_new(&path).expect("written");
            assert!(wrapped.ring(&path).expect("opens").is_wrapped());
            assert!(clear.ring(&path).is_err(), "nothing unwraps it");
        }
    }
}
