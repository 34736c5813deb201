// The usual road of a ticket on its page, in the steps that several stories begin or go on with: dispatched, signed for and answered, called.
// Not here: a single verb (staff.ts).
import { expect, type Page } from '@playwright/test';
import { open } from './journey';
import { act, at, fill, send, verb } from './staff';

/** The centre whose people do it. */
export const CITY = '320100';

/** What is reported, by its category. */
export const LAMPS = {
  content: '宁海路中段的路灯从昨晚开始全部不亮，行人看不清路，请尽快抢修。',
  region: '320106',
  category: '010101',
};

/** A day of Chinese time, so many days ahead of today. */
export function day(ahead = 0): string {
  const hours = 8 + 24 * ahead;
  return new Date(Date.now() + hours * 3_600_000).toISOString().slice(0, 10);
}

/** The state that the page shows. */
export async function expectState(page: Page, state: string): Promise<void> {
  await expect(page.locator('.ticket-head .badge.state')).toHaveAttribute('data-state', state);
}

/** The dispatcher gives it to a unit. */
export async function dispatched(page: Page, ticket: string, unit: string): Promise<void> {
  await at(page, 'dispatcher', CITY, `${ticket}/dispatch`);
  const form = await verb(page, 'dispatch');
  await fill(form, { category: LAMPS.category });
  await form.locator(`input[name="lead"][value="${unit}"]`).check();
  await send(form);
  await expect(page).toHaveURL(/done=dispatch$/);
}

/** The unit, which has signed for it, answers; its reviewer and the centre's pass the answer. */
export async function answered(page: Page, ticket: string, unit: string): Promise<void> {
  await at(page, 'handler', unit, ticket);
  await act(page, 'reply', {
    handling: '已派抢修人员更换损坏的灯头，并逐杆检查了整条线路的路灯。',
    public_reply: '您好，该路段路灯已抢修完毕，今晚恢复照明，给您添麻烦了。',
    fact_true: 'true',
    solved: 'yes',
    contacted: 'yes',
  });
  await at(page, 'unit_reviewer', unit, ticket);
  await act(page, 'unit-review', { pass: 'yes' });
  await at(page, 'closing_reviewer', CITY, ticket);
  await act(page, 'review', { pass: 'yes' });
  await expectState(page, 'TO_VISIT');
}

/** The caller reaches the citizen, who says how it was. */
export async function called(page: Page, ticket: string, solved: string, satisfaction: string): Promise<void> {
  await at(page, 'follow_up', CITY, ticket);
  await act(page, 'follow-up', { connected: 'yes', staff_contacted: 'yes', report_true: 'yes', solved, satisfaction });
}

/** Entries of the clocks' ledger behind the ticket's deadline. */
export async function ledger(page: Page, ticket: string): Promise<string[]> {
  await open(page, ticket);
  const why = page.locator('.ticket-head details.why');
  await why.locator('summary').click();
  await expect(why, 'why this time').toHaveAttribute('open', '');
  const lines = why.locator('ol.steps').last().locator('li');
  await expect(lines.first()).toBeVisible();
  return lines.allInnerTexts();
}
