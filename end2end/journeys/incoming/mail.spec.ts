// A citizen writes a mail with a photo: its sender hears at once that it has come in, it waits at the desk of the province, and is registered by the desk's
// form with its file. Mails are taken each minute.
// Not here: what is set aside, and what finds its ticket by itself (tests of the server).
// Read next: support/letters.ts.
import { expect, expectSound, open, test } from '../../support/journey';
import { languages, type Words } from '../../support/languages';
import { post } from '../../support/letters';
import { photo } from '../../support/photos';
import { CITY, LAMPS } from '../../support/road';
import { at } from '../../support/staff';
import { told } from '../../support/telephone';

const PROVINCE = '320000';
const TEXT = '小区东门外的路灯从上周起不亮，晚上老人和孩子出门看不清路，请派人维修。';
/** The automatic answer is in the citizens' language. */
const CAME_IN = '的来信已收到';
const MAIL = ['邮件', 'Mail'] as Words;
const FILES_GO = ['来信的附件提交后转入工单。', 'files go to the ticket once you submit it.'] as Words;

for (const language of languages) {
  test.describe(`a mail with a photo in ${language}`, () => {
    test.use({ language });
    test.setTimeout(240_000);

    test('answered by itself, seen at the desk, registered with its file', { tag: '@one-width' }, async ({ page, say }) => {
      const mark = `${language.toLowerCase()}.${Date.now()}`;
      const from = `liming.${mark}@example.cn`;
      const subject = `路灯不亮 ${mark}`;
      const row = page.locator('main table tbody tr', { hasText: subject });
      let receipt = '';

      await test.step('it comes to the desk', async () => {
        post({ from, subject, text: TEXT, photo: photo('lamp.png', 64, 48) });
        await at(page, 'provincial_manager', PROVINCE, '/incoming');
        await expect(async () => {
          await open(page, '/incoming');
          await expect(row).toHaveCount(1, { timeout: 1_000 });
        }, 'mails are taken each minute').toPass({ timeout: 120_000, intervals: [2_000, 3_000] });
        await expect(row).toContainText(say(MAIL));
        await expect(row).toContainText(TEXT);
        await expect(row).not.toContainText(from);
        await expect(row.locator('.files').first()).toContainText('lamp.');
        receipt = (await row.locator('td.key .small.num').innerText()).trim();
        await expectSound(page, 'messages that wait');
      });

      await test.step('its sender has the number of it', async () => {
        const body = await told(from, CAME_IN);
        expect(body).toContain(receipt);
      });

      await test.step('the desk registers it with its file', async () => {
        await row.locator('a[href^="/desk?incoming="]').click();
        await expect(page).toHaveURL(/\/desk\?incoming=/);
        const desk = page.locator('form[action="/desk"]');
        await expect(desk.locator('[name="content"]')).toHaveValue(new RegExp(TEXT));
        await expect(desk.locator('[name="citizen.email"]')).toHaveValue(from);
        await expect(desk.locator('[name="channel"]')).toHaveValue('mail');
        await expect(desk).toContainText(say(FILES_GO));
        await expect(desk.locator('.files').first()).toContainText('lamp.');
        await expectSound(page, 'the desk with a mail');
        await desk.locator('[name="kind"][value="complaint"]').check();
        await desk.locator('[name="citizen.phone"]').fill('13812341195');
        await desk.locator('[name="city"]').selectOption(CITY);
        await expect(desk.locator('[name="county"]')).toBeEnabled();
        await desk.locator('[name="county"]').selectOption(LAMPS.region);
        await desk.locator('.action-bar button').click();
        await expect(page).toHaveURL(/\/tickets\/[0-9a-f-]{36}\?done=register$/);
        await expect(page.locator('#files .files').first()).toContainText('lamp.');
      });

      await test.step('it waits no more', async () => {
        await open(page, '/incoming');
        await expect(row).toHaveCount(0);
        await open(page, '/incoming?state=registered');
        const seen = page.locator('main table tbody tr', { hasText: receipt });
        await expect(seen.locator('a[href^="/tickets/"]')).toBeVisible();
        await expectSound(page, 'messages that were registered');
      });
    });
  });
}
