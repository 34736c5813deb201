//! The one runner of all verbs on an existing case of any kind: key, right, load in scope, version, rule, decision, one transaction, answer
//! kept (I3, I4, I6). Each verb implements `Order` in its own file; `decide` is pure and sees only the `WorkingCopy`.
//! A step that the process cannot take leaves the case as it was and an incident for the process owner.
//! Not here: registering and filing (`tickets::register`, `approvals::start`), what jobs do (`jobs`), the citizen's road (`public`).

use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::access::Need;
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::ids::{CaseId, FileId, UserId};
use store::duties::Duty;
use store::record::{AuditEntry, Change, Incident, Kept};
use store::{Decided, StoreError, Tx, Warrant};
use tracing::{Instrument as _, Span};

use super::idempotency::{self, KeyTaken};
use super::people::People;
use super::time::Whose;
use super::{Halt, Kind, Library, Other, Scene, WorkingCopy};
use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle, version_stale};
use crate::reference::Reference;
use crate::spans;

/// What a verb takes and does.
pub(crate) trait Order: Serialize + Clone + Send + Sync + 'static {
    /// The kind of case that it is a verb on.
    type On: Hosted;

    /// The verb, also when it is refused.
    fn verb(&self) -> <Self::On as Kind>::Verb;

    /// Whether it looks at the history of the case.
    const LOOKS_BACK: bool = false;

    /// Whether it looks at whose areas of responsibility the case falls into.
    const LOOKS_AT_DUTIES: bool = false;

    /// Whether it looks at who leads the unit that has the part.
    const LOOKS_AT_LEADERS: bool = false;

    /// The version that the person saw; `None` for verbs that check none.
    fn version(&self) -> Option<i32>;

    /// Puts what was typed into the form in which it is judged and kept.
    fn tidy(&mut self) {}

    /// The rules on the data itself, before anything is read.
    fn check(&self, now: Instant) -> Result<(), Fault> {
        let _ = now;
        Ok(())
    }

    /// Sign-in names in the command.
    fn names(&self) -> Vec<String> {
        Vec::new()
    }

    /// Files of the case that the command names.
    fn files(&self) -> Vec<FileId> {
        Vec::new()
    }

    /// Numbers of other tickets in the command.
    fn tickets(&self) -> Vec<String> {
        Vec::new()
    }

    /// People whom it may give a task back to, known by their ids.
    fn users(&self, history: &[<Self::On as Kept>::Line]) -> Vec<UserId> {
        let _ = history;
        Vec::new()
    }

    /// What changes, after right, version and state are asked.
    fn decide(&self, copy: &mut WorkingCopy<'_, Self::On>) -> Result<(), Halt>;
}

/// How the runner finds, judges and saves cases of a kind.
pub(crate) trait Hosted: Kind + Sized {
    /// What a caller names: the case, a part of it, or his own case by number and code.
    type Target: Clone + Send + Sync + 'static;
    /// The answer.
    type Acted: Serialize + DeserializeOwned + Send + Sync + 'static;

    /// The code of a verb that the process could not take.
    const STOPPED: Code;

    /// What a verb asks of its caller.
    fn need(verb: Self::Verb) -> Need;

    /// A verb as the count of verbs names it.
    fn word(verb: Self::Verb) -> &'static str;

    /// A verb as audit and keys name it.
    fn action(verb: Self::Verb) -> String;

    /// The target as audit and keys name it.
    fn object(target: &Self::Target) -> String;

    /// Whether the actor's rights are asked at all: not of whoever holds number and code.
    fn asks_rights(_target: &Self::Target) -> bool {
        true
    }

    /// The case in the actor's reach; outside of it there is none.
    fn load(
        ctx: &Ctx,
        tx: &Tx,
        target: &Self::Target,
    ) -> impl Future<Output = Result<Option<Self>, Failure>> + Send;

    /// Any case, for jobs of the system itself.
    fn load_any(
        warrant: &Warrant,
        conn: &dyn store::Conn,
        id: CaseId,
    ) -> impl Future<Output = Result<Option<Self>, Failure>> + Send;

    /// In whose working hours its timers run.
    fn whose(&self) -> Whose;

