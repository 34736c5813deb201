//! What the filters of a list of approvals can be: definitions, and the steps of the one that is chosen.
//! Not here: places and units (`directory`), the list (`rows`).
//! Definitions are in memory after the first look.

use std::collections::BTreeMap;

use shared::access::needs;
use shared::approval::view::ApprovalChoices;
use shared::fault::Fault;
use shared::ticket::view::Named;

use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::host::library::name_in;
use crate::process::is_reserved;

/// Definitions to choose from at most.
const LISTED: usize = 200;

/// Definitions with their names, and the steps of the newest version of the one that is chosen.
///
/// # Errors
/// `access.denied` without the right.
pub async fn choices(ctx: &Ctx, chosen: Option<&str>) -> Result<ApprovalChoices, Fault> {
    ctx.ask(needs::APPROVALS)?;
    read(ctx, chosen).await.settle(&ctx.services)
}

async fn read(ctx: &Ctx, chosen: Option<&str>) -> Result<ApprovalChoices, Failure> {
    let reader = ctx.services.store().reader();
    let heads = store::definitions::heads(&reader).await?;
    // By key and version: the newest of each stays.
    let newest: BTreeMap<String, i32> = heads
        .into_iter()
        .filter(|head| !is_reserved(&head.key))
        .map(|head| (head.key, head.version))
        .collect();
    let mut found = ApprovalChoices {
        definitions: Vec::new(),
        steps: Vec::new(),
    };
    for (key, version) in newest.into_iter().take(LISTED) {
        let machinery = ctx.services.machinery();
        let Some(definition) = machinery.definition(&reader, &key, version).await? else {
            continue;
        };
        if chosen == Some(key.as_str()) {
            let tasks = definition.tree().all();
            let tasks = tasks.filter(|element| element.kind() == "userTask");
            found.steps.extend(tasks.map(|element| Named {
                code: element.id().to_owned(),
                name: name_in(&definition, element.id(), ctx.locale).to_owned(),
            }));
        }
        let name = definition.name_in(ctx.locale).to_owned();
        found.definitions.push(Named { code: key, name });
    }
    Ok(found)
}
