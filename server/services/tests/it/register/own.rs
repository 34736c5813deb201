//! Own fields of tickets: asked at the desk, on the citizen's form and at dispatch, checked by their kind, seen by whom they are for.
//! What is about a person stands in the sealed block and is revealed with it. Also the switches, which are rows of the settings.
//! Not here: drafts and versions, which are every list's (`mod`).

use std::collections::BTreeMap;

use services::{Ctx, tickets};
use shared::command::{Ticked, Typed, Version};
use shared::fault::Code;
use shared::register::ListCode;
use shared::ticket::command::{Register, Reveal};
use shared::ticket::verbs::Dispatch;

use super::{BASE, code, drafter, published, row};
use crate::support::{World, ZJJ, a_complaint, on_each_database, said};

pub async fn has_fields(world: &World, rows: &[&[(&str, &str)]]) {
    let ctx = drafter(world);
    let mut version = services::register::begin(&ctx, ListCode::Own, BASE)
        .await
        .expect("a draft")
        .version;
    for pairs in rows {
        let cells = row(pairs);
        let put = services::register::put_row(&ctx, (ListCode::Own, BASE), version, (None, &cells));
        version = put.await.expect("a row").version;
    }
    published(world, ListCode::Own, version, None, false)
        .await
        .expect("published");
}

fn answers(pairs: &[(&str, &str)]) -> Typed {
    let all: BTreeMap<String, String> = row(pairs);
    Typed::from(all)
}

async fn shown(ctx: &Ctx, id: shared::ids::TicketId) -> Vec<(String, String)> {
    let seen = tickets::get(ctx, id).await.expect("seen");
    let all = seen.own.into_iter();
    all.map(|answer| (answer.code, answer.shown_zh)).collect()
}

#[tokio::test]
async fn a_field_of_several_answers_has_some_and_a_person_is_always_personal() {
    on_each_database(|world| async move {
        let ctx = drafter(&world);
        let draft = services::register::begin(&ctx, ListCode::Own, BASE)
            .await
            .expect("a draft");
        let field = |kind: &str, choices: &str, class: &str| {
            row(&[
                ("code", "f"),
                ("zh", "字段"),
                ("en", "Field"),
                ("kind", kind),
                ("choices", choices),
                ("ask", "desk"),
                ("needed", "no"),
                ("class", class),
            ])
        };
        for (cells, wrong) in [
            (field("choice", "", "plain"), Code::InputRequired),
            (field("choice", "a=甲|A\na=乙|B", "plain"), Code::InputCode),
            (field("choice", "甲", "plain"), Code::InputCode),
            (field("line", "a=甲|A", "plain"), Code::InputBody),
            (field("person", "", "plain"), Code::InputCode),
        ] {
            let put = services::register::put_row(
                &ctx,
                (ListCode::Own, BASE),
                draft.version,
                (None, &cells),
            );
            assert_eq!(code(&put.await.expect_err("wrong")), wrong, "{cells:?}");
        }
        // What is sensitive says what it is for, on which ground, and for how long.
        let mut cells = field("person", "", "sensitive");
        let put = |cells: BTreeMap<String, String>| {
            let ctx = &ctx;
            async move {
                let place = (ListCode::Own, BASE);
                services::register::put_row(ctx, place, draft.version, (None, &cells)).await
            }
        };
        let refused = put(cells.clone()).await.expect_err("says nothing");
        let mut at: Vec<&str> = refused.fields.iter().map(|it| it.field.as_str()).collect();
        at.sort_unstable();
        assert_eq!(at, ["basis", "purpose", "retention"]);
        for (name, value) in [
            ("purpose", "handle"),
            ("basis", "consent"),
            ("retention", "case"),
        ] {
            cells.insert(name.to_owned(), value.to_owned());
        }
        put(cells).await.expect("a row");
    })
    .await;
}

