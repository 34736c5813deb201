//! Forms of the process owner: check and deploy a definition, activate and withdraw versions, move running cases and take that back.
//! Not here: single cases (`verb`).
//! What a check finds and what a migration would do come back with the form as fields of their own, so that no script is needed.

use serde::Serialize;
use services::Ctx;
use services::approvals::owner::activate::{self as parts, Part};
use services::approvals::owner::{self, MigrationPlan};
use shared::access::needs;
use shared::approval::command::{Activate, Deploy, Migrate};
use shared::approval::rules;
use shared::calendar::Instant;
use shared::command::{Command as _, Sent};
use shared::fault::{Code, Fault, FieldFault};
use shared::ids::{ActivationId, MigrationId};
use shared::process::finding::{FindingCode, Remark};

use crate::forms::process::{FINDINGS, PREVIEW};
use crate::forms::{Call, Fields, FormRoute, Redirect, Refusal, STEP};

forms! {
    "/processes", needs::DEPLOYING, deploy, Texts;
    "/processes/{key}/{version}/activate", needs::DEPLOYING, activate;
    "/processes/{key}/{version}/withdraw", needs::DEPLOYING, withdraw;
    "/processes/{key}/{version}/activate-part", needs::DEPLOYING, activate_part;
    "/processes/{key}/{version}/withdraw-part", needs::DEPLOYING, withdraw_part;
    "/processes/{key}/{version}/retrace", needs::DEPLOYING, retrace;
    "/processes/{key}/{version}/migrate", needs::OPERATING, migrate;
    "/processes/{key}/{version}/undo", needs::OPERATING, undo;
}

/// The field that says why a chosen file could not be read: the reason, and the encoding that it is about.
pub const UNREAD: &str = "unread";
/// Longest text that comes back with its form, in bytes.
const KEPT: usize = 256 << 10;

/// Check, or deploy. A chosen file goes before the text.
pub async fn deploy(call: Call) -> Result<Redirect, Refusal> {
    let Call {
        ctx, mut fields, ..
    } = call;
    let only_check = fields.optional(STEP).is_some();
    for name in [STEP, FINDINGS] {
        fields.remove(name);
    }
    if let Some(unread) = fields.optional(UNREAD) {
        fields.remove(UNREAD);
        let fault = at_xml(not_read(&unread));
        return Err(Refusal::FaultWith(fault, fields.into_pairs()));
    }
    // A file is kept as it is; what was typed comes with the line ends of the browser.
    let file = fields.get("file").filter(|file| !file.trim().is_empty());
    let xml = match file {
        Some(file) => file.trim_start_matches('\u{feff}').to_owned(),
        None => fields.get("xml").unwrap_or_default().replace("\r\n", "\n"),
    };
    fields.remove("file");
    fields.set("xml", xml.as_str());
    let read = Deploy::read(Sent::form(fields.pairs()));
    if xml.len() > KEPT {
        fields.set("xml", "");
    }
    let result = match read {
        Err(fault) => return Err(Refusal::FaultWith(fault, fields.into_pairs())),
        Ok(command) if only_check => {
            return match owner::check(&ctx, command.xml.as_str()).await {
                Ok(findings) => Err(Refusal::Again(with(fields, FINDINGS, &findings))),
                Err(fault) => Err(Refusal::FaultWith(at_xml(fault), fields.into_pairs())),
            };
        }
        Ok(command) => send(&ctx, &command).await,
    };
    match result {
        Ok(to) => Ok(Redirect::to(to)),
        Err(fault) => {
            let fields = match owner::check(&ctx, &xml).await {
                Ok(findings) if !findings.is_empty() => with(fields, FINDINGS, &findings),
                _ => fields.into_pairs(),
            };
            Err(Refusal::FaultWith(at_xml(fault), fields))
        }
    }
}

/// Why a chosen file is no text.
fn not_read(unread: &str) -> Fault {
    let remark = Remark::from_json(unread).unwrap_or_else(|| Remark::new(FindingCode::Xml));
    Fault::new(Code::ProcessRefused)
        .fact("errors", 1)
        .fact("line", 1)
        .fact("finding", remark.to_json())
}

/// Deploys, and says where the new version is looked at.
async fn send(ctx: &Ctx, command: &Deploy) -> Result<String, Fault> {
    not_past(ctx, command.active_from)?;
    let done = owner::deploy(ctx, command.xml.as_str(), command.active_from).await?;
    // A file of decision tables is no process, and has no page.
    if owner::view(ctx, &done.key, Some(done.version))
        .await
        .is_err()
    {
        return Ok("/processes?done=tables".to_owned());
    }
    let word = if done.is_new { "deploy" } else { "same" };
    Ok(format!(
        "/processes/{}/{}?done={word}",
        done.key, done.version
    ))
}

