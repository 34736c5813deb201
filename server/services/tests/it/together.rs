//! Many complaints about one event: merged, answered each, split off again; who is first of two; what is refused; what looks alike.
//! Not here: rights of the verbs (`access::verbs`, by their descriptors).
//! People are counted by their numbers, not by their calls.

use services::{Ctx, consistency, jobs, public, tickets};
use shared::command::{Command as _, Sent, Version};
use shared::fault::{Code, Fault};
use shared::ids::TicketId;
use shared::ticket::command::Register;
use shared::ticket::together::{Gather, TogetherView};
use shared::ticket::verbs::{Close, Merge, PrivateWords, Split, Withdraw};
use shared::ticket::view::{Acted, PublicTicket};
use shared::ticket::{Channel, RequestKind, Satisfaction, Solved, TicketState, Verb};
use store::outbox::{Claim, Which};

use crate::support::{CGJ, Filed, World, ZJJ, a_complaint, on_each_database, said};

async fn fits(world: &World) {
    let found = consistency::check_all(&world.services).await;
    let found = found.expect("checked");
    assert_eq!(found.count, 0, "{:?}", found.first);
}

/// Somebody else's complaint about the same.
fn of_somebody(phone: &str) -> Register {
    let mut complaint = a_complaint();
    complaint.citizen.0.phone = Some(said(phone));
    complaint
}

async fn followed(world: &World, filed: &Filed) -> PublicTicket {
    let ticket = public::lookup(&world.visitor(), filed.claim.clone()).await;
    ticket.expect("the code is right")
}

fn no(filed: &Filed) -> &str {
    filed.claim.ticket_no.as_str()
}

fn into(version: i32, lead: &Filed) -> Merge {
    Merge {
        version: Version(version),
        into: lead.claim.ticket_no.clone(),
        reason: None,
    }
}

async fn merges(world: &World, filed: &mut Filed, lead: &Filed) {
    let done = tickets::act(&world.dispatcher(), filed.id, into(filed.version, lead)).await;
    filed.took(done);
}

fn gathering(all: &[Filed]) -> Gather {
    let numbers: Vec<&str> = all.iter().map(no).collect();
    let fields = serde_json::json!({ "tickets": numbers, "reason": "同一栋楼漏水" });
    let fields = fields.as_object().expect("an object").clone();
    Gather::read(Sent::json(fields)).expect("numbers")
}

async fn stands(ctx: &Ctx, id: TicketId) -> Option<TogetherView> {
    tickets::sheet(ctx, id).await.expect("seen").together
}

/// Answers those whose leading ticket is over.
async fn answers(world: &World) -> u64 {
    let job = jobs::JOBS.iter().find(|job| job.name == "together");
    let job = job.expect("a job");
    let mut count = 0;
    loop {
        let done = job.once(&world.services).await.expect("runs");
        count += done.count;
        if !done.more {
            return count;
        }
    }
}

/// What waits to be sent, by number.
async fn messages(world: &World) -> Vec<(String, String)> {
    let now = world.services.now();
    let claim = Claim {
        which: Which::Outside,
        now,
        until: shared::calendar::Instant(now.0 + 60_000),
        limit: 500,
    };
    let claimed = world
        .services
        .store()
        .write(move |tx| Box::pin(async move { store::outbox::claim(tx, claim).await }))
        .await;
    let claimed = claimed.expect("the outbox is read").into_iter();
    claimed
        .map(|claimed| (claimed.message.to, claimed.message.body))
        .collect()
}

async fn closes(world: &World, lead: &mut Filed) {
    world.unit_answers(lead, ZJJ).await;
    world.centre_passes(lead).await;
    world
        .citizen_answers_call(lead, Satisfaction::Satisfied, Solved::Yes)
        .await;
    let close = Close {
        version: Version(lead.version),
        exempt: None,
    };
    lead.took(tickets::act(&world.caller(), lead.id, close).await);
}

/// What a refused verb says, at its field where it has one.
fn code(done: Result<Acted, Fault>) -> Code {
    let fault = done.expect_err("refused");
    fault.fields.first().map_or(fault.code, |field| field.code)
}

const PUBLIC: &str = "您反映的屋顶漏水问题经查属实";
const PRIVATE: &str = "您家天花板由维修队另行粉刷。";

