//! A digest of all rows of an export that can be kept between two steps: the SHA-256 of the digest before and of the row.
//! Not here: where it stands in the end (audit, report, the workbook's second sheet).
//! It says what the rows were, whichever format they were written in.

use aws_lc_rs::digest::{Context, SHA256};

use super::Value;

/// The digest of the rows so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chain(Vec<u8>);

impl Chain {
    /// As it was kept.
    pub fn of_hex(text: &str) -> Self {
        Self(hex::decode(text).unwrap_or_default())
    }

    /// As it is kept and told; empty without a row.
    pub fn to_hex(&self) -> String {
        hex::encode(&self.0)
    }

    /// One more row.
    pub fn add(&mut self, row: &[Value]) -> anyhow::Result<()> {
        let mut next = Context::new(&SHA256);
        next.update(&self.0);
        next.update(&serde_json::to_vec(row)?);
        self.0 = next.finish().as_ref().to_vec();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_on_where_it_was_kept_and_knows_the_order() {
        let row = |text: &str| [Value::Said(text.to_owned())];
        let mut whole = Chain::default();
        for text in ["一", "二", "三"] {
            whole.add(&row(text)).expect("added");
        }
        let mut first = Chain::default();
        first.add(&row("一")).expect("added");
        let mut rest = Chain::of_hex(&first.to_hex());
        for text in ["二", "三"] {
            rest.add(&row(text)).expect("added");
        }
        assert_eq!(whole, rest);
        assert_eq!(whole.to_hex().len(), 64);
        let mut other = Chain::default();
        for text in ["二", "一", "三"] {
            other.add(&row(text)).expect("added");
        }
        assert_ne!(whole, other);
    }
}
