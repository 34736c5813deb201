// What is kept about people: the register of personal fields, who looked in the clear, and a citizen's own data with a correction that is asked for,
// answered at the centre and seen by the citizen. Not here: the verbs at the ticket (tests of the services).
// Read next: support/telephone.ts.
import { expect, expectSound, open, test } from '../../support/journey';
import { languages, type Words } from '../../support/languages';
import { ComplaintForm, TEXT } from '../../support/filing';
import { CITY } from '../../support/road';
import { at, fill, send, verb } from '../../support/staff';
import { code, number, told } from '../../support/telephone';
import type { Page } from '@playwright/test';

const agree = ['我已阅读并同意', 'I have read the privacy statement'] as Words;
const signInButton = ['登录', 'Sign in'] as Words;
const waits = ['待处理', 'Waits for an answer'] as Words;
const done = ['已办理', 'Done'] as Words;
const NAME = '王建国';
const REASON = '需要联系诉求人核实地点';

/** A citizen signs in for the first time, by the code on the telephone. */
async function arrives(page: Page, phone: string, say: (words: Words) => string): Promise<void> {
  await page.goto('/me/sign-in');
  await page.locator('[name="phone"]').fill(phone);
  await page.locator('main form button').last().click();
  await expect(page.locator('[name="sms_code"]')).toBeVisible();
  await page.locator('[name="sms_code"]').fill(await code(phone));
  const button = page.getByRole('button', { name: say(signInButton), exact: true });
  await button.click();
  await expect(page.locator('[name="agree"]')).toBeVisible();
  await page.getByText(say(agree)).click();
  await button.click();
  await expect(page).toHaveURL(/\/me$/);
}

for (const language of languages) {
  test.describe(`what is kept about people in ${language}`, () => {
    test.use({ language });
    test.setTimeout(180_000);

    test('the register, the looks, and a correction that is answered', async ({ page, browser, baseURL, say, allowErrors }) => {
      const phone = number();
      let no = '';
      // The browser itself reports the refusals that are asked for.
      allowErrors.push(/status of 4(01|22)/);
      const desk = await browser.newContext({ baseURL, locale: 'zh-CN' });
      const staff = await desk.newPage();

      await test.step('a citizen files and reads what is kept', async () => {
        await arrives(page, phone, say);
        const form = new ComplaintForm(page, language);
        await open(page, '/file');
        await form.choose('kind', 'complaint');
        await form.field('content').fill(TEXT);
        await form.field('citizen.name').fill('王建团');
        await form.choosePlace();
        await form.submit.click();
        await form.expectFiled();
        await page.goto('/me/data');
        await expect(page.getByText(TEXT)).toBeVisible();
        await expect(page.getByText('王建团')).toBeVisible();
        await expectSound(page, 'the own data');
      });

      await test.step('a correction without what is right is refused, with it is kept', async () => {
        const form = await verb(page, 'correct');
        const action = await form.getAttribute('action');
        no = /\/me\/data\/(\d+)\/correct/.exec(action ?? '')?.[1] ?? '';
        expect(no, 'the number of the request').not.toBe('');
        await fill(form, { reason: '姓名最后一个字写错了' });
        await send(form);
        await expect(page.locator(`form[action$="/correct"] .field-error`).first()).toBeVisible();
        const again = await verb(page, 'correct');
        await expect(again.locator('[name="reason"]')).toHaveValue('姓名最后一个字写错了');
        await fill(again, { name: NAME });
        await send(again);
        await expect(page).toHaveURL(/\/me\/data\?done=ask$/);
        await expect(page.getByText(say(waits)).first()).toBeVisible();
        await expectSound(page, 'a correction that waits');
      });

      await test.step('a supervisor looks in the clear for a reason', async () => {
        await at(staff, 'supervisor', CITY, `/tickets?q=${no}`);
        await staff.locator('a.row-link').first().click();
        await expect(staff.locator('.ticket-head')).toBeVisible();
        const reveal = await verb(staff, 'reveal');
        await fill(reveal, { reason: REASON });
        await send(reveal);
        await expect(staff.locator('main').getByText(phone)).toBeVisible();
      });

      await test.step('and answers the request, which does it', async () => {
        await open(staff, '/staff/wishes');
        const line = staff.locator('main table tbody tr', { hasText: no });
        await expect(line).toContainText(NAME);
        await expectSound(staff, 'requests about own data');
        await send(line.locator('form[action$="/decide"]').first());
        await expect(staff).toHaveURL(/\/staff\/wishes\?done=decide$/);
        await expect(staff.locator('main table tbody tr', { hasText: no })).toHaveCount(0);
        await open(staff, '/staff/wishes?shelf=over');
        await expect(staff.locator('main table tbody tr', { hasText: no })).toContainText('已办理');
        await told(phone, '更正申请已办理');
      });

      await test.step('who looked and what is kept, for those who answer for it', async () => {
        await open(staff, '/staff/personal-looks');
        await expect(staff.locator('main table tbody tr', { hasText: no }).first()).toContainText(REASON);
        await expectSound(staff, 'looks at personal data');
        await open(staff, '/staff/personal-fields');
        await expect(staff.locator('main table tbody tr').first()).toBeVisible();
        await expectSound(staff, 'the register of personal fields');
        await desk.close();
      });

      await test.step('the citizen sees both', async () => {
        await page.goto('/me/data');
        await expect(page.getByText(NAME).first()).toBeVisible();
        await expect(page.getByText('王建团')).toHaveCount(0);
        await expect(page.getByText(say(done)).first()).toBeVisible();
        await expectSound(page, 'a correction that was done');
      });
    });
  });
}
