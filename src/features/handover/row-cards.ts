import { sayPhone } from '../../bot/grammar/phone.ts'
import type { Moment } from '../../bot/moment.ts'
import { sayDay } from '../../core/calendar/time.ts'
import { type Block, type Button, type Card, type ListItem, textCard } from '../../core/card.ts'
import { sayYuan } from '../../core/money.ts'
import { inLanguage, type Language, type Say, speaker } from '../../core/text.ts'
import { productLabel, urgencyLabel } from '../catalogue/rules.ts'
import { answerLabel, statusLabel } from './labels.ts'
import type { Answer, Row } from './rules.ts'

/** Rows shown at once; the workbook has all. */
export const SHOWN = 10

/** What a department still has to do, from one of its rows on. */
export function openCard(rows: readonly Row[], from: number, at: Moment, language: Language): Card {
  const say = speaker(language)
  if (rows.length === 0) {
    return textCard(say('没有待办的移交。', 'Nothing handed over waits for you.'))
  }
  return {
    title: say(`待办的移交 ${rows.length} 条`, `Open hand-overs: ${rows.length}`),
    blocks: rowBlocks(rows, from, at, language),
  }
}

/** What was looked for among the rows of a department. */
export function foundCard(
  named: string,
  rows: readonly Row[],
  at: Moment,
  language: Language,
): Card {
  const say = speaker(language)
  const items = rows.slice(0, SHOWN).map((row) => itemOf(row, at, language, true))
  const more = rows.length - items.length
  return {
    title: say(`移交 · ${named} · ${rows.length} 条`, `Hand-over · ${named} · ${rows.length}`),
    blocks: [
      { kind: 'list', items },
      ...(more > 0
        ? [
            {
              kind: 'text',
              text: say(`另有 ${more} 条，请说得更全一些。`, `${more} more; say more of the name.`),
            } as const,
          ]
        : []),
    ],
  }
}

/** A page of rows with the way to the next; all of them are answered in the workbook, too. */
export function rowBlocks(
  rows: readonly Row[],
  from: number,
  at: Moment,
  language: Language,
): Block[] {
  const say = speaker(language)
  const items = rows.slice(from, from + SHOWN).map((row) => itemOf(row, at, language))
  const left = rows.length - from - items.length
  const buttons: Button[] = [
    {
      label: say(`还有 ${left} 条`, `${left} more`),
      intent: { command: 'hand-over', input: { from: from + SHOWN } },
    },
    { label: say('表格', 'Workbook'), intent: { command: 'hand-over-workbook', input: {} } },
  ]
  return [{ kind: 'list', items }, ...(left > 0 ? [{ kind: 'buttons', buttons } as const] : [])]
}

/** Those that were just accepted, whole: whom to call, and what may be said next. */
export const acceptedBlocks = (rows: readonly Row[], at: Moment, language: Language): Block[] =>
  rows.length > 0
    ? [
        {
          kind: 'list',
          items: rows
            .slice(0, SHOWN)
            .map((row) => itemOf({ ...row, status: 'accepted' }, at, language)),
        },
      ]
    : []

/** Several officers read it, so a phone number is masked until somebody accepted the row. */
function itemOf(row: Row, at: Moment, language: Language, whole = false): ListItem {
  const say = speaker(language)
  const wants = [
    productLabel(at.catalogue, row.product, language),
    row.amount && sayYuan(row.amount, language),
    row.wantedOn && sayDay(row.wantedOn, at.today, language),
    inLanguage(urgencyLabel[row.urgency], language),
  ]
  const who = [
    `**${row.clientName}**`,
    row.businessName,
    row.phone && sayPhone(row.phone, row.status !== 'accepted'),
  ]
  const status = statusLabel(row.status, say)
  const from = [
    row.status !== 'sent' && (whole ? `${status} ${row.answeredByName ?? ''}`.trim() : status),
    say(`${row.registeredByName} 登记`, `from ${row.registeredByName}`),
    whole && say(`${sayDay(row.sentOn, at.today, 'zh')} 移交`, `sent ${row.sentOn}`),
  ]
  const said = row.said?.split('\n') ?? []
  return {
    mark: `${row.number}`,
    text: [
      who.filter(Boolean).join(' · '),
      `${wants.filter(Boolean).join(' ')} · ${from.filter(Boolean).join(' · ')}`,
      ...(whole && row.note ? [`"${row.note}"`] : []),
      ...(whole ? said : said.slice(-1)),
    ].join('\n'),
    buttons: buttonsFor(row, say),
  }
}

function buttonsFor({ id, status }: Row, say: Say): Button[] {
  const form = (answer: Answer): Button => ({
    label: answerLabel(answer, say),
    opensForm: true,
    intent: { command: 'answer-form', input: { rowId: id, answer } },
  })
  const accept: Button = {
    label: answerLabel('accept', say),
    style: 'primary',
    intent: { command: 'accept-needs', input: { rowIds: [id] } },
  }
  if (status === 'sent') return [accept, form('finish'), form('decline')]
  return status === 'accepted' ? [form('progress'), form('finish'), form('decline')] : []
}
