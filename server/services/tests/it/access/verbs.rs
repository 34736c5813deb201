//! Every verb that staff do to a ticket or an assignment, by its example: who is refused, when, and what a repeated key gives.
//! Generated over the register of verbs: a new verb is tried by its descriptor.
//! Not here: what each verb does (`tickets`), entrances (the server's tests).

use services::tickets::Act;
use services::{Ctx, tickets};
use shared::access::{Role, scope_for};
use shared::command::Ticked;
use shared::fault::{Code, Fault};
use shared::ticket::verbs::{
    self, AdviseRuling, AnswerDirective, AskDifficult, AskRuling, Close, Decline, Dispatch, Extend,
    Interim, Link, Merge, On, Rate, Recycle, Reopen, Reply, Rule, RuleSuspension, SendBack, Sign,
    SubAssign, Supervise, SuspendWork, Terminate, TicketVerb, ToIntake, Transfer,
};
use shared::ticket::view::Acted;
use shared::ticket::{AssignmentStatus, Satisfaction, Solved, TicketState, Verb};
use uuid::Uuid;

use crate::support::{
    CENTRE, CGJ, Filed, STREET, SUZHOU_CENTRE, World, ZJJ, a_complaint, example, example_of,
    on_each_database, said,
};

/// Somebody who may do the verb: in a unit where it is a unit's, else in a centre.
fn somebody(world: &World, verb: Verb, (unit, centre): (&str, &str)) -> Ctx {
    let permission = verb.need().permission().expect("verbs ask a permission");
    let mut roles = Role::ALL.iter().copied();
    let role = roles.find(|role| scope_for(*role, permission).is_some());
    let role = role.expect("somebody may");
    let scope = world.person(role, unit).actor.scope(permission);
    let of_unit = scope.is_some_and(|scope| scope.is_of_unit());
    world.person(role, if of_unit { unit } else { centre })
}

/// Where the ticket is.
pub(super) fn insider(world: &World, verb: Verb) -> Ctx {
    somebody(world, verb, (unit_of(verb), CENTRE))
}

/// The unit that does a verb of units: one below hands up what came from above.
pub(super) fn unit_of(verb: Verb) -> &'static str {
    if verb == Verb::HandUp { STREET } else { ZJJ }
}

/// In another unit, or in another city.
fn outsider(world: &World, verb: Verb) -> Ctx {
    somebody(world, verb, (CGJ, SUZHOU_CENTRE))
}

/// What the verb is done to, with the version of that.
fn aim<V: Act + TicketVerb>(filed: &Filed) -> (Uuid, i32) {
    match V::DESCRIPTOR.on {
        On::Assignment => {
            let (id, version) = filed.at_unit(unit_of(V::DESCRIPTOR.verb));
            (id.0, version)
        }
        _ => (filed.id.0, filed.version),
    }
}

pub(super) async fn done<V: Act + TicketVerb>(ctx: &Ctx, filed: &Filed) -> Result<Acted, Fault> {
    let (at, version) = aim::<V>(filed);
    tickets::act(ctx, at, example_of::<V>(filed, version)).await
}

/// A ticket on which the verb may be done now: brought to the first of its states, with what else a few verbs wait for.
pub(super) async fn ready(world: &World, verb: Verb) -> Filed {
    let descriptor = verb.descriptor();
    let at = |state| descriptor.states.contains(&state);
    let mut filed = world.takes_call(a_complaint()).await;
    at_the_gate(world, verb, &mut filed).await;
    if beside_another(world, verb, &mut filed).await {
        return filed;
    }
    if verb == Verb::EnterReceipt {
        let transfer = Transfer {
            receipt: None,
            goes_on: Ticked(true),
            ..example::<Transfer>(filed.version)
        };
        let desk = insider(world, Verb::Transfer);
        filed.took(tickets::act(&desk, filed.id, transfer).await);
    }
    if at(TicketState::ToDispatch) || matches!(verb, Verb::Resubmit | Verb::Restore) {
        return filed;
    }
    if verb == Verb::Confer {
        disputed_twice(world, &mut filed).await;
        return filed;
    }
    world.dispatches(&mut filed, ZJJ, &[]).await;
    if below_ready(world, verb, &mut filed).await || directed(world, verb, &mut filed).await {
        return filed;
    }
    if verb == Verb::Rule {
        let asked = done::<SendBack>(&insider(world, Verb::SendBack), &filed).await;
        filed.took(asked);
    }
    if verb == Verb::RuleExtension {
        let signed = done::<Sign>(&insider(world, Verb::Sign), &filed).await;
        filed.took(signed);
        let asked = done::<Extend>(&insider(world, Verb::Extend), &filed).await;
        filed.took(asked);
        return filed;
    }
    if asked_first(world, verb, &mut filed).await {
        return filed;
    }
    if at(TicketState::Dispatched) {
        let waits = |status| descriptor.statuses.contains(&status);
        let reviews = descriptor.statuses == [AssignmentStatus::UnitReview];
        if reviews || waits(AssignmentStatus::Signed) && !waits(AssignmentStatus::ToSign) {
            let signed = done::<Sign>(&insider(world, Verb::Sign), &filed).await;
            filed.took(signed);
        }
        if reviews {
            let replied = done::<Reply>(&insider(world, Verb::Reply), &filed).await;
            filed.took(replied);
        }
        return filed;
    }
    world.unit_answers(&mut filed, ZJJ).await;
    ruled_first(world, verb, &mut filed).await;
    if at(TicketState::ToReview) {
        return filed;
    }
    world.centre_passes(&mut filed).await;
    called(world, verb, &mut filed).await;
    filed
}

