//! The common questions of citizens with their answers, in both languages.
//! Not here: the page (`app`). What they promise follows the rules: limits, lights, masking, ratings.
//! An answer that a rule changes is changed here in the same commit.

use super::{Text, text};

/// Questions and answers in the order of the page.
pub const QUESTIONS: &[(Text, Text)] = &[
    (
        text("哪些事可以在这里提？", "What can I file here?"),
        text(
            "政务服务和公共生活里的咨询、求助、投诉、举报、建议都可以，例如物业、噪声、道路、路灯、供水供气、欠薪、消费纠纷。正在发生的危险请直接拨打 110、119 或 120。",
            "Questions, requests for help, complaints, tip-offs and suggestions about public services and public life: property management, noise, roads, street lights, water and gas, unpaid wages, consumer disputes. For a danger that is happening now call 110, 119 or 120.",
        ),
    ),
    (
        text("哪些事不能受理？", "What cannot be accepted?"),
        text(
            "应当由法院、仲裁、纪检监察、行政复议或信访处理的，或者已经在那里处理的；涉及国家秘密、商业秘密或他人隐私的；已经依法办结又没有新情况的。不受理时会告诉您原因，能指路的会告诉您去哪里办。",
            "Matters for courts, arbitration, discipline inspection, administrative review or petition offices, or already before them; state or trade secrets and other people's privacy; matters that were concluded by law without anything new. If we decline, we say why, and where to turn if there is a place.",
        ),
    ),
    (
        text("多久有答复？", "How long does it take?"),
        text(
            "提交后页面会显示预计答复日期，按工作日计算，周末和节假日不算。咨询一般较快；投诉和求助通常几个工作日；紧急的事会优先。日期标着“暂定”的，是因为当年的节假日安排还没有公布。",
            "After filing you see the date by which an answer is due. It is counted in working days, without weekends and holidays. Inquiries are usually quick, complaints and requests for help take some working days, urgent matters go first. A date marked “provisional” may move, since that year's holidays are not announced yet.",
        ),
    ),
    (
        text("怎么查进度？", "How do I look up the progress?"),
        text(
            "用工单号（22 位）和查询码（8 位）在“查进度”里查。提交成功的页面会显示，留了手机号的也会收到短信。可以看到办到哪一步、由哪个单位办、什么时候前答复。",
            "Use the ticket number (22 digits) and the query code (8 characters) under “Look up progress”. Both are on the page after filing, and in a text message if you left a mobile number. You see the step, the unit in charge and the date of the answer.",
        ),
    ),
    (
        text("查询码丢了怎么办？", "What if I lost the query code?"),
        text(
            "拨打 12345，向话务员报提交时留的电话。匿名提交的没有留电话，查询码丢了就无法找回。连续输错五次，您所在的网络一小时内不能再查这个工单号，防止别人猜。",
            "Call 12345 and give the phone number that you filed with. An anonymous request has none, so its code cannot be found again. After five wrong tries your network cannot look the number up for an hour, so that nobody can guess.",
        ),
    ),
    (
        text(
            "谁能看到我的姓名和电话？",
            "Who sees my name and phone number?",
        ),
        text(
            "实名：热线中心和承办单位能看到。保密：只有热线中心能看到。匿名：不保存。工作人员平时看到的也是隐去一部分的，查看全部要写明理由，并且留有记录。姓名和电话加密保存。",
            "Open: the hotline and the unit in charge. Confidential: the hotline only. Anonymous: nobody, they are not kept. Staff usually see them partly hidden; to see them whole they must give a reason, and that is recorded. Names and numbers are stored encrypted.",
        ),
    ),
    (
        text("照片有什么要求？", "What about photos?"),
        text(
            "最多 9 张，JPEG、PNG 或 WebP，每张不超过 10 MB。手机拍的会在上传前自动压缩。照片里的定位等信息会去掉，只保留画面。",
            "Up to 9, JPEG, PNG or WebP, at most 10 MB each. Photos from a phone are made smaller before they are sent. Position and other hidden data are removed; only the picture stays.",
        ),
    ),
    (
        text("可以催办或者补充吗？", "Can I urge or add something?"),
        text(
            "可以。在“查进度”里每个工作日能催一次，催办时可以写上要补充的情况，承办单位马上会看到。",
            "Yes. Under “Look up progress” you can urge once per working day and add what is new; the unit in charge sees it at once.",
        ),
    ),
    (
        text("可以撤回吗？", "Can I withdraw a request?"),
        text(
            "办结之前都可以在“查进度”里撤回。撤回后不再办理，也不能恢复，需要时请重新提交。",
            "Yes, under “Look up progress”, until it is closed. It is then no longer handled and cannot be brought back; you can file again.",
        ),
    ),
    (
        text("对结果不满意怎么办？", "What if I am not satisfied?"),
        text(
            "办理后会有回访，也可以在“查进度”里评价：问题解决了没有，满意几分，想说的话。没有解决的，热线中心可以要求重办。没有评价的不会算作满意。",
            "There is a follow-up, and you can rate under “Look up progress”: whether it is solved, how satisfied you are, and in your own words. If it is not solved, the hotline can order the work to be redone. Silence is never counted as satisfied.",
        ),
    ),
    (
        text(
            "没有智能手机，或者看不清屏幕？",
            "No smartphone, or hard to read?",
        ),
        text(
            "拨打 12345，话务员会替您登记。网页上方可以切换“大字版”；网页不需要安装软件，关掉脚本也能提交和查询。",
            "Call 12345 and an agent files it for you. “Large text” is at the top of every page. Nothing has to be installed, and filing and looking up also work with scripts switched off.",
        ),
    ),
];
