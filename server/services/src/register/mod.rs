//! The dated register: every list of the office, changed in drafts, looked at before it counts, published from a day, brought back.
//! `desk` shows, `holding` gives what holds to whoever works by it, `draft` changes, `table` reads and writes files, `replay` tries a draft on recent tickets, `publish` publishes, `reading` asks people to read, `apply` makes the live tables at the time; what is
//! special about a list stands in `office`; `together` changes several lists at once, `reorganise` merges and divides units in their drafts. Not here: columns and single rows (`shared::register`), keeping (`store::register`).

mod apply;
mod desk;
mod draft;
mod follow;
mod holding;
mod office;
mod publish;
pub mod reading;
mod reorganise;
mod replay;
mod table;
mod together;

use shared::access::{Need, Scope, needs};
use shared::fault::{Code, Fault};
use shared::place;
use shared::register::{AreaView, Cells, ListCode, RevisionState, RevisionView, list};
use store::StoreError;
use store::register::{At, ChangeCounts, Draft, Part, Revision};

use crate::context::Ctx;
use crate::fault::{Failure, Settle};
use crate::reference::Reference;

pub(crate) use apply::run;
pub use desk::{Asked, heads, row, view};
pub(crate) use draft::enter;
pub use draft::{begin, discard, put_row, remove_row, restore, undo_row};
pub(crate) use follow::FOLLOW;
pub use holding::Lists;
pub use publish::{Publishing, Reading, hand_on, preview, publish, take_back};
pub use reorganise::{look as look_at_units, reorganise};
pub use replay::replay;
pub(crate) use replay::{REPLAY, RESORT, may_take as may_take_replay};
pub(crate) use table::read;
pub use table::{Table, give, take};
pub(crate) use together::{Counts, OneList, Planned, Sent, plan, write};

/// The word for the base in addresses.
pub const BASE: &str = "base";

/// A list of one area with what the caller may do there.
pub(crate) struct Desk {
    pub(crate) part: Part,
    pub(crate) area: AreaView,
    /// The newest first.
    pub(crate) revisions: Vec<Revision>,
}

impl Desk {
    /// Opens a list for somebody who may look at it.
    ///
    /// # Errors
    /// `not_found` for a list or an area that is none, or lies outside the caller's reach.
    pub(crate) async fn open(ctx: &Ctx, code: ListCode, area: &str) -> Result<Self, Fault> {
        ctx.ask(needs::REGISTER)?;
        let reference = ctx.services.reference().await?;
        let area = if area == BASE { "" } else { area };
        let area = area_view(ctx, &reference, area).ok_or_else(Fault::missing)?;
        if !area.code.is_empty() && !list(code).has_supplements {
            return Err(Fault::missing());
        }
        let part = Part {
            list: code,
            area: area.code.clone(),
        };
        let db = ctx.services.store().reader();
        let revisions = store::register::revisions(&db, &part).await;
        Ok(Self {
            part,
            area,
            revisions: revisions.settle(&ctx.services)?,
        })
    }

    /// Opens it for somebody who changes it or publishes it.
    ///
    /// # Errors
    /// As `open`, and `access.denied`.
    pub(crate) async fn open_for(
        ctx: &Ctx,
        need: Need,
        (code, area): (ListCode, &str),
    ) -> Result<Self, Fault> {
        ctx.ask(need)?;
        let desk = Self::open(ctx, code, area).await?;
        let may = if need == needs::PUBLISHING {
            desk.area.may_publish
        } else {
            desk.area.may_edit
        };
        if may { Ok(desk) } else { Err(Fault::denied()) }
    }

    /// What is drafted now.
    pub(crate) fn draft(&self) -> Option<&Revision> {
        self.revisions
            .iter()
            .find(|it| matches!(it.state, RevisionState::Draft | RevisionState::Submitted))
    }

    /// The draft that can be changed, as the caller saw it.
    ///
    /// # Errors
    /// `register.no_draft`; `version.stale` when somebody else was faster.
    pub(crate) fn drafted(&self, seen: i32) -> Result<(Revision, Draft), Fault> {
        let revision = self
            .draft()
            .ok_or_else(|| Fault::new(Code::RegisterNoDraft))?;
        if revision.version != seen {
            return Err(crate::fault::version_stale(revision.version, seen));
        }
        Ok((revision.clone(), self.as_draft(revision)))
    }

