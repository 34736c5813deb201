//! Long work that is done in steps: what is to be done, who holds it until when, where it stands, what it came to.
//! Scope and cursor are sealed, since filters and examples may hold names; subject and report never do.
//! Not here: taking and moving a job (`run`), lists (`list`), what a kind of job does (`services::jobs::host`).

mod grants;
mod list;
mod run;
mod templates;

use std::collections::BTreeMap;

use sea_orm::ActiveValue::Set;
use serde::{Deserialize, Serialize};
use shared::calendar::Instant;
use shared::ids::{JobId, UserId};
use shared::job::JobState;

use crate::entity::trail::job::{ActiveModel, Model};
use crate::{Seal, StoreError};

pub use grants::{Grant, grant, grants, grants_of, withdraw};
pub use list::{Seen, expired, files, get, list, newest, open_of, purge, without_file};
pub use run::{
    Cancelled, Ending, Failed, Held, Pick, Stand, approve, await_second, cancel, claim, end,
    failed, hold, is_waiting, let_go, put, put_from, stand, took,
};
pub use templates::{Template, keep_template, remove_template, template, templates};

/// Place of the sealed part.
pub(crate) const PLACE: &str = "jobs.inside";

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct New {
    /// Its id.
    pub id: JobId,
    /// What kind of work.
    pub kind: &'static str,
    /// Of what only one may be under way; a second job with the same words is not made.
    pub once: Option<String>,
    /// Who asked for it; nobody for the application itself and for the machine's owner.
    pub owner: Option<UserId>,
    /// The name of whoever asked.
    pub owner_name: String,
    /// Division code of the owner's unit; empty without one.
    pub region: String,
    /// What it is about, for people; no personal data.
    pub subject: String,
    /// The work in particular, as JSON.
    pub scope: String,
    /// When it was asked for.
    pub at: Instant,
}

/// A file with a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultFile {
    /// Its name in the folder of results.
    pub name: String,
    /// How long it is.
    pub bytes: i64,
    /// When it is thrown away; never without it.
    pub until: Option<Instant>,
}

/// A job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// What kind of work.
    pub kind: String,
    /// Who asked for it.
    pub owner: Option<UserId>,
    /// The name of whoever asked.
    pub owner_name: String,
    /// Division code of the owner's unit.
    pub region: String,
    /// What it is about.
    pub subject: String,
    /// The work in particular, as JSON.
    pub scope: String,
    /// How it stands.
    pub state: JobState,
    /// Where it stands, in the kind's own words; nothing before the first step.
    pub cursor: Option<String>,
    /// How much was done.
    pub done: i64,
    /// How much there is, where that is known.
    pub total: Option<i64>,
    /// What it came to, as JSON.
    pub report: Option<String>,
    /// Code of what went wrong last.
    pub fault: Option<String>,
    /// Facts of it.
    pub facts: BTreeMap<String, String>,
    /// Failures of the step that comes next.
    pub tries: i64,
    /// Somebody has it, or nobody may take it, until then.
    pub held_until: Instant,
    /// Steps that were written.
    pub steps: i64,
    /// When somebody asked to stop it.
    pub cancel_at: Option<Instant>,
    /// Who asked to stop it.
    pub cancel_by: Option<String>,
    /// The result's file, while it is kept.
    pub file: Option<ResultFile>,
    /// How often the result was taken.
    pub taken: i64,
    /// Nobody works on it before a second person has agreed.
    pub awaits: bool,
    /// Who that was.
    pub approved_by: Option<String>,
    /// When it was asked for.
    pub made_at: Instant,
    /// When the first step began.
    pub started_at: Option<Instant>,
    /// When it ended.
    pub ended_at: Option<Instant>,
}

/// What is sealed of a job.
#[derive(Debug, Serialize, Deserialize)]
struct Inside {
    scope: String,
    cursor: Option<String>,
}

impl Inside {
    fn sealed(&self, seal: &Seal, id: JobId) -> Result<Vec<u8>, StoreError> {
        let plain = serde_json::to_vec(self).map_err(|e| StoreError::Broken(e.into()))?;
        seal.seal(PLACE, id.0.as_bytes(), &plain)
    }
}

fn read(seal: &Seal, row: Model) -> Result<Job, StoreError> {
    let plain = seal.open(&row.key_id, PLACE, row.id.as_bytes(), &row.inside)?;
    let inside: Inside =
        serde_json::from_slice(&plain).map_err(|e| StoreError::Broken(e.into()))?;
    let facts = row.facts.as_deref().map(serde_json::from_str).transpose();
    let state = JobState::parse(&row.state)
        .ok_or_else(|| StoreError::broken(format!("unknown state of a job {}", row.state)))?;
    Ok(Job {
        id: JobId(row.id),
        kind: row.kind,
        owner: row.owner.map(UserId),
        owner_name: row.owner_name,
        region: row.region,
        subject: row.subject,
        scope: inside.scope,
        state,
        cursor: inside.cursor,
        done: row.done,
        total: row.total,
        report: row.report,
        fault: row.fault,
        facts: facts
            .map_err(|e| StoreError::Broken(e.into()))?
            .unwrap_or_default(),
        tries: row.tries,
        held_until: Instant(row.held_until),
        steps: row.steps,
        cancel_at: row.cancel_at.map(Instant),
        cancel_by: row.cancel_by,
        file: row.file.map(|name| ResultFile {
            name,
            bytes: row.file_bytes.unwrap_or(0),
            until: row.file_until.map(Instant),
        }),
        taken: row.taken,
        awaits: row.awaits,
        approved_by: row.approved_by,
        made_at: Instant(row.made_at),
        started_at: row.started_at.map(Instant),
        ended_at: row.ended_at.map(Instant),
    })
}

fn row(seal: &Seal, new: &New, cursor: Option<String>) -> Result<ActiveModel, StoreError> {
    let inside = Inside {
        scope: new.scope.clone(),
        cursor,
    };
    Ok(ActiveModel {
        id: Set(new.id.0),
        kind: Set(new.kind.to_owned()),
        once: Set(new.once.clone()),
        owner: Set(new.owner.map(|user| user.0)),
        owner_name: Set(new.owner_name.clone()),
        region: Set(new.region.clone()),
        subject: Set(new.subject.clone()),
        key_id: Set(seal.key_id().to_owned()),
        inside: Set(inside.sealed(seal, new.id)?),
        state: Set(JobState::Open.as_str().to_owned()),
        done: Set(0),
        total: Set(None),
        report: Set(None),
        fault: Set(None),
        facts: Set(None),
        tries: Set(0),
        holder: Set(None),
        held_until: Set(0),
        steps: Set(0),
        cancel_at: Set(None),
        cancel_by: Set(None),
        file: Set(None),
        file_bytes: Set(None),
        file_until: Set(None),
        taken: Set(0),
        awaits: Set(false),
        approved_by: Set(None),
        made_at: Set(new.at.0),
        started_at: Set(None),
        ended_at: Set(None),
    })
}