/// Does what the verb waits for before any unit has the ticket.
async fn at_the_gate(world: &World, verb: Verb, filed: &mut Filed) {
    if verb == Verb::ConfirmDecline {
        let proposed = done::<Decline>(&insider(world, Verb::Decline), filed).await;
        filed.took(proposed);
    }
    if verb == Verb::ReviewDispatch {
        let dispatch = Dispatch {
            review: Ticked(true),
            ..example::<Dispatch>(filed.version)
        };
        let dispatcher = insider(world, Verb::Dispatch);
        filed.took(tickets::act(&dispatcher, filed.id, dispatch).await);
    }
    if verb == Verb::Restore {
        let binned = done::<Recycle>(&insider(world, Verb::Recycle), filed).await;
        filed.took(binned);
    }
    if verb == Verb::Resubmit {
        let given = done::<ToIntake>(&insider(world, Verb::ToIntake), filed).await;
        filed.took(given);
    }
}

/// Gives the ticket on to a unit below, as far as the verb is about that, and names a colleague who takes it over; whether the verb is one of those.
async fn below_ready(world: &World, verb: Verb, filed: &mut Filed) -> bool {
    if matches!(verb, Verb::HandOver | Verb::Plan) {
        let name = world.handler(ZJJ).actor.username.to_lowercase();
        let db = world.services.store().reader();
        let known = store::users::find_by_name(&db, &name).await;
        if known.expect("looked up").is_none() {
            world.hires(Role::Handler, ZJJ).await;
        }
        filed.beside = Some(name);
        return true;
    }
    if !matches!(
        verb,
        Verb::TakeBack | Verb::SetLimit | Verb::ReturnAnswer | Verb::HandUp
    ) {
        return false;
    }
    let signed = done::<Sign>(&insider(world, Verb::Sign), filed).await;
    filed.took(signed);
    let given = done::<SubAssign>(&insider(world, Verb::SubAssign), filed).await;
    filed.took(given);
    if verb == Verb::ReturnAnswer {
        world.unit_answers(filed, STREET).await;
    }
    true
}

/// Brings a ticket to another one with which it is handled, as far as the verb is about that; whether it is.
async fn beside_another(world: &World, verb: Verb, filed: &mut Filed) -> bool {
    if !matches!(
        verb,
        Verb::Merge | Verb::Split | Verb::PrivateWords | Verb::Link | Verb::Unlink
    ) {
        return false;
    }
    let mut other = world.takes_call(a_complaint()).await;
    filed.beside = Some(other.claim.ticket_no.to_string());
    if verb == Verb::Unlink {
        let linked = done::<Link>(&insider(world, Verb::Link), filed).await;
        filed.took(linked);
    }
    if verb == Verb::Split {
        let merged = done::<Merge>(&insider(world, Verb::Merge), filed).await;
        filed.took(merged);
    }
    if verb == Verb::PrivateWords {
        world.dispatches(filed, ZJJ, &[]).await;
        other.beside = Some(filed.claim.ticket_no.to_string());
        let merged = done::<Merge>(&insider(world, Verb::Merge), &other).await;
        other.took(merged);
    }
    true
}

