import { z } from 'zod'
import { type Context, command, query } from '../../bot/command.ts'
import { uploadedWorkbook } from '../../bot/inbox/uploads.ts'
import { Choice, Refusal, refuse } from '../../core/decision.ts'
import type { Text } from '../../core/text.ts'
import type { Queries } from '../../infra/database/index.ts'
import { answeredCard, answerFormCard, heardCard } from './cards.ts'
import { reasonLabel } from './labels.ts'
import { answerPhrases } from './phrases.ts'
import * as policy from './policy.ts'
import { type Answer, answerFault, REASONS, type Reason, type Row, reasonOf } from './rules.ts'
import { type AnsweredRow, lockRows, openRows, saveAnswers } from './store.ts'
import { answersIn, MARKER } from './workbook.ts'

const input = z.object({
  numbers: z.array(z.int().positive()).max(500).default([]),
  rowIds: z.array(z.uuid()).max(500).optional(),
  reason: z.enum(REASONS).nullable().default(null),
  words: z.string().trim().max(300).default(''),
})
type Input = z.infer<typeof input>

interface Facts {
  readonly rows: readonly Row[]
  /** Numbers that name no open row. */
  readonly missing: readonly number[]
  readonly reason: Reason | null
  /** The department's other unfinished rows. */
  readonly left: number
  readonly department: string
}

interface Decided {
  readonly answers: readonly AnsweredRow[]
  /** Why others of those that were named were left as they are; absent: there are none. */
  readonly refused?: readonly Text[]
  readonly left: number
  readonly department: string
}

/** The department that an officer answers for, by name. */
async function departmentOf(tx: Queries, { who }: Context): Promise<string> {
  const unit = await tx.unit.findUnique({ where: { id: who.unitId }, select: { name: true } })
  return unit?.name ?? ''
}

const NOTHING_OPEN = refuse('没有待办的移交。', 'Nothing handed over waits for you.')

/** What must be said of a row, by the answer. */
const WORDS_WANTED: Partial<Record<Answer, Text>> = {
  finish: {
    zh: '请写办理的结果，比如：办结 3 已开户。',
    en: 'Please say what came of it, such as: done 3 account opened.',
  },
  progress: {
    zh: '请写办到哪一步了，比如：进展 3 已约周四上门。',
    en: 'Please say how far it is, such as: progress 3 visit on Thursday.',
  },
}

const answering = (
  answer: Answer,
  name: string,
  words: readonly string[],
  usage: { zh: string; en: string },
  purpose: { zh: string; en: string },
  /** The word as it stands behind the number. */
  behind?: string,
) =>
  command<Input, Facts, Decided>({
    name,
    may: policy.answerNeeds,
    help: { usage, purpose },
    phrases: answerPhrases(words, { behind, wanted: WORDS_WANTED[answer] }),
    input,
    askedInVain: async (tx, _input, { who }) =>
      (await openRows(tx, who.unitPath)).length > 0 ? null : NOTHING_OPEN,
    load: (tx, given, context) => load(tx, given, answer, context),
    decide: (facts, given, context) => decide(facts, given, answer, context),
    save,
    reply: ({ answers, left, refused }, _facts, { who, at }) =>
      answeredCard(answers, left, at, who.language, refused),
  })

async function load(
  tx: Queries,
  given: Input,
  answer: Answer,
  context: Context,
): Promise<Facts | Refusal | Choice> {
  const { who, say } = context
  const open = await openRows(tx, who.unitPath)
  const wanted = given.numbers.length > 0 ? new Set(given.numbers) : null
  const ids =
    given.rowIds ??
    open
      .filter(({ number, status }) =>
        wanted ? wanted.has(number) : answer !== 'accept' || status === 'sent',
      )
      .map(({ id }) => id)
  const rows = await lockRows(tx, ids)
  const reason = answer === 'decline' ? (given.reason ?? reasonOf(given.words)) : null
  if (answer === 'decline' && !reason && rows.length > 0) {
    return new Choice(
      { zh: '为什么退回？', en: 'Why is it declined?' },
      REASONS.map((each) => ({
        label: reasonLabel(each, say),
        intent: { command: 'decline-needs', input: { ...given, rowIds: ids, reason: each } },
      })),
    )
  }
  const numbers = new Set(rows.map(({ number }) => number))
  return {
    rows,
    missing: given.numbers.filter((number) => !numbers.has(number)),
    reason,
    left: open.filter(({ id }) => !ids.includes(id)).length,
    department: await departmentOf(tx, context),
  }
}

function decide(
  facts: Facts,
  given: Input,
  answer: Answer,
  { who }: Pick<Context, 'who'>,
): Decided | Refusal {
  const { rows, missing, reason, left, department } = facts
  if (missing.length > 0) {
    return refuse(
      `名单上没有待办的第 ${missing.join('、')} 条。发"移交"看编号。`,
      `Your list has no open row ${missing.join(', ')}. Say "hand-over" for the numbers.`,
    )
  }
  if (rows.length === 0) return NOTHING_OPEN
  const faults = rows.map((row) => answerFault(row, answer, who.id))
  const open = rows.filter((_, index) => faults[index] === null)
  const refused = faults.filter((fault) => fault !== null)
  const [fault] = refused
  if (open.length === 0 && fault) return fault
  const wanted = WORDS_WANTED[answer]
  if (wanted && !given.words) return new Refusal(wanted)
  const note = given.words || null
  const answers = open.map((row) => ({ row, answer, reason, note }))
  const stays = answer === 'accept' || answer === 'progress' ? rows.length : 0
  return { answers, refused: refused.map(({ because }) => because), left: left + stays, department }
}

