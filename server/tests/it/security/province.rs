//! A province around the small centre: one person of each shipped role in Nanjing and the same again in Suzhou, and tickets in every relation to them.
//! Deliberately absent: what anybody may (`matrix`), bodies of verbs (`rights::calls`).
//! People and tickets are made once for a trial; nothing of the attacks changes them.

use services::{Ctx, jobs, users};
use shared::{
    access::Role,
    organisation::{Unit, UnitLevel},
};

use serde_json::{Value, json};

use crate::rest::complaint;
use crate::rights::calls::Caller;
use crate::support::{CENTRE, LEAD, OTHER, PASSWORD, World};

/// The centre of the whole province.
pub const PROVINCE: &str = "320000-ZX";
/// A street office below city management.
pub const STREET: &str = "320102001-JD";
/// The centre of Suzhou.
pub const SUZHOU: &str = "320500-ZX";
/// City management of Suzhou.
pub const SUZHOU_LEAD: &str = "320500-CGJ";

/// Code, name, unit above, level, region.
const UNITS: [(&str, &str, &str, UnitLevel, &str); 4] = [
    (
        PROVINCE,
        "江苏省12345中心",
        "",
        UnitLevel::ProvinceCentre,
        "320000",
    ),
    (
        STREET,
        "梅园新村街道办事处",
        LEAD,
        UnitLevel::Street,
        "320102",
    ),
    (
        SUZHOU,
        "苏州市12345中心",
        "",
        UnitLevel::CityCentre,
        "320500",
    ),
    (
        SUZHOU_LEAD,
        "苏州市城市管理局",
        SUZHOU,
        UnitLevel::Department,
        "320500",
    ),
];

/// The path of a unit of these trials.
pub fn path_of(code: &str) -> String {
    match code {
        LEAD | OTHER => format!("{CENTRE}/{code}/"),
        STREET => format!("{CENTRE}/{LEAD}/{STREET}/"),
        SUZHOU_LEAD => format!("{SUZHOU}/{SUZHOU_LEAD}/"),
        _ => format!("{code}/"),
    }
}

/// The region that a unit works for.
pub fn region_of(code: &str) -> &'static str {
    let known = UNITS.iter().find(|unit| unit.0 == code);
    known.map_or("320100", |unit| unit.4)
}

/// Somebody of a role in one of the two cities.
pub struct Somebody {
    /// The role.
    pub role: Role,
    /// Where.
    pub unit: &'static str,
    /// The sign-in name.
    pub username: String,
    /// How they are known.
    pub caller: Caller,
}

/// A ticket and how it lies.
pub struct Lying {
    /// What it is called in a finding.
    pub name: &'static str,
    /// Its id.
    pub id: String,
    /// The part of the unit that has it.
    pub assignment: Option<String>,
    /// Who took it down.
    pub by: String,
    /// Its division.
    pub region: &'static str,
    /// The unit that has it.
    pub unit: Option<&'static str>,
}

/// The people and their tickets.
pub struct Province {
    /// One of each role in each city.
    pub people: Vec<Somebody>,
    /// Tickets in every relation.
    pub tickets: Vec<Lying>,
}

/// How far a ticket has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Until {
    /// Nothing is over.
    Open,
    /// The citizen has taken it back.
    Withdrawn,
    /// The agent has answered, which closes it.
    Answered,
}

/// How a ticket is made: its name, the city's people, the unit, what differs from a plain complaint, how far it comes.
type Made = (
    &'static str,
    &'static str,
    Option<&'static str>,
    Value,
    Until,
);

/// From the morning of these tests to a night seventy days later, when what was closed is archived.
const UNTIL_ARCHIVED: i64 = (70 * 24 - 8) * 60;

/// Every relation that a ticket can be in, beside the archived one.
fn made() -> [Made; 10] {
    let secret = json!({"confidential": true});
    let tip_off = json!({"kind": "tip_off"});
    [
        ("closed", CENTRE, None, json!({}), Until::Answered),
        ("waiting", CENTRE, None, json!({}), Until::Open),
        (
            "handled by the unit",
            CENTRE,
            Some(LEAD),
            json!({}),
            Until::Open,
        ),
        (
            "handled below",
            CENTRE,
            Some(STREET),
            json!({}),
            Until::Open,
        ),
        (
            "handled by another",
            CENTRE,
            Some(OTHER),
            json!({}),
            Until::Open,
        ),
        ("confidential", CENTRE, Some(LEAD), secret, Until::Open),
        ("a tip-off", CENTRE, Some(LEAD), tip_off, Until::Open),
        ("over", CENTRE, Some(LEAD), json!({}), Until::Withdrawn),
        ("of Suzhou, waiting", SUZHOU, None, json!({}), Until::Open),
        (
            "of Suzhou, handled",
            SUZHOU,
            Some(SUZHOU_LEAD),
            json!({}),
            Until::Open,
        ),
    ]
}

impl Province {
    /// Makes units, people and tickets.
    pub async fn make(world: &World) -> Self {
        units(world).await;
        let mut people = Vec::new();
        for city in [CENTRE, SUZHOU] {
            for role in Role::ALL {
                people.push(somebody(world, *role, city).await);
            }
        }
        let mut province = Self {
            people,
            tickets: Vec::new(),
        };
        province.sign_in(world, Some(Role::Agent)).await;
        let archived = ("archived", CENTRE, None, json!({}), Until::Answered);
        let archived = province.lays(world, archived).await;
        province.tickets.push(archived);
        a_night(world).await;
        province.sign_in(world, None).await;
        province.is_archived(world).await;
        for one in made() {
            let lying = province.lays(world, one).await;
            province.tickets.push(lying);
        }
        province
    }

