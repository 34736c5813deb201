//! What people say and do in the stories, in few words.

use services::tickets;
use shared::calendar::Instant;
use shared::command::{Block, Sent, Ticked, Typed, Version};
use shared::fault::Fault;
use shared::ids::{AssignmentId, TicketId};
use shared::ticket::command::{CitizenBlock, Lookup, Register};
use shared::ticket::verbs::{Dispatch, FollowUp, Reply, Review, Sign, TicketVerb, UnitReview};
use shared::ticket::view::{Acted, Registered};
use shared::ticket::{
    AssignmentStatus, Channel, HandleResult, RequestKind, Satisfaction, Solved, VisitChannel,
};

use super::world::World;

/// An instant from RFC 3339.
pub fn at(text: &str) -> Instant {
    Instant::parse(text).expect("an RFC 3339 time")
}

/// A complaint about water that comes through the ceiling, with everything a form asks.
pub fn a_complaint() -> Register {
    Register {
        kind: RequestKind::Complaint,
        channel: None,
        title: None,
        content: said("金丝雀小区三幢二单元屋顶漏水半年，物业多次推诿，请求查明原因并维修。"),
        region: said("320106"),
        address: Some(said("宁海路12号3幢201室")),
        lon: None,
        lat: None,
        occurred_at: Some(at("2026-03-01T20:00:00+08:00")),
        category: None,
        urgency: None,
        impact: None,
        haste: None,
        urgency_reason: None,
        accused: None,
        accused_unit: None,
        subject_type: None,
        citizen: Block(CitizenBlock {
            name: Some(said("王金丝雀")),
            phone: Some(said("13812345678")),
            ..CitizenBlock::default()
        }),
        anonymous: Ticked(false),
        confidential: Ticked(false),
        reply_required: None,
        draft: None,
        repeat_of: None,
        joins: None,
        paper_no: None,
        incoming: None,
        mandate: None,
        tags: Vec::new(),
        own: Typed::default(),
        done_at: None,
    }
}

/// A unit's reply that passes the rules.
pub fn a_reply(version: i32) -> Reply {
    Reply {
        version: Version(version),
        handling: said(
            "三月三日到现场查看，确认屋面防水层破损，已责成物业动用维修资金修复并复查。",
        ),
        public_reply: said(
            "您好，您反映的屋顶漏水问题经查属实，已督促物业完成维修，感谢您的监督。",
        ),
        fact_true: HandleResult::True,
        solved: Solved::Yes,
        contacted: true,
        contact_tries: Some(1),
        unsolved_reason: None,
        basis: Some(said("《江苏省物业管理条例》")),
        anyway: Ticked(false),
    }
}

/// A filed request and how it stands.
#[derive(Debug, Clone)]
pub struct Filed {
    pub id: TicketId,
    pub claim: Lookup,
    pub version: i32,
    pub acted: Option<Acted>,
    /// Number of another ticket that a verb on this one names.
    pub beside: Option<String>,
}

impl Filed {
    fn new(registered: &Registered) -> Self {
        let claim = Lookup {
            ticket_no: registered.ticket_no.clone(),
            code: said(&registered.query_code),
        };
        Self {
            id: registered.id,
            claim,
            version: registered.version,
            acted: None,
            beside: None,
        }
    }

    /// Takes over what a verb gave back.
    pub fn took(&mut self, acted: Result<Acted, Fault>) -> &Acted {
        let acted = acted.expect("the verb is allowed");
        self.version = acted.version;
        self.acted.insert(acted)
    }

    /// The open assignment of a unit and its version.
    pub fn at_unit(&self, unit: &str) -> (AssignmentId, i32) {
        let acted = self.acted.as_ref().expect("a verb has run");
        let gone = |status| {
            matches!(
                status,
                AssignmentStatus::Returned | AssignmentStatus::Recalled
            )
        };
        let found = acted
            .assignments
            .iter()
            .rev()
            .find(|a| a.unit == unit && !gone(a.status));
        found
            .map(|a| (a.id, a.version))
            .expect("the unit has an assignment")
    }

    /// The claim with a wrong code.
    pub fn wrong_claim(&self) -> Lookup {
        let code = if self.claim.code.as_str() == "000000" {
            "000001"
        } else {
            "000000"
        };
        Lookup {
            code: said(code),
            ..self.claim.clone()
        }
    }
}

impl World {
    /// A citizen files a request on the web.
    pub async fn files(&self, request: Register) -> Filed {
        Filed::new(
            &tickets::register(&self.visitor(), request)
                .await
                .expect("the request is accepted"),
        )
    }

    /// An agent takes a call down.
    pub async fn takes_call(&self, request: Register) -> Filed {
        let call = Register {
            channel: Some(Channel::Phone),
            ..request
        };
        Filed::new(
            &tickets::register(&self.agent(), call)
                .await
                .expect("the call is taken down"),
        )
    }