    /// The definition that it runs on, with what that may call, in those hours.
    fn library(
        &self,
        services: &Services,
        conn: &dyn store::Conn,
        reference: &Arc<Reference>,
    ) -> impl Future<Output = Result<Library, Failure>> + Send;

    /// Right on this very case; asked before the version, so that nobody learns more than they may.
    fn reach(&self, ctx: &Ctx, target: &Self::Target, need: Need) -> Result<(), Fault>;

    /// The version of what is named.
    fn version(&self, target: &Self::Target) -> i32;

    /// Says to whoever comes second how things stand and who was faster, as far as he may know.
    fn stale(
        &self,
        ctx: &Ctx,
        tx: &Tx,
        target: &Self::Target,
        fault: Fault,
    ) -> impl Future<Output = Result<Fault, Failure>> + Send;

    /// Its history, for verbs that look at it.
    fn history(&self, tx: &Tx) -> impl Future<Output = Result<Vec<Self::Line>, StoreError>> + Send {
        let _ = tx;
        std::future::ready(Ok(Vec::new()))
    }

    /// Rows of the areas of responsibility into which it falls, for verbs that look at them.
    fn duties(
        &self,
        tx: &Tx,
        reference: &Reference,
    ) -> impl Future<Output = Result<Vec<Duty>, Failure>> + Send {
        let _ = (tx, reference);
        std::future::ready(Ok(Vec::new()))
    }

    /// Who leads the unit that has the part which is named, for verbs that look at them.
    fn leaders(
        &self,
        tx: &Tx,
        target: &Self::Target,
        now: Instant,
    ) -> impl Future<Output = Result<Vec<UserId>, Failure>> + Send {
        let _ = (tx, target, now);
        std::future::ready(Ok(Vec::new()))
    }

    /// Other tickets in the actor's reach, by their numbers.
    fn others(
        ctx: &Ctx,
        tx: &Tx,
        numbers: &[String],
    ) -> impl Future<Output = Result<Vec<Other>, Failure>> + Send {
        let _ = (ctx, tx, numbers);
        std::future::ready(Ok(Vec::new()))
    }

    /// Those of the named files that hang on the case and are there.
    fn files(
        &self,
        tx: &Tx,
        named: &[FileId],
    ) -> impl Future<Output = Result<Vec<FileId>, StoreError>> + Send {
        let _ = (tx, named);
        std::future::ready(Ok(Vec::new()))
    }

    /// What of a saved change stands at other cases as well, in its transaction.
    fn beside(
        ctx: &Ctx,
        tx: &Tx,
        change: &Decided<Self>,
    ) -> impl Future<Output = Result<(), Failure>> + Send {
        let _ = (ctx, tx, change);
        std::future::ready(Ok(()))
    }

    /// Whether the verb fits now, where one table says it for all verbs.
    fn admits(
        &self,
        verb: Self::Verb,
        target: &Self::Target,
        scene: &Scene<'_>,
    ) -> Result<(), Fault>;

    /// Prepares the working copy for what is named.
    fn aim(copy: &mut WorkingCopy<'_, Self>, target: &Self::Target) {
        let _ = (copy, target);
    }

    /// The verb's audit row.
    fn entry(&self, ctx: &Ctx, verb: Self::Verb, target: &Self::Target) -> AuditEntry;

    /// Completes the verb's audit row with what came of it.
    fn completed(
        ctx: &Ctx,
        copy: &WorkingCopy<'_, Self>,
        verb: Self::Verb,
        entry: AuditEntry,
    ) -> AuditEntry {
        let _ = (ctx, copy, verb);
        entry
    }

    /// Gives opened tasks to the people they name.
    fn give(copy: &mut WorkingCopy<'_, Self>, people: &People) {
        let _ = (copy, people);
    }

    /// Saves a change.
    fn save(tx: &Tx, change: &Decided<Self>)
    -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Notes what stopped a verb beside the case, which stays as it is.
    fn note(
        &self,
        tx: &Tx,
        incident: Incident,
    ) -> impl Future<Output = Result<i32, StoreError>> + Send;

    /// How the case stands after a change.
    fn acted(change: &Change<Self>) -> Self::Acted;

