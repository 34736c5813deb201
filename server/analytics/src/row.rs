//! The flat row of a ticket: what predicates, dimensions and scopes ask, and nothing else. No names, numbers, addresses or words of anybody.
//! Not here: how values stand in columns (`column`), files (`segment`).
//! What depends on the moment of counting is kept as the moment from which it holds, so that a row says the same at any time.

use std::sync::{Arc, LazyLock};

use datafusion::arrow::array::{ArrayRef, RecordBatch};
use datafusion::arrow::datatypes::{Schema, SchemaRef};
use sha2::{Digest as _, Sha256};
use shared::calendar::Instant;
use shared::ids::TicketId;
use shared::ticket::{Channel, RequestKind, Satisfaction, Solved, TicketState, Urgency};
use uuid::Uuid;

use crate::column::Value;
use crate::fault::Fault;

macro_rules! columns {
    ($($(#[doc = $doc:literal])+ $name:ident: $kind:ty;)+) => {
        /// A ticket as it is counted. Times are milliseconds since 1970 UTC.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct Row {
            $($(#[doc = $doc])+ pub $name: $kind,)+
        }

        /// The columns, and behind them the number of the change feed under which the row was written.
        pub(crate) static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
            Arc::new(Schema::new(vec![
                $(<$kind as Value>::field(stringify!($name)),)+
                <i64 as Value>::field(SEQ),
            ]))
        });

        /// Rows as a batch.
        pub(crate) fn batch(rows: &[Row], seq: i64) -> Result<RecordBatch, Fault> {
            let seqs = vec![seq; rows.len()];
            let columns: Vec<ArrayRef> = vec![
                $(<$kind as Value>::array(rows.iter().map(|row| &row.$name)),)+
                <i64 as Value>::array(seqs.iter()),
            ];
            RecordBatch::try_new(SCHEMA.clone(), columns).map_err(|error| Fault::Engine(error.to_string()))
        }

        /// One row of a batch; none where a column is missing or has what no row can have.
        pub(crate) fn row(batch: &RecordBatch, at: usize) -> Option<Row> {
            Some(Row {
                $($name: <$kind as Value>::read(batch.column_by_name(stringify!($name))?, at)?,)+
            })
        }

        /// Everything that a row says, in one text.
        fn said(row: &Row) -> String {
            [$(row.$name.said(),)+].join("\u{1f}")
        }
    };
}

/// The column behind those of a row.
pub(crate) const SEQ: &str = "seq";

columns! {
    /// First half of the ticket's id.
    id_hi: i64;
    /// Second half.
    id_lo: i64;
    /// Version of the ticket.
    version: i64;
    /// When it was accepted; it says the month of its segment.
    accepted_at: i64;
    /// Account that registered it, which the scope of teams asks.
    accepted_by: Option<String>;
    /// Division code of six digits.
    region: String;
    /// Its city.
    city: String;
    /// Division code of nine digits.
    street: Option<String>;
    /// Leaf code of the category.
    category: Option<String>;
    /// Code of the first level; empty without one.
    category_top: String;
    /// Kind of request.
    kind: RequestKind;
    /// Channel.
    channel: Channel;
    /// State.
    state: TicketState;
    /// Urgency.
    urgency: Urgency;
    /// First dispatch.
    first_dispatched_at: Option<i64>;
    /// Reply.
    replied_at: Option<i64>;
    /// Closing.
    closed_at: Option<i64>;
    /// Deadline.
    due_at: Option<i64>;
    /// When the light turns yellow.
    warn_at: Option<i64>;
    /// Deadline of the lead assignment in force.
    lead_due_at: Option<i64>;
    /// Reply of the lead assignment in force.
    lead_replied_at: Option<i64>;
    /// First signing of a lead assignment.
    signed_at: Option<i64>;
    /// Unit that leads.
    lead_unit: Option<String>;
    /// Units with a part and those above them, as [`listed`].
    units: String;
    /// Units with a part of their own, as [`listed`].
    own_units: String;
    /// Codes of the office's tags, as [`listed`].
    tags: String;
    /// First rating.
    first_satisfaction: Satisfaction;
    /// Latest rating.
    latest_satisfaction: Satisfaction;
    /// What the citizen said.
    solved: Option<Solved>;
    /// The state waits for somebody.
    is_open: bool;
    /// An earlier request made again.
    repeated: bool;
    /// Urged at least once.
    urged: bool;
    /// Handled more than once.
    redone: bool;
    /// A hard case.
    difficult: bool;
    /// With a three-way call.
    three_way: bool;
    /// Ruled to be not counted.
    not_counted: bool;
    /// Ruled to be an unreasonable demand.
    unreasonable: bool;
    /// A lead assignment was extended.
    extended: bool;
    /// A send-back was asked for and decided.
    back_asked: bool;
    /// A send-back was granted.
    back_granted: bool;
    /// A send-back was refused.
    back_refused: bool;
    /// A send-back was granted for a wrong area or duty.
    misdirected: bool;
    /// A directive was issued about it.
    supervised: bool;
    /// From when on a lead assignment's time to sign has come.
    sign_from: Option<i64>;
    /// From when on one was not signed for in time.
    sign_late: Option<i64>;
    /// From when on a lead assignment's time for the first contact has come.
    contact_from: Option<i64>;
    /// From when on the citizen was not contacted in time in one.
    contact_late: Option<i64>;
}

impl Row {
    /// The halves of an id.
    #[must_use]
    pub fn halves(id: TicketId) -> (i64, i64) {
        let (high, low) = id.0.as_u64_pair();
        (high.cast_signed(), low.cast_signed())
    }

    /// The ticket.
    #[must_use]
    pub const fn id(&self) -> TicketId {
        TicketId(Uuid::from_u64_pair(
            self.id_hi.cast_unsigned(),
            self.id_lo.cast_unsigned(),
        ))
    }
}

/// Codes in one text: `|a|b|`, so that a code is found between its bars.
#[must_use]
pub fn listed<'a>(codes: impl IntoIterator<Item = &'a str>) -> String {
    let mut text = String::from("|");
    for code in codes {
        text.push_str(code);
        text.push('|');
    }
    text
}