    /// The dispatcher sends it to a lead unit and to assisting ones.
    pub async fn dispatches(&self, filed: &mut Filed, lead: &str, assisting: &[&str]) {
        let command = Dispatch {
            version: Version(filed.version),
            lead: said(lead),
            assisting: assisting.iter().map(said).collect(),
            category: Some(said(&self.a_leaf().await)),
            advice: Some(said("请核实并答复诉求人")),
            urgency: None,
            urgency_reason: None,
            tags: Vec::new(),
            own: Typed::default(),
            assist_due: None,
            retag: Ticked(false),
            review: Ticked(false),
        };
        filed.took(tickets::act(&self.dispatcher(), filed.id, command).await);
    }

    /// The office wants, or no longer wants, that a unit's leader passes what it asks of the centre.
    pub async fn asks_unit_first(&self, on: bool) {
        let key = shared::register::setting_of(shared::register::Switch::UNIT_FIRST.key);
        self.tampers(&format!("delete from settings where key = '{key}'"))
            .await;
        if on {
            let sql = format!("insert into settings (key, value) values ('{key}', 'yes')");
            self.tampers(&sql).await;
        }
        self.services.bust_reference().await;
    }

    /// Some leaf of the category tree.
    pub async fn a_leaf(&self) -> String {
        let reference = self
            .services
            .reference()
            .await
            .expect("the reference data is there");
        reference
            .categories
            .keys()
            .filter(|code| code.len() == 6)
            .min()
            .cloned()
            .expect("the tree has leaves")
    }

    /// The unit signs, replies and its reviewer passes the reply.
    pub async fn unit_answers(&self, filed: &mut Filed, unit: &str) {
        let (id, version) = filed.at_unit(unit);
        filed.took(
            tickets::act(
                &self.liaison(unit),
                id,
                Sign {
                    version: Version(version),
                },
            )
            .await,
        );
        self.unit_replies(filed, unit).await;
    }

    /// The unit has signed before; it replies and its reviewer passes the reply.
    pub async fn unit_replies(&self, filed: &mut Filed, unit: &str) {
        let (id, version) = filed.at_unit(unit);
        filed.took(tickets::act(&self.handler(unit), id, a_reply(version)).await);
        self.unit_passes(filed, unit).await;
    }

    /// The unit's reviewer passes the reply.
    pub async fn unit_passes(&self, filed: &mut Filed, unit: &str) {
        let (id, version) = filed.at_unit(unit);
        filed.took(
            tickets::act(
                &self.unit_reviewer(unit),
                id,
                UnitReview {
                    version: Version(version),
                    pass: true,
                    opinion: None,
                },
            )
            .await,
        );
    }

    /// The centre's reviewer passes the reply.
    pub async fn centre_passes(&self, filed: &mut Filed) {
        let command = Review {
            version: Version(filed.version),
            pass: true,
            opinion: None,
            cause: None,
            checked: Vec::new(),
        };
        filed.took(tickets::act(&self.reviewer(), filed.id, command).await);
    }

    /// The follow-up caller reaches the citizen, who answers all four questions.
    pub async fn citizen_answers_call(
        &self,
        filed: &mut Filed,
        satisfaction: Satisfaction,
        solved: Solved,
    ) {
        let command = FollowUp {
            version: Version(filed.version),
            channel: Some(VisitChannel::Call),
            connected: true,
            outcome: None,
            appointed_at: None,
            staff_contacted: Some(true),
            report_true: Some(true),
            solved: Some(solved),
            satisfaction: Some(satisfaction),
            opinion: None,
        };
        filed.took(tickets::act(&self.caller(), filed.id, command).await);
    }

    /// Nobody answers the call.
    pub async fn nobody_answers(&self, filed: &mut Filed) {
        let command = FollowUp {
            version: Version(filed.version),
            channel: Some(VisitChannel::Call),
            connected: false,
            outcome: None,
            appointed_at: None,
            staff_contacted: None,
            report_true: None,
            solved: None,
            satisfaction: None,
            opinion: None,
        };
        filed.took(tickets::act(&self.caller(), filed.id, command).await);
    }
}

/// A text or a code of a command, as it would be read.
pub fn said<T: std::str::FromStr>(text: impl AsRef<str>) -> T
where
    T::Err: std::fmt::Debug,
{
    text.as_ref().parse().expect("it may be said")
}

/// A verb's example, for a version.
pub fn example<V: TicketVerb>(version: i32) -> V {
    with_beside(version, None)
}

/// A verb's example as it fits a ticket: with the other ticket that it names.
pub fn example_of<V: TicketVerb>(filed: &Filed, version: i32) -> V {
    with_beside(version, filed.beside.as_deref())
}

fn with_beside<V: TicketVerb>(version: i32, beside: Option<&str>) -> V {
    let example: serde_json::Value = serde_json::from_str(V::EXAMPLE).expect("JSON");
    let mut fields = example.as_object().expect("an object").clone();
    if let Some(known) = fields.get_mut("version") {
        *known = version.into();
    }
    for name in ["into", "ticket", "colleague"] {
        if let (Some(known), Some(beside)) = (fields.get_mut(name), beside) {
            *known = beside.into();
        }
    }
    V::read(Sent::json(fields)).expect("examples are taken")
}
