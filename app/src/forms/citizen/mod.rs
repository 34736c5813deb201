//! The citizen's forms: filing (`file`), following and answering for the own ticket (`track`), signing in by a code (`account`), acting for
//! organisations (`mandates`), what one wishes about the own data (`wishes`), a questionnaire that came by text message (`questionnaire`).
//! Not here: sign-in and language (`session`), the pages (`pages::citizen`).
//! The rules are in `shared::ticket::rules`, asked by the services.

mod account;
mod file;
mod mandates;
mod questionnaire;
mod track;
mod wishes;

pub use account::FORMS as ACCOUNT;
pub use mandates::FORMS as MANDATES;
pub use wishes::FORMS as WISHES;

use std::borrow::Cow;

use services::tries::Try;
use shared::access::Need;

use super::{Answer, Files, FormRoute};

/// Field that carries the code of a photo that was refused in a plain form, so that the page can say so.
pub const PHOTO_FAULT: &str = "photo_fault";

/// The forms of this folder.
pub const FORMS: &[FormRoute] = &[
    FormRoute {
        pattern: Cow::Borrowed("/file"),
        need: Need::Nothing,
        files: Files::Photos,
        tries: Some(Try::Filing),
        run: |call| -> Answer { Box::pin(file::file(call)) },
    },
    FormRoute {
        pattern: Cow::Borrowed("/track"),
        need: Need::Nothing,
        files: Files::None,
        tries: Some(Try::LookUp),
        run: |call| -> Answer { Box::pin(track::lookup(call)) },
    },
    FormRoute {
        pattern: Cow::Borrowed("/track/ticket/urge"),
        need: Need::Code,
        files: Files::None,
        tries: Some(Try::LookUp),
        run: |call| -> Answer { Box::pin(track::urge(call)) },
    },
    FormRoute {
        pattern: Cow::Borrowed("/track/ticket/reopen"),
        need: Need::Code,
        files: Files::None,
        tries: Some(Try::LookUp),
        run: |call| -> Answer { Box::pin(track::reopen(call)) },
    },
    FormRoute {
        pattern: Cow::Borrowed("/track/ticket/withdraw"),
        need: Need::Code,
        files: Files::None,
        tries: Some(Try::LookUp),
        run: |call| -> Answer { Box::pin(track::withdraw(call)) },
    },
    FormRoute {
        pattern: Cow::Borrowed("/track/ticket/rate"),
        need: Need::Code,
        files: Files::None,
        tries: Some(Try::LookUp),
        run: |call| -> Answer { Box::pin(track::rate(call)) },
    },
    FormRoute {
        pattern: Cow::Borrowed("/rate/{token}"),
        need: Need::Nothing,
        files: Files::None,
        tries: Some(Try::LookUp),
        run: |call| -> Answer { Box::pin(questionnaire::answer(call)) },
    },
];
