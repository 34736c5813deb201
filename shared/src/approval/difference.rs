//! How a version of a process differs from the one on which new cases start, before it takes its place.
//! Not here: finding it (services), moving running cases (`view::MigrationView`).
//! An element is known by its id: one that has another id is new, and the old one is gone.

use serde::{Deserialize, Serialize};

codes! {
    /// What became of an element.
    DifferenceHow {
        New = "new", "new", "新增", "New";
        Gone = "gone", "gone", "没有了", "Gone";
        Changed = "changed", "changed", "有改动", "Changed";
    }
}

codes! {
    /// What an element is, roughly.
    ElementSort {
        Task = "task", "task", "任务", "Task";
        Timer = "timer", "timer", "计时", "Timer";
        Event = "event", "event", "事件", "Event";
        Branch = "branch", "branch", "分支", "Branch";
        Part = "part", "part", "子流程", "Part";
    }
}

/// An element that is not in both versions, or not the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DifferenceRow {
    /// Its id.
    pub element: String,
    /// Its name, in the reader's language.
    pub name: String,
    /// What it is.
    pub sort: ElementSort,
    /// What became of it.
    pub how: DifferenceHow,
    /// How many running cases of the version of now stand there, in the reader's scope.
    pub count: i64,
}

/// A version beside the one on which new cases start.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Differences {
    /// The version of now.
    pub active: i32,
    /// What is gone, changed and new, in the order of ids.
    pub rows: Vec<DifferenceRow>,
}
