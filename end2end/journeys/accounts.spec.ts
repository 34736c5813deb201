// The own password and sessions, and the system administrator's pages: accounts, one account with a link that is shown once, session keys.
// Not here: what is refused (the server's tests). No password is changed and no session of others is ended: journeys share the demo's people.
// Read next: support/sign-in.ts.
import { account } from '../support/accounts';
import { expect, expectSound, open, test } from '../support/journey';
import { languages } from '../support/languages';
import { signIn } from '../support/sign-in';

for (const language of languages) {
  test.describe(`accounts, in ${language}`, () => {
    test.use({ language });

    test('a person finds the own password and sessions', async ({ page, allowErrors }) => {
      await signIn(page, 'agent');
      await open(page, '/account');
      await page.locator('main a[href="/account/password"]').click();
      await expect(page.locator('[name="current"]')).toBeVisible();
      await page.locator('[name="password"]').fill('short');
      await page.locator('[name="password_again"]').fill('short');
      await page.locator('[name="current"]').fill('not-the-password');
      await page.locator('main form[action="/account/password"] button').click();
      await expect(page.locator('#errors')).toBeVisible();
      await expectSound(page, 'a password that is refused');
      await open(page, '/account/sessions');
      await expect(page.locator('main tbody tr').first()).toBeVisible();
      await expectSound(page, 'the own sessions');
      allowErrors.push(/status of 422/);
    });

    test('the administrator finds an account and makes a link that is shown once', async ({ page }) => {
      const person = account('analyst');
      await signIn(page, 'system_admin');
      await open(page, '/staff/accounts');
      await expectSound(page, 'the accounts');
      await page.locator('#q').fill(person.username);
      await page.locator('main form[role="search"] button').click();
      await page.locator(`main a[href="/staff/accounts/${person.username}"]`).click();
      const form = page.locator(`main form[action="/staff/accounts/${person.username}/reset"]`);
      await form.locator('button').click();
      await expect(form.locator('code')).toContainText('/reset?token=');
      await expectSound(page, 'an account with its link');
      const link = await form.locator('code').innerText();
      await page.reload();
      await expect(page.locator('main')).not.toContainText('/reset?token=');
      await page.goto(new URL(link, page.url()).pathname + new URL(link, page.url()).search);
      await expect(page.locator('main [name="password_again"]')).toBeVisible();
      await expectSound(page, 'the page of the link');
    });
  });
}

test('a new session key takes over and nobody is signed out', { tag: '@one-width' }, async ({ page }) => {
  await signIn(page, 'system_admin');
  await open(page, '/staff/keys');
  const before = await page.locator('main tbody tr').count();
  await page.locator('#rotate-form button').click();
  await expect(page.locator('main tbody tr')).toHaveCount(before + 1);
  await expectSound(page, 'the session keys');
  await open(page, '/account');
});
