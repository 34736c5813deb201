//! What only grows or waits: audit and its chain, messages, repeated requests, forms and files, runs of the bulk doors, figures.

pub(crate) mod alarm_told;
pub(crate) mod audit;
pub(crate) mod batch;
pub(crate) mod data_request;
pub(crate) mod draft;
pub(crate) mod export_grant;
pub(crate) mod export_template;
pub(crate) mod figure;
pub(crate) mod frozen_figure;
pub(crate) mod idempotency_key;
pub(crate) mod incoming_message;
pub(crate) mod incoming_receipt;
pub(crate) mod job;
pub(crate) mod outbox;
pub(crate) mod red_list;
pub(crate) mod slow_statement;
