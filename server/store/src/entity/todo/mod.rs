//! The to-do centre: acts on many tickets at once, and what somebody has to do with a case beside its tasks, and forms that were not sent yet.
//! Not here: tasks (`entity::case`).

pub(crate) mod bulk_act;
pub(crate) mod bulk_item;
pub(crate) mod case_mark;
pub(crate) mod typed_form;
