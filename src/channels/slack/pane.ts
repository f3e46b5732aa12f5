import { setTimeout as pause } from 'node:timers/promises'
import type { webApi } from '@slack/bolt'
import type { Card } from '../../core/card.ts'
import type { Event, Kept } from '../../core/chat.ts'
import type { LanguageOf } from '../../core/unsent.ts'
import { PANE_SCOPE } from './app.ts'
import { cut } from './draw/block.ts'
import { type Way, wayOf } from './places.ts'
import { reasonOf } from './send/failure.ts'

// The assistant's pane (docs.slack.dev/ai): a thread beside whatever a person reads, or, as the newer agents have it,
// the conversation itself. What is said there goes the way of everything else; here is what only it has.

/** Slack shows so many (docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts). */
const MOST_PROMPTS = 4
const TITLE = 60
/** What is answered sooner needs no word that it is being worked on. */
const SOON_MS = 400
/** A workspace that refused is asked again after so long. */
const REFUSED_MS = 24 * 3_600_000
const MOST_UNTITLED = 500

export interface Pane {
  /** Asks whether the app has one. */
  learn(): Promise<void>
  /** A person opened one; whether anything can be shown there. */
  opened(event: Event): boolean
  /** Something was said in a thread: what it is about is its title, and who waits is told that it is worked on. */
  said(event: Event, kept: Kept): Promise<void>
  /** Resolves when nothing more is told of what goes on in this thread: an answer ends what was told before it. */
  quiet(thread: string): Promise<void>
  /** Suggests what the buttons of a card say; false: the workspace does not take it, or there is nothing to suggest. */
  suggest(card: Card, way: Way): Promise<boolean>
}

export function createPane(
  client: webApi.WebClient,
  options: { readonly languageOf: LanguageOf; warn(message: string): void },
): Pane {
  let there = false
  let refusedUntil = 0
  /** Threads in which nobody said anything yet. */
  const untitled = new Set<string>()
  const telling = new Map<string, Promise<unknown>>()

  const isThere = () => there && performance.now() >= refusedUntil

  /** False where it is refused; nothing hangs on it. */
  async function tried(call: () => Promise<unknown>): Promise<boolean> {
    if (!isThere()) return false
    try {
      await call()
      return true
    } catch (error) {
      const reason = reasonOf(error)
      // Of one thread alone, or of this moment.
      const passing = !reason || /^(ratelimited|.*_not_found|invalid_thread_ts)$/.test(reason)
      if (!passing) refusedUntil = performance.now() + REFUSED_MS
      options.warn(`the assistant pane: ${reason || 'no answer'}`)
      return false
    }
  }

  const told = (thread: string, call: () => Promise<unknown>): Promise<unknown> => {
    const turn = tried(call).finally(() => {
      if (telling.get(thread) === turn) telling.delete(thread)
    })
    telling.set(thread, turn)
    return turn
  }

  return {
    async learn() {
      const known = await client.auth.test().catch(() => null)
      there ||= known?.response_metadata?.scopes?.includes(PANE_SCOPE) ?? false
    },
    opened({ replyTo = '' }) {
      const { thread } = wayOf(replyTo)
      if (!thread) return isThere()
      there = true
      for (const old of untitled) {
        if (untitled.size < MOST_UNTITLED) break
        untitled.delete(old)
      }
      untitled.add(thread)
      return true
    },
    async said({ id, sender, shared, replyTo = '', says }, kept) {
      const { thread: thread_ts } = wayOf(replyTo)
      const [kind, channel_id = ''] = id.split(':')
      if (!thread_ts || shared || kind !== 'message' || !isThere()) return
      if (untitled.delete(thread_ts) && says.kind === 'text') {
        const title = titleOf(says.text)
        await tried(() => client.assistant.threads.setTitle({ channel_id, thread_ts, title }))
      }
      const soon = pause(SOON_MS, 'waits', { ref: false })
      if ((await Promise.race([kept.answered, soon])) !== 'waits') return
      await told(thread_ts, async () => {
        const status = WORKING[await options.languageOf(sender)]
        await client.assistant.threads.setStatus({ channel_id, thread_ts, status })
      })
    },
    async quiet(thread) {
      await telling.get(thread)
    },
    async suggest(card, { pane: channel_id = '', thread: thread_ts }) {
      const labels = card.blocks.flatMap((block) =>
        block.kind === 'buttons' ? block.buttons.map(({ label }) => label) : [],
      )
      if (labels.length === 0) return false
      const [title] = card.blocks.flatMap((block) => (block.kind === 'text' ? [block.text] : []))
      return tried(() =>
        client.assistant.threads.setSuggestedPrompts({
          channel_id,
          ...(thread_ts && { thread_ts }),
          ...(title && { title }),
          prompts: labels.slice(0, MOST_PROMPTS).map((label) => ({ title: label, message: label })),
        }),
      )
    },
  }
}

/** Stands behind the bot's name. */
const WORKING = { zh: '正在处理…', en: 'is working on it…' }

/** What a thread is about: its first line, without numbers that tell whom to call. */
const titleOf = (text: string): string =>
  cut(text.replace(/\d(?:[ -]?\d){5,}/g, '…').split('\n')[0] ?? '', TITLE) || '晨会'
