//! Who did a thing: a person, the citizen, a partner's program, a job, the process; and a partner's messages, each of which has one effect.

use services::{Ctx, host, tickets};
use shared::access::{ActorKind, PartnerCode, Role, Who};
use shared::calendar::Instant;
use shared::command::Version;
use shared::fault::Code;
use shared::query::TicketFilter;
use shared::ticket::Verb;
use shared::ticket::command::{Register, Reveal};
use shared::ticket::verbs::{Sign, Urge};
use shared::ticket::view::HistoryEvent;

use crate::approvals::story::hire;
use crate::support::{CENTRE, CGJ, World, ZJJ, a_complaint, on_each_database, said};

/// A partner's program with an account in a unit, sending a message.
async fn program(world: &World, code: &str, role: Role, unit: &str) -> Ctx {
    let mut ctx = hire(world, role, unit).await;
    ctx.actor.who = Who::Partner {
        code: PartnerCode::parse(code).expect("a code"),
        account: ctx.actor.user().expect("an account"),
    };
    ctx
}

fn message(ctx: &Ctx, id: &str) -> Ctx {
    Ctx {
        idempotency_key: Some(id.to_owned()),
        ..ctx.clone()
    }
}

async fn history(world: &World, id: shared::ids::TicketId) -> Vec<HistoryEvent> {
    let history = tickets::history(&world.supervisor(), id).await;
    history.expect("seen")
}

async fn count(world: &World) -> i64 {
    let all = TicketFilter::default();
    let count = tickets::count(&world.dispatcher(), &all).await;
    count.expect("counted").n
}

#[tokio::test]
async fn the_same_message_twice_is_taken_once() {
    on_each_database(|world| async move {
        let water = program(&world, "nj-water", Role::Agent, CENTRE).await;
        let mut other = program(&world, "nj-gas", Role::ShiftLead, CENTRE).await;
        let first = message(&water, "M-1");
        let (one, two) = tokio::join!(
            tickets::register(&first, a_complaint()),
            tickets::register(&first, a_complaint())
        );
        let (one, two) = (one.expect("taken"), two.expect("the same answer"));
        assert_eq!((&one, count(&world).await), (&two, 1));
        // Another body under a used number.
        let changed = Register {
            content: crate::support::said("另一件事：小区门口的路灯三天不亮，请派人修理。"),
            ..a_complaint()
        };
        let refused = tickets::register(&first, changed).await;
        assert_eq!(refused.expect_err("refused").code, Code::IdempotencyReused);
        // Another partner counts for itself, whatever account it works under.
        other.idempotency_key = Some("M-1".to_owned());
        let theirs = tickets::register(&other, a_complaint())
            .await
            .expect("taken");
        assert_ne!(theirs.ticket_no, one.ticket_no);
        let code = PartnerCode::parse("nj-heat").expect("a code");
        let account = water.actor.user().expect("an account");
        let mut moved = first.clone();
        moved.actor.who = Who::Partner { code, account };
        tickets::register(&moved, a_complaint())
            .await
            .expect("taken");
        assert_eq!(count(&world).await, 3);
        // The person whose account it was has keys of his own as well.
        let mut person = first.clone();
        person.actor.who = Who::Person(account);
        tickets::register(&person, a_complaint())
            .await
            .expect("taken");
        assert_eq!(count(&world).await, 4);
    })
    .await;
}

#[tokio::test]
async fn what_a_program_did_is_told_as_its_own() {
    on_each_database(|world| async move {
        let water = program(&world, "nj-water", Role::Agent, CENTRE).await;
        let first = message(&water, "M-1");
        let taken = tickets::register(&first, a_complaint())
            .await
            .expect("taken");
        let line = history(&world, taken.id).await.remove(0);
        assert_eq!(
            (line.actor, line.actor_code.as_deref()),
            (ActorKind::Partner, Some("nj-water"))
        );
        assert_eq!(line.by.as_deref(), Some(water.actor.name.as_str()));
        let detail = tickets::get(&water, taken.id).await.expect("its own");
        assert_eq!(detail.source_system.as_deref(), Some("nj-water"));
        let row = world.audited("register").await.remove(0);
        assert_eq!(row.actor_name, "partner:nj-water");
        assert_eq!(row.actor, water.actor.user());

        // A unit's own system signs, and never sees who speaks nor decides.
        let mut filed = world.files(a_complaint()).await;
        assert!(
            tickets::get(&water, filed.id).await.is_err(),
            "another's ticket"
        );
        world.dispatches(&mut filed, ZJJ, &[]).await;
        let unit = program(&world, "zjj", Role::Handler, ZJJ).await;
        let (id, version) = filed.at_unit(ZJJ);
        let sign = Sign {
            version: Version(version),
        };
        let signed = tickets::act(&message(&unit, "S-1"), id, sign.clone()).await;
        let again = tickets::act(&message(&unit, "S-1"), id, sign).await;
        assert_eq!(signed.expect("signed"), again.expect("the same answer"));
        let reveal = Reveal {
            reason: said("核实诉求人住址"),
        };
        let refused = tickets::reveal(&unit, filed.id, reveal).await;
        assert_eq!(
            refused.expect_err("for people only").code,
            Code::AccessDenied
        );
    })
    .await;
}

#[tokio::test]
async fn a_history_says_who_it_was() {
    on_each_database(|world| async move {
        let mut filed = world.files(a_complaint()).await;
        world.dispatches(&mut filed, CGJ, &[]).await;
        let seen = tickets::get(&world.supervisor(), filed.id)
            .await
            .expect("seen");
        let due = seen.assignments[0]
            .sign_deadline
            .due_at
            .expect("a deadline");
        world.clock.set(Instant(due.0 + 1_000));
        host::drain(&world.services).await.expect("the jobs run");
        let urge = Urge { message: None };
        tickets::act(&world.dispatcher(), filed.id, urge)
            .await
            .expect("urged");
        let told = |lines: Vec<HistoryEvent>| -> Vec<(Verb, ActorKind)> {
            lines.iter().map(|line| (line.verb, line.actor)).collect()
        };
        let expected = [
            (Verb::Register, ActorKind::Citizen),
            (Verb::Dispatch, ActorKind::Person),
            (Verb::Ring, ActorKind::Process),
            (Verb::Urge, ActorKind::Person),
        ];
        assert_eq!(told(history(&world, filed.id).await), expected);
        // Lines of earlier releases say nothing; who it was follows from name and verb.
        world.repeat_as_before_actors().await;
        let twice = [expected, expected].concat();
        assert_eq!(told(history(&world, filed.id).await), twice);
    })
    .await;
}
