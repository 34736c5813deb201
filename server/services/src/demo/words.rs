//! Wording of the demo's requests, answers and replies: sentence patterns of our own, filled with place, time and matter.
//! Not here: which matter a ticket is about (`draw`).
//! Marks: {p} place, {w} when, {s} since when, {c} the matter (leaf of the category tree), {u} unit.

use rand::Rng;

/// What is said about a matter, by first-level category.
const STORY: [[&str; 5]; 12] = [
    [
        "{w}发现{p}存在{c}问题，已经{s}，找过物业和施工方都没有结果",
        "{p}的{c}问题拖了{s}，家里老人孩子都受影响",
        "反映{p}{c}：{w}起情况加重，墙面和地面都能看到痕迹",
        "咨询{p}{c}怎么办理，需要准备哪些材料，去哪个窗口",
        "{p}住户反映{c}，开发单位一直推脱，{s}没有人上门查看",
    ],
    [
        "{p}{c}，{w}尤其明显，行人和非机动车只能绕到机动车道上走",
        "{w}路过{p}看到{c}，已经{s}没有人处理",
        "{p}附近{c}反复出现，管理人员走了又回来",
        "建议在{p}解决{c}，周边居民出行不便已有{s}",
        "{p}{c}存在安全隐患，{w}有人差点摔倒",
    ],
    [
        "{w}在{p}遇到{c}，等了四十多分钟也没有说法",
        "反映{p}{c}，{s}以来每天上下班都受影响",
        "{p}一带{c}，希望相关部门实地看一看",
        "{w}乘车经过{p}，对{c}有意见，已记下车牌和时间",
        "咨询{p}{c}的规定，想知道收费和办理标准",
    ],
    [
        "{p}{c}，{w}最严重，家里不敢开窗，已经{s}",
        "反映{p}{c}，向商户说过几次没有用",
        "{w}起{p}出现{c}，附近几个单元的住户都有意见",
        "{p}旁边{c}，早晚各一次，持续{s}",
        "{p}{c}影响孩子休息，请帮助测一测是否超标",
    ],
    [
        "在{p}的单位上班，{c}问题{s}没有解决，多次沟通无果",
        "{w}离职后{c}一直没有办好，单位说再等等",
        "咨询{p}{c}如何办理，材料交到哪里，多久有结果",
        "{p}某项目{c}，涉及工友十几人，已经{s}",
        "反映{p}一家单位{c}，手上有合同和转账记录",
    ],
    [
        "{w}在{p}一家店消费后发现{c}，商家拒绝处理",
        "{p}商户{c}，{s}联系不上负责人",
        "反映{p}{c}，票据和照片都保留着",
        "在{p}办理业务时遇到{c}，要求按规定退还费用",
        "{p}的{c}情况普遍，建议集中检查一次",
    ],
    [
        "孩子在{p}上学，对{c}有疑问，想了解政策",
        "{p}{c}，家长群里意见较大，{s}没有答复",
        "{w}向{p}反映{c}，对方说正在研究",
        "建议{p}改进{c}，方便周边居民",
        "咨询{p}{c}的报名时间和条件",
    ],
    [
        "{w}在{p}就诊，对{c}不满意，希望有个说明",
        "反映{p}{c}，排队时间长，窗口解释不清",
        "咨询{p}{c}的办理流程和需要的证明",
        "{p}{c}，家人已经跑了三趟，{s}没有办成",
        "{p}附近{c}，担心影响健康",
    ],
    [
        "{p}{c}，{w}最突出，报过警后又反复",
        "反映{p}{c}，{s}没有进展，想了解情况",
        "咨询{c}怎么办理，{p}哪个窗口可以办，能否网上办",
        "{p}{c}存在隐患，过道堆满杂物",
        "{w}在{p}遇到{c}，希望加强管理",
    ],
    [
        "咨询{p}{c}的条件和标准，家中老人八十多岁",
        "{p}{c}申请交上去{s}，没有收到通知",
        "反映{p}{c}，工作人员说法前后不一",
        "建议{p}完善{c}，附近老人较多",
        "{w}到{p}办理{c}，被告知材料不全但没有一次说清",
    ],
    [
        "{p}{c}，{s}没有结果，想知道卡在哪个环节",
        "反映{p}{c}，{w}发现有人动工，没有看到公示",
        "咨询{p}{c}需要哪些材料，历史原因缺一份证明怎么办",
        "{p}村里{c}，群众意见比较大",
        "{p}{c}，{w}下雨后情况更严重",
    ],
    [
        "{w}在{p}办理{c}，网上提示和窗口要求不一致",
        "{p}{c}，{s}没有恢复，影响正常生活",
        "反映{p}{c}，客服多次承诺都没有兑现",
        "咨询{c}如何办理，{p}附近有没有网点",
        "{p}的{c}收费不清楚，要求提供明细",
    ],
];

