//! Who unwraps the key that seals the key file: a file on another place, or a command that asks a key service of the office.
//! Not here: the key file (`ring`). What is unwrapped stays in memory alone.

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use super::crypto::{NONCE, Provider, random};
use super::file::{decode, encode};
use super::ring::{read_private, write};

/// What a wrapped key is bound to.
const PLACE: &[u8] = b"minsheng-wrapped-key-1";
/// A command that says nothing for longer is ended.
const PATIENCE: Duration = Duration::from_secs(30);
/// More than this is no key.
const MOST: u64 = 4_096;

/// Unwraps keys.
pub trait KeyService: Send + Sync {
    /// The key behind what the service keeps.
    ///
    /// # Errors
    /// With words for the administrator, without secrets.
    fn unwrapped(&self, wrapped: &[u8]) -> Result<Vec<u8>, String>;
}

/// A key in a file that does not lie with the database: on a stick, or on a disk in memory.
pub struct FileService(PathBuf);

impl FileService {
    /// The service of a file.
    pub fn at(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// Makes the file, unless there is one.
    ///
    /// # Errors
    /// What the disk says.
    pub fn make(&self, provider: Provider) -> Result<(), String> {
        if self.0.exists() {
            return Ok(());
        }
        let key = provider.crypto().fresh_data_key();
        let key = key.map_err(|_| "no random bytes".to_owned())?;
        write(&self.0, &format!("{}\n", encode(&key))).map_err(|e| self.said(&e))
    }

    /// A fresh key, wrapped.
    ///
    /// # Errors
    /// Of the file.
    pub fn fresh(&self) -> Result<Vec<u8>, String> {
        let (provider, own) = self.key()?;
        let crypto = provider.crypto();
        let failed = |_| "no key could be made".to_owned();
        let mut key = crypto.fresh_data_key().map_err(failed)?;
        let nonce = random(NONCE).map_err(failed)?;
        let bytes = <[u8; NONCE]>::try_from(nonce.as_slice()).map_err(|_| "no nonce".to_owned())?;
        let cipher = crypto.cipher(&own).map_err(failed)?;
        cipher.seal(bytes, PLACE, &mut key).map_err(failed)?;
        Ok([nonce, key].concat())
    }

    fn key(&self) -> Result<(Provider, Vec<u8>), String> {
        let words = read_private(&self.0).map_err(|e| self.said(&e))?;
        let text = String::from_utf8(words).map_err(|_| self.said(&"it is no text"))?;
        let key = decode(text.trim()).ok_or_else(|| self.said(&"it is not base64"))?;
        let provider = Provider::of_length(key.len());
        let provider =
            provider.ok_or_else(|| self.said(&"a key has 32 bytes (AES-256) or 16 (SM4)"))?;
        Ok((provider, key))
    }

    fn said(&self, what: &dyn std::fmt::Display) -> String {
        format!("crypto.key-file {}: {what}", self.0.display())
    }
}

impl KeyService for FileService {
    fn unwrapped(&self, wrapped: &[u8]) -> Result<Vec<u8>, String> {
        let other = || self.said(&"it does not open this key file: another key, or changed");
        let (provider, own) = self.key()?;
        let (nonce, body) = wrapped.split_first_chunk::<NONCE>().ok_or_else(other)?;
        let mut key = body.to_vec();
        let cipher = provider.crypto().cipher(&own).map_err(|_| other())?;
        cipher.open(*nonce, PLACE, &mut key).map_err(|_| other())?;
        Ok(key)
    }
}

/// A command that reads the wrapped key from its standard input and writes the key to its standard output, both as base64.
pub struct CommandService(Vec<String>);

impl CommandService {
    /// The service of a program with its arguments.
    pub fn new(command: Vec<String>) -> Self {
        Self(command)
    }

    fn said(&self, what: &dyn std::fmt::Display) -> String {
        let program = self.0.first().map_or("", String::as_str);
        format!("crypto.key-command {program}: {what}")
    }

    fn answer(&self, words: &str) -> Result<Vec<u8>, String> {
        let (program, arguments) = self
            .0
            .split_first()
            .ok_or_else(|| self.said(&"no program is named"))?;
        let mut child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|e| self.said(&e))?;
        let (input, output) = (child.stdin.take(), child.stdout.take());
        let (tell, told) = mpsc::channel();
        let words = words.to_owned();
        std::thread::spawn(move || {
            // A command that does not read what it is given may still answer.
            if let Some(mut input) = input {
                input.write_all(words.as_bytes()).ok();
            }
            let mut answer = Vec::new();
            let read = output.map(|output| output.take(MOST).read_to_end(&mut answer));
            tell.send(read.is_some_and(|read| read.is_ok()).then_some(answer))
                .ok();
        });
        let answer = told.recv_timeout(PATIENCE);
        if answer.is_err() {
            child.kill().ok();
        }
        let status = child.wait().map_err(|e| self.said(&e))?;
        match answer {
            Ok(Some(answer)) if status.success() => Ok(answer),
            Ok(_) => Err(self.said(&format!("it ended with {status}"))),
            Err(_) => Err(self.said(&"it did not answer within 30 seconds")),
        }
    }
}

impl KeyService for CommandService {
    fn unwrapped(&self, wrapped: &[u8]) -> Result<Vec<u8>, String> {
        let answer = self.answer(&format!("{}\n", encode(wrapped)))?;
        let text = String::from_utf8(answer).map_err(|_| self.said(&"its answer is no text"))?;
        decode(text.trim()).ok_or_else(|| self.said(&"its answer is not base64"))
    }
}
