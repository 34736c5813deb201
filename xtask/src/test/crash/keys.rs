//! Keys renewed with the content of files, under kills: each start goes on with sealing anew where the one before was killed, every file reads as it
//! was sent after each of them, and in the end the content of all is sealed with new keys.
//! Not here: what is sealed, kill by kill in one process (tests of `services`).

use super::files::{self, Whole};
use crate::server::Server;
use anyhow::{Result, ensure};
use std::{
    fs, thread,
    time::{Duration, Instant},
};

const KILLS: u32 = 4;
/// How long the last start may take to come to the end.
const PATIENCE: Duration = Duration::from_mins(1);
/// What the log says when the content of every file was looked at.
const OVER: &str = "the content of files is sealed anew";

/// Renews the keys while no server runs, and kills those that seal anew.
pub fn renew(server: &mut Server, token: &str, papers: &[Whole]) -> Result<()> {
    server.end()?;
    server.run(&["keys", "renew", "--content"])?;
    for round in 0..KILLS {
        server.start()?;
        files::check(server.port, token, papers)?;
        thread::sleep(Duration::from_millis(100 + u64::from(round * 211 % 900)));
        server.kill()?;
    }
    server.start()?;
    let begun = Instant::now();
    while !fs::read_to_string(server.log())?.contains(OVER) {
        ensure!(
            begun.elapsed() < PATIENCE,
            "the content of files does not come to its end"
        );
        thread::sleep(Duration::from_millis(100));
    }
    files::check(server.port, token, papers)
}