/// Of the lead assignments of a ticket, each with its deadline, when it was done and when it ended: from when on one counts, and from when on one is late.
/// What ended before its time without having been done was taken away or sent back.
#[must_use]
pub fn kept(
    parts: impl IntoIterator<Item = (Option<i64>, Option<i64>, Option<i64>)>,
) -> (Option<i64>, Option<i64>) {
    let earlier = |one: Option<i64>, other: i64| Some(one.map_or(other, |it| it.min(other)));
    let (mut from, mut late) = (None, None);
    for (due, done, ended) in parts {
        let Some(due) = due else { continue };
        if done.is_none() && ended.is_some_and(|ended| ended < due) {
            continue;
        }
        from = earlier(from, due);
        if done.is_none_or(|done| done > due) {
            late = earlier(late, due);
        }
    }
    (from, late)
}

/// The month of an instant in +08:00, `yyyy-mm`.
#[must_use]
pub fn month_of(at: i64) -> String {
    Instant(at).local().format("%Y-%m").to_string()
}

/// What rows say together, in any order: the store's and the copy's are compared by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Digest {
    /// How many.
    pub rows: u64,
    /// Those that are closed or archived.
    pub ended: u64,
    /// Milliseconds from the first dispatch to the reply.
    pub handling: i64,
    /// The sum of all rows' own digests.
    pub hash: u64,
}

impl Digest {
    /// Takes a row in.
    pub fn add(&mut self, row: &Row) {
        self.rows += 1;
        self.ended += u64::from(matches!(
            row.state,
            TicketState::Closed | TicketState::Archived
        ));
        if let (Some(from), Some(to)) = (row.first_dispatched_at, row.replied_at) {
            self.handling = self.handling.wrapping_add(to.wrapping_sub(from));
        }
        let bytes = Sha256::digest(said(row).as_bytes());
        let first: [u8; 8] = std::array::from_fn(|at| bytes.get(at).copied().unwrap_or_default());
        self.hash = self.hash.wrapping_add(u64::from_be_bytes(first));
    }
}

impl<'a> FromIterator<&'a Row> for Digest {
    fn from_iter<T: IntoIterator<Item = &'a Row>>(rows: T) -> Self {
        let mut digest = Self::default();
        for row in rows {
            digest.add(row);
        }
        digest
    }
}
