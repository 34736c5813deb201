//! Computing the whole audit again: digests, links, positions, signatures, and values against their hashes; the first row that does not fit is named.
//! Not here: checkpoints kept outside the database (services compare them through `link`), what one row says of itself (`look`).
//! Reads in pages, the next one while this one is computed on all processors; works beside a running server, since sealed rows never change.

use std::fmt;

use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::chain::{
    Checkpoint, checkpoints_after, copied, is_next, links, message, message_before, pending,
};
use super::look::{Looked, Seen, look_at, page};
use crate::sql::{Sql, vals};
use crate::{Conn, Seal, StoreError};

/// Rows of a page, which is all that is held in memory at a time, twice.
pub(super) const PAGE: u32 = 4_000;
/// Faults listed at most; more are as bad.
const MOST: usize = 100;

/// Where the audit begins not to fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bad {
    /// Position in the chain; of a row that has none, the one behind the newest.
    pub from: i64,
    /// The same, or a later one where it can only be said that it lies between two signed positions.
    pub to: i64,
    /// Number of the row, where it is known.
    pub n: Option<i64>,
    /// Its id, where it can still be read.
    pub id: Option<Uuid>,
    /// What is wrong, in words for the auditor.
    pub what: String,
}

impl fmt::Display for Bad {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "position {}", self.from)?;
        if self.to != self.from {
            write!(f, " to {}", self.to)?;
        }
        if let Some(n) = self.n {
            write!(f, ", row {n}")?;
        }
        if let Some(id) = self.id {
            write!(f, " ({id})")?;
        }
        write!(f, ": {}", self.what)
    }
}

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
    /// The first of it along the chain.
    pub first: Option<Bad>,
}

/// Computes everything again.
pub async fn verify(conn: &dyn Conn) -> Result<Report, StoreError> {
    let mut report = Report {
        pending: pending(conn).await?,
        copied: copied(conn).await?.unwrap_or(0),
        ..Report::default()
    };
    let mut head = Head::default();
    let mut rows = page(conn, 0).await?;
    while let Some(last) = rows.last().map(|row| row.seq) {
        let looked = look_at(std::mem::take(&mut rows));
        let (looked, next) = futures::future::try_join(looked, page(conn, last)).await?;
        for seen in &looked {
            head.take(seen, &mut report);
        }
        rows = next;
    }
    strays(conn, head.seq, &mut report).await?;
    checkpoints(conn, head.seq, &mut report).await?;
    Ok(report)
}

impl Report {
    fn fault(&mut self, words: String) {
        if self.faults.len() < MOST {
            self.faults.push(words);
        }
    }

    /// Keeps what lies first along the chain; of two about one position, what was found first.
    fn bad(&mut self, bad: Bad) {
        if self
            .first
            .as_ref()
            .is_none_or(|known| bad.from < known.from)
        {
            self.first = Some(bad);
        }
    }
}

/// How far the chain was walked, and its hash there.
#[derive(Default)]
struct Head {
    seq: i64,
    link: Vec<u8>,
    /// What is digested for a position.
    buffer: Vec<u8>,
}

impl Head {
    /// Goes on by one position.
    fn take(&mut self, seen: &Seen, report: &mut Report) {
        let at = seen.seq;
        let bad = |from, id, what: &str| Bad {
            from,
            to: at,
            n: Some(seen.n),
            id,
            what: what.to_owned(),
        };
        if at != self.seq + 1 {
            report.fault(format!("the chain has a gap between {} and {at}", self.seq));
            report.bad(Bad {
                n: None,
                to: at - 1,
                ..bad(self.seq + 1, None, "was taken out of the chain")
            });
        }
        report.sealed += 1;
        match &seen.row {
            None => {
                report.fault(format!("the row of position {at} is gone"));
                report.bad(bad(at, None, "is gone or cannot be read"));
            }
            Some(row) => self.judge(seen, row, report),
        }
        self.seq = at;
        self.link.clone_from(&seen.link);
    }

    fn judge(&mut self, seen: &Seen, row: &Looked, report: &mut Report) {
        let (at, n, id) = (seen.seq, seen.n, row.id);
        let bad = |what: &str, report: &mut Report| {
            report.bad(Bad {
                from: at,
                to: at,
                n: Some(n),
                id: Some(id),
                what: what.to_owned(),
            });
        };
        if row.is_changed {
            report.fault(format!("row {n} ({id}) was changed"));
            bad("was changed", report);
        }
        if !row.values_fit {
            report.fault(format!("values of row {n} ({id}) were changed"));
            bad("its erasable values were changed", report);
        }
        let links = (self.link.as_slice(), seen.link.as_slice());
        if !is_next(&mut self.buffer, links, at, &row.digest) {
            report.fault(format!("the link at position {at} does not fit"));
            bad("its digest or its link was changed", report);
        }
    }
}

