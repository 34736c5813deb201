//! Staff from a table: read, told line by line, and taken as a whole or not at all. Nobody's password stands in a file: each new person gets a
//! link. Whoever may not grant (the system administrator) makes accounts without posts, and what the file says of posts waits for who may.
//! Not here: bytes, heads and lines (`sheet`), carrying posts out (`life`).

mod read;
mod write;

use shared::access::needs;
use shared::account::staff::StaffReport;
use shared::fault::Fault;

use crate::context::Ctx;
use crate::watch::watched;

/// A table of people.
#[derive(Debug, Clone)]
pub struct StaffTable {
    /// What the file says.
    pub text: String,
    /// How it was read, such as `GBK (GB18030)`.
    pub encoding: String,
    /// Nothing is written; only what would come of it is told.
    pub only_look: bool,
}

/// Looks at a table of people, or makes their accounts. The links of new people are in the answer of the call that made them, and nowhere else.
///
/// # Errors
/// `access.denied`; `import.mapping` for what is no table of people; `register.too_many`. Lines that cannot be taken are in the report, and
/// nothing is written then.
pub async fn take_staff(ctx: &Ctx, table: StaffTable) -> Result<StaffReport, Fault> {
    watched(ctx, "staff.import", "users", taken(ctx, table)).await
}

async fn taken(ctx: &Ctx, table: StaffTable) -> Result<StaffReport, Fault> {
    let scope = ctx.reach(needs::STAFFING)?;
    let found = read::read(ctx, &scope, table.text).await?;
    let mut report = StaffReport {
        encoding: table.encoding,
        lines: found.lines,
        new: found.people.len() as u64,
        same: found.same,
        wrong: found.wrong,
        refused: found.refused,
        ..StaffReport::default()
    };
    if table.only_look || report.refused > 0 {
        return Ok(report);
    }
    write::write(ctx, found.people, &mut report).await?;
    report.is_taken = true;
    Ok(report)
}
