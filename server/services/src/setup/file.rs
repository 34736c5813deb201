//! What an office's file says: area and centre, administrators, people, rows of the lists, rules of signing in, what was decided.
//! Not here: whether it fits what there is (`plan`), lines and paths (`source`).
//! Lists may stand in the file or in CSV files beside it; nobody's password stands anywhere.

use std::collections::BTreeMap;
use std::path::Path;

use shared::access::Role;
use shared::fault::{Code, Fault, FieldFault};
use shared::register::{Cells, ListCode, list};
use shared::setup::{Mark, Trouble, What};

use super::source::{Place, Reader, Said, Section};
use super::staff;
use crate::{register, sheet};

/// Keys of the first level beside the lists.
const SECTIONS: [&str; 7] = [
    "area",
    "administrators",
    "people",
    "files",
    "replace",
    "sign_in",
    "decided",
];
/// The key of the people among the files.
const PEOPLE: &str = "people";
/// Administrators by the key in the file.
const ADMINISTRATORS: [(&str, Role); 4] = [
    ("system", Role::SystemAdmin),
    ("security", Role::SecurityAdmin),
    ("audit", Role::Auditor),
    ("business", Role::BusinessAdmin),
];
/// Settings of signing in.
const SIGN_IN: [&str; 3] = ["second_factor", "password_days", "proof_minutes"];
/// Largest file beside it, in bytes.
const MOST_BYTES: u64 = 64 << 20;

/// The area that is served, and its centre.
#[derive(Debug, Clone)]
pub(super) struct AreaSaid {
    pub(super) division: Said,
    pub(super) code: Option<Said>,
    pub(super) name: Option<Said>,
}

/// A row of a list.
#[derive(Debug, Clone)]
pub(super) struct RowSaid {
    pub(super) cells: Cells,
    pub(super) place: Place,
    /// Where each cell stands, of rows in the file itself.
    pub(super) columns: BTreeMap<String, Place>,
}

/// A rule of signing in as a row of the list of settings.
fn setting(key: &str, said: Said) -> RowSaid {
    let cells = [("name", format!("sign_in.{key}")), ("value", said.text)];
    let place = said.place.clone();
    RowSaid {
        cells: cells.map(|(name, value)| (name.to_owned(), value)).into(),
        columns: [("value".to_owned(), said.place)].into(),
        place,
    }
}

/// Somebody who gets an account.
#[derive(Debug, Clone)]
pub(super) struct PersonSaid {
    pub(super) username: Said,
    pub(super) name: Said,
    pub(super) unit: Option<Said>,
    pub(super) roles: Vec<(Role, Place)>,
    pub(super) place: Place,
}

/// A file as it was read.
#[derive(Debug, Clone, Default)]
pub struct Office {
    pub(super) file: String,
    pub(super) area: Option<AreaSaid>,
    pub(super) lists: BTreeMap<ListCode, Vec<RowSaid>>,
    pub(super) replaced: Vec<ListCode>,
    pub(super) people: Vec<PersonSaid>,
    pub(super) decided: Vec<(Mark, Said)>,
    pub(super) troubles: Vec<Trouble>,
    /// Rows of lists are missing that could not be read: their lists are not judged as a whole.
    pub(super) lacks_rows: bool,
}

impl Office {
    /// Reads a file and the CSV files that it names, which lie beside it.
    pub fn read(path: &Path) -> Self {
        let name = path.display().to_string();
        match std::fs::read(path) {
            Ok(bytes) => match sheet::text::decode(&bytes) {
                Ok((text, _)) => Self::of(&name, &text, path.parent()),
                Err(fault) => Self::unread(&name, What::Field(plain(fault.code))),
            },
            Err(error) => Self::unread(&name, What::Unreadable(error.to_string())),
        }
    }

    fn unread(name: &str, what: What) -> Self {
        let whole = Reader::new(name, "").whole();
        Self {
            troubles: vec![whole.tell(what)],
            ..Self::default()
        }
    }

