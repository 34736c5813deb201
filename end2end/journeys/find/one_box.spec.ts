// One box for everything: reached by the keyboard, a number, a word, a person; then a saved view that is followed, and how its list divides.
// Not here: synonyms and rights (tests of the server).
// Read next: support/program.ts.
import { account } from '../../support/accounts';
import { way } from '../../support/approvals';
import { expect, expectLive, expectSound, open, test } from '../../support/journey';
import { languages, type Words } from '../../support/languages';
import { register, signedIn } from '../../support/program';
import { CITY, LAMPS } from '../../support/road';
import { at, fill, send } from '../../support/staff';

const MORNINGS = ['每个工作日早上', 'On the morning of each working day'] as Words;
const DIVIDES = ['分布', 'How it divides'] as Words;

/** A word of four signs that no other request has. */
function word(): string {
  const signs = '桦榕枫杉桐楠槐椿棠樱兰荷菊梅竹松柏柳桃李';
  return Array.from({ length: 4 }, () => signs[Math.floor(Math.random() * signs.length)]).join('');
}

for (const language of languages) {
  test.describe(`one box for everything in ${language}`, () => {
    test.use({ language });
    test.setTimeout(150_000);

    test('by keyboard: a number, a word, a person', async ({ page, request }) => {
      const rare = word();
      const token = await signedIn(request, CITY);
      const filed = await register(request, token, { ...LAMPS, content: `${rare}巷的路灯从昨晚开始全部不亮，请尽快抢修。` });
      const box = page.locator('#q');
      const row = page.locator(`main .table a.row-link[href="/tickets/${filed.id}"]`);

      await test.step('two keys lead to the box, a number to its ticket', async () => {
        await at(page, 'supervisor', CITY, '/tasks');
        await page.keyboard.press('g');
        await page.keyboard.press('s');
        await expect(page).toHaveURL(/\/search$/);
        await expect(box).toBeVisible();
        await expectLive(page);
        await page.keyboard.press('/');
        await expect(box).toBeFocused();
        await page.keyboard.insertText(filed.number);
        await page.keyboard.press('Enter');
        await expect(page).toHaveURL(/\/search\?q=/);
        await expect(row).toBeVisible();
        await expectSound(page, 'what a number finds');
        // Keys typed into a field are left alone.
        await box.blur();
        await page.keyboard.press('ArrowDown');
        await expect(row).toBeFocused();
        await page.keyboard.press('Enter');
        await expect(page).toHaveURL(new RegExp(`/tickets/${filed.id}$`));
      });

      await test.step('a word that stands in it', async () => {
        await open(page, '/search');
        await box.fill(rare);
        await page.keyboard.press('Enter');
        await expect(row).toBeVisible();
      });

      await test.step('a person', async () => {
        const { username } = account('dispatcher', CITY);
        await box.fill(username);
        await page.keyboard.press('Enter');
        await expect(page.locator('main td', { hasText: new RegExp(`^${username}$`) })).toBeVisible();
        await expectSound(page, 'people who were found');
      });
    });

    test('a view is kept, followed, divided and given up', async ({ page, say }, info) => {
      const name = `电话投诉 ${info.project.name} ${language} ${Date.now()}`;
      const view = page.locator('main section.card', { hasText: name });

      await test.step('what is listed is kept under a name', async () => {
        await at(page, 'supervisor', CITY, '/tickets?kind=complaint&channel=phone');
        const form = await way(page, 'views');
        await fill(form, { name });
        await send(form);
        await expect(page).toHaveURL(/\/views\?done=view$/);
        await expect(view).toBeVisible();
        await expectSound(page, 'saved views');
      });

      await test.step('it is followed', async () => {
        const form = view.locator('form[action$="/follow"]');
        await view.locator('details.fold', { has: page.locator('form[action$="/follow"]') }).locator('summary').click();
        await fill(form, { rhythm: 'daily' });
        await send(form);
        await expect(page).toHaveURL(/\/views\?done=follow$/);
        await expect(view.locator('p', { hasText: say(MORNINGS) })).toBeVisible();
      });

      await test.step('its list divides, and a share leads on', async () => {
        await view.locator('h2 a').click();
        await expect(page).toHaveURL(/\/tickets\?.*kind=complaint/);
        await page.locator('main a[href$="facets=true"]', { hasText: say(DIVIDES) }).click();
        const shares = page.locator('main .facets');
        await expect(shares.locator('li a').first()).toBeVisible();
        await expectSound(page, 'how a list divides');
        const { search } = new URL(page.url());
        await shares.locator('li a').first().click();
        await expect(page, 'one condition more').toHaveURL(url => url.search.length > search.length);
        await expect(shares.locator('li a').first()).toBeVisible();
        await expect(page.locator('main table.tickets tbody tr').first()).toBeVisible();
      });

      await test.step('its owner gives it up', async () => {
        await open(page, '/views');
        await view.locator('details.fold', { has: page.locator('form[action$="/delete"]') }).locator('summary').click();
        await send(view.locator('form[action$="/delete"]'));
        await expect(view).toHaveCount(0);
      });
    });
  });
}
