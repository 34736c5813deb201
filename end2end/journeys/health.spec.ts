// The house stands: the server answers, and the home page reads well in both languages at every width.
// Read next: the journeys of the people who use it, beside this file.
import { expect, expectAccessible, expectNoSidewaysScroll, test } from '../support/journey';

test('the server says that it lives', async ({ request }) => {
  const answer = await request.get('/health/live');
  expect(answer.status()).toBe(200);
});

for (const { lang, locale } of [
  { lang: 'zh-CN', locale: 'zh-CN' },
  { lang: 'en', locale: 'en-GB' },
]) {
  test.describe(`home page in ${lang}`, () => {
    test.use({ locale });

    test('loads, is accessible and fits', async ({ page, context, baseURL }) => {
      await context.addCookies([{ name: 'lang', value: lang, url: baseURL ?? '' }]);
      const answer = await page.goto('/');
      expect(answer?.status()).toBe(200);
      await expect(page.locator('html')).toHaveAttribute('lang', lang);
      await expect(page.locator('h1').first()).toBeVisible();
      await expectNoSidewaysScroll(page);
      await expectAccessible(page, `home page in ${lang}`);
    });
  });
}
