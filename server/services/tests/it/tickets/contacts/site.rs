//! What proves a unit's work: visits on site with their officers, and the place and the files of a try.

use services::{consistency, tickets};
use shared::calendar::Instant;
use shared::command::{Part as _, Version};
use shared::fault::{Code, Fault};
use shared::file::Hook;
use shared::ids::FileId;
use shared::place::{Latitude, Longitude};
use shared::ticket::verbs::{Contact, RecordSite};
use shared::ticket::view::Acted;
use shared::ticket::{ContactWay, SiteKind, Verb};

use super::{part, signed};
use crate::files::{pdf, puts};
use crate::support::{CGJ, Filed, World, ZJJ, example, on_each_database, said};

fn visit(version: i32, files: Vec<FileId>) -> RecordSite {
    RecordSite {
        address: Some(said("幸福小区 3 幢")),
        files,
        visited_at: Instant::parse("2026-03-02T09:00:00+08:00").expect("a time"),
        ..example::<RecordSite>(version)
    }
}

/// The papers of the unit's part.
fn of_part(filed: &Filed) -> Hook {
    let (id, _) = filed.at_unit(ZJJ);
    Hook {
        assignment: Some(id.0),
        ..Hook::ticket(filed.id.0)
    }
}

async fn records(world: &World, filed: &Filed, visit: RecordSite) -> Result<Acted, Fault> {
    let (id, _) = filed.at_unit(ZJJ);
    tickets::act(&world.handler(ZJJ), id, visit).await
}

fn field(tried: Result<Acted, Fault>) -> (String, Code) {
    let fault = tried.expect_err("it is refused");
    let one = fault.fields.into_iter().next().expect("a field");
    (one.field, one.code)
}

#[tokio::test]
async fn a_visit_on_site_stands_with_the_part_and_in_the_history() {
    on_each_database(|world| async move {
        let mut filed = signed(&world, &[CGJ]).await;
        world.time("2026-03-02T16:00");
        let hook = of_part(&filed);
        let file = puts(&world.handler(ZJJ), hook, "现场.pdf", &pdf("x", 9)).await;
        let file = file.expect("sent").id;
        let (_, version) = filed.at_unit(ZJJ);
        let two = RecordSite {
            site_kind: SiteKind::Enforcement,
            officer_no: Some(said("苏A-0101")),
            second_officer: Some(said("王芳")),
            second_officer_no: Some(said("苏A-0102")),
            ..visit(version, vec![file])
        };
        filed.took(records(&world, &filed, two).await);
        let seen = part(&world, &filed).await;
        assert_eq!(seen.sites.len(), 1);
        let site = &seen.sites[0];
        assert_eq!(
            (site.kind, &*site.files),
            (SiteKind::Enforcement, &[file][..])
        );
        assert_eq!(site.second_officer.as_deref(), Some("王芳"));
        let history = tickets::history(&world.dispatcher(), filed.id).await;
        let mut lines = history.expect("seen").into_iter();
        let line = lines.find(|it| it.verb == Verb::RecordSite);
        let line = line.expect("a line");
        assert_eq!(line.facts["site_kind"], "enforcement");
        assert_eq!(line.facts["proofs"], "1");

        // Not of another ticket's files, and not of tomorrow.
        let other = signed(&world, &[]).await;
        let (id, version) = other.at_unit(ZJJ);
        let tried = tickets::act(&world.handler(ZJJ), id, visit(version, vec![file])).await;
        assert_eq!(field(tried), ("files".to_owned(), Code::InputCode));
        let (_, version) = filed.at_unit(ZJJ);
        let ahead = RecordSite {
            visited_at: Instant::parse("2026-03-03T09:00:00+08:00").expect("a time"),
            ..visit(version, Vec::new())
        };
        let tried = records(&world, &filed, ahead).await;
        assert_eq!(
            field(tried),
            ("visited_at".to_owned(), Code::InputFutureDate)
        );
        let found = consistency::check_all(&world.services).await;
        assert_eq!(found.expect("checked").count, 0);
    })
    .await;
}

#[tokio::test]
async fn a_try_has_its_place_and_its_files() {
    on_each_database(|world| async move {
        let mut filed = signed(&world, &[]).await;
        let hook = of_part(&filed);
        let file = puts(&world.handler(ZJJ), hook, "门牌.pdf", &pdf("x", 9)).await;
        let file = file.expect("sent").id;
        let (id, version) = filed.at_unit(ZJJ);
        let contact = Contact {
            version: Version(version),
            way: ContactWay::Visit,
            reached: false,
            note: Some(said("上门无人")),
            lon: Longitude::of_text("118.7968").ok(),
            lat: Latitude::of_text("32.0585").ok(),
            files: vec![file],
        };
        filed.took(tickets::act(&world.handler(ZJJ), id, contact).await);
        let seen = part(&world, &filed).await;
        assert_eq!(seen.contacts[0].files, [file]);
        assert!(seen.contacts[0].lon.is_some() && seen.contacts[0].lat.is_some());
    })
    .await;
}
