import { z } from 'zod'
import { type Context, command } from '../../../bot/command.ts'
import {
  amountField,
  dayField,
  noteField,
  phoneField,
  timeField,
} from '../../../bot/grammar/fields.ts'
import type { Asker } from '../../../bot/policy.ts'
import type { Catalogue, Product } from '../../../core/catalogue.ts'
import { Choice, Refusal, refuse } from '../../../core/decision.ts'
import { DEAD_NUMBER, findKind, isWanted, offeredKinds, SILENCES } from '../../../core/outcome.ts'
import { inLanguage } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { findProduct, OWN_LINE, takeProduct } from '../../catalogue/rules.ts'
import { enterNewcomer } from '../../clients/enter-newcomer.ts'
import { type By, keepHistory } from '../../clients/file/store.ts'
import { addPhone } from '../../clients/identity/phones-store.ts'
import { type Client, noMarketing } from '../../clients/rules.ts'
import { findByPhone } from '../../clients/store.ts'
import { insertNeed } from '../../needs/store.ts'
import { tellOwnerOfSilence } from '../../tasks/contact/tell-owner.ts'
import { agreedWhen, goneFault } from '../../tasks/hours-rules.ts'
import { noKind, noNextLabel } from '../../tasks/labels.ts'
import { logContact, nextAfterContact } from '../../tasks/outcomes/log-contact.ts'
import * as policy from '../policy.ts'
import { notRunning } from '../rules.ts'
import { type Newcomer, type TagFacts, type Tagged, taggedCard } from './cards.ts'
import { readTag, TAG_PHRASES } from './phrases.ts'
import { campaignOf } from './store.ts'
import { whoIsMeant } from './whom.ts'

/** `打标 …`: a line is read once the campaign is known, since its name stands in front. */
const input = z.object({
  campaignId: z.uuid().optional(),
  clientId: z.uuid().optional(),
  words: z.string().trim().max(500).optional(),
  named: z.string().trim().max(40).optional(),
  phone: z
    .union([z.literal('').transform(() => null), phoneField])
    .nullable()
    .default(null),
  businessName: z.string().trim().max(60).nullable().default(null),
  /** The code of a kind. */
  response: z.string().max(40).nullable().default(null),
  /** Products in words or codes, separated by commas. */
  needs: z
    .union([z.array(z.string()), z.string().transform((text) => text.split(/[、,，;；\n]+/))])
    .nullable()
    .default(null)
    .transform((named) => (named ?? []).flatMap((each) => each.trim() || [])),
  amount: amountField,
  nextDate: dayField,
  nextTime: timeField,
  note: noteField,
  /** Somebody says that it is nobody who is on file. */
  asNew: z.boolean().default(false),
})
type Input = z.infer<typeof input>
/** Tags a client in a campaign: the response, what comes next, and what else they need. */
export const tagClient = command<Input, TagFacts, Tagged>({
  name: 'tag',
  may: policy.tagClient,
  undoable: true,
  help: {
    usage: {
      zh: '打标 五一活动 张三 有意向 需要结算卡',
      en: 'tag MayDay Zhang interested settlement card',
    },
    purpose: {
      zh: '在营销活动中登记客户的反馈；新客户加上手机和店名',
      en: 'log a response in a campaign; for somebody new add phone and business',
    },
  },
  phrases: TAG_PHRASES,
  input,
  load,
  decide,
  save,
  reply: (tagged, _facts, { at, who, shared }) => taggedCard(tagged, at, who.language, shared),
})

async function load(
  tx: Queries,
  given: Input,
  context: Context & Asker,
): Promise<TagFacts | Refusal | Choice> {
  const { who, at } = context
  const found = await campaignOf(tx, who, given, at.today)
  if (found instanceof Refusal || found instanceof Choice) return found
  const { campaign, rest } = found
  const fault = policy.workCampaign.judge(who, campaign) ?? notRunning(campaign, at.today)
  if (fault) return fault
  const said = rest === null ? null : readTag(rest, at, given)
  if (said && 'zh' in said) return new Refusal(said)
  const input = said
    ? { ...given, words: undefined, ...said, needs: [...said.needs], campaignId: campaign.id }
    : { ...given, campaignId: campaign.id }
  const { response } = input
  const client = await whoIsMeant(tx, input, context)
  if (client instanceof Refusal || client instanceof Choice) return client
  if (!response) return askResponse(input, client, context)
  const kind = findKind(at.kinds, response)
  if (!kind?.active) return new Refusal(noKind(response, at.kinds))
  const agreed = agreedWhen(input, at)
  if ('gone' in agreed) return new Refusal(goneFault(agreed.gone))
  const products = productsOf(input.needs, at.catalogue)
  if (products instanceof Refusal) return products
  const own = products.find(({ code }) => campaign.products.includes(code))
  const contact = {
    kind,
    amount: input.amount,
    product: own?.code ?? (campaign.products.length === 1 ? (campaign.products[0] ?? null) : null),
    ...agreed,
    note: input.note,
  }
  const known = 'id' in client ? client : NEWCOMER
  return {
    campaign,
    client,
    contact,
    alsoPhone: 'id' in client && (await isNew(tx, input.phone)) ? input.phone : null,
    // A yes to the product of another line goes to that line, even where the campaign is for it.
    needs: products.filter(
      (product) => product !== own || (product.line !== OWN_LINE && isWanted(kind.stage)),
    ),
    next: await nextAfterContact(tx, { client: known, kind, ...agreed }, at),
  }
}

