//! Words of phrases: the page on which they are kept, and the fold in forms that offers them.
//! Not here: names of their uses and of whom they are shared with (`query::phrase`, `query::view`).

use crate::text::{Text, text};

pub const PHRASES: Text = text("常用语", "Phrases");
pub const ABOUT: Text = text(
    "写好常用的句子，在答复、交办、派单、审核、回访的表单里插入，插入后还可以改。可以只给自己用，也可以给本单位或本地区同事用；给本地区用的由派单人员维护。",
    "Sentences to be put into forms of replies, advice, dispatch, reviews and follow-up calls; they can be changed there. For yourself, or shared with your unit or your area; those for an area are kept by who dispatches there.",
);
pub const NONE: Text = text("还没有常用语", "No phrases yet");
pub const NONE_WHY: Text = text(
    "在下面新建一条，办件时就能插入。",
    "Make one below, and forms offer it.",
);
pub const NEW: Text = text("新建常用语", "New phrase");
pub const NAME: Text = text("名称", "Name");
pub const WORDS: Text = text("内容", "Words");
pub const WORDS_HELP: Text = text(
    "不要写姓名、电话、证件号。",
    "No names, telephone or identity numbers.",
);
pub const PURPOSE: Text = text("用在哪里", "Where it is used");
pub const SHARED: Text = text("给谁用", "For whom");
pub const KEEP: Text = text("保存", "Keep");
pub const CHANGE: Text = text("修改", "Change");
pub const DELETE: Text = text("删除这条常用语", "Delete this phrase");
pub const SAVED: Text = text("已保存。", "Saved.");
pub const INSERT: Text = text("插入", "Insert");
pub const INSERTED: Text = text("已插入", "Inserted");
pub const COPY_HELP: Text = text(
    "选中需要的句子，复制到上面的文字框。",
    "Select the words that you need and copy them into the field above.",
);
pub const MANAGE: Text = text("管理常用语", "All phrases");
