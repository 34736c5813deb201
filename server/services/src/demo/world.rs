//! What every ticket of a run draws from: places, units, people, templates. Built once, shared by the working threads.
//! Not here: distributions (`draw`), moves (`script`).
//! Templates are made when first needed and kept.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use anyhow::Context as _;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use shared::access::Role;
use shared::ids::UserId;
use shared::organisation::{Unit, UnitLevel};
use shared::place::DivisionLevel;
use store::users::User;

use super::draw::CITIES;
use super::fill::Person;
use super::organisation::DEPARTMENTS;
use super::people;
use super::script::{Flags, Move};
use super::template::{Post, Stage0, Template, Who};
use crate::fault::Failure;
use crate::reference::Reference;

/// Agents per centre; the other desks have fewer.
const AGENTS: usize = 12;
const OTHERS: usize = 4;

/// A place and who may handle there.
pub(super) struct County {
    pub code: String,
    /// Nine digits and name.
    pub streets: Vec<(String, String)>,
    /// The unit of the district itself, in the cities that have one.
    pub unit: Option<(String, String)>,
}

/// One city.
pub(super) struct City {
    pub code: &'static str,
    pub counties: Vec<County>,
    /// Code and path of the eight departments.
    pub departments: Vec<(String, String)>,
    desks: HashMap<&'static str, Vec<Person>>,
}

/// The way of a ticket as far as it has come.
type Way = (Vec<Move>, Flags);

/// The province of the demo.
pub(super) struct World {
    pub reference: Arc<Reference>,
    pub cities: Vec<City>,
    /// Leaves by first-level category: code and Chinese name.
    pub leaves: Vec<Vec<(String, String)>>,
    unit_people: HashMap<String, Vec<Person>>,
    seed: u64,
    templates: RwLock<HashMap<Way, Arc<Template>>>,
}

impl World {
    /// Reads the world from the reference data and the accounts.
    pub fn new(reference: Arc<Reference>, users: &[User], seed: u64) -> Result<Self, Failure> {
        let mut unit_people: HashMap<String, Vec<Person>> = HashMap::new();
        for user in users.iter().filter(|user| user.active) {
            unit_people
                .entry(user.unit.clone())
                .or_default()
                .push(Person {
                    user: Some(user.id),
                    name: user.name.clone(),
                });
        }
        let cities = CITIES
            .iter()
            .map(|(code, _)| city(&reference, users, code, seed))
            .collect::<Result<_, _>>()?;
        let mut leaves = vec![Vec::new(); 12];
        let mut codes: Vec<_> = reference
            .categories
            .values()
            .filter(|category| category.is_leaf())
            .collect();
        codes.sort_by(|a, b| a.code.cmp(&b.code));
        for leaf in codes {
            if let Some(list) = leaf.code[..2]
                .parse::<usize>()
                .ok()
                .and_then(|area| leaves.get_mut(area.checked_sub(1)?))
            {
                list.push((leaf.code.clone(), leaf.name_zh.clone()));
            }
        }
        Ok(Self {
            reference,
            cities,
            leaves,
            unit_people,
            seed,
            templates: RwLock::default(),
        })
    }

