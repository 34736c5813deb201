//! The host of long work: each job goes in steps, and each step writes its effect and where it stands in one transaction, so that a
//! restart, or another server, goes on there and repeats nothing. A kind says what one step is; the host holds the job (`run`).
//! Not here: the kinds (beside what they do), the rows (`store::jobs`), how people look at jobs (`desk`).

mod check;
pub mod desk;
pub(crate) mod results;
mod run;

use std::sync::Arc;

use futures::future::BoxFuture;
use serde::Serialize;
use shared::fault::{Code, Fault};
use shared::ids::JobId;
use shared::job::{JobKind, JobPhase};
use store::Tx;
use store::jobs::{Job, New, ResultFile, Stand};

use crate::context::{Ctx, Services};
use crate::fault::Failure;
use crate::sessions::actor_of;

pub(super) use check::nightly;
pub use check::{Report, last as last_check};
pub(super) use run::run;
pub(crate) use run::{PAUSE, Taken, claim, claim_for, drive, take};

/// What a step came to.
pub(crate) enum Step {
    /// There is more to do.
    On(Stand),
    /// Nothing is left.
    Over(Over),
}

/// How a job came to its end.
pub(crate) struct Over {
    /// How much was done.
    pub done: i64,
    /// What it came to, as JSON without personal data.
    pub report: String,
    /// What the audit says of it.
    pub outcome: &'static str,
    /// The result's file, complete and on the disk.
    pub file: Option<ResultFile>,
}

/// The part of a step that writes; run in the transaction that also writes where the job stands then.
pub(crate) type Effect =
    Arc<dyn for<'t> Fn(&'t Tx) -> BoxFuture<'t, Result<Step, Failure>> + Send + Sync>;

/// Fixes the closure's type.
pub(crate) fn effect(
    f: impl for<'t> Fn(&'t Tx) -> BoxFuture<'t, Result<Step, Failure>> + Send + Sync + 'static,
) -> Effect {
    Arc::new(f)
}

/// A step that writes nothing but where the job stands.
pub(crate) fn plain(step: impl Fn() -> Step + Send + Sync + 'static) -> Effect {
    effect(move |_| {
        let step = step();
        Box::pin(async move { Ok(step) })
    })
}

/// There is more to do, of which nobody knows how much.
///
/// # Errors
/// A cursor that is no JSON.
pub(crate) fn on(done: i64, cursor: &impl Serialize) -> Result<Effect, Failure> {
    let stand = Stand {
        done,
        total: None,
        cursor: json(cursor)?,
    };
    Ok(plain(move || Step::On(stand.clone())))
}

/// How it stands with a job.
pub(crate) fn phase(job: &Job) -> JobPhase {
    JobPhase::of(job.state, job.started_at.is_some(), job.cancel_at.is_some())
}

/// A kind of long work.
pub(crate) trait Work: Send + Sync {
    /// Its word in the database.
    fn kind(&self) -> &'static str;

    /// Reads and reckons what comes next from the job's cursor. May be done again when its server dies, so that what it leaves outside the
    /// database must bear that; what it changes in the database stands in the effect.
    fn step<'s>(
        &'s self,
        services: &'s Services,
        job: &'s Job,
    ) -> BoxFuture<'s, Result<Effect, Failure>>;
}

/// A kind whose steps need nothing but the job.
pub(crate) struct Stepwise {
    /// Its word in the database.
    pub kind: JobKind,
    /// One step.
    pub step: for<'s> fn(&'s Services, &'s Job) -> BoxFuture<'s, Result<Effect, Failure>>,
}

impl Work for Stepwise {
    fn kind(&self) -> &'static str {
        self.kind.as_str()
    }

    fn step<'s>(
        &'s self,
        services: &'s Services,
        job: &'s Job,
    ) -> BoxFuture<'s, Result<Effect, Failure>> {
        (self.step)(services, job)
    }
}

