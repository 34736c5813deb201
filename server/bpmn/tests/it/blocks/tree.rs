//! Random process models as trees of blocks: everything that splits is joined again, so what must happen is plain.
//! Not here: the tree as a file (`xml`) and what it means (`oracle`).
//! Next: `xml`.

use bpmn::{Value, Vars};
use proptest::prelude::*;

/// A block with its number, from which the ids of its elements are made.
#[derive(Clone, Debug)]
pub struct Block {
    pub n: usize,
    pub kind: Kind,
}

#[derive(Clone, Debug)]
pub enum Kind {
    /// A user task; with `undo`, one that can be undone by another user task.
    Task { undo: bool, many: Option<Many> },
    /// A task that is done as soon as it begins.
    Auto,
    /// An intermediate timer.
    Wait,
    /// A user task, then a compensation of all of the scope, or of one activity; `wait`: until all is undone.
    Undo { wait: bool, one: Option<usize> },
    /// One after the other.
    Seq(Vec<Block>),
    /// The branch with this number.
    Xor(Vec<Block>, usize),
    /// All branches.
    And(Vec<Block>),
    /// The branches whose bit is set; the first if there is none.
    Or(Vec<Block>, u8),
    /// A sub-process.
    Sub {
        body: Box<Block>,
        many: Option<Many>,
    },
    /// A task or sub-process with a timer on its border, and what happens when it rings.
    Timed {
        interrupting: bool,
        host: Box<Block>,
        late: Box<Block>,
    },
}

/// Repetition over a list.
#[derive(Clone, Copy, Debug)]
pub struct Many {
    pub sequential: bool,
    pub turns: usize,
    /// So many are enough.
    pub enough: Option<usize>,
}

fn block(kind: Kind) -> Block {
    Block { n: 0, kind }
}

fn many() -> impl Strategy<Value = Option<Many>> {
    let some = (any::<bool>(), 0..4_usize, proptest::option::of(1..4_usize)).prop_map(
        |(sequential, turns, enough)| {
            Some(Many {
                sequential,
                turns,
                enough,
            })
        },
    );
    prop_oneof![3 => Just(None), 1 => some]
}

fn task() -> impl Strategy<Value = Block> {
    (any::<bool>(), many()).prop_map(|(undo, many)| block(Kind::Task { undo, many }))
}

fn leaf() -> impl Strategy<Value = Block> {
    let undo = (any::<bool>(), proptest::option::of(0..8_usize))
        .prop_map(|(wait, one)| block(Kind::Undo { wait, one }));
    prop_oneof![
        6 => task(),
        1 => Just(block(Kind::Auto)),
        1 => Just(block(Kind::Wait)),
        2 => undo,
    ]
}

fn inner(of: BoxedStrategy<Block>) -> BoxedStrategy<Block> {
    let branches = || proptest::collection::vec(of.clone(), 1..4);
    let sub = (of.clone(), many()).prop_map(|(body, many)| {
        block(Kind::Sub {
            body: body.into(),
            many,
        })
    });
    let sub = sub.boxed();
    let host = prop_oneof![task(), sub.clone()];
    let timed = (any::<bool>(), host, of.clone()).prop_map(|(interrupting, host, late)| {
        block(Kind::Timed {
            interrupting,
            host: host.into(),
            late: late.into(),
        })
    });
    prop_oneof![
        4 => branches().prop_map(|blocks| block(Kind::Seq(blocks))),
        2 => (branches(), any::<usize>()).prop_map(|(blocks, n)| {
            let chosen = n % blocks.len();
            block(Kind::Xor(blocks, chosen))
        }),
        3 => branches().prop_map(|blocks| block(Kind::And(blocks))),
        2 => (branches(), any::<u8>()).prop_map(|(blocks, bits)| block(Kind::Or(blocks, bits))),
        3 => sub,
        3 => timed,
    ]
    .boxed()
}

/// Any tree, numbered.
pub fn tree() -> impl Strategy<Value = Block> {
    let any = leaf().prop_recursive(5, 40, 4, |of| inner(of.boxed()));
    // A row of several is the common case and the one in which something is there to be undone.
    let row = proptest::collection::vec(any, 2..7).prop_map(|blocks| block(Kind::Seq(blocks)));
    row.prop_map(|mut tree| {
        tree.number(&mut 0);
        tree.aim();
        tree
    })
}

impl Block {
    fn number(&mut self, next: &mut usize) {
        self.n = *next;
        *next += 1;
        for child in self.children_mut() {
            child.number(next);
        }
    }

    fn children_mut(&mut self) -> Vec<&mut Self> {
        match &mut self.kind {
            Kind::Seq(blocks) | Kind::Xor(blocks, _) | Kind::And(blocks) | Kind::Or(blocks, _) => {
                blocks.iter_mut().collect()
            }
            Kind::Sub { body, .. } => vec![body],
            Kind::Timed { host, late, .. } => vec![host, late],
            _ => Vec::new(),
        }
    }

    pub fn children(&self) -> Vec<&Self> {
        match &self.kind {
            Kind::Seq(blocks) | Kind::Xor(blocks, _) | Kind::And(blocks) | Kind::Or(blocks, _) => {
                blocks.iter().collect()
            }
            Kind::Sub { body, .. } => vec![body],
            Kind::Timed { host, late, .. } => vec![host, late],
            _ => Vec::new(),
        }
    }

    /// Turns the picks of compensations for one activity into numbers of activities of their scope that can be undone; without
    /// any, all is undone.
    fn aim(&mut self) {
        let mut found = Vec::new();
        self.undoable(&mut found);
        self.aim_at(&found);
    }

    /// What stands in this scope and can be undone by name; sub-processes are undone from inside.
    fn undoable(&self, found: &mut Vec<usize>) {
        match &self.kind {
            Kind::Task { undo: true, .. } | Kind::Sub { .. } => found.push(self.n),
            _ => self
                .children()
                .into_iter()
                .for_each(|child| child.undoable(found)),
        }
    }

    fn aim_at(&mut self, found: &[usize]) {
        match &mut self.kind {
            Kind::Undo { one, .. } => {
                *one = one.and_then(|pick| found.get(pick % found.len().max(1)).copied());
            }
            Kind::Sub { body, .. } => body.aim(),
            _ => self
                .children_mut()
                .into_iter()
                .for_each(|child| child.aim_at(found)),
        }
    }

    /// The variables that choose the branches and hold the lists that are repeated over.
    pub fn vars(&self) -> Vars {
        let mut vars = Vars::new();
        self.put(&mut vars);
        vars
    }

    fn put(&self, vars: &mut Vars) {
        let mut set = |letter: char, value: Value| {
            vars.insert(format!("{letter}{}", self.n), value);
        };
        match &self.kind {
            Kind::Xor(_, chosen) => set('c', Value::Int(*chosen as i64)),
            Kind::Or(blocks, bits) => {
                let bits = (0..blocks.len()).map(|n| Value::from(bits & (1 << n) != 0));
                set('o', Value::List(bits.collect()));
            }
            Kind::Task {
                many: Some(many), ..
            }
            | Kind::Sub {
                many: Some(many), ..
            } => {
                let turns = (0..many.turns).map(|n| Value::Int(n as i64));
                set('l', Value::List(turns.collect()));
            }
            _ => {}
        }
        for child in self.children() {
            child.put(vars);
        }
    }
}
