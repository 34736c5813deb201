//! What an act does to a block under way: a task is completed, a timer rings.
//! Not here: what begins with a block (`oracle`).
//! Next: `mod`.

use super::oracle::{Done, Items, Key, Run, Scope, begin, leave, more_turns, row, undoing};
use super::tree::{Block, Kind};

/// What an act on a running block did.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Hit {
    /// It was not meant.
    No,
    /// It goes on.
    Runs,
    /// It is over.
    Over,
}

/// An act on the main way of a scope or on what runs beside it.
pub(super) fn in_scope<'b>(
    main: &mut Option<Run<'b>>,
    scope: &mut Scope<'b>,
    meant: &Key,
    items: &mut Items,
) -> Hit {
    let mut hit = main
        .as_mut()
        .map_or(Hit::No, |run| act(run, meant, items, scope));
    if hit == Hit::Over {
        *main = None;
    }
    let mut at = 0;
    while hit == Hit::No && at < scope.beside.len() {
        let mut run = scope.beside.remove(at);
        hit = act(&mut run, meant, items, scope);
        if hit != Hit::Over {
            scope.beside.insert(at, run);
        }
        at += 1;
    }
    match hit {
        Hit::No => Hit::No,
        _ if main.is_none() && scope.beside.is_empty() => Hit::Over,
        _ => Hit::Runs,
    }
}

fn act<'b>(run: &mut Run<'b>, meant: &Key, items: &mut Items, scope: &mut Scope<'b>) -> Hit {
    match run {
        Run::Open(open, _) if open != meant => Hit::No,
        Run::Open(_, block) => {
            let block: &'b Block = block;
            match &block.kind {
                Kind::Task { undo: true, .. } => {
                    scope.done.push(Done::Task(block.n, items.clone()));
                    Hit::Over
                }
                Kind::Undo { wait, one } => undo(run, (*wait, *one), scope),
                _ => Hit::Over,
            }
        }
        Run::Undoing(left) => {
            if left.last() != Some(meant) {
                return Hit::No;
            }
            left.pop();
            over_if(left.is_empty())
        }
        Run::Seq(now, rest) => match act(now, meant, items, scope) {
            Hit::Over => match row(rest, items, scope) {
                Some(next) => {
                    *run = next;
                    Hit::Runs
                }
                None => Hit::Over,
            },
            hit => hit,
        },
        Run::All(runs) => {
            for at in 0..runs.len() {
                match act(&mut runs[at], meant, items, scope) {
                    Hit::No => {}
                    Hit::Runs => return Hit::Runs,
                    Hit::Over => {
                        runs.remove(at);
                        return over_if(runs.is_empty());
                    }
                }
            }
            Hit::No
        }
        Run::Sub(now, inner, block) => {
            let mut main = now.take().map(|now| *now);
            let hit = in_scope(&mut main, inner, meant, items);
            *now = main.map(Box::new);
            if hit == Hit::Over {
                leave(std::mem::take(inner), block, scope);
            }
            hit
        }
        Run::Turns { .. } => turn(run, meant, items, scope),
        Run::Timed { .. } => timed(run, meant, items, scope),
    }
}

fn over_if(over: bool) -> Hit {
    if over { Hit::Over } else { Hit::Runs }
}

fn undo<'b>(run: &mut Run<'b>, (wait, one): (bool, Option<usize>), scope: &mut Scope<'b>) -> Hit {
    let named = |done: &Done| {
        let (Done::Task(n, _) | Done::Sub(n, _)) = done;
        one.is_none_or(|one| one == *n)
    };
    let (meant, others) = std::mem::take(&mut scope.done).into_iter().partition(named);
    scope.done = others;
    let left = undoing(meant);
    if left.is_empty() {
        return Hit::Over;
    }
    if wait {
        *run = Run::Undoing(left);
        return Hit::Runs;
    }
    scope.beside.push(Run::Undoing(left));
    Hit::Over
}

fn turn<'b>(run: &mut Run<'b>, meant: &Key, items: &mut Items, scope: &mut Scope<'b>) -> Hit {
    let Run::Turns {
        runs,
        done,
        many,
        block,
        ..
    } = run
    else {
        return Hit::No;
    };
    for at in 0..runs.len() {
        let (item, turn) = &mut runs[at];
        items.push((block.n, *item));
        let hit = act(turn, meant, items, scope);
        items.pop();
        match hit {
            Hit::No => {}
            Hit::Runs => return Hit::Runs,
            Hit::Over => {
                runs.remove(at);
                *done += 1;
                // The others are taken away with all that is in them.
                if many.enough.is_some_and(|enough| *done >= enough) {
                    return Hit::Over;
                }
                return over_if(!more_turns(run, items, scope));
            }
        }
    }
    Hit::No
}

fn timed<'b>(run: &mut Run<'b>, meant: &Key, items: &mut Items, scope: &mut Scope<'b>) -> Hit {
    let Run::Timed { timer, host, block } = run else {
        return Hit::No;
    };
    let block: &'b Block = block;
    let Kind::Timed {
        interrupting, late, ..
    } = &block.kind
    else {
        return Hit::No;
    };
    if timer.as_ref() != Some(meant) {
        return act(host, meant, items, scope);
    }
    let late = begin(late, items, scope);
    if !interrupting {
        *timer = None;
        scope.beside.extend(late);
        return Hit::Runs;
    }
    match late {
        Some(late) => {
            *run = late;
            Hit::Runs
        }
        None => Hit::Over,
    }
}