    /// Reads a text; CSV files that it names lie in a folder.
    pub fn of(name: &str, text: &str, folder: Option<&Path>) -> Self {
        let mut office = Self {
            file: name.to_owned(),
            ..Self::default()
        };
        let mut reader = Reader::new(name, text);
        if let Some(table) = reader.open() {
            let top = Section::outermost(&reader, &table);
            office.take(&mut reader, &top);
            office.files(&mut reader, &top, folder);
        }
        office.troubles.append(&mut reader.troubles);
        office
    }

    fn take(&mut self, reader: &mut Reader<'_>, top: &Section<'_, '_>) {
        let lists = ListCode::ALL.iter().map(|code| code.as_str());
        let known: Vec<&str> = SECTIONS.into_iter().chain(lists).collect();
        top.only(reader, &known);
        self.area = top
            .section(reader, "area")
            .and_then(|area| area_of(reader, &area));
        if let Some(section) = top.section(reader, "administrators") {
            let known = ADMINISTRATORS.map(|(key, _)| key);
            section.only(reader, &known);
            for (key, role) in ADMINISTRATORS {
                let one = section.section(reader, key);
                self.people
                    .extend(one.and_then(|one| administrator(reader, &one, role)));
            }
        }
        for one in top.sections(reader, "people") {
            self.people.extend(person(reader, &one));
        }
        let before = reader.troubles.len();
        for code in ListCode::ALL {
            for one in top.sections(reader, code.as_str()) {
                let row = row(reader, *code, &one);
                self.lists.entry(*code).or_default().push(row);
            }
        }
        for said in top.texts(reader, "replace") {
            match ListCode::parse(&said.text) {
                Some(code) => self.replaced.push(code),
                None => reader.tell(&said.place, What::Unknown(list_codes())),
            }
        }
        self.lacks_rows = reader.troubles.len() > before;
        self.settings(reader, top);
    }

    fn settings(&mut self, reader: &mut Reader<'_>, top: &Section<'_, '_>) {
        if let Some(section) = top.section(reader, "sign_in") {
            section.only(reader, &SIGN_IN);
            let said = section.all_texts(reader).into_iter();
            let rows = said
                .filter(|(key, _)| SIGN_IN.contains(&key.as_str()))
                .map(|(key, said)| setting(&key, said));
            self.lists
                .entry(ListCode::Settings)
                .or_default()
                .extend(rows);
        }
        if let Some(section) = top.section(reader, "decided") {
            let known: Vec<&str> = Mark::ALL.iter().map(|mark| mark.as_str()).collect();
            section.only(reader, &known);
            let said = section.all_texts(reader);
            let marked = said.into_iter();
            self.decided = marked
                .filter_map(|(key, said)| Some((Mark::parse(&key)?, said)))
                .collect();
        }
    }

    fn files(&mut self, reader: &mut Reader<'_>, top: &Section<'_, '_>, folder: Option<&Path>) {
        let Some(section) = top.section(reader, "files") else {
            return;
        };
        let lists = ListCode::ALL.iter().map(|code| code.as_str());
        let known: Vec<&str> = std::iter::once(PEOPLE).chain(lists).collect();
        section.only(reader, &known);
        for (key, said) in section.all_texts(reader) {
            let code = ListCode::parse(&key);
            if code.is_none() && key != PEOPLE {
                continue;
            }
            let path = folder.unwrap_or(Path::new("")).join(&said.text);
            let name = path.display().to_string();
            let before = self.troubles.len();
            match (bytes(&path), code) {
                (Ok(bytes), Some(code)) => self.table(code, (&name, &said.place), &bytes),
                (Ok(bytes), None) => self.staff((&name, &said.place), &bytes),
                (Err(words), _) => self.troubles.push(said.place.tell(What::Unreadable(words))),
            }
            self.lacks_rows |= code.is_some() && self.troubles.len() > before;
        }
    }

    fn staff(&mut self, (name, said): (&str, &Place), bytes: &[u8]) {
        let read = sheet::text::decode(bytes).and_then(|(text, _)| staff::read(name, text));
        match read {
            Ok((people, troubles)) => {
                self.people.extend(people);
                self.troubles.extend(troubles);
            }
            Err(fault) => self.unread_table(said, fault),
        }
    }

