import { sayPhone } from '../../bot/grammar/phone.ts'
import { sayDay } from '../../core/calendar/time.ts'
import type { Block, Button, Card, List, ListItem } from '../../core/card.ts'
import { sayYuan } from '../../core/money.ts'
import { type Say, speaker } from '../../core/text.ts'
import { productLabel } from '../catalogue/rules.ts'
import { whyChosen } from '../clients/filter/labels.ts'
import type { Filtered } from '../clients/filter/rules.ts'
import { tierLabel } from '../tier-rules/rules.ts'
import { partLabel, sayCount, sayQuestion, sortLabel, type Told } from './labels.ts'
import type { Question } from './rules.ts'

/** What was found, as the statements give it. */
interface Amount {
  readonly count: number
  /** Whole yuan, over the `known` ones. */
  readonly amount: number
  readonly known: number
}
/** A part has a name, or a key of which the grouping says what it is called; null: nobody recorded it. */
type PartFound = Amount & ({ readonly name: string } | { readonly key: string | null })
interface PersonFound extends Amount {
  readonly name: string
  /** Absent today. */
  readonly away: boolean
}
interface LineFound {
  readonly clientId: string | null
  readonly name: string | null
  readonly businessName: string | null
  readonly tier: string | null
  readonly phone: string | null
  readonly sort: string
  readonly on: Filtered['enteredOn']
  readonly amount: number | null
  readonly product: string | null
  readonly note: string | null
  readonly by: string
}

export type Found =
  | { readonly kind: 'count'; readonly found: Amount }
  | { readonly kind: 'parts'; readonly parts: readonly PartFound[] }
  | {
      readonly kind: 'people'
      readonly people: readonly PersonFound[]
      readonly total: number
    }
  | {
      readonly kind: 'lines'
      readonly lines: readonly LineFound[]
      readonly total: number
      /** What filters look at of the clients of the lines, by their id. */
      readonly clients: ReadonlyMap<string, Filtered>
    }

export interface Answered {
  readonly question: Question
  readonly found: Found
  readonly told: Told
  /** More than one person reads it: phones are masked. */
  readonly shared: boolean
  /** Lines come from several people, who are named. */
  readonly several: boolean
}

/** The answer, which repeats how the question was understood, and what can be asked or opened next. */
export function answerCard({ question, found, told, shared, several }: Answered): Card {
  const say = speaker(told.language)
  const { of, from } = question
  const heading = sayQuestion(question, told)
  const colon = say('：', ': ')
  const blocks: Block[] = []
  switch (found.kind) {
    case 'count': {
      blocks.push(text(`${heading}${colon}**${countSaid(question, found.found, told, say)}**`))
      if (found.found.count > 0) {
        blocks.push(
          buttons([ask(say('看名单', 'List them'), { ...question, as: 'list', by: null })]),
        )
      }
      break
    }
    case 'parts': {
      const rows = found.parts.map((part) => [
        'name' in part ? part.name : partLabel(of, question.by ?? 'sort', part.key, told),
        countSaid(question, part, told, say),
      ])
      const columns = [say('分项', 'Part'), say('数量', 'How many')]
      blocks.push(text(heading), rows.length > 0 ? { kind: 'table', columns, rows } : none())
      break
    }
    case 'people': {
      const { people, total } = found
      const items = people.map((each) => ({ text: personSaid(each) }))
      blocks.push(
        text(question.none ? `${heading}${colon}**${say(`${total} 人`, `${total}`)}**` : heading),
      )
      blocks.push(items.length > 0 ? { kind: 'list', items } : none())
      more(people.length, total)
      break
    }
    case 'lines': {
      const { lines, total } = found
      blocks.push(text(`${heading}${colon}**${sayCount(of, total, told.language)}**`))
      blocks.push(lines.length > 0 ? listOf(lines) : none())
      more(lines.length, total)
    }
  }
  return { blocks }

  function none(): Block {
    if (from > 0) return text(say('没有更多了。', 'No more.'))
    return text(
      question.none ? say('都登记了。', 'Everybody has.') : say('没有符合的。', 'There is none.'),
    )
  }
  function more(shown: number, total: number): void {
    const rest = total - from - shown
    if (rest <= 0 || shown === 0) return
    blocks.push(
      buttons([
        ask(say(`更多（还有 ${rest}）`, `More (${rest} left)`), {
          ...question,
          from: from + shown,
        }),
      ]),
    )
  }
  function personSaid(each: PersonFound): string {
    const away = each.away ? say('（请假）', ' (away)') : ''
    const name = `**${each.name}**${away}`
    return question.none ? name : `${name} ${countSaid(question, each, told, say)}`
  }
  function listOf(lines: readonly LineFound[]): List {
    const items = lines.map((line): ListItem => {
      const { clientId } = line
      return {
        text: lineSaid(line),
        ...(clientId && {
          buttons: [
            { label: say('查看', 'View'), intent: { command: 'client', input: { clientId } } },
          ],
        }),
      }
    })
    return { kind: 'list', items }
  }
  function lineSaid(line: LineFound): string {
    const { language, today, catalogue } = told
    const name = line.name
      ? [`**${line.name}**`, line.businessName].filter(Boolean).join(' · ')
      : say('**（未登记姓名）**', '**(no name yet)**')
    const client =
      line.clientId && found.kind === 'lines' ? found.clients.get(line.clientId) : undefined
    // The tier stands on the line already.
    const filter = question.where.filter(({ by }) => by !== 'tier')
    const details =
      of === 'clients'
        ? [
            line.tier && tierLabel(line.tier, language),
            ...((client && whyChosen(filter, client, told)) ?? []),
            line.phone && sayPhone(line.phone, shared),
          ]
        : [
            sayDay(line.on, today, language),
            of === 'needs' ? null : sortLabel(of, line.sort, told),
            line.product && productLabel(catalogue, line.product, language),
            line.amount === null ? null : sayYuan(line.amount, language),
            line.note && `"${line.note}"`,
          ]
    return [name, ...details, several && line.by].filter(Boolean).join(' · ')
  }
}

/** How many, and how much where amounts are asked for or known. */
function countSaid(
  { of, as }: Question,
  { count, amount, known }: Amount,
  { language }: Told,
  say: Say,
): string {
  const many = sayCount(of, count, language)
  if (of === 'referrals' || (of === 'clients' && as !== 'sum')) return many
  if (as === 'sum') {
    const open = count - known
    return [
      sayYuan(amount, language),
      open === 0
        ? say(`（${many}）`, ` (${many})`)
        : say(`（${many}，其中 ${open} 没有金额）`, ` (${many}, ${open} without an amount)`),
    ].join('')
  }
  return known > 0 && of !== 'tasks' ? `${many} · ${sayYuan(amount, language)}` : many
}

const text = (said: string): Block => ({ kind: 'text', text: said })

const buttons = (all: readonly Button[]): Block => ({ kind: 'buttons', buttons: all })

const ask = (label: string, question: Question): Button => ({
  label,
  intent: { command: 'ask', input: question },
})
