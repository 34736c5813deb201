//! Plan (排程): who of the unit does its part, and when. The ticket, its clocks and whoever is responsible stay as they are.
//! Not here: the page of the plan with its clashes (`planning`), handing over (`responsible`).

use shared::calendar::days_after;
use shared::command::Within;
use shared::fault::{Code, Fault, FieldFault};
use shared::ids::UserId;
use shared::notice::{Audience, NoticeKind};
use shared::ticket::Verb;
use shared::ticket::plan::{DayPart, PLANNED_DAYS};
use shared::ticket::verbs::{CaseVerb as _, HandOver, Plan};

use crate::host::Decide;
use crate::host::people::Person;
use crate::tickets::working_copy::{Halt, Told, WorkingCopy};
use crate::views::sight::hush::came_back;

impl Decide for Plan {
    fn names(&self) -> Vec<String> {
        let name = self.colleague.as_ref();
        name.map(|name| name.as_str().to_owned())
            .into_iter()
            .collect()
    }

    fn decide(&self, copy: &mut WorkingCopy<'_>) -> Result<(), Halt> {
        let id = copy.aimed()?;
        let before = copy.assignment(id)?.planned_for;
        let (Some(colleague), Some(day)) = (&self.colleague, self.day) else {
            copy.change_assignment(id, |part| {
                part.planned_for = None;
                part.planned_name = None;
                part.planned_day = String::new();
                part.planned_part = None;
                part.planned_hours = None;
                part.planned_note = None;
            })?;
            let told = Told::default().of(id).fact("plan_removed", true);
            copy.event(Verb::Plan, told);
            tell(copy, before, None);
            return Ok(());
        };
        let today = copy.now().date();
        let last = days_after(today, PLANNED_DAYS);
        if !(today..=last).contains(&day) {
            return Err(wrong_day([("min", today), ("max", last)]).into());
        }
        let person = copy.scene.people.must("colleague", colleague.as_str())?;
        let part = copy.assignment(id)?;
        let scope = HandOver::DESCRIPTOR.need.scope(&person.actor);
        let reached = scope.is_some_and(|scope| scope.covers_unit(&part.unit, &part.unit_path));
        if !person.actor.is_at(&part.unit) || !reached {
            return Err(Fault::field("colleague", Code::InputPerson).into());
        }
        let Person { user, name, .. } = person;
        let day_part = self.day_part.unwrap_or(DayPart::Whole);
        let known = part.planned_note.as_deref();
        let typed = self.plan_note.as_deref();
        let note = typed.map(|typed| came_back("plan_note", known, typed));
        let note = note.transpose()?;
        copy.change_assignment(id, |part| {
            part.planned_for = Some(user);
            part.planned_name = Some(name.clone());
            part.planned_day = day.to_string();
            part.planned_part = Some(day_part);
            part.planned_hours = self.hours.map(Within::get);
            part.planned_note.clone_from(&note);
        })?;
        let told = Told::default()
            .of(id)
            .note(note.as_deref())
            .fact("plan", format!("{name} {day}"))
            .fact("day_part", day_part);
        copy.event(Verb::Plan, told);
        tell(copy, before, Some(user));
        Ok(())
    }
}

/// Tells whoever does it now that it is planned or that the plan is another one, and whoever does it no more that it is taken back.
fn tell(copy: &mut WorkingCopy<'_>, before: Option<UserId>, after: Option<UserId>) {
    if let Some(user) = after {
        let kind = if before == after {
            NoticeKind::PlanChanged
        } else {
            NoticeKind::Planned
        };
        copy.tell(kind, &Audience::Person(user));
    }
    if let Some(user) = before.filter(|_| before != after) {
        copy.tell(NoticeKind::PlanChanged, &Audience::Person(user));
    }
}

fn wrong_day(range: [(&str, chrono::NaiveDate); 2]) -> Fault {
    Fault::fields(vec![FieldFault {
        field: "day".to_owned(),
        code: Code::InputDay,
        facts: range
            .map(|(name, day)| (name.to_owned(), day.to_string()))
            .into(),
    }])
}
