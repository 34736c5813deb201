//! Takes a case to other places: forward, back, out of and into sub-processes and parallel parts.
//! Refused where the case could not go on sanely from there; whoever knows better says so and is obeyed (`despite`).
//! Next: `turns`.

use std::collections::BTreeSet;

use crate::model::{Gateway, Lookup, Node, NodeIx, NodeKind, Process, SubKind};
use crate::run::{Instance, RunError, Step, engine, state};
use crate::value::Vars;
use engine::{Move, Run};
use state::{ROOT, ScopeId, ScopeKind};

/// What is to be left and where the case goes on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Jump {
    /// Elements that are left: every token there. Empty: everything that runs in the target's surroundings.
    pub leave: Vec<String>,
    /// Open tasks that are left, where an element is open several times.
    pub leave_tasks: Vec<u64>,
    /// Elements at which the case goes on.
    pub go: Vec<String>,
    /// Variables to be set.
    pub vars: Vars,
    /// Go although joins might not fill or something might be done twice.
    pub despite: bool,
}

/// Why a case cannot be taken there.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum JumpError {
    /// Nothing stands there.
    #[error("nothing stands at {element}")]
    NotThere {
        /// The element or task.
        element: String,
    },
    /// No place at which a case can go on.
    #[error("a case cannot go on at {element}")]
    NoTarget {
        /// The element.
        element: String,
    },
    /// The target lies inside a repeated activity or an event sub-process that does not run.
    #[error("{element} lies in {around}, which does not run")]
    NotRunning {
        /// The target.
        element: String,
        /// What it lies in.
        around: String,
    },
    /// A join behind the target would wait for ever for a way that nothing is on.
    #[error("the join {join} would wait for ever: nothing can come by {flow}")]
    JoinNeverFills {
        /// The join.
        join: String,
        /// The way in that stays empty.
        flow: String,
    },
    /// The target lies before a split, and a token of one of its ways is still there: it would be done twice.
    #[error("{other} would be done twice: it is open, and {element} leads to it again")]
    Twice {
        /// The target.
        element: String,
        /// What is open.
        other: String,
    },
    /// The transition failed.
    #[error(transparent)]
    Run(#[from] RunError),
}

/// Carries out a jump.
///
/// # Errors
/// Every reason of [`JumpError`]; the instance is then as it was.
pub fn jump<L: Lookup>(def: &L, instance: &Instance, jump: &Jump) -> Result<Step, JumpError> {
    let mut run = Run::open(def, instance)?;
    let left = left(&run, jump)?;
    let mut homes = Vec::new();
    for element in &jump.go {
        homes.push(home(&run, &left, element)?);
    }
    let keep: BTreeSet<ScopeId> = homes
        .iter()
        .flat_map(|home| ancestors(&run.instance, home.scope))
        .collect();
    for id in &left.scopes {
        take_away(&mut run, *id, &keep);
    }
    for (scope, element) in &left.parked {
        run.instance
            .parked
            .retain(|token| (token.scope, &token.element) != (*scope, element));
    }
    if !jump.despite {
        for home in &homes {
            sane(&run, home, &homes)?;
        }
    }
    run.set_root(jump.vars.clone())?;
    for home in homes {
        arrive(&mut run, &home)?;
    }
    Ok(run.finish()?)
}

#[derive(Default)]
struct Left {
    scopes: Vec<ScopeId>,
    parked: Vec<(ScopeId, String)>,
}

/// Where a target's token will stand: an open scope, the sub-processes to be opened inside it, and the node.
struct Home<'a> {
    process: &'a Process,
    scope: ScopeId,
    open: Vec<NodeIx>,
    node: NodeIx,
}

fn left(run: &Run<'_>, jump: &Jump) -> Result<Left, JumpError> {
    let mut left = Left::default();
    for task in &jump.leave_tasks {
        if run.instance.task(*task).is_none() {
            return Err(JumpError::NotThere {
                element: task.to_string(),
            });
        }
        left.scopes.push(*task);
    }
    for element in &jump.leave {
        let scopes: Vec<ScopeId> = run
            .instance
            .scopes
            .iter()
            .filter(|(id, scope)| {
                scope.element == *element
                    && scope.kind != ScopeKind::Process
                    // Of a repeated activity the whole repetition.
                    && !is_turn(&run.instance, **id)
            })
            .map(|(id, _)| *id)
            .collect();
        let parked: Vec<(ScopeId, String)> = run
            .instance
            .parked
            .iter()
            .filter(|token| token.element == *element)
            .map(|token| (token.scope, token.element.clone()))
            .collect();
        if scopes.is_empty() && parked.is_empty() {
            return Err(JumpError::NotThere {
                element: element.clone(),
            });
        }
        left.scopes.extend(scopes);
        left.parked.extend(parked);
    }
    if jump.leave.is_empty() && jump.leave_tasks.is_empty() {
        left.scopes = run
            .instance
            .scopes
            .iter()
            .filter(|(_, scope)| scope.parent == Some(ROOT))
            .map(|(id, _)| *id)
            .collect();
        left.parked = run
            .instance
            .parked
            .iter()
            .filter(|token| token.scope == ROOT)
            .map(|token| (token.scope, token.element.clone()))
            .collect();
    }
    Ok(left)
}

