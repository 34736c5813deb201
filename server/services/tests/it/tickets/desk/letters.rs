//! Files of mails are kept, shown at the desk and go to the ticket; who wrote hears once a day that it has come in, and no machine does.

use services::gateway::incoming::mails_folder;
use services::gateway::incoming::shelf::{self, Asked};
use services::{consistency, files, jobs};
use shared::access::Role;
use shared::fault::Code;
use shared::file::{FilePlace, Hook};
use shared::incoming::{FileRefusal, IncomingPage, LinkIncoming};
use shared::notification::About;
use store::outbox::{Claim, Which};

use crate::support::{World, ZJJ, a_complaint, on_each_database};

/// A mail with a photo that is none, a document and a program.
fn with_files(name: &str, from: &str) -> String {
    let part = |file: &str, body: &str| {
        format!(
            "--b\r\nContent-Type: application/octet-stream; name=\"{file}\"\r\nContent-Disposition: attachment; filename=\"{file}\"\r\n\r\n{body}\r\n"
        )
    };
    let parts = [
        part("note.pdf", "%PDF-1.4\r\n1 0 obj\r\n<<>>\r\nendobj\r\n%%EOF"),
        part("tool.exe", "MZ"),
        part("fake.jpg", "no picture"),
    ];
    format!(
        "From: {from}\r\nTo: 12345@example.gov.cn\r\nSubject: leak\r\nMessage-ID: <{name}@example.cn>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n楼上漏水。\r\n{}--b--\r\n",
        parts.concat()
    )
}

async fn comes(world: &World, name: &str, mail: String) {
    let folder = mails_folder(&world.services.config().data_dir);
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join(format!("{name}.eml")), mail).expect("a file");
    let known = jobs::JOBS.iter().find(|job| job.name == "incoming_mails");
    let run = known.expect("a job").once(&world.services);
    run.await.expect("runs");
    world.clock.advance_minutes(1);
}

async fn waiting(ctx: &services::Ctx) -> IncomingPage {
    let asked = Asked {
        limit: 50,
        ..Asked::default()
    };
    shelf::list(ctx, asked).await.expect("a page")
}

#[tokio::test]
async fn files_of_a_mail_go_to_its_ticket() {
    on_each_database(|world| async move {
        let desk = world.person(Role::Agent, "320000-12345");
        let filed = world.files(a_complaint()).await;
        comes(&world, "m1", with_files("m1", "li@example.cn")).await;
        let page = waiting(&desk).await;
        let row = &page.items[0];
        assert_eq!(row.attached.len(), 1);
        assert_eq!(row.attached[0].name, "note.pdf");
        let refused: Vec<_> = row
            .refused
            .iter()
            .map(|it| (it.name.as_str(), it.why))
            .collect();
        assert_eq!(refused.len(), 2);
        assert!(refused.contains(&("tool.exe", FileRefusal::Kind)));

        let file = row.attached[0].id;
        files::open(&desk, file).await.expect("the desk opens it");
        let unit = files::get(&world.handler(ZJJ), file).await;
        assert_eq!(unit.expect_err("a unit").code, Code::NotFound);
        let link = LinkIncoming {
            ticket_no: filed.claim.ticket_no.clone(),
        };
        shelf::link(&desk, row.id, link).await.expect("linked");
        let hook = Hook::ticket(filed.id.0);
        let there = files::list(&world.supervisor(), &hook).await;
        let there = there.expect("the files").items;
        assert_eq!(there.len(), 1);
        assert_eq!((there[0].id, there[0].place), (file, FilePlace::Event));
        let found = consistency::check_all(&world.services).await;
        assert_eq!(found.expect("checked").count, 0);
    })
    .await;
}

/// Answers that wait to go out.
async fn answers(world: &World) -> usize {
    let now = world.services.now();
    let claim = Claim {
        which: Which::Outside,
        now,
        until: now,
        limit: 50,
    };
    let store = world.services.store();
    let claimed = store
        .write(move |tx| Box::pin(async move { store::outbox::claim(tx, claim).await }))
        .await;
    let claimed = claimed.expect("the outbox is read").into_iter();
    claimed
        .filter(|it| it.message.about == Some(About::Received))
        .count()
}

#[tokio::test]
async fn who_wrote_hears_once_a_day_that_it_came() {
    on_each_database(|world| async move {
        let plain = |name: &str, from: &str, head: &str| {
            format!("From: {from}\r\nTo: 12345@example.gov.cn\r\nSubject: x\r\nMessage-ID: <{name}@example.cn>\r\n{head}Content-Type: text/plain\r\n\r\nhello\r\n")
        };
        comes(&world, "a", plain("a", "li@example.cn", "")).await;
        comes(&world, "b", plain("b", "li@example.cn", "")).await;
        let machine = "Auto-Submitted: auto-replied\r\n";
        comes(&world, "c", plain("c", "wu@example.cn", machine)).await;
        comes(&world, "d", plain("d", "no-reply@example.cn", "")).await;
        assert_eq!(answers(&world).await, 1);
    })
    .await;
}
