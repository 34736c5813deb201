// The unfinished complaint: kept on the device through a reload, with its place and photos, thrown away by one button,
// gone once it is filed. And the position, which only a browser has.
// Read next: support/filing.ts.
import { expect, expectLive, open, test } from '../support/journey';
import { languages } from '../support/languages';
import { ComplaintForm, PLACE, TEXT } from '../support/filing';
import { photo } from '../support/photos';
import * as words from '../support/words';

for (const language of languages) {
  test.describe(`draft in ${language}`, () => {
    test.use({ language });

    test('is kept, thrown away, and gone after filing', async ({ page, say }) => {
      const form = new ComplaintForm(page, language);
      const restored = page.getByText(say(words.draftRestored));
      await open(page, '/file');
      await form.fillIn();
      await form.choosePlace();
      await form.choose('identity', 'confidential');
      await form.addPhotos(photo('路灯.png'));
      await expect(form.photos).toContainText([say(words.uploaded)]);
      const street = await form.field('street').inputValue();

      await page.reload();
      await expect(restored).toBeVisible();
      await expect(form.field('content')).toHaveValue(TEXT);
      await expect(form.field('city')).toHaveValue(PLACE.city);
      await expect(form.field('county')).toHaveValue(PLACE.county);
      await expect(form.field('street')).toHaveValue(street);
      await expect(page.locator('[name="identity"][value="confidential"]')).toBeChecked();
      await expect(form.photos).toHaveCount(1);
      await expect(form.photos.first()).toContainText('路灯.png');

      await page.getByRole('button', { name: say(words.draftDiscard) }).click();
      await expect(restored).toBeHidden();
      await expectLive(page);
      await expect(form.field('content')).toHaveValue('');
      await expect(form.field('city')).toHaveValue('');
      await expect(form.photos).toHaveCount(0);

      await form.fillIn();
      await form.choosePlace();
      await form.submit.click();
      await form.expectFiled();
      await open(page, '/file');
      await expect(form.field('content')).toHaveValue('');
      await expect(restored).toBeHidden();
    });
  });
}

test('words typed before the page is live are kept', { tag: '@one-width' }, async ({ page, language }) => {
  const form = new ComplaintForm(page, language);
  // The code arrives late, as on a train.
  let arrive = () => {};
  const late = new Promise<void>(resolve => (arrive = resolve));
  await page.route(/\/pkg\/.*\.wasm$/, async route => {
    await late;
    await route.continue();
  });
  await page.goto('/file', { waitUntil: 'domcontentloaded' });
  await form.choose('kind', 'help');
  await form.field('content').fill(TEXT);
  await form.field('city').selectOption(PLACE.city);
  await form.addPhotos(photo('early.png'));
  arrive();
  await expectLive(page);
  await expect(form.field('content')).toHaveValue(TEXT);
  await expect(form.field('city')).toHaveValue(PLACE.city);
  await form.field('county').selectOption(PLACE.county);
  await expect(form.photos).toHaveCount(1);
  await expect(page.locator('[name="kind"][value="help"]')).toBeChecked();
});

test.describe('where the browser knows the place', () => {
  test.use({ geolocation: { longitude: 118.78, latitude: 32.06 }, permissions: ['geolocation'] });

  test('the position is added and taken away', { tag: '@one-width' }, async ({ page, language, say }) => {
    const form = new ComplaintForm(page, language);
    await open(page, '/file');
    await page.getByRole('button', { name: say(words.positionAdd) }).click();
    await expect(page.getByText(say(words.positionAdded))).toBeVisible();
    // A few hundred metres from where the device says, as all Chinese maps draw it.
    await expect(form.field('lon')).toHaveValue(/^118\.785/);
    await expect(form.field('lat')).toHaveValue(/^32\.05/);
    await page.getByRole('button', { name: say(words.positionRemove) }).click();
    await expect(form.field('lon')).toHaveValue('');
  });
});
