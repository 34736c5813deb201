//! What the check of a definition can say: each code with its words in both languages, so that none is without.
//! Not here: the check itself (`bpmn::check` for the engine, `services::approvals::owner` for this installation).
//! A code is permanent: programs read it.

codes! {
    /// What a finding says.
    FindingCode {
        // Why a file is not read at all.
        TooLarge = "too_large", "too_large", "文件太大", "the file is too large";
        Doctype = "doctype", "doctype", "不允许 DOCTYPE 声明", "a DOCTYPE is not allowed";
        Encoding = "encoding", "encoding", "不支持这种编码，请另存为 UTF-8", "this encoding is not read, save the file as UTF-8";
        NotAsDeclared = "not_as_declared", "not_as_declared", "内容不是文件写明的编码；请另存为 UTF-8，或把第一行的编码改成实际的编码", "the bytes are not in the encoding that the file declares; save it as UTF-8, or say in its first line what it is";
        TooDeep = "too_deep", "too_deep", "元素嵌套太深", "elements are nested too deep";
        TooManyAttributes = "too_many_attributes", "too_many_attributes", "元素的属性太多", "an element has too many attributes";
        TooManyNodes = "too_many_nodes", "too_many_nodes", "文件的元素太多", "the file has too many elements";
        ProcessTooLarge = "process_too_large", "process_too_large", "流程太大", "the process is too large";
        Xml = "xml", "xml", "不是格式正确的 XML", "the file is no well-formed XML";
        NotBpmn = "not_bpmn", "not_bpmn", "不是 BPMN 2.0 文件", "the file is not BPMN 2.0";
        // What the engine finds.
        NothingExecutable = "nothing_executable", "nothing_executable", "文件中没有可执行的流程", "the file has no executable process";
        NoId = "no_id", "no_id", "元素没有编号（id）", "the element has no id";
        DuplicateId = "duplicate_id", "duplicate_id", "编号与另一个元素相同", "another element has the same id";
        LooseFlow = "loose_flow", "loose_flow", "顺序流的起点或终点不存在", "the sequence flow leads from or to an element that does not exist";
        FlowLeavesScope = "flow_leaves_scope", "flow_leaves_scope", "顺序流不能跨越子流程的边界", "a sequence flow must not cross the border of a sub-process";
        BadDefault = "bad_default", "bad_default", "默认流不是从这个元素出去的", "the default flow does not leave this element";
        BadExpression = "bad_expression", "bad_expression", "表达式不能使用", "the expression cannot be used";
        NoReference = "no_reference", "no_reference", "事件没有说明是哪个消息或信号", "the event does not say which message or signal it means";
        NoName = "no_name", "no_name", "消息或信号不存在，或没有名称", "the message or signal does not exist or has no name";
        NoTimer = "no_timer", "no_timer", "定时没有日期、时长或周期", "the timer has no date, duration or cycle";
        UnknownEvent = "unknown_event", "unknown_event", "没有这种事件", "this kind of event does not exist";
        SeveralEvents = "several_events", "several_events", "含多个定义的事件不能运行", "an event with several definitions cannot run";
        EventByReference = "event_by_reference", "event_by_reference", "以引用方式定义的事件不能运行", "event definitions by reference cannot run";
        MisplacedEvent = "misplaced_event", "misplaced_event", "这种事件不能放在这里", "this kind of event cannot stand here";
        NoLinkTarget = "no_link_target", "no_link_target", "没有同名的链接事件接收它", "no link event of this name catches it";
        NotAttached = "not_attached", "not_attached", "边界事件没有附在同一范围的活动上", "the boundary event sits on no activity of its scope";
        SeveralCompensations = "several_compensations", "several_compensations", "一个活动只能有一个补偿边界事件", "an activity can have only one compensation boundary event";
        SeveralCancels = "several_cancels", "several_cancels", "一个事务只能有一个取消边界事件", "a transaction can have only one cancel boundary event";
        CancelOutsideTransaction = "cancel_outside_transaction", "cancel_outside_transaction", "取消事件只能用在事务之内或之上", "a cancel event only makes sense inside or on a transaction";
        NoCancelBoundary = "no_cancel_boundary", "no_cancel_boundary", "事务可能被取消，但没有取消边界事件接着走", "the transaction can be cancelled, but no cancel boundary event leads on from there";
        NoUndoing = "no_undoing", "no_undoing", "补偿事件没有指向执行补偿的活动（用关联连到 isForCompensation 的活动）", "the compensation event leads to no activity that undoes (an association to an activity for compensation)";
        UndoingHasFlows = "undoing_has_flows", "undoing_has_flows", "补偿活动只由关联到达，不能有顺序流", "an activity for compensation is reached by its association only and leads nowhere";
        NothingToUndo = "nothing_to_undo", "nothing_to_undo", "要补偿的活动不在这个范围内，或不能补偿", "the activity to undo is not in this scope or cannot be undone";
        StartInAdHoc = "start_in_ad_hoc", "start_in_ad_hoc", "自由子流程没有开始和结束事件：由人选择先办什么", "an ad-hoc sub-process has no start and end events: what is begun in it is chosen";
        SameMessageStart = "same_message_start", "same_message_start", "两个开始事件等待同一个消息", "two start events wait for the same message";
        NoStart = "no_start", "no_start", "这个范围没有开始事件，也没有其他办法开始", "the scope has no start event and no other way to begin";
        SeveralStarts = "several_starts", "several_starts", "有多个普通开始事件，只用第一个", "only the first of several plain start events is used";
        BadEventSubProcess = "bad_event_sub_process", "bad_event_sub_process", "事件子流程须恰有一个带事件的开始事件，且不能有外面进来的顺序流", "an event sub-process needs exactly one start event, with an event, and no flows from outside";
        StartHasIncoming = "start_has_incoming", "start_has_incoming", "开始事件和边界事件不能有进来的顺序流", "nothing can lead to a start event or boundary event";
        EndHasOutgoing = "end_has_outgoing", "end_has_outgoing", "结束事件之后不能再有顺序流", "nothing can follow an end event";
        NotSupported = "not_supported", "not_supported", "本引擎不运行这种元素", "this engine does not run this kind of element";
        Script = "script", "script", "脚本只能是条件语言的赋值（名称 = 表达式）", "only scripts of assignments in the condition language are run (name = expression)";
        BadTimer = "bad_timer", "bad_timer", "这段文字不是可以等待的日期、时长或周期", "the text is no date, duration or cycle that can be waited for";
        NoService = "no_service", "no_service", "任务没有指明服务（属性 ms:service）；其他引擎的代码不会运行", "the task names no service (attribute ms:service); code of other engines is not run";
        NoCalledProcess = "no_called_process", "no_called_process", "调用活动没有说明调用哪个流程", "the call activity does not say which process it calls";
        BadVersion = "bad_version", "bad_version", "要调用的版本不是数字，因此调用最新版", "the version to call is no number, so the newest is called";
        SeveralVersions = "several_versions", "several_versions", "另一个调用活动调用了同一流程的不同版本，而一个办件只能有一个版本", "another call activity calls another version of the same process, but a case has only one";
        NoLoopCount = "no_loop_count", "no_loop_count", "多实例活动既没有次数也没有集合", "the multi-instance activity has neither a cardinality nor a collection";
        EndlessLoop = "endless_loop", "endless_loop", "循环既没有条件也没有上限", "the loop has neither a condition nor a maximum";
        EventGatewayTarget = "event_gateway_target", "event_gateway_target", "事件网关之后只能是捕获事件或接收任务", "an event-based gateway may only lead to catching events and receive tasks";
        EventGatewayWays = "event_gateway_ways", "event_gateway_ways", "事件网关至少需要两条路", "an event-based gateway needs at least two ways";
        ConditionOnDefault = "condition_on_default", "condition_on_default", "默认流上的条件不起作用", "the default flow has a condition, which is ignored";
        NoDefault = "no_default", "no_default", "每条路都有条件而没有默认流：条件都不成立时办件会停住", "every way has a condition and there is no default flow: the case stops if none holds";
        AlwaysTaken = "always_taken", "always_taken", "没有条件的路排在前面，后面的路永远走不到", "a way without condition stands before others, which are never taken";
        Unreachable = "unreachable", "unreachable", "没有路通到这里", "nothing leads here";
        NoWayOut = "no_way_out", "no_way_out", "从这里到不了任何结束", "from here no end can be reached";
        FieldType = "field_type", "field_type", "表单字段的类型不认识，按文本处理", "a field of the form has an unknown type and is asked for as text";
        FieldNoId = "field_no_id", "field_no_id", "表单字段没有编号，已略去", "a field of the form has no id and is left out";
        FieldTwice = "field_twice", "field_twice", "表单有两个编号相同的字段，只用第一个", "two fields of the form have the same id; the first counts";
        FieldNoOptions = "field_no_options", "field_no_options", "表单字段是选择项，但没有可选的内容", "a field of the form is a choice, but nothing can be chosen";
        Nobody = "nobody", "nobody", "任务没有指明角色或人员，要等流程负责人指定办理人", "the task names neither a role nor a person, so it waits until its owner gives it to somebody";
        BadKey = "bad_key", "bad_key", "流程的编号（id）只能用英文字母、数字和 - _ .，最多 100 个字符", "the id of a process may have letters of ASCII, digits, - _ and ., at most 100";
        BadDeadline = "bad_deadline", "bad_deadline", "期限不是日期、时长、工作时间或时限名称", "the deadline is no date, duration, working time or name of a limit";
        NeverSet = "never_set", "never_set", "文件里没有任何地方给这个变量赋值：如果不从外面带来，办件会停在这里等流程负责人处理", "nothing in the file sets this variable: unless it comes from outside, the case waits here as an incident";
        NothingAwaited = "nothing_awaited", "nothing_awaited", "接收任务没有写明消息，只有流程负责人能让办件往下走", "the receive task names no message, so only its owner can take the case on";
        SameName = "same_name", "same_name", "另一个的名称或代码与它相同，两个算同一个", "another one has the same name or code, so both are one and the same";
        SameEvent = "same_event", "same_event", "这里另有一个事件等待同样的内容，只有那一个会接到", "another event waits here for the same; only that one catches it";
        NameNotComputed = "name_not_computed", "name_not_computed", "名称里的表达式不会计算，按原文处理", "the name holds an expression, which is not computed: it is taken as it stands";
        EmptyErrorCode = "empty_error_code", "empty_error_code", "错误或升级的代码是空的", "the error or escalation has an empty code";
        NoErrorCode = "no_error_code", "no_error_code", "错误或升级没有代码，只有不分代码的事件才接得到", "the error or escalation has no code: only an event that catches any of them gets it";
        FieldClass = "field_class", "field_class", "表单字段的类别不认识，整个遮盖", "a field of the form has a class that is not known; it is masked whole";
        JoinNeverFills = "join_never_fills", "join_never_fills", "通向这个并行汇合的几条路互相排斥，可能永远等不齐", "the ways into this parallel join exclude each other, so it can wait for ever";
        // Decision tables.
        NoTable = "no_table", "no_table", "文件中没有可用的决策表", "the file has no decision table that can be used";
        TableNoId = "table_no_id", "table_no_id", "决策没有编号（id）", "the decision has no id";
        OnlyTables = "only_tables", "only_tables", "只有决策表可以计算", "only decision tables can be computed";
        TableNoInput = "table_no_input", "table_no_input", "输入列没有表达式", "the input has no expression";
        TableNoOutput = "table_no_output", "table_no_output", "决策表没有输出列", "the table has no output";
        TableOneOutput = "table_one_output", "table_one_output", "合并计算只能有一个输出列", "only one output can be computed together";
        TableTooLarge = "table_too_large", "table_too_large", "决策表的格子太多", "the table has too many cells";
        TableAggregation = "table_aggregation", "table_aggregation", "没有这种合并计算", "there is no such aggregation";
        TableHitPolicy = "table_hit_policy", "table_hit_policy", "没有这种命中策略", "there is no such hit policy";
        TableOutputName = "table_output_name", "table_output_name", "输出列没有名称", "the output has no name";
        TableValues = "table_values", "table_values", "允许的值不是一列值", "the allowed values are no list of values";
        TableCells = "table_cells", "table_cells", "规则的格数与列数不同", "the rule has not one cell for each column";
        // What this product knows besides the engine.
        UnknownRole = "unknown_role", "unknown_role", "没有这个角色，任务会无人办理", "there is no such role, so the task would be nobody's";
        UnknownGroups = "unknown_groups", "unknown_groups", "候选组里没有一个是本系统的角色，任务要等流程负责人指定办理人", "none of the candidate groups is a role here, so the task waits until its owner gives it to somebody";
        UnknownUnit = "unknown_unit", "unknown_unit", "没有这个单位", "there is no such unit";
        UnitWithoutRole = "unit_without_role", "unit_without_role", "只写了单位没有写角色，单位不起作用", "a unit without a role has no effect";
        UnknownPerson = "unknown_person", "unknown_person", "没有这个账号，或已停用、没有办理权限，任务要等流程负责人指定办理人", "there is no such account, or it is closed or may not work on approvals, so the task waits until its owner gives it to somebody";
        UnknownLimit = "unknown_limit", "unknown_limit", "时限表里没有这个名称", "the limit table has no such name";
        UnknownWord = "unknown_word", "unknown_word", "这个属性的值不认识，不起作用", "the value of this attribute is not known and has no effect";
        UnknownField = "unknown_field", "unknown_field", "表单里没有这个字段", "no form has this field";
        UnknownService = "unknown_service", "unknown_service", "没有这个服务，办件会停在这里等流程负责人处理", "there is no such service, so the case waits here as an incident";
        UnknownDecision = "unknown_decision", "unknown_decision", "决策表还没有部署", "the decision table is not deployed yet";
        UnknownProcess = "unknown_process", "unknown_process", "要调用的流程还没有启用的版本", "the called process has no active version yet";
        InitiatorDecides = "initiator_decides", "initiator_decides", "这一步由发起人本人办理；如果需要他人把关，请改由别人办理", "the initiator does this step himself; if somebody else should judge, name somebody else";
        InitiatorAlone = "initiator_alone", "initiator_alone", "属性 ms:self 允许发起人办理自己的办件", "by ms:self the initiator may do this step of his own case";
        ReservedKey = "reserved_key", "reserved_key", "这个编号留给申请单的流程，不能部署", "this id belongs to the process of applications and cannot be deployed";
        StartsInName = "starts_in_name", "starts_in_name", "到时自动发起，发起人是启用这个版本的人；用命令部署时要写明 --as", "cases begin at a time in the name of whoever activates the version; the command line needs --as";
        StartNotComputed = "start_not_computed", "start_not_computed", "定时发起的时间不能是表达式：发起之前没有变量", "the time of a timer start cannot be an expression: before a case is there no variable is";
        NamedNobody = "named_nobody", "named_nobody", "有定时发起，需要说明以谁的名义（--as）", "cases begin at a time, so somebody must be named in whose name (--as)";
        StartTime = "start_time", "start_time", "定时发起的时间不能使用", "the time of a timer start cannot be used";
        NoEffect = "no_effect", "no_effect", "在这里不起作用", "has no effect here";
        // What the tickets' own process must have.
        TicketNoStart = "ticket_no_start", "ticket_no_start", "工单流程没有普通开始事件，登记后无法开始", "the ticket process has no plain start event, so a registered ticket cannot begin";
        TicketStart = "ticket_start", "ticket_start", "工单只由登记或重办开始，不能有别的开始事件", "a ticket begins when it is registered or redone; there can be no other start event";
        TicketNoTask = "ticket_no_task", "ticket_no_task", "没有任务等待这个动作（属性 ms:verb），动作永远做不了", "no task waits for this verb (attribute ms:verb), so it can never be done";
        TicketNoVerb = "ticket_no_verb", "ticket_no_verb", "任务没有写明由哪个动作完成（属性 ms:verb），没有人能完成它", "the task names no verb that completes it (attribute ms:verb), so nobody can complete it";
        TicketForeignVerb = "ticket_foreign_verb", "ticket_foreign_verb", "没有能完成工单任务的这个动作", "no such verb completes a task of a ticket";
        TicketNobody = "ticket_nobody", "ticket_nobody", "任务没有写明角色（属性 ms:role），工单任务只认角色", "the task names no role (attribute ms:role); tasks of tickets go by roles alone";
        TicketRole = "ticket_role", "ticket_role", "这个角色没有做任务中任何一个动作的权限", "this role may do none of the task's verbs";
        TicketUnit = "ticket_unit", "ticket_unit", "工单任务的单位只能是中心（centre）或承办单位（assignment）", "the unit of a ticket's task is its centre (centre) or the unit that has the assignment (assignment)";
        TicketState = "ticket_state", "ticket_state", "任务须写明工单在办的状态（属性 ms:state）", "the task must say an open state of the ticket (attribute ms:state)";
        TicketStateVerb = "ticket_state_verb", "ticket_state_verb", "工单在这个状态时不能做这个动作", "in this state of the ticket this verb is not allowed";
        TicketEnd = "ticket_end", "ticket_end", "结束事件的状态须是工单已结束的状态（属性 ms:state）", "the end event's state must be one of a ticket that is over (attribute ms:state)";
        TicketSlot = "ticket_slot", "ticket_slot", "承办单位的环节须放在按 slot 重复的承办子流程里", "what a unit does must stand inside the sub-process that is repeated for each slot";
        TicketNoMessage = "ticket_no_message", "ticket_no_message", "没有事件等待这个消息，发出它的动作做不了", "no event waits for this message, so the verb that sends it cannot be done";
        TicketOpenMessage = "ticket_open_message", "ticket_open_message", "等待这个消息的事件没有写明动作（属性 ms:verb），外来的消息也会触发它", "the event that waits for this message names no verb (attribute ms:verb), so messages from elsewhere would set it off";
        TicketForeignMessage = "ticket_foreign_message", "ticket_foreign_message", "事件写明了动作，但没有动作发送这个消息", "the event names a verb, but no verb sends this message";
        TicketCannot = "ticket_cannot", "ticket_cannot", "工单流程不能调用别的流程或决策表，不能有自由子流程，也不能指名办理人", "a ticket process cannot call other processes or decision tables, has no ad-hoc sub-process, and names no persons";
        TicketStops = "ticket_stops", "ticket_stops", "做了这一步之后流程走不下去：没有一条路的条件成立", "behind this step the process cannot go on: no way can be taken";
        TicketNever = "ticket_never", "ticket_never", "怎么办理都走不到等待这个动作的任务", "whatever is done, no task that waits for this verb is ever reached";
        TicketIdleSlot = "ticket_idle_slot", "ticket_idle_slot", "这一步之后承办单位没有可办的任务，而它的时限已经开始计算", "behind this step the unit has no task in its slot, while its limit already runs";
        TicketGoesOn = "ticket_goes_on", "ticket_goes_on", "这一步之后诉求人会被告知已经结束，流程却没有结束", "with this step the citizen is told that it is over, but the process goes on";
    }
}

