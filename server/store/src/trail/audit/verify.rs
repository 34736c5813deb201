//! Computing the whole audit again: digests, links, positions, signatures, and values against their hashes.
//! Not here: checkpoints kept outside the database (services compare them through `link`).
//! Reads in pages; works beside a running server, since sealed rows never change.

use std::collections::BTreeMap;

use sea_orm::entity::prelude::*;

use super::chain::{
    Checkpoint, checkpoints_after, copied, message, message_before, next_link, page, pending,
};
use crate::entity::trail::audit_chain;
use crate::sql::{Sql, vals};
use crate::{Conn, Seal, StoreError};

const PAGE: u32 = 2_000;
/// Faults listed at most; more are as bad.
const MOST: usize = 100;

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Linked rows.
    pub sealed: i64,
    /// Rows that wait.
    pub pending: i64,
    /// Signed positions.
    pub checkpoints: i64,
    /// The signed positions, in order.
    pub signed: Vec<i64>,
    /// Up to which position the checkpoints were copied outside the database.
    pub copied: i64,
    /// What does not fit, in words for the auditor; empty when the audit is whole.
    pub faults: Vec<String>,
}

/// Computes everything again.
pub async fn verify(conn: &dyn Conn) -> Result<Report, StoreError> {
    let mut report = Report {
        pending: pending(conn).await?,
        copied: copied(conn).await?.unwrap_or(0),
        ..Report::default()
    };
    let (mut seq, mut link) = (0, Vec::new());
    loop {
        let rows = page(conn, seq, PAGE).await?;
        if rows.is_empty() {
            break;
        }
        for (at, stored, row) in rows {
            if at != seq + 1 {
                report.fault(format!("the chain has a gap between {seq} and {at}"));
            }
            seq = at;
            report.sealed += 1;
            match row {
                None => report.fault(format!("the row of position {at} is gone")),
                Some(row) => {
                    let (n, id) = (row.0.n, row.0.id);
                    if row.compute() != row.0.digest {
                        report.fault(format!("row {n} ({id}) was changed"));
                    }
                    if !row.values_fit() {
                        report.fault(format!("values of row {n} ({id}) were changed"));
                    }
                    if next_link(&link, at, &row.0.digest) != stored {
                        report.fault(format!("the link at position {at} does not fit"));
                    }
                }
            }
            link = stored;
        }
        if report.faults.len() >= MOST {
            return Ok(report);
        }
    }
    strays(conn, &mut report).await?;
    checkpoints(conn, &mut report).await?;
    Ok(report)
}

impl Report {
    fn fault(&mut self, words: String) {
        if self.faults.len() < MOST {
            self.faults.push(words);
        }
    }
}

/// Rows that neither are linked nor wait.
async fn strays(conn: &dyn Conn, report: &mut Report) -> Result<(), StoreError> {
    // Text: two looks per row, on any size of audit.
    let sql = "select count(*) from audit a where not exists (select 1 from audit_chain c where c.n = a.n) and not exists (select 1 from audit_pending p where p.n = a.n)";
    let count = conn.handle().number(Sql::new(sql, vals![])).await?;
    if count > 0 {
        report.fault(format!("{count} rows are neither linked nor waiting"));
    }
    Ok(())
}

async fn checkpoints(conn: &dyn Conn, report: &mut Report) -> Result<(), StoreError> {
    let h = conn.handle();
    let mut after = 0;
    loop {
        let page = checkpoints_after(conn, after, PAGE).await?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = last.seq;
        let links = audit_chain::Entity::find()
            .filter(audit_chain::Column::Seq.is_in(page.iter().map(|signed| signed.seq)));
        let links: BTreeMap<i64, Vec<u8>> = h
            .find(links)
            .await?
            .into_iter()
            .map(|row| (row.seq, row.link))
            .collect();
        for signed in &page {
            check(h.seal(), signed, report);
            if links.get(&signed.seq) != Some(&signed.link) {
                report.fault(format!("the chain does not fit checkpoint {}", signed.seq));
            }
        }
    }
}

/// A checkpoint by itself, and against the one before it.
fn check(seal: &Seal, signed: &Checkpoint, report: &mut Report) {
    let (seq, key) = (signed.seq, &signed.key_id);
    report.checkpoints += 1;
    let last = report.signed.last().copied().unwrap_or(0);
    report.signed.push(seq);
    if let (Some(before), Some(signature)) = (signed.before, &signed.before_signature) {
        if before != last {
            report.fault(format!(
                "checkpoints between {last} and {seq} were taken out; {before} came before"
            ));
        }
        let said = message_before(seq, &signed.link, before);
        if !seal.audit_signature_holds(key, &said, signature) {
            report.fault(format!(
                "what checkpoint {seq} says of the one before it was changed"
            ));
        }
    }
    let said = message(seq, &signed.link, signed.at);
    if !seal.audit_signature_holds(key, &said, &signed.signature) {
        report.fault(format!("the signature of checkpoint {seq} does not hold"));
    }
}
