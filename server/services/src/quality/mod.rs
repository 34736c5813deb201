//! Quality of data: the nightly look of the rules at the tickets (`job`), and the work list of what they found (`desk`); what is told at once (`alike`).
//! Not here: the rules (`shared::quality`), which of them an area has switched off (`register::Lists::quality`).
//! What a look finds is written in the transaction that moves it; what the next one finds no more closes by itself.

pub(crate) mod alike;
pub mod desk;
mod facts;
pub(crate) mod job;
mod look;
mod months;
mod weights;

/// What every ticket breaks now, by rule and weight; nothing is written.
#[cfg(test)]
pub(crate) async fn broken(
    services: &crate::Services,
) -> Result<std::collections::BTreeMap<String, i64>, crate::fault::Failure> {
    let mut broken = std::collections::BTreeMap::new();
    let mut after = None;
    loop {
        let outcome = look::page(services, (after, None)).await?;
        for finding in &outcome.new {
            let words = format!("{} {}", finding.severity, finding.rule);
            *broken.entry(words).or_insert(0) += 1;
        }
        after = outcome.last;
        if after.is_none() {
            return Ok(broken);
        }
    }
}

pub(crate) use job::{LOOK, nightly};
pub use job::{Report, last};
pub(crate) use months::freeze_months;
pub use months::scores_of_month;
