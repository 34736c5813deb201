//! Words of a definition that mean nothing here are told, and the versions of the house pass whole.
//! Not here: what the engine refuses by itself (`bpmn`).

use super::*;

fn words(process: &str, task: &str) -> Vec<(String, String)> {
    let xml = format!(
        r#"<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:flowable="http://flowable.org/bpmn" xmlns:ms="https://minsheng.example/bpmn"><process id="p" isExecutable="true" {process}><startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="t"/><userTask id="t" {task}/><sequenceFlow id="f2" sourceRef="t" targetRef="e"/><endEvent id="e"/></process></definitions>"#
    );
    let (_, findings) = judged(&xml, Locale::En).expect("read");
    findings
        .into_iter()
        .map(|finding| (finding.severity, finding.words))
        .collect()
}

#[test]
#[allow(clippy::too_many_lines, reason = "one story, told in order")]
fn words_that_mean_nothing_here_are_told() {
    let cases = [
        ("", r#"ms:role="chief""#, "error", "no such role"),
        (
            "",
            r#"flowable:candidateGroups="manager,dept_a""#,
            "warning",
            "none of the candidate groups",
        ),
        (
            "",
            r#"flowable:assignee="li.si" ms:unit="320100-ZJJ""#,
            "warning",
            "without a role",
        ),
        (
            "",
            r#"ms:role="handler" ms:papers="all""#,
            "warning",
            "not known",
        ),
        (
            "",
            r#"ms:role="handler" ms:limit="soon""#,
            "error",
            "no such name",
        ),
        (
            "",
            r#"ms:role="handler" ms:limit="limit:soon""#,
            "error",
            "no such name",
        ),
        (
            "",
            r#"ms:role="handler" ms:self="yes""#,
            "warning",
            "not known",
        ),
        (
            r#"ms:self="no""#,
            r#"ms:role="handler""#,
            "warning",
            "not known",
        ),
        (
            "",
            r#"ms:role="handler" ms:self="allowed""#,
            "warning",
            "of his own case",
        ),
        (
            "",
            r#"flowable:assignee="${initiator}""#,
            "warning",
            "does this step himself",
        ),
        (
            "",
            r##"flowable:assignee="#{ initiator }""##,
            "warning",
            "does this step himself",
        ),
        (
            "",
            r#"flowable:assignee="=initiator""#,
            "warning",
            "does this step himself",
        ),
        (
            "",
            r#"ms:role="handler" ms:clear="phone""#,
            "warning",
            "no form has",
        ),
    ];
    for (process, task, severity, part) in cases {
        let found = words(process, task);
        assert!(
            found
                .iter()
                .any(|(s, words)| s == severity && words.contains(part)),
            "{process} {task}: {found:?}"
        );
    }
    for good in [
        r#"ms:role="handler" ms:unit="initiator" ms:limit="3 wd" ms:papers="complete""#,
        r#"flowable:candidateGroups="manager,handler""#,
        r#"flowable:candidateGroups="${initiator_unit}""#,
        r#"ms:role="handler" ms:limit="handle""#,
    ] {
        assert_eq!(words("", good), [], "{good}");
    }
}

#[test]
fn the_tickets_own_versions_pass_whole() {
    for xml in crate::process::VERSIONS {
        let (_, findings) = judged(xml, Locale::Zh).expect("read");
        let is_told =
            |it: &&FindingView| it.severity == "error" || it.remark.code == FindingCode::NeverSet;
        let told = findings.iter().filter(is_told);
        let told: Vec<&str> = told.map(|finding| finding.words.as_str()).collect();
        assert_eq!(told, [""; 0]);
    }
}
