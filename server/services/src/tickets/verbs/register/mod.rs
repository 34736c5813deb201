//! Register (登记) a request: by the citizen on the web, an agent for a caller, or a program. Number, query code, clock, process,
//! message and audit are one transaction (`domain.md` 3.2, row 1).
//! Not here: imports (`import`), photos before they are sent (`photos`), likely duplicates (`views::related`).

mod draft;
mod places;

use std::sync::Arc;

use shared::access::{Scope, needs};
use shared::calendar::Instant;
use shared::citizen::mandate::MandateRole;
use shared::fault::{Check, Code, Fault};
use shared::process::limit::Stage;
use shared::text::sms::Notice;
use shared::ticket::command::Register;
use shared::ticket::view::Registered;
use shared::ticket::{Channel, TicketNo, Verb, query_code};
use store::Tx;
use store::record::{ClockKind, Mandate, Ticket, TicketCase};

use crate::citizens::mandates;
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::gateway::incoming;
use crate::host::people::People;
use crate::host::time::Whose;
use crate::host::{self, Library, Other, entered, idempotency};
use crate::photos;
use crate::process::choice::Asking;
use crate::process::said::Begin;
use crate::public;
use crate::reference::Reference;
use crate::spans;
use crate::tickets::ladder::red;
use crate::tickets::own::{self, Answers};
use crate::tickets::rights::is_discreet;
use crate::tickets::working_copy::{Halt, Scene, Told, WorkingCopy};
use crate::tickets::{grade, office, opening, paper, perform, together};
use crate::views;
use crate::watch;

pub use places::{Place, place_of};

/// How far another clock may be ahead of ours.
const CLOCK_SKEW: i64 = 5 * 60 * 1000;

struct Work {
    ctx: Ctx,
    reference: Arc<Reference>,
    command: Register,
}

/// Registers a request. Visitors may always file for themselves on the web; staff need the right.
///
/// # Errors
/// `input.invalid` with the fields; `access.denied`; `idempotency.reused`.
pub async fn register(ctx: &Ctx, command: Register) -> Result<Registered, Fault> {
    let done = spans::called(ctx, Verb::Register.as_str(), file(ctx, command)).await;
    perform::tell::<TicketCase, _>(Verb::Register, &done);
    if let Err(fault) = &done {
        watch::broke(ctx, (Verb::Register.as_str(), "tickets"), fault).await;
    }
    done
}

async fn file(ctx: &Ctx, mut command: Register) -> Result<Registered, Fault> {
    let staff = ctx.actor.user().is_some() || ctx.actor.is_system();
    if !staff {
        // A visitor cannot speak for another channel, nor say which ticket was another person's first call. What he joins was shown to him (`leads`).
        command.channel = Some(Channel::Web);
        command.repeat_of = None;
        command.paper_no = None;
        command.incoming = None;
        command.accused_unit = None;
        // Whom it is about is judged before anybody who leads an event is told of it: it is filed by itself.
        if command.accused.is_some() {
            command.joins = None;
        }
        command.impact = None;
        command.haste = None;
        command.urgency_reason = None;
        command.tags.clear();
        command.done_at = None;
        if !ctx.services.reference().await?.web_filing {
            return Err(Fault::new(Code::FilingClosed));
        }
    } else if let Err(fault) = ctx.ask(needs::DESK) {
        perform::record_denial(ctx, Verb::Register, "tickets".to_owned(), &fault).await;
        return Err(fault);
    }
    let reference = ctx.services.reference().await?;
    let work = Arc::new(Work {
        ctx: ctx.done(command.done_at.map(|moment| moment.0)),
        reference,
        command,
    });
    let registered = idempotency::twice(|| {
        let work = Arc::clone(&work);
        ctx.services
            .store()
            .write(move |tx| Box::pin(async move { work.act(tx).await }))
    })
    .await
    .settle(&ctx.services)?;
    spans::case(registered.ticket_no.as_str());
    Ok(registered)
}

