//! Own fields of approvals: asked of whoever files, checked with the form, kept sealed, seen by whom they are for.
//! Not here: own fields of tickets (`register::own`, `register::own_lists`).
//! What is about a person is in the clear for a reason alone.

use serde_json::json;
use services::approvals;
use shared::command::Sent;
use shared::fault::Code;
use shared::ticket::command::Reveal;

use super::story::{Office, fields, sample};
use crate::register::own::has_fields;
use crate::support::{on_each_database, said};

type Pairs = &'static [(&'static str, &'static str)];

const AREA: Pairs = &[
    ("code", "area"),
    ("zh", "占道面积"),
    ("en", "Area"),
    ("kind", "number"),
    ("ask", "desk"),
    ("needed", "yes"),
    ("class", "plain"),
    ("of", "approvals"),
];
const RISK: Pairs = &[
    ("code", "risk"),
    ("zh", "风险"),
    ("en", "Risk"),
    ("kind", "line"),
    ("ask", "desk"),
    ("needed", "no"),
    ("class", "centre"),
    ("of", "both"),
];
const CONTACT: Pairs = &[
    ("code", "contact"),
    ("zh", "现场联系人"),
    ("en", "Contact"),
    ("kind", "person"),
    ("ask", "desk"),
    ("needed", "no"),
    ("class", "personal"),
    ("of", "approvals"),
];

#[tokio::test]
async fn an_approval_is_asked_what_the_office_asks_and_shows_it_as_far_as_one_may() {
    on_each_database(|world| async move {
        has_fields(&world, &[AREA, RISK, CONTACT]).await;
        let office = Office::open(&world).await;
        let forms = approvals::startable(&office.initiator).await;
        let form = forms.expect("forms").remove(0);
        let asked: Vec<&str> = form.own.iter().map(|field| field.code.as_str()).collect();
        assert_eq!(asked, ["area", "contact", "risk"]);

        let body = json!({"definition": approvals::SAMPLE, "title": "中", "fields": {}, "own": {"area": "many"}});
        let sent = Sent::json(body.as_object().expect("an object").clone());
        let refused = approvals::read_start(&office.initiator, sent).await;
        let refused = refused.expect_err("wrong").fields;
        let at = |name: &str| refused.iter().any(|field| field.field == name);
        assert!(at("title") && at("fields.applicant") && at("own.area"), "{refused:?}");

        let lacking = approvals::start(&office.initiator, sample(&office, "one")).await;
        let field = lacking.expect_err("asked").fields.remove(0);
        assert_eq!((field.field.as_str(), field.code), ("own.area", Code::InputRequired));
        let start = shared::approval::command::Start {
            own: fields(&[("area", "１２"), ("risk", "人流密集"), ("contact", "李金丝雀")]),
            ..sample(&office, "one")
        };
        let filed = approvals::start(&office.initiator, start).await.expect("filed");
        let shown = async |ctx: &services::Ctx| {
            let detail = approvals::views::get(ctx, filed.id).await.expect("seen");
            let all = detail.own.into_iter();
            all.map(|answer| format!("{}={}", answer.code, answer.value))
                .collect::<Vec<_>>()
        };
        assert_eq!(shown(&office.initiator).await, ["area=12", "contact=李*"]);
        assert_eq!(shown(&office.owner).await, ["area=12", "contact=李*", "risk=人流密集"]);
        let detail = approvals::views::get(&office.intake, filed.id).await.expect("seen");
        if detail.may_reveal {
            let reason = Reveal { reason: said("核对现场联系人") };
            let clear = approvals::reveal(&office.intake, filed.id, reason).await;
            let clear = clear.expect("revealed").own;
            assert!(clear.iter().any(|answer| answer.value == "李金丝雀"));
        }
    })
    .await;
}
