//! Who looked where: look-ups by phone, looks at discreet tickets, tries outside the scope, and that a flood of them stays small.

use services::tickets::RelatedQuery;
use services::{Ctx, jobs, public, reports, tickets, users};
use shared::access::Role;
use shared::command::Ticked;
use shared::fault::Code;
use shared::query::{Sort, TicketFilter, TicketQuery};
use shared::ticket::command::Register;
use shared::ticket::{Channel, RequestKind};

use crate::support::{CENTRE, CGJ, World, ZJJ, a_complaint, on_each_database, said};

fn call(phone: &str) -> RelatedQuery {
    RelatedQuery {
        phone: Some(phone.to_owned()),
        channel: Some(Channel::Phone),
        ..Default::default()
    }
}

#[tokio::test]
async fn discreet_tickets_do_not_stand_beside_the_form() {
    on_each_database(|world| async move {
        let plain = world.files(a_complaint()).await;
        for request in [
            Register {
                confidential: Ticked(true),
                category: Some(said(world.a_leaf().await)),
                ..a_complaint()
            },
            Register {
                kind: RequestKind::TipOff,
                category: Some(said(world.a_leaf().await)),
                ..a_complaint()
            },
        ] {
            world.takes_call(request).await;
        }
        let query = RelatedQuery {
            region: Some("320106".to_owned()),
            category: Some(world.a_leaf().await),
            ..call("13812345678")
        };
        for ctx in [
            world.agent(),
            world.person(Role::ShiftLead, CENTRE),
            world.person(Role::ProvincialManager, "320000-12345"),
        ] {
            let found = tickets::related(&ctx, query.clone()).await.expect("found");
            assert_eq!(
                found.iter().map(|one| one.id).collect::<Vec<_>>(),
                [plain.id],
                "{}",
                ctx.actor.username
            );
        }
    })
    .await;
}

#[tokio::test]
async fn a_number_is_looked_up_for_a_call_or_a_reason_and_many_are_an_alarm() {
    on_each_database(|world| async move {
        let without = RelatedQuery {
            channel: None,
            ..call("13812345678")
        };
        for query in [
            without.clone(),
            RelatedQuery {
                channel: Some(Channel::Web),
                ..without.clone()
            },
            RelatedQuery {
                reason: Some("  看看 ".to_owned()),
                ..without.clone()
            },
        ] {
            let fault = tickets::related(&world.agent(), query)
                .await
                .expect_err("no reason");
            assert_eq!(fault.fields[0].field, "reason");
        }
        let with = RelatedQuery {
            reason: Some("市民现场来访核对".to_owned()),
            ..without
        };
        tickets::related(&world.agent(), with)
            .await
            .expect("said why");
        for _ in 0..5 {
            tickets::related(&world.agent(), call("138 1234 5678"))
                .await
                .expect("the form asks again with each field");
        }
        let rows = world.audited("tickets.related").await;
        assert_eq!(rows.len(), 1, "one number within ten minutes");
        assert_eq!(rows[0].erasable["reason"], "市民现场来访核对");
        assert!(
            rows[0].object.starts_with("phone:") && !rows[0].object.contains("1381"),
            "{}",
            rows[0].object
        );
        for n in 1..60 {
            tickets::related(&world.agent(), call(&format!("139000000{n:02}")))
                .await
                .expect("a busy hour");
        }
        let alarms = world.audited("alarm").await;
        assert_eq!(
            alarms
                .iter()
                .map(|row| (row.object.as_str(), row.facts["numbers"].as_str()))
                .collect::<Vec<_>>(),
            [
                ("phone_lookups", "20"),
                ("phone_lookups", "40"),
                ("phone_lookups", "60")
            ]
        );
        assert_eq!(world.audited("tickets.related").await.len(), 60);
        let fault = tickets::related(&world.agent(), call("13900000099"))
            .await
            .expect_err("nobody takes so many calls");
        assert_eq!(fault.code, Code::RateLimited);
        tickets::related(&world.person(Role::ShiftLead, CENTRE), call("13900000099"))
            .await
            .expect("a colleague goes on");
        world.clock.advance_minutes(11);
        tickets::related(&world.agent(), call("13900000099"))
            .await
            .expect("later");
    })
    .await;
}

#[tokio::test]
async fn how_many_numbers_one_looks_up_and_within_what_time_is_the_offices() {
    on_each_database(|world| async move {
        for (key, value) in [("audit.lookups_most", "3"), ("audit.look_minutes", "60")] {
            let sql = format!("insert into settings (key, value) values ('{key}', '{value}')");
            world.tampers(&sql).await;
        }
        for n in 1..=3 {
            tickets::related(&world.agent(), call(&format!("139000000{n:02}")))
                .await
                .expect("as many as the office says");
        }
        world.clock.advance_minutes(11);
        let fault = tickets::related(&world.agent(), call("13900000099"))
            .await
            .expect_err("within the hour");
        assert_eq!(fault.code, Code::RateLimited);
        assert_eq!(fault.facts["minutes"], "60");
        world.clock.advance_minutes(50);
        tickets::related(&world.agent(), call("13900000099"))
            .await
            .expect("an hour later");
    })
    .await;
}

