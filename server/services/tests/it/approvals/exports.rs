//! A list of approvals as a file: in every format, in both scopes, masked, and in the audit; and the report whose numbers lead to the list.
//! Not here: tickets as a file (`exports`), the other reports (`reports`).

use services::approvals::{self, views, views::Query};
use services::exports::approvals::file;
use services::reports;
use shared::access::Role;
use shared::approval::command::Start;
use shared::approval::query::ApprovalFilter;
use shared::approval::verbs::Cancel;
use shared::fault::Code;
use shared::job::ExportFormat;
use shared::report::{Part, Period, ReportAsked, ReportName};

use super::story::{Office, hire, reasoned, sample};
use crate::support::{CENTRE, on_each_database, said};

fn all(filters: &str) -> Query {
    let pairs = shared::query::pairs_of(filters);
    Query {
        shelf: "all".to_owned(),
        filter: ApprovalFilter::from_pairs(&pairs).expect("filters"),
        ..Query::default()
    }
}

#[tokio::test]
async fn a_list_is_a_file_in_every_format_and_stands_in_the_audit() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let start = Start {
            title: said("=1+1 占道，电话13812345678"),
            ..sample(&office, "one")
        };
        let filed = approvals::start(&office.initiator, start)
            .await
            .expect("filed");
        office.files("one").await;
        let leader = hire(&world, Role::CentreLeader, CENTRE).await;
        for format in ExportFormat::ALL {
            let bytes = file(&leader, &all("q=电话"), *format).await.expect("made");
            assert!(!bytes.is_empty(), "{format}");
            if *format == ExportFormat::Csv {
                let text = String::from_utf8(bytes).expect("UTF-8");
                assert_eq!(text.lines().count(), 2, "{text}");
                assert!(text.contains(&filed.approval_no));
                assert!(
                    !text.contains("13812345678") && text.contains("'=1+1"),
                    "{text}"
                );
            }
        }
        let done = world.audited("export.approvals.done").await;
        assert_eq!(done.len(), ExportFormat::ALL.len());
        assert_eq!(done[0].facts["rows"], "1");
        let begun = world.audited("export.approvals").await;
        assert!(
            !begun[0].facts.contains_key("q"),
            "typed words can be erased"
        );
    })
    .await;
}

#[tokio::test]
async fn who_may_not_export_gets_no_file_and_nobody_gets_more_than_his_scope() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        office.files("one").await;
        let refused = file(&office.intake, &all(""), ExportFormat::Csv).await;
        assert_eq!(refused.expect_err("a handler").code, Code::AccessDenied);
        let elsewhere = hire(&world, Role::CentreLeader, "320500-12345").await;
        let bytes = file(&elsewhere, &all(""), ExportFormat::Csv).await;
        let text = String::from_utf8(bytes.expect("made")).expect("UTF-8");
        assert_eq!(text.lines().count(), 1, "the headings alone: {text}");
    })
    .await;
}

#[tokio::test]
async fn the_report_names_what_ended_and_leads_to_its_list() {
    on_each_database(|world| async move {
        let office = Office::open(&world).await;
        let case = office.files("one").await;
        let cancel = reasoned::<Cancel>(&case, "工程取消，不再需要");
        approvals::act(&office.initiator, case.id(), cancel)
            .await
            .expect("cancelled");
        let reader = hire(&world, Role::Supervisor, CENTRE).await;
        let day = reader.now().date();
        let month = day.format("%Y-%m").to_string();
        let asked = ReportAsked {
            period: Period::parse(&month).expect("a month"),
            ..ReportAsked::usual(ReportName::Approvals, day)
        };
        let report = reports::standard(&reader, &asked).await.expect("counts");
        let tables = report.parts.iter().filter_map(|part| match part {
            Part::Table(table) => Some(table),
            _ => None,
        });
        let tables: Vec<_> = tables.collect();
        let row = &tables[0].rows[0];
        assert_ne!(row[0].text, approvals::SAMPLE, "a name, no key");
        assert_eq!(row[1].number.as_deref(), Some("1"));
        assert_eq!(row[3].text, "达标", "sooner than the target");
        let href = row[1].href.as_deref().expect("a list");
        let filters = href.strip_prefix("/approvals?shelf=all&").expect("of all");
        let listed = views::list(&reader, &all(filters)).await.expect("listed");
        assert_eq!(listed.total, Some(1), "{href}");
    })
    .await;
}