#[tokio::test]
#[allow(clippy::too_many_lines, reason = "one story, told in order")]
async fn ten_complaints_are_one_event_with_an_answer_to_each() {
    on_each_database(|world| async move {
        let mut lead = world.takes_call(a_complaint()).await;
        world.dispatches(&mut lead, ZJJ, &[]).await;
        let mut others = Vec::new();
        for n in 0..9 {
            // Two calls of one person.
            let phone = format!("1390000000{}", n.min(7));
            let mut other = world.takes_call(of_somebody(&phone)).await;
            if n == 0 {
                world.dispatches(&mut other, CGJ, &[]).await;
            }
            others.push(other);
        }
        let done = tickets::gather(&world.dispatcher(), lead.id, gathering(&others)).await;
        assert_eq!(done.expect("merged").merged.len(), 9);
        let again = tickets::gather(&world.dispatcher(), lead.id, gathering(&others)).await;
        assert_eq!(again.expect("merged before").merged.len(), 9);
        fits(&world).await;

        let view = stands(&world.dispatcher(), lead.id).await.expect("led");
        assert_eq!((view.people, view.tickets), (9, 10), "people, not calls");
        assert_eq!(view.merged.len(), 9);
        let first = tickets::get(&world.dispatcher(), others[0].id)
            .await
            .expect("seen");
        assert_eq!(first.row.state, TicketState::Merged);
        assert!(first.row.closed_at.is_some(), "its clock stands");
        assert!(
            first.assignments[0]
                .actions
                .iter()
                .all(|verb| *verb != Verb::Sign)
        );
        let one = stands(&world.dispatcher(), others[0].id)
            .await
            .expect("merged");
        assert_eq!(one.lead.expect("the lead").id, lead.id);
        let public = followed(&world, &others[0]).await;
        let stages: Vec<&str> = public
            .steps
            .iter()
            .map(|step| step.stage.as_str())
            .collect();
        assert_eq!(stages, ["registered", "merged", "replied", "closed"]);
        assert!(!public.may_withdraw && !public.may_urge && !public.may_rate);

        let of_unit = stands(&world.handler(ZJJ), lead.id).await.expect("led");
        assert_eq!(
            of_unit.merged.len(),
            9,
            "who works on it sees what is merged"
        );
        let words = |ticket: &Filed, version: i32, words: Option<&str>| PrivateWords {
            version: Version(version),
            ticket: ticket.claim.ticket_no.clone(),
            private_words: words.map(said),
        };
        for (n, aside) in [(1, Some(PRIVATE)), (2, Some("待删去的话。")), (2, None)] {
            let command = words(&others[n], lead.version, aside);
            lead.took(tickets::act(&world.handler(ZJJ), lead.id, command).await);
        }
        let stranger = world.takes_call(of_somebody("13700000000")).await;
        let command = words(&stranger, lead.version, Some(PRIVATE));
        let refused = tickets::act(&world.handler(ZJJ), lead.id, command).await;
        assert_eq!(code(refused), Code::MergedTicket);

        messages(&world).await;
        closes(&world, &mut lead).await;
        assert_eq!(answers(&world).await, 9);
        assert_eq!(answers(&world).await, 0, "each once");
        fits(&world).await;

        for (n, other) in others.iter().enumerate() {
            let public = followed(&world, other).await;
            assert_eq!(public.state, TicketState::Closed);
            let reply = public.reply.expect("an answer");
            assert!(reply.contains(PUBLIC), "{reply}");
            assert_eq!(reply.contains(PRIVATE), n == 1, "{n}: {reply}");
            assert!(!reply.contains("待删去"), "{reply}");
            assert!(public.may_rate, "each rates its own");
        }
        let told = messages(&world).await;
        let of_phone = |phone: &str| told.iter().filter(|(to, _)| to == phone).count();
        assert_eq!(of_phone("13900000000"), 1);
        assert_eq!(of_phone("13900000007"), 2, "two tickets, two answers");
        let (_, body) = told
            .iter()
            .find(|(to, _)| to == "13900000001")
            .expect("told");
        assert!(
            body.contains(PRIVATE) && body.contains(no(&others[1])),
            "{body}"
        );
        let view = stands(&world.dispatcher(), lead.id).await.expect("led");
        assert!(view.merged.iter().all(|it| it.answered_at.is_some()));
    })
    .await;
}

