//! A small office that approves things: people with accounts, the sample filed, and short definitions for special cases.

use std::collections::BTreeMap;

use services::Ctx;
use services::approvals::{self, Act, views};
use shared::access::Role;
use shared::approval::command::Start;
use shared::approval::verbs::Decide;
use shared::approval::view::{ApprovalActed, ApprovalDetail, TaskView};
use shared::command::{Command, PartNo, Sent, Typed, Version};
use shared::fault::Fault;
use shared::ids::ApprovalId;
use shared::verb::ActedOf;

use crate::support::{CENTRE, CGJ, World, ZJJ, said};

/// The people of the office.
pub struct Office {
    pub initiator: Ctx,
    pub intake: Ctx,
    pub decider: Ctx,
    pub first: Ctx,
    pub second: Ctx,
    pub third: Ctx,
    pub owner: Ctx,
    pub stranger: Ctx,
}

impl Office {
    pub async fn open(world: &World) -> Self {
        Self {
            initiator: hire(world, Role::UnitLiaison, ZJJ).await,
            intake: hire(world, Role::Handler, ZJJ).await,
            decider: hire(world, Role::UnitReviewer, ZJJ).await,
            first: hire(world, Role::UnitReviewer, CGJ).await,
            second: hire(world, Role::Handler, CGJ).await,
            third: hire(world, Role::UnitLiaison, CGJ).await,
            owner: hire(world, Role::ProvincialManager, "320000-12345").await,
            stranger: hire(world, Role::Agent, CENTRE).await,
        }
    }

    /// Files the sample, to be countersigned in one of the three ways.
    pub async fn files(&self, vote: &str) -> Case {
        let acted = approvals::start(&self.initiator, sample(self, vote))
            .await
            .expect("filed");
        Case(acted)
    }
}

/// Somebody with an account.
pub async fn hire(world: &World, role: Role, unit: &str) -> Ctx {
    world.hires(role, unit).await
}

/// The sample's start form filled in.
pub fn sample(office: &Office, vote: &str) -> Start {
    let reviewers = [&office.first, &office.second, &office.third]
        .map(|ctx| ctx.actor.username.clone())
        .join(", ");
    Start {
        definition: said(approvals::SAMPLE),
        title: said("中山路占道施工"),
        fields: fields(&[
            ("applicant", "南京某建设公司"),
            ("project", "管线改造"),
            ("place", "中山路 1 号"),
            ("days", "12"),
            ("applicant_phone", "13800001234"),
            ("reviewers", &reviewers),
            ("vote", vote),
        ]),
        own: fields(&[]),
        done_at: None,
    }
}

pub fn fields(pairs: &[(&str, &str)]) -> Typed {
    let fields: BTreeMap<String, String> = pairs
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect();
    fields.into()
}

/// The reason of a verb that asks for nothing else.
pub fn reasoned<V: Command>(case: &Case, reason: &str) -> V {
    sent(serde_json::json!({"version": case.version(), "reason": reason}))
}

/// Settling an incident.
pub fn settling<V: Command>(version: i32, incident: i32, reason: &str) -> V {
    sent(serde_json::json!({"version": version, "incident": incident, "reason": reason}))
}

/// A command as a program sends it.
pub fn sent<V: Command>(fields: serde_json::Value) -> V {
    let fields = fields.as_object().expect("an object").clone();
    V::read(Sent::json(fields)).expect("it is sound")
}

/// What a caller is told of what he sends for a verb.
pub async fn told<V: Act>(
    ctx: &Ctx,
    id: ApprovalId,
    fields: serde_json::Value,
) -> Result<ActedOf<V>, Fault> {
    let fields = fields.as_object().expect("an object").clone();
    let entered = approvals::read::<V>(ctx, id, Sent::json(fields)).await?;
    approvals::act::<V>(ctx, id, entered).await
}

/// A case with its newest version.
pub struct Case(pub ApprovalActed);

impl Case {
    pub fn id(&self) -> ApprovalId {
        self.0.id
    }

    pub fn version(&self) -> i32 {
        self.0.version
    }

    pub fn at(&self) -> Vec<&str> {
        self.0.at.iter().map(String::as_str).collect()
    }

    pub fn took(&mut self, acted: Result<ApprovalActed, Fault>) -> &mut Self {
        self.0 = acted.expect("done");
        self
    }

    /// As somebody sees it.
    pub async fn seen_by(&self, ctx: &Ctx) -> ApprovalDetail {
        views::get(ctx, self.0.id).await.expect("seen")
    }

    /// Takes the version from the database, after the clock or a service has moved the case.
    pub async fn refresh(&mut self, ctx: &Ctx) -> ApprovalDetail {
        let detail = self.seen_by(ctx).await;
        self.0.version = detail.row.version;
        self.0.status = detail.row.status;
        detail
    }

    /// The task that waits for somebody at a step.
    pub async fn task_of(&self, ctx: &Ctx, element: &str) -> TaskView {
        let detail = self.seen_by(ctx).await;
        detail
            .tasks
            .iter()
            .find(|task| task.element == element && task.mine)
            .cloned()
            .unwrap_or_else(|| panic!("{element} does not wait: {:?}", detail.tasks))
    }

    /// Decides the task that waits for somebody at a step.
    pub async fn decides(&mut self, ctx: &Ctx, element: &str, approved: bool) -> &mut Self {
        let task = self.task_of(ctx, element).await;
        let acted = approvals::act(ctx, self.0.id, self.decision(&task, approved)).await;
        self.took(acted)
    }

    pub fn decision(&self, task: &TaskView, approved: bool) -> Decide {
        Decide {
            version: Version(self.0.version),
            task: task.task,
            part: PartNo(task.part),
            approved,
            opinion: Some(said(if approved {
                "同意。"
            } else {
                "不同意。"
            })),
            fields: fields(&[]),
        }
    }
}

/// A definition of one process around a body.
pub fn definition(id: &str, body: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<definitions targetNamespace="https://minsheng.example/tests" xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:ms="https://minsheng.example/bpmn" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<process id="{id}" name="试验" ms:name_en="Test" isExecutable="true">{body}</process></definitions>"#
    )
}

/// Deploys and activates a definition.
pub async fn deploys(owner: &Ctx, xml: &str) -> i32 {
    approvals::owner::deploy(owner, xml, Some(owner.now()))
        .await
        .expect("deployed")
        .version
}

/// Files on a definition without a form.
pub async fn files_on(ctx: &Ctx, key: &str) -> Case {
    let start = Start {
        definition: said(key),
        title: said("试验办件"),
        fields: fields(&[]),
        own: fields(&[]),
        done_at: None,
    };
    Case(approvals::start(ctx, start).await.expect("filed"))
}

/// The newest rows of the audit, of one action or of all.
pub fn audit_of(action: Option<&str>) -> store::audit::AuditQuery {
    store::audit::AuditQuery {
        action: action.map(str::to_owned),
        actor: None,
        object: None,
        from: None,
        to: None,
        cursor: None,
        limit: 200,
        ..Default::default()
    }
}
