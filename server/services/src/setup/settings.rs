//! Of an office's file: what was decided and leaves no other trace.
//! Not here: the lists, among them the rules of signing in, and the people (`plan`).
//! What is so already is left out.

use shared::fault::Fault;
use store::marks::SetMark;

use super::file::Office;
use crate::context::Ctx;
use crate::fault::Settle;

/// Longest words of what was decided.
pub(super) const NOTE: usize = 200;

/// Marks with what was decided.
pub(super) async fn marks(ctx: &Ctx, office: &Office) -> Result<Vec<SetMark>, Fault> {
    let known = store::marks::all(&ctx.services.store().reader()).await;
    let known = known.settle(&ctx.services)?;
    let mut new = Vec::new();
    for (mark, said) in &office.decided {
        let note = note(&said.text);
        let same = |known: &&SetMark| known.mark == *mark && known.note == note;
        if known.iter().any(|known| same(&known)) {
            continue;
        }
        new.push(SetMark {
            mark: *mark,
            by: ctx.actor.user(),
            by_name: ctx.actor_name().into_owned(),
            at: ctx.now(),
            note,
        });
    }
    Ok(new)
}

/// What was decided, as it is kept.
pub(super) fn note(text: &str) -> Option<String> {
    let text: String = shared::input::line(text).chars().take(NOTE).collect();
    Some(text).filter(|text| !text.is_empty())
}
