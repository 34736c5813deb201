//! Accounts as administrators look at them: a page of the list, and one account with its sessions.
//! Not here: changing them (`mod`, `password`, `posts`).
//! Whoever is out of the reader's reach does not exist.

use shared::access::{Need, Scope, needs};
use shared::account::{AccountPage, AccountRow, AccountSheet};
use shared::fault::Fault;
use shared::text::Locale;
use store::users::{Sought, User};

use super::{life, reached, reset};
use crate::context::Ctx;
use crate::fault::Settle;
use crate::paging;
use crate::reference::Reference;
use crate::sessions;

/// Accounts of one page.
const PAGE: u64 = 50;
/// Longest text that is looked for, in characters.
const MOST: usize = 40;

/// What is looked for.
#[derive(Debug, Clone, Default)]
pub struct LookFor {
    /// Part of the name or the sign-in name.
    pub words: Option<String>,
    /// Where the page begins.
    pub cursor: Option<String>,
}

/// A page of the accounts in the caller's reach, by sign-in name.
///
/// # Errors
/// `access.denied`.
pub async fn page(ctx: &Ctx, look: LookFor) -> Result<AccountPage, Fault> {
    page_for(ctx, needs::ACCOUNTS, look).await
}

/// The same for who needs them for something else.
pub(super) async fn page_for(ctx: &Ctx, need: Need, look: LookFor) -> Result<AccountPage, Fault> {
    let scope = ctx.reach(need)?;
    let reference = ctx.services.reference().await?;
    let words = look.words.map(|words| shared::input::line(&words));
    let words = words.map(|words| words.chars().take(MOST).collect::<String>());
    let sought = Sought {
        units: units_of(&scope, &reference),
        words: words.filter(|words| !words.is_empty()),
        after: look.cursor.filter(|cursor| !cursor.is_empty()),
        limit: PAGE + 1,
    };
    let mut found = store::users::page(&ctx.services.store().reader(), sought)
        .await
        .settle(&ctx.services)?;
    let next_cursor = paging::cut(&mut found, PAGE as usize).map(|user| user.username.clone());
    let items = found
        .into_iter()
        .map(|user| row(user, &reference, ctx.locale));
    Ok(AccountPage {
        items: items.collect(),
        next_cursor,
    })
}

/// Codes of the units whose people a scope reaches; everybody where none is named.
pub(crate) fn units_of(scope: &Scope, reference: &Reference) -> Option<Vec<String>> {
    if *scope == Scope::All {
        return None;
    }
    let units = reference.units.values().filter(|unit| {
        scope.covers_region(&unit.region) || scope.covers_unit(&unit.code, &unit.path)
    });
    Some(units.map(|unit| unit.code.clone()).collect())
}

/// What the roles of the posts that were not taken back are called, each once.
fn names_of(user: &User, locale: Locale) -> Vec<String> {
    let mut names: Vec<String> = user
        .posts
        .iter()
        .filter_map(|post| post.spec.as_ref())
        .map(|spec| spec.label(locale).to_owned())
        .collect();
    names.dedup();
    names
}

fn row(user: User, reference: &Reference, locale: Locale) -> AccountRow {
    AccountRow {
        unit_name: reference.unit(&user.unit).name,
        active: user.active,
        password_given: user.password_given,
        roles: user.roles(),
        role_names: names_of(&user, locale),
        username: user.username,
        name: user.name,
        unit: user.unit,
        state: user.state,
    }
}

/// One account with its sessions.
///
/// # Errors
/// `access.denied`, `not_found`.
pub async fn sheet(ctx: &Ctx, username: &str) -> Result<AccountSheet, Fault> {
    let user = reached(ctx, needs::ACCOUNTS, username).await?;
    let may_reset = reset::may_reset(ctx, &user).is_ok();
    let sessions = sessions::views(ctx, user.id).await?;
    let has_factor = user.has_factor;
    let identities = sessions::provider::views(ctx, user.id).await?;
    let reference = ctx.services.reference().await?;
    let open = life::open_requests(ctx, &reference, &user.username).await;
    let history = life::history(ctx, &reference, user.id).await;
    let db = ctx.services.store().reader();
    let alarms = store::audit::alarms::about(&db, &user.username).await;
    Ok(AccountSheet {
        alarms: alarms.settle(&ctx.services)?,
        has_factor,
        identities,
        has_provider: sessions::provider::is_there(&ctx.services),
        version: user.version,
        seen_at: user.seen_at,
        requests: open.settle(&ctx.services)?,
        history: history.settle(&ctx.services)?,
        row: row(user, &reference, ctx.locale),
        sessions,
        may_reset,
    })
}
