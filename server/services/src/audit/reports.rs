//! The monthly report about the audit: counted from its rows, signed with the installation's key and frozen.
//! Not here: keeping and signing (`store::audit::reports`), which acts a question means (`search`).
//! A month without a row has no report.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use shared::access::{
    AuditActCount, AuditQuestion, AuditReport, AuditReportView, AuditReports, Permission, needs,
};
use shared::calendar::{Instant, WorkCalendar, day_start};
use shared::fault::Fault;
use store::audit::reports::{self, Acted};
use store::audit::{AuditQuery, first_row};

use super::search::actions_of;
use crate::context::{Ctx, Services};
use crate::fault::{Failure, Settle};
use crate::jobs::Done;
use crate::watch::watched;

/// Reports that are shown: ten years.
const MOST: u64 = 120;
/// Rows of one read.
const READ: u32 = 500;

/// Makes the report of the month before, where there is none.
pub(crate) async fn run(services: &Services) -> Result<Done, Failure> {
    let now = services.now();
    let Some((first, next)) = month_before(now.date()).filter(|_| services.clock_is_settled())
    else {
        return Ok(Done::default());
    };
    let month = first.format("%Y-%m").to_string();
    let db = services.store().report_reader();
    if reports::is_there(&db, &month).await? {
        return Ok(Done::default());
    }
    let (from, to) = (day_start(first), day_start(next));
    let acts = reports::acts(&db, from, to).await?;
    if acts.is_empty() {
        return Ok(Done::default());
    }
    let report = counted(services, (month.as_str(), from, to), acts).await?;
    let content = serde_json::to_string(&report).map_err(anyhow::Error::new)?;
    let mut entry = Ctx::job(services, "audit_reports").audit("audit.report", "audit", "ok");
    entry.facts.insert("month".to_owned(), month.clone());
    let is_new = services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (month, content, entry) = (month.clone(), content.clone(), entry.clone());
            Box::pin(async move {
                let is_new = reports::keep(tx, (month.as_str(), now), &content).await?;
                if is_new {
                    store::audit::append(tx, &entry).await?;
                }
                Ok(is_new)
            })
        })
        .await?;
    Ok(Done {
        count: u64::from(is_new),
        more: false,
    })
}

/// The first day of the month before, and of this one.
fn month_before(today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    use chrono::Datelike as _;
    let next = today.with_day(1)?;
    Some((next.checked_sub_months(Months::new(1))?, next))
}

async fn counted(
    services: &Services,
    (month, from, to): (&str, Instant, Instant),
    acts: Vec<Acted>,
) -> Result<AuditReport, Failure> {
    let reference = services.reference().await?;
    let db = services.store().report_reader();
    let mut questions = BTreeMap::new();
    for question in AuditQuestion::ALL {
        let actions = actions_of(*question);
        let of = acts
            .iter()
            .filter(|act| actions.contains(&act.action.as_str()));
        let count: i64 = match question {
            AuditQuestion::Failures => acts.iter().map(|act| act.failed).sum(),
            AuditQuestion::OffHours => off_hours(services, (from, to), &reference.calendar).await?,
            _ => of.map(|act| act.counted).sum(),
        };
        questions.insert(question.code().to_owned(), count);
    }
    let raised = reports::raised(&db, from, to).await?.into_iter();
    Ok(AuditReport {
        month: month.to_owned(),
        last_row: acts.iter().map(|act| act.last_row).max().unwrap_or(0),
        questions,
        alarms: raised.map(|row| (row.rule, row.counted)).collect(),
        acts: acts
            .into_iter()
            .map(|act| AuditActCount {
                action: act.action,
                counted: act.counted,
                failed: act.failed,
            })
            .collect(),
    })
}

/// Looks outside working time, row by row.
async fn off_hours(
    services: &Services,
    (from, to): (Instant, Instant),
    calendar: &WorkCalendar,
) -> Result<i64, Failure> {
    let db = services.store().report_reader();
    let actions = actions_of(AuditQuestion::OffHours).iter();
    let mut query = AuditQuery {
        actions: actions.map(|action| (*action).to_owned()).collect(),
        since: first_row(&db, from).await?,
        from: Some(from),
        to: Some(to),
        limit: READ,
        ..AuditQuery::default()
    };
    let mut count = 0;
    loop {
        let page = store::audit::list(&db, &query).await?;
        let at_night = |row: &&store::audit::AuditRow| !calendar.is_open(row.entry.at);
        let found = page.items.iter().filter(at_night).count();
        count += i64::try_from(found).unwrap_or(i64::MAX);
        query.cursor = page.next_cursor;
        if query.cursor.is_none() {
            return Ok(count);
        }
    }
}

/// The reports, the newest first, each checked against its signature.
///
/// # Errors
/// `access.denied`.
pub async fn list(ctx: &Ctx) -> Result<AuditReports, Fault> {
    let read = async {
        ctx.ask(needs::AUDIT)?;
        let db = ctx.services.store().reader();
        let found = reports::list(&db, MOST).await.settle(&ctx.services)?;
        let view = |(kept, hash, holds): (reports::AuditReport, String, bool)| {
            // What cannot be read any more was changed as well.
            let read = serde_json::from_str(&kept.content).ok();
            let holds = holds && read.is_some();
            let report = read.unwrap_or_else(|| AuditReport {
                month: kept.month,
                last_row: 0,
                questions: BTreeMap::new(),
                alarms: BTreeMap::new(),
                acts: Vec::new(),
            });
            AuditReportView {
                report,
                made_at: kept.made_at,
                hash,
                holds,
            }
        };
        Ok(AuditReports {
            items: found.into_iter().map(view).collect(),
        })
    };
    watched(ctx, Permission::AuditRead.code(), "audit", read).await
}
