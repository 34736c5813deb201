//! What is special about each list: what the live tables hold of it, the check of the whole, what publishing would reach, and the way into the
//! live tables. Not here: columns and single rows (`shared::register`), the steps around (`draft`, `publish`, `apply`).
//! A further list is a file here with its lines in the four functions; the compiler asks for each.

mod categories;
mod days;
mod divisions;
mod duties;
mod hours;
mod limits;
mod plain;
mod settings;
mod units;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use shared::access::Area;
use shared::calendar::{Calendars, Instant};
use shared::category::Category;
use shared::process::limit::LimitRule;
use shared::register::{Cells, Effect, Finding, FindingCode, Held, ListCode, MOST_ROWS, list};
use store::Tx;
use store::register::{At, Look, Part, Revision};

use super::desk::held_at;
use super::{cells, follow};
use crate::context::Services;
use crate::fault::Failure;
use crate::reference::Reference;

/// More rows than any list has.
pub(super) const EVERY: usize = MOST_ROWS + 1;

/// Rows by key.
pub(super) type RowsByKey = BTreeMap<String, Cells>;

/// A row before and after; nothing for one that was or will not be there.
pub(super) type Before = (Option<Cells>, Option<Cells>);

/// What the live tables are made of.
#[derive(Debug, Clone)]
pub(super) struct Projection {
    pub(super) part: Part,
    /// Every row of the new state.
    pub(super) rows: Vec<Cells>,
    /// What differs from the state before.
    pub(super) changes: Vec<Before>,
    /// From when it holds.
    pub(super) at: Instant,
    /// Open tickets follow it.
    pub(super) open_too: bool,
}

/// A list as a draft would leave it.
pub(super) struct Whole<'w> {
    pub(super) part: &'w Part,
    /// Its rows.
    pub(super) rows: RowsByKey,
    /// What the draft changes.
    pub(super) changes: Vec<Before>,
    /// The parts of other areas; the base first, under an empty code.
    pub(super) others: Vec<(String, RowsByKey)>,
    pub(super) reference: &'w Reference,
}

impl Whole<'_> {
    /// Whether a place is a division that there is.
    fn place(&self, key: &str, region: &str, found: &mut Vec<Finding>) {
        if !self.reference.divisions.contains_key(region) {
            found.push(Finding::fault(FindingCode::Place, key).fact("value", region));
        } else if !self.part.area.is_empty() && !Area::of(&self.part.area).covers(region) {
            found.push(Finding::fault(FindingCode::Outside, key).fact("value", region));
        }
    }

    /// Rows whose key another part has as well.
    fn doubled(&self, code: FindingCode, found: &mut Vec<Finding>) {
        for (area, rows) in &self.others {
            for key in self.rows.keys().filter(|key| rows.contains_key(*key)) {
                let name = if area.is_empty() {
                    self.reference.division_path(&self.reference.root_region())
                } else {
                    self.reference.division_path(area)
                };
                found.push(Finding::fault(code, key).fact("area", name));
            }
        }
    }

    /// The base's rows, for a supplement.
    fn base(&self) -> Option<&RowsByKey> {
        let base = self.others.iter().find(|(area, _)| area.is_empty());
        base.map(|(_, rows)| rows)
    }
}

/// What the live tables hold of a list, but for what supplements brought; nothing of a supplement, which begins empty.
pub(super) async fn found(services: &Services, part: &Part) -> Result<Vec<Cells>, Failure> {
    if !part.area.is_empty() {
        return Ok(Vec::new());
    }
    let mut rows = match part.list {
        ListCode::Units => units::found(services).await?,
        ListCode::Categories => categories::found(services).await?,
        ListCode::Divisions => divisions::found(services).await?,
        ListCode::Duties => duties::found(services).await?,
        ListCode::Limits => limits::found(services).await?,
        ListCode::Calendar => days::found(services).await?,
        ListCode::Hours => hours::found(services).await?,
        ListCode::Settings => settings::found(services).await?,
        ListCode::Templates
        | ListCode::Texts
        | ListCode::Reasons
        | ListCode::Tags
        | ListCode::Bodies
        | ListCode::Checklist
        | ListCode::Channels
        | ListCode::Levels
        | ListCode::Population
        | ListCode::Warnings
        | ListCode::Own
        | ListCode::Quality
        | ListCode::Told
        | ListCode::Synonyms
        | ListCode::Aliases
        | ListCode::Ladder => plain::found(part.list),
    };
    let theirs = supplements(services, part.list).await?;
    rows.retain(|cells| {
        let key = list(part.list).key(cells);
        !theirs.iter().any(|(_, rows)| rows.contains_key(&key))
    });
    Ok(rows)
}

