//! Forms that begin with what is shown masked: what comes back as it was shown is kept as it was written, and a mask never takes the place of a
//! number. Not here: which texts are masked (`hushed`), fields of approvals (`approvals`).

use services::{planning, tickets};
use shared::access::{Role, Scope};
use shared::command::{Typed, Version};
use shared::fault::{Code, Fault};
use shared::ticket::verbs::{CorrectCitizen, Dispatch, Plan};
use store::record::TicketCase;

use crate::register::own::has_fields;
use crate::support::{Filed, World, ZJJ, a_complaint, example, on_each_database, said};

const NOTE: &str = "先打13912340001找物业王师傅，再联系139-1234-0002";
const SHOWN: &str = "先打139****0001找物业王师傅，再联系139****0002";

async fn kept(world: &World, filed: &Filed) -> TicketCase {
    let db = world.services.store().reader();
    let case = store::tickets::case::load(&db, &Scope::All, filed.id).await;
    case.expect("read").expect("there")
}

fn at(fault: &Fault) -> (&str, Code) {
    (fault.fields[0].field.as_str(), fault.fields[0].code)
}

#[tokio::test]
async fn a_plan_is_sent_again_without_losing_its_numbers() {
    on_each_database(|world| async move {
        let handler = world.hires(Role::Handler, ZJJ).await;
        let liaison = world.hires(Role::UnitLiaison, ZJJ).await;
        let name = handler.actor.username.clone();
        let mut filed = world.files(a_complaint()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        let plan = |filed: &Filed, note: &str| {
            let (id, version) = filed.at_unit(ZJJ);
            let plan = Plan {
                version: Version(version),
                colleague: Some(said(name.as_str())),
                day: Some(said("2026-03-10")),
                plan_note: Some(said(note)),
                ..example::<Plan>(version)
            };
            (id, plan)
        };
        let (id, sent) = plan(&filed, NOTE);
        filed.took(tickets::act(&liaison, id, sent).await);
        let query = planning::PlanQuery {
            unit: None,
            cursor: None,
            limit: planning::PAGE,
        };
        let page = planning::page(&liaison, query).await.expect("the plan");
        let shown = page.items[0].planned.as_ref().expect("planned");
        assert_eq!(shown.note.as_deref(), Some(SHOWN), "the page of the plan");
        let seen = tickets::get(&liaison, filed.id).await.expect("seen");
        let planned = seen.assignments[0].plan.planned.as_ref();
        let note = planned.and_then(|it| it.note.clone()).expect("a note");
        assert_eq!(note, SHOWN, "the form begins with it");

        let (id, sent) = plan(&filed, &note);
        filed.took(tickets::act(&liaison, id, sent).await);
        let case = kept(&world, &filed).await;
        assert_eq!(case.assignments[0].planned_note.as_deref(), Some(NOTE));
        let (id, sent) = plan(&filed, "改为上午，只打139****0002");
        filed.took(tickets::act(&liaison, id, sent).await);
        let case = kept(&world, &filed).await;
        let note = case.assignments[0].planned_note.as_deref();
        assert_eq!(note, Some("改为上午，只打139-1234-0002"));
        let (id, sent) = plan(&filed, "打138****0009");
        let refused = tickets::act(&liaison, id, sent).await;
        let refused = refused.expect_err("nobody knows what it hides");
        assert_eq!(at(&refused), ("plan_note", Code::InputMasked));
    })
    .await;
}

#[tokio::test]
async fn answers_to_own_fields_go_through_a_dispatch_whole() {
    on_each_database(|world| async move {
        let contact: &[(&str, &str)] = &[
            ("code", "contact"),
            ("zh", "现场联系"),
            ("en", "On the spot"),
            ("kind", "line"),
            ("ask", "desk"),
            ("needed", "no"),
            ("class", "plain"),
        ];
        has_fields(&world, &[contact]).await;
        let own = |value: &str| {
            let answers = [("contact".to_owned(), value.to_owned())];
            Typed::from(std::collections::BTreeMap::from(answers))
        };
        let request = shared::ticket::command::Register {
            own: own(NOTE),
            ..a_complaint()
        };
        let mut filed = world.takes_call(request).await;
        let dispatcher = world.dispatcher();
        let sheet = tickets::dispatch_sheet(&dispatcher, filed.id).await;
        let sheet = sheet.expect("the sheet");
        let asked = sheet.own.iter().find(|it| it.code == "contact");
        let value = asked.and_then(|it| it.value.clone()).expect("known");
        assert_eq!(value, SHOWN, "the form begins with it");
        let seen = tickets::get(&dispatcher, filed.id).await.expect("seen");
        assert_eq!(seen.own[0].shown_zh, SHOWN);
        let leaf = world.a_leaf().await;
        let dispatch = |version: i32, value: &str| Dispatch {
            version: Version(version),
            lead: said(ZJJ),
            assisting: Vec::new(),
            category: Some(said(leaf.as_str())),
            own: own(value),
            ..example::<Dispatch>(version)
        };
        let sent = dispatch(filed.version, "打138****0009");
        let refused = tickets::act(&dispatcher, filed.id, sent).await;
        let refused = refused.expect_err("nobody knows what it hides");
        assert_eq!(at(&refused), ("own.contact", Code::InputMasked));
        let sent = dispatch(filed.version, &value);
        filed.took(tickets::act(&dispatcher, filed.id, sent).await);
        let case = kept(&world, &filed).await;
        assert_eq!(case.ticket.own["contact"], NOTE);
    })
    .await;
}

#[tokio::test]
async fn a_masked_block_is_not_taken_for_a_correction() {
    on_each_database(|world| async move {
        let filed = world.takes_call(a_complaint()).await;
        let supervisor = world.supervisor();
        let seen = tickets::get(&supervisor, filed.id).await.expect("seen");
        let masked = seen.citizen.expect("the block").name.expect("a name");
        let correction = CorrectCitizen {
            version: Version(filed.version),
            name: Some(said(masked)),
            phone: None,
            email: None,
            reason: said("诉求人来电更正，已用查询码核实。"),
        };
        let refused = tickets::act(&supervisor, filed.id, correction).await;
        let refused = refused.expect_err("a mask is no name");
        assert_eq!(at(&refused), ("name", Code::InputMasked));
        let case = kept(&world, &filed).await;
        let name = case.ticket.citizen.and_then(|it| it.name);
        assert_eq!(name.as_deref(), Some("王金丝雀"));
    })
    .await;
}
