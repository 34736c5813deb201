//! The code and the session: what each is good for, how often one is sent, what is kept of it.

use services::citizens;
use shared::access::{Role, needs};
use shared::command::Ticked;
use shared::fault::Code;

use super::{PHONE, asking, code_of, not, signing};
use crate::support::{CENTRE, on_each_database};

#[tokio::test]
async fn the_number_is_the_account_and_the_first_time_the_statement_is_agreed_to() {
    on_each_database(|world| async move {
        let visitor = world.visitor();
        citizens::ask(&visitor, asking("138 1234 5678"))
            .await
            .expect("a code is sent to a number that nobody knows");
        let code = world.code_at(PHONE).await;
        let wrong = citizens::sign_in(&visitor, signing(PHONE, not(&code))).await;
        assert_eq!(
            wrong.err().map(|f| code_of(&f)),
            Some(Code::CitizenCodeWrong)
        );
        let mut command = signing(PHONE, &code);
        command.agree = Ticked(false);
        let asked = citizens::sign_in(&visitor, command.clone()).await;
        let asked = asked.err().expect("the statement is asked for");
        assert_eq!(asked.fields[0].field, "agree");
        let signed_in = citizens::sign_in(&visitor, signing(PHONE, &code)).await;
        let signed_in = signed_in.expect("the code waited");
        let citizen = world.with_token(&signed_in.token).await;
        assert!(needs::CITIZEN.ask(&citizen.actor).is_ok());
        let view = citizens::view(&citizen).await.expect("the account");
        assert_eq!((view.phone.as_str(), view.sessions), ("138****5678", 1));
        let again = citizens::sign_in(&visitor, signing(PHONE, &code)).await;
        assert_eq!(
            again.err().map(|f| code_of(&f)),
            Some(Code::CitizenCodeGone),
            "a code is good once"
        );
        // The second time nothing is asked.
        world.clock.advance_minutes(2);
        citizens::ask(&visitor, asking(PHONE)).await.expect("sent");
        command.sms_code = crate::support::said(world.code_at(PHONE).await);
        citizens::sign_in(&visitor, command)
            .await
            .expect("the account is there");
    })
    .await;
}

#[tokio::test]
async fn a_code_has_five_tries_and_five_minutes() {
    on_each_database(|world| async move {
        let visitor = world.visitor();
        citizens::ask(&visitor, asking(PHONE)).await.expect("sent");
        let code = world.code_at(PHONE).await;
        let tries = (0..20).map(|_| citizens::sign_in(&visitor, signing(PHONE, not(&code))));
        let answers = futures::future::join_all(tries).await;
        let of = |wanted| {
            let codes = answers.iter().filter_map(|answer| answer.as_ref().err());
            codes.filter(|fault| code_of(fault) == wanted).count()
        };
        assert_eq!(
            (of(Code::CitizenCodeWrong), of(Code::CitizenCodeGone)),
            (5, 15),
            "however many come at once"
        );
        let late = citizens::sign_in(&visitor, signing(PHONE, &code)).await;
        assert!(late.is_err(), "the right one comes too late");
        world.clock.advance_minutes(2);
        citizens::ask(&visitor, asking(PHONE)).await.expect("sent");
        let code = world.code_at(PHONE).await;
        world.clock.advance_minutes(5);
        let old = citizens::sign_in(&visitor, signing(PHONE, &code)).await;
        assert_eq!(old.err().map(|f| code_of(&f)), Some(Code::CitizenCodeGone));
    })
    .await;
}

