// The day of the monthly report: found, checked, drilled into, exported, printed, kept, signed by a second person and remarked on.
// Not here: reports that make themselves (scheduled.spec.ts).
// Read next: support/tables.ts.
import { expect, expectLive, expectSound, open, test } from '../../support/journey';
import { languages, type Words } from '../../support/languages';
import { CITY } from '../../support/road';
import { at, fill, send } from '../../support/staff';
import { numbersOf, rowsOf, sum, tableOf, taken } from '../../support/tables';

/** The demo ends with this month. */
const MONTH = '2026-10';
const CHANNELS = ['按渠道', 'By channel'] as Words;
const UNSIGNED = ['未签发', 'not signed'] as Words;
const NAME = ['月报', 'Monthly report'] as Words;
const REMARK = '受理量已与十月例会材料核对，数字一致。';
const number = (text: string) => Number(text.replace(/\D/g, ''));

for (const language of languages) {
  test.describe(`the day of the monthly report in ${language}`, () => {
    test.use({ language });
    test.setTimeout(200_000);

    test('found, checked, drilled, exported, printed, kept, signed', async ({ page, say }) => {
      const report = `/reports/monthly?period=${MONTH}`;
      const accepted = page.locator('table.report-table').first().locator('tbody tr').first().locator('td.num').first();
      let figure = 0;
      let kept = '';

      await test.step('the report of the month, for the own area', async () => {
        await at(page, 'analyst', CITY, '/reports');
        await expectSound(page, 'standard reports');
        await expect(page.locator('main .ways a[aria-current="page"]'), 'the way back here is marked').toHaveAttribute('href', '/reports');
        await page.locator('main h2 a[href="/reports/monthly"]').click();
        const ask = page.locator('form.filters[action="/reports/monthly"]');
        await ask.locator('[name="period"]').fill(MONTH);
        await ask.locator('button').click();
        await expect(page).toHaveURL(new RegExp(`period=${MONTH}`));
        await expectLive(page);
        await expect(page.locator('main header h1')).toHaveText(say(NAME));
        figure = number(await accepted.innerText());
        expect(figure, 'the demo has requests in this month').toBeGreaterThan(0);
        await expectSound(page, 'a monthly report');
      });

      await test.step('what findings touch, and the live checks', async () => {
        await open(page, `/reports/touched?show=accepted&from=${MONTH}-01&to=${MONTH}-31`);
        await expect(page.locator('table.report-table tr.total b')).toHaveText(String(figure));
        await expectSound(page, 'figures touched by findings');
        const checks = page.locator('main table tbody tr');
        await expect(async () => {
          // What others file between two counts is told as a difference; the next check passes.
          await open(page, '/reports/checks');
          await send(page.locator('form[action="/reports/checks/run"]'));
          await expect(page).toHaveURL(/\/reports\/checks\?done=run$/);
          await expect(checks).toHaveCount(5);
          await expect(checks.first().locator('.note.bad'), 'sums hold').toHaveCount(0);
        }).toPass({ timeout: 60_000 });
        await expectSound(page, 'live checks');
      });

      await test.step('a figure leads to its tickets, and back', async () => {
        await open(page, report);
        await accepted.locator('a').click();
        await expect(page).toHaveURL(/\/tickets\?/);
        const count = page.locator('main .count');
        await expect(count).toHaveText(new RegExp(`\\b${figure}\\b|共 ${figure} 件`));
        await page.goBack();
        await expect(page.locator('main header h1')).toHaveText(say(NAME));
      });

      await test.step('workbook and CSV say what the page says', async () => {
        await open(page, report);
        const csv = await taken(page, page.locator('main a[download][href*="/reports/files/monthly.csv"]'));
        expect(csv.name).toMatch(/\.csv$/);
        const [, ...lines] = tableOf(rowsOf(csv.bytes), say(CHANNELS));
        const counted = lines.map(cells => Number(cells[1]));
        expect(counted.at(-1), 'the total of the file is the figure of the page').toBe(figure);
        expect(sum(counted.slice(0, -1)), 'its rows sum to it').toBe(figure);
        const book = await taken(page, page.locator('main a[download][href*="/reports/files/monthly.xlsx"]'));
        expect(book.name).toMatch(/\.xlsx$/);
        // The first sheet has the figures, the second the channels with their total.
        expect(numbersOf(book.bytes, 1, 'B')[0]).toBe(figure);
        expect(numbersOf(book.bytes, 2, 'B')).toEqual(counted);
      });

      await test.step('on paper there is the report alone', async () => {
        await page.emulateMedia({ media: 'print' });
        for (const part of ['.site-header', '.rail', 'main nav', 'main form.filters', 'main a.button']) {
          await expect(page.locator(part).first(), part).toBeHidden();
        }
        await expect(page.locator('.on-paper')).toBeVisible();
        await expect(page.locator('table.report-table thead').first()).toBeVisible();
        await expect(page.locator('table.report-table th').first()).toBeVisible();
        await page.emulateMedia({ media: null });
      });

      await test.step('it is kept, and a second person signs it with a remark', async () => {
        await send(page.locator('form[action="/reports/kept"]'));
        await expect(page).toHaveURL(new RegExp(`/reports/kept/monthly-${MONTH}-\\d+\\?done=kept$`));
        kept = new URL(page.url()).pathname;
        await expect(accepted).toHaveText(String(figure));
        await expect(page.locator('main')).toContainText(say(UNSIGNED));
        await expect(page.locator('form[action$="/sign"]'), 'nobody signs what he made').toHaveCount(0);
        await at(page, 'centre_leader', CITY, kept);
        await expectSound(page, 'a kept report');
        const remark = page.locator('form[action$="/comment"]');
        await fill(remark, { text: REMARK });
        await send(remark);
        await expect(page.locator('main li', { hasText: REMARK })).toBeVisible();
        await send(page.locator('form[action$="/sign"]'));
        await expect(page.locator('form[action$="/sign"]')).toHaveCount(0);
        await expect(page.locator('main')).not.toContainText(say(UNSIGNED));
      });
    });
  });
}
