//! Personal data as a matter of its own: the register of personal fields, and who looked at citizens' data (`looks`).
//! Not here: masks (`views::sight`), a citizen's own data (`citizens::own_data`), the register's rows (`shared::personal`).

mod looks;

pub use looks::{LookFor, looks};
pub(crate) use looks::{READ, kind_of};

use shared::access::needs;
use shared::fault::Fault;
use shared::personal::{
    FieldBasis, FieldClass, FieldMatter, FieldPurpose, FieldRetention, PersonalColumn,
    PersonalFields, register,
};
use shared::register::{OwnClass, OwnField};

use crate::context::Ctx;
use crate::watch::watched;

/// An own field as the register shows it; what the office says nothing of is as with the block of a ticket's citizen.
fn column(field: OwnField) -> PersonalColumn {
    let class = if field.class == OwnClass::Sensitive {
        FieldClass::Sensitive
    } else {
        FieldClass::Personal
    };
    PersonalColumn {
        table: "own".to_owned(),
        column: field.code,
        class,
        matter: FieldMatter::Answers,
        purpose: field.purpose.unwrap_or(FieldPurpose::Handle),
        basis: field.basis.unwrap_or(FieldBasis::Duty),
        retention: field.retention.unwrap_or(FieldRetention::Case),
    }
}

/// The register of personal fields, with the office's own fields about people.
///
/// # Errors
/// `access.denied`.
pub async fn fields(ctx: &Ctx) -> Result<PersonalFields, Fault> {
    let read = async {
        ctx.ask(needs::PERSONAL)?;
        let reference = ctx.services.reference().await?;
        let mut fields = register();
        let own = reference.lists.own_fields_about_people();
        fields.items.extend(own.into_iter().map(column));
        Ok::<_, Fault>(fields)
    };
    watched(ctx, "personal.fields", "personal-fields", read).await
}
