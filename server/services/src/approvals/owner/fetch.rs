//! Gives a deployed definition, or a deployed file of decision tables, as it was handed in: the same characters, told by their digest.
//! Not here: deploying (`deploy`), what the check says of it (`show`).
//! A text that is not what its digest says is never given: somebody has changed the database by hand.

use std::fmt::Write as _;

use shared::access::needs;
use shared::approval::view::TableRow;
use shared::fault::Fault;
use store::Conn;

use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::host::denied::recorded;

/// A deployed file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Under which name it is saved.
    pub name: String,
    pub xml: String,
    /// SHA-256 of the text, as hexadecimal digits.
    pub digest: String,
}

/// A version of a definition.
///
/// # Errors
/// `not_found` for a version that is not deployed.
pub async fn definition(ctx: &Ctx, key: &str, version: i32) -> Result<File, Fault> {
    let done = async {
        ctx.ask(needs::PROCESSES)?;
        let reader = ctx.services.store().reader();
        let found = store::definitions::get(&reader, key, version).await;
        let found = found.settle(&ctx.services)?.ok_or_else(Fault::missing)?;
        let name = format!("{key}-{version}.bpmn");
        whole(name, found.xml, &found.digest).settle(&ctx.services)
    };
    let what = ("process.fetch", format!("process:{key}"));
    recorded(ctx, what, done).await
}

/// A version of a decision table, in the file that it was deployed with.
///
/// # Errors
/// `not_found` for a version that is not deployed.
pub async fn table(ctx: &Ctx, key: &str, version: i32) -> Result<File, Fault> {
    let done = async {
        ctx.ask(needs::PROCESSES)?;
        let reader = ctx.services.store().reader();
        let found = store::decisions::deployed(&reader, key, version).await;
        let (xml, digest) = found.settle(&ctx.services)?.ok_or_else(Fault::missing)?;
        let name = format!("{key}-{version}.dmn");
        whole(name, xml, &digest).settle(&ctx.services)
    };
    let what = ("process.fetch", format!("decision:{key}"));
    recorded(ctx, what, done).await
}

/// The tables that a definition asks, each with its newest version.
pub(super) async fn tables_of(
    conn: &dyn Conn,
    definition: &bpmn::Definition,
) -> Result<Vec<TableRow>, Failure> {
    let mut rows = Vec::new();
    for key in definition.decisions() {
        if let Some((version, _)) = store::decisions::newest(conn, &key).await? {
            rows.push(TableRow { key, version });
        }
    }
    Ok(rows)
}

fn whole(name: String, xml: String, kept: &[u8]) -> Result<File, Failure> {
    let digest = store::definitions::digest(&xml);
    if digest != kept {
        return Err(anyhow::anyhow!("{name} is not what was deployed: its digest differs").into());
    }
    let hex = digest.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    Ok(File {
        name,
        xml,
        digest: hex,
    })
}
