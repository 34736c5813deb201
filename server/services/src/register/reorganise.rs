//! Merging and dividing units as one act: it writes the drafts of units and of the duty list, both or neither.
//! Not here: publishing (`publish`), what a check finds of the drafts (`office`), who finishes open work (the unit that had it).
//! Everything that pointed at a unit that ends points at its successor: units below, and units that ended before.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use shared::access::needs;
use shared::fault::{Check, Code, Fault};
use shared::register::{
    DutyMove, DutyRow, EndingUnit, ListCode, Reorganise, ReorganiseView, Reorganised, UnitRow, list,
};
use shared::ticket::view::Named;
use store::register::Change;

use super::Desk;
use super::desk::code_rows;
use super::draft::{Step, begin, change_all, change_of};
use super::office::{self, RowsByKey};
use crate::context::Ctx;
use crate::fault::Settle;
use crate::host::denied::recorded;
use crate::reference::Reference;

/// Units that end at once at most.
const MOST: usize = 50;
/// Rows of the duty list that a look shows.
const SHOWN: usize = 300;

/// Both lists of an area as they stand: their drafts, else what holds.
struct Scene {
    units: Desk,
    duties: Desk,
    /// Units by code.
    rows: BTreeMap<String, UnitRow>,
    /// Rows of the duty list by key.
    duty_rows: BTreeMap<String, DutyRow>,
    reference: Arc<Reference>,
}

/// Looks at what the act would move; with nothing chosen only at what can be.
///
/// # Errors
/// `access.denied`, `not_found`; at `ends`, `into`, `given` and `from` what is wrong with them.
pub async fn look(ctx: &Ctx, area: &str, asked: &Reorganise) -> Result<ReorganiseView, Fault> {
    let scene = Scene::open(ctx, area).await?;
    let chosen = !asked.ends.is_empty() || !asked.into.is_empty();
    if chosen {
        scene.judge(asked)?;
    }
    scene.view(ctx, asked).await
}

/// Writes the act into the drafts of units and duties, which are begun where there is none.
///
/// # Errors
/// As `look`; `version.stale` when the draft of units is not the one that was looked at.
pub async fn reorganise(ctx: &Ctx, area: &str, command: &Reorganise) -> Result<Reorganised, Fault> {
    let what = ("register.change", format!("register:{}", ListCode::Units));
    recorded(ctx, what, written(ctx, area, command)).await
}

async fn written(ctx: &Ctx, area: &str, command: &Reorganise) -> Result<Reorganised, Fault> {
    let scene = Scene::open(ctx, area).await?;
    // Before what was asked is judged, which leans on the draft that was looked at.
    let version = scene.version();
    if version != command.version {
        return Err(crate::fault::version_stale(version, command.version));
    }
    scene.judge(command)?;
    let units = Step::Put(scene.unit_changes(command));
    let moved = scene.duty_changes(command);
    let (desk, seen) = drafted(ctx, scene.units, area).await?;
    let done = if moved.is_empty() {
        change_all(ctx, &[(&desk, seen, units)]).await?
    } else {
        let (duties, duties_seen) = drafted(ctx, scene.duties, area).await?;
        let moved = Step::Put(moved);
        let steps = [(&desk, seen, units), (&duties, duties_seen, moved)];
        change_all(ctx, &steps).await?
    };
    let mut done = done.into_iter();
    Ok(Reorganised {
        units: done.next().ok_or_else(Fault::missing)?,
        duties: done.next(),
    })
}

/// The list with its draft, which is begun where there is none.
async fn drafted(ctx: &Ctx, desk: Desk, area: &str) -> Result<(Desk, i32), Fault> {
    if let Some(version) = desk.draft().map(|draft| draft.version) {
        return Ok((desk, version));
    }
    let code = desk.part.list;
    let begun = begin(ctx, code, area).await?;
    let desk = Desk::open_for(ctx, needs::DRAFTING, (code, area)).await?;
    Ok((desk, begun.version))
}

/// The rows of a list as its draft leaves them, else as they hold.
async fn rows(ctx: &Ctx, desk: &Desk) -> Result<RowsByKey, Fault> {
    let (services, at) = (&ctx.services, desk.at());
    if at.number == 0 && at.draft.is_none() {
        let found = office::found(services, &desk.part).await.settle(services)?;
        return Ok(code_rows(desk.part.list, found).into_iter().collect());
    }
    let db = services.store().reader();
    let held = store::register::rows(&db, &desk.part, at, office::EVERY).await;
    let mut rows = RowsByKey::new();
    for row in held.settle(services)? {
        if let Some(body) = row.body {
            rows.insert(row.key, super::cells(&body).settle(services)?);
        }
    }
    Ok(rows)
}

