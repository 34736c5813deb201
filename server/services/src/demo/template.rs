//! One case per way of running, carried out by the very rules and the engine that serve people, with marks instead of people,
//! texts, places and times. Filling in the marks (`fill`) costs a hundredth of running the process again.
//! Not here: which ways there are (`script`).

use std::sync::Arc;

use bpmn::Definition;
use shared::access::Actor;
use shared::application::ExtensionReason;
use shared::calendar::Instant;
use shared::command::{Ticked, Typed, UnitCode, Version, Words};
use shared::fault::Code;
use shared::ids::{TicketId, UserId};
use shared::process::limit::Stage;
use shared::ticket::verbs::{
    Answer, Close, ConfirmDecline, Decline, Dispatch, Extend, FollowUp, Rate, Redo, Reply, Review,
    Rule, RuleExtension, SendBack, Sign, UnitReview, Urge, Withdraw,
};
use shared::ticket::{
    Channel, DeclineReason, HandleResult, RequestKind, ReturnReason, Satisfaction, Solved,
    TicketNo, Verb, VisitChannel,
};
use store::record::{ApplicationEvent, ClockEntry, ClockKind, Event, Ticket, TicketCase};
use uuid::Uuid;

use super::script::{Flags, Move};
use crate::context::SeededIds;
use crate::fault::Failure;
use crate::host::Decide;
use crate::host::Library;
use crate::host::people::People;
use crate::process;
use crate::process::said::Begin;
use crate::reference::Reference;
use crate::tickets::opening;
use crate::tickets::working_copy::{Halt, Scene, Told, WorkingCopy};

/// Working days that a unit asks for.
const EXTENSION: i32 = 3;
/// Marks the user of step n.
const USER: u128 = 0xdede_0000_0000_0000_0000_0000_0000_0000;
/// Marks a text: `@n` for step n, `@nb` for its second text.
pub(crate) const TEXT: char = '@';
/// Marks the name and the centre unit of the actor of step n.
pub(crate) const NAME: char = '#';
/// Stands for the city's centre.
pub(crate) const CENTRE: &str = "#centre";

/// A case with marks.
pub(crate) struct Template {
    pub case: TicketCase,
    pub events: Vec<Event>,
    /// Lines of its applications.
    pub asked: Vec<ApplicationEvent>,
    pub clock: Vec<ClockEntry>,
    /// Limit stage of each open task.
    pub stages: Vec<Option<Stage>>,
    /// Units that stand for lead, assisting and redispatch unit.
    pub units: Vec<String>,
    /// Who acts in each step.
    pub actors: Vec<Who>,
    pub moves: Vec<Move>,
    /// The process as it stands, unless it has ended.
    pub running: Option<(Arc<Definition>, bpmn::Instance)>,
}

/// Who makes a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Who {
    Citizen,
    Agent,
    Dispatcher,
    Reviewer,
    Caller,
    /// Somebody of the unit with this index.
    Unit(usize, Post),
}

/// What somebody of a unit does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Post {
    Liaison,
    Handler,
    Reviewer,
}

/// The marked instant of a step.
pub(crate) fn instant(step: usize) -> Instant {
    // Far apart, so that no deadline of one step falls on another; and each at another hour, as calls have to be.
    Instant(1_704_160_800_000 + step as i64 * (86_400_000 * 40 + 3_600_000))
}

/// The step whose mark the instant is.
pub(crate) fn step_of(at: Instant) -> usize {
    usize::try_from((at.0 - instant(0).0) / (86_400_000 * 40)).unwrap_or(0)
}

/// The step whose mark the user is.
pub(crate) fn step_of_user(user: UserId) -> usize {
    usize::try_from(user.0.as_u128() ^ USER).unwrap_or(0)
}

/// Carries out moves with marks.
pub(crate) struct Stage0<'a> {
    pub reference: &'a Arc<Reference>,
    /// Four units that may get assignments.
    pub units: [String; 4],
}