/// Calls the citizen as the verb wants it, and goes on to where it fits.
async fn called(world: &World, verb: Verb, filed: &mut Filed) {
    let call = match verb {
        Verb::Close | Verb::Reopen | Verb::RuleReopening | Verb::EraseCitizen | Verb::Appease => {
            Some((Satisfaction::Satisfied, Solved::Yes))
        }
        Verb::Redo => Some((Satisfaction::VeryDissatisfied, Solved::No)),
        _ => None,
    };
    if let Some((satisfaction, solved)) = call {
        world
            .citizen_answers_call(filed, satisfaction, solved)
            .await;
    }
    if matches!(
        verb,
        Verb::Reopen | Verb::RuleReopening | Verb::EraseCitizen | Verb::Appease
    ) {
        let closed = done::<Close>(&insider(world, Verb::Close), filed).await;
        filed.took(closed);
    }
    if verb == Verb::Appease {
        world.clock.advance_minutes(5);
        let rate = Rate {
            solved: Solved::No,
            satisfaction: Satisfaction::VeryDissatisfied,
            words: None,
        };
        let rated = services::public::rate(&world.visitor(), filed.claim.clone(), rate).await;
        rated.expect("rated");
        let detail = tickets::get(&insider(world, verb), filed.id).await;
        filed.version = detail.expect("seen").row.version;
    }
    if verb == Verb::RuleReopening {
        let asked = done::<Reopen>(&insider(world, Verb::Reopen), filed).await;
        filed.took(asked);
    }
}

/// Issues a directive that waits for the verb; whether the verb is about one.
async fn directed(world: &World, verb: Verb, filed: &mut Filed) -> bool {
    let is_later = matches!(
        verb,
        Verb::AnswerDirective | Verb::JudgeDirective | Verb::CancelDirective
    );
    if is_later {
        let issued = done::<Supervise>(&insider(world, Verb::Supervise), filed).await;
        filed.took(issued);
    }
    if verb == Verb::JudgeDirective {
        let leader = insider(world, Verb::AnswerDirective);
        let answered = done::<AnswerDirective>(&leader, filed).await;
        filed.took(answered);
    }
    is_later
}

/// Brings a ticket to where a ruling on what a unit asks about all of it waits, or the end of what was granted; whether the verb is one of those.
async fn asked_first(world: &World, verb: Verb, filed: &mut Filed) -> bool {
    let asks = match verb {
        Verb::RuleSuspension | Verb::ResumeWork => Verb::SuspendWork,
        Verb::Endorse => Verb::Extend,
        Verb::RuleInterim => Verb::Interim,
        Verb::RuleTermination => Verb::Terminate,
        Verb::RuleDifficult => Verb::AskDifficult,
        _ => return false,
    };
    let signed = done::<Sign>(&insider(world, Verb::Sign), filed).await;
    filed.took(signed);
    let unit = insider(world, asks);
    if verb == Verb::Endorse {
        world.asks_unit_first(true).await;
        leads(world).await;
    }
    let asked = match asks {
        Verb::Extend => done::<Extend>(&unit, filed).await,
        Verb::SuspendWork => done::<SuspendWork>(&unit, filed).await,
        Verb::Interim => done::<Interim>(&unit, filed).await,
        Verb::AskDifficult => done::<AskDifficult>(&unit, filed).await,
        _ => done::<Terminate>(&unit, filed).await,
    };
    filed.took(asked);
    if verb == Verb::Endorse {
        world.asks_unit_first(false).await;
    }
    if verb == Verb::ResumeWork {
        let reviewer = insider(world, Verb::RuleSuspension);
        let granted = done::<RuleSuspension>(&reviewer, filed).await;
        filed.took(granted);
    }
    true
}

/// Somebody leads the unit who has an account.
async fn leads(world: &World) {
    let name = world.unit_reviewer(ZJJ).actor.username.to_lowercase();
    let db = world.services.store().reader();
    let known = store::users::find_by_name(&db, &name).await;
    if known.expect("looked up").is_none() {
        world.hires(Role::UnitReviewer, ZJJ).await;
    }
}

/// Brings a ruling on how the ticket counts to where the verb is next.
async fn ruled_first(world: &World, verb: Verb, filed: &mut Filed) {
    if !matches!(verb, Verb::AdviseRuling | Verb::DecideRuling) {
        return;
    }
    let asked = done::<AskRuling>(&insider(world, Verb::AskRuling), filed).await;
    filed.took(asked);
    if verb == Verb::DecideRuling {
        let advised = done::<AdviseRuling>(&insider(world, Verb::AdviseRuling), filed).await;
        filed.took(advised);
    }
}

