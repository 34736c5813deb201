//! Generated files that are kept in the repository must equal what the program writes today.
//! What it checks: `docs/openapi.json` against `minsheng openapi`.
//! Read next: the server's `cli` folder.

use super::Work;
use crate::report::Tally;
use anyhow::{Context, Result, ensure};
use std::{fs, path::Path, process::Command};

/// Compares each kept file with a fresh one.
pub fn run(work: &mut Work, log: &Path) -> Result<Tally> {
    let kept = work.paths.root.join("docs/openapi.json");
    if !kept.is_file() {
        return Ok(Tally::default());
    }
    let server = work.paths.server("debug");
    let output = Command::new(&server)
        .arg("openapi")
        .current_dir(&work.paths.root)
        .output();
    let output = output.with_context(|| format!("cannot start {}", server.display()))?;
    ensure!(
        output.status.success(),
        "`minsheng openapi` failed: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let parse = |bytes: &[u8]| serde_json::from_slice::<serde_json::Value>(bytes);
    let fresh = parse(&output.stdout).context("`minsheng openapi` prints no JSON")?;
    let same = parse(&fs::read(&kept)?).is_ok_and(|old| old == fresh);
    if !same {
        fs::write(
            log,
            "docs/openapi.json is stale: minsheng openapi > docs/openapi.json\n",
        )?;
    }
    Ok(Tally::one(same))
}