    /// Records a refusal, where it is one of right or reach.
    fn refusal(
        ctx: &Ctx,
        verb: Self::Verb,
        object: String,
        fault: &Fault,
    ) -> impl Future<Output = ()> + Send;
}

/// Why a transaction did not happen.
pub(crate) enum Trouble {
    /// For the caller.
    Failure(Failure),
    /// The process could not take it: the case, and what its owner is told.
    Stopped(CaseId, Box<Incident>),
}

impl Trouble {
    /// What a working copy of this case came to.
    pub fn of(id: CaseId, halt: Halt) -> Self {
        match halt {
            Halt::Failure(failure) => Self::Failure(failure),
            Halt::Stopped(incident) => Self::Stopped(id, incident),
        }
    }
}

impl KeyTaken for Trouble {
    fn key_taken(&self) -> bool {
        matches!(self, Self::Failure(failure) if failure.key_taken())
    }
}
impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::Failure(error.into())
    }
}
impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}
impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        Self::Failure(fault.into())
    }
}

struct Work<O: Order> {
    ctx: Ctx,
    reference: Arc<Reference>,
    target: <O::On as Hosted>::Target,
    order: O,
}

/// Runs a verb on a case and says how it stands afterwards.
pub(crate) async fn perform<O: Order>(
    ctx: &Ctx,
    target: <O::On as Hosted>::Target,
    order: O,
) -> Result<<O::On as Hosted>::Acted, Fault> {
    let verb = order.verb();
    let object = O::On::object(&target);
    let done = spans::called(ctx, &O::On::action(verb), run(ctx, target, order)).await;
    tell::<O::On, _>(verb, &done);
    if let Err(fault) = &done {
        O::On::refusal(ctx, verb, object, fault).await;
    }
    done
}

/// Says once that a verb was done or refused; the server counts these lines.
pub(crate) fn tell<C: Hosted, T>(verb: C::Verb, done: &Result<T, Fault>) {
    let outcome = done
        .as_ref()
        .map_or_else(|fault| fault.code.as_str(), |_| "ok");
    tracing::info!(target: "minsheng::verb", verb = C::word(verb), outcome, kind = C::KIND.as_str());
}

async fn run<O: Order>(
    ctx: &Ctx,
    target: <O::On as Hosted>::Target,
    mut order: O,
) -> Result<<O::On as Hosted>::Acted, Fault> {
    if O::On::asks_rights(&target) {
        ctx.ask(O::On::need(order.verb()))?;
    }
    order.tidy();
    order.check(ctx.now())?;
    let reference = ctx.services.reference().await?;
    let work = Arc::new(Work {
        ctx: ctx.clone(),
        reference,
        target,
        order,
    });
    // The writer runs the transaction in a task of its own, which tells of this call all the same.
    let span = Span::current();
    let done = idempotency::twice(|| {
        let (work, span) = (Arc::clone(&work), span.clone());
        ctx.services.store().write(move |tx| {
            let act = async move { work.act(tx).await };
            Box::pin(act.instrument(span))
        })
    });
    match done.await {
        Ok(acted) => Ok(acted),
        Err(Trouble::Failure(failure)) => Err(ctx.services.fault(failure)),
        Err(Trouble::Stopped(id, incident)) => {
            let number = keep_incident::<O::On>(&ctx.services, id, *incident).await?;
            Err(Fault::new(O::On::STOPPED).fact("incident", number))
        }
    }
}

/// Keeps what stopped a verb, in a transaction of its own: the case itself stands as before.
pub(crate) async fn keep_incident<C: Hosted>(
    services: &Services,
    id: CaseId,
    incident: Incident,
) -> Result<i32, Fault> {
    let incident = Incident {
        opened_at: services.now(),
        ..incident
    };
    let ctx = Ctx::process(services);
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (ctx, incident) = (ctx.clone(), incident.clone());
            Box::pin(async move {
                let warrant = ctx.services.machinery().warrant();
                let case = C::load_any(warrant, tx, id)
                    .await?
                    .ok_or_else(Fault::missing)?;
                let object = format!("{}:{id}", C::KIND);
                let mut entry = ctx.audit(&format!("{}.incident", C::KIND), object, "ok");
                entry
                    .facts
                    .insert("element".to_owned(), incident.element.clone());
                let number = case.note(tx, incident).await?;
                store::audit::append(tx, &[entry]).await?;
                Ok(number)
            })
        })
        .await
        .settle(services)
}

