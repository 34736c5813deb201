//! The common road of verbs on cases of every kind: a parsed command and what it is done to, through the runner.
//! Each verb says in its own file when it fits and what it changes (`Decide`); each kind says who may do what with its cases (`Host`). What a
//! verb takes and asks stands in `shared` (`shared::verb`).
//! Not here: the runner (`perform`), verbs with a road of their own.

use futures::future::BoxFuture;
use shared::command::Sent;
use shared::fault::{Check, Fault};
use shared::ids::{FileId, UserId};
use shared::verb::{ActedOf, CaseVerb, Piece, VerbOf, Verbs};
use uuid::Uuid;

use super::{Entered, Halt, Hosted, Kind, Order, WorkingCopy, entered, perform};
use crate::context::Ctx;

/// A kind whose verbs go the common road.
pub(crate) trait Host: Verbs {
    /// Its cases.
    type Case: Hosted<Acted = <Self as Verbs>::Acted> + Kind<Verb = <Self as Verbs>::Verb>;

    /// What a verb is done to, by its id; none where the road is the verb's own.
    fn target(on: Self::On, id: Uuid) -> Option<<Self::Case as Hosted>::Target>;

    /// Whether a verb is done now, to this piece, by whoever acts, as far as its descriptor says it. The runner asks it before the verb
    /// decides, and pages before they show a button (I6).
    fn admits<V: CaseVerb<Of = Self>>(
        copy: &WorkingCopy<'_, Self::Case>,
        verb: Self::Verb,
        piece: Option<Piece>,
    ) -> Result<(), Halt> {
        let _ = (copy, verb, piece);
        Ok(())
    }

    /// What a caller is told whose command cannot be read: what only the case knows is wrong with it as well, or that he may not do it.
    fn refused<'a, V: CaseVerb<Of = Self>>(
        ctx: &'a Ctx,
        id: Uuid,
        sent: &'a Sent,
        fault: Fault,
    ) -> BoxFuture<'a, Fault> {
        let _ = (ctx, id, sent);
        Box::pin(std::future::ready(fault))
    }
}

/// The cases of a verb.
pub(crate) type CaseOf<V> = <<V as CaseVerb>::Of as Host>::Case;

/// When a verb fits, and what it changes.
pub(crate) trait Decide: CaseVerb<Of: Host> {
    /// Whether it looks at the history.
    const LOOKS_BACK: bool = false;

    /// Whether it looks at whose areas of responsibility the case falls into.
    const LOOKS_AT_DUTIES: bool = false;

    /// Whether it looks at who leads the unit that has the part.
    const LOOKS_AT_LEADERS: bool = false;

    /// Sign-in names in the command.
    fn names(&self) -> Vec<String> {
        Vec::new()
    }

    /// Numbers of other tickets in the command.
    fn tickets(&self) -> Vec<String> {
        Vec::new()
    }

    /// Files of the case that the command names.
    fn files(&self) -> Vec<FileId> {
        Vec::new()
    }

    /// People whom it may give a task back to, known by their ids.
    fn users(&self, history: &[<CaseOf<Self> as store::record::Kept>::Line]) -> Vec<UserId> {
        let _ = history;
        Vec::new()
    }

    /// What it waits for beside what its descriptor says.
    fn fits(copy: &WorkingCopy<'_, CaseOf<Self>>, piece: Option<Piece>) -> Result<(), Halt> {
        let _ = (copy, piece);
        Ok(())
    }

    /// Decides on the working copy, after right, version, state, piece and people are asked.
    fn decide(&self, copy: &mut WorkingCopy<'_, CaseOf<Self>>) -> Result<(), Halt>;

    /// The way to the runner.
    fn go(self, ctx: &Ctx, id: Uuid) -> BoxFuture<'_, Result<ActedOf<Self>, Fault>> {
        Box::pin(async move {
            let target = Self::Of::target(Self::DESCRIPTOR.on, id).ok_or_else(Fault::missing)?;
            perform(ctx, target, self).await
        })
    }
}

impl<V: Decide> Order for V {
    type On = CaseOf<V>;

