//! A TOML file with the line and the path of everything in it, so that what is wrong is told where it stands.
//! Not here: what an office's file says (`file`).
//! What cannot be taken is told and left out; the rest is read on, so that everything is told at once.

use shared::setup::{Trouble, What};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Where something stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) file: String,
    pub(super) line: usize,
    pub(super) path: String,
}

impl Place {
    /// The place with something to tell about it.
    pub(super) fn tell(&self, what: What) -> Trouble {
        Trouble {
            file: self.file.clone(),
            line: self.line,
            path: self.path.clone(),
            what,
            is_warning: false,
        }
    }

    /// The same, of what is only told.
    pub(super) fn warn(&self, what: What) -> Trouble {
        Trouble {
            is_warning: true,
            ..self.tell(what)
        }
    }
}

/// A text and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) text: String,
    pub(super) place: Place,
}

/// A file that is being read.
pub(super) struct Reader<'t> {
    file: &'t str,
    text: &'t str,
    /// Where each line begins.
    lines: Vec<usize>,
    /// What was wrong so far.
    pub(super) troubles: Vec<Trouble>,
}

impl<'t> Reader<'t> {
    pub(super) fn new(file: &'t str, text: &'t str) -> Self {
        let ends = text.match_indices('\n').map(|(end, _)| end + 1);
        Self {
            file,
            text,
            lines: std::iter::once(0).chain(ends).collect(),
            troubles: Vec::new(),
        }
    }

    /// The file as a whole.
    pub(super) fn whole(&self) -> Place {
        Place {
            file: self.file.to_owned(),
            line: 0,
            path: String::new(),
        }
    }

    fn place(&self, offset: usize, path: String) -> Place {
        Place {
            file: self.file.to_owned(),
            line: self.lines.partition_point(|start| *start <= offset),
            path,
        }
    }

    pub(super) fn tell(&mut self, place: &Place, what: What) {
        self.troubles.push(place.tell(what));
    }

    /// The file's outermost table; nothing of what is no TOML.
    pub(super) fn open(&mut self) -> Option<DeTable<'t>> {
        match DeTable::parse(self.text) {
            Ok(table) => Some(table.into_inner()),
            Err(error) => {
                let offset = error.span().map_or(0, |span| span.start);
                let place = self.place(offset, String::new());
                self.tell(&place, What::Syntax(error.message().to_owned()));
                None
            }
        }
    }
}

/// A table of the file.
pub(super) struct Section<'s, 't> {
    table: &'s DeTable<'t>,
    pub(super) place: Place,
}

impl<'s, 't> Section<'s, 't> {
    /// The outermost one.
    pub(super) fn outermost(reader: &Reader<'_>, table: &'s DeTable<'t>) -> Self {
        Self {
            table,
            place: reader.whole(),
        }
    }

    /// Tells of keys that mean nothing here.
    pub(super) fn only(&self, reader: &mut Reader<'_>, known: &[&str]) {
        for key in self.table.keys() {
            let name: &str = key.get_ref();
            if !known.contains(&name) {
                let place = reader.place(key.span().start, self.path_of(name));
                reader.tell(&place, What::Unknown(known.join(", ")));
            }
        }
    }

    fn path_of(&self, name: &str) -> String {
        match self.place.path.as_str() {
            "" => name.to_owned(),
            path => format!("{path}.{name}"),
        }
    }

    fn find(&self, reader: &Reader<'_>, name: &str) -> Option<(&'s Spanned<DeValue<'t>>, Place)> {
        let mut all = self.table.iter();
        let (key, value) = all.find(|(key, _)| {
            let known: &str = key.get_ref();
            known == name
        })?;
        let place = reader.place(key.span().start, self.path_of(name));
        Some((value, place))
    }

    /// A text; a number or a yes or no is taken for one.
    pub(super) fn text(&self, reader: &mut Reader<'_>, name: &str) -> Option<Said> {
        let (value, place) = self.find(reader, name)?;
        let Some(text) = plain(value.get_ref()) else {
            reader.tell(&place, What::Wanted("text"));
            return None;
        };
        Some(Said { text, place })
    }

    /// A text that must be there.
    pub(super) fn needed(&self, reader: &mut Reader<'_>, name: &'static str) -> Option<Said> {
        if self.find(reader, name).is_none() {
            reader.tell(&self.place.clone(), What::Lacks(name));
        }
        self.text(reader, name)
    }

    /// A list of texts.
    pub(super) fn texts(&self, reader: &mut Reader<'_>, name: &str) -> Vec<Said> {
        let Some((value, place)) = self.find(reader, name) else {
            return Vec::new();
        };
        let DeValue::Array(items) = value.get_ref() else {
            reader.tell(&place, What::Wanted("texts"));
            return Vec::new();
        };
        let mut all = Vec::new();
        for item in items {
            let place = reader.place(item.span().start, place.path.clone());
            match plain(item.get_ref()) {
                Some(text) => all.push(Said { text, place }),
                None => reader.tell(&place, What::Wanted("texts")),
            }
        }
        all
    }

    /// A table in it.
    pub(super) fn section(&self, reader: &mut Reader<'_>, name: &str) -> Option<Self> {
        let (value, place) = self.find(reader, name)?;
        let DeValue::Table(table) = value.get_ref() else {
            reader.tell(&place, What::Wanted("table"));
            return None;
        };
        Some(Section { table, place })
    }

    /// Tables in it, one after the other.
    pub(super) fn sections(&self, reader: &mut Reader<'_>, name: &str) -> Vec<Self> {
        let Some((value, place)) = self.find(reader, name) else {
            return Vec::new();
        };
        let DeValue::Array(items) = value.get_ref() else {
            reader.tell(&place, What::Wanted("tables"));
            return Vec::new();
        };
        let mut all = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let path = format!("{}[{}]", place.path, index + 1);
            let place = reader.place(item.span().start, path);
            match item.get_ref() {
                DeValue::Table(table) => all.push(Section { table, place }),
                _ => reader.tell(&place, What::Wanted("tables")),
            }
        }
        all
    }

    /// Every text of it by its key.
    pub(super) fn all_texts(&self, reader: &mut Reader<'_>) -> Vec<(String, Said)> {
        let names: Vec<String> = self
            .table
            .keys()
            .map(|key| {
                let name: &str = key.get_ref();
                name.to_owned()
            })
            .collect();
        let mut all = Vec::new();
        for name in names {
            if let Some(said) = self.text(reader, &name) {
                all.push((name, said));
            }
        }
        all
    }
}

/// A value that can stand in a cell.
fn plain(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => Some(number.to_string()),
        DeValue::Boolean(yes) => Some(if *yes { "yes" } else { "no" }.to_owned()),
        DeValue::Datetime(moment) => Some(moment.to_string()),
        DeValue::Float(_) | DeValue::Array(_) | DeValue::Table(_) => None,
    }
}
