// A report that makes itself: a receiver who is nobody is refused at the field, then it is scheduled for a colleague, and stopped again.
// It comes due at a full hour, so what its receivers are told is tried by the server's own tests.
// Read next: day.spec.ts.
import { account } from '../../support/accounts';
import { expect, expectSound, test } from '../../support/journey';
import { languages, type Words } from '../../support/languages';
import { CITY } from '../../support/road';
import { at, fill, send } from '../../support/staff';

const NAME = ['月报', 'Monthly report'] as Words;
const RHYTHM = ['每月1日', 'On the first of a month'] as Words;

for (const language of languages) {
  test.describe(`a scheduled report in ${language}`, () => {
    test.use({ language });

    test('refused, scheduled and stopped', async ({ page, say, allowErrors }, info) => {
      // All are one person's: each browser and language takes an hour of its own.
      const projects = info.config.projects.map(project => project.name);
      const hour = 1 + projects.indexOf(info.project.name) * languages.length + languages.indexOf(language);
      const turn = say([`${RHYTHM[0]} ${hour} 时`, `${RHYTHM[1]} at ${hour}:00`]);
      const leader = account('centre_leader', CITY).username;
      const card = page.locator('main section.card', { hasText: `${say(NAME)} · ${turn}` });
      const form = page.locator('form[action="/reports/scheduled"]');

      await at(page, 'analyst', CITY, '/reports/scheduled');
      await fill(form, { name: 'monthly', rhythm: 'monthly', hour: String(hour), receivers: 'nobody.of.this.name' });
      await send(form);
      await expect(page.locator('#schedule-receivers-error')).toBeVisible();
      await expectSound(page, 'a schedule that is refused');
      await fill(form, { receivers: leader });
      await send(form);
      await expect(page).toHaveURL(/\/reports\/scheduled\?done=scheduled$/);
      await expect(card).toContainText(leader);
      await expectSound(page, 'scheduled reports');
      await send(card.locator('form[action$="/stop"]'));
      await expect(card).toHaveCount(0);
      // The browser itself reports the receiver that was refused.
      allowErrors.push(/status of 422/);
    });
  });
}
