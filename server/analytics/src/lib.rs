//! The analytic copy (分析副本): one flat row a ticket in Parquet segments, counted by DataFusion.
//! It is made of what the database has, may be thrown away at any time, and holds nothing personal. Whoever reads it falls back to the store when a file
//! is missing or damaged; a wrong number is never given.
//! Not here: who may see what (`services`), where rows come from (`store`), the formulas (`shared::measure`; they are compiled here a second time).

mod column;
mod copy;
mod engine;
mod fault;
mod filter;
mod manifest;
mod memo;
mod predicate;
mod quantile;
mod remote;
mod row;
mod segment;

pub use copy::{Check, Copy, Settings, Status};
pub use datafusion::object_store;
pub use engine::{Answer, Counted, Question};
pub use fault::Fault;
pub use remote::{Bucket, Object, Remote, Said};
pub use row::{Digest, Row, kept, listed, month_of};