impl Work {
    async fn act(&self, tx: &Tx) -> Result<Registered, Failure> {
        let ctx = &self.ctx;
        // A plain form that carries its photos gets a new draft each time it arrives: the draft does not tell a
        // repeated call from another one.
        let body = Register {
            draft: None,
            ..self.command.clone()
        };
        let call = idempotency::Call::new(ctx, Verb::Register.as_str(), "tickets", &body)?;
        if let Some(registered) = call.stored::<Registered>(tx).await? {
            let query_code = self.code_again(tx, &registered.ticket_no).await?;
            return Ok(Registered {
                query_code,
                ..registered
            });
        }
        let (now, accepted) = (ctx.now(), self.accepted());
        entered::in_time(now, ctx.done_at)?;
        let form = match &self.command.paper_no {
            Some(no) => Some(paper::to_enter(ctx, tx, no).await?),
            None => None,
        };
        let message = incoming::to_enter(ctx, tx, self.command.incoming).await?;
        let judged = self.judged(tx).await?;
        let leads = self.leads(tx).await?;
        if let Some(form) = self.command.draft {
            photos::claim_draft(tx, ctx, form).await?;
        }
        let day = accepted.date();
        let no = store::numbers::next(tx, &judged.place.city, day, self.channel()).await?;
        let code = self.query_code(&no);
        let hash = ctx
            .services
            .store()
            .seal()
            .query_code_hash(no.as_str(), &code);
        let acts_as = judged.mandate.as_ref().map(|mandate| mandate.acts_as);
        let ticket = self.ticket(no, hash, judged);
        let change = {
            let version = self
                .reference
                .process
                .in_force(&Asking::of(&ticket, ticket.accepted_at))?;
            let library = Library::alone(version, &self.reference, now)
                .in_hours_of(Whose::Place(ticket.region.clone()));
            let people = People::default();
            let scene = Scene::of(ctx, &self.reference, &library, &people);
            let mut copy = WorkingCopy::fresh(scene, TicketCase::of(ticket));
            let begun = self.begin(&mut copy, &code, acts_as, leads.as_ref());
            begun.map_err(|halt| halt.before_it_began(Code::TicketStopped))?;
            host::perform::given(ctx, tx, copy).await?
        };
        store::tickets::case::save(tx, &change).await?;
        let ticket = change.into_change().after.ticket;
        if let Some(form) = form {
            paper::enter(ctx, tx, form, &ticket).await?;
        }
        incoming::enter(ctx, tx, message, &ticket).await?;
        if let Some((subject, device)) = public::known_by(ctx, &ticket.ticket_no) {
            store::devices::know(tx, &subject, &device, now).await?;
        }
        if let Some(form) = self.command.draft {
            store::drafts::send(tx, form, ticket.id, photos::MAX_PHOTOS).await?;
        }
        let registered = answer_of(ticket, code);
        call.keep(
            tx,
            &Registered {
                query_code: String::new(),
                ..registered.clone()
            },
        )
        .await?;
        Ok(registered)
    }

    /// When it was accepted: as it is received, or by a paper form as that says.
    fn accepted(&self) -> Instant {
        let on_paper = self.command.paper_no.as_ref().and(self.ctx.done_at);
        on_paper.unwrap_or_else(|| self.ctx.now())
    }

    /// The leading ticket that this one joins: the one that is named, or the one into which that was merged. In the area of who takes it down.
    async fn leads(&self, tx: &Tx) -> Result<Option<Other>, Failure> {
        let Some(no) = &self.command.joins else {
            return Ok(None);
        };
        let missing = || Fault::field("joins", Code::NotFound);
        let Some(scope) = self.area_of(tx, no).await? else {
            return Err(missing().into());
        };
        let id = store::tickets::find_by_no(tx, &scope, no).await?;
        let id = id.ok_or_else(missing)?;
        let found = store::tickets::case::load(tx, &scope, id).await?;
        let found = found.ok_or_else(missing)?;
        let waits = found.joined.as_ref().filter(|it| it.answered_at.is_none());
        let Some(joined) = waits else {
            return Ok(Some(together::other_of(&found)));
        };
        let lead = store::tickets::case::load(tx, &scope, joined.lead_id).await?;
        Ok(Some(together::other_of(&lead.ok_or_else(missing)?)))
    }

    /// The area in which the ticket that is named may be joined; nothing where whoever files may not know of it. A citizen knows of those that the
    /// form shows.
    async fn area_of(&self, tx: &Tx, no: &TicketNo) -> Result<Option<Scope>, Failure> {
        let actor = &self.ctx.actor;
        if actor.user().is_some() || actor.is_system() {
            let is_known = self.knows(tx, no).await?;
            return Ok(is_known.then_some(views::related_area(&self.ctx)?));
        }
        let Some(place) = place_of(&self.reference, self.command.region.as_str()) else {
            return Ok(None);
        };
        let category = self.category(&place.region);
        let at = (place.region.as_str(), category.as_deref());
        let named = (&self.command, no);
        let shown = together::me_too::was_shown(tx, named, at, self.ctx.now()).await?;
        Ok(shown.then(|| together::me_too::city_of(&place.region)))
    }

    /// Eight characters that nobody can foresee. Under an idempotency key they follow from it, the number and the installation's
    /// secret key, so that a repeated call gets the same code although the code itself is kept nowhere.
    fn query_code(&self, no: &TicketNo) -> String {
        self.query_code_by(no, 0)
    }

