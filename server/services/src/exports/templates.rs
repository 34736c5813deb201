//! Templates of exports: a named choice of columns, their order, format and related parts, for oneself or for the people of one's unit.
//! A template gives no right: what its user may not have is left out of the file, and the file says so.
//! Not here: the rows (`store::jobs`), how an export is laid out by one (`job`, `columns`).

use shared::access::needs;
use shared::export::{ExportPart, KeepTemplate, Layout, MOST_NAME, MOST_TEMPLATES, TemplateView};
use shared::fault::{Code, Fault, FieldFault};
use shared::ids::UserId;
use shared::job::ExportFormat;
use store::jobs::{self, Template};
use uuid::Uuid;

use super::job::keys;
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::jobs::host::desk::name_of;

/// Templates that are shown: one's own, and those of a unit.
const SHOWN: u32 = 200;

/// Who asks: the person, and the code of the person's unit.
fn reader(ctx: &Ctx) -> Result<(UserId, String), Fault> {
    ctx.ask(needs::EXPORT)?;
    let user = ctx.actor.user().ok_or_else(Fault::denied)?;
    Ok((user, ctx.actor.unit.clone().unwrap_or_default()))
}

fn view(own: UserId, template: Template) -> TemplateView {
    let parts = template.parts.iter();
    TemplateView {
        id: template.id.to_string(),
        name: template.name,
        columns: template.columns,
        format: ExportFormat::parse(&template.format).unwrap_or(ExportFormat::USUAL),
        parts: parts.filter_map(|word| ExportPart::parse(word)).collect(),
        shared: template.shared,
        owner: template.owner_name,
        is_own: template.owner == own,
    }
}

/// The templates that the reader may use, by their names.
///
/// # Errors
/// `access.denied`.
pub async fn list(ctx: &Ctx) -> Result<Vec<TemplateView>, Fault> {
    let (user, unit) = reader(ctx)?;
    let db = ctx.services.store().reader();
    let found = jobs::templates(&db, (user, &unit), SHOWN).await;
    let found = found.settle(&ctx.services)?.into_iter();
    Ok(found.map(|template| view(user, template)).collect())
}

/// Keys and names of the columns that the reader may choose from: the usual ones, then the office's own fields.
///
/// # Errors
/// `access.denied`.
pub async fn columns(ctx: &Ctx) -> Result<Vec<(String, String)>, Fault> {
    ctx.ask(needs::EXPORT)?;
    let reference = ctx.services.reference().await?;
    let usual = shared::text::export::TICKET_KEYS
        .iter()
        .zip(shared::text::export::TICKET_COLUMNS);
    let usual = usual.map(|(key, name)| ((*key).to_owned(), name.get(ctx.locale).to_owned()));
    let region = ctx.actor.region.clone().unwrap_or_default();
    let own = reference.lists.own_fields(&region);
    let own = own.iter();
    let own = own.map(|field| {
        let name = field.name(ctx.locale).to_owned();
        (format!("own.{}", field.code), name)
    });
    let more = shared::text::export::MORE_COLUMNS.iter();
    let more = more.map(|(name, key, _)| ((*key).to_owned(), name.get(ctx.locale).to_owned()));
    Ok(usual.chain(more).chain(own).collect())
}

fn wrong(field: &str, code: Code, max: usize) -> Fault {
    Fault::fields(vec![FieldFault {
        field: field.to_owned(),
        code,
        facts: [("max".to_owned(), max.to_string())].into(),
    }])
}

/// Keeps a template of one's own; one of the same name is replaced.
///
/// # Errors
/// `access.denied`; what is wrong with the name or the columns, at its field; `register.too_many` for too many of one person.
pub async fn keep(ctx: &Ctx, command: KeepTemplate) -> Result<Vec<TemplateView>, Fault> {
    let (owner, unit) = reader(ctx)?;
    let name = shared::input::line(&command.name);
    if name.is_empty() {
        return Err(Fault::field("name", Code::InputRequired));
    }
    if name.chars().count() > MOST_NAME {
        return Err(wrong("name", Code::InputTooLong, MOST_NAME));
    }
    let columns = keys(&command.columns)?;
    let mut parts = command.parts;
    parts.sort_unstable();
    parts.dedup();
    let before = list(ctx).await?;
    let others = before.iter().filter(|it| it.is_own && it.name != name);
    if others.count() >= MOST_TEMPLATES {
        return Err(wrong("name", Code::RegisterTooMany, MOST_TEMPLATES));
    }
    let template = Template {
        id: ctx.services.new_id(),
        owner,
        owner_name: name_of(ctx),
        unit,
        name,
        columns,
        format: command.format.unwrap_or(ExportFormat::USUAL).to_string(),
        parts: parts.iter().map(ToString::to_string).collect(),
        shared: command.shared,
        kept_at: ctx.now(),
    };
    let mut row = ctx.audit("export.template.keep", format!("user:{owner}"), "ok");
    let shared = template.shared.to_string();
    row.facts.insert("shared".to_owned(), shared);
    row.facts
        .insert("columns".to_owned(), template.columns.join(","));
    ctx.services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                jobs::keep_template(tx, &template).await?;
                Ok(store::audit::append(tx, &[row]).await?)
            })
        })
        .await
        .settle(&ctx.services)?;
    list(ctx).await
}

fn id_of(text: &str) -> Result<Uuid, Fault> {
    text.parse().map_err(|_| Fault::missing())
}

/// Removes a template of one's own.
///
/// # Errors
/// `access.denied`; `not_found` for one that is somebody else's, or none.
pub async fn remove(ctx: &Ctx, id: &str) -> Result<(), Fault> {
    let (owner, _) = reader(ctx)?;
    let id = id_of(id)?;
    let row = ctx.audit("export.template.remove", format!("user:{owner}"), "ok");
    let is_gone = ctx
        .services
        .store()
        .write::<_, Failure, _>(move |tx| {
            Box::pin(async move {
                let is_gone = jobs::remove_template(tx, owner, id).await?;
                if is_gone {
                    store::audit::append(tx, &[row]).await?;
                }
                Ok(is_gone)
            })
        })
        .await
        .settle(&ctx.services)?;
    if is_gone {
        Ok(())
    } else {
        Err(Fault::missing())
    }
}

/// How a template that the reader may use lays an export out.
pub(super) async fn laid_out(ctx: &Ctx, id: &str) -> Result<(Layout, ExportFormat), Fault> {
    let (user, unit) = reader(ctx)?;
    let db = ctx.services.store().reader();
    let found = jobs::template(&db, (user, &unit), id_of(id)?).await;
    let found = found.settle(&ctx.services)?.ok_or_else(Fault::missing)?;
    let found = view(user, found);
    let layout = Layout {
        columns: found.columns,
        parts: found.parts,
    };
    Ok((layout, found.format))
}
