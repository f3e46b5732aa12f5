import { sayPhone } from '../../bot/grammar/phone.ts'
import type { Moment } from '../../bot/moment.ts'
import { sayDate, sayDay } from '../../core/calendar/time.ts'
import { type Block, type Card, type ListItem, textCard } from '../../core/card.ts'
import type { Catalogue } from '../../core/catalogue.ts'
import { sayYuan } from '../../core/money.ts'
import { inLanguage, type Language, type Say, speaker, type Text } from '../../core/text.ts'
import { productLabel, urgencyLabel } from '../catalogue/rules.ts'
import { answerLabel, reasonLabel, statusLabel } from './labels.ts'
import { REASONS, type Reason, type Row } from './rules.ts'
import type { AnsweredRow, HandOverFigure } from './store.ts'

/** Rows shown in a card; the workbook has all. */
const SHOWN = 10

/** To a department's officers: what is new, how to answer, and the workbook. */
export function listCard(
  department: string,
  rows: readonly Row[],
  book: Buffer,
  at: Moment,
  language: Language,
): Card {
  const say = speaker(language)
  return {
    title: say(
      `移交名单 · ${department} · ${sayDate(at.today, 'zh')}`,
      `Hand-over · ${department} · ${sayDate(at.today, 'en')}`,
    ),
    blocks: [
      {
        kind: 'text',
        text: say(
          `有 **${rows.length}** 条新需求，客户经理等您的答复。`,
          `**${rows.length}** new needs; client managers wait for your answers.`,
        ),
      },
      rowList(rows, at, say, language),
      ...moreLine(rows.length, say),
      {
        kind: 'file',
        name: `${say('移交名单', 'hand-over')}-${at.today}.xlsx`,
        base64: book.toString('base64'),
      },
      {
        kind: 'text',
        text: say(
          '回复"接 3"、"退 3 不符合条件"、"办结 3 已开户"，或填好表格发回来。',
          'Reply "accept 3", "decline 3 not eligible", "done 3 account opened", or send the workbook back.',
        ),
      },
    ],
  }
}

/** After some workdays without an answer. */
export function reminderCard(rows: readonly Row[], at: Moment, language: Language): Card {
  const say = speaker(language)
  return {
    title: say('还没有答复的移交', 'Hand-overs without an answer'),
    blocks: [
      {
        kind: 'text',
        text: say(
          `有 ${rows.length} 条移交超过三个工作日没有答复。`,
          `${rows.length} needs have had no answer for three workdays.`,
        ),
      },
      rowList(rows, at, say, language),
      ...moreLine(rows.length, say),
    ],
  }
}

/** What a department still has to do. */
export function openCard(rows: readonly Row[], at: Moment, language: Language): Card {
  const say = speaker(language)
  if (rows.length === 0) {
    return textCard(say('没有待办的移交。', 'Nothing handed over waits for you.'))
  }
  return {
    title: say(`待办的移交 ${rows.length} 条`, `Open hand-overs: ${rows.length}`),
    blocks: [rowList(rows, at, say, language), ...moreLine(rows.length, say)],
  }
}

const moreLine = (count: number, say: Say): Block[] =>
  count > SHOWN
    ? [
        {
          kind: 'text',
          text: say(
            `另有 ${count - SHOWN} 条，发"移交 表格"看全部。`,
            `${count - SHOWN} more; say "hand-over workbook" for all.`,
          ),
        },
      ]
    : []

/** Several officers read it, so a phone number is masked until somebody accepted the row. */
function rowList(rows: readonly Row[], at: Moment, say: Say, language: Language): Block {
  return {
    kind: 'list',
    items: rows.slice(0, SHOWN).map((row): ListItem => {
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
      const from = [
        row.status === 'accepted' && statusLabel('accepted', say),
        say(`${row.registeredByName} 登记`, `from ${row.registeredByName}`),
      ]
      const input = { rowIds: [row.id] }
      const accept = {
        label: answerLabel('accept', say),
        style: 'primary' as const,
        intent: { command: 'accept-needs', input },
      }
      return {
        mark: `${row.number}`,
        text: `${who.filter(Boolean).join(' · ')}\n${wants.filter(Boolean).join(' ')} · ${from.filter(Boolean).join(' · ')}`,
        buttons: [
          ...(row.status === 'sent' ? [accept] : []),
          {
            label: answerLabel('finish', say),
            opensForm: true,
            intent: { command: 'answer-form', input: { rowId: row.id, answer: 'finish' } },
          },
          {
            label: answerLabel('decline', say),
            opensForm: true,
            intent: { command: 'answer-form', input: { rowId: row.id, answer: 'decline' } },
          },
        ],
      }
    }),
  }
}