codes! {
    /// A name, number or text that belongs to a finding.
    Fact {
        Activity = "activity", "activity", "活动", "activity";
        Assignee = "assignee", "assignee", "办理人", "assignee";
        Catches = "catches", "catches", "接到的事件", "catches";
        Class = "class", "class", "类别", "class";
        Clear = "ms:clear", "ms:clear", "ms:clear", "ms:clear";
        Decision = "decision", "decision", "决策表", "decision table";
        Encoding = "encoding", "encoding", "编码", "encoding";
        Expression = "expression", "expression", "表达式", "expression";
        Field = "field", "field", "字段", "field";
        Found = "found", "found", "写的是", "found";
        Groups = "groups", "groups", "候选组", "groups";
        Id = "id", "id", "编号", "id";
        Kind = "kind", "kind", "种类", "kind";
        Limit = "limit", "limit", "时限", "limit";
        Link = "link", "link", "链接", "link";
        Message = "message", "message", "消息", "message";
        Most = "most", "most", "最多", "at most";
        Name = "name", "name", "名称", "name";
        Other = "other", "other", "另一个", "other";
        Papers = "ms:papers", "ms:papers", "ms:papers", "ms:papers";
        Process = "process", "process", "流程", "process";
        Reference = "reference", "reference", "引用", "reference";
        Role = "role", "role", "角色", "role";
        Itself = "ms:self", "ms:self", "ms:self", "ms:self";
        Service = "service", "service", "服务", "service";
        Target = "target", "target", "去向", "target";
        Text = "text", "text", "文字", "text";
        Type = "type", "type", "类型", "type";
        Unit = "unit", "unit", "单位", "unit";
        Variable = "variable", "variable", "变量", "variable";
        Version = "version", "version", "版本", "version";
        Event = "event", "event", "事件", "event";
        Element = "element", "element", "元素", "element";
        State = "state", "state", "状态", "state";
        Step = "step", "step", "步骤", "step";
        Verb = "verb", "verb", "动作", "verb";
        MsRole = "ms:role", "ms:role", "ms:role", "ms:role";
        MsState = "ms:state", "ms:state", "ms:state", "ms:state";
        MsUnit = "ms:unit", "ms:unit", "ms:unit", "ms:unit";
        MsVerb = "ms:verb", "ms:verb", "ms:verb", "ms:verb";
    }
}