const WHEN: [&str; 12] = [
    "昨天晚上",
    "今天上午",
    "上周末",
    "每天早上六点多",
    "晚上十点以后",
    "前天下午",
    "这几天",
    "本月初",
    "雨天",
    "上下班高峰",
    "周三傍晚",
    "中午时分",
];
const SINCE: [&str; 10] = [
    "三天了",
    "一周左右",
    "半个月",
    "将近一个月",
    "两个多月",
    "从去年年底到现在",
    "好几天",
    "十来天",
    "快三个月",
    "有一阵子",
];
const OPEN: [&str; 6] = [
    "",
    "您好，",
    "市民来电：",
    "来电人称，",
    "我是附近居民，",
    "本人反映：",
];
const MORE: [&str; 10] = [
    "前期已向社区反映，社区说需要上级部门协调",
    "现场有照片，可以提供",
    "周边住户都知道这个情况",
    "如需上门请提前电话联系",
    "之前处理过一次，过了几天又出现",
    "希望工作人员到现场看一看，不要只打电话",
    "对方没有出示任何手续",
    "家里有老人和上学的孩子",
    "已经和对方协商过两次，没有达成一致",
    "具体位置在大门东侧，靠近公交站",
];
const WISH: [&str; 8] = [
    "希望尽快处理",
    "请有关部门核实后给个答复",
    "希望三天内有人联系",
    "请依法处理并告知结果",
    "希望从根本上解决，不要反复",
    "请明确责任单位和完成时间",
    "希望得到合理解释",
    "请帮助协调解决",
];
const ROADS: [&str; 24] = [
    "人民路",
    "解放路",
    "中山北路",
    "建设街",
    "和平路",
    "新华路",
    "文昌路",
    "长江路",
    "太湖大道",
    "青年路",
    "迎宾大道",
    "学府路",
    "东风巷",
    "富民街",
    "兴业路",
    "滨河路",
    "花园路",
    "府前街",
    "振兴路",
    "光明巷",
    "胜利路",
    "团结街",
    "凤凰路",
    "梧桐路",
];
const SPOTS: [&str; 16] = [
    "锦绣花园",
    "阳光小区",
    "翠湖名苑",
    "东方广场",
    "农贸市场",
    "第二小学",
    "人民医院",
    "公交总站",
    "河滨公园",
    "商业街",
    "和谐家园",
    "明珠新村",
    "科技园",
    "老菜场",
    "体育馆",
    "地铁口",
];