/** To the officer: what was noted. */
export function answeredCard(
  answers: readonly AnsweredRow[],
  left: number,
  language: Language,
  refused: readonly Text[] = [],
): Card {
  const say = speaker(language)
  const lines = answers.map(({ row, ...answered }) =>
    [`${row.number} ${row.clientName}`, saysAnswer(answered, say)].join(' · '),
  )
  return textCard(
    [
      say(
        `已记 ${answers.length} 条，登记的客户经理会知道。`,
        `${answers.length} noted; their managers hear of it.`,
      ),
      ...lines.slice(0, SHOWN),
      ...refused.slice(0, SHOWN).map((text) => inLanguage(text, language)),
      left > 0
        ? say(`还有 ${left} 条待办。`, `${left} are left.`)
        : say('都处理完了。', 'Nothing is left.'),
    ].join('\n'),
  )
}

/** 已退回（不符合条件：流水不足）, 已办结（已开户）. */
export function saysAnswer({ answer, reason, note }: Omit<AnsweredRow, 'row'>, say: Say): string {
  const status = statusLabel(
    answer === 'accept' ? 'accepted' : answer === 'decline' ? 'declined' : 'done',
    say,
  )
  const why = reason && reasonLabel(reason, say)
  const more = [why, note && note !== why ? note : null].filter(Boolean).join(say('：', ': '))
  return more ? say(`${status}（${more}）`, `${status} (${more})`) : status
}

/** To the manager who registered needs: what the department says of each, in one message. */
export function heardCard(
  answers: readonly AnsweredRow[],
  department: string,
  catalogue: Catalogue,
  language: Language,
): Card {
  const say = speaker(language)
  const lines = answers.slice(0, SHOWN).map((answered) => {
    const { row } = answered
    const product = productLabel(catalogue, row.product, language)
    return say(
      `**${row.clientName}** 的${product}：${department}${saysAnswer(answered, say)}。`,
      `**${row.clientName}**, ${product}: ${department} ${saysAnswer(answered, say)}.`,
    )
  })
  const more = answers.length - lines.length
  if (more > 0) lines.push(say(`另有 ${more} 条。`, `${more} more.`))
  return textCard(lines.join('\n'))
}

/** The form behind "done" and "decline". */
export function answerFormCard(
  row: Row,
  answer: 'decline' | 'finish',
  catalogue: Catalogue,
  language: Language,
): Card {
  const say = speaker(language)
  const what = `${row.clientName} · ${productLabel(catalogue, row.product, language)}`
  return {
    blocks: [
      {
        kind: 'form',
        form: {
          title: `${answerLabel(answer, say)} · ${what}`,
          submit: answerLabel(answer, say),
          intent: {
            command: answer === 'decline' ? 'decline-needs' : 'finish-needs',
            input: { rowIds: [row.id] },
          },
          fields: [
            ...(answer === 'decline'
              ? [
                  {
                    name: 'reason',
                    label: say('原因', 'Why'),
                    type: 'choice' as const,
                    required: true,
                    options: REASONS.map((value) => ({ value, label: reasonLabel(value, say) })),
                  },
                ]
              : []),
            {
              name: 'words',
              label: answer === 'decline' ? say('说明', 'More') : say('结果', 'Result'),
              type: 'text',
              required: answer === 'finish',
              hint:
                answer === 'decline'
                  ? say('可不填', 'optional')
                  : say('如 已开户', 'such as opened'),
            },
          ],
        },
      },
    ],
  }
}

/** Figures of hand-over, by department and product. */
export function figuresCard(
  figures: readonly HandOverFigure[],
  reasons: readonly { readonly reason: Reason; readonly count: number }[],
  catalogue: Catalogue,
  language: Language,
): Card {
  const say = speaker(language)
  if (figures.length === 0) {
    return textCard(say('近 90 天没有移交。', 'Nothing was handed over in the last 90 days.'))
  }
  const blocks: Block[] = [
    {
      kind: 'table',
      columns: [
        say('部门', 'Department'),
        say('产品', 'Product'),
        say('移交', 'Sent'),
        say('待答复', 'Unanswered'),
        say('接收', 'Accepted'),
        say('退回', 'Declined'),
        say('办结', 'Done'),
        say('答复天数', 'Days'),
      ],
      rows: figures.map((each) => [
        each.department,
        productLabel(catalogue, each.product, language),
        ...[each.sent, each.unanswered, each.accepted, each.declined, each.done].map(String),
        each.days === null ? '—' : String(each.days),
      ]),
    },
  ]
  if (reasons.length > 0) {
    const given = reasons.map(({ reason, count }) => `${reasonLabel(reason, say)} ${count}`)
    blocks.push({
      kind: 'text',
      text: say(`退回原因：${given.join('、')}。`, `Declined because: ${given.join(', ')}.`),
    })
  }
  return { title: say('移交 · 近 90 天', 'Hand-over · last 90 days'), blocks }
}
