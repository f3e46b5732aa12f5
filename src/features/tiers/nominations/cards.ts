import { sayDay } from '../../../core/calendar/time.ts'
import type { Card } from '../../../core/card.ts'
import { speaker } from '../../../core/text.ts'
import { type TierAnswer, tierCard } from '../answer/cards.ts'
import { secondPerson } from '../approvals/maker-cards.ts'
import type { Nomination } from './rules.ts'

/** What was decided, and the tier as it is now. */
export function namedCard(
  after: TierAnswer,
  { role, until }: Nomination,
  colleagues: readonly string[],
): Card {
  const say = speaker(after.language)
  const tier = role === 'risk' ? say('F 淘汰', 'F exit') : say('E 调整', 'E adjust')
  const zh = `已指定 ${after.name} 为 ${tier}，到 ${sayDay(until, after.today, 'zh')} 自动失效；要提前结束，说"解除指定 ${after.name}"。`
  const en = `${after.name} is named for ${tier} until ${sayDay(until, after.today, 'en')}, then it lapses; to end it sooner say "release ${after.name}".`
  return withHead(say(zh, en), after, colleagues)
}

export function releasedCard(after: TierAnswer, colleagues: readonly string[]): Card {
  const text = speaker(after.language)(
    `已解除对 ${after.name} 的指定。`,
    `${after.name} is no longer named.`,
  )
  return withHead(text, after, colleagues)
}

/** Where a move waits it is said who else decides it, as whoever named does not. */
function withHead(text: string, after: TierAnswer, colleagues: readonly string[]): Card {
  const { title, blocks } = tierCard(after)
  const { tier, decided } = after.standing
  const waits = tier !== decided && after.standing.moves[0]?.status === 'pending'
  const lines = waits ? [text, secondPerson(colleagues, after.language)] : [text]
  return { ...(title && { title }), blocks: [{ kind: 'text', text: lines.join('\n') }, ...blocks] }
}