    /// The same by a key of the ring; the newest is the first.
    fn query_code_by(&self, no: &TicketNo, generation: usize) -> String {
        let ids = self.ctx.services.ids();
        match &self.ctx.idempotency_key {
            None => ids.query_code(),
            Some(key) => {
                let seal = self.ctx.services.store().seal();
                let mac = |round: u8| {
                    let text = format!("{no}\u{0}{key}\u{0}{round}");
                    let macs = seal.hashes("query-code-of-key", &text);
                    macs.into_iter().nth(generation).unwrap_or_default()
                };
                // 32 bytes are enough but for one in 10^17; then the next 32 are taken.
                (0..=u8::MAX)
                    .find_map(|round| query_code::of_bytes(&mac(round)))
                    .unwrap_or_else(|| ids.query_code())
            }
        }
    }

    /// The code of a ticket that was registered under this key before: today's, or the six digits of a release before this one.
    async fn code_again(&self, tx: &Tx, no: &TicketNo) -> Result<String, Failure> {
        let seal = self.ctx.services.store().seal();
        // The keys may have been renewed since.
        for generation in 0..seal.generations() {
            let code = self.query_code_by(no, generation);
            for hash in seal.query_code_hashes(no.as_str(), &code) {
                if store::tickets::case::code_fits(tx, no, &hash).await? {
                    return Ok(code);
                }
            }
        }
        let key = self.ctx.idempotency_key.as_deref().unwrap_or_default();
        let mac = seal.hash("query-code-of-key", &format!("{no}\u{0}{key}"));
        let number = mac
            .iter()
            .take(8)
            .fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
        Ok(format!("{:06}", number % 1_000_000))
    }

    /// Starts process and clock, and writes what follows from it.
    fn begin(
        &self,
        copy: &mut WorkingCopy<'_>,
        code: &str,
        acts_as: Option<MandateRole>,
        leads: Option<&Other>,
    ) -> Result<(), Halt> {
        let timed = opening::deadline(
            &self.reference,
            &copy.case.ticket,
            Stage::Ticket,
            self.accepted(),
        );
        opening::time_ticket_from(copy, timed, (ClockKind::Start, self.accepted()));
        copy.start(Begin::Registered)?;
        let mut told = Told::default()
            .fact("channel", self.channel())
            .fact("kind", self.command.kind);
        if let Some(acts_as) = acts_as.filter(|_| !is_discreet(&copy.case.ticket)) {
            told = told.fact("acts_as", acts_as);
        }
        if let Some(no) = &self.command.paper_no {
            told = told.fact("paper_no", no);
        }
        told = grade::told(&self.reference, (&self.command, &copy.case.ticket), told);
        copy.event(Verb::Register, told);
        copy.notify(&Notice::Accepted { code });
        red::alarm(copy, None);
        let mut entry = self.ctx.audit(
            Verb::Register.as_str(),
            format!("ticket:{}", copy.id()),
            "ok",
        );
        entry.facts.insert(
            "ticket_no".to_owned(),
            copy.case.ticket.ticket_no.to_string(),
        );
        if let Some(no) = &self.command.paper_no {
            entry.facts.insert("paper_no".to_owned(), no.to_string());
        }
        if let Some(mandate) = copy.case.ticket.mandate {
            entry
                .facts
                .insert("mandate".to_owned(), mandate.to_string());
        }
        copy.audit(entry);
        match leads {
            Some(lead) => joined(copy, lead),
            None => Ok(()),
        }
    }

    fn channel(&self) -> Channel {
        self.command.channel.unwrap_or(Channel::Web)
    }

    /// What needs the clock or the data, all at once: where the request belongs, its category, the earlier ticket, and when it happened.
    async fn judged(&self, tx: &Tx) -> Result<Judged, Failure> {
        let mut check = Check::default();
        let place = place_of(&self.reference, self.command.region.as_str());
        match &place {
            None => check.add("region", Code::InputPlace),
            Some(place) => self.own_area(place, &mut check),
        }
        let ahead = |at: Instant| at.0 > self.accepted().0 + CLOCK_SKEW;
        if self.command.occurred_at.is_some_and(ahead) {
            check.add("occurred_at", Code::InputFutureDate);
        }
        let region = place.as_ref().map_or("", |place| place.region.as_str());
        let category = self.category(region);
        if category
            .as_ref()
            .is_some_and(|code| !self.reference.is_leaf_category(code))
        {
            check.add("category", Code::InputCategory);
        }
        if let Some(unit) = &self.command.accused_unit
            && !self.reference.units.contains_key(unit.as_str())
        {
            check.add("accused_unit", Code::InputUnit);
        }
        self.comes_in(region, &mut check)?;
        grade::check(&self.reference, (region, &self.command), &mut check);
        if let Some(no) = &self.command.repeat_of
            && !self.knows(tx, no).await?
        {
            check.add("repeat_of", Code::NotFound);
        }
        let mandate = match self.command.mandate {
            Some(id) => mandates::held(&self.ctx, tx, id).await?,
            None => None,
        };
        if self.command.mandate.is_some() && mandate.is_none() {
            check.add("mandate", Code::MandateUnusable);
        }
        let office = place
            .as_ref()
            .map(|place| self.office(&place.region, category.as_deref()));
        let (found, ruled) = match office {
            Some(Ok(found)) => (found, Ok(())),
            Some(Err(fault)) => (Office::default(), Err(fault)),
            None => (Office::default(), Ok(())),
        };
        check.finish_with(ruled)?;
        let place = place.ok_or_else(|| Fault::field("region", Code::InputPlace))?;
        Ok(Judged {
            place,
            category,
            office: found,
            mandate,
        })
    }