    const LOOKS_BACK: bool = <V as Decide>::LOOKS_BACK;
    const LOOKS_AT_DUTIES: bool = <V as Decide>::LOOKS_AT_DUTIES;
    const LOOKS_AT_LEADERS: bool = <V as Decide>::LOOKS_AT_LEADERS;

    fn verb(&self) -> VerbOf<V> {
        self.does()
    }

    fn version(&self) -> Option<i32> {
        shared::command::Command::version(self)
    }

    fn names(&self) -> Vec<String> {
        Decide::names(self)
    }

    fn tickets(&self) -> Vec<String> {
        Decide::tickets(self)
    }

    fn files(&self) -> Vec<FileId> {
        Decide::files(self)
    }

    fn users(&self, history: &[<CaseOf<V> as store::record::Kept>::Line]) -> Vec<UserId> {
        Decide::users(self, history)
    }

    fn decide(&self, copy: &mut WorkingCopy<'_, CaseOf<V>>) -> Result<(), Halt> {
        let piece = self.piece();
        V::Of::admits::<V>(copy, self.does(), piece)?;
        V::fits(copy, piece)?;
        entered::fits(copy, self.does(), piece)?;
        Decide::decide(self, copy)
    }
}

/// Whether a verb can be done now to this piece by whoever looks at the case: what the runner asks, as a button asks it.
pub(crate) fn offers<V: Decide>(copy: &WorkingCopy<'_, CaseOf<V>>, piece: Option<Piece>) -> bool {
    let descriptor = &V::DESCRIPTOR;
    descriptor.need.is_met_by(copy.scene.actor)
        && V::Of::admits::<V>(copy, descriptor.verb, piece).is_ok()
        && V::fits(copy, piece).is_ok()
}

/// A verb that staff do to a case or a part of one.
pub trait Act: CaseVerb {
    /// Does it to the thing of that id.
    ///
    /// # Errors
    /// The faults of the runner: right, reach, version, state, and those of the verb itself.
    fn act(self, ctx: &Ctx, id: Uuid) -> BoxFuture<'_, Result<ActedOf<Self>, Fault>>;

    /// What a caller is told whose command cannot be read.
    fn refused<'a>(ctx: &'a Ctx, id: Uuid, sent: &'a Sent, fault: Fault) -> BoxFuture<'a, Fault>;
}

impl<V: Decide> Act for V {
    fn act(self, ctx: &Ctx, id: Uuid) -> BoxFuture<'_, Result<ActedOf<Self>, Fault>> {
        self.go(ctx, id)
    }

    fn refused<'a>(ctx: &'a Ctx, id: Uuid, sent: &'a Sent, fault: Fault) -> BoxFuture<'a, Fault> {
        V::Of::refused::<V>(ctx, id, sent, fault)
    }
}

/// Reads what was sent for a verb, and when it was done: all that is wrong with it is told at once.
///
/// # Errors
/// `input.invalid` with every field.
pub async fn read<V: Act>(
    ctx: &Ctx,
    id: impl Into<Uuid>,
    mut sent: Sent,
) -> Result<Entered<V>, Fault> {
    let mut check = Check::default();
    let done_at = entered::taken::<V>(&mut sent, &mut check);
    let mut settled = sent.clone();
    let fault = match (V::read(sent), check.finish()) {
        (Ok(command), Ok(())) => return Ok(Entered { command, done_at }),
        (Err(fault), Ok(())) | (Ok(_), Err(fault)) => fault,
        (Err(mut fault), Err(moment)) => {
            fault.fields.extend(moment.fields);
            fault
        }
    };
    V::settle(&mut settled);
    Err(V::refused(ctx, id.into(), &settled, fault).await)
}

/// Does a verb to a case or a part of one.
///
/// # Errors
/// As `Act::act`.
pub async fn act<V: Act>(
    ctx: &Ctx,
    id: impl Into<Uuid>,
    entered: impl Into<Entered<V>>,
) -> Result<ActedOf<V>, Fault> {
    let Entered { command, done_at } = entered.into();
    command.act(&ctx.done(done_at), id.into()).await
}
