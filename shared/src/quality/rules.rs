//! The register of the rules: how much each weighs, whose its findings are, what it says, and what the product does about it now.
//! A rule whose check changes gets a higher version: what was dismissed under an older one is looked at again.
//! Not here: the checks (`checks`), what an office sets about a rule (`register::QualityRow`).

use super::{Owner, QualityRule as Q, RuleWords, Severity as S, Standing};
use crate::text::{Text, text};

/// One rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    pub code: Q,
    /// How much it weighs, where an office says nothing else.
    pub severity: S,
    pub version: i32,
    pub standing: Standing,
    pub owner: Owner,
    pub words: RuleWords,
}

const NOWHERE: Text = text("", "");

const fn looked(code: Q, severity: S, owner: Owner, (wrong, todo): (Text, Text)) -> Rule {
    Rule {
        code,
        severity,
        version: 1,
        standing: Standing::Looked,
        owner,
        words: RuleWords {
            wrong,
            todo,
            place: NOWHERE,
        },
    }
}

const fn standing(code: Q, severity: S, standing: Standing, (wrong, place): (Text, Text)) -> Rule {
    Rule {
        code,
        severity,
        version: 1,
        standing,
        owner: Owner::Centre,
        words: RuleWords {
            wrong,
            todo: NOWHERE,
            place,
        },
    }
}

impl Rule {
    /// The same, also kept from being written in the first place.
    const fn at(self, place: Text) -> Self {
        Self {
            words: RuleWords {
                wrong: self.words.wrong,
                todo: self.words.todo,
                place,
            },
            ..self
        }
    }
}

/// A rule by its code.
pub fn rule(code: Q) -> &'static Rule {
    RULES
        .iter()
        .find(|rule| rule.code == code)
        .unwrap_or(&RULES[0])
}

const TYPES: Text = text(
    "登记表单和接口已按字段检查；这里看的是导入和以前的数据",
    "Forms and programs are checked at the field; looked at here for what was imported or kept before",
);
const VERBS: Text = text(
    "办理动作已按此检查；这里看的是已保存的数据",
    "The verbs hold to it; looked at here for what is kept",
);

