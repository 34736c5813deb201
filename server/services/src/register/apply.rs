//! The job of the register: makes the live tables of a revision when its time has come, and asks for the job by which open tickets follow where they do.
//! Each revision is one transaction that also notes that it is done, so that a second run, or another server, does nothing twice; what was
//! missed while nothing ran is caught up in its order. Not here: what a list's tables are (`office`), moving deadlines (`follow`).

use shared::calendar::Instant;
use shared::register::ListCode;
use store::StoreError;
use store::register::{At, Look, Part, Revision};

use super::{cells, follow, office};
use crate::context::{Ctx, Services};
use crate::fault::Failure;
use crate::jobs::Done;

/// One run.
pub(crate) async fn run(services: &Services) -> Result<Done, Failure> {
    let mut count = 0;
    let db = services.store().reader();
    for revision in store::register::due(&db, services.now()).await? {
        if apply(services, revision).await? {
            count += 1;
            services.bust_reference().await;
        }
    }
    for revision in store::register::unfollowed(&db).await? {
        if let Some(job) = follow::ask(services, &revision).await? {
            follow::some_steps(services, job).await?;
            count += 1;
        }
    }
    // What pages have at hand stays young also where nobody works.
    services.reference().await?;
    Ok(Done { count, more: false })
}

/// Whether open tickets follow a revision.
pub(super) fn is_followed(revision: &Revision) -> bool {
    match revision.list {
        // Which hours a unit has follows from where it stands.
        ListCode::Calendar | ListCode::Hours | ListCode::Units => true,
        ListCode::Limits => revision.open_too,
        ListCode::Categories
        | ListCode::Duties
        | ListCode::Settings
        | ListCode::Templates
        | ListCode::Texts
        | ListCode::Reasons
        | ListCode::Tags
        | ListCode::Bodies
        | ListCode::Checklist
        | ListCode::Channels
        | ListCode::Levels
        | ListCode::Population
        | ListCode::Warnings
        | ListCode::Own
        | ListCode::Aliases
        | ListCode::Quality
        | ListCode::Told
        | ListCode::Synonyms
        | ListCode::Divisions
        | ListCode::Ladder => false,
    }
}

/// Makes the live tables; false when somebody else has.
async fn apply(services: &Services, revision: Revision) -> Result<bool, Failure> {
    let part = Part {
        list: revision.list,
        area: revision.area.clone(),
    };
    let projection = projection(services, &part, &revision).await?;
    let seen = revision.version;
    let now = services.now();
    let mut done = revision;
    done.version += 1;
    done.applied_at = Some(now);
    if !is_followed(&done) {
        done.followed_at = Some(now);
    }
    // Rungs are reckoned from these; the other servers know the new ones by then.
    let anew = matches!(
        done.list,
        ListCode::Ladder | ListCode::Calendar | ListCode::Hours
    )
    .then_some(Instant(now.0 + follow::SETTLED));
    let mut audit = Ctx::system(services).audit("register.apply", super::object(&part), "ok");
    super::draft::facts(&mut audit, &done);
    let following = if done.followed_at.is_none() {
        Some(follow::begin(services, &done)?)
    } else {
        None
    };
    let written = services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (projection, done, audit) = (projection.clone(), done.clone(), audit.clone());
            let following = following.clone();
            Box::pin(async move {
                store::register::save(tx, &done, seen).await?;
                office::project(tx, &projection).await?;
                if let Some(following) = &following {
                    store::jobs::put(tx, following).await?;
                }
                if let Some(from) = anew {
                    store::tickets::ladder::look_again(tx, from).await?;
                }
                Ok(store::audit::append(tx, &audit).await?)
            })
        })
        .await;
    match written {
        Ok(()) => Ok(true),
        Err(Failure::Store(StoreError::Conflict { .. })) => Ok(false),
        Err(other) => Err(other),
    }
}

async fn projection(
    services: &Services,
    part: &Part,
    revision: &Revision,
) -> Result<office::Projection, Failure> {
    let db = services.store().reader();
    let at = At {
        number: revision.number,
        draft: None,
    };
    let held = store::register::rows(&db, part, at, office::EVERY).await?;
    let look = Look {
        limit: office::EVERY,
        ..Look::default()
    };
    let span = (revision.base, revision.number);
    let changed = store::register::changes(&db, part, span, &look).await?;
    let read = |body: Option<&String>| body.map(|body| cells(body)).transpose();
    let rows = held.iter().map(|row| read(row.body.as_ref()));
    let changes = changed
        .iter()
        .map(|row| Ok::<_, Failure>((read(row.before.as_ref())?, read(row.body.as_ref())?)));
    Ok(office::Projection {
        part: part.clone(),
        rows: rows
            .filter_map(Result::transpose)
            .collect::<Result<_, _>>()?,
        changes: changes.collect::<Result<_, _>>()?,
        at: revision.valid_from.unwrap_or(services.now()),
        open_too: revision.open_too,
    })
}
