// The citizen's pages as they are met first: they answer, come alive without an error, are accessible, and fit the window.
// Not here: what one does on them (the other journeys).
// Read next: file.spec.ts.
import { expect, expectSound, open, test } from '../support/journey';
import { languages } from '../support/languages';

const PAGES = ['/file', '/filed', '/track', '/track/ticket', '/sign-in'];
/** Only for reading: no browser code. */
const STILL = ['/', '/questions'];

test('the server says that it lives', { tag: '@one-width' }, async ({ request }) => {
  const answer = await request.get('/health/live');
  expect(answer.status()).toBe(200);
});

for (const language of languages) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    test('every page comes alive, is accessible and fits', async ({ page }) => {
      for (const path of PAGES) {
        await open(page, path);
        await expect(page.locator('html')).toHaveAttribute('lang', language);
        await expect(page.locator('h1')).toBeVisible();
        await expectSound(page, `${path} in ${language}`);
      }
      for (const path of STILL) {
        await page.goto(path);
        await expect(page.locator('html')).toHaveAttribute('lang', language);
        await expect(page.locator('h1')).toBeVisible();
        await expectSound(page, `${path} in ${language}`);
        await expect(page.locator('link[rel="modulepreload"]'), 'no browser code').toHaveCount(0);
      }
    });

    test('every page is accessible in the dark and in large text', { tag: '@one-width' }, async ({ page }) => {
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.goto('/');
      await page.locator('form[action="/text-size"] button').click();
      await expect(page.locator('html')).toHaveAttribute('data-text', 'large');
      await expectSound(page, `/ in ${language}, dark and large`);
      for (const path of ['/file', '/track']) {
        await open(page, path);
        await expectSound(page, `${path} in ${language}, dark and large`);
      }
    });
  });
}

test('a page that does not exist says so, and leads home', { tag: '@one-width' }, async ({ page, allowErrors }) => {
  const answer = await page.goto('/nothing/here');
  expect(answer?.status()).toBe(404);
  await expectSound(page, 'a missing page');
  await page.locator('main a[href="/"]').click();
  await expect(page).toHaveURL(/\/$/);
  // The browser itself reports the 404 that was asked for.
  allowErrors.push(/status of 404/);
});

test('language and text size change in place and stay', { tag: '@one-width' }, async ({ page }) => {
  await page.goto('/track?no=1234567890123456789012');
  await page.locator('form[action="/language"] button').click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page).toHaveURL(/\/track\?no=\d{22}$/);
  await expect(page.locator('[name="ticket_no"]')).toHaveValue('1234567890123456789012');
  await page.locator('form[action="/text-size"] button').click();
  await expect(page.locator('html')).toHaveAttribute('data-text', 'large');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.locator('html')).toHaveAttribute('data-text', 'large');
});

test('the skip link leads a keyboard past the header', { tag: '@one-width' }, async ({ page }) => {
  await open(page, '/track');
  await page.keyboard.press('Tab');
  await expect(page.locator('.skip-link')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('#main')).toBeFocused();
});

test('a question opens in place', { tag: '@one-width' }, async ({ page }) => {
  await page.goto('/');
  await page.locator('a[href="/questions"]').click();
  await expect(page).toHaveURL(/\/questions$/);
  const second = page.locator('details.question').nth(1);
  await second.locator('summary').click();
  await expect(second.locator('p')).toBeVisible();
});
