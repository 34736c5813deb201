//! The office itself for programs: accounts and their life, roles, posts and teams, keys, lists, its directory, who acts for organisations, messages that reached nobody and those that came in, one's own notices.
//! Not here: cases and what is done with them (beside this folder). Which right a path asks stands where it is mounted (`rest::described`).

mod account;
mod audit;
mod directory;
mod incoming;
mod keys;
mod life;
mod mandates;
mod notices;
mod notifications;
mod personal;
mod platforms;
mod quality;
mod readiness;
mod registers;
mod rights;
mod signed;
pub mod statements;
mod teams;
mod wishes;

use shared::access::{Need, needs};
use utoipa_axum::routes;

use self::registers::{reorganise, rules};
use super::doors::Doors;

/// Every path of the office with what it asks.
pub fn doors(doors: Doors) -> Doors {
    of_register(of_rights(doors))
        .open(needs::RESETS, routes!(account::reset_factor))
        .open(needs::OWN, routes!(account::password))
        .open(needs::OWN, routes!(account::own))
        .open(needs::OWN, routes!(account::end_others))
        .open(needs::OWN, routes!(account::end))
        .open(Need::Nothing, routes!(account::reset))
        .open(needs::ACCOUNTS, routes!(account::list))
        .open(needs::ACCOUNTS, routes!(account::get))
        .open(needs::RESETS, routes!(account::make_reset))
        .open(needs::ACCOUNT_REQUESTS, routes!(life::list))
        .open(needs::APPLYING, routes!(life::ask))
        .open(needs::ACCOUNT_REQUESTS, routes!(life::get))
        .open(needs::ACCOUNT_REQUESTS, routes!(life::decide))
        .open(needs::ACCOUNT_REQUESTS, routes!(life::withdraw))
        .open(needs::STAFFING, routes!(life::freeze))
        .open(needs::APPLYING, routes!(life::hand_over))
        .open(needs::STAFFING, routes!(life::import))
        .open(needs::STAND_INS, routes!(life::stand_ins))
        .open(needs::STAND_INS, routes!(life::ask_stand_in))
        .open(needs::STAND_INS, routes!(life::answer_stand_in))
        .open(needs::REVIEWS, routes!(life::reviews))
        .open(needs::REVIEWS, routes!(life::review))
        .open(needs::REVIEWS, routes!(life::answer_review))
        .open(needs::ACCOUNTS, routes!(account::end_all_of))
        .open(needs::ACCOUNTS, routes!(account::end_of))
        .open(needs::PLATFORMS, routes!(platforms::list))
        .open(needs::PLATFORMS, routes!(platforms::again))
        .open(needs::KEYS, routes!(keys::list))
        .open(needs::ROTATION, routes!(keys::rotate))
        .open(needs::NOTICES, routes!(notices::list))
        .open(needs::NOTICES, routes!(notices::read))
        .open(needs::NOTICES, routes!(notices::read_all))
        .open(needs::NOTICES, routes!(notices::settings))
        .open(needs::NOTICES, routes!(notices::choose))
        .open(needs::MANDATES, routes!(mandates::list))
        .open(needs::MANDATES, routes!(mandates::decide))
        .open(needs::MANDATES, routes!(mandates::end))
        .open(needs::WISHES, routes!(wishes::list))
        .open(needs::WISHES, routes!(wishes::decide))
        .open(needs::UNDELIVERED, routes!(notifications::undelivered))
        .open(needs::UNDELIVERED, routes!(notifications::again))
        .open(needs::UNDELIVERED, routes!(notifications::settle))
        .open(needs::QUALITY, routes!(quality::list))
        .open(needs::QUALITY, routes!(quality::rules))
        .open(needs::QUALITY, routes!(quality::scores))
        .open(needs::QUALITY, routes!(quality::months))
        .open(needs::QUALITY, routes!(quality::fix))
        .open(needs::QUALITY, routes!(quality::dismiss))
        .open(needs::QUALITY, routes!(quality::decide))
        .open(Need::Signature, routes!(notifications::receipts))
        .open(Need::Signature, routes!(incoming::receive))
        .open(needs::DESK, routes!(incoming::list))
        .open(needs::DESK, routes!(incoming::open))
        .open(needs::DESK, routes!(incoming::link))
        .open(needs::DESK, routes!(incoming::dismiss))
        .open(needs::READY, routes!(readiness::readiness))
        .open(needs::DIRECTORY, routes!(directory::units))
        .open(needs::DIRECTORY, routes!(directory::categories))
        .open(needs::DIRECTORY, routes!(directory::divisions))
}

