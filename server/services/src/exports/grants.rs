//! Standing approvals: what a second person has agreed to for a while (person, purpose, own columns, rows, until when) needs no further word.
//! Given with an approval, withdrawn at any time by whoever could have given it; each use stands in the audit of its export.
//! Not here: the approval itself (`jobs::host::desk`), the rows (`store::jobs`).

use shared::access::needs;
use shared::fault::{Code, Fault};
use shared::ids::{JobId, UserId};
use shared::job::GrantView;
use store::jobs::{self, Grant, Seen};

use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle};

/// For how many days an approval may stand.
pub const DAYS: [u32; 3] = [7, 30, 90];
/// Milliseconds of a day.
pub(super) const DAY: i64 = 24 * 3_600_000;
/// Approvals that are shown.
const SHOWN: u32 = 100;

/// The approval that an export of a person is covered by.
pub(super) async fn covering(
    services: &Services,
    user: UserId,
    (purpose, count, columns): (&str, i64, &[String]),
) -> Result<Option<Grant>, Failure> {
    let db = services.store().reader();
    let holding = jobs::grants_of(&db, user, services.now()).await?;
    let covers = |grant: &Grant| {
        grant.purpose == purpose
            && grant.most_rows >= count
            && columns.iter().all(|code| grant.columns.contains(code))
    };
    Ok(holding.into_iter().find(covers))
}

/// The most rows that an approval of a person covers.
pub(super) async fn most(services: &Services, user: UserId) -> Result<i64, Failure> {
    let db = services.store().reader();
    let holding = jobs::grants_of(&db, user, services.now()).await?;
    let rows = holding.iter().map(|grant| grant.most_rows);
    Ok(rows.max().unwrap_or_default())
}

/// Those that hold now, as far as the reader sees them.
pub(crate) async fn shown(ctx: &Ctx, seen: &Seen) -> Result<Vec<GrantView>, Fault> {
    let db = ctx.services.store().reader();
    let found = jobs::grants(&db, seen, ctx.now(), SHOWN).await;
    let found = found.settle(&ctx.services)?;
    let may = needs::EXPORT.is_met_by(&ctx.actor) && needs::OTHERS_JOBS.is_met_by(&ctx.actor);
    let own = ctx.actor.user();
    let view = |grant: Grant| GrantView {
        may_withdraw: may && Some(grant.asker) != own,
        job: grant.job,
        asker: grant.asker_name,
        purpose: grant.purpose,
        columns: grant.columns,
        most_rows: grant.most_rows,
        given_by: grant.given_by,
        ends_at: grant.ends_at,
    };
    // What an export is for is told to who asked and to who may agree.
    let found = found.into_iter();
    let found = found.filter(|grant| may || Some(grant.asker) == own);
    Ok(found.map(view).collect())
}

/// Ends a standing approval before its day.
///
/// # Errors
/// `access.denied`; `not_found` for one that the reader does not see or that holds no more; `export.same_person`.
pub async fn withdraw(ctx: &Ctx, id: JobId) -> Result<(), Fault> {
    ctx.ask(needs::OTHERS_JOBS)?;
    let seen = Seen {
        own: None,
        scope: needs::OTHERS_JOBS.scope(&ctx.actor),
    };
    let db = ctx.services.store().reader();
    let found = jobs::grants(&db, &seen, ctx.now(), u32::MAX).await;
    let found = found.settle(&ctx.services)?;
    let mut found = found.into_iter();
    let grant = found
        .find(|grant| grant.job == id)
        .ok_or_else(Fault::missing)?;
    ctx.ask(needs::EXPORT)?;
    if Some(grant.asker) == ctx.actor.user() {
        return Err(Fault::new(Code::ExportSamePerson));
    }
    let by = crate::jobs::host::desk::name_of(ctx);
    let entry = ctx.audit("export.grant.withdraw", format!("job:{id}"), "ok");
    let now = ctx.now();
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                if jobs::withdraw(tx, id, &by, now).await? {
                    store::audit::append(tx, &[entry]).await?;
                }
                Ok(())
            })
        })
        .await
        .settle(&ctx.services)
}
