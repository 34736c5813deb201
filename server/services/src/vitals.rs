//! Figures about the installation for whoever watches it, taken once a minute by a job, so that looking at them costs nothing.
//! Not here: what is counted (`store::vitals`), the form in which it is shown (server), free space (server).

use std::sync::{Mutex, PoisonError};

use shared::calendar::Instant;
use store::vitals::Vitals;

use crate::context::Services;
use crate::fault::Failure;
use crate::jobs::Done;

/// What the last look found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figures {
    /// When it was taken.
    pub at: Instant,
    /// From the database.
    pub vitals: Vitals,
    /// How often the clock jumped, as far as anybody noticed.
    pub clock_jumps: u64,
    /// By how many milliseconds it jumped last.
    pub last_jump: i64,
    /// When the newest nightly check ended, and how many things it found that do not fit.
    pub checked: Option<(Instant, i64)>,
}

impl Figures {
    /// Seconds since the oldest waiting message was written.
    pub fn message_seconds(&self) -> i64 {
        self.since(self.vitals.oldest_message)
    }

    /// Seconds since the audit was signed last, while something is unsigned.
    pub fn checkpoint_seconds(&self) -> i64 {
        if self.vitals.audit_sealed > self.vitals.audit_signed {
            self.since(self.vitals.signed_at)
        } else {
            0
        }
    }

    /// Seconds since the oldest change was numbered that some consumer has not read.
    pub fn feed_seconds(&self) -> i64 {
        self.since(self.vitals.feed_oldest)
    }

    fn since(&self, then: Option<Instant>) -> i64 {
        then.map_or(0, |then| (self.at.0 - then.0) / 1000)
    }
}

/// Where the figures wait for whoever asks.
#[derive(Default)]
pub(crate) struct Parked(Mutex<Option<Figures>>);

impl Services {
    /// The figures of the last look; `None` before the first.
    pub fn figures(&self) -> Option<Figures> {
        let figures = self.parked().0.lock();
        *figures.unwrap_or_else(PoisonError::into_inner)
    }
}

/// Looks now.
///
/// # Errors
/// Of the store.
pub async fn look(services: &Services) -> Result<Figures, store::StoreError> {
    let vitals = store::vitals::read(&services.store().reader()).await?;
    let jump = crate::clock::last_jump(services).await?;
    let checked = crate::jobs::host::last_check(&services.store().reader()).await?;
    Ok(Figures {
        at: services.now(),
        vitals,
        clock_jumps: jump.map_or(0, |jump| jump.count),
        last_jump: jump.map_or(0, |jump| jump.by),
        checked: checked.map(|(at, report)| (at, report.count)),
    })
}

/// Looks and keeps what was found.
pub(crate) async fn run(services: &Services) -> Result<Done, Failure> {
    let figures = look(services).await?;
    let mut parked = services
        .parked()
        .0
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    *parked = Some(figures);
    Ok(Done::default())
}
