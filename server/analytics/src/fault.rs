//! Why the copy does not answer. Each has a code that stays; whoever hears one asks the store instead.

use datafusion::error::DataFusionError;
use datafusion::object_store;

/// Why the copy does not answer.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// Nothing was built yet.
    #[error("there is no copy")]
    Absent,
    /// The copy is of another layout.
    #[error("the copy has layout {0}")]
    Layout(u32),
    /// A file that the manifest names is not there.
    #[error("missing: {0}")]
    Missing(String),
    /// A file is not what was written.
    #[error("damaged: {0}")]
    Damaged(String),
    /// What is asked needs something that the copy does not have.
    #[error("not in the copy: {0}")]
    Unsupported(&'static str),
    /// Rows came in an order in which they must not come.
    #[error("out of order: {0}")]
    Order(&'static str),
    /// The store of files failed.
    #[error("files: {0}")]
    Files(String),
    /// The engine failed.
    #[error("engine: {0}")]
    Engine(String),
}

impl Fault {
    /// The code that stays.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Absent => "analytic.absent",
            Self::Layout(_) => "analytic.layout",
            Self::Missing(_) => "analytic.missing",
            Self::Damaged(_) => "analytic.damaged",
            Self::Unsupported(_) => "analytic.unsupported",
            Self::Order(_) => "analytic.order",
            Self::Files(_) => "analytic.files",
            Self::Engine(_) => "analytic.engine",
        }
    }

    /// Whether only a new copy helps.
    #[must_use]
    pub const fn needs_rebuild(&self) -> bool {
        matches!(
            self,
            Self::Absent | Self::Layout(_) | Self::Missing(_) | Self::Damaged(_)
        )
    }
}

impl From<DataFusionError> for Fault {
    fn from(error: DataFusionError) -> Self {
        match error.find_root() {
            DataFusionError::ObjectStore(inner) => match inner.as_ref() {
                object_store::Error::NotFound { path, .. } => Self::Missing(path.clone()),
                other => Self::Files(other.to_string()),
            },
            DataFusionError::ParquetError(inner) => Self::Damaged(inner.to_string()),
            other => Self::Engine(other.to_string()),
        }
    }
}

impl From<object_store::Error> for Fault {
    fn from(error: object_store::Error) -> Self {
        match error {
            object_store::Error::NotFound { path, .. } => Self::Missing(path),
            other => Self::Files(other.to_string()),
        }
    }
}