const isNew = async (tx: Queries, phone: string | null): Promise<boolean> =>
  phone !== null && (await findByPhone(tx, phone)) === null

/** What is known of somebody who is not on file: nothing that bars marketing. */
const NEWCOMER = {
  id: '00000000-0000-0000-0000-000000000000',
  tier: null,
  doNotContact: null,
  negativeList: false,
}

function productsOf(needs: readonly string[], catalogue: Catalogue): Product[] | Refusal {
  const products: Product[] = []
  const meant = (named: string) =>
    findProduct(catalogue, named) ?? takeProduct(catalogue, named)?.product
  // A product's name may have blanks (Settlement card), and some part several by them.
  for (const named of needs.flatMap((each) => (meant(each) ? each : each.split(/\s+/)))) {
    const product = meant(named)
    if (!product) {
      return refuse(
        `没有产品"${named}"。发"产品"看目录。`,
        `There is no product "${named}". Say "products" for the catalogue.`,
      )
    }
    if (!products.includes(product)) products.push(product)
  }
  return products
}

/** The response was not said, or could be more than one: they pick one, and the rest is kept. */
function askResponse(input: Input, client: Client | Newcomer, { at, who }: Context): Choice {
  const kept = 'id' in client ? { ...input, clientId: client.id } : input
  return new Choice(
    {
      zh: `${client.name} 的反馈是哪一种？`,
      en: `What did ${client.name} say?`,
    },
    offeredKinds(at.kinds)
      .filter(({ code }) => code !== DEAD_NUMBER)
      .map(({ code: response, label }) => ({
        label: inLanguage(label, who.language),
        intent: { command: 'tag', input: { ...kept, response } },
      })),
  )
}

function decide(facts: TagFacts, _input: Input, { at }: Context): Tagged | Refusal {
  const { client, contact } = facts
  if (contact.agreedOn && contact.agreedOn < at.today) {
    return refuse(
      `${contact.agreedOn} 不能作为下次联系的日期，请给今天或以后的日期。`,
      `${contact.agreedOn} cannot be the next date; give today or a later day.`,
    )
  }
  const barred = noMarketing('id' in client ? client : { ...NEWCOMER, ...client })
  if (barred && contact.kind.code !== SILENCES) {
    return new Refusal({
      zh: `${client.name}：${noNextLabel(barred, (zh) => zh)}，没有打标。`,
      en: `${client.name}: ${noNextLabel(barred, (_zh, en) => en)}; not tagged.`,
    })
  }
  return facts
}

async function save(tx: Queries, tagged: Tagged, context: Context): Promise<void> {
  const { who, at, actId } = context
  const { campaign, contact, needs, next, alsoPhone } = tagged
  const client = 'id' in tagged.client ? tagged.client : await enter(tx, tagged.client)
  const by = { staffId: who.id, actId }
  if (alsoPhone) await addAnother(tx, client.id, alsoPhone, { ...by, now: at.now })
  await logContact(tx, { ...contact, client, campaignId: campaign.id }, next, by, at)
  if (contact.kind.code === SILENCES) {
    await tellOwnerOfSilence(tx, client.id, contact.note, context)
  }
  for (const product of needs) {
    const need = { clientId: client.id, product, amount: null, wantedOn: null }
    const more = { urgency: 'soon', note: null, campaignId: campaign.id } as const
    await insertNeed(tx, { ...need, ...more }, by, at.now)
  }

  async function enter(tx: Queries, fresh: Newcomer) {
    const prospect = { ...fresh, source: 'walk-in' as const, ownerId: who.id, actId }
    const id = await enterNewcomer(tx, prospect, context)
    return { ...NEWCOMER, id }
  }
}

/** A number of somebody on file that the file does not have stands beside the others. */
async function addAnother(tx: Queries, clientId: string, number: string, by: By): Promise<void> {
  const phone = { clientId, number, label: null, person: null }
  await keepHistory(tx, { clientId, table: 'client_phone' }, by, () => addPhone(tx, phone, by))
}
