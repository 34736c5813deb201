//! Acting for an organisation: asking, the answer, filing, who sees what was filed, and that one which does not hold is of no use.

use services::citizens::mandates::{self, Decision, End, LookFor};
use services::{Ctx, citizens, tickets};
use shared::access::{Role, Scope};
use shared::citizen::mandate::{AskMandate, MandateRole, MandateShelf, MandateState, MandateView};
use shared::command::{Block, Ticked};
use shared::fault::{Code, Fault};
use shared::ids::MandateId;
use shared::notice::NoticeSettings;
use shared::ticket::command::{CitizenBlock, Register};
use shared::ticket::verbs::Urge;
use shared::ticket::view::Registered;
use shared::ticket::{SubjectType, TicketNo};

use super::{PHONE, code_of};
use crate::support::{CENTRE, SUZHOU_CENTRE, World, a_complaint, on_each_database, said};

const OTHER: &str = "13900000000";
const FIRM: &str = "91350100M000100Y43";
const CLUB: &str = "52320100500000000Y";

fn wish(code: &str, acts_as: MandateRole, until: &str) -> AskMandate {
    AskMandate {
        credit_code: said(code),
        organisation: said("南京明理科技有限公司"),
        acts_as,
        name: said("陈明理"),
        city: said("320100"),
        valid_until: said(until),
        evidence: acts_as.needs_letter().then(|| said("授权书 2026-17 号")),
    }
}

fn looking(shelf: MandateShelf) -> LookFor {
    LookFor {
        shelf,
        cursor: None,
    }
}

fn answer(of: &MandateView, reason: Option<&str>) -> Decision {
    Decision {
        version: of.version,
        agrees: reason.is_none(),
        reason: reason.map(str::to_owned),
    }
}

fn filing(mandate: MandateId) -> Register {
    Register {
        mandate: Some(mandate),
        ..a_complaint()
    }
}

fn why(fault: &Fault) -> (Code, String) {
    let at = fault.fields.first();
    let facts = at.map_or(&fault.facts, |at| &at.facts);
    (
        code_of(fault),
        facts.get("why").cloned().unwrap_or_default(),
    )
}

impl World {
    fn office(&self) -> Ctx {
        self.person(Role::BusinessAdmin, CENTRE)
    }

    /// Somebody acts for an organisation from now on.
    async fn acts(&self, citizen: &Ctx, wish: AskMandate) -> MandateId {
        let asked = mandates::ask(citizen, wish).await.expect("asked");
        let held = mandates::decide(&self.office(), asked.id, answer(&asked, None)).await;
        assert_eq!(held.expect("approved").state, MandateState::Holds);
        asked.id
    }

    /// Files as a citizen, or why not.
    async fn files_as(&self, citizen: &Ctx, request: Register) -> Result<Registered, Code> {
        let done = tickets::register(citizen, request).await;
        done.map_err(|fault| code_of(&fault))
    }

    async fn shelf(&self, shelf: MandateShelf) -> Vec<MandateView> {
        let page = mandates::list(&self.office(), looking(shelf)).await;
        page.expect("the list").items
    }

    async fn listed(&self, citizen: &Ctx) -> Vec<TicketNo> {
        let page = citizens::list(citizen, None).await.expect("the list");
        page.items.into_iter().map(|row| row.ticket_no).collect()
    }
}

