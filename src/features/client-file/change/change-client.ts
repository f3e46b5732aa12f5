import { z } from 'zod'
import { type Context, command } from '../../../bot/command.ts'
import type { Asker } from '../../../bot/policy.ts'
import { Choice, Refusal, refuse } from '../../../core/decision.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { phonesOf } from '../../clients/identity/phones-store.ts'
import { bornOnOf } from '../../clients/identity/rules.ts'
import { registeredOf } from '../../clients/registered.ts'
import { type ClientRef, clientRef, resolveClient } from '../../clients/resolve-client.ts'
import type { Client } from '../../clients/rules.ts'
import { hasFeed } from '../../facilities/confirm/store.ts'
import { facilitiesOf } from '../../facilities/store.ts'
import { isListed } from '../../risk/list/store.ts'
import { callForNewNumber } from '../../tasks/contact/dead-number.ts'
import type { OpeningTask } from '../../tasks/store.ts'
import * as policy from '../policy.ts'
import { columnsOf } from '../store.ts'
import { changedCard } from './cards.ts'
import {
  type Changed,
  changesOf,
  identitiesIn,
  isChange,
  isNumber,
  type OnFile,
} from './changes.ts'
import { facilityMeant } from './credit-end.ts'
import { withNumberMeant } from './number-meant.ts'
import { othersHolding } from './others.ts'
import { CHANGE_PHRASES } from './phrases.ts'
import { FIELD_NAMES, FIELDS, type FieldName, type SaidFields } from './rules.ts'
import { saveChanges } from './save-changes.ts'

const words = z.string().max(200)
const isField = (name: string): name is FieldName => name in FIELDS

/** Words and buttons send `fields`; a form sends each by its name, and one left blank stays as it is. */
const input = z
  .looseObject({
    ...clientRef,
    fields: z.partialRecord(z.enum(FIELD_NAMES), words).default({}),
    /** What is said of a register that does not know it is new there. */
    asNew: z.boolean().default(false),
    /** Which of several facilities it is whose end is said. */
    facilityId: z.uuid().optional(),
  })
  .transform(({ clientId, named, fields, asNew, facilityId, ...sent }) => {
    const filled = Object.entries(sent).flatMap(([name, value]) =>
      isField(name) && typeof value === 'string' && value.trim() !== '' ? [[name, value]] : [],
    )
    const all: SaidFields = { ...fields, ...Object.fromEntries(filled) }
    return { clientId, named, fields: all, asNew, facilityId }
  })
type Input = ClientRef & {
  readonly fields: SaidFields
  readonly asNew: boolean
  readonly facilityId?: string | undefined
}

interface Facts {
  readonly client: Client
  /** What is said, with the number that is meant where none was. */
  readonly fields: SaidFields
  readonly onFile: OnFile
  /** The call that a new number would make due; null: none. */
  readonly call: OpeningTask | null
  /** One of the numbers that are said is on the negative list. */
  readonly listed: boolean
}

/** Fields of a client's file in one line or a form. */
export const changeClient = command<Input, Facts, Changed>({
  name: 'change-client',
  may: policy.keepFile,
  undoable: true,
  help: {
    usage: {
      zh: '改 张三 电话 13800138000 地址 城东路8号',
      en: 'change Zhang phone 13800138000 address 8 East Road',
    },
    purpose: {
      zh: '更正客户资料：姓名、店名、电话、备用电话、空号、地址、身份证、信用代码、微信、语言、执照到期、授信到期、区域、行业、集群；"无"为清空',
      en: 'correct a client’s file: name, business, phone, other phone, dead, address, ID number, credit code, WeChat, language, licence ends, credit ends, region, industry, cluster; "none" clears',
    },
  },
  phrases: CHANGE_PHRASES,
  input: input as unknown as z.ZodType<Input>,
  load,
  decide({ client, fields, onFile, call, listed }, _said, { at }) {
    const read = changesOf(fields, onFile, at)
    const { changes, refused } = read
    const number = changes.find(({ field }) => field === 'resident')?.after
    if (changes.length > 0) {
      const called = changes.some((each) => isChange(each, 'phone', 'otherPhone'))
      return {
        ...{ client, onFile, ...read },
        call: called ? call : null,
        born: number && onFile.columns.bornOn === null ? bornOnOf(number) : null,
        barred: listed && changes.some(isNumber),
      }
    }
    return refused.length > 0
      ? refuse(refused.map(({ zh }) => zh).join('\n'), refused.map(({ en }) => en).join('\n'))
      : refuse(
          `${client.name} 的资料没有变化。要改就说"改 ${client.name} 电话 13800138000"。`,
          `Nothing about ${client.name} changed. Say for example "change ${client.name} phone 13800138000".`,
        )
  },
  save: saveChanges,
  reply: (changed, _facts, { at, who, shared }) => changedCard(changed, at, who.language, shared),
})

async function load(
  tx: Queries,
  said: Input,
  context: Context & Asker,
): Promise<Facts | Refusal | Choice> {
  const { asNew, facilityId } = said
  const { at, who } = context
  const again = (more: Partial<Input>) => ({
    command: 'change-client',
    input: { fields: said.fields, asNew, facilityId, ...more },
  })
  const client = await resolveClient(tx, context, said, again({}))
  if (!('id' in client)) return client
  const clientId = client.id
  const phones = await phonesOf(tx, client.id)
  const fields = withNumberMeant(client, said.fields, phones, (meant) =>
    again({ clientId, fields: meant }),
  )
  if (fields instanceof Choice || fields instanceof Refusal) return fields
  const registered = await registeredOf(tx, fields, asNew, (register, name, isNew) =>
    again({ clientId, fields: { ...fields, [register]: name }, asNew: isNew }),
  )
  if (registered instanceof Choice) return registered
  const facilities = fields.creditEndsOn === undefined ? [] : await facilitiesOf(tx, clientId)
  const fed = facilities.length > 0 && (await hasFeed(tx))
  const credit = facilityMeant(client, facilities, fed, again({ clientId }), at, who.language)
  if (credit instanceof Choice) return credit
  const identities = identitiesIn(fields, at)
  const [columns, others, listed, call] = [
    await columnsOf(tx, client.id),
    await othersHolding(tx, client.id, identities, context),
    await isListed(tx, context.bank.keyedHash, identities),
    await callForNewNumber(tx, client, at),
  ]
  if (!columns) return refuse('这位客户已不在档案里。', 'This client is no longer on file.')
  return { client, fields, onFile: { columns, phones, others, registered, credit }, call, listed }
}
