//! What happens to a demo ticket, move by move, and how long each move takes.
//! Not here: carrying a move out (`template`), what tickets are about (`draw`).
//! Shares follow `domain.md` 13.2: six in ten are answered at the desk, 95 of 100 ratings are satisfied.

use rand::Rng;
use shared::calendar::Instant;
use shared::ticket::Satisfaction;

/// One move. Slots: 0 the lead unit, then the assisting ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Move {
    Register,
    Answer,
    Decline,
    ConfirmDecline,
    /// With so many assisting units.
    Dispatch(u8),
    Sign(u8),
    SendBack,
    /// The return is granted and another unit gets it.
    Rule,
    /// The lead unit asks for more time.
    Extend,
    /// It is given, or not.
    RuleExtension(bool),
    Reply(u8),
    UnitReview(u8, bool),
    Review(bool),
    /// The citizen was reached and answered, or not reached.
    FollowUp(Option<Satisfaction>),
    Redo,
    Close,
    Withdraw,
    Urge,
    Rate(Satisfaction),
}

/// Flags of a ticket that change its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Flags {
    pub anonymous: bool,
    pub reply_required: bool,
    /// Filed by the citizen, not by an agent.
    pub own: bool,
}

/// Draws the moves of one ticket.
pub(crate) fn draw(rng: &mut impl Rng, flags: Flags) -> Vec<Move> {
    use Move::{Answer, ConfirmDecline, Decline, Dispatch, Rate, Register, Withdraw};
    let mut moves = vec![Register];
    match rng.random_range(0..1_000) {
        0..600 if !flags.own => {
            moves.push(Answer);
            if rng.random_bool(0.12) {
                moves.push(Rate(satisfaction(rng)));
            }
        }
        0..250 => moves.push(Answer),
        600..615 => moves.extend([Decline, ConfirmDecline]),
        615..622 => moves.push(Withdraw),
        622..630 => moves.extend([Dispatch(0), Withdraw]),
        _ => dispatched(rng, flags, &mut moves),
    }
    moves
}

fn dispatched(rng: &mut impl Rng, flags: Flags, moves: &mut Vec<Move>) {
    use Move::{
        Dispatch, Extend, Reply, Review, Rule, RuleExtension, SendBack, Sign, UnitReview, Urge,
    };
    let assisting = [0, 0, 0, 0, 0, 0, 0, 1, 1, 2][rng.random_range(0..10_usize)];
    moves.push(Dispatch(assisting));
    match rng.random_range(0..100) {
        0..5 => moves.extend([SendBack, Rule]),
        5..8 => moves.extend([Sign(0), SendBack, Rule]),
        _ => {}
    }
    if rng.random_bool(0.03) {
        moves.push(Urge);
    }
    for slot in 0..=assisting {
        moves.push(Sign(slot));
    }
    match rng.random_range(0..100) {
        0..3 => moves.extend([Extend, RuleExtension(true)]),
        3 => moves.extend([Extend, RuleExtension(false)]),
        _ => {}
    }
    for slot in (0..=assisting).rev() {
        moves.push(Reply(slot));
        if rng.random_bool(0.04) {
            moves.extend([UnitReview(slot, false), Reply(slot)]);
        }
        moves.push(UnitReview(slot, true));
    }
    if rng.random_bool(0.05) {
        moves.extend([Review(false), Reply(0), UnitReview(0, true)]);
    }
    moves.push(Review(true));
    if flags.anonymous || !flags.reply_required {
        return;
    }
    followed_up(rng, flags, moves);
}

fn followed_up(rng: &mut impl Rng, flags: Flags, moves: &mut Vec<Move>) {
    use Move::{Close, FollowUp, Rate, Redo, Reply, Review, Sign, UnitReview};
    if rng.random_bool(0.04) {
        moves.extend([FollowUp(None), FollowUp(None), FollowUp(None), Close]);
        return;
    }
    if rng.random_bool(0.1) {
        moves.push(FollowUp(None));
    }
    let first = satisfaction(rng);
    moves.push(FollowUp(Some(first)));
    if !first.is_satisfied() && first.is_rated() && rng.random_bool(0.6) {
        moves.extend([
            Redo,
            Sign(0),
            Reply(0),
            UnitReview(0, true),
            Review(true),
            FollowUp(Some(satisfaction(rng))),
        ]);
    }
    moves.push(Close);
    if flags.own && rng.random_bool(0.3) {
        moves.push(Rate(satisfaction(rng)));
    }
}

