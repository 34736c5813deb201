//! Send-backs as a small court (`domain.md` 3.2, rows 8 and 9): who may still dispute, and how a dispute is decided. Pure.
//! Of one matter each unit is heard once in a cycle; the first dispute is the dispatcher's ruling, the second a meeting's, the third ends it.
//! Not here: what a send-back has to say (`verbs::send_back`), where its facts are kept (`services::applications`).

use crate::application::{ApplicationStatus, DisputeStage};
use crate::fault::Code;

/// An earlier send-back of the same matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Earlier<'a> {
    /// The unit that sent it back.
    pub unit: &'a str,
    /// The cycle in which it did.
    pub cycle: i32,
    /// What became of it.
    pub status: ApplicationStatus,
    /// The unit that has it by a ruling which is final.
    pub finally: Option<&'a str>,
}

/// How a unit stands that would send a ticket back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing<'a> {
    /// Its code.
    pub unit: &'a str,
    /// The running cycle.
    pub cycle: i32,
    /// Its assignment was ruled finally.
    pub is_final: bool,
    /// It has answered the ticket, in this cycle or before.
    pub has_answered: bool,
}

/// How a dispute is decided before which so many were ruled on.
pub const fn stage(before: usize) -> DisputeStage {
    match before {
        0 => DisputeStage::Ruling,
        1 => DisputeStage::Meeting,
        _ => DisputeStage::Designation,
    }
}

/// How many of them count as disputes: whatever was ruled on.
pub fn ruled<'a>(earlier: impl IntoIterator<Item = Earlier<'a>>) -> usize {
    let is_ruled = |it: &Earlier<'_>| {
        matches!(
            it.status,
            ApplicationStatus::Granted | ApplicationStatus::Refused
        )
    };
    earlier.into_iter().filter(is_ruled).count()
}

/// Whether a unit may send the ticket back.
///
/// # Errors
/// Why it may not: a final ruling, one that waits, an answer, a say it had.
pub fn may_send_back(standing: &Standing<'_>, earlier: &[Earlier<'_>]) -> Result<(), Code> {
    let Standing { unit, cycle, .. } = *standing;
    if standing.is_final || earlier.iter().any(|it| it.finally == Some(unit)) {
        return Err(Code::ReturnFinal);
    }
    if standing.has_answered {
        return Err(Code::ReturnAnswered);
    }
    let mine = |it: &&Earlier<'_>| it.unit == unit && it.cycle == cycle;
    match earlier
        .iter()
        .filter(mine)
        .map(|it| it.status)
        .find(|it| *it != ApplicationStatus::Lapsed)
    {
        None => Ok(()),
        Some(ApplicationStatus::Open) => Err(Code::ReturnPending),
        Some(_) => Err(Code::ReturnHeard),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRESH: Standing<'_> = Standing {
        unit: "A",
        cycle: 0,
        is_final: false,
        has_answered: false,
    };

    fn sent_back(unit: &str, cycle: i32, status: ApplicationStatus) -> Earlier<'_> {
        Earlier {
            unit,
            cycle,
            status,
            finally: None,
        }
    }

    #[test]
    fn each_unit_is_heard_once_in_a_cycle() {
        assert_eq!(may_send_back(&FRESH, &[]), Ok(()));
        let of = |status| may_send_back(&FRESH, &[sent_back("A", 0, status)]);
        assert_eq!(of(ApplicationStatus::Open), Err(Code::ReturnPending));
        assert_eq!(of(ApplicationStatus::Refused), Err(Code::ReturnHeard));
        assert_eq!(of(ApplicationStatus::Granted), Err(Code::ReturnHeard));
        assert_eq!(of(ApplicationStatus::Lapsed), Ok(()));
        let other = sent_back("B", 0, ApplicationStatus::Granted);
        assert_eq!(may_send_back(&FRESH, &[other]), Ok(()));
        let before = sent_back("A", 0, ApplicationStatus::Refused);
        let later = Standing { cycle: 1, ..FRESH };
        assert_eq!(may_send_back(&later, &[before]), Ok(()));
    }

    #[test]
    fn a_final_ruling_and_an_answer_end_it_in_every_cycle() {
        let ruled = Earlier {
            finally: Some("A"),
            ..sent_back("B", 0, ApplicationStatus::Granted)
        };
        let later = Standing { cycle: 2, ..FRESH };
        assert_eq!(may_send_back(&later, &[ruled]), Err(Code::ReturnFinal));
        let other = Standing { unit: "C", ..FRESH };
        assert_eq!(may_send_back(&other, &[ruled]), Ok(()));
        let flagged = Standing {
            is_final: true,
            ..FRESH
        };
        assert_eq!(may_send_back(&flagged, &[]), Err(Code::ReturnFinal));
        let answered = Standing {
            has_answered: true,
            ..FRESH
        };
        assert_eq!(may_send_back(&answered, &[]), Err(Code::ReturnAnswered));
    }

    #[test]
    fn the_second_is_a_meetings_and_the_third_ends_it() {
        let stages: Vec<DisputeStage> = (0..4).map(stage).collect();
        assert_eq!(
            stages,
            [
                DisputeStage::Ruling,
                DisputeStage::Meeting,
                DisputeStage::Designation,
                DisputeStage::Designation,
            ]
        );
        let all = [
            sent_back("A", 0, ApplicationStatus::Granted),
            sent_back("B", 0, ApplicationStatus::Lapsed),
            sent_back("B", 0, ApplicationStatus::Refused),
            sent_back("C", 0, ApplicationStatus::Open),
        ];
        assert_eq!(ruled(all), 2);
    }
}
