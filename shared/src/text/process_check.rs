//! What the check of a definition says, in both languages, by the code of the finding.
//! Not here: the check itself (`bpmn::check`).
//! A code without words here shows its English words from the engine; a test of the services keeps the list complete.

use std::collections::BTreeMap;

use super::{Locale, Text, text};

/// The sentence for a finding, with the names that belong to it.
pub fn finding(code: &str, facts: &BTreeMap<&'static str, String>, locale: Locale) -> String {
    let mut sentence =
        words(code).map_or_else(|| code.to_owned(), |text| text.get(locale).to_owned());
    for (name, fact) in facts {
        sentence.push_str(&match locale {
            Locale::Zh => format!("（{name}：{fact}）"),
            Locale::En => format!(" ({name}: {fact})"),
        });
    }
    sentence
}

/// The words for a code; `None` for a code that is not known here.
pub fn words(code: &str) -> Option<Text> {
    WORDS
        .iter()
        .find(|(known, _)| *known == code)
        .map(|(_, text)| *text)
}

/// Why a file could not be read at all, by the reader's key for it, with the encoding that it is about.
pub fn unreadable(key: &str, encoding: &str, locale: Locale) -> String {
    let text = match key {
        "too_large" | "too_many_nodes" | "process_too_large" => {
            text("文件或流程太大", "the file or the process is too large")
        }
        "doctype" => text("不允许 DOCTYPE 声明", "a DOCTYPE is not allowed"),
        "encoding" => text(
            "不支持编码 {}，请另存为 UTF-8",
            "the encoding {} is not read, save the file as UTF-8",
        ),
        "not_as_declared" => text(
            "文件写明的编码是 {}，但内容不是；请另存为 UTF-8，或把第一行的编码改成实际的编码",
            "the file says that it is {}, but its bytes are not; save it as UTF-8, or say in its first line what it is",
        ),
        "too_deep" => text("元素嵌套太深", "elements are nested too deep"),
        "too_many_attributes" => text("元素的属性太多", "an element has too many attributes"),
        "not_bpmn" => text("不是 BPMN 2.0 文件", "the file is not BPMN 2.0"),
        "nobody" => text(
            "有定时发起，需要说明以谁的名义（--as）",
            "cases begin at a time, so somebody must be named in whose name (--as)",
        ),
        "no_table" => text(
            "文件中没有可用的决策表",
            "the file has no decision table that can be used",
        ),
        _ => text("不是格式正确的 XML", "the file is no well-formed XML"),
    };
    text.get(locale).replace("{}", encoding)
}

