// The citizen's part with JavaScript off: the place by steps, photos kept under the draft, a refusal with the fields filled.
// Not here: the axe check, which needs script; these are the same pages as in pages.spec.ts.
// Read next: support/filing.ts.
import { expect, test } from '../support/journey';
import { languages } from '../support/languages';
import { ComplaintForm, follow, PHONE, PLACE, readFiled, TEXT } from '../support/filing';
import { fake, photo } from '../support/photos';
import * as words from '../support/words';

const HOSTILE = `${TEXT}\n</textarea><script>alert(1)</script> & 🚧`;

test.use({ javaScriptEnabled: false });

for (const language of languages) {
  test.describe(`without script in ${language}`, () => {
    test.use({ language });

    test('from the start page to the reminder', async ({ page, say, allowErrors }) => {
      const form = new ComplaintForm(page, language);
      await page.goto('/');
      await expect(page.locator('dl.figures')).toBeVisible();
      await page.getByRole('link', { name: say(words.file) }).click();
      await form.fillIn(HOSTILE, '1391234567');
      await form.choosePlaceByStep();
      await expect(form.field('content'), 'kept through the steps').toHaveValue(HOSTILE);
      await form.addPhotos(photo('one.png'), photo('two.png'));
      await page.getByRole('button', { name: say(words.uploadPhotos) }).click();
      await expect(form.photos).toHaveCount(2);
      await form.removePhoto('two.png');
      await expect(form.photos).toHaveCount(1);

      const refused = page.waitForResponse(answer => answer.request().method() === 'POST');
      await form.submit.click();
      expect((await refused).status()).toBe(422);
      await expect(form.errorOf('citizen.phone')).toContainText(say(words.wrongPhone));
      await expect(form.summary.getByRole('link')).toHaveAttribute('href', '#citizen.phone');
      await expect(form.field('content')).toHaveValue(HOSTILE);
      await expect(form.field('county')).toHaveValue(PLACE.county);
      await expect(form.field('street')).not.toHaveValue('');
      await expect(page.locator('[name="kind"][value="complaint"]')).toBeChecked();
      await expect(form.photos, 'photos stay').toHaveCount(1);

      await form.field('citizen.phone').fill(PHONE);
      await form.submit.click();
      const filed = await form.expectFiled();
      await page.goto('/track');
      await follow(page, language, filed);
      await page.locator('summary', { hasText: say(words.urge) }).click();
      await page.locator('[name="message"]').fill('已经四天了');
      await page.getByRole('button', { name: say(words.urgeSend) }).click();
      await expect(page.locator('.note.ok')).toContainText(say(words.urged));
      // The browser itself reports the 422 that was asked for.
      allowErrors.push(/status of 422/);
    });
  });
}

test('a file that is no photo is told at the photos, and the rest stays', { tag: '@one-width' }, async ({ page, language, say, allowErrors }) => {
  const form = new ComplaintForm(page, language);
  await page.goto('/file');
  await form.fillIn();
  await form.choosePlaceByStep();
  await form.addPhotos(photo('one.png'), fake);
  await form.submit.click();
  await expect(form.errorOf('photos')).toContainText(say(words.notAPhoto));
  await expect(form.photos, 'the real one is kept').toHaveCount(1);
  await expect(form.field('content')).toHaveValue(TEXT);
  await form.submit.click();
  await form.expectFiled();
  allowErrors.push(/status of 422/);
});

test('the same form posted twice, photo and all, is one ticket', { tag: '@one-width' }, async ({ page, language }) => {
  const form = new ComplaintForm(page, language);
  await page.goto('/file');
  await form.fillIn();
  await form.choosePlaceByStep();
  await form.addPhotos(photo('one.png'));
  const posts: { body: Buffer; type: string }[] = [];
  await page.route('**/file', async route => {
    const request = route.request();
    if (request.method() === 'POST') {
      posts.push({ body: request.postDataBuffer() ?? Buffer.alloc(0), type: request.headers()['content-type'] ?? '' });
    }
    await route.continue();
  });
  await form.submit.click();
  const filed = await form.expectFiled();
  expect(posts).toHaveLength(1);
  const again = await page.request.post('/file', {
    data: posts[0].body,
    headers: { 'content-type': posts[0].type },
    maxRedirects: 0,
  });
  expect(again.status()).toBe(303);
  await page.reload();
  expect(await readFiled(page)).toEqual(filed);
});

test('a double click without script files one ticket', { tag: '@one-width' }, async ({ page, language }) => {
  const form = new ComplaintForm(page, language);
  await page.goto('/file');
  await form.fillIn();
  await form.choosePlaceByStep();
  await form.addPhotos(photo('one.png'));
  const numbers = new Set<string>();
  page.on('response', async answer => {
    if (answer.request().method() === 'POST' && answer.status() === 303) {
      numbers.add(answer.headers().location ?? '');
    }
  });
  await form.submit.dblclick();
  const filed = await form.expectFiled();
  await page.reload();
  expect(await readFiled(page)).toEqual(filed);
  expect([...numbers]).toEqual(['/filed']);
});

test('going back after filing and sending again is still one ticket', { tag: '@one-width' }, async ({ page, language, allowErrors }) => {
  const form = new ComplaintForm(page, language);
  await page.goto('/file');
  await form.fillIn(TEXT, '1391234567');
  await form.choosePlaceByStep();
  await form.submit.click();
  await form.field('citizen.phone').fill(PHONE);
  await form.submit.click();
  const filed = await form.expectFiled();
  // Going back leads to an answer of a post; the browser asks whether to post again, and reloading says yes.
  await page.goBack().catch(() => null);
  // The browser's own page between the two takes a moment to be there.
  await expect(() => page.reload()).toPass();
  await expect(form.field('content')).toHaveValue(TEXT);
  await form.field('citizen.phone').fill(PHONE);
  await form.submit.click();
  await form.expectFiled();
  expect(await readFiled(page)).toEqual(filed);
  allowErrors.push(/status of 422|ERR_CACHE_MISS/);
});