#[tokio::test]
async fn a_look_at_a_discreet_ticket_is_recorded_once_in_ten_minutes() {
    on_each_database(|world| async move {
        let plain = world.files(a_complaint()).await;
        let tip_off = world
            .files(Register {
                kind: RequestKind::TipOff,
                ..a_complaint()
            })
            .await;
        for filed in [&plain, &tip_off] {
            for _ in 0..3 {
                tickets::get(&world.dispatcher(), filed.id)
                    .await
                    .expect("seen");
                tickets::sheet(&world.dispatcher(), filed.id)
                    .await
                    .expect("seen");
            }
        }
        tickets::get(&world.supervisor(), tip_off.id)
            .await
            .expect("seen");
        let rows = world.audited("ticket.read").await;
        let seen: Vec<_> = rows
            .iter()
            .map(|row| (row.object.clone(), row.facts["class"].clone()))
            .collect();
        let one = (format!("ticket:{}", tip_off.id), "tip_off".to_owned());
        assert_eq!(seen, [one.clone(), one], "two people, one row each");
        world.clock.advance_minutes(11);
        tickets::get(&world.dispatcher(), tip_off.id)
            .await
            .expect("seen");
        assert_eq!(world.audited("ticket.read").await.len(), 3);
    })
    .await;
}

async fn outcomes(world: &World, action: &str) -> Vec<String> {
    let rows = world.audited(action).await;
    rows.into_iter().map(|row| row.outcome).collect()
}

#[tokio::test]
async fn whoever_reaches_for_what_is_not_theirs_stands_in_the_audit() {
    on_each_database(|world| async move {
        let filed = world.files(a_complaint()).await;
        let outside = world.suzhou_dispatcher();
        tickets::get(&outside, filed.id).await.expect_err("outside");
        tickets::history(&outside, filed.id)
            .await
            .expect_err("the same request: once");
        assert_eq!(outcomes(&world, "ticket.read").await, ["not_found"]);
        let admin = || world.person(Role::SystemAdmin, CENTRE);
        let query = TicketQuery {
            filter: TicketFilter::default(),
            sort: Sort::AcceptedDesc,
            limit: 10,
            cursor: None,
            columns: Vec::new(),
        };
        tickets::list(&admin(), query)
            .await
            .expect_err("no business data");
        assert_eq!(outcomes(&world, "ticket.list").await, ["access.denied"]);
        let report = reports::OverviewQuery {
            from: chrono::NaiveDate::from_ymd_opt(2026, 3, 1).expect("a date"),
            to: chrono::NaiveDate::from_ymd_opt(2026, 3, 2).expect("a date"),
            region: None,
        };
        reports::overview(&admin(), report)
            .await
            .expect_err("denied");
        assert_eq!(outcomes(&world, "report.overview").await, ["access.denied"]);
        users::list(&world.agent()).await.expect_err("denied");
        assert_eq!(outcomes(&world, "user.manage").await, ["access.denied"]);
        tickets::related(&world.handler(ZJJ), call("13812345678"))
            .await
            .expect_err("denied");
        assert_eq!(outcomes(&world, "tickets.related").await, ["access.denied"]);
        let reads = world.audited("ticket.read").await;
        assert_eq!(reads[0].actor, outside.actor.user());
        tickets::get(&world.visitor(), filed.id)
            .await
            .expect_err("signed out");
        assert_eq!(
            outcomes(&world, "ticket.read").await.len(),
            1,
            "visitors are only sent to sign in"
        );
    })
    .await;
}

#[tokio::test]
async fn a_flood_of_tries_is_ten_rows_and_a_count() {
    on_each_database(|world| async move {
        let filed = world.files(a_complaint()).await;
        for _ in 0..200 {
            tickets::get(&world.liaison(CGJ), filed.id)
                .await
                .expect_err("another unit's");
        }
        assert_eq!(outcomes(&world, "ticket.read").await.len(), 10);
        world.clock.advance_minutes(2);
        jobs::once(&world.services).await.expect("the jobs run");
        let rows = world.audited("ticket.read").await;
        assert_eq!(rows.len(), 11);
        assert_eq!(rows[10].facts["more"], "190");
    })
    .await;
}

#[tokio::test]
async fn wrong_look_ups_and_locks_stand_in_the_audit() {
    on_each_database(|world| async move {
        let filed = world.files(a_complaint()).await;
        for _ in 0..7 {
            public::lookup(&world.stranger("203.0.113.5"), filed.wrong_claim())
                .await
                .expect_err("wrong");
        }
        let rows = world.audited("ticket.lookup").await;
        let told: Vec<_> = rows.iter().map(|row| row.outcome.as_str()).collect();
        assert_eq!(
            told,
            [
                "lookup.wrong",
                "lookup.wrong",
                "lookup.wrong",
                "lookup.wrong",
                "lookup.wrong",
                "lookup.locked",
                "lookup.locked"
            ]
        );
        assert!(
            rows.iter()
                .all(|row| row.ip.as_deref() == Some("203.0.113.5")
                    && row.object == format!("ticket_no:{}", filed.claim.ticket_no))
        );
        let visitor: Ctx = world.visitor();
        public::lookup(&visitor, filed.claim)
            .await
            .expect("the device that filed it goes on");
    })
    .await;
}
