//! Phrases: kept, shared with unit and area, changed and deleted by their owner, refused with somebody's number.
//! Not here: the forms that offer them (`server/tests/it/rights/phrases`).

use services::Ctx;
use services::todo::phrases;
use shared::fault::{Code, Fault};
use shared::query::phrase::{ChangePhrase, KeepPhrase, PhraseUse};
use shared::query::view::ViewShare;

use crate::support::{CGJ, ZJJ, on_each_database};

fn phrase(name: &str, words: &str, shared: ViewShare) -> KeepPhrase {
    KeepPhrase {
        name: name.to_owned(),
        words: words.to_owned(),
        purpose: PhraseUse::Reply,
        shared,
    }
}

async fn names(ctx: &Ctx) -> Vec<(String, bool)> {
    let rows = phrases::list(ctx).await.expect("listed");
    rows.into_iter()
        .map(|row| (row.name, row.by.is_some()))
        .collect()
}

fn wrong(fault: Fault) -> (String, Code) {
    let field = fault.fields.into_iter().next().expect("a field");
    (field.field, field.code)
}

#[tokio::test]
async fn they_are_kept_shared_and_deleted_by_their_owner() {
    on_each_database(|world| async move {
        let (owner, colleague) = (world.handler(ZJJ), world.liaison(ZJJ));
        let (elsewhere, centre) = (world.liaison(CGJ), world.dispatcher());
        let said = "您反映的问题已收到，正在核实。\n结果将尽快告知。";
        let kept = phrases::keep(&owner, phrase("核实中", said, ViewShare::Nobody)).await;
        let id = kept.expect("kept");
        let rows = phrases::list(&owner).await.expect("listed");
        assert_eq!((rows.len(), rows[0].id, &*rows[0].words), (1, id, said));
        assert!(names(&colleague).await.is_empty(), "kept for oneself");

        let to = |version: i32, shared: ViewShare| ChangePhrase {
            version,
            name: "在核实".to_owned(),
            words: said.to_owned(),
            purpose: PhraseUse::Any,
            shared,
        };
        let stale = phrases::change(&owner, id, to(9, ViewShare::Unit)).await;
        assert_eq!(stale.expect_err("stale").code, Code::VersionStale);
        let others = phrases::change(&colleague, id, to(1, ViewShare::Unit)).await;
        assert_eq!(others.expect_err("another's").code, Code::NotFound);
        let shared = phrases::change(&owner, id, to(1, ViewShare::Unit)).await;
        shared.expect("shared with the unit");
        let seen = [("在核实".to_owned(), true)];
        assert_eq!(names(&colleague).await, seen);
        assert!(names(&elsewhere).await.is_empty(), "another unit");

        // One for the area is kept by who dispatches there.
        let refused = phrases::change(&owner, id, to(2, ViewShare::Area)).await;
        let refused = wrong(refused.expect_err("a unit"));
        assert_eq!(refused, ("shared".to_owned(), Code::InputCode));
        let area = phrase("请先联系", "请先联系诉求人再到现场。", ViewShare::Area);
        phrases::keep(&centre, area).await.expect("kept");
        let dispatchers = names(&world.dispatcher()).await;
        assert_eq!(dispatchers, [("请先联系".to_owned(), false)]);

        let others = phrases::delete(&colleague, id).await;
        assert_eq!(others.expect_err("another's").code, Code::NotFound);
        phrases::delete(&owner, id).await.expect("deleted");
        let left = names(&colleague).await;
        assert_eq!(left, [("请先联系".to_owned(), true)], "the area's alone");
    })
    .await;
}

#[tokio::test]
async fn nobodys_number_stands_in_one() {
    on_each_database(|world| async move {
        let owner = world.handler(ZJJ);
        for (name, words, field, code) in [
            ("", "已核实。", "name", Code::InputRequired),
            ("核实", " ", "words", Code::InputRequired),
            ("核实", "请拨 13812345678", "words", Code::PhrasePersonal),
            ("13812345678", "已核实。", "name", Code::PhrasePersonal),
            ("核实", &*"长".repeat(1_001), "words", Code::InputTooLong),
        ] {
            let tried = phrases::keep(&owner, phrase(name, words, ViewShare::Nobody)).await;
            let told = wrong(tried.expect_err("refused"));
            assert_eq!(told, (field.to_owned(), code), "{name} {words}");
        }
        let visitor = phrases::list(&world.visitor()).await;
        assert!(visitor.is_err(), "nobody without a right");
    })
    .await;
}
