import type { Moment } from '../../bot/moment.ts'
import { sayDate } from '../../core/calendar/time.ts'
import { type Block, type Card, textCard } from '../../core/card.ts'
import type { Catalogue } from '../../core/catalogue.ts'
import { inLanguage, type Language, type Say, speaker, type Text } from '../../core/text.ts'
import { productLabel } from '../catalogue/rules.ts'
import { answerLabel, reasonLabel, statusLabel } from './labels.ts'
import { acceptedBlocks, rowBlocks, SHOWN } from './row-cards.ts'
import { type Answer, REASONS, type Reason, type Row } from './rules.ts'
import type { AnsweredRow, HandOverFigure } from './store.ts'

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
      ...rowBlocks(rows, 0, at, language),
      {
        kind: 'file',
        name: `${say('移交名单', 'hand-over')}-${at.today}.xlsx`,
        base64: book.toString('base64'),
      },
      {
        kind: 'text',
        text: say(
          '回复"接 3"、"进展 3 已约周四"、"退 3 不符合条件"、"办结 3 已开户"，或填好表格发回来。',
          'Reply "accept 3", "progress 3 visit on Thursday", "decline 3 not eligible", "done 3 account opened", or send the workbook back.',
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
      ...rowBlocks(rows, 0, at, language),
    ],
  }
}

/** To the officer: what was noted. */
export function answeredCard(
  answers: readonly AnsweredRow[],
  left: number,
  at: Moment,
  language: Language,
  refused: readonly Text[] = [],
): Card {
  const say = speaker(language)
  const accepted = answers.filter(({ answer }) => answer === 'accept').map(({ row }) => row)
  const lines = answers
    .filter(({ answer }) => answer !== 'accept')
    .map(({ row, ...answered }) =>
      [`${row.number} ${row.clientName}`, saysAnswer(answered, say)].join(' · '),
    )
  const text = [
    say(
      `已记 ${answers.length} 条，登记的客户经理会知道。`,
      `${answers.length} noted; their managers hear of it.`,
    ),
    ...lines.slice(0, SHOWN),
    ...refused.slice(0, SHOWN).map((each) => inLanguage(each, language)),
    left > 0
      ? say(`还有 ${left} 条待办。`, `${left} are left.`)
      : say('都处理完了。', 'Nothing is left.'),
  ]
  return textCard(text.join('\n'), ...acceptedBlocks(accepted, at, language))
}

/** 已退回（不符合条件：流水不足）, 已办结（已开户）, 进展（已约周四）. */
export function saysAnswer({ answer, reason, note }: Omit<AnsweredRow, 'row'>, say: Say): string {
  const status = {
    accept: statusLabel('accepted', say),
    progress: answerLabel('progress', say),
    decline: statusLabel('declined', say),
    finish: statusLabel('done', say),
  }[answer]
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

const WORDS = {
  progress: (say: Say) => ({
    label: say('办到哪一步', 'How far it is'),
    hint: say('如 已约周四上门', 'such as visit on Thursday'),
  }),
  decline: (say: Say) => ({ label: say('说明', 'More'), hint: say('可不填', 'optional') }),
  finish: (say: Say) => ({
    label: say('结果', 'Result'),
    hint: say('如 已开户', 'such as opened'),
  }),
}

/** The form behind "progress", "done" and "decline". */
export function answerFormCard(
  row: Row,
  answer: Exclude<Answer, 'accept'>,
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
            command: `${answer}-needs`,
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
              type: 'text',
              required: answer !== 'decline',
              ...WORDS[answer](say),
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
