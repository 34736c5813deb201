//! Whether an office's file fits what there is, and what would come of it: every list judged as it would be with the others, every person.
//! Not here: reading the file (`file`), doing it (`carry_out`).
//! Everything that is wrong is told at its place; nothing is written here.

use std::collections::BTreeMap;

use shared::access::Need;
use shared::fault::{Code, Fault, FieldFault};
use shared::organisation::UnitLevel;
use shared::place::DivisionLevel;
use shared::register::{Cells, FindingCode, ListCode, UnitRow, Weight, list};
use shared::setup::{Trouble, What};

use super::file::{AreaSaid, Office, RowSaid};
use super::people::{self, Person};
use super::settings;
use super::source::{Place, Said};
use crate::context::Ctx;
use crate::fault::Settle;
use crate::reference::Reference;
use crate::register::{self, Counts, Planned, Sent};
use store::marks::SetMark;

/// What follows the area in a centre's name.
const CENTRE: &str = "12345政务服务便民热线中心";

/// What a file would do.
pub struct Plan {
    /// What is wrong, and what is told.
    pub troubles: Vec<Trouble>,
    pub(super) lists: Option<Planned>,
    pub(super) people: Vec<Person>,
    pub(super) marks: Vec<SetMark>,
}

impl Plan {
    /// Nothing keeps it from being done.
    pub fn is_good(&self) -> bool {
        self.troubles.iter().all(|trouble| trouble.is_warning)
    }

    /// Everything is as the file says already.
    pub fn is_done(&self) -> bool {
        self.counts().is_empty() && self.people.is_empty() && self.marks.is_empty()
    }

    /// Rows that come, change and go, of each list that changes.
    pub fn counts(&self) -> Vec<(ListCode, [usize; 3])> {
        let all = self.lists.iter().flat_map(|planned| &planned.counts);
        let three = |counts: &Counts| [counts.new, counts.changed, counts.gone];
        all.map(|(code, counts)| (*code, three(counts))).collect()
    }

    /// How many accounts come.
    pub fn accounts(&self) -> usize {
        self.people.len()
    }

    /// How many decisions come or change.
    pub fn others(&self) -> usize {
        self.marks.len()
    }
}

/// Judges a file.
///
/// # Errors
/// `access.denied` for anybody but the machine's owner; of the store.
pub async fn plan(ctx: &Ctx, office: Office) -> Result<Plan, Fault> {
    ctx.ask(Need::Owner)?;
    let reference = ctx.services.reference().await?;
    let mut office = office;
    let mut judge = Judge {
        ctx,
        reference: &reference,
        troubles: std::mem::take(&mut office.troubles),
        centre: root_of(&reference),
        region: None,
        file: std::mem::take(&mut office.file),
    };
    let before = judge.faults();
    let row = office.area.clone().and_then(|area| judge.area(&area));
    if let Some(row) = row {
        let rows = office.lists.entry(ListCode::Units).or_default();
        rows.insert(0, row);
    }
    let (sent, places) = judge.rows(&office);
    let lists = if judge.faults() == before && !office.lacks_rows {
        judge.together(sent, &places).await?
    } else {
        None
    };
    let people = judge.people(&office, lists.as_ref()).await?;
    let marks = settings::marks(ctx, &office).await?;
    Ok(Plan {
        troubles: judge.troubles,
        lists,
        people,
        marks,
    })
}

/// Code of the active unit on top.
fn root_of(reference: &Reference) -> Option<String> {
    let mut roots = reference.units.values();
    let root = roots.find(|unit| unit.parent.is_none() && unit.active);
    root.map(|unit| unit.code.clone())
}

type Places = BTreeMap<(ListCode, String), Place>;

struct Judge<'c> {
    ctx: &'c Ctx,
    reference: &'c Reference,
    troubles: Vec<Trouble>,
    /// Code of the centre on top, as it is or will be.
    centre: Option<String>,
    /// Division that the file names.
    region: Option<String>,
    /// The file, as it was named.
    file: String,
}

