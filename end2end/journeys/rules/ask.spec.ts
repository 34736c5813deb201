// Rules before they bite: a business administrator publishes a draft that people must read, one of them is told, reads and says so, and the publisher sees
// who has. And a draft of categories tried on recent tickets: the list of what would differ.
// Each language publishes in a city of its own; the categories have one draft for all, so that journey has no second language.
// Read next: support/notices.ts.
import { account } from '../../support/accounts';
import { expect, expectSound, open, test } from '../../support/journey';
import { languages, type Language, type Words } from '../../support/languages';
import { follows, told } from '../../support/notices';
import { register, signedIn } from '../../support/program';
import { CITY, LAMPS } from '../../support/road';
import { at, fill, send } from '../../support/staff';

const PROVINCE = '320000';
const CITIES: Record<Language, { code: string; name: string }> = {
  'zh-CN': { code: '320800', name: '淮安市' },
  en: { code: '320900', name: '盐城市' },
};
const TO_READ = ['规则变更待阅知', 'A rule to read'] as Words;
const REASONS = ['理由条目', 'Reasons'] as Words;
const NOT_READ = ['未阅知', 'Not read'] as Words;

for (const language of languages) {
  test.describe(`rules that people must read in ${language}`, () => {
    test.use({ language });
    test.setTimeout(240_000);

    test('published, told, read, and seen who has', { tag: '@one-width' }, async ({ page, say }) => {
      const { code, name } = CITIES[language];
      const list = `/office/lists/reasons/${code}`;
      const note = `申请延期增加一条理由，请阅知 ${Date.now()}`;
      const reader = account('dispatcher', code).username;

      await test.step('a draft is published, and people must read it', async () => {
        await at(page, 'business_admin', PROVINCE, list);
        await send(page.locator('form[action$="/begin"]'));
        await expect(page).toHaveURL(/done=begin$/);
        await open(page, `${list}/row`);
        const row = page.locator('form[action$="/row"]');
        await fill(row, { verb: 'extend', code: 'weather', zh: '连续暴雨无法施工', en: 'Heavy rain stops the work' });
        await send(row);
        await expect(page).toHaveURL(/done=save&changes=1$/);
        await open(page, `${list}/preview`);
        const form = page.locator('form[action$="/publish"]');
        await fill(form, { note });
        await form.locator('[name="ask_reading"]').check();
        await expectSound(page, 'a draft that people must read');
        await send(form);
        await expect(page).toHaveURL(/done=publish$/);
        await expect(page.locator('.note.ok').first()).toBeVisible();
      });

      await test.step('a reader is told, reads it and says so', async () => {
        await at(page, 'dispatcher', code, '/notices');
        await follows(await told(page, say(TO_READ)));
        await expect(page).toHaveURL(/\/rules(\?|$)/);
        const card = page.locator('main article.card', { hasText: note });
        await expect(card).toContainText(say(REASONS));
        await expectSound(page, 'rules to read');
        await send(card.locator('form[action$="/read"]'));
        await expect(page).toHaveURL(/\/rules\?done=read$/);
        await expect(page.locator('.note.ok')).toBeVisible();
        await expect(card.locator('form')).toHaveCount(0);
      });

      await test.step('the publisher sees who has', async () => {
        await at(page, 'business_admin', PROVINCE, '/rules');
        await page.locator('main li', { hasText: name }).locator('a[href^="/rules/"]').first().click();
        await expect(page).toHaveURL(/\/rules\/[0-9a-f-]{36}$/);
        await expect(page.locator('main .prose')).toHaveText(note);
        const line = page.locator('main table tbody tr', { hasText: reader });
        await expect(line).toHaveCount(1);
        await expect(line).not.toContainText(say(NOT_READ));
        await expectSound(page, 'who has read it');
      });
    });
  });
}

test('a draft of categories is tried on recent tickets', { tag: '@one-width' }, async ({ page, request }) => {
  test.setTimeout(200_000);
  const list = '/office/lists/categories/base';
  const token = await signedIn(request, CITY);
  await register(request, token, { ...LAMPS, phone: '13812341190' });
  const replay = page.locator('section[aria-labelledby="replay"]');

  await test.step('a category gets another name in a draft', async () => {
    await at(page, 'business_admin', PROVINCE, list);
    await send(page.locator('form[action$="/begin"]'));
    await expect(page).toHaveURL(/done=begin$/);
    await open(page, `${list}/row?key=${LAMPS.category}`);
    const row = page.locator('form[action$="/row"]');
    await fill(row, { name_zh: '路灯不亮（改名试算）', name_en: 'Street lamps, by another name' });
    await send(row);
    await expect(page).toHaveURL(/done=save&changes=1$/);
  });

  await test.step('the replay lists what would differ', async () => {
    await open(page, `${list}/preview`);
    await send(replay.locator('form[action$="/replay"]'));
    await expect(page).toHaveURL(/\/preview\?done=replay$/);
    await expect(replay.locator('.note.ok')).toBeVisible();
    await expect(async () => {
      await open(page, `${list}/preview`);
      await expect(replay.locator('[data-job="done"]')).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 90_000, intervals: [1_000, 2_000] });
    const differing = replay.locator('table tbody tr', { hasText: '改名试算' });
    await expect(differing.first().locator('a[href^="/tickets/"]')).toBeVisible();
    await expectSound(page, 'what a draft of categories came to');
  });

  await test.step('and nothing is changed: the draft is given up', async () => {
    await open(page, list);
    await send(page.locator('form[action$="/discard"]'));
    await expect(page).toHaveURL(/done=discard$/);
  });
});
