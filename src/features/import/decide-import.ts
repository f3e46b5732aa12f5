import { z } from 'zod'
import { type Command, type Context, command } from '../../bot/command.ts'
import { wholeLine } from '../../bot/grammar/reading.ts'
import { emptyUpload } from '../../bot/inbox/uploads.ts'
import { askerOf } from '../../bot/policy.ts'
import { Refusal, refuse } from '../../core/decision.ts'
import type { Text } from '../../core/text.ts'
import type { Queries } from '../../infra/database/index.ts'
import { importCard } from './cards/import-cards.ts'
import { keepChoices } from './columns/choices-store.ts'
import { mayOf } from './lists/lists.ts'
import * as policy from './policy.ts'
import { type ImportRecord, writesAnything } from './rules.ts'
import { holdImport, importById, latestImports, noteStep, type Step } from './store.ts'

/** Without an id: the one import of theirs that waits for their word. */
const input = z.object({ importId: z.uuid().optional() })

/** One's own import; of others it is as if it were not there. */
export async function ownImport(
  tx: Queries,
  { importId }: { readonly importId: string },
  { who }: Pick<Context, 'who'>,
): Promise<ImportRecord | Refusal> {
  const record = await importById(tx, importId)
  return record && record.staffId === who.id && askerOf(mayOf(record.kind), who).reach
    ? record
    : refuse(
        '没有这份导入。发"导入记录"看您的导入。',
        'There is no such import. Say "imports" for yours.',
      )
}

/** One's own import, about which nobody else decides before this is done. */
export async function heldImport(
  tx: Queries,
  asked: { readonly importId: string },
  context: Pick<Context, 'who'>,
): Promise<ImportRecord | Refusal> {
  const held = await holdImport(tx, asked.importId)
  const record = await ownImport(tx, asked, context)
  return held || record instanceof Refusal
    ? record
    : refuse('正在办，请稍等再按。', 'It is being done; press again in a moment.')
}

/** So many of one's imports are looked through for one that waits for a word. */
const LATEST = 20

/** The import that is meant where its card is not pressed: the only one of theirs that was previewed. */
async function waitingImport(
  tx: Queries,
  { who }: Pick<Context, 'who'>,
): Promise<string | Refusal> {
  const latest = await latestImports(tx, who.id, LATEST)
  const [waiting, ...others] = latest.filter(({ state }) => state === 'preview')
  if (!waiting) {
    return refuse(
      '没有等您确认的导入。把表发过来，会先给您看预览。',
      'No import waits for you. Send the workbook; you see a preview first.',
    )
  }
  return others.length === 0
    ? waiting.id
    : refuse(
        `有 ${others.length + 1} 份在等您确认，请在那一份的预览上按。`,
        `${others.length + 1} of them wait for you: press the button below the one you mean.`,
      )
}

/** What somebody says to an import that waits for it, by its button or in words. */
const decision = (
  name: string,
  help: { readonly usage: Text; readonly purpose: Text },
  words: readonly string[],
  decide: (record: ImportRecord, context: Context) => Step | Refusal,
  also: (tx: Queries, record: ImportRecord, context: Context) => Promise<void> = async () => {},
): Command =>
  command<z.infer<typeof input>, ImportRecord, ImportRecord & { readonly step: Step }>({
    name,
    may: policy.decideImports,
    help,
    phrases: { words, read: wholeLine({}) },
    input,
    async load(tx, { importId }, context) {
      const id = importId ?? (await waitingImport(tx, context))
      return id instanceof Refusal ? id : heldImport(tx, { importId: id }, context)
    },
    decide(record, _input, context) {
      const step = decide(record, context)
      return 'because' in step ? step : { ...record, ...step, step }
    },
    async save(tx, record, context) {
      await emptyUpload(tx, record.uploadId)
      await noteStep(tx, record.id, record.step)
      await also(tx, record, context)
      context.beginWork()
    },
    reply: (record, _facts, { who }) => importCard(record, who.language),
  })

/** Writes what was shown. */
export const confirmImport = decision(
  'confirm-import',
  {
    usage: { zh: '确认导入', en: 'confirm import' },
    purpose: { zh: '写入预览过的客户表', en: 'write what was previewed' },
  },
  ['确认导入', '确定导入', '导入 确认', 'confirm import'],
  (record, { at, actId }) => {
    const { state, fault } = record
    if (state === 'preview' && fault) return new Refusal(fault)
    if (state === 'preview' && !writesAnything(record)) {
      return refuse(
        '这份没有一行可以写入。看预览里的"不采用的行"，改好再发。',
        'No row of it can be written. See "Rows not used" of its preview, mend them and send it again.',
      )
    }
    if (state === 'preview') {
      return { state: 'running', next: 0, actId, confirmedAt: at.now }
    }
    return state === 'running' || state === 'done'
      ? refuse('这份已经确认过了，不用再按。', 'This one was confirmed already.')
      : refuse(
          '这份现在不能确认，请重新发文件。',
          'It cannot be confirmed now; send the file again.',
        )
  },
  (tx, record, { at }) => keepChoices(tx, record, at.today),
)

/** Forgets what was shown. */
export const dropImport = decision(
  'drop-import',
  {
    usage: { zh: '放弃导入', en: 'drop import' },
    purpose: { zh: '不写入预览过的客户表', en: 'write nothing of what was previewed' },
  },
  ['放弃导入', '取消导入', '不导入了', '导入 放弃', 'drop import', 'cancel import'],
  ({ state }, { at }) =>
    state === 'preview'
      ? { state: 'dropped', endedAt: at.now }
      : refuse('这份已经不能放弃了。', 'It is too late to drop this one.'),
)