#[tokio::test]
async fn who_was_approved_files_for_the_organisation_and_the_ticket_says_so() {
    on_each_database(|world| async move {
        let token = world.signs_in(PHONE).await.token;
        let citizen = world.with_token(&token).await;
        let wanted = wish(FIRM, MandateRole::Agent, "2027-03-01");
        let asked = mandates::ask(&citizen, wanted.clone())
            .await
            .expect("asked");
        assert_eq!(asked.state, MandateState::Asked);
        let twice = mandates::ask(&citizen, wanted).await;
        let twice = twice.expect_err("it waits");
        assert_eq!(twice.fields[0].field, "credit_code");
        let early = world.files_as(&citizen, filing(asked.id)).await;
        assert_eq!(early.err(), Some(Code::MandateUnusable), "not decided");

        let waiting = world.shelf(MandateShelf::Waiting).await;
        assert_eq!(waiting.len(), 1);
        assert_eq!(waiting[0].phone.as_deref(), Some("138****5678"));
        mandates::decide(&world.office(), asked.id, answer(&asked, None))
            .await
            .expect("approved");
        assert_eq!(world.audited("mandate.approve").await.len(), 1);
        let told = world.messages_to(PHONE).await;
        let approved = |it: &String| it.contains("已批准") && it.contains("南京明理");
        assert!(told.iter().any(approved), "{told:?}");

        let citizen = world.with_token(&token).await;
        let mut request = filing(asked.id);
        request.citizen = Block(CitizenBlock {
            organisation: Some(said("别的公司")),
            phone: Some(said("025-83211234")),
            ..CitizenBlock::default()
        });
        let filed = world.files_as(&citizen, request).await.expect("filed");
        let db = world.services.store().reader();
        let kept = store::tickets::get(&db, &Scope::All, filed.id).await;
        let kept = kept.expect("read").expect("there");
        assert_eq!(kept.subject_type, SubjectType::Enterprise);
        assert_eq!(kept.mandate, Some(asked.id));
        let speaks = kept.citizen.expect("who speaks");
        assert_eq!(speaks.organisation.as_deref(), Some("南京明理科技有限公司"));
        assert_eq!(speaks.credit_code.as_deref(), Some(FIRM));
        assert_eq!(speaks.name.as_deref(), Some("陈明理"), "who filed it");
        let lines = tickets::history(&world.supervisor(), filed.id).await;
        let lines = lines.expect("the history");
        assert_eq!(
            lines[0].facts.get("acts_as").map(String::as_str),
            Some("agent")
        );
        let page = citizens::list(&citizen, None).await.expect("the list");
        assert_eq!(page.items[0].ticket_no, filed.ticket_no, "by the mandate");
        assert_eq!(
            page.items[0].organisation.as_deref(),
            Some("南京明理科技有限公司")
        );
        let anonymous = Register {
            anonymous: Ticked(true),
            mandate: None,
            citizen: Block(CitizenBlock::default()),
            ..a_complaint()
        };
        world
            .files_as(&citizen, anonymous)
            .await
            .expect("for himself");
    })
    .await;
}

#[tokio::test]
async fn one_that_has_expired_or_was_ended_is_of_no_use_in_the_very_next_request() {
    on_each_database(|world| async move {
        let token = world.signs_in(PHONE).await.token;
        let citizen = world.with_token(&token).await;
        let id = world
            .acts(&citizen, wish(FIRM, MandateRole::Agent, "2026-03-03"))
            .await;
        world.time("2026-03-03T23:59");
        let citizen = world.with_token(&token).await;
        let filed = world.files_as(&citizen, filing(id)).await.expect("filed");
        assert_eq!(
            world.listed(&citizen).await,
            std::slice::from_ref(&filed.ticket_no)
        );
        world.time("2026-03-04T00:00");
        // Also for who was looked at a moment before.
        for citizen in [citizen, world.with_token(&token).await] {
            let late = world.files_as(&citizen, filing(id)).await;
            assert_eq!(late.err(), Some(Code::MandateUnusable));
            assert!(world.listed(&citizen).await.is_empty());
            let one = citizens::follow(&citizen, &filed.ticket_no).await;
            assert_eq!(one.err().map(|f| f.code), Some(Code::NotFound));
        }
        let over = world.shelf(MandateShelf::Over).await;
        assert_eq!(over[0].state, MandateState::Expired);

        world.time("2026-03-04T10:00");
        // The next one brings the requests of the organisation back.
        let citizen = world.with_token(&token).await;
        let again = world
            .acts(&citizen, wish(FIRM, MandateRole::Agent, "2026-05-01"))
            .await;
        let citizen = world.with_token(&token).await;
        assert_eq!(
            world.listed(&citizen).await,
            std::slice::from_ref(&filed.ticket_no)
        );
        let held = world.shelf(MandateShelf::Holding).await;
        let without = End {
            version: held[0].version,
            reason: " ".to_owned(),
        };
        let refused = mandates::end(&world.office(), again, without).await;
        assert_eq!(
            refused.expect_err("a reason is needed").fields[0].field,
            "reason"
        );
        let end = End {
            version: held[0].version,
            reason: "委托已撤销".to_owned(),
        };
        mandates::end(&world.office(), again, end)
            .await
            .expect("ended");
        let late = world.files_as(&citizen, filing(again)).await;
        assert_eq!(late.err(), Some(Code::MandateUnusable));
        let mine = mandates::mine(&citizen).await.expect("the page").items;
        assert_eq!(mine[0].reason.as_deref(), Some("委托已撤销"));
        assert_eq!(mine[0].ended_by, None, "the citizen does not learn who");
        let told = world.messages_to(PHONE).await;
        assert!(told.iter().any(|it| it.contains("委托已撤销")), "{told:?}");
    })
    .await;
}