impl Stage0<'_> {
    /// The template of a way of running.
    pub fn run(&self, moves: &[Move], flags: Flags) -> Result<Template, Failure> {
        let (ids, nobody) = (SeededIds::new(1), People::default());
        let mut template = Template {
            case: empty(flags),
            events: Vec::new(),
            asked: Vec::new(),
            clock: Vec::new(),
            stages: Vec::new(),
            units: self.units.to_vec(),
            actors: Vec::new(),
            moves: moves.to_vec(),
            running: None,
        };
        for (step, what) in moves.iter().enumerate() {
            let who = self.who(&template.case, *what, flags);
            let actor = self.actor(step, who);
            let process = &self.reference.process;
            let version = process.of_case(&template.case, instant(step))?;
            let library = Library::alone(version, self.reference, instant(step));
            let scene = Scene {
                now: instant(step),
                done_at: None,
                actor: &actor,
                ids: &ids,
                reference: self.reference,
                library: &library,
                people: &nobody,
                public_url: "",
            };
            let done = if step == 0 {
                self.register(scene, template.case.ticket.clone())
            } else {
                self.act(scene, template.case.clone(), step, *what)
            };
            let copy = done.map_err(|halt| halt.before_it_began(Code::TicketStopped))?;
            let change = copy.finish()?;
            template.actors.push(who);
            template.events.extend(change.events);
            let asked = change.beside.into_iter().flat_map(|one| one.events);
            template.asked.extend(asked);
            template.clock.extend(change.clock);
            template.case = change.after;
        }
        let process = &self.reference.process;
        let (_, definition) = process.of_case(&template.case, instant(moves.len()))?;
        if let Some(instance) = &template.case.instance {
            let state = serde_json::from_str(&instance.state).map_err(anyhow::Error::new)?;
            template.running = Some((Arc::clone(definition), state));
        }
        template.stages = template
            .case
            .hung
            .tasks
            .iter()
            .map(|task| {
                definition
                    .element(&task.element)
                    .and_then(|element| element.attr("limit").and_then(Stage::parse))
            })
            .collect();
        Ok(template)
    }

    fn register<'s>(&self, scene: Scene<'s>, ticket: Ticket) -> Result<WorkingCopy<'s>, Halt> {
        let mut copy = WorkingCopy::fresh(scene, TicketCase::of(ticket));
        let timed = opening::deadline(
            copy.scene.reference,
            &copy.case.ticket,
            Stage::Ticket,
            copy.now(),
        );
        opening::time_ticket(&mut copy, timed, ClockKind::Start);
        copy.start(Begin::Registered)?;
        copy.event(
            Verb::Register,
            Told::default().fact("channel", "@").fact("kind", "@"),
        );
        Ok(copy)
    }

    fn act<'s>(
        &self,
        scene: Scene<'s>,
        case: TicketCase,
        step: usize,
        what: Move,
    ) -> Result<WorkingCopy<'s>, Halt> {
        let slot = |slot: u8| process::holder(&case, &slot_name(slot)).map(|a| a.id);
        let id = match what {
            Move::Sign(n) | Move::Reply(n) | Move::UnitReview(n, _) => slot(n),
            Move::SendBack | Move::Rule | Move::Extend | Move::RuleExtension(_) => slot(0),
            _ => None,
        };
        let mut copy = WorkingCopy::open(scene, case)?;
        copy.part = id;
        self.order(&mut copy, step, what)?;
        Ok(copy)
    }

    #[allow(clippy::too_many_lines, reason = "one arm a move")]
    fn order(&self, copy: &mut WorkingCopy<'_>, step: usize, what: Move) -> Result<(), Halt> {
        let version = Version(1);
        let unit = |n: usize| UnitCode::known(&self.units[n]);
        match what {
            Move::Register => Ok(()),
            Move::Answer => Answer {
                version,
                answer: text(step),
            }
            .decide(copy),
            Move::Decline => Decline {
                version,
                reason: DeclineReason::OutsideDuty,
                explanation: text(step),
                cause: None,
            }
            .decide(copy),
            Move::ConfirmDecline => ConfirmDecline {
                version,
                confirm: true,
                opinion: None,
            }
            .decide(copy),
            Move::Dispatch(assisting) => {
                let assisting = (1..=usize::from(assisting)).map(unit).collect();
                Dispatch {
                    version,
                    lead: unit(0),
                    assisting,
                    category: None,
                    advice: Some(text(step)),
                    urgency: None,
                    urgency_reason: None,
                    tags: Vec::new(),
                    own: Typed::default(),
                    assist_due: None,
                    retag: Ticked(false),
                    review: Ticked(false),
                }
                .decide(copy)
            }
            Move::Sign(_) => Sign { version }.decide(copy),
            Move::SendBack => SendBack {
                version,
                reason: ReturnReason::WrongDuty,
                explanation: text(step),
                duty: None,
                basis: Some(Words::marked("部门“三定”规定".to_owned())),
                suggested_unit: Some(unit(3)),
                cause: None,
            }
            .decide(copy),
            Move::Rule => Rule {
                version,
                uphold: false,
                to: Some(unit(3)),
                opinion: text(step),
                final_ruling: None,
            }
            .decide(copy),
            Move::Extend => {
                let caps = self.reference.extension;
                let days = caps.days.min(caps.sum).clamp(1, EXTENSION);
                Extend {
                    version,
                    reason: ExtensionReason::Works,
                    days: u8::try_from(days).unwrap_or(1),
                    explanation: text(step),
                    cause: None,
                }
                .decide(copy)
            }
            Move::RuleExtension(grant) => RuleExtension {
                version,
                grant,
                days: None,
                opinion: Some(text(step)),
            }
            .decide(copy),
            Move::Reply(_) => reply(step).decide(copy),
            Move::UnitReview(_, pass) => UnitReview {
                version,
                pass,
                opinion: (!pass).then(|| text(step)),
            }
            .decide(copy),
            Move::Review(pass) => Review {
                version,
                pass,
                opinion: (!pass).then(|| text(step)),
                cause: None,
                checked: Vec::new(),
            }
            .decide(copy),
            Move::FollowUp(given) => follow_up(given, step).decide(copy),
            Move::Redo => Redo {
                version,
                reason: text(step),
                cause: None,
            }
            .decide(copy),
            Move::Close => Close {
                version,
                exempt: None,
            }
            .decide(copy),
            Move::Withdraw => Withdraw {
                version,
                reason: Some(text(step)),
            }
            .decide(copy),
            Move::Urge => Urge {
                message: Some(text(step)),
            }
            .decide(copy),
            Move::Rate(satisfaction) => Rate {
                solved: solved(satisfaction),
                satisfaction,
                words: Some(text(step)),
            }
            .decide(copy),
        }
    }

    fn who(&self, case: &TicketCase, what: Move, flags: Flags) -> Who {
        let unit = |slot: u8, post| {
            let holder = process::holder(case, &slot_name(slot));
            let index = holder.and_then(|a| self.units.iter().position(|unit| *unit == a.unit));
            Who::Unit(index.unwrap_or(0), post)
        };
        match what {
            Move::Register if flags.own => Who::Citizen,
            Move::Urge | Move::Rate(_) => Who::Citizen,
            Move::Withdraw if flags.own => Who::Citizen,
            Move::Register | Move::Answer | Move::Decline | Move::Withdraw => Who::Agent,
            Move::ConfirmDecline | Move::Dispatch(_) | Move::Rule | Move::RuleExtension(_) => {
                Who::Dispatcher
            }
            Move::Sign(n) => unit(n, Post::Liaison),
            Move::SendBack => unit(0, Post::Liaison),
            Move::Extend => unit(0, Post::Handler),
            Move::Reply(n) => unit(n, Post::Handler),
            Move::UnitReview(n, _) => unit(n, Post::Reviewer),
            Move::Review(_) => Who::Reviewer,
            Move::FollowUp(_) | Move::Redo | Move::Close => Who::Caller,
        }
    }

    fn actor(&self, step: usize, who: Who) -> Actor {
        let unit = match who {
            Who::Citizen => return Actor::visitor(),
            Who::Unit(index, _) => self.units[index].clone(),
            _ => CENTRE.to_owned(),
        };
        // Whom the ticket names is filled in later.
        Actor {
            who: shared::access::Who::Person(UserId(Uuid::from_u128(USER ^ step as u128))),
            name: format!("{NAME}{step}"),
            unit: Some(unit),
            ..Actor::visitor()
        }
    }
}