/// Every kind that a server takes up by itself. An import reads its file where the command runs, and is not among them.
const KINDS: &[&dyn Work] = &[
    &check::Check,
    &crate::exports::job::EXPORT,
    &crate::import::undo::UNDO,
    &crate::approvals::owner::migrate::MOVE,
    &crate::approvals::owner::undo::BACK,
    &crate::quality::LOOK,
    &crate::register::REPLAY,
    &crate::register::RESORT,
    &crate::register::FOLLOW,
    &crate::approvals::owner::retrace::RETRACE,
    &crate::files::anew::CONTENT,
];

/// A job that is asked for by somebody.
pub(crate) fn asked(ctx: &Ctx, kind: &'static str, subject: String, scope: String) -> New {
    New {
        id: JobId(ctx.services.new_id()),
        kind,
        once: None,
        owner: ctx.actor.user(),
        owner_name: if ctx.actor.name.is_empty() {
            ctx.actor_name().into_owned()
        } else {
            ctx.actor.name.clone()
        },
        region: ctx.actor.region.clone().unwrap_or_default(),
        subject,
        scope,
        at: ctx.now(),
    }
}

/// Puts a job that is open once at a time (`New::once`), and gives it, or the one that is open already.
///
/// # Errors
/// `ended` when the open one ended between the two looks.
pub(crate) async fn put_once(ctx: &Ctx, new: New, ended: Code) -> Result<JobId, Failure> {
    let (id, once) = (new.id, new.once.clone().unwrap_or_default());
    let store = ctx.services.store();
    let mut entry = ctx.audit("job.ask", format!("job:{id}"), "ok");
    entry.facts.insert("kind".to_owned(), new.kind.to_owned());
    let is_new = store
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                let is_new = store::jobs::put(tx, &new).await?;
                if is_new {
                    store::audit::append(tx, &entry).await?;
                }
                Ok(is_new)
            })
        })
        .await?;
    if is_new {
        return Ok(id);
    }
    let open = store::jobs::open_of(&store.reader(), &once).await?;
    Ok(open.ok_or_else(|| Fault::new(ended))?.id)
}

/// Whoever asked for the job, with the rights of now; the job itself where the house or the machine's owner wants it.
///
/// # Errors
/// `access.denied` when the account is closed or gone.
pub(crate) async fn owner(services: &Services, job: &Job) -> Result<Ctx, Failure> {
    let Some(id) = job.owner else {
        return Ok(Ctx::job(services, &job.kind));
    };
    let user = store::users::find(&services.store().reader(), id).await?;
    let user = user.filter(|user| user.active).ok_or_else(Fault::denied)?;
    let reference = services.reference().await?;
    let mut actor = actor_of(&reference, &user, services.now());
    // What was proved was proved when the job was asked for.
    actor.fresh = true;
    Ok(Ctx {
        job: Some(job.kind.clone()),
        ..Ctx::of(services, actor)
    })
}

/// JSON of something of ours, such as a cursor.
pub(crate) fn json(value: &impl Serialize) -> Result<String, Failure> {
    Ok(serde_json::to_string(value).map_err(anyhow::Error::new)?)
}

/// Reads such a JSON.
pub(crate) fn parsed<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Failure> {
    Ok(serde_json::from_str(text).map_err(anyhow::Error::new)?)
}

/// Why a job ended without coming to its end.
pub(crate) fn fault_of(job: &Job) -> Option<Fault> {
    use shared::job::JobState;
    match job.state {
        JobState::Open | JobState::Done => None,
        JobState::Cancelled => Some(Fault::new(Code::JobCancelled).fact("job", job.id)),
        JobState::Failed => {
            let code = job.fault.as_deref().and_then(Code::parse);
            let mut fault = Fault::new(code.unwrap_or(Code::Broken));
            fault.facts.clone_from(&job.facts);
            Some(fault.fact("job", job.id))
        }
    }
}
