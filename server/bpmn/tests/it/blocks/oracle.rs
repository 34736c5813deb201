//! What a tree of blocks means, told once more without tokens and queues: what begins with a block, and which tasks and timers are open.
//! Not here: what an act does to a block under way (`act`), the engine, which must say the same (`mod`).
//! Next: `act`.

use super::act::{Hit, in_scope};
use super::tree::{Block, Kind, Many};

/// An element that is open, with the items of the repetitions around it: (number of the block, item).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    pub element: String,
    pub items: Vec<(usize, i64)>,
}

pub(super) type Items = Vec<(usize, i64)>;

fn key(letter: char, n: usize, items: &Items) -> Key {
    Key {
        element: format!("{letter}{n}"),
        items: items.clone(),
    }
}

/// An activity that was completed and can be undone: itself, or what was completed inside.
#[derive(Clone, Debug)]
pub(super) enum Done {
    Task(usize, Items),
    Sub(usize, Vec<Done>),
}

/// What undoes these, the next one last.
pub(super) fn undoing(done: Vec<Done>) -> Vec<Key> {
    let mut keys = Vec::new();
    for one in done {
        match one {
            Done::Task(n, items) => keys.push(key('u', n, &items)),
            Done::Sub(_, inner) => keys.extend(undoing(inner)),
        }
    }
    keys
}

/// What belongs to a scope besides its main way.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope<'b> {
    pub done: Vec<Done>,
    pub beside: Vec<Run<'b>>,
}

/// A block under way.
#[derive(Clone, Debug)]
pub(super) enum Run<'b> {
    /// A task, the task before a compensation or a timer that is open.
    Open(Key, &'b Block),
    Undoing(Vec<Key>),
    Seq(Box<Run<'b>>, &'b [Block]),
    All(Vec<Run<'b>>),
    Sub(Option<Box<Run<'b>>>, Scope<'b>, &'b Block),
    Turns {
        runs: Vec<(i64, Run<'b>)>,
        next: usize,
        done: usize,
        many: Many,
        block: &'b Block,
    },
    Timed {
        timer: Option<Key>,
        host: Box<Run<'b>>,
        block: &'b Block,
    },
}

/// A whole case.
pub struct Oracle<'b> {
    run: Option<Run<'b>>,
    scope: Scope<'b>,
}

impl<'b> Oracle<'b> {
    pub fn start(tree: &'b Block) -> Self {
        let mut scope = Scope::default();
        let run = begin(tree, &mut Vec::new(), &mut scope);
        Self { run, scope }
    }

    /// Does something to what is open under a key: completes the task, lets the timer ring.
    pub fn act(&mut self, meant: &Key) {
        let mut main = self.run.take();
        let hit = in_scope(&mut main, &mut self.scope, meant, &mut Vec::new());
        assert_ne!(hit, Hit::No, "{meant:?} is open");
        self.run = main;
    }

    pub fn is_over(&self) -> bool {
        self.run.is_none() && self.scope.beside.is_empty()
    }

    /// Everything that is open, sorted.
    pub fn open(&self) -> Vec<Key> {
        let mut keys = Vec::new();
        for run in self.run.iter().chain(&self.scope.beside) {
            run.open(&mut keys);
        }
        keys.sort();
        keys
    }
}

impl Run<'_> {
    fn open(&self, keys: &mut Vec<Key>) {
        match self {
            Run::Open(key, _) => keys.push(key.clone()),
            Run::Undoing(left) => keys.extend(left.last().cloned()),
            Run::Seq(now, _) => now.open(keys),
            Run::All(runs) => runs.iter().for_each(|run| run.open(keys)),
            Run::Sub(now, scope, _) => {
                let now = now.iter().map(AsRef::as_ref);
                now.chain(&scope.beside).for_each(|run| run.open(keys));
            }
            Run::Turns { runs, .. } => runs.iter().for_each(|(_, run)| run.open(keys)),
            Run::Timed { timer, host, .. } => {
                keys.extend(timer.clone());
                host.open(keys);
            }
        }
    }
}

/// Begins a block; `None` if it is over at once.
pub(super) fn begin<'b>(
    block: &'b Block,
    items: &mut Items,
    scope: &mut Scope<'b>,
) -> Option<Run<'b>> {
    match &block.kind {
        Kind::Task {
            many: Some(many), ..
        }
        | Kind::Sub {
            many: Some(many), ..
        } => {
            let mut turns = Run::Turns {
                runs: Vec::new(),
                next: 0,
                done: 0,
                many: *many,
                block,
            };
            more_turns(&mut turns, items, scope).then_some(turns)
        }
        Kind::Task { many: None, .. } | Kind::Sub { many: None, .. } => once(block, items, scope),
        Kind::Auto => None,
        Kind::Wait => Some(Run::Open(key('w', block.n, items), block)),
        Kind::Undo { .. } => Some(Run::Open(key('g', block.n, items), block)),
        Kind::Seq(blocks) => row(blocks, items, scope),
        Kind::Xor(blocks, chosen) => begin(&blocks[*chosen], items, scope),
        Kind::And(blocks) => all(blocks.iter(), items, scope),
        Kind::Or(blocks, bits) => {
            let chosen: Vec<&Block> = (1..blocks.len())
                .filter(|n| bits & (1 << n) != 0)
                .map(|n| &blocks[n])
                .collect();
            if chosen.is_empty() {
                begin(&blocks[0], items, scope)
            } else {
                all(chosen.into_iter(), items, scope)
            }
        }
        Kind::Timed { host, .. } => {
            let timer = Some(key('d', block.n, items));
            let host = Box::new(begin(host, items, scope)?);
            Some(Run::Timed { timer, host, block })
        }
    }
}

