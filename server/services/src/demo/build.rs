//! One demo ticket from its head: place, matter, citizen, way, moments, people and texts, filled into the way's template.
//! Not here: writing (`store::bulk`), numbers (reserved before).
//! Pure but for the template cache; runs on a thread of its own.

use rand::{Rng, RngCore};
use shared::calendar::Instant;
use shared::ids::{BatchId, TicketId};
use shared::process::limit::Stage;
use shared::ticket::command::Citizen;
use shared::ticket::{RequestKind, SubjectType, TicketNo, rules};
use store::Seal;
use store::bulk::BulkTicket;
use store::record::Ticket;
use uuid::Uuid;

use super::draw::{self, Drawn};
use super::fill::Filling;
use super::people;
use super::script::{self, Flags, Move, Timing};
use super::template;
use super::words::{Matter, Words, address};
use super::world::{County, World};
use crate::fault::Failure;
use crate::tickets::opening;

/// What is the same for all tickets of a run.
pub(super) struct Builder<'a> {
    pub world: &'a World,
    pub seal: &'a Seal,
    pub until: Instant,
    pub batch: BatchId,
}

/// The first that is drawn of a ticket: where it belongs, what it is about, its id.
struct Origin<'w, R> {
    flags: Flags,
    spot: Spot<'w>,
    area: usize,
    matter: &'w (String, String),
    id: TicketId,
    /// For what is drawn next.
    rng: R,
}

/// Where a ticket belongs.
struct Spot<'w> {
    county: Option<&'w County>,
    street: Option<usize>,
}

impl Builder<'_> {
    /// The whole case.
    pub fn case(&self, drawn: &Drawn, ticket_no: TicketNo) -> Result<BulkTicket, Failure> {
        let Origin {
            flags,
            spot,
            area,
            matter,
            id: ticket_id,
            mut rng,
        } = origin(self.world, drawn);
        let city = &self.world.cities[drawn.city];
        let (category, leaf) = matter.clone();
        let mut ticket = template::blank(ticket_id, ticket_no, drawn.accepted_at, flags);
        let place = self.place(&mut rng, &mut ticket, city.code, &spot);
        ticket.category = Some(category);
        ticket.channel = drawn.channel;
        ticket.batch = Some(self.batch);
        self.matter(
            &mut rng,
            &mut ticket,
            &Matter {
                place: place.clone(),
                leaf: leaf.clone(),
                area,
            },
        );
        let moves = script::draw(&mut rng, flags);
        let limit = |from: Instant| {
            opening::deadline(&self.world.reference, &ticket, Stage::Handle, from)
                .map_or(from, |timed| timed.due.at)
        };
        let timing = Timing {
            reference: &self.world.reference,
            until: self.until,
        };
        let times = timing.times(&mut rng, &moves, drawn.accepted_at, limit);
        let way = &moves[..times.len().max(1)];
        let template = self.world.template(way, flags)?;
        if matches!(way, [Move::Register]) && flags.own {
            // The citizen gives the type; the category comes with the dispatch.
            ticket.category = None;
        }
        let units = self.units(&mut rng, drawn.city, area, &spot);
        let people: Vec<_> = template
            .actors
            .iter()
            .map(|who| self.world.person(&mut rng, *who, drawn.city, &units))
            .collect();
        let texts = texts(&mut rng, way, &Matter { place, leaf, area });
        let accepted = drawn.accepted_at;
        let filling = Filling {
            reference: &self.world.reference,
            template: &template,
            clock_from: accepted,
            until: self.until,
            ticket,
            times: &times,
            people: &people,
            units: &units,
            centre: city.code,
            texts: &texts,
            new_id: &mut || id(&mut rng, accepted),
        };
        filling.finish()
    }

    fn place(
        &self,
        rng: &mut impl Rng,
        ticket: &mut Ticket,
        city: &str,
        spot: &Spot<'_>,
    ) -> String {
        let mut place = String::new();
        city.clone_into(&mut ticket.region);
        if let Some(county) = spot.county {
            ticket.region.clone_from(&county.code);
            if let Some((code, name)) = spot.street.and_then(|index| county.streets.get(index)) {
                ticket.street = Some(code.clone());
                place.push_str(name);
            }
        }
        let address = address(rng);
        place.push_str(&address);
        ticket.address = Some(address);
        place
    }

    fn matter(&self, rng: &mut impl Rng, ticket: &mut Ticket, matter: &Matter) {
        ticket.kind = draw::kind(rng);
        ticket.urgency = if matches!(ticket.kind, RequestKind::Help | RequestKind::Complaint) {
            draw::urgency(rng)
        } else {
            ticket.urgency
        };
        ticket.subject_type = draw::subject(rng);
        ticket.confidential =
            !ticket.anonymous && (ticket.kind == RequestKind::TipOff || rng.random_bool(0.015));
        ticket.content = Words { rng, matter }.content();
        ticket.title = rules::title_from(&ticket.content);
        if !ticket.anonymous {
            ticket.citizen = Some(citizen(rng, ticket.subject_type));
        }
        let code: u32 = rng.random_range(0..1_000_000);
        ticket.query_code_hash = self
            .seal
            .query_code_hash(ticket.ticket_no.as_str(), &format!("{code:06}"));
    }

    /// Lead, two assisting units, and the one that gets it after a return: all different.
    fn units(
        &self,
        rng: &mut impl Rng,
        city: usize,
        area: usize,
        spot: &Spot<'_>,
    ) -> Vec<(String, String)> {
        let city = &self.world.cities[city];
        let responsible = World::department(area);
        let department = |offset: usize| {
            city.departments[(responsible + offset) % city.departments.len()].clone()
        };
        let mut lead = department(0);
        if let Some(county) = spot.county
            && let Some(district) = &county.unit
            && rng.random_bool(0.5)
        {
            lead = district.clone();
            if let Some((street, _)) = spot.street.and_then(|index| county.streets.get(index))
                && let Some(unit) = self.world.reference.units.get(street)
                && rng.random_bool(0.3)
            {
                lead = (unit.code.clone(), unit.path.clone());
            }
        }
        let first = rng.random_range(1..3);
        vec![
            lead,
            department(first),
            department(first + 2),
            department(first + 4),
        ]
    }
}