fn is_turn(instance: &Instance, id: ScopeId) -> bool {
    let parent = instance.scopes.get(&id).and_then(|scope| scope.parent);
    parent
        .and_then(|parent| instance.scopes.get(&parent))
        .is_some_and(|parent| parent.kind == ScopeKind::Repeat)
}

fn ancestors(instance: &Instance, from: ScopeId) -> Vec<ScopeId> {
    let mut found = Vec::new();
    let mut next = Some(from);
    while let Some(id) = next {
        found.push(id);
        next = instance.scopes.get(&id).and_then(|scope| scope.parent);
    }
    found
}

/// The innermost open scope that the target belongs to, the one that is being left first.
fn home<'a>(run: &Run<'a>, left: &Left, element: &str) -> Result<Home<'a>, JumpError> {
    let around: Vec<ScopeId> = left
        .scopes
        .iter()
        .chain(left.parked.iter().map(|(scope, _)| scope))
        .flat_map(|id| ancestors(&run.instance, *id))
        .chain([ROOT])
        .collect();
    let mut processes: Vec<(ScopeId, &'a Process)> = Vec::new();
    for id in &around {
        if run
            .instance
            .scopes
            .get(id)
            .is_some_and(|scope| scope.kind == ScopeKind::Process)
        {
            processes.push((*id, run.process_of(*id)?));
        }
    }
    let Some((top, process, node)) = processes
        .into_iter()
        .find_map(|(id, process)| Some((id, process, process.place(element)?)))
    else {
        return Err(JumpError::NoTarget {
            element: element.to_owned(),
        });
    };
    if !can_go_on(&process.nodes[node]) {
        return Err(JumpError::NoTarget {
            element: element.to_owned(),
        });
    }
    let mut path = Vec::new();
    let mut parent = process.nodes[node].parent;
    while let Some(ix) = parent {
        path.push(ix);
        parent = process.nodes[ix].parent;
    }
    path.reverse();
    let mut scope = top;
    let mut open = Vec::new();
    for ix in path {
        let inner = &process.nodes[ix];
        let running = if open.is_empty() {
            running_inside(&run.instance, scope, &inner.id, &around, left)
        } else {
            None
        };
        match running {
            Some(found) => scope = found,
            None if inner.multi.is_none()
                && matches!(
                    inner.kind,
                    NodeKind::Sub(SubKind::Embedded | SubKind::Transaction, _)
                ) =>
            {
                open.push(ix);
            }
            None => {
                return Err(JumpError::NotRunning {
                    element: element.to_owned(),
                    around: inner.id.clone(),
                });
            }
        }
    }
    Ok(Home {
        process,
        scope,
        open,
        node,
    })
}

/// The running scope of a sub-process inside another scope that is not itself left: one that is being left from first.
fn running_inside(
    instance: &Instance,
    scope: ScopeId,
    element: &str,
    around: &[ScopeId],
    left: &Left,
) -> Option<ScopeId> {
    let inside = |id: ScopeId| {
        let mut parent = instance.scopes.get(&id)?.parent?;
        while instance
            .scopes
            .get(&parent)
            .is_some_and(|scope| scope.kind == ScopeKind::Repeat)
        {
            parent = instance.scopes.get(&parent)?.parent?;
        }
        Some(parent)
    };
    let candidates: Vec<ScopeId> = instance
        .scopes
        .iter()
        .filter(|(id, found)| {
            found.element == element
                && found.kind.is_container()
                && inside(**id) == Some(scope)
                && !left.scopes.contains(id)
        })
        .map(|(id, _)| *id)
        .collect();
    let first = candidates.iter().find(|id| around.contains(id));
    // Several turns of a repetition run: which one is meant nobody can know.
    first
        .or(candidates.first().filter(|_| candidates.len() == 1))
        .copied()
}

fn can_go_on(node: &Node) -> bool {
    !node.for_compensation
        && match &node.kind {
            NodeKind::Start(_) | NodeKind::Boundary { .. } | NodeKind::Unknown(_) => false,
            NodeKind::Sub(kind, _) => *kind != SubKind::Event,
            _ => true,
        }
}

