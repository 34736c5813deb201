//! What the house asks of an application: its head, its tasks, its end, and how it stands when a verb is done.
//! Not here: how the runner finds and saves it (`perform`), verbs of tickets that ask and decide (`hang`).
//! A task stands on the list of its role in the ticket's area; until when follows from the limit that was looked up when it was asked for.

use anyhow::Context as _;
use bpmn::{Definition, OpenTask, OpenWait};
use shared::access::Role;
use shared::application::{ApplicationStatus, ApplicationVerb};
use shared::approval::IncidentKind;
use shared::fault::{Code, Fault};
use shared::process::obstacle::Obstacle;
use store::record::{ApplicationCase, CaseKind, Hung, Task};

use super::KEY;
use crate::fault::Failure;
use crate::host::{About, Halt, Head, Kind, Library, Lines, WorkingCopy, number};
use crate::tickets::opening;

impl Kind for ApplicationCase {
    type Verb = ApplicationVerb;
    type State = ApplicationStatus;
    type Reached = ApplicationStatus;

    const KIND: CaseKind = CaseKind::Application;
    const LINES: Lines<ApplicationVerb> = Lines {
        rang: ApplicationVerb::Ring,
        served: ApplicationVerb::Serve,
        heard: ApplicationVerb::Message,
    };

    fn head(&self) -> Head<'_, ApplicationStatus> {
        let application = &self.application;
        Head {
            id: application.id.into(),
            number: &application.application_no,
            title: application.sort.text().zh,
            region: &application.region,
            definition: KEY,
            version: application.version,
            state: application.status,
            updated_at: application.updated_at,
            began_at: application.asked_at,
            initiator: application.asked_by,
            is_open: self.is_open(),
            paused_at: None,
        }
    }

    fn hung_mut(&mut self) -> &mut Hung {
        &mut self.hung
    }

    fn next_line(&mut self) -> i32 {
        self.application.last_seq += 1;
        self.application.last_seq
    }

    fn process(&self) -> Option<&str> {
        self.application.process.as_deref()
    }

    fn refused(&self) -> Fault {
        Fault::new(Code::AssignmentNotAllowed).fact("status", self.application.status)
    }

    fn open_task(copy: &mut WorkingCopy<'_, Self>, open: &OpenTask) -> Result<(), Halt> {
        let element = copy
            .scene
            .library
            .main
            .element(&open.element)
            .with_context(|| format!("element {} of an open task", open.element))?;
        let role = element.attr("role").and_then(Role::parse);
        let verbs = element.attr("verb").unwrap_or_default().to_owned();
        let is_timed = element.attr("limit").is_some();
        let application = &copy.case.application;
        let case = (application.id.into(), CaseKind::Application);
        // What the unit itself does stands on its own list.
        let units = &copy.scene.reference.units;
        let own = units
            .get(&application.unit)
            .filter(|_| opening::is_of_unit(role));
        let task = Task {
            assignment_id: Some(application.assignment_id),
            role,
            unit: own.map(|unit| unit.code.clone()),
            unit_path: own.map(|unit| unit.path.clone()),
            region: Some(application.region.clone()),
            verbs,
            due_at: application.due_at.filter(|_| is_timed),
            warn_at: application.warn_at.filter(|_| is_timed),
            provisional: application.provisional && is_timed,
            ..Task::fresh(case, number(open.id), &open.element, copy.now())
        };
        if role.is_none() {
            let about = About::task(&open.element, number(open.id));
            copy.incident(IncidentKind::Assignment, &about, Obstacle::NamesNobody);
        }
        copy.case.hung.tasks.push(task);
        Ok(())
    }

    /// What the end says of it; one that says nothing leaves no doubt that it was not granted.
    fn end(copy: &mut WorkingCopy<'_, Self>, element: &str) {
        let end = copy.scene.library.main.element(element);
        let state = end.and_then(|end| end.attr("state").and_then(ApplicationStatus::parse));
        copy.case.application.status = state
            .filter(|state| !state.is_open())
            .unwrap_or(ApplicationStatus::Refused);
        copy.close_everything();
    }

    fn settle(copy: &mut WorkingCopy<'_, Self>) -> Result<(), Failure> {
        let at = copy.recorded_at();
        let version = copy.before().map_or(1, |it| it.application.version + 1);
        let application = &mut copy.case.application;
        (application.version, application.updated_at) = (version, at);
        Ok(())
    }

    fn keep_process(
        &mut self,
        process: Option<(&bpmn::Instance, &Library)>,
    ) -> Result<(), Failure> {
        self.application.process = process
            .map(|(instance, library)| {
                self.application.definition_version = library.version;
                serde_json::to_string(instance).context("process state")
            })
            .transpose()?;
        Ok(())
    }

    /// What carries a verb (`ms:verb`) is sent by that verb alone.
    fn hears(definition: &Definition, wait: &OpenWait) -> bool {
        let element = definition.element(&wait.element);
        element.is_none_or(|element| element.attr("verb").is_none())
    }
}