/// Every code with its words.
const WORDS: &[(&str, Text)] = &[
    (
        "nothing_executable",
        text(
            "文件中没有可执行的流程",
            "the file has no executable process",
        ),
    ),
    ("no_id", text("元素没有编号（id）", "the element has no id")),
    (
        "duplicate_id",
        text("编号与另一个元素相同", "another element has the same id"),
    ),
    (
        "loose_flow",
        text(
            "顺序流的起点或终点不存在",
            "the sequence flow leads from or to an element that does not exist",
        ),
    ),
    (
        "flow_leaves_scope",
        text(
            "顺序流不能跨越子流程的边界",
            "a sequence flow must not cross the border of a sub-process",
        ),
    ),
    (
        "bad_default",
        text(
            "默认流不是从这个元素出去的",
            "the default flow does not leave this element",
        ),
    ),
    (
        "bad_expression",
        text("表达式不能使用", "the expression cannot be used"),
    ),
    (
        "no_reference",
        text(
            "事件没有说明是哪个消息或信号",
            "the event does not say which message or signal it means",
        ),
    ),
    (
        "no_name",
        text(
            "消息或信号不存在，或没有名称",
            "the message or signal does not exist or has no name",
        ),
    ),
    (
        "no_timer",
        text(
            "定时没有日期、时长或周期",
            "the timer has no date, duration or cycle",
        ),
    ),
    (
        "unknown_event",
        text("没有这种事件", "this kind of event does not exist"),
    ),
    (
        "several_events",
        text(
            "含多个定义的事件不能运行",
            "an event with several definitions cannot run",
        ),
    ),
    (
        "event_by_reference",
        text(
            "以引用方式定义的事件不能运行",
            "event definitions by reference cannot run",
        ),
    ),
    (
        "misplaced_event",
        text(
            "这种事件不能放在这里",
            "this kind of event cannot stand here",
        ),
    ),
    (
        "no_link_target",
        text(
            "没有同名的链接事件接收它",
            "no link event of this name catches it",
        ),
    ),
    (
        "not_attached",
        text(
            "边界事件没有附在同一范围的活动上",
            "the boundary event sits on no activity of its scope",
        ),
    ),
    (
        "several_compensations",
        text(
            "一个活动只能有一个补偿边界事件",
            "an activity can have only one compensation boundary event",
        ),
    ),
    (
        "several_cancels",
        text(
            "一个事务只能有一个取消边界事件",
            "a transaction can have only one cancel boundary event",
        ),
    ),
    (
        "cancel_outside_transaction",
        text(
            "取消事件只能用在事务之内或之上",
            "a cancel event only makes sense inside or on a transaction",
        ),
    ),
    (
        "no_cancel_boundary",
        text(
            "事务可能被取消，但没有取消边界事件接着走",
            "the transaction can be cancelled, but no cancel boundary event leads on from there",
        ),
    ),
    (
        "no_undoing",
        text(
            "补偿事件没有指向执行补偿的活动（用关联连到 isForCompensation 的活动）",
            "the compensation event leads to no activity that undoes (an association to an activity for compensation)",
        ),
    ),
    (
        "undoing_has_flows",
        text(
            "补偿活动只由关联到达，不能有顺序流",
            "an activity for compensation is reached by its association only and leads nowhere",
        ),
    ),
    (
        "nothing_to_undo",
        text(
            "要补偿的活动不在这个范围内，或不能补偿",
            "the activity to undo is not in this scope or cannot be undone",
        ),
    ),
    (
        "start_in_ad_hoc",
        text(
            "自由子流程没有开始和结束事件：由人选择先办什么",
            "an ad-hoc sub-process has no start and end events: what is begun in it is chosen",
        ),
    ),
    (
        "same_message_start",
        text(
            "两个开始事件等待同一个消息",
            "two start events wait for the same message",
        ),
    ),
    (
        "no_start",
        text(
            "这个范围没有开始事件，也没有其他办法开始",
            "the scope has no start event and no other way to begin",
        ),
    ),
    (
        "several_starts",
        text(
            "有多个普通开始事件，只用第一个",
            "only the first of several plain start events is used",
        ),
    ),
    (
        "bad_event_sub_process",
        text(
            "事件子流程须恰有一个带事件的开始事件，且不能有外面进来的顺序流",
            "an event sub-process needs exactly one start event, with an event, and no flows from outside",
        ),
    ),
    (
        "start_has_incoming",
        text(
            "开始事件和边界事件不能有进来的顺序流",
            "nothing can lead to a start event or boundary event",
        ),
    ),
    (
        "end_has_outgoing",
        text(
            "结束事件之后不能再有顺序流",
            "nothing can follow an end event",
        ),
    ),
    (
        "not_supported",
        text(
            "本引擎不运行这种元素",
            "this engine does not run this kind of element",
        ),
    ),
    (
        "script",
        text(
            "脚本只能是条件语言的赋值（名称 = 表达式）",
            "only scripts of assignments in the condition language are run (name = expression)",
        ),
    ),
    (
        "bad_timer",
        text(
            "这段文字不是可以等待的日期、时长或周期",
            "the text is no date, duration or cycle that can be waited for",
        ),
    ),
    (
        "no_service",
        text(
            "任务没有指明服务（属性 ms:service）；其他引擎的代码不会运行",
            "the task names no service (attribute ms:service); code of other engines is not run",
        ),
    ),
    (
        "no_called_process",
        text(
            "调用活动没有说明调用哪个流程",
            "the call activity does not say which process it calls",
        ),
    ),
    (
        "bad_version",
        text(
            "要调用的版本不是数字，因此调用最新版",
            "the version to call is no number, so the newest is called",
        ),
    ),
    (
        "several_versions",
        text(
            "另一个调用活动调用了同一流程的不同版本，而一个办件只能有一个版本",
            "another call activity calls another version of the same process, but a case has only one",
        ),
    ),
    (
        "no_loop_count",
        text(
            "多实例活动既没有次数也没有集合",
            "the multi-instance activity has neither a cardinality nor a collection",
        ),
    ),
    (
        "endless_loop",
        text(
            "循环既没有条件也没有上限",
            "the loop has neither a condition nor a maximum",
        ),
    ),
    (
        "event_gateway_target",
        text(
            "事件网关之后只能是捕获事件或接收任务",
            "an event-based gateway may only lead to catching events and receive tasks",
        ),
    ),
    (
        "event_gateway_ways",
        text(
            "事件网关至少需要两条路",
            "an event-based gateway needs at least two ways",
        ),
    ),
    (
        "condition_on_default",
        text(
            "默认流上的条件不起作用",
            "the default flow has a condition, which is ignored",
        ),
    ),
    (
        "no_default",
        text(
            "每条路都有条件而没有默认流：条件都不成立时办件会停住",
            "every way has a condition and there is no default flow: the case stops if none holds",
        ),
    ),
    (
        "always_taken",
        text(
            "没有条件的路排在前面，后面的路永远走不到",
            "a way without condition stands before others, which are never taken",
        ),
    ),
    ("unreachable", text("没有路通到这里", "nothing leads here")),
    (
        "no_way_out",
        text("从这里到不了任何结束", "from here no end can be reached"),
    ),
    (
        "field_type",
        text(
            "表单字段的类型不认识，按文本处理",
            "a field of the form has an unknown type and is asked for as text",
        ),
    ),
    (
        "field_no_id",
        text(
            "表单字段没有编号，已略去",
            "a field of the form has no id and is left out",
        ),
    ),
    (
        "field_twice",
        text(
            "表单有两个编号相同的字段，只用第一个",
            "two fields of the form have the same id; the first counts",
        ),
    ),
    (
        "field_no_options",
        text(
            "表单字段是选择项，但没有可选的内容",
            "a field of the form is a choice, but nothing can be chosen",
        ),
    ),
    (
        "nobody",
        text(
            "任务没有指明角色或人员，要等流程负责人指定办理人",
            "the task names neither a role nor a person, so it waits until its owner gives it to somebody",
        ),
    ),
    (
        "bad_key",
        text(
            "流程的编号（id）只能用英文字母、数字和 - _ .，最多 100 个字符",
            "the id of a process may have letters of ASCII, digits, - _ and ., at most 100",
        ),
    ),
    (
        "bad_deadline",
        text(
            "期限不是日期、时长、工作时间或时限名称",
            "the deadline is no date, duration, working time or name of a limit",
        ),
    ),
    (
        "never_set",
        text(
            "文件里没有任何地方给这个变量赋值：如果不从外面带来，办件会停在这里等流程负责人处理",
            "nothing in the file sets this variable: unless it comes from outside, the case waits here as an incident",
        ),
    ),
    (
        "nothing_awaited",
        text(
            "接收任务没有写明消息，只有流程负责人能让办件往下走",
            "the receive task names no message, so only its owner can take the case on",
        ),
    ),
    (
        "same_name",
        text(
            "另一个的名称或代码与它相同，两个算同一个",
            "another one has the same name or code, so both are one and the same",
        ),
    ),
    (
        "same_event",
        text(
            "这里另有一个事件等待同样的内容，只有那一个会接到",
            "another event waits here for the same; only that one catches it",
        ),
    ),
    (
        "name_not_computed",
        text(
            "名称里的表达式不会计算，按原文处理",
            "the name holds an expression, which is not computed: it is taken as it stands",
        ),
    ),
    (
        "empty_error_code",
        text(
            "错误或升级的代码是空的",
            "the error or escalation has an empty code",
        ),
    ),
    (
        "no_error_code",
        text(
            "错误或升级没有代码，只有不分代码的事件才接得到",
            "the error or escalation has no code: only an event that catches any of them gets it",
        ),
    ),
    (
        "field_class",
        text(
            "表单字段的类别不认识，整个遮盖",
            "a field of the form has a class that is not known; it is masked whole",
        ),
    ),
    (
        "unknown_role",
        text(
            "没有这个角色，任务会无人办理",
            "there is no such role, so the task would be nobody's",
        ),
    ),
    (
        "unknown_groups",
        text(
            "候选组里没有一个是本系统的角色，任务要等流程负责人指定办理人",
            "none of the candidate groups is a role here, so the task waits until its owner gives it to somebody",
        ),
    ),
    (
        "unknown_unit",
        text("没有这个单位", "there is no such unit"),
    ),
    (
        "unit_without_role",
        text(
            "只写了单位没有写角色，单位不起作用",
            "a unit without a role has no effect",
        ),
    ),
    (
        "unknown_person",
        text(
            "没有这个账号，或已停用、没有办理权限，任务要等流程负责人指定办理人",
            "there is no such account, or it is closed or may not work on approvals, so the task waits until its owner gives it to somebody",
        ),
    ),
    (
        "unknown_limit",
        text("时限表里没有这个名称", "the limit table has no such name"),
    ),
    (
        "unknown_word",
        text(
            "这个属性的值不认识，不起作用",
            "the value of this attribute is not known and has no effect",
        ),
    ),
    (
        "unknown_field",
        text("表单里没有这个字段", "no form has this field"),
    ),
    (
        "unknown_service",
        text(
            "没有这个服务，办件会停在这里等流程负责人处理",
            "there is no such service, so the case waits here as an incident",
        ),
    ),
    (
        "unknown_decision",
        text("决策表还没有部署", "the decision table is not deployed yet"),
    ),
    (
        "unknown_process",
        text(
            "要调用的流程还没有启用的版本",
            "the called process has no active version yet",
        ),
    ),
    (
        "initiator_decides",
        text(
            "这一步由发起人本人办理；如果需要他人把关，请改由别人办理",
            "the initiator does this step himself; if somebody else should judge, name somebody else",
        ),
    ),
    (
        "initiator_alone",
        text(
            "属性 ms:self 允许发起人办理自己的办件",
            "by ms:self the initiator may do this step of his own case",
        ),
    ),
    (
        "reserved_key",
        text(
            "这个编号留给工单主流程等自带办理动作的流程，不能部署",
            "this id belongs to a process with verbs of its own and cannot be deployed",
        ),
    ),
    (
        "starts_in_name",
        text(
            "到时自动发起，发起人是启用这个版本的人；用命令部署时要写明 --as",
            "cases begin at a time in the name of whoever activates the version; the command line needs --as",
        ),
    ),
    (
        "start_not_computed",
        text(
            "定时发起的时间不能是表达式：发起之前没有变量",
            "the time of a timer start cannot be an expression: before a case is there no variable is",
        ),
    ),
    (
        "join_never_fills",
        text(
            "通向这个并行汇合的几条路互相排斥，可能永远等不齐",
            "the ways into this parallel join exclude each other, so it can wait for ever",
        ),
    ),
];