#[tokio::test]
async fn nobody_files_under_anothers_and_a_closed_account_has_none() {
    on_each_database(|world| async move {
        let token = world.signs_in(PHONE).await.token;
        let citizen = world.with_token(&token).await;
        let id = world
            .acts(&citizen, wish(FIRM, MandateRole::Legal, "2028-12-31"))
            .await;
        let other = world.citizen(OTHER).await;
        for caller in [&other, &world.visitor(), &world.agent()] {
            let filed = world.files_as(caller, filing(id)).await;
            assert_eq!(filed.err(), Some(Code::MandateUnusable));
        }
        let ended = mandates::end_own(&other, id).await;
        assert_eq!(ended.err().map(|f| f.code), Some(Code::NotFound));
        let asked = mandates::ask(&other, wish(CLUB, MandateRole::Agent, "2026-04-01")).await;
        let asked = asked.expect("asked");
        mandates::end_own(&other, asked.id)
            .await
            .expect("taken back");
        let late = mandates::decide(&world.office(), asked.id, answer(&asked, None)).await;
        assert_eq!(why(&late.expect_err("too late")).1, "ended");

        let citizen = world.with_token(&token).await;
        citizens::close(&citizen).await.expect("closed");
        assert!(world.shelf(MandateShelf::Holding).await.is_empty());
        let late = world.files_as(&citizen, filing(id)).await;
        assert_eq!(late.err(), Some(Code::MandateUnusable));
        world.clock.advance_minutes(2);
        let anew = world.citizen(PHONE).await;
        assert!(mandates::mine(&anew).await.expect("it").items.is_empty());
        let filed = world.files_as(&anew, filing(id)).await;
        assert_eq!(filed.err(), Some(Code::MandateUnusable));
    })
    .await;
}