impl<O: Order> Work<O> {
    async fn act(&self, tx: &Tx) -> Result<<O::On as Hosted>::Acted, Trouble> {
        let (ctx, target, verb) = (&self.ctx, &self.target, self.order.verb());
        let object = O::On::object(target);
        // Before anything is read: a repeated call gets its first answer even where the case has moved on or is out of sight by now.
        let call = idempotency::Call::new(ctx, &O::On::action(verb), &object, &self.order)?;
        if let Some(answer) = call.stored(tx).await? {
            return Ok(answer);
        }
        let found = O::On::load(ctx, tx, target).await?;
        let mut case = found.ok_or_else(Fault::missing)?;
        case.arrange();
        case.reach(ctx, target, O::On::need(verb))?;
        // Right before version: who may not look must not learn that the case has changed.
        let current = case.version(target);
        if let Some(expected) = self.order.version()
            && expected != current
        {
            let fault = version_stale(current, expected);
            return Err(case.stale(ctx, tx, target, fault).await?.into());
        }
        let library = case.library(&ctx.services, tx, &self.reference).await?;
        let history = if O::LOOKS_BACK || ctx.done_at.is_some() {
            case.history(tx).await?
        } else {
            Vec::new()
        };
        let duties = if O::LOOKS_AT_DUTIES {
            case.duties(tx, &self.reference).await?
        } else {
            Vec::new()
        };
        let leaders = if O::LOOKS_AT_LEADERS {
            case.leaders(tx, target, ctx.now()).await?
        } else {
            Vec::new()
        };
        let others = O::On::others(ctx, tx, &self.order.tickets()).await?;
        let files = case.files(tx, &self.order.files()).await?;
        let people = self.people(tx, &history).await?;
        let scene = Scene::of(ctx, &self.reference, &library, &people);
        case.admits(verb, target, &scene)?;
        let head = case.head();
        spans::case(head.number);
        let id = head.id;
        let entry = case.entry(ctx, verb, target);
        let mut copy = WorkingCopy::open(scene, case)?;
        (copy.history, copy.duties, copy.others) = (history, duties, others);
        (copy.leaders, copy.files) = (leaders, files);
        O::On::aim(&mut copy, target);
        let decided = self.order.decide(&mut copy);
        decided.map_err(|halt| Trouble::of(id, halt))?;
        let entry = O::On::completed(ctx, &copy, verb, entry);
        copy.audit(entry);
        let change = given(ctx, tx, copy).await?;
        O::On::save(tx, &change).await?;
        O::On::beside(ctx, tx, &change).await?;
        let acted = O::On::acted(&change);
        call.keep(tx, &acted).await?;
        Ok(acted)
    }

    /// Everybody whom the order names.
    async fn people(&self, tx: &Tx, history: &[<O::On as Kept>::Line]) -> Result<People, Failure> {
        let (names, users) = (self.order.names(), self.order.users(history));
        if names.is_empty() && users.is_empty() {
            return Ok(People::default());
        }
        let then = (&*self.reference, self.ctx.now());
        People::find(tx, then, &names)
            .await?
            .in_reach_of(&self.ctx.actor)
            .and_users(tx, then, &users)
            .await
    }
}

/// Looks up the people whom opened tasks name, and finishes the working copy: what is saved of a case is decided here and nowhere else.
pub(crate) async fn given<C: Hosted>(
    ctx: &Ctx,
    tx: &Tx,
    mut copy: WorkingCopy<'_, C>,
) -> Result<Decided<C>, Failure> {
    let names = copy.wanted();
    if !names.is_empty() {
        let people = People::find(tx, (copy.scene.reference, ctx.now()), &names).await?;
        C::give(&mut copy, &people);
    }
    let change = copy.finish()?;
    Ok(Decided::by(ctx.services.machinery().warrant(), change))
}