    /// The place takes requests by the channel; a visitor, who knows no other, hears that nothing is taken on the web.
    fn comes_in(&self, region: &str, check: &mut Check) -> Result<(), Fault> {
        if self.reference.lists.channel(region, self.channel()).is_on {
            return Ok(());
        }
        let actor = &self.ctx.actor;
        if actor.user().is_none() && !actor.is_system() {
            return Err(Fault::new(Code::FilingClosed));
        }
        check.add("channel", Code::ChannelOff);
        Ok(())
    }

    /// The category by its code, or by what the place calls it.
    fn category(&self, region: &str) -> Option<String> {
        let said = self.command.category.as_ref()?;
        let called = self.reference.lists.category_called(region, said.as_str());
        Some(called.unwrap_or_else(|| said.to_string()))
    }

    /// Tags and answers, everything that is wrong with them at once. A partner's program answers what it knows.
    fn office(&self, region: &str, category: Option<&str>) -> Result<Office, Fault> {
        let command = &self.command;
        let (reference, who) = (&self.reference, &self.ctx.actor.who);
        let tags = office::tags(reference, region, &command.tags);
        let asked = own::Asked {
            by_citizen: self.ctx.actor.user().is_none(),
            completely: who.partner().is_none(),
            without_person: command.anonymous.0,
        };
        let answers = own::read(reference, (region, category), &command.own, asked);
        let mut check = Check::default();
        let mut both = Office::default();
        for wrong in [tags.as_ref().err(), answers.as_ref().err()] {
            for found in wrong.into_iter().flat_map(|fault| &fault.fields) {
                let facts: Vec<(&str, &dyn ToString)> = found
                    .facts
                    .iter()
                    .map(|(name, value)| (name.as_str(), value as &dyn ToString))
                    .collect();
                check.add_with(&found.field, found.code, &facts);
            }
        }
        check.finish()?;
        both.tags = tags?;
        both.answers = answers?;
        Ok(both)
    }

    /// A centre takes in what lies in its area; a caller from elsewhere is passed on. Visitors file for the whole province, and the
    /// province's people register everywhere.
    fn own_area(&self, place: &Place, check: &mut Check) {
        let actor = &self.ctx.actor;
        let everywhere = actor.user().is_none()
            || needs::DESK.scope(actor) == Some(Scope::All)
            || actor.works_for(&place.region);
        if everywhere {
            return;
        }
        let area = actor
            .region
            .as_deref()
            .map_or_else(String::new, |region| self.reference.region(region).name);
        check.add_with("region", Code::PlaceOutside, &[("area", &area)]);
    }

    /// The earlier ticket that is named lies in the area, and is none that only those learn of who are on it.
    async fn knows(&self, tx: &Tx, no: &TicketNo) -> Result<bool, Failure> {
        let scope = views::related_area(&self.ctx)?;
        Ok(store::tickets::is_nameable(tx, &scope, no).await?)
    }
}

/// What whoever registered it is told.
fn answer_of(ticket: Ticket, query_code: String) -> Registered {
    Registered {
        id: ticket.id,
        ticket_no: ticket.ticket_no,
        query_code,
        version: ticket.version,
        state: ticket.state,
        due_at: ticket.due_at,
        provisional: ticket.provisional,
    }
}

/// It is about the same as a leading ticket and is merged into it at once.
fn joined(copy: &mut WorkingCopy<'_>, lead: &Other) -> Result<(), Halt> {
    together::fits(&copy.case, lead, "joins")?;
    together::join(copy, lead, None)
}

/// What was judged of a request: where it belongs, and what the office's own lists say to it.
struct Judged {
    place: Place,
    category: Option<String>,
    office: Office,
    mandate: Option<Mandate>,
}

/// Tags and answers to own fields.
#[derive(Default)]
struct Office {
    tags: Vec<String>,
    answers: Answers,
}