/// A row outside the chain.
#[derive(FromQueryResult)]
struct Stray {
    n: i64,
    id: Uuid,
}

/// Rows that neither are linked nor wait.
async fn strays(conn: &dyn Conn, head: i64, report: &mut Report) -> Result<(), StoreError> {
    let h = conn.handle();
    // Text: where every link has its row, as many rows as links and waiting ones are all of them; counting is a tenth of looking each up.
    let counted = "select (select count(*) from audit) - (select count(*) from audit_chain) - (select count(*) from audit_pending p join audit a on a.n = p.n where not exists (select 1 from audit_chain c where c.n = p.n))";
    if report.first.is_none() && h.number(Sql::new(counted, vals![])).await? == 0 {
        return Ok(());
    }
    // Text: two looks per row, on any size of audit.
    let sql = "select a.n, a.id from audit a where not exists (select 1 from audit_chain c where c.n = a.n) and not exists (select 1 from audit_pending p where p.n = a.n) order by a.n limit 100";
    let rows = h.rows::<Stray>(Sql::new(sql, vals![])).await?;
    if let Some(first) = rows.first() {
        let more = if rows.len() == MOST { "at least " } else { "" };
        report.fault(format!(
            "{more}{} rows are neither linked nor waiting, the first is row {} ({})",
            rows.len(),
            first.n,
            first.id
        ));
        report.bad(Bad {
            from: head + 1,
            to: head + 1,
            n: Some(first.n),
            id: Some(first.id),
            what: "is neither linked nor waiting".to_owned(),
        });
    }
    Ok(())
}

async fn checkpoints(conn: &dyn Conn, head: i64, report: &mut Report) -> Result<(), StoreError> {
    let h = conn.handle();
    let (mut after, mut fitted) = (0, 0);
    loop {
        let page = checkpoints_after(conn, after, PAGE).await?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = last.seq;
        let seqs: Vec<i64> = page.iter().map(|signed| signed.seq).collect();
        let links = links(conn, &seqs).await?;
        for signed in &page {
            let holds = check(h.seal(), signed, report);
            if links.get(&signed.seq) == Some(&signed.link) {
                fitted = signed.seq;
                continue;
            }
            report.fault(format!("the chain does not fit checkpoint {}", signed.seq));
            // A checkpoint that was itself changed says nothing of rows, and a row that is named already is nearer than what lies around it.
            let is_named = report.first.as_ref();
            let is_named =
                is_named.is_some_and(|bad| (fitted + 1..=signed.seq).contains(&bad.from));
            if holds && !is_named {
                report.bad(beyond(head, fitted, signed.seq));
            }
        }
    }
}

/// What a signed position proves that the chain does not fit: rows behind the chain's end are gone, or some were changed and linked anew.
fn beyond(head: i64, fitted: i64, signed: i64) -> Bad {
    let (from, what) = if signed > head {
        (
            head + 1,
            "rows are gone from the end; a signed position knew them",
        )
    } else {
        (
            fitted + 1,
            "rows were changed and linked anew; a signed position knew them otherwise",
        )
    };
    Bad {
        from,
        to: signed,
        n: None,
        id: None,
        what: what.to_owned(),
    }
}

/// A checkpoint by itself, and against the one before it; whether its own signature holds.
fn check(seal: &Seal, signed: &Checkpoint, report: &mut Report) -> bool {
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
    let holds = seal.audit_signature_holds(key, &said, &signed.signature);
    if !holds {
        report.fault(format!("the signature of checkpoint {seq} does not hold"));
    }
    holds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_row_along_the_chain_is_named() {
        let mut report = Report::default();
        report.bad(beyond(9, 3, 7));
        report.bad(beyond(9, 5, 8));
        assert_eq!(
            report.first.as_ref().map(|bad| (bad.from, bad.to)),
            Some((4, 7))
        );
        report.bad(Bad {
            from: 2,
            to: 2,
            n: Some(2),
            id: Some(Uuid::nil()),
            what: "was changed".to_owned(),
        });
        let words = report.first.map(|bad| bad.to_string());
        let expected = format!("position 2, row 2 ({}): was changed", Uuid::nil());
        assert_eq!(words, Some(expected));
        assert_eq!(beyond(9, 3, 12).from, 10);
    }
}
