//! Reports that are kept: counted once more, numbered, and never changed; signed by a second person; remarked on by whoever sees them.
//! Not here: what a report says (`standard`), whose scope reaches one (`store::kept_reports`).
//! The digest is of what was stored, and is compared whenever a report is read.

use shared::access::needs;
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::ids::UserId;
use shared::report::{
    CommentView, KeptPage, KeptReport, KeptRow, MAX_COMMENT, Report, ReportAsked, differences,
};
use shared::text::{Locale, standard as words};
use store::kept_reports::{self, Reader};
use store::record;

use super::standard::{Told, sum, told};
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::paging;
use crate::watch::watched;

/// Rows of a page.
const PAGE: usize = 50;

/// Keeps a report as it comes out now, in the maker's scope; its number.
///
/// # Errors
/// As `standard`.
pub async fn keep(ctx: &Ctx, asked: &ReportAsked) -> Result<String, Fault> {
    let user = person(ctx)?;
    let scope = ctx.reach(needs::REPORT)?;
    let told = told(ctx, asked).await?;
    let content = serde_json::to_string(&told)
        .map_err(anyhow::Error::new)
        .settle(&ctx.services)?;
    let (reach, place) = kept_reports::reach_of(&scope);
    let kept = record::KeptReport {
        no: String::new(),
        name: asked.name,
        period: asked.period.to_string(),
        region: asked.region.clone(),
        category: asked.category.clone(),
        reach: reach.to_owned(),
        place,
        maker: user,
        made_by: ctx.actor.name.clone(),
        made_at: ctx.now(),
        hash: sum(&content),
        content,
        signer: None,
        signed_by: None,
        signed_at: None,
    };
    let own = ctx.clone();
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (ctx, mut kept, scope) = (own.clone(), kept.clone(), scope.clone());
            Box::pin(async move {
                let before = kept_reports::count(tx, kept.name, &kept.period).await?;
                kept.no = format!("{}-{}-{}", kept.name, kept.period, before + 1);
                kept_reports::insert(tx, &kept, &scope).await?;
                let mut entry = ctx.audit("report.keep", object(&kept.no), "ok");
                entry.facts.insert("hash".to_owned(), kept.hash.clone());
                store::audit::append(tx, &entry).await?;
                Ok(kept.no)
            })
        })
        .await
        .settle(&ctx.services)
}

/// Kept reports that the reader may see, newest first.
///
/// # Errors
/// `access.denied`, `input.cursor`.
pub async fn kept_list(ctx: &Ctx, cursor: Option<&str>) -> Result<KeptPage, Fault> {
    let scope = ctx.reach(needs::REPORT)?;
    let after = cursor
        .filter(|text| !text.is_empty())
        .map(|text| place(text).ok_or_else(paging::wrong))
        .transpose()?;
    let reader = Reader {
        scope: &scope,
        user: ctx.actor.user(),
    };
    let db = ctx.services.store().reader();
    let mut found = kept_reports::page(&db, reader, (after, PAGE + 1))
        .await
        .settle(&ctx.services)?;
    let next = paging::cut(&mut found, PAGE).map(|it| format!("{}_{}", it.made_at.0, it.no));
    Ok(KeptPage {
        next,
        items: found.into_iter().map(row).collect(),
    })
}

/// A place of the list: when the last report was made, and its number.
fn place(text: &str) -> Option<(Instant, &str)> {
    let (at, no) = text.split_once('_')?;
    Some((Instant(at.parse().ok()?), no))
}

/// A kept report with its remarks and what differs from the one before.
///
/// # Errors
/// `access.denied`, `not_found`.
pub async fn kept(ctx: &Ctx, no: &str) -> Result<KeptReport, Fault> {
    watched(ctx, "report.kept", object(no), Box::pin(read(ctx, no))).await
}

async fn read(ctx: &Ctx, no: &str) -> Result<KeptReport, Fault> {
    let found = find(ctx, no).await?;
    let db = ctx.services.store().reader();
    let remarks = kept_reports::remarks(&db, no).await.settle(&ctx.services)?;
    let [before, after] = kept_reports::neighbours(&db, &found)
        .await
        .settle(&ctx.services)?;
    let report = said(ctx, &found)?;
    let differences = match &before {
        Some(before) => differences(&said(ctx, before)?, &report),
        None => Vec::new(),
    };
    let is_own = ctx.actor.user() == Some(found.maker);
    let may_sign = found.signed_at.is_none() && !is_own && ctx.ask(needs::SIGNING).is_ok();
    let comment = |it: record::ReportComment| CommentView {
        by: it.author_name,
        at: it.said_at,
        text: it.words,
    };
    Ok(KeptReport {
        is_whole: is_whole(&found),
        may_sign: may_sign && is_whole(&found),
        comments: remarks.into_iter().map(comment).collect(),
        before: before.map(|it| it.no),
        after: after.map(|it| it.no),
        differences,
        report,
        row: row(found),
    })
}

/// Signs a report of somebody else's making.
///
/// # Errors
/// `access.denied`, `not_found`, `report.same_person`, `report.signed`, `report.changed`.
pub async fn sign(ctx: &Ctx, no: &str) -> Result<(), Fault> {
    watched(ctx, "report.sign", object(no), Box::pin(signed(ctx, no))).await
}