#[tokio::test]
async fn staff_of_the_city_decides_with_a_reason_and_never_about_itself() {
    on_each_database(|world| async move {
        let citizen = world.citizen(PHONE).await;
        let ask = || mandates::ask(&citizen, wish(FIRM, MandateRole::InCharge, "2027-01-01"));
        let asked = ask().await.expect("asked");
        let suzhou = world.person(Role::BusinessAdmin, SUZHOU_CENTRE);
        let theirs = mandates::list(&suzhou, looking(MandateShelf::Waiting)).await;
        assert!(theirs.expect("a list").items.is_empty());
        let foreign = mandates::decide(&suzhou, asked.id, answer(&asked, None)).await;
        assert_eq!(foreign.err().map(|f| f.code), Some(Code::NotFound));
        let agent = mandates::list(&world.agent(), looking(MandateShelf::Waiting)).await;
        assert_eq!(agent.err().map(|f| f.code), Some(Code::AccessDenied));

        let mut namesake = world.office();
        namesake.actor.name = "陈 明理".to_owned();
        let own = mandates::decide(&namesake, asked.id, answer(&asked, None)).await;
        assert_eq!(
            why(&own.expect_err("his own")),
            (Code::MandateDecide, "own".to_owned())
        );
        let lead = world.hires(Role::ShiftLead, CENTRE).await;
        let person = lead.actor.user().expect("a person");
        let contact = NoticeSettings {
            mobile: Some(PHONE.to_owned()),
            ..NoticeSettings::default()
        };
        let chosen = world.services.store().write(move |tx| {
            let contact = contact.clone();
            Box::pin(async move { store::notices::choose(tx, person, &contact).await })
        });
        chosen.await.expect("the own number");
        let own = mandates::decide(&lead, asked.id, answer(&asked, None)).await;
        assert_eq!(why(&own.expect_err("his own")).1, "own");

        let office = world.office();
        let without = mandates::decide(&office, asked.id, answer(&asked, Some(""))).await;
        assert_eq!(without.expect_err("a reason").fields[0].field, "reason");
        let no = answer(&asked, Some("委托书无法核实"));
        let refused = mandates::decide(&office, asked.id, no.clone()).await;
        let refused = refused.expect("refused");
        assert_eq!(refused.decided_by, Some(office.actor.name.clone()));
        let again = mandates::decide(&office, asked.id, no).await;
        assert_eq!(why(&again.expect_err("decided")).1, "ended");
        let mine = mandates::mine(&citizen).await.expect("the page");
        assert_eq!(mine.items[0].state, MandateState::Refused);
        assert_eq!(mine.items[0].reason.as_deref(), Some("委托书无法核实"));
        assert_eq!(mine.items[0].decided_by, None);
        assert!(!mine.cities.is_empty());
        let told = world.messages_to(PHONE).await;
        assert!(told.iter().any(|it| it.contains("委托书无法核实")));
        for row in world.audited("mandate.refuse").await {
            let text = format!("{row:?}");
            assert!(!text.contains(PHONE) && !text.contains("明理"), "{text}");
        }
        ask().await.expect("what was refused can be asked again");
        let long = mandates::ask(&citizen, wish(CLUB, MandateRole::Agent, "2028-03-02")).await;
        assert_eq!(
            why(&long.expect_err("two years at most")),
            (Code::MandateAsk, "long".to_owned())
        );
        let past = mandates::ask(&citizen, wish(CLUB, MandateRole::Agent, "2026-03-01")).await;
        assert_eq!(code_of(&past.expect_err("past")), Code::InputDate);
    })
    .await;
}

#[tokio::test]
async fn who_represents_the_organisation_sees_what_the_others_filed_for_it() {
    on_each_database(|world| async move {
        let agent = world.signs_in(PHONE).await.token;
        let legal = world.signs_in(OTHER).await.token;
        let at = |token: String| {
            let world = &world;
            async move { world.with_token(&token).await }
        };
        let of_agent = world
            .acts(
                &at(agent.clone()).await,
                wish(FIRM, MandateRole::Agent, "2026-12-31"),
            )
            .await;
        let of_legal = world
            .acts(
                &at(legal.clone()).await,
                wish(FIRM, MandateRole::Legal, "2026-12-31"),
            )
            .await;
        let (agent, legal) = (at(agent).await, at(legal).await);
        let open = world.files_as(&agent, filing(of_agent)).await;
        let open = open.expect("filed").ticket_no;
        let mut discreet = filing(of_agent);
        discreet.confidential = Ticked(true);
        let discreet = world.files_as(&agent, discreet).await;
        let discreet = discreet.expect("filed").ticket_no;
        let private = world.files(a_complaint()).await.claim.ticket_no;
        let by_legal = world.files_as(&legal, filing(of_legal)).await;
        let by_legal = by_legal.expect("filed").ticket_no;

        let sorted = |mut all: Vec<TicketNo>| {
            all.sort();
            all
        };
        let seen = sorted(world.listed(&legal).await);
        let theirs = vec![by_legal.clone(), open.clone()];
        assert_eq!(seen, sorted(theirs), "not the discreet one");
        let own = sorted(world.listed(&agent).await);
        let theirs = vec![open.clone(), discreet, private];
        assert_eq!(own, sorted(theirs), "not those of the others");
        citizens::follow(&legal, &open).await.expect("followed");
        let urge = Urge { message: None };
        citizens::urge(&legal, open, urge).await.expect("urged");
        let one = citizens::follow(&agent, &by_legal).await;
        assert_eq!(one.err().map(|f| f.code), Some(Code::NotFound));
    })
    .await;
}