/// The office's lists, their drafts, and the rules that people must read.
fn of_register(doors: Doors) -> Doors {
    doors
        .open(needs::REGISTER, routes!(registers::heads))
        .open(needs::REGISTER, routes!(registers::columns))
        .open(needs::REGISTER, routes!(registers::view))
        .open(needs::REGISTER, routes!(registers::rows))
        .open(needs::REGISTER, routes!(registers::preview))
        .open(needs::DRAFTING, routes!(registers::begin))
        .open(needs::DRAFTING, routes!(registers::put))
        .open(needs::DRAFTING, routes!(registers::remove))
        .open(needs::DRAFTING, routes!(registers::undo))
        .open(needs::DRAFTING, routes!(registers::table))
        .open(needs::DRAFTING, routes!(registers::discard))
        .open(needs::DRAFTING, routes!(registers::hand_on))
        .open(needs::DRAFTING, routes!(registers::replay))
        .open(needs::PUBLISHING, routes!(registers::publish))
        .open(needs::PUBLISHING, routes!(registers::take_back))
        .open(needs::DRAFTING, routes!(reorganise::look))
        .open(needs::DRAFTING, routes!(reorganise::reorganise))
        .open(needs::PUBLISHING, routes!(rules::ask))
        .open(needs::NOTICES, routes!(rules::mine))
        .open(needs::NOTICES, routes!(rules::read))
        .open(needs::REGISTER, routes!(rules::readers))
}

/// Roles, posts, teams and who can see a ticket.
fn of_rights(doors: Doors) -> Doors {
    doors
        .open(needs::ROLE_LIST, routes!(rights::list))
        .open(needs::ROLES, routes!(rights::compose))
        .open(needs::ROLE_LIST, routes!(rights::get))
        .open(needs::ROLES, routes!(rights::change))
        .open(needs::ROLES, routes!(rights::copy))
        .open(needs::ROLES, routes!(rights::stop))
        .open(needs::ROLE_LIST, routes!(rights::posts))
        .open(needs::ROLES, routes!(rights::give))
        .open(needs::ROLES, routes!(rights::end))
        .open(needs::ROLES, routes!(rights::resume))
        .open(needs::ROLE_LIST, routes!(rights::of))
        .open(needs::READERS, routes!(rights::readers))
        .open(needs::AUDIT, routes!(audit::list))
        .open(needs::AUDIT, routes!(audit::alarms))
        .open(needs::AUDIT, routes!(audit::dismiss))
        .open(needs::AUDIT, routes!(audit::keep))
        .open(needs::AUDIT, routes!(audit::remove))
        .open(needs::AUDIT, routes!(audit::reports))
        .open(needs::PERSONAL, routes!(personal::fields))
        .open(needs::LOOKS, routes!(personal::looks))
        .open(needs::ROLE_LIST, routes!(teams::list))
        .open(needs::ROLES, routes!(teams::make))
        .open(needs::ROLE_LIST, routes!(teams::get))
        .open(needs::ROLES, routes!(teams::rename))
        .open(needs::ROLES, routes!(teams::end))
        .open(needs::ROLES, routes!(teams::join))
        .open(needs::ROLES, routes!(teams::leave))
}