/// The id that a ticket will have.
pub(super) fn id_of(world: &World, drawn: &Drawn) -> TicketId {
    origin(world, drawn).id
}

fn origin<'w>(world: &'w World, drawn: &Drawn) -> Origin<'w, impl Rng> {
    let mut rng = drawn.rng.clone();
    let flags = draw::flags(&mut rng, drawn.channel);
    let spot = spot(&mut rng, &world.cities[drawn.city].counties);
    let area = draw::area(&mut rng);
    let leaves = &world.leaves[area];
    let matter = &leaves[rng.random_range(0..leaves.len())];
    let id = TicketId(id(&mut rng, drawn.accepted_at));
    Origin {
        flags,
        spot,
        area,
        matter,
        id,
        rng,
    }
}

fn spot<'w>(rng: &mut impl Rng, counties: &'w [County]) -> Spot<'w> {
    if counties.is_empty() {
        return Spot {
            county: None,
            street: None,
        };
    }
    let county = &counties[rng.random_range(0..counties.len())];
    let street = (!county.streets.is_empty() && rng.random_bool(0.6))
        .then(|| rng.random_range(0..county.streets.len()));
    Spot {
        county: Some(county),
        street,
    }
}

/// A made-up person; the numbers lie in blocks that no operator gives to customers' telephones as a whole.
fn citizen(rng: &mut impl Rng, subject: SubjectType) -> Citizen {
    let second = [3, 5, 7, 8, 9][rng.random_range(0..5_usize)];
    let organisation = matches!(subject, SubjectType::Enterprise)
        .then(|| format!("{}商贸有限公司", people::name(rng)));
    Citizen {
        name: Some(people::name(rng)),
        phone: Some(format!("1{second}000{:06}", rng.random_range(0..1_000_000))),
        organisation,
        ..Citizen::default()
    }
}

/// The texts of every move, so that the history reads like one story.
fn texts(rng: &mut impl Rng, moves: &[Move], matter: &Matter) -> Vec<(String, String)> {
    let mut words = Words { rng, matter };
    let one = |text: String| (text, String::new());
    moves
        .iter()
        .map(|step| match step {
            Move::Answer => one(words.answer()),
            Move::Decline => one(words.decline()),
            Move::Dispatch(_) => one(words.advice()),
            Move::SendBack => one(words.send_back()),
            Move::Rule => one(words.ruling()),
            Move::Extend => one(words.extend()),
            Move::RuleExtension(grant) => one(words.rule_extension(*grant)),
            Move::Reply(_) => (words.handling(), words.reply()),
            Move::UnitReview(_, false) | Move::Review(false) => one(words.back()),
            Move::FollowUp(Some(given)) | Move::Rate(given) => {
                one(words.opinion(given.is_satisfied() || !given.is_rated()))
            }
            Move::Redo => one(words.redo()),
            Move::Withdraw => one(words.withdraw()),
            Move::Urge => one(words.urge()),
            Move::Register
            | Move::ConfirmDecline
            | Move::Sign(_)
            | Move::UnitReview(..)
            | Move::Review(true)
            | Move::FollowUp(None)
            | Move::Close => one(String::new()),
        })
        .collect()
}

/// A UUIDv7 of the acceptance, random part from the ticket's own generator.
fn id(rng: &mut impl RngCore, at: Instant) -> Uuid {
    let mut random = [0_u8; 10];
    rng.fill_bytes(&mut random);
    uuid::Builder::from_unix_timestamp_millis(u64::try_from(at.0).unwrap_or(0), &random).into_uuid()
}

/// The flags of a ticket about which only the source is known.
pub(crate) const PLAIN: Flags = Flags {
    anonymous: false,
    reply_required: true,
    own: true,
};
