//! What the house asks of an approval: its head, its tasks, its end, and how it stands when a verb is done.
//! Not here: how the runner finds and saves it (`approvals::perform`).

use bpmn::OpenTask;
use shared::approval::{ApprovalStatus, ApprovalVerb};
use shared::calendar::Instant;
use shared::fault::{Code, Fault};
use shared::verb::Piece;
use store::record::{ApprovalCase, CaseKind, Hung};

use super::{Halt, Told, WorkingCopy, is_open};
use crate::fault::Failure;
use crate::host::{Head, Kind, Library, Lines};

impl Kind for ApprovalCase {
    type Verb = ApprovalVerb;
    type State = ApprovalStatus;
    type Reached = Option<ApprovalStatus>;

    const KIND: CaseKind = CaseKind::Approval;
    const LINES: Lines<ApprovalVerb> = Lines {
        rang: ApprovalVerb::Ring,
        served: ApprovalVerb::Serve,
        heard: ApprovalVerb::Message,
    };

    fn head(&self) -> Head<'_, ApprovalStatus> {
        let approval = &self.approval;
        Head {
            id: approval.id.into(),
            number: &approval.approval_no,
            title: &approval.title,
            region: &approval.region,
            definition: &approval.definition,
            version: approval.version,
            state: approval.status,
            updated_at: approval.updated_at,
            began_at: approval.started_at,
            initiator: Some(approval.started_by),
            is_open: is_open(approval.status),
            paused_at: approval.paused_at,
        }
    }

    fn hung_mut(&mut self) -> &mut Hung {
        &mut self.hung
    }

    fn next_line(&mut self) -> i32 {
        self.approval.last_seq += 1;
        self.approval.last_seq
    }

    fn process(&self) -> Option<&str> {
        self.approval.inside.state.as_deref()
    }

    fn refused(&self) -> Fault {
        Fault::new(Code::ApprovalNotAllowed).fact("status", self.approval.status)
    }

    fn open_task(copy: &mut WorkingCopy<'_>, open: &OpenTask) -> Result<(), Halt> {
        copy.open_task(open);
        Ok(())
    }

    /// The opening of the task that is named.
    fn since(copy: &WorkingCopy<'_>, _verb: ApprovalVerb, piece: Option<Piece>) -> Option<Instant> {
        let piece = piece?;
        let task = copy.find(piece.task, piece.part)?;
        Some(task.opened_at)
    }

    fn end(copy: &mut WorkingCopy<'_>, element: &str) {
        let approval = &mut copy.case.approval;
        approval.status = ApprovalStatus::Ended;
        approval.outcome = Some(element.to_owned());
        copy.close_case();
        let mut told = Told::default().fact("outcome", element);
        told.element = Some(element.to_owned());
        copy.event(ApprovalVerb::End, told);
    }

    fn settle(copy: &mut WorkingCopy<'_>) -> Result<(), Failure> {
        copy.settle_parts();
        copy.tell_changes();
        let at = copy.recorded_at();
        let version = copy.before().map_or(1, |it| it.approval.version + 1);
        let approval = &mut copy.case.approval;
        (approval.version, approval.updated_at) = (version, at);
        Ok(())
    }

    fn keep_process(
        &mut self,
        process: Option<(&bpmn::Instance, &Library)>,
    ) -> Result<(), Failure> {
        let inside = &mut self.approval.inside;
        let Some((instance, _)) = process else {
            // A case that is not begun waits at its start.
            if inside.state.is_some() || !is_open(self.approval.status) {
                self.hung.places.clear();
            }
            inside.state = None;
            return Ok(());
        };
        self.hung.places.clear();
        for element in instance.active_elements() {
            *self.hung.places.entry(element.to_owned()).or_default() += 1;
        }
        if let Some(variables) = instance.variables() {
            inside.variables = serde_json::to_string(variables).map_err(anyhow::Error::new)?;
        }
        inside.state = Some(serde_json::to_string(instance).map_err(anyhow::Error::new)?);
        Ok(())
    }
}

impl WorkingCopy<'_> {
    /// The case is over: nothing of it is open, its clocks are gone.
    pub fn close_case(&mut self) {
        let now = self.now();
        let approval = &mut self.case.approval;
        (approval.ended_at, approval.paused_at) = (Some(now), None);
        approval.paused_for = None;
        self.close_everything();
    }
}