/// Takes a scope away, and with it the surroundings that become empty and are not needed any more.
fn take_away(run: &mut Run<'_>, id: ScopeId, keep: &BTreeSet<ScopeId>) {
    let mut next = Some(id);
    while let Some(id) = next.filter(|id| *id != ROOT && !keep.contains(id)) {
        let Some(scope) = run.instance.scopes.get(&id) else {
            return;
        };
        let parent = scope.parent;
        run.remove(id, false);
        let Some(around) = parent.and_then(|parent| run.instance.scopes.get_mut(&parent)) else {
            return;
        };
        if let Some(repeat) = around.repeat.as_mut() {
            repeat.total = repeat.total.map(|total| total.saturating_sub(1));
        }
        next = parent.filter(|parent| !run.is_busy(*parent));
    }
}

fn arrive(run: &mut Run<'_>, home: &Home<'_>) -> Result<(), RunError> {
    let mut scope = home.scope;
    let process = run.process_of(scope)?;
    for ix in &home.open {
        let node = engine::node_at(process, *ix)?;
        scope = run.open_scope(Some(scope), &node.id, ScopeKind::Sub)?;
        run.open_boundaries(scope, process, node)?;
        run.begin_container(scope, process, Some(*ix))?;
    }
    run.queue.push_back(Move::Token {
        scope,
        node: home.node,
        flow: None,
    });
    Ok(())
}

/// Can the case go on from there? Looks at the scope of the target only: what is outside waits for it as before.
fn sane(run: &Run<'_>, home: &Home<'_>, all: &[Home<'_>]) -> Result<(), JumpError> {
    let process = home.process;
    let inside = process.nodes[home.node].parent;
    let others: BTreeSet<NodeIx> = run
        .instance
        .scopes
        .values()
        .filter(|scope| scope.parent == Some(home.scope) && home.open.is_empty())
        .map(|scope| scope.element.as_str())
        .filter_map(|element| process.place(element))
        .filter(|ix| process.nodes[*ix].parent == inside)
        .collect();
    let ahead = reach(process, home.node);
    let forked = forked(process, home.node, &ahead);
    if let Some(other) = others.iter().find(|other| forked.contains(other)) {
        return Err(JumpError::Twice {
            element: process.nodes[home.node].id.clone(),
            other: process.nodes[*other].id.clone(),
        });
    }
    let mut fed: BTreeSet<NodeIx> = ahead.clone();
    for other in &others {
        fed.extend(reach(process, *other));
    }
    for other in all.iter().filter(|other| other.scope == home.scope) {
        fed.extend(reach(process, other.node));
    }
    for ix in &ahead {
        let node = &process.nodes[*ix];
        if !matches!(node.kind, NodeKind::Gateway(Gateway::Parallel)) || node.incoming.len() < 2 {
            continue;
        }
        // The target itself, when it is a join, is passed by its own token only once all others are there.
        let direct = *ix == home.node;
        for flow in &node.incoming {
            let source = process.flows[*flow].source;
            let parked = run.instance.parked.iter().any(|token| {
                token.scope == home.scope
                    && token.element == node.id
                    && token.flow == process.flows[*flow].id
            });
            if !direct && !parked && !fed.contains(&source) {
                return Err(JumpError::JoinNeverFills {
                    join: node.id.clone(),
                    flow: process.flows[*flow].id.clone(),
                });
            }
        }
    }
    Ok(())
}

/// Everything that a token at a node can come to within its scope, the node included.
fn reach(process: &Process, from: NodeIx) -> BTreeSet<NodeIx> {
    let mut seen = BTreeSet::from([from]);
    let mut open = vec![from];
    while let Some(ix) = open.pop() {
        let node = &process.nodes[ix];
        let next = node
            .outgoing
            .iter()
            .map(|flow| process.flows[*flow].target)
            .chain(node.boundaries.iter().copied());
        open.extend(next.filter(|ix| seen.insert(*ix)));
    }
    seen
}

/// What lies behind the splits ahead: a token there would come a second time.
fn forked(process: &Process, from: NodeIx, ahead: &BTreeSet<NodeIx>) -> BTreeSet<NodeIx> {
    let splits = ahead.iter().filter(|ix| {
        let node = &process.nodes[**ix];
        node.outgoing.len() > 1
            && !matches!(
                node.kind,
                NodeKind::Gateway(Gateway::Exclusive | Gateway::EventBased { .. })
            )
    });
    let mut found = BTreeSet::new();
    for split in splits {
        found.extend(reach(process, *split));
    }
    // A loop back to the target is its ordinary way.
    if reach(process, from).iter().all(|ix| found.contains(ix)) && found.contains(&from) {
        found.remove(&from);
    }
    found
}