async function save(tx: Queries, { answers, department }: Decided, context: Context) {
  const { who, at } = context
  await saveAnswers(tx, answers, who.id, at.today)
  for (const [registrar, theirs] of Map.groupBy(answers, ({ row }) => row.registeredBy)) {
    await context.tell(registrar, (language) =>
      heardCard(theirs, department, at.catalogue, language),
    )
  }
}

export const acceptNeeds = answering(
  'accept',
  'accept-needs',
  ['接收', '接', 'accept'],
  { zh: '接 3', en: 'accept 3' },
  {
    zh: '接收移交的需求；也可以 接 1、2 或 接 全部',
    en: 'accept needs handed over; also accept 1, 2 or all',
  },
  // 2和3也接了.
  '(?:也|都)?(?:接收?|收)(?:下|了)*(?=[\\s。]*$)',
)
export const progressNeeds = answering(
  'progress',
  'progress-needs',
  ['进展', 'progress'],
  { zh: '进展 3 已约周四上门', en: 'progress 3 visit on Thursday' },
  {
    zh: '登记移交需求办到哪一步，登记的客户经理会知道',
    en: 'say how far a need is; its manager hears of it',
  },
)
export const declineNeeds = answering(
  'decline',
  'decline-needs',
  ['退回', '退', 'decline'],
  { zh: '退 3 不符合条件', en: 'decline 3 not eligible' },
  { zh: '退回移交的需求并说明原因', en: 'decline needs with a reason' },
  // 第2个退回去 不符合条件.
  '(?:退回去?|退掉)(?=\\s|$)',
)
export const finishNeeds = answering(
  'finish',
  'finish-needs',
  ['办结', '完成', '已办', '办好了', 'done'],
  { zh: '办结 3 已开户', en: 'done 3 account opened' },
  { zh: '登记移交需求的办理结果', en: 'say what came of a need' },
  // 第一个已经办好了.
  '(?:已经?|都|也)?(?:办好|办结|办完|办成|弄好|搞定)了?(?=[\\s,，]|$)',
)

type FormInput = { rowId: string; answer: Exclude<Answer, 'accept'> }

/** The form behind "progress", "decline" and "done". */
export const answerForm = query<FormInput, { row: Row; answer: FormInput['answer'] }>({
  name: 'answer-form',
  may: policy.answerNeed,
  help: {
    usage: {
      zh: '名单上的"进展"、"退回"和"办结"按钮',
      en: 'the buttons "Progress", "Decline" and "Done" on the list',
    },
    purpose: { zh: '用表单答复移交的需求', en: 'answer a need in a form' },
  },
  input: z.object({ rowId: z.uuid(), answer: z.enum(['progress', 'decline', 'finish']) }),
  async load(tx, { rowId, answer }) {
    const [row] = await lockRows(tx, [rowId])
    return row ? { row, answer } : policy.notTheirs
  },
  fault: ({ row, answer }, { who }) => answerFault(row, answer, who.id),
  reply: ({ row, answer }, _input, { who, at }) =>
    answerFormCard(row, answer, at.catalogue, who.language),
})

/** The workbook of a list, sent back with answers: all of them are taken, or none. */
export const returnBook = command<{ uploadId: string }, Decided, Decided>({
  name: 'return-hand-over',
  may: policy.seeOwnRows,
  help: {
    usage: { zh: '把移交名单的表格发回来', en: 'send the hand-over workbook back' },
    purpose: { zh: '用表格答复移交的需求', en: 'answer needs in the workbook' },
  },
  files: { marker: MARKER },
  input: z.object({ uploadId: z.uuid() }),
  async load(tx, { uploadId }, context) {
    const { who } = context
    const book = await uploadedWorkbook(tx, uploadId, who.id)
    if (book instanceof Refusal) return book
    if (book.marker !== MARKER) {
      return refuse(
        '这不是移交名单的表格，请用名单消息里附的那一份。',
        'This is not the workbook of a hand-over; use the one that came with the list.',
      )
    }
    const open = await openRows(tx, who.unitPath)
    await lockRows(
      tx,
      open.map(({ id }) => id),
    )
    const answers = answersIn(book, open, context.at.catalogue)
    if (answers instanceof Refusal) return answers
    const finished = answers.filter(({ answer }) => answer !== 'accept').length
    return { answers, left: open.length - finished, department: await departmentOf(tx, context) }
  },
  decide(decided, _input, { who }) {
    if (decided.answers.length === 0) {
      return refuse(
        '表格里还没有答复。请在"答复"一列选 接收、退回 或 办结。',
        'The workbook holds no answer yet. Choose Accept, Decline or Done in the column "Answer".',
      )
    }
    const fault = decided.answers
      .map(({ row, answer }) => answerFault(row, answer, who.id))
      .find((each) => each !== null)
    return fault ?? decided
  },
  save,
  reply: ({ answers, left }, _facts, { who, at }) => answeredCard(answers, left, at, who.language),
})
