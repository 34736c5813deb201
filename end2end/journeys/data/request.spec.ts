// A request for data: a unit asks for a cut of figures, a second person who sees reports agrees, it is taken once, and the second time refused in words.
// Not here: what a cut may be (tests of the server).
// Read next: support/tables.ts.
import { expect, expectSound, open, test } from '../../support/journey';
import { languages, type Words } from '../../support/languages';
import { follows, told } from '../../support/notices';
import { CITY, day } from '../../support/road';
import { at, fill, send } from '../../support/staff';
import { rowsOf, sum, taken } from '../../support/tables';

const UNIT = '320100-CGJ';
const CUT = '/data-requests?show=accepted&by=county&from=2026-10-01&to=2026-10-31';
const WAITS = ['待审批', 'Waits for a decision'] as Words;
const READY = ['待领取', 'Can be taken'] as Words;
const TAKEN = ['已领取', 'Taken'] as Words;
const DECIDED = ['数据申请已审批', 'A request for data was decided'] as Words;
const NOT_THERE = ['没有找到，或您无权查看。', 'It was not found, or you may not see it.'] as Words;

for (const language of languages) {
  test.describe(`a request for data in ${language}`, () => {
    test.use({ language });
    test.setTimeout(200_000);

    test('asked, agreed by somebody else, taken once', async ({ page, say, allowErrors }, info) => {
      const purpose = `专题分析 ${info.project.name} ${language} ${Date.now()}`;
      const row = page.locator('main table tbody tr', { hasText: purpose });
      let file = '';

      await test.step('the unit says what for, and until when', async () => {
        await at(page, 'unit_liaison', UNIT, CUT);
        const form = page.locator('form[action="/data-requests"]');
        await expect(form.locator('[name="show"][value="accepted"]')).toBeChecked();
        await expect(form.locator('[name="from"]')).toHaveValue('2026-10-01');
        await expectSound(page, 'the form of a request for data');
        await fill(form, { purpose, until: day(-3) });
        await send(form);
        await expect(page.locator('#ask-until-error'), 'a day that has passed').toBeVisible();
        await fill(form, { until: day(7) });
        await send(form);
        await expect(page).toHaveURL(/\/data-requests\?done=ask$/);
        await expect(page.locator('.note.ok')).toBeVisible();
        await expect(row).toContainText(say(WAITS));
        await expect(row.locator('a[href$="/cut.csv"]'), 'nothing to take yet').toHaveCount(0);
        await expect(row.locator('form[action$="/decide"]'), 'nobody decides for himself').toHaveCount(0);
      });

      await test.step('a second person agrees', async () => {
        await at(page, 'analyst', CITY, '/data-requests');
        await expectSound(page, 'requests that wait');
        await row.locator('button[name="agreed"][value="true"]').click();
        await expect(page).toHaveURL(/\/data-requests\?done=decide$/);
        await expect(row).toContainText(say(READY));
        await expect(row.locator('a[href$="/cut.csv"]'), 'it is not theirs').toHaveCount(0);
      });

      await test.step('who asked is told, and takes it', async () => {
        await at(page, 'unit_liaison', UNIT, '/notices');
        await follows(await told(page, say(DECIDED)));
        await expect(page).toHaveURL(/\/data-requests(\?|$)/);
        const link = row.locator('a[href$="/cut.csv"]');
        file = (await link.getAttribute('href')) ?? '';
        const { name, bytes } = await taken(page, link);
        expect(name).toMatch(/^data-[0-9a-f-]{36}\.csv$/);
        const rows = rowsOf(bytes);
        const last = rows.findIndex(cells => cells[0] === '合计');
        expect(last, 'there are places above the total').toBeGreaterThan(1);
        // Code and name of the place, the value, and what it was counted from.
        const counted = rows.slice(1, last + 1).map(cells => Number(cells[3]));
        expect(sum(counted.slice(0, -1))).toBe(counted.at(-1));
        expect(bytes.toString('utf8'), 'what it is for').toContain(purpose);
      });

      await test.step('a second time it is refused in words', async () => {
        const again = await page.goto(file);
        expect(again?.status()).toBe(404);
        await expect(page.locator('main [role="alert"]')).toContainText(say(NOT_THERE));
        await expectSound(page, 'a cut that was taken before');
        await open(page, '/data-requests');
        await expect(row).toContainText(say(TAKEN));
        await expect(row.locator('a[href$="/cut.csv"]')).toHaveCount(0);
      });
      // The browser itself reports the day that was refused, and the file that is gone.
      allowErrors.push(/status of (404|422)/);
    });
  });
}