impl Judge<'_> {
    fn faults(&self) -> usize {
        let all = self.troubles.iter();
        all.filter(|trouble| !trouble.is_warning).count()
    }

    fn field(&mut self, place: &Place, field: FieldFault) {
        self.troubles.push(place.tell(What::Field(field)));
    }

    /// The row of the centre.
    fn area(&mut self, area: &AreaSaid) -> Option<RowSaid> {
        let said = &area.division;
        let division = self.reference.divisions.get(&said.text);
        let level = division.and_then(|division| level_of(division.level));
        let (Some(division), Some(level)) = (division, level) else {
            let what = What::NoArea(said.text.clone());
            self.troubles.push(said.place.tell(what));
            return None;
        };
        let there = self.centre.clone();
        if let (Some(there), Some(code)) = (&there, &area.code)
            && *there != code.text
        {
            let what = What::OtherCentre(there.clone());
            self.troubles.push(code.place.tell(what));
            return None;
        }
        let own = format!("{}-ZX", division.code);
        let code = area.code.as_ref().map(|code| code.text.clone());
        let code = code.or(there).unwrap_or(own);
        let known = self.reference.units.get(&code);
        let same = known.filter(|unit| unit.region == division.code);
        let name = area.name.as_ref().map(|name| name.text.clone());
        let name = name
            .or_else(|| same.map(|unit| unit.name.clone()))
            .unwrap_or_else(|| centre_name(self.reference, &division.code));
        self.centre = Some(code.clone());
        self.region = Some(division.code.clone());
        let row = UnitRow {
            code,
            name,
            parent: None,
            level,
            region: division.code.clone(),
            is_active: true,
            successor: None,
        };
        let mut columns = BTreeMap::from([("region".to_owned(), said.place.clone())]);
        let said = |said: &Option<Said>| said.as_ref().map(|said| said.place.clone());
        columns.extend(said(&area.name).map(|place| ("name".to_owned(), place)));
        columns.extend(said(&area.code).map(|place| ("code".to_owned(), place)));
        Some(RowSaid {
            cells: row.cells(),
            place: area.division.place.clone(),
            columns,
        })
    }

    /// The rows of all lists as they are kept, with where each stands.
    fn rows(&mut self, office: &Office) -> (Vec<Sent>, Places) {
        let mut sent = Vec::new();
        let mut places = Places::new();
        for (code, said) in &office.lists {
            let mut rows = BTreeMap::new();
            for one in said {
                let Some((key, cells)) = self.row(*code, one) else {
                    continue;
                };
                let known = places.insert((*code, key.clone()), one.place.clone());
                if let Some(known) = known {
                    let what = What::Twice(known.line);
                    self.troubles.push(one.place.tell(what));
                }
                rows.insert(key, cells);
            }
            sent.push(Sent {
                code: *code,
                rows,
                replaces: office.replaced.contains(code),
            });
        }
        (sent, places)
    }

    fn row(&mut self, code: ListCode, said: &RowSaid) -> Option<(String, Cells)> {
        let mut cells = said.cells.clone();
        if code == ListCode::Units {
            self.usual(&mut cells);
        }
        match list(code).read(&cells) {
            Ok(row) => Some((row.key, row.cells)),
            Err(fault) => {
                for field in fault.fields {
                    let whole = || Place {
                        path: format!("{}.{}", said.place.path, field.field),
                        ..said.place.clone()
                    };
                    let place = said.columns.get(&field.field).cloned();
                    self.field(&place.unwrap_or_else(whole), field);
                }
                None
            }
        }
    }

    /// What a unit has where nothing else is said: it is in use, below the centre, for the area.
    fn usual(&self, cells: &mut Cells) {
        let mut put = |name: &str, value: Option<&String>| {
            if let Some(value) = value.filter(|_| !cells.contains_key(name)) {
                cells.insert(name.to_owned(), value.clone());
            }
        };
        put("state", Some(&"active".to_owned()));
        put("region", self.region.as_ref());
        let is_centre = self.centre.is_some() && cells.get("code") == self.centre.as_ref();
        if !is_centre && !cells.contains_key("parent") {
            cells.extend(
                self.centre
                    .clone()
                    .map(|centre| ("parent".to_owned(), centre)),
            );
        }
    }

    /// Judges the lists together.
    async fn together(
        &mut self,
        sent: Vec<Sent>,
        places: &Places,
    ) -> Result<Option<Planned>, Fault> {
        let whole = self.whole_list();
        let planned = match register::plan(self.ctx, sent).await {
            Ok(planned) => planned,
            Err(fault) => return self.refused(fault).map(|()| None),
        };
        for (code, finding) in &planned.found {
            let place = places.get(&(*code, finding.key.clone())).cloned();
            let place = place.unwrap_or_else(|| whole(*code));
            let what = What::Finding(*code, finding.clone());
            let stops = finding.weight == Weight::Fault || finding.code == FindingCode::OpenWork;
            self.troubles.push(if stops {
                place.tell(what)
            } else {
                place.warn(what)
            });
        }
        Ok(Some(planned))
    }

    /// Where what is wrong with a whole list is told.
    fn whole_list(&self) -> impl Fn(ListCode) -> Place + use<> {
        let file = self.file.clone();
        move |code| Place {
            file: file.clone(),
            line: 0,
            path: code.to_string(),
        }
    }

    /// A list that cannot be changed now.
    fn refused(&mut self, fault: Fault) -> Result<(), Fault> {
        let found = fault.fields.first().cloned();
        let Some((code, field)) = found.and_then(|it| Some((ListCode::parse(&it.field)?, it)))
        else {
            return Err(fault);
        };
        let place = self.whole_list()(code);
        let what = match field.code {
            Code::RegisterDraftOpen => {
                let by = field.facts.get("by").cloned().unwrap_or_default();
                What::Drafted(code, by)
            }
            _ => What::Field(field),
        };
        self.troubles.push(place.tell(what));
        Ok(())
    }

    /// The people who get an account.
    async fn people(
        &mut self,
        office: &Office,
        lists: Option<&Planned>,
    ) -> Result<Vec<Person>, Fault> {
        let centre = self.centre.clone().unwrap_or_default();
        let mut all: BTreeMap<String, (Person, Place)> = BTreeMap::new();
        for said in &office.people {
            let unit = said.unit.as_ref().map_or(&centre, |unit| &unit.text);
            let roles = said.roles.iter().map(|(role, _)| *role).collect();
            let person = Person::of(&said.username.text, &said.name.text, unit, roles);
            if let Err(fault) = person.judge() {
                for field in fault.fields {
                    let place = match field.field.as_str() {
                        "username" => &said.username.place,
                        "name" => &said.name.place,
                        _ => said.roles.first().map_or(&said.place, |(_, place)| place),
                    };
                    self.field(&place.clone(), field);
                }
            }
            let units = lists.map_or(&self.reference.units, |lists| &lists.reference.units);
            let is_unit = units.get(unit).is_some_and(|unit| unit.active);
            if lists.is_some() && !is_unit {
                let place = said.unit.as_ref().map_or(&said.place, |unit| &unit.place);
                let field = FieldFault {
                    field: "unit".to_owned(),
                    code: Code::InputUnit,
                    facts: BTreeMap::new(),
                };
                self.field(&place.clone(), field);
            }
            let name = person.username.clone();
            let place = said.username.place.clone();
            match all.get(&name) {
                Some((_, first)) => {
                    let what = What::Twice(first.line);
                    self.troubles.push(place.tell(what));
                }
                None => {
                    all.insert(name, (person, place));
                }
            }
        }
        self.not_known(all).await
    }

    /// Those of them who have none yet.
    async fn not_known(
        &mut self,
        all: BTreeMap<String, (Person, Place)>,
    ) -> Result<Vec<Person>, Fault> {
        let services = &self.ctx.services;
        let names: Vec<String> = all.keys().cloned().collect();
        let known = people::known(services, &names).await.settle(services)?;
        let mut new = Vec::new();
        for (name, (mut person, place)) in all {
            person.roles.sort_unstable();
            match known.get(&name) {
                None => new.push(person),
                Some(known) if *known == person => {}
                Some(_) => self.troubles.push(place.warn(What::Known)),
            }
        }
        Ok(new)
    }
}

/// The level of the centre of a division.
pub(super) fn level_of(level: DivisionLevel) -> Option<UnitLevel> {
    match level {
        DivisionLevel::Province => Some(UnitLevel::ProvinceCentre),
        DivisionLevel::City => Some(UnitLevel::CityCentre),
        DivisionLevel::County => Some(UnitLevel::CountyCentre),
        DivisionLevel::Street => None,
    }
}

/// What the centre of a division is called unless something else is said.
pub(super) fn centre_name(reference: &Reference, division: &str) -> String {
    format!("{}{CENTRE}", reference.division_path(division))
}
