//! What people see of linked platforms: what each was told, with its receipt, where it differs; and telling one again.
//! Not here: sending (`push`), comparing (`drift`).
//! For whoever makes accounts.

use shared::access::needs;
use shared::account::platform::{DriftView, PlatformPage, PlatformView, PushState, PushView};
use shared::fault::{Code, Fault};
use store::scim::Push;
use uuid::Uuid;

use super::line::Platform;
use super::push;
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::paging;
use crate::watch::watched;

/// Pushes of one page.
pub const PAGE: u64 = 50;
/// Differences that are shown.
const DRIFTS: u64 = 500;

/// Platforms, a page of what they were told, and where they differ.
///
/// # Errors
/// `access.denied`, `input.cursor`.
pub async fn page(ctx: &Ctx, cursor: Option<&str>) -> Result<PlatformPage, Fault> {
    watched(ctx, "platform.look", "platforms", shown(ctx, cursor)).await
}

async fn shown(ctx: &Ctx, cursor: Option<&str>) -> Result<PlatformPage, Fault> {
    ctx.ask(needs::PLATFORMS)?;
    let services = &ctx.services;
    let db = services.store().reader();
    let behind = cursor
        .filter(|it| !it.is_empty())
        .map(paging::read)
        .transpose()?;
    let looks = store::scim::looks(&db).await.settle(services)?;
    let platforms = services.platforms().iter().map(|platform| {
        let look = looks.iter().find(|look| look.platform == platform.code);
        PlatformView {
            code: platform.code.clone(),
            name: platform.name.clone(),
            owner: platform.owner.clone(),
            looked_at: look.map(|look| look.at),
            users: look.map_or(0, |look| look.users),
            trouble: look.map_or_else(String::new, |look| look.said.clone()),
        }
    });
    let mut found = store::scim::pages(&db, behind, PAGE + 1)
        .await
        .settle(services)?;
    let limit = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let next_cursor =
        paging::cut(&mut found, limit).map(|last| paging::place(last.made_at, last.id));
    let people = found.iter().map(|push| push.user).collect();
    let people = store::users::of_ids(&db, people).await.settle(services)?;
    let pushes = found.into_iter().map(|push| {
        let user = people.iter().find(|user| user.id == push.user);
        let username = user.map_or_else(String::new, |user| user.username.clone());
        view(services.platforms(), push, username)
    });
    let drifts = store::scim::drifts(&db, DRIFTS).await.settle(services)?;
    let drifts = drifts.into_iter().map(|drift| DriftView {
        platform_name: name_of(services.platforms(), &drift.platform),
        platform: drift.platform,
        username: drift.username,
        kind: drift.kind,
        found_at: drift.found_at,
    });
    Ok(PlatformPage {
        platforms: platforms.collect(),
        pushes: pushes.collect(),
        next_cursor,
        drifts: drifts.collect(),
    })
}

/// What a platform is called; one that is no longer linked by its code.
fn name_of(platforms: &[Platform], code: &str) -> String {
    let known = platforms.iter().find(|platform| platform.code == code);
    known.map_or_else(|| code.to_owned(), |platform| platform.name.clone())
}

fn view(platforms: &[Platform], push: Push, username: String) -> PushView {
    PushView {
        id: push.id.to_string(),
        platform_name: name_of(platforms, &push.platform),
        platform: push.platform,
        username,
        state: push.state,
        made_at: push.made_at,
        tries: push.tries,
        next_at: push.next_at,
        done_at: push.done_at,
        receipt: push.said,
    }
}

/// Tells a platform again of the account that a push was about.
///
/// # Errors
/// `access.denied`, `not_found`, `platform.gone`.
pub async fn again(ctx: &Ctx, id: Uuid) -> Result<(), Fault> {
    watched(
        ctx,
        "platform.push",
        format!("platform_push:{id}"),
        anew(ctx, id),
    )
    .await
}

async fn anew(ctx: &Ctx, id: Uuid) -> Result<(), Fault> {
    ctx.ask(needs::PLATFORMS)?;
    let services = &ctx.services;
    let found = store::scim::get(&services.store().reader(), id)
        .await
        .settle(services)?
        .ok_or_else(Fault::missing)?;
    let platforms = services.platforms();
    if !platforms.iter().any(|it| it.code == found.platform) {
        return Err(Fault::new(Code::PlatformGone).fact("platform", found.platform));
    }
    let mut audit = ctx.audit("platform.push", format!("user:{}", found.user), "ok");
    let platform = found.platform.clone();
    audit.facts.insert("platform".to_owned(), platform);
    let fresh = push::fresh(services, &found.platform, found.user);
    services
        .store()
        .write::<_, Failure, _>(move |tx| {
            let (found, fresh, audit) = (found.clone(), fresh.clone(), audit.clone());
            Box::pin(async move {
                // One that waits is sent at once; of one that has come to its end the receipt stays.
                if found.state == PushState::Waiting {
                    let now = Push {
                        next_at: fresh.next_at,
                        ..found
                    };
                    store::scim::settle(tx, &now).await?;
                } else {
                    store::scim::add(tx, std::slice::from_ref(&fresh)).await?;
                }
                Ok(store::audit::append(tx, &audit).await?)
            })
        })
        .await
        .settle(services)
}
