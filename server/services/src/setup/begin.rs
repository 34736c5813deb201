//! The first visit of an empty installation, by a link that works once: the area that is served, its centre, the first system administrator,
//! and the other administrators, each with a link of their own.
//! Not here: the link itself (`sessions::set_up`), everything behind it (`steps`).

use std::collections::BTreeMap;

use shared::access::Role;
use shared::fault::{Check, Code, Fault, FieldFault};
use shared::place::{Division, DivisionLevel};
use shared::register::{ListCode, UnitRow, Weight, list};
use shared::text::{Locale, register as words};

use super::carry_out::Made;
use super::people::{self, Person};
use super::plan::{centre_name, level_of};
use super::ready::top;
use crate::context::{Ctx, Services};
use crate::fault::Settle;
use crate::reference::Reference;
use crate::register::{self, Planned, Sent};
use crate::sessions::{self, FirstAccount};

/// Places of the same name that are told one by one.
const TOLD: usize = 6;

/// What the first visitor says.
#[derive(Clone, Default)]
pub struct First {
    /// Code or name of the division that is served.
    pub area: String,
    /// Name of the centre; made of the area's when empty.
    pub centre: String,
    /// The system administrator's sign-in name.
    pub username: String,
    /// Its display name; the sign-in name when empty.
    pub name: String,
    /// Its password.
    pub password: String,
    /// The other administrators that are known already.
    pub others: Vec<Other>,
}

/// Another administrator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    /// Which.
    pub role: Role,
    /// Field of the form with the sign-in name.
    pub field: &'static str,
    /// Sign-in name.
    pub username: String,
    /// Display name; the sign-in name when empty.
    pub name: String,
}

/// Sets up area and administrators; the links of the others.
///
/// # Errors
/// `access.denied` for a wrong or used link; field faults, `setup.area` among them.
pub async fn begin(services: &Services, token: &str, first: First) -> Result<Vec<Made>, Fault> {
    sessions::check_link(services, token)?;
    let ctx = Ctx::system(services);
    let reference = services.reference().await?;
    let own = person(&first.username, &first.name, "", Role::SystemAdmin);
    let mut faults = Vec::new();
    let mut note = |result: Result<(), Fault>| {
        if let Err(fault) = result {
            faults.extend(fault.fields);
        }
    };
    note(own.judge());
    let division = find_area(&reference, &first.area);
    note(division.as_ref().map(drop).map_err(Clone::clone));
    note(apart(&own, &first.others));
    for other in &first.others {
        let person = person(&other.username, &other.name, "", other.role);
        note(person.judge().map_err(|fault| at(fault, other.field)));
    }
    let weak = sessions::password::check(&first.password, &own.username);
    if !faults.is_empty() {
        faults.extend(weak.err().into_iter().flat_map(|fault| fault.fields));
        return Err(Fault::fields(faults));
    }
    weak?;
    let (unit, planned) = centre(&ctx, &reference, (&division?, &first.centre)).await?;
    let account = FirstAccount {
        username: own.username,
        name: own.name,
        password: first.password,
        unit: unit.clone(),
        lists: planned.lists(),
    };
    sessions::first_account(services, token, account).await?;
    register::run(services).await.settle(services)?;
    let mut made = Vec::new();
    for other in &first.others {
        let person = person(&other.username, &other.name, &unit, other.role);
        let link = people::make(&ctx, &person).await?;
        made.push(Made {
            username: person.username,
            name: person.name,
            link,
        });
    }
    Ok(made)
}

fn person(username: &str, name: &str, unit: &str, role: Role) -> Person {
    let name = if name.trim().is_empty() {
        username
    } else {
        name
    };
    Person::of(username, name, unit, vec![role])
}

/// What is wrong with somebody's names, at the field that has them.
fn at(fault: Fault, field: &str) -> Fault {
    let moved = fault.fields.into_iter().map(|found| FieldFault {
        field: field.to_owned(),
        ..found
    });
    Fault::fields(moved.collect())
}

/// The administrators are different people.
fn apart(own: &Person, others: &[Other]) -> Result<(), Fault> {
    let mut check = Check::default();
    let mut taken = vec![own.username.clone()];
    for other in others {
        let name = person(&other.username, "", "", other.role).username;
        if taken.contains(&name) {
            check.add(other.field, Code::InputTaken);
        }
        taken.push(name);
    }
    check.finish()
}

/// The division of a code or a name, of those that an office can serve.
///
/// # Errors
/// `setup.area` when there is none, or several of the name.
pub fn find_area(reference: &Reference, said: &str) -> Result<Division, Fault> {
    let said = shared::input::line(said);
    if said.is_empty() {
        return Err(Fault::field("area", Code::InputRequired));
    }
    let served = |division: &&Division| division.level != DivisionLevel::Street;
    let code = reference.divisions.get(&said).filter(served);
    if let Some(division) = code {
        return Ok(division.clone());
    }
    let named = |division: &&Division| {
        served(division)
            && (division.name == said || reference.division_path(&division.code) == said)
    };
    let mut found: Vec<&Division> = reference.divisions.values().filter(named).collect();
    found.sort_by(|a, b| a.code.cmp(&b.code));
    if let [one] = found.as_slice() {
        return Ok((*one).clone());
    }
    let told = found.iter().take(TOLD).map(|division| {
        let path = reference.division_path(&division.code);
        format!("{} {path}", division.code)
    });
    let told: Vec<String> = told.collect();
    Err(Fault::fields(vec![FieldFault {
        field: "area".to_owned(),
        code: Code::SetupArea,
        facts: BTreeMap::from([("found".to_owned(), told.join("；"))]),
    }]))
}

/// The centre's row in the list of units, and its code; one that is there already moves.
async fn centre(
    ctx: &Ctx,
    reference: &Reference,
    (division, name): (&Division, &str),
) -> Result<(String, Planned), Fault> {
    let there = top(reference);
    let code = there.map_or_else(|| format!("{}-ZX", division.code), |unit| unit.code.clone());
    let level = level_of(division.level).ok_or_else(|| Fault::field("area", Code::InputPlace))?;
    let same = there.filter(|unit| unit.region == division.code);
    let name = Some(shared::input::line(name)).filter(|name| !name.is_empty());
    let row = UnitRow {
        name: name
            .or_else(|| same.map(|unit| unit.name.clone()))
            .unwrap_or_else(|| centre_name(reference, &division.code)),
        code: code.clone(),
        parent: None,
        level,
        region: division.code.clone(),
        is_active: true,
        successor: None,
    };
    let row = list(ListCode::Units)
        .read(&row.cells())
        .map_err(|fault| at(fault, "centre"))?;
    let sent = Sent {
        code: ListCode::Units,
        rows: BTreeMap::from([(row.key, row.cells)]),
        replaces: false,
    };
    let planned = register::plan(ctx, vec![sent]).await?;
    let stops =
        |(_, finding): &&(ListCode, shared::register::Finding)| finding.weight == Weight::Fault;
    match planned.found.iter().find(stops) {
        None => Ok((code, planned)),
        Some((_, finding)) => Err(Fault::fields(vec![FieldFault {
            field: "area".to_owned(),
            code: Code::SetupArea,
            facts: BTreeMap::from([("found".to_owned(), words::finding(finding, Locale::Zh))]),
        }])),
    }
}
