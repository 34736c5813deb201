//! What only the process holds that opened the store for itself: the right to load a case that nobody's scope is asked for, and to save what
//! was decided about one.
//! Not here: who decides (services).
//! A call on behalf of a person has a `Store` and no warrant, so it can neither pass by the scope nor save a change of its own making (I3, I7).

use std::ops::Deref;

use crate::record::{Change, Kept};
use crate::{OpenOptions, Seal, Store, StoreError};

/// The warrant of a store, given once, where it is opened; whoever keeps it decides who may use it.
///
/// Nobody else can make one:
///
/// ```compile_fail,E0423
/// let warrant = store::Warrant(());
/// ```
///
/// and without one no case is loaded past the scope:
///
/// ```compile_fail,E0061
/// async fn peek(db: &store::Db, id: shared::ids::TicketId) {
///     store::tickets::case::load_unscoped(db, id).await.ok();
/// }
/// ```
#[derive(Debug)]
pub struct Warrant(());

impl Store {
    /// Opens as `open` does, for the process that works on the cases by itself as well.
    ///
    /// # Errors
    /// Those of `open`.
    pub async fn open_with_warrant(
        url: &str,
        seal: Seal,
        options: OpenOptions,
    ) -> Result<(Self, Warrant), StoreError> {
        let store = Box::pin(Self::open(url, seal, options)).await?;
        Ok((store, Warrant(())))
    }
}

/// A change that the runner has decided: the only thing that is saved of a case.
///
/// A change that somebody has put together is not saved:
///
/// ```compile_fail,E0308
/// async fn slip_in(tx: &store::Tx, change: store::record::TicketChange) {
///     store::tickets::case::save(tx, &change).await.ok();
/// }
/// ```
pub struct Decided<C: Kept>(Change<C>);

impl<C: Kept> Decided<C> {
    /// What whoever holds the warrant has decided.
    pub fn by(_: &Warrant, change: Change<C>) -> Self {
        Self(change)
    }

    /// The change, once it is saved.
    pub fn into_change(self) -> Change<C> {
        self.0
    }
}

impl<C: Kept> Deref for Decided<C> {
    type Target = Change<C>;

    fn deref(&self) -> &Change<C> {
        &self.0
    }
}
