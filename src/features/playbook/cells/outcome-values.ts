import { type Text, text } from '../../../core/text.ts'
import { inOrder } from '../outcome-rules.ts'
import type { Playbook } from '../rules.ts'
import type { Value, ValueType } from './sheets.ts'

/** A row of a sheet whose rows are the bank's own: its code, and how it is called. */
export interface Row {
  readonly code: string
  readonly called: Text
}

const OUTCOME_VALUES: readonly (readonly [path: string, type: ValueType])[] = [
  ['label.zh', 'text'],
  ['label.en', 'text'],
  ['words.zh', 'words'],
  ['words.en', 'words'],
  ['stage', 'stage'],
  ['next.kind', 'next or none'],
  ['next.after', 'soon or none'],
  ['next.priority', 'number or none'],
  ['times', 'number or none'],
  ['later.kind', 'kind or none'],
  ['later.after', 'after or none'],
  ['later.priority', 'number or none'],
  ['asks', 'asks or none'],
  ['active', 'yes'],
]

export const outcomeValues = ({ code, called }: Row): Value[] =>
  OUTCOME_VALUES.map(([path, type], index): Value => {
    const at = { sheet: 'outcomes', row: text(code, code), called, column: index + 1 } as const
    return { ...at, path: ['outcomes', code, ...path.split('.')], type }
  })

/** Where what follows an outcome stood before the kinds had a sheet of their own. */
export const FORMER_VALUES: readonly Value[] = (
  [
    ['interested', 'next', text('有意向', 'interested')],
    ['thinking', 'next', text('再考虑', 'thinking')],
    ['declined', 'next', text('拒绝', 'declined')],
    ['applied', 'next', text('已申请', 'applied')],
    ['wrong-number', 'next', text('号码不对', 'wrong number')],
    ['no-answer', 'next', text('没接再打', 'no answer, again')],
    ['no-answer', 'later', text('没接以后', 'no answer, later')],
  ] as const
)
  .flatMap(([code, key, row]): Value[] => {
    const at = { sheet: 'steps', row } as const
    const path = (name: string) => ['outcomes', code, key, name]
    return [
      { ...at, path: path('kind'), column: 1, type: 'kind' },
      { ...at, path: path('after'), column: 2, type: 'after' },
      { ...at, path: path('priority'), column: 3, type: 'number' },
    ]
  })
  .concat({
    path: ['outcomes', 'no-answer', 'times'],
    sheet: 'numbers',
    row: text('没接连打次数', 'unanswered calls in a row'),
    column: 1,
    type: 'number',
  })

/** The rows of the kinds of outcome. */
export const outcomeRows = (outcomes: Playbook['outcomes']): Row[] =>
  inOrder(outcomes).map(([code, { label }]) => ({ code, called: label }))
