//! Which attributes and elements of the standard have an effect here, and which are only kept.
//! Not here: makers' own (`ignored`). Documentation, artifacts and interchange are for people and never reported.
//! Source: BPMN 2.0.2, the tables of attributes of chapters 7 to 10.

use crate::model::ElementView;

/// Words of this product's own processes that the surrounding program reads, on any element.
pub(super) const OWN_WORDS: [&str; 4] = ["initiator", "state", "verb", "stage"];

/// Attributes that are read, or that say nothing about how a process runs.
const PLAIN: [&str; 52] = [
    "id",
    "name",
    "isExecutable",
    "sourceRef",
    "targetRef",
    "default",
    "attachedToRef",
    "cancelActivity",
    "isInterrupting",
    "triggeredByEvent",
    "isForCompensation",
    "isSequential",
    "testBefore",
    "loopMaximum",
    "ordering",
    "cancelRemainingInstances",
    "calledElement",
    "messageRef",
    "signalRef",
    "errorRef",
    "errorCode",
    "escalationRef",
    "escalationCode",
    "activityRef",
    "waitForCompletion",
    "instantiate",
    "itemSubjectRef",
    "scriptFormat",
    "language",
    "targetNamespace",
    "expressionLanguage",
    "typeLanguage",
    "exporter",
    "exporterVersion",
    "structureRef",
    "itemRef",
    "itemKind",
    "isCollection",
    "processRef",
    "dataObjectRef",
    "dataStoreRef",
    "partitionElementRef",
    "categoryValueRef",
    "associationDirection",
    "textFormat",
    "gatewayDirection",
    "evaluatesToTypeRef",
    "namespace",
    "location",
    "importType",
    "value",
    "outerMessageFlowRef",
];

/// Whether an attribute without namespace is read, or has the value that it has without being written.
pub(super) fn has_effect(kind: &str, name: &str, value: &str) -> bool {
    match name {
        "startQuantity" | "completionQuantity" => value == "1",
        "behavior" => value.eq_ignore_ascii_case("all"),
        "parallelMultiple" | "isClosed" => value != "true",
        "isImmediate" => true,
        "eventGatewayType" => value.eq_ignore_ascii_case("exclusive"),
        "processType" | "definitionalCollaborationRef" => true,
        "method" => kind == "transaction" && value.ends_with("Compensate"),
        "implementation" => value.starts_with("##"),
        "minimum" | "maximum" => kind.ends_with("Multiplicity"),
        "capacity" | "isUnlimited" => kind == "dataStore",
        _ => PLAIN.contains(&name) || !is_judged(kind),
    }
}

/// Only what takes part in running is judged; drawings, collaborations and types are kept as they are.
fn is_judged(kind: &str) -> bool {
    let ends = [
        "Event",
        "Task",
        "Gateway",
        "SubProcess",
        "EventDefinition",
        "Characteristics",
    ];
    let all = [
        "process",
        "task",
        "subProcess",
        "transaction",
        "callActivity",
        "sequenceFlow",
        "message",
        "signal",
        "error",
        "escalation",
        "dataObject",
    ];
    all.contains(&kind) || ends.iter().any(|end| kind.ends_with(end))
}

/// Elements that are kept and have no effect: data in and out of activities, properties, lanes, resources by reference.
pub(super) fn is_only_kept(element: ElementView<'_>) -> bool {
    match element.kind() {
        "ioSpecification"
        | "dataInputAssociation"
        | "dataOutputAssociation"
        | "property"
        | "auditing"
        | "monitoring"
        | "resourceRole"
        | "complexBehaviorDefinition"
        | "correlationSubscription"
        | "laneSet"
        | "supportedInterfaceRef"
        | "operationRef"
        | "ioBinding"
        | "dataInput"
        | "dataOutput"
        | "rendering" => true,
        "potentialOwner" | "humanPerformer" | "performer" => {
            let assigned = element.child("resourceAssignmentExpression");
            assigned.is_none() || element.child("resourceRef").is_some()
        }
        _ => false,
    }
}