    fn unread_table(&mut self, said: &Place, fault: Fault) {
        let field = FieldFault {
            facts: fault.facts,
            ..plain(fault.code)
        };
        self.troubles.push(said.tell(What::Field(field)));
    }

    fn table(&mut self, code: ListCode, (name, said): (&str, &Place), bytes: &[u8]) {
        let read =
            sheet::text::decode(bytes).and_then(|(text, _)| register::read(list(code), text));
        let read = match read {
            Ok(read) => read,
            Err(fault) => return self.unread_table(said, fault),
        };
        let at = |line: u64, path: &str| Place {
            file: name.to_owned(),
            line: usize::try_from(line).unwrap_or(0),
            path: path.to_owned(),
        };
        for wrong in read.wrong {
            let field = FieldFault {
                field: wrong.column.clone(),
                code: wrong.code,
                facts: wrong.facts,
            };
            let place = at(wrong.line, &wrong.column);
            self.troubles.push(place.tell(What::Field(field)));
        }
        let rows = self.lists.entry(code).or_default();
        for (key, cells) in read.rows {
            let line = read.at.get(&key).copied().unwrap_or(0);
            rows.push(RowSaid {
                place: at(line, &key),
                columns: BTreeMap::new(),
                cells,
            });
        }
    }
}

fn list_codes() -> String {
    let all: Vec<&str> = ListCode::ALL.iter().map(|code| code.as_str()).collect();
    all.join(", ")
}

fn plain(code: Code) -> FieldFault {
    FieldFault {
        field: String::new(),
        code,
        facts: BTreeMap::new(),
    }
}

fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    let size = std::fs::metadata(path).map_err(|error| error.to_string())?;
    if size.len() > MOST_BYTES {
        return Err(format!("{} MB", size.len() >> 20));
    }
    std::fs::read(path).map_err(|error| error.to_string())
}

fn area_of(reader: &mut Reader<'_>, section: &Section<'_, '_>) -> Option<AreaSaid> {
    section.only(reader, &["division", "code", "name"]);
    let (code, name) = (section.text(reader, "code"), section.text(reader, "name"));
    Some(AreaSaid {
        division: section.needed(reader, "division")?,
        code,
        name,
    })
}

fn administrator(
    reader: &mut Reader<'_>,
    section: &Section<'_, '_>,
    role: Role,
) -> Option<PersonSaid> {
    section.only(reader, &["username", "name", "unit"]);
    let unit = section.text(reader, "unit");
    let username = section.needed(reader, "username");
    let name = section.needed(reader, "name");
    Some(PersonSaid {
        username: username?,
        name: name?,
        unit,
        roles: vec![(role, section.place.clone())],
        place: section.place.clone(),
    })
}

fn person(reader: &mut Reader<'_>, section: &Section<'_, '_>) -> Option<PersonSaid> {
    section.only(reader, &["username", "name", "unit", "roles"]);
    let unit = section.text(reader, "unit");
    let mut roles = Vec::new();
    for said in section.texts(reader, "roles") {
        if let Some(role) = Role::parse(&said.text) {
            roles.push((role, said.place));
        } else {
            let all: Vec<&str> = Role::ALL.iter().map(|role| role.as_str()).collect();
            reader.tell(&said.place, What::Unknown(all.join(", ")));
        }
    }
    let username = section.needed(reader, "username");
    let name = section.needed(reader, "name");
    Some(PersonSaid {
        username: username?,
        name: name?,
        unit,
        roles,
        place: section.place.clone(),
    })
}

fn row(reader: &mut Reader<'_>, code: ListCode, section: &Section<'_, '_>) -> RowSaid {
    let known: Vec<&str> = list(code)
        .columns
        .iter()
        .map(|column| column.name)
        .collect();
    section.only(reader, &known);
    let mut row = RowSaid {
        cells: Cells::new(),
        place: section.place.clone(),
        columns: BTreeMap::new(),
    };
    for (name, said) in section.all_texts(reader) {
        if known.contains(&name.as_str()) {
            row.cells.insert(name.clone(), said.text);
            row.columns.insert(name, said.place);
        }
    }
    row
}