/// One turn of a task or sub-process.
fn once<'b>(block: &'b Block, items: &mut Items, around: &mut Scope<'b>) -> Option<Run<'b>> {
    let Kind::Sub { body, .. } = &block.kind else {
        return Some(Run::Open(key('t', block.n, items), block));
    };
    let mut scope = Scope::default();
    let now = begin(body, items, &mut scope).map(Box::new);
    if now.is_none() && scope.beside.is_empty() {
        leave(scope, block, around);
        return None;
    }
    Some(Run::Sub(now, scope, block))
}

/// A sub-process is over: what was done inside can be undone as a whole.
pub(super) fn leave<'b>(scope: Scope<'b>, block: &Block, around: &mut Scope<'b>) {
    if !scope.done.is_empty() {
        around.done.push(Done::Sub(block.n, scope.done));
    }
}

pub(super) fn row<'b>(
    blocks: &'b [Block],
    items: &mut Items,
    scope: &mut Scope<'b>,
) -> Option<Run<'b>> {
    let (first, rest) = blocks.split_first()?;
    match begin(first, items, scope) {
        Some(run) => Some(Run::Seq(Box::new(run), rest)),
        None => row(rest, items, scope),
    }
}

fn all<'b>(
    blocks: impl Iterator<Item = &'b Block>,
    items: &mut Items,
    scope: &mut Scope<'b>,
) -> Option<Run<'b>> {
    let runs: Vec<Run<'b>> = blocks
        .filter_map(|block| begin(block, items, scope))
        .collect();
    (!runs.is_empty()).then_some(Run::All(runs))
}

/// Begins the turns that can begin now. False if the repetition is over.
pub(super) fn more_turns<'b>(
    turns: &mut Run<'b>,
    items: &mut Items,
    scope: &mut Scope<'b>,
) -> bool {
    let Run::Turns {
        runs,
        next,
        done,
        many,
        block,
    } = turns
    else {
        return false;
    };
    while *next < many.turns && (!many.sequential || runs.is_empty()) {
        let item = *next as i64;
        *next += 1;
        items.push((block.n, item));
        let run = once(block, items, scope);
        items.pop();
        match run {
            Some(run) => runs.push((item, run)),
            None => *done += 1,
        }
        if many
            .enough
            .is_some_and(|enough| *done >= enough && *done > 0)
        {
            return false;
        }
    }
    !runs.is_empty()
}
