import { z } from 'zod'
import { type Command, type Context, command } from '../../bot/command.ts'
import { emptyUpload } from '../../bot/inbox/uploads.ts'
import { askerOf } from '../../bot/policy.ts'
import { Refusal, refuse } from '../../core/decision.ts'
import type { Text } from '../../core/text.ts'
import type { Queries } from '../../infra/database/index.ts'
import { importCard } from './cards/import-cards.ts'
import { keepChoices } from './columns/choices-store.ts'
import { mayOf } from './lists/lists.ts'
import * as policy from './policy.ts'
import type { ImportRecord } from './rules.ts'
import { holdImport, importById, noteStep, type Step } from './store.ts'

const input = z.object({ importId: z.uuid() })

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

/** Something that a button does to an import that waits for it. */
export const decision = (
  name: string,
  help: { readonly usage: Text; readonly purpose: Text },
  decide: (record: ImportRecord, context: Context) => Step | Refusal,
  also: (tx: Queries, record: ImportRecord, context: Context) => Promise<void> = async () => {},
): Command =>
  command<z.infer<typeof input>, ImportRecord, ImportRecord & { readonly step: Step }>({
    name,
    may: policy.decideImports,
    help,
    input,
    load: heldImport,
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
    usage: { zh: '（预览里的"确认导入"）', en: '(the button "Import" of a preview)' },
    purpose: { zh: '写入预览过的客户表', en: 'write what was previewed' },
  },
  ({ state, fault }, { at, actId }) => {
    if (state === 'preview' && fault) return new Refusal(fault)
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
    usage: { zh: '（预览里的"放弃"）', en: '(the button "Drop" of a preview)' },
    purpose: { zh: '不写入预览过的客户表', en: 'write nothing of what was previewed' },
  },
  ({ state }, { at }) =>
    state === 'preview'
      ? { state: 'dropped', endedAt: at.now }
      : refuse('这份已经不能放弃了。', 'It is too late to drop this one.'),
)
