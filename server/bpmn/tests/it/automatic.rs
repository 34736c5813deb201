//! Tasks that the engine does itself: scripts of assignments and decision tables.

use std::collections::BTreeMap;

use bpmn::decision::Decision;
use bpmn::model::{Lookup, Process};
use bpmn::{Code, Definition, RunError, StartAt, Value, Vars};

fn process(task: &str) -> Definition {
    let xml = format!(
        r#"<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:ms="https://minsheng.example/bpmn" xmlns:flowable="http://flowable.org/bpmn">
           <process id="p"><startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="x"/>{task}
           <sequenceFlow id="g" sourceRef="x" targetRef="u"/><userTask id="u"/></process></definitions>"#
    );
    Definition::parse(&xml).expect("reads")
}

struct With<'a>(&'a Definition, BTreeMap<String, Decision>);

impl Lookup for With<'_> {
    fn main(&self) -> Option<&Process> {
        self.0.main()
    }
    fn process(&self, id: &str) -> Option<&Process> {
        Lookup::process(self.0, id)
    }
    fn decision(&self, id: &str) -> Option<&Decision> {
        self.1.get(id)
    }
}

fn after(def: &impl Lookup, vars: &[(&str, Value)]) -> Result<Vars, RunError> {
    let vars = vars
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.clone()))
        .collect();
    let step = bpmn::start(def, StartAt::None, vars)?;
    Ok(step.instance.variables().cloned().unwrap_or_default())
}

#[test]
fn a_script_of_assignments_is_computed_line_by_line() {
    let def = process(
        r#"<scriptTask id="x"><script>
             total = price * 2
             dear = total > 100; note = dear ? 'dear' : 'cheap'
           </script></scriptTask>"#,
    );
    assert_eq!(crate::story::trouble(&def), []);
    let vars = after(&def, &[("price", 60.into())]).expect("runs");
    assert_eq!(
        (&vars["total"], &vars["dear"], &vars["note"]),
        (&120.into(), &true.into(), &"dear".into())
    );
    assert!(matches!(
        after(&def, &[]),
        Err(RunError::Condition { element, .. }) if element == "x"
    ));
}

#[test]
fn other_scripts_are_refused_with_their_text() {
    for script in [
        r#"<scriptTask id="x" scriptFormat="groovy"><script>total = 1</script></scriptTask>"#,
        r#"<scriptTask id="x"><script>execution.setVariable('a', 1)</script></scriptTask>"#,
        r#"<scriptTask id="x"><script>while (true) {}</script></scriptTask>"#,
        r#"<scriptTask id="x"><script>a.b = 1</script></scriptTask>"#,
        r#"<scriptTask id="x"/>"#,
    ] {
        let codes: Vec<Code> = crate::story::trouble(&process(script))
            .iter()
            .map(|f| f.remark.code)
            .collect();
        assert_eq!(codes, [Code::Script], "{script}");
    }
}

fn tables() -> BTreeMap<String, Decision> {
    let xml = r#"<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"><decision id="limit"><decisionTable>
        <input><inputExpression><text>urgent</text></inputExpression></input><output name="days"/><output name="level"/>
        <rule><inputEntry><text>true</text></inputEntry><outputEntry><text>1</text></outputEntry><outputEntry><text>"high"</text></outputEntry></rule>
        <rule><inputEntry><text>false</text></inputEntry><outputEntry><text>5</text></outputEntry><outputEntry><text>"low"</text></outputEntry></rule>
        </decisionTable></decision></definitions>"#;
    Decision::parse(xml)
        .expect("reads")
        .into_iter()
        .map(|decision| (decision.id.clone(), decision))
        .collect()
}

#[test]
fn a_decision_table_gives_its_outputs_as_variables() {
    for task in [
        r#"<businessRuleTask id="x" ms:decision="limit"/>"#,
        r#"<serviceTask id="x" flowable:type="dmn"><extensionElements><flowable:field name="decisionTableReferenceKey"><flowable:string>limit</flowable:string></flowable:field></extensionElements></serviceTask>"#,
    ] {
        let def = process(task);
        assert_eq!(crate::story::trouble(&def), [], "{task}");
        let vars = after(&With(&def, tables()), &[("urgent", true.into())]).expect("runs");
        assert_eq!((&vars["days"], &vars["level"]), (&1.into(), &"high".into()));
        let none = after(&With(&def, tables()), &[]).expect("no rule fits");
        assert_eq!(none["days"], Value::Null);
    }
    let whole =
        process(r#"<businessRuleTask id="x" ms:decision="limit" ms:resultVariable="found"/>"#);
    let vars = after(&With(&whole, tables()), &[("urgent", false.into())]).expect("runs");
    assert_eq!(
        vars["found"],
        Value::from([("days", 5.into()), ("level", "low".into())])
    );
}

#[test]
fn a_missing_table_stops_the_case_with_its_name() {
    let def = process(r#"<businessRuleTask id="x" ms:decision="gone"/>"#);
    assert!(matches!(
        after(&With(&def, tables()), &[]),
        Err(RunError::UnknownDecision { decision, .. }) if decision == "gone"
    ));
}