/// The supplements of a list as they hold now.
async fn supplements(
    services: &Services,
    code: ListCode,
) -> Result<Vec<(String, RowsByKey)>, Failure> {
    let db = services.store().reader();
    let mut all = Vec::new();
    for area in store::register::areas(&db, code).await? {
        let part = Part {
            list: code,
            area: area.clone(),
        };
        if area.is_empty() {
            continue;
        }
        let revisions = store::register::revisions(&db, &part).await?;
        let rows = match held_at(&revisions, services.now()) {
            Some(number) => {
                let at = At {
                    number,
                    draft: None,
                };
                by_key(store::register::rows(&db, &part, at, EVERY).await?)?
            }
            None => RowsByKey::new(),
        };
        all.push((area, rows));
    }
    Ok(all)
}

/// What a check of the whole draft finds, and what publishing it would reach.
pub(super) async fn checked(
    services: &Services,
    part: &Part,
    revision: &Revision,
) -> Result<(Vec<Finding>, Vec<Effect>), Failure> {
    let reference = services.reference().await?;
    let whole = whole(services, (part, revision), &reference).await?;
    judged(services, &whole).await
}

/// The same of a list that is known as a whole, whether it stands in a draft or not.
pub(super) async fn judged(
    services: &Services,
    whole: &Whole<'_>,
) -> Result<(Vec<Finding>, Vec<Effect>), Failure> {
    let mut found = Vec::new();
    if whole.rows.len() > MOST_ROWS {
        found.push(Finding::fault(FindingCode::TooMany, "").fact("max", MOST_ROWS));
    }
    let effects = match whole.part.list {
        ListCode::Units => {
            units::check(whole, &mut found);
            units::reach(services, whole, &mut found).await?
        }
        ListCode::Categories => {
            categories::check(whole, &mut found);
            categories::reach(services, whole, &mut found).await?
        }
        ListCode::Divisions => {
            divisions::check(whole, &mut found);
            divisions::reach(services, whole, &mut found).await?
        }
        ListCode::Duties => {
            duties::check(whole, &mut found);
            duties::reach(whole)
        }
        ListCode::Limits => {
            limits::check(whole, &mut found);
            limits::reach(services, whole).await?
        }
        ListCode::Calendar => {
            days::check(whole, &mut found);
            days::reach(services, whole).await?
        }
        ListCode::Hours => {
            hours::check(whole, &mut found);
            hours::reach(services, whole).await?
        }
        ListCode::Settings => {
            settings::check(whole, &mut found);
            Vec::new()
        }
        ListCode::Templates
        | ListCode::Texts
        | ListCode::Reasons
        | ListCode::Tags
        | ListCode::Bodies
        | ListCode::Checklist
        | ListCode::Channels
        | ListCode::Levels
        | ListCode::Population
        | ListCode::Warnings
        | ListCode::Own
        | ListCode::Quality
        | ListCode::Told
        | ListCode::Synonyms
        | ListCode::Aliases
        | ListCode::Ladder => {
            plain::check(whole, &mut found);
            plain::reach()
        }
    };
    Ok((found, effects))
}

/// The limits as they would be, were a draft published at a moment for all clocks.
pub(super) async fn drafted_limits(
    services: &Services,
    (part, revision): (&Part, &Revision),
    at: Instant,
) -> Result<Vec<LimitRule>, Failure> {
    let reference = services.reference().await?;
    let whole = whole(services, (part, revision), &reference).await?;
    let rules = store::limits::all(&services.store().reader()).await?;
    Ok(limits::would_be(rules, &whole.changes, at.0, true))
}

/// The calendars of everybody as they would be, were a draft of days or of working hours published.
pub(super) async fn drafted_calendars(
    services: &Services,
    (part, revision): (&Part, &Revision),
) -> Result<Calendars, Failure> {
    let reference = services.reference().await?;
    let whole = whole(services, (part, revision), &reference).await?;
    if part.list == ListCode::Hours {
        hours::would_be(services, &whole).await
    } else {
        days::would_be(services, &whole).await
    }
}

