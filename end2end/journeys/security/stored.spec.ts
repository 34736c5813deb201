// X-02 in a browser: markup in every text that a citizen and the people of a ticket's road can enter, then every page that shows them: nothing runs, nothing
// asks, the policy of content has nothing to stop, and no element is made of it.
// Not here: single payloads on every page (the server's tests). Read next: support/markup.ts.
import { ComplaintForm, follow, PHONE } from '../../support/filing';
import { expect, open, test } from '../../support/journey';
import { expectHarmless, expectHarmlessAt, expectShown, markup, SHORT, watched } from '../../support/markup';
import { photo } from '../../support/photos';
import { register, signedIn } from '../../support/program';
import { CITY, LAMPS } from '../../support/road';
import { signOut } from '../../support/sign-in';
import { act, at, fill, send, verb } from '../../support/staff';
import * as words from '../../support/words';

const PROVINCE = '320000';
const UNIT = '320100-CGJ';

test.describe('planted markup', () => {
  test.setTimeout(240_000);

  test('runs on no page that shows it', { tag: '@one-width' }, async ({ page, request, language, say }) => {
    const watch = await watched(page);
    const form = new ComplaintForm(page, language);
    const token = await signedIn(request, CITY);
    const other = await register(request, token, { ...LAMPS, content: markup('another request') });
    let ticket = '';

    await open(page, '/file');
    await form.fillIn(markup('content'), PHONE);
    await form.field('address').fill(SHORT);
    await form.field('citizen.name').fill(SHORT);
    await form.choosePlace();
    await form.addPhotos({ ...photo('one.png', 64, 48), name: '"><img src=x onerror=__ran(2)>.png' });
    await expect(form.photos.first()).toContainText(say(words.uploaded));
    await expectHarmless(page, 'the form with its photo', watch);
    await form.submit.click();
    const filed = await form.expectFiled();
    await expectHarmless(page, 'the filed request', watch);

    await test.step('the citizen urges', async () => {
      await open(page, '/track');
      await follow(page, language, filed);
      await expectShown(page);
      await page.locator('summary', { hasText: say(words.urge) }).click();
      await page.locator('[name="message"]').fill(markup('urging'));
      await page.getByRole('button', { name: say(words.urgeSend) }).click();
      await expect(page.locator('.note.ok')).toContainText(say(words.urged));
      await expectHarmless(page, 'the own request', watch);
    });

    await test.step('the centre notes, reveals and dispatches', async () => {
      await at(page, 'dispatcher', CITY, `/tickets?q=${filed.number}`);
      await expectHarmless(page, 'the list', watch);
      await page.locator('a.row-link').click();
      await expect(page.locator('.ticket-head')).toBeVisible();
      ticket = new URL(page.url()).pathname;
      await expectShown(page);
      const note = await verb(page, 'note');
      await fill(note, { remark: markup('note') });
      await send(note);
      await expect(page).toHaveURL(/done=note$/);
      await expectHarmlessAt(page, ticket, watch);
      await open(page, `${ticket}/dispatch`);
      const dispatch = await verb(page, 'dispatch');
      await fill(dispatch, { advice: markup('advice'), category: LAMPS.category });
      await dispatch.locator(`input[name="lead"][value="${UNIT}"]`).check();
      await expectHarmless(page, 'the dispatch page', watch);
      await send(dispatch);
      await expect(page).toHaveURL(/done=dispatch$/);
    });

    await test.step('the unit answers and reviews', async () => {
      await at(page, 'handler', UNIT, ticket);
      await act(page, 'sign');
      await act(page, 'reply', {
        handling: markup('handling'),
        public_reply: markup('reply'),
        basis: markup('basis'),
        fact_true: 'true',
        solved: 'yes',
        contacted: 'yes',
      });
      await expectHarmless(page, 'the answered ticket', watch);
      await expectHarmlessAt(page, '/tasks', watch);
      await at(page, 'unit_reviewer', UNIT, ticket);
      await act(page, 'unit-review', { pass: 'yes', opinion: markup('unit review') });
      await expectHarmless(page, 'the reviewed ticket', watch);
    });

    await test.step('the centre reviews, calls and closes', async () => {
      await at(page, 'closing_reviewer', CITY, ticket);
      await act(page, 'review', { pass: 'yes', opinion: markup('review') });
      await at(page, 'follow_up', CITY, ticket);
      await act(page, 'follow-up', {
        connected: 'yes',
        staff_contacted: 'yes',
        report_true: 'yes',
        solved: 'yes',
        satisfaction: 'satisfied',
        opinion: markup('opinion'),
      });
      await expectHarmless(page, 'the called ticket', watch);
      await act(page, 'close');
      await signOut(page);
    });

    await test.step('the citizen rates', async () => {
      await open(page, '/track');
      await follow(page, language, filed);
      await expectShown(page);
      await expectHarmless(page, 'the answer', watch);
      const rating = await verb(page, 'rate');
      await fill(rating, { solved: 'yes', satisfaction: 'satisfied', words: markup('rating') });
      await send(rating);
      await expect(page).toHaveURL(/done=rate$/);
      await expectHarmless(page, 'the rated request', watch);
    });

    await test.step('what is closed is linked, and looked at by everybody who may', async () => {
      await at(page, 'dispatcher', CITY, ticket);
      await act(page, 'link', { ticket: other.number, link: 'same_place', link_note: markup('link') });
      await expectHarmless(page, 'the linked ticket', watch);
      await expectHarmlessAt(page, `/tickets/${other.id}`, watch);
      await expectHarmlessAt(page, '/notices', watch);
      await at(page, 'supervisor', CITY, ticket);
      await expectShown(page);
      const reveal = await verb(page, 'reveal');
      await fill(reveal, { reason: SHORT });
      await send(reveal);
      await expect(page.locator('.citizen .in-clear')).toBeVisible();
      await expectHarmless(page, 'the ticket in clear', watch);
      for (const path of [
        ticket,
        `${ticket}/flow`,
        `/tickets?q=${filed.number}`,
        '/tickets?state=CLOSED',
        `/search?q=${filed.number}`,
        '/tasks',
        '/board',
        '/views',
        '/directives',
        '/alarms',
        '/notices',
        '/staff/exports',
        '/reports/overview',
      ]) {
        await expectHarmlessAt(page, path, watch);
      }
      await at(page, 'auditor', PROVINCE, '/audit');
      await expectHarmless(page, 'the audit', watch);
    });

    await test.step('the policy of content lets no planted script run anyway', async () => {
      const answer = await page.goto('/track');
      const policy = answer?.headers()['content-security-policy'] ?? '';
      const scripts = policy.split(';').find(one => one.trim().startsWith('script-src')) ?? '';
      expect(scripts).toContain("'nonce-");
      expect(scripts).not.toContain("'unsafe-inline'");
    });
  });
});