/// Every rule, in the order of the numbers.
pub static RULES: [Rule; 30] = [
    looked(Q::V01, S::Block, Owner::Centre, (
        text("工单的区划代码不在行政区划表中", "The ticket's division is not in the list of divisions"),
        text("请核对事发地，由派单员改正区划", "Find out where it happened and correct the division"),
    )).at(TYPES),
    looked(Q::V02, S::Block, Owner::Centre, (
        text("诉求人电话不是有效号码", "The citizen's number is no telephone number"),
        text("请通过其他联系方式核对并改正", "Ask by another way and correct it"),
    )).at(TYPES),
    looked(Q::V03, S::Block, Owner::Centre, (
        text("证件号码的校验位、日期或地区不对", "Check character, date or area of the identity number is wrong"),
        text("请与诉求人核对证件号码", "Check the number with the citizen"),
    )).at(TYPES),
    looked(Q::V04, S::Block, Owner::Centre, (
        text("统一社会信用代码的校验位不对", "The check character of the credit code is wrong"),
        text("请与企业核对信用代码", "Check the code with the enterprise"),
    )).at(TYPES),
    looked(Q::V05, S::Block, Owner::Centre, (
        text("同一轮办理中，后一环节的时间早于前一环节", "Within one cycle a later step has an earlier time"),
        text("请核对过程记录，报系统管理员查明原因", "Compare with the history and have the cause found"),
    )).at(VERBS),
    looked(Q::V06, S::Block, Owner::Centre, (
        text("办理期限与按日历和时限规则重新计算的结果不同", "The deadline differs from what calendar and limit make"),
        text("请核对放假安排和时限表，必要时重新计算", "Compare holidays and limits; have it counted again"),
    )).at(VERBS),
    looked(Q::V07, S::Block, Owner::Unit, (
        text("延期天数合计超过上限，或到期后才申请", "Extensions exceed the cap, or one was asked for after the deadline"),
        text("请核对延期审批，按规定处理", "Look at the rulings on the extensions"),
    )).at(VERBS),
    looked(Q::V08, S::Block, Owner::Centre, (
        text("没有或不止一个主办单位，主办又是协办，或单位已停用", "None or several lead units, one that also assists, or a unit that works no more"),
        text("请改派给一个在用的主办单位", "Redispatch it to one unit that works"),
    )).at(VERBS),
    looked(Q::V09, S::Block, Owner::Centre, (
        text("事项不是分类树的末级", "The category is no leaf of the tree"),
        text("请选择末级事项", "Choose a leaf"),
    )).at(TYPES),
    standing(Q::V10, S::Warn, Standing::Waits, (
        text("位置不在所选区划内", "The position lies outside the division"),
        text("待系统有区划边界数据后检查", "Looked at once the product has the boundaries of divisions"),
    )),
    looked(Q::V11, S::Warn, Owner::Centre, (
        text("同一号码 7 天内已就同一事项反映过", "The same number asked about the same matter within 7 days"),
        text("请核对是否重复件，是则关联或并案", "See whether it is the same request, and link it"),
    )).at(text("坐席登记时在右侧列出相关工单", "The desk shows related tickets beside the form")),
    standing(Q::V12, S::Block, Standing::Kept, (
        text("保密件的诉求人信息给了承办单位", "A unit learns who speaks in a confidential ticket"),
        text("页面、接口、导出和打印都不给单位显示诉求人；测试逐一核对", "Pages, programs, exports and prints leave the citizen out for units; tests go through all of them"),
    )),
    looked(Q::V13, S::Block, Owner::Centre, (
        text("举报件派给了被举报单位或其下级", "A tip-off was dispatched to the unit it is about, or one below it"),
        text("请立即撤派，改派给其他单位", "Recall it at once and dispatch it to another unit"),
    )).at(VERBS),
    looked(Q::V14, S::Warn, Owner::Centre, (
        text("内容有紧急词语，紧急程度却是一般", "Urgent words, and the urgency is normal"),
        text("请核实是否有危险，必要时改为紧急并电话催办", "Find out whether there is danger; raise the urgency and telephone"),
    )).at(text("坐席登记时提示", "The desk says so while a call is taken down")),
    standing(Q::V15, S::Block, Standing::Kept, (
        text("附件类型、大小、病毒检查或摘要不合规", "Type, size, virus check or digest of a file is not as it must be"),
        text("上传时检查，未过病毒检查的先隔离；另有定期清查", "Checked when it is sent, kept apart until the virus check has passed, swept regularly"),
    )),
    looked(Q::V16, S::Block, Owner::Unit, (
        text("办理情况不足 20 字，或未联系上且联系不足三次", "What was done has less than 20 characters, or the citizen was tried less than three times"),
        text("请补充办理情况和联系记录", "Complete what was done and the tries"),
    )).at(VERBS),
    looked(Q::V17, S::Warn, Owner::Unit, (
        text("答复与经办人最近的答复几乎相同", "The reply is almost one of the handler's last replies"),
        text("请核对是否照搬，针对本件重新答复", "See whether it was copied; answer this request"),
    )),
    looked(Q::V18, S::Block, Owner::Unit, (
        text("公开答复中有手机号或证件号", "A mobile or identity number stands in the public reply"),
        text("请删去个人信息后重新答复", "Take it out and reply again"),
    )).at(text("提交答复时先提示，勾选“仍然发送”才发出", "A reply is sent only when “send it anyway” is ticked")),
    looked(Q::V19, S::Block, Owner::Centre, (
        text("已办结的工单缺答复、审核、办结时间或回访", "A closed ticket lacks answer, review, closing time or follow-up"),
        text("请补齐，或注明免回访原因", "Complete it, or say why nobody was called"),
    )).at(VERBS),
    looked(Q::V20, S::Note, Owner::Centre, (
        text("办理中的工单没有待办任务，或已结束的还有任务", "An open ticket waits for nobody, or an ended one still waits"),
        text("请报系统管理员处理", "Have whoever runs the system see to it"),
    )),
    looked(Q::V21, S::Note, Owner::Centre, (
        text("工单状态与承办件和流程推得的不同", "The state is not what follows from assignments and process"),
        text("请报系统管理员处理", "Have whoever runs the system see to it"),
    )),
    looked(Q::V22, S::Note, Owner::Centre, (
        text("不计入考核而没有生效的认定，或有认定而没有标记", "Not counted without a ruling that stands, or ruled and not marked"),
        text("请报系统管理员处理；不计入考核只能经认定", "Have whoever runs the system see to it; only a ruling takes a ticket out"),
    )).at(VERBS),
    looked(Q::V23, S::Note, Owner::Centre, (
        text("过程记录有缺号", "The history has gaps"),
        text("请报系统管理员处理；审计链另有每日校验", "Have whoever runs the system see to it; the audit's chain is verified by itself"),
    )),
    looked(Q::V24, S::Note, Owner::Centre, (
        text("有满意度而没有回访或评价记录", "Satisfaction without a follow-up or a rating"),
        text("请核对来源，必要时重新回访", "Find where it came from; follow up again"),
    )),
    standing(Q::V25, S::Note, Standing::Waits, (
        text("电话工单 24 小时后仍无录音", "A call without recording after 24 hours"),
        text("待接入话务平台录音后检查", "Looked at once recordings of the telephone system come in"),
    )),
    standing(Q::V26, S::Note, Standing::Waits, (
        text("外部编号重复，或缺少回执", "An outside number twice, or an acknowledgement is missing"),
        text("编号唯一已由数据库保证；待与对接系统交换回执后检查", "Numbers are unique by the database; acknowledgements are looked at once partners send them"),
    )),
    standing(Q::V27, S::Note, Standing::Waits, (
        text("与对接系统的数量不一致", "Our count differs from a partner's"),
        text("待对接系统报送数量后检查", "Looked at once partners send their counts"),
    )),
    standing(Q::V28, S::Note, Standing::Waits, (
        text("答复引用了过期的知识", "An answer uses knowledge past its review"),
        text("待有知识库后检查", "Looked at once there is a knowledge base"),
    )),
    standing(Q::V29, S::Note, Standing::Kept, (
        text("报表单元格与清单数量不同", "A report's cell differs from its list"),
        text("报表、导出和清单用同一公式；测试逐格核对", "Reports, exports and lists have one formula; tests compare them"),
    )),
    looked(Q::V30, S::Note, Owner::Unit, (
        text("超期超过 30 天仍未办结，也没有督办", "Overdue for more than 30 days, still open, and without a directive"),
        text("请督办", "Issue a directive"),
    )),
];
