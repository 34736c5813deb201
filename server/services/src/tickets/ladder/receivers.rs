//! Who is told that a clock has reached a rung: people of the unit whose part it is, and of the centre that is responsible for the place.
//! Not here: which receivers a rung has (the list), finding the people behind (`store::notices::people`).
//! The ticket's own clock tells the centre alone: each unit has the clock of its part.

use shared::access::{Area, Role};
use shared::ladder::{Receiver, Rung};
use shared::notice::Audience;
use store::record::{Assignment, TicketCase};

use crate::reference::Reference;

/// The audiences of a rung for a clock of the case, each once.
pub(super) fn audiences(
    reference: &Reference,
    case: &TicketCase,
    part: Option<&Assignment>,
    rung: &Rung,
) -> Vec<Audience> {
    let mut all: Vec<Audience> = Vec::new();
    for receiver in &rung.receivers {
        for audience in told(reference, case, part, *receiver) {
            if !all.contains(&audience) {
                all.push(audience);
            }
        }
    }
    all
}

fn told(
    reference: &Reference,
    case: &TicketCase,
    part: Option<&Assignment>,
    receiver: Receiver,
) -> Vec<Audience> {
    let of_unit = |role| part.map(|part| at(&part.unit, [role]));
    let of_centre = |role| centre(reference, &case.ticket.region).map(|unit| at(unit, [role]));
    let one = match receiver {
        Receiver::Assigned => return holders(case, part),
        Receiver::Liaison => of_unit(Role::UnitLiaison),
        Receiver::Reviewer => of_unit(Role::UnitReviewer),
        Receiver::Above => {
            let above = part.and_then(|part| above(reference, &part.unit));
            above.map(|unit| at(unit, [Role::UnitReviewer]))
        }
        Receiver::Supervisor => of_centre(Role::Supervisor),
        Receiver::Leader => of_centre(Role::CentreLeader),
    };
    one.into_iter().collect()
}

fn at<const N: usize>(unit: &str, roles: [Role; N]) -> Audience {
    Audience::Unit {
        unit: unit.to_owned(),
        roles: roles.to_vec(),
    }
}

/// Whoever has the open tasks of the part, or of the ticket itself; where nobody has taken a unit's, those of the unit whose tasks they are.
fn holders(case: &TicketCase, part: Option<&Assignment>) -> Vec<Audience> {
    let id = part.map(|part| part.id);
    let open = case.hung.tasks.iter();
    let tasks = || {
        let open = open.clone();
        open.filter(move |it| it.active && it.assignment_id == id)
    };
    let people: Vec<Audience> = tasks()
        .filter_map(|task| task.assignee.map(Audience::Person))
        .collect();
    let Some(part) = part.filter(|_| people.is_empty()) else {
        return people;
    };
    let mut roles: Vec<Role> = tasks().filter_map(|task| task.role).collect();
    roles.push(Role::Handler);
    roles.sort_unstable();
    roles.dedup();
    vec![Audience::Unit {
        unit: part.unit.clone(),
        roles,
    }]
}

/// Whoever works on a case now: of each part with open tasks its holders, and those of the ticket's own; where nobody has any of them, the people of
/// the centre whose tasks they are.
pub(crate) fn at_work(reference: &Reference, case: &TicketCase) -> Vec<Audience> {
    let tasks = || case.hung.tasks.iter().filter(|task| task.active);
    let parts = case.assignments.iter();
    let parts = parts.filter(|part| tasks().any(|it| it.assignment_id == Some(part.id)));
    let mut all: Vec<Audience> = parts.flat_map(|part| holders(case, Some(part))).collect();
    all.extend(holders(case, None));
    if all.is_empty() {
        let own = tasks().filter(|task| task.assignment_id.is_none());
        let mut roles: Vec<Role> = own.filter_map(|task| task.role).collect();
        if roles.is_empty() {
            roles.push(Role::Supervisor);
        }
        roles.sort_unstable();
        roles.dedup();
        let unit = centre(reference, &case.ticket.region).map(str::to_owned);
        all.extend(unit.map(|unit| Audience::Unit { unit, roles }));
    }
    all
}

/// The leaders of the centre that is responsible for a place.
pub(super) fn leaders(reference: &Reference, region: &str) -> Option<Audience> {
    centre(reference, region).map(|unit| at(unit, [Role::CentreLeader]))
}

/// People of the centre that is responsible for a place.
pub(crate) fn of_centre(reference: &Reference, region: &str, roles: &[Role]) -> Option<Audience> {
    let unit = centre(reference, region)?;
    Some(Audience::Unit {
        unit: unit.to_owned(),
        roles: roles.to_vec(),
    })
}

/// The unit above, unless that is a centre.
fn above<'r>(reference: &'r Reference, unit: &str) -> Option<&'r str> {
    let parent = reference.units.get(unit)?.parent.as_deref()?;
    let above = reference.units.get(parent)?;
    (!above.level.is_centre()).then_some(above.code.as_str())
}

/// The centre that is responsible for a place: the nearest.
fn centre<'r>(reference: &'r Reference, region: &str) -> Option<&'r str> {
    let units = reference.units.values();
    let around = units.filter(|unit| {
        unit.active && unit.level.is_centre() && Area::of(&unit.region).covers(region)
    });
    let nearest = around.max_by_key(|unit| {
        let depth = Area::of(&unit.region).prefix().len();
        (depth, std::cmp::Reverse(&unit.code))
    });
    nearest.map(|unit| unit.code.as_str())
}
