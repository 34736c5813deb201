//! A table of described columns (`shared::register::Column`): which column each head means, every row read, and every line that cannot be
//! taken told with its column. One door for the lists of the office and for the staff.
//! Not here: what becomes of the rows.

use std::collections::BTreeMap;

use shared::fault::{Code, Fault, FieldFault};
use shared::register::{Cells, Column, LineReport, Row};

use super::{plain_head, text};

/// Lines that are told one by one.
const TOLD: usize = 100;

/// What a table must look like.
pub(crate) struct Described<'d> {
    pub(crate) columns: &'static [Column],
    /// Reads the cells of a row.
    pub(crate) read: &'d (dyn Fn(&Cells) -> Result<Row, Fault> + Sync),
    /// Lines at most.
    pub(crate) most: usize,
}

/// What a file holds.
#[derive(Default)]
pub(crate) struct Read {
    /// Lines with something in them.
    pub(crate) lines: u64,
    /// The rows by key.
    pub(crate) rows: BTreeMap<String, Cells>,
    /// On which line each stands.
    pub(crate) at: BTreeMap<String, u64>,
    /// What cannot be taken: the first hundred.
    pub(crate) wrong: Vec<LineReport>,
    /// How many lines cannot be taken.
    pub(crate) refused: u64,
}

impl Read {
    /// Tells a line that cannot be taken.
    pub(crate) fn refuse(&mut self, line: u64, found: Vec<FieldFault>) {
        self.refused += 1;
        for field in found {
            if self.wrong.len() < TOLD {
                self.wrong.push(LineReport {
                    line,
                    column: field.field,
                    code: field.code,
                    facts: field.facts,
                });
            }
        }
    }
}

impl Described<'_> {
    /// The rows of a text.
    ///
    /// # Errors
    /// `import.mapping` for what is no such table, `register.too_many`.
    pub(crate) fn rows(&self, text: String) -> Result<Read, Fault> {
        let known = |heads: &[String]| {
            let found = self.found(heads).iter().flatten().count();
            // One head alone may be a word of a title.
            if found > 1 || self.columns.len() == 1 {
                found
            } else {
                0
            }
        };
        let opened = text::open(text, &known);
        let (heads, mut rows) = opened.map_err(|fault| fault.fact("why", "list_heads"))?;
        let columns = self.found(&heads);
        self.lacking((&columns, &heads))?;
        let mut read = Read::default();
        loop {
            let row = rows.read().map_err(|_| Fault::new(Code::InputEncoding))?;
            let Some(row) = row else { break };
            if row.is_blank() {
                continue;
            }
            read.lines += 1;
            if read.lines > self.most as u64 {
                return Err(Fault::new(Code::RegisterTooMany).fact("max", self.most));
            }
            if let Some(trouble) = row.trouble {
                read.refuse(row.line, vec![doubt(trouble.doubt())]);
                continue;
            }
            let mut sent = Cells::new();
            for (column, cell) in columns.iter().zip(&row.cells) {
                if let Some(column) = column {
                    sent.insert(column.name.to_owned(), cell.clone());
                }
            }
            match (self.read)(&sent) {
                Err(fault) => read.refuse(row.line, fault.fields),
                Ok(found) => {
                    if let Some(first) = read.at.get(&found.key).copied() {
                        read.refuse(row.line, vec![self.twice(first)]);
                    } else {
                        read.at.insert(found.key.clone(), row.line);
                        read.rows.insert(found.key, found.cells);
                    }
                }
            }
        }
        Ok(read)
    }

    /// Which column each head means; the first of two counts.
    fn found(&self, heads: &[String]) -> Vec<Option<&'static Column>> {
        let mut used = Vec::new();
        let mut one = |head: &String| {
            let plain = plain_head(head);
            let is = |column: &&Column| {
                [column.name, column.label.zh, column.label.en]
                    .iter()
                    .chain(column.heads)
                    .any(|name| plain_head(name) == plain)
            };
            let found = self.columns.iter().find(is)?;
            let is_new = !used.contains(&found.name);
            used.push(found.name);
            is_new.then_some(found)
        };
        heads.iter().map(&mut one).collect()
    }

    /// Columns that are never empty must be there.
    fn lacking(&self, (found, heads): (&[Option<&Column>], &[String])) -> Result<(), Fault> {
        let there = |column: &&Column| {
            found
                .iter()
                .flatten()
                .any(|known| known.name == column.name)
        };
        let lacking = self
            .columns
            .iter()
            .find(|column| column.is_needed && !there(column));
        match lacking {
            None => Ok(()),
            Some(column) => Err(Fault::new(Code::ImportMapping)
                .fact("why", "list_column")
                .fact("zh", column.label.zh)
                .fact("en", column.label.en)
                .fact(
                    "heads",
                    heads.join("、").chars().take(200).collect::<String>(),
                )),
        }
    }

    fn twice(&self, first: u64) -> FieldFault {
        let key = self.columns.iter().find(|column| column.is_key);
        FieldFault {
            field: key.map_or("", |column| column.name).to_owned(),
            code: Code::InputTaken,
            facts: [("line".to_owned(), first.to_string())].into(),
        }
    }
}

fn doubt(why: shared::import::Doubtful) -> FieldFault {
    FieldFault {
        field: String::new(),
        code: Code::ImportDoubtful,
        facts: [("why".to_owned(), why.to_string())].into(),
    }
}
