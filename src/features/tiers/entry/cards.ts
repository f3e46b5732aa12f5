import type { Card } from '../../../core/card.ts'
import { inLanguage, speaker, type Text } from '../../../core/text.ts'
import { undoButton } from '../../../core/undo-button.ts'
import { factLabel } from '../../tier-rules/facts.ts'
import { sayFact } from '../../tier-rules/labels.ts'
import { tierLabel } from '../../tier-rules/rules.ts'
import { type TierAnswer, tierCard } from '../answer/cards.ts'
import { secondPerson } from '../approvals/maker-cards.ts'
import type { FactChange } from './rules.ts'

/** What was recorded, what that did to the tier, and the new answer. */
export function recordedCard(
  before: TierAnswer,
  after: TierAnswer,
  changes: readonly FactChange[],
  refused: readonly Text[],
  /** Who else decides what waits now; null: it waits for another department, or nothing does. */
  colleagues: readonly string[] | null,
): Card {
  const { language, name } = after
  const say = speaker(language)
  const what = changes.map(({ fact, before: was, after: is }) => {
    const old = was === null ? '' : sayFact(fact, was, say, language)
    const label = `${factLabel(fact)[language]} ${sayFact(fact, is, say, language)}`
    return old ? say(`${label}（原 ${old}）`, `${label} (was ${old})`) : label
  })
  const lines = [
    say(`已记 ${name}：${what.join('、')}。`, `Recorded of ${name}: ${what.join(', ')}.`),
    effectOf(before, after),
    ...(colleagues ? [secondPerson(colleagues, language)] : []),
    ...refused.map((text) => inLanguage(text, language)),
  ]
  const undo = undoButton(say)
  const { title, blocks } = tierCard(after)
  return {
    ...(title && { title }),
    blocks: [
      { kind: 'text', text: lines.join('\n') },
      ...blocks.map((block) =>
        block.kind === 'buttons' ? { ...block, buttons: [undo, ...block.buttons] } : block,
      ),
    ],
  }
}

/** What recording did to the tier. */
function effectOf({ standing: was }: TierAnswer, { standing: is, language }: TierAnswer): string {
  const say = speaker(language)
  const label = (tier: string | null) =>
    tier === null ? say('待判定', 'undecided') : tierLabel(tier, language)
  if (was.tier !== is.tier) {
    const path = `**${label(was.tier)} → ${label(is.tier)}**`
    return say(`分层随之变动：${path}。`, `The tier follows: ${path}.`)
  }
  if (is.decided === was.decided) return say('分层没有变。', 'The tier stays.')
  return is.decided === is.tier
    ? say('待审批的调整已撤回，分层不变。', 'The move that waited is off; the tier stays.')
    : say('分层调整已提交审批。', 'The move was sent for approval.')
}
