// The staff's way in as a visitor meets it: a wrong password is refused without being echoed, the right one opens the work.
// Not here: what the staff then do (their own journeys, through support/sign-in.ts).
// Read next: support/accounts.ts.
import { account } from '../support/accounts';
import { expect, expectSound, open, test } from '../support/journey';
import { languages } from '../support/languages';
import { signIn, signOut } from '../support/sign-in';
import * as words from '../support/words';

for (const language of languages) {
  test.describe(`signing in, in ${language}`, () => {
    test.use({ language });

    test('a wrong password is refused and not shown again', async ({ page, say }) => {
      const person = account('agent');
      await open(page, '/sign-in');
      await page.locator('[name="username"]').fill(person.username);
      await page.locator('[name="password"]').fill('not-the-password');
      await page.locator('main').getByRole('button', { name: say(words.signIn) }).click();
      await expect(page.locator('#errors')).toContainText(say(words.wrongPassword));
      await expect(page.locator('[name="username"]')).toHaveValue(person.username);
      await expectSound(page, 'the refused sign-in');
    });
  });
}

test('signing in and out changes the header of the citizen pages', { tag: '@one-width' }, async ({ page }) => {
  const person = await signIn(page, 'agent');
  await page.goto('/');
  await expect(page.locator('.site-tools form[action="/sign-out"]')).toBeVisible();
  expect(person.username).not.toBe('');
  await signOut(page);
  await page.goto('/');
  await expect(page.locator('.site-tools form[action="/sign-out"]')).toHaveCount(0);
});
