// The words by which citizens find their way: a journey presses what it reads, so a word that is missing or
// untranslated fails it. Copied from shared/src/text by hand, on purpose.
// Words of the staff's journeys belong in a file of their own beside this one.
import type { Words } from './languages';

export const file = ['提交诉求', 'File a request'] as Words;
export const track = ['查进度', 'Look up progress'] as Words;
export const questions = ['常见问题', 'Common questions'] as Words;

export const submit = ['提交诉求', 'File the request'] as Words;
export const nextPlace = ['下一步：选择下级地点', 'Next: the places within it'] as Words;
export const uploadPhotos = ['上传所选照片', 'Upload the chosen photos'] as Words;
export const uploaded = ['已上传', 'Uploaded'] as Words;
export const notAPhoto = ['只收 JPEG、PNG、WebP 照片', 'Only JPEG, PNG and WebP photos'] as Words;
export const atMostNine = ['最多 9 张照片', 'There can be 9 photos at most'] as Words;
export const photosPending = ['还有照片没有传完', 'Some photos are still on their way'] as Words;
export const remove = ['去掉', 'Remove'] as Words;
export const draftRestored = ['已恢复您上次没有提交的内容', 'What you typed last time is back'] as Words;
export const draftDiscard = ['清空重填', 'Discard and start again'] as Words;
export const positionAdd = ['附上我的位置', 'Add my position'] as Words;
export const positionAdded = ['已附上位置', 'Position added'] as Words;
export const positionRemove = ['去掉位置', 'Remove the position'] as Words;

export const pleaseFillIn = ['这一项必须填写', 'Please fill this in'] as Words;
export const pleaseChoose = ['请选择一项', 'Please choose one of these'] as Words;
export const wrongPhone = ['手机号应为 11 位，您填了 10 位', 'This phone number has 10 digits; it needs 11'] as Words;
export const badCharacters = ['不能保存，请删除后重新输入', 'cannot be stored'] as Words;

export const filed = ['已收到您的诉求', 'We have your request'] as Words;
export const copy = ['复制', 'Copy'] as Words;
export const copied = ['已复制', 'Copied'] as Words;
export const seeProgress = ['查看进度', 'See the progress'] as Words;

export const lookUp = ['查询', 'Look up'] as Words;
export const urge = ['催办', 'Urge'] as Words;
export const urgeSend = ['催一下', 'Send the reminder'] as Words;
export const urged = ['已催办', 'Reminder sent'] as Words;

export const signIn = ['登录', 'Sign in'] as Words;
export const wrongPassword = ['用户名或密码不对', 'The user name or the password is wrong'] as Words;
