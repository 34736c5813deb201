// A list of the office: a draft for a city, a limit refused and saved, a CSV looked at, the preview, handing on, publishing by a second person, the version.
// Lists are shared by everything that runs at the same time, so each browser and language changes the supplement of a city of its own.
// Read next: support/staff.ts.
import { expect, expectSound, open, test } from '../support/journey';
import { languages } from '../support/languages';
import { at, fill, send } from '../support/staff';

const CITIES = ['320200', '320300', '320400', '320600', '320700', '320800', '320900', '321000', '321100', '321200'];

for (const language of languages) {
  test.describe(`the office's lists in ${language}`, () => {
    test.use({ language });
    test.setTimeout(120_000);

    test('drafts, looks, hands on and publishes', async ({ page, say, allowErrors }, info) => {
      const projects = info.config.projects.map(project => project.name);
      const index = projects.indexOf(info.project.name) * languages.length + languages.indexOf(language);
      const city = CITIES[index % CITIES.length] ?? '320200';
      const list = `/office/lists/limits/${city}`;

      await test.step('all lists, and a draft for the city', async () => {
        await at(page, 'business_admin', '320000', '/office/lists');
        await expect(page.locator('table.lists')).toContainText(say(['办理时限', 'Time limits']));
        await expectSound(page, 'all lists');
        await open(page, list);
        await expectSound(page, 'an empty list');
        if ((await page.locator('form[action$="/begin"]').count()) > 0) {
          await send(page.locator('form[action$="/begin"]'));
          await expect(page).toHaveURL(/done=begin$/);
        }
      });

      await test.step('a limit of nothing is refused at its field, then saved', async () => {
        await open(page, `${list}/row`);
        const form = page.locator('form[action$="/row"]');
        const days = String(1 + (Date.now() % 60));
        await fill(form, { stage: 'handle', category: '0101', region: city, value: '0', unit: 'working_days' });
        await send(form);
        await expect(page.locator('#row-value-error')).toBeVisible();
        await expectSound(page, 'a row that is refused');
        await fill(form, { value: days });
        await send(form);
        await expect(page).toHaveURL(/done=save&changes=1$/);
        await expect(page.locator('table.rows')).toContainText('0101');
        await expectSound(page, 'a draft');
      });

      await test.step('a table is looked at line by line', async () => {
        const card = page.locator('details.fold', { has: page.locator('form[action$="/table"]') });
        await card.locator('summary').click();
        await card.locator('[name="text"]').fill('stage,region,value,unit\nsign,' + city + ',0,hours\n');
        await card.locator('button[name="step"]').click();
        await expect(page.locator('form[action$="/table"] table')).toContainText('2');
        await expectSound(page, 'a table with a line that cannot be taken');
      });

      await test.step('the preview, and handing on', async () => {
        await open(page, `${list}/preview`);
        await expectSound(page, 'a preview');
        await expect(page.locator('form[action$="/publish"]')).toHaveCount(0);
        const form = page.locator('form[action$="/hand-on"]');
        await fill(form, { note: '苏政办发〔2026〕1号' });
        await send(form);
        await expect(page).toHaveURL(/done=hand-on$/);
      });

      await test.step('a second person publishes it', async () => {
        await at(page, 'centre_leader', '320000', `${list}/preview`);
        await send(page.locator('form[action$="/publish"]'));
        await expect(page).toHaveURL(/done=publish$/);
        await expect(page.locator('#history ~ .sub-block').first().locator('.badge.state')).toHaveAttribute('data-version', 'active');
        await expectSound(page, 'a list with its versions');
      });
      // The browser itself reports the 422 that was asked for.
      allowErrors.push(/status of 422/);
    });
  });
}
