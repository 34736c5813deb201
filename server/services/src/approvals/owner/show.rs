//! What a process owner looks at: definitions and versions with their counts, the drawing with how many cases stand where, incidents.
//! Not here: single cases (`views`).
//! Counts are of the reader's scope.

use std::collections::BTreeMap;

use bpmn::diagram::{self, Mark};
use shared::access::{Scope, needs};
use shared::approval::view::{
    IncidentView, MigrationRow, ProcessRow, ProcessView, Standing, VersionRow,
};
use shared::calendar::Instant;
use shared::fault::Fault;
use shared::ids::ApprovalId;
use shared::person::conceal;
use shared::text::approval as words;
use shared::text::obstacle::Told as _;

use crate::applications;
use crate::context::Ctx;
use crate::fault::Settle;
use crate::host::denied::recorded;
use crate::host::library::{Library, Pins};
use crate::process::TICKET_MAIN;

/// Incidents on a page.
const INCIDENTS: u32 = 50;

/// Every definition with its versions.
///
/// # Errors
/// `access.denied` without the right to see processes.
pub async fn list(ctx: &Ctx) -> Result<Vec<ProcessRow>, Fault> {
    let what = ("process.list", "process".to_owned());
    recorded(ctx, what, rows(ctx)).await
}

/// How far the reader looks after cases.
fn scope_of(ctx: &Ctx) -> Result<Scope, Fault> {
    ctx.reach(needs::PROCESSES)
}

async fn rows(ctx: &Ctx) -> Result<Vec<ProcessRow>, Fault> {
    ctx.ask(needs::PROCESSES)?;
    let scope = scope_of(ctx)?;
    let services = &ctx.services;
    let reader = services.store().reader();
    let heads = store::definitions::heads(&reader).await.settle(services)?;
    let running = store::approvals::running_by_version(&reader, &scope)
        .await
        .settle(services)?;
    let incidents = store::approvals::incident_counts(&reader, &scope)
        .await
        .settle(services)?;
    let mut rows: Vec<ProcessRow> = Vec::new();
    for head in heads {
        let now = ctx.now();
        let version = version_row(&head, &running, now);
        match rows.last_mut().filter(|row| row.key == head.key) {
            Some(row) => {
                row.running += version.running;
                row.versions.push(version);
            }
            None => rows.push(ProcessRow {
                name: head.key.clone(),
                running: version.running,
                incidents: incidents.get(&head.key).copied().unwrap_or_default(),
                is_ticket: head.key == TICKET_MAIN,
                activations: Vec::new(),
                versions: vec![version],
                key: head.key,
            }),
        }
    }
    for row in &mut rows {
        only_one_active(&mut row.versions);
        row.name = name_of(ctx, row).await;
        if row.is_ticket {
            row.activations = super::activate::rows(ctx, &row.key).await?;
        }
    }
    Ok(rows)
}

/// What a definition is called in its newest version; one that cannot be read any more has only its key.
async fn name_of(ctx: &Ctx, row: &ProcessRow) -> String {
    let services = &ctx.services;
    let newest = row.versions.last().map_or(0, |last| last.version);
    let reader = services.store().reader();
    let found = services
        .machinery()
        .definition(&reader, &row.key, newest)
        .await;
    match found {
        Ok(Some(definition)) => definition.name_in(ctx.locale).to_owned(),
        Ok(None) | Err(_) => row.key.clone(),
    }
}

fn version_row(
    head: &store::definitions::Definition,
    running: &BTreeMap<(String, i32), i64>,
    now: Instant,
) -> VersionRow {
    VersionRow {
        version: head.version,
        deployed_at: head.deployed_at,
        active_from: head.active_from,
        withdrawn_at: head.withdrawn_at,
        is_active: head.is_active(now),
        running: running
            .get(&(head.key.clone(), head.version))
            .copied()
            .unwrap_or_default(),
        deployed_by: head.deployed_by.clone(),
    }
}

/// New cases start on the newest of the active versions.
fn only_one_active(versions: &mut [VersionRow]) {
    let mut found = false;
    for version in versions.iter_mut().rev() {
        if version.is_active && found {
            version.is_active = false;
        }
        found |= version.is_active;
    }
}

/// One version of a definition; the newest without a number.
///
/// # Errors
/// `not_found` for a version that is not deployed.
pub async fn view(ctx: &Ctx, key: &str, version: Option<i32>) -> Result<ProcessView, Fault> {
    let what = ("process.view", format!("process:{key}"));
    recorded(ctx, what, read(ctx, key, version)).await
}

