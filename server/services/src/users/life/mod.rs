//! The life of accounts: asked for, approved, granted, enabled; changed, frozen, resumed and cancelled. Who takes a step took none before, and
//! nobody decides about himself (`domain.md` 9). Every step stands in the account's history and in the audit.
//! `ask` asks, `grant` for a single post, `decide` answers, `carry` carries out, `hand_over` moves open tasks, `still` freezes by clock, `review` reviews, `stand_in` lets others act, `view` shows, `posts` gives roles, `provision` does what an identity management says.
//! Not here: accounts as such and passwords (`users`), which step is next (`shared::account::life`).

mod ask;
mod carry;
mod decide;
mod freeze;
mod grant;
mod hand_over;
pub(super) mod posts;
pub(crate) mod provision;
mod review;
mod stand_in;
mod still;
mod view;

use shared::account::life::AccountEvent;
use shared::account::posts::GivePost;
use shared::fault::{Code, Fault};
use shared::ids::UserId;
use store::life::AccountLine;

use crate::context::Ctx;
use crate::fault::Failure;

pub(super) use ask::begun;
pub use ask::{AskAccount, ask, choices, withdraw};
pub use decide::{Answer, Decided, decide};
pub(crate) use freeze::stop;
pub use freeze::{Freeze, freeze};
pub(super) use grant::ask_post;
pub use hand_over::{detail, preview};
pub(crate) use review::run as review_quarter;
pub use review::{answer_review, review, reviews};
pub use stand_in::{answer_stand_in, ask_stand_in, stand_ins};
pub(crate) use still::{IDLE_DAYS, freeze_idle, lapse};
pub use view::{LookForRequests, request, requests};
pub(super) use view::{history, open_requests};

/// How long a request waits for its answer, in days.
pub const REQUEST_DAYS: i64 = 30;
/// Longest words of a reason, in characters.
pub(crate) const REASON: usize = 500;

/// The name of whoever acts, as it stays in histories.
pub(super) fn name_of(ctx: &Ctx) -> String {
    if ctx.actor.name.is_empty() {
        ctx.actor_name().into_owned()
    } else {
        ctx.actor.name.clone()
    }
}

/// A line of the present in somebody's history; the store gives its number.
pub(super) fn line(ctx: &Ctx, user: UserId, kind: AccountEvent) -> AccountLine {
    AccountLine {
        user_id: user,
        seq: 0,
        kind,
        at: ctx.now(),
        by_user: ctx.actor.user(),
        by_name: name_of(ctx),
        request: None,
        reason: None,
        facts: std::collections::BTreeMap::new(),
    }
}

/// Posts as they are kept.
pub(super) fn posts_text(posts: &[GivePost]) -> String {
    // Codes and numbers always have a JSON.
    serde_json::to_string(posts).unwrap_or_default()
}

/// The posts of such a text.
pub(super) fn posts_of(text: &str) -> Result<Vec<GivePost>, Failure> {
    serde_json::from_str(text).map_err(|error| Failure::Broken(anyhow::Error::new(error)))
}

/// Words of why, as they are kept.
///
/// # Errors
/// At this field: none where there must be some, or too many.
pub(super) fn reason(field: &'static str, words: &str, needed: bool) -> Result<String, Fault> {
    let words = shared::input::line(words);
    let length = words.chars().count();
    if needed && words.is_empty() {
        return Err(Fault::field(field, Code::InputRequired));
    }
    if length > REASON {
        let mut check = shared::fault::Check::default();
        check.add_with(
            field,
            Code::InputTooLong,
            &[("max", &REASON), ("length", &length)],
        );
        check.finish()?;
    }
    Ok(words)
}
