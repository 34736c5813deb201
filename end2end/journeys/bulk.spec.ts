// Many tickets at once: the dispatcher hands several to one unit, the unit signs for several; a look before, one result each, and a page of
// results that can be loaded again. Also: the same without script, up to the look.
// Read next: support/staff.ts.
import { expect, expectLive, expectSound, test } from '../support/journey';
import { register, signedIn } from '../support/program';
import { signIn } from '../support/sign-in';
import { at, fill, send } from '../support/staff';

const CITY = '320100';
const UNIT = '320100-CGJ';

/** Three calls that wait for dispatch, the newest of the list. */
async function calls(request: import('@playwright/test').APIRequestContext): Promise<void> {
  const token = await signedIn(request, CITY);
  for (const content of ['小区门口的窨井盖破损，行人容易踩空。', '公园步道的护栏松动，孩子经过很危险。', '路口信号灯不亮，早高峰车辆拥堵。']) {
    await register(request, token, { content, region: '320106', category: '010101' });
  }
}

/** Ticks the first rows of a list and asks for what is to be done with them. */
async function choose(page: import('@playwright/test').Page, act: string, most: number): Promise<void> {
  const boxes = page.locator('input[type="checkbox"][name="ticket"]');
  const count = Math.min(await boxes.count(), most);
  expect(count, 'tickets to choose from').toBeGreaterThan(0);
  for (let index = 0; index < count; index += 1) {
    await boxes.nth(index).check();
  }
  await page.locator(`.bulk-bar button[value="${act}"]`).click();
  await expect(page).toHaveURL(/\/bulk\?/);
  await expect(page.locator('h1')).toBeVisible();
}

/** Sends the form and gives how many were done; loading the results again changes nothing. */
async function results(page: import('@playwright/test').Page): Promise<number> {
  await send(page.locator('form.bulk'));
  await expect(page).toHaveURL(/\/bulk\/[0-9a-f-]{36}$/);
  const done = page.locator('tr[data-outcome="done"]');
  await expect(done.first()).toBeVisible();
  const count = await done.count();
  await page.reload();
  await expect(done).toHaveCount(count);
  return count;
}

test('several tickets are dispatched and signed for at once @one-width', async ({ page, request }) => {
  await calls(request);
  await test.step('the dispatcher hands several to one unit', async () => {
    await at(page, 'dispatcher', CITY, '/tickets?state=TO_DISPATCH');
    await expectSound(page, 'a list to choose from');
    await choose(page, 'dispatch', 3);
    await expectLive(page);
    await expectSound(page, 'the look before');
    const fits = await page.locator('tr[data-fits]').count();
    expect(fits, 'tickets that can be dispatched').toBeGreaterThan(0);
    const form = page.locator('form.bulk');
    await send(form);
    await expect(page.locator('#errors')).toBeFocused();
    await fill(form, { lead: UNIT, advice: '请尽快到现场查看。' });
    expect(await results(page)).toBe(fits);
    await expectSound(page, 'the results');
  });

  await test.step('the unit signs for several', async () => {
    await at(page, 'unit_liaison', UNIT, '/tasks?verb=sign');
    await choose(page, 'sign', 2);
    await expectLive(page);
    expect(await results(page)).toBeGreaterThan(0);
    await page.goto('/tasks/done');
    await expect(page.locator('.table.shelf a.row-link').first()).toBeVisible();
    await expectSound(page, 'what one did');
  });
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('rows are chosen and looked at @one-width', async ({ page, request, allowErrors }) => {
    await calls(request);
    // The browser itself notes the form that comes back.
    allowErrors.push(/status of 422/);
    await signIn(page, 'dispatcher', CITY);
    await page.goto('/tickets?state=TO_DISPATCH');
    await choose(page, 'dispatch', 3);
    const form = page.locator('form.bulk');
    await form.locator('button[type="submit"]').last().click();
    await expect(page.locator('#errors'), 'the form comes back with its tickets').toBeVisible();
    await expect(page.locator('form.bulk input[name="item"]').first()).toBeAttached();
  });
});
