//! What the reader may do with an approval now: of each verb's descriptor and its own rule the same questions that the runner asks (I6).
//! Not here: the verbs themselves (`verbs`), their descriptors (`shared::approval::verbs`).
//! What stopped a case is settled where it is shown, not among these.

use shared::approval::ApprovalVerb;
use shared::approval::verbs::{self, Approvals, CaseVerb, On};
use shared::verb::Piece;
use store::record::Task;

use crate::approvals::working_copy::WorkingCopy;
use crate::host::{Decide, offers};

/// Verbs of the case itself.
pub(super) fn of_case(copy: &WorkingCopy<'_>) -> Vec<ApprovalVerb> {
    offered(copy, None)
}

/// Verbs of one open task, or of a part of it.
pub(super) fn of_task(copy: &WorkingCopy<'_>, task: &Task) -> Vec<ApprovalVerb> {
    let piece = Piece {
        task: task.task_no,
        part: task.part,
    };
    offered(copy, Some(piece))
}

/// The verbs of a command, where it can be done to this piece now.
fn ways<V: Decide + CaseVerb<Of = Approvals>>(
    copy: &WorkingCopy<'_>,
    piece: Option<Piece>,
) -> Vec<(u8, ApprovalVerb)> {
    let on = if piece.is_some() { On::Task } else { On::Case };
    if V::DESCRIPTOR.on != on || !offers::<V>(copy, piece) {
        return Vec::new();
    }
    let ranked = V::all().into_iter().map(|verb| (V::DESCRIPTOR.rank, verb));
    ranked.collect()
}

/// Verbs that can be done to a piece, or to the whole, in their order.
fn offered(copy: &WorkingCopy<'_>, piece: Option<Piece>) -> Vec<ApprovalVerb> {
    let mut offered: Vec<(u8, ApprovalVerb)> = Vec::new();
    macro_rules! each {
        ($($command:ident),+) => { $(offered.extend(ways::<verbs::$command>(copy, piece));)+ };
    }
    shared::approval_verbs!(each);
    offered.sort_by_key(|(rank, _)| *rank);
    offered.into_iter().map(|(_, verb)| verb).collect()
}
