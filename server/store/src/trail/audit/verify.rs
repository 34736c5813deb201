//! Computing the whole audit again: digests, links, positions, signatures, and values against their hashes.
//! Not here: checkpoints kept outside the database (services compare them through `link`).
//! Reads in pages; works beside a running server, since sealed rows never change.

use shared::calendar::Instant;

use super::chain::{copied, message, message_before, next_link, page, pending};
use crate::sql::{Reader, Sql, vals};
use crate::{Conn, StoreError};

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
                    if row.compute() != row.digest {
                        report.fault(format!("row {} ({}) was changed", row.n, row.id));
                    }
                    if !row.values_fit() {
                        report.fault(format!("values of row {} ({}) were changed", row.n, row.id));
                    }
                    if next_link(&link, at, &row.digest) != stored {
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
    let sql = "select count(*) from audit a where not exists (select 1 from audit_chain c where c.n = a.n) and not exists (select 1 from audit_pending p where p.n = a.n)";
    let count = conn.handle().number(Sql::new(sql, vals![])).await?;
    if count > 0 {
        report.fault(format!("{count} rows are neither linked nor waiting"));
    }
    Ok(())
}

async fn checkpoints(conn: &dyn Conn, report: &mut Report) -> Result<(), StoreError> {
    let h = conn.handle();
    let sql = "select k.seq, k.link, k.at, k.key_id, k.signature, c.link, k.before_seq, k.before_signature from audit_checkpoints k left join audit_chain c on c.seq = k.seq order by k.seq";
    for row in h.all(Sql::new(sql, vals![])).await? {
        let mut r = Reader::new(&row);
        let (seq, link, at): (i64, Vec<u8>, Instant) = (r.get()?, r.get()?, r.at()?);
        let (key, signature, chained): (String, Vec<u8>, Option<Vec<u8>>) =
            (r.get()?, r.get()?, r.get()?);
        let (before, before_signature): (Option<i64>, Option<Vec<u8>>) = (r.get()?, r.get()?);
        report.checkpoints += 1;
        let last = report.signed.last().copied().unwrap_or(0);
        report.signed.push(seq);
        if let (Some(before), Some(signature)) = (before, before_signature) {
            if before != last {
                report.fault(format!(
                    "checkpoints between {last} and {seq} were taken out; {before} came before"
                ));
            }
            if !h.seal().audit_signature_holds(
                &key,
                &message_before(seq, &link, before),
                &signature,
            ) {
                report.fault(format!(
                    "what checkpoint {seq} says of the one before it was changed"
                ));
            }
        }
        if chained.as_ref() != Some(&link) {
            report.fault(format!("the chain does not fit checkpoint {seq}"));
        }
        if !h
            .seal()
            .audit_signature_holds(&key, &message(seq, &link, at), &signature)
        {
            report.fault(format!("the signature of checkpoint {seq} does not hold"));
        }
    }
    Ok(())
}