/// The rungs as they would be, were a draft of the ladder published, with whose they are.
pub(super) async fn drafted_ladder(
    services: &Services,
    (part, revision): (&Part, &Revision),
) -> Result<Held, Failure> {
    let reference = services.reference().await?;
    let Whole { rows, others, .. } = whole(services, (part, revision), &reference).await?;
    let own = std::iter::once((part.area.clone(), rows));
    let all = others.into_iter().chain(own).flat_map(|(area, rows)| {
        let rows = rows.into_values();
        rows.map(move |row| (area.clone(), row))
    });
    Ok(Held::new(part.list, all))
}

/// The categories as they would be, were a draft published, by code.
pub(super) async fn drafted_categories(
    services: &Services,
    (part, revision): (&Part, &Revision),
) -> Result<HashMap<String, Category>, Failure> {
    let reference = services.reference().await?;
    let whole = whole(services, (part, revision), &reference).await?;
    let rows = whole.rows.values().filter_map(Category::of_cells);
    let named = rows.map(|category| (category.code.clone(), category));
    Ok(named.collect())
}

async fn whole<'w>(
    services: &Services,
    (part, revision): (&'w Part, &Revision),
    reference: &'w Arc<Reference>,
) -> Result<Whole<'w>, Failure> {
    let db = services.store().reader();
    let at = At {
        number: revision.base,
        draft: Some(revision.number),
    };
    let look = Look {
        limit: EVERY,
        ..Look::default()
    };
    let span = (revision.base, revision.number);
    let mut changes = Vec::new();
    for held in store::register::changes(&db, part, span, &look).await? {
        let before = held.before.as_deref().map(cells).transpose()?;
        changes.push((before, held.body.as_deref().map(cells).transpose()?));
    }
    let rows = store::register::rows(&db, part, at, EVERY).await?;
    Ok(Whole {
        part,
        rows: by_key(rows)?,
        changes,
        others: others(services, part).await?,
        reference,
    })
}

fn by_key(rows: Vec<store::register::Held>) -> Result<RowsByKey, Failure> {
    let mut all = RowsByKey::new();
    for row in rows {
        if let Some(body) = row.body {
            all.insert(row.key, cells(&body)?);
        }
    }
    Ok(all)
}

/// The other parts of a list as they hold now, the base first.
pub(super) async fn others(
    services: &Services,
    part: &Part,
) -> Result<Vec<(String, RowsByKey)>, Failure> {
    let mut all = supplements(services, part.list).await?;
    all.retain(|(area, _)| *area != part.area);
    if !part.area.is_empty() {
        let base = Part {
            list: part.list,
            area: String::new(),
        };
        let db = services.store().reader();
        let revisions = store::register::revisions(&db, &base).await?;
        let rows = match held_at(&revisions, services.now()) {
            Some(number) => {
                let at = At {
                    number,
                    draft: None,
                };
                by_key(store::register::rows(&db, &base, at, EVERY).await?)?
            }
            None => super::desk::code_rows(part.list, found(services, &base).await?)
                .into_iter()
                .collect(),
        };
        all.insert(0, (String::new(), rows));
    }
    Ok(all)
}

/// Makes the live tables of a state.
pub(super) async fn project(tx: &Tx, projection: &Projection) -> Result<(), Failure> {
    match projection.part.list {
        ListCode::Units => units::project(tx, projection).await,
        ListCode::Categories => categories::project(tx, projection).await,
        ListCode::Divisions => divisions::project(tx, projection).await,
        ListCode::Duties => duties::project(tx, projection).await,
        ListCode::Limits => limits::project(tx, projection).await,
        ListCode::Calendar => days::project(tx, projection).await,
        ListCode::Hours => hours::project(tx, projection).await,
        ListCode::Settings => settings::project(tx, projection).await,
        ListCode::Templates
        | ListCode::Texts
        | ListCode::Reasons
        | ListCode::Tags
        | ListCode::Bodies
        | ListCode::Checklist
        | ListCode::Channels
        | ListCode::Levels
        | ListCode::Population
        | ListCode::Warnings
        | ListCode::Own
        | ListCode::Quality
        | ListCode::Told
        | ListCode::Synonyms
        | ListCode::Aliases
        | ListCode::Ladder => Ok(()),
    }
}

/// Open tickets and assignments whose deadline would move.
async fn moved(services: &Services, measure: &follow::Measure) -> Result<Vec<Effect>, Failure> {
    use shared::register::EffectCode::{MovedAssignments, MovedTickets};
    let (tickets, assignments) = follow::would_move(services, measure).await?;
    let effect = |code, count| Effect { code, count };
    Ok(vec![
        effect(MovedTickets, tickets),
        effect(MovedAssignments, assignments),
    ])
}
