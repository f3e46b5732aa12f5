import type { App } from '../../../src/app.ts'
import { newId } from '../../../src/core/ids.ts'

/** Says a line on the console as a member of staff; resolves once the answer is sent. */
export async function say(app: App, code: string, text: string): Promise<void> {
  const conversation = `console:${code}`
  const says = { kind: 'text', text } as const
  const event = { id: newId(), channel: 'console', conversation, sender: code, shared: false, says }
  const { answered } = await app.inbox(event)
  await answered
  await app.delivery.settled()
}
