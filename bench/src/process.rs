//! What Linux says of this process: CPU time used and memory held.
//! Deliberately absent: other processes (`xtask/src/bench`).
//! CPU is counted in ticks of 10 ms, so it is only asked over many runs.

use std::fs;

use anyhow::Context;

/// CPU used until now by all threads, user and system, in milliseconds.
pub fn cpu_ms() -> anyhow::Result<f64> {
    let text = fs::read_to_string("/proc/self/stat")?;
    // The program's name may hold blanks; the fields behind its bracket do not.
    let rest = text.rsplit_once(')').context("/proc/self/stat")?.1;
    let field = |at: usize| {
        rest.split_whitespace()
            .nth(at)
            .and_then(|word| word.parse::<u64>().ok())
    };
    let ticks = field(11).zip(field(12)).context("/proc/self/stat")?;
    // USER_HZ is 100 on every Linux that Rust's std runs on.
    Ok((ticks.0 + ticks.1) as f64 * 10.0)
}

/// Resident memory now, in MB (10⁶ bytes).
pub fn resident_mb() -> anyhow::Result<f64> {
    status("VmRSS:")
}

/// The most that was resident since `forget_peak`, in MB.
pub fn peak_mb() -> anyhow::Result<f64> {
    status("VmHWM:")
}

/// Begins to count the peak anew.
pub fn forget_peak() -> anyhow::Result<()> {
    fs::write("/proc/self/clear_refs", "5").context("/proc/self/clear_refs")
}

fn status(name: &str) -> anyhow::Result<f64> {
    let text = fs::read_to_string("/proc/self/status")?;
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    let kb = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    Ok(kb.context("/proc/self/status")? * 1024.0 / 1e6)
}