#[tokio::test]
async fn what_is_split_off_goes_on_by_itself_and_the_time_does_not_count() {
    on_each_database(|world| async move {
        let mut lead = world.takes_call(a_complaint()).await;
        world.dispatches(&mut lead, ZJJ, &[]).await;
        let mut other = world.takes_call(of_somebody("13900000001")).await;
        world.dispatches(&mut other, CGJ, &[]).await;
        let before = tickets::get(&world.dispatcher(), other.id)
            .await
            .expect("seen");
        world.time("2026-03-02T10:00");
        merges(&world, &mut other, &lead).await;
        world.time("2026-03-03T10:00");
        let split = Split {
            version: Version(other.version),
            reason: said("实为另一栋楼，须单独办理"),
        };
        other.took(tickets::act(&world.dispatcher(), other.id, split).await);
        fits(&world).await;
        let after = tickets::get(&world.dispatcher(), other.id)
            .await
            .expect("seen");
        assert_eq!(after.row.state, TicketState::ToDispatch);
        assert_eq!(after.row.closed_at, None);
        assert!(after.row.deadline.due_at > before.row.deadline.due_at);
        assert!(stands(&world.dispatcher(), other.id).await.is_none());
        assert!(stands(&world.dispatcher(), lead.id).await.is_none());

        // Undone, it is dispatched and answered as any other.
        world.dispatches(&mut other, ZJJ, &[]).await;
        fits(&world).await;
        closes(&world, &mut other).await;
        fits(&world).await;
        closes(&world, &mut lead).await;
        assert_eq!(answers(&world).await, 0, "nobody waits any more");

        // And it may be merged once more, before it is answered.
        let mut third = world.takes_call(of_somebody("13900000002")).await;
        let mut fourth = world.takes_call(of_somebody("13900000003")).await;
        merges(&world, &mut third, &fourth).await;
        let split = Split {
            version: Version(third.version),
            reason: said("并错了工单，予以更正"),
        };
        third.took(tickets::act(&world.dispatcher(), third.id, split).await);
        merges(&world, &mut fourth, &third).await;
        fits(&world).await;
    })
    .await;
}

#[tokio::test]
async fn what_comes_of_the_leading_ticket_without_an_answer_comes_to_each() {
    on_each_database(|world| async move {
        let mut lead = world.takes_call(a_complaint()).await;
        let mut other = world.takes_call(of_somebody("13900000001")).await;
        merges(&world, &mut other, &lead).await;
        let withdraw = Withdraw {
            version: Version(lead.version),
            reason: None,
        };
        lead.took(tickets::act(&world.dispatcher(), lead.id, withdraw).await);
        let late = Split {
            version: Version(other.version),
            reason: said("主件已经撤回"),
        };
        let late = tickets::act(&world.dispatcher(), other.id, late).await;
        assert_eq!(code(late), Code::FlowNotAllowed, "it is on its way");
        assert_eq!(answers(&world).await, 1);
        fits(&world).await;
        let goes_on = tickets::get(&world.dispatcher(), other.id)
            .await
            .expect("seen");
        assert_eq!(goes_on.row.state, TicketState::ToDispatch);
    })
    .await;
}

#[tokio::test]
async fn of_two_mergers_one_is_first() {
    on_each_database(|world| async move {
        let one = world.takes_call(of_somebody("13900000001")).await;
        let two = world.takes_call(of_somebody("13900000002")).await;
        let (left, right) = (world.dispatcher(), world.supervisor());
        let (first, second) = tokio::join!(
            tickets::act(&left, one.id, into(one.version, &two)),
            tickets::act(&right, two.id, into(two.version, &one))
        );
        let lost = match (first, second) {
            (Ok(_), lost @ Err(_)) | (lost @ Err(_), Ok(_)) => lost,
            both => panic!("exactly one wins: {both:?}"),
        };
        let lost = code(lost);
        assert!(matches!(lost, Code::MergeLeads | Code::MergeInto), "{lost}");
        fits(&world).await;

        let lead = world.takes_call(of_somebody("13900000003")).await;
        let third = world.takes_call(of_somebody("13900000004")).await;
        let fourth = world.takes_call(of_somebody("13900000005")).await;
        let (first, second) = tokio::join!(
            tickets::act(&left, third.id, into(third.version, &lead)),
            tickets::act(&right, third.id, into(third.version, &fourth))
        );
        let lost = match (first, second) {
            (Ok(_), lost @ Err(_)) | (lost @ Err(_), Ok(_)) => lost,
            both => panic!("exactly one wins: {both:?}"),
        };
        assert_eq!(code(lost), Code::VersionStale);
        fits(&world).await;
    })
    .await;
}

