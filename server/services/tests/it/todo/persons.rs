//! Looking for a person: by phone, name or identity number however they were typed, with a reason, in the scope of looks at citizens, by marks that serve
//! nobody else; and old rows made fit to be found.
//! Not here: the language (`shared`), what a database does with a mark (`store`), the caller's card (`tickets::desk`).

use services::tickets::{self, persons, saved};
use services::{Ctx, audit::alarms, jobs};
use shared::access::{AuditRule, Role};
use shared::command::{Block, Ticked};
use shared::fault::Code;
use shared::ids::TicketId;
use shared::query::TicketQuery;
use shared::query::person::{AskPerson, PersonAsked, PersonKey};
use shared::query::view::{KeepView, ViewShare};
use shared::ticket::RequestKind;
use shared::ticket::command::{CitizenBlock, Register};

use crate::support::{CENTRE, World, a_complaint, on_each_database, said};

const PHONE: &str = "13812345678";
const NUMBER: &str = "11010519491231002X";

fn of_person() -> Register {
    Register {
        citizen: Block(CitizenBlock {
            name: Some(said("王金丝雀")),
            phone: Some(said(PHONE)),
            backup_contact: Some(said("025-83000000")),
            id_number: Some(said(NUMBER)),
            ..CitizenBlock::default()
        }),
        ..a_complaint()
    }
}

fn question(key: PersonKey, value: &str) -> AskPerson {
    AskPerson {
        key,
        value: value.to_owned(),
        reason: "核对来电人以前的诉求".to_owned(),
        query: String::new(),
    }
}

async fn asked(ctx: &Ctx, key: PersonKey, value: &str) -> PersonAsked {
    let answer = persons::ask(ctx, question(key, value)).await;
    answer.unwrap_or_else(|fault| panic!("{value}: {fault:?}"))
}

/// What the list finds with the answer, which counted as many.
async fn found(ctx: &Ctx, key: PersonKey, value: &str) -> Vec<TicketId> {
    let answer = asked(ctx, key, value).await;
    let query = TicketQuery::from_query(&answer.query).expect("reads");
    let page = tickets::list(ctx, query).await.expect("listed");
    let ids: Vec<TicketId> = page.items.iter().map(|row| row.id).collect();
    assert_eq!(answer.found, ids.len() as i64, "{value}");
    ids
}

async fn run(world: &World, name: &str) {
    let job = jobs::JOBS.iter().find(|job| job.name == name);
    let job = job.expect("a job");
    job.once(&world.services).await.expect("runs");
}

#[tokio::test]
async fn a_person_is_found_however_it_is_typed_and_stands_nowhere() {
    on_each_database(|world| async move {
        let theirs = world.takes_call(of_person()).await;
        world.clock.advance_minutes(1);
        let other = Register {
            citizen: Block(CitizenBlock {
                name: Some(said("李四")),
                phone: Some(said("13900000001")),
                ..CitizenBlock::default()
            }),
            ..a_complaint()
        };
        let other = world.takes_call(other).await;
        let centre = world.dispatcher();
        for (key, value) in [
            (PersonKey::Phone, PHONE),
            (PersonKey::Phone, "+86 138 1234 5678"),
            (PersonKey::Phone, "025 8300 0000"),
            (PersonKey::Name, "王金丝雀"),
            (PersonKey::Name, " 王 金丝雀 "),
            (PersonKey::IdNumber, "１１０１０５１９４９１２３１００２ｘ"),
        ] {
            assert_eq!(found(&centre, key, value).await, [theirs.id], "{value}");
        }
        let both = found(&centre, PersonKey::Name, "王金丝雀、李四").await;
        assert_eq!(both, [other.id, theirs.id]);
        for value in ["王金", "金丝雀"] {
            assert!(found(&centre, PersonKey::Name, value).await.is_empty());
        }
        // Beside other conditions it goes on.
        let mut question = question(PersonKey::Phone, PHONE);
        question.query = "kind=complaint&where=urges+%3E%3D+1".to_owned();
        let answer = persons::ask(&centre, question).await.expect("asked");
        assert_eq!(answer.found, 0);
        assert!(answer.query.contains("kind=complaint") && answer.query.contains("urges"));

        let answer = asked(&centre, PersonKey::Phone, PHONE).await;
        assert!(answer.condition.starts_with("phone = #"));
        assert!(!answer.query.contains(PHONE) && answer.filling.is_none());
        let seen = tickets::get(&centre, theirs.id).await.expect("seen");
        assert!(seen.citizen.is_some_and(|citizen| citizen.masked));
        for row in world.audited("tickets.person").await {
            let text = format!("{row:?}");
            for value in [PHONE, NUMBER, "王金丝雀", "李四"] {
                assert!(!text.contains(value), "{text}");
            }
            assert_eq!(row.erasable["reason"], "核对来电人以前的诉求");
            assert!(row.facts.contains_key("by") && row.facts.contains_key("found"));
        }
    })
    .await;
}