/// The mark of a step's text.
fn text<const MIN: usize, const MAX: usize>(step: usize) -> Words<MIN, MAX> {
    Words::marked(format!("{TEXT}{step}"))
}

fn slot_name(slot: u8) -> String {
    if slot == 0 {
        crate::tickets::dispatch::LEAD_SLOT.to_owned()
    } else {
        format!("assist-{slot}")
    }
}

fn reply(step: usize) -> Reply {
    Reply {
        version: Version(1),
        handling: text(step),
        public_reply: Words::marked(format!("{TEXT}{step}b")),
        fact_true: HandleResult::True,
        solved: Solved::Yes,
        contacted: true,
        contact_tries: Some(1),
        unsolved_reason: None,
        basis: None,
        anyway: Ticked(false),
    }
}

fn follow_up(given: Option<Satisfaction>, step: usize) -> FollowUp {
    let good = given.is_none_or(|given| given.is_satisfied() || !given.is_rated());
    FollowUp {
        version: Version(1),
        channel: Some(VisitChannel::Call),
        connected: given.is_some(),
        outcome: None,
        appointed_at: None,
        staff_contacted: given.map(|_| true),
        report_true: given.map(|_| good),
        solved: given.map(solved),
        satisfaction: given,
        opinion: given.map(|_| text(step)),
    }
}

fn solved(satisfaction: Satisfaction) -> Solved {
    match satisfaction {
        Satisfaction::Dissatisfied => Solved::Partly,
        Satisfaction::VeryDissatisfied => Solved::No,
        _ => Solved::Yes,
    }
}

fn empty(flags: Flags) -> TicketCase {
    let ticket = blank(
        TicketId(Uuid::from_u128(1)),
        TicketNo::new("320100", instant(0).date(), Channel::Phone, 1),
        instant(0),
        flags,
    );
    TicketCase::of(ticket)
}

/// A ticket about which nothing is known yet but its number and its moment.
pub(crate) fn blank(
    id: TicketId,
    ticket_no: TicketNo,
    accepted_at: Instant,
    flags: Flags,
) -> Ticket {
    Ticket {
        kind: RequestKind::Help,
        channel: Channel::Phone,
        category: Some("010101".to_owned()),
        region: "320100".to_owned(),
        anonymous: flags.anonymous,
        reply_required: flags.reply_required,
        accepted_by: (!flags.own).then(|| UserId(Uuid::from_u128(USER))),
        ..Ticket::blank(id, ticket_no, accepted_at)
    }
}
