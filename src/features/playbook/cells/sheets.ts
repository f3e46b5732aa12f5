import { type Text, text } from '../../../core/text.ts'

// Every value of a playbook has a row and a column: so it stands in the workbook, so it is said in a
// line, and so a fault names its place.

/** What a value is, which says how it is written and read. */
export type ValueType =
  | 'kind'
  /** A kind, or nothing: then the event makes no task. */
  | 'kind or none'
  /** Workdays or days after the event. */
  | 'after'
  | 'number'
  | 'number or none'
  | 'yuan or none'
  | 'hours'
  | 'tiers'
  | 'text'
  /** What people say, with commas between. */
  | 'words'
  | 'stage'
  /** What has to be said beside it. */
  | 'asks or none'
  | 'yes'
  /** What follows an outcome: a kind of task, the rhythm of care, or nothing. */
  | 'next or none'
  /** `after`, or hours of the same day. */
  | 'soon or none'
  | 'after or none'

/** One value of a playbook: where it is in the document, and where in the workbook. */
export interface Value {
  readonly path: readonly string[]
  readonly sheet: SheetKey
  /** The first cell of its row. */
  readonly row: Text
  /** How the row is called in a line, where its first cell is a code; absent: as `row`. */
  readonly called?: Text
  /** Of the columns of its sheet, the first being 0. */
  readonly column: number
  readonly type: ValueType
}

export const SHEETS = {
  steps: {
    name: text('步骤', 'Steps'),
    columns: [
      text('什么时候', 'When'),
      text('任务', 'Task'),
      text('间隔', 'After'),
      text('权重', 'Weight'),
    ],
  },
  care: {
    name: text('照料', 'Care'),
    columns: [
      text('层级', 'Tier'),
      text('电话间隔', 'Call every'),
      text('走访间隔', 'Visit every'),
      text('加权', 'Adds'),
    ],
  },
  events: {
    name: text('提醒', 'Events'),
    columns: [
      text('事件', 'Event'),
      text('任务', 'Task'),
      text('天数', 'Days'),
      text('权重', 'Weight'),
    ],
  },
  outcomes: {
    name: text('结果', 'Outcomes'),
    columns: [
      text('代码', 'Code'),
      text('中文名', 'Chinese'),
      text('英文名', 'English'),
      text('中文说法', 'Said in Chinese'),
      text('英文说法', 'Said in English'),
      text('阶段', 'Stage'),
      text('任务', 'Task'),
      text('间隔', 'After'),
      text('权重', 'Weight'),
      text('连续次数', 'Times in a row'),
      text('以后任务', 'Later task'),
      text('以后间隔', 'Later after'),
      text('以后权重', 'Later weight'),
      text('要问', 'Asks for'),
      text('在用', 'In use'),
    ],
  },
  numbers: { name: text('数值', 'Numbers'), columns: [text('项目', 'Item'), text('值', 'Value')] },
} as const
export type SheetKey = keyof typeof SHEETS
