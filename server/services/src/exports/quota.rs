//! How much one person exports on one day, where the office sets a bound: rows count when an export begins or is asked for, those of jobs that
//! are stopped later included.
//! Not here: the setting (`shared::register::Rule`), the rows themselves. The counter's key is a digest, so that it names nobody.

use shared::calendar::day_start;
use shared::fault::{Code, Fault};
use shared::register::Rule;
use store::Tx;
use store::devices::{Window, tally_many};

use crate::context::{Ctx, Services};
use crate::fault::Failure;

/// Milliseconds of a day.
const DAY: i64 = 24 * 3_600_000;

/// Rows of one person on one day at most; none where the office wants no bound.
pub(super) async fn most(services: &Services) -> Result<Option<i64>, Failure> {
    let rule = Rule::DAY_ROWS;
    let said = store::settings::get(&services.store().reader(), rule.key).await?;
    let rows = rule.number(said.as_deref());
    Ok(Some(rows).filter(|rows| *rows > 0))
}

/// What one export adds to the day of whoever asks.
#[derive(Debug, Clone)]
pub(super) struct Share {
    key: Vec<u8>,
    rows: i64,
    most: i64,
    window: Window,
}

impl Share {
    /// The share of an export of so many rows; nothing where there is no bound.
    pub(super) async fn of(ctx: &Ctx, rows: i64) -> Result<Option<Self>, Failure> {
        let Some(most) = most(&ctx.services).await? else {
            return Ok(None);
        };
        let day = ctx.now().date();
        let whose = format!("{}\u{0}{}", ctx.actor_name(), day);
        Ok(Some(Self {
            key: ctx.services.keys().mac("export-rows", &whose),
            rows,
            most,
            // The key has the day: it begins for every server at one moment.
            window: Window {
                length: DAY + 1,
                now: day_start(day),
            },
        }))
    }

    /// Counts it in the transaction that begins the export, or refuses; then nothing is counted.
    ///
    /// # Errors
    /// `export.day_rows`.
    pub(super) async fn take(&self, tx: &Tx) -> Result<(), Failure> {
        let after = tally_many(tx, &self.key, self.rows, self.window).await?;
        if after <= self.most {
            return Ok(());
        }
        let left = self.most.saturating_sub(after.saturating_sub(self.rows));
        let fault = Fault::new(Code::ExportDayRows)
            .fact("max", self.most)
            .fact("left", left.max(0));
        Err(fault.into())
    }
}
