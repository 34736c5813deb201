//! The figures of the home page. Counted by a job under the name `public` (security.md X-20: visitors never cause a count).
//! Not here: counting (`reports`, `jobs`).
//! Before the first count there are no figures, and the page shows none.

use shared::fault::Fault;
use shared::measure::{PublicFigures, Rate};

use crate::context::Ctx;
use crate::fault::{Failure, Settle};

/// Name under which the job keeps them.
pub const NAME: &str = "public";

/// The newest figures; all empty before the first count.
///
/// # Errors
/// `busy`, `broken`; `not_found` where the office shows none.
pub async fn figures(ctx: &Ctx) -> Result<PublicFigures, Fault> {
    if !ctx.services.reference().await?.open_figures {
        return Err(Fault::missing());
    }
    read(ctx).await.settle(&ctx.services)
}

async fn read(ctx: &Ctx) -> Result<PublicFigures, Failure> {
    let none = Rate {
        numerator: 0,
        denominator: 0,
    };
    let month = ctx.now().date().format("%Y-%m").to_string();
    match store::figures::get(&ctx.services.store().reader(), NAME).await? {
        Some((json, _)) => Ok(serde_json::from_str(&json).map_err(anyhow::Error::new)?),
        None => Ok(PublicFigures {
            month,
            answered_in_time: none,
            solved: none,
            satisfied: none,
        }),
    }
}