async fn signed(ctx: &Ctx, no: &str) -> Result<(), Fault> {
    ctx.ask(needs::SIGNING)?;
    let user = person(ctx)?;
    let found = find(ctx, no).await?;
    if found.maker == user {
        return Err(Fault::new(Code::ReportSamePerson));
    }
    if !is_whole(&found) {
        return Err(Fault::new(Code::ReportChanged));
    }
    let signed = record::KeptReport {
        signer: Some(user),
        signed_by: Some(ctx.actor.name.clone()),
        signed_at: Some(ctx.now()),
        ..found
    };
    let entry = ctx.audit("report.sign", object(no), "ok");
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (signed, entry) = (signed.clone(), entry.clone());
            Box::pin(async move {
                if !kept_reports::sign(tx, &signed).await? {
                    return Err(Fault::new(Code::ReportSigned).into());
                }
                Ok(store::audit::append(tx, &entry).await?)
            })
        })
        .await
        .settle(&ctx.services)
}

/// Remarks on a report.
///
/// # Errors
/// `access.denied`, `not_found`; faults at `text`.
pub async fn comment(ctx: &Ctx, no: &str, text: &str) -> Result<(), Fault> {
    let user = person(ctx)?;
    let found = find(ctx, no).await?;
    let text = shared::input::line(text);
    if text.is_empty() {
        return Err(Fault::field("text", Code::InputRequired));
    }
    if shared::input::refused(&text).is_some() {
        return Err(Fault::field("text", Code::InputCharacters));
    }
    if text.chars().count() > MAX_COMMENT {
        let mut fault = Fault::field("text", Code::InputTooLong);
        if let Some(first) = fault.fields.first_mut() {
            let max = MAX_COMMENT.to_string();
            first.facts.insert("max".to_owned(), max);
        }
        return Err(fault);
    }
    let remark = record::ReportComment {
        id: ctx.services.new_id(),
        report: found.no,
        author: user,
        author_name: ctx.actor.name.clone(),
        said_at: ctx.now(),
        words: text,
    };
    let entry = ctx.audit("report.comment", object(no), "ok");
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (remark, entry) = (remark.clone(), entry.clone());
            Box::pin(async move {
                kept_reports::remark(tx, &remark).await?;
                Ok(store::audit::append(tx, &entry).await?)
            })
        })
        .await
        .settle(&ctx.services)
}

fn object(no: &str) -> String {
    format!("report:{no}")
}

/// Reports are kept, signed and remarked on by people.
fn person(ctx: &Ctx) -> Result<UserId, Fault> {
    ctx.ask(needs::REPORT)?;
    ctx.actor.user().ok_or_else(Fault::denied)
}

async fn find(ctx: &Ctx, no: &str) -> Result<record::KeptReport, Fault> {
    let scope = ctx.reach(needs::REPORT)?;
    let reader = Reader {
        scope: &scope,
        user: ctx.actor.user(),
    };
    let db = ctx.services.store().reader();
    let found = kept_reports::find(&db, reader, no).await;
    found.settle(&ctx.services)?.ok_or_else(Fault::missing)
}

fn is_whole(kept: &record::KeptReport) -> bool {
    sum(&kept.content) == kept.hash
}

/// What it says in the reader's language, with its number and who made and signed it.
fn said(ctx: &Ctx, kept: &record::KeptReport) -> Result<Report, Fault> {
    let told: Told = serde_json::from_str(&kept.content)
        .map_err(anyhow::Error::new)
        .settle(&ctx.services)?;
    let locale = ctx.locale;
    let mut report = told.into_locale(locale);
    report.number.clone_from(&kept.no);
    let facts = [
        (words::NUMBER, kept.no.clone()),
        (
            words::MADE,
            words::by_at(&kept.made_by, &minute(kept.made_at)),
        ),
        (words::SIGNED, signature(kept, locale)),
        (words::DIGEST, kept.hash.clone()),
    ];
    // The digest of the content stands for that of the numbers.
    let digest = words::DIGEST.get(locale);
    report.facts.retain(|(name, _)| name != digest);
    let named = facts
        .into_iter()
        .map(|(name, value)| (name.get(locale).to_owned(), value));
    report.facts.extend(named);
    if !is_whole(kept) {
        let warning = words::CHANGED.get(locale).to_owned();
        report
            .parts
            .insert(0, shared::report::Part::Warning(warning));
    }
    Ok(report)
}

fn signature(kept: &record::KeptReport, locale: Locale) -> String {
    match (&kept.signed_by, kept.signed_at) {
        (Some(by), Some(at)) => words::by_at(by, &minute(at)),
        _ => words::UNSIGNED.get(locale).to_owned(),
    }
}

fn minute(at: Instant) -> String {
    at.local().format("%Y-%m-%d %H:%M").to_string()
}

fn row(kept: record::KeptReport) -> KeptRow {
    KeptRow {
        no: kept.no,
        name: kept.name,
        period: kept.period,
        region: kept.region,
        made_by: kept.made_by,
        made_at: kept.made_at,
        signed_by: kept.signed_by,
        signed_at: kept.signed_at,
        hash: kept.hash,
    }
}
