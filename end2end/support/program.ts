// What a program of the centre does over the interface: signs in as an agent and registers calls, a moment each.
// Not here: what people do on pages (staff.ts).
import { type APIRequestContext } from '@playwright/test';
import { account } from './accounts';
import { type Filed } from './filing';
import { expect } from './journey';

export type Registered = Filed & { id: string };

export type Call = { content: string; region: string; category: string; phone?: string };

/** The token of the agent of a centre. */
export async function signedIn(request: APIRequestContext, centre: string): Promise<string> {
  return programOf(request, 'agent', centre);
}

/** The token of somebody's program. */
export async function programOf(request: APIRequestContext, role: string, unit: string): Promise<string> {
  const { username, password } = account(role, unit);
  const answer = await request.post('/api/v1/sessions', { data: { username, password } });
  expect(answer.status(), 'a program signs in').toBe(201);
  return (await answer.json()).access_token;
}

/** Registers a call. */
export async function register(request: APIRequestContext, token: string, call: Call): Promise<Registered> {
  const { phone = '13812349999', ...rest } = call;
  const answer = await request.post('/api/v1/tickets', {
    headers: { authorization: `Bearer ${token}` },
    data: { kind: 'complaint', channel: 'phone', ...rest, citizen: { name: '李明', phone } },
  });
  expect(answer.status(), await answer.text()).toBe(201);
  const done = await answer.json();
  return { id: done.id, number: done.ticket_no, code: done.query_code };
}
