//! Records that are right by default; tests change what they are about.
//! Not here: writing them.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};

use shared::access::{ActorKind, Role};
use shared::calendar::Instant;
use shared::ids::{AssignmentId, TicketId, UserId};
use shared::ticket::command::Citizen;
use shared::ticket::{
    AssignmentStatus, Channel, LimitUnit, RequestKind, SlotRole, TicketNo, TicketState, Verb,
};
use std::sync::OnceLock;
use store::record::{
    Assignment, AuditEntry, CaseKind, ClockEntry, ClockKind, Event, Instance, Task, Ticket,
    TicketCase, TicketChange,
};
use store::{Decided, OpenOptions, Seal, Store, Warrant};
use uuid::Uuid;

use super::{DAY, World};

static NEXT: AtomicU32 = AtomicU32::new(1);

pub fn number() -> u32 {
    NEXT.fetch_add(1, Ordering::SeqCst)
}

/// A UUIDv7 of an instant, different each time.
pub fn id(at: Instant) -> Uuid {
    let mut random = [0_u8; 10];
    random[..4].copy_from_slice(&number().to_be_bytes());
    uuid::Builder::from_unix_timestamp_millis(at.0.unsigned_abs(), &random).into_uuid()
}

pub fn ticket(at: Instant) -> Ticket {
    let id = id(at);
    let no = TicketNo::new("320100", at.date(), Channel::Phone, number());
    Ticket {
        query_code_hash: vec![7; 32],
        kind: RequestKind::Complaint,
        channel: Channel::Phone,
        title: "路灯不亮".to_owned(),
        content: "幸福路三号门口的路灯不亮，晚上很危险，请尽快修理。".to_owned(),
        category: Some("020401".to_owned()),
        region: "320106".to_owned(),
        street: Some("320106001".to_owned()),
        address: Some("幸福路3号".to_owned()),
        lon: Some(118.76),
        lat: Some(32.06),
        occurred_at: Some(Instant(at.0 - 3_600_000)),
        confidential: true,
        citizen: Some(Citizen {
            name: Some("张三".to_owned()),
            phone: Some("13812345678".to_owned()),
            ..Citizen::default()
        }),
        state: TicketState::ToDispatch,
        accepted_by: Some(UserId(Uuid::from_u128(42))),
        due_at: Some(Instant(at.0 + 5 * DAY)),
        warn_at: Some(Instant(at.0 + 4 * DAY)),
        limit_rule: Some(1),
        limit_value: Some(5),
        limit_unit: Some(LimitUnit::WorkingDays),
        source_words: BTreeMap::from([("region".to_owned(), "鼓楼".to_owned())]),
        tags: vec!["repeat".to_owned()],
        own: BTreeMap::from([("floor".to_owned(), "6".to_owned())]),
        ..Ticket::blank(TicketId(id), no, at)
    }
}

pub fn event(ticket: &Ticket, seq: i32, verb: Verb, from: Option<TicketState>) -> Event {
    Event {
        case_id: ticket.id.into(),
        seq,
        verb,
        at: ticket.updated_at,
        by: ticket.accepted_by,
        by_name: Some("王坐席".to_owned()),
        unit: None,
        assignment_id: None,
        element: None,
        task_no: None,
        from_state: from,
        to_state: ticket.state,
        note: Some("说明".to_owned()),
        facts: BTreeMap::from([("kind".to_owned(), "complaint".to_owned())]),
        actor: Some(ActorKind::Person),
        actor_code: None,
        done_at: Some(Instant(ticket.updated_at.0 - 60_000)),
    }
}

pub fn task(ticket: &Ticket, task_no: i64, role: Role) -> Task {
    let case = (ticket.id.into(), CaseKind::Ticket);
    Task {
        role: Some(role),
        region: Some(ticket.region.clone()),
        verbs: "dispatch answer".to_owned(),
        due_at: Some(Instant(ticket.accepted_at.0 + DAY)),
        ..Task::fresh(case, task_no, "dispatch", ticket.accepted_at)
    }
}

pub fn instance(ticket: &Ticket) -> Instance {
    Instance {
        ticket_id: ticket.id,
        definition: "ticket-main".to_owned(),
        definition_version: 1,
        state: "{\"tokens\":[]}".to_owned(),
    }
}

/// Registering a ticket: open, with its task, first event and clock.
pub fn registered(ticket: Ticket) -> TicketChange {
    let mut after = TicketCase::of(ticket.clone());
    after.hung.tasks = vec![task(&ticket, 1, Role::Dispatcher)];
    after.instance = Some(instance(&ticket));
    TicketChange {
        before: None,
        after,
        events: vec![event(&ticket, 1, Verb::Register, None)],
        clock: vec![ClockEntry {
            due_at: ticket.due_at,
            limit_rule: ticket.limit_rule,
            ..ClockEntry::new(ticket.id.into(), ClockKind::Start, ticket.accepted_at)
        }],
        thrown: Vec::new(),
        released: Vec::new(),
        outbox: Vec::new(),
        audit: vec![audit("ticket.register", ticket.accepted_at)],
        beside: Vec::new(),
    }
}