const ANSWER: [&str; 6] = [
    "已向来电人说明{c}的办理条件、所需材料和办理地点，并告知可通过政务服务网预约办理，来电人表示清楚",
    "经查询知识库，已答复{c}的现行政策和时限要求，提醒携带有效证件原件，来电人无其他疑问",
    "已当场联系{p}相关单位核实{c}情况，得知正在处理，预计两日内完成，已告知来电人并获认可",
    "已解释{c}的收费标准和依据，告知对明细有异议可凭票据到窗口复核",
    "已告知{c}的咨询电话、服务时间和网上办理入口，并短信发送办事指南",
    "感谢来电人对{c}工作的肯定，已记录并转达相关单位",
];
const ADVICE: [&str; 5] = [
    "请核实{c}情况，依法处理并答复诉求人",
    "请先联系诉求人了解位置，再到现场处理",
    "请牵头办理，会同有关单位一次性答复",
    "诉求人多次反映，请重视并彻底解决",
    "请按职责核实，并说明政策依据",
];
const HANDLING: [&str; 6] = [
    "接单后即与诉求人联系，{w}派员到{p}现场核查，情况基本属实，已责令责任方限期整改，并安排专人跟踪复查，目前整改已完成",
    "经现场查看，{p}{c}问题确实存在，已组织维修人员处理完毕，现场已恢复正常，后续纳入日常巡查",
    "已约谈相关单位负责人，说明{c}的有关规定，双方达成处理意见，将于五个工作日内落实",
    "经核查，{p}相关手续齐全，未发现违规，已向诉求人解释政策依据并提供复核途径",
    "已会同社区、物业召开协调会，明确{c}的处理方案和时间节点，并在小区公示",
    "执法人员对{p}开展检查，当场制止并下达整改通知书，已将该点位列入重点巡查名单",
];
const REPLY: [&str; 5] = [
    "您好，您反映的{p}{c}问题收悉。经核实情况属实，已于日前处理完毕，我们将加强巡查，防止反弹。感谢您的监督",
    "您好，关于{p}{c}的诉求，我单位已到现场核查并督促整改，目前已恢复正常。如有疑问可与我单位联系",
    "您好，经调查，{p}{c}涉及多个部门，现已明确由我单位牵头，处理方案已确定，将按计划完成",
    "您好，您咨询的{c}事项，按现行规定办理，所需材料和流程已由工作人员电话告知，感谢理解",
    "您好，您反映的情况我们已核查，未发现违反规定的情形，相关依据已向您说明，感谢关注",
];
const RETURN: [&str; 4] = [
    "经核实，{p}{c}不属于本单位职责范围，建议转有管辖权的单位办理",
    "该地点不在本单位辖区内，按属地管理原则应由所在区办理",
    "{c}事项的行政主管部门已调整，建议改派",
    "该事项权属不清，本单位无执法权限，建议重新确定承办单位",
];
const RULING: [&str; 3] = [
    "退单理由成立，改派有管辖权的单位办理",
    "经核对职责清单，同意改派",
    "同意退单，由新的承办单位接续办理",
];
const EXTENSION: [&str; 3] = [
    "{p}{c}需施工整改，材料已到场，因工序衔接，预计还需三个工作日，已电话告知诉求人",
    "{c}涉及产权单位配合，已约定联合现场，须延后几日完成，已向诉求人说明",
    "须委托检测后才能定方案，检测已安排，取得结论后即办，已告知诉求人",
];
const GIVEN: [&str; 2] = [
    "情况属实，同意延期，请按期反馈",
    "同意延期，期间请与诉求人保持联系",
];
const NOT_GIVEN: [&str; 2] = ["理由不充分，请按原期限办理", "可先行答复阶段进展，不予延期"];
const BACK: [&str; 3] = [
    "答复未说明处理时间和责任人，请补充后重新提交",
    "诉求人提出两个问题，只答复了一个，请补充",
    "请补充现场核查情况和政策依据",
];
const REDO: [&str; 3] = [
    "诉求人表示问题未解决，请重新核查处理",
    "回访反馈答复内容与实际不符，请到现场重新办理",
    "问题反复出现，请制定长期措施并告知诉求人",
];
const OPINION: [&str; 6] = [
    "处理及时，态度好",
    "问题解决了，谢谢",
    "还可以，希望保持",
    "工作人员很耐心",
    "速度快，满意",
    "基本解决",
];
const BAD: [&str; 4] = [
    "没有人到现场，问题还在",
    "答复与实际情况不符",
    "只打了一个电话，没有解决",
    "处理后又反复",
];
const DECLINE: [&str; 3] = [
    "该事项已进入诉讼程序，请通过人民法院渠道解决，可拨打12368咨询",
    "该事项不属于本市行政区域，请联系当地12345热线",
    "该纠纷属于民事合同争议，建议协商或申请仲裁",
];
const WITHDRAW: [&str; 3] = [
    "问题已自行解决，不再需要处理",
    "与对方协商一致，撤回诉求",
    "重复提交，撤回这一件",
];
const URGE: [&str; 3] = [
    "请问处理到哪一步了，希望快一点",
    "情况越来越严重，请尽快安排",
    "约定的时间已过，没有人联系我",
];

