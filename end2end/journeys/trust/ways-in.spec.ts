// Where accounts come from and go to: the page of linked platforms, for the system administrator, and the own page of single sign-on, for everybody at
// a desk. Here neither is configured, which both say. Not here: platforms and providers that answer (tests of services and server).
// Read next: support/sign-in.ts.
import { expect, expectSound, open, test } from '../../support/journey';
import { languages, type Words } from '../../support/languages';
import { at } from '../../support/staff';

const CITY = '320100';
const PLATFORMS = ['对接平台', 'Linked platforms'] as Words;
const NO_PLATFORM = ['没有对接平台', 'No linked platforms'] as Words;
const SINGLE = ['统一认证', 'Single sign-on'] as Words;
const NO_IDENTITY = ['还没有关联身份', 'No identity is linked yet'] as Words;
const BY_PROVIDER = ['用统一认证登录', 'Sign in by single sign-on'] as Words;

for (const language of languages) {
  test.describe(`ways in by other systems in ${language}`, () => {
    test.use({ language });

    test('linked platforms are read by the system administrator', async ({ page, say }) => {
      await at(page, 'system_admin', '', '/staff/platforms');
      await expect(page.locator('h1')).toHaveText(say(PLATFORMS));
      await expect(page.locator('main .empty').first()).toContainText(say(NO_PLATFORM));
      await expectSound(page, 'linked platforms');
    });

    test('linked platforms are kept from the desk', async ({ page, allowErrors }) => {
      // The browser itself reports the refusal that is asked for.
      allowErrors.push(/status of 403/);
      await at(page, 'agent', CITY, '/account');
      const answer = await page.goto('/staff/platforms');
      expect(answer?.status()).toBe(403);
      await expect(page.locator('main [role="alert"]')).toBeVisible();
      await expectSound(page, 'linked platforms that are refused');
    });

    test('single sign-on is on the own account, and where it is off the page says so', async ({ page, say }) => {
      await at(page, 'agent', CITY, '/account');
      await page.locator('main a[href="/account/provider"]').click();
      await expect(page).toHaveURL(/\/account\/provider$/);
      await expect(page.locator('h1')).toHaveText(say(SINGLE));
      await expect(page.locator('main')).toContainText(say(NO_IDENTITY));
      await expect(page.locator('main .note').first()).toBeVisible();
      await expect(page.locator('main form[action="/account/provider"]'), 'nothing to link to').toHaveCount(0);
      await expectSound(page, 'single sign-on of the own account');
    });

    test('signing in offers no other way where there is none', async ({ page, say }) => {
      await open(page, '/sign-in');
      await expect(page.locator('form[action="/sign-in"]')).toBeVisible();
      await expect(page.getByRole('button', { name: say(BY_PROVIDER) })).toHaveCount(0);
      await expectSound(page, 'signing in without a provider');
    });
  });
}
