//! Field rights of an own role: clear, masked and hidden, of open and closed tickets, in list, task list, ticket, reveal and both exports.
//! Not here: what else an own role does (`roles`), canaries of shipped roles (`access::canaries`).
//! A role is changed while its holder works, so that each request is seen to know it.

use services::tickets::{self, TaskQuery};
use services::users::{self, roles};
use services::{Ctx, jobs};
use shared::access::{PersonalField, PostState, Role, Shown, Sight};
use shared::account::posts::{ComposeRole, GivePost};
use shared::command::{Block, Ticked, Version};
use shared::fault::Code;
use shared::ids::TicketId;
use shared::job::{AskExport, JobPhase};
use shared::ticket::command::{CitizenBlock, Register, Reveal};
use shared::ticket::verbs::Close;
use shared::ticket::view::TicketDetail;

use super::roles::{arrives, everything, exported, next, night_desk, role};
use crate::support::{CENTRE, World, ZJJ, a_complaint, on_each_database, said};

const GRANTS: &str = "ticket.view:city ticket.dispatch:city ticket.export:city citizen.view:city citizen.reveal:city";

fn desk(sight: &str) -> ComposeRole {
    ComposeRole {
        sight: Some(Sight::parse(sight).expect("field rights")),
        ..night_desk(GRANTS)
    }
}

fn known() -> Register {
    Register {
        content: said("金丝雀小区三幢二单元屋顶漏水，请打13987650000找王先生，住宁海路12号3幢。"),
        citizen: Block(CitizenBlock {
            name: Some(said("王金丝雀")),
            phone: Some(said("13812345678")),
            email: Some(said("wang@example.cn")),
            id_number: Some(said("11010519491231002X")),
            ..CitizenBlock::default()
        }),
        ..a_complaint()
    }
}

async fn changed(world: &World, sight: &str, version: i32) {
    let security = world.person(Role::SecurityAdmin, "320000-12345");
    roles::change(&security, desk(sight), version)
        .await
        .expect("changed");
}

/// Somebody who holds the desk with these field rights; the token.
async fn holds(world: &World, sight: &str) -> String {
    let security = world.person(Role::SecurityAdmin, "320000-12345");
    roles::compose(&security, desk(sight))
        .await
        .expect("composed");
    let token = arrives(world, "night", CENTRE).await;
    users::give_post(
        &Ctx::system(&world.services),
        "night",
        GivePost::plain(role("night_desk")),
    )
    .await
    .expect("given");
    token
}

async fn detail(ctx: &Ctx, id: TicketId) -> TicketDetail {
    tickets::get(ctx, id).await.expect("sees it")
}

fn a_reason() -> Reveal {
    Reveal {
        reason: said("需要联系诉求人核实"),
    }
}

