import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { noteActs } from '../../bot/audit.ts'
import { OPERATOR } from '../../bot/inbox/sender/codes.ts'
import type { Config } from '../../config.ts'
import { newId } from '../../core/ids.ts'
import { readIdentity } from '../../features/clients/identity/rules.ts'
import { holdersOf } from '../../features/clients/identity/store.ts'
import {
  entriesOf,
  type PersonFile,
  personFile,
} from '../../features/referrals/privacy/person-file.ts'
import { Fault } from '../fault.ts'
import { openForScripts } from '../open.ts'

const NOTHING: PersonFile = { tables: {}, words: {}, seen: [], attachments: [] }

/**
 * Writes all that is held of one person, at their request, into a new folder that nobody else may read: `file.json`
 * and their photos and documents. That it was taken stands on the audit trail.
 */
export async function writePersonFile(config: Config, number: string, out: string): Promise<void> {
  const identity = readIdentity(number)
  if ('zh' in identity) throw new Fault(identity.zh, identity.en)
  const database = await openForScripts(config)
  try {
    const { prisma } = database
    const [holder] = await holdersOf(prisma, [identity])
    const entries = identity.kind === 'phone' ? await entriesOf(prisma, identity.value) : []
    if (!holder && entries.length === 0) {
      throw new Fault('没有这个号码的人。', 'Nobody of this number is on file.')
    }
    const file = holder ? await personFile(prisma, holder.clientId) : NOTHING
    const { attachments, ...rest } = file
    const left = entries.map(({ row }) => row)
    const tables = {
      ...file.tables,
      ...(left.length > 0 && {
        referral_entry: [...(file.tables['referral_entry'] ?? []), ...left],
      }),
    }
    await mkdir(out, { mode: 0o700 }).catch((error) => {
      throw new Fault(
        `建不了文件夹 ${out}：${error.code}。请给一个还没有的文件夹。`,
        `Cannot make the folder ${out}: ${error.code}. Name one that is not there yet.`,
      )
    })
    const rows = Object.values(tables).reduce((sum, each) => sum + each.length, 0)
    const act = { command: 'person-file', input: { clientId: holder?.clientId ?? null } }
    await noteActs(
      prisma,
      [
        {
          ...{ id: newId(), staff: OPERATOR, channel: 'server', ...act, givenOut: rows },
          ...{ result: 'done', undoable: false, seen: holder ? [holder.clientId] : [] },
        },
      ],
      new Date(),
    )
    const mode = { mode: 0o600 }
    const text = JSON.stringify({ ...rest, tables }, null, 2)
    await writeFile(path.join(out, 'file.json'), text, mode)
    for (const { id, name, bytes } of attachments) {
      await writeFile(path.join(out, `${id}${path.extname(name)}`), bytes, mode)
    }
    console.log(
      `已写入 ${out}：${rows} 条，${attachments.length} 个附件。含个人信息，请只交给本人，用后删除。 ` +
        `Written to ${out}: ${rows} rows, ${attachments.length} files. For the person alone; delete it afterwards.`,
    )
  } finally {
    await database.close()
  }
}
