import type { Moment } from '../../bot/moment.ts'
import { sayDay } from '../../core/calendar/time.ts'
import type { Block, Button, Card } from '../../core/card.ts'
import { type Language, type Say, speaker } from '../../core/text.ts'
import { productLabel } from '../catalogue/rules.ts'
import { PAGE, type Paper } from './rules.ts'

type At = Pick<Moment, 'today' | 'catalogue'>

/** A paper whole: what is forwarded stands in a block of its own. */
export function paperCard(
  paper: Paper,
  file: Block | null,
  keeps: boolean,
  at: At,
  language: Language,
): Card {
  const say = speaker(language)
  const { id, body } = paper
  return {
    title: paper.title,
    blocks: [
      ...(body === null ? [] : [{ kind: 'text', text: body } as const]),
      ...(file ? [file] : []),
      { kind: 'text', text: aboutSaid(paper, at, language, say) },
      ...(keeps
        ? [
            {
              kind: 'buttons',
              buttons: [
                {
                  label: say('撤下', 'Take away'),
                  intent: { command: 'end-paper', input: { paperId: id } },
                },
              ],
            } as const,
          ]
        : []),
    ],
  }
}

const aboutSaid = (
  { product, validUntil, by, keptOn }: Paper,
  { today, catalogue }: At,
  language: Language,
  say: Say,
): string =>
  [
    product && productLabel(catalogue, product, language),
    validUntil !== null &&
      (validUntil < today
        ? say(`已于 ${validUntil} 过期`, `expired ${validUntil}`)
        : say(`有效至 ${validUntil}`, `valid until ${validUntil}`)),
    say(`${by} ${sayDay(keptOn, today, 'zh')}更新`, `${by}, ${sayDay(keptOn, today, 'en')}`),
  ]
    .filter(Boolean)
    .join(' · ')

/** What was found, each a tap away. */
export function papersCard(
  {
    said,
    papers,
    total,
    from,
  }: {
    readonly said: string | null
    readonly papers: readonly Paper[]
    readonly total: number
    readonly from: number
  },
  at: At,
  language: Language,
): Card {
  const say = speaker(language)
  const items = papers.map((paper) => ({
    text: `**${paper.title}** · ${aboutSaid(paper, at, language, say)}`,
    buttons: [
      {
        label: say('发给我', 'Send me'),
        intent: { command: 'papers', input: { paperId: paper.id } },
      },
    ],
  }))
  const left = total - from - papers.length
  const more: Button = {
    label: say(`更多（还有 ${left}）`, `More (${left} left)`),
    intent: { command: 'papers', input: { ...(said && { said }), from: from + PAGE } },
  }
  return {
    title: said === null ? say('资料库', 'Papers') : say(`资料 · ${said}`, `Papers · ${said}`),
    blocks: [
      { kind: 'list', items },
      ...(left > 0 ? [{ kind: 'buttons', buttons: [more] } as const] : []),
    ],
  }
}