    /// The template of a way; runs the process only the first time.
    pub fn template(&self, moves: &[Move], flags: Flags) -> Result<Arc<Template>, Failure> {
        let way = (moves.to_vec(), flags);
        if let Some(known) = self
            .templates
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&way)
        {
            return Ok(Arc::clone(known));
        }
        let departments = &self.cities.first().context("a city")?.departments;
        let unit = |index: usize| {
            departments
                .get(index)
                .map(|(code, _)| code.clone())
                .context("a department")
        };
        let stage = Stage0 {
            reference: &self.reference,
            units: [unit(0)?, unit(1)?, unit(2)?, unit(3)?],
        };
        let made = Arc::new(stage.run(moves, flags)?);
        self.templates
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(way, Arc::clone(&made));
        Ok(made)
    }

    /// How many ways of running were met.
    pub fn ways(&self) -> usize {
        self.templates
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .len()
    }

    /// Somebody for a move; nobody for the citizen.
    pub fn person(
        &self,
        rng: &mut impl Rng,
        who: Who,
        city: usize,
        units: &[(String, String)],
    ) -> Option<Person> {
        let desk = |rng: &mut dyn rand::RngCore, name: &str| {
            let list = self.cities[city].desks.get(name)?;
            list.get(rng.random_range(0..list.len().max(1))).cloned()
        };
        match who {
            Who::Citizen => None,
            Who::Agent => desk(rng, "agent"),
            Who::Dispatcher => desk(rng, "dispatcher"),
            Who::Reviewer => desk(rng, "reviewer"),
            Who::Caller => desk(rng, "caller"),
            Who::Unit(index, post) => Some(self.of_unit(&units[index].0, post)),
        }
    }

    /// A unit's own people where they can sign in, else one fixed generated name per unit and post.
    fn of_unit(&self, unit: &str, post: Post) -> Person {
        let position = match post {
            Post::Liaison => 0,
            Post::Handler => 1,
            Post::Reviewer => 2,
        };
        if let Some(list) = self.unit_people.get(unit) {
            return list[position.min(list.len() - 1)].clone();
        }
        let salt = unit.bytes().fold(self.seed, |hash, byte| {
            hash.wrapping_mul(0x0100_0000_01B3) ^ u64::from(byte)
        });
        let mut rng = ChaCha8Rng::seed_from_u64(salt.wrapping_add(position as u64));
        Person {
            user: None,
            name: people::name(&mut rng),
        }
    }

    /// The department that answers for a first-level category, as an index.
    pub fn department(area: usize) -> usize {
        let code = format!("{:02}", area + 1);
        DEPARTMENTS
            .iter()
            .position(|(_, _, areas)| areas.contains(&code.as_str()))
            .unwrap_or(0)
    }
}

fn city(
    reference: &Reference,
    users: &[User],
    code: &'static str,
    seed: u64,
) -> Result<City, Failure> {
    let place = |unit: &Unit| (unit.code.clone(), unit.path.clone());
    let departments = DEPARTMENTS
        .iter()
        .map(|(suffix, ..)| {
            reference
                .units
                .get(&format!("{code}-{suffix}"))
                .map(place)
                .with_context(|| format!("unit {code}-{suffix}"))
        })
        .collect::<Result<_, _>>()?;
    let below = |parent: &str, level| {
        let mut list: Vec<_> = reference
            .divisions
            .values()
            .filter(|d| d.level == level && d.parent.as_deref() == Some(parent))
            .collect();
        list.sort_by(|a, b| a.code.cmp(&b.code));
        list
    };
    let counties = below(code, DivisionLevel::County)
        .into_iter()
        .map(|county| County {
            code: county.code.clone(),
            streets: below(&county.code, DivisionLevel::Street)
                .into_iter()
                .map(|street| (street.code.clone(), street.name.clone()))
                .collect(),
            unit: reference
                .units
                .get(&county.code)
                .filter(|unit| unit.level == UnitLevel::District)
                .map(place),
        })
        .collect();
    let mut rng = ChaCha8Rng::seed_from_u64(seed ^ code.parse::<u64>().unwrap_or(0));
    let mut desks = HashMap::new();
    for (desk, role, count) in [
        ("agent", Role::Agent, AGENTS),
        ("dispatcher", Role::Dispatcher, OTHERS),
        ("reviewer", Role::ClosingReviewer, OTHERS),
        ("caller", Role::FollowUp, OTHERS),
    ] {
        let sits = |user: &&User| user.unit == code && user.roles().contains(&role.into());
        let mut list: Vec<Person> = users
            .iter()
            .filter(sits)
            .map(|user| Person {
                user: Some(user.id),
                name: user.name.clone(),
            })
            .collect();
        while list.len() < count {
            list.push(Person {
                user: None::<UserId>,
                name: people::name(&mut rng),
            });
        }
        desks.insert(desk, list);
    }
    Ok(City {
        code,
        counties,
        departments,
        desks,
    })
}