pub fn audit(action: &str, at: Instant) -> AuditEntry {
    AuditEntry {
        id: id(at),
        at,
        actor: Some(UserId(Uuid::from_u128(42))),
        actor_name: "agent1".to_owned(),
        action: action.to_owned(),
        object: "ticket:1".to_owned(),
        outcome: "ok".to_owned(),
        ip: Some("10.0.0.1".to_owned()),
        facts: BTreeMap::from([("no".to_owned(), "1".to_owned())]),
        erasable: BTreeMap::from([("reason".to_owned(), "回电".to_owned())]),
    }
}

pub fn assignment(ticket: &Ticket, unit: &str, role: SlotRole) -> Assignment {
    let at = Instant(ticket.accepted_at.0 + 600_000);
    Assignment {
        id: AssignmentId(id(at)),
        ticket_id: ticket.id,
        version: 1,
        cycle_no: ticket.cycle_no,
        slot: if role == SlotRole::Lead {
            "lead".to_owned()
        } else {
            "assist-1".to_owned()
        },
        role,
        unit: unit.to_owned(),
        unit_path: format!("JS/3201/{unit}/"),
        status: AssignmentStatus::ToSign,
        dispatched_at: at,
        parent_id: None,
        dispatched_by: None,
        advice: Some("请核实".to_owned()),
        sign_due_at: Some(Instant(at.0 + DAY)),
        due_at: Some(Instant(at.0 + 5 * DAY)),
        warn_at: None,
        provisional: false,
        limit_rule: Some(3),
        limit_value: Some(5),
        limit_unit: Some(LimitUnit::WorkingDays),
        extended_days: 0,
        paused_minutes: 0,
        promised_at: None,
        contact_due_at: None,
        contacted_at: None,
        signed_at: None,
        signed_by: None,
        responsible: None,
        responsible_name: None,
        planned_for: None,
        planned_name: None,
        planned_day: String::new(),
        planned_part: None,
        planned_hours: None,
        planned_note: None,
        replied_at: None,
        replied_by: None,
        return_count: 0,
        final_ruling: false,
        reply: None,
        reply_passed: false,
        ended_at: None,
        updated_at: at,
    }
}

/// A change of a loaded case that a test fills.
pub fn change(case: &TicketCase) -> TicketChange {
    let mut after = case.clone();
    after.ticket.version += 1;
    TicketChange {
        before: Some(case.clone()),
        after,
        events: Vec::new(),
        clock: Vec::new(),
        thrown: Vec::new(),
        released: Vec::new(),
        outbox: Vec::new(),
        audit: Vec::new(),
        beside: Vec::new(),
    }
}

/// The runner's word on a change, with the warrant of a store that only lends it.
pub fn decided(change: TicketChange) -> Decided<TicketCase> {
    static WARRANT: OnceLock<Warrant> = OnceLock::new();
    let open = async || {
        let dir = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite://{}", dir.path().join("warrant.db").display());
        let seal = Seal::in_memory().expect("keys");
        let opened = Store::open_with_warrant(&url, seal, OpenOptions::default()).await;
        opened.expect("opens").1
    };
    let warrant = WARRANT.get_or_init(|| {
        let opening = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            runtime.expect("a runtime").block_on(open())
        });
        opening.join().expect("a warrant")
    });
    Decided::by(warrant, change)
}

impl World {
    /// Saves a change in a transaction of its own.
    pub async fn save(&self, change: TicketChange) -> Result<(), store::StoreError> {
        self.store
            .write(move |tx| {
                Box::pin(
                    async move { store::tickets::case::save(tx, &decided(change.clone())).await },
                )
            })
            .await
    }

    /// Registers a ticket and gives it back.
    pub async fn register(&self, ticket: Ticket) -> Ticket {
        self.save(registered(ticket.clone()))
            .await
            .expect("registered");
        ticket
    }

    /// Dispatches a registered ticket to units, the first one leading.
    pub async fn dispatch(&self, ticket: &Ticket, units: &[&str]) -> TicketCase {
        let case = self.case(ticket).await;
        let mut change = change(&case);
        change.after.ticket.state = TicketState::Dispatched;
        change.after.ticket.lead_unit = units.first().map(|u| (*u).to_owned());
        let role = |i: usize| {
            if i == 0 {
                SlotRole::Lead
            } else {
                SlotRole::Assist
            }
        };
        change.after.assignments = units
            .iter()
            .enumerate()
            .map(|(i, unit)| assignment(ticket, unit, role(i)))
            .collect();
        change.events = vec![event(
            &change.after.ticket,
            case.last_seq + 1,
            Verb::Dispatch,
            Some(case.ticket.state),
        )];
        change.after.hung.tasks = change
            .after
            .assignments
            .iter()
            .zip(2..)
            .map(|(a, no)| Task {
                assignment_id: Some(a.id),
                unit: Some(a.unit.clone()),
                unit_path: Some(a.unit_path.clone()),
                verbs: "sign".to_owned(),
                ..task(ticket, no, Role::UnitLiaison)
            })
            .collect();
        self.save(change).await.expect("dispatched");
        self.case(ticket).await
    }

    /// The whole case.
    pub async fn case(&self, ticket: &Ticket) -> TicketCase {
        store::tickets::case::load(&self.store.reader(), &shared::access::Scope::All, ticket.id)
            .await
            .expect("loads")
            .expect("is there")
    }
}
