import { z } from 'zod'
import { type Context, command } from '../../../bot/command.ts'
import { wantsFile } from '../../../bot/grammar/reading.ts'
import { uploadedWorkbook } from '../../../bot/inbox/uploads.ts'
import { Refusal, refuse } from '../../../core/decision.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { saveDraft } from '../../editions/store.ts'
import { readValue } from '../../playbook/cells/cells-rules.ts'
import { FORMER_VALUES, outcomeRows } from '../../playbook/cells/outcome-values.ts'
import type { Value } from '../../playbook/cells/sheets.ts'
import {
  type Body,
  type Draft,
  putAt,
  settled,
  valuesOf,
} from '../../playbook/cells/values-rules.ts'
import { type Fault, fault } from '../../playbook/fault.ts'
import type { PlaybookOutcome } from '../../playbook/rules.ts'
import { kindsOnFile } from '../store.ts'
import { draftCard, faultsText } from './cards.ts'
import { checkBody, type Desk, openDesk } from './check.ts'
import * as policy from './policy.ts'
import { WORDS, wordsOf } from './show-playbook.ts'
import { namesOf, valueName } from './value-names.ts'
import { MARKER, type ReadPlaybook, readPlaybook } from './workbook.ts'

const keep = (tx: Queries, body: Body, { who, at }: Context) =>
  saveDraft(tx, 'playbook', body, who, at.now)

interface Sent extends Desk {
  readonly read: ReadPlaybook
  /** Of the kinds of outcome that it leaves out, those that outcomes on file have. */
  readonly onFile: readonly string[]
}

/** A workbook becomes the draft, or is sent back with every fault and its cell. */
export const importPlaybook = command<{ uploadId: string }, Sent, Body>({
  name: 'import-playbook',
  may: policy.editPlaybook,
  help: {
    usage: { zh: '打法 导入', en: 'playbook import' },
    purpose: { zh: '把改好的打法表格存成草稿', en: 'keep a changed workbook as the draft' },
  },
  phrases: {
    words: wordsOf('导入', 'import'),
    read: wantsFile({
      zh: '请把打法的表格发过来（先"打法 导出"，改好再发）。',
      en: 'Send the workbook ("playbook export" gives it).',
    }),
  },
  files: { marker: MARKER },
  input: z.object({ uploadId: z.uuid() }),
  async load(tx, { uploadId }, { who, at }) {
    const workbook = await uploadedWorkbook(tx, uploadId, who.id)
    if (workbook instanceof Refusal) return workbook
    const desk = await openDesk(tx, at.today)
    const read = readPlaybook(workbook, desk.follows.outcomes)
    const named = Object.keys(read.draft['outcomes'] ?? {})
    const left = at.kinds.filter(({ code }) => !named.includes(code)).map(({ code }) => code)
    return { ...desk, read, onFile: await kindsOnFile(tx, left) }
  },
  decide({ read, onFile, tiers, body }) {
    const { draft, placeOf } = read
    if (read.faults.length > 0) return new Refusal(faultsText(read.faults))
    const needed = onFile.map((code) => neededFault(code, body.outcomes[code]))
    const checked = checkBody(draft, tiers)
    if ('body' in checked && needed.length === 0) return checked.body
    const faults = [...('faults' in checked ? checked.faults : []), ...needed]
    return new Refusal(faultsText(faults.map(({ path, because }) => placeOf(path, because))))
  },
  async save(tx, body, context) {
    await keep(tx, body, context)
  },
  reply: (body, desk, { who }) => draftCard(desk.follows, body, who.language),
})

const neededFault = (code: string, kind?: PlaybookOutcome): Fault =>
  fault(
    ['outcomes', code],
    `"${kind?.label.zh ?? code}"（${code}）已有登记，不能删；不再用就留着这一行，"在用"写"否"`,
    `"${kind?.label.en ?? code}" (${code}) was logged before and stays; say "no" in the column "In use" instead`,
  )

interface Setting {
  readonly said: string
}

/** One value of the draft in one line: `打法 A 电话间隔 10`. */
export const setPlaybookValue = command<Setting, Desk, Body>({
  name: 'set-playbook',
  may: policy.editPlaybook,
  help: {
    usage: { zh: '打法 A 电话间隔 10', en: 'playbook A call every 10' },
    purpose: { zh: '改草稿里的一个值', en: 'change one value of the draft' },
  },
  phrases: {
    words: WORDS,
    read: (rest) => (rest ? { kind: 'understood', input: { said: rest } } : { kind: 'no' }),
  },
  input: z.object({ said: z.string().trim().min(1).max(200) }),
  load: (tx, _input, { at }) => openDesk(tx, at.today),
  decide({ follows, draftBody, tiers }, { said }) {
    const from = draftBody ?? follows
    const values = valuesOf(Object.keys(from.care), outcomeRows(from.outcomes))
    const found = findValue(said, [...values, ...FORMER_VALUES])
    if (!found) return unknownValue(said)
    const read = readValue(found.value.type, found.rest)
    if ('fault' in read) return new Refusal(named(found.value, read.fault))
    const draft = structuredClone(from) as unknown as Draft
    const whole = found.value.path[0] === 'events' && read.value === null
    putAt(draft, whole ? found.value.path.slice(0, 2) : found.value.path, read.value)
    const checked = checkBody(settled(draft), tiers)
    if ('body' in checked) return checked.body
    const [first] = checked.faults
    return new Refusal(named(found.value, first?.because ?? { zh: '', en: '' }))
  },
  async save(tx, body, context) {
    await keep(tx, body, context)
  },
  reply: (body, desk, { who }) => draftCard(desk.follows, body, who.language),
})

const named = (value: Value, because: { zh: string; en: string }) => ({
  zh: `${valueName(value, 'zh')}：${because.zh}。没有改。`,
  en: `${valueName(value, 'en')}: ${because.en}. Nothing was changed.`,
})

const plain = (words: string): string => words.normalize('NFKC').toLowerCase().replace(/\s+/g, '')

/** The value that a line begins with the name of, the longest name first; null for none. */
function findValue(said: string, values: readonly Value[]) {
  const written = plain(said)
  const [hit] = values
    .flatMap((value) => namesOf(value).map((title) => ({ value, title: plain(title) })))
    .filter(({ title }) => written.startsWith(title))
    .sort((a, b) => b.title.length - a.title.length)
  return hit
    ? { value: hit.value, rest: after(said, hit.title.length).replace(/^\s*[:=：]?\s*/, '') }
    : null
}

/** What follows so many letters of a text, blanks not counted. */
const after = (said: string, letters: number): string =>
  said.normalize('NFKC').replace(new RegExp(`^(?:\\s*\\S){${letters}}`), '')

const unknownValue = (said: string): Refusal =>
  refuse(
    `打法里没有"${said}"。写法是 项目 列 值，比如"打法 A 电话间隔 10"、"打法 有意向 间隔 2个工作日"、"打法 联系上限次数 4"；发"打法"看全部。`,
    `The playbook has no "${said}". Say item, column and value, such as "playbook A call every 10" or "playbook ceiling touches 4"; "playbook" shows all.`,
  )