    /// Somebody by role and city.
    pub fn of(&self, role: Role, city: &str) -> &Somebody {
        let unit = post(role, city);
        let mut people = self.people.iter();
        people
            .find(|one| one.role == role && one.unit == unit)
            .expect("one of each")
    }

    /// Signs in those of a role, or everybody.
    async fn sign_in(&mut self, world: &World, role: Option<Role>) {
        for one in &mut self.people {
            if role.is_none_or(|role| one.role == role) {
                one.caller = Caller::of(world, &one.username).await;
            }
        }
    }

    /// The first ticket has been archived.
    async fn is_archived(&self, world: &World) {
        let manager = &self.of(Role::ProvincialManager, CENTRE).caller;
        let bearer = format!("Bearer {}", manager.token.as_deref().unwrap_or_default());
        let path = format!("/api/v1/tickets/{}", self.tickets[0].id);
        let answer = world.get(&path, &[("authorization", &bearer)]).await;
        assert_eq!(answer.json()["row"]["state"], "ARCHIVED", "{}", answer.text);
    }

    async fn lays(&self, world: &World, made: Made) -> Lying {
        let (name, city, unit, differs, until) = made;
        let region = if city == CENTRE { "320102" } else { "320505" };
        let mut body = complaint();
        body["region"] = json!(region);
        for (field, value) in differs.as_object().expect("fields") {
            body[field] = value.clone();
        }
        let agent = self.of(Role::Agent, city);
        let done = says(world, agent, "/api/v1/tickets", &body).await;
        let id = done["id"].as_str().expect("an id").to_owned();
        let mut version = done["version"].clone();
        let mut assignment = None;
        let dispatcher = self.of(Role::Dispatcher, city);
        if let Some(unit) = unit {
            let body = json!({"version": version, "lead": unit, "category": "010101"});
            let path = format!("/api/v1/tickets/{id}/dispatch");
            let done = says(world, dispatcher, &path, &body).await;
            assignment = done["assignments"][0]["id"].as_str().map(str::to_owned);
            version = done["version"].clone();
        }
        if until == Until::Withdrawn {
            let body = json!({"version": version, "reason": "诉求人来电撤回。"});
            let path = format!("/api/v1/tickets/{id}/withdraw");
            says(world, dispatcher, &path, &body).await;
        } else if until == Until::Answered {
            let body =
                json!({"version": version, "answer": "您好，所需材料清单已在电话中逐项说明。"});
            let path = format!("/api/v1/tickets/{id}/answer");
            says(world, agent, &path, &body).await;
        }
        Lying {
            name,
            id,
            assignment,
            by: agent.username.clone(),
            region,
            unit,
        }
    }
}

/// Where somebody of a role works in a city.
fn post(role: Role, city: &str) -> &'static str {
    let is_of_unit = matches!(role, Role::UnitLiaison | Role::Handler | Role::UnitReviewer);
    match (role, city) {
        (Role::ProvincialManager, _) if city != CENTRE => PROVINCE,
        (_, CENTRE) if is_of_unit => LEAD,
        (_, CENTRE) => CENTRE,
        _ if is_of_unit => SUZHOU_LEAD,
        _ => SUZHOU,
    }
}

/// A verb that is done.
async fn says(world: &World, by: &Somebody, path: &str, body: &Value) -> Value {
    let token = by.caller.token.as_deref().unwrap_or_default();
    let answer = world.post(path, token, body).await;
    assert!(answer.status.is_success(), "{path}: {}", answer.text);
    answer.json()
}

/// Time goes on, and what was closed long enough ago is archived.
async fn a_night(world: &World) {
    world.clock.advance_minutes(UNTIL_ARCHIVED);
    let job = jobs::JOBS.iter().find(|job| job.name == "archive");
    let job = job.expect("the job");
    while job.once(&world.state.services).await.expect("it runs").more {}
}

async fn units(world: &World) {
    let services = &world.state.services;
    let write = services.store().write::<_, store::StoreError, _>(|tx| {
        Box::pin(async move {
            for (code, name, parent, level, region) in UNITS {
                let unit = Unit {
                    code: code.into(),
                    name: name.into(),
                    parent: Some(parent.to_owned()).filter(|parent| !parent.is_empty()),
                    path: path_of(code),
                    level,
                    region: region.into(),
                    active: true,
                    successor: None,
                };
                store::units::put(tx, &unit).await?;
            }
            Ok(())
        })
    });
    write.await.expect("units are written");
    services.bust_reference().await;
}

async fn somebody(world: &World, role: Role, city: &str) -> Somebody {
    let unit = post(role, city);
    let username = format!("{}.{}", role.as_str(), region_of(unit));
    let command = users::Create {
        username: username.clone(),
        name: username.clone(),
        unit: unit.into(),
        password: PASSWORD.into(),
        given: false,
        roles: vec![role],
    };
    users::create(&Ctx::system(&world.state.services), command)
        .await
        .expect("accounts are made");
    Somebody {
        role,
        unit,
        username,
        caller: Caller::default(),
    }
}
