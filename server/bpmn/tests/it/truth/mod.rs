//! What the check says of a file is so: one table for each kind of thing that a file from elsewhere gets wrong, or that would be lost.
//! Not here: running (`turns`, `cases`); what only the surrounding program knows, such as roles, is judged there.

mod ends;

use bpmn::{Code, Definition, Severity};

const HEAD: &str = r#"<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:flowable="http://flowable.org/bpmn" xmlns:activiti="http://activiti.org/bpmn" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:operaton="http://operaton.org/schema/1.0/bpmn" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:acme="http://acme.example/bpm" xmlns:ms="https://minsheng.example/bpmn" targetNamespace="t">"#;

/// Start, whatever stands between as `t`, and an end.
fn around(outside: &str, between: &str) -> Definition {
    let xml = format!(
        r#"{HEAD}{outside}<process id="p" isExecutable="true"><startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="t"/>{between}<sequenceFlow id="f2" sourceRef="t" targetRef="e"/><endEvent id="e"/></process></definitions>"#
    );
    Definition::parse(&xml).unwrap_or_else(|error| panic!("{between}: {error}"))
}

fn task(attributes: &str, inside: &str) -> Definition {
    around(
        "",
        &format!(r#"<userTask id="t" {attributes}>{inside}</userTask>"#),
    )
}

/// Code and severity of every finding at `t`.
fn found(definition: &Definition) -> Vec<(Code, Severity)> {
    let findings = definition.check();
    let at = findings.iter().filter(|finding| finding.element == "t");
    at.map(|finding| (finding.remark.code, finding.severity))
        .collect()
}

fn lost(definition: &Definition) -> Vec<String> {
    let ignored = bpmn::check::ignored(definition);
    ignored.into_iter().map(|it| it.name).collect()
}

#[test]
#[allow(clippy::too_many_lines, reason = "one story, told in order")]
fn expressions_for_people_and_dates_are_read_at_the_check() {
    let bad = [
        r#"flowable:assignee="${variables:query(a)}""#,
        r#"flowable:assignee="${userService.leaderOf(initiator)}""#,
        r##"camunda:assignee="#{bean.call()}""##,
        r#"activiti:assignee="x_${identity.find(initiator)}""#,
        r#"operaton:assignee="${""#,
        r#"ms:assignee="${a b}""#,
        r#"flowable:assignee="li.si" flowable:candidateUsers="a,${f(b)}""#,
        r#"flowable:candidateUsers="${dept.members()}""#,
        r#"flowable:candidateGroups="${groups.of(initiator)}""#,
        r#"camunda:candidateGroups="g1,${groups.of(x)}""#,
        r#"ms:role="handler" flowable:dueDate="${dateTime().plusDays(2)}""#,
        r#"ms:role="handler" camunda:dueDate="${now() + }""#,
        r#"ms:role="handler" ms:limit="${limits.of(x)}""#,
    ];
    for attributes in bad {
        let definition = task(attributes, "");
        let found = found(&definition);
        assert!(
            found.contains(&(Code::BadExpression, Severity::Error)),
            "{attributes}: {found:?}"
        );
    }
    for text in [
        "in two days",
        "2 days",
        "2026-13-01",
        "下周",
        "P",
        "3wx",
        "Friday",
    ] {
        for attribute in [
            "flowable:dueDate",
            "camunda:dueDate",
            "ms:dueDate",
            "ms:limit",
        ] {
            let definition = task(&format!(r#"ms:role="handler" {attribute}="{text}""#), "");
            assert_eq!(
                found(&definition),
                [(Code::BadDeadline, Severity::Error)],
                "{attribute} {text}"
            );
        }
    }
    for text in [
        "3 wd",
        "4 wh",
        "P2D",
        "PT36H",
        "2026-03-02T09:00:00+08:00",
        "2026-03-02",
        "limit:handle",
        "handle",
        "${now() + 1}",
        "=now()",
    ] {
        let definition = task(
            &format!(r#"ms:role="handler" flowable:dueDate="{text}""#),
            "",
        );
        assert_eq!(found(&definition), [], "{text}");
    }
    for good in [
        "li.si",
        "${initiator}",
        "#{initiator}",
        "${initiator}_x",
        "=initiator",
        "${has(chief) ? chief : initiator}",
    ] {
        let definition = task(&format!(r#"flowable:assignee="{good}""#), "");
        assert!(
            found(&definition)
                .iter()
                .all(|(_, severity)| *severity == Severity::Warning),
            "{good}"
        );
    }
}

#[test]
fn a_variable_that_nothing_sets_is_told() {
    let multi = |attributes: &str, inside: &str| {
        format!(
            r#"<userTask id="t" flowable:assignee="${{a}}"><multiInstanceLoopCharacteristics {attributes}>{inside}</multiInstanceLoopCharacteristics></userTask>"#
        )
    };
    let a = r#"flowable:elementVariable="a""#;
    let never = [
        multi(&format!(r#"flowable:collection="people" {a}"#), ""),
        multi(&format!(r#"flowable:collection="${{people}}" {a}"#), ""),
        multi(
            &format!(
                r#"activiti:collection="people" {}"#,
                a.replace("flowable", "activiti")
            ),
            "",
        ),
        multi(
            &format!(
                r#"camunda:collection="people" {}"#,
                a.replace("flowable", "camunda")
            ),
            "",
        ),
        multi(
            "",
            r#"<loopDataInputRef>people</loopDataInputRef><inputDataItem id="a" name="a"/>"#,
        ),
        multi(
            "",
            r#"<extensionElements><zeebe:loopCharacteristics inputCollection="=people" inputElement="a"/></extensionElements>"#,
        ),
        r#"<userTask id="t" ms:role="handler"><multiInstanceLoopCharacteristics><loopCardinality>${people}</loopCardinality></multiInstanceLoopCharacteristics></userTask>"#.to_owned(),
        r#"<userTask id="t" flowable:assignee="${people}"/>"#.to_owned(),
        r#"<userTask id="t" flowable:candidateUsers="${people}"/>"#.to_owned(),
        r#"<userTask id="t" ms:role="handler" ms:limit="${people}"/>"#.to_owned(),
    ];
    for between in &never {
        let findings = around("", between).check();
        let told = findings.iter().any(|finding| {
            finding.remark.code == Code::NeverSet
                && finding.element == "t"
                && finding
                    .remark
                    .facts
                    .get(&bpmn::Fact::Variable)
                    .map(String::as_str)
                    == Some("people")
        });
        assert!(told, "{between}: {findings:?}");
    }
    let field = r#"<startEvent id="s2"><extensionElements><ms:field id="people" type="people"/></extensionElements></startEvent><sequenceFlow id="f3" sourceRef="s2" targetRef="t"/>"#;
    let sets = [
        field.to_owned(),
        r#"<dataObject id="d" name="people"/>"#.to_owned(),
        r#"<scriptTask id="x" scriptFormat="cel"><script>people = ["a"]</script></scriptTask>"#.to_owned(),
        r#"<serviceTask id="x" flowable:expression="${initiator}" flowable:resultVariable="people"/>"#.to_owned(),
    ];
    for set in &sets {
        for between in &never {
            let findings = around("", &format!("{between}{set}")).check();
            let told = findings
                .iter()
                .any(|finding| finding.remark.code == Code::NeverSet);
            assert!(!told, "{set} {between}");
        }
    }
    let definition = task(r#"flowable:assignee="${applyUser}""#, "");
    assert_eq!(found(&definition), [(Code::NeverSet, Severity::Warning)]);
}

#[test]
fn every_task_has_somebody_or_a_finding_says_so() {
    let resource = |kind: &str, text: &str| {
        format!(
            "<{kind}><resourceAssignmentExpression><formalExpression>{text}</formalExpression></resourceAssignmentExpression></{kind}>"
        )
    };
    let zeebe = |attributes: &str| {
        format!("<extensionElements><zeebe:assignmentDefinition {attributes}/></extensionElements>")
    };
    let somebody = [
        (r#"ms:role="handler""#, String::new()),
        (r#"flowable:assignee="li.si""#, String::new()),
        (r#"camunda:candidateUsers="li.si""#, String::new()),
        (r#"operaton:candidateGroups="handler""#, String::new()),
        ("", resource("humanPerformer", "li.si")),
        ("", resource("performer", "li.si")),
        (
            "",
            resource("potentialOwner", "user(li.si), group(handler)"),
        ),
        ("", resource("potentialOwner", "handler")),
        ("", zeebe(r#"assignee="li.si""#)),
        ("", zeebe(r#"candidateGroups="handler, reviewer""#)),
        ("", zeebe(r#"candidateUsers="=initiator""#)),
    ];
    for (attributes, inside) in somebody {
        let definition = task(attributes, &inside);
        assert_eq!(found(&definition), [], "{attributes} {inside}");
        assert_eq!(
            lost(&definition),
            Vec::<String>::new(),
            "{attributes} {inside}"
        );
    }
    let nobody = [
        ("", String::new()),
        (r#"assignee="li.si""#, String::new()),
        (r#"acme:assignee="li.si""#, String::new()),
        (r#"flowable:assignee=" ""#, String::new()),
        (r#"ms:role="""#, String::new()),
        (
            "",
            "<potentialOwner><resourceRef>chiefs</resourceRef></potentialOwner>".to_owned(),
        ),
        ("", zeebe("")),
    ];
    for (attributes, inside) in nobody {
        let definition = task(attributes, &inside);
        assert_eq!(
            found(&definition),
            [(Code::Nobody, Severity::Warning)],
            "{attributes} {inside}"
        );
    }
    assert_eq!(
        found(&around("", r#"<receiveTask id="t"/>"#)),
        [(Code::NothingAwaited, Severity::Warning)]
    );
}

#[test]
fn standard_owners_are_read_as_people_and_groups() {
    let definition = task(
        "",
        "<potentialOwner><resourceAssignmentExpression><formalExpression>user(li.si), group(handler), ${chief}, reviewer</formalExpression></resourceAssignmentExpression></potentialOwner>",
    );
    let node = definition
        .process("p")
        .and_then(|p| p.node("t"))
        .expect("a task");
    let bpmn::model::NodeKind::Task(facts) = &node.kind else {
        panic!("a task");
    };
    assert_eq!(facts.candidate_users, ["li.si"]);
    assert_eq!(facts.candidate_groups, ["handler", "${chief}", "reviewer"]);
}

#[test]
#[allow(clippy::too_many_lines, reason = "one story, told in order")]
fn what_has_no_effect_is_listed_whoever_made_it() {
    let cases: [(&str, &str, &[&str]); 21] = [
        (r#"flowable:priority="5""#, "", &["priority"]),
        (
            r#"camunda:followUpDate="2026-03-02""#,
            "",
            &["followUpDate"],
        ),
        (r#"operaton:asyncBefore="true""#, "", &["asyncBefore"]),
        (
            r#"flowable:skipExpression="${true}""#,
            "",
            &["skipExpression"],
        ),
        (r#"flowable:formKey="leave.form""#, "", &["formKey"]),
        (r#"flowable:initiator="x""#, "", &["initiator"]),
        (r#"acme:sla="2h""#, "", &["acme:sla"]),
        (r#"zeebe:x="1""#, "", &["zeebe:x"]),
        (r#"candidateGroups="g""#, "", &["candidateGroups"]),
        (r#"ms:rol="handler""#, "", &["ms:rol"]),
        (r#"startQuantity="2""#, "", &["startQuantity"]),
        (
            "",
            r#"<extensionElements><flowable:taskListener event="create" class="x"/></extensionElements>"#,
            &["taskListener"],
        ),
        (
            "",
            r"<extensionElements><camunda:inputOutput/></extensionElements>",
            &["inputOutput"],
        ),
        (
            "",
            r"<extensionElements><zeebe:ioMapping/></extensionElements>",
            &["zeebe:ioMapping"],
        ),
        (
            "",
            r#"<extensionElements><zeebe:formDefinition formKey="x"/></extensionElements>"#,
            &["zeebe:formDefinition"],
        ),
        (
            "",
            r#"<extensionElements><zeebe:taskSchedule dueDate="P2D" followUpDate="P1D"/></extensionElements>"#,
            &["zeebe:taskSchedule followUpDate"],
        ),
        (
            "",
            r#"<extensionElements><acme:routing to="x"/></extensionElements>"#,
            &["acme:routing"],
        ),
        (
            "",
            r#"<extensionElements><ms:feld id="x"/></extensionElements>"#,
            &["ms:feld"],
        ),
        (
            "",
            r#"<extensionElements><camunda:formData><camunda:formField id="x" type="string"><camunda:validation><camunda:constraint name="min" config="3"/></camunda:validation></camunda:formField></camunda:formData></extensionElements>"#,
            &["constraint min"],
        ),
        (
            "",
            "<ioSpecification><inputSet/><outputSet/></ioSpecification>",
            &["ioSpecification"],
        ),
        (
            "",
            r#"<multiInstanceLoopCharacteristics behavior="One"><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>"#,
            &["behavior"],
        ),
    ];
    for (attributes, inside, names) in cases {
        let definition = task(&format!(r#"ms:assignee="li.si" {attributes}"#), inside);
        assert_eq!(lost(&definition), names, "{attributes} {inside}");
        let all = bpmn::check::ignored(&definition);
        assert!(all.iter().all(|it| it.element == "t"), "{all:?}");
    }
    let silent = [
        r#"ms:assignee="li.si" flowable:assignee="wang""#,
        r#"ms:assignee="li.si" startQuantity="1" isForCompensation="false""#,
        r#"ms:assignee="li.si" flowable:async="false""#,
    ];
    for attributes in silent {
        assert_eq!(
            lost(&task(attributes, "")),
            Vec::<String>::new(),
            "{attributes}"
        );
    }
}

#[test]
#[allow(clippy::too_many_lines, reason = "one story, told in order")]
fn two_of_one_name_and_codes_that_are_none_are_told() {
    let boundary = |id: &str, definition: &str| {
        format!(
            r#"<boundaryEvent id="{id}" attachedToRef="t">{definition}</boundaryEvent><sequenceFlow id="{id}f" sourceRef="{id}" targetRef="e"/>"#
        )
    };
    let names = r#"<message id="m1" name="m"/><message id="m2" name="m"/><signal id="s1" name="s"/><signal id="s2" name="s"/><error id="e1" errorCode="x"/><error id="e2" errorCode="x"/><escalation id="c1" escalationCode="y"/><error id="none" errorCode=""/><error id="blank" errorCode=" "/><message id="m3" name="m_${id}"/>"#;
    let host = r#"<userTask id="t" ms:role="handler"/>"#;
    let definition = around(names, host);
    let codes: Vec<(String, Code)> = definition
        .check()
        .into_iter()
        .map(|finding| (finding.element, finding.remark.code))
        .collect();
    let same = |id: &str| (id.to_owned(), Code::SameName);
    for one in [
        same("m2"),
        same("s2"),
        same("e2"),
        ("m3".to_owned(), Code::NameNotComputed),
    ] {
        assert!(codes.contains(&one), "{codes:?}");
    }
    for definitions in [
        [
            r#"<messageEventDefinition messageRef="m1"/>"#,
            r#"<messageEventDefinition messageRef="m2"/>"#,
        ],
        [
            r#"<errorEventDefinition errorRef="e1"/>"#,
            r#"<errorEventDefinition errorRef="e2"/>"#,
        ],
        [
            r#"<escalationEventDefinition escalationRef="c1"/>"#,
            r#"<escalationEventDefinition escalationRef="c1"/>"#,
        ],
        ["<errorEventDefinition/>", "<errorEventDefinition/>"],
        [
            r#"<signalEventDefinition signalRef="s1"/>"#,
            r#"<signalEventDefinition signalRef="s2"/>"#,
        ],
    ] {
        let between = format!(
            "{host}{}{}",
            boundary("one", definitions[0]),
            boundary("two", definitions[1])
        );
        let findings = around(names, &between).check();
        let told = findings
            .iter()
            .find(|finding| finding.remark.code == Code::SameEvent);
        let told = told.unwrap_or_else(|| panic!("{definitions:?}: {findings:?}"));
        assert_eq!(
            (
                told.element.as_str(),
                told.remark.facts[&bpmn::Fact::Catches].as_str()
            ),
            ("two", "one")
        );
    }
    for (end, code, severity) in [
        (
            r#"<errorEventDefinition errorRef="none"/>"#,
            Code::EmptyErrorCode,
            Severity::Error,
        ),
        (
            r#"<errorEventDefinition errorRef="blank"/>"#,
            Code::EmptyErrorCode,
            Severity::Error,
        ),
        (
            "<errorEventDefinition/>",
            Code::NoErrorCode,
            Severity::Warning,
        ),
        (
            r#"<escalationEventDefinition escalationRef=""/>"#,
            Code::NoErrorCode,
            Severity::Warning,
        ),
    ] {
        let between = format!(
            r#"<exclusiveGateway id="t"/><sequenceFlow id="g" sourceRef="t" targetRef="bad"/><endEvent id="bad">{end}</endEvent>"#
        );
        let findings = around(names, &between).check();
        assert!(
            findings
                .iter()
                .any(|it| it.element == "bad" && it.remark.code == code && it.severity == severity),
            "{end}: {findings:?}"
        );
    }
}

#[test]
fn a_key_that_cannot_be_deployed_is_an_error_of_the_check() {
    for (key, good) in [
        ("请示流程", false),
        ("a b", false),
        ("a/b", false),
        ("", false),
        ("leave.v1_x-2", true),
        ("é", false),
    ] {
        let xml = format!(
            r#"{HEAD}<process id="{key}" isExecutable="true"><startEvent id="s"/></process></definitions>"#
        );
        let findings = Definition::parse(&xml).expect("reads").check();
        let told = findings
            .iter()
            .any(|it| it.remark.code == Code::BadKey && it.severity == Severity::Error);
        assert_eq!(told, !good, "{key}: {findings:?}");
    }
    let long = "k".repeat(101);
    let xml = format!(r#"{HEAD}<process id="{long}"><startEvent id="s"/></process></definitions>"#);
    assert!(
        Definition::parse(&xml)
            .expect("reads")
            .check()
            .iter()
            .any(|it| it.remark.code == Code::BadKey)
    );
}

#[test]
fn the_files_of_offices_are_read_or_refused_by_name() {
    let Some(folder) = crate::shared_data::folder("faults") else {
        return;
    };
    let read = |name: &str| {
        let bytes = std::fs::read(folder.join(name)).expect(name);
        Definition::read(&bytes)
    };
    for name in ["x1-gbk.bpmn", "x3-utf16.bpmn"] {
        let definition = read(name).unwrap_or_else(|error| panic!("{name}: {error}"));
        let task = definition.element("t1").and_then(bpmn::ElementView::name);
        assert_eq!(task, Some("科长审批"), "{name}");
    }
    assert!(read("x6-win1252-ascii.bpmn").is_ok());
    let error = read("x2-gb2312-declared-utf8.bpmn").expect_err("the bytes are UTF-8");
    assert!(error.to_string().contains("GB2312"), "{error}");
    for (name, code) in [
        ("y1-assignee-function.bpmn", Code::BadExpression),
        ("y2-due-function.bpmn", Code::BadExpression),
        ("y10-collection.bpmn", Code::NeverSet),
        ("y12-zhkey.bpmn", Code::BadKey),
    ] {
        let findings = read(name).expect(name).check();
        let told = findings.iter().find(|finding| finding.remark.code == code);
        assert!(told.is_some(), "{name}: {findings:?}");
    }
}