/// What the marks stand for in one ticket.
#[derive(Debug, Clone)]
pub(super) struct Matter {
    pub place: String,
    pub leaf: String,
    /// 0 to 11.
    pub area: usize,
}

/// The words of one ticket.
pub(super) struct Words<'a, R> {
    pub rng: &'a mut R,
    pub matter: &'a Matter,
}

impl<R: Rng> Words<'_, R> {
    fn pick(&mut self, list: &'static [&'static str]) -> &'static str {
        list[self.rng.random_range(0..list.len())]
    }

    fn fill(&mut self, pattern: &str) -> String {
        let (when, since) = (self.pick(&WHEN), self.pick(&SINCE));
        let mut out = String::with_capacity(pattern.len() + 60);
        let mut rest = pattern;
        while let Some(at) = rest.find('{') {
            out.push_str(&rest[..at]);
            match rest.as_bytes().get(at + 1) {
                Some(b'p') => out.push_str(&self.matter.place),
                Some(b'c') => out.push_str(&self.matter.leaf),
                Some(b'w') => out.push_str(when),
                _ => out.push_str(since),
            }
            rest = &rest[at + 3..];
        }
        out + rest
    }

    /// The request: a story, sometimes more, a wish.
    pub fn content(&mut self) -> String {
        let story = self.pick(&STORY[self.matter.area % STORY.len()]);
        let mut text = format!("{}{}。", self.pick(&OPEN), self.fill(story));
        for chance in [0.6, 0.35, 0.2, 0.1] {
            if self.rng.random_bool(chance) {
                let more = self.pick(&MORE);
                if !text.contains(more) {
                    text.push_str(more);
                    text.push('。');
                }
            }
        }
        text.push_str(self.pick(&WISH));
        text.push('。');
        text
    }

    fn sentence(&mut self, list: &'static [&'static str]) -> String {
        let pattern = self.pick(list);
        self.fill(pattern) + "。"
    }

    pub fn answer(&mut self) -> String {
        self.sentence(&ANSWER)
    }
    pub fn advice(&mut self) -> String {
        self.sentence(&ADVICE)
    }
    pub fn handling(&mut self) -> String {
        self.sentence(&HANDLING)
    }
    pub fn reply(&mut self) -> String {
        self.sentence(&REPLY)
    }
    pub fn send_back(&mut self) -> String {
        self.sentence(&RETURN)
    }
    pub fn ruling(&mut self) -> String {
        self.sentence(&RULING)
    }
    pub fn extend(&mut self) -> String {
        self.sentence(&EXTENSION)
    }
    pub fn rule_extension(&mut self, grant: bool) -> String {
        self.sentence(if grant { &GIVEN } else { &NOT_GIVEN })
    }
    pub fn back(&mut self) -> String {
        self.sentence(&BACK)
    }
    pub fn redo(&mut self) -> String {
        self.sentence(&REDO)
    }
    pub fn decline(&mut self) -> String {
        self.sentence(&DECLINE)
    }
    pub fn withdraw(&mut self) -> String {
        self.sentence(&WITHDRAW)
    }
    pub fn urge(&mut self) -> String {
        self.sentence(&URGE)
    }
    pub fn opinion(&mut self, satisfied: bool) -> String {
        self.sentence(if satisfied { &OPINION } else { &BAD })
    }
}

/// A place inside a street or district: road with number, sometimes a well-known spot.
pub(super) fn address(rng: &mut impl Rng) -> String {
    let road = ROADS[rng.random_range(0..ROADS.len())];
    let number = rng.random_range(1..300);
    if rng.random_bool(0.6) {
        let spot = SPOTS[rng.random_range(0..SPOTS.len())];
        let building = if rng.random_bool(0.5) {
            format!("{}幢", rng.random_range(1..40))
        } else {
            String::new()
        };
        format!("{road}{number}号{spot}{building}")
    } else {
        format!("{road}{number}号")
    }
}