#[allow(clippy::too_many_lines, reason = "one view, put together in one place")]
async fn read(ctx: &Ctx, key: &str, version: Option<i32>) -> Result<ProcessView, Fault> {
    ctx.ask(needs::PROCESSES)?;
    let services = &ctx.services;
    let reader = services.store().reader();
    let scope = scope_of(ctx)?;
    let row = rows(ctx)
        .await?
        .into_iter()
        .find(|row| row.key == key)
        .ok_or_else(Fault::missing)?;
    let chosen = match version {
        Some(number) => row.versions.iter().find(|v| v.version == number),
        None => row
            .versions
            .iter()
            .find(|v| v.is_active)
            .or_else(|| row.versions.last()),
    };
    let chosen = chosen.cloned().ok_or_else(Fault::missing)?;
    let library = services
        .library(&reader, (key, chosen.version), &Pins::new())
        .await
        .settle(services)?;
    let is_application = key == applications::KEY;
    let is_newest = row.versions.last().map(|last| last.version) == Some(chosen.version);
    let found = if row.is_ticket {
        store::approvals::tickets_standing(&reader, (key, chosen.version)).await
    } else if is_application && is_newest {
        store::applications::standing(&reader).await
    } else {
        store::approvals::standing(&reader, &scope, (key, chosen.version)).await
    };
    let standing: Vec<Standing> = found
        .settle(services)?
        .into_iter()
        .map(|standing| Standing {
            name: library.name_of(&standing.element, ctx.locale),
            element: standing.element,
            count: standing.cases,
        })
        .collect();
    let may_operate = needs::OPERATING.is_met_by(&ctx.actor);
    let incidents = if may_operate {
        incidents(ctx, (&scope, key), &library).await?
    } else {
        Vec::new()
    };
    let migrations = store::host::migrations::list(&reader, key)
        .await
        .settle(services)?
        .into_iter()
        .map(|m| MigrationRow {
            id: m.id,
            from: m.from_version,
            to: m.to_version,
            at: m.at,
            by: m.by_name,
            moved: m.moved,
            undone_at: m.undone_at,
        })
        .collect();
    let active = row.versions.iter().find(|version| version.is_active);
    let active = active.filter(|it| it.version != chosen.version && !is_application);
    let beside = match active {
        Some(active) => {
            let of = (key, active.version);
            Some(super::differ::beside(ctx, &scope, of, row.is_ticket, &library.main).await?)
        }
        None => None,
    };
    let xml = library.main.to_xml();
    let mut findings = super::judge::complete(ctx, &xml).await?.1;
    // The shipped process of applications is there; that no file may take its name is no fault of it.
    findings.retain(|finding| !is_application || finding.severity != "error");
    let tables = super::fetch::tables_of(&reader, &library.main)
        .await
        .settle(services)?;
    Ok(ProcessView {
        key: key.to_owned(),
        name: row.name.clone(),
        svg: diagram::draw(
            &library.main,
            ctx.locale,
            &row.name,
            &marks(&standing, ctx.locale),
        ),
        findings,
        tables,
        beside,
        is_ticket: row.is_ticket,
        activations: row.activations,
        areas: if row.is_ticket {
            super::activate::areas(ctx).await?
        } else {
            Vec::new()
        },
        standing,
        incidents,
        migrations,
        may_manage: needs::DEPLOYING.is_met_by(&ctx.actor) && !is_application,
        may_operate,
        retraced: if row.is_ticket {
            super::retrace::newest(ctx, chosen.version).await?
        } else {
            None
        },
        version: chosen,
        versions: row.versions,
    })
}

fn marks(standing: &[Standing], locale: shared::text::Locale) -> BTreeMap<String, Mark> {
    standing
        .iter()
        .map(|standing| {
            let mark = Mark {
                classes: vec!["is-here"],
                words: Some(words::CASES_HERE.get(locale).to_owned()),
                count: u64::try_from(standing.count).ok(),
                ..Mark::default()
            };
            (standing.element.clone(), mark)
        })
        .collect()
}

async fn incidents(
    ctx: &Ctx,
    (scope, key): (&Scope, &str),
    library: &Library,
) -> Result<Vec<IncidentView>, Fault> {
    let services = &ctx.services;
    let found =
        store::approvals::incidents(&services.store().reader(), scope, key, (None, INCIDENTS))
            .await
            .settle(services)?;
    let reader = services.store().reader();
    let tickets = if key == TICKET_MAIN {
        store::host::incidents_of_tickets(&reader, scope, INCIDENTS)
            .await
            .settle(services)?
    } else {
        Vec::new()
    };
    let tickets = tickets
        .into_iter()
        .map(|(id, no, version, incident)| (ApprovalId(id.0), no, version, incident, Some(id)));
    let applications = if key == applications::KEY {
        store::host::incidents_of_applications(&reader, scope, INCIDENTS)
            .await
            .settle(services)?
    } else {
        Vec::new()
    };
    let applications = applications.into_iter().map(|stopped| {
        let (id, no) = (ApprovalId(stopped.application.0), stopped.no);
        (
            id,
            no,
            stopped.version,
            stopped.incident,
            Some(stopped.ticket),
        )
    });
    let found = found
        .into_iter()
        .map(|(id, no, version, incident)| (id, no, version, incident, None));
    Ok(found
        .chain(tickets)
        .chain(applications)
        .map(
            |(approval, approval_no, version, incident, ticket)| IncidentView {
                approval,
                approval_no,
                ticket,
                version,
                number: incident.n,
                kind: incident.kind,
                element_name: library.name_of(&incident.element, ctx.locale),
                element: incident.element,
                words: conceal(&incident.obstacle.told(ctx.locale)),
                tries: incident.tries,
                opened_at: incident.opened_at,
            },
        )
        .collect())
}