#[tokio::test]
async fn it_is_found_where_citizens_may_be_looked_at_and_by_whoever_asked() {
    on_each_database(|world| async move {
        let plain = world.takes_call(of_person()).await;
        for request in [
            Register {
                confidential: Ticked(true),
                category: Some(said(world.a_leaf().await)),
                ..of_person()
            },
            Register {
                kind: RequestKind::TipOff,
                category: Some(said(world.a_leaf().await)),
                ..of_person()
            },
        ] {
            world.clock.advance_minutes(1);
            world.takes_call(request).await;
        }
        let centre = world.dispatcher();
        assert_eq!(
            found(&centre, PersonKey::Phone, PHONE).await,
            [plain.id],
            "no discreet ones"
        );
        // A shift lead sees the city's tickets, and looks at the citizens of the own ones alone.
        let lead = world.person(Role::ShiftLead, CENTRE);
        assert!(found(&lead, PersonKey::Phone, PHONE).await.is_empty());
        let analyst = world.person(Role::Analyst, CENTRE);
        let refused = persons::ask(&analyst, question(PersonKey::Phone, PHONE)).await;
        assert_eq!(refused.expect_err("refused").code, Code::AccessDenied);

        let answer = asked(&centre, PersonKey::Phone, PHONE).await;
        let query = TicketQuery::from_query(&answer.query).expect("reads");
        let supervisor = world.person(Role::Supervisor, CENTRE);
        let foreign = tickets::list(&supervisor, query.clone()).await;
        let foreign = foreign.expect_err("another's mark");
        assert_eq!(foreign.fields[0].facts["why"], "foreign");
        let refused = tickets::list(&analyst, query.clone()).await;
        assert_eq!(refused.expect_err("no right").code, Code::AccessDenied);
        let shares = tickets::facets(&centre, &query.filter).await;
        assert!(!shares.expect("divides").is_empty());

        let view = KeepView {
            name: "某人".to_owned(),
            query: answer.query,
            shared: ViewShare::Nobody,
        };
        let refused = saved::keep(&centre, view).await.expect_err("somebody's");
        assert_eq!(refused.fields[0].code, Code::ViewPersonal);
    })
    .await;
}

#[tokio::test]
async fn questions_want_a_reason_and_many_of_them_are_an_alarm() {
    on_each_database(|world| async move {
        world.time("2026-03-02T10:00");
        let centre = world.dispatcher();
        let many = ["1", "2", "3", "4", "5", "6"].join(",");
        for (value, reason, field) in [
            (PHONE, "", "reason"),
            (PHONE, "看看", "reason"),
            (" ， ", "核对来电人以前的诉求", "value"),
            (many.as_str(), "核对来电人以前的诉求", "value"),
        ] {
            let question = AskPerson {
                reason: reason.to_owned(),
                ..question(PersonKey::Phone, value)
            };
            let fault = persons::ask(&centre, question).await.expect_err("refused");
            assert_eq!(fault.fields[0].field, field, "{value} {reason}");
        }
        for n in 1..=20 {
            asked(&centre, PersonKey::Phone, &format!("139000000{n:02}")).await;
        }
        run(&world, "audit_alarms").await;
        let auditor = world.person(Role::Auditor, CENTRE);
        let page = alarms::page(&auditor, false, None, 50).await;
        let rules: Vec<AuditRule> = page
            .expect("lists")
            .items
            .into_iter()
            .map(|alarm| alarm.rule)
            .collect();
        assert_eq!(rules, [AuditRule::Lookups]);
        for _ in 0..40 {
            asked(&centre, PersonKey::Phone, PHONE).await;
        }
        let full = persons::ask(&centre, question(PersonKey::Phone, PHONE)).await;
        assert_eq!(full.expect_err("too many").code, Code::RateLimited);
    })
    .await;
}

#[tokio::test]
async fn digests_of_before_are_made_anew() {
    on_each_database(|world| async move {
        let filed = world.takes_call(of_person()).await;
        for statement in [
            "update tickets set name_hmac = null, id_number_hmac = null, contact_hmac = null",
            "insert into person_rebuild (id, done, total) values (1, 0, 1)",
        ] {
            world.tampers(statement).await;
        }
        let centre = world.dispatcher();
        let answer = asked(&centre, PersonKey::Name, "王金丝雀").await;
        assert_eq!((answer.found, answer.filling), (0, Some(1)));
        run(&world, "rehash").await;
        let answer = asked(&centre, PersonKey::Name, "王金丝雀").await;
        assert_eq!((answer.found, answer.filling), (1, None));
        for (key, value) in [
            (PersonKey::IdNumber, NUMBER),
            (PersonKey::Phone, "025-83000000"),
        ] {
            assert_eq!(found(&centre, key, value).await, [filed.id], "{value}");
        }
    })
    .await;
}
