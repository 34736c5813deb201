//! What may be done next to a directive (督办单) about a part, by how it stands (`domain.md` 3.2, row 20). Pure.
//! Not here: who may (`verbs::supervise`), of which parts (the same), until when it is answered (the calendar of the unit).
//! One directive about a part is open at a time.

use crate::application::DirectiveState;
use crate::fault::Code;
use crate::ticket::Verb;

/// Whether a verb fits, about whose part a directive is open that stands so, or none is.
///
/// # Errors
/// `assignment.directive.pending` for a second one, `assignment.flow.not_allowed` for the rest.
pub fn fits(verb: Verb, open: Option<DirectiveState>) -> Result<(), Code> {
    let fits = match (verb, open) {
        (Verb::Supervise, Some(_)) => return Err(Code::DirectivePending),
        (Verb::Supervise, None) => true,
        (Verb::AnswerDirective, Some(state)) => state.waits_for_unit(),
        (Verb::JudgeDirective, Some(state)) => matches!(state, DirectiveState::Answered),
        (Verb::CancelDirective, Some(state)) => state.is_open(),
        _ => false,
    };
    if fits {
        Ok(())
    } else {
        Err(Code::AssignmentNotAllowed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use DirectiveState as S;

    #[test]
    fn each_state_waits_for_what_comes_next() {
        let verbs = [
            Verb::Supervise,
            Verb::AnswerDirective,
            Verb::JudgeDirective,
            Verb::CancelDirective,
        ];
        let next = |open: Option<S>| verbs.map(|verb| fits(verb, open).is_ok());
        assert_eq!(next(None), [true, false, false, false]);
        assert_eq!(next(Some(S::Issued)), [false, true, false, true]);
        assert_eq!(next(Some(S::Answered)), [false, false, true, true]);
        assert_eq!(next(Some(S::Returned)), [false, true, false, true]);
        for over in [S::Closed, S::Cancelled] {
            assert_eq!(next(Some(over)), [false; 4], "{over}");
        }
        assert_eq!(
            fits(Verb::Supervise, Some(S::Issued)),
            Err(Code::DirectivePending)
        );
        assert_eq!(
            fits(Verb::Reply, Some(S::Issued)),
            Err(Code::AssignmentNotAllowed)
        );
    }
}
