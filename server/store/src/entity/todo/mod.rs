//! The to-do centre: acts on many tickets at once, and what somebody has to do with a case beside its tasks, forms that were not sent yet,
//! and views and columns of the list that somebody keeps.
//! Not here: tasks (`entity::case`).

pub(crate) mod bulk_act;
pub(crate) mod bulk_item;
pub(crate) mod case_mark;
pub(crate) mod ladder_duty;
pub(crate) mod list_column;
pub(crate) mod phrase;
pub(crate) mod saved_view;
pub(crate) mod typed_form;
pub(crate) mod view_subscription;
