//! The check that ends every bulk run: state = derived from process and assignments, deadlines = counted again, history gapless.
//! Not here: reading and comparing (`store::consistency`); this file lends it the rules.
//! What it finds must be nothing, since both doors write what the rules made (I3).

use shared::fault::Fault;
use shared::ids::BatchId;
use store::consistency::Rules;
pub use store::consistency::{Finding, Findings};

use crate::context::Services;
use crate::fault::Settle;

/// Checks every ticket of a batch, or all without one.
///
/// # Errors
/// Only failures of the store; findings are the answer.
pub async fn check(services: &Services, batch: Option<BatchId>) -> Result<Findings, Fault> {
    let reference = services.reference().await?;
    let state = |case: &store::record::Case| reference.process.derived_state(case).ok().flatten();
    let hung = |case: &store::record::Case| {
        let misfit = reference.process.misfit(case);
        misfit.unwrap_or_else(|error| Some(format!("{error:?}")))
    };
    let due = |from, limit| {
        let due = reference.calendar.due(from, limit);
        (due.at, due.provisional)
    };
    let rules = Rules {
        state: &state,
        hung: &hung,
        due: &due,
    };
    store::consistency::check(&services.store().report_reader(), batch, &rules)
        .await
        .settle(services)
}

/// A finding in one line, for administrators.
pub fn line(finding: &Finding) -> String {
    format!("{} {}: {}", finding.rule, finding.ticket, finding.words)
}

/// What checking everything came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Everything {
    /// Tickets looked at.
    pub tickets: i64,
    /// Approvals looked at.
    pub approvals: i64,
    /// How many things do not fit.
    pub count: i64,
    /// The first of them, a line each.
    pub lines: Vec<String>,
}

/// Checks every ticket and every approval.
///
/// # Errors
/// Only failures of the store; findings are the answer.
pub async fn check_all(services: &Services) -> Result<Everything, Fault> {
    let tickets = check(services, None).await?;
    let approvals = store::consistency::approvals(&services.store().report_reader())
        .await
        .settle(services)?;
    let mut lines: Vec<String> = tickets.first.iter().map(line).collect();
    lines.extend(approvals.first);
    Ok(Everything {
        tickets: tickets.tickets,
        approvals: approvals.approvals,
        count: tickets.count + approvals.count,
        lines,
    })
}
