// Two people on one ticket: one wins, the other is told what has changed and loses nothing that was typed.
// Also: the citizen in the clear for a reason, and a page that one may not see.
// Read next: support/staff.ts.
import { ComplaintForm } from '../support/filing';
import { expect, open, test } from '../support/journey';
import { signIn } from '../support/sign-in';
import { at, fill, send, verb } from '../support/staff';

const CITY = '320100';

test('the slower dispatcher keeps the words @one-width', async ({ page, browser, baseURL, language }) => {
  const filed = await new ComplaintForm(page, language).file();
  await at(page, 'dispatcher', CITY, `/tickets?q=${filed.number}`);
  await page.locator('a.row-link').click();
  await expect(page.locator('.ticket-head')).toBeVisible();
  const ticket = new URL(page.url()).pathname;
  await open(page, `${ticket}/dispatch`);
  const slow = await verb(page, 'dispatch');
  await fill(slow, { advice: '我写的派单意见，请不要丢。', category: '010101' });
  await slow.locator('input[name="lead"]').first().check();

  const other = await browser.newContext({ baseURL });
  const faster = await other.newPage();
  await signIn(faster, 'supervisor', CITY);
  await open(faster, `${ticket}/dispatch`);
  const quick = await verb(faster, 'dispatch');
  await fill(quick, { category: '010101' });
  await quick.locator('input[name="lead"]').first().check();
  await send(quick);
  await expect(faster).toHaveURL(/done=dispatch$/);
  await other.close();

  await send(slow);
  const told = page.locator('#kept-form');
  await expect(told).toBeVisible();
  await expect(told).toContainText('我写的派单意见，请不要丢。');
});

test('a citizen is shown in the clear for a reason @one-width', async ({ page }) => {
  await at(page, 'supervisor', CITY, '/tickets?state=CLOSED&kind=complaint');
  await page.locator('tr', { hasNot: page.locator('.flag') }).locator('a.row-link').first().click();
  await expect(page.locator('.citizen .facts')).toContainText('****');
  const form = await verb(page, 'reveal');
  await fill(form, { reason: '核' });
  await send(form);
  await expect(page.locator('.error-summary')).toBeVisible();
  await fill(form, { reason: '需要回拨核实地址' });
  await send(form);
  await expect(page.locator('.citizen .in-clear')).toBeVisible();
  await expect(page.locator('.citizen .in-clear')).not.toContainText('****');
});

test('whoever may not is told so @one-width', async ({ page, allowErrors }) => {
  await signIn(page, 'handler', '320100-CGJ');
  const denied = await page.goto('/desk');
  expect(denied?.status()).toBe(403);
  await expect(page.locator('h1')).toBeVisible();
  // The browser itself notes the refused page.
  allowErrors.push(/status of 403/);
});
