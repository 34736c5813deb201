// A citizen signs in by a code on the telephone: files with name and number filled in, finds the request in the own list, urges it, and leaves
// nothing in the browser. Not here: following by query code (no-script.spec.ts), how often a code is sent (tests of the services).
// Read next: support/telephone.ts.
import { expect, expectAccessible, expectNoSidewaysScroll, open, test } from '../support/journey';
import { languages } from '../support/languages';
import { ComplaintForm, TEXT } from '../support/filing';
import { code, number } from '../support/telephone';
import * as words from '../support/words';
import type { Page } from '@playwright/test';
import type { Words } from '../support/languages';

const signIn = ['登录', 'Sign in'] as Words;
const sendCode = ['获取验证码', 'Send me a code'] as Words;
const agree = ['我已阅读并同意', 'I have read the privacy statement'] as Words;
const mine = ['我的诉求', 'My requests'] as Words;
const account = ['我的账号', 'My account'] as Words;
const nameSaved = ['姓名已保存', 'The name is saved'] as Words;
const askToAct = ['申请代单位办事', 'Ask to act for an organisation'] as Words;
const signOut = ['退出', 'Sign out'] as Words;
const wrongCode = ['验证码不对', 'This code is wrong'] as Words;

type Say = (words: Words) => string;

async function askForCode(page: Page, say: Say, phone: string): Promise<string> {
  await page.goto('/me/sign-in');
  await page.locator('[name="phone"]').fill(phone);
  await page.getByRole('button', { name: say(sendCode) }).click();
  await expect(page.locator('[name="sms_code"]')).toBeVisible();
  return code(phone);
}

for (const language of languages) {
  test.describe(`a citizen's account in ${language}`, () => {
    test.use({ language });

    test('from the code to the own list, and nothing stays', async ({ page, say, allowErrors }) => {
      const phone = number();
      // The browser itself reports the refusals that are asked for.
      allowErrors.push(/status of 4(01|22)/);
      const button = page.getByRole('button', { name: say(signIn), exact: true });

      await test.step('the code, the first time with the privacy statement', async () => {
        const sent = await askForCode(page, say, phone);
        await expectNoSidewaysScroll(page);
        await expectAccessible(page, 'the code is asked for');
        await page.locator('[name="sms_code"]').fill(sent === '000000' ? '000001' : '000000');
        await button.click();
        await expect(page.locator('[id="sms_code-error"]')).toContainText(say(wrongCode));
        await page.locator('[name="sms_code"]').fill(sent);
        await button.click();
        await expect(page.locator('[name="agree"]')).toBeVisible();
        await page.getByText(say(agree)).click();
        await button.click();
        await expect(page).toHaveURL(/\/me$/);
        await expect(page.getByRole('heading', { level: 1, name: say(mine) })).toBeVisible();
      });

      await test.step('the name, which the form begins with', async () => {
        await page.getByRole('link', { name: say(account) }).click();
        await page.locator('[name="name"]').fill('李金丝雀');
        await page.locator('form[action="/me/account/name"] button').click();
        await expect(page.locator('.note.ok')).toContainText(say(nameSaved));
        await expectNoSidewaysScroll(page);
        await expectAccessible(page, 'the account');
      });

      await test.step('filing with name and number filled in', async () => {
        const form = new ComplaintForm(page, language);
        await open(page, '/file');
        await expect(form.field('citizen.phone')).toHaveValue(phone);
        await expect(form.field('citizen.name')).toHaveValue('李金丝雀');
        await form.choose('kind', 'complaint');
        await form.field('content').fill(TEXT);
        await form.choosePlace();
        await form.submit.click();
        await form.expectFiled();
      });

      await test.step('the own list, and urging from there', async () => {
        await page.goto('/me');
        await expect(page.locator('ul.own-requests > li')).toHaveCount(1);
        await expectNoSidewaysScroll(page);
        await expectAccessible(page, 'the own requests');
        await page.locator('ul.own-requests a').click();
        await expect(page.getByText(TEXT)).toBeVisible();
        await page.locator('summary', { hasText: say(words.urge) }).click();
        await page.getByRole('button', { name: say(words.urgeSend) }).click();
        await expect(page.locator('.note.ok')).toContainText(say(words.urged));
      });

      await test.step('asking to act for an organisation; a wrong code comes back with the rest', async () => {
        await page.goto('/me/mandates');
        await page.locator('summary', { hasText: say(askToAct) }).click();
        const field = (name: string) => page.locator(`[name="${name}"]`);
        await field('credit_code').fill('91350100M000100Y44');
        await field('organisation').fill('南京明理科技有限公司');
        await field('acts_as').selectOption('agent');
        await field('city').selectOption('320100');
        const inThreeMonths = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
        await field('valid_until').fill(inThreeMonths);
        await field('evidence').fill('授权书 2026-17 号');
        await page.locator('form[action="/me/mandates/ask"] button').click();
        await expect(page.locator('[id="ask-credit_code-error"]')).toBeVisible();
        await expect(field('organisation')).toHaveValue('南京明理科技有限公司');
        await expectNoSidewaysScroll(page);
        await expectAccessible(page, 'asking to act for an organisation');
        await field('credit_code').fill('91350100M000100Y43');
        await page.locator('form[action="/me/mandates/ask"] button').click();
        await expect(page.locator('.note.ok')).toBeVisible();
        await expect(page.getByText('南京明理科技有限公司').first()).toBeVisible();
      });

      await test.step('out: neither Back nor storage has anything of it', async () => {
        await page.locator('form[action="/me/sign-out"] button').click();
        await expect(page).toHaveURL(/\/$/);
        await expect(page.getByRole('button', { name: say(signOut) })).toHaveCount(0);
        await page.goBack();
        await expect(page.getByText(TEXT)).toHaveCount(0);
        await page.goto('/me');
        await expect(page.getByText(phone)).toHaveCount(0);
        await expect(page.locator('ul.own-requests')).toHaveCount(0);
        const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
        expect(kept).not.toContain(phone);
        expect(kept).not.toContain('李金丝雀');
        expect(await page.evaluate(() => caches.keys())).toEqual([]);
        const cookies = await page.context().cookies();
        expect(cookies.filter(cookie => cookie.name === '__Host-citizen')).toEqual([]);
      });
    });
  });
}

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('a citizen signs in, sees the list and signs out everywhere', { tag: '@one-width' }, async ({ page, say, allowErrors }) => {
    const phone = number();
    // The browser itself reports that the agreement is asked for, and that the session has ended.
    allowErrors.push(/status of 4(01|22)/);
    const sent = await askForCode(page, say, phone);
    await page.locator('[name="sms_code"]').fill(sent);
    await page.getByRole('button', { name: say(signIn), exact: true }).click();
    await page.locator('[name="agree"]').check();
    await page.getByRole('button', { name: say(signIn), exact: true }).click();
    await expect(page).toHaveURL(/\/me$/);
    await page.goto('/me/account');
    await page.locator('form[action="/me/account/everywhere"] button').click();
    await expect(page).toHaveURL(/\/$/);
    expect((await page.goto('/me'))?.status()).toBe(401);
  });
});
