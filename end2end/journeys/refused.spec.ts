// A complaint that is refused: what was typed stays, each error is told at its field and linked on top, and hostile text stays text.
// Not here: the same without script (no-script.spec.ts).
// Read next: support/filing.ts.
import { expect, expectSound, open, test } from '../support/journey';
import { languages } from '../support/languages';
import { ComplaintForm, PHONE } from '../support/filing';
import * as words from '../support/words';

const HOSTILE = '</textarea><script>alert("民声")</script> <img src=x onerror=alert(1)> & "路灯" 不亮 👩‍👩‍👧‍👦🚧';

for (const language of languages) {
  test.describe(`refused in ${language}`, () => {
    test.use({ language });

    test('errors lead to their fields and nothing typed is lost', async ({ page, say }) => {
      const form = new ComplaintForm(page, language);
      await open(page, '/file');
      await form.submit.click();
      await expect(form.summary).toBeFocused();
      await expect(form.summary.getByRole('link')).toHaveCount(4);
      for (const field of ['content', 'citizen.phone']) {
        await expect(form.errorOf(field)).toContainText(say(words.pleaseFillIn));
      }
      for (const field of ['kind', 'city']) {
        await expect(form.errorOf(field)).toContainText(say(words.pleaseChoose));
      }
      await expectSound(page, 'the refused form');

      await form.fillIn(HOSTILE, '1391234567');
      await form.choosePlace();
      await form.submit.click();
      await expect(form.summary.getByRole('link')).toHaveCount(1);
      await expect(form.errorOf('citizen.phone')).toContainText(say(words.wrongPhone));
      await expect(form.field('content')).toHaveValue(HOSTILE);
      await form.summary.getByRole('link').click();
      await expect(form.field('citizen.phone')).toBeFocused();
      await expect(form.field('citizen.phone')).toHaveAttribute('aria-invalid', 'true');

      await form.field('citizen.phone').fill(PHONE);
      await form.submit.click();
      await form.expectFiled();
      await page.getByRole('link', { name: say(words.seeProgress) }).click();
      await expect(page.locator('h1')).toContainText('</textarea><script>alert("民声")</script>');
    });
  });
}

test('a text with NUL is refused with words, not with a failure', { tag: '@one-width' }, async ({ page, language, say }) => {
  const form = new ComplaintForm(page, language);
  await open(page, '/file');
  await form.fillIn();
  await form.choosePlace();
  // No keyboard types it; a pasted text may have it.
  await form.field('content').evaluate((area: HTMLTextAreaElement) => {
    area.value = `路灯不亮，${String.fromCharCode(0)}希望尽快修好，谢谢。`;
    area.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await form.submit.click();
  await expect(form.errorOf('content')).toContainText(say(words.badCharacters));
  await form.field('content').fill('路灯不亮，希望尽快修好，谢谢。');
  await form.submit.click();
  await form.expectFiled();
});

test('an anonymous complaint needs no phone, and shows none of the fields for it', { tag: '@one-width' }, async ({ page, language }) => {
  const form = new ComplaintForm(page, language);
  await open(page, '/file');
  await form.choose('kind', 'tip_off');
  await form.field('content').fill('每天夜里两点，河边的工厂往河里排黑水，气味很重。');
  await form.choosePlace();
  await form.choose('identity', 'anonymous');
  await expect(form.field('citizen.phone')).toBeHidden();
  await form.submit.click();
  await form.expectFiled();
});

test('a wrong code finds nothing, and says so at once', { tag: '@one-width' }, async ({ page, say }) => {
  await open(page, '/track');
  await page.locator('[name="ticket_no"]').fill('3201002026112500000001');
  await page.locator('[name="code"]').fill('000000');
  await page.getByRole('button', { name: say(words.lookUp), exact: true }).click();
  await expect(page.locator('#errors')).toBeFocused();
  await expect(page.locator('[name="ticket_no"]')).toHaveValue('3201002026112500000001');
  await expect(page).toHaveURL(/\/track$/);
});