/// Another unit had it and was relieved; the one that has it now sends it back as well.
async fn disputed_twice(world: &World, filed: &mut Filed) {
    world.dispatches(filed, CGJ, &[]).await;
    let (id, version) = filed.at_unit(CGJ);
    let back = SendBack {
        suggested_unit: None,
        ..example::<SendBack>(version)
    };
    filed.took(tickets::act(&world.liaison(CGJ), id, back).await);
    let (_, version) = filed.at_unit(CGJ);
    let rule = Rule {
        uphold: false,
        to: Some(said(ZJJ)),
        ..example::<Rule>(version)
    };
    filed.took(tickets::act(&world.dispatcher(), id, rule).await);
    let asked = done::<SendBack>(&insider(world, Verb::SendBack), filed).await;
    filed.took(asked);
}

fn code(result: Result<Acted, Fault>) -> Option<Code> {
    result.err().map(|fault| fault.code)
}

/// Nobody, the wrong role, the wrong unit or city, the wrong state, a stale version.
async fn refused<V: Act + TicketVerb>(world: &World, over: &Filed) {
    let verb = V::DESCRIPTOR.verb;
    let filed = ready(world, verb).await;
    let (at, version) = aim::<V>(&filed);
    let tries = [
        (world.visitor(), Code::SignedOut),
        (world.person(Role::Auditor, CENTRE), Code::AccessDenied),
        (outsider(world, verb), Code::NotFound),
    ];
    for (ctx, expected) in tries {
        let tried = tickets::act(&ctx, at, example_of::<V>(&filed, version)).await;
        assert_eq!(
            code(tried),
            Some(expected),
            "{verb}: {:?}",
            ctx.actor.tasks()
        );
    }
    if example::<V>(1).version().is_some() {
        let stale = tickets::act(
            &insider(world, verb),
            at,
            example_of::<V>(&filed, version + 7),
        )
        .await;
        assert_eq!(code(stale), Some(Code::VersionStale), "{verb}");
    }
    let parts = over.acted.as_ref().map(|acted| &acted.assignments);
    let (at, version) = match (V::DESCRIPTOR.on, parts.and_then(|parts| parts.first())) {
        (On::Assignment, Some(part)) => (part.id.0, part.version),
        _ => (over.id.0, over.version),
    };
    let late = somebody(world, verb, (ZJJ, CENTRE));
    let late = code(tickets::act(&late, at, example::<V>(version)).await);
    assert!(
        matches!(
            late,
            Some(Code::FlowNotAllowed | Code::AssignmentNotAllowed)
        ),
        "{verb} on a ticket that is over: {late:?}"
    );
}

/// The same key gives the same answer for the same words, and none for others.
async fn repeated<V: Act + TicketVerb>(world: &World) {
    let verb = V::DESCRIPTOR.verb;
    let filed = ready(world, verb).await;
    let mut ctx = insider(world, verb);
    ctx.idempotency_key = Some(format!("key-of-{verb}"));
    let first = done::<V>(&ctx, &filed).await.expect(V::NAME);
    assert_eq!(done::<V>(&ctx, &filed).await, Ok(first), "{verb}");
    let other = ready(world, verb).await;
    assert_eq!(
        code(done::<V>(&ctx, &other).await),
        Some(Code::IdempotencyReused),
        "{verb}"
    );
}

#[tokio::test]
async fn every_verb_refuses_nobody_the_wrong_people_the_wrong_state_and_a_stale_version() {
    on_each_database(|world| async move {
        let mut over = world.takes_call(a_complaint()).await;
        world.dispatches(&mut over, ZJJ, &[]).await;
        let withdrawn = done::<verbs::Withdraw>(&insider(&world, Verb::Withdraw), &over).await;
        over.took(withdrawn);
        macro_rules! each {
            ($($command:ident),+) => { $(Box::pin(refused::<verbs::$command>(&world, &over)).await;)+ };
        }
        shared::ticket_verbs!(each);
    })
    .await;
}

#[tokio::test]
async fn every_verb_answers_a_repeated_key_once() {
    on_each_database(|world| async move {
        macro_rules! each {
            ($($command:ident),+) => { $(Box::pin(repeated::<verbs::$command>(&world)).await;)+ };
        }
        shared::ticket_verbs!(each);
    })
    .await;
}
