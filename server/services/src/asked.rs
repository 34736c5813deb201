//! How services ask for a need (I6): the right first, then the scope inside which it holds. Each asking is traced, so that a test can see that
//! the service behind an entrance asks what the access table says of it (I13).
//! Not here: the needs themselves (`shared::access::needs`, `Verb::need`), who holds a permission (`shared::access`).

use shared::access::{Need, Scope};
use shared::fault::{Code, Fault};

use crate::context::Ctx;
use crate::watch;

/// Target of the trace line of each asking.
pub const TRACE: &str = "minsheng::need";

impl Ctx {
    /// Refuses a caller who does not meet the need.
    ///
    /// # Errors
    /// `session.signed_out` for nobody, `access.denied` for somebody.
    pub fn ask(&self, need: Need) -> Result<(), Fault> {
        tracing::trace!(target: "minsheng::need", need = ?need);
        need.ask(&self.actor)
    }

    /// The scope inside which the caller meets the need.
    ///
    /// # Errors
    /// As `ask`.
    pub fn reach(&self, need: Need) -> Result<Scope, Fault> {
        self.ask(need)?;
        need.scope(&self.actor).ok_or_else(Fault::denied)
    }
}

/// The router's question, before anything of a body is read. The service behind asks again; that the door refused somebody stands in the
/// audit as if the service had (`entrance` is method and path, or the form's).
///
/// # Errors
/// As `Ctx::ask`.
pub async fn at_the_door(ctx: &Ctx, need: Need, entrance: &str) -> Result<(), Fault> {
    let asked = need.ask(&ctx.actor);
    if let Err(fault) = &asked
        && ctx.actor.user().is_some()
        // Who may, and is asked to prove it, is refused nothing.
        && fault.code != Code::ProofNeeded
    {
        // Boxed: every request goes through here, and hardly any is refused.
        Box::pin(recorded(ctx, need, entrance, fault)).await;
    }
    asked
}

/// Keeps that somebody was turned away at an entrance although the token was good, and why.
pub async fn turned_away(ctx: &Ctx, entrance: &str, why: &str) {
    let mut entry = ctx.audit("entrance", entrance, Code::AccessDenied.as_str());
    entry.facts.insert("why".to_owned(), why.to_owned());
    watch::refused(ctx, entry).await;
}

async fn recorded(ctx: &Ctx, need: Need, entrance: &str, fault: &Fault) {
    let mut entry = ctx.audit("entrance", entrance, fault.code.as_str());
    let permission = need.permission().map(|permission| permission.to_string());
    entry
        .facts
        .extend(permission.map(|permission| ("permission".to_owned(), permission)));
    watch::refused(ctx, entry).await;
}
