//! Does what was planned of an office's file: lists, rules and decisions in one transaction, then the accounts, each with its link.
//! Not here: judging it (`plan`).
//! What stops between two accounts is taken up by the same command again; who has an account by then gets a link by `user reset`.

use shared::access::Need;
use shared::account::ResetLink;
use shared::fault::Fault;

use super::people::{self, Person};
use super::plan::Plan;
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::register;

/// An account that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Sign-in name.
    pub username: String,
    /// Display name.
    pub name: String,
    /// The link by which its owner chooses a password.
    pub link: ResetLink,
}

/// Carries a plan out; tells of each account as soon as it is made.
///
/// # Errors
/// `access.denied`; `register.draft_open` when somebody was faster; of the store.
pub async fn carry_out(ctx: &Ctx, plan: Plan, tell: &mut dyn FnMut(Made)) -> Result<(), Fault> {
    ctx.ask(Need::Owner)?;
    let services = &ctx.services;
    let lists = plan.lists.as_ref().map(register::Planned::lists);
    let lists = lists.unwrap_or_default();
    let marks = plan.marks.clone();
    if !lists.is_empty() || !marks.is_empty() {
        let mut audit = ctx.audit("setup.file", "installation", "ok");
        let count = |name: &str, count: usize| (name.to_owned(), count.to_string());
        audit.facts.extend([
            count("lists", lists.len()),
            count("marks", marks.len()),
            count("accounts", plan.people.len()),
        ]);
        services
            .store()
            .write::<_, Failure, _>(move |tx| {
                let (lists, marks, audit) = (lists.clone(), marks.clone(), audit.clone());
                Box::pin(async move {
                    register::write(tx, &lists).await?;
                    for mark in &marks {
                        store::marks::set(tx, mark).await?;
                    }
                    Ok(store::audit::append(tx, &audit).await?)
                })
            })
            .await
            .settle(services)?;
        services.bust_reference().await;
        register::run(services).await.settle(services)?;
    }
    for person in &plan.people {
        tell(made(ctx, person).await?);
    }
    Ok(())
}

async fn made(ctx: &Ctx, person: &Person) -> Result<Made, Fault> {
    let link = people::make(ctx, person).await?;
    Ok(Made {
        username: person.username.clone(),
        name: person.name.clone(),
        link,
    })
}
