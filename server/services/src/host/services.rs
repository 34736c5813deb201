//! Services that processes call by name, and the two that come with the product.
//! A service inside works in the transaction that completes its task, so it has exactly one effect; one outside is called before, with a
//! time limit, and again after a failure, so it must bear being called twice (I9).
//! Not here: when they are called (`serve`).

use std::collections::BTreeMap;
use std::sync::Arc;

use bpmn::{Value, Vars};
use futures::future::BoxFuture;
use shared::calendar::Instant;
use shared::ids::CaseId;
use shared::process::obstacle::Obstacle;
use shared::text::sms;
use store::Tx;
use store::record::{CaseKind, OutboxMessage};

use crate::context::{Ids, Services};
use crate::fault::Failure;

/// What a service is told.
#[derive(Debug, Clone)]
pub struct Request {
    /// The case.
    pub case: CaseId,
    /// Its kind.
    pub kind: CaseKind,
    /// Its number.
    pub number: String,
    /// The task, the same at every try: with the case's id the key under which a partner recognises a repeated call.
    pub task_no: i64,
    /// The element.
    pub element: String,
    /// Everything that the task sees.
    pub vars: Vars,
}

/// Why a service did not do it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ServiceTrouble {
    /// It may succeed later.
    Again(Obstacle),
    /// It never will, as things are.
    Never(Obstacle),
    /// An error that the process knows, by its code.
    Error(String),
}

/// What a service inside gives back.
#[derive(Debug, Clone, Default)]
pub struct Inside {
    /// Variables for the process.
    pub vars: Vars,
    /// Messages that leave after the commit.
    pub messages: Vec<OutboxMessage>,
}

/// What a service inside is told of its case.
#[derive(Debug, Clone)]
pub struct About {
    /// The case.
    pub case: CaseId,
    /// Its kind.
    pub kind: CaseKind,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Six digits of its area.
    pub region: String,
    /// Key of the definition that it runs on.
    pub definition: String,
}

/// What a service inside may use besides its transaction.
pub struct Around<'a> {
    /// The case.
    pub about: &'a About,
    /// Everything that the task sees.
    pub vars: &'a Vars,
    /// The present.
    pub now: Instant,
    /// Where ids come from.
    pub ids: &'a dyn Ids,
}

/// A service that processes may call.
pub trait NamedService: Send + Sync {
    /// Works outside of any transaction; `None` for a service that works inside.
    fn call<'a>(
        &'a self,
        services: &'a Services,
        request: Request,
    ) -> Option<BoxFuture<'a, Result<Vars, ServiceTrouble>>> {
        let _ = (services, request);
        None
    }

    /// Works in the transaction that completes the task.
    fn inside<'a>(
        &'a self,
        tx: &'a Tx,
        around: Around<'a>,
    ) -> BoxFuture<'a, Result<Result<Inside, ServiceTrouble>, Failure>> {
        let _ = (tx, around);
        Box::pin(async { Ok(Err(ServiceTrouble::Never(Obstacle::ServiceIdle))) })
    }
}

/// The services that come with the product.
pub(super) fn shipped() -> BTreeMap<String, Arc<dyn NamedService>> {
    BTreeMap::from([
        (
            "licence.number".to_owned(),
            Arc::new(LicenceNumber) as Arc<dyn NamedService>,
        ),
        ("notify.applicant".to_owned(), Arc::new(NotifyApplicant)),
    ])
}

/// Draws the number of a licence (编号): year, area and sequence, into the variable `licence_no`.
struct LicenceNumber;

impl NamedService for LicenceNumber {
    fn inside<'a>(
        &'a self,
        tx: &'a Tx,
        around: Around<'a>,
    ) -> BoxFuture<'a, Result<Result<Inside, ServiceTrouble>, Failure>> {
        Box::pin(async move {
            use chrono::Datelike as _;
            let year = around.now.date().year();
            let first = chrono::NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
            let about = around.about;
            let key = format!("licence:{}", about.definition);
            let sequence = store::approvals::draw(tx, &about.region, &key, first).await?;
            let number = format!("{}-{year}-{sequence:06}", about.region);
            Ok(Ok(Inside {
                vars: [("licence_no".to_owned(), Value::Text(number))].into(),
                messages: Vec::new(),
            }))
        })
    }
}

/// Sends the applicant a text message with the outcome, where the form asked for a mobile number (`applicant_phone`).
struct NotifyApplicant;

impl NamedService for NotifyApplicant {
    fn inside<'a>(
        &'a self,
        _tx: &'a Tx,
        around: Around<'a>,
    ) -> BoxFuture<'a, Result<Result<Inside, ServiceTrouble>, Failure>> {
        Box::pin(async move {
            let phone = around
                .vars
                .get("applicant_phone")
                .and_then(Value::as_text)
                .filter(|phone| shared::person::phone::is_mobile(phone));
            let messages = phone
                .map(|phone| OutboxMessage {
                    id: around.ids.new_id(around.now),
                    ticket_id: None,
                    channel: "sms".to_owned(),
                    to: phone.to_owned(),
                    body: sms::Outcome {
                        title: &around.about.title,
                        no: &around.about.number,
                        licence: around.vars.get("licence_no").and_then(Value::as_text),
                    }
                    .text(sms::LANGUAGE),
                    at: around.now,
                    about: Some(shared::notification::About::Outcome),
                    area: Some(around.about.region.clone()),
                    urgent: false,
                })
                .into_iter()
                .collect::<Vec<_>>();
            let told = Value::Bool(!messages.is_empty());
            Ok(Ok(Inside {
                vars: [("applicant_told".to_owned(), told)].into(),
                messages,
            }))
        })
    }
}