#[tokio::test]
#[allow(clippy::too_many_lines, reason = "one story")]
async fn answers_are_checked_kept_and_seen_by_whom_they_are_for() {
    on_each_database(|world| async move {
        let common = [("needed", "no")];
        let with = |pairs: &[(&'static str, &'static str)]| -> Vec<(&'static str, &'static str)> {
            let mut all = pairs.to_vec();
            all.extend(
                common
                    .iter()
                    .filter(|(name, _)| !pairs.iter().any(|(it, _)| it == name)),
            );
            all
        };
        let floor = with(&[
            ("code", "floor"),
            ("zh", "楼层"),
            ("en", "Floor"),
            ("kind", "number"),
            ("ask", "all"),
            ("class", "plain"),
        ]);
        let house = with(&[
            ("code", "house"),
            ("zh", "房屋性质"),
            ("en", "House"),
            ("kind", "choice"),
            ("choices", "own=自有|Owned\nrent=租赁|Rented"),
            ("ask", "all"),
            ("needed", "yes"),
            ("class", "plain"),
        ]);
        let note = with(&[
            ("code", "note"),
            ("zh", "内部备注"),
            ("en", "Note"),
            ("kind", "line"),
            ("ask", "desk"),
            ("class", "centre"),
        ]);
        let owner = with(&[
            ("code", "owner"),
            ("zh", "业主"),
            ("en", "Owner"),
            ("kind", "person"),
            ("ask", "all"),
            ("class", "personal"),
        ]);
        has_fields(&world, &[&floor, &house, &note, &owner]).await;

        let filing = |own: Typed| Register {
            own,
            ..a_complaint()
        };
        for (own, field, wrong) in [
            (answers(&[]), "own.house", Code::InputRequired),
            (answers(&[("house", "sold")]), "own.house", Code::InputCode),
            (
                answers(&[("house", "own"), ("floor", "six")]),
                "own.floor",
                Code::InputNumber,
            ),
            (
                answers(&[("house", "own"), ("note", "急")]),
                "own.note",
                Code::InputBody,
            ),
            (
                answers(&[("house", "own"), ("other", "1")]),
                "own.other",
                Code::InputBody,
            ),
        ] {
            let refused = tickets::register(&world.visitor(), filing(own)).await;
            let fault = refused.expect_err(field);
            assert_eq!(
                (fault.fields[0].field.as_str(), fault.fields[0].code),
                (field, wrong)
            );
        }
        let own = answers(&[("house", "rent"), ("floor", "６"), ("owner", "李金丝雀")]);
        let mut filed = world.files(filing(own)).await;
        let dispatch = Dispatch {
            version: Version(filed.version),
            lead: said(ZJJ),
            assisting: Vec::new(),
            category: Some(said(world.a_leaf().await)),
            advice: None,
            urgency: None,
            urgency_reason: None,
            tags: Vec::new(),
            own: answers(&[("note", "多次来电"), ("floor", "")]),
            assist_due: None,
            retag: Ticked(false),
            review: Ticked(false),
        };
        filed.took(tickets::act(&world.dispatcher(), filed.id, dispatch).await);
        let pair = |code: &str, value: &str| (code.to_owned(), value.to_owned());
        assert_eq!(
            shown(&world.dispatcher(), filed.id).await,
            [
                pair("house", "租赁"),
                pair("note", "多次来电"),
                pair("owner", "李*")
            ]
        );
        let of_unit = shown(&world.liaison(ZJJ), filed.id).await;
        assert!(of_unit.contains(&pair("house", "租赁")), "{of_unit:?}");
        assert!(
            of_unit.iter().all(|(code, _)| code != "note"),
            "{of_unit:?}"
        );
        assert!(!format!("{of_unit:?}").contains("金丝雀"), "{of_unit:?}");
        let command = Reveal {
            reason: said("核对业主信息"),
        };
        let clear = tickets::reveal(&world.dispatcher(), filed.id, command).await;
        let clear = clear.expect("revealed").own;
        assert_eq!(clear[0].value, "李金丝雀");

        let anonymous = Register {
            anonymous: Ticked(true),
            ..filing(answers(&[("house", "own"), ("owner", "李金丝雀")]))
        };
        let quiet = world.files(anonymous).await;
        assert_eq!(
            shown(&world.dispatcher(), quiet.id).await,
            [pair("house", "自有")],
            "nothing of a person is kept"
        );
    })
    .await;
}

#[tokio::test]
async fn an_office_turns_filing_on_the_web_and_its_figures_off() {
    on_each_database(|world| async move {
        assert!(services::public::figures(&world.visitor()).await.is_ok());
        let switch = |name: &str| row(&[("name", name), ("value", "no")]);
        let ctx = drafter(&world);
        let list = (ListCode::Settings, BASE);
        let mut version = services::register::begin(&ctx, list.0, list.1)
            .await
            .expect("a draft")
            .version;
        for name in ["switch.web_filing", "switch.figures"] {
            let cells = switch(name);
            let put = services::register::put_row(&ctx, list, version, (Some(name), &cells)).await;
            version = put.expect("a row").version;
        }
        let never = row(&[("name", "keep.notices"), ("value", "1")]);
        let short =
            services::register::put_row(&ctx, list, version, (Some("keep.notices"), &never));
        assert_eq!(
            code(&short.await.expect_err("too short")),
            Code::InputNumber
        );
        published(&world, list.0, version, None, false)
            .await
            .expect("published");
        let refused = tickets::register(&world.visitor(), a_complaint()).await;
        assert_eq!(refused.expect_err("closed").code, Code::FilingClosed);
        let figures = services::public::figures(&world.visitor()).await;
        assert_eq!(figures.expect_err("none").code, Code::NotFound);
        world.takes_call(a_complaint()).await;
    })
    .await;
}
