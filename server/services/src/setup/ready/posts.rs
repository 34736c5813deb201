//! Of the look at an office: administrators, the posts of the centre, units and their people.
//! Not here: lists (`lists`), the machine (`machine`).
//! A post of the centre must be held for each centre's whole area; a unit needs somebody who signs, one who handles, and one who reviews.

use shared::access::{Area, Permission, Role};
use shared::organisation::Unit;
use shared::setup::{Mender, ReadyCode, ReadyItem, ReadyState};

use super::{ACCOUNTS, Look, UNITS};
use crate::setup::people::Holder;
use crate::tickets::opening::takes_assignments;

/// Names that are told one by one.
const TOLD: usize = 5;

/// The four that there must be, with their items.
const ADMINISTRATORS: [(ReadyCode, Role); 4] = [
    (ReadyCode::SystemAdmin, Role::SystemAdmin),
    (ReadyCode::SecurityAdmin, Role::SecurityAdmin),
    (ReadyCode::Auditor, Role::Auditor),
    (ReadyCode::BusinessAdmin, Role::BusinessAdmin),
];

/// The posts of a centre: those whose tasks the process opens, and whoever takes requests in.
const CENTRE: [(ReadyCode, Role); 4] = [
    (ReadyCode::Intake, Role::Agent),
    (ReadyCode::Dispatch, Role::Dispatcher),
    (ReadyCode::ClosingReview, Role::ClosingReviewer),
    (ReadyCode::FollowUp, Role::FollowUp),
];

impl Look<'_> {
    pub(super) fn administrators(&self) -> Vec<ReadyItem> {
        let item = |(code, role): (ReadyCode, Role)| {
            let of_role = |holder: &&Holder| holder.does(role);
            let count = self.holders.iter().filter(of_role).count();
            let item = ReadyItem::there(code, Mender::SystemAdmin)
                .at(ACCOUNTS)
                .fact("count", count);
            if count == 0 {
                item.state(ReadyState::Missing)
            } else {
                item
            }
        };
        ADMINISTRATORS.map(item).into()
    }

    /// The posts of the centre, and of the units.
    pub(super) fn posts(&self) -> Vec<ReadyItem> {
        let mut items: Vec<ReadyItem> = CENTRE.iter().map(|it| self.post(*it)).collect();
        items.push(self.unit_people());
        items
    }

    /// Whether a holder does what a role does: taking requests in is a matter of the right, a task is its role's.
    fn does(holder: &Holder, role: Role) -> bool {
        if role == Role::Agent {
            holder.holds(Permission::TicketRegister)
        } else {
            holder.does(role)
        }
    }

    fn post(&self, (code, role): (ReadyCode, Role)) -> ReadyItem {
        let region = |holder: &Holder| {
            let unit = self.reference.units.get(&holder.unit);
            unit.filter(|unit| unit.active).map(|unit| &unit.region)
        };
        let who: Vec<&Holder> = self
            .holders
            .iter()
            .filter(|holder| Self::does(holder, role))
            .collect();
        let is_held = |centre: &&Unit| {
            let covers = |region: &String| Area::of(region).covers(&centre.region);
            who.iter().any(|holder| region(holder).is_some_and(covers))
        };
        let lacking: Vec<&Unit> = self.centres.iter().filter(|it| !is_held(it)).collect();
        let item = ReadyItem::there(code, Mender::SystemAdmin)
            .at(ACCOUNTS)
            .fact("count", who.len())
            .fact("role", role);
        if lacking.is_empty() && !self.centres.is_empty() {
            item
        } else {
            let names = names(lacking.iter().map(|unit| unit.name.as_str()));
            item.state(ReadyState::Missing).fact("centres", names)
        }
    }

    fn handling(&self) -> Vec<&Unit> {
        let all = self.reference.units.values();
        let mut units: Vec<&Unit> = all.filter(|unit| takes_assignments(unit)).collect();
        units.sort_by(|a, b| a.path.cmp(&b.path));
        units
    }

    pub(super) fn units(&self) -> ReadyItem {
        let count = self.handling().len();
        let item = ReadyItem::there(ReadyCode::Units, Mender::BusinessAdmin)
            .at(UNITS)
            .fact("count", count);
        if count == 0 {
            item.state(ReadyState::Missing)
        } else {
            item
        }
    }

    fn unit_people(&self) -> ReadyItem {
        let units = self.handling();
        let lacking: Vec<&&Unit> = units.iter().filter(|unit| !self.is_staffed(unit)).collect();
        let count = units.len() - lacking.len();
        let item = ReadyItem::there(ReadyCode::UnitPeople, Mender::SystemAdmin)
            .at(ACCOUNTS)
            .fact("count", count)
            .fact("of", units.len());
        if count == 0 {
            item.state(ReadyState::Missing)
        } else if lacking.is_empty() {
            item
        } else {
            let names = names(lacking.iter().map(|unit| unit.name.as_str()));
            item.state(ReadyState::Advice).fact("names", names)
        }
    }

    /// Whether an assignment would find its people in a unit: tasks of a unit are its own people's, a review also of those above it.
    fn is_staffed(&self, unit: &Unit) -> bool {
        let own = |permission: Permission| {
            let mut people = self.holders.iter();
            people.any(|holder| holder.unit == unit.code && holder.holds(permission))
        };
        let above = |holder: &Holder| {
            let theirs = self.reference.units.get(&holder.unit);
            theirs.is_some_and(|theirs| unit.path.starts_with(&theirs.path))
        };
        own(Permission::AssignmentSign)
            && own(Permission::AssignmentReply)
            && self
                .holders
                .iter()
                .any(|holder| above(holder) && holder.holds(Permission::AssignmentReview))
    }
}

/// The first names, and how many more there are.
fn names<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let all: Vec<&str> = names.collect();
    let told = all.iter().take(TOLD).copied().collect::<Vec<_>>();
    let told = told.join("、");
    match all.len().checked_sub(TOLD) {
        Some(more) if more > 0 => format!("{told} … (+{more})"),
        _ => told,
    }
}