#[tokio::test]
async fn what_does_not_fit_is_not_merged() {
    on_each_database(|world| async move {
        let tries = |filed: &Filed, lead: &Filed| {
            let (ctx, id, command) = (world.dispatcher(), filed.id, into(filed.version, lead));
            async move { code(tickets::act(&ctx, id, command).await) }
        };
        let lead = world.takes_call(a_complaint()).await;
        let plain = world.takes_call(of_somebody("13900000001")).await;
        assert_eq!(tries(&plain, &plain).await, Code::MergeInto, "itself");
        let elsewhere = Register {
            region: said("320505"),
            ..of_somebody("13900000002")
        };
        let elsewhere = world.files(elsewhere).await;
        assert_eq!(tries(&plain, &elsewhere).await, Code::MergeInto);
        let tip_off = Register {
            kind: RequestKind::TipOff,
            ..of_somebody("13900000003")
        };
        let tip_off = world.files(tip_off).await;
        assert_eq!(tries(&tip_off, &lead).await, Code::MergeDiscreet);
        assert_eq!(tries(&plain, &tip_off).await, Code::MergeDiscreet);

        let mut merged = world.takes_call(of_somebody("13900000004")).await;
        merges(&world, &mut merged, &lead).await;
        assert_eq!(tries(&plain, &merged).await, Code::MergeInto);
        assert_eq!(tries(&lead, &plain).await, Code::MergeLeads);
        assert_eq!(tries(&merged, &plain).await, Code::FlowNotAllowed);

        let mut answered = world.takes_call(of_somebody("13900000005")).await;
        world.dispatches(&mut answered, ZJJ, &[]).await;
        world.unit_answers(&mut answered, ZJJ).await;
        assert_eq!(tries(&answered, &lead).await, Code::FlowNotAllowed);

        // One that does not fit keeps the others from being merged, too.
        let many = [plain.clone(), answered];
        let done = tickets::gather(&world.dispatcher(), lead.id, gathering(&many)).await;
        let fault = done.expect_err("refused");
        assert_eq!(
            (fault.fields[0].field.as_str(), fault.fields[0].code),
            ("tickets", Code::MergeOne)
        );
        assert_eq!(fault.fields[0].facts["no"], no(&many[1]));
        let still = tickets::get(&world.dispatcher(), plain.id)
            .await
            .expect("seen");
        assert_eq!(still.row.state, TicketState::ToDispatch);
    })
    .await;
}

fn categorised(phone: &str, leaf: &str) -> Register {
    Register {
        category: Some(said(leaf)),
        ..of_somebody(phone)
    }
}

#[tokio::test]
#[allow(clippy::too_many_lines, reason = "one story, told in order")]
async fn what_looks_alike_is_shown_and_joined_at_once() {
    on_each_database(|world| async move {
        let leaf = world.a_leaf().await;
        let same = world.takes_call(categorised("13900000001", &leaf)).await;
        let other = Register {
            content: said("广场舞音响太响，每晚八点到十点扰民，请协调处理。"),
            ..categorised("13900000002", &leaf)
        };
        let other = world.takes_call(other).await;
        let query = |phone: &str, content: &str| tickets::RelatedQuery {
            phone: Some(phone.to_owned()),
            region: Some("320106".to_owned()),
            category: Some(leaf.clone()),
            channel: Some(Channel::Phone),
            content: Some(content.to_owned()),
            ..tickets::RelatedQuery::default()
        };
        let said_again = "金丝雀小区三幢二单元屋顶漏水半年了，物业多次推诿，请查明原因并维修。";
        let asked = query("13700000000", said_again);
        let found = tickets::related(&world.agent(), asked)
            .await
            .expect("found");
        let suspected = |id: TicketId| {
            let mut all = found.iter();
            all.find(|it| it.id == id).map(|it| it.why.as_str())
        };
        assert_eq!(found[0].id, same.id, "the likeliest first");
        assert_eq!(suspected(same.id), Some("alike"));
        assert_eq!(suspected(other.id), Some("same_matter"), "other words");
        let asked = query("13900000002", said_again);
        let of_caller = tickets::related(&world.agent(), asked)
            .await
            .expect("found");
        assert_eq!(
            (of_caller[0].id, of_caller[0].why.as_str()),
            (other.id, "same_caller")
        );

        let likely = tickets::likely(&world.dispatcher(), same.id).await;
        assert!(
            likely.expect("looked").is_empty(),
            "other words, another number"
        );

        let joins = |phone: &str, lead: &Filed| Register {
            joins: Some(lead.claim.ticket_no.clone()),
            channel: Some(Channel::Phone),
            ..categorised(phone, &leaf)
        };
        let me_too = tickets::register(&world.agent(), joins("13700000000", &same)).await;
        let me_too = me_too.expect("registered and merged");
        assert_eq!(me_too.state, TicketState::Merged);
        let view = stands(&world.dispatcher(), same.id).await.expect("led");
        assert_eq!((view.people, view.tickets), (2, 2));
        fits(&world).await;

        // By the number of a merged one it joins the leading one.
        let mut merged = same.clone();
        merged.claim.ticket_no = me_too.ticket_no;
        let third = tickets::register(&world.agent(), joins("13700000001", &merged)).await;
        assert_eq!(third.expect("joined").state, TicketState::Merged);
        let view = stands(&world.dispatcher(), same.id).await.expect("led");
        assert_eq!(view.tickets, 3);

        let mut closed = other.clone();
        let withdraw = Withdraw {
            version: Version(closed.version),
            reason: None,
        };
        closed.took(tickets::act(&world.dispatcher(), closed.id, withdraw).await);
        let late = tickets::register(&world.agent(), joins("13700000002", &closed)).await;
        let fault = late.expect_err("it is over");
        assert_eq!(
            (fault.fields[0].field.as_str(), fault.fields[0].code),
            ("joins", Code::MergeInto)
        );
    })
    .await;
}
