import { SendFailure } from '../../../core/chat.ts'
import type { SlackBlock } from '../draw/block.ts'

// A slash command and a button carry an address by which they are answered wherever they were said,
// five times within half an hour (docs.slack.dev/interactivity/handling-user-interaction).

const CALL_MS = 10_000

/** Whether an address is Slack's own, so that nothing of ours is posted anywhere else. */
export function isHook(address: string, apiUrl: string): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  return url.origin === 'https://hooks.slack.com' || url.origin === new URL(apiUrl).origin
}

/** Answers by the address, to the asker alone; false when it is spent. */
export async function answerBy(
  address: string,
  text: string,
  blocks: readonly SlackBlock[],
): Promise<boolean> {
  const body = JSON.stringify({ response_type: 'ephemeral', replace_original: false, text, blocks })
  let answer: Response
  try {
    const headers = { 'content-type': 'application/json' }
    const signal = AbortSignal.timeout(CALL_MS)
    answer = await fetch(address, { method: 'POST', body, headers, signal, redirect: 'error' })
  } catch (error) {
    const { message, cause } = error as { message?: string; cause?: { code?: string } }
    const unsent = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(cause?.code ?? '')
    throw new SendFailure(unsent ? 'away' : 'unknown', cause?.code ?? message ?? 'no answer')
  }
  const said = await answer.text().catch(() => '')
  if (answer.ok) return true
  if (answer.status === 429) {
    throw new SendFailure(
      'later',
      'rate limited',
      Number(answer.headers.get('retry-after') || 1) * 1000,
    )
  }
  if (answer.status >= 500) throw new SendFailure('unknown', `answered ${answer.status}`)
  if (/invalid_blocks/.test(said)) throw new SendFailure('refused', 'invalid_blocks')
  return false
}
