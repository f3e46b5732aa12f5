import { z } from 'zod'
import { type Context, command, query } from '../../../bot/command.ts'
import { asking } from '../../../bot/grammar/commands/lacking.ts'
import { wantsFile } from '../../../bot/grammar/reading.ts'
import { uploadedWorkbook } from '../../../bot/inbox/uploads.ts'
import type { Card } from '../../../core/card.ts'
import { Choice, Refusal, refuse } from '../../../core/decision.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { writeWorkbook } from '../../../infra/sheets/spreadsheet.ts'
import { saveDraft } from '../../editions/store.ts'
import type { Criterion, Standard } from '../../tier-rules/standard.ts'
import { bodyOf } from '../../tier-rules/store.ts'
import * as policy from '../policy.ts'
import { draftCard, readerOf, refuseWorkbook, titleOf } from './cards.ts'
import { fromWorkbook } from './from-workbook.ts'
import { differences, sayCriterion } from './say-standard.ts'
import { type Change, meantBy, withLimit } from './set-limit.ts'
import { MARKER } from './sheets.ts'
import { toWorkbook } from './to-workbook.ts'
import { type Editable, editable, type KindInput, kindField, kindOnly } from './which.ts'

/** The draft, else the standard in force, as a workbook to be edited. */
export const exportStandard = query<KindInput, Standard>({
  name: 'export-standard',
  concurrency: 'long',
  may: policy.editStandard,
  help: {
    usage: { zh: '标准 导出', en: 'standard export' },
    purpose: {
      zh: '把标准导出成表格，一行一个条件；改好发回来就是草稿',
      en: 'the standard as a workbook, a criterion a row; send it back and it is the draft',
    },
  },
  phrases: { words: ['标准 导出', '标准导出', '导出标准', 'standard export'], read: kindOnly },
  input: z.object(kindField),
  load: async (tx, { kind = 'existing' }, { at }) => (await editable(tx, kind, at.today)).standard,
  async reply(standard, _input, { say }) {
    const title = titleOf(standard.kind, standard.version, say)
    const bytes = await writeWorkbook({ marker: MARKER, sheets: toWorkbook(standard) })
    const name = `${title.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}.xlsx`
    return {
      title,
      blocks: [
        { kind: 'file', name, base64: bytes.toString('base64') },
        {
          kind: 'text',
          text: say(
            '一行一个条件，改好后直接把文件发给我，就成为草稿。',
            'A criterion a row. Change it and send the file to me: it becomes the draft.',
          ),
        },
      ],
    }
  },
})

/** A draft to be kept: what it says, and how that came about. */
interface Edit {
  readonly standard: Standard
  readonly said: string
}

const saveEdit = async (tx: Queries, { standard }: Edit, { who, at }: Context) => {
  await saveDraft(tx, `tiers:${standard.kind}`, bodyOf(standard), who, at.now)
}

/** The draft as it is now; its dry run, if any, was of what it said before. */
const editedCard = (
  { standard, said }: Edit,
  { follows, state }: Editable,
  context: Context,
): Card => draftCard({ ...state, hash: 'edited' }, standard, follows, said, readerOf(context))

/** A workbook that comes back becomes the draft, whole or not at all. */
export const importStandard = command<
  { uploadId: string },
  Editable & { readonly read: Standard },
  Edit
>({
  name: 'import-standard',
  may: policy.editStandard,
  help: {
    usage: { zh: '标准 导入', en: 'standard import' },
    purpose: { zh: '把改好的表格变成草稿', en: 'the workbook that you changed becomes the draft' },
  },
  phrases: {
    words: ['标准 导入', '标准导入', '导入标准', 'standard import'],
    read: wantsFile({
      zh: '请把改好的标准表格发给我。没有表格先说"标准 导出"。',
      en: 'Send me the workbook that you changed. For one, say "standard export".',
    }),
  },
  files: { marker: MARKER },
  input: z.object({ uploadId: z.uuid() }),
  async load(tx, { uploadId }, { who, at }) {
    const workbook = await uploadedWorkbook(tx, uploadId, who.id)
    if (workbook instanceof Refusal) return workbook
    const read = fromWorkbook(workbook)
    if ('faults' in read) return refuseWorkbook(read.faults)
    return { ...(await editable(tx, read.standard.kind, at.today)), read: read.standard }
  },
  decide: ({ read, standard }, _input, { say }) => {
    const [more] = differences(standard, read, 'zh')
    return more
      ? { standard: read, said: say('已存为草稿。', 'Kept as the draft.') }
      : refuse(
          '表格和现在的标准一样，没有要改的。',
          'The workbook says what the standard says now; there is nothing to change.',
        )
  },
  save: saveEdit,
  reply: editedCard,
})

/** A类净资产要改成500万. */
const CHANGES_TIER =
  /^([A-F])\s*[类级层]\s*的?\s*([^\s\d]{2,12}?)\s*(?:要|得|应该?|标准)?(?:改成|改为|调到|调成|提到|降到)\s*(\S{1,20})$/i

/** One value of the draft, in one line. */
export const setLimit = command<Change, Editable & { readonly criterion: Criterion }, Edit>({
  name: 'set-limit',
  may: policy.editStandard,
  help: {
    usage: { zh: '标准 改 A 净资产 500万', en: 'standard set A net assets 5000000' },
    purpose: { zh: '在草稿里改一个数', en: 'change one value in the draft' },
  },
  phrases: {
    words: ['标准 改', '标准改', '改标准', 'standard set'],
    lacks: asking({
      zh: '哪一层的哪项、改成多少？比如 A 净资产 500万。',
      en: 'Which tier, which fact, and what value? For example A netAssets 5000000.',
    }),
    shape: CHANGES_TIER,
    read(rest) {
      const [, tier, fact, value] = rest.match(CHANGES_TIER) ?? []
      if (tier) return { kind: 'understood', input: { at: tier, said: `${fact} ${value}` } }
      const [, at, said] = rest.match(/^(\S+)\s+(.+)$/s) ?? []
      return at && said ? { kind: 'understood', input: { at, said } } : { kind: 'no' }
    },
  },
  input: z.object({ at: z.string().max(40), said: z.string().max(80) }),
  async load(tx, change, { at }) {
    for (const kind of ['existing', 'prospect'] as const) {
      const found = await editable(tx, kind, at.today)
      const [criterion, ...more] = meantBy(found.standard, change)
      if (criterion && more.length === 0) return { ...found, criterion }
      if (criterion) {
        return new Choice(
          { zh: '您要改哪一条？', en: 'Which one do you mean?' },
          [criterion, ...more].map((each) => ({
            label: `${each.id} ${sayCriterion(each, found.standard, 'zh')}`,
            intent: { command: 'set-limit', input: { ...change, at: each.id } },
          })),
        )
      }
    }
    return refuse(
      `没有找到"${change.at} ${change.said}"。写层级和事实，如"标准 改 A 净资产 500万"，或写编号，如"标准 改 C3 90万"。`,
      `There is no "${change.at} ${change.said}". Name tier and fact ("standard set A net assets 5000000") or the criterion ("standard set C3 900000").`,
    )
  },
  decide({ standard, criterion }, { said }, { say }) {
    const changed = withLimit(standard, criterion, said)
    if (changed instanceof Refusal) return changed
    const { was, is } = changed
    return {
      standard: changed.standard,
      said: say(
        `已改草稿：${criterion.id} ${was.zh} → ${is.zh}`,
        `The draft has changed: ${criterion.id} ${was.en} → ${is.en}`,
      ),
    }
  },
  save: saveEdit,
  reply: editedCard,
})