    pub(crate) fn as_draft(&self, revision: &Revision) -> Draft {
        Draft {
            part: self.part.clone(),
            number: revision.number,
            base: revision.base,
        }
    }

    /// The newest published revision, whether its day has come or not.
    pub(crate) fn newest(&self) -> Option<&Revision> {
        let mut published = self.revisions.iter();
        published.find(|it| it.state == RevisionState::Published)
    }

    /// The state that is shown: the draft, else the newest published one.
    pub(crate) fn at(&self) -> At {
        match (self.draft(), self.newest()) {
            (Some(draft), _) => At {
                number: draft.base,
                draft: Some(draft.number),
            },
            (None, newest) => At {
                number: newest.map_or(0, |it| it.number),
                draft: None,
            },
        }
    }
}

/// An area as the caller sees it; nothing for one that does not exist or lies elsewhere.
pub(crate) fn area_view(ctx: &Ctx, reference: &Reference, code: &str) -> Option<AreaView> {
    let owner = if code.is_empty() {
        reference.root_region()
    } else {
        code.to_owned()
    };
    let known = code.is_empty()
        || reference.divisions.contains_key(code) && code != owner_of_base(reference);
    let reach = |need: Need| {
        let scope = need.scope(&ctx.actor);
        scope.is_some_and(|scope| scope.covers_region(&owner))
    };
    // Everybody who may look at lists looks at the base, since it holds for all.
    let visible = code.is_empty() || reach(needs::REGISTER);
    (known && visible).then(|| AreaView {
        name: reference.division_path(&owner),
        may_edit: reach(needs::DRAFTING),
        may_publish: reach(needs::PUBLISHING),
        code: code.to_owned(),
    })
}

fn owner_of_base(reference: &Reference) -> String {
    reference.root_region()
}

/// Whether the scope of the caller is a part of what the base is for: then the own area has supplements.
pub(crate) fn own_area(ctx: &Ctx, reference: &Reference) -> Option<String> {
    let region = ctx.actor.region.clone()?;
    let city = place::city(place::prefix(&region)).map(|city| format!("{city}00"))?;
    let own = match needs::REGISTER.scope(&ctx.actor)? {
        Scope::Region(prefix) if prefix.len() == 6 => region,
        _ => city,
    };
    (own != owner_of_base(reference) && reference.divisions.contains_key(&own)).then_some(own)
}

/// A revision as it is shown.
pub(crate) fn shown(revision: &Revision, counts: ChangeCounts) -> RevisionView {
    let name = |name: &Option<String>| name.clone().unwrap_or_else(|| "system".to_owned());
    RevisionView {
        number: revision.number,
        state: revision.state,
        version: revision.version,
        valid_from: revision.valid_from,
        is_applied: revision.applied_at.is_some(),
        open_too: revision.open_too,
        changes: counts.sum(),
        made_by: name(&revision.made_by_name),
        made_at: revision.made_at,
        submitted_by: revision.submitted_by_name.clone(),
        published_by: revision
            .published_at
            .map(|_| name(&revision.published_by_name)),
        published_at: revision.published_at,
        restored: revision.restored,
        note: revision.note.clone(),
        following: None,
    }
}

/// The name of whoever acts, as it stays with what they did.
pub(crate) fn own_name(ctx: &Ctx) -> Option<String> {
    let name = if ctx.actor.name.is_empty() {
        &ctx.actor.username
    } else {
        &ctx.actor.name
    };
    Some(name.clone()).filter(|name| !name.is_empty())
}

/// A row's text in the database.
pub(crate) fn body(cells: &Cells) -> String {
    // Texts always have a JSON.
    serde_json::to_string(cells).unwrap_or_default()
}

/// The cells of such a text.
pub(crate) fn cells(body: &str) -> Result<Cells, Failure> {
    serde_json::from_str(body).map_err(|error| Failure::Broken(anyhow::Error::new(error)))
}

/// A draft that somebody else began, or a revision that somebody else added, at the same moment.
pub(crate) fn open_already(error: StoreError) -> Failure {
    match error {
        StoreError::Exists("register_revision") => Fault::new(Code::RegisterDraftOpen).into(),
        other => other.into(),
    }
}

/// The audit's name of a list of an area.
pub(crate) fn object(part: &Part) -> String {
    if part.area.is_empty() {
        format!("register:{}", part.list)
    } else {
        format!("register:{}:{}", part.list, part.area)
    }
}
