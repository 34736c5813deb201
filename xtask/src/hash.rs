//! A fingerprint over files, to see whether something changed since the last run.
//! Not for security: FNV-1a over names, sizes and times is enough to skip work that is done.
//! Read next: `site/mod.rs` and `setup/node.rs`, its users.

use anyhow::{Context, Result};
use std::{fs, path::Path, time::UNIX_EPOCH};

/// FNV-1a, 64 bits.
pub struct Fnv(u64);

impl Fnv {
    /// The start value of the published algorithm.
    pub fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    /// Takes in more bytes.
    pub fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// Sixteen hexadecimal digits.
    pub fn hex(&self) -> String {
        format!("{:016x}", self.0)
    }
}

/// The fingerprint of a text.
pub fn text(value: &str) -> String {
    bytes(value.as_bytes())
}

/// The fingerprint of a file's content.
pub fn bytes(value: &[u8]) -> String {
    let mut fnv = Fnv::new();
    fnv.add(value);
    fnv.hex()
}

/// The fingerprint of the files below some paths: name, size and time of change, in a fixed order.
pub fn tree(root: &Path, below: &[&str]) -> Result<String> {
    let mut fnv = Fnv::new();
    for name in below {
        add_path(&mut fnv, &root.join(name))?;
    }
    Ok(fnv.hex())
}

fn add_path(fnv: &mut Fnv, path: &Path) -> Result<()> {
    let Ok(meta) = fs::metadata(path) else {
        return Ok(());
    };
    fnv.add(path.as_os_str().as_encoded_bytes());
    if meta.is_file() {
        fnv.add(&meta.len().to_le_bytes());
        let changed = meta.modified().context("this file system keeps no times")?;
        fnv.add(
            &changed
                .duration_since(UNIX_EPOCH)
                .unwrap_or_default()
                .as_nanos()
                .to_le_bytes(),
        );
        return Ok(());
    }
    let mut entries: Vec<_> = fs::read_dir(path)?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .collect();
    entries.sort();
    for entry in entries {
        if !entry.ends_with("target") && !entry.ends_with("node_modules") {
            add_path(fnv, &entry)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    /// Vectors of the FNV authors.
    #[test]
    fn published_vectors() {
        assert_eq!(super::text(""), "cbf29ce484222325");
        assert_eq!(super::text("a"), "af63dc4c8601ec8c");
        assert_eq!(super::text("foobar"), "85944171f73967e8");
    }
}