/// 95 of 100 are satisfied, a few do not want to say.
fn satisfaction(rng: &mut impl Rng) -> Satisfaction {
    match rng.random_range(0..1_000) {
        0..440 => Satisfaction::VerySatisfied,
        440..830 => Satisfaction::Satisfied,
        830..930 => Satisfaction::FairlySatisfied,
        930..968 => Satisfaction::Dissatisfied,
        968..980 => Satisfaction::VeryDissatisfied,
        _ => Satisfaction::Refused,
    }
}

/// How long a move takes after the one before it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Wait {
    /// Minutes on the wall clock.
    Clock(i64),
    /// Minutes of working time.
    Working(i64),
    /// A share of the working time from the dispatch to its deadline, counted from the dispatch.
    OfLimit(f64),
    /// It has not happened yet and will not soon.
    Never,
}

/// Draws how long a move takes.
pub(crate) fn wait(rng: &mut impl Rng, step: Move) -> Wait {
    match step {
        Move::Register => Wait::Clock(0),
        Move::Answer => Wait::Clock(rng.random_range(3..18)),
        Move::Decline => Wait::Working(rng.random_range(2..60)),
        Move::ConfirmDecline | Move::Rule => Wait::Working(rng.random_range(15..200)),
        Move::Dispatch(_) => Wait::Working(if rng.random_bool(0.03) {
            rng.random_range(240..900)
        } else {
            rng.random_range(8..170)
        }),
        Move::Sign(_) => Wait::Working(if rng.random_bool(0.05) {
            rng.random_range(120..500)
        } else {
            rng.random_range(4..100)
        }),
        Move::SendBack => Wait::Working(rng.random_range(30..300)),
        Move::Extend => Wait::OfLimit(rng.random_range(0.4..0.7)),
        // Now and then nobody has ruled on it yet.
        Move::RuleExtension(_) if rng.random_bool(0.08) => Wait::Never,
        Move::RuleExtension(_) => Wait::Working(rng.random_range(15..200)),
        Move::Reply(_) => match rng.random_range(0..1_000) {
            0..3 => Wait::Never,
            3..45 => Wait::OfLimit(rng.random_range(1.02..1.8)),
            _ => Wait::OfLimit(rng.random_range(0.12..0.9)),
        },
        Move::UnitReview(..) => Wait::Working(rng.random_range(5..60)),
        Move::Review(_) => Wait::Working(rng.random_range(20..380)),
        Move::FollowUp(_) => Wait::Working(rng.random_range(30..700)),
        Move::Redo | Move::Close => Wait::Clock(rng.random_range(1..6)),
        Move::Withdraw => Wait::Working(rng.random_range(5..120)),
        Move::Urge => Wait::Working(rng.random_range(20..200)),
        Move::Rate(_) => Wait::Clock(rng.random_range(60..4_000)),
    }
}

/// The moment of each move; the list ends with the last one that has happened by `until`.
pub(crate) struct Timing<'a> {
    pub reference: &'a crate::reference::Reference,
    pub until: Instant,
}

impl Timing<'_> {
    /// `limit` is the deadline of an assignment dispatched at the given instant.
    pub fn times(
        &self,
        rng: &mut impl Rng,
        moves: &[Move],
        accepted: Instant,
        limit: impl Fn(Instant) -> Instant,
    ) -> Vec<Instant> {
        let calendar = &self.reference.calendar;
        let mut times: Vec<Instant> = Vec::with_capacity(moves.len());
        let mut dispatched = accepted;
        for step in moves {
            let before = times.last().copied().unwrap_or(accepted);
            // Never two moves in one second: the history reads in order.
            let soonest = Instant(
                before.0
                    + if times.is_empty() {
                        0
                    } else {
                        1_000 + rng.random_range(0..59_000)
                    },
            );
            let at = match wait(rng, *step) {
                Wait::Clock(minutes) => Instant(soonest.0 + minutes * 60_000),
                Wait::Working(minutes) => calendar
                    .after_working_minutes(soonest, minutes)
                    .max(soonest),
                Wait::OfLimit(share) => {
                    let minutes = calendar
                        .working_minutes_between(dispatched, limit(dispatched))
                        .max(60);
                    calendar
                        .after_working_minutes(dispatched, (minutes as f64 * share) as i64)
                        .max(soonest)
                }
                Wait::Never => break,
            };
            if at > self.until {
                break;
            }
            if matches!(step, Move::Dispatch(_) | Move::Rule | Move::Redo) {
                dispatched = at;
            }
            times.push(at);
        }
        times
    }
}
