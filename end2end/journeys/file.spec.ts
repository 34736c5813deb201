// The citizen's main road: home → file with place and photos → number and code → look up → urge.
// Not here: drafts, refusals (beside this file), and the same road without script (no-script.spec.ts).
// Read next: support/filing.ts.
import { expect, expectLive, expectSound, open, test } from '../support/journey';
import { languages } from '../support/languages';
import { ComplaintForm, follow, readFiled, TEXT } from '../support/filing';
import { fake, photo } from '../support/photos';
import { expectUploadSeen } from '../support/slow-line';
import * as words from '../support/words';

for (const language of languages) {
  test.describe(`filing in ${language}`, () => {
    test.use({ language, permissions: ['clipboard-read', 'clipboard-write'] });

    test('from the start page to the reminder', async ({ page, say, allowErrors }) => {
      const form = new ComplaintForm(page, language);
      await page.goto('/');
      await page.getByRole('link', { name: say(words.file) }).click();
      await expect(page).toHaveURL(/\/file$/);
      await expectLive(page);
      await expect(page).toHaveTitle(new RegExp(say(words.file)));

      await form.fillIn();
      await form.choosePlace();
      await expectUploadSeen(form, photo('路灯.png', 640, 480), say);
      await form.addPhotos(photo('second.png'), fake);
      await expect(form.photos).toHaveCount(3);
      await expect(form.photos.nth(1)).toContainText(say(words.uploaded));
      await expect(form.photos.nth(2)).toContainText(say(words.notAPhoto));
      // The browser itself reports the 422 of the file that is no photo.
      allowErrors.push(/photos\/draft.* 422/);
      await form.removePhoto('second.png');
      await form.removePhoto(fake.name);
      await expect(form.photos).toHaveCount(1);
      await expectSound(page, 'the form, filled in');

      await form.submit.click();
      const filed = await form.expectFiled();
      await expect(page.locator('#main')).toBeFocused();
      await expectSound(page, 'the success page');
      await page.getByRole('button', { name: say(words.copy) }).first().click();
      await expect(page.getByRole('button', { name: say(words.copied) })).toBeVisible();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(filed.number);
      await page.reload();
      expect(await readFiled(page)).toEqual(filed);

      await open(page, '/track');
      await follow(page, language, filed);
      await expect(page.locator('h1')).toContainText(TEXT.slice(0, 8));
      await page.locator('summary', { hasText: say(words.urge) }).click();
      await page.locator('[name="message"]').fill('已经四天了');
      await page.getByRole('button', { name: say(words.urgeSend) }).click();
      await expect(page.locator('.note.ok')).toContainText(say(words.urged));
      await expect(page.getByRole('button', { name: say(words.urgeSend) }), 'once a working day').toHaveCount(0);
      await expectSound(page, 'the progress of a ticket');
    });
  });
}

test('a double click files one ticket, and so does the same form sent again', { tag: '@one-width' }, async ({ page, language }) => {
  const form = new ComplaintForm(page, language);
  await open(page, '/file');
  await form.fillIn();
  await form.choosePlace();
  const sent: string[] = [];
  page.on('request', request => {
    if (request.method() === 'POST' && request.url().endsWith('/fn/form')) {
      sent.push(request.postData() ?? '');
    }
  });
  await form.submit.dblclick();
  const filed = await form.expectFiled();
  expect(sent, 'the second click sends nothing').toHaveLength(1);

  // The line broke before the answer came, and the browser sends the same once more.
  const again = await page.request.post('/fn/form', {
    data: sent[0],
    headers: { 'content-type': 'application/json', accept: 'application/json' },
  });
  expect(again.status()).toBe(200);
  await page.reload();
  expect(await readFiled(page)).toEqual(filed);
});

test('going back after filing starts an empty form', { tag: '@one-width' }, async ({ page, language }) => {
  const form = new ComplaintForm(page, language);
  await open(page, '/file');
  await form.fillIn();
  await form.choosePlace();
  await form.submit.click();
  const first = await form.expectFiled();
  await page.goBack();
  await expect(page).toHaveURL(/\/file$/);
  await expect(form.field('content')).toHaveValue('');
  await form.fillIn();
  await form.choosePlace();
  await form.submit.click();
  const second = await form.expectFiled();
  expect(second.number, 'a new form is a new request').not.toBe(first.number);
  await page.reload();
  await expectLive(page);
});

test('nine photos are the most, and the tenth is told', { tag: '@one-width' }, async ({ page, language, say }) => {
  const form = new ComplaintForm(page, language);
  await open(page, '/file');
  await form.addPhotos(...Array.from({ length: 10 }, (_, index) => photo(`${index + 1}.png`, 64, 48)));
  await expect(form.photos).toHaveCount(9);
  await expect(form.errorOf('photos')).toContainText(say(words.atMostNine));
  await expect(form.photos.getByText(say(words.uploaded))).toHaveCount(9);
  await expect(form.field('photos')).toBeHidden();
  await form.removePhoto('^.*9\\.png$');
  await expect(form.photos).toHaveCount(8);
  await expect(form.field('photos')).toBeVisible();
});