#[tokio::test]
async fn a_role_says_what_is_clear_masked_and_hidden_wherever_it_leaves() {
    on_each_database(|world| async move {
        let token = holds(
            &world,
            "name:open:clear phone:open:hidden address:open:hidden words:open:masked",
        )
        .await;
        let filed = world.files(known()).await;
        let ctx = next(&world.services, &token).await;
        let seen = detail(&ctx, filed.id).await;
        let citizen = seen.citizen.clone().expect("the block");
        assert_eq!(citizen.name.as_deref(), Some("王金丝雀"));
        assert_eq!((citizen.phone, citizen.masked), (None, true));
        assert_eq!(citizen.id_number.as_deref(), Some("1101**********002X"));
        assert_eq!((seen.address, seen.lon), (None, None));
        assert_eq!(seen.hidden, [PersonalField::Phone, PersonalField::Address]);
        assert!(seen.content.contains("139****0000") && !seen.content.contains("12号"));
        let list = tickets::list(&ctx, everything()).await.expect("lists");
        assert!(!list.items[0].title.contains("13987650000"));
        let tasks = tickets::tasks(&ctx, TaskQuery::default()).await;
        let tasks = tasks.expect("tasks").items;
        assert!(!tasks[0].ticket.title.contains("13987650000"));
        // Clear by role stands in the audit once for ten minutes, as a look at a confidential ticket does.
        let looks = world.audited("ticket.read").await;
        assert_eq!(looks.len(), 1);
        assert_eq!(looks[0].facts["class"], "in_clear");
        // A look in the clear shows what was masked, and nothing that is hidden.
        assert!(seen.may_reveal);
        let shown = tickets::reveal(&ctx, filed.id, a_reason())
            .await
            .expect("shown");
        assert_eq!(shown.id_number.as_deref(), Some("11010519491231002X"));
        assert_eq!((shown.phone, shown.address), (None, None));
        // A file masks what the page shows in the clear, and leaves out what is hidden.
        let file = exported(&ctx).await.expect("exports");
        assert!(file.contains("王*") && !file.contains("王金丝雀"));
        for part in ["138", "宁海路***", "13987650000"] {
            assert!(!file.contains(part), "{part}: {file}");
        }
        // A colleague with the shipped role sees as always.
        let usual = detail(&world.dispatcher(), filed.id).await;
        let citizen = usual.citizen.expect("the block");
        assert_eq!(citizen.phone.as_deref(), Some("138****5678"));
        assert!(usual.hidden.is_empty() && usual.content.contains("139****0000"));
        assert!(
            usual.content.contains("宁海路12号"),
            "only numbers of people go"
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_hidden_of_closed_tickets_is_seen_of_open_ones_and_cannot_be_revealed() {
    on_each_database(|world| async move {
        let all = "name phone mail number address own";
        let hidden: Vec<String> = all
            .split(' ')
            .map(|field| format!("{field}:closed:hidden"))
            .collect();
        let token = holds(&world, &hidden.join(" ")).await;
        let mut filed = world.files(known()).await;
        world.dispatches(&mut filed, ZJJ, &[]).await;
        let ctx = next(&world.services, &token).await;
        let open = detail(&ctx, filed.id).await;
        assert!(open.may_reveal && open.hidden.is_empty());
        assert_eq!(
            open.citizen.and_then(|citizen| citizen.phone).as_deref(),
            Some("138****5678")
        );
        world.unit_answers(&mut filed, ZJJ).await;
        world.centre_passes(&mut filed).await;
        world
            .citizen_answers_call(
                &mut filed,
                shared::ticket::Satisfaction::Satisfied,
                shared::ticket::Solved::Yes,
            )
            .await;
        let close = Close {
            version: Version(filed.version),
            exempt: None,
        };
        filed.took(tickets::act(&world.caller(), filed.id, close).await);
        let closed = detail(&ctx, filed.id).await;
        assert!(!closed.row.state.is_open());
        assert_eq!(closed.hidden.len(), 6);
        let citizen = closed.citizen.expect("that there is somebody");
        assert_eq!(
            (citizen.name, citizen.phone, citizen.id_number),
            (None, None, None)
        );
        assert!(!closed.may_reveal);
        let refused = tickets::reveal(&ctx, filed.id, a_reason()).await;
        assert_eq!(refused.expect_err("hidden").code, Code::AccessDenied);
        let file = exported(&ctx).await.expect("exports");
        assert!(!file.contains("王*") && !file.contains("138****5678"));
        // Without the words it is as usual again, from the next request on.
        changed(&world, "", 1).await;
        let again = detail(&next(&world.services, &token).await, filed.id).await;
        assert!(again.may_reveal && again.hidden.is_empty());
    })
    .await;
}

#[tokio::test]
async fn nothing_of_a_confidential_ticket_is_clear_without_a_reason() {
    on_each_database(|world| async move {
        let token = holds(
            &world,
            "name:open:clear phone:open:clear address:open:clear",
        )
        .await;
        let confidential = Register {
            confidential: Ticked(true),
            ..known()
        };
        let filed = world.files(confidential).await;
        let plain = world.files(known()).await;
        let ctx = next(&world.services, &token).await;
        let seen = detail(&ctx, filed.id).await;
        let citizen = seen.citizen.expect("the block");
        assert_eq!(citizen.name.as_deref(), Some("王*"));
        assert_eq!(citizen.phone.as_deref(), Some("138****5678"));
        assert!(seen.may_reveal);
        let seen = detail(&ctx, plain.id).await;
        let citizen = seen.citizen.expect("the block");
        assert_eq!(citizen.phone.as_deref(), Some("13812345678"));
        assert_eq!(seen.address.as_deref(), Some("宁海路12号3幢201室"));
    })
    .await;
}

#[tokio::test]
async fn an_export_under_way_ends_when_field_rights_change() {
    on_each_database(|world| async move {
        let token = holds(&world, "name:open:clear").await;
        world.files(known()).await;
        let ctx = next(&world.services, &token).await;
        let asked = AskExport::default();
        let asked = services::exports::job::ask(&ctx, asked)
            .await
            .expect("asked");
        changed(&world, "name:open:hidden", 1).await;
        let host = jobs::JOBS.iter().find(|job| job.name == "host");
        let host = host.expect("a job");
        while host.once(&world.services).await.expect("runs").more {}
        let ctx = next(&world.services, &token).await;
        let job = jobs::host::desk::get(&ctx, asked.id).await.expect("there");
        assert_eq!(job.state, JobPhase::Failed);
    })
    .await;
}

#[tokio::test]
async fn what_somebody_sees_of_persons_is_told_with_the_posts_behind_it() {
    on_each_database(|world| async move {
        holds(&world, "phone:open:hidden number:closed:clear").await;
        let security = world.person(Role::SecurityAdmin, "320000-12345");
        let told = users::rights::of(&security, "night").await.expect("told");
        let of = |field: PersonalField| {
            let mut fields = told.fields.iter();
            &fields.find(|view| view.field == field).expect("told").ways[0]
        };
        let phone = of(PersonalField::Phone);
        assert_eq!((phone.open, phone.closed), (Shown::Hidden, Shown::Masked));
        assert_eq!(of(PersonalField::Number).closed, Shown::Clear);
        assert_eq!(phone.state, PostState::Holds);
        let made = world.audited("role.make").await;
        let after = &made.first().expect("a row").facts["after"];
        assert!(
            after.contains("shows phone:open:hidden number:closed:clear"),
            "{after}"
        );
        // A copy has them as well, and a change that does not name them keeps them.
        roles::copy(&security, &role("night_desk"), role("night_2"), "夜班二")
            .await
            .expect("copied");
        let kept = ComposeRole {
            code: role("night_2"),
            sight: None,
            ..desk("")
        };
        roles::change(&security, kept, 1).await.expect("changed");
        let copy = roles::one(&security, &role("night_2"))
            .await
            .expect("there");
        assert_eq!(
            copy.spec.sight.text(),
            "phone:open:hidden number:closed:clear"
        );
    })
    .await;
}