#[tokio::test]
async fn codes_are_sent_so_often_to_a_number_and_from_a_place() {
    on_each_database(|world| async move {
        let ask = |ctx: services::Ctx, phone: String| async move {
            let asked = citizens::ask(&ctx, asking(&phone)).await;
            asked.err().map(|fault| fault.code)
        };
        let here = || world.stranger("203.0.113.7");
        assert_eq!(ask(here(), PHONE.to_owned()).await, None);
        assert_eq!(
            ask(here(), PHONE.to_owned()).await,
            Some(Code::CitizenCodeSoon)
        );
        for _ in 0..3 {
            world.clock.advance_minutes(2);
            assert_eq!(ask(here(), PHONE.to_owned()).await, None);
        }
        world.clock.advance_minutes(2);
        assert_eq!(
            ask(world.stranger("203.0.113.8"), PHONE.to_owned()).await,
            Some(Code::RateLimited),
            "five in an hour, from wherever"
        );
        let mut limited = 0;
        for last in 0..40 {
            let phone = format!("139000000{last:02}");
            if ask(here(), phone).await == Some(Code::RateLimited) {
                limited += 1;
            }
        }
        assert!(
            (10..40).contains(&limited),
            "{limited} of 40 from one place"
        );
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_unused_and_everywhere() {
    on_each_database(|world| async move {
        let first = world.signs_in(PHONE).await;
        world.clock.advance_minutes(29 * 24 * 60);
        let used = world.with_token(&first.token).await;
        assert!(used.citizen.is_some(), "a use begins the time anew");
        world.clock.advance_minutes(29 * 24 * 60);
        assert!(world.with_token(&first.token).await.citizen.is_some());
        world.clock.advance_minutes(30 * 24 * 60);
        assert!(world.with_token(&first.token).await.citizen.is_none());

        let one = world.signs_in(PHONE).await;
        world.clock.advance_minutes(2);
        let two = world.signs_in(PHONE).await;
        let citizen = world.with_token(&two.token).await;
        assert_eq!(citizens::view(&citizen).await.expect("it").sessions, 2);
        citizens::sign_out_everywhere(&citizen).await.expect("out");
        for token in [&one.token, &two.token] {
            let ctx = world.with_token(token).await;
            let view = citizens::view(&ctx).await;
            assert_eq!(view.err().map(|f| f.code), Some(Code::SignedOut));
        }
    })
    .await;
}

#[tokio::test]
async fn after_half_a_year_the_number_is_a_strangers() {
    on_each_database(|world| async move {
        let citizen = world.citizen(PHONE).await;
        let name = shared::citizen::CitizenName {
            name: Some(crate::support::said("王金丝雀")),
        };
        citizens::rename(&citizen, name).await.expect("named");
        world.clock.advance_minutes(181 * 24 * 60);
        let citizen = world.citizen(PHONE).await;
        let view = citizens::view(&citizen).await.expect("an account");
        assert_eq!(view.name, None, "nothing of the one before");
        world.clock.advance_minutes(2);
        let signed_in = world.signs_in(PHONE).await;
        citizens::close(&citizen).await.expect("closed");
        let after = world.with_token(&signed_in.token).await;
        assert!(after.citizen.is_none(), "its sessions are gone with it");
    })
    .await;
}

#[tokio::test]
async fn staff_is_no_citizen_and_nothing_of_the_number_is_kept_beside_the_account() {
    on_each_database(|world| async move {
        let staff = world.person(Role::Dispatcher, CENTRE);
        let asked = citizens::ask(&staff, asking(PHONE)).await;
        assert_eq!(asked.err().map(|f| f.code), Some(Code::CitizenIsStaff));
        let signed_in = world.signs_in(PHONE).await;
        let known = citizens::authenticate(&world.services, &signed_in.token).await;
        let mut both = world.person(Role::Dispatcher, CENTRE);
        both.of_citizen(known.expect("answers").expect("holds"));
        assert!(
            both.citizen.is_none(),
            "who is signed in as staff stays that"
        );
        let view = citizens::view(&both).await;
        assert_eq!(view.err().map(|f| f.code), Some(Code::AccessDenied));
        for action in ["citizen.code", "citizen.sign_in"] {
            let rows = world.audited(action).await;
            assert!(!rows.is_empty(), "{action}");
            for row in rows {
                let text = format!("{row:?}");
                assert!(!text.contains(PHONE) && !text.contains("5678"), "{text}");
            }
        }
    })
    .await;
}
