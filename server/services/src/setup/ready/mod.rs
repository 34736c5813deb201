//! Whether a first complaint would find everything that it needs, from being taken in to being closed; one item each, with who mends it and where.
//! Not here: the sentences (`shared::text::setup`), the steps of setting up (`steps`).
//! Everything is read from what is there: names and limits from the reference, posts from the open accounts, decisions from marks.

mod lists;
mod machine;
mod posts;

use std::sync::Arc;

use shared::access::{Need, needs};
use shared::fault::Fault;
use shared::organisation::{Unit, UnitLevel};
use shared::setup::{Mender, ReadyCode, ReadyItem, ReadyState, ReadyView};
use store::marks::SetMark;

use super::people::{self, Holder};
use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::reference::Reference;

/// The page of a list.
pub(super) const UNITS: &str = "/office/lists/units/base";
/// The page of accounts.
pub(super) const ACCOUNTS: &str = "/staff/accounts";

/// The page of the steps.
pub(super) const STEPS: &str = "/set-up";

/// What items are made of.
struct Look<'c> {
    ctx: &'c Ctx,
    reference: Arc<Reference>,
    holders: Vec<Holder>,
    marks: Vec<SetMark>,
    /// Rows of the areas of responsibility.
    duties: usize,
    /// The active centre on top.
    root: Option<Unit>,
    /// The centres that take requests in: those of cities below a province's, else the one on top.
    centres: Vec<Unit>,
}

/// Looks at everything.
///
/// # Errors
/// `access.denied`; of the store.
pub async fn ready(ctx: &Ctx) -> Result<ReadyView, Fault> {
    ctx.ask(needs::READY)?;
    let look = Look::begin(ctx).await?;
    let mut items = look.centre();
    items.extend(look.administrators());
    items.push(look.units());
    items.extend(look.posts());
    items.extend(look.lists());
    items.extend(look.machine().await.settle(&ctx.services)?);
    items.sort_by_key(|item| item.code);
    for item in &mut items {
        item.may_mend = need_of(item.by).is_met_by(&ctx.actor);
    }
    Ok(ReadyView::of(items))
}

/// What somebody needs to mend what is another's.
pub(super) fn need_of(mender: Mender) -> Need {
    match mender {
        Mender::BusinessAdmin => needs::DRAFTING,
        Mender::SystemAdmin => needs::ACCOUNTS,
        Mender::SecurityAdmin => needs::ROLES,
        Mender::ProcessOwner => needs::DEPLOYING,
        Mender::Owner => Need::Owner,
    }
}

impl<'c> Look<'c> {
    async fn begin(ctx: &'c Ctx) -> Result<Self, Fault> {
        let services = &ctx.services;
        let reference = services.reference().await?;
        let read = async {
            let db = services.store().reader();
            let marks = store::marks::all(&db).await?;
            let duties = store::duties::all(&db).await?.len();
            Ok::<_, Failure>((people::holders(services).await?, marks, duties))
        };
        let (holders, marks, duties) = read.await.settle(services)?;
        let root = top(&reference).cloned();
        let centres = centres(&reference, root.as_ref());
        Ok(Self {
            ctx,
            reference,
            holders,
            marks,
            duties,
            root,
            centres,
        })
    }

    fn centre(&self) -> Vec<ReadyItem> {
        let item = ReadyItem::there(ReadyCode::Centre, Mender::BusinessAdmin).at(UNITS);
        vec![match &self.root {
            Some(root) if root.level.is_centre() => {
                let area = self.reference.division_path(&root.region);
                item.fact("name", &root.name).fact("area", area)
            }
            _ => item.state(ReadyState::Missing),
        }]
    }
}

/// The active unit on top.
pub(super) fn top(reference: &Reference) -> Option<&Unit> {
    let mut roots = reference.units.values();
    roots.find(|unit| unit.parent.is_none() && unit.active)
}

fn centres(reference: &Reference, root: Option<&Unit>) -> Vec<Unit> {
    let is_province = root.is_some_and(|root| root.level == UnitLevel::ProvinceCentre);
    let of_cities = reference.units.values().filter(|unit| {
        is_province && unit.active && unit.level.is_centre() && unit.parent.is_some()
    });
    let mut centres: Vec<Unit> = of_cities.cloned().collect();
    centres.sort_by(|a, b| a.code.cmp(&b.code));
    if centres.is_empty() {
        centres.extend(root.cloned());
    }
    centres
}
