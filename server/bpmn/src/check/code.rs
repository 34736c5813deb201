//! The codes of findings and what each means in plain English, for logs and the command line.
//! Not here: the words on pages, which `shared::text` keeps in both languages, by code.
//! Next: `node`, `scope`, `graph`.

macro_rules! codes {
    ($($name:ident = $key:literal, $words:literal;)*) => {
        /// What a finding says.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $words] $name,)*
        }

        impl Code {
            /// Every code.
            pub const ALL: &[Code] = &[$(Code::$name),*];

            /// The code as programs see it.
            pub fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)* }
            }

            /// What it means.
            pub fn words(self) -> &'static str {
                match self { $(Self::$name => $words,)* }
            }
        }
    };
}

codes! {
    NothingExecutable = "nothing_executable", "the file has no executable process";
    NoId = "no_id", "the element has no id";
    DuplicateId = "duplicate_id", "another element has the same id";
    LooseFlow = "loose_flow", "the sequence flow leads from or to an element that does not exist";
    FlowLeavesScope = "flow_leaves_scope", "a sequence flow must not cross the border of a sub-process";
    BadDefault = "bad_default", "the default flow does not leave this element";
    BadExpression = "bad_expression", "the expression cannot be used";
    NoReference = "no_reference", "the event does not say which message or signal it means";
    NoName = "no_name", "the message or signal does not exist or has no name";
    NoTimer = "no_timer", "the timer has no date, duration or cycle";
    UnknownEvent = "unknown_event", "this kind of event does not exist";
    SeveralEvents = "several_events", "an event with several definitions cannot run";
    EventByReference = "event_by_reference", "event definitions by reference cannot run";
    MisplacedEvent = "misplaced_event", "this kind of event cannot stand here";
    NoLinkTarget = "no_link_target", "no link event of this name catches it";
    NotAttached = "not_attached", "the boundary event sits on no activity of its scope";
    SeveralCompensations = "several_compensations", "an activity can have only one compensation boundary event";
    SeveralCancels = "several_cancels", "a transaction can have only one cancel boundary event";
    CancelOutsideTransaction = "cancel_outside_transaction", "a cancel event only makes sense inside or on a transaction";
    NoCancelBoundary = "no_cancel_boundary", "the transaction can be cancelled, but no cancel boundary event leads on from there";
    NoUndoing = "no_undoing", "the compensation event leads to no activity that undoes (an association to an activity for compensation)";
    UndoingHasFlows = "undoing_has_flows", "an activity for compensation is reached by its association only and leads nowhere";
    NothingToUndo = "nothing_to_undo", "the activity to undo is not in this scope or cannot be undone";
    StartInAdHoc = "start_in_ad_hoc", "an ad-hoc sub-process has no start and end events: what is begun in it is chosen";
    SameMessageStart = "same_message_start", "two start events wait for the same message";
    NoStart = "no_start", "the scope has no start event and no other way to begin";
    SeveralStarts = "several_starts", "only the first of several plain start events is used";
    BadEventSubProcess = "bad_event_sub_process", "an event sub-process needs exactly one start event, with an event, and no flows from outside";
    StartHasIncoming = "start_has_incoming", "nothing can lead to a start event or boundary event";
    EndHasOutgoing = "end_has_outgoing", "nothing can follow an end event";
    NotSupported = "not_supported", "this engine does not run this kind of element";
    Script = "script", "only scripts of assignments in the condition language are run (name = expression)";
    BadTimer = "bad_timer", "the text is no date, duration or cycle that can be waited for";
    NoService = "no_service", "the task names no service (attribute ms:service); code of other engines is not run";
    NoCalledProcess = "no_called_process", "the call activity does not say which process it calls";
    BadVersion = "bad_version", "the version to call is no number, so the newest is called";
    SeveralVersions = "several_versions", "another call activity calls another version of the same process, but a case has only one";
    NoLoopCount = "no_loop_count", "the multi-instance activity has neither a cardinality nor a collection";
    EndlessLoop = "endless_loop", "the loop has neither a condition nor a maximum";
    EventGatewayTarget = "event_gateway_target", "an event-based gateway may only lead to catching events and receive tasks";
    EventGatewayWays = "event_gateway_ways", "an event-based gateway needs at least two ways";
    ConditionOnDefault = "condition_on_default", "the default flow has a condition, which is ignored";
    NoDefault = "no_default", "every way has a condition and there is no default flow: the case stops if none holds";
    AlwaysTaken = "always_taken", "a way without condition stands before others, which are never taken";
    Unreachable = "unreachable", "nothing leads here";
    NoWayOut = "no_way_out", "from here no end can be reached";
    FieldType = "field_type", "a field of the form has an unknown type and is asked for as text";
    FieldNoId = "field_no_id", "a field of the form has no id and is left out";
    FieldTwice = "field_twice", "two fields of the form have the same id; the first counts";
    FieldNoOptions = "field_no_options", "a field of the form is a choice, but nothing can be chosen";
    Nobody = "nobody", "the task names neither a role nor a person, so it waits until its owner gives it to somebody";
    BadKey = "bad_key", "the id of a process may have letters of ASCII, digits, - _ and ., at most 100";
    BadDeadline = "bad_deadline", "the deadline is no date, duration, working time or name of a limit";
    NeverSet = "never_set", "nothing in the file sets this variable: unless it comes from outside, the case waits here as an incident";
    NothingAwaited = "nothing_awaited", "the receive task names no message, so only its owner can take the case on";
    SameName = "same_name", "another one has the same name or code, so both are one and the same";
    SameEvent = "same_event", "another event waits here for the same; only that one catches it";
    NameNotComputed = "name_not_computed", "the name holds an expression, which is not computed: it is taken as it stands";
    EmptyErrorCode = "empty_error_code", "the error or escalation has an empty code";
    NoErrorCode = "no_error_code", "the error or escalation has no code: only an event that catches any of them gets it";
    FieldClass = "field_class", "a field of the form has a class that is not known; it is masked whole";
    JoinNeverFills = "join_never_fills", "the ways into this parallel join exclude each other, so it can wait for ever";
}

impl serde::Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}
