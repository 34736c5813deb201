// What staff typed is theirs until it is sent: a reload, Back, a session that ended; once they sign out, nothing of it is left in the browser, and the
// desk offers it to them again.
// Also the keys of the staff's pages. What a browser cannot keep is tried in server/tests/it/way_on.rs.
// Read next: support/staff.ts.
import { account } from '../support/accounts';
import { expect, expectSound, open, test } from '../support/journey';
import { at } from '../support/staff';

const CITY = '320100';
// Where nobody else is at the desk: what is typed there is one a person.
const QUIET = '320200';
const WORDS = '来电人反映小区门口的路灯三天不亮，晚上看不清路，希望尽快修好。';

test('typed words outlive a reload and Back, and end with signing out', { tag: '@one-width' }, async ({ page }) => {
  await at(page, 'agent', CITY, '/desk');
  const desk = page.locator('form[action="/desk"]');
  await desk.locator('[name="content"]').fill(WORDS);
  await desk.locator('[name="city"]').selectOption(CITY);
  await expect(desk.locator('[name="county"]')).toBeEnabled();
  await desk.locator('[name="county"]').selectOption('320106');
  await page.reload();
  await expect(desk.locator('.typed-back')).toBeVisible();
  await expect(desk.locator('[name="content"]')).toHaveValue(WORDS);
  await expect(desk.locator('[name="county"]')).toHaveValue('320106');
  await expectSound(page, 'a form with earlier words');
  await page.locator('.rail a[href="/account"]').click();
  await expect(page).toHaveURL(/\/account$/);
  await page.goBack();
  await expect(desk.locator('[name="content"]')).toHaveValue(WORDS);
  await page.locator('.site-header form[action="/sign-out"] button').click();
  await expect(page).toHaveURL(/\/$/);
  await at(page, 'agent', CITY, '/desk');
  await expect(desk.locator('[name="content"]')).toHaveValue('');
});

test('a call that was not registered is offered after signing out', { tag: '@one-width' }, async ({ page }) => {
  await at(page, 'agent', QUIET, '/desk');
  const desk = page.locator('form[action="/desk"]');
  const told = page.waitForResponse(answer => answer.url().includes('/staff/keep-typed'));
  await desk.locator('[name="content"]').fill(WORDS);
  await desk.locator('[name="content"]').blur();
  await told;
  await page.locator('.site-header form[action="/sign-out"] button').click();
  await expect(page).toHaveURL(/\/$/);
  await at(page, 'agent', QUIET, '/desk');
  await expect(desk.locator('[name="content"]')).toHaveValue('');
  const offer = desk.locator('.typed-back');
  await expect(offer).toBeVisible();
  await expectSound(page, 'a form with an offer of earlier words');
  await offer.locator('button').first().click();
  await expect(desk.locator('[name="content"]')).toHaveValue(WORDS);
  await desk.locator('.typed-back button').last().click();
  await expect(desk.locator('.typed-back')).toHaveCount(0);
  await expect(desk.locator('[name="content"]')).toHaveValue('');
});

test('a session that ended is signed in again in place', { tag: '@one-width' }, async ({ page, context, allowErrors }) => {
  // What is typed is told to the server as well, which knows nobody while the session has ended.
  allowErrors.push(/\/fn\/staff\/keep-typed: .*status of 401/);
  await at(page, 'agent', CITY, '/desk');
  const desk = page.locator('form[action="/desk"]');
  await desk.locator('[name="content"]').fill(WORDS);
  await desk.locator('[name="citizen.phone"]').fill('13912345678');
  await desk.locator('[name="kind"][value="complaint"]').check();
  await desk.locator('[name="city"]').selectOption(CITY);
  // What the desk asks by itself about number and place is answered while the session lasts.
  const related = page.waitForResponse(
    answer => answer.url().includes('/staff/related') && (answer.request().postData() ?? '').includes('320106'),
  );
  await desk.locator('[name="county"]').selectOption('320106');
  await related;
  await context.clearCookies();
  await desk.locator('.action-bar button').click();
  const again = desk.locator('.sign-in-again');
  await expect(again).toBeVisible();
  await again.locator('input[type="password"]').fill(account('agent', CITY).password);
  await again.locator('button').click();
  await expect(again).toHaveCount(0);
  await expect(desk.locator('[name="content"]'), 'nothing was lost').toHaveValue(WORDS);
  await desk.locator('.action-bar button').click();
  await expect(page).toHaveURL(/done=register$/);
  await expect(page.locator('.tell-caller')).toBeInViewport();
});

test('a slash leads to the search from every page of the staff', { tag: '@one-width' }, async ({ page }) => {
  await at(page, 'supervisor', CITY, '/tasks');
  await page.keyboard.press('/');
  await expect(page).toHaveURL(/\/tickets$/);
  await expect(page.locator('#q')).toBeFocused();
  await open(page, '/tickets');
  await page.keyboard.press('/');
  await expect(page.locator('#q')).toBeFocused();
});
