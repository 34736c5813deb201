//! What was typed and not sent: it comes back to whom it belongs, in any session, until it is sent or its time is over.

use services::{Ctx, jobs, typed};
use shared::access::Role;
use shared::fault::Code;

use crate::support::{World, ZJJ, a_complaint, on_each_database};

fn pairs(list: &[(&str, &str)]) -> typed::Fields {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    list.iter().map(owned).collect()
}

async fn addresses(ctx: &Ctx) -> Vec<String> {
    let kept = typed::kept(ctx).await.expect("what is kept");
    kept.into_iter().map(|(address, _)| address).collect()
}

async fn keeps(ctx: &Ctx, address: &str, fields: &[(&str, &str)]) {
    let kept = typed::keep(ctx, address.to_owned(), pairs(fields)).await;
    kept.expect("kept");
}

async fn tidied(world: &World) {
    let job = jobs::JOBS.iter().find(|job| job.name == "sessions");
    let job = job.expect("the job");
    job.once(&world.services).await.expect("runs");
}

#[tokio::test]
async fn what_was_typed_comes_back_to_its_owner_until_it_is_sent() {
    on_each_database(|world| async move {
        let filed = world.files(a_complaint()).await;
        let (reply, note) = (
            format!("/tickets/{}/reply", filed.id),
            format!("/tickets/{}/note", filed.id),
        );
        let ctx = world.person(Role::Handler, ZJJ);
        let words = [
            ("handling", "已到现场"),
            ("version", "3"),
            ("password", "x"),
            ("basis", " "),
        ];
        keeps(&ctx, &reply, &words).await;
        let kept = typed::kept(&ctx).await.expect("kept");
        assert_eq!(kept, [(reply.clone(), pairs(&words[..1]))]);
        assert!(
            addresses(&world.liaison(ZJJ)).await.is_empty(),
            "a colleague's"
        );

        world.clock.advance_minutes(1);
        keeps(&ctx, &note, &[("remark", "请核对")]).await;
        keeps(&ctx, &reply, &[("handling", "已到现场，已修复")]).await;
        assert_eq!(addresses(&ctx).await.len(), 2);
        typed::sent(&ctx, &reply).await;
        assert_eq!(addresses(&ctx).await, [note.as_str()]);
        keeps(&ctx, &note, &[]).await;
        assert!(addresses(&ctx).await.is_empty(), "emptied");
        for elsewhere in [
            "/desk#second",
            "/account/password",
            "/approvals/new/permit-sample",
        ] {
            keeps(&ctx, elsewhere, &words).await;
        }
        assert!(addresses(&ctx).await.is_empty(), "none that is kept");

        let long = "字".repeat(60_000);
        let refused = typed::keep(&ctx, reply.clone(), pairs(&[("handling", &long)])).await;
        assert_eq!(refused.expect_err("too much").code, Code::InputTooLong);
        let nobody = typed::kept(&world.visitor()).await;
        assert_eq!(nobody.expect_err("nobody").code, Code::SignedOut);

        keeps(&ctx, &reply, &words).await;
        world.clock.advance_minutes(29 * 24 * 60);
        tidied(&world).await;
        assert_eq!(addresses(&ctx).await, [reply.as_str()]);
        world.clock.advance_minutes(2 * 24 * 60);
        tidied(&world).await;
        assert!(addresses(&ctx).await.is_empty(), "thirty days");
    })
    .await;
}

#[tokio::test]
async fn a_call_at_the_desk_comes_back_for_a_week_until_it_is_registered() {
    on_each_database(|world| async move {
        let ctx = world.agent();
        let words = [("content", "路灯不亮"), ("citizen.id_number", "x")];
        keeps(&ctx, "/desk", &words).await;
        let later = [
            ("content", "路灯三天不亮"),
            ("citizen.phone", "13800138000"),
        ];
        keeps(&ctx, "/desk", &later).await;
        let kept = typed::kept(&ctx).await.expect("kept");
        assert_eq!(kept, [("/desk".to_owned(), pairs(&later))], "one a person");
        typed::sent(&ctx, "/desk").await;
        assert!(addresses(&ctx).await.is_empty(), "registered");

        keeps(&ctx, "/desk", &words).await;
        let kept = typed::kept(&ctx).await.expect("kept");
        assert_eq!(kept, [("/desk".to_owned(), pairs(&words[..1]))]);
        world.clock.advance_minutes(6 * 24 * 60);
        tidied(&world).await;
        assert_eq!(addresses(&ctx).await, ["/desk"]);
        world.clock.advance_minutes(2 * 24 * 60);
        tidied(&world).await;
        assert!(addresses(&ctx).await.is_empty(), "seven days");
    })
    .await;
}
