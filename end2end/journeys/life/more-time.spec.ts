// What moves a deadline: more time is asked for and given, the work is suspended and goes on, a day is promised to the citizen and kept early. The
// ledger behind the deadline tells each of them, and the citizen reads what is promised.
// Read next: support/road.ts.
import { follow } from '../../support/filing';
import { expect, expectSound, open, test } from '../../support/journey';
import { languages } from '../../support/languages';
import { register, signedIn } from '../../support/program';
import { answered, CITY, day, dispatched, expectState, LAMPS, ledger } from '../../support/road';
import { signOut } from '../../support/sign-in';
import { act, at } from '../../support/staff';

const UNIT = '320100-CGJ';
const PROMISE = '该路段须整体更换电缆，施工方案已经确定，正在公示。';

for (const language of languages) {
  test.describe(`more time for a ticket in ${language}`, () => {
    test.use({ language });
    test.setTimeout(200_000);

    test('extended, suspended, promised, answered', async ({ page, request }) => {
      const token = await signedIn(request, CITY);
      const filed = await register(request, token, { ...LAMPS, phone: '13812341102' });
      const ticket = `/tickets/${filed.id}`;
      const part = page.locator('.assignment').first();
      let lines = 0;
      const grows = async (what: string) => {
        const now = (await ledger(page, ticket)).length;
        expect(now, `the ledger tells that it was ${what}`).toBeGreaterThan(lines);
        lines = now;
      };

      await test.step('the unit asks for three days and is given two', async () => {
        await dispatched(page, ticket, UNIT);
        await at(page, 'handler', UNIT, ticket);
        await act(page, 'sign');
        await act(page, 'extend', {
          reason: 'works',
          days: '3',
          explanation: '须开挖路面更换电缆，已与施工单位约定进场时间。',
        });
        await expect(page.locator('form[action$="/extend"]'), 'one waits').toHaveCount(0);
        await at(page, 'dispatcher', CITY, ticket);
        await grows('begun');
        await act(page, 'rule-extension', { grant: 'yes', days: '2' });
        await grows('extended');
        await expect(part.locator('.flag').filter({ hasText: '2' }), 'two days more').toHaveCount(1);
        await expectSound(page, 'a deadline that was moved');
      });

      await test.step('it is suspended, and goes on before its day', async () => {
        await at(page, 'handler', UNIT, ticket);
        await act(page, 'suspend', {
          reason: 'appraisal',
          until: day(7),
          explanation: '已委托电缆检测，等检测报告出具后继续施工。',
        });
        await at(page, 'closing_reviewer', CITY, ticket);
        await act(page, 'rule-suspension', { grant: 'yes' });
        await expectState(page, 'SUSPENDED');
        await grows('stopped');
        await at(page, 'handler', UNIT, ticket);
        await expect(page.locator('form[action$="/reply"]'), 'nobody answers meanwhile').toHaveCount(0);
        await act(page, 'resume', { reason: '检测报告已经出具' });
        await expectState(page, 'HANDLING');
        await grows('going on');
      });

      await test.step('a day is promised, and the citizen reads it', async () => {
        await act(page, 'interim', {
          public_words: PROMISE,
          until: day(40),
          explanation: '方案已公示，公示期满后进场施工，工期二十天。',
        });
        await at(page, 'closing_reviewer', CITY, ticket);
        await act(page, 'rule-interim', { grant: 'yes' });
        await expectState(page, 'TRACKING');
        await grows('promised');
        await expectSound(page, 'a tracked promise');
        await signOut(page);
        await open(page, '/track');
        await follow(page, language, filed);
        await expect(page.locator('main')).toContainText(PROMISE);
      });

      await test.step('the promise is kept early', async () => {
        await answered(page, ticket, UNIT);
      });
    });
  });
}