fn count(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

impl Scene {
    async fn open(ctx: &Ctx, area: &str) -> Result<Self, Fault> {
        let units = Desk::open_for(ctx, needs::DRAFTING, (ListCode::Units, area)).await?;
        let duties = Desk::open_for(ctx, needs::DRAFTING, (ListCode::Duties, area)).await?;
        let by_code = rows(ctx, &units).await?;
        let by_code = by_code.values().filter_map(UnitRow::of);
        let by_key = rows(ctx, &duties).await?.into_iter();
        let by_key = by_key.filter_map(|(key, cells)| Some((key, DutyRow::of(&cells)?)));
        Ok(Self {
            rows: by_code.map(|row| (row.code.clone(), row)).collect(),
            duty_rows: by_key.collect(),
            reference: ctx.services.reference().await?,
            units,
            duties,
        })
    }

    /// The version of the draft of units; 0 without one.
    fn version(&self) -> i32 {
        self.units.draft().map_or(0, |draft| draft.version)
    }

    /// Whether a unit is in use: by the list, else by what holds elsewhere.
    fn is_active(&self, code: &str) -> bool {
        match self.rows.get(code) {
            Some(row) => row.is_active,
            None => self.reference.units.get(code).is_some_and(|it| it.active),
        }
    }

    fn judge(&self, asked: &Reorganise) -> Result<(), Fault> {
        let mut check = Check::default();
        let own = |code: &String| self.rows.get(code).is_some_and(|row| row.is_active);
        if asked.ends.is_empty() {
            check.add("ends", Code::InputRequired);
        } else if !asked.ends.iter().all(own) {
            check.add("ends", Code::InputUnit);
        } else if asked.ends.len() > MOST {
            check.add_with("ends", Code::RegisterTooMany, &[("max", &MOST)]);
        }
        let follows = |code: &String| self.is_active(code) && !asked.ends.contains(code);
        if asked.into.is_empty() {
            check.add("into", Code::InputRequired);
        } else if !asked.into.iter().all(follows) {
            check.add("into", Code::InputUnit);
        }
        let fits = |(key, unit): (&String, &String)| {
            let row = self.duty_rows.get(key);
            row.is_some_and(|row| asked.ends.contains(&row.unit)) && asked.into.contains(unit)
        };
        if !asked.given.iter().all(fits) {
            check.add("given", Code::InputUnit);
        }
        let is_wrong = |text: &str| shared::calendar::day(text).is_none();
        if asked.from.as_deref().is_some_and(is_wrong) {
            check.add("from", Code::InputDate);
        }
        check.finish()
    }

    /// The next unit above that does not end.
    fn above<'s>(&'s self, code: &'s str, asked: &Reorganise) -> Option<&'s str> {
        let mut next = self.rows.get(code)?.parent.as_deref()?;
        for _ in 0..=asked.ends.len() {
            if !asked.ends.iter().any(|it| it == next) {
                return Some(next);
            }
            next = self.rows.get(next)?.parent.as_deref()?;
        }
        None
    }

    /// A row as the act leaves it.
    fn becomes(&self, row: &UnitRow, asked: &Reorganise) -> UnitRow {
        let mut next = row.clone();
        let Some(successor) = asked.into.first() else {
            return next;
        };
        let ends = |code: Option<&String>| code.is_some_and(|it| asked.ends.contains(it));
        if asked.ends.contains(&row.code) {
            next.is_active = false;
            next.successor = Some(successor.clone());
        } else if !row.is_active {
            if ends(row.successor.as_ref()) {
                next.successor = Some(successor.clone());
            }
        } else if ends(row.parent.as_ref()) {
            next.parent = if asked.into.contains(&row.code) {
                self.above(&row.code, asked).map(str::to_owned)
            } else {
                Some(successor.clone())
            };
        }
        next
    }

    fn unit_changes(&self, asked: &Reorganise) -> Vec<Change> {
        let becomes = |row: &UnitRow| Some(self.becomes(row, asked)).filter(|next| next != row);
        let changed = self.rows.values().filter_map(becomes);
        changed
            .map(|row| change_of(ListCode::Units, &row.cells()))
            .collect()
    }

    /// Rows of the duty list that name a unit which ends, with who gets each.
    fn moves<'s>(
        &'s self,
        asked: &'s Reorganise,
    ) -> impl Iterator<Item = (&'s String, &'s DutyRow, &'s String)> {
        let ending = self.duty_rows.iter();
        let ending = ending.filter(|(_, row)| asked.ends.contains(&row.unit));
        ending.filter_map(|(key, row)| {
            let to = asked.given.get(key).or(asked.into.first())?;
            Some((key, row, to))
        })
    }

    fn duty_changes(&self, asked: &Reorganise) -> Vec<Change> {
        let mut changes = Vec::new();
        let mut there: BTreeSet<String> = self.duty_rows.keys().cloned().collect();
        for (key, row, to) in self.moves(asked) {
            changes.push(Change {
                key: key.clone(),
                becomes: None,
            });
            let next = DutyRow {
                unit: to.clone(),
                ..row.clone()
            };
            let cells = next.cells();
            if there.insert(list(ListCode::Duties).key(&cells)) {
                changes.push(change_of(ListCode::Duties, &cells));
            }
        }
        changes
    }

    fn named(&self, code: &str) -> Named {
        match self.rows.get(code) {
            Some(row) => Named {
                code: row.code.clone(),
                name: row.name.clone(),
            },
            None => self.reference.unit(code),
        }
    }

    async fn view(&self, ctx: &Ctx, asked: &Reorganise) -> Result<ReorganiseView, Fault> {
        let active = self.rows.values().filter(|row| row.is_active);
        let changed = |ended: bool| -> Vec<Named> {
            let rows = self.rows.values().filter(|row| row.is_active != ended);
            let rows = rows.filter(|row| !asked.ends.contains(&row.code));
            let moved = rows.filter(|row| self.becomes(row, asked) != **row);
            moved.map(|row| self.named(&row.code)).collect()
        };
        let (below, earlier) = (changed(false), changed(true));
        let moves: Vec<_> = self.moves(asked).collect();
        let duty = |(key, row, to): &(&String, &DutyRow, &String)| DutyMove {
            key: (*key).clone(),
            category: row.category.clone(),
            name: self.reference.category(&row.category),
            region: self.reference.region(&row.region),
            unit: self.named(&row.unit),
            to: (*to).clone(),
        };
        Ok(ReorganiseView {
            area: self.units.area.clone(),
            version: self.version(),
            choices: active.map(|row| self.named(&row.code)).collect(),
            ends: self.ending(ctx, asked).await?,
            into: asked.into.iter().map(|code| self.named(code)).collect(),
            from: asked.from.clone(),
            below,
            earlier,
            duties: moves.iter().take(SHOWN).map(duty).collect(),
            all_duties: count(moves.len()),
            elsewhere: self.elsewhere(ctx, asked).await?,
        })
    }

    /// Each unit that ends, with what it still has.
    async fn ending(&self, ctx: &Ctx, asked: &Reorganise) -> Result<Vec<EndingUnit>, Fault> {
        if asked.ends.is_empty() {
            return Ok(Vec::new());
        }
        let services = &ctx.services;
        let db = services.store().reader();
        let open = store::units::open_assignments(&db, &asked.ends).await;
        let open = open.settle(services)?;
        let people = store::units::active_people(&db, &asked.ends).await;
        let people = people.settle(services)?;
        let hours = Desk::open(ctx, ListCode::Hours, super::BASE).await?;
        let hours = rows(ctx, &hours).await?;
        let of = |counts: &BTreeMap<String, i64>, code: &String| {
            counts.get(code).copied().unwrap_or_default()
        };
        let ending = |code: &String| {
            let own = self.duty_rows.values().filter(|row| row.unit == *code);
            let hours = hours.values().filter(|row| row.get("unit") == Some(code));
            EndingUnit {
                unit: self.named(code),
                open: of(&open, code),
                people: of(&people, code),
                duties: count(own.count()),
                hours: count(hours.count()),
            }
        };
        Ok(asked.ends.iter().map(ending).collect())
    }

    /// How many rows of other areas' duty lists name a unit that ends.
    async fn elsewhere(&self, ctx: &Ctx, asked: &Reorganise) -> Result<i64, Fault> {
        if asked.ends.is_empty() {
            return Ok(0);
        }
        let others = office::others(&ctx.services, &self.duties.part).await;
        let others = others.settle(&ctx.services)?;
        let rows = others.iter().flat_map(|(_, rows)| rows.values());
        let rows = rows.filter_map(DutyRow::of);
        Ok(count(
            rows.filter(|row| asked.ends.contains(&row.unit)).count(),
        ))
    }
}
