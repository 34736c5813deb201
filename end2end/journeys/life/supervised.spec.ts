// A bad rating and what follows: the supervisor issues a directive, the unit's leader answers it twice before it is accepted, the unit does the work
// again, and the second call closes the ticket.
// Read next: support/road.ts.
import { expect, expectSound, open, test } from '../../support/journey';
import { languages } from '../../support/languages';
import { register, signedIn } from '../../support/program';
import { answered, called, CITY, dispatched, expectState, LAMPS } from '../../support/road';
import { act, at, verb } from '../../support/staff';

const UNIT = '320100-CGJ';
const DEMAND = '诉求人反映路灯仍然不亮，请查明原因、立即整改并书面说明。';
const BETTER = '经查系灯控箱老化，已整体更换，并安排专人每周夜间巡查，今后十分钟内响应报修。';

for (const language of languages) {
  test.describe(`a directive after a bad rating in ${language}`, () => {
    test.use({ language });
    test.setTimeout(200_000);

    test('supervised, answered, done again', async ({ page, request }) => {
      const token = await signedIn(request, CITY);
      const filed = await register(request, token, { ...LAMPS, phone: '13812341103' });
      const ticket = `/tickets/${filed.id}`;

      await test.step('the citizen is not content with the answer', async () => {
        await dispatched(page, ticket, UNIT);
        await at(page, 'handler', UNIT, ticket);
        await act(page, 'sign');
        await answered(page, ticket, UNIT);
        await called(page, ticket, 'no', 'dissatisfied');
        await verb(page, 'redo');
      });

      await test.step('the supervisor issues a directive', async () => {
        await at(page, 'supervisor', CITY, ticket);
        await act(page, 'supervise', { cause: 'unsolved', level: 'second', demand: DEMAND, days: '2' });
        await expect(page.locator('form[action$="/supervise"]'), 'one is open').toHaveCount(0);
        const printed = page.locator('.assignment a[href^="/directives/"]').first();
        const address = (await printed.getAttribute('href')) ?? '';
        await open(page, address);
        await expect(page.locator('main')).toContainText(DEMAND);
        await expectSound(page, 'a directive');
      });

      await test.step('its answer is returned once, then accepted', async () => {
        await at(page, 'unit_reviewer', UNIT, ticket);
        await act(page, 'answer-directive', { answer: '已经安排人员到现场查看，将尽快完成整改并回复。' });
        await at(page, 'supervisor', CITY, ticket);
        await act(page, 'judge-directive', { accept: 'no', opinion: '没有说明原因和整改措施。' });
        await at(page, 'unit_reviewer', UNIT, ticket);
        await act(page, 'answer-directive', { answer: BETTER });
        await at(page, 'supervisor', CITY, ticket);
        const form = await verb(page, 'judge-directive');
        await expect(form, 'the answer stands in the form').toContainText(BETTER);
        await act(page, 'judge-directive', { accept: 'yes' });
        await expect(page.locator('form[action$="/judge-directive"]')).toHaveCount(0);
      });

      await test.step('the unit does it again, and the ticket is closed', async () => {
        await at(page, 'follow_up', CITY, ticket);
        await act(page, 'redo', { reason: '路灯仍然不亮，请重新维修。' });
        await expect(page.locator('.assignment')).toHaveCount(2);
        await at(page, 'handler', UNIT, ticket);
        await act(page, 'sign');
        await answered(page, ticket, UNIT);
        await called(page, ticket, 'yes', 'satisfied');
        await act(page, 'close');
        await expectState(page, 'CLOSED');
        await expectSound(page, 'a ticket that was done twice');
      });
    });
  });
}