/// Whoever chooses a day that is over has mistaken it.
fn not_past(ctx: &Ctx, from: Option<Instant>) -> Result<(), Fault> {
    let Some(from) = from else { return Ok(()) };
    rules::from_today("active_from", from.date(), ctx.now().date()).map(drop)
}

fn at_xml(fault: Fault) -> Fault {
    if fault.code != Code::ProcessRefused {
        return fault;
    }
    Fault::fields(vec![FieldFault {
        field: "xml".to_owned(),
        code: fault.code,
        facts: fault.facts,
    }])
}

/// The fields with a value that the page shows beside the form.
fn with(mut fields: Fields, name: &str, value: &impl Serialize) -> Vec<(String, String)> {
    fields.set(name, serde_json::to_string(value).unwrap_or_default());
    fields.into_pairs()
}

fn version(call: &Call) -> Result<(String, i32), Fault> {
    Ok((call.param(0)?, call.param(1)?))
}

/// New cases start on a version: from a day on, or now.
pub async fn activate(call: Call) -> Result<Redirect, Refusal> {
    let (key, version) = version(&call)?;
    let from = asked(&call)?.from;
    let done = owner::activate(&call.ctx, &key, version, from).await?;
    let active = done
        .active
        .map_or_else(String::new, |active| active.to_string());
    Ok(Redirect::to(format!(
        "/processes/{key}/{version}?done=activate&active={active}"
    )))
}

/// Recent tickets are said once more to a version.
pub async fn retrace(call: Call) -> Result<Redirect, Refusal> {
    let (key, version) = version(&call)?;
    owner::retrace(&call.ctx, &key, version).await?;
    Ok(Redirect::to(format!(
        "/processes/{key}/{version}?done=retrace"
    )))
}

/// No new case starts on a version any more.
pub async fn withdraw(call: Call) -> Result<Redirect, Refusal> {
    let (key, version) = version(&call)?;
    owner::withdraw(&call.ctx, &key, version).await?;
    Ok(Redirect::to(format!(
        "/processes/{key}/{version}?done=withdraw"
    )))
}

/// From when, and for which tickets.
fn asked(call: &Call) -> Result<Part, Fault> {
    let command = Activate::read(Sent::form(call.fields.pairs()))?;
    not_past(&call.ctx, command.active_from)?;
    Ok(command.into())
}

/// New tickets of an area or a kind start on a version: from a day on, or now.
pub async fn activate_part(call: Call) -> Result<Redirect, Refusal> {
    let (key, version) = version(&call)?;
    parts::for_part(&call.ctx, &key, version, asked(&call)?).await?;
    Ok(Redirect::to(format!(
        "/processes/{key}/{version}?done=activate-part"
    )))
}

/// An area or a kind has no version of its own any more.
pub async fn withdraw_part(call: Call) -> Result<Redirect, Refusal> {
    let (key, version) = version(&call)?;
    let id = call.fields.get("activation");
    let id: Option<ActivationId> = id.and_then(|text| text.parse().ok());
    parts::withdraw(&call.ctx, &key, id.ok_or_else(Fault::missing)?).await?;
    Ok(Redirect::to(format!(
        "/processes/{key}/{version}?done=withdraw-part"
    )))
}

/// How long the page of a migration is waited for; a long one goes on behind it.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(10);

/// Preview, or migrate.
pub async fn migrate(call: Call) -> Result<Redirect, Refusal> {
    let (key, from) = version(&call)?;
    let Call {
        ctx, mut fields, ..
    } = call;
    let dry_run = fields.optional(STEP).is_some();
    for name in [STEP, PREVIEW] {
        fields.remove(name);
    }
    // The version is in the path, and a preview is a button.
    let mut said = fields.clone();
    said.set("from", from.to_string());
    said.set("dry_run", if dry_run { "yes" } else { "no" });
    let command = Migrate::read(Sent::form(said.pairs()))?;
    let order = MigrationPlan::of(key.clone(), command, Some(PATIENCE));
    let done = owner::migrate(&ctx, order).await?;
    if dry_run {
        return Err(Refusal::Again(with(fields, PREVIEW, &done)));
    }
    if !done.is_finished {
        let to = done.to;
        return Ok(Redirect::to(format!(
            "/processes/{key}/{to}?done=migrating"
        )));
    }
    Ok(Redirect::to(format!(
        "/processes/{key}/{}?done=migrate&moved={}&cases={}",
        done.to, done.moved, done.cases
    )))
}

/// Take a migration back.
pub async fn undo(call: Call) -> Result<Redirect, Refusal> {
    let (key, version) = version(&call)?;
    let id = call.fields.get("migration");
    let id: Option<MigrationId> = id.and_then(|text| text.parse().ok());
    let undone = owner::undo_migration(&call.ctx, id.ok_or_else(Fault::missing)?).await?;
    Ok(Redirect::to(format!(
        "/processes/{key}/{version}?done=undo&back={}&stayed={}",
        undone.back, undone.stayed
    )))
}
