//! Personal data as a matter of its own: the register of personal fields, and who looked at citizens' data (`looks`).
//! Not here: masks (`views::sight`), a citizen's own data (`citizens::own_data`), the register's rows (`shared::personal`).

mod looks;

pub use looks::{LookFor, looks};
pub(crate) use looks::{READ, kind_of};

use shared::access::needs;
use shared::fault::Fault;
use shared::personal::{PersonalFields, register};

use crate::context::Ctx;
use crate::watch::watched;

/// The register of personal fields.
///
/// # Errors
/// `access.denied`.
pub async fn fields(ctx: &Ctx) -> Result<PersonalFields, Fault> {
    let read = async {
        ctx.ask(needs::PERSONAL)?;
        Ok::<_, Fault>(register())
    };
    watched(ctx, "personal.fields", "personal-fields", read).await
}
