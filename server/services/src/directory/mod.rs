//! What forms choose from: divisions, units, categories. Read from the reference snapshot, so that a list costs no query.
//! Units for a dispatch come in the order in which they are likely (`units`).
//! Not here: names inside lists and pages of tickets (`reference`).

mod choices;
pub(crate) mod initials;
mod units;

use shared::access::needs;
use shared::category::{self, Category, CategoryNode};
use shared::fault::Fault;
use shared::organisation::Unit;
use shared::place::{self, Division};
use shared::register::{LevelRow, TextCode};
use shared::ticket::view::{CategoryView, Named, OwnAskView, OwnChoiceView, TagView};

use crate::context::Ctx;
use crate::reference::Reference;
use crate::tickets::{columns, office, own};

pub use choices::{places, units_of};
pub(crate) use units::{Candidate, duty_view, ranked, responsible};
pub use units::{Candidates, candidates, duties_for, units};

/// The divisions directly below a code in the order of codes; the provinces for an empty one.
pub async fn divisions(ctx: &Ctx, parent: &str) -> Result<Vec<Division>, Fault> {
    let reference = ctx.services.reference().await?;
    let wanted = Some(parent.trim()).filter(|code| !code.is_empty());
    let mut found: Vec<Division> = reference
        .divisions
        .values()
        .filter(|division| division.parent.as_deref() == wanted)
        .cloned()
        .collect();
    found.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(found)
}

/// The same of what this installation serves, with the cities of its province for an empty code: a city's or a county's office offers no other. What has ended is offered no more.
pub async fn divisions_below(ctx: &Ctx, parent: &str) -> Result<Vec<Division>, Fault> {
    let reference = ctx.services.reference().await?;
    let (home, area) = (reference.home(), reference.root_region());
    let parent = Some(parent.trim()).filter(|code| !code.is_empty());
    let mut found = divisions(ctx, parent.unwrap_or(&home)).await?;
    found.retain(|division| !division.ended && place::is_on_the_way(&division.code, &area));
    Ok(found)
}

/// The caller's own unit with its name; none for people without one.
pub async fn own_unit(ctx: &Ctx) -> Result<Option<Named>, Fault> {
    ctx.ask(needs::DIRECTORY)?;
    let reference = ctx.services.reference().await?;
    let code = ctx.actor.unit.as_deref();
    Ok(code.map(|code| reference.unit(code)))
}

/// One division.
pub async fn division(ctx: &Ctx, code: &str) -> Result<Option<Division>, Fault> {
    Ok(ctx
        .services
        .reference()
        .await?
        .divisions
        .get(code.trim())
        .cloned())
}

/// The Chinese path of a division without the province, for example `南京市鼓楼区`; the code itself when it is not known.
pub async fn division_path(ctx: &Ctx, code: &str) -> Result<String, Fault> {
    Ok(ctx.services.reference().await?.division_path(code.trim()))
}

/// What the office's lists say at a desk.
#[derive(Debug, Clone, PartialEq)]
pub struct DeskLists {
    /// What is said when the telephone is picked up, in the caller's language.
    pub greeting: String,
    /// The tags that a ticket can have.
    pub tags: Vec<TagView>,
    /// What the office asks beside the rest.
    pub own: Vec<OwnAskView>,
    /// Which level follows from impact and haste.
    pub levels: Vec<LevelRow>,
    /// By which channels requests come in, in their order.
    pub channels: Vec<TagView>,
    /// Units of the city, one of which a request can be about.
    pub units: Vec<Named>,
}

/// What the office's lists say at the desk of the caller's place.
///
/// # Errors
/// `access.denied` for who registers nothing.
pub async fn desk_lists(ctx: &Ctx) -> Result<DeskLists, Fault> {
    ctx.ask(needs::DESK)?;
    let reference = ctx.services.reference().await?;
    let region = ctx.actor.region.as_deref().unwrap_or_default();
    let wanted = Candidates {
        anywhere: true,
        ..Candidates::default()
    };
    let units = candidates(ctx, wanted).await?.into_iter();
    let named = |unit: Unit| Named {
        code: unit.code,
        name: unit.name,
    };
    let said = reference
        .lists
        .said(TextCode::Greeting, region, ctx.locale)
        .to_owned();
    Ok(DeskLists {
        greeting: said,
        tags: office::offered_tags(&reference, region),
        own: own::asked(&reference, region, false),
        levels: reference.lists.levels(region),
        channels: office::offered_channels(&reference, region),
        units: units.map(named).collect(),
    })
}

/// The category tree in the order of codes, with what each is called at the caller's place and the initials of its name.
pub async fn categories(ctx: &Ctx) -> Result<Vec<CategoryNode>, Fault> {
    let reference = ctx.services.reference().await?;
    let mut all: Vec<Category> = reference.categories.values().cloned().collect();
    all.sort_by(|a, b| a.code.cmp(&b.code));
    let mut tree = category::tree(&all);
    for first in &mut tree {
        with_initials(first);
    }
    let region = ctx.actor.region.as_deref().unwrap_or_default();
    for alias in reference.lists.aliases(region) {
        for first in &mut tree {
            if alias.category.starts_with(&first.code) {
                first.call(&alias.category, [&alias.name, &alias.code]);
            }
        }
    }
    Ok(tree)
}

fn with_initials(node: &mut CategoryNode) {
    node.initials = initials::of(&node.name_zh);
    for child in &mut node.children {
        with_initials(child);
    }
}

/// The first level of the category tree in the order of codes.
pub async fn first_categories(ctx: &Ctx) -> Result<Vec<Category>, Fault> {
    let reference = ctx.services.reference().await?;
    let mut first: Vec<Category> = reference
        .categories
        .values()
        .filter(|category| category.level() == 1)
        .cloned()
        .collect();
    first.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(first)
}

/// A category with its path in both languages; of any level.
pub async fn category(ctx: &Ctx, code: &str) -> Result<Option<CategoryView>, Fault> {
    Ok(ctx.services.reference().await?.category(code.trim()))
}

/// The tags that tickets of the caller's place can have.
///
/// # Errors
/// `access.denied` for who sees no tickets.
pub async fn tags(ctx: &Ctx) -> Result<Vec<TagView>, Fault> {
    ctx.ask(needs::TICKETS)?;
    let reference = ctx.services.reference().await?;
    let region = ctx.actor.region.as_deref().unwrap_or_default();
    Ok(office::offered_tags(&reference, region))
}

/// The own fields that somebody can have as columns of lists, and the codes of those by which lists can be filtered.
///
/// # Errors
/// `access.denied` for who sees no tickets.
pub async fn own_columns(ctx: &Ctx) -> Result<(Vec<OwnAskView>, Vec<String>), Fault> {
    let scope = ctx.reach(needs::TICKETS)?;
    let reference = ctx.services.reference().await?;
    let region = ctx.actor.region.as_deref().unwrap_or_default();
    Ok(columns::offered(&reference, (region, &scope)))
}

/// The categories that can be chosen in the citizen's form; none while it asks nothing of any in particular.
pub fn citizen_matters(reference: &Reference) -> Vec<OwnChoiceView> {
    own::matters(reference)
}

/// What the citizen's form asks beside the rest: of the whole installation, since the place comes later.
pub fn citizen_fields(reference: &Reference) -> Vec<OwnAskView> {
    own::asked(reference, "", true)
}
